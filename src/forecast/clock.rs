//! From UTC intervals to a queue's local days x slots, and back.
//!
//! A local slot that a clock change repeats holds the mean of its two UTC intervals; one that it skips holds nothing.
//! So a day has the same slots all year, and no hour is lost or invented on the way back.

use super::input::{Event, HistoryPoint, LocalClock, Opening, QueueInput, Target};
use super::lasting::Lasting;
use super::local::{LocalSeries, SpecialDay, SpecialKind};
use super::unheard::Unheard;
use chrono::{DateTime, Days, NaiveDate};
use std::collections::BTreeSet;

const DAY_S: i64 = 86_400;
/// What is open is told by the quarter of an hour: an interval of which one is open is open.
pub(crate) const QUARTER_S: i64 = 900;
/// An event of the past is the day's own if it covers this share of its opening hours; else it is a matter of single slots.
const EVENT_DAY: f64 = 0.5;
/// An event that leaves a smaller share of the contacts says nothing of how many there would have been.
const OUTAGE: f64 = 0.1;
/// A slot is known if this share of it is.
const KNOWN_SLOT: f64 = 0.5;

/// Events by their number in a queue's list, with the days (since 1970-01-01) whose own they are.
pub(crate) type EventDays = BTreeSet<(usize, i64)>;

/// A queue's history on its own clock, running to the last local day of the target.
#[derive(Clone)]
pub(crate) struct Local {
    pub series: LocalSeries,
    pub slot_s: i64,
    /// Days since 1970-01-01 of `series.first_day`.
    pub first: i64,
    /// First day that is not known: where the forecast begins.
    pub origin: usize,
    /// Days of events, learned from where they are past and applied by name where they are to come.
    pub event_days: EventDays,
    /// Open hours that were never recorded.
    pub unheard: Unheard,
    /// Contacts in history outside opening hours.
    pub outside: f64,
    /// Intervals that came more than once in UTC (averaged), and open slots without data before `origin`.
    pub doubled: usize,
    pub missing: usize,
    pub known: usize,
}

/// Local day number and second of the day of an instant.
pub(crate) fn local_time(clock: &dyn LocalClock, utc: i64) -> (i64, i64) {
    let local = utc + i64::from(clock.offset_seconds(utc));
    (local.div_euclid(DAY_S), local.rem_euclid(DAY_S))
}

/// UTC seconds of a time on a clock, given in seconds as if the clock were at Greenwich.
pub(crate) fn at_utc(clock: &dyn LocalClock, local: i64) -> i64 {
    let near = local - i64::from(clock.offset_seconds(local));
    local - i64::from(clock.offset_seconds(near))
}

/// Length of the slots that a history is kept in: the target's, unless the history is coarser. Intervals that do not divide a
/// day are spread over the target's.
pub(crate) fn slot_seconds(history_interval_s: u32, target: &Target) -> i64 {
    let (history, step) = (
        i64::from(history_interval_s.max(1)),
        i64::from(target.step_s.max(1)),
    );
    let fits = DAY_S % history == 0;
    if !fits || (step > history && step % history == 0 && DAY_S % step == 0) {
        step
    } else {
        history
    }
}

pub(crate) fn date_of(day: i64) -> NaiveDate {
    DateTime::from_timestamp(day * DAY_S, 0).map_or(NaiveDate::MAX, |t| t.date_naive())
}

impl Local {
    /// Puts a queue's history on its clock. `None` if there is no history.
    pub fn of(queue: &QueueInput, target: &Target) -> Option<Local> {
        Local::build(queue, &queue.history, target)
    }

    fn build(queue: &QueueInput, history: &[HistoryPoint], target: &Target) -> Option<Local> {
        let slot_s = slot_seconds(queue.history_interval_s, target);
        let slots = (DAY_S / slot_s) as usize;
        let interval = i64::from(queue.history_interval_s);
        let mut points: Vec<&HistoryPoint> =
            history.iter().filter(|p| p.contacts.is_finite()).collect();
        points.sort_by_key(|p| p.utc);
        let doubled = points.windows(2).filter(|w| w[0].utc == w[1].utc).count();
        // A day's total is a day's whether it is told at local or at UTC midnight.
        let start_of = |p: &HistoryPoint| {
            let (day, second) = local_time(queue.clock, p.utc);
            if slots == 1 {
                ((day * DAY_S + second + DAY_S / 2).div_euclid(DAY_S), 0)
            } else {
                (day, second)
            }
        };
        let first = start_of(points.first()?).0;
        let last_known = start_of(points.last()?).0;
        let end = local_time(
            queue.clock,
            target.start + target.len as i64 * i64::from(target.step_s) - 1,
        )
        .0;
        let days = (end.max(last_known) + 2 - first) as usize;
        let mut sums = vec![(0.0, 0.0, 0.0, 0.0); days * slots];
        let changes = Lasting::of(queue, target);
        for p in points {
            let (contacts, handle_time) = changes.before(p.utc);
            let contacts = contacts * p.contacts;
            let (day, second) = start_of(p);
            let (mut at, end) = (day * DAY_S + second, day * DAY_S + second + interval);
            while at < end {
                let slot = at.div_euclid(slot_s);
                let upto = ((slot + 1) * slot_s).min(end);
                let share = (upto - at) as f64 / interval as f64;
                if let Some(sum) = sums.get_mut((slot - first * slots as i64) as usize) {
                    sum.0 += share * contacts;
                    sum.1 += (upto - at) as f64;
                    if let Some(handle) = p.handle_time_s.filter(|h| h.is_finite() && *h > 0.0) {
                        sum.2 += share * contacts * handle_time * handle;
                        sum.3 += share * contacts;
                    }
                }
                at = upto;
            }
        }
        let mut open = opening(queue.open, first, days, slots, slot_s);
        close_skipped(queue.clock, first, slot_s, &mut open);
        let mut local = Local {
            series: LocalSeries {
                first_day: date_of(first),
                slots_per_day: slots,
                counts: sums
                    .iter()
                    .map(|s| (s.1 >= KNOWN_SLOT * slot_s as f64).then(|| s.0 * slot_s as f64 / s.1))
                    .collect(),
                open,
                handle_time_s: sums
                    .iter()
                    .map(|s| (s.3 > 0.0).then(|| s.2 / s.3))
                    .collect(),
                special_days: queue.special_days.clone(),
            },
            slot_s,
            first,
            origin: 0,
            event_days: EventDays::new(),
            unheard: Unheard::default(),
            outside: 0.0,
            doubled,
            missing: 0,
            known: 0,
        };
        local.take_events(queue, slots, last_known);
        local.take_stock();
        Some(local)
    }

    /// Events that fill a day become special days; shorter ones, and outages, make their slots unknown. A day to come is an event's own only if all of it is:
    /// what a part of a day loses is lost in that part.
    fn take_events(&mut self, queue: &QueueInput, slots: usize, last_known: i64) {
        let end = self.first + (self.series.open.len() / slots) as i64 - 1;
        for (number, event) in queue.events.iter().enumerate() {
            let last = local_time(queue.clock, event.to).0.min(end);
            let learned = event.contacts >= OUTAGE;
            for day in local_time(queue.clock, event.from).0.max(self.first)..=last {
                let share = covered(queue, event, day);
                let fills = if day > last_known {
                    share >= 1.0 && event.move_to.is_none()
                } else {
                    share >= EVENT_DAY || (slots == 1 && share > 0.0)
                };
                if fills && learned {
                    let kind = SpecialKind::Event {
                        contacts: event.contacts,
                    };
                    self.series.special_days.push(SpecialDay {
                        date: date_of(day),
                        name: event.name.clone(),
                        kind,
                    });
                    self.event_days.insert((number, day));
                } else {
                    let d = (day - self.first) as usize;
                    let midnight = day * DAY_S;
                    let inside = |slot: usize| {
                        let local = midnight + slot as i64 * self.slot_s + self.slot_s / 2;
                        let middle = at_utc(queue.clock, local);
                        fills && slots == 1 || (event.from..event.to).contains(&middle)
                    };
                    for slot in (0..slots).filter(|&slot| inside(slot)) {
                        self.series.counts[d * slots + slot] = None;
                    }
                }
            }
        }
    }

    /// Finds where the forecast begins, and counts what is known.
    pub fn take_stock(&mut self) {
        let series = &self.series;
        let slots = series.slots_per_day;
        (self.origin, self.outside) = (0, 0.0);
        (self.known, self.missing) = (0, 0);
        for d in 0..series.open.len() / slots {
            let day = d * slots..(d + 1) * slots;
            let open = series.open[day.clone()].iter().filter(|o| **o).count();
            let known = day
                .clone()
                .filter(|&i| series.open[i] && series.counts[i].is_some())
                .count();
            if 5 * known >= 3 * open && known > 0 {
                self.origin = d + 1;
            }
        }
        for (i, (count, &open)) in series.counts.iter().zip(&series.open).enumerate() {
            match count {
                Some(c) if !open => self.outside += c,
                Some(_) => self.known += 1,
                None if open && i < self.origin * slots => self.missing += 1,
                None => {}
            }
        }
    }

    pub fn end_day(&self) -> usize {
        self.series.open.len() / self.series.slots_per_day
    }
}

/// Share of a local day's opening hours that an event covers; 0 on a day without any.
fn covered(queue: &QueueInput, event: &Event, day: i64) -> f64 {
    let (mut open, mut inside) = (0u32, 0u32);
    for quarter in 0..DAY_S / QUARTER_S {
        if !(queue.open)(date_of(day), (quarter * QUARTER_S / 60) as u32) {
            continue;
        }
        let utc = at_utc(queue.clock, day * DAY_S + quarter * QUARTER_S);
        open += 1;
        inside += u32::from((event.from..event.to).contains(&utc));
    }
    f64::from(inside) / f64::from(open.max(1))
}

/// Closes the slots that the clock skips when it is set forward: nothing is missing there.
fn close_skipped(clock: &dyn LocalClock, first: i64, slot_s: i64, open: &mut [bool]) {
    let slots = (DAY_S / slot_s) as usize;
    for (d, open) in open.chunks_mut(slots).enumerate() {
        let midnight = (first + d as i64) * DAY_S;
        let offsets = [midnight - DAY_S, midnight + 2 * DAY_S]
            .map(|utc| i64::from(clock.offset_seconds(utc)));
        if offsets[0] == offsets[1] {
            continue;
        }
        for (s, open) in open.iter_mut().enumerate() {
            let middle = midnight + s as i64 * slot_s + slot_s / 2;
            let was = |offset: &i64| i64::from(clock.offset_seconds(middle - offset)) == *offset;
            *open &= offsets.iter().any(was);
        }
    }
}

/// Open slots of `days` days from day number `first`.
pub(crate) fn opening(
    open: Opening,
    first: i64,
    days: usize,
    slots: usize,
    slot_s: i64,
) -> Vec<bool> {
    let start = date_of(first);
    let step = (slot_s.min(QUARTER_S) / 60).max(1) as u32;
    (0..days)
        .flat_map(|d| {
            let date = start + Days::new(d as u64);
            (0..slots).map(move |s| {
                let from = (s as i64 * slot_s / 60) as u32;
                let to = ((s as i64 + 1) * slot_s / 60) as u32;
                (from..to.max(from + 1))
                    .step_by(step as usize)
                    .any(|minute| open(date, minute))
            })
        })
        .collect()
}
