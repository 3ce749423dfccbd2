//! The keys at the top, `[history]`, `[shrinkage]` and `[objective]`.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use super::Check;
use super::names::Found;
use super::values::PlanDates;
use crate::calendar::{Grid, Zone, format_minutes};
use crate::scenario::diagnostic::{Code, nearest};
use crate::scenario::domain::{
    Goal, HistorySource, Objective, Queue, QueueIndex, Shrinkage, SiteIndex,
};
use crate::scenario::file::{HistoryTable, Named, ObjectiveTable, ScenarioFile, ShrinkageTable};
use crate::scenario::source::{Placed, Span};

pub struct Top {
    pub name: String,
    pub start: Option<NaiveDate>,
    pub weeks: Option<u32>,
    pub interval_minutes: Option<u32>,
    pub zone: Option<Zone>,
    pub currency: String,
    pub seed: Option<u64>,
}

impl Top {
    pub fn calendar(&self) -> Option<PlanDates> {
        let (first, weeks) = (self.start?, self.weeks?);
        Some(PlanDates {
            first,
            last: first + TimeDelta::days(7 * i64::from(weeks) - 1),
            grid: Grid::of_weeks(self.zone.as_ref()?, first, weeks, self.interval_minutes?),
        })
    }
}

impl Check<'_> {
    pub fn top(&mut self, file: &ScenarioFile, root: Span) -> Top {
        let owner = "the scenario";
        let text = |value: &Option<Placed<String>>| {
            value
                .as_ref()
                .map(|text| text.value.trim().to_owned())
                .unwrap_or_default()
        };
        let name = match text(&file.name) {
            name if name.is_empty() => "Scenario".to_owned(),
            name => name,
        };
        let weeks = match &file.weeks {
            Some(weeks) => self.whole("weeks", weeks, 1..=53),
            None => Some(1),
        };
        let start = self
            .need(root, owner, "start", file.start.clone())
            .and_then(|start| {
                let date = self.date("start", &start)?;
                self.note_no_monday(start.span, date, weeks.unwrap_or(1));
                Some(date)
            });
        let interval_minutes = self
            .need(root, owner, "interval", file.interval.clone())
            .and_then(|interval| self.interval(&interval));
        let zone = self
            .need(root, owner, "time_zone", file.time_zone.clone())
            .and_then(|zone| self.zone("time_zone", &zone));
        let seed = file.seed.as_ref().and_then(|seed| {
            if seed.value < 0 {
                let message = format!("`seed` must be at least 0, not {}", seed.value);
                self.bad(Code::BadValue, seed.span, message, "seed");
            }
            u64::try_from(seed.value).ok()
        });
        Top {
            name,
            start,
            weeks,
            interval_minutes,
            zone,
            currency: text(&file.currency),
            seed,
        }
    }

    fn interval(&mut self, text: &Placed<String>) -> Option<u32> {
        let minutes = self.minutes("interval", text)?;
        if (5..=60).contains(&minutes) && 1440 % minutes == 0 {
            return Some(minutes);
        }
        let fits = |minutes: &u32| 1440 % minutes == 0;
        let below = (5..minutes.clamp(6, 60)).rev().find(fits).unwrap_or(5);
        let above = (minutes.clamp(5, 59) + 1..=60).find(fits).unwrap_or(60);
        let why = if (5..=60).contains(&minutes) {
            "does not divide a day"
        } else {
            "is not between 5 and 60 minutes"
        };
        self.problems
            .error(
                Code::BadValue,
                text.span,
                format!("an interval of {} {why}", format_minutes(minutes.into())),
            )
            .hint(format!(
                "take \"{below}m\" or \"{above}m\" (most people take \"15m\" or \"30m\")"
            ));
        None
    }

    fn note_no_monday(&mut self, span: Span, date: NaiveDate, weeks: u32) {
        if date.weekday() == Weekday::Mon {
            return;
        }
        let monday = date - TimeDelta::days(date.weekday().num_days_from_monday().into());
        let last = date + TimeDelta::days(7 * i64::from(weeks) - 1);
        self.problems
            .warning(
                Code::StartNoMonday,
                span,
                format!(
                    "{date} is a {}, so a week of this plan runs from {} to {}, and the plan covers {date} to {last}",
                    date.format("%A"),
                    date.format("%A"),
                    (date - TimeDelta::days(1)).format("%A"),
                ),
            )
            .hint(format!("for weeks from Monday write start = {monday} or {}", monday + TimeDelta::days(7)));
    }

    pub fn shrinkage(&mut self, table: Option<Placed<ShrinkageTable>>) -> Shrinkage {
        let table = table.map(|table| table.value).unwrap_or_default();
        let default = table
            .default
            .and_then(|share| self.basis_points("default", &share));
        let mut shrinkage = Shrinkage {
            default: default.unwrap_or(0),
            ..Shrinkage::default()
        };
        for (site, share) in entries(table.site) {
            let share = self.basis_points(&site.value, &share);
            if self.known.sites.find(&site.value) == Found::Gone {
                continue;
            }
            let site = self.known.sites.look_up(&site, self.problems);
            shrinkage.by_site.extend(site.map(SiteIndex).zip(share));
        }
        for (channel, share) in entries(table.channel) {
            let share = self.basis_points(&channel.value, &share);
            let channel = self.channel(&channel);
            shrinkage.by_channel.extend(channel.zip(share));
        }
        shrinkage.by_site.sort_unstable();
        shrinkage.by_channel.sort_unstable();
        shrinkage
    }

    fn basis_points(&mut self, key: &str, number: &Placed<f64>) -> Option<u32> {
        let share = self.share(key, number, false)?;
        if share >= 1.0 {
            self.problems
                .error(
                    Code::BadValue,
                    number.span,
                    "a shrinkage of 1 would leave nobody at work",
                )
                .hint("write 8 % as 0.08");
            return None;
        }
        Some((share * 10_000.0).round() as u32)
    }

    pub fn objective(&mut self, table: Option<Placed<ObjectiveTable>>) -> Objective {
        let table = table.map(|table| table.value).unwrap_or_default();
        let mut weight = |key: &str, number: Option<Placed<f64>>| {
            number.and_then(|number| self.weight(key, &number))
        };
        let mut objective = Objective {
            service: weight("service", table.service),
            cover: weight("cover", table.cover),
            requests: weight("requests", table.requests),
            cost: weight("cost", table.cost),
            overtime: weight("overtime", table.overtime),
            fairness: weight("fairness", table.fairness),
            changes: weight("changes", table.changes),
            activities: weight("activities", table.activities),
            order: Vec::new(),
        };
        for name in table.order.unwrap_or_default() {
            match Goal::named(name.value.trim()) {
                Some(goal) if objective.order.contains(&goal) => {
                    let message = format!("`order` has \"{}\" twice", name.value);
                    self.bad(Code::DuplicateId, name.span, message, "order");
                }
                Some(goal) => objective.order.push(goal),
                None => {
                    let known = || Goal::ALL.iter().map(|goal| goal.name());
                    let hint = match nearest(&name.value, known()) {
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => format!("known: {}", known().collect::<Vec<_>>().join(", ")),
                    };
                    let message = format!("`order`: there is no goal \"{}\"", name.value);
                    self.problems
                        .error(Code::UnknownName, name.span, message)
                        .hint(hint);
                }
            }
        }
        objective
    }

    /// A weight under `[objective]`, where some keys mean other things than elsewhere.
    fn weight(&mut self, key: &str, number: &Placed<f64>) -> Option<f64> {
        let value = number.value;
        if (0.0..1e12).contains(&value) {
            return Some(value);
        }
        let message = format!("`{key}` must be at least 0, not {value}");
        let shown = format!("objective.{key}");
        self.bad(Code::BadValue, number.span, message, &shown);
        None
    }

    pub fn history(&mut self, table: Option<Placed<HistoryTable>>) -> Option<HistorySource> {
        let table = table?;
        let span = table.span;
        let table = table.value;
        let names = self.need(span, "[history]", "files", table.files);
        let mut files = Vec::new();
        for name in names.map(|names| names.names()).unwrap_or_default() {
            let path = self.path(&name);
            if !self.files.exists(&path) {
                let error = std::io::Error::from(std::io::ErrorKind::NotFound);
                self.report_missing_file("files", &path, name.span, &error);
            }
            files.push(path);
        }
        let format = table.format.map_or_else(
            || "intervals".to_owned(),
            |format| format.value.trim().to_owned(),
        );
        let mut queue_map = Vec::new();
        for (name, queue) in entries(table.queue_map) {
            if self.known.queues.find(queue.value.trim()) == Found::Gone {
                continue;
            }
            let queue = self.known.queues.look_up(&queue, self.problems);
            queue_map.extend(queue.map(|queue| (name.value, QueueIndex(queue))));
        }
        queue_map.sort();
        Some(HistorySource {
            files,
            format,
            queue_map,
            removed: self.known.queues.gone().to_vec(),
        })
    }

    /// Without history a queue's contacts must come from another queue's, and there is none either.
    pub fn history_needed(&mut self, root: Span, has_history: bool, queues: &[Option<Queue>]) {
        if has_history || queues.is_empty() || self.problems.is_spoilt(root, "history") {
            return;
        }
        self.problems
            .warning(
                Code::NoHistory,
                Span::ROOT,
                "there is no [history], so nothing says how many contacts will come",
            )
            .hint("add: [history] with files = [\"history.csv\"] (queue,start,contacts,handle_time_s)");
    }
}

/// The entries of a table that may not be there.
fn entries<T>(table: Option<Placed<Named<T>>>) -> Vec<(Placed<String>, Placed<T>)> {
    table.map(|table| table.value.0).unwrap_or_default()
}
