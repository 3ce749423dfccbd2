//! The states of a person between two days, and what may follow what.

use super::DayRules;

/// A day off, among the choices of a day.
pub const OFF: usize = usize::MAX;

/// The states that count for what may follow: on the n-th day of a run of work after a type of some class, or on the n-th day off.
#[derive(Debug)]
pub struct Network {
    /// Class of each type: types of one class forbid the same successors.
    pub class: Vec<usize>,
    pub classes: usize,
    /// Whether a type may follow a class; the last class stands for a day off.
    pub may_follow: Vec<Vec<bool>>,
    pub states: usize,
    pub start: usize,
    max_run: usize,
    min_run: usize,
    min_off: usize,
    /// Length of each type in the largest unit that divides all.
    pub units: Vec<u32>,
    /// Least and most units in all.
    pub span: (u32, u32),
}

impl Network {
    pub fn new(rules: &DayRules) -> Network {
        let mut lists: Vec<Vec<usize>> = Vec::new();
        let class: Vec<usize> = (rules.types.iter())
            .map(|kind| {
                let mut list = kind.not_next.clone();
                list.sort_unstable();
                list.dedup();
                lists
                    .iter()
                    .position(|other| *other == list)
                    .unwrap_or_else(|| {
                        lists.push(list);
                        lists.len() - 1
                    })
            })
            .collect();
        let classes = lists.len();
        let mut may_follow: Vec<Vec<bool>> = lists
            .iter()
            .map(|list| (0..rules.types.len()).map(|t| !list.contains(&t)).collect())
            .collect();
        may_follow.push(vec![true; rules.types.len()]);
        let unit = rules
            .types
            .iter()
            .map(|kind| kind.minutes)
            .fold(0, gcd)
            .max(1);
        let units: Vec<u32> = rules.types.iter().map(|kind| kind.minutes / unit).collect();
        let max_run = rules.max_run.clamp(1, rules.days().max(1));
        let min_off = rules.min_off.max(1);
        let states = max_run * classes + min_off;
        Network {
            class,
            classes,
            may_follow,
            states,
            start: states - 1,
            max_run,
            min_run: rules.min_run,
            min_off,
            units,
            span: (rules.minutes.0.div_ceil(unit), rules.minutes.1 / unit),
        }
    }

    /// Class of the last day: `classes` for a day off.
    pub fn class_of(&self, state: usize) -> usize {
        if state < self.max_run * self.classes {
            state % self.classes
        } else {
            self.classes
        }
    }

    pub fn is_work(&self, state: usize) -> bool {
        state < self.max_run * self.classes
    }

    /// The state after a day off that follows `state`, if it may. `day` = days gone by before that day off.
    pub fn rest(&self, state: usize, day: usize) -> Option<usize> {
        let first_off = self.max_run * self.classes;
        if self.is_work(state) {
            let run = state / self.classes + 1;
            (run >= self.min_run || run == day).then_some(first_off)
        } else {
            Some((state + 1).min(first_off + self.min_off - 1))
        }
    }

    /// The run that a day of work after `state` belongs to, counted from 0, if work may follow.
    pub fn run_after(&self, state: usize) -> Option<usize> {
        if self.is_work(state) {
            let run = state / self.classes + 1;
            (run < self.max_run).then_some(run)
        } else {
            (state + 1 == self.states).then_some(0)
        }
    }

    pub fn work(&self, run: usize, class: usize) -> usize {
        run * self.classes + class
    }
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The choices of each day under given prices: whether a day off may be taken and at what cost, and the types with theirs.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    pub off: Vec<Option<f64>>,
    pub work: Vec<Vec<(usize, f64)>>,
}

/// 1 if work on this day touches a weekend that was not worked before.
pub fn weekend_begins(rules: &DayRules, day: usize, worked_before: bool) -> u32 {
    match rules.weekend[day] {
        Some(weekend) if day > 0 && rules.weekend[day - 1] == Some(weekend) => {
            u32::from(!worked_before)
        }
        Some(_) => 1,
        None => 0,
    }
}
