//! Each queue from forecast to simulated service.

use crate::planning::axis::Axis;
use crate::planning::curves::{Curves, QueueCurves};
use crate::planning::demand::Demand;
use crate::planning::rounds::Planned;
use crate::results::{
    DayService, ForecastPoint, QueueResult, QueueSummary, RequiredPoint, ServicePoint, Target,
};
use crate::scenario::Scenario;
use crate::scenario::domain::{self as scenario, TargetPeriod};
use crate::simulation::{QueueResult as Simulated, ServiceLevel};
use crate::staffing::Shrinkage;

pub fn queue_result(
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
        days: days(scenario, simulated),
        summary: queue_summary(planned, queue, simulated),
        ..queue_facts(scenario, demand, queue)
    }
}

/// A queue's names, target and forecast, all else left empty.
pub fn queue_facts(scenario: &Scenario, demand: &Demand, queue: usize) -> QueueResult {
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
            every_day: facts.target.per == Some(TargetPeriod::Day),
            text: target_words(&facts.target),
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
        tested: forecast.tested.clone(),
        required: Vec::new(),
        rostered: Vec::new(),
        service: Vec::new(),
        days: Vec::new(),
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

/// "80 % within 20 s".
pub fn target_words(target: &scenario::Target) -> String {
    let per = match target.per {
        Some(TargetPeriod::Day) => " a day",
        _ => "",
    };
    let within = duration_words(target.within_seconds);
    format!("{:.0} % within {within}{per}", target.answered * 100.0)
}

fn duration_words(seconds: u64) -> String {
    match seconds {
        s if s >= 3600 && s % 3600 == 0 => format!("{} h", s / 3600),
        s if s >= 120 && s % 60 == 0 => format!("{} min", s / 60),
        s => format!("{s} s"),
    }
}

pub fn required(scenario: &Scenario, curves: &Curves, queue: usize) -> Vec<RequiredPoint> {
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

fn days(scenario: &Scenario, simulated: &Simulated) -> Vec<DayService> {
    let (_, dates) = scenario.grid().days(&scenario.zone);
    (dates.into_iter().zip(&simulated.days))
        .filter_map(|(date, day)| {
            let level = day.service_level(ServiceLevel::Offered)?;
            let (low, high) = level.range_of_share();
            Some(DayService {
                date,
                simulated: level.mean,
                low,
                high,
            })
        })
        .collect()
}

fn service_point(part: &crate::simulation::Moments, occupancy: Option<f64>) -> ServicePoint {
    let level = part.service_level(ServiceLevel::Offered);
    ServicePoint {
        offered: part.offered(),
        answered_within: part.in_time(),
        abandoned: part.abandoned(),
        service_level: level.map(|level| level.mean),
        low: level.map(|level| level.range_of_share().0),
        high: level.map(|level| level.range_of_share().1),
        asa_s: part.asa_s().map(|wait| wait.mean),
        occupancy,
    }
}

fn queue_summary(planned: &Planned, queue: usize, simulated: &Simulated) -> QueueSummary {
    let level = simulated.total.service_level(ServiceLevel::Offered);
    QueueSummary {
        promised: planned.promised[queue],
        simulated: level.map_or(1.0, |level| level.mean),
        low: level.map_or(1.0, |level| level.range_of_share().0),
        high: level.map_or(1.0, |level| level.range_of_share().1),
        asa_s: simulated.total.asa_s().map_or(0.0, |wait| wait.mean),
        abandoned: simulated
            .total
            .abandoned_share()
            .map_or(0.0, |share| share.mean),
        occupancy: simulated.occupancy.share().unwrap_or(0.0),
    }
}
