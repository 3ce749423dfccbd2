//! The rules that hold for each person: their contract's, the law of their site where the contract says nothing, and what protects them beyond both.

use crate::roster::problem as roster;
use crate::roster::problem::{Cover, Record, Shares, Terms, WorkRules};
use crate::scenario::domain::{
    Agent, AgentIndex, BalanceWeek, Contract, Counted, Goal, Law, LawTerms, Limit, LongRest, Mark,
    OvertimeStep, Pair, PairNeed, Period, Protection, Scenario, Strictness, WorkWithoutBreak,
};

use super::weights::against_money;

/// Weeks of the balance that shares look back on.
const SHARE_WEEKS: i64 = 26;

/// The contracts as the roster room knows them: first those of the scenario, one for one, then those that law or protection change; and which
/// holds for each agent.
pub fn contracts(
    scenario: &Scenario,
    plain: impl Fn(&Contract) -> WorkRules,
) -> (Vec<WorkRules>, Vec<usize>) {
    let mut all: Vec<WorkRules> = scenario
        .contracts
        .iter()
        .map(|contract| {
            let mut rules = plain(contract);
            rules.terms = own_terms(contract);
            rules
        })
        .collect();
    let of_agent = scenario
        .agents
        .iter()
        .map(|agent| {
            let contract = &scenario.contracts[agent.contract.0];
            let law = scenario.sites[agent.site.0].law.as_ref();
            let rules = with_law(&all[agent.contract.0], contract, law, agent);
            if rules == all[agent.contract.0] {
                return agent.contract.0;
            }
            let derived = scenario.contracts.len();
            let known = all[derived..].iter().position(|known| *known == rules);
            known.map_or_else(
                || {
                    all.push(rules);
                    all.len() - 1
                },
                |at| derived + at,
            )
        })
        .collect();
    (all, of_agent)
}

fn own_terms(contract: &Contract) -> Terms {
    let own = &contract.terms;
    Terms {
        max_paid_minutes_per_day: own.max_paid_minutes_per_day.map(|most| most as i32),
        weekly_rest: own.weekly_rest.map(|rest| rest as i32),
        long_rest: own.long_rest.map(long_rest),
        work_without_break: own.work_without_break.map(work_without_break),
        daily_overtime: own.daily_overtime.iter().map(overtime_step).collect(),
        rest_after_nights: own.rest_after_nights.map(|rule| roster::RestAfterNights {
            in_a_row: rule.in_a_row,
            rest: rule.rest as i32,
        }),
        no_nights: own.night_work == Some(false),
        no_sundays: own.sunday_work == Some(false),
        no_holidays: own.holiday_work == Some(false),
        limits: own.limits.iter().map(limit).collect(),
        average: own.average_hours.map(|average| roster::Average {
            minutes_per_week: average.minutes_per_week as i32,
            weeks: average.weeks,
        }),
        rotation: own.forward_rotation.map(strength),
        pattern: own.pattern.as_ref().map(|pattern| roster::Pattern {
            weeks: pattern.weeks.iter().map(|week| week.map(mark)).collect(),
            from: pattern.from,
        }),
        same_start_over_weeks: own.same_start_over_weeks.map(|minutes| minutes as i32),
    }
}

/// A contract's rules with what law and protection add for one agent.
fn with_law(plain: &WorkRules, contract: &Contract, law: Option<&Law>, agent: &Agent) -> WorkRules {
    let mut rules = plain.clone();
    for rule in law
        .into_iter()
        .flat_map(|law| law.rules_for(&agent.protection))
    {
        if rule.who.is_none() {
            fill(&mut rules, contract, &rule.asks);
        } else {
            protect(&mut rules, &rule.asks);
        }
    }
    for protection in &agent.protection {
        match protection {
            Protection::NoNights => rules.terms.no_nights = true,
            Protection::NoSundays => rules.terms.no_sundays = true,
            Protection::NoHolidays => rules.terms.no_holidays = true,
            Protection::NoOvertime => {
                rules.overtime = None;
                let first = rules.terms.daily_overtime.first().map(|step| step.after);
                if let Some(after) = first {
                    at_most(&mut rules.terms.max_paid_minutes_per_day, after);
                }
            }
            Protection::Minor | Protection::Pregnant => {}
        }
    }
    rules
}

/// The law's value wherever the contract has none. Breaks, pay and weekly hours stay the contract's: `check` says where they are looser.
fn fill(rules: &mut WorkRules, contract: &Contract, law: &LawTerms) {
    let own = &contract.terms;
    if let (None, Some(rest)) = (contract.rest_between_shifts, law.rest_between_shifts) {
        rules.rest = rest as i32;
    }
    if let (None, Some(days)) = (contract.max_consecutive_days, law.max_consecutive_days) {
        rules.max_consecutive_days = Some(days);
    }
    if let (None, Some(rest)) = (own.weekly_rest, law.terms.weekly_rest) {
        rules.terms.weekly_rest = Some(rest as i32);
    }
    if let (None, Some(rule)) = (own.long_rest, law.terms.long_rest) {
        rules.terms.long_rest = Some(long_rest(rule));
    }
    if let (None, Some(most)) = (
        own.max_paid_minutes_per_day,
        law.terms.max_paid_minutes_per_day,
    ) {
        rules.terms.max_paid_minutes_per_day = Some(most as i32);
    }
    if let (None, Some(average)) = (own.average_hours, law.terms.average_hours) {
        rules.terms.average = Some(roster::Average {
            minutes_per_week: average.minutes_per_week as i32,
            weeks: average.weeks,
        });
    }
    for asked in &law.terms.limits {
        let same = |has: &Limit| has.counted == asked.counted && has.period == asked.period;
        if !own.limits.iter().any(same) {
            rules.terms.limits.push(limit(asked));
        }
    }
}

/// Protection goes before the contract: the stricter of the two holds.
fn protect(rules: &mut WorkRules, law: &LawTerms) {
    let terms = &mut rules.terms;
    if let Some(rest) = law.rest_between_shifts {
        rules.rest = rules.rest.max(rest as i32);
    }
    if let Some(rest) = law.terms.weekly_rest {
        terms.weekly_rest = Some(terms.weekly_rest.unwrap_or(0).max(rest as i32));
    }
    if let Some(most) = law.terms.max_paid_minutes_per_day {
        at_most(&mut terms.max_paid_minutes_per_day, most as i32);
    }
    if let Some(rule) = law.terms.work_without_break {
        let asked = work_without_break(rule);
        terms.work_without_break = Some(match terms.work_without_break {
            Some(own) => roster::WorkWithoutBreak {
                at_most: own.at_most.min(asked.at_most),
                break_of: own.break_of.max(asked.break_of),
            },
            None => asked,
        });
    }
    terms.no_nights |= law.terms.night_work == Some(false);
    terms.limits.extend(law.terms.limits.iter().map(limit));
}

fn at_most(bound: &mut Option<i32>, most: i32) {
    *bound = Some(bound.map_or(most, |own| own.min(most)));
}

fn long_rest(rule: LongRest) -> roster::LongRest {
    roster::LongRest {
        rest: rule.rest as i32,
        days: rule.days,
    }
}

fn work_without_break(rule: WorkWithoutBreak) -> roster::WorkWithoutBreak {
    roster::WorkWithoutBreak {
        at_most: rule.at_most as i32,
        break_of: rule.break_of as i32,
    }
}

fn overtime_step(step: &OvertimeStep) -> roster::OvertimeStep {
    roster::OvertimeStep {
        after: step.after as i32,
        factor: step.factor,
    }
}

fn strength(strictness: Strictness) -> roster::Strength {
    match strictness {
        Strictness::Hard => roster::Strength::Hard,
        Strictness::Soft(weight) => roster::Strength::Soft(weight),
    }
}

fn limit(limit: &Limit) -> roster::Limit {
    roster::Limit {
        counted: match limit.counted {
            Counted::Hours => roster::Counted::Hours,
            Counted::Days => roster::Counted::Days,
            Counted::Nights => roster::Counted::Nights,
            Counted::Sundays => roster::Counted::Sundays,
            Counted::Holidays => roster::Counted::Holidays,
            Counted::Early => roster::Counted::Early,
            Counted::Late => roster::Counted::Late,
        },
        at_most: limit.at_most,
        at_least: limit.at_least,
        period: match limit.period {
            Period::AnyDays(days) => roster::Period::AnyDays(days),
            Period::Week => roster::Period::Week,
            Period::Month => roster::Period::Month,
            Period::Plan => roster::Period::Plan,
        },
        strength: strength(limit.strictness),
    }
}

fn mark(mark: Mark) -> roster::Mark {
    match mark {
        Mark::Off => roster::Mark::Off,
        Mark::Work => roster::Mark::Work,
        Mark::Open => roster::Mark::Open,
        Mark::Early => roster::Mark::Shift(roster::ShiftClass::Early),
        Mark::Day => roster::Mark::Shift(roster::ShiftClass::Day),
        Mark::Late => roster::Mark::Shift(roster::ShiftClass::Late),
        Mark::Night => roster::Mark::Shift(roster::ShiftClass::Night),
    }
}

/// What is known of an agent's weeks before. What no rule looks at stays empty, so that people alike stay alike.
pub fn record(scenario: &Scenario, index: usize, rules: &WorkRules) -> Record {
    let agent = AgentIndex(index);
    let weeks = rules.terms.average.map_or(0, |average| average.weeks);
    let past_minutes = (1..i64::from(weeks)).map(|back| {
        let from = scenario.start - chrono::TimeDelta::weeks(back);
        let until = from + chrono::TimeDelta::weeks(1);
        scenario
            .balance
            .iter()
            .find(|week| week.agent == agent && (from..until).contains(&week.week))
            .map(|week| week.paid_minutes as i32)
    });
    Record {
        past_minutes: past_minutes.collect(),
        pattern_ahead: if rules.terms.pattern.is_some() {
            scenario.agents[index].pattern_ahead
        } else {
            0
        },
        shares: scenario
            .objective
            .fairness
            .filter(|price| *price > 0.0)
            .map(|price| {
                let price = against_money(&scenario.objective, Goal::Fairness, price);
                shares(scenario, index, price)
            }),
    }
}

/// What somebody had more of than the one of their site and contract who had least.
fn shares(scenario: &Scenario, index: usize, price: f64) -> Shares {
    let since = scenario.start - chrono::TimeDelta::weeks(SHARE_WEEKS);
    let had = |agent: usize, count: fn(&BalanceWeek) -> u32| -> u32 {
        scenario
            .balance
            .iter()
            .filter(|week| week.agent == AgentIndex(agent) && week.week >= since)
            .map(count)
            .sum()
    };
    let own = &scenario.agents[index];
    let alike: Vec<usize> = (0..scenario.agents.len())
        .filter(|&other| {
            let other = &scenario.agents[other];
            other.site == own.site && other.contract == own.contract
        })
        .collect();
    let more = |count: fn(&BalanceWeek) -> u32| {
        let least = alike.iter().map(|&other| had(other, count)).min();
        f64::from(had(index, count) - least.unwrap_or(0))
    };
    Shares {
        price,
        nights: more(|week| week.nights),
        weekend_days: more(|week| week.weekend_days),
        unpopular_starts: more(|week| week.unpopular_starts),
    }
}

/// The covers that a pair asks for: at most one of those apart, one of the others beside each.
pub fn pair_covers(
    scenario: &Scenario,
    pair: &Pair,
    slots: usize,
    slot_minutes: i32,
) -> Vec<Cover> {
    let names = |people: &[AgentIndex]| {
        people
            .iter()
            .map(|agent| scenario.agents[agent.0].id.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let indices = |people: &[AgentIndex]| people.iter().map(|agent| agent.0).collect::<Vec<_>>();
    let price = match pair.strictness {
        Strictness::Hard => None,
        Strictness::Soft(weight) => Some(weight * f64::from(slot_minutes) / 60.0),
    };
    let cover = |members: Vec<usize>, said: String| Cover {
        members,
        counted: Vec::new(),
        min: 0,
        one_per: None,
        max: None,
        said,
        active: vec![true; slots],
        // Far above what an hour of service is worth, yet no promise: the hard rule keeps it, and the bound needs a price.
        cost: price.unwrap_or(1e4),
        hard: price.is_none(),
    };
    match &pair.need {
        PairNeed::Apart => {
            let said = format!("[[pair]] of {} (apart)", names(&pair.agents));
            vec![Cover {
                max: Some(1),
                ..cover(indices(&pair.agents), said)
            }]
        }
        PairNeed::With(with) => pair
            .agents
            .iter()
            .map(|agent| {
                let said = format!("[[pair]] of {} with {}", names(&[*agent]), names(with));
                Cover {
                    one_per: Some(1),
                    counted: vec![agent.0],
                    ..cover(indices(with), said)
                }
            })
            .collect(),
    }
}
