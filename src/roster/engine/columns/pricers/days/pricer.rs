//! Best tours of days under prices.

use std::cell::RefCell;

use super::DayRules;
use super::beam::{FOLLOWED, Search};
use super::counted::Counted;
use super::multipliers::Multipliers;
use super::network::{Choices, Network, OFF};
use super::reach::Reach;
use super::sizes::{QUICK_TABLE, THOROUGH_TABLE};
use super::table::{Extra, Table};
use crate::roster::engine::columns::problem::{Answer, Ask, Care, Column, Pricer, Stretch, Within};

/// Prices tours of days: an exact table of least costs to go over states, weekends and minutes where it is small enough, prices on what it leaves out
/// (most shifts of a type; in long horizons weekends and minutes), and a search forward that keeps every rule.
#[derive(Debug)]
pub struct DayPricer {
    pub(super) rules: DayRules,
    pub(super) network: Network,
    /// Index of each type among those whose number is followed.
    pub(super) followed: Vec<Option<usize>>,
    pub(super) tightest: Vec<usize>,
    /// Days that are settled: off, or a type. They cover nothing and cost nothing.
    pub(super) settled: Vec<Option<Option<usize>>>,
    /// Cells with their place (`day * types + type`), ascending.
    places: Vec<(u32, usize)>,
}

/// What of the days is settled by the question.
type Kept<'a> = Option<(Vec<Option<usize>>, &'a [bool])>;

thread_local! {
    /// The table is large and filled anew at every call: only its memory is kept.
    static TABLE: RefCell<Table> = RefCell::new(Table::default());
}

impl DayPricer {
    pub fn new(rules: DayRules) -> DayPricer {
        let days = rules.days();
        DayPricer::settled(rules, vec![None; days])
    }

    /// `settled` = for each day whether it is settled as off or as a type.
    pub(super) fn settled(rules: DayRules, settled: Vec<Option<Option<usize>>>) -> DayPricer {
        let network = Network::new(&rules);
        let open = |t: usize| {
            let longest = rules.max_run.max(1);
            let days = rules.off.iter().filter(|off| !**off).count();
            let by_minutes = (rules.minutes.1 / rules.types[t].minutes.max(1)) as usize;
            let by_runs = (rules.days() / (longest + rules.min_off.max(1)) + 1) * longest;
            days.min(by_minutes).min(by_runs)
        };
        let mut tightest: Vec<usize> = (0..rules.types.len())
            .filter(|&t| {
                rules.most[t] > 0 && (rules.most[t] as usize) < open(t) && rules.most[t] < 250
            })
            .collect();
        tightest.sort_by_key(|&t| (rules.most[t], t));
        tightest.truncate(FOLLOWED);
        let followed = (0..rules.types.len())
            .map(|t| tightest.iter().position(|other| *other == t))
            .collect();
        let types = rules.types.len();
        let mut places: Vec<(u32, usize)> = (0..rules.cells.len())
            .filter(|place| settled[place / types].is_none())
            .map(|place| (rules.cells[place], place))
            .collect();
        places.sort_unstable();
        DayPricer {
            rules,
            network,
            followed,
            tightest,
            settled,
            places,
        }
    }

    /// The type worked on each day of a column.
    pub fn tour_of(&self, column: &Column) -> Vec<Option<usize>> {
        let types = self.rules.types.len();
        let mut tour = vec![None; self.rules.days()];
        for &cell in &column.cells {
            let from = self.places.partition_point(|place| place.0 < cell);
            for &(_, place) in self.places[from..]
                .iter()
                .take_while(|place| place.0 == cell)
            {
                tour[place / types].get_or_insert(place % types);
            }
        }
        for (day, settled) in self.settled.iter().enumerate() {
            if let Some(settled) = settled {
                tour[day] = *settled;
            }
        }
        tour
    }

    fn kept<'a>(&self, ask: &Ask<'a>) -> Kept<'a> {
        ask.keep.map(|(column, free)| (self.tour_of(column), free))
    }

    fn choices(
        &self,
        ask: &Ask,
        kept: &Kept,
        prices: &Multipliers,
        counted: Option<&Counted>,
    ) -> Choices {
        let types = self.rules.types.len();
        let mut choices = Choices::default();
        for day in 0..self.rules.days() {
            let fixed = self.settled[day].or_else(|| {
                (kept.as_ref())
                    .filter(|(_, free)| !free[self.rules.period[day] as usize])
                    .map(|(tour, _)| tour[day])
            });
            choices.off.push(
                fixed
                    .is_none_or(|fixed| fixed.is_none())
                    .then_some(self.rules.off_cost[day]),
            );
            let mut work = Vec::new();
            for t in 0..types {
                let allowed = match fixed {
                    Some(fixed) => fixed == Some(t),
                    None => !self.rules.off[day] && self.rules.most[t] > 0,
                };
                if allowed {
                    let place = day * types + t;
                    let priced = self.followed[t]
                        .filter(|_| counted.is_none_or(|counted| !counted.counts(t)));
                    let price = priced.map_or(0.0, |followed| prices.types[followed]);
                    let worth = match self.settled[day] {
                        Some(_) => 0.0,
                        None => ask.values[self.rules.cells[place] as usize],
                    };
                    work.push((t, self.rules.work_cost[place] - worth + price));
                }
            }
            choices.work.push(work);
        }
        choices
    }

    fn column(&self, tour: &[usize]) -> Column {
        let types = self.rules.types.len();
        let mut column = Column {
            cells: Vec::new(),
            cost: 0.0,
        };
        for (day, &t) in tour.iter().enumerate() {
            if t == OFF {
                column.cost += self.rules.off_cost[day];
            } else {
                column.cost += self.rules.work_cost[day * types + t];
                if self.settled[day].is_none() {
                    column.cells.push(self.rules.cells[day * types + t]);
                }
            }
        }
        column.cells.sort_unstable();
        column
    }

    fn within_most(&self, tour: &[usize]) -> bool {
        (0..self.rules.types.len()).all(|t| {
            tour.iter().filter(|&&other| other == t).count() <= self.rules.most[t] as usize
        })
    }
}

impl Pricer for DayPricer {
    fn within(&self, stretch: &Stretch) -> Option<Within<'_>> {
        self.stretch(stretch)
    }

    fn enumerate(&self, ask: &Ask) -> Option<Vec<Column>> {
        let network = &self.network;
        let (scale, units) = self.scale(ask);
        let prices = Multipliers::new(self.tightest.len(), ask.memory, scale, units);
        let kept = self.kept(ask);
        let largest = if ask.care == Care::Quick {
            QUICK_TABLE
        } else {
            THOROUGH_TABLE
        };
        let (counted, reach) = self.counted(&self.choices(ask, &kept, &prices, None), largest);
        if !(counted.minutes && counted.weekends) {
            return None;
        }
        let choices = self.choices(ask, &kept, &prices, Some(&counted));
        TABLE.with_borrow_mut(|table| {
            table.fill(
                network,
                &self.rules,
                &choices,
                &reach,
                &counted,
                Extra::default(),
            );
            let below = ask.below + self.constant(&prices, &counted);
            let search = Search {
                network,
                rules: &self.rules,
                choices: &choices,
                reach: &reach,
                table,
                extra: Extra::default(),
                followed: &self.followed,
            };
            let tours = search.all(below, ask.most)?;
            let columns = tours
                .iter()
                .filter(|tour| self.within_most(tour))
                .map(|tour| self.column(tour));
            Some(
                columns
                    .filter(|column| column.reduced(ask.values) < ask.below)
                    .collect(),
            )
        })
    }

    fn price(&self, ask: &Ask) -> Answer {
        let network = &self.network;
        let (scale, units) = self.scale(ask);
        let mut prices = Multipliers::new(self.tightest.len(), ask.memory, scale, units);
        let kept = self.kept(ask);
        let mut choices = self.choices(ask, &kept, &prices, None);
        let (mut counted, mut reach) = self.counted(
            &choices,
            if ask.care == Care::Quick {
                QUICK_TABLE
            } else {
                THOROUGH_TABLE
            },
        );
        choices = self.choices(ask, &kept, &prices, Some(&counted));
        let rounds = match (ask.care, counted.minutes) {
            (Care::Quick, true) => 3,
            (Care::Quick, false) if ask.memory.is_empty() => 25,
            (Care::Quick, false) => 6,
            (Care::Thorough, true) => 12,
            (Care::Thorough, false) => 25,
        };
        TABLE.with_borrow_mut(|table| {
            let mut best: Option<(f64, Multipliers)> = None;
            let mut last = None;
            // The prices, late ones first, under which the best tour breaks least of what is priced, and its course.
            let mut fit: Option<(f64, Multipliers, Vec<u32>)> = None;
            for _ in 0..rounds {
                let extra = Extra {
                    per_unit: if counted.minutes { 0.0 } else { prices.unit },
                    per_weekend: if counted.weekends {
                        0.0
                    } else {
                        prices.weekend
                    },
                };
                table.fill(network, &self.rules, &choices, &reach, &counted, extra);
                let root = table.rest(0, network.start, 0, 0);
                if root == f64::INFINITY {
                    return Answer {
                        tours: Vec::new(),
                        bound: f64::INFINITY,
                        memory: Vec::new(),
                    };
                }
                let bound = root - self.constant(&prices, &counted);
                if best.as_ref().is_none_or(|(b, _)| bound > *b) {
                    best = Some((bound, prices.clone()));
                }
                last = Some(prices.clone());
                let usage = self.trace(table, &choices, &counted, extra);
                let mut surplus = vec![0.0; self.tightest.len() + 2];
                if !counted.minutes {
                    let (least, most) = network.span;
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
                    surplus[1] = f64::from(usage.weekends) - f64::from(self.rules.max_weekends);
                }
                for (index, &t) in self
                    .tightest
                    .iter()
                    .enumerate()
                    .filter(|(_, t)| !counted.counts(**t))
                {
                    surplus[index + 2] =
                        f64::from(usage.types[index]) - f64::from(self.rules.most[t]);
                }
                let broken = surplus[1..]
                    .iter()
                    .map(|surplus| surplus.max(0.0))
                    .sum::<f64>()
                    + surplus[0].abs() / f64::from(self.band().max(1));
                if !counted.weekends && fit.as_ref().is_none_or(|fit| broken <= fit.0) {
                    fit = Some((broken, prices.clone(), self.course(&usage)));
                }
                if !prices.step(&surplus) {
                    break;
                }
                choices = self.choices(ask, &kept, &prices, Some(&counted));
            }
            let Some((mut bound, mut best)) = best else {
                return Answer::default();
            };
            let mut extra = Extra {
                per_unit: if counted.minutes { 0.0 } else { best.unit },
                per_weekend: if counted.weekends { 0.0 } else { best.weekend },
            };
            let same = last.as_ref() == Some(&best);
            // Steps that led nowhere are not to be tried again.
            best.steps = prices.steps;
            let memory = best.memory();
            let exact = fit.is_none();
            if let Some((_, prices, course)) = fit {
                // Minutes by price alone end a little off: a table that counts them near the course of a good tour finds those that fit.
                best = prices;
                extra = Extra {
                    per_unit: 0.0,
                    per_weekend: best.weekend,
                };
                // A thorough look counts weekends too, so that it does not run out of them before the end.
                counted = Counted::new(true, ask.care == Care::Thorough, &self.rules);
                choices = self.choices(ask, &kept, &best, Some(&counted));
                let band = Some((&course[..], self.band()));
                reach = Reach::new(network, &self.rules, &choices, &counted, band);
                if counted.weekends {
                    extra.per_weekend = 0.0;
                }
                table.fill(network, &self.rules, &choices, &reach, &counted, extra);
            } else {
                choices = self.choices(ask, &kept, &best, Some(&counted));
                if !same {
                    table.fill(network, &self.rules, &choices, &reach, &counted, extra);
                }
            }
            let search = Search {
                network,
                rules: &self.rules,
                choices: &choices,
                reach: &reach,
                table,
                extra,
                followed: &self.followed,
            };
            let width = match ask.care {
                Care::Quick => 12 + 2 * ask.most,
                Care::Thorough => 200 + 2 * ask.most,
            };
            let constant = self.constant(&best, &counted);
            let found = search.run(width, ask.below + constant);
            let mut tours: Vec<(f64, Column)> = (found.tours.iter())
                .filter(|tour| self.within_most(tour))
                .map(|tour| {
                    let column = self.column(tour);
                    (column.reduced(ask.values), column)
                })
                .collect();
            tours.sort_by(|a, b| a.0.total_cmp(&b.0));
            let least = tours.first().map_or(f64::INFINITY, |(reduced, _)| *reduced);
            if exact {
                bound = bound.max(least.min(found.given_up - constant) - 1e-9);
            }
            tours.retain(|(reduced, _)| *reduced < ask.below);
            tours.truncate(ask.most);
            Answer {
                tours: tours.into_iter().map(|(_, column)| column).collect(),
                bound,
                memory,
            }
        })
    }
}

impl DayPricer {
    /// A first step for prices: a share of what a shift is worth, and the units of a shift.
    fn scale(&self, ask: &Ask) -> (f64, f64) {
        let worth: f64 = (self.places.iter())
            .map(|&(cell, _)| ask.values[cell as usize].abs())
            .sum::<f64>()
            / self.places.len().max(1) as f64;
        let units = self
            .network
            .units
            .iter()
            .map(|&units| f64::from(units))
            .sum::<f64>()
            / self.network.units.len().max(1) as f64;
        (0.2 * worth.max(1.0), units.max(1.0))
    }
}
