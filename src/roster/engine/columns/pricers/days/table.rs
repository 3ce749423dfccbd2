//! The least cost from every state to the end of the horizon.

use super::DayRules;
use super::counted::{Counted, CountedType};
use super::multipliers::Multipliers;
use super::network::{Choices, Network, weekend_begins};
use super::reach::Reach;

/// Prices of what the table does not count.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extra {
    pub per_unit: f64,
    pub per_weekend: f64,
}

impl Extra {
    /// Of these prices, those of what is not counted.
    pub fn beside(counted: &Counted, prices: &Multipliers) -> Extra {
        let unless = |counted: bool, price: f64| if counted { 0.0 } else { price };
        Extra {
            per_unit: unless(counted.minutes, prices.unit),
            per_weekend: unless(counted.weekends, prices.weekend),
        }
    }
}

/// Least cost from every state to the end.
#[derive(Debug, Default)]
pub struct Table {
    least: Vec<f64>,
    reach: Reach,
    counted: Option<Counted>,
    states: usize,
}

impl Table {
    pub fn fill(
        &mut self,
        network: &Network,
        rules: &DayRules,
        choices: &Choices,
        reach: &Reach,
        counted: &Counted,
        extra: Extra,
    ) {
        let (days, states) = (rules.days(), network.states);
        self.states = states;
        self.counted = Some(counted.clone());
        self.reach.clone_from(reach);
        self.least.clear();
        self.least.resize(reach.size, f64::INFINITY);
        let steps = Steps::new(network, rules, counted);
        let mut best = vec![f64::INFINITY; (network.classes + 1) * steps.kinds.len()];
        for day in (0..=days).rev() {
            if day < days {
                steps.least(network, &choices.work[day], extra, &mut best);
            }
            for state in 0..states {
                let place = day * states + state;
                let range = reach.ranges[place];
                if range[0] > range[1] {
                    continue;
                }
                if day == days {
                    let (from, to) = block(reach, counted, place);
                    self.least[from..to].fill(0.0);
                    continue;
                }
                if let (Some(cost), Some(next)) = (choices.off[day], network.rest(state, day)) {
                    self.relax(
                        reach,
                        counted,
                        place,
                        (day + 1) * states + next,
                        Step::default(),
                        cost,
                    );
                }
                if let Some(run) = network.run_after(state) {
                    let weekends = weekend_begins(rules, day, network.is_work(state));
                    let class = network.class_of(state);
                    for (kind, &(to, units, typed)) in steps.kinds.iter().enumerate() {
                        let cost = best[class * steps.kinds.len() + kind]
                            + f64::from(weekends) * extra.per_weekend;
                        if cost < f64::INFINITY {
                            self.relax(
                                reach,
                                counted,
                                place,
                                (day + 1) * states + network.work(run, to),
                                Step {
                                    weekends,
                                    units,
                                    typed,
                                },
                                cost,
                            );
                        }
                    }
                }
            }
        }
    }

    #[inline]
    fn relax(
        &mut self,
        reach: &Reach,
        counted: &Counted,
        place: usize,
        next: usize,
        step: Step,
        cost: f64,
    ) {
        let (a, b) = (reach.ranges[place], reach.ranges[next]);
        if b[0] > b[1] {
            return;
        }
        let units = step.units;
        let (here, there) = (reach.at[place] as usize, reach.at[next] as usize);
        let added = if counted.weekends { step.weekends } else { 0 }
            + step.typed.map_or(0, |typed| typed.stride);
        let (low, high, width_a, width_b) = if counted.minutes {
            let low = a[2].max(b[2].saturating_sub(units));
            if a[3] < low || b[3] < low + units {
                return;
            }
            (
                low,
                a[3].min(b[3] - units),
                (a[3] - a[2] + 1) as usize,
                (b[3] - b[2] + 1) as usize,
            )
        } else {
            (0, 0, 1, 1)
        };
        let (from_a, from_b) = if counted.minutes {
            ((low - a[2]) as usize, (low + units - b[2]) as usize)
        } else {
            (0, 0)
        };
        let count = (high - low + 1) as usize;
        // States of a later day lie behind those of an earlier one.
        let (front, back) = self.least.split_at_mut(there);
        for row in a[0]..=a[1] {
            if row + added < b[0]
                || row + added > b[1]
                || (added > 0 && !counted.has_room(row, step.weekends, step.typed))
            {
                continue;
            }
            let (i, j) = ((row - a[0]) as usize, (row + added - b[0]) as usize);
            let to = &mut front[here + i * width_a + from_a..][..count];
            let from = &back[j * width_b + from_b..][..count];
            for (to, from) in to.iter_mut().zip(from) {
                let through = from + cost;
                *to = if through < *to { through } else { *to };
            }
        }
    }

    /// Least cost from here to the end; infinite if there is no way.
    pub fn rest(&self, day: usize, state: usize, row: u32, units: u32) -> f64 {
        let Some(counted) = &self.counted else {
            return f64::INFINITY;
        };
        let place = day * self.states + state;
        let range = self.reach.ranges[place];
        if range[0] > range[1] || row < range[0] || row > range[1] {
            return f64::INFINITY;
        }
        let mut at = (row - range[0]) as usize;
        if counted.minutes {
            if units < range[2] || units > range[3] {
                return f64::INFINITY;
            }
            at = at * (range[3] - range[2] + 1) as usize + (units - range[2]) as usize;
        }
        self.least[self.reach.at[place] as usize + at]
    }

    /// The row of so many weekends and shifts of the followed types.
    pub fn row(&self, weekends: u32, used: &[u8]) -> u32 {
        self.counted
            .as_ref()
            .map_or(0, |counted| counted.row(weekends, used))
    }
}

/// What a day adds.
#[derive(Debug, Clone, Copy, Default)]
struct Step {
    weekends: u32,
    units: u32,
    typed: Option<CountedType>,
}

/// Ways into work that differ to the table: class, units and counted type.
struct Steps {
    kinds: Vec<(usize, u32, Option<CountedType>)>,
    kind_of: Vec<usize>,
}

impl Steps {
    fn new(network: &Network, rules: &DayRules, counted: &Counted) -> Steps {
        let mut kinds = Vec::new();
        let kind_of = (0..rules.types.len())
            .map(|t| {
                let kind = (
                    network.class[t],
                    network.units[t],
                    counted.types.iter().find(|typed| typed.kind == t).copied(),
                );
                kinds
                    .iter()
                    .position(|other| *other == kind)
                    .unwrap_or_else(|| {
                        kinds.push(kind);
                        kinds.len() - 1
                    })
            })
            .collect();
        Steps { kinds, kind_of }
    }

    /// The least cost of each kind after each class.
    fn least(&self, network: &Network, work: &[(usize, f64)], extra: Extra, best: &mut [f64]) {
        best.fill(f64::INFINITY);
        for class in 0..=network.classes {
            for &(t, cost) in work {
                if network.may_follow[class][t] {
                    let place = &mut best[class * self.kinds.len() + self.kind_of[t]];
                    *place = place.min(cost + f64::from(network.units[t]) * extra.per_unit);
                }
            }
        }
    }
}

fn block(reach: &Reach, counted: &Counted, place: usize) -> (usize, usize) {
    let range = reach.ranges[place];
    let units = if counted.minutes {
        range[3] - range[2] + 1
    } else {
        1
    };
    let from = reach.at[place] as usize;
    (
        from,
        from + (range[1] - range[0] + 1) as usize * units as usize,
    )
}
