//! Tours built day by day from the start, the most promising of each day kept; the table says how each can best go on.

use std::cmp::Ordering;

use super::DayRules;
use super::network::{Choices, Network, OFF, weekend_begins};
use super::reach::Reach;
use super::table::{Extra, Table};

/// Types whose number along a tour is followed exactly; a tour that breaks the limit of another is found too late to be mended.
pub const FOLLOWED: usize = 32;
/// Tours kept that agree in state, weekends and minutes.
const ALIKE: usize = 3;

#[derive(Debug, Clone, Copy)]
struct Label {
    /// Cost so far plus least cost to go.
    promise: f64,
    cost: f64,
    state: u16,
    weekends: u16,
    units: u32,
    used: [u8; FOLLOWED],
    parent: u32,
    choice: u16,
}

/// What a search looks at.
pub struct Search<'a> {
    pub network: &'a Network,
    pub rules: &'a DayRules,
    pub choices: &'a Choices,
    pub reach: &'a Reach,
    pub table: &'a Table,
    pub extra: Extra,
    /// Index of each type among the followed ones.
    pub followed: &'a [Option<usize>],
}

/// Tours found (type of each day or [`OFF`]), and the least promise that was given up.
pub struct Found {
    pub tours: Vec<Vec<usize>>,
    pub given_up: f64,
}

impl Search<'_> {
    /// `width` = tours kept per day; those that promise `below` or more are given up.
    pub fn run(&self, width: usize, below: f64) -> Found {
        let days = self.rules.days();
        let mut given_up = f64::INFINITY;
        let mut level = vec![self.root()];
        let mut history: Vec<Vec<(u32, u16)>> = Vec::with_capacity(days);
        let mut next = Vec::new();
        for day in 0..days {
            next.clear();
            for (index, label) in level.iter().enumerate() {
                self.expand(day, index as u32, label, &mut next);
            }
            next.retain(|label: &Label| {
                let keep = label.promise < below;
                if !keep {
                    given_up = given_up.min(label.promise);
                }
                keep
            });
            thin(&mut next, width, &mut given_up);
            std::mem::swap(&mut level, &mut next);
            history.push(
                level
                    .iter()
                    .map(|label| (label.parent, label.choice))
                    .collect(),
            );
        }
        let tours = (0..level.len())
            .map(|end| {
                let mut tour = vec![OFF; days];
                let mut at = end;
                for day in (0..days).rev() {
                    let (parent, choice) = history[day][at];
                    if choice != u16::MAX {
                        tour[day] = usize::from(choice);
                    }
                    at = parent as usize;
                }
                tour
            })
            .collect();
        Found { tours, given_up }
    }

    /// Every tour that costs less than `below`, or `None` if there are more than `most` (or the search grows far larger than what it finds).
    pub fn all(&self, below: f64, most: usize) -> Option<Vec<Vec<usize>>> {
        let days = self.rules.days();
        let mut tours = Vec::new();
        let mut tour = vec![OFF; days];
        let mut stack = vec![(0usize, self.root())];
        let mut visited = 0usize;
        let mut next = Vec::new();
        while let Some((day, label)) = stack.pop() {
            visited += 1;
            if visited > 40 * most * days.max(1) || tours.len() > most {
                return None;
            }
            if day > 0 {
                tour[day - 1] = if label.choice == u16::MAX {
                    OFF
                } else {
                    usize::from(label.choice)
                };
            }
            if day == days {
                tours.push(tour.clone());
                continue;
            }
            next.clear();
            self.expand(day, 0, &label, &mut next);
            stack.extend(
                next.iter()
                    .filter(|label| label.promise < below)
                    .map(|label| (day + 1, *label)),
            );
        }
        Some(tours)
    }

    fn root(&self) -> Label {
        Label {
            promise: self.table.rest(0, self.network.start, 0, 0),
            cost: 0.0,
            state: self.network.start as u16,
            weekends: 0,
            units: 0,
            used: [0; FOLLOWED],
            parent: 0,
            choice: 0,
        }
    }

    fn expand(&self, day: usize, parent: u32, label: &Label, next: &mut Vec<Label>) {
        let state = usize::from(label.state);
        if let (Some(cost), Some(to)) = (self.choices.off[day], self.network.rest(state, day)) {
            self.push(
                day,
                Label {
                    cost: label.cost + cost,
                    state: to as u16,
                    parent,
                    choice: u16::MAX,
                    ..*label
                },
                next,
            );
        }
        let Some(run) = self.network.run_after(state) else {
            return;
        };
        let weekends = weekend_begins(self.rules, day, self.network.is_work(state));
        let allowed = &self.network.may_follow[self.network.class_of(state)];
        for &(t, cost) in &self.choices.work[day] {
            if !allowed[t] {
                continue;
            }
            let mut used = label.used;
            if let Some(followed) = self.followed[t] {
                if u32::from(used[followed]) >= self.rules.most[t] {
                    continue;
                }
                used[followed] += 1;
            }
            let units = self.network.units[t];
            let cost = label.cost
                + cost
                + f64::from(units) * self.extra.per_unit
                + f64::from(weekends) * self.extra.per_weekend;
            let to = self.network.work(run, self.network.class[t]) as u16;
            let weekends = label.weekends + weekends as u16;
            self.push(
                day,
                Label {
                    cost,
                    state: to,
                    weekends,
                    units: label.units + units,
                    used,
                    parent,
                    choice: t as u16,
                    promise: 0.0,
                },
                next,
            );
        }
    }

    fn push(&self, day: usize, mut label: Label, next: &mut Vec<Label>) {
        let (state, weekends) = (usize::from(label.state), u32::from(label.weekends));
        let place = (day + 1) * self.network.states + state;
        if !self.reach.allows(
            place,
            weekends,
            label.units,
            self.network,
            self.rules.max_weekends,
        ) {
            return;
        }
        label.promise = label.cost
            + self.table.rest(
                day + 1,
                state,
                self.table.row(weekends, &label.used),
                label.units,
            );
        if label.promise < f64::INFINITY {
            next.push(label);
        }
    }
}

/// What a label is sorted by. Labels are large and keys small, so that keys are what is moved about.
#[derive(Debug, Clone, Copy)]
struct Key {
    /// State, weekends and units: labels of one kind are alike.
    kind: (u16, u16, u32),
    promise: f64,
    /// Tells apart all labels of a day.
    way: (u32, u16),
    label: u32,
}

impl Key {
    fn new(index: usize, label: &Label) -> Key {
        Key {
            kind: (label.state, label.weekends, label.units),
            promise: label.promise,
            way: (label.parent, label.choice),
            label: index as u32,
        }
    }

    fn by_promise(&self, other: &Key) -> Ordering {
        self.promise.total_cmp(&other.promise)
    }
}

/// Drops what is no better than a few others alike, then all but the most promising.
fn thin(labels: &mut Vec<Label>, width: usize, given_up: &mut f64) {
    let mut keys: Vec<Key> = (labels.iter().enumerate())
        .map(|(index, label)| Key::new(index, label))
        .collect();
    keys.sort_unstable_by(|a, b| {
        (a.kind.cmp(&b.kind))
            .then_with(|| a.by_promise(b))
            .then_with(|| a.way.cmp(&b.way))
    });
    let used = |key: &Key| &labels[key.label as usize].used;
    let mut kept: Vec<Key> = Vec::with_capacity(keys.len().min(4 * width));
    let mut first = 0;
    for key in keys {
        if kept.get(first).is_some_and(|other| other.kind != key.kind) {
            first = kept.len();
        }
        let rivals = &kept[first..];
        let no_more = |rival: &Key| used(rival).iter().zip(used(&key)).all(|(a, b)| a <= b);
        if rivals.iter().any(no_more) {
            continue;
        }
        if rivals.len() >= ALIKE {
            *given_up = given_up.min(key.promise);
            continue;
        }
        kept.push(key);
    }
    kept.sort_unstable_by(|a, b| {
        (a.by_promise(b))
            .then_with(|| a.kind.cmp(&b.kind))
            .then_with(|| a.way.cmp(&b.way))
    });
    if kept.len() > width {
        *given_up = given_up.min(kept[width].promise);
        kept.truncate(width);
    }
    *labels = kept.iter().map(|key| labels[key.label as usize]).collect();
}
