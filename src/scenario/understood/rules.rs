//! The rarer rules, in words: what contracts say beyond the week, whom they keep apart or together, and what a site's law adds.

use super::count;
use super::table::lines;
use crate::calendar::format_minutes;
use crate::scenario::domain::{
    AgentIndex, AverageHours, Contract, Law, LawRule, Limit, PairNeed, Period, Protection,
    Scenario, Strictness, Terms,
};

fn hours(minutes: u32) -> String {
    format_minutes(minutes.into())
}

pub fn rules(scenario: &Scenario) -> Vec<String> {
    let mut text = Vec::new();
    let rows: Vec<Vec<String>> = scenario
        .contracts
        .iter()
        .filter_map(|contract| {
            let words = terms_words(&contract.terms);
            (!words.is_empty()).then(|| vec![contract.id.clone(), words.join(", ")])
        })
        .collect();
    if !rows.is_empty() {
        text.push("More rules of contracts:".to_owned());
        text.extend(lines(&rows));
    }
    for pair in &scenario.pairs {
        let names = |people: &[AgentIndex]| {
            let ids = people
                .iter()
                .map(|agent| scenario.agents[agent.0].id.as_str());
            ids.collect::<Vec<_>>().join(", ")
        };
        let soft = match pair.strictness {
            Strictness::Hard => String::new(),
            Strictness::Soft(weight) => format!(" (or {weight} an hour)"),
        };
        text.push(match &pair.need {
            PairNeed::Apart => format!(
                "Pair: {}: at most one of them on shift at once{soft}",
                names(&pair.agents)
            ),
            PairNeed::With(with) => format!(
                "Pair: {}: only while one of {} is on shift{soft}",
                names(&pair.agents),
                names(with)
            ),
        });
    }
    for (name, protection) in Protection::ALL {
        let people = scenario
            .agents
            .iter()
            .filter(|agent| agent.protection.contains(&protection))
            .count();
        if people > 0 {
            text.push(format!(
                "Protected: {} ({name})",
                count(people, "person", "people")
            ));
        }
    }
    if !scenario.balance.is_empty() {
        text.push(format!(
            "Balance: {} of the weeks before",
            count(scenario.balance.len(), "row", "rows")
        ));
    }
    for (at, site) in scenario.sites.iter().enumerate() {
        let Some(law) = &site.law else { continue };
        text.push(format!(
            "Law at {}: {} (a help for planning, no legal advice)",
            site.id, law.name
        ));
        for (index, contract) in scenario.contracts.iter().enumerate() {
            let worked = scenario
                .agents
                .iter()
                .any(|agent| agent.site.0 == at && agent.contract.0 == index);
            let taken = taken_from(law, contract);
            if worked && !taken.is_empty() {
                text.push(format!("  {} takes from it:", contract.id));
                text.extend(taken.into_iter().map(|line| format!("    {line}")));
            }
        }
        for (name, protection) in Protection::ALL {
            let here = |agent: &&crate::scenario::domain::Agent| {
                agent.site.0 == at && agent.protection.contains(&protection)
            };
            if scenario.agents.iter().any(|agent| here(&agent)) {
                let rules = law.rules.iter().filter(|rule| rule.who == Some(protection));
                for rule in rules {
                    text.push(format!("  {name}: {}", rule_words(rule)));
                }
            }
        }
    }
    text
}

/// What a contract leaves open and the law fills.
fn taken_from(law: &Law, contract: &Contract) -> Vec<String> {
    let own = &contract.terms;
    law.rules
        .iter()
        .filter(|rule| rule.who.is_none())
        .filter(|rule| {
            let asks = &rule.asks;
            let same = |has: &Limit, asked: &Limit| {
                has.counted == asked.counted && has.period == asked.period
            };
            (asks.rest_between_shifts.is_some() && contract.rest_between_shifts.is_none())
                || (asks.max_consecutive_days.is_some() && contract.max_consecutive_days.is_none())
                || (asks.terms.weekly_rest.is_some() && own.weekly_rest.is_none())
                || (asks.terms.long_rest.is_some() && own.long_rest.is_none())
                || (asks.terms.max_paid_minutes_per_day.is_some()
                    && own.max_paid_minutes_per_day.is_none())
                || (asks.terms.average_hours.is_some() && own.average_hours.is_none())
                || asks
                    .terms
                    .limits
                    .iter()
                    .any(|asked| !own.limits.iter().any(|has| same(has, asked)))
        })
        .map(rule_words)
        .collect()
}

fn rule_words(rule: &LawRule) -> String {
    let asks = &rule.asks;
    let mut words = Vec::new();
    if let Some(rest) = asks.rest_between_shifts {
        words.push(format!("{} rest between shifts", hours(rest)));
    }
    if let Some(days) = asks.max_consecutive_days {
        words.push(format!("at most {days} days in a row"));
    }
    words.extend(terms_words(&asks.terms));
    let note = rule
        .note
        .as_ref()
        .map_or_else(String::new, |note| format!("; {note}"));
    format!("{} ({}{note})", words.join(", "), rule.source)
}

fn terms_words(terms: &Terms) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(most) = terms.max_paid_minutes_per_day {
        words.push(format!("at most {} paid a day", hours(most)));
    }
    if let Some(rest) = terms.weekly_rest {
        words.push(format!("{} rest once a week", hours(rest)));
    }
    if let Some(rule) = terms.long_rest {
        let days = rule.days;
        words.push(format!("{} rest in any {days} days", hours(rule.rest)));
    }
    if let Some(rule) = terms.work_without_break {
        let shortest = match rule.break_of {
            0 => "a break".to_owned(),
            minutes => format!("a break of {}", hours(minutes)),
        };
        words.push(format!(
            "at most {} without {shortest}",
            hours(rule.at_most)
        ));
    }
    words.extend(terms.daily_overtime.iter().map(|step| {
        format!(
            "hours of a day beyond {} at {} times the rate",
            hours(step.after),
            step.factor
        )
    }));
    if let Some(rule) = terms.rest_after_nights {
        let nights = count(rule.in_a_row as usize, "night", "nights in a row");
        words.push(format!("{} rest after {nights}", hours(rule.rest)));
    }
    let barred = [
        (terms.night_work, "nights"),
        (terms.sunday_work, "Sundays"),
        (terms.holiday_work, "public holidays"),
    ];
    for (_, name) in barred.into_iter().filter(|(work, _)| *work == Some(false)) {
        words.push(format!("no work on {name}").replace("on nights", "at night"));
    }
    words.extend(terms.limits.iter().map(limit_words));
    if let Some(AverageHours {
        minutes_per_week,
        weeks,
    }) = terms.average_hours
    {
        words.push(format!(
            "at most {} a week on average over {weeks} weeks",
            hours(minutes_per_week)
        ));
    }
    match terms.forward_rotation {
        Some(Strictness::Hard) => words.push("shifts rotate forward".to_owned()),
        Some(Strictness::Soft(weight)) => {
            words.push(format!("shifts rotate forward (or {weight} a step)"));
        }
        None => {}
    }
    if let Some(pattern) = &terms.pattern {
        let weeks = count(pattern.weeks.len(), "week", "weeks");
        words.push(format!("a pattern of {weeks} from {}", pattern.from));
    }
    if let Some(minutes) = terms.same_start_over_weeks {
        words.push(format!(
            "starts within {} from week to week",
            hours(minutes)
        ));
    }
    words
}

fn limit_words(limit: &Limit) -> String {
    let amount = |number: u32| match limit.counted {
        crate::scenario::domain::Counted::Hours => hours(number),
        counted => format!("{number} {}", counted.name()),
    };
    let bounds = [("at least", limit.at_least), ("at most", limit.at_most)]
        .into_iter()
        .filter_map(|(word, number)| Some(format!("{word} {}", amount(number?))))
        .collect::<Vec<_>>()
        .join(" and ");
    let period = match limit.period {
        Period::AnyDays(days) => format!("in any {days} days"),
        Period::Week => "a week".to_owned(),
        Period::Month => "a month".to_owned(),
        Period::Plan => "in the plan".to_owned(),
    };
    let soft = match limit.strictness {
        Strictness::Hard => String::new(),
        Strictness::Soft(weight) => format!(" (or {weight} each)"),
    };
    format!("{bounds} {period}{soft}")
}
