//! Everything that was found, as the plain results that people take away.

use chrono::{NaiveDate, Timelike};

use crate::calendar::Zone;
use crate::payroll::{PayTerms, Premium, WeekRules, rows};
use crate::results::{
    AbsenceSpan, CoverResult, ForecastPoint, PayrollRow, Person, PlanResults, QueueResult,
    QueueSummary, RequiredPoint, Round, Segment, ServicePoint, Shift, Site, SiteHoliday, Status,
    Summary, Target, Unmet, Wish,
};
use crate::roster::problem::{Problem, Tour};
use crate::roster::{Ended, wish_met};
use crate::scenario::domain::{self as scenario, AgentIndex, CoverNeed, Scenario};
use crate::simulation::{QueueResult as Simulated, ServiceLevel};
use crate::staffing::Shrinkage;

use super::axis::Axis;
use super::curves::{Curves, QueueCurves};
use super::demand::Demand;
use super::problem::wants;
use super::rounds::Planned;

/// What only the edge knows.
#[derive(Debug, Clone, PartialEq)]
pub struct RunFacts {
    pub seconds: f64,
    pub seed: u64,
    /// `time`, `user`, `effort`, `gap`.
    pub stopped_by: String,
    /// What the checker found: empty, or nothing is published.
    pub broken: Vec<String>,
}

/// The results of a plan.
pub fn publish(
    scenario: &Scenario,
    demand: &Demand,
    planned: &Planned,
    facts: &RunFacts,
) -> PlanResults {
    let axis = Axis::of(scenario);
    let people: Vec<Person> = (0..scenario.agents.len())
        .map(|index| {
            person(
                scenario,
                &planned.problem,
                &planned.solution.tours[index],
                index,
            )
        })
        .collect();
    let payroll: Vec<PayrollRow> = people
        .iter()
        .enumerate()
        .flat_map(|(index, person)| payroll_of(scenario, index, person))
        .collect();
    let queues: Vec<QueueResult> = (0..scenario.queues.len())
        .map(|queue| queue_result(scenario, demand, planned, queue, &axis))
        .collect();
    let covers = covers(scenario, planned, &axis);
    let unmet = unmet(scenario, &queues, &people, &covers);
    let cost = payroll.iter().map(|row| row.cost).sum();
    PlanResults {
        name: scenario.name.clone(),
        planner_zone: scenario.zone.clone(),
        currency: scenario.currency.clone(),
        grid: scenario.grid(),
        first_day: scenario.start,
        weeks: scenario.weeks,
        sites: scenario
            .sites
            .iter()
            .enumerate()
            .map(|(index, site)| site_result(scenario, planned, index, site))
            .collect(),
        rounds: rounds(demand, planned),
        summary: Summary {
            status: match planned.solution.ended {
                Ended::Gap => Status::Optimal,
                Ended::Effort => Status::Feasible,
                Ended::Stopped => Status::Stopped,
            },
            objective: planned.solution.objective,
            bound: planned.solution.bound,
            gap: gap(planned.solution.objective, planned.solution.bound, 0.0),
            gap_changeable: Some(gap(
                planned.solution.objective,
                planned.solution.bound,
                unavoidable(scenario, &planned.problem),
            )),
            cost,
            seconds: facts.seconds,
            seed: facts.seed,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            stopped_by: Some(facts.stopped_by.clone()),
            broken: facts.broken.clone(),
            unmet,
        },
        queues,
        people,
        covers,
        payroll,
        notes: demand.notes.clone(),
    }
}

/// Forecast and requirement alone, before anybody is rostered.
pub fn outline(scenario: &Scenario, demand: &Demand, curves: &Curves, seed: u64) -> PlanResults {
    let nothing = ServicePoint {
        offered: 0.0,
        answered_within: 0.0,
        abandoned: 0.0,
        service_level: None,
        low: None,
        high: None,
        asa_s: None,
        occupancy: None,
    };
    let intervals = scenario.grid().len;
    PlanResults {
        name: scenario.name.clone(),
        planner_zone: scenario.zone.clone(),
        currency: scenario.currency.clone(),
        grid: scenario.grid(),
        first_day: scenario.start,
        weeks: scenario.weeks,
        queues: (0..scenario.queues.len())
            .map(|queue| QueueResult {
                required: required(scenario, curves, queue),
                rostered: vec![0.0; intervals],
                service: vec![nothing; intervals],
                ..queue_facts(scenario, demand, queue)
            })
            .collect(),
        sites: Vec::new(),
        people: Vec::new(),
        covers: Vec::new(),
        payroll: Vec::new(),
        rounds: Vec::new(),
        summary: Summary {
            status: Status::Feasible,
            objective: 0.0,
            bound: 0.0,
            gap: 0.0,
            gap_changeable: None,
            cost: 0.0,
            seconds: 0.0,
            seed,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            stopped_by: None,
            broken: Vec::new(),
            unmet: Vec::new(),
        },
        notes: demand.notes.clone(),
    }
}

/// Share of the objective (less what no roster avoids) that lies above the bound.
fn gap(objective: f64, bound: f64, unavoidable: f64) -> f64 {
    let changeable = objective - unavoidable;
    if changeable > 0.0 {
        ((objective - bound) / changeable).max(0.0)
    } else {
        0.0
    }
}

/// Money that every roster costs: each person's least paid hours at the plain rate.
fn unavoidable(scenario: &Scenario, problem: &Problem) -> f64 {
    (0..scenario.agents.len())
        .flat_map(|person| (0..problem.weeks).map(move |week| (person, week)))
        .map(|(person, week)| {
            let least = problem
                .rules(person)
                .week_limits(problem.absent_in_week(person, week))
                .paid
                .0;
            f64::from(least) / 60.0 * problem.people[person].cost_per_hour
        })
        .sum()
}

fn person(scenario: &Scenario, problem: &Problem, tour: &Tour, index: usize) -> Person {
    let agent = &scenario.agents[index];
    let site = &scenario.sites[agent.site.0];
    let contract = &scenario.contracts[agent.contract.0];
    let shifts = tour
        .shifts
        .iter()
        .zip(1..)
        .map(|(shift, number)| {
            let segment = |activity: &str, start: i32, end: i32, paid: bool| Segment {
                activity: activity.to_owned(),
                start: problem.instant(start),
                end: problem.instant(end),
                paid,
            };
            let mut segments = Vec::with_capacity(2 * shift.breaks.len() + 1);
            let mut at = shift.span.start;
            for (which, rest) in &shift.breaks {
                if at < rest.start {
                    segments.push(segment("work", at, rest.start, true));
                }
                let part = &contract.breaks[*which];
                segments.push(segment(&part.name, rest.start, rest.end, part.paid));
                at = rest.end;
            }
            if at < shift.span.end {
                segments.push(segment("work", at, shift.span.end, true));
            }
            Shift {
                number,
                segments,
                why: None,
            }
        })
        .collect();
    let absences = scenario
        .absences
        .iter()
        .filter(|absence| absence.agent == AgentIndex(index))
        .map(|absence| AbsenceSpan {
            reason: absence.reason.clone(),
            start: absence.from,
            end: absence.until,
            paid: absence.paid,
        });
    Person {
        id: agent.id.clone(),
        name: agent.name.clone(),
        site: site.id.clone(),
        zone: site.zone.clone(),
        contract: contract.id.clone(),
        role: scenario.roles[agent.role.0].clone(),
        languages: agent
            .languages
            .iter()
            .map(|skill| scenario.languages[skill.language.0].clone())
            .collect(),
        channels: agent
            .channels
            .iter()
            .map(|channel| channel.name().to_owned())
            .collect(),
        shifts,
        absences: absences.collect(),
        wishes: wishes(scenario, problem, tour, index),
    }
}

fn wishes(scenario: &Scenario, problem: &Problem, tour: &Tour, index: usize) -> Vec<Wish> {
    let zone = &scenario.sites[scenario.agents[index].site.0].zone;
    let days = &problem.site(index).days;
    let mut wishes: Vec<Wish> = scenario
        .requests
        .iter()
        .filter(|request| request.agent == AgentIndex(index) && days.iter().any(|day| day.date == request.date))
        .map(|request| {
            let start = tour.shifts.iter().find(|shift| days[shift.day].date == request.date).map(|shift| {
                let local = zone.to_local(problem.instant(shift.span.start));
                (local.hour() * 60 + local.minute()) as i32
            });
            let granted = wish_met(wants(request.wants), start);
            Wish {
                date: request.date,
                wants: wish_word(request.wants),
                granted,
                why: (!granted).then(|| match start {
                    Some(minute) => format!("works from {:02}:{:02}: contacts and contract hours weigh more than the wish", minute / 60, minute % 60),
                    None => "is off: another day serves customers better within the contract's days".to_owned(),
                }),
            }
        })
        .collect();
    wishes.sort_by_key(|wish| wish.date);
    wishes
}

fn wish_word(wish: scenario::Wish) -> String {
    match wish {
        scenario::Wish::Off => "off".to_owned(),
        scenario::Wish::On => "on".to_owned(),
        scenario::Wish::Early => "early".to_owned(),
        scenario::Wish::Late => "late".to_owned(),
        scenario::Wish::StartAt(minute) => format!("{:02}:{:02}", minute / 60, minute % 60),
    }
}

fn payroll_of(scenario: &Scenario, index: usize, person: &Person) -> Vec<PayrollRow> {
    let agent = &scenario.agents[index];
    let contract = &scenario.contracts[agent.contract.0];
    let site = &scenario.sites[agent.site.0];
    let terms = PayTerms {
        rate: agent.cost_per_hour.unwrap_or(contract.cost_per_hour),
        premium: Premium {
            night: contract.premium.night,
            saturday: contract.premium.saturday,
            sunday: contract.premium.sunday,
            holiday: contract.premium.holiday,
        },
        overtime_factor: contract.overtime.map_or(1.0, |overtime| overtime.factor),
    };
    let rules = WeekRules {
        max_minutes: i64::from(contract.paid_minutes_per_week.max),
        max_days: contract.days_per_week.max,
        first_day: scenario.start,
        weeks: scenario.weeks,
    };
    rows(person, &terms, &rules, &|date: NaiveDate| {
        site.is_holiday(date)
    })
}

fn queue_result(
    scenario: &Scenario,
    demand: &Demand,
    planned: &Planned,
    queue: usize,
    axis: &Axis,
) -> QueueResult {
    let simulated = &planned.simulation.queues[queue];
    QueueResult {
        required: required(scenario, &planned.curves, queue),
        rostered: axis.per_interval_mean(&planned.solution.allocated[queue]),
        service: simulated
            .parts
            .iter()
            .zip(&simulated.occupancy_of_parts)
            .map(|(part, occupancy)| service_point(part, occupancy.share()))
            .collect(),
        summary: queue_summary(planned, queue, simulated),
        ..queue_facts(scenario, demand, queue)
    }
}

/// A queue's names, target and forecast, all else left empty.
fn queue_facts(scenario: &Scenario, demand: &Demand, queue: usize) -> QueueResult {
    let facts = &scenario.queues[queue];
    let forecast = &demand.queues[queue];
    let within = facts.target.within_seconds;
    QueueResult {
        id: facts.id.clone(),
        language: scenario.languages[facts.language.0].clone(),
        channel: facts.channel.name().to_owned(),
        zone: facts.zone.clone(),
        target: Target {
            answered: facts.target.answered,
            within_s: within as f64,
            text: format!(
                "{:.0} % within {}",
                facts.target.answered * 100.0,
                duration_words(within)
            ),
        },
        forecast: (0..forecast.contacts.len())
            .map(|i| ForecastPoint {
                contacts: forecast.contacts[i],
                p10: forecast.p10[i],
                p50: forecast.p50[i],
                p90: forecast.p90[i],
                handle_time_s: forecast.handle_time_s[i],
            })
            .collect(),
        last_weeks: forecast.last_weeks.clone(),
        required: Vec::new(),
        rostered: Vec::new(),
        service: Vec::new(),
        summary: QueueSummary {
            promised: 0.0,
            simulated: 0.0,
            low: 0.0,
            high: 0.0,
            asa_s: 0.0,
            abandoned: 0.0,
            occupancy: 0.0,
        },
        reasons: Vec::new(),
    }
}

fn duration_words(seconds: u64) -> String {
    match seconds {
        s if s >= 3600 && s % 3600 == 0 => format!("{} h", s / 3600),
        s if s >= 120 && s % 60 == 0 => format!("{} min", s / 60),
        s => format!("{s} s"),
    }
}

fn required(scenario: &Scenario, curves: &Curves, queue: usize) -> Vec<RequiredPoint> {
    match &curves.queues[queue] {
        QueueCurves::Live { required, .. } => required
            .iter()
            .map(|need| RequiredPoint {
                load_erlang: need.load_erlang,
                agents: f64::from(need.agents),
                scheduled: need.scheduled as f64,
            })
            .collect(),
        QueueCurves::Deferred { load, .. } => {
            let facts = &scenario.queues[queue];
            let points = u16::try_from(scenario.shrinkage.of_channel(facts.channel)).unwrap_or(0);
            let present = 1.0 - Shrinkage::from_basis_points(points).map_or(0.0, Shrinkage::share);
            // Deferred work is not a staffing level; its mean load says how many agents it keeps busy.
            load.iter()
                .map(|&load| RequiredPoint {
                    load_erlang: load,
                    agents: load,
                    scheduled: load / present,
                })
                .collect()
        }
    }
}

fn service_point(part: &crate::simulation::Moments, occupancy: Option<f64>) -> ServicePoint {
    let level = part.service_level(ServiceLevel::Offered);
    ServicePoint {
        offered: part.offered(),
        answered_within: part.in_time(),
        abandoned: part.abandoned(),
        service_level: level.map(|level| level.mean),
        low: level.map(|level| level.low().max(0.0)),
        high: level.map(|level| level.high().min(1.0)),
        asa_s: part.asa_s().map(|wait| wait.mean),
        occupancy,
    }
}

fn queue_summary(planned: &Planned, queue: usize, simulated: &Simulated) -> QueueSummary {
    let level = simulated.total.service_level(ServiceLevel::Offered);
    QueueSummary {
        promised: planned.promised[queue],
        simulated: level.map_or(1.0, |level| level.mean),
        low: level.map_or(1.0, |level| level.low().max(0.0)),
        high: level.map_or(1.0, |level| level.high().min(1.0)),
        asa_s: simulated.total.asa_s().map_or(0.0, |wait| wait.mean),
        abandoned: simulated
            .total
            .abandoned_share()
            .map_or(0.0, |share| share.mean),
        occupancy: simulated.occupancy.share().unwrap_or(0.0),
    }
}

fn site_result(
    scenario: &Scenario,
    planned: &Planned,
    index: usize,
    site: &scenario::Site,
) -> Site {
    let mut changes: Vec<(i32, i32)> = Vec::new();
    for (person, tour) in planned.solution.tours.iter().enumerate() {
        if scenario.agents[person].site.0 == index {
            changes.extend(
                tour.shifts
                    .iter()
                    .flat_map(|shift| [(shift.span.start, 1), (shift.span.end, -1)]),
            );
        }
    }
    changes.sort();
    let used = changes
        .iter()
        .scan(0, |present, (_, change)| {
            *present += change;
            Some(*present)
        })
        .max()
        .unwrap_or(0);
    let around = (scenario.start - chrono::TimeDelta::days(1))
        ..=(scenario.last_date() + chrono::TimeDelta::days(1));
    let touching = site
        .holidays
        .iter()
        .filter(|holiday| around.contains(&holiday.date));
    Site {
        id: site.id.clone(),
        zone: site.zone.clone(),
        seats: site.seats,
        seats_used: used.max(0) as u32,
        holidays: touching
            .map(|holiday| SiteHoliday {
                date: holiday.date,
                name: holiday.name.clone(),
            })
            .collect(),
    }
}

fn rounds(demand: &Demand, planned: &Planned) -> Vec<Round> {
    let contacts: Vec<f64> = demand
        .queues
        .iter()
        .map(|queue| queue.contacts.iter().sum())
        .collect();
    let total: f64 = contacts.iter().sum();
    let mean = |levels: &[f64]| {
        levels
            .iter()
            .zip(&contacts)
            .map(|(level, contacts)| level * contacts)
            .sum::<f64>()
            / total.max(1e-9)
    };
    let last = planned.rounds.len();
    planned
        .rounds
        .iter()
        .zip(1..)
        .map(|(round, number)| Round {
            number,
            cost: round.wages_and_wishes,
            promised: mean(&round.promised),
            simulated: mean(&round.simulated),
            correction: if (number as usize) < last {
                "curves set to what the simulation showed, per queue and part of the day".to_owned()
            } else {
                String::new()
            },
        })
        .collect()
}

fn covers(scenario: &Scenario, planned: &Planned, axis: &Axis) -> Vec<CoverResult> {
    scenario
        .cover
        .iter()
        .zip(&planned.solution.cover_missing)
        .zip(&planned.problem.covers)
        .map(|((cover, missing), rule)| {
            let role = &scenario.roles[cover.role.0];
            CoverResult {
                role: role.clone(),
                wanted: match cover.need {
                    CoverNeed::Min(people) => format!("at least {people} {role} on shift"),
                    CoverNeed::OnePer(people) => {
                        format!("one {role} for every {people} others on shift")
                    }
                },
                site: cover.site.map(|site| scenario.sites[site.0].id.clone()),
                hard: cover.hard,
                intervals: (0..axis.intervals)
                    .filter(|interval| rule.active[axis.slots_of(*interval)].contains(&true))
                    .count() as u32,
                short: (0..axis.intervals)
                    .filter(|interval| {
                        missing[axis.slots_of(*interval)]
                            .iter()
                            .any(|&people| people > 0)
                    })
                    .collect(),
            }
        })
        .collect()
}

fn unmet(
    scenario: &Scenario,
    queues: &[QueueResult],
    people: &[Person],
    covers: &[CoverResult],
) -> Vec<Unmet> {
    let mut unmet = Vec::new();
    for queue in queues
        .iter()
        .filter(|queue| queue.summary.high < queue.target.answered)
    {
        let short = (0..queue.required.len())
            .filter(|&i| {
                queue.forecast[i].contacts > 0.0
                    && queue.rostered[i] + 1e-6 < queue.required[i].scheduled
            })
            .count();
        unmet.push(Unmet {
            what: format!("{} of {}", queue.target.text, queue.id),
            who: Some(queue.id.clone()),
            when: None,
            why: format!(
                "{:.1} % are answered in time ({:.1} to {:.1}); in {short} of {} intervals fewer people can be there than the formula asks for",
                queue.summary.simulated * 100.0,
                queue.summary.low * 100.0,
                queue.summary.high * 100.0,
                queue.required.len()
            ),
        });
    }
    let grid = scenario.grid();
    for cover in covers.iter().filter(|cover| !cover.short.is_empty()) {
        let zone = cover
            .site
            .as_ref()
            .and_then(|id| scenario.sites.iter().find(|site| site.id == *id))
            .map_or(&scenario.zone, |site| &site.zone);
        unmet.push(Unmet {
            what: cover.wanted.clone(),
            who: cover.site.clone(),
            when: Some(when_words(&cover.short, &grid, zone)),
            why: "nobody of that role could be there within their rules, or only at a price above what the rule is worth".to_owned(),
        });
    }
    for person in people {
        for wish in person.wishes.iter().filter(|wish| !wish.granted) {
            unmet.push(Unmet {
                what: format!("{} wished: {}", person.name, wish.wants),
                who: Some(person.id.clone()),
                when: Some(wish.date.format("%a %-d %B").to_string()),
                why: wish.why.clone().unwrap_or_default(),
            });
        }
    }
    unmet
}

/// The first stretches of some intervals in words, with the zone.
fn when_words(intervals: &[usize], grid: &crate::calendar::Grid, zone: &Zone) -> String {
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for &interval in intervals {
        match stretches.last_mut() {
            Some(last) if last.1 == interval => last.1 = interval + 1,
            _ => stretches.push((interval, interval + 1)),
        }
    }
    let words: Vec<String> = stretches
        .iter()
        .take(4)
        .map(|(from, until)| {
            format!(
                "{} to {}",
                zone.to_local(grid.at(*from)).format("%a %H:%M"),
                zone.to_local(grid.at(*until)).format("%H:%M")
            )
        })
        .collect();
    let more = if stretches.len() > 4 {
        format!(" and {} more", stretches.len() - 4)
    } else {
        String::new()
    };
    format!("{}{more} ({zone})", words.join(", "))
}
