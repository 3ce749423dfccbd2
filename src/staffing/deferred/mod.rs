//! Deferred work (e-mail, tickets): not a level of staffing but a curve of work due and a curve of work done.
//!
//! Exact first-come-first-served fluid: work arrives evenly within an interval, agents work it off evenly, what is left waits,
//! over nights too.

mod clock;
mod due;
mod fluid;

pub use due::{due_work, least_even_agents, shortfall};
pub use fluid::{DeferredService, deferred_service};

use super::error::{StaffingError, above_zero, at_least_zero};

/// Which time counts towards the response target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResponseClock {
    /// All of it.
    #[default]
    Elapsed,
    /// That of open intervals alone; what arrives when it is closed starts to count at the next opening.
    OpenHours,
}

/// Work of a deferred queue over consecutive intervals; empty at the start.
#[derive(Debug, Clone, PartialEq)]
pub struct DeferredWork {
    /// Length of an interval, s, > 0.
    pub interval_s: f64,
    /// Contacts that arrive in each interval (open or not), >= 0.
    pub contacts: Vec<f64>,
    /// Handle time of the contacts of each interval, s, > 0.
    pub handle_time_s: Vec<f64>,
    /// Whether the queue is worked on in each interval.
    pub open: Vec<bool>,
    /// Time from arrival to completion that is promised, s, >= 0.
    pub response_s: f64,
    /// Which time counts.
    pub clock: ResponseClock,
}

impl DeferredWork {
    fn checked(&self) -> Result<(), StaffingError> {
        above_zero("interval length", self.interval_s)?;
        at_least_zero("response target", self.response_s)?;
        self.contacts
            .iter()
            .try_for_each(|&c| at_least_zero("contacts", c).map(drop))?;
        self.handle_time_s
            .iter()
            .try_for_each(|&h| above_zero("handle time", h).map(drop))?;
        same_length(
            "handle times",
            self.handle_time_s.len(),
            self.contacts.len(),
        )?;
        same_length("opening of intervals", self.open.len(), self.contacts.len())
    }

    /// Work that has arrived by the start of each interval and by the end of the last, agent-seconds.
    fn arrived(&self) -> Vec<f64> {
        let mut sum = 0.0;
        let mut arrived = vec![0.0];
        for (contacts, handle_time_s) in self.contacts.iter().zip(&self.handle_time_s) {
            sum += contacts * handle_time_s;
            arrived.push(sum);
        }
        arrived
    }
}

fn same_length(what: &'static str, found: usize, expected: usize) -> Result<(), StaffingError> {
    if found == expected {
        Ok(())
    } else {
        Err(StaffingError::Length {
            what,
            found,
            expected,
        })
    }
}
