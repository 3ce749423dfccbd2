//! What a change does, in contacts and money.

use std::collections::BTreeMap;

use crate::planning::curves::{QueueCurves, promised};
use crate::planning::problem::BEYOND_TARGET;
use crate::roster::Effect;
use crate::roster::explain::{Offer, changed_days};
use crate::roster::problem::Tour;

use super::words::listed;
use super::{Change, Explainer, Told};

/// Contacts below this are not told.
const FEW: f64 = 0.05;
/// Queues told one by one.
const QUEUES: usize = 3;

impl Explainer<'_> {
    /// Contacts more (above 0) or fewer answered in time, by queue; by the formula.
    pub(super) fn contacts(&self, effect: &Effect) -> Vec<(usize, f64)> {
        let per_interval = self.axis.per_interval as f64;
        effect
            .queues
            .iter()
            .map(|change| {
                let more = match &self.curves.queues[change.queue] {
                    QueueCurves::Live { gains, .. } => change
                        .levels
                        .iter()
                        .filter_map(|&(slot, before, after)| {
                            let gains = &gains[self.axis.interval(slot)?];
                            Some((promised(gains, after) - promised(gains, before)) / per_interval)
                        })
                        .sum(),
                    QueueCurves::Deferred { .. } => {
                        let priority = self.scenario.queues[change.queue].priority.unwrap_or(1.0);
                        let contact = self.worths.missed_contact * priority * (1.0 + BEYOND_TARGET);
                        -change.money / contact
                    }
                };
                (change.queue, more)
            })
            .collect()
    }

    /// "service 41.20 EUR better (pl-phone +1.4 contacts in time, en-chat -0.2)", the queues for which it matters most first; `None` where nothing
    /// changes for customers.
    pub(super) fn service_words(&self, effect: &Effect) -> Option<String> {
        let mut queues: Vec<(f64, usize, f64)> = self
            .contacts(effect)
            .into_iter()
            .zip(&effect.queues)
            .map(|((queue, more), change)| (change.money, queue, more))
            .filter(|(money, _, more)| money.abs() >= 0.01 || more.abs() >= FEW)
            .collect();
        queues.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then(a.1.cmp(&b.1)));
        let more = queues.len().saturating_sub(QUEUES);
        let mut parts: Vec<String> = queues
            .iter()
            .take(QUEUES)
            .map(|(_, queue, more)| {
                format!("{} {}", self.scenario.queues[*queue].id, signed(*more))
            })
            .collect();
        let first = parts.first_mut()?;
        *first += " contacts in time";
        if more > 0 {
            parts.push(super::words::plural(more, "more queue", "more queues"));
        }
        let better = if effect.service > 0.0 {
            "worse"
        } else {
            "better"
        };
        let worth = if effect.service.abs() < 0.005 {
            "service worth the same".to_owned()
        } else {
            format!("service {} {better}", self.money(effect.service))
        };
        Some(format!("{worth} ({})", parts.join(", ")))
    }

    /// "wages 30.10 EUR more; 1.2 fewer contacts answered in time; a wish less is met".
    pub(super) fn effect_words(&self, effect: &Effect) -> String {
        let mut parts = Vec::new();
        if effect.wages.abs() >= 0.005 {
            parts.push(format!(
                "wages {} {}",
                self.money(effect.wages),
                if effect.wages > 0.0 { "more" } else { "less" }
            ));
        }
        parts.extend(self.service_words(effect));
        if effect.wishes.abs() > 0.005 {
            parts.push(
                if effect.wishes > 0.0 {
                    "wishes less well met"
                } else {
                    "wishes better met"
                }
                .to_owned(),
            );
        }
        if effect.covers.abs() > 0.005 {
            parts.push(
                if effect.covers > 0.0 {
                    "cover falls short more often"
                } else {
                    "cover falls short less often"
                }
                .to_owned(),
            );
        }
        if parts.is_empty() {
            "nothing else changes".to_owned()
        } else {
            listed(&parts)
        }
    }

    /// An offer in words and figures.
    pub(super) fn told(&self, number: usize, offer: Offer) -> Told {
        let tours = self.appraiser.tours();
        let mut changes = Vec::new();
        let mut people = Vec::new();
        for (person, tour) in &offer.changes {
            let mut days = Vec::new();
            for (day, before, after) in changed_days(&tours[*person], tour) {
                let words = |shift: Option<&crate::roster::problem::Shift>| {
                    shift.map(|shift| self.shift_words(*person, shift))
                };
                let zone = self.zone_of(*person);
                let date = self.date(*person, day);
                days.push(match (before, after) {
                    (Some(old), Some(new)) if old.span == new.span => {
                        format!("breaks moved on {}", super::words::day_words(date))
                    }
                    (Some(old), Some(new)) => format!(
                        "{} instead of {}",
                        self.shift_words(*person, new),
                        self.clock_words(zone, old.span)
                    ),
                    (None, Some(new)) => {
                        format!("works {}", self.shift_words(*person, new))
                    }
                    (Some(old), None) => format!(
                        "off on {} instead of {}",
                        super::words::day_words(date),
                        self.clock_words(zone, old.span)
                    ),
                    (None, None) => continue,
                });
                changes.push(Change {
                    agent: self.scenario.agents[*person].id.clone(),
                    date: date.to_string(),
                    before: words(before),
                    after: words(after),
                });
            }
            let lost = self.activities_lost(*person, &tours[*person], tour);
            days.extend(lost.map(|name| format!("without \"{name}\"")));
            people.push(format!("{}: {}", self.name(*person), days.join(", ")));
        }
        let effect = &offer.effect;
        let contacts: BTreeMap<String, f64> = self
            .contacts(effect)
            .into_iter()
            .map(|(queue, more)| (self.scenario.queues[queue].id.clone(), round(more)))
            .collect();
        Told {
            number,
            what: people.join("; "),
            effect: self.effect_words(effect),
            cost: round(effect.total()),
            wages: round(effect.wages),
            wishes: round(effect.wishes),
            service: round(effect.service),
            covers: round(effect.covers),
            contacts,
            changes,
            offer,
        }
    }

    /// Activities that somebody takes less often in their new week.
    fn activities_lost<'a>(
        &'a self,
        person: usize,
        old: &'a Tour,
        new: &'a Tour,
    ) -> impl Iterator<Item = &'a str> + 'a {
        let breaks = self.problem().rules(person).breaks.len();
        let times = move |tour: &Tour, activity: usize| {
            let pieces = tour.shifts.iter().flat_map(|shift| &shift.breaks);
            pieces
                .filter(|(which, _)| *which == breaks + activity)
                .count()
        };
        let activities = self.scenario.activities.iter().enumerate();
        activities
            .filter(move |(activity, _)| times(new, *activity) < times(old, *activity))
            .map(|(_, activity)| activity.name.as_str())
    }

    /// "12.50 EUR dearer in all", "3.10 EUR cheaper in all".
    pub(super) fn total_words(&self, total: f64) -> String {
        if total.abs() < 0.005 {
            "no dearer in all".to_owned()
        } else if total > 0.0 {
            format!("{} dearer in all", self.money(total))
        } else {
            format!("{} cheaper in all", self.money(total))
        }
    }
}

fn signed(contacts: f64) -> String {
    if contacts.abs() < FEW {
        "+0.0".to_owned()
    } else {
        format!("{contacts:+.1}")
    }
}

/// To four places, so that rounding noise is not told.
pub(super) fn round(value: f64) -> f64 {
    let rounded = (value * 1e4).round() / 1e4;
    if rounded == 0.0 { 0.0 } else { rounded }
}
