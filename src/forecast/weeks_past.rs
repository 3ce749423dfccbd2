//! The whole weeks of a history as months ahead are told from them: without events, outliers and closures.

use super::grid::{Grid, Kind};
use super::months::{YEAR, mean};
use super::notes::{Note, outliers};
use chrono::{Days, NaiveDate};

/// Contacts of which not one comes: no chance.
const NO_CHANCE: f64 = 20.0;
/// Days that a closure lasts at least.
const SHUT_DAYS: usize = 5;
/// Weeks that a closure lasts at most that may come every year.
const SHORT_CLOSURE: usize = 3;

/// The whole Monday weeks of a history.
pub(super) struct Past {
    /// Monday of the first.
    pub first: NaiveDate,
    pub totals: Vec<f64>,
    /// Whether a public holiday lies in the week.
    pub holiday: Vec<bool>,
}

impl Past {
    /// A week with unknown open days is made up from the known ones, or taken as the one before. Days that an event changed, and days that are
    /// like no others around them, count as unknown: they are not the level.
    pub fn of(grid: &Grid) -> Past {
        let changed = changed_days(grid);
        let shut = shut_days(grid);
        let known = |d: usize| {
            let usual = grid.total[d].is_finite() && !changed[d] && !shut[d];
            usual.then(|| grid.total[d])
        };
        let usual = usual_by_weekday(grid, &known);
        let start = (7 - grid.weekday.first().copied().unwrap_or(0)) % 7;
        let last = (0..grid.days)
            .rev()
            .find(|&d| grid.total[d].is_finite())
            .map_or(0, |d| d + 1);
        let (mut totals, mut holiday): (Vec<f64>, Vec<bool>) = (Vec::new(), Vec::new());
        let mut d = start;
        let rest_closed = |from: usize, to: usize| {
            (from..to).all(|d| !grid.usually_open[(grid.weekday[0] + d) % 7])
        };
        while d + 7 <= grid.days.max(last)
            && (d + 7 <= last || (d < last && rest_closed(last, d + 7)))
        {
            let open: Vec<usize> = (d..d + 7).filter(|&e| grid.open_day[e]).collect();
            let seen: Vec<usize> = (open.iter().copied())
                .filter(|&e| known(e).is_some())
                .collect();
            let share =
                |days: &[usize]| -> f64 { days.iter().map(|&e| usual[grid.weekday[e]]).sum() };
            let came: f64 = seen.iter().filter_map(|&e| known(e)).sum();
            let total = match totals.last() {
                _ if !open.is_empty() && open.iter().all(|&e| shut[e]) => Some(0.0),
                _ if 2 * seen.len() >= open.len().max(1) => {
                    let made_up = share(&open) / share(&seen);
                    Some(if made_up.is_finite() {
                        came * made_up
                    } else {
                        came
                    })
                }
                before => before.copied(),
            };
            if let Some(total) = total {
                totals.push(total);
                holiday.push((d..d + 7).any(|e| grid.is_holiday(e)));
            }
            d += 7;
        }
        let skipped = (d - start) / 7 - totals.len();
        Past {
            first: grid.first_day + Days::new((start + 7 * skipped) as u64),
            totals,
            holiday,
        }
    }
}

/// Days that a told event changed, and outlying ones that did not come again a year later.
fn changed_days(grid: &Grid) -> Vec<bool> {
    let odd: Vec<NaiveDate> = (outliers(grid, grid.days).into_iter())
        .filter_map(|note| match note {
            Note::Outlier { date, .. } => Some(date),
            _ => None,
        })
        .collect();
    let yearly = |date: NaiveDate| {
        let apart = |other: &NaiveDate| ((date - *other).num_days().abs() - 364).abs();
        odd.iter().any(|other| apart(other) <= 7)
    };
    (0..grid.days)
        .map(|d| {
            let date = grid.date(d);
            let event = grid.specials[d].iter().any(|s| s.kind == Kind::Event);
            event || (odd.contains(&date) && !yearly(date))
        })
        .collect()
}

/// Days of weeks and months without a contact, where that is no chance.
fn shut_days(grid: &Grid) -> Vec<bool> {
    let known: Vec<usize> = (0..grid.days)
        .filter(|&d| grid.total[d].is_finite())
        .collect();
    let mut shut = vec![false; grid.days];
    let usual = known.iter().map(|&d| grid.total[d]).sum::<f64>() / known.len().max(1) as f64;
    for run in known.chunk_by(|&a, &b| grid.total[a] == 0.0 && grid.total[b] == 0.0) {
        let silent = grid.total[run[0]] == 0.0;
        if silent && run.len() >= SHUT_DAYS && usual * run.len() as f64 > NO_CHANCE {
            run.iter().for_each(|&d| shut[d] = true);
        }
    }
    shut
}

/// Mean contacts of known days by weekday; of all days where a weekday has none.
fn usual_by_weekday(grid: &Grid, known: &dyn Fn(usize) -> Option<f64>) -> [f64; 7] {
    let of = |which: &dyn Fn(usize) -> bool| {
        let totals: Vec<f64> = (0..grid.days)
            .filter(|&d| which(grid.weekday[d]))
            .filter_map(known)
            .collect();
        (!totals.is_empty()).then(|| mean(&totals))
    };
    let all = of(&|_| true).unwrap_or(1.0);
    std::array::from_fn(|weekday| of(&|w| w == weekday).unwrap_or(all))
}

/// Puts the level of the weeks after it, else before it, where a busy queue was shut; says which weeks those were.
pub(super) fn take_out_closures(totals: &mut [f64]) -> Vec<bool> {
    let usual = mean(totals);
    let mut shut = vec![false; totals.len()];
    let mut at = 0;
    while at < totals.len() {
        let end = (at..totals.len())
            .find(|&w| totals[w] > 0.0)
            .unwrap_or(totals.len());
        // So long a silence is no chance.
        if usual * (end - at) as f64 > NO_CHANCE {
            let (before, after) = (at.checked_sub(1), Some(end).filter(|&w| w < totals.len()));
            if let Some(level) = after.or(before).map(|w| totals[w]) {
                totals[at..end].fill(level);
                shut[at..end].fill(true);
            }
        }
        at = end + 1;
    }
    shut
}

/// Whether a short closure comes again in week `week`: it did before, or it goes with a holiday.
pub(super) fn shuts_again(shut: &[bool], holiday: &[bool], week: usize) -> bool {
    let Some(year_ago) = (1..)
        .map_while(|years| week.checked_sub(years * YEAR))
        .find(|&w| w < shut.len())
        .filter(|&w| shut[w])
    else {
        return false;
    };
    let from = (0..=year_ago)
        .rev()
        .find(|&w| !shut[w])
        .map_or(0, |w| w + 1);
    let to = (year_ago..shut.len())
        .find(|&w| !shut[w])
        .unwrap_or(shut.len());
    let near = |w: usize| shut[w.saturating_sub(1)..(w + 2).min(shut.len())].contains(&true);
    let twice = year_ago.checked_sub(YEAR).is_some_and(near);
    to - from <= SHORT_CLOSURE && (twice || holiday[from..to].contains(&true))
}
