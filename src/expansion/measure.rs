//! One planned scenario in the figures that people compare.

use crate::planning::{Demand, PlayOptions, play};
use crate::results::{AtTarget, PlanResults, RowKind};
use crate::roster::problem::{Problem, Tour};
use crate::scenario::Scenario;
use crate::scenario::domain::{Queue, TargetPeriod};
use crate::simulation::{DayCounts, Prepared, SimulationError, WeekCounts, Weeks, weeks};

/// One search of one option.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Money of what was minimised.
    pub objective: f64,
    pub bound: f64,
    pub money: Money,
    /// What it takes to keep every promise.
    pub at_target: AtTarget,
    pub rows: Vec<Row>,
    pub results: PlanResults,
}

/// Money, hours and people of one week of the plan (means where it has several).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Money {
    pub people: f64,
    pub paid_hours: f64,
    /// Wages a week.
    pub cost_week: f64,
    /// What people cost a week besides wages: fixed costs, and hiring spread over the time that people stay.
    pub standing_week: f64,
    /// Hiring and training, once.
    pub once: f64,
    pub overtime_hours: f64,
    pub night_hours: f64,
    pub wishes_met: f64,
    pub wishes: f64,
    /// Hours without the cover that is asked for.
    pub cover_hours_short: f64,
}

impl Money {
    /// Wages and what people cost besides.
    pub fn week(&self) -> f64 {
        self.cost_week + self.standing_week
    }
}

/// Service of a queue or of several together, week by week.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub kind: RowKind,
    pub name: String,
    pub target: Option<(f64, String)>,
    pub weeks: Vec<WeekCounts>,
    /// Share answered in time on the worst day, of a queue whose target is to hold every day.
    pub worst_day: Option<f64>,
}

/// A number that belongs to a name, so that the same queue and the same person meet the same chance in every scenario (FNV-1a).
pub fn stream_of(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// A roster played on random weeks.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    pub weeks: Weeks,
    /// By queue: whether its target is to hold on every day, and not over the whole plan.
    every_day: Vec<bool>,
}

impl Played {
    /// Share answered in time by which a queue is judged: that of its worst day if its target is to hold every day, else of all contacts; 1 where nothing came.
    pub fn service(&self, queue: usize) -> f64 {
        if self.every_day[queue] {
            worst(&self.weeks.days[queue])
        } else {
            self.share(queue)
        }
    }

    /// Share of all contacts answered in time in a queue; 1 where nothing came.
    pub fn share(&self, queue: usize) -> f64 {
        let days = self.weeks.days[queue].iter();
        let sum = days.fold(DayCounts::default(), |sum, day| DayCounts {
            offered: sum.offered + day.offered,
            in_time: sum.in_time + day.in_time,
        });
        share(&sum)
    }

    /// The queues below their target.
    pub fn short(&self, scenario: &Scenario) -> Vec<usize> {
        (0..scenario.queues.len())
            .filter(|&queue| self.service(queue) < scenario.queues[queue].target.answered)
            .collect()
    }

    /// Contacts a replication that are missing to the target.
    pub fn missing(&self, scenario: &Scenario, queue: usize) -> f64 {
        let replications = self.weeks.everybody.len().max(1) as f64;
        let lacks =
            |day: &DayCounts| scenario.queues[queue].target.answered * day.offered - day.in_time;
        let days = self.weeks.days[queue].iter().map(lacks);
        let missing = if self.every_day[queue] {
            days.map(|lacks| lacks.max(0.0)).sum()
        } else {
            days.sum::<f64>().max(0.0)
        };
        missing / replications
    }
}

fn share(counts: &DayCounts) -> f64 {
    if counts.offered > 0.0 {
        counts.in_time / counts.offered
    } else {
        1.0
    }
}

fn worst(days: &[DayCounts]) -> f64 {
    days.iter().map(share).fold(1.0, f64::min)
}

/// Plays a roster on random weeks that depend on the seed and on the names of queues and people alone.
///
/// # Errors
/// An input that the simulation refuses.
pub fn play_tours(
    scenario: &Scenario,
    demand: &Demand,
    problem: &Problem,
    tours: &[Tour],
    count: usize,
    seed: u64,
) -> Result<Played, SimulationError> {
    let mut input = play(scenario, demand, problem, tours, &PlayOptions::default());
    for agent in &mut input.agents {
        agent.id = stream_of(&scenario.agents[agent.id as usize].id);
    }
    let owners: Vec<u64> = scenario
        .queues
        .iter()
        .map(|queue| stream_of(&queue.id))
        .collect();
    let prepared = Prepared::new(&input)?.with_streams(&owners);
    let per_day = |queue: &Queue| queue.target.per == Some(TargetPeriod::Day);
    Ok(Played {
        weeks: weeks(&prepared, count, seed),
        every_day: scenario.queues.iter().map(per_day).collect(),
    })
}

/// The rows of service of a scenario: in total, by language, by channel, by queue.
pub fn rows(scenario: &Scenario, results: &PlanResults, weeks: &Weeks) -> Vec<Row> {
    let together = |kind: RowKind, name: &str, members: &dyn Fn(usize) -> bool| {
        let count = weeks.everybody.len();
        let mut sums = vec![WeekCounts::default(); count];
        for queue in (0..scenario.queues.len()).filter(|&queue| members(queue)) {
            for (sum, week) in sums.iter_mut().zip(&weeks.queues[queue]) {
                sum.add(week);
            }
        }
        for (sum, (busy, staffed)) in sums.iter_mut().zip(&weeks.everybody) {
            // People of several queues would count several times; only for all queues together is it known who was busy.
            (sum.busy_s, sum.staffed_s) = match kind {
                RowKind::Total => (*busy, *staffed),
                _ => (0.0, 0.0),
            };
        }
        Row {
            kind,
            name: name.to_owned(),
            target: None,
            weeks: sums,
            worst_day: None,
        }
    };
    let mut rows = vec![together(RowKind::Total, "all queues", &|_| true)];
    let mut named = |kind: RowKind, name_of: &dyn Fn(usize) -> String| {
        let mut names: Vec<String> = (0..scenario.queues.len()).map(name_of).collect();
        let mut seen: Vec<String> = Vec::new();
        names.retain(|name| {
            !seen.contains(name) && {
                seen.push(name.clone());
                true
            }
        });
        for name in names {
            rows.push(together(kind, &name, &|queue| name_of(queue) == name));
        }
    };
    named(RowKind::Language, &|queue| {
        scenario.languages[scenario.queues[queue].language.0].clone()
    });
    named(RowKind::Channel, &|queue| {
        scenario.queues[queue].channel.name().to_owned()
    });
    for (index, queue) in results.queues.iter().enumerate() {
        rows.push(Row {
            kind: RowKind::Queue,
            name: queue.id.clone(),
            target: Some((queue.target.answered, queue.target.text.clone())),
            weeks: weeks.queues[index].clone(),
            worst_day: (queue.target.every_day).then(|| worst(&weeks.days[index])),
        });
    }
    rows
}

/// Money, hours and people of a plan.
pub fn money(scenario: &Scenario, results: &PlanResults, standing_week: f64, once: f64) -> Money {
    let weeks = f64::from(results.weeks.max(1));
    let hours = |minutes: fn(&crate::results::PayrollRow) -> i64| {
        results.payroll.iter().map(minutes).sum::<i64>() as f64 / 60.0 / weeks
    };
    let wishes = || results.people.iter().flat_map(|person| &person.wishes);
    let interval_hours = f64::from(scenario.interval_minutes) / 60.0;
    Money {
        people: results
            .people
            .iter()
            .filter(|person| !person.shifts.is_empty())
            .count() as f64,
        paid_hours: hours(|row| row.paid_minutes),
        cost_week: results.summary.cost / weeks,
        standing_week,
        once,
        overtime_hours: hours(|row| row.overtime_minutes),
        night_hours: hours(|row| row.night_minutes),
        wishes_met: wishes().filter(|wish| wish.granted).count() as f64,
        wishes: wishes().count() as f64,
        cover_hours_short: results
            .covers
            .iter()
            .map(|cover| cover.short.len() as f64 * interval_hours)
            .sum::<f64>()
            / weeks,
    }
}
