//! Why no roster can keep the hard rules, in words, with the smallest change that would help.

use chrono::{NaiveDate, TimeDelta};

use crate::roster::problem::Problem;
use crate::roster::rules::{RULES, said};
use crate::roster::{Impossible, JointClash, JointRule};
use crate::scenario::Scenario;

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
    let mut outs: Vec<String> = Vec::new();
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
        let out = clash
            .iter()
            .map(|rule| way_out(scenario, problem, people[0], rule))
            .min_by_key(|(rank, _)| *rank);
        if let Some((_, out)) = out
            && !outs.contains(&out)
        {
            outs.push(out);
        }
    }
    if why.people.len() > why.clashes.len() {
        let more = why.people.len() - why.clashes.len();
        text += &format!("  and {}\n", plural(more, "person more", "people more"));
    }
    text + "hint: at least one of the rules that clash must give way; the smallest change: "
        + &outs.join("; ")
        + "\n"
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
    let mut outs: Vec<String> = Vec::new();
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
        let of_people = clash.people.iter().flat_map(|(person, rules)| {
            rules
                .iter()
                .map(|rule| way_out(scenario, problem, *person, rule))
        });
        let of_all = clash
            .joint
            .iter()
            .map(|(rule, dates)| joint_way_out(scenario, problem, *rule, dates))
            // Where so many are part of it, one of them alone will hardly do.
            .map(|(rank, out)| {
                if clash.people.len() > CROWD {
                    (0, out)
                } else {
                    (rank, out)
                }
            });
        if let Some((_, out)) = of_people.chain(of_all).min_by_key(|(rank, _)| *rank)
            && !outs.contains(&out)
        {
            outs.push(out);
        }
    }
    text + "hint: the smallest change: " + &outs.join("; ") + "\n"
}

fn joint_rule(scenario: &Scenario, problem: &Problem, rule: JointRule) -> String {
    match rule {
        JointRule::Seats(site) => {
            let site = &scenario.sites[site];
            format!("seats = {} at {}", site.seats.unwrap_or(0), site.id)
        }
        JointRule::Cover(cover) => {
            let cover = &problem.covers[cover];
            let asked = match cover.one_per {
                Some(people) => format!("one for every {people} others"),
                None => format!("at least {}", cover.min),
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
fn said_of(name: &str, problem: &Problem, person: usize) -> String {
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

/// How much a change asks for (least first), and the change.
fn way_out(scenario: &Scenario, problem: &Problem, person: usize, rule: &str) -> (u32, String) {
    let agent = &scenario.agents[person];
    let who = format!("{} ({})", agent.id, agent.name);
    match rule {
        "locked-shift" => (1, format!("let a locked shift of {who} move")),
        "window" => (2, format!("widen the window of {who}")),
        "absence" => (3, format!("move an absence of {who}")),
        _ => (
            6,
            format!(
                "loosen {} in contract {}, or give {who} another contract",
                said_of(rule, problem, person),
                scenario.contracts[agent.contract.0].id
            ),
        ),
    }
}

fn joint_way_out(
    scenario: &Scenario,
    problem: &Problem,
    rule: JointRule,
    dates: &[NaiveDate],
) -> (u32, String) {
    match rule {
        JointRule::Seats(site) => (
            5,
            format!(
                "more seats at {} on {}, or starts that lie further apart",
                scenario.sites[site].id,
                date_list(dates)
            ),
        ),
        JointRule::Cover(cover) => (
            4,
            format!(
                "ask for less by {} on {}, let more people count, or leave out hard = true",
                problem.covers[cover].said,
                date_list(dates)
            ),
        ),
    }
}

/// "Mon 23 Nov to Wed 25 Nov and Fri 27 Nov".
fn date_list(dates: &[NaiveDate]) -> String {
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
