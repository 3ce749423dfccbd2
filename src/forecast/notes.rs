//! What was odd about a queue's history, and what was done about it: shown, never silently dropped.

use super::effects::ComesAgain;
use super::grid::{Grid, Kind};
use super::numeric::{median, robust_scale};
use chrono::NaiveDate;
use std::fmt;

/// Outlying days that are named at most.
const NAMED: usize = 20;
/// A day is odd if its log ratio to its neighbours' median exceeds this many robust standard deviations ...
const ODD: f64 = 5.0;
/// ... and this.
const ODD_AT_LEAST: f64 = 0.4;

/// One remark about a queue.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// Open intervals without data inside the history.
    Missing { intervals: usize, share: f64 },
    /// Intervals that occur twice; their mean is used.
    Doubled { intervals: usize },
    /// Contacts at times when the queue is closed; left out.
    OutsideHours { contacts: f64 },
    /// No zero occurs though much is missing: missing intervals of recorded days are taken as zeros.
    NoZeros,
    /// A day far from its neighbours of the same weekday; it is learned from with little weight.
    Outlier {
        date: NaiveDate,
        contacts: f64,
        usual: f64,
    },
    /// Open hours (minutes since midnight, half open) and weekdays (0 = Monday) that were never recorded while others were.
    Unheard {
        times: Vec<(usize, usize)>,
        weekdays: Vec<usize>,
    },
    /// Figures more than ten times as large as nearly all others: left out.
    Mistakes {
        contacts: usize,
        handle_times: usize,
    },
    /// Zeros before this day are taken as the time before the queue opened.
    Opened { date: NaiveDate },
    /// Nothing has come since this day: taken as closed, forecast zero.
    Closed { date: NaiveDate },
    /// History of less than twelve weeks: wider intervals.
    Short { weeks: usize },
    /// The history ends this many days before the target begins.
    Stale { days: i64 },
    /// Shape and volume come from the model queue; `own_weeks` of own history have corrected the volume by `factor`.
    Borrowed {
        from: String,
        own_weeks: f64,
        factor: f64,
    },
    /// Day totals only: the shape of the day comes from other queues, or is flat.
    DailyTotals { flat: bool },
    /// Handle time comes from other queues of the channel.
    HandleTimeBorrowed,
    /// Beyond four weeks, intervals widen by the drift seen up to there.
    FarAhead { weeks: usize },
    /// Days come again after so many weeks, with this log effect at least and at most; the forecast goes on with that.
    Rhythm { weeks: usize, range: (f64, f64) },
    /// A lasting change that began on this day of the history: what came before is taken times these factors on contacts and handle time.
    ChangeBegan {
        date: NaiveDate,
        contacts: f64,
        handle_time: f64,
    },
    /// A public holiday of the plan that this queue's history has not seen; `lent` is the log effect that it had on other queues,
    /// if they have seen it.
    UnseenHoliday {
        date: NaiveDate,
        name: String,
        lent: Option<f64>,
    },
    /// An event of the plan, on this day first, whose name was there on `days` of the history: the factors on contacts that the user
    /// wrote and that the forecast goes by.
    ComesAgain {
        date: NaiveDate,
        name: String,
        days: usize,
        told: f64,
        learned: f64,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Note::Unheard { times, weekdays } => {
                let clock = |minutes: usize| format!("{:02}:{:02}", minutes / 60, minutes % 60);
                let mut said: Vec<String> = Vec::new();
                if !times.is_empty() {
                    let spans: Vec<String> = (times.iter())
                        .map(|&(from, to)| format!("{}-{}", clock(from), clock(to)))
                        .collect();
                    said.push(format!(
                        "open at {} but never recorded then: forecast by the hours beside, half as much with each hour away",
                        spans.join(", ")
                    ));
                }
                if !weekdays.is_empty() {
                    const NAMES: [&str; 7] = [
                        "Mondays",
                        "Tuesdays",
                        "Wednesdays",
                        "Thursdays",
                        "Fridays",
                        "Saturdays",
                        "Sundays",
                    ];
                    let names: Vec<&str> = weekdays.iter().map(|&day| NAMES[day]).collect();
                    said.push(format!(
                        "open on {} but never recorded then: forecast as other days",
                        names.join(" and ")
                    ));
                }
                write!(f, "{}", said.join("; "))
            }
            Note::Mistakes {
                contacts,
                handle_times,
            } => {
                let of = |many: &usize, one: &str, more: &str| match many {
                    0 => None,
                    1 => Some(format!("1 {one}")),
                    many => Some(format!("{many} {more}")),
                };
                let all: Vec<String> = [
                    of(contacts, "count", "counts"),
                    of(handle_times, "handle time", "handle times"),
                ]
                .into_iter()
                .flatten()
                .collect();
                write!(
                    f,
                    "{} more than ten times as large as nearly all others: taken for mistakes and left out",
                    all.join(" and ")
                )
            }
            Note::Missing { intervals, share } => {
                let (intervals, are, zeros) = match intervals {
                    1 => (
                        "1 open interval".to_string(),
                        "is",
                        "it is not counted as zero",
                    ),
                    n => (
                        format!("{n} open intervals"),
                        "are",
                        "they are not counted as zeros",
                    ),
                };
                write!(
                    f,
                    "{intervals} ({:.1} %) of the history {are} missing; {zeros}",
                    100.0 * share
                )
            }
            Note::Doubled { intervals } => {
                let intervals = match intervals {
                    1 => "1 interval occurs".to_string(),
                    n => format!("{n} intervals occur"),
                };
                write!(f, "{intervals} twice (a repeated hour?); the mean is used")
            }
            Note::OutsideHours { contacts } => {
                write!(
                    f,
                    "{contacts:.0} contacts came outside opening hours and are left out"
                )
            }
            Note::NoZeros => {
                write!(
                    f,
                    "the history has no zeros but many holes; holes in recorded days are taken as zeros"
                )
            }
            Note::Outlier {
                date,
                contacts,
                usual,
            } => {
                write!(
                    f,
                    "{date}: {contacts:.0} contacts where {usual:.0} are usual; an [[event]] would explain it"
                )
            }
            Note::Opened { date } => write!(
                f,
                "nothing came before {date}: taken as the day the queue opened"
            ),
            Note::Closed { date } => write!(
                f,
                "nothing has come since {date}: taken as closed, forecast is zero"
            ),
            Note::Short { weeks } => {
                write!(f, "only {weeks} weeks of history: intervals are wider")
            }
            Note::Stale { days } => {
                write!(
                    f,
                    "the history ends {days} days before the plan begins; if the queue has closed, take it out of the scenario"
                )
            }
            Note::Borrowed {
                from,
                own_weeks: 0.0,
                ..
            } => {
                write!(
                    f,
                    "shape and volume borrowed from {from}, as no week of its own is known yet"
                )
            }
            Note::Borrowed {
                from,
                own_weeks,
                factor,
            } => {
                write!(
                    f,
                    "shape borrowed from {from}; {own_weeks:.1} own weeks say {factor:.2} times the volume expected"
                )
            }
            Note::DailyTotals { flat: false } => {
                write!(
                    f,
                    "day totals only: the shape of the day comes from other queues"
                )
            }
            Note::DailyTotals { flat: true } => {
                write!(
                    f,
                    "day totals only and no queue to borrow a shape from: the day is flat"
                )
            }
            Note::ChangeBegan {
                date,
                contacts,
                handle_time,
            } => {
                let of = |factor: &f64, what: &str| {
                    (*factor != 1.0).then(|| format!("{what} x{factor}"))
                };
                let factors: Vec<String> =
                    [of(contacts, "contacts"), of(handle_time, "handle time")]
                        .into_iter()
                        .flatten()
                        .collect();
                write!(
                    f,
                    "the change of {date} ({}) began within the history: what came before it is counted as if it had held then, too, and the plan is not changed by it again",
                    factors.join(", ")
                )
            }
            Note::HandleTimeBorrowed => {
                write!(
                    f,
                    "no handle times in the history: those of other queues of the channel are used"
                )
            }
            Note::FarAhead { weeks } => {
                write!(
                    f,
                    "forecast {weeks} weeks ahead: beyond week 4 intervals widen by the drift seen so far"
                )
            }
            Note::Rhythm { weeks, range } => {
                let percent = |log: f64| 100.0 * (log.exp() - 1.0);
                let (least, most) = (percent(range.0), percent(range.1));
                let after = match weeks {
                    2 => "every second week".to_string(),
                    52 => "at the same time of the year".to_string(),
                    weeks => format!("every {weeks} weeks"),
                };
                write!(
                    f,
                    "{after} some days have fewer or more contacts ({least:+.0} to {most:+.0} %): the forecast goes on with that"
                )
            }
            Note::ComesAgain {
                date,
                name,
                days,
                told,
                learned,
            } => {
                let s = if *days == 1 { "" } else { "s" };
                write!(
                    f,
                    "{date} {name}: contacts x {learned:.2}, by {days} day{s} of it in the history and the factor {told:.2} that was expected"
                )
            }
            Note::UnseenHoliday {
                date,
                name,
                lent: Some(log),
            } => {
                write!(
                    f,
                    "{date} {name}: not in this history; on other queues it had {:+.0} % contacts",
                    100.0 * (log.exp() - 1.0)
                )
            }
            Note::UnseenHoliday {
                date,
                name,
                lent: None,
            } => {
                write!(
                    f,
                    "{date} {name}: no history has seen it, so the day is unsure; an [[event]] says what you expect"
                )
            }
        }
    }
}

/// Days that stand out against the same weekdays around them, while the queue was there.
pub(crate) fn outliers(grid: &Grid, origin: usize) -> Vec<Note> {
    let origin = closed_since(grid, origin).unwrap_or(origin);
    let ratios: Vec<(usize, f64, f64)> = (0..origin)
        .filter(|&d| grid.is_normal(d))
        .filter_map(|d| {
            let mut around: Vec<f64> = (1..=4usize)
                .flat_map(|k| [d.checked_sub(7 * k), Some(d + 7 * k)])
                .flatten()
                .filter(|&e| e < origin && grid.is_normal(e))
                .map(|e| grid.total[e])
                .collect();
            let usual = median(&mut around);
            (around.len() >= 3).then(|| (d, ((grid.total[d] + 0.5) / (usual + 0.5)).ln(), usual))
        })
        .collect();
    let scale = robust_scale(&ratios.iter().map(|r| r.1).collect::<Vec<_>>());
    let mut odd: Vec<&(usize, f64, f64)> = ratios
        .iter()
        .filter(|(_, log, usual)| {
            // What chance alone does to a small day.
            let poisson = 1.0 / (usual + 1.0).sqrt();
            log.abs() > (ODD * scale).max(ODD_AT_LEAST).max(4.0 * poisson)
        })
        .collect();
    odd.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
    odd.truncate(NAMED);
    odd.sort_by_key(|o| o.0);
    odd.iter()
        .map(|&&(d, _, usual)| Note::Outlier {
            date: grid.date(d),
            contacts: grid.total[d],
            usual,
        })
        .collect()
}

/// Public holidays of open days `from..to` that no day before `origin` has shown.
pub(crate) fn unseen_holidays(grid: &Grid, origin: usize, from: usize, to: usize) -> Vec<Note> {
    let has = |d: usize, name: usize| grid.specials[d].iter().any(|s| s.name == name);
    let seen = |name: usize| (0..origin).any(|d| grid.total[d].is_finite() && has(d, name));
    (from.max(origin)..to.min(grid.days))
        .filter(|&d| grid.open_day[d])
        .flat_map(|d| grid.specials[d].iter().map(move |special| (d, special)))
        .filter(|(_, special)| special.kind == Kind::Holiday && !seen(special.name))
        .map(|(d, special)| Note::UnseenHoliday {
            date: grid.date(d),
            name: grid.names[special.name].clone(),
            lent: grid.lent.effect(origin, special.name).map(|l| l.0),
        })
        .collect()
}

/// Events to come that were there before, each from its first day on.
pub(crate) fn come_again(grid: &Grid, days: &[ComesAgain], from: usize) -> Vec<Note> {
    let mut named: Vec<usize> = Vec::new();
    (days.iter())
        .filter(|again| again.day >= from)
        .filter(|again| {
            let first = !named.contains(&again.name);
            named.push(again.name);
            first
        })
        .map(|again| Note::ComesAgain {
            date: grid.date(again.day),
            name: grid.names[again.name].clone(),
            days: again.days,
            told: again.told,
            learned: again.learned,
        })
        .collect()
}

/// The day since which nothing came, if the queue seems closed: two weeks of zeros after a time of regular contacts. Days that somebody told of are no
/// sign of it, nor is a silence no longer than one after which contacts came again (a shutdown at every New Year).
pub(crate) fn closed_since(grid: &Grid, origin: usize) -> Option<usize> {
    let known: Vec<usize> = (0..origin)
        .filter(|&d| grid.total[d].is_finite() && grid.is_ordinary(d))
        .collect();
    let last = known
        .iter()
        .rev()
        .find(|&&d| grid.total[d] > 0.0)
        .copied()?;
    let quiet = known.iter().filter(|&&d| d > last).count();
    let before: Vec<f64> = known
        .iter()
        .filter(|&&d| d <= last)
        .rev()
        .take(28)
        .map(|&d| grid.total[d])
        .collect();
    let mean = before.iter().sum::<f64>() / before.len() as f64;
    // So long a silence must not be chance: e^-20.
    let closed = quiet >= 10 && mean * quiet as f64 > 20.0;
    (closed && quiet > longest_silence(grid, &known, last)).then_some(last + 1)
}

/// The most of these days in a row up to `last` on which nothing came, after a first one on which something did.
fn longest_silence(grid: &Grid, known: &[usize], last: usize) -> usize {
    let until_last = known.iter().take_while(|&&d| d <= last);
    let began = until_last.skip_while(|&&d| grid.total[d] <= 0.0);
    let (longest, _) = began.fold((0, 0), |(longest, silent), &d| {
        let silent = if grid.total[d] > 0.0 { 0 } else { silent + 1 };
        (longest.max(silent), silent)
    });
    longest
}

#[cfg(test)]
mod tests {
    use super::Note;

    #[test]
    fn one_is_not_many_and_nothing_is_not_a_factor() {
        let missing = |intervals| {
            Note::Missing {
                intervals,
                share: 0.001,
            }
            .to_string()
        };
        assert_eq!(
            missing(1),
            "1 open interval (0.1 %) of the history is missing; it is not counted as zero"
        );
        assert_eq!(
            missing(2),
            "2 open intervals (0.1 %) of the history are missing; they are not counted as zeros"
        );
        let doubled = Note::Doubled { intervals: 1 }.to_string();
        assert_eq!(
            doubled,
            "1 interval occurs twice (a repeated hour?); the mean is used"
        );
        let borrowed = |own_weeks| {
            let from = "lv-phone".to_string();
            Note::Borrowed {
                from,
                own_weeks,
                factor: 1.0,
            }
            .to_string()
        };
        assert!(!borrowed(0.0).contains("1.00 times"), "{}", borrowed(0.0));
        assert!(borrowed(1.5).contains("1.5 own weeks say 1.00 times"));
    }
}
