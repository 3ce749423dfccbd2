//! What one more person of a kind would be worth, and which rule costs how much.

use crate::roster::problem::{Problem, Tour, WorkRules};
use crate::roster::{Appraiser, Ask, Market};

/// One more person like somebody who is there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OneMore {
    /// The person whom they are like.
    pub like: usize,
    /// Money that they save if everybody else keeps their week; below 0 they cost more than they bring.
    pub at_once: f64,
    /// Money by which they lower the bound at the prices.
    pub by_prices: f64,
}

/// A rule of a contract made looser.
#[derive(Debug, Clone, PartialEq)]
pub struct Looser {
    pub contract: usize,
    /// The scenario's key.
    pub key: &'static str,
    pub change: Change,
    /// Money by which the bound falls.
    pub by_prices: f64,
}

/// How a rule is made looser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A count, from and to.
    Count(u32, u32),
    /// Minutes, from and to.
    Minutes(i32, i32),
    /// The rule is left out.
    Without,
}

/// The problem with one more person like each of `like`, who has worked nothing, is never absent and wishes for nothing; they come after all others.
fn with_more(problem: &Problem, like: &[usize]) -> Problem {
    let mut more = problem.clone();
    for &person in like {
        let index = more.people.len();
        let mut new = more.people[person].clone();
        new.absences.clear();
        new.absent_days.fill(false);
        new.locked.clear();
        new.before.clear();
        new.wishes.clear();
        more.people.push(new);
        for cover in &mut more.covers {
            for people in [&mut cover.members, &mut cover.counted] {
                if people.contains(&person) {
                    people.push(index);
                }
            }
        }
    }
    more
}

/// What one more person like each of `like` would be worth over the plan, each alone.
pub fn one_more(appraiser: &Appraiser, market: &Market, like: &[usize]) -> Vec<OneMore> {
    let problem = appraiser.problem();
    let more = with_more(problem, like);
    let mut tours: Vec<Tour> = appraiser.tours().to_vec();
    let first = tours.len();
    tours.resize(first + like.len(), Tour::default());
    let values = market.values(&more);
    let mut weighed = Appraiser::new(&more, &tours);
    like.iter()
        .enumerate()
        .map(|(number, &like)| {
            let person = first + number;
            let week = weighed
                .best_week(person, &Ask::Any, 0.0)
                .unwrap_or_default();
            OneMore {
                like,
                at_once: -weighed.effect(&[(person, week)]).total(),
                by_prices: values[person],
            }
        })
        .collect()
}

/// What each rule of the contracts would be worth if it were a step looser, dearest first; those worth nothing are left out.
pub fn looser_rules(problem: &Problem, market: &Market) -> Vec<Looser> {
    let now = market.values(problem);
    let mut found = Vec::new();
    for contract in 0..problem.contracts.len() {
        if !problem.people.iter().any(|p| p.contract == contract) {
            continue;
        }
        for (key, change, apply) in steps(&problem.contracts[contract]) {
            let mut other = problem.clone();
            apply(&mut other.contracts[contract]);
            push(&mut found, &now, market, &other, contract, key, change);
        }
        let windows =
            |p: &crate::roster::problem::Person| p.contract == contract && p.window.is_some();
        if problem.people.iter().any(windows) {
            let mut other = problem.clone();
            for person in other.people.iter_mut().filter(|p| p.contract == contract) {
                person.window = None;
            }
            push(
                &mut found,
                &now,
                market,
                &other,
                contract,
                "window",
                Change::Without,
            );
        }
    }
    found.sort_by(|a, b| b.by_prices.total_cmp(&a.by_prices));
    found
}

fn push(
    found: &mut Vec<Looser>,
    now: &[f64],
    market: &Market,
    other: &Problem,
    contract: usize,
    key: &'static str,
    change: Change,
) {
    let more: f64 = market
        .values(other)
        .iter()
        .zip(now)
        .filter(|(_, now)| now.is_finite())
        .map(|(then, now)| then - now)
        .sum();
    if more > 0.005 {
        found.push(Looser {
            contract,
            key,
            change,
            by_prices: more,
        });
    }
}

type Step = (&'static str, Change, Box<dyn Fn(&mut WorkRules)>);

/// One step looser for each rule that a contract sets.
fn steps(rules: &WorkRules) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let (least, most) = rules.days_per_week;
    if most < 7 {
        steps.push((
            "days_per_week max",
            Change::Count(most, most + 1),
            Box::new(|rules| rules.days_per_week.1 += 1),
        ));
    }
    if least > 0 {
        steps.push((
            "days_per_week min",
            Change::Count(least, least - 1),
            Box::new(|rules| rules.days_per_week.0 -= 1),
        ));
    }
    let (least, most) = rules.paid_minutes_per_week;
    steps.push((
        "paid_hours_per_week max",
        Change::Minutes(most, most + 240),
        Box::new(|rules| rules.paid_minutes_per_week.1 += 240),
    ));
    if least > 0 {
        let to = (least - 240).max(0);
        steps.push((
            "paid_hours_per_week min",
            Change::Minutes(least, to),
            Box::new(move |rules| rules.paid_minutes_per_week.0 = to),
        ));
    }
    if rules.rest > 0 {
        let to = (rules.rest - 60).max(0);
        steps.push((
            "rest_between_shifts",
            Change::Minutes(rules.rest, to),
            Box::new(move |rules| rules.rest = to),
        ));
    }
    if let Some(days) = rules.max_consecutive_days {
        steps.push((
            "max_consecutive_days",
            Change::Count(days, days + 1),
            Box::new(move |rules| rules.max_consecutive_days = Some(days + 1)),
        ));
    }
    if let Some(nights) = rules.max_nights_per_week {
        steps.push((
            "max_nights_per_week",
            Change::Count(nights, nights + 1),
            Box::new(move |rules| rules.max_nights_per_week = Some(nights + 1)),
        ));
    }
    if let Some(nights) = rules.max_consecutive_nights {
        steps.push((
            "max_consecutive_nights",
            Change::Count(nights, nights + 1),
            Box::new(move |rules| rules.max_consecutive_nights = Some(nights + 1)),
        ));
    }
    if rules.min_consecutive_days_off.is_some() {
        steps.push((
            "min_consecutive_days_off",
            Change::Without,
            Box::new(|rules| rules.min_consecutive_days_off = None),
        ));
    }
    if rules.weekends_off.is_some() {
        steps.push((
            "weekends_off",
            Change::Without,
            Box::new(|rules| rules.weekends_off = None),
        ));
    }
    if let Some(band) = rules.same_start_within {
        steps.push((
            "same_start_within",
            Change::Minutes(band, band + 60),
            Box::new(move |rules| rules.same_start_within = Some(band + 60)),
        ));
    }
    steps
}
