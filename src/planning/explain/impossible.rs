//! Why no roster can keep the hard rules, in words, with the smallest change that would help.

use chrono::{NaiveDate, TimeDelta};

use crate::roster::problem::Problem;
use crate::roster::rules::{RULES, said};
use crate::roster::{Impossible, JointClash, JointRule};
use crate::scenario::Scenario;

use super::ways_out::{WaysOut, is_pair, joint_ways_out, ways_out};
use super::words::{day_words, listed, plural};

/// People named in a clash before the rest is counted.
const NAMED: usize = 12;

/// With more people than this in a clash, the rule that joins them is to give way.
const CROWD: usize = 6;

/// Everything that clashes, each clash with its people, rules and dates, and a hint what to change.
pub fn impossible_words(scenario: &Scenario, problem: &Problem, why: &Impossible) -> String {
    let mut text = String::new();
    if !why.people.is_empty() {
        text += &people_words(scenario, problem, why);
    }
    if !why.joint.is_empty() {
        text += &joint_words(scenario, problem, &why.joint);
    }
    text.trim_end().to_owned()
}

/// Who has no week and which rules clash for them; people with the same clash together.
fn people_words(scenario: &Scenario, problem: &Problem, why: &Impossible) -> String {
    let mut together: Vec<(String, &[&'static str], Vec<usize>)> = Vec::new();
    for (&person, clash) in why.people.iter().zip(&why.clashes) {
        let words: Vec<String> = clash
            .iter()
            .map(|rule| said_of(rule, problem, person))
            .collect();
        let words = words.join("; ");
        match together.iter_mut().find(|(known, _, _)| *known == words) {
            Some((_, _, people)) => people.push(person),
            None => together.push((words, clash, vec![person])),
        }
    }
    let mut text = format!(
        "no week keeps the hard rules of {}:\n",
        plural(why.people.len(), "person", "people")
    );
    let mut outs = WaysOut::default();
    for (words, clash, people) in together {
        for &person in &people {
            let agent = &scenario.agents[person];
            let contract = &scenario.contracts[agent.contract.0].id;
            text += &format!(
                "  {} ({}), contract {contract} ({})\n",
                agent.id, agent.name, agent.place
            );
        }
        text += &format!("    these clash: {words}\n");
        outs.of_clash(
            clash
                .iter()
                .flat_map(|rule| ways_out(scenario, problem, people[0], rule)),
        );
    }
    if why.people.len() > why.clashes.len() {
        let more = why.people.len() - why.clashes.len();
        text += &format!("  and {}\n", plural(more, "person more", "people more"));
    }
    text + "hint: at least one of the rules that clash must give way; " + &outs.said() + "\n"
}

fn joint_words(scenario: &Scenario, problem: &Problem, clashes: &[JointClash]) -> String {
    let mut text = if clashes.len() == 1 {
        "no roster keeps these hard rules together, though any one of them less could be kept:\n"
            .to_owned()
    } else {
        format!(
            "{} sets of hard rules cannot be kept, though any one rule less of each could be:\n",
            clashes.len()
        )
    };
    let mut outs = WaysOut::default();
    for (number, clash) in clashes.iter().enumerate() {
        if clashes.len() > 1 {
            text += &format!(" {}.\n", number + 1);
        }
        for (rule, dates) in &clash.joint {
            text += &format!(
                "  {} on {}\n",
                joint_rule(scenario, problem, *rule),
                date_list(dates)
            );
        }
        let dates: Vec<NaiveDate> = clash
            .joint
            .iter()
            .flat_map(|(_, dates)| dates.clone())
            .collect();
        text += &held(scenario, problem, clash, &dates);
        // Where so many are part of it, one of them alone will hardly do.
        let crowd = clash.people.len() > CROWD;
        let of_people = clash.people.iter().filter(|_| !crowd);
        let of_people = of_people.flat_map(|(person, rules)| {
            rules
                .iter()
                .flat_map(|rule| ways_out(scenario, problem, *person, rule))
        });
        let of_all = clash
            .joint
            .iter()
            .flat_map(|(rule, dates)| joint_ways_out(scenario, problem, *rule, dates));
        outs.of_clash(of_people.chain(of_all));
    }
    text + "hint: " + &outs.said() + "\n"
}

fn joint_rule(scenario: &Scenario, problem: &Problem, rule: JointRule) -> String {
    match rule {
        JointRule::Seats(site) => {
            let site = &scenario.sites[site];
            format!("seats = {} at {}", site.seats.unwrap_or(0), site.id)
        }
        JointRule::Cover(cover_index) => {
            let cover = &problem.covers[cover_index];
            if is_pair(scenario, cover_index) {
                return cover.said.clone();
            }
            let asked = match (cover.one_per, cover.max) {
                (Some(people), _) => format!("one for every {people} others"),
                (None, Some(most)) => format!("at most {most}"),
                (None, None) => format!("at least {}", cover.min),
            };
            format!("{}, {asked}, hard,", cover.said)
        }
    }
}

/// One line for all people who are held by the same rules.
fn held(scenario: &Scenario, problem: &Problem, clash: &JointClash, dates: &[NaiveDate]) -> String {
    let mut together: Vec<(String, Vec<usize>)> = Vec::new();
    for (person, rules) in &clash.people {
        let words: Vec<String> = rules
            .iter()
            .map(|rule| said_on(rule, problem, *person, dates))
            .collect();
        let words = words.join("; ");
        match together.iter_mut().find(|(known, _)| *known == words) {
            Some((_, people)) => people.push(*person),
            None => together.push((words, vec![*person])),
        }
    }
    let mut text = String::new();
    for (words, people) in together {
        let mut names: Vec<String> = people
            .iter()
            .take(NAMED)
            .map(|&person| {
                let agent = &scenario.agents[person];
                format!("{} ({})", agent.id, agent.name)
            })
            .collect();
        if people.len() > NAMED {
            names.push(format!("{} more", people.len() - NAMED));
        }
        text += &format!("  {}: {words}\n", listed(&names));
    }
    text
}

/// A rule in words, by its name.
pub(super) fn said_of(name: &str, problem: &Problem, person: usize) -> String {
    let rule = RULES.iter().find(|rule| rule.name == name);
    rule.map_or_else(|| name.to_owned(), |rule| said(rule, problem, person))
}

/// A rule in words; of locked shifts and absences those that touch the dates.
fn said_on(rule: &str, problem: &Problem, person: usize, dates: &[NaiveDate]) -> String {
    let zone = &problem.site(person).zone;
    let own = &problem.people[person];
    let spans = match rule {
        "locked-shift" => &own.locked,
        "absence" => &own.absences,
        _ => return said_of(rule, problem, person),
    };
    let starts: Vec<String> = spans
        .iter()
        .filter(|span| {
            let (first, last) = (
                zone.date(problem.instant(span.start)),
                zone.date(problem.instant(span.end - 1)),
            );
            dates.iter().any(|date| (first..=last).contains(date))
        })
        .map(|span| {
            zone.to_local(problem.instant(span.start))
                .format("%a %-d %b %H:%M")
                .to_string()
        })
        .collect();
    match (rule, starts.as_slice()) {
        (_, []) => said_of(rule, problem, person),
        ("locked-shift", [one]) => format!("locked shift of {one}"),
        ("locked-shift", many) => format!("locked shifts of {}", listed(many)),
        (_, many) => format!("absent from {}", listed(many)),
    }
}

/// "Mon 23 Nov to Wed 25 Nov and Fri 27 Nov".
pub(super) fn date_list(dates: &[NaiveDate]) -> String {
    let mut runs: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for &date in dates {
        match runs.last_mut() {
            Some((_, last)) if *last + TimeDelta::days(1) == date => *last = date,
            _ => runs.push((date, date)),
        }
    }
    let words: Vec<String> = runs
        .into_iter()
        .map(|(first, last)| {
            if first == last {
                day_words(first)
            } else {
                format!("{} to {}", day_words(first), day_words(last))
            }
        })
        .collect();
    listed(&words)
}
