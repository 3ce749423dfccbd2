//! Figures so large that they can only be mistakes: a time stamp or a phone number in the wrong column.

use super::local::LocalSeries;

/// A figure is a mistake if it is this many times as large as what next to nothing exceeds.
const TIMES: f64 = 10.0;
/// Share of the figures that may be as large as they like, and the least number of them, before one of their size is usual.
const RARE: f64 = 0.001;
const FEW: usize = 3;
/// Contacts of a slot and handle times in seconds that are never too many.
const CONTACTS: f64 = 50.0;
const HANDLE_TIME_S: f64 = 7200.0;

/// Takes mistakes out of a history: how many contacts and handle times.
pub(super) fn take_out(series: &mut LocalSeries) -> (usize, usize) {
    let contacts = without_mistakes(&mut series.counts, CONTACTS);
    let handle_times = without_mistakes(&mut series.handle_time_s, HANDLE_TIME_S);
    (contacts, handle_times)
}

fn without_mistakes(figures: &mut [Option<f64>], harmless: f64) -> usize {
    let mut sorted: Vec<f64> = figures.iter().flatten().copied().collect();
    let rare = (RARE * sorted.len() as f64) as usize;
    let rank = rare.max(FEW);
    if sorted.len() <= rank {
        return 0;
    }
    let (_, usual, _) = sorted.select_nth_unstable_by(rank, |a, b| b.total_cmp(a));
    let most = (TIMES * *usual).max(harmless);
    let mut mistakes = 0;
    for figure in figures {
        if figure.is_some_and(|figure| figure > most) {
            *figure = None;
            mistakes += 1;
        }
    }
    mistakes
}
