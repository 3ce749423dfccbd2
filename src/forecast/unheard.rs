//! Open hours of which a history says nothing while it tells the rest of the same days: the queue was not open then, or nobody counted.

use super::local::LocalSeries;
use chrono::Datelike;
use std::ops::Range;

/// Days in a row of a weekday without a row at a time of day before that is no chance.
const FEWEST: usize = 4;
/// So many contacts where none came are no chance: e^-20.
const NO_CHANCE: f64 = 20.0;
/// Times first recorded no longer ago than this are forecast by what they are beside others.
const RECENT_DAYS: usize = 182;
/// Days between the first records of times that were added together.
const ADDED_WITHIN: usize = 28;
/// Contacts of an ordinary day from which on a weekday without any record is worth a word.
const LEAST_ORDINARY: f64 = 5.0;

/// Open times of which little or nothing has been recorded though others are.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Unheard {
    /// By weekday (0 = Monday) and slot; empty where there is none.
    slots: Vec<Option<Beside>>,
    slots_per_day: usize,
    /// Weekdays that are open and never recorded at all.
    pub weekdays: Vec<usize>,
}

/// What is known of such a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Beside {
    /// The nearest slot of the day that is known for long.
    pub slot: usize,
    /// Contacts as a share of that one's.
    pub share: f64,
    /// Nothing was ever recorded: the share is a guess.
    never: bool,
}

impl Unheard {
    pub fn at(&self, weekday: usize, slot: usize) -> Option<Beside> {
        let cell = weekday * self.slots_per_day + slot;
        self.slots.get(cell).copied().flatten()
    }

    fn is_never(&self, slot: usize) -> bool {
        (0..7).any(|weekday| self.at(weekday, slot).is_some_and(|beside| beside.never))
    }

    /// Times of day, half open, in minutes since midnight.
    pub fn times(&self) -> Vec<(usize, usize)> {
        let minutes = 1440 / self.slots_per_day.max(1);
        let mut times: Vec<(usize, usize)> = Vec::new();
        for slot in (0..self.slots_per_day).filter(|&slot| self.is_never(slot)) {
            match times.last_mut() {
                Some(last) if last.1 == slot * minutes => last.1 += minutes,
                _ => times.push((slot * minutes, (slot + 1) * minutes)),
            }
        }
        times
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.times().is_empty() && self.weekdays.is_empty()
    }
}

/// Closes the times of a week as long as they had never been recorded, if it is no chance that nobody came: what had no row then is neither a zero nor
/// missing.
pub(crate) fn close(series: &mut LocalSeries) -> Unheard {
    let slots = series.slots_per_day;
    let recorded: Vec<bool> = (series.counts.chunks(slots))
        .map(|day| day.iter().any(Option::is_some))
        .collect();
    let Some(last) = recorded.iter().rposition(|recorded| *recorded) else {
        return Unheard::default();
    };
    let all: f64 = series.counts.iter().flatten().sum();
    let ordinary = all / recorded.iter().filter(|recorded| **recorded).count() as f64;
    let first_weekday = series.first_day.weekday().num_days_from_monday() as usize;
    let mut beside = vec![None; 7 * slots];
    let mut weekdays = Vec::new();
    for weekday in 0..7 {
        let past: Vec<usize> = (0..=last)
            .filter(|d| (first_weekday + d) % 7 == weekday)
            .collect();
        let is_open = |d: &usize| series.open[d * slots..(d + 1) * slots].contains(&true);
        let told: Vec<usize> = (past.iter().copied()).filter(|&d| recorded[d]).collect();
        let open = past.iter().filter(|d| is_open(d)).count();
        if told.is_empty() && open >= FEWEST && ordinary >= LEAST_ORDINARY {
            weekdays.push(weekday);
        }
        if slots == 1 {
            continue;
        }
        let heard: Vec<Heard> = (0..slots)
            .map(|slot| Heard::of(series, &told, slot))
            .collect();
        let hour = slots as f64 / 24.0;
        let away = |slots: usize| 0.5f64.powf(slots as f64 / hour);
        let never = never_recorded(&heard, away(1));
        let since = added(&heard);
        let recent = |slot: usize| since[slot].is_some_and(|first| first + RECENT_DAYS > last);
        let long: Vec<usize> = (0..slots)
            .filter(|&slot| heard[slot].first.is_some() && !recent(slot))
            .collect();
        for slot in 0..slots {
            let is_never = never.contains(&slot);
            let close_until = match since[slot] {
                _ if is_never => last + 1,
                Some(_) if recent(slot) && !long.is_empty() => last + 1,
                Some(first) => first,
                None => continue,
            };
            let nearest = long.iter().copied().min_by_key(|near| near.abs_diff(slot));
            if let Some(near) = nearest.filter(|_| close_until > last) {
                let share = if is_never {
                    away(near.abs_diff(slot))
                } else {
                    share_of(series, &told, slot, near)
                };
                beside[weekday * slots + slot] = Some(Beside {
                    slot: near,
                    share,
                    never: is_never,
                });
            }
            for &d in past.iter().filter(|d| **d < close_until) {
                series.open[d * slots + slot] = false;
                series.counts[d * slots + slot] = None;
            }
        }
    }
    Unheard {
        slots: beside,
        slots_per_day: slots,
        weekdays,
    }
}

/// Slots that were never recorded though as many contacts as beside them, less the share that an hour takes, would have been no chance.
fn never_recorded(heard: &[Heard], share: f64) -> Vec<usize> {
    let never = runs(heard, |heard| heard.first.is_none() && heard.days >= FEWEST);
    let no_chance = |run: &Range<usize>| {
        let sides = [run.start.checked_sub(1), Some(run.end)];
        let beside = (sides.into_iter().flatten())
            .filter_map(|slot| heard.get(slot).filter(|heard| heard.days > 0))
            .map(|heard| heard.mean * share)
            .reduce(f64::min);
        let days = heard[run.start].days as f64;
        beside.is_some_and(|mean| mean * days > NO_CHANCE)
    };
    never.into_iter().filter(no_chance).flatten().collect()
}

/// By slot, the first day of times that were added to the opening hours after the history began.
fn added(heard: &[Heard]) -> Vec<Option<usize>> {
    let late = |heard: &Heard| {
        let (first, before) = heard.first?;
        let no_chance = heard.mean_since * before as f64 > NO_CHANCE;
        (before >= FEWEST && no_chance).then_some(first)
    };
    let mut since: Vec<Option<usize>> = heard.iter().map(late).collect();
    // Quiet times beside them that are first recorded then, too, were added with them.
    let with = |since: &mut [Option<usize>], slot: usize, beside: usize| {
        if let (None, Some((first, before)), Some(added)) =
            (since[slot], heard[slot].first, since[beside])
            && before >= FEWEST
            && first.abs_diff(added) <= ADDED_WITHIN
        {
            since[slot] = Some(first);
        }
    };
    (1..heard.len()).for_each(|slot| with(&mut since, slot, slot - 1));
    (1..heard.len())
        .rev()
        .for_each(|slot| with(&mut since, slot - 1, slot));
    since
}

/// Contacts at one slot as a share of those at another on the same days.
fn share_of(series: &LocalSeries, told: &[usize], slot: usize, near: usize) -> f64 {
    let slots = series.slots_per_day;
    let both = told.iter().filter_map(|d| {
        let count = |slot: usize| series.counts[d * slots + slot];
        count(slot).zip(count(near))
    });
    let (here, there) = both.fold((0.0, 0.0), |sum, both| (sum.0 + both.0, sum.1 + both.1));
    if there > 0.0 { here / there } else { 1.0 }
}

/// What was recorded at one time of a week.
struct Heard {
    /// Recorded days on which it is open.
    days: usize,
    /// The first day on which it was recorded itself, and how many of those days lie before.
    first: Option<(usize, usize)>,
    /// Mean contacts of those days, and of those from the first one on.
    mean: f64,
    mean_since: f64,
}

impl Heard {
    fn of(series: &LocalSeries, told: &[usize], slot: usize) -> Heard {
        let slots = series.slots_per_day;
        let days: Vec<usize> = (told.iter().copied())
            .filter(|d| series.open[d * slots + slot])
            .collect();
        let count = |d: &usize| series.counts[d * slots + slot];
        let contacts: f64 = days.iter().filter_map(count).sum();
        let before = days.iter().take_while(|d| count(d).is_none()).count();
        Heard {
            days: days.len(),
            first: days.get(before).map(|&first| (first, before)),
            mean: contacts / days.len().max(1) as f64,
            mean_since: contacts / (days.len() - before).max(1) as f64,
        }
    }
}

/// The longest runs of what is so.
fn runs<T>(of: &[T], is: impl Fn(&T) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in of.iter().enumerate().filter(|(_, one)| is(one)) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}
