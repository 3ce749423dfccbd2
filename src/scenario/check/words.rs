//! Single values that are words: zones, hours, windows, channels, patterns of queues.

use super::Check;
use super::names::Found;
use crate::calendar::{DailyWindow, OpeningHours, Zone};
use crate::scenario::diagnostic::{Code, nearest};
use crate::scenario::domain::Channel;
use crate::scenario::file::OneOrMany;
use crate::scenario::source::Placed;

impl Check<'_> {
    pub fn zone(&mut self, key: &str, text: &Placed<String>) -> Option<Zone> {
        match Zone::named(text.value.trim()) {
            Ok(zone) => Some(zone),
            Err(error) => {
                let hint = error.nearest.map_or_else(
                    || "write a name of the tz database: \"Europe/Vilnius\"".to_owned(),
                    |near| format!("did you mean \"{near}\"?"),
                );
                self.problems
                    .error(
                        Code::UnknownZone,
                        text.span,
                        format!("`{key}`: there is no time zone \"{}\"", text.value),
                    )
                    .hint(hint);
                None
            }
        }
    }

    pub fn hours(&mut self, key: &str, text: &Placed<String>) -> Option<OpeningHours> {
        match OpeningHours::parse(&text.value) {
            Ok(hours) => Some(hours),
            Err(error) => {
                self.problems
                    .error(
                        Code::BadTime,
                        text.span,
                        format!("`{key}`: {error}"),
                    )
                    .hint("write \"24/7\", or days and times: \"Mon-Fri 08:00-20:00, Sat 10:00-16:00\"");
                None
            }
        }
    }

    pub fn daily_window(&mut self, text: &Placed<String>) -> Option<DailyWindow> {
        match DailyWindow::parse(&text.value) {
            Ok(window) => Some(window),
            Err(error) => {
                self.problems
                    .error(Code::BadTime, text.span, format!("`window`: {error}"))
                    .hint("write earliest start and latest end: 06:00-22:00, or past midnight 14:00-08:00")
                    .alike("window");
                None
            }
        }
    }

    pub fn channel(&mut self, text: &Placed<String>) -> Option<Channel> {
        let name = text.value.trim().to_lowercase();
        let channel = Channel::named(&name);
        if channel.is_none() {
            let alias = match name.as_str() {
                "mail" | "e-mail" | "emails" | "mails" => Some("email"),
                "call" | "calls" | "voice" | "telephone" | "tel" | "inbound" => Some("phone"),
                "ticket" | "tickets" | "backoffice" | "back-office" | "cases" => Some("case"),
                "livechat" | "live-chat" | "whatsapp" | "chats" | "messaging" => Some("chat"),
                "facebook" | "twitter" | "instagram" => Some("social"),
                _ => nearest(&name, Channel::ALL.iter().map(|channel| channel.name())),
            };
            let hint = alias.map_or_else(
                || "known: phone, chat, email, social, case".to_owned(),
                |near| format!("did you mean \"{near}\"?"),
            );
            self.problems
                .error(
                    Code::UnknownName,
                    text.span,
                    format!("there is no channel \"{}\"", text.value),
                )
                .hint(hint)
                .alike(format!("channel {name}"));
        }
        channel
    }

    /// The positions of the queues that names and patterns (`*`, `en-*`) mean, ascending, each once.
    pub fn queue_patterns(&mut self, owner: &str, names: &Placed<OneOrMany>) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for name in names.names() {
            let pattern = name.value.trim();
            if !pattern.contains('*') {
                match self.known.queues.find(pattern) {
                    Found::At(at) => found.push(at),
                    Found::Gone => {}
                    Found::Unknown => {
                        self.known.queues.report_unknown(&name, self.problems);
                    }
                }
                continue;
            }
            let before = found.len();
            let ids = self.known.queues.list().iter().enumerate();
            found.extend(ids.filter(|(_, id)| matches(pattern, id)).map(|(at, _)| at));
            let gone = || {
                self.known
                    .queues
                    .gone()
                    .iter()
                    .any(|id| matches(pattern, id))
            };
            if found.len() == before && !gone() {
                let near: Vec<&str> = self
                    .known
                    .queues
                    .list()
                    .iter()
                    .map(String::as_str)
                    .take(4)
                    .collect();
                self.problems
                    .error(
                        Code::MatchesNothing,
                        name.span,
                        format!("{owner}: no queue's id is like \"{pattern}\""),
                    )
                    .hint(format!(
                        "a * stands for any letters; ids are such as {}",
                        near.join(", ")
                    ));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Whether `text` is the pattern with some text for each `*`.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, rest)) => {
            let Some(tail) = text.strip_prefix(head) else {
                return false;
            };
            let ends = tail.char_indices().map(|(at, _)| at).chain([tail.len()]);
            ends.into_iter().any(|at| matches(rest, &tail[at..]))
        }
    }
}
