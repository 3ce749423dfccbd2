//! What can be reached: which states, with which ranges of what is counted.

use std::sync::Arc;

use super::DayRules;
use super::counted::Counted;
use super::network::{Choices, Network, weekend_begins};

/// Most and least units from each state to the end of the days: `day * states + state`.
#[derive(Debug, Default)]
pub struct Ahead(Vec<(u32, u32)>);

impl Ahead {
    /// Walks backward through the days.
    pub fn new(network: &Network, rules: &DayRules, choices: &Choices) -> Ahead {
        let (days, states) = (rules.days(), network.states);
        let mut more = vec![DEAD; (days + 1) * states];
        more[days * states..].fill((0, 0));
        for day in (0..days).rev() {
            for state in 0..states {
                let mut most: Option<(u32, u32)> = None;
                let mut see = |next: usize, units: u32| {
                    let (high, low) = more[(day + 1) * states + next];
                    if low != u32::MAX {
                        let (h, l) = most.unwrap_or((0, u32::MAX));
                        most = Some((h.max(high + units), l.min(low + units)));
                    }
                };
                if choices.off[day].is_some()
                    && let Some(next) = network.rest(state, day)
                {
                    see(next, 0);
                }
                if let Some(run) = network.run_after(state) {
                    let allowed = &network.may_follow[network.class_of(state)];
                    for &(t, _) in &choices.work[day] {
                        if allowed[t] {
                            see(network.work(run, network.class[t]), network.units[t]);
                        }
                    }
                }
                more[day * states + state] = most.unwrap_or(DEAD);
            }
        }
        Ahead(more)
    }
}

/// The states that can be reached, with the ranges of rows and units with which they can be.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// `day * states + state`: least and most row, least and most units; nothing if the first is above the second.
    pub ranges: Vec<[u32; 4]>,
    ahead: Arc<Ahead>,
    pub at: Vec<u32>,
    /// What a table over the counted things would hold.
    pub size: usize,
}

const NEVER: [u32; 4] = [u32::MAX, 0, u32::MAX, 0];
const DEAD: (u32, u32) = (0, u32::MAX);

impl Reach {
    /// Walks forward through the days. `band` = where the units are looked for: a course of units over the days, and how far off it they may be.
    pub fn new(
        ahead: &Arc<Ahead>,
        network: &Network,
        rules: &DayRules,
        choices: &Choices,
        counted: &Counted,
        band: Option<(&[u32], u32)>,
    ) -> Reach {
        let (days, states) = (rules.days(), network.states);
        let mut ranges = vec![NEVER; (days + 1) * states];
        ranges[network.start] = [0; 4];
        let (least, most) = network.span;
        let mut at = vec![0; (days + 1) * states];
        let mut size = 0usize;
        for day in 0..=days {
            for state in 0..states {
                let place = day * states + state;
                let (high, low) = ahead.0[place];
                let mut range = ranges[place];
                if range[0] > range[1] || low == u32::MAX {
                    ranges[place] = NEVER;
                    continue;
                }
                range[2] = range[2].max(least.saturating_sub(high));
                range[3] = range[3].min(most.saturating_sub(low));
                if let Some((course, width)) = band {
                    range[2] = range[2].max(course[day].saturating_sub(width));
                    range[3] = range[3].min(course[day] + width);
                }
                range[1] = range[1].min(counted.rows - 1);
                if range[0] > range[1] || range[2] > range[3] || low > most {
                    ranges[place] = NEVER;
                    continue;
                }
                ranges[place] = range;
                at[place] = size as u32;
                let units = if counted.minutes {
                    range[3] - range[2] + 1
                } else {
                    1
                };
                size += (range[1] - range[0] + 1) as usize * units as usize;
                if day == days {
                    continue;
                }
                let mut widen = |next: usize, row: u32, units: u32| {
                    let to = &mut ranges[(day + 1) * states + next];
                    *to = [
                        to[0].min(range[0] + row),
                        to[1].max(range[1] + row),
                        to[2].min(range[2] + units),
                        to[3].max(range[3] + units),
                    ];
                };
                if choices.off[day].is_some()
                    && let Some(next) = network.rest(state, day)
                {
                    widen(next, 0, 0);
                }
                if let Some(run) = network.run_after(state) {
                    let weekends = weekend_begins(rules, day, network.is_work(state));
                    let allowed = &network.may_follow[network.class_of(state)];
                    for &(t, _) in &choices.work[day] {
                        if allowed[t] {
                            widen(
                                network.work(run, network.class[t]),
                                counted.added(t, weekends),
                                network.units[t],
                            );
                        }
                    }
                }
            }
        }
        Reach {
            ranges,
            ahead: ahead.clone(),
            at,
            size,
        }
    }

    /// Whether a tour so far can still be finished within its minutes and weekends.
    pub fn allows(
        &self,
        place: usize,
        weekends: u32,
        units: u32,
        network: &Network,
        max_weekends: u32,
    ) -> bool {
        let (high, low) = self.ahead.0[place];
        low != u32::MAX
            && weekends <= max_weekends
            && units + low <= network.span.1
            && units + high >= network.span.0
    }
}
