//! `week`: a grid to look at and to print from any spreadsheet, a row a person and a column a date.

use chrono::{NaiveDate, TimeDelta};

use super::text::{csv_table, free_text};
use crate::calendar::Instant;
use crate::results::{Person, PlanResults};

/// `agent,name,site,contract` and a column for each of these dates: `09:00-17:30` on the person's clock, the reason where they are absent, nothing where
/// they are off.
pub fn week_csv(plan: &PlanResults, dates: &[NaiveDate]) -> String {
    let mut header: Vec<String> = ["agent", "name", "site", "contract"]
        .map(str::to_owned)
        .to_vec();
    header.extend(dates.iter().map(NaiveDate::to_string));
    let rows = plan.people.iter().map(|person| {
        let mut row = vec![
            person.id.clone(),
            free_text(&person.name),
            person.site.clone(),
            person.contract.clone(),
        ];
        row.extend(dates.iter().map(|date| cell(person, *date)));
        row
    });
    csv_table(&header, rows)
}

fn cell(person: &Person, date: NaiveDate) -> String {
    let clock = |at: Instant| person.zone.to_local(at).format("%H:%M").to_string();
    let shifts = person
        .shifts
        .iter()
        .filter(|shift| shift.date(&person.zone) == date);
    let shifts: Vec<String> = shifts
        .map(|shift| format!("{}-{}", clock(shift.start()), clock(shift.end())))
        .collect();
    if !shifts.is_empty() {
        return shifts.join(" ");
    }
    let day = person.zone.start_of_day(date)..person.zone.start_of_day(date + TimeDelta::days(1));
    let mut absences = person.absences.iter();
    let absence = absences.find(|absence| absence.start < day.end && day.start < absence.end);
    absence.map_or_else(String::new, |absence| free_text(&absence.reason))
}
