//! The plain model, as anybody would write it down: a binary per person, day and shift, people of a pool split over their queues slot by slot, and
//! HiGHS alone. Breaks lie in the middle of their spans, or there would be many times the binaries. It knows the rules that the generated
//! centre has, no others.

use std::time::Instant as Clock;

use chrono::Timelike;
use followsun::roster::problem::*;
use followsun::roster::{check, wages};
use highs::{Col, RowProblem, Sense};

/// One shift that somebody may work.
struct Choice {
    person: usize,
    shift: Shift,
    paid: i32,
    column: Col,
}

/// Solves the plain model within the time and prints what it comes to.
pub fn print(problem: &Problem, seconds: f64) {
    let start = Clock::now();
    let mut model = RowProblem::default();
    let choices = choices(problem, &mut model);
    rules(problem, &choices, &mut model);
    let everything = service(problem, &choices, &mut model);
    let binaries = choices.len();
    let mut model = model.optimise(Sense::Minimise);
    model.make_quiet();
    model.set_option("time_limit", seconds - start.elapsed().as_secs_f64());
    model.set_option("mip_rel_gap", 1e-4);
    let solved = model.solve();
    let bound = solved
        .double_info_value(c"mip_dual_bound")
        .unwrap_or(f64::NEG_INFINITY)
        + everything;
    let objective = solved.objective_value() + everything;
    let solution = solved.get_solution();
    let found = objective.is_finite() && solution.columns().len() > binaries;
    let mut tours = vec![Tour::default(); problem.people.len()];
    for (choice, value) in choices.iter().zip(solution.columns()) {
        if *value > 0.5 {
            tours[choice.person].shifts.push(choice.shift.clone());
        }
    }
    print!(
        "HiGHS alone  binaries {binaries} seconds {:.1} ",
        start.elapsed().as_secs_f64()
    );
    if found {
        println!(
            "objective {objective:.2} bound {bound:.2} gap {:.3} % broken {}",
            100.0 * (objective - bound) / objective,
            check(problem, &tours).len()
        );
    } else {
        println!("no roster found, bound {bound:.2}");
    }
}

fn choices(problem: &Problem, model: &mut RowProblem) -> Vec<Choice> {
    let mut choices = Vec::new();
    for person in 0..problem.people.len() {
        let rules = problem.rules(person);
        let site = problem.site(person);
        for (day, at) in site.days.iter().enumerate() {
            for start in (at.span.start..at.span.end).step_by(rules.start_every as usize) {
                let local = site.zone.to_local(problem.instant(start));
                let wall = local.hour() * 60 + local.minute();
                for &length in &rules.shift_minutes {
                    let inside = problem.people[person].window.is_none_or(|window| {
                        wall >= window.earliest_start && wall + length as u32 <= window.latest_end
                    });
                    if !inside || (start + length) / problem.slot_minutes > problem.slots as i32 {
                        continue;
                    }
                    let shift = shift(problem, rules, day, start, length);
                    let tour = Tour {
                        shifts: vec![shift.clone()],
                    };
                    let cost = wages(problem, person, &tour);
                    choices.push(Choice {
                        person,
                        paid: shift.paid_minutes(rules),
                        shift,
                        column: model.add_integer_column(cost, 0..=1),
                    });
                }
            }
        }
    }
    choices
}

fn shift(problem: &Problem, rules: &WorkRules, day: usize, start: i32, length: i32) -> Shift {
    let breaks = rules.breaks.iter().enumerate();
    Shift {
        day,
        span: Span {
            start,
            end: start + length,
        },
        breaks: breaks
            .filter(|(_, of)| length > of.if_shift_over)
            .map(|(which, of)| {
                let middle = (of.after + of.before) / 2 / problem.slot_minutes;
                let at = start + middle * problem.slot_minutes;
                let span = Span {
                    start: at,
                    end: at + of.minutes,
                };
                (which, span)
            })
            .collect(),
    }
}

/// One shift a day, days and hours of the week, rest between shifts.
fn rules(problem: &Problem, choices: &[Choice], model: &mut RowProblem) {
    for person in 0..problem.people.len() {
        let rules = problem.rules(person);
        let own: Vec<&Choice> = choices.iter().filter(|c| c.person == person).collect();
        let all = |weight: fn(&Choice) -> i32| -> Vec<(Col, f64)> {
            own.iter()
                .map(|c| (c.column, f64::from(weight(c))))
                .collect()
        };
        let (least, most) = rules.days_per_week;
        model.add_row(least..=most, all(|_| 1));
        let (least, most) = rules.paid_minutes_per_week;
        model.add_row(least..=most, all(|c| c.paid));
        let days = problem.site(person).days.len();
        for day in 0..days {
            let today = own.iter().filter(|c| c.shift.day == day);
            model.add_row(..=1, today.clone().map(|c| (c.column, 1.0)));
            // Whoever ends later than the rest before a start allows does not start by then.
            let tomorrow: Vec<&&Choice> = own.iter().filter(|c| c.shift.day == day + 1).collect();
            let mut starts: Vec<i32> = tomorrow.iter().map(|c| c.shift.span.start).collect();
            starts.sort_unstable();
            starts.dedup();
            for start in starts {
                let late = today
                    .clone()
                    .filter(|c| c.shift.span.end > start - rules.rest);
                let early = tomorrow.iter().filter(|c| c.shift.span.start <= start);
                let both: Vec<(Col, f64)> = late
                    .map(|c| (c.column, 1.0))
                    .chain(early.map(|c| (c.column, 1.0)))
                    .collect();
                model.add_row(..=1, both);
            }
        }
    }
}

/// What is served is worth so much less lost; returns what nobody at work would lose.
fn service(problem: &Problem, choices: &[Choice], model: &mut RowProblem) -> f64 {
    let slots = problem.slots;
    // People at work per pool and slot, as columns of shifts.
    let mut at_work: Vec<Vec<(Col, f64)>> = vec![Vec::new(); problem.pools.len() * slots];
    for choice in choices {
        let Some(pool) = problem.people[choice.person].pool else {
            continue;
        };
        let slot = problem.slot_minutes;
        for at in choice.shift.span.start / slot..choice.shift.span.end / slot {
            let minute = at * slot;
            let resting = |span: &Span| span.start <= minute && minute < span.end;
            if !choice.shift.breaks.iter().any(|(_, span)| resting(span)) {
                at_work[pool * slots + at as usize].push((choice.column, -1.0));
            }
        }
    }
    let mut served: Vec<Vec<(Col, f64)>> = vec![Vec::new(); problem.service.queues.len() * slots];
    for (index, mut row) in at_work.into_iter().enumerate() {
        let (pool, slot) = (index / slots, index % slots);
        if row.is_empty() {
            continue;
        }
        for &(queue, speed) in &problem.pools[pool].skills {
            let people = model.add_column(0.0, 0..);
            row.push((people, 1.0));
            served[queue * slots + slot].push((people, speed));
        }
        model.add_row(..=0, row);
    }
    let mut everything = 0.0;
    for (queue, demand) in problem.service.queues.iter().enumerate() {
        let served = &served[queue * slots..][..slots];
        match demand {
            QueueDemand::Live { worth } => {
                for (slot, worth) in worth.iter().enumerate() {
                    everything += worth.iter().sum::<f64>();
                    let mut row: Vec<(Col, f64)> = served[slot]
                        .iter()
                        .map(|&(people, speed)| (people, -speed))
                        .collect();
                    if row.is_empty() {
                        continue;
                    }
                    row.extend(
                        worth
                            .iter()
                            .map(|&worth| (model.add_column(-worth, 0..=1), 1.0)),
                    );
                    model.add_row(..=0, row);
                }
            }
            QueueDemand::Deferred { units } => {
                everything += units.iter().map(|unit| unit.worth).sum::<f64>();
                deferred(units, served, model);
            }
        }
    }
    everything
}

/// Each unit is done in parts in the slots of its time; units alike are one.
fn deferred(units: &[WorkUnit], served: &[Vec<(Col, f64)>], model: &mut RowProblem) {
    let mut rows: Vec<Vec<(Col, f64)>> = served
        .iter()
        .map(|people| people.iter().map(|&(col, speed)| (col, -speed)).collect())
        .collect();
    for alike in units.chunk_by(|a, b| a == b) {
        let unit = &alike[0];
        let times = unit.release as usize..(unit.due as usize).min(served.len());
        let done: Vec<(Col, f64)> = times
            .filter(|&slot| !served[slot].is_empty())
            .map(|slot| {
                let part = model.add_column(-unit.worth, 0..);
                rows[slot].push((part, 1.0));
                (part, 1.0)
            })
            .collect();
        model.add_row(..=alike.len() as i32, done);
    }
    for row in rows.into_iter().filter(|row| !row.is_empty()) {
        model.add_row(..=0, row);
    }
}
