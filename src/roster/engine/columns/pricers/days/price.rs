//! The answer to a question: prices on what the table does not count, found by steps, then tours built forward under them.

use super::beam::Search;
use super::counted::Counted;
use super::multipliers::Multipliers;
use super::network::Choices;
use super::question::{Question, View};
use super::table::{Extra, Table};
use super::trace::Usage;
use crate::roster::engine::columns::problem::{Answer, Care, Column};

/// Steps of the prices where minutes are counted, quick and thorough; where they are not, with prices to begin with, and without.
const STEPS: (usize, usize) = (3, 12);
const STEPS_FOR_MINUTES: (usize, usize) = (6, 25);
/// Tours kept per day of a search, quick and thorough, beside two for each that is asked for.
const WIDTH: (usize, usize) = (12, 200);

/// Where the steps of the prices led.
struct Climb {
    /// No tour's cost less its worth is below it.
    bound: f64,
    /// The prices behind the bound.
    best: Multipliers,
    /// The table holds those prices.
    is_filled: bool,
    /// Where weekends are priced: the late prices under which the best tour breaks least of what is priced.
    fit: Option<Fit>,
}

struct Fit {
    broken: f64,
    prices: Multipliers,
    course: Vec<u32>,
}

impl Question<'_> {
    pub fn answer(&self, table: &mut Table) -> Answer {
        let prices = self.first_prices();
        let mut view = self.view();
        let Some(climb) = self.climb(&view, prices, table) else {
            return Answer {
                tours: Vec::new(),
                bound: f64::INFINITY,
                memory: Vec::new(),
            };
        };
        let memory = climb.best.memory();
        let is_exact = climb.fit.is_none();
        let mut bound = climb.bound;
        let (prices, is_filled) = match climb.fit {
            Some(Fit { prices, course, .. }) => {
                view = self.view_near(&course);
                (prices, false)
            }
            None => (climb.best, climb.is_filled),
        };
        let choices = self.choices(&prices, &view.counted);
        if !is_filled {
            self.fill(table, &view, &choices, &prices);
        }
        let width = match self.ask.care {
            Care::Quick => WIDTH.0,
            Care::Thorough => WIDTH.1,
        };
        let constant = self.pricer.constant(&prices, &view.counted);
        let search = self.search(table, &view, &choices, &prices);
        let found = search.run(width + 2 * self.ask.most, self.ask.below + constant);
        let mut tours = self.columns(&found.tours);
        tours.sort_by(|a, b| a.0.total_cmp(&b.0));
        let least = tours.first().map_or(f64::INFINITY, |(reduced, _)| *reduced);
        if is_exact {
            bound = bound.max(least.min(found.given_up - constant) - 1e-9);
        }
        tours.retain(|(reduced, _)| *reduced < self.ask.below);
        tours.truncate(self.ask.most);
        Answer {
            tours: tours.into_iter().map(|(_, column)| column).collect(),
            bound,
            memory,
        }
    }

    /// Every tour that costs less than is asked, or `None` if there are too many or the table cannot count minutes and weekends.
    pub fn list(&self, table: &mut Table) -> Option<Vec<Column>> {
        let prices = self.first_prices();
        let view = self.view();
        if !(view.counted.minutes && view.counted.weekends) {
            return None;
        }
        let choices = self.choices(&prices, &view.counted);
        self.fill(table, &view, &choices, &prices);
        let below = self.ask.below + self.pricer.constant(&prices, &view.counted);
        let search = self.search(table, &view, &choices, &prices);
        let tours = search.all(below, self.ask.most)?;
        let columns = self.columns(&tours).into_iter();
        let cheap = columns.filter(|(reduced, _)| *reduced < self.ask.below);
        Some(cheap.map(|(_, column)| column).collect())
    }

    /// Those tours that keep the limits on types, with their cost less their worth.
    fn columns(&self, tours: &[Vec<usize>]) -> Vec<(f64, Column)> {
        (tours.iter())
            .filter(|tour| self.pricer.within_most(tour))
            .map(|tour| {
                let column = self.pricer.column(tour);
                (column.reduced(self.ask.values), column)
            })
            .collect()
    }

    /// Minutes by price alone end a little off: a table that counts them near the course of a good tour finds those that fit. A thorough look counts
    /// weekends too, so that it does not run out of them before the end.
    fn view_near(&self, course: &[u32]) -> View {
        let counted = Counted::new(true, self.ask.care == Care::Thorough, &self.pricer.rules);
        self.reach(counted, Some((course, self.pricer.band())))
    }

    fn fill(&self, table: &mut Table, view: &View, choices: &Choices, prices: &Multipliers) {
        let extra = Extra::beside(&view.counted, prices);
        let (network, rules) = (&self.pricer.network, &self.pricer.rules);
        table.fill(network, rules, choices, &view.reach, &view.counted, extra);
    }

    fn search<'s>(
        &'s self,
        table: &'s Table,
        view: &'s View,
        choices: &'s Choices,
        prices: &Multipliers,
    ) -> Search<'s> {
        Search {
            network: &self.pricer.network,
            rules: &self.pricer.rules,
            choices,
            reach: &view.reach,
            table,
            extra: Extra::beside(&view.counted, prices),
            followed: &self.pricer.followed,
        }
    }

    /// Steps of the prices on what the table does not count; `None` if there is no tour.
    fn climb(&self, view: &View, mut prices: Multipliers, table: &mut Table) -> Option<Climb> {
        let (pricer, counted) = (self.pricer, &view.counted);
        let steps = match (self.ask.care, counted.minutes) {
            (Care::Quick, true) => STEPS.0,
            (Care::Thorough, true) => STEPS.1,
            (Care::Quick, false) if !self.ask.memory.is_empty() => STEPS_FOR_MINUTES.0,
            (_, false) => STEPS_FOR_MINUTES.1,
        };
        let mut climb = Climb {
            bound: f64::NEG_INFINITY,
            best: prices.clone(),
            is_filled: false,
            fit: None,
        };
        for _ in 0..steps {
            let choices = self.choices(&prices, counted);
            self.fill(table, view, &choices, &prices);
            let root = table.rest(0, pricer.network.start, 0, 0);
            if root == f64::INFINITY {
                return None;
            }
            let bound = root - pricer.constant(&prices, counted);
            climb.is_filled = bound > climb.bound;
            if climb.is_filled {
                (climb.bound, climb.best) = (bound, prices.clone());
            }
            let extra = Extra::beside(counted, &prices);
            let usage = pricer.trace(table, &choices, counted, extra);
            let surplus = self.surplus(&usage, &prices, counted);
            let priced = surplus[1..].iter().map(|surplus| surplus.max(0.0));
            let broken = priced.sum::<f64>() + surplus[0].abs() / f64::from(pricer.band().max(1));
            if !counted.weekends && climb.fit.as_ref().is_none_or(|fit| broken <= fit.broken) {
                climb.fit = Some(Fit {
                    broken,
                    prices: prices.clone(),
                    course: pricer.course(&usage),
                });
            }
            if !prices.step(&surplus) {
                break;
            }
        }
        // Steps that led nowhere are not to be tried again.
        climb.best.steps = prices.steps;
        Some(climb)
    }

    /// How much more a tour uses than it may of what is priced: units, weekends, each followed type.
    fn surplus(&self, usage: &Usage, prices: &Multipliers, counted: &Counted) -> Vec<f64> {
        let pricer = self.pricer;
        let mut surplus = vec![0.0; pricer.tightest.len() + 2];
        if !counted.minutes {
            let (least, most) = pricer.network.span;
            let units = f64::from(usage.units);
            // Inside the span the price is to be 0; at a positive price the upper end is aimed at, at a negative one the lower.
            surplus[0] = if usage.units > most {
                units - f64::from(most)
            } else if usage.units < least {
                units - f64::from(least)
            } else if prices.unit > 0.0 {
                (units - f64::from(most)).min(0.0)
            } else if prices.unit < 0.0 {
                (units - f64::from(least)).max(0.0)
            } else {
                0.0
            };
        }
        if !counted.weekends {
            surplus[1] = f64::from(usage.weekends) - f64::from(pricer.rules.max_weekends);
        }
        for (index, &t) in pricer.tightest.iter().enumerate() {
            if !counted.counts(t) {
                surplus[index + 2] =
                    f64::from(usage.types[index]) - f64::from(pricer.rules.most[t]);
            }
        }
        surplus
    }
}
