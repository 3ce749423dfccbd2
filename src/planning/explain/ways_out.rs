//! What could give way in a clash: the smallest change by its kind, and the cheapest one that has a price.

use chrono::NaiveDate;

use crate::calendar::format_minutes;
use crate::roster::problem::{Person, Problem};
use crate::roster::{JointRule, has_any_week, joint_clashes};
use crate::scenario::Scenario;
use crate::scenario::domain::Hire;

use super::impossible::{date_list, said_of};

/// Overtime is tried in steps of this, up to [`MOST_OVERTIME`]; minutes a week.
const OVERTIME_STEP: i32 = 30;
const MOST_OVERTIME: i32 = 20 * 60;
/// More people of a kind are tried up to this number.
const MOST_PEOPLE: usize = 4;

/// A change that would help.
pub struct Way {
    weight: Weight,
    words: String,
}

/// What a change asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Weight {
    /// By its kind, least first.
    Kind(u32),
    /// Money a week.
    Price(f64),
}

/// What is said of all clashes together.
#[derive(Default)]
pub struct WaysOut {
    by_kind: Vec<String>,
    by_price: Vec<String>,
}

impl WaysOut {
    /// Of the ways out of one clash: the smallest by kind, and the cheapest of those with a price.
    pub fn of_clash(&mut self, ways: impl Iterator<Item = Way>) {
        let mut kind: Option<(u32, String)> = None;
        let mut price: Option<(f64, String)> = None;
        for way in ways {
            match way.weight {
                Weight::Kind(rank) if kind.as_ref().is_none_or(|(least, _)| rank < *least) => {
                    kind = Some((rank, way.words));
                }
                Weight::Price(money) if price.as_ref().is_none_or(|(least, _)| money < *least) => {
                    price = Some((money, way.words));
                }
                _ => {}
            }
        }
        let kind = kind.map(|(_, words)| words);
        let price = price.map(|(_, words)| words);
        for (list, words) in [(&mut self.by_kind, kind), (&mut self.by_price, price)] {
            list.extend(words.filter(|words| !list.contains(words)));
        }
    }

    /// "the smallest change: ...; the cheapest with a price: ...".
    pub fn said(&self) -> String {
        let parts = [
            ("the smallest change", &self.by_kind),
            ("the cheapest with a price", &self.by_price),
        ];
        let parts = parts.iter().filter(|(_, words)| !words.is_empty());
        let parts: Vec<String> = parts
            .map(|(name, words)| format!("{name}: {}", words.join("; ")))
            .collect();
        parts.join("; ")
    }
}

/// What could be done about a person's rule.
pub fn ways_out(scenario: &Scenario, problem: &Problem, person: usize, rule: &str) -> Vec<Way> {
    let agent = &scenario.agents[person];
    let who = format!("{} ({})", agent.id, agent.name);
    let (rank, words) = match rule {
        "locked-shift" => (1, format!("let a locked shift of {who} move")),
        "window" => (2, format!("widen the window of {who}")),
        "absence" => (3, format!("move an absence of {who}")),
        "site-hours" => (
            5,
            format!(
                "widen the hours of site {}",
                scenario.sites[agent.site.0].id
            ),
        ),
        _ => (
            6,
            format!(
                "loosen {} in contract {}, or give {who} another contract",
                said_of(rule, problem, person),
                scenario.contracts[agent.contract.0].id
            ),
        ),
    };
    let by_kind = Way {
        weight: Weight::Kind(rank),
        words,
    };
    let overtime = (rule == "hours-per-week")
        .then(|| overtime(scenario, problem, person, &who))
        .flatten();
    std::iter::once(by_kind).chain(overtime).collect()
}

/// The least overtime with which somebody has a week, and what it costs.
fn overtime(scenario: &Scenario, problem: &Problem, person: usize, who: &str) -> Option<Way> {
    if has_any_week(problem, person) {
        return None;
    }
    let mut other = problem.clone();
    let mut rules = problem.rules(person).clone();
    let (most, factor) = rules.overtime.unwrap_or((0, 1.0));
    other.people[person].contract = other.contracts.len();
    other.contracts.push(rules.clone());
    let more = (1..=MOST_OVERTIME / OVERTIME_STEP).map(|steps| steps * OVERTIME_STEP);
    let minutes = more.into_iter().find(|more| {
        rules.overtime = Some((most + more, factor));
        *other.contracts.last_mut().expect("it was pushed") = rules.clone();
        has_any_week(&other, person)
    })?;
    let money = f64::from(minutes) / 60.0 * problem.people[person].cost_per_hour * factor;
    Some(Way {
        weight: Weight::Price(money),
        words: format!(
            "{} of overtime a week more for {who}, {money:.0} {}",
            format_minutes(minutes.into()),
            scenario.currency
        ),
    })
}

/// Whether a cover of the problem stands for a `[[pair]]`: those come after the scenario's own.
pub fn is_pair(scenario: &Scenario, cover: usize) -> bool {
    cover >= scenario.cover.len()
}

/// What could be done about a rule that joins people, on its dates.
pub fn joint_ways_out(
    scenario: &Scenario,
    problem: &Problem,
    rule: JointRule,
    dates: &[NaiveDate],
) -> Vec<Way> {
    let (rank, words) = match rule {
        JointRule::Seats(site) => (
            5,
            format!(
                "more seats at {} on {}, or starts that lie further apart",
                scenario.sites[site].id,
                date_list(dates)
            ),
        ),
        JointRule::Cover(cover) if is_pair(scenario, cover) => (
            4,
            format!(
                "take {} out, or give it a weight",
                problem.covers[cover].said
            ),
        ),
        JointRule::Cover(cover) => {
            let (said, dates) = (&problem.covers[cover].said, date_list(dates));
            let change = match problem.covers[cover].max {
                Some(_) => format!("allow more by {said} on {dates}"),
                None => format!("ask for less by {said} on {dates}, let more people count"),
            };
            (4, format!("{change}, or leave out hard = true"))
        }
    };
    let by_kind = Way {
        weight: Weight::Kind(rank),
        words,
    };
    let hired = match rule {
        JointRule::Cover(cover) if !is_pair(scenario, cover) => {
            let hires = scenario.hires.iter();
            hires
                .filter_map(|hire| hired(scenario, problem, cover, hire))
                .collect()
        }
        _ => Vec::new(),
    };
    std::iter::once(by_kind).chain(hired).collect()
}

/// The fewest people of a kind who may be hired with whom a cover can be met, and what they cost.
fn hired(scenario: &Scenario, problem: &Problem, cover: usize, hire: &Hire) -> Option<Way> {
    let asked = &scenario.cover[cover];
    let counts = asked.site.is_none_or(|site| site == hire.site) && asked.who.matches_hired(hire);
    if !counts || problem.covers[cover].max.is_some() {
        return None;
    }
    // Nothing else is in the way of this cover but the people's own rules.
    let mut other = problem.clone();
    other.sites.iter_mut().for_each(|site| site.seats = None);
    for (index, rule) in other.covers.iter_mut().enumerate() {
        rule.hard = index == cover;
    }
    let contract = &scenario.contracts[hire.contract.0];
    let days = other.sites[hire.site.0].days.len();
    let people = (1..=MOST_PEOPLE).find(|_| {
        other.covers[cover].members.push(other.people.len());
        other.people.push(Person {
            site: hire.site.0,
            contract: hire.contract.0,
            pool: None,
            window: hire.window,
            cost_per_hour: contract.cost_per_hour,
            absences: Vec::new(),
            absent_days: vec![false; days],
            locked: Vec::new(),
            before: Vec::new(),
            carried: Vec::new(),
            known: Vec::new(),
            spared: Vec::new(),
            wishes: Vec::new(),
            record: Default::default(),
        });
        joint_clashes(&other, &[]).is_empty()
    })?;
    let wages = f64::from(contract.paid_minutes_per_week.min) / 60.0 * contract.cost_per_hour;
    let money = people as f64 * (wages + hire.cost_per_week.unwrap_or(0.0));
    Some(Way {
        weight: Weight::Price(money),
        words: format!(
            "{people} more like [[hire]] {} for {}, at least {money:.0} {} a week",
            hire.id, problem.covers[cover].said, scenario.currency
        ),
    })
}
