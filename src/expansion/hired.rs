//! People to be hired as people of the plan: who is there when, how fast, and what they cost besides wages.

use chrono::TimeDelta;

use crate::scenario::Scenario;
use crate::scenario::domain::{Absence, Agent, AgentIndex, Hire, HireCount};

/// Weeks in a year.
pub const WEEKS_PER_YEAR: f64 = 365.25 / 7.0;
/// Share of people who are taken to leave in a year where nothing is written: what hiring costs is spread over a year.
const LEAVERS_IF_UNKNOWN: f64 = 1.0;

/// The scenario with the people of every `[[hire]]` whose number is known, as agents `hire-ID-001`, `hire-ID-002` ... Groups that are still to be
/// solved stay what they are.
pub fn with_hires(scenario: &Scenario) -> Scenario {
    let counts: Vec<u32> = scenario
        .hires
        .iter()
        .map(|hire| match hire.count {
            HireCount::Number(count) => count,
            HireCount::Solve => 0,
        })
        .collect();
    with_people(scenario, &counts)
}

/// The scenario with so many people more of each `[[hire]]`, numbered on from those who are there; of those hired long before the plan some have
/// left again.
fn with_people(scenario: &Scenario, counts: &[u32]) -> Scenario {
    let there: Vec<u32> = scenario
        .hires
        .iter()
        .zip(counts)
        .map(|(hire, &count)| (f64::from(count) * staying(scenario, hire)).round() as u32)
        .collect();
    with_people_there(scenario, &there)
}

/// The scenario with exactly so many people more of each `[[hire]]`.
pub fn with_people_there(scenario: &Scenario, counts: &[u32]) -> Scenario {
    let mut grown = scenario.clone();
    for (hire, &count) in scenario.hires.iter().zip(counts) {
        let first = hired(scenario, hire) + 1;
        for number in first..first + count {
            add(&mut grown, hire, number);
        }
    }
    grown
}

/// People of a group who are in the scenario.
pub fn hired(scenario: &Scenario, hire: &Hire) -> u32 {
    let prefix = format!("hire-{}-", hire.id);
    let of_group = |agent: &&Agent| {
        let number = agent.id.strip_prefix(&prefix);
        number.is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()))
    };
    scenario.agents.iter().filter(of_group).count() as u32
}

/// Money a week for the hired people besides their wages: fixed costs, and hiring spread over the time that people stay.
pub fn standing_week(scenario: &Scenario) -> f64 {
    let of = |hire: &Hire| f64::from(hired(scenario, hire)) * person_week(scenario, hire);
    scenario.hires.iter().map(of).sum()
}

/// Money that hiring and training the hired people costs, once.
pub fn once(scenario: &Scenario) -> f64 {
    let of = |hire: &Hire| f64::from(hired(scenario, hire)) * to_hire(scenario, hire);
    scenario.hires.iter().map(of).sum()
}

/// Money a week besides wages for one person of a group.
pub fn person_week(scenario: &Scenario, hire: &Hire) -> f64 {
    hire.cost_per_week.unwrap_or(0.0)
        + to_hire(scenario, hire) * hire.leavers.unwrap_or(LEAVERS_IF_UNKNOWN) / WEEKS_PER_YEAR
}

/// Money to hire one person, the wages of the training weeks included.
pub fn to_hire(scenario: &Scenario, hire: &Hire) -> f64 {
    let contract = &scenario.contracts[hire.contract.0];
    let paid = contract.paid_minutes_per_week;
    let hours = f64::from(paid.min + paid.max) / 120.0;
    hire.cost.unwrap_or(0.0) + f64::from(hire.training_weeks) * hours * contract.cost_per_hour
}

/// Share of those hired at `from` who are still there when the plan begins.
fn staying(scenario: &Scenario, hire: &Hire) -> f64 {
    let weeks = hire
        .from
        .map_or(0.0, |from| (scenario.start - from).num_days() as f64 / 7.0);
    let leave = hire.leavers.unwrap_or(0.0).min(1.0);
    (1.0 - leave).powf(weeks.max(0.0) / WEEKS_PER_YEAR)
}

fn add(scenario: &mut Scenario, hire: &Hire, number: u32) {
    let index = AgentIndex(scenario.agents.len());
    let from = hire.from.unwrap_or(scenario.start);
    let trained = from + TimeDelta::weeks(i64::from(hire.training_weeks));
    let weeks_of_work = |week: u32| {
        let monday = scenario.start + TimeDelta::weeks(i64::from(week));
        ((monday - trained).num_days().max(0) / 7) as usize
    };
    let ramp = match hire.ramp.last() {
        None => Vec::new(),
        Some(&last) => (0..scenario.weeks.max(1))
            .map(|week| hire.ramp.get(weeks_of_work(week)).copied().unwrap_or(last))
            .collect(),
    };
    if hire.training_weeks > 0 && trained > scenario.start && from <= scenario.last_date() {
        let zone = &scenario.sites[hire.site.0].zone;
        let (first, end) = (from.max(scenario.start), trained);
        let dates = first.iter_days().take_while(|date| *date < end).collect();
        scenario.absences.push(Absence {
            agent: index,
            from: zone.start_of_day(first),
            until: zone.start_of_day(end),
            dates,
            reason: "training".to_owned(),
            paid: true,
        });
    }
    let zone = scenario.sites[hire.site.0].zone.clone();
    let down: Vec<Absence> = scenario
        .events
        .iter()
        .filter(|event| event.site == Some(hire.site))
        .map(|event| event.absence(index, &zone))
        .collect();
    scenario.absences.extend(down);
    scenario.agents.push(Agent {
        id: format!("hire-{}-{number:03}", hire.id),
        name: format!("New, {} {number}", hire.id),
        site: hire.site,
        contract: hire.contract,
        role: hire.role,
        languages: hire.languages.clone(),
        channels: hire.channels,
        window: hire.window,
        from: Some(from),
        until: None,
        cost_per_hour: None,
        seniority: None,
        pattern_ahead: 0,
        protection: Vec::new(),
        ramp,
        place: hire.place.clone(),
    });
}
