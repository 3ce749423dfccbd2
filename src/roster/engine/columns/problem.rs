//! What the engine is asked: cells to cover, and groups of people whose tours cover them.

use super::cost::CoverCost;

/// A tour of one person as the engine sees it: the cells it covers, and what it costs by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Ascending, each once.
    pub cells: Vec<u32>,
    /// Cost apart from cover: wages, wishes that are not met.
    pub cost: f64,
}

impl Column {
    /// Cost less what the cells covered are worth.
    pub fn reduced(&self, values: &[f64]) -> f64 {
        self.cost
            - self
                .cells
                .iter()
                .map(|&cell| values[cell as usize])
                .sum::<f64>()
    }
}

/// Something to cover, at some time.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub cost: CoverCost,
    /// Number of the day (or of another stretch of time) that the cell belongs to, from 0; neighbourhoods free whole stretches.
    pub period: u32,
}

/// People who are alike: the same tours are open to each of them.
pub struct Group<'a> {
    pub people: usize,
    pub pricer: Box<dyn Pricer + 'a>,
}

/// Everything that decides who works which tour.
pub struct Problem<'a> {
    /// In order of their periods.
    pub cells: Vec<Cell>,
    pub groups: Vec<Group<'a>>,
    /// Tours cost whole numbers (covers are looked at): a bound may then be rounded up.
    pub whole_tour_costs: bool,
}

impl Problem<'_> {
    /// One more than the last period.
    pub fn periods(&self) -> u32 {
        self.cells
            .iter()
            .map(|cell| cell.period + 1)
            .max()
            .unwrap_or(0)
    }

    pub fn people(&self) -> usize {
        self.groups.iter().map(|group| group.people).sum()
    }

    /// Whether every roster costs a whole number.
    pub fn is_whole(&self) -> bool {
        self.whole_tour_costs && self.cells.iter().all(|cell| cell.cost.is_whole())
    }
}

/// How hard a pricer looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Care {
    Quick,
    Thorough,
}

/// What a pricer is asked.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// What it is worth to cover each cell once; may be negative.
    pub values: &'a [f64],
    /// Only tours whose cost less worth is below this are wanted.
    pub below: f64,
    /// Most tours wanted, best first.
    pub most: usize,
    pub care: Care,
    /// In the periods that are not free (one flag a period) the tour must cover just what this column covers.
    pub keep: Option<(&'a Column, &'a [bool])>,
    /// What the pricer left at an earlier call for the same group; empty at first.
    pub memory: &'a [f64],
}

/// What a pricer answers.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    pub tours: Vec<Column>,
    /// No tour has a smaller cost less worth; infinite if there is no tour at all.
    pub bound: f64,
    /// For the next call.
    pub memory: Vec<f64>,
}

/// A stretch of a tour that is to be made anew while the rest of it stays.
#[derive(Debug, Clone, Copy)]
pub struct Stretch<'a> {
    /// The whole tour as it is.
    pub tour: &'a Column,
    /// One flag a period; the others stay as they are.
    pub free: &'a [bool],
    /// The stretch counts its cells from this one on, and its periods from this one on.
    pub first_cell: u32,
    pub first_period: u32,
    /// This stretch is the first number's of as many as the second number says that are made anew side by side; what the tour may use more or less of
    /// in all (minutes, weekends, shifts of a kind) is shared between them.
    pub share: (u32, u32),
}

/// A stretch of a tour as a question by itself.
pub struct Within<'a> {
    /// Its tours cover cells of the free periods only; their cost is what these periods cost.
    pub pricer: Box<dyn Pricer + 'a>,
    /// The stretch as it is.
    pub now: Column,
    /// First and last period of the whole that the answers rest upon.
    pub reads: (u32, u32),
}

/// Finds the tours of one kind of person that are best under given prices. Pure: the same question has the same answer.
pub trait Pricer: Sync + Send {
    fn price(&self, ask: &Ask) -> Answer;

    /// The stretch as a question by itself, much smaller than the whole; `None` where a tour cannot be cut so (its cost is then no sum over periods).
    fn within(&self, _stretch: &Stretch) -> Option<Within<'_>> {
        None
    }

    /// Whether it can ever list all tours below a cost ([`Pricer::enumerate`]).
    fn can_enumerate(&self) -> bool {
        false
    }

    /// All tours with cost less worth below `ask.below`, or `None` if there are more than `ask.most` or it cannot tell.
    fn enumerate(&self, _ask: &Ask) -> Option<Vec<Column>> {
        None
    }
}
