//! The best tasks of every shift: least cost of each start and length, over the ways to change tasks on the way.

use super::TaskRules;
use super::kept::Kept;

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
    /// Only shifts that leave what is kept a place in some tour.
    pub fn new(rules: &TaskRules, stays: &Stays, kept: &Kept) -> Shifts {
        let (least, most) = rules.length;
        let starts: Vec<usize> = (0..(rules.slots() + 1).saturating_sub(least))
            .filter(|&slot| rules.starts[slot])
            .filter(|&slot| kept.may_work(slot, slot + least))
            .filter(|&slot| kept.idle(slot.saturating_sub(rules.rest.max(1)), slot))
            .collect();
        let lengths = most + 1 - least;
        let mut cost = vec![f64::INFINITY; starts.len() * lengths];
        let mut walk = Walk::new(rules);
        for (index, &start) in starts.iter().enumerate() {
            walk.go(rules, stays, start);
            for length in least..=most.min(rules.slots() - start) {
                let end = start + length;
                if kept.idle(end, end + rules.rest.max(1)) {
                    cost[index * lengths + length - least] = walk.best(length).0;
                }
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

/// Cost of single slots on a task and of the shortest stays.
pub struct Stays {
    /// `slot * tasks + task`.
    price: Vec<f64>,
    /// The shortest stay that ends with a slot; infinite where it would begin before the horizon.
    whole: Vec<f64>,
}

impl Stays {
    /// `values` = what covering a cell is worth, `slot * tasks + task`. What is not open to the tour costs more than anything; most slots of a tour
    /// of which little is free are not, and nothing is computed for them.
    pub fn new(rules: &TaskRules, kept: &Kept, values: &[f64]) -> Stays {
        let (tasks, stay) = (rules.tasks, rules.stay.max(1));
        let mut price = vec![f64::INFINITY; rules.slots() * tasks];
        let mut whole = price.clone();
        let mut open = 0;
        for slot in 0..rules.slots() {
            if !kept.may_work(slot, slot + 1) {
                open = 0;
                continue;
            }
            open += 1;
            for task in (0..tasks).filter(|&task| kept.allows(slot, task)) {
                price[slot * tasks + task] = -values[slot * tasks + task];
            }
            if open >= stay {
                for cell in slot * tasks..(slot + 1) * tasks {
                    whole[cell] = (0..stay).map(|back| price[cell - back * tasks]).sum();
                }
            }
        }
        Stays { price, whole }
    }
}

/// The states along a shift from one start: after each slot, per task, the least cost if the last stay is long enough to end. The stay is added as
/// a whole, so only complete stays are met.
struct Walk {
    tasks: usize,
    stay: usize,
    /// `slots worked * tasks + task`: least cost with a stay on the task that may end or go on here.
    cost: Vec<f64>,
    /// Per slots worked: the task of least cost, that cost, and the least cost of the other tasks.
    least: Vec<(usize, f64, f64)>,
}

impl Walk {
    fn new(rules: &TaskRules) -> Walk {
        Walk {
            tasks: rules.tasks,
            stay: rules.stay.max(1),
            cost: vec![f64::INFINITY; (rules.length.1 + 1) * rules.tasks],
            least: vec![(0, f64::INFINITY, f64::INFINITY); rules.length.1 + 1],
        }
    }

    /// Walks from a start. A later walk writes over all that an earlier one left.
    fn go(&mut self, rules: &TaskRules, stays: &Stays, start: usize) {
        let (tasks, stay) = (self.tasks, self.stay);
        for worked in stay..=rules.length.1.min(rules.slots() - start) {
            let slot = start + worked - 1;
            let cells = slot * tasks..(slot + 1) * tasks;
            let (price, whole) = (&stays.price[cells.clone()], &stays.whole[cells]);
            let (before, here) = self.cost.split_at_mut(worked * tasks);
            let before = &before[(worked - 1) * tasks..];
            let (first, cheapest, second) = if worked == stay {
                (usize::MAX, 0.0, 0.0)
            } else {
                self.least[worked - stay]
            };
            let mut least = (0, f64::INFINITY, f64::INFINITY);
            for task in 0..tasks {
                let on = if worked == stay {
                    f64::INFINITY
                } else {
                    before[task] + price[task]
                };
                let change = whole[task] + if task == first { second } else { cheapest };
                let cost = if on < change { on } else { change };
                here[task] = cost;
                if cost < least.1 {
                    least = (task, cost, least.1);
                } else if cost < least.2 {
                    least.2 = cost;
                }
            }
            self.least[worked] = least;
        }
    }

    /// Least cost of a shift of this length, and its last task.
    fn best(&self, length: usize) -> (f64, usize) {
        let (task, cost, _) = self.least[length];
        (cost, task)
    }
}

/// The cells of the best shift with this start and length.
pub fn cells_of(rules: &TaskRules, stays: &Stays, start: usize, length: usize) -> Vec<u32> {
    let mut walk = Walk::new(rules);
    walk.go(rules, stays, start);
    let (tasks, stay) = (rules.tasks, rules.stay.max(1));
    let (_, mut task) = walk.best(length);
    let mut worked = length;
    let mut cells = Vec::with_capacity(length);
    while worked > 0 {
        let slot = start + worked - 1;
        let at = slot * tasks + task;
        let went_on = worked > stay
            && walk.cost[(worked - 1) * tasks + task] + stays.price[at]
                <= walk.cost[worked * tasks + task];
        let steps = if went_on { 1 } else { stay };
        cells.extend((0..steps).map(|back| rules.cell(slot - back, task) as u32));
        worked -= steps;
        if !went_on && worked > 0 {
            let (first, ..) = walk.least[worked];
            task = if first == task {
                second_best(&walk, worked, task)
            } else {
                first
            };
        }
    }
    cells.reverse();
    cells
}

/// The task of least cost apart from one.
fn second_best(walk: &Walk, worked: usize, apart: usize) -> usize {
    let cost = |task: usize| walk.cost[worked * walk.tasks + task];
    (0..walk.tasks)
        .filter(|&task| task != apart)
        .reduce(|best, next| if cost(next) < cost(best) { next } else { best })
        .unwrap_or(apart)
}
