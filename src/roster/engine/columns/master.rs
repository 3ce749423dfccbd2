//! The master program: which of the tours found so far to use, as a linear program whose duals are the prices.

use std::collections::HashSet;
use std::sync::Arc;

use super::problem::{Column, Problem};
use crate::roster::engine::lp::{LpFailed, Method, MipLimits, Optimum, Program};

/// People of one group whose tours are to be chosen.
#[derive(Debug, Clone)]
pub struct Seat {
    pub group: usize,
    pub people: usize,
    /// What of their tour is settled.
    pub keep: Option<Keep>,
}

impl Seat {
    /// A seat for each of these people, given by their groups, with nothing settled.
    pub fn for_each(groups: &[usize]) -> Vec<Seat> {
        let alone = |&group: &usize| Seat {
            group,
            people: 1,
            keep: None,
        };
        groups.iter().map(alone).collect()
    }
}

/// A tour of which only some periods may change.
#[derive(Debug, Clone)]
pub struct Keep {
    pub tour: Arc<Column>,
    /// One flag per period.
    pub free: Arc<[bool]>,
}

/// Where a column of the program came from.
#[derive(Debug, Clone)]
pub struct Entry {
    pub seat: usize,
    pub column: Arc<Column>,
    index: usize,
    allowed: bool,
}

/// The linear program over some seats, while everybody else's cover is given.
pub struct Master<'p> {
    problem: &'p Problem<'p>,
    base: &'p [u32],
    pub seats: Vec<Seat>,
    program: Program,
    row_of_cell: Vec<i32>,
    pub entries: Vec<Entry>,
    known: Vec<HashSet<Arc<[u32]>>>,
    /// Cost of all cells at the points that their rows start from.
    offset: f64,
    total: usize,
}

/// A tour for every person, with their seat, in order of the seats.
pub type Choice = Vec<(usize, Arc<Column>)>;

/// Cost of a person without a tour: far above everything, so that it ends at zero.
const NOBODY: f64 = 1e7;

impl<'p> Master<'p> {
    /// `base` = how many people outside the seats cover each cell.
    pub fn new(
        problem: &'p Problem<'p>,
        base: &'p [u32],
        seats: Vec<Seat>,
    ) -> Result<Master<'p>, LpFailed> {
        let mut program = Program::new()?;
        for (row, seat) in seats.iter().enumerate() {
            let people = seat.people as f64;
            program.add_row(people, people)?;
            program.add_column(NOBODY, f64::INFINITY, &[row as i32], &[1.0])?;
        }
        let offset = problem
            .cells
            .iter()
            .zip(base)
            .map(|(cell, &n)| cell.cost.cost(n))
            .sum();
        let total = seats.iter().map(|seat| seat.people).sum();
        let known = vec![HashSet::new(); seats.len()];
        Ok(Master {
            problem,
            base,
            seats,
            program,
            row_of_cell: vec![-1; problem.cells.len()],
            entries: Vec::new(),
            known,
            offset,
            total,
        })
    }

    /// Adds a tour; false if it is there already.
    pub fn add(&mut self, seat: usize, column: &Arc<Column>) -> Result<bool, LpFailed> {
        if !self.known[seat].insert(column.cells.clone().into()) {
            return Ok(false);
        }
        for &cell in &column.cells {
            self.open_row(cell as usize)?;
        }
        let mut rows = vec![seat as i32];
        rows.extend(
            column
                .cells
                .iter()
                .map(|&cell| self.row_of_cell[cell as usize]),
        );
        let index =
            self.program
                .add_column(column.cost, f64::INFINITY, &rows, &vec![1.0; rows.len()])?;
        self.entries.push(Entry {
            seat,
            column: column.clone(),
            index,
            allowed: true,
        });
        Ok(true)
    }

    /// Gives a cell its row: cover + missing - surplus = the point from which nobody more is needed.
    fn open_row(&mut self, cell: usize) -> Result<(), LpFailed> {
        if self.row_of_cell[cell] >= 0 {
            return Ok(());
        }
        let (cost, base) = (&self.problem.cells[cell].cost, self.base[cell]);
        let anchor = cost.enough(base);
        let target = f64::from(anchor - base);
        let row = self.program.add_row(target, target)?;
        self.row_of_cell[cell] = row;
        self.offset += cost.cost(anchor) - cost.cost(base);
        let mut n = anchor;
        while n > base {
            let slope = -cost.step(n - 1);
            let mut width = 0;
            while n > base && -cost.step(n - 1) == slope {
                n -= 1;
                width += 1;
            }
            self.program
                .add_column(slope, f64::from(width), &[row], &[1.0])?;
        }
        let last = base + self.total as u32;
        let mut n = anchor;
        while n < last.max(anchor + 1) {
            let slope = cost.step(n);
            let mut width = 0;
            while n < last.max(anchor + 1) && cost.step(n) == slope {
                n += 1;
                width += 1;
            }
            let upper = if n >= last {
                f64::INFINITY
            } else {
                f64::from(width)
            };
            self.program.add_column(slope, upper, &[row], &[-1.0])?;
        }
        Ok(())
    }

    /// Whether a tour agrees with what of the seat's tour is settled.
    pub fn fits(&self, seat: usize, column: &Column) -> bool {
        let Some(keep) = &self.seats[seat].keep else {
            return true;
        };
        let settled = |cell: &&u32| !keep.free[self.problem.cells[**cell as usize].period as usize];
        (keep.tour.cells.iter().filter(settled)).eq(column.cells.iter().filter(settled))
    }

    /// Solves the linear program; its objective includes the cells that no tour touches.
    pub fn solve(&mut self) -> Result<Optimum, LpFailed> {
        let mut optimum = self.program.solve()?;
        optimum.objective += self.offset;
        optimum.bound = optimum.objective;
        Ok(optimum)
    }

    /// Most seconds of each solve of the linear program.
    pub fn allow_seconds(&mut self, seconds: f64) {
        self.program.allow_seconds(seconds);
    }

    /// What covering each cell is worth. A cell that no tour touches yet is worth what the next person there would save.
    pub fn values(&self, optimum: &Optimum) -> Vec<f64> {
        let worth = |cell: usize| match self.row_of_cell[cell] {
            -1 => -self.problem.cells[cell].cost.step(self.base[cell]),
            row => optimum.duals[row as usize],
        };
        (0..self.problem.cells.len()).map(worth).collect()
    }

    /// Price of a person in each seat.
    pub fn seat_prices<'o>(&self, optimum: &'o Optimum) -> &'o [f64] {
        &optimum.duals[..self.seats.len()]
    }

    /// How much of each entry the optimum uses.
    pub fn use_of(&self, optimum: &Optimum) -> Vec<f64> {
        self.entries
            .iter()
            .map(|entry| optimum.columns[entry.index])
            .collect()
    }

    /// How many cover each cell in the optimum.
    pub fn cover(&self, optimum: &Optimum) -> Vec<f64> {
        let mut cover: Vec<f64> = self.base.iter().map(|&n| f64::from(n)).collect();
        for (entry, used) in self.entries.iter().zip(self.use_of(optimum)) {
            for &cell in &entry.column.cells {
                cover[cell as usize] += used;
            }
        }
        cover
    }

    pub fn is_allowed(&self, entry: usize) -> bool {
        self.entries[entry].allowed
    }

    /// Sets whether the entry may be used.
    pub fn allow(&mut self, entry: usize, allowed: bool) -> Result<(), LpFailed> {
        if self.entries[entry].allowed == allowed {
            return Ok(());
        }
        self.entries[entry].allowed = allowed;
        let upper = if allowed { f64::INFINITY } else { 0.0 };
        self.program.bound(self.entries[entry].index, 0.0, upper)
    }

    /// Best whole-number choice among the entries: the entry of every person, in order of the seats; `None` if none was found or it is not complete.
    /// With it, a proven bound on all such choices. `start` = a choice to begin with.
    pub fn solve_whole(
        mut self,
        start: &[(usize, Arc<Column>)],
        limits: MipLimits,
    ) -> Result<(Option<(Choice, f64)>, f64), LpFailed> {
        for entry in 0..self.entries.len() {
            self.program.make_integer(self.entries[entry].index)?;
        }
        let mut values: Vec<(usize, f64)> = Vec::new();
        if !start.is_empty() {
            values.extend(self.entries.iter().map(|entry| (entry.index, 0.0)));
            for (seat, column) in start {
                if let Some(at) = self
                    .entries
                    .iter()
                    .position(|entry| entry.seat == *seat && entry.column.cells == column.cells)
                {
                    values[at].1 += 1.0;
                }
            }
        }
        let Some(optimum) = self.program.solve_integer(&values, limits)? else {
            return Ok((None, f64::NEG_INFINITY));
        };
        let mut chosen = Vec::new();
        for entry in &self.entries {
            let times = optimum.columns[entry.index].round() as usize;
            chosen.extend(std::iter::repeat_n(
                (entry.seat, entry.column.clone()),
                times,
            ));
        }
        chosen.sort_by_key(|(seat, _)| *seat);
        let complete = (0..self.seats.len()).all(|seat| {
            chosen.iter().filter(|(s, _)| *s == seat).count() == self.seats[seat].people
        });
        let cost = optimum.objective + self.offset;
        Ok((
            complete.then_some((chosen, cost)),
            optimum.bound + self.offset,
        ))
    }

    /// Bound from below at any prices: every cell buys the cover that is cheapest for it, and every person takes a tour no better than `best`.
    pub fn lagrangian(&self, values: &[f64], best: &[f64]) -> f64 {
        let people = self.total as u32;
        let cells: f64 = (self.problem.cells.iter().zip(self.base).zip(values))
            .map(|((cell, &base), &value)| {
                let mut n = base;
                let mut cost = cell.cost.cost(base);
                while n < base + people && cell.cost.step(n) + value < 0.0 {
                    cost += cell.cost.step(n) + value;
                    n += 1;
                }
                cost
            })
            .sum();
        cells
            + self
                .seats
                .iter()
                .zip(best)
                .map(|(seat, best)| seat.people as f64 * best)
                .sum::<f64>()
    }

    /// How many people more than the base each cell buys at these prices.
    pub fn demand(&self, values: &[f64]) -> Vec<f64> {
        let people = self.total as u32;
        (self.problem.cells.iter().zip(self.base).zip(values))
            .map(|((cell, &base), &value)| {
                let mut n = base;
                while n < base + people && cell.cost.step(n) + value < 0.0 {
                    n += 1;
                }
                f64::from(n - base)
            })
            .collect()
    }

    /// How the next solves go.
    pub fn method(&mut self, method: Method) {
        self.program.method(method);
    }

    pub fn problem(&self) -> &'p Problem<'p> {
        self.problem
    }
}
