//! The best tour of shifts: a shortest path over starts, days in a row and slots worked.

use super::TaskRules;
use super::shift::{Shifts, cells_of};
use crate::roster::columns::problem::{Answer, Ask, Column, Pricer};

/// Exact prices of tours of shifts.
#[derive(Debug)]
pub struct TaskPricer {
    rules: TaskRules,
    /// Period of each slot.
    period: Vec<u32>,
}

/// Worth of covering what must be covered, and cost of what must not.
const MUST: f64 = 1e6;

impl TaskPricer {
    pub fn new(rules: TaskRules, period: Vec<u32>) -> TaskPricer {
        TaskPricer { rules, period }
    }

    /// Prices under which a tour keeps to `column` outside the free periods; with the number of cells so kept.
    fn bend(&self, price: &mut [f64], column: &Column, free: &[bool]) -> usize {
        let tasks = self.rules.tasks;
        let mut kept = 0;
        for (cell, price) in price
            .iter_mut()
            .enumerate()
            .filter(|(cell, _)| !free[self.period[cell / tasks] as usize])
        {
            if column.cells.binary_search(&(cell as u32)).is_ok() {
                *price -= MUST;
                kept += 1;
            } else {
                *price += MUST;
            }
        }
        kept
    }
}

/// Where a tour ends: cost, start index, length, days in a row before the last shift, slots worked before it.
type End = (f64, usize, usize, usize, usize);

/// Least cost up to a start, before the shift: `days in a row * widths + slots worked`.
struct Path<'a> {
    rules: &'a TaskRules,
    shifts: &'a Shifts,
    width: usize,
    /// Per start.
    before: Vec<Vec<f64>>,
}

impl<'a> Path<'a> {
    fn new(rules: &'a TaskRules, shifts: &'a Shifts) -> Path<'a> {
        let width = rules.worked.1 + 1;
        let runs = rules.max_run.max(1);
        let days = rules.day.last().map_or(0, |&day| day as usize + 1);
        let (least, most) = rules.length;
        // Least cost after a shift of each day, by days in a row and slots worked, among shifts rested from by now.
        let mut after = vec![vec![f64::INFINITY; runs * width]; days];
        let mut before: Vec<Vec<f64>> = Vec::with_capacity(shifts.starts.len());
        let mut rested: Vec<Vec<(usize, usize)>> =
            vec![Vec::new(); rules.slots() + most + rules.rest + 1];
        for (index, &start) in shifts.starts.iter().enumerate() {
            for length in least..=most.min(rules.slots() - start) {
                if shifts.cost(index, length) < f64::INFINITY {
                    rested[start + length + rules.rest].push((index, length));
                }
            }
        }
        let mut now = 0;
        for (index, &start) in shifts.starts.iter().enumerate() {
            while now <= start {
                for &(from, length) in &rested[now] {
                    if from >= before.len() {
                        continue;
                    }
                    let cost = shifts.cost(from, length);
                    let after = &mut after[rules.day[shifts.starts[from]] as usize];
                    for run in 0..runs {
                        if length >= width {
                            continue;
                        }
                        let to = &mut after[run * width + length..(run + 1) * width];
                        for (to, from) in to.iter_mut().zip(&before[from][run * width..]) {
                            let through = from + cost;
                            *to = if through < *to { through } else { *to };
                        }
                    }
                }
                now += 1;
            }
            let day = rules.day[start] as usize;
            let mut here = vec![f64::INFINITY; runs * width];
            here[0] = 0.0;
            for earlier in after.iter().take(day.saturating_sub(1)) {
                for run in 0..runs {
                    for (to, from) in here[..width]
                        .iter_mut()
                        .zip(&earlier[run * width..(run + 1) * width])
                    {
                        *to = to.min(*from);
                    }
                }
            }
            if day > 0 {
                for run in 1..runs {
                    here[run * width..(run + 1) * width]
                        .copy_from_slice(&after[day - 1][(run - 1) * width..run * width]);
                }
            }
            debug_assert_eq!(before.len(), index);
            before.push(here);
        }
        Path {
            rules,
            shifts,
            width,
            before,
        }
    }

    /// The best ends, two at most per start: cost, start index, length, days in a row before the last, slots worked before it.
    fn ends(&self, most: usize) -> Vec<End> {
        let (least, longest) = self.rules.length;
        let mut ends: Vec<End> = Vec::new();
        for (index, &start) in self.shifts.starts.iter().enumerate() {
            let mut best: [Option<End>; 2] = [None, None];
            for length in least
                ..=longest
                    .min(self.rules.slots() - start)
                    .min(self.rules.worked.1)
            {
                let cost = self.shifts.cost(index, length);
                let (from, to) = (
                    self.rules.worked.0.saturating_sub(length),
                    self.rules.worked.1 - length,
                );
                for run in 0..self.before[index].len() / self.width {
                    for worked in from..=to {
                        let total = self.before[index][run * self.width + worked] + cost;
                        if total < best[1].map_or(f64::INFINITY, |end| end.0) {
                            best[1] = Some((total, index, length, run, worked));
                            if total < best[0].map_or(f64::INFINITY, |end| end.0) {
                                best.swap(0, 1);
                            }
                        }
                    }
                }
            }
            ends.extend(best.into_iter().flatten());
        }
        ends.sort_by(|a, b| {
            a.0.total_cmp(&b.0)
                .then((a.1, a.2, a.3, a.4).cmp(&(b.1, b.2, b.3, b.4)))
        });
        ends.truncate(most);
        ends
    }

    /// The shifts of the tour that ends so: start index and length, last first.
    fn trace(&self, end: End) -> Option<Vec<(usize, usize)>> {
        let (_, mut index, length, mut run, mut worked) = end;
        let mut shifts = vec![(index, length)];
        while worked > 0 {
            let start = self.shifts.starts[index];
            let day = self.rules.day[start];
            let wanted = self.before[index][run * self.width + worked];
            let runs = self.before[index].len() / self.width;
            let found = (0..index).rev().find_map(|from| {
                let (origin, past) = (
                    self.shifts.starts[from],
                    self.rules.day[self.shifts.starts[from]],
                );
                let runs = match run {
                    0 if past + 1 < day => 0..runs,
                    0 => return None,
                    _ if past + 1 == day => run - 1..run,
                    _ => return None,
                };
                (self.rules.length.0..=self.rules.length.1)
                    .filter(|length| {
                        origin + length + self.rules.rest <= start && *length <= worked
                    })
                    .find_map(|length| {
                        let cost = self.shifts.cost(from, length);
                        runs.clone()
                            .find(|run| {
                                self.before[from][run * self.width + worked - length] + cost
                                    == wanted
                            })
                            .map(|run| (from, length, run))
                    })
            })?;
            (index, run, worked) = (found.0, found.2, worked - found.1);
            shifts.push((index, found.1));
        }
        Some(shifts)
    }
}

impl Pricer for TaskPricer {
    fn price(&self, ask: &Ask) -> Answer {
        let mut price: Vec<f64> = ask
            .values
            .iter()
            .take(self.rules.slots() * self.rules.tasks)
            .map(|value| -value)
            .collect();
        let kept = ask
            .keep
            .as_ref()
            .map_or(0, |(column, free)| self.bend(&mut price, column, free));
        let shifts = Shifts::new(&self.rules, &price);
        let path = Path::new(&self.rules, &shifts);
        let ends = path.ends(ask.most);
        let lift = MUST * kept as f64;
        let mut bound = ends
            .first()
            .map_or(f64::INFINITY, |end| end.0 + lift - 1e-6);
        let mut tours = Vec::new();
        if self.rules.worked.0 == 0 {
            bound = bound.min(lift);
            if kept == 0 && ask.below > 0.0 {
                tours.push(Column {
                    cells: Vec::new(),
                    cost: 0.0,
                });
            }
        }
        for end in ends.into_iter().filter(|end| end.0 + lift < ask.below) {
            let Some(parts) = path.trace(end) else {
                continue;
            };
            let mut cells: Vec<u32> = parts
                .iter()
                .flat_map(|&(start, length)| {
                    cells_of(&self.rules, &price, shifts.starts[start], length)
                })
                .collect();
            cells.sort_unstable();
            tours.push(Column { cells, cost: 0.0 });
        }
        if let Some((column, free)) = &ask.keep {
            let fixed = |cells: &[u32]| -> Vec<u32> {
                cells
                    .iter()
                    .copied()
                    .filter(|&cell| !free[self.period[cell as usize / self.rules.tasks] as usize])
                    .collect()
            };
            let wanted = fixed(&column.cells);
            tours.retain(|tour| fixed(&tour.cells) == wanted);
        }
        tours.sort_by(|a, b| a.reduced(ask.values).total_cmp(&b.reduced(ask.values)));
        tours.truncate(ask.most);
        Answer {
            tours,
            bound,
            memory: Vec::new(),
        }
    }
}
