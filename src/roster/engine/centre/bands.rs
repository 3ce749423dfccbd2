//! Starts that lie close together through the whole plan, tried band by band: a week within one band is as quick to find as one without such a
//! rule, and what its best duties would be worth tells beforehand that most bands need no trial.

use std::ops::Range;

use crate::roster::rules::{Sequence, StartBand};

use super::graph::TourGraph;
use super::menu::{Duty, Menu};
use super::pricing::Gap;

/// The bands of a menu.
#[derive(Debug, Clone)]
pub struct Bands {
    all: Vec<StartBand>,
    /// Most shifts that the other rules allow in all.
    most_shifts: usize,
    /// Least that the steps of all days can cost together.
    least_cost: f64,
}

/// Takes the first rule that is nothing but a choice of bands out of the others.
pub fn take_bands(rules: &mut Vec<Box<dyn Sequence>>) -> Option<Vec<StartBand>> {
    let (at, bands) =
        (rules.iter().enumerate()).find_map(|(at, rule)| Some((at, rule.bands()?)))?;
    rules.remove(at);
    Some(bands)
}

impl Bands {
    pub fn new(all: Vec<StartBand>, graph: &TourGraph) -> Bands {
        Bands {
            all,
            most_shifts: graph.most_shifts(),
            least_cost: graph.least_cost(),
        }
    }

    /// The bands that hold every duty kept, each with a worth that no week within it exceeds, best first. `worths`: of the free days' duties,
    /// day by day.
    pub fn promising(&self, menu: &Menu, gap: &Gap, worths: &[f64]) -> Vec<(f64, StartBand)> {
        let kept = |day: usize| match gap.days.contains(&day) {
            true => None,
            false => Some(&menu.duties[day][*gap.kept.get(day)?.as_ref()? as usize]),
        };
        let kept: Vec<&Duty> = (0..menu.duties.len()).filter_map(kept).collect();
        let shifts = self.most_shifts.saturating_sub(kept.len());
        let idle: f64 = gap.days.clone().map(|day| -menu.off_cost[day]).sum();
        let fitting =
            (self.all.iter()).filter(|band| kept.iter().all(|duty| band.holds(duty.wall_start)));
        let mut promising: Vec<(f64, StartBand)> = fitting
            .map(|band| {
                let gains = gains(menu, gap.days.clone(), worths, band);
                let best: f64 = gains.iter().take(shifts).sum();
                (best + idle - self.least_cost, *band)
            })
            .collect();
        promising.sort_by(|a, b| b.0.total_cmp(&a.0));
        promising
    }
}

/// What the best duty of each free day within a band is worth more than the day off, the highest first; none below 0.
fn gains(menu: &Menu, days: Range<usize>, worths: &[f64], band: &StartBand) -> Vec<f64> {
    let mut gains = Vec::with_capacity(days.len());
    let mut rest = worths;
    for day in days {
        let (of_day, later) = rest.split_at(menu.duties[day].len());
        rest = later;
        let within = menu.duties[day]
            .iter()
            .zip(of_day)
            .filter(|(duty, _)| band.holds(duty.wall_start));
        let best = within
            .map(|(_, worth)| *worth)
            .fold(f64::NEG_INFINITY, f64::max);
        gains.push((best + menu.off_cost[day]).max(0.0));
    }
    gains.sort_by(|a, b| b.total_cmp(a));
    gains
}
