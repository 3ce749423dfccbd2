//! The days x slots matrix that every model works on, in the queue's local clock.

use super::local::{LocalSeries, SpecialKind};
use super::shape::LentByOrigin;
use chrono::{Datelike, Days, NaiveDate};

/// Slots of one day that must be known before the rest of it may be filled in.
const KNOWN_SHARE: f64 = 0.6;
/// A long weekend reaches this many days before and after its holiday; its days count this much for the ordinary level.
const DAYS_BEFORE: usize = 1;
const DAYS_AFTER: usize = 3;
const TRUST_BESIDE: f64 = 0.3;

/// What is special about a day.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Special {
    /// Index into [`Grid::names`].
    pub name: usize,
    pub kind: Kind,
    /// What the user says the event multiplies contacts by (1 = not said).
    pub factor: f64,
}

/// How a special day came to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Holiday,
    /// A working day from Christmas to the first Sunday of the year, in a queue whose Christmas is a holiday.
    BetweenTheYears,
    /// An event that the user wrote.
    Event,
}

/// History and horizon of one queue on one local grid. Days are indices from `first_day`; counts of the horizon are NaN.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    pub first_day: NaiveDate,
    pub slots: usize,
    pub days: usize,
    /// `days * slots` contacts, holes of known days filled in; NaN where closed or not known.
    pub counts: Vec<f64>,
    /// Rows of the days in which holes were filled, as they were recorded.
    as_recorded: Vec<Option<Box<[f64]>>>,
    /// `days * slots`; false where the queue is closed.
    pub open: Vec<bool>,
    /// Contacts of the day; NaN where closed or not known well enough.
    pub total: Vec<f64>,
    /// 0 = Monday.
    pub weekday: Vec<usize>,
    /// Some slot of the day is open.
    pub open_day: Vec<bool>,
    /// Weekdays on which the queue is usually open.
    pub usually_open: [bool; 7],
    pub specials: Vec<Vec<Special>>,
    /// How far the day speaks for ordinary ones, 0..1.
    pub trust: Vec<f64>,
    pub names: Vec<String>,
    /// What other queues lend this one.
    pub lent: LentByOrigin,
}

impl Grid {
    /// Builds the grid. Partly known days are filled from the four last same weekdays *before* them (else from the slots
    /// around the hole), so that nothing later than a day ever shapes it.
    pub fn new(series: &LocalSeries) -> Grid {
        let slots = series.slots_per_day;
        let days = series.counts.len() / slots.max(1);
        let mut grid = Grid {
            first_day: series.first_day,
            slots,
            days,
            counts: series
                .counts
                .iter()
                .map(|c| c.filter(|v| v.is_finite()).map_or(f64::NAN, |v| v.max(0.0)))
                .collect(),
            as_recorded: vec![None; days],
            open: series.open.clone(),
            total: vec![f64::NAN; days],
            weekday: (0..days).map(|d| weekday_of(series.first_day, d)).collect(),
            open_day: series
                .open
                .chunks(slots.max(1))
                .map(|day| day.iter().any(|&o| o))
                .collect(),
            usually_open: [false; 7],
            specials: vec![Vec::new(); days],
            trust: vec![1.0; days],
            names: Vec::new(),
            lent: LentByOrigin::default(),
        };
        for (count, &open) in grid.counts.iter_mut().zip(&series.open) {
            if !open {
                *count = f64::NAN;
            }
        }
        grid.name_specials(series);
        let mut open_of = [(0usize, 0usize); 7];
        for d in 0..days {
            let tally = &mut open_of[grid.weekday[d]];
            tally.0 += usize::from(grid.open_day[d]);
            tally.1 += 1;
        }
        grid.usually_open = open_of.map(|(open, all)| 2 * open > all);
        for d in 0..days {
            grid.fill_day(d);
        }
        grid
    }

    /// Counts of day `d`, one a slot, those that were filled in among them: for models, which need a value everywhere.
    pub fn row(&self, d: usize) -> &[f64] {
        &self.counts[d * self.slots..(d + 1) * self.slots]
    }

    /// The counts of day `d` that were recorded, one a slot, else NaN: for all that is compared with a forecast. What was filled in
    /// comes nearer to it than contacts do.
    pub fn recorded(&self, d: usize) -> &[f64] {
        self.as_recorded[d].as_deref().unwrap_or(self.row(d))
    }

    /// Contacts of day `d` in the intervals that were recorded.
    pub fn came(&self, d: usize) -> f64 {
        self.recorded(d).iter().filter(|y| y.is_finite()).sum()
    }

    /// Whether slot `s` of day `d` is open.
    pub fn is_open(&self, d: usize, s: usize) -> bool {
        self.open[d * self.slots + s]
    }

    pub fn date(&self, d: usize) -> NaiveDate {
        self.first_day + Days::new(d as u64)
    }

    /// A public holiday, open or not.
    pub fn is_holiday(&self, d: usize) -> bool {
        self.specials[d].iter().any(|s| s.kind == Kind::Holiday)
    }

    /// A holiday or an event: not a day to learn the normal week from.
    pub fn is_special(&self, d: usize) -> bool {
        !self.specials[d].is_empty()
    }

    /// Neither a holiday nor between the years; events are ordinary once cleaned of their effect.
    pub fn is_ordinary(&self, d: usize) -> bool {
        self.specials[d].iter().all(|s| s.kind == Kind::Event)
    }

    /// Its total is known and nothing special happened.
    pub fn is_normal(&self, d: usize) -> bool {
        self.total[d].is_finite() && !self.is_special(d)
    }

    /// The last `n` days before `origin` with the weekday of `d` whose counts are known and that are no holidays,
    /// newest first.
    pub fn same_weekdays(&self, d: usize, origin: usize, n: usize) -> Vec<usize> {
        let weeks_back = if d >= origin { (d - origin) / 7 + 1 } else { 1 };
        let mut found = Vec::with_capacity(n);
        let mut back = 7 * weeks_back;
        while back <= d && found.len() < n {
            let e = d - back;
            if self.total[e].is_finite() && !self.is_holiday(e) {
                found.push(e);
            }
            back += 7;
        }
        found
    }

    /// The days `start..end` of each name that are special in this way, in the order of [`Grid::names`].
    pub fn days_by_name(&self, start: usize, end: usize, kind: Kind) -> Vec<Vec<usize>> {
        let mut days = vec![Vec::new(); self.names.len()];
        for d in start..end {
            for special in self.specials[d].iter().filter(|s| s.kind == kind) {
                days[special.name].push(d);
            }
        }
        days
    }

    fn name_specials(&mut self, series: &LocalSeries) {
        for special in &series.special_days {
            let offset = (special.date - self.first_day).num_days();
            if offset < 0 || offset as usize >= self.days {
                continue;
            }
            let (kind, factor) = match special.kind {
                SpecialKind::PublicHoliday => (Kind::Holiday, 1.0),
                SpecialKind::Event { contacts } => (Kind::Event, contacts),
            };
            self.add_special(offset as usize, &special.name, kind, factor);
        }
        self.mark_between_the_years();
        self.trust = (0..self.days).map(|d| self.trust_of(d)).collect();
    }

    fn add_special(&mut self, d: usize, name: &str, kind: Kind, factor: f64) {
        let name = self
            .names
            .iter()
            .position(|n| n == name)
            .unwrap_or_else(|| {
                self.names.push(name.to_string());
                self.names.len() - 1
            });
        self.specials[d].push(Special { name, kind, factor });
    }

    /// From 24 December to the first Sunday of January much of the world works at half speed: where Christmas itself is a
    /// holiday these are no days to learn the ordinary week from.
    fn mark_between_the_years(&mut self) {
        let christmas: Vec<i64> = (0..self.days)
            .filter(|&d| {
                self.is_holiday(d) && (self.date(d).month(), self.date(d).day()) == (12, 25)
            })
            .map(|d| d as i64)
            .collect();
        for christmas in christmas {
            for d in christmas - 1..=christmas + 12 {
                let Ok(d) = usize::try_from(d) else { continue };
                if d >= self.days {
                    break;
                }
                // January belongs to the season up to its first Sunday, if that is no later than the 5th.
                let sunday = self.date(d).day() as usize + 6 - self.weekday[d];
                let over = self.date(d).month() == 1 && sunday > 5;
                if !over && !self.is_holiday(d) {
                    let name = self.date(d).format("%-d %B").to_string();
                    self.add_special(d, &name, Kind::BetweenTheYears, 1.0);
                }
            }
        }
    }

    fn trust_of(&self, d: usize) -> f64 {
        if !self.is_ordinary(d) {
            return 0.0;
        }
        let beside = (d.saturating_sub(DAYS_AFTER)..(d + DAYS_BEFORE + 1).min(self.days))
            .any(|e| !self.is_ordinary(e));
        if beside { TRUST_BESIDE } else { 1.0 }
    }

    fn fill_day(&mut self, d: usize) {
        let open: Vec<usize> = (0..self.slots).filter(|&s| self.is_open(d, s)).collect();
        let known = open.iter().filter(|&&s| self.row(d)[s].is_finite()).count();
        if open.is_empty() || known == 0 || (known as f64) < KNOWN_SHARE * open.len() as f64 {
            return;
        }
        if known < open.len() {
            let row = self.row(d).to_vec();
            let earlier: Vec<usize> = (1..=4)
                .filter_map(|k| d.checked_sub(7 * k))
                .filter(|&e| !self.is_holiday(e))
                .collect();
            let usual: Vec<f64> = (0..self.slots)
                .map(|s| {
                    let values: Vec<f64> = earlier
                        .iter()
                        .map(|&e| self.row(e)[s])
                        .filter(|v| v.is_finite())
                        .collect();
                    values.iter().sum::<f64>() / values.len() as f64
                })
                .collect();
            let seen = open
                .iter()
                .filter(|&&s| row[s].is_finite() && usual[s].is_finite());
            let (came, expected) = seen.fold((0.0, 0.0), |t, &s| (t.0 + row[s], t.1 + usual[s]));
            for &s in open.iter().filter(|&&s| !row[s].is_finite()) {
                self.counts[d * self.slots + s] = if usual[s].is_finite() && expected > 0.0 {
                    usual[s] * came / expected
                } else {
                    between(&row, s)
                };
            }
            self.as_recorded[d] = Some(row.into_boxed_slice());
        }
        self.total[d] = open.iter().map(|&s| self.row(d)[s]).sum();
    }
}

/// The mean of the nearest known values on either side.
fn between(row: &[f64], s: usize) -> f64 {
    let before = row[..s].iter().rev().find(|v| v.is_finite());
    let after = row[s + 1..].iter().find(|v| v.is_finite());
    let known: Vec<f64> = before.into_iter().chain(after).copied().collect();
    known.iter().sum::<f64>() / known.len().max(1) as f64
}

/// Weekday of the day `d` days after `first_day`, 0 = Monday.
fn weekday_of(first_day: NaiveDate, d: usize) -> usize {
    (first_day.weekday().num_days_from_monday() as usize + d) % 7
}
