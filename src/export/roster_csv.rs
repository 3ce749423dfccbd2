//! `roster.csv`: who does what when, one row per piece of a shift.

use super::text::{csv_text, free_text, utc};
use crate::calendar::Instant;
use crate::results::{Person, PlanResults};

/// `agent,name,site,shift,activity,start_utc,end_utc,start_local,end_local,time_zone,paid`, by agent and then by time. An absence is a row of its own
/// with an empty `shift` and its reason as `activity`.
pub fn roster_csv(plan: &PlanResults) -> String {
    csv_text(
        [
            "agent",
            "name",
            "site",
            "shift",
            "activity",
            "start_utc",
            "end_utc",
            "start_local",
            "end_local",
            "time_zone",
            "paid",
        ],
        plan.people.iter().flat_map(rows),
    )
}

fn rows(person: &Person) -> Vec<[String; 11]> {
    let row = |shift: String, activity: &str, start: Instant, end: Instant, paid: bool| {
        [
            person.id.clone(),
            free_text(&person.name),
            person.site.clone(),
            shift,
            free_text(activity),
            utc(start),
            utc(end),
            person.zone.format(start),
            person.zone.format(end),
            person.zone.name().to_owned(),
            paid.to_string(),
        ]
    };
    let mut rows: Vec<(Instant, [String; 11])> = Vec::new();
    for shift in &person.shifts {
        for s in &shift.segments {
            let number = shift.number.to_string();
            rows.push((s.start, row(number, &s.activity, s.start, s.end, s.paid)));
        }
    }
    for a in &person.absences {
        rows.push((
            a.start,
            row(String::new(), &a.reason, a.start, a.end, a.paid),
        ));
    }
    rows.sort_by_key(|(start, _)| *start);
    rows.into_iter().map(|(_, row)| row).collect()
}
