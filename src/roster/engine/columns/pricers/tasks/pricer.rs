//! The best tour of shifts under given prices.

use super::TaskRules;
use super::kept::Kept;
use super::path::Path;
use super::shift::{Shifts, Stays, cells_of};
use crate::roster::engine::columns::problem::{Answer, Ask, Column, Pricer};

/// Exact prices of tours of shifts.
#[derive(Debug)]
pub struct TaskPricer {
    rules: TaskRules,
    /// Period of each slot.
    period: Vec<u32>,
}

impl TaskPricer {
    pub fn new(rules: TaskRules, period: Vec<u32>) -> TaskPricer {
        TaskPricer { rules, period }
    }
}

impl Pricer for TaskPricer {
    fn price(&self, ask: &Ask) -> Answer {
        let rules = &self.rules;
        let kept = Kept::new(rules, &self.period, ask.keep);
        let stays = Stays::new(rules, &kept, ask.values);
        let shifts = Shifts::new(rules, &stays, &kept);
        let path = Path::new(rules, &kept, &shifts);
        let mut bound = f64::INFINITY;
        let mut tours = Vec::new();
        if rules.worked.0 == 0 && kept.idle(0, rules.slots()) {
            bound = 0.0;
            tours.push(Column {
                cells: Vec::new(),
                cost: 0.0,
            });
        }
        for end in path.ends(ask.most) {
            // Sums in another order differ by a little.
            bound = bound.min(end.0 - 1e-6);
            let parts = path.trace(end).unwrap_or_default();
            let mut cells: Vec<u32> = (parts.iter().rev())
                .flat_map(|&(start, length)| cells_of(rules, &stays, shifts.starts[start], length))
                .collect();
            cells.sort_unstable();
            tours.push(Column { cells, cost: 0.0 });
        }
        tours.retain(|tour| tour.reduced(ask.values) < ask.below);
        tours.sort_by(|a, b| a.reduced(ask.values).total_cmp(&b.reduced(ask.values)));
        tours.truncate(ask.most);
        Answer {
            tours,
            bound,
            memory: Vec::new(),
        }
    }
}
