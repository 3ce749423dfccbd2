//! Events and changes.

use super::Check;
use super::names::Found;
use super::values::{PlanDates, Twice, owner};
use crate::calendar::Instant;
use crate::scenario::diagnostic::Code;
use crate::scenario::domain::{Change, Channel, Event, EventSpan, Queue, QueueIndex, SiteIndex};
use crate::scenario::file::{ChangeTable, EventTable, Tables};
use crate::scenario::source::{Placed, Span};

impl Check<'_> {
    pub fn events(
        &mut self,
        tables: Tables<EventTable>,
        queues: &[Option<Queue>],
        plan: Option<&PlanDates>,
    ) -> Vec<Event> {
        let tables = tables.unwrap_or_default();
        tables
            .into_iter()
            .filter_map(|table| self.event(table, queues, plan))
            .collect()
    }

    fn event(
        &mut self,
        table: Placed<EventTable>,
        queues: &[Option<Queue>],
        plan: Option<&PlanDates>,
    ) -> Option<Event> {
        let (span, table) = (table.span, table.value);
        let owner = owner("event", &table.name);
        let name = self.id_key(span, &owner, "name", table.name);
        let site_text = table.site;
        let site = site_text
            .as_ref()
            .and_then(|site| self.known.sites.look_up(site, self.problems));
        let met = match (&site_text, table.queues) {
            // A site that is down meets no queue by itself.
            (Some(site), None) => Some((site.span, Vec::new())),
            (_, names) => self
                .need(span, &owner, "queues", names)
                .map(|names| (names.span, self.queue_patterns(&owner, &names))),
        };
        let from_text = self.need(span, &owner, "from", table.from);
        let from = from_text
            .as_ref()
            .and_then(|from| self.local("from", from, false));
        let to_text = self.need(span, &owner, "to", table.to);
        let to = to_text.as_ref().and_then(|to| self.local("to", to, true));
        let unsaid = table.contacts.is_none();
        let (contacts, handle_time) = self.factors(table.contacts, table.handle_time);
        // Who only says where contacts go means all of them.
        let contacts = match table.move_to {
            Some(_) if unsaid => Some(0.0),
            _ => contacts,
        };
        let (from, to) = (from?, to?);
        if to <= from {
            let at = to_text.map_or(span, |to| to.span);
            self.problems
                .error(Code::BadTime, at, format!("{owner} ends before it begins"))
                .hint("`to` comes after `from`");
            return None;
        }
        let (names_span, met) = met?;
        let mut spans = Vec::new();
        for at in met {
            let move_to = match &table.move_to {
                Some(move_to) => self.move_target(move_to, at, queues, &owner),
                None => None,
            };
            let Some(queue) = queues.get(at).and_then(Option::as_ref) else {
                continue;
            };
            let zone = queue.zone.clone();
            let begin = self.resolve("from", names_span, from, &zone, Twice::First)?;
            let end = self.resolve("to", names_span, to, &zone, Twice::Second)?;
            spans.push(EventSpan {
                queue: QueueIndex(at),
                from: begin,
                until: end,
                move_to: move_to.map(QueueIndex),
            });
        }
        if spans.is_empty() && site_text.is_none() && !self.problems.any_error() {
            self.problems
                .warning(
                    Code::MatchesNothing,
                    names_span,
                    format!("{owner} has no queue left: all of its queues were removed"),
                )
                .hint("it changes nothing; take it out with remove = true");
        }
        if let Some(plan) = plan {
            self.event_far_away(span, &owner, &spans, plan);
        }
        Some(Event {
            name: name?.value,
            from,
            to,
            contacts: contacts?,
            handle_time: handle_time?,
            site: site.map(SiteIndex),
            spans,
        })
    }

    /// An event of the past teaches the forecast something; one after the plan does nothing.
    fn event_far_away(&mut self, span: Span, owner: &str, spans: &[EventSpan], plan: &PlanDates) {
        let end: Instant = plan.grid.end();
        if !spans.is_empty() && spans.iter().all(|span| span.from >= end) {
            self.problems
                .warning(
                    Code::OutsidePlan,
                    span,
                    format!("{owner} begins after the plan ({})", plan.words()),
                )
                .hint("it changes nothing; check its dates");
        }
    }

    /// The queue that takes over the contacts of queue `at`: a queue by its id, or the same language on another channel.
    fn move_target(
        &mut self,
        move_to: &Placed<String>,
        at: usize,
        queues: &[Option<Queue>],
        owner: &str,
    ) -> Option<usize> {
        let name = move_to.value.trim();
        let source = queues.get(at)?.as_ref()?;
        let target = match (self.known.queues.find(name), Channel::named(name)) {
            (Found::At(target), _) => Some(target),
            (_, Some(channel)) => {
                let twin = |queue: &Option<Queue>| {
                    queue.as_ref().is_some_and(|queue| {
                        queue.channel == channel && queue.language == source.language
                    })
                };
                let target = queues.iter().position(twin);
                if target.is_none() && queues.iter().all(Option::is_some) {
                    self.problems
                        .error(
                            Code::MatchesNothing,
                            move_to.span,
                            format!(
                                "{owner}: no {channel} queue has the language of \"{}\"",
                                source.id
                            ),
                        )
                        .hint("name a queue by its id, or leave that queue out of `queues`");
                }
                target
            }
            _ => self.known.queues.look_up(move_to, self.problems),
        };
        if target == Some(at) {
            self.problems
                .error(
                    Code::BadValue,
                    move_to.span,
                    format!("{owner} moves the contacts of \"{}\" to itself", source.id),
                )
                .hint("name another queue, or leave this one out of `queues`");
        }
        target
    }

    pub fn changes(&mut self, tables: Tables<ChangeTable>) -> Vec<Change> {
        let tables = tables.unwrap_or_default();
        tables
            .into_iter()
            .filter_map(|table| self.change(table))
            .collect()
    }

    fn change(&mut self, table: Placed<ChangeTable>) -> Option<Change> {
        let (span, table) = (table.span, table.value);
        let owner = owner("change", &table.name);
        let names = self.need(span, &owner, "queues", table.queues);
        if table.contacts.is_none() && table.handle_time.is_none() {
            let spoilt = |key| self.problems.is_spoilt(span, key);
            if !spoilt("contacts") && !spoilt("handle_time") {
                self.problems
                    .warning(
                        Code::MatchesNothing,
                        span,
                        format!("{owner} changes nothing"),
                    )
                    .hint("add a factor: contacts = 0.9, or handle_time = 1.1");
            }
        }
        let (contacts, handle_time) = self.factors(table.contacts, table.handle_time);
        let from = table.from.and_then(|from| self.date("from", &from));
        let queues = self.queue_patterns(&owner, &names?);
        Some(Change {
            name: table.name.map(|name| name.value),
            queues: queues.into_iter().map(QueueIndex).collect(),
            contacts: contacts?,
            handle_time: handle_time?,
            from,
        })
    }

    /// Factors on contacts and handle time, 1 where nothing is written.
    fn factors(
        &mut self,
        contacts: Option<Placed<f64>>,
        handle_time: Option<Placed<f64>>,
    ) -> (Option<f64>, Option<f64>) {
        (
            contacts.map_or(Some(1.0), |factor| {
                self.at_least("contacts", &factor, 0.0, false)
            }),
            handle_time.map_or(Some(1.0), |factor| {
                self.at_least("handle_time", &factor, 0.0, true)
            }),
        )
    }
}
