//! Why a queue is short of people in an interval.

use std::ops::Range;

use crate::planning::curves::{QueueCurves, promised};
use crate::roster::explain::{Kept, Short, able, if_rules_gave_way, short};

use super::effect::round;
use super::words::{full, keeps, listed, moment, plural, stretch};
use super::{Answer, Explainer, Interval, PersonReason};

/// Offers told.
const OFFERS: usize = 5;
/// Groups of rules for which it is worked out what it would cost if they gave way.
const PRICED_GROUPS: usize = 4;
/// People tried per such group.
const TRIED: usize = 3;

/// Why a queue has no more people in an interval, and what would mend it.
pub fn explain_interval(explainer: &mut Explainer, queue: usize, interval: usize) -> Answer {
    let slots = explainer.slots_of(interval);
    let known = explainer.known.clone();
    let mut reasons = short(&mut explainer.appraiser, &known, queue, &slots);
    let figures = figures(explainer, queue, interval);
    let mut because = vec![situation(explainer, queue, interval, &figures)];
    let mut people: Vec<PersonReason> = Vec::new();
    let could = std::mem::take(&mut reasons.could);
    because.push(crowd(explainer, queue, &reasons, could.len()));
    if !reasons.at_work.is_empty() {
        because.push(working(explainer, queue, &reasons));
    }
    people.extend(reasons.at_work.iter().map(|&person| PersonReason {
        agent: explainer.scenario.agents[person].id.clone(),
        state: "at work",
        rules: Vec::new(),
        why: "at work then".to_owned(),
        cost: None,
        contacts: None,
    }));
    let stuck: Vec<usize> = reasons
        .on_break
        .iter()
        .copied()
        .filter(|person| could.iter().all(|able| able.person != *person))
        .collect();
    if !stuck.is_empty() {
        because.push(format!(
            "On a break, or at the edge of a shift, that cannot move: {}.",
            explainer.names(&stuck)
        ));
    }
    because.extend(kept_by_rules(explainer, &reasons.kept, &slots, &mut people));
    let mut offers = Vec::new();
    let mut full_weeks: Vec<(&'static str, usize)> = Vec::new();
    let mut free = 0;
    for able in &could {
        match able.rules.first() {
            Some(rule) => match full_weeks.iter_mut().find(|(known, _)| known == rule) {
                Some((_, count)) => *count += 1,
                None => full_weeks.push((rule, 1)),
            },
            None => free += 1,
        }
        let effect = &able.offer.effect;
        people.push(PersonReason {
            agent: explainer.scenario.agents[able.person].id.clone(),
            state: if reasons.on_break.contains(&able.person) {
                "break"
            } else {
                "could"
            },
            rules: able.rules.clone(),
            why: explainer.effect_words(effect),
            cost: Some(round(effect.total())),
            contacts: Some(round(
                explainer
                    .contacts(effect)
                    .iter()
                    .map(|(_, more)| more)
                    .sum(),
            )),
        });
    }
    if !could.is_empty() {
        because.push(others_could(&could, &full_weeks, free, explainer));
    }
    for able in could.into_iter().take(OFFERS) {
        let number = offers.len() + 1;
        offers.push(explainer.told(number, able.offer));
    }
    Answer {
        about: about(explainer, queue, interval),
        because,
        interval: Some(figures),
        people,
        worth: None,
        offers,
    }
}

fn about(explainer: &Explainer, queue: usize, interval: usize) -> String {
    let scenario = explainer.scenario;
    let grid = scenario.grid();
    let facts = &scenario.queues[queue];
    let start = grid.at(interval);
    let until = start + chrono::TimeDelta::minutes(i64::from(grid.step_minutes));
    let theirs = if facts.zone == scenario.zone {
        String::new()
    } else {
        format!(
            "; {} for its customers in {}",
            moment(&facts.zone, start),
            facts.zone
        )
    };
    format!(
        "{}, {} ({}{theirs})",
        facts.id,
        stretch(&scenario.zone, start, until),
        scenario.zone
    )
}

fn figures(explainer: &mut Explainer, queue: usize, interval: usize) -> Interval {
    let slots = explainer.slots_of(interval);
    let count = slots.len() as f64;
    let levels: Vec<f64> = slots
        .map(|slot| explainer.appraiser.level(queue, slot))
        .collect();
    let there = levels.iter().sum::<f64>() / count;
    let contacts = explainer.demand.queues[queue].contacts[interval];
    let (needed, answered, one_more) = match &explainer.curves.queues[queue] {
        QueueCurves::Live {
            gains,
            required,
            idle,
            ..
        } => {
            let gains = &gains[interval];
            let now: f64 = levels.iter().map(|&level| promised(gains, level)).sum();
            let more: f64 = levels
                .iter()
                .map(|&level| promised(gains, level + 1.0))
                .sum();
            let in_time = idle[interval] + now / count;
            let share = (contacts > 0.0).then(|| round((in_time / contacts).min(1.0)));
            (
                required[interval].scheduled as f64,
                share,
                Some(round((more - now) / count)),
            )
        }
        QueueCurves::Deferred { load, .. } => (load[interval], None, None),
    };
    Interval {
        queue: explainer.scenario.queues[queue].id.clone(),
        start_utc: explainer
            .scenario
            .grid()
            .at(interval)
            .format("%Y-%m-%dT%H:%MZ")
            .to_string(),
        contacts: round(contacts),
        needed: round(needed),
        there: round(there),
        answered_in_time: answered,
        target: explainer.scenario.queues[queue].target.answered,
        one_more,
    }
}

fn situation(explainer: &Explainer, queue: usize, interval: usize, figures: &Interval) -> String {
    let open = explainer.demand.queues[queue].open[interval];
    if !open {
        return "The queue is closed then.".to_owned();
    }
    let Some(share) = figures.answered_in_time else {
        return format!(
            "{:.1} contacts are expected. This work may wait: {:.1} agents are on it then, and what is left is done later.",
            figures.contacts, figures.there
        );
    };
    let one_more = figures.one_more.map_or(String::new(), |more| {
        if more < 0.005 {
            " One more agent would not change that.".to_owned()
        } else {
            format!(" One more agent would answer {more:.2} more of them in time.")
        }
    });
    let short = if figures.there + 1e-6 < figures.needed {
        format!(
            "which asks for {:.0} agents on shift, and {:.1} are there",
            figures.needed, figures.there
        )
    } else {
        format!(
            "which asks for {:.0} agents on shift; {:.1} are there, so it is not short",
            figures.needed, figures.there
        )
    };
    format!(
        "{:.1} contacts are expected, {short}. By the formula, corrected by play, {:.0} % are answered in time; the target is {:.0} %.{one_more}",
        figures.contacts,
        share * 100.0,
        figures.target * 100.0
    )
}

/// How many could take the queue at all, and what became of them.
fn crowd(explainer: &Explainer, queue: usize, reasons: &Short, could: usize) -> String {
    let facts = &explainer.scenario.queues[queue];
    let skilled = able(explainer.problem(), queue).count();
    let language = &explainer.scenario.languages[facts.language.0];
    if skilled == 0 {
        return format!(
            "Nobody has both the language {language} and the channel {}.",
            facts.channel.name()
        );
    }
    format!(
        "{} both {language} and {}: {} at work then, {} kept from it by hard rules, {} could still come or move a break.",
        plural(skilled, "person has", "people have"),
        facts.channel.name(),
        reasons.at_work.len(),
        reasons.kept.len(),
        could
    )
}

fn working(explainer: &Explainer, queue: usize, reasons: &Short) -> String {
    let elsewhere: Vec<String> = reasons
        .serving
        .iter()
        .filter(|(at, people)| *at != queue && *people >= 0.05)
        .take(4)
        .map(|(at, people)| format!("{people:.1} on {}", explainer.scenario.queues[*at].id))
        .collect();
    let others = if elsewhere.is_empty() {
        String::new()
    } else {
        format!(
            " Of them {}, where they are worth more just then.",
            listed(&elsewhere)
        )
    };
    format!(
        "At work then: {}.{others}",
        explainer.names(&reasons.at_work)
    )
}

/// One sentence for each set of rules that keeps people, the largest group first.
fn kept_by_rules(
    explainer: &mut Explainer,
    kept: &[Kept],
    slots: &Range<usize>,
    people: &mut Vec<PersonReason>,
) -> Vec<String> {
    let mut groups: Vec<(Vec<&'static str>, Vec<&Kept>)> = Vec::new();
    for one in kept {
        match groups.iter_mut().find(|(rules, _)| *rules == one.rules) {
            Some((_, group)) => group.push(one),
            None => groups.push((one.rules.clone(), vec![one])),
        }
    }
    groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.len()));
    let mut sentences = Vec::new();
    for (number, (rules, group)) in groups.iter().enumerate() {
        let mut cheapest: Option<(usize, f64, String)> = None;
        for (turn, one) in group.iter().enumerate() {
            let priced = (number < PRICED_GROUPS && turn < TRIED && !rules.is_empty())
                .then(|| if_rules_gave_way(&mut explainer.appraiser, one, slots))
                .flatten();
            let mut reason = PersonReason {
                agent: explainer.scenario.agents[one.person].id.clone(),
                state: "kept",
                rules: one.rules.clone(),
                why: one.words.join("; "),
                cost: None,
                contacts: None,
            };
            if let Some((_, effect)) = priced {
                let total = effect.total();
                reason.cost = Some(round(total));
                reason.contacts = Some(round(
                    explainer.contacts(&effect).iter().map(|(_, c)| c).sum(),
                ));
                if cheapest.as_ref().is_none_or(|(_, least, _)| total < *least) {
                    let words = explainer.effect_words(&effect);
                    cheapest = Some((one.person, total, words));
                }
            }
            people.push(reason);
        }
        let who: Vec<usize> = group.iter().map(|one| one.person).collect();
        let why = if rules.is_empty() {
            "their contract has no shift then".to_owned()
        } else {
            let all: Vec<String> = rules.iter().map(|rule| keeps(rule)).collect();
            listed(&all)
        };
        let mut values: Vec<&str> = group
            .iter()
            .flat_map(|one| &one.words)
            .map(String::as_str)
            .collect();
        values.dedup();
        values.sort_unstable();
        values.dedup();
        let value = match values.as_slice() {
            [one] if *one != rules[0] => format!(" ({one})"),
            _ => String::new(),
        };
        let price = cheapest.map_or(String::new(), |(person, total, words)| {
            format!(
                " If that gave way, {} would be {}: {words}.",
                explainer.name(person),
                explainer.total_words(total)
            )
        });
        sentences.push(format!(
            "{}{}: {}{value}.{price}",
            why[..1].to_uppercase(),
            &why[1..],
            explainer.names(&who)
        ));
    }
    sentences
}

fn others_could(
    could: &[crate::roster::explain::Able],
    full_weeks: &[(&'static str, usize)],
    free: usize,
    explainer: &Explainer,
) -> String {
    let mut parts: Vec<String> = full_weeks
        .iter()
        .map(|(rule, count)| format!("{count}: {}", full(rule)))
        .collect();
    if free > 0 {
        parts.push(format!("{free}: nothing but cost"));
    }
    let first = could[0].offer.effect.total();
    let verdict = if first > 0.005 {
        format!(
            "each would cost more than it brings, the cheapest {}",
            explainer.money(first)
        )
    } else {
        "the first below would pay".to_owned()
    };
    format!(
        "{} could be there within the rules if something else gave way ({}); {verdict}.",
        plural(could.len(), "person", "people"),
        parts.join("; ")
    )
}
