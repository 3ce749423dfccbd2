//! The best tasks of every shift: least cost of each start and length, over the ways to change tasks on the way.

use super::TaskRules;

/// Least cost of every start and length.
pub struct Shifts {
    /// Starts, ascending.
    pub starts: Vec<usize>,
    /// `start index * lengths + (length - least)`; infinite if impossible.
    cost: Vec<f64>,
    lengths: usize,
    least: usize,
}

impl Shifts {
    /// `price` = cost of a cell (less its worth), `slot * tasks + task`.
    pub fn new(rules: &TaskRules, price: &[f64]) -> Shifts {
        let starts: Vec<usize> = (0..rules.slots())
            .filter(|&slot| rules.starts[slot])
            .collect();
        let (least, most) = rules.length;
        let lengths = most + 1 - least;
        let mut cost = vec![f64::INFINITY; starts.len() * lengths];
        for (index, &start) in starts.iter().enumerate() {
            let walk = Walk::new(rules, price, start);
            for length in least..=most.min(rules.slots() - start) {
                cost[index * lengths + length - least] = walk.best(length).0;
            }
        }
        Shifts {
            starts,
            cost,
            lengths,
            least,
        }
    }

    pub fn cost(&self, start: usize, length: usize) -> f64 {
        self.cost[start * self.lengths + length - self.least]
    }
}

/// The states along a shift from one start: after each slot, per task, the least cost if the last stay is long enough to end. The stay is added as
/// a whole, so only complete stays are met.
struct Walk {
    tasks: usize,
    /// `slots worked * tasks + task`: least cost with a stay on the task that may end or go on here.
    cost: Vec<f64>,
    /// Where the last step came from: the same task one slot before, or another task a whole stay before.
    from: Vec<u32>,
}

/// Marks a stay that went on by one slot.
const ON: u32 = u32::MAX;
/// Marks the first stay.
const FIRST: u32 = u32::MAX - 1;

impl Walk {
    fn new(rules: &TaskRules, price: &[f64], start: usize) -> Walk {
        let (tasks, stay) = (rules.tasks, rules.stay.max(1));
        let most = rules.length.1.min(rules.slots() - start);
        let mut cost = vec![f64::INFINITY; (most + 1) * tasks];
        let mut from = vec![ON; (most + 1) * tasks];
        for worked in stay..=most {
            for task in 0..tasks {
                let mut best = (f64::INFINITY, ON);
                let on =
                    cost[(worked - 1) * tasks + task] + price[rules.cell(start + worked - 1, task)];
                if on < best.0 {
                    best = (on, ON);
                }
                let whole: f64 = (worked - stay..worked)
                    .map(|slot| price[rules.cell(start + slot, task)])
                    .sum();
                if worked == stay {
                    best = (whole, FIRST);
                } else {
                    for other in (0..tasks).filter(|&other| other != task) {
                        let through = cost[(worked - stay) * tasks + other] + whole;
                        if through < best.0 {
                            best = (through, other as u32);
                        }
                    }
                }
                cost[worked * tasks + task] = best.0;
                from[worked * tasks + task] = best.1;
            }
        }
        Walk { tasks, cost, from }
    }

    /// Least cost of a shift of this length, and its last task.
    fn best(&self, length: usize) -> (f64, usize) {
        let mut best = (f64::INFINITY, 0);
        for task in 0..self.tasks {
            let cost = self.cost[length * self.tasks + task];
            if cost < best.0 {
                best = (cost, task);
            }
        }
        best
    }
}

/// The cells of the best shift with this start and length.
pub fn cells_of(rules: &TaskRules, price: &[f64], start: usize, length: usize) -> Vec<u32> {
    let walk = Walk::new(rules, price, start);
    let (_, mut task) = walk.best(length);
    let mut worked = length;
    let mut cells = Vec::with_capacity(length);
    while worked > 0 {
        let from = walk.from[worked * rules.tasks + task];
        let steps = if from == ON { 1 } else { rules.stay.max(1) };
        for _ in 0..steps.min(worked) {
            worked -= 1;
            cells.push(rules.cell(start + worked, task) as u32);
        }
        if from == FIRST {
            break;
        }
        if from != ON {
            task = from as usize;
        }
    }
    cells.reverse();
    cells
}
