//! Queues.

use super::Check;
use super::people::ExtraHoliday;
use super::values::owner;
use crate::calendar::OpeningHours;
use crate::scenario::diagnostic::Code;
use crate::scenario::domain::{Channel, Like, PassesOn, Queue, QueueIndex, Target, TargetPeriod};
use crate::scenario::file::{LikeTable, PassesOnTable, QueueTable, Tables, TargetTable};
use crate::scenario::source::{Placed, Span};

impl Check<'_> {
    pub fn queues(
        &mut self,
        tables: Tables<QueueTable>,
        holidays: &[ExtraHoliday],
    ) -> Vec<Option<Queue>> {
        let tables = tables.unwrap_or_default();
        if tables.is_empty() {
            self.problems
                .error(
                    Code::MissingKey,
                    Span::ROOT,
                    "the scenario has no [[queue]]",
                )
                .hint("add one: [[queue]] with id, language, channel, time_zone, target");
        }
        let borrows: Vec<bool> = tables
            .iter()
            .map(|table| table.value.like.is_some())
            .collect();
        tables
            .into_iter()
            .map(|table| self.queue(table, &borrows, holidays))
            .collect()
    }

    fn queue(
        &mut self,
        table: Placed<QueueTable>,
        borrows: &[bool],
        holidays: &[ExtraHoliday],
    ) -> Option<Queue> {
        let (span, table) = (table.span, table.value);
        let owner = owner("queue", &table.id);
        let id = self.id(span, &owner, table.id);
        let language = self
            .need(span, &owner, "language", table.language)
            .map(|language| self.language(&language.value));
        let channel = self
            .need(span, &owner, "channel", table.channel)
            .and_then(|channel| self.channel(&channel));
        let zone = self
            .need(span, &owner, "time_zone", table.time_zone)
            .and_then(|zone| self.zone("time_zone", &zone));
        let hours = match &table.hours {
            Some(hours) => self.hours("hours", hours),
            None => Some(OpeningHours::always()),
        };
        let target = self
            .need(span, &owner, "target", table.target)
            .and_then(|target| {
                let outer = TargetTable {
                    max_abandoned: table.max_abandoned,
                    max_occupancy: table.max_occupancy,
                    per: table.per,
                    ..TargetTable::default()
                };
                self.target(target, outer)
            });
        let mut seconds = |key: &str, text: &Option<Placed<String>>| {
            let seconds = self.positive_seconds(key, text.as_ref()?)?;
            Some(seconds as f64)
        };
        let patience_seconds = seconds("patience", &table.patience);
        let handle_time_seconds = seconds("handle_time", &table.handle_time);
        let mut number = |key: &str, number: &Option<Placed<f64>>, least: f64, above: bool| {
            self.at_least(key, number.as_ref()?, least, above)
        };
        let handle_time_cv = number("handle_time_cv", &table.handle_time_cv, 0.0, false);
        let slowdown = number("slowdown", &table.slowdown, 1.0, false);
        let priority = number("priority", &table.priority, 0.0, true);
        let concurrency = table
            .concurrency
            .as_ref()
            .and_then(|number| self.whole("concurrency", number, 1..=20));
        if let (Some(written), Some(channel), Some(2..)) =
            (&table.concurrency, channel, concurrency)
            && channel != Channel::Chat
        {
            self.problems
                .error(
                    Code::BadValue,
                    written.span,
                    format!("only chat has a `concurrency`; {owner} is {channel}"),
                )
                .hint("take `concurrency` out, or write channel = \"chat\"");
        }
        let min_staff = table
            .min_staff
            .as_ref()
            .and_then(|number| self.whole("min_staff", number, 0..=100_000));
        let like = table
            .like
            .and_then(|like| self.like(like, id.as_ref(), borrows));
        let passes_on = table
            .passes_on
            .and_then(|passes_on| self.passes_on(passes_on, id.as_ref()));
        let country = table.country.and_then(|country| self.country(&country));
        let holidays = self.holidays_of(country.as_deref(), None, holidays);
        Some(Queue {
            id: id?.value,
            language: language?,
            channel: channel?,
            zone: zone?,
            hours: hours?,
            target: target?,
            patience_seconds,
            handle_time_seconds,
            handle_time_cv: handle_time_cv.unwrap_or(1.0),
            concurrency: concurrency.unwrap_or(1),
            slowdown: slowdown.unwrap_or(1.0),
            min_staff: min_staff.unwrap_or(0),
            priority,
            like,
            passes_on,
            country,
            holidays,
            place: self.sources.place(span),
        })
    }

    fn target(&mut self, target: Placed<TargetTable>, outer: TargetTable) -> Option<Target> {
        let (span, table) = (target.span, target.value);
        let answered = self
            .need(span, "this target", "answered", table.answered)
            .and_then(|share| self.share("answered", &share, true));
        let within_seconds = self
            .need(span, "this target", "within", table.within)
            .and_then(|within| self.seconds("within", &within));
        let mut optional = |key: &str, share: Option<Placed<f64>>, positive: bool| {
            share.and_then(|share| self.share(key, &share, positive))
        };
        let max_abandoned = optional(
            "max_abandoned",
            table.max_abandoned.or(outer.max_abandoned),
            false,
        );
        let max_occupancy = optional(
            "max_occupancy",
            table.max_occupancy.or(outer.max_occupancy),
            true,
        );
        let per = table.per.or(outer.per).and_then(|per| {
            match per.value.trim().to_lowercase().as_str() {
                "interval" => Some(TargetPeriod::Interval),
                "day" => Some(TargetPeriod::Day),
                "week" => Some(TargetPeriod::Week),
                _ => {
                    let message = format!(
                        "`per` is \"interval\", \"day\" or \"week\", not \"{}\"",
                        per.value
                    );
                    self.bad(Code::BadValue, per.span, message, "per");
                    None
                }
            }
        });
        Some(Target {
            answered: answered?,
            within_seconds: within_seconds?,
            max_abandoned,
            max_occupancy,
            per,
        })
    }

    fn like(
        &mut self,
        like: Placed<LikeTable>,
        id: Option<&Placed<String>>,
        borrows: &[bool],
    ) -> Option<Like> {
        let (span, table) = (like.span, like.value);
        let name = self.need(span, "`like`", "queue", table.queue)?;
        let queue = self.known.queues.look_up(&name, self.problems);
        if let Some(at) = queue
            && borrows.get(at) == Some(&true)
        {
            let itself = id.is_some_and(|id| id.value.trim() == name.value.trim());
            let message = if itself {
                format!("\"{}\" cannot be like itself", name.value)
            } else {
                format!("\"{}\" is itself like another queue", name.value)
            };
            self.problems
                .error(Code::BadValue, name.span, message)
                .hint("name a queue that has history of its own");
        }
        let contacts = table.contacts.map_or(Some(1.0), |factor| {
            self.at_least("contacts", &factor, 0.0, true)
        });
        let ramp_weeks = table.ramp.and_then(|ramp| self.whole_weeks("ramp", &ramp));
        Some(Like {
            queue: QueueIndex(queue?),
            contacts: contacts?,
            ramp_weeks,
        })
    }

    fn passes_on(
        &mut self,
        passes_on: Placed<PassesOnTable>,
        id: Option<&Placed<String>>,
    ) -> Option<PassesOn> {
        let (span, table) = (passes_on.span, passes_on.value);
        let name = self.need(span, "`passes_on`", "to", table.to)?;
        let share = self
            .need(span, "`passes_on`", "share", table.share)
            .and_then(|share| self.share("share", &share, true));
        if id.is_some_and(|id| id.value.trim() == name.value.trim()) {
            self.problems
                .error(
                    Code::BadValue,
                    name.span,
                    format!("\"{}\" cannot pass contacts on to itself", name.value),
                )
                .hint("name the queue of the second level");
            return None;
        }
        let to = self.known.queues.look_up(&name, self.problems)?;
        Some(PassesOn {
            to: QueueIndex(to),
            share: share?,
        })
    }

    /// A duration of whole weeks, in weeks.
    pub fn whole_weeks(&mut self, key: &str, text: &Placed<String>) -> Option<u32> {
        let seconds = self.seconds(key, text)?;
        if seconds % 604_800 != 0 {
            self.problems
                .error(
                    Code::BadDuration,
                    text.span,
                    format!("`{key}` must be whole weeks, not \"{}\"", text.value),
                )
                .hint(format!("write it like this: {key} = \"8w\""));
            return None;
        }
        Some((seconds / 604_800) as u32)
    }

    /// An id that must be there and not be empty.
    pub fn id(
        &mut self,
        table: Span,
        owner: &str,
        id: Option<Placed<String>>,
    ) -> Option<Placed<String>> {
        self.id_key(table, owner, "id", id)
    }

    pub fn id_key(
        &mut self,
        table: Span,
        owner: &str,
        key: &str,
        id: Option<Placed<String>>,
    ) -> Option<Placed<String>> {
        let mut id = self.need(table, owner, key, id)?;
        id.value = id.value.trim().to_owned();
        if id.value.is_empty() {
            self.bad(Code::BadValue, id.span, format!("`{key}` is empty"), key);
            return None;
        }
        Some(id)
    }
}
