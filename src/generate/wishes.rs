//! `absences.csv` and `requests.csv`: who is away, and who wishes what.

use std::fmt::Write;

use chrono::{NaiveDate, TimeDelta};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::RecipeError;
use super::people::Person;
use super::recipe::Recipe;
use super::stream::{choose, pick, stream};
use crate::calendar::{DailyWindow, OpeningHours};

/// Somebody away for whole local days, `until` not included.
#[derive(Debug, Clone)]
pub struct Absence {
    pub agent: String,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub reason: &'static str,
    pub paid: bool,
}

/// A wish for one date.
#[derive(Debug, Clone)]
pub struct Request {
    pub agent: String,
    pub date: NaiveDate,
    pub wants: String,
    pub weight: usize,
}

/// At most one absence a person, in the order of the people.
pub fn absences(recipe: &Recipe, people: &[Person<'_>]) -> Vec<Absence> {
    let mut rng = stream(recipe.seed, "absences");
    let whole_week = choose(&mut rng, people.len(), recipe.leave.whole_week);
    let one_day = choose(&mut rng, people.len(), recipe.leave.one_day);
    let mut absences = Vec::new();
    for ((person, whole_week), one_day) in people.iter().zip(whole_week).zip(one_day) {
        // Drawn for everybody, so that one person's leave does not move the others' draws.
        let day = pick(&mut rng, 5) as i64;
        let (reason, paid) = [
            ("annual-leave", true),
            ("annual-leave", true),
            ("training", true),
            ("unpaid-leave", false),
        ][pick(&mut rng, 4)];
        let (day, days, reason, paid) = match (whole_week, one_day) {
            (true, _) => (0, 7, "annual-leave", true),
            (false, true) => (day, 1, reason, paid),
            (false, false) => continue,
        };
        let from = recipe.start + TimeDelta::days(day);
        absences.push(Absence {
            agent: person.id.clone(),
            from,
            until: from + TimeDelta::days(days),
            reason,
            paid,
        });
    }
    absences
}

/// At most one wish a person, on a day on which the site is open and the person is there.
///
/// # Errors
/// Where a site's hours or a person's window cannot be read.
pub fn requests(
    recipe: &Recipe,
    people: &[Person<'_>],
    absences: &[Absence],
) -> Result<Vec<Request>, RecipeError> {
    let mut rng = stream(recipe.seed, "requests");
    let wishing = choose(&mut rng, people.len(), recipe.leave.wishes);
    let mut requests = Vec::new();
    for (person, wishes) in people.iter().zip(wishing) {
        let date = recipe.start + TimeDelta::days(pick(&mut rng, 7) as i64);
        let wants = wish(&mut rng, person)?;
        let weight = 1 + pick(&mut rng, 3);
        let away = absences.iter().any(|absence| {
            absence.agent == person.id && absence.from <= date && date < absence.until
        });
        let open = match person.site.hours {
            Some(hours) => {
                OpeningHours::parse(hours)?.contains(date.and_hms_opt(12, 0, 0).unwrap_or_default())
            }
            None => true,
        };
        if wishes && !away && open {
            requests.push(Request {
                agent: person.id.clone(),
                date,
                wants,
                weight,
            });
        }
    }
    Ok(requests)
}

/// Mostly a day off; sometimes an early or late shift, to work that day, or a start time that the window allows.
fn wish(rng: &mut Xoshiro256PlusPlus, person: &Person<'_>) -> Result<String, RecipeError> {
    let later = pick(rng, 3) as u32;
    let start = match person.group.window {
        "" => 8 * 60,
        window => DailyWindow::parse(window)?.earliest_start,
    };
    let hour = (start.div_ceil(60) + later) % 24;
    let wants = match pick(rng, 10) {
        0..=4 => "off".to_owned(),
        5 | 6 => "early".to_owned(),
        7 => "late".to_owned(),
        8 => "on".to_owned(),
        _ => format!("{hour:02}:00"),
    };
    Ok(wants)
}

/// The file: `agent,start,end,reason,paid`.
pub fn absences_csv(absences: &[Absence]) -> String {
    let mut csv = String::from("agent,start,end,reason,paid\n");
    for Absence {
        agent,
        from,
        until,
        reason,
        paid,
    } in absences
    {
        // Writing to a String cannot fail.
        let _ = writeln!(csv, "{agent},{from}T00:00,{until}T00:00,{reason},{paid}");
    }
    csv
}

/// The file: `agent,date,wants,weight`.
pub fn requests_csv(requests: &[Request]) -> String {
    let mut csv = String::from("agent,date,wants,weight\n");
    for Request {
        agent,
        date,
        wants,
        weight,
    } in requests
    {
        let _ = writeln!(csv, "{agent},{date},{wants},{weight}");
    }
    csv
}
