//! What one more person of each kind would be worth per week, and which rule costs how much, in words.

use serde::Serialize;

use crate::roster::Market;
use crate::roster::explain::{Change as Step, Looser, OneMore, looser_rules, one_more};

use super::effect::round;
use super::words::plural;
use super::{Answer, Explainer};

/// Steps of dual ascent for the prices.
const STEPS: usize = 150;
/// Kinds and rules told in words; the rest stands in the figures.
const TOLD: usize = 8;

/// One more person of a kind. Money per week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kind {
    pub site: String,
    pub contract: String,
    pub languages: Vec<String>,
    pub channels: Vec<String>,
    pub window: Option<String>,
    /// How many of the kind there are.
    pub have: usize,
    /// Between the two figures below; `error` is half their distance.
    pub worth: f64,
    pub error: f64,
    /// What they save if everybody else keeps their week.
    pub at_once: f64,
    /// What they lower the bound by at the prices: about what they save once everybody's week may follow.
    pub by_prices: f64,
    /// Surely no more than this: the prices' figure and what the roster may lie above the best one.
    pub surely_at_most: f64,
}

/// A rule one step looser. Money per week, by the prices: surely no more than this and `gap` together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleCost {
    pub contract: String,
    pub rule: &'static str,
    pub change: String,
    pub worth: f64,
}

/// What more people and looser rules would be worth.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WorthFigures {
    pub kinds: Vec<Kind>,
    pub rules: Vec<RuleCost>,
    /// How much dearer per week the roster may be than the best one, by the prices' bound.
    pub gap: f64,
}

/// What one more person of each kind would be worth per week, and what each rule costs.
pub fn explain_worth(explainer: &mut Explainer) -> Answer {
    let scenario = explainer.scenario;
    let weeks = f64::from(scenario.weeks);
    let market = Market::of(&explainer.appraiser, STEPS);
    let gap = (market.objective - market.bound).max(0.0) / weeks;
    let kinds = kinds(explainer);
    let like: Vec<usize> = kinds.iter().map(|people| people[0]).collect();
    let mut figures: Vec<Kind> = one_more(&explainer.appraiser, &market, &like)
        .into_iter()
        .zip(&kinds)
        .map(|(more, people)| kind(explainer, &more, people.len(), gap, weeks))
        .collect();
    figures.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    let mut rules: Vec<RuleCost> = looser_rules(explainer.problem(), &market)
        .into_iter()
        .map(|looser| rule(explainer, &looser, weeks))
        .collect();
    for (site, facts) in scenario.sites.iter().enumerate() {
        let worth = market.seat(explainer.problem(), site) / weeks;
        if let (Some(seats), true) = (facts.seats, worth > 0.005) {
            rules.push(RuleCost {
                contract: format!("site {}", facts.id),
                rule: "seats",
                change: format!("{seats} to {}", seats + 1),
                worth: round(worth),
            });
        }
    }
    rules.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    let currency = &scenario.currency;
    let mut told: Vec<(&str, &str, &[String])> = Vec::new();
    let mut because: Vec<String> = Vec::new();
    for kind in &figures {
        let like = (
            kind.site.as_str(),
            kind.contract.as_str(),
            kind.languages.as_slice(),
        );
        if told.len() == TOLD || told.contains(&like) {
            continue;
        }
        told.push(like);
        because.push(format!(
            "One more {} on {} at {} ({}{}): worth {:.0} {currency} a week, give or take {:.0} ({:.0} if everybody else keeps their week, {:.0} by the prices).",
            kind.languages.join(" "),
            kind.channels.join(" "),
            kind.site,
            kind.contract,
            kind.window.as_ref().map_or(String::new(), |window| format!(", {window}")),
            kind.worth,
            kind.error,
            kind.at_once,
            kind.by_prices
        ));
    }
    if figures.len() > told.len() {
        because.push(format!(
            "{}: like these, or worth less; --json has them all.",
            plural(figures.len() - told.len(), "other kind", "other kinds")
        ));
    }
    because.extend(rules.iter().take(TOLD).map(|rule| {
        format!(
            "{}, {} {}: would save up to {:.0} {currency} a week, by the prices.",
            rule.contract, rule.rule, rule.change, rule.worth
        )
    }));
    because.push(format!(
        "These are estimates. The roster may lie {gap:.0} {currency} a week above the best one, and no figure by the prices can be wrong by more than that on the high side; the second person of a kind is worth less than the first. Wages are taken off already."
    ));
    Answer {
        about: format!(
            "What more people and looser rules would be worth in {}",
            scenario.name
        ),
        because,
        interval: None,
        people: Vec::new(),
        worth: Some(WorthFigures {
            kinds: figures,
            rules,
            gap: round(gap),
        }),
        offers: Vec::new(),
    }
}

/// People by kind: same site, contract, skills, window, pay and duties of cover.
fn kinds(explainer: &Explainer) -> Vec<Vec<usize>> {
    let problem = explainer.problem();
    let mut kinds: Vec<(String, Vec<usize>)> = Vec::new();
    for (index, person) in problem.people.iter().enumerate() {
        let roles: Vec<bool> = problem
            .covers
            .iter()
            .map(|cover| cover.members.contains(&index))
            .collect();
        let key = format!(
            "{} {} {:?} {:?} {} {roles:?}",
            person.site, person.contract, person.pool, person.window, person.cost_per_hour
        );
        match kinds.iter_mut().find(|(known, _)| *known == key) {
            Some((_, people)) => people.push(index),
            None => kinds.push((key, vec![index])),
        }
    }
    kinds.into_iter().map(|(_, people)| people).collect()
}

fn kind(explainer: &Explainer, more: &OneMore, have: usize, gap: f64, weeks: f64) -> Kind {
    let scenario = explainer.scenario;
    let agent = &scenario.agents[more.like];
    let (low, high) = (more.at_once / weeks, more.by_prices / weeks);
    let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
    Kind {
        site: scenario.sites[agent.site.0].id.clone(),
        contract: scenario.contracts[agent.contract.0].id.clone(),
        languages: scenario.language_names(agent),
        channels: agent.channels.names(),
        window: agent.window.map(|window| {
            format!(
                "{}-{}",
                clock(window.earliest_start),
                clock(window.latest_end)
            )
        }),
        have,
        worth: round((low + high) / 2.0),
        error: round((high - low).abs() / 2.0),
        at_once: round(low),
        by_prices: round(high),
        surely_at_most: round(high + gap),
    }
}

/// The scenario's contract behind one of the problem's; those that law or protection change come after the scenario's own.
fn contract_words(explainer: &Explainer, contract: usize) -> String {
    let scenario = explainer.scenario;
    if let Some(own) = scenario.contracts.get(contract) {
        return format!("contract {}", own.id);
    }
    let people = &explainer.problem().people;
    let somebody = people.iter().position(|person| person.contract == contract);
    let own = somebody.map_or("", |person| {
        let contract = scenario.agents[person].contract;
        scenario.contracts[contract.0].id.as_str()
    });
    format!("contract {own} with what law or protection add")
}

fn rule(explainer: &Explainer, looser: &Looser, weeks: f64) -> RuleCost {
    let minutes = |minutes: i32| crate::calendar::format_minutes(minutes.into());
    RuleCost {
        contract: contract_words(explainer, looser.contract),
        rule: looser.key,
        change: match looser.change {
            Step::Count(from, to) => format!("{from} to {to}"),
            Step::Minutes(from, to) => format!("{} to {}", minutes(from), minutes(to)),
            Step::Without => "left out".to_owned(),
        },
        worth: round(looser.by_prices / weeks),
    }
}
