//! What could not be met, and why.

use crate::calendar::Zone;
use crate::planning::activities::{missed_weeks, was_too_dear};
use crate::results::{PlanResults, QueueResult, Unmet};
use crate::roster::problem::{Problem, Tour};
use crate::scenario::Scenario;

/// `of_covers` says for each rule of cover why it falls short; without it a sentence for all must do.
pub fn unmet(
    scenario: &Scenario,
    (problem, tours): (&Problem, &[Tour]),
    results: &PlanResults,
    of_covers: &[String],
) -> Vec<Unmet> {
    let (queues, people, covers) = (&results.queues, &results.people, &results.covers);
    let mut unmet = Vec::new();
    let missed = |queue: &&QueueResult| {
        let over_the_plan = !queue.target.every_day && queue.summary.high < queue.target.answered;
        over_the_plan && was_played(queue)
    };
    for queue in queues.iter().filter(missed) {
        let short = (0..queue.required.len())
            .filter(|&i| {
                queue.forecast[i].contacts > 0.0 && queue.required[i].is_short(queue.rostered[i])
            })
            .count();
        unmet.push(Unmet {
            what: format!("{} of {}", queue.target.text, queue.id),
            who: Some(queue.id.clone()),
            when: None,
            why: format!(
                "{}; in {short} of {} intervals fewer people can be there than the formula asks for",
                answered(queue.summary.simulated, queue.summary.low, queue.summary.high),
                queue.required.len()
            ),
        });
    }
    for queue in queues {
        unmet.extend(queue.days_short().map(|day| Unmet {
            what: format!("{} of {}", queue.target.text, queue.id),
            who: Some(queue.id.clone()),
            when: Some(day.date.format("%a %-d %B").to_string()),
            why: answered(day.simulated, day.low, day.high),
        }));
    }
    let grid = scenario.grid();
    let why_of = |index: usize| {
        of_covers.get(index).cloned().unwrap_or_else(|| {
            "nobody of that role could be there within their rules, or only at a price above what the rule is worth".to_owned()
        })
    };
    let short = covers.iter().enumerate();
    for (index, cover) in short.filter(|(_, cover)| !cover.short.is_empty()) {
        let zone = cover
            .site
            .as_ref()
            .and_then(|id| scenario.sites.iter().find(|site| site.id == *id))
            .map_or(&scenario.zone, |site| &site.zone);
        unmet.push(Unmet {
            what: cover.wanted.clone(),
            who: cover.site.clone(),
            when: Some(when_words(&cover.short, &grid, zone)),
            why: why_of(index),
        });
    }
    unmet.extend(on_call(scenario, results));
    unmet.extend(activities(scenario, problem, tours));
    for person in people {
        for wish in person.wishes.iter().filter(|wish| !wish.granted) {
            unmet.push(Unmet {
                what: format!("{} wished: {}", person.name, wish.wants),
                who: Some(person.id.clone()),
                when: Some(wish.date.format("%a %-d %B").to_string()),
                why: wish.why.clone().unwrap_or_default(),
            });
        }
    }
    unmet
}

fn answered(share: f64, low: f64, high: f64) -> String {
    format!(
        "{:.1} % are answered in time ({:.1} to {:.1})",
        share * 100.0,
        low * 100.0,
        high * 100.0
    )
}

/// The first stretches of some intervals in words, with the zone.
fn when_words(intervals: &[usize], grid: &crate::calendar::Grid, zone: &Zone) -> String {
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for &interval in intervals {
        match stretches.last_mut() {
            Some(last) if last.1 == interval => last.1 = interval + 1,
            _ => stretches.push((interval, interval + 1)),
        }
    }
    let words: Vec<String> = stretches
        .iter()
        .take(4)
        .map(|(from, until)| {
            format!(
                "{} to {}",
                zone.to_local(grid.at(*from)).format("%a %H:%M"),
                zone.to_local(grid.at(*until)).format("%H:%M")
            )
        })
        .collect();
    let more = if stretches.len() > 4 {
        format!(" and {} more", stretches.len() - 4)
    } else {
        String::new()
    };
    format!("{}{more} ({zone})", words.join(", "))
}

/// Duties on call that nobody can take, those of one rule together.
fn on_call(scenario: &Scenario, results: &PlanResults) -> Vec<Unmet> {
    let mut unmet: Vec<Unmet> = Vec::new();
    for row in results.on_call.iter().filter(|row| row.agent.is_none()) {
        let local = scenario.zone.to_local(row.start);
        let when = format!("{} ({})", local.format("%a %-d %B %H:%M"), scenario.zone);
        match unmet.iter_mut().find(|known| known.what == row.duty) {
            Some(known) => known.when = known.when.take().map(|others| format!("{others}, {when}")),
            None => unmet.push(Unmet {
                what: row.duty.clone(),
                who: None,
                when: Some(when),
                why: "everybody who may stand by is at work then or too soon after, absent, or has had their duties of the week; more people who may, or shifts that leave the time free, would help".to_owned(),
            }),
        }
    }
    unmet
}

/// Training and meetings that were not placed, people of one activity and one reason together.
fn activities(scenario: &Scenario, problem: &Problem, tours: &[Tour]) -> Vec<Unmet> {
    let mut unmet = Vec::new();
    for (number, activity) in scenario.activities.iter().enumerate() {
        let (mut dear, mut no_room) = (Vec::new(), Vec::new());
        for (person, agent) in scenario.agents.iter().enumerate() {
            let missed = missed_weeks(problem, tours, number, person);
            let too_dear = |week: &usize| was_too_dear(problem, tours, number, person, *week);
            if missed.is_empty() {
                continue;
            }
            match missed.iter().all(too_dear) {
                true => dear.push(agent.name.as_str()),
                false => no_room.push(agent.name.as_str()),
            }
        }
        let nowhere = match activity.together {
            true => NOT_AT_ONE_TIME,
            false => NO_ROOM,
        };
        for (missing, why) in [(no_room, nowhere), (dear, TOO_DEAR)] {
            if !missing.is_empty() {
                unmet.push(Unmet {
                    what: format!("{} for {}", activity.name, some_of(&missing)),
                    who: None,
                    when: None,
                    why: why.to_owned(),
                });
            }
        }
    }
    unmet
}

const NOT_AT_ONE_TIME: &str = "they are not all on shift, in its window and between breaks, at one time; another window or a shorter meeting may help";
const NO_ROOM: &str = "none of their shifts has room for it in its window; a wider window or a shorter piece may help";
const TOO_DEAR: &str = "their shifts have room for it, but wherever it lay it would lose more service than `activities` under [objective] is worth; a higher weight places it";

/// The first few names.
fn some_of(names: &[&str]) -> String {
    let told = names[..names.len().min(5)].join(", ");
    match names.len().saturating_sub(5) {
        0 => told,
        more => format!("{told} and {more} more"),
    }
}

/// Whether there is a simulation to speak of: a roster for a bare requirement has none.
fn was_played(queue: &QueueResult) -> bool {
    queue.service.iter().any(|point| point.offered > 0.0)
}
