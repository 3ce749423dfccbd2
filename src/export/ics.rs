//! `calendar/AGENT.ics`: an agent's shifts for their own calendar (RFC 5545).
//!
//! Times are UTC: a local time would need the zone's rules in the file, and calendars show UTC on the reader's own clock anyway.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::calendar::{Instant, format_minutes};
use crate::results::{OnCallRow, Person, PlanResults, Shift};

/// RFC 5545, 3.1: no line is longer than 75 octets.
const LINE_OCTETS: usize = 75;

/// One agent's calendar: an event per shift, breaks in its description. `stamp` is written as the instant at which the calendar was made.
///
/// An event's UID is the agent's id and the local date of the shift (and `-2` for a second one that day), so that a plan made anew replaces the
/// events of the old one.
pub fn agent_calendar(plan: &PlanResults, person: &Person, stamp: Instant) -> String {
    let name = format!("{} - {}", person.name, plan.name);
    calendar(&name, |text| events(plan, person, stamp, None, text))
}

/// The same events of everybody in one calendar, each with its person's name.
pub fn team_calendar(plan: &PlanResults, stamp: Instant) -> String {
    calendar(&plan.name, |text| {
        for person in &plan.people {
            events(plan, person, stamp, Some(&person.name), text);
        }
    })
}

fn calendar(name: &str, events: impl FnOnce(&mut String)) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| fold(&format!("{name}:{value}"), &mut text);
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//followsun//roster//EN");
    line("CALSCALE", "GREGORIAN");
    line("METHOD", "PUBLISH");
    line("X-WR-CALNAME", &escape(name));
    events(&mut text);
    fold("END:VCALENDAR", &mut text);
    text
}

/// A person's shifts and duties; `named`: with this name in their summaries.
fn events(
    plan: &PlanResults,
    person: &Person,
    stamp: Instant,
    named: Option<&str>,
    text: &mut String,
) {
    let mut line = |name: &str, value: &str| fold(&format!("{name}:{value}"), text);
    let titled = |what: String| match named {
        None => what,
        Some(name) => format!("{name}: {}{}", what[..1].to_lowercase(), &what[1..]),
    };
    let revision = revision(plan);
    let line_of_revision = |line: &mut dyn FnMut(&str, &str)| {
        if let Some(revision) = &revision {
            line("SEQUENCE", revision);
        }
    };
    let mut last: Option<(NaiveDate, u32)> = None;
    for shift in &person.shifts {
        let date = shift.date(&person.zone);
        let nth = match last {
            Some((day, nth)) if day == date => nth + 1,
            _ => 1,
        };
        last = Some((date, nth));
        let again = if nth > 1 {
            format!("-{nth}")
        } else {
            String::new()
        };
        line("BEGIN", "VEVENT");
        line(
            "UID",
            &format!("{}-{date}{again}@followsun", identity(&person.id)),
        );
        line("DTSTAMP", &utc(stamp));
        line_of_revision(&mut line);
        line("DTSTART", &utc(shift.start()));
        line("DTEND", &utc(shift.end()));
        line("SUMMARY", &escape(&titled(summary(person))));
        line("LOCATION", &escape(&person.site));
        line("DESCRIPTION", &escape(&description(person, shift)));
        line("TRANSP", "OPAQUE");
        line("END", "VEVENT");
    }
    for change in taken_back(plan, person) {
        line("BEGIN", "VEVENT");
        line(
            "UID",
            &format!("{}-{}@followsun", identity(&person.id), change.0),
        );
        line("DTSTAMP", &utc(stamp));
        line_of_revision(&mut line);
        line("DTSTART", &utc(change.1.0));
        line("DTEND", &utc(change.1.1));
        line("SUMMARY", &escape(&titled(summary(person))));
        line("STATUS", "CANCELLED");
        line("END", "VEVENT");
    }
    let own = |row: &&OnCallRow| row.agent.as_ref() == Some(&person.id);
    for row in plan.on_call.iter().filter(own) {
        line("BEGIN", "VEVENT");
        line(
            "UID",
            &format!(
                "{}-on-call-{}@followsun",
                identity(&person.id),
                utc(row.start)
            ),
        );
        line("DTSTAMP", &utc(stamp));
        line("DTSTART", &utc(row.start));
        line("DTEND", &utc(row.end));
        line("SUMMARY", &escape(&titled("On call".to_owned())));
        line("LOCATION", &escape(&person.site));
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
}

/// RFC 5545, 3.8.7.4: without a higher number calendars keep the event that they know. A later roster of the same weeks has a higher one.
fn revision(plan: &PlanResults) -> Option<String> {
    let replanned = plan.replanned.as_ref()?;
    Some((replanned.now.timestamp() / 60).max(1).to_string())
}

/// Dates on which somebody had been told a shift and has none now, with its span.
fn taken_back(
    plan: &PlanResults,
    person: &Person,
) -> impl Iterator<Item = (NaiveDate, (Instant, Instant))> {
    let changes = plan.replanned.iter().flat_map(|anew| &anew.changes);
    let own = changes.filter(|change| change.agent == person.id && change.is_taken_back());
    own.filter_map(|change| Some((change.date, change.was?)))
}

/// The names of the people's calendar files: each one's id with everything but letters, digits, `.`, `-` and `_` replaced, cut where file systems would
/// refuse it, and `.ics`. Where two ids would meet in one file (also on disks that take `A` for `a`), the later person's gets a number.
pub fn calendar_file_names(people: &[Person]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut free = |stem: &String| taken.insert(stem.to_lowercase());
    people
        .iter()
        .map(|person| {
            let plain = cut(&safe(&person.id)).to_owned();
            let mut stems =
                std::iter::once(plain.clone()).chain((2..).map(|nth| format!("{plain}-{nth}")));
            let stem = stems.find(&mut free).expect("some number is free");
            format!("{stem}.ics")
        })
        .collect()
}

/// Most octets of a calendar's name before `.ics`; 255 with all that is put around a name is what file systems take.
const NAME_OCTETS: usize = 200;

fn cut(name: &str) -> &str {
    &name[..name.floor_char_boundary(NAME_OCTETS)]
}

fn summary(person: &Person) -> String {
    if person.role.is_empty() || person.role == "agent" {
        "Shift".to_owned()
    } else {
        format!("Shift ({})", person.role)
    }
}

fn description(person: &Person, shift: &Shift) -> String {
    let clock = |at: Instant| person.zone.to_local(at).format("%H:%M").to_string();
    let mut text = format!(
        "{}-{} {}, {} paid",
        clock(shift.start()),
        clock(shift.end()),
        person.zone.name(),
        format_minutes(shift.paid_minutes()),
    );
    for piece in shift.segments.iter().filter(|s| s.activity != "work") {
        let unpaid = if piece.paid { "" } else { " (unpaid)" };
        text.push_str(&format!(
            "\n{}-{} {}{unpaid}",
            clock(piece.start),
            clock(piece.end),
            piece.activity,
        ));
    }
    text
}

fn utc(at: Instant) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// RFC 5545, 3.3.11; other control characters are not allowed in text and are left out.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            ';' => escaped.push_str("\\;"),
            ',' => escaped.push_str("\\,"),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

fn safe(id: &str) -> String {
    id.chars()
        .map(|c| {
            if c.is_alphanumeric() || ".-_".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect()
}

/// An id as part of a UID: two ids never become one, as they may under [`safe`].
fn identity(id: &str) -> String {
    id.chars()
        .map(|c| match c {
            c if c.is_alphanumeric() || ".-_".contains(c) => c.to_string(),
            c => format!("+{:x}+", u32::from(c)),
        })
        .collect()
}

/// Writes a content line, folded between characters, ended by CRLF.
fn fold(line: &str, text: &mut String) {
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > LINE_OCTETS {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(c);
        octets += c.len_utf8();
    }
    text.push_str("\r\n");
}
