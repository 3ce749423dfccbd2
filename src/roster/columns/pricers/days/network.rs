//! The states of a person between two days, what may follow what, and the least cost from each state to the end of the horizon.

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

/// A type whose number is part of the table's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CountedType {
    kind: usize,
    followed: usize,
    stride: u32,
    most: u32,
}

/// What is counted along a tour, state by state, in the table: units as its columns; weekends and the numbers of some types, as the digits of
/// one number, as its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub minutes: bool,
    pub weekends: bool,
    max_weekends: u32,
    types: Vec<CountedType>,
    rows: u32,
}

impl Counted {
    pub fn new(minutes: bool, weekends: bool, rules: &DayRules) -> Counted {
        let rows = if weekends { rules.max_weekends + 1 } else { 1 };
        Counted {
            minutes,
            weekends,
            max_weekends: rules.max_weekends,
            types: Vec::new(),
            rows,
        }
    }

    /// Counts a type as well.
    pub fn with(&self, kind: usize, followed: usize, most: u32) -> Counted {
        let mut next = self.clone();
        next.types.push(CountedType {
            kind,
            followed,
            stride: self.rows,
            most,
        });
        next.rows *= most + 1;
        next
    }

    pub fn counts(&self, kind: usize) -> bool {
        self.types.iter().any(|counted| counted.kind == kind)
    }

    /// The row that a day of work adds.
    pub fn added(&self, kind: usize, weekends: u32) -> u32 {
        let weekends = if self.weekends { weekends } else { 0 };
        weekends
            + self
                .types
                .iter()
                .find(|counted| counted.kind == kind)
                .map_or(0, |counted| counted.stride)
    }

    /// The row of so many weekends and shifts of the followed types.
    pub fn row(&self, weekends: u32, used: &[u8]) -> u32 {
        let weekends = if self.weekends { weekends } else { 0 };
        weekends
            + self
                .types
                .iter()
                .map(|counted| counted.stride * u32::from(used[counted.followed]))
                .sum::<u32>()
    }

    /// Whether a further weekend (if `weekends` is 1) and a shift of a counted type may be added to a row.
    fn has_room(&self, row: u32, weekends: u32, counted: Option<CountedType>) -> bool {
        (weekends == 0 || !self.weekends || row % (self.max_weekends + 1) < self.max_weekends)
            && counted
                .is_none_or(|counted| (row / counted.stride) % (counted.most + 1) < counted.most)
    }
}

/// The states that can be reached, with the ranges of rows and units with which they can be.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// `day * states + state`: least and most row, least and most units; nothing if the first is above the second.
    ranges: Vec<[u32; 4]>,
    /// Most and least units from the state to the end.
    more: Vec<(u32, u32)>,
    at: Vec<u32>,
    pub size: usize,
}

const NEVER: [u32; 4] = [u32::MAX, 0, u32::MAX, 0];
const DEAD: (u32, u32) = (0, u32::MAX);

impl Reach {
    /// Walks forward and backward through the days. `size` is what a table over the counted things would hold.
    /// `band` = where the units are looked for: a course of units over the days, and how far off it they may be.
    pub fn new(
        network: &Network,
        rules: &DayRules,
        choices: &Choices,
        counted: &Counted,
        band: Option<(&[u32], u32)>,
    ) -> Reach {
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
        let mut ranges = vec![NEVER; (days + 1) * states];
        ranges[network.start] = [0; 4];
        let (least, most) = network.span;
        let mut at = vec![0; (days + 1) * states];
        let mut size = 0usize;
        for day in 0..=days {
            for state in 0..states {
                let place = day * states + state;
                let (high, low) = more[place];
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
            more,
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
        let (high, low) = self.more[place];
        low != u32::MAX
            && weekends <= max_weekends
            && units + low <= network.span.1
            && units + high >= network.span.0
    }
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

/// Prices of what the table does not count.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extra {
    pub per_unit: f64,
    pub per_weekend: f64,
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
