//! The tour that the table thinks best: what it uses, and where its units run.

use super::counted::Counted;
use super::network::{Choices, OFF, weekend_begins};
use super::pricer::DayPricer;
use super::table::{Extra, Table};

/// What the tour that the table thinks best uses.
pub struct Usage {
    pub weekends: u32,
    pub units: u32,
    /// Of each followed type.
    pub types: Vec<u32>,
    /// Units before each day and at the end.
    course: Vec<u32>,
}

impl DayPricer {
    /// Weekends, units and followed types of the tour that the table thinks best.
    pub fn trace(
        &self,
        table: &Table,
        choices: &Choices,
        counted: &Counted,
        extra: Extra,
    ) -> Usage {
        let network = &self.network;
        let (mut state, mut weekends, mut units) = (network.start, 0, 0);
        let mut row = 0;
        let mut types = vec![0u32; self.tightest.len()];
        let mut course = vec![0];
        for day in 0..self.rules.days() {
            let mut best = (f64::INFINITY, OFF, state, 0);
            if let (Some(cost), Some(next)) = (choices.off[day], network.rest(state, day)) {
                best = (cost + table.rest(day + 1, next, row, units), OFF, next, 0);
            }
            if let Some(run) = network.run_after(state) {
                let more = weekend_begins(&self.rules, day, network.is_work(state));
                for &(t, cost) in &choices.work[day] {
                    if !network.may_follow[network.class_of(state)][t] {
                        continue;
                    }
                    let next = network.work(run, network.class[t]);
                    let cost = cost
                        + f64::from(network.units[t]) * extra.per_unit
                        + f64::from(more) * extra.per_weekend;
                    let through = cost
                        + table.rest(
                            day + 1,
                            next,
                            row + counted.added(t, more),
                            units + network.units[t],
                        );
                    if through < best.0 {
                        best = (through, t, next, more);
                    }
                }
            }
            state = best.2;
            weekends += best.3;
            if best.1 != OFF {
                row += counted.added(best.1, best.3);
                units += network.units[best.1];
                if let Some(followed) = self.followed[best.1] {
                    types[followed] += 1;
                }
            }
            course.push(units);
        }
        Usage {
            weekends,
            units,
            types,
            course,
        }
    }

    /// How far off a course units are counted where they cannot be counted everywhere: about a run of work.
    pub fn band(&self) -> u32 {
        let longest = self.network.units.iter().copied().max().unwrap_or(1);
        longest * self.rules.max_run.min(5) as u32
    }

    /// The course of units of a tour, stretched to end within the span; a straight one where it would have to be stretched much.
    pub fn course(&self, usage: &Usage) -> Vec<u32> {
        let (least, most) = self.network.span;
        let end = usage.units.clamp(least, most);
        if 5 * usage.units < 4 * end || 4 * usage.units > 5 * end {
            let days = self.rules.days().max(1) as u32;
            return (0..=days).map(|day| day * end / days).collect();
        }
        (usage.course.iter())
            .map(|&units| units * end / usage.units.max(1))
            .collect()
    }
}
