//! A question to a pricer of days, with what follows from it alone: what each day may be and at what cost.

use std::sync::Arc;

use super::counted::Counted;
use super::multipliers::Multipliers;
use super::network::Choices;
use super::pricer::DayPricer;
use super::reach::{Ahead, Reach};
use super::sizes::largest_table;
use crate::roster::engine::columns::problem::Ask;

pub struct Question<'p> {
    pub pricer: &'p DayPricer,
    pub ask: &'p Ask<'p>,
    /// What each day may be, without prices on what is counted along a tour.
    unpriced: Choices,
    ahead: Arc<Ahead>,
}

/// What the table counts, and what can be reached so.
pub struct View {
    pub counted: Counted,
    pub reach: Reach,
}

impl<'p> Question<'p> {
    pub fn new(pricer: &'p DayPricer, ask: &'p Ask<'p>) -> Question<'p> {
        let rules = &pricer.rules;
        let fixed = fixed(pricer, ask);
        let types = rules.types.len();
        let mut unpriced = Choices::default();
        for (day, &fixed) in fixed.iter().enumerate() {
            let off = fixed.is_none_or(|fixed| fixed.is_none());
            unpriced.off.push(off.then_some(rules.off_cost[day]));
            let is_allowed = |t: &usize| match fixed {
                Some(fixed) => fixed == Some(*t),
                None => !rules.off[day] && rules.most[*t] > 0,
            };
            let cost = |t: usize| {
                let place = day * types + t;
                let worth = match pricer.settled[day] {
                    Some(_) => 0.0,
                    None => ask.values[rules.cells[place] as usize],
                };
                (t, rules.work_cost[place] - worth)
            };
            (unpriced.work).push((0..types).filter(is_allowed).map(cost).collect());
        }
        let ahead = Ahead::new(&pricer.network, rules, &unpriced);
        Question {
            pricer,
            ask,
            unpriced,
            ahead: Arc::new(ahead),
        }
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

    /// What each day may be, with prices on what the table does not count.
    pub fn choices(&self, prices: &Multipliers, counted: &Counted) -> Choices {
        let mut choices = self.unpriced.clone();
        for (t, cost) in choices.work.iter_mut().flatten() {
            if let Some(followed) = self.pricer.followed[*t]
                && !counted.counts(*t)
            {
                *cost += prices.types[followed];
            }
        }
        choices
    }

    /// As much as the largest table for this care can count: minutes and weekends, then the types with the tightest limits.
    pub fn view(&self) -> View {
        let (base, largest) = largest_table(self.ask.care);
        let rules = &self.pricer.rules;
        let counting = |weekends| self.reach(Counted::new(true, weekends, rules), None);
        let mut views = [true, false].into_iter().map(counting);
        let Some(mut best) = views.find(|view| view.reach.size <= base) else {
            return self.reach(Counted::new(false, false, rules), None);
        };
        for (followed, &t) in self.pricer.tightest.iter().enumerate() {
            let counted = best.counted.with(t, followed, rules.most[t]);
            let next = counted.map(|counted| self.reach(counted, None));
            match next.filter(|next| next.reach.size <= largest) {
                Some(next) => best = next,
                None => break,
            }
        }
        best
    }

    /// `band` = where units are looked for: a course of them over the days, and how far off it they may be.
    pub fn reach(&self, counted: Counted, band: Option<(&[u32], u32)>) -> View {
        let (network, rules) = (&self.pricer.network, &self.pricer.rules);
        let reach = Reach::new(&self.ahead, network, rules, &self.unpriced, &counted, band);
        View { counted, reach }
    }
}

/// What each day is settled as, if it is: off, or a type.
fn fixed(pricer: &DayPricer, ask: &Ask) -> Vec<Option<Option<usize>>> {
    let mut fixed = pricer.settled.clone();
    if let Some((column, free)) = ask.keep {
        let tour = pricer.tour_of(column);
        let days = fixed.iter_mut().zip(tour).zip(&pricer.rules.period);
        for ((fixed, worked), &period) in days {
            // Days that a stretch settles lie outside its periods.
            if fixed.is_none() && !free[period as usize] {
                *fixed = Some(worked);
            }
        }
    }
    fixed
}
