//! What is wrong with a history on its clock is put right before anybody learns from it.

use super::clock::{Local, date_of};
use super::local::LocalSeries;
use super::notes::Note;
use super::{holes, mistakes, unheard};

/// Makes the plain repairs on a local history and says which.
pub(crate) fn repair(local: &mut Local) -> Vec<Note> {
    let slots = local.series.slots_per_day;
    let mut notes = Vec::new();
    let (contacts, handle_times) = mistakes::take_out(&mut local.series);
    if contacts + handle_times > 0 {
        local.take_stock();
        notes.push(Note::Mistakes {
            contacts,
            handle_times,
        });
    }
    if local.doubled > 0 {
        notes.push(Note::Doubled {
            intervals: local.doubled,
        });
    }
    if local.outside > 0.0 {
        notes.push(Note::OutsideHours {
            contacts: local.outside,
        });
    }
    if local.missing > 0 {
        local.unheard = unheard::close(&mut local.series);
        local.take_stock();
        if !local.unheard.is_empty() {
            notes.push(Note::Unheard {
                times: local.unheard.times(),
                weekdays: local.unheard.weekdays.clone(),
            });
        }
    }
    if holes::are_zeros(&local.series.counts, slots, holes_of(local)) {
        fill_holes(local);
        notes.push(Note::NoZeros);
    } else if local.missing > 0 {
        let share = local.missing as f64 / (local.missing + local.known) as f64;
        notes.push(Note::Missing {
            intervals: local.missing,
            share,
        });
    }
    if let Some(day) = holes::forget_before_opening(&mut local.series.counts, slots) {
        notes.push(Note::Opened {
            date: date_of(local.first + day as i64),
        });
    }
    notes
}

/// Open slots without data in days that have some.
fn holes_of(local: &Local) -> impl Iterator<Item = usize> {
    let LocalSeries { counts, open, .. } = &local.series;
    let slots = local.series.slots_per_day;
    let days = counts.chunks(slots).enumerate();
    days.filter(|(_, day)| day.iter().any(Option::is_some))
        .flat_map(move |(d, day)| (d * slots..).zip(day))
        .filter(|&(cell, count)| count.is_none() && open[cell])
        .map(|(cell, _)| cell)
}

/// Takes the holes of recorded days for zeros, up to the last record: what comes after that is not known yet.
fn fill_holes(local: &mut Local) {
    let slots = local.series.slots_per_day;
    let last = local.series.counts.iter().rposition(Option::is_some);
    let until = last.unwrap_or(0);
    for (d, day) in local.series.counts[..until].chunks_mut(slots).enumerate() {
        if day.iter().any(Option::is_some) {
            let open = &local.series.open[d * slots..];
            for (count, _) in day.iter_mut().zip(open).filter(|(_, open)| **open) {
                count.get_or_insert(0.0);
            }
        }
    }
    local.take_stock();
}
