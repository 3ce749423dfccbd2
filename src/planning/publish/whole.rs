//! What concerns everybody: sites, rounds, and rules of cover.

use crate::planning::axis::Axis;
use crate::planning::demand::Demand;
use crate::planning::rounds::Planned;
use crate::results::{CoverResult, Round, Site, SiteHoliday};
use crate::roster::Solution;
use crate::roster::problem::Problem;
use crate::scenario::domain::{self as scenario, CoverNeed, Scenario};

pub fn site_result(
    scenario: &Scenario,
    problem: &Problem,
    solution: &Solution,
    index: usize,
    site: &scenario::Site,
) -> Site {
    let mut changes: Vec<(i32, i32)> = Vec::new();
    for (person, tour) in solution.tours.iter().enumerate() {
        if scenario.agents[person].site.0 == index {
            let before = problem.people[person].carried.iter();
            let spans = (tour.shifts.iter().map(|shift| shift.span))
                .chain(before.map(|carried| carried.span));
            changes.extend(spans.flat_map(|span| [(span.start, 1), (span.end, -1)]));
        }
    }
    changes.sort();
    let used = changes
        .iter()
        .scan(0, |present, (_, change)| {
            *present += change;
            Some(*present)
        })
        .max()
        .unwrap_or(0);
    let around = (scenario.start - chrono::TimeDelta::days(1))
        ..=(scenario.last_date() + chrono::TimeDelta::days(1));
    let touching = site
        .holidays
        .iter()
        .filter(|holiday| around.contains(&holiday.date));
    Site {
        id: site.id.clone(),
        zone: site.zone.clone(),
        seats: site.seats,
        seats_used: used.max(0) as u32,
        holidays: touching
            .map(|holiday| SiteHoliday {
                date: holiday.date,
                name: holiday.name.clone(),
            })
            .collect(),
    }
}

pub fn rounds(demand: &Demand, planned: &Planned) -> Vec<Round> {
    let contacts: Vec<f64> = demand
        .queues
        .iter()
        .map(|queue| queue.contacts.iter().sum())
        .collect();
    let total: f64 = contacts.iter().sum();
    let mean = |levels: &[f64]| {
        levels
            .iter()
            .zip(&contacts)
            .map(|(level, contacts)| level * contacts)
            .sum::<f64>()
            / total.max(1e-9)
    };
    let last = planned.rounds.len();
    planned
        .rounds
        .iter()
        .zip(1..)
        .map(|(round, number)| Round {
            number,
            cost: round.wages_and_wishes,
            promised: mean(&round.promised),
            simulated: mean(&round.simulated),
            correction: if (number as usize) < last {
                "curves set to what the simulation showed, per queue and part of the day".to_owned()
            } else {
                String::new()
            },
        })
        .collect()
}

pub fn covers(
    scenario: &Scenario,
    problem: &Problem,
    solution: &Solution,
    axis: &Axis,
) -> Vec<CoverResult> {
    scenario
        .cover
        .iter()
        .zip(&solution.cover_missing)
        .zip(&problem.covers)
        .map(|((cover, missing), rule)| {
            let role = cover.who.words(scenario);
            CoverResult {
                role: role.clone(),
                wanted: match cover.need {
                    CoverNeed::Min(people) => format!("at least {people} {role} on shift"),
                    CoverNeed::OnePer(people) => {
                        format!("one {role} for every {people} others on shift")
                    }
                    CoverNeed::Max(people) => {
                        format!("at most {people} {role} on shift at once")
                    }
                },
                site: cover.site.map(|site| scenario.sites[site.0].id.clone()),
                hard: cover.hard,
                intervals: (0..axis.intervals)
                    .filter(|interval| rule.active[axis.slots_of(*interval)].contains(&true))
                    .count() as u32,
                short: (0..axis.intervals)
                    .filter(|interval| {
                        missing[axis.slots_of(*interval)]
                            .iter()
                            .any(|&people| people > 0)
                    })
                    .collect(),
            }
        })
        .collect()
}
