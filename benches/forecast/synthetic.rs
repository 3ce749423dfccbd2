//! Series of many kinds whose truth is known, made from a seed: what a forecast must stand, without anybody's data.

use chrono::{Datelike, Days, NaiveDate};
use followsun::forecast::{LocalSeries, SpecialDay, SpecialKind};
use rand_distr::{Distribution, Gamma, Normal, Poisson};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// How the level moves, per week where a rate is meant.
#[derive(Clone, Copy)]
pub enum Level {
    Flat,
    /// Growth of the log a week.
    Trend(f64),
    /// Standard deviation of the log's step a week (a random walk, day by day).
    Walk(f64),
    /// A lasting change of the log at a share of the series.
    Shift(f64, f64),
    /// Amplitude of the year in the log.
    Year(f64),
    /// Growth of the log a week up to a share of the series, and after it.
    Break(f64, f64, f64),
    /// Chance a week, and standard deviation, of a lasting step of the log.
    Steps(f64, f64),
}

/// When the queue is open, and whom it serves.
#[derive(Clone, Copy, PartialEq)]
pub enum Hours {
    Always,
    /// Mondays to Fridays, 08:00 to 20:00.
    Office,
    /// Around the clock, with next to nothing between 20:00 and 08:00.
    QuietNights,
    /// Office hours that move to 10:00 to 22:00 at three fifths of the series, and from then on Saturdays too.
    Moved,
}

/// One kind of series.
#[derive(Clone, Copy)]
pub struct Kind {
    pub name: &'static str,
    pub minutes: usize,
    pub weeks: usize,
    /// Mean contacts an interval while open.
    pub volume: f64,
    pub level: Level,
    pub hours: Hours,
    /// Difference between weekdays in the log.
    pub week: f64,
    /// Standard deviation of the day's log factor and how far it lasts until the next day.
    pub day: f64,
    pub lasting: f64,
    /// Share of days with bad weather, which take away half.
    pub rain: f64,
    /// Over-dispersion of the interval.
    pub interval: f64,
    /// Share of days on which the data are missing, on which nothing came, and on which much too much came.
    pub missing: f64,
    pub outage: f64,
    pub spike: f64,
    /// Extra contacts in the first days of a month, in the log.
    pub billing: f64,
    /// Public holidays, which take away four fifths.
    pub holidays: bool,
    /// Hours by which the day's shape moves over the whole series.
    pub drift: f64,
    /// Standard deviation of each weekday's own step a week, in the log.
    pub moving: f64,
    /// What every second week, the first four days of every fourth week, and two weeks in ten (school holidays that nobody told
    /// of) add in the log.
    pub alternate: f64,
    pub pay: f64,
    pub school: f64,
    /// Share of days that are closed, and known to be, and of whole weeks without data.
    pub closed: f64,
    pub missing_weeks: f64,
    /// Share of intervals that have five times as many.
    pub bursts: f64,
    /// Share of weeks with a campaign that nobody told of, which adds 0.4 in the log.
    pub campaigns: f64,
    /// What school holidays at the same dates of every year add in the log.
    pub term: f64,
    /// What the last Friday of the month and the day after it add in the log.
    pub friday: f64,
    /// Share of whole weeks that are closed, and known to be.
    pub closed_weeks: f64,
}

const PLAIN: Kind = Kind {
    name: "plain week",
    minutes: 30,
    weeks: 36,
    volume: 40.0,
    level: Level::Flat,
    hours: Hours::Always,
    week: 0.25,
    day: 0.05,
    lasting: 0.0,
    rain: 0.0,
    interval: 0.0,
    missing: 0.0,
    outage: 0.0,
    spike: 0.0,
    billing: 0.0,
    holidays: false,
    drift: 0.0,
    moving: 0.0,
    alternate: 0.0,
    pay: 0.0,
    school: 0.0,
    closed: 0.0,
    missing_weeks: 0.0,
    bursts: 0.0,
    campaigns: 0.0,
    term: 0.0,
    friday: 0.0,
    closed_weeks: 0.0,
};

/// Every kind that is tried.
#[rustfmt::skip]
pub const KINDS: &[Kind] = &[
    PLAIN,
    Kind { name: "growing 1 % a week", level: Level::Trend(0.01), ..PLAIN },
    Kind { name: "shrinking 2 % a week", level: Level::Trend(-0.02), ..PLAIN },
    Kind { name: "walking 2 % a week", level: Level::Walk(0.02), ..PLAIN },
    Kind { name: "walking 5 % a week, large", level: Level::Walk(0.05), volume: 2000.0, day: 0.02, ..PLAIN },
    Kind { name: "walking 10 % a week", level: Level::Walk(0.10), ..PLAIN },
    Kind { name: "large and steady", volume: 5000.0, day: 0.02, interval: 0.0004, ..PLAIN },
    Kind { name: "large, days hang together", volume: 3000.0, day: 0.06, lasting: 0.7, interval: 0.001, ..PLAIN },
    Kind { name: "office hours", hours: Hours::Office, day: 0.08, ..PLAIN },
    Kind { name: "office, holidays, billing", hours: Hours::Office, holidays: true, billing: 0.25, weeks: 60, ..PLAIN },
    Kind { name: "noisy intervals", volume: 12.0, interval: 0.15, day: 0.12, ..PLAIN },
    Kind { name: "outages in the week", outage: 0.02, ..PLAIN },
    Kind { name: "missing days", missing: 0.08, ..PLAIN },
    Kind { name: "spikes", spike: 0.03, ..PLAIN },
    Kind { name: "level moved by a half", level: Level::Shift(0.6, 0.4), ..PLAIN },
    Kind { name: "drifting shape", drift: 3.0, volume: 300.0, ..PLAIN },
    Kind { name: "no week at all", week: 0.0, ..PLAIN },
    Kind { name: "sparse, half hours", volume: 0.4, week: 0.1, ..PLAIN },
    Kind { name: "sparse, quarters", volume: 1.2, minutes: 15, ..PLAIN },
    Kind { name: "very sparse, hours", volume: 0.15, minutes: 60, week: 0.0, day: 0.0, ..PLAIN },
    Kind { name: "quiet nights", volume: 6.0, hours: Hours::QuietNights, ..PLAIN },
    Kind { name: "quarters of a large centre", volume: 250.0, minutes: 15, level: Level::Walk(0.02), weeks: 30, ..PLAIN },
    Kind { name: "hours over years", minutes: 60, weeks: 150, volume: 25.0, level: Level::Year(0.3), holidays: true, ..PLAIN },
    Kind { name: "hours, weather", minutes: 60, weeks: 90, volume: 180.0, level: Level::Year(0.5), rain: 0.2, day: 0.15, lasting: 0.3, interval: 0.01, ..PLAIN },
    Kind { name: "hours of an emergency room", minutes: 60, weeks: 120, volume: 7.0, week: 0.05, day: 0.03, ..PLAIN },
    Kind { name: "commuters", minutes: 60, weeks: 100, volume: 900.0, week: 0.6, holidays: true, interval: 0.004, level: Level::Walk(0.01), ..PLAIN },
    Kind { name: "day totals", minutes: 1440, weeks: 80, volume: 1500.0, day: 0.06, level: Level::Walk(0.02), ..PLAIN },
    Kind { name: "twelve weeks", weeks: 12, ..PLAIN },
    Kind { name: "twelve weeks, walking", weeks: 12, level: Level::Walk(0.05), ..PLAIN },
    Kind { name: "twenty weeks, growing", weeks: 20, level: Level::Trend(0.02), ..PLAIN },
    Kind { name: "eight weeks", weeks: 8, ..PLAIN },
    Kind { name: "growing 5 % a week", level: Level::Trend(0.05), ..PLAIN },
    Kind { name: "growth that ends", level: Level::Break(0.7, 0.03, 0.0), ..PLAIN },
    Kind { name: "growth that turns", level: Level::Break(0.8, 0.02, -0.02), volume: 400.0, ..PLAIN },
    Kind { name: "level halved late", level: Level::Shift(0.85, -0.7), ..PLAIN },
    Kind { name: "weekdays that move", moving: 0.06, volume: 200.0, ..PLAIN },
    Kind { name: "every second week", alternate: 0.2, volume: 100.0, ..PLAIN },
    Kind { name: "pay every fourth week", pay: 0.3, volume: 100.0, weeks: 60, ..PLAIN },
    Kind { name: "school holidays, untold", school: -0.35, volume: 100.0, weeks: 70, ..PLAIN },
    Kind { name: "closed days", closed: 0.06, hours: Hours::Office, ..PLAIN },
    Kind { name: "missing weeks", missing_weeks: 0.15, weeks: 60, ..PLAIN },
    Kind { name: "bursts of an interval", bursts: 0.01, ..PLAIN },
    Kind { name: "strong overdispersion", interval: 1.0, day: 0.3, volume: 8.0, ..PLAIN },
    Kind { name: "nearly always nothing", volume: 0.04, week: 0.0, day: 0.0, minutes: 60, ..PLAIN },
    Kind { name: "sparse and walking", volume: 0.8, level: Level::Walk(0.08), ..PLAIN },
    Kind { name: "years, walking, weather", minutes: 60, weeks: 130, volume: 60.0, level: Level::Walk(0.04), rain: 0.1, day: 0.1, lasting: 0.5, ..PLAIN },
    Kind { name: "day totals, year", minutes: 1440, weeks: 120, volume: 400.0, day: 0.08, level: Level::Year(0.3), holidays: true, ..PLAIN },
    Kind { name: "school holidays by date", term: -0.3, volume: 100.0, weeks: 125, ..PLAIN },
    Kind { name: "holidays by date, small", term: -0.3, volume: 8.0, weeks: 110, ..PLAIN },
    Kind { name: "campaigns, untold", campaigns: 0.1, volume: 60.0, ..PLAIN },
    Kind { name: "last Friday of the month", friday: 0.4, volume: 80.0, weeks: 60, ..PLAIN },
    Kind { name: "steps of level", level: Level::Steps(0.08, 0.25), volume: 80.0, weeks: 50, ..PLAIN },
    Kind { name: "hours that moved", hours: Hours::Moved, weeks: 50, day: 0.08, ..PLAIN },
    Kind { name: "weeks that are closed", closed_weeks: 0.08, hours: Hours::Office, weeks: 60, ..PLAIN },
    Kind { name: "fortnights, growing", alternate: 0.15, level: Level::Trend(0.01), volume: 30.0, weeks: 30, ..PLAIN },
    Kind { name: "pay, day totals", pay: 0.3, minutes: 1440, weeks: 70, volume: 900.0, day: 0.06, ..PLAIN },
    Kind { name: "pay, seven cycles, small", pay: 0.3, volume: 4.0, weeks: 28, ..PLAIN },
    Kind { name: "nights with zeros, quarters", minutes: 15, volume: 1.5, hours: Hours::QuietNights, level: Level::Walk(0.03), interval: 0.2, ..PLAIN },
    Kind { name: "a few a day, office", hours: Hours::Office, volume: 0.12, day: 0.2, ..PLAIN },
    Kind { name: "a few a week, day totals", minutes: 1440, volume: 0.7, weeks: 60, ..PLAIN },
    Kind { name: "sparse and overdispersed", volume: 0.6, interval: 2.0, day: 0.3, ..PLAIN },
    Kind { name: "growing from nothing", volume: 0.1, level: Level::Trend(0.08), ..PLAIN },
    Kind { name: "a queue that fades", volume: 20.0, level: Level::Trend(-0.1), weeks: 30, ..PLAIN },
    Kind { name: "seven weeks, walking", weeks: 7, level: Level::Walk(0.05), ..PLAIN },
];

struct Dice(Xoshiro256PlusPlus);

impl Dice {
    fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn chance(&mut self, share: f64) -> bool {
        self.uniform() < share
    }

    fn normal(&mut self) -> f64 {
        Normal::new(0.0, 1.0).map_or(0.0, |n| n.sample(&mut self.0))
    }

    /// A count with mean `mu` and variance `mu + a mu^2`.
    fn count(&mut self, mu: f64, a: f64) -> f64 {
        let mu = if a > 0.0 {
            Gamma::new(1.0 / a, a * mu).map_or(mu, |g| g.sample(&mut self.0))
        } else {
            mu
        };
        Poisson::new(mu.max(1e-9)).map_or(0.0, |p| p.sample(&mut self.0))
    }
}

impl Kind {
    /// The series of one seed, from a Monday on.
    pub fn series(&self, seed: u64) -> LocalSeries {
        let mut dice = Dice(Xoshiro256PlusPlus::seed_from_u64(
            seed.wrapping_mul(1009) + self.name.len() as u64,
        ));
        let first_day = NaiveDate::from_ymd_opt(2022, 1, 31).unwrap_or_default()
            + Days::new(7 * (dice.uniform() * 40.0) as u64);
        let (slots, days) = (1440 / self.minutes, 7 * self.weeks);
        let mut weekday: Vec<f64> = (0..7).map(|_| self.week * dice.normal()).collect();
        let phase = 6.0 * dice.uniform();
        let (mut walk, mut lasting, mut lost_week) = (0.0, 0.0, false);
        let (mut campaign, mut closed_week) = (false, false);
        let mut series = LocalSeries {
            first_day,
            slots_per_day: slots,
            counts: Vec::with_capacity(days * slots),
            open: Vec::with_capacity(days * slots),
            handle_time_s: Vec::new(),
            special_days: Vec::new(),
        };
        for d in 0..days {
            let date = first_day + Days::new(d as u64);
            let at = d as f64 / days as f64;
            let mut log = match self.level {
                Level::Flat => 0.0,
                Level::Trend(a_week) => a_week * d as f64 / 7.0,
                Level::Walk(sd) => {
                    walk += sd / 7f64.sqrt() * dice.normal();
                    walk
                }
                Level::Shift(from, by) => by * f64::from(u8::from(at >= from)),
                Level::Break(from, before, after) => {
                    let turn = from * days as f64;
                    let (early, late) = ((d as f64).min(turn), (d as f64 - turn).max(0.0));
                    (before * early + after * late) / 7.0
                }
                Level::Steps(chance, sd) => {
                    if d % 7 == 0 && dice.chance(chance) {
                        walk += sd * dice.normal();
                    }
                    walk
                }
                Level::Year(a) => a * (std::f64::consts::TAU * d as f64 / 365.25 + phase).sin(),
            };
            lasting = self.lasting * lasting
                + self.day * (1.0 - self.lasting.powi(2)).sqrt() * dice.normal();
            log += lasting + weekday[d % 7];
            log += self.billing * f64::from(u8::from(date.day() <= 3));
            log -= 0.7 * f64::from(u8::from(dice.chance(self.rain)));
            log += f64::from(u8::from(dice.chance(self.spike))) * 0.8;
            if self.moving > 0.0 {
                weekday[d % 7] += self.moving * dice.normal();
            }
            let week = d / 7;
            log += self.alternate * f64::from(u8::from(week % 2 == 0));
            log += self.pay * f64::from(u8::from(d % 28 < 4));
            log += self.school * f64::from(u8::from(week % 10 < 2));
            if d % 7 == 0 {
                campaign = self.campaigns > 0.0 && dice.chance(self.campaigns);
                closed_week = self.closed_weeks > 0.0 && dice.chance(self.closed_weeks);
            }
            log += 0.4 * f64::from(u8::from(campaign));
            log += self.term * f64::from(u8::from(school_holiday(date)));
            let payday = [date, date - Days::new(1)].into_iter().any(last_friday);
            log += self.friday * f64::from(u8::from(payday));
            if d % 7 == 0 && self.missing_weeks > 0.0 {
                lost_week = dice.chance(self.missing_weeks);
            }
            let closed = self.closed > 0.0 && dice.chance(self.closed);
            let holiday = self.holidays
                && [(1, 1), (5, 1), (7, 4), (9, 5), (10, 10), (12, 25), (12, 26)]
                    .contains(&(date.month(), date.day()));
            if holiday {
                log -= 1.6;
                series.special_days.push(SpecialDay {
                    date,
                    name: date.format("%-d %B").to_string(),
                    kind: SpecialKind::PublicHoliday,
                });
            }
            let (missing, outage) = (dice.chance(self.missing), dice.chance(self.outage));
            let gone = if outage { dice.uniform() } else { 2.0 };
            for s in 0..slots {
                let hour = (s as f64 + 0.5) * self.minutes as f64 / 60.0;
                let open = match self.hours {
                    _ if closed || closed_week => false,
                    Hours::Moved if at >= 0.6 => d % 7 < 6 && (10.0..22.0).contains(&hour),
                    Hours::Moved => d % 7 < 5 && (8.0..20.0).contains(&hour),
                    Hours::Office => d % 7 < 5 && (8.0..20.0).contains(&hour),
                    _ => true,
                };
                let moved = hour - self.drift * at;
                let shape = match self.hours {
                    _ if slots == 1 => 1.0,
                    Hours::QuietNights if !(8.0..20.0).contains(&hour) => 0.01,
                    _ => {
                        1.0 + 0.7 * ((moved - 9.0) * std::f64::consts::PI / 12.0).sin()
                            + 0.25 * ((moved - 4.0) * std::f64::consts::PI / 6.0).sin()
                    }
                };
                let off = (gone..gone + 0.3).contains(&(hour / 24.0));
                let mu = if off {
                    0.0
                } else {
                    self.volume * shape.max(0.02) * log.exp()
                };
                let burst = self.bursts > 0.0 && dice.chance(self.bursts);
                let count = dice.count(if burst { 5.0 * mu } else { mu }, self.interval);
                series.open.push(open);
                series
                    .counts
                    .push((open && !missing && !lost_week).then_some(count));
            }
        }
        series
    }
}

/// Two weeks in spring, six in summer, one in autumn, two at the turn of the year, at the same dates each year.
fn school_holiday(date: NaiveDate) -> bool {
    let day = (date.month(), date.day());
    let within = |from, to| day >= from && day <= to;
    within((4, 1), (4, 15))
        || within((7, 15), (8, 26))
        || within((10, 20), (10, 27))
        || within((12, 22), (12, 31))
        || date.ordinal() < 5
}

fn last_friday(date: NaiveDate) -> bool {
    date.weekday().num_days_from_monday() == 4 && (date + Days::new(7)).month() != date.month()
}
