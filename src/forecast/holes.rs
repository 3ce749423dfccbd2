//! What it means that an interval has no row, and what the zeros before a queue's first contact mean.

use super::numeric::median;

/// Holes there must be for each known interval before they may be zeros.
const MANY: f64 = 0.2;
/// Over-dispersion of a queue whose contacts come in bursts: variance = mu + 2 mu^2. A negative binomial count of that kind is zero with
/// probability (1 + 2 mu)^(-1/2).
const BURSTS: f64 = 2.0;
/// Times as many holes as such a queue has zeros are holes.
const TOO_MANY: f64 = 1.2;
/// Days of next to nothing at the beginning that are no chance, but a queue that had not opened.
const QUIET_DAYS: usize = 7;
/// What comes astray on such a day, as a share of an ordinary day once the queue is open.
const ASTRAY: f64 = 0.02;
/// Days from the opening on of which the median is an ordinary day, and its least contacts.
const FIRST_DAYS: usize = 28;
const LEAST_ORDINARY: f64 = 5.0;
/// Chance below which it is none that all days with contacts come after so many without.
const NO_CHANCE: f64 = 0.01;

/// Whether a history leaves out the rows of intervals in which nobody came: no row says 0, many are missing, and no more than may
/// be by what comes at their times of day. Else a hole is a hole.
///
/// `counts` has `slots` intervals a day; `holes` are those of its open intervals without a row that could be zeros.
pub(crate) fn are_zeros(
    counts: &[Option<f64>],
    slots: usize,
    holes: impl Iterator<Item = usize>,
) -> bool {
    #[derive(Clone, Default)]
    struct Slot {
        contacts: f64,
        known: f64,
        holes: f64,
    }
    let mut by_slot = vec![Slot::default(); slots];
    for (cell, count) in counts.iter().enumerate() {
        if let Some(count) = *count {
            if count == 0.0 {
                return false;
            }
            by_slot[cell % slots].contacts += count;
            by_slot[cell % slots].known += 1.0;
        }
    }
    holes.for_each(|cell| by_slot[cell % slots].holes += 1.0);
    let (mut known, mut holes, mut zeros) = (0.0, 0.0, 0.0);
    for slot in by_slot.iter().filter(|slot| slot.known + slot.holes > 0.0) {
        let intervals = slot.known + slot.holes;
        zeros += intervals / (1.0 + BURSTS * slot.contacts / intervals).sqrt();
        known += slot.known;
        holes += slot.holes;
    }
    known > 0.0 && holes > MANY * known && holes <= TOO_MANY * zeros
}

/// Takes the zeros before the first contact, and a few calls that went astray then, for nothing known if they are no chance; says on
/// which day the queue then opened.
pub(crate) fn forget_before_opening(counts: &mut [Option<f64>], slots: usize) -> Option<usize> {
    let totals: Vec<(usize, f64)> = counts
        .chunks(slots)
        .enumerate()
        .filter(|(_, day)| day.iter().any(Option::is_some))
        .map(|(d, day)| (d, day.iter().flatten().sum()))
        .collect();
    let first_known = totals.first()?.0;
    let first_contact = totals.iter().find(|(_, total)| *total > 0.0)?.0;
    let in_earnest = in_earnest_from(&totals);
    let opened = in_earnest.unwrap_or(first_contact);
    if opened < first_known + QUIET_DAYS {
        return None;
    }
    if in_earnest.is_none() {
        // Where hardly anybody ever comes, the first one says nothing of an opening; each day with contacts after it does.
        let since: Vec<f64> = (totals.iter())
            .filter_map(|&(d, total)| (d >= opened).then_some(total))
            .collect();
        let share = since.len() as f64 / totals.len() as f64;
        let more = since[1..].iter().filter(|total| **total > 0.0).count();
        if share.powi(more as i32) > NO_CHANCE {
            return None;
        }
    }
    counts[..opened * slots].fill(None);
    Some(opened)
}

/// The first day from which on as many come as on ordinary days, if next to nothing came before.
fn in_earnest_from(totals: &[(usize, f64)]) -> Option<usize> {
    let mut most_before = 0.0f64;
    for (i, &(d, total)) in totals.iter().enumerate() {
        let next = totals[i..].iter().take(FIRST_DAYS).map(|t| t.1);
        let ordinary = median(&mut next.collect::<Vec<f64>>());
        if ordinary >= LEAST_ORDINARY && total > ASTRAY * ordinary {
            return (most_before <= ASTRAY * ordinary).then_some(d);
        }
        most_before = most_before.max(total);
    }
    None
}
