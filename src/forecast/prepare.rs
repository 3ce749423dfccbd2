//! Queues made ready: histories on their clocks, borrowed where there are none, with the shapes that queues lend each other.

use super::clock::{Local, local_time};
use super::input::{ForecastInput, QueueInput, Target};
use super::lasting::Lasting;
use super::lending::lend;
use super::new_queue::{Borrowed, OWN_WEEKS};
use super::notes::{Note, unseen_holidays};
use super::queue::Prepared;
use super::rolling::FEWEST_DAYS;
use super::scenario::ForecastError;
use rayon::prelude::*;

/// Fewest known days of a history (two weeks of a queue that is open on working days).
const FEWEST_KNOWN: usize = 8;
const DAY_S: i64 = 86_400;

/// Every queue of the input, ready to be forecast, also from the weekly origins up to `weeks` before its own.
pub(super) fn prepare(
    input: &ForecastInput,
    target: &Target,
    weeks: usize,
) -> Result<Vec<Prepared>, Vec<ForecastError>> {
    if target.len == 0 || target.step_s == 0 || DAY_S % i64::from(target.step_s) != 0 {
        return Err(vec![ForecastError::Target]);
    }
    let start_of = |queue: &QueueInput| local_time(queue.clock, target.start).0;
    let lends: Vec<bool> = (0..input.queues.len())
        .map(|i| {
            input
                .queues
                .iter()
                .any(|q| q.like.is_some_and(|l| l.queue == i))
        })
        .collect();
    let own: Vec<Option<Prepared>> = input
        .queues
        .par_iter()
        .enumerate()
        .map(|(i, queue)| {
            let mut prepared = Prepared::own(Local::of(queue, &input.target)?, start_of(queue));
            // A history that another queue borrows, or that corrects a borrowed one, is needed later on.
            if queue.like.is_none() && !lends[i] {
                prepared.learn_handle_time(queue);
            }
            Some(prepared)
        })
        .collect();
    let enough = |p: &Prepared| {
        let (days, known) = p.known_days();
        days >= FEWEST_DAYS && known >= FEWEST_KNOWN
    };
    let usable: Vec<bool> = own
        .iter()
        .map(|p| p.as_ref().is_some_and(&enough))
        .collect();
    let mut borrowed: Vec<Option<Result<Prepared, ForecastError>>> = Vec::with_capacity(own.len());
    for (i, queue) in input.queues.iter().enumerate() {
        let (days, known) = own[i].as_ref().map_or((0, 0), Prepared::known_days);
        borrowed.push(match &queue.like {
            Some(like) if days < 7 * OWN_WEEKS || !usable[i] => Some(
                match own
                    .get(like.queue)
                    .and_then(Option::as_ref)
                    .filter(|_| usable[like.queue] && like.queue != i)
                {
                    Some(model) => {
                        let own = own[i].as_ref().map(|p| &p.local);
                        let borrowed =
                            Borrowed::of(queue, like, &model.local, own, start_of(queue));
                        Ok(Prepared::borrowed(
                            borrowed,
                            &input.queues[like.queue].id,
                            start_of(queue),
                        ))
                    }
                    None => Err(ForecastError::NoModel {
                        queue: queue.id.clone(),
                        like: like.queue,
                    }),
                },
            ),
            _ if !usable[i] => Some(Err(ForecastError::TooShort {
                queue: queue.id.clone(),
                days,
                known,
            })),
            _ => None,
        });
    }
    let errors: Vec<ForecastError> = borrowed
        .iter()
        .flatten()
        .filter_map(|b| b.as_ref().err().cloned())
        .collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut prepared: Vec<Prepared> = own
        .into_iter()
        .zip(borrowed)
        .filter_map(|(own, borrowed)| borrowed.map_or(own, Result::ok))
        .collect();
    let day_slots = usize::try_from(DAY_S / i64::from(target.step_s)).unwrap_or(1);
    lend(&mut prepared, &input.queues, weeks, day_slots);
    for (i, (p, q)) in prepared.iter_mut().zip(&input.queues).enumerate() {
        let day = |utc| usize::try_from(local_time(q.clock, utc).0 - p.local.first).unwrap_or(0);
        let end = target.start + target.len as i64 * i64::from(target.step_s) - 1;
        let unseen = unseen_holidays(&p.grid, p.origin, day(target.start), day(end) + 1);
        p.notes.extend(unseen);
        p.notes.extend(Lasting::of(q, &input.target).notes(q));
        if q.like.is_some() || lends[i] {
            p.learn_handle_time(q);
        }
        if p.grid.slots == 1 && day_slots > 1 {
            p.notes.push(Note::DailyTotals {
                flat: p.day_shape.is_none(),
            });
        }
    }
    Ok(prepared)
}
