//! A question to a pricer of days, with what follows from it alone: which days are settled, what each free day may be and at what cost.

use super::counted::Counted;
use super::multipliers::Multipliers;
use super::network::Choices;
use super::pricer::DayPricer;
use super::reach::Reach;
use crate::roster::engine::columns::problem::Ask;

pub struct Question<'p> {
    pub pricer: &'p DayPricer,
    pub ask: &'p Ask<'p>,
    /// The tour whose periods are kept, and which of them are free.
    kept: Option<(Vec<Option<usize>>, &'p [bool])>,
}

/// What the table counts, and what can be reached so.
pub struct View {
    pub counted: Counted,
    pub reach: Reach,
}

impl<'p> Question<'p> {
    pub fn new(pricer: &'p DayPricer, ask: &'p Ask<'p>) -> Question<'p> {
        let kept = (ask.keep).map(|(column, free)| (pricer.tour_of(column), free));
        Question { pricer, ask, kept }
    }

    /// Prices to begin with: those that the last answer ended at, if any.
    pub fn first_prices(&self) -> Multipliers {
        let pricer = self.pricer;
        let worth: f64 = (pricer.places.iter())
            .map(|&(cell, _)| self.ask.values[cell as usize].abs())
            .sum::<f64>()
            / pricer.places.len().max(1) as f64;
        let units = &pricer.network.units;
        let of_shift: f64 =
            units.iter().map(|&units| f64::from(units)).sum::<f64>() / units.len().max(1) as f64;
        Multipliers::new(
            pricer.tightest.len(),
            self.ask.memory,
            // A first step: a share of what a shift is worth, and the units of a shift.
            0.2 * worth.max(1.0),
            of_shift.max(1.0),
        )
    }

    /// What a day is settled as, if it is: off, or a type.
    fn fixed(&self, day: usize) -> Option<Option<usize>> {
        let pricer = self.pricer;
        pricer.settled[day].or_else(|| {
            (self.kept.as_ref())
                .filter(|(_, free)| !free[pricer.rules.period[day] as usize])
                .map(|(tour, _)| tour[day])
        })
    }

    /// What each day may be. `counted` = what is not priced, as the table counts it.
    pub fn choices(&self, prices: &Multipliers, counted: Option<&Counted>) -> Choices {
        let (pricer, rules) = (self.pricer, &self.pricer.rules);
        let types = rules.types.len();
        let price = |t: usize| {
            pricer.followed[t]
                .filter(|_| counted.is_none_or(|counted| !counted.counts(t)))
                .map_or(0.0, |followed| prices.types[followed])
        };
        let mut choices = Choices::default();
        for day in 0..rules.days() {
            let fixed = self.fixed(day);
            let off = fixed.is_none_or(|fixed| fixed.is_none());
            choices.off.push(off.then_some(rules.off_cost[day]));
            let allowed = |t: &usize| match fixed {
                Some(fixed) => fixed == Some(*t),
                None => !rules.off[day] && rules.most[*t] > 0,
            };
            let cost = |t: usize| {
                let place = day * types + t;
                let worth = match pricer.settled[day] {
                    Some(_) => 0.0,
                    None => self.ask.values[rules.cells[place] as usize],
                };
                (t, rules.work_cost[place] - worth + price(t))
            };
            (choices.work).push((0..types).filter(allowed).map(cost).collect());
        }
        choices
    }
}
