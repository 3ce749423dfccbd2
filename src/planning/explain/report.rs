//! Reasons for the report: a sentence or two for each shift, each stretch in which a queue is short, and each wish that was not met.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::planning::curves::{QueueCurves, promised};
use crate::results::{IntervalReason, PlanResults};
use crate::roster::explain::{Glance, able, glance, granted, refused};
use crate::roster::problem::Tour;

use super::Explainer;
use super::words::{keeps, listed, plural};

/// Wishes for which the cheapest way to grant them is worked out.
const WISHES: usize = 300;
/// Longest stretch of intervals with one reason, in minutes.
const LONGEST: u32 = 240;

/// Writes the reasons into results.
pub fn tell_reasons(explainer: &mut Explainer, results: &mut PlanResults) {
    for person in 0..results.people.len() {
        let days: Vec<usize> = explainer.appraiser.tours()[person]
            .shifts
            .iter()
            .map(|shift| shift.day)
            .collect();
        for (number, day) in days.into_iter().enumerate() {
            let why = shift_why(explainer, person, day);
            results.people[person].shifts[number].why = Some(why);
        }
    }
    wishes(explainer, results);
    for queue in 0..results.queues.len() {
        results.queues[queue].reasons = short_stretches(explainer, results, queue);
    }
}

/// Why one shift is there.
fn shift_why(explainer: &mut Explainer, person: usize, day: usize) -> String {
    let problem = explainer.problem();
    let tour = &explainer.appraiser.tours()[person];
    let mut without: Tour = tour.clone();
    without.shifts.retain(|shift| shift.day != day);
    let Some(shift) = tour.shifts.iter().find(|shift| shift.day == day) else {
        return String::new();
    };
    if problem.people[person].locked.contains(&shift.span) {
        return "Locked: it stays as it is.".to_owned();
    }
    let rules = problem.rules(person);
    let days = &problem.site(person).days;
    let week = days[day].week;
    let limits = problem.week_limits(person, week);
    let left = || {
        without
            .shifts
            .iter()
            .filter(|shift| days[shift.day].week == week)
    };
    let paid: i32 = left().map(|shift| shift.paid_minutes(rules)).sum();
    let asked = if (left().count() as u32) < limits.days.0 {
        Some(format!(
            "at least {} a week",
            plural(limits.days.0 as usize, "day", "days")
        ))
    } else if paid < limits.paid.0 {
        let least = crate::calendar::format_minutes(limits.paid.0.into());
        Some(format!("at least {least} paid in this week"))
    } else {
        None
    };
    let effect = explainer.appraiser.effect(&[(person, without)]);
    let mut text = match explainer.service_words(&effect) {
        Some(service) if effect.service > 0.005 => format!("Without it: {service}"),
        _ => "It changes little for customers".to_owned(),
    };
    if effect.covers > 0.005 {
        text += ", and cover falls short";
    }
    text += &format!("; its wages are {}.", explainer.money(effect.wages));
    if let Some(asked) = asked {
        text += &format!(" The contract asks for {asked}.");
    }
    if effect.wishes > 0.005 {
        text += " It was wished for.";
    } else if effect.wishes < -0.005 {
        text += " A wish stands against it.";
    }
    text
}

fn wishes(explainer: &mut Explainer, results: &mut PlanResults) {
    let known = explainer.known.clone();
    let mut told = 0;
    for person in 0..results.people.len() {
        for wish in refused(&explainer.appraiser, person) {
            let date = explainer.date(person, wish.day);
            let slot = results.people[person]
                .wishes
                .iter_mut()
                .find(|known| known.date == date && !known.granted);
            let Some(slot) = slot.filter(|_| told < WISHES) else {
                continue;
            };
            told += 1;
            let reason = match granted(&mut explainer.appraiser, &known, person, &wish) {
                Ok(offer) => format!(
                    "granting it would be {}: {}",
                    explainer.total_words(offer.effect.total()),
                    explainer.effect_words(&offer.effect)
                ),
                Err(Some(rule)) => format!("no week that meets it keeps {rule}"),
                Err(None) => "no week within the rules meets it".to_owned(),
            };
            slot.why = Some(match slot.why.take() {
                Some(fact) => format!("{fact}; {reason}"),
                None => reason,
            });
        }
    }
}

/// Why each rule of cover falls short where it first does; empty where it does not.
pub fn cover_reasons(explainer: &Explainer, results: &PlanResults) -> Vec<String> {
    results
        .covers
        .iter()
        .zip(&explainer.problem().covers)
        .map(|(cover, rule)| {
            let Some(&first) = cover.short.first() else {
                return String::new();
            };
            let slots = explainer.slots_of(first);
            let at = super::words::moment(
                &explainer.scenario.zone,
                explainer.scenario.grid().at(first),
            );
            format!(
                "of the {} at {at} {}",
                plural(
                    rule.members.len(),
                    "person of that role",
                    "people of that role"
                ),
                states(explainer, &rule.members, &slots)
            )
        })
        .collect()
}

/// How many people are kept by what, in words.
fn states(explainer: &Explainer, people: &[usize], slots: &Range<usize>) -> String {
    let mut counts: BTreeMap<Glance, usize> = BTreeMap::new();
    for &person in people {
        *counts
            .entry(glance(&explainer.appraiser, person, slots))
            .or_default() += 1;
    }
    let words: Vec<String> = counts
        .into_iter()
        .map(|(state, count)| match state {
            Glance::AtWork => format!("{count} at work then"),
            Glance::OnBreak => format!("{count} on a break or at the edge of a shift"),
            Glance::Barred(Some(rule)) => format!("{count} {}", keeps(rule)),
            Glance::Barred(None) => format!("{count} whose contract has no shift then"),
            Glance::OtherTime => format!("{count} working at another time that day"),
            Glance::Rest => format!("{count} resting between shifts"),
            Glance::Days => format!("{count} with their days of the week used"),
            Glance::Hours => format!("{count} with their paid hours used"),
            Glance::Cost => format!("{count} free, but dearer than what they would bring"),
        })
        .collect();
    listed(&words)
}

/// One reason for each stretch of intervals in which a live queue has fewer people than it needs and misses its target.
fn short_stretches(
    explainer: &mut Explainer,
    results: &PlanResults,
    queue: usize,
) -> Vec<IntervalReason> {
    let result = &results.queues[queue];
    let QueueCurves::Live { gains, .. } = &explainer.curves.queues[queue] else {
        return Vec::new();
    };
    let short = |interval: usize| {
        result.required[interval].is_short(result.rostered[interval])
            && result.service[interval]
                .service_level
                .is_some_and(|level| level < result.target.answered)
    };
    let most = (LONGEST / results.grid.step_minutes.max(1)).max(1) as usize;
    let mut reasons = Vec::new();
    let mut interval = 0;
    while interval < results.grid.len {
        if !short(interval) {
            interval += 1;
            continue;
        }
        let until = (interval..results.grid.len.min(interval + most))
            .find(|&next| !short(next))
            .unwrap_or(results.grid.len.min(interval + most));
        // The interval in which one more agent would help most speaks for the stretch.
        let help = |at: usize| {
            let level = result.rostered[at];
            promised(&gains[at], level + 1.0) - promised(&gains[at], level)
        };
        let worst = (interval..until)
            .max_by(|a, b| help(*a).total_cmp(&help(*b)).then(b.cmp(a)))
            .unwrap_or(interval);
        let why = stretch_why(explainer, queue, worst, help(worst));
        reasons.extend((interval..until).map(|interval| IntervalReason {
            interval,
            why: why.clone(),
        }));
        interval = until;
    }
    reasons
}

fn stretch_why(explainer: &Explainer, queue: usize, interval: usize, one_more: f64) -> String {
    let slots = explainer.slots_of(interval);
    let skilled: Vec<usize> = able(explainer.problem(), queue).collect();
    let facts = &explainer.scenario.queues[queue];
    let language = &explainer.scenario.languages[facts.language.0];
    format!(
        "{} {language} and {}: {}. One more agent here would answer {one_more:.2} more contacts in time per interval.",
        plural(skilled.len(), "person has", "people have"),
        facts.channel.name(),
        states(explainer, &skilled, &slots)
    )
}
