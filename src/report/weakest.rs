//! When a queue is served worst: a target over the week can hold and its Monday morning be hopeless, which customers feel and a mean hides.

use chrono::{NaiveDateTime, TimeDelta, Timelike};

use super::words::percent;
use crate::results::{PlanResults, QueueResult};

/// Share of contacts below the target from which on an hour is told.
const FAR_BELOW: f64 = 0.1;
/// Contacts too late, beyond those that the target allows, that are worth telling.
const LEAST_LATE: f64 = 1.0;

/// Hours on end, on the planner's clock, in which far fewer are answered in time than the target says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weakest {
    from: NaiveDateTime,
    until: NaiveDateTime,
    offered: f64,
    answered_within: f64,
    /// Contacts too late beyond those that the target allows.
    late: f64,
}

impl Weakest {
    /// Those hours on end in which most contacts are too late, if any are far below the target.
    pub fn of(plan: &PlanResults, queue: &QueueResult) -> Option<Weakest> {
        let target = queue.target.answered;
        let mut stretches: Vec<Weakest> = Vec::new();
        for hour in hours(plan, queue) {
            let late = target * hour.offered - hour.answered_within;
            if hour.offered <= 0.0 || late < FAR_BELOW * hour.offered {
                continue;
            }
            match stretches.last_mut() {
                Some(last) if last.until == hour.from => {
                    last.until = hour.until;
                    last.offered += hour.offered;
                    last.answered_within += hour.answered_within;
                    last.late += late;
                }
                _ => stretches.push(Weakest { late, ..hour }),
            }
        }
        stretches
            .into_iter()
            .filter(|stretch| stretch.late >= LEAST_LATE)
            .max_by(|a, b| a.late.total_cmp(&b.late).then(b.from.cmp(&a.from)))
    }

    /// "Mon 23 Nov 08:00-11:00".
    pub fn when(&self) -> String {
        let days = (self.until - TimeDelta::seconds(1)).date() - self.from.date();
        let until = match days.num_days() {
            0 => self.until.format("%H:%M"),
            _ => self.until.format("%a %H:%M"),
        };
        format!("{}-{until}", self.from.format("%a %-d %b %H:%M"))
    }

    /// Share answered in time meanwhile: "31.0 %".
    pub fn share(&self) -> String {
        percent(self.answered_within / self.offered)
    }

    pub fn contacts(&self) -> f64 {
        self.offered
    }

    pub fn late(&self) -> f64 {
        self.late
    }
}

/// Each clock hour with what came in it; one that the clock repeats is one hour.
fn hours(plan: &PlanResults, queue: &QueueResult) -> Vec<Weakest> {
    let mut hours: Vec<Weakest> = Vec::new();
    for (at, service) in plan.grid.instants().zip(&queue.service) {
        let local = plan.planner_zone.to_local(at);
        let from =
            local.date().and_time(chrono::NaiveTime::MIN) + TimeDelta::hours(local.hour().into());
        if hours.last().is_none_or(|hour| hour.from != from) {
            hours.push(Weakest {
                from,
                until: from + TimeDelta::hours(1),
                offered: 0.0,
                answered_within: 0.0,
                late: 0.0,
            });
        }
        if let Some(hour) = hours.last_mut() {
            hour.offered += service.offered;
            hour.answered_within += service.answered_within;
        }
    }
    hours
}
