//! The scenario and its service curves as the roster room's question.

use std::sync::Arc;

use crate::roster::problem::{
    Break, Cover, Day, Person, Premium, Problem, QueueDemand as RosterQueue, ServiceDemand, Site,
    Span, Wants, Wish, WorkRules,
};
use crate::scenario::domain::{self as scenario, AgentIndex, CoverNeed, Scenario, TargetPeriod};

use super::axis::Axis;
use super::carried::carried;
use super::curves::{Curves, QueueCurves};
use super::demand::Demand;
use super::pools::{Counted, pools};
use super::terms;
use super::work_units::work_units;
use super::worths::Worths;

/// A contact answered beyond the target is worth this share of one that the target asks for.
pub(super) const BEYOND_TARGET: f64 = 0.05;
/// Money for an agent-interval below the minimum staff, in missed contacts per hour.
const CONTACTS_PER_FLOOR_HOUR: f64 = 8.0;

/// The question to the roster room.
pub fn roster_problem(
    scenario: &Scenario,
    demand: &Demand,
    curves: &Curves,
    work_factor: &[f64],
) -> Problem {
    let axis = Axis::of(scenario);
    let worths = Worths::of(scenario);
    let queues = (0..scenario.queues.len())
        .map(|queue| {
            worth_of_queue(
                scenario,
                demand,
                curves,
                queue,
                &axis,
                &worths,
                work_factor[queue],
            )
        })
        .collect();
    people_problem(scenario, Counted::Work, &worths, ServiceDemand { queues })
}

/// People and their rules with no demand: enough to read and check rosters.
pub fn people_and_rules(scenario: &Scenario) -> Problem {
    let queues = vec![RosterQueue::Deferred { units: Vec::new() }; scenario.queues.len()];
    people_problem(
        scenario,
        Counted::Work,
        &Worths::of(scenario),
        ServiceDemand { queues },
    )
}

/// People and their rules, with any demand.
pub(super) fn people_problem(
    scenario: &Scenario,
    counted: Counted,
    worths: &Worths,
    service: ServiceDemand,
) -> Problem {
    let axis = Axis::of(scenario);
    let minute = |at: crate::calendar::Instant| (at - axis.origin).num_minutes() as i32;
    let (pools, pool_of) = pools(scenario, counted);
    let (contracts, contract_of) = terms::contracts(scenario, work_rules);
    let mut problem =
        Problem {
            origin: axis.origin,
            slot_minutes: axis.slot_minutes,
            slots: axis.slots,
            free_from: i32::MIN,
            told_duties: Vec::new(),
            weeks: scenario.weeks as usize,
            sites: scenario
                .sites
                .iter()
                .map(|site| roster_site(scenario, site, &axis))
                .collect(),
            contracts,
            pools,
            people: Vec::with_capacity(scenario.agents.len()),
            service,
            covers: scenario
                .cover
                .iter()
                .map(|cover| roster_cover(scenario, cover, &axis, worths))
                .chain(scenario.pairs.iter().flat_map(|pair| {
                    terms::pair_covers(scenario, pair, axis.slots, axis.slot_minutes)
                }))
                .collect(),
            activities: super::activities::activities(scenario, &axis),
            wish_cost: worths.wish,
            soft: worths.soft,
        };
    for (index, agent) in scenario.agents.iter().enumerate() {
        let days = &problem.sites[agent.site.0].days;
        let mine = |shift: &&scenario::FixedShift| shift.agent == AgentIndex(index);
        let span = |shift: &scenario::FixedShift| Span {
            start: minute(shift.start),
            end: minute(shift.end),
        };
        let mut absences: Vec<Span> = Vec::new();
        let mut absent_days = vec![false; days.len()];
        for absence in scenario
            .absences
            .iter()
            .filter(|absence| absence.agent == AgentIndex(index))
        {
            absences.push(Span {
                start: minute(absence.from),
                end: minute(absence.until),
            });
            for (gone, day) in absent_days.iter_mut().zip(days) {
                *gone |= absence.dates.contains(&day.date);
            }
        }
        // Before the first and after the last day of employment nobody works, as if absent.
        for (gone, day) in absent_days.iter_mut().zip(days) {
            if agent.from.is_some_and(|from| day.date < from)
                || agent.until.is_some_and(|until| day.date > until)
            {
                *gone = true;
                absences.push(day.span);
            }
        }
        let wishes = scenario
            .requests
            .iter()
            .filter(|request| request.agent == AgentIndex(index))
            .filter_map(|request| {
                Some(Wish {
                    day: days.iter().position(|day| day.date == request.date)?,
                    wants: wants(request.wants),
                    weight: request.weight,
                })
            })
            .collect();
        // What somebody left in the middle of a plan under way is not before it.
        let before = scenario.previous.iter().filter(mine).map(span);
        let mut before: Vec<Span> = before
            .filter(|span| {
                days.first()
                    .is_none_or(|first| span.start < first.span.start)
            })
            .collect();
        before.sort_by_key(|span| span.start);
        problem.people.push(Person {
            site: agent.site.0,
            contract: contract_of[index],
            pool: pool_of[index],
            window: agent.window,
            cost_per_hour: agent
                .cost_per_hour
                .unwrap_or(scenario.contracts[agent.contract.0].cost_per_hour),
            absences,
            absent_days,
            locked: scenario.locked.iter().filter(mine).map(span).collect(),
            before,
            carried: carried(scenario, &axis, index),
            known: Vec::new(),
            spared: Vec::new(),
            wishes,
            record: terms::record(scenario, index, &problem.contracts[contract_of[index]]),
        });
    }
    problem
}

pub(super) fn wants(wish: scenario::Wish) -> Wants {
    match wish {
        scenario::Wish::Off => Wants::Off,
        scenario::Wish::On => Wants::On,
        scenario::Wish::Early => Wants::Early,
        scenario::Wish::Late => Wants::Late,
        scenario::Wish::StartAt(minute) => Wants::StartAt(minute as i32),
    }
}

fn roster_site(scenario: &Scenario, site: &scenario::Site, axis: &Axis) -> Site {
    let minute = |at: crate::calendar::Instant| (at - axis.origin).num_minutes() as i32;
    let days = scenario.dates().enumerate().map(|(index, date)| Day {
        date,
        span: Span {
            start: minute(site.zone.start_of_day(date)),
            end: minute(site.zone.start_of_day(date + chrono::TimeDelta::days(1))),
        },
        week: index / 7,
    });
    let closed = site
        .hours
        .as_ref()
        .filter(|hours| !hours.is_always())
        .map_or(Vec::new(), |hours| {
            let grid = scenario.grid();
            (0..axis.slots)
                .map(|slot| !hours.contains(site.zone.to_local(axis.instant(&grid, slot))))
                .collect()
        });
    Site {
        zone: site.zone.clone(),
        days: days.collect(),
        seats: site.seats,
        holidays: site.holidays.iter().map(|holiday| holiday.date).collect(),
        closed,
    }
}

fn work_rules(contract: &scenario::Contract) -> WorkRules {
    let longest = contract.shift_lengths.iter().max().copied().unwrap_or(0);
    WorkRules {
        paid_minutes_per_week: (
            contract.paid_minutes_per_week.min as i32,
            contract.paid_minutes_per_week.max as i32,
        ),
        days_per_week: (contract.days_per_week.min, contract.days_per_week.max),
        shift_minutes: contract
            .shift_lengths
            .iter()
            .map(|&minutes| minutes as i32)
            .collect(),
        start_every: contract.shift_starts.every as i32,
        earliest_start: Some(contract.shift_starts.earliest as i32),
        latest_start: Some(contract.shift_starts.latest as i32),
        rest: contract.rest_between_shifts.unwrap_or(0) as i32,
        max_consecutive_days: contract.max_consecutive_days,
        min_consecutive_days_off: contract.min_consecutive_days_off,
        max_nights_per_week: contract.max_nights_per_week,
        max_consecutive_nights: contract.max_consecutive_nights,
        weekends_off: contract.weekends_off.map(|rule| (rule.at_least, rule.of)),
        same_start_within: contract.same_start_within.map(|minutes| minutes as i32),
        breaks: contract
            .breaks
            .iter()
            .map(|part| Break {
                name: part.name.clone(),
                minutes: part.length as i32,
                paid: part.paid,
                after: part.after as i32,
                before: part.before.unwrap_or(longest) as i32,
                if_shift_over: part.if_shift_over as i32,
            })
            .collect(),
        overtime: contract
            .overtime
            .map(|overtime| (overtime.max_minutes as i32, overtime.factor)),
        premium: Premium {
            night: contract.premium.night,
            saturday: contract.premium.saturday,
            sunday: contract.premium.sunday,
            holiday: contract.premium.holiday,
        },
        hire: contract.hire,
        terms: Default::default(),
    }
}

fn worth_of_queue(
    scenario: &Scenario,
    demand: &Demand,
    curves: &Curves,
    queue: usize,
    axis: &Axis,
    worths: &Worths,
    work_factor: f64,
) -> RosterQueue {
    let facts = &scenario.queues[queue];
    let contact = worths.missed_contact * facts.priority.unwrap_or(1.0);
    match &curves.queues[queue] {
        QueueCurves::Live {
            gains,
            idle,
            floor,
            above_target,
            ..
        } => {
            let per_slot = 1.0 / axis.per_interval as f64;
            let floor_worth =
                worths.missed_contact * CONTACTS_PER_FLOOR_HOUR * f64::from(axis.slot_minutes)
                    / 60.0;
            let of_interval: Vec<Arc<[f64]>> = (0..axis.intervals)
                .map(|interval| {
                    let offered = demand.queues[queue].contacts[interval];
                    // Without a period the target holds in every interval. Where it is the week's average that counts, all contacts weigh alike;
                    // where it is the day's, up to a share of which the play tells how much of each day it answers.
                    let wanted = match facts.target.per {
                        Some(TargetPeriod::Week) => offered,
                        Some(TargetPeriod::Day) => {
                            let share = facts.target.answered + above_target[interval];
                            share.clamp(0.0, 1.0) * offered
                        }
                        _ => facts.target.answered * offered,
                    };
                    let worth =
                        |answered: f64| contact * (answered.min(wanted) + BEYOND_TARGET * answered);
                    let mut answered = idle[interval];
                    let needed = floor[interval] as usize;
                    let steps = gains[interval].len().max(needed);
                    (0..steps)
                        .map(|n| {
                            let more = answered + gains[interval].get(n).copied().unwrap_or(0.0);
                            let step = (worth(more) - worth(answered)) * per_slot;
                            answered = more;
                            step + if n < needed { floor_worth } else { 0.0 }
                        })
                        .collect()
                })
                .collect();
            let none: Arc<[f64]> = Arc::from([]);
            RosterQueue::Live {
                worth: (0..axis.slots)
                    .map(|slot| {
                        axis.interval(slot)
                            .map_or(none.clone(), |interval| of_interval[interval].clone())
                    })
                    .collect(),
            }
        }
        QueueCurves::Deferred { load, within_s } => RosterQueue::Deferred {
            units: work_units(
                scenario,
                demand,
                queue,
                load,
                *within_s,
                axis,
                contact,
                work_factor,
            ),
        },
    }
}

fn roster_cover(
    scenario: &Scenario,
    cover: &scenario::Cover,
    axis: &Axis,
    worths: &Worths,
) -> Cover {
    let here = |index: usize| {
        cover
            .site
            .is_none_or(|site| scenario.agents[index].site == site)
    };
    let members: Vec<usize> = (0..scenario.agents.len())
        .filter(|&index| here(index) && cover.who.matches(&scenario.agents[index]))
        .collect();
    let zone = cover
        .site
        .map_or(&scenario.zone, |site| &scenario.sites[site.0].zone);
    let grid = scenario.grid();
    let active = (0..axis.slots)
        .map(|slot| {
            axis.interval(slot).is_some()
                && cover
                    .hours
                    .contains(zone.to_local(axis.instant(&grid, slot)))
        })
        .collect();
    let (min, one_per, max) = match cover.need {
        CoverNeed::Min(people) => (people, None, None),
        CoverNeed::OnePer(people) => (0, Some(people), None),
        CoverNeed::Max(people) => (0, None, Some(people)),
    };
    Cover {
        counted: match one_per {
            Some(_) => (0..scenario.agents.len())
                .filter(|index| here(*index) && !members.contains(index))
                .collect(),
            None => Vec::new(),
        },
        members,
        min,
        one_per,
        max,
        said: format!("[[cover]] of {}", cover.who.words(scenario)),
        active,
        cost: worths.cover_hour * f64::from(axis.slot_minutes) / 60.0,
        hard: cover.hard,
    }
}
