//! Tours of shifts made of stays on tasks: every shift has a start, a length and a task in every slot.

mod kept;
mod path;
mod pricer;
mod row;
mod shift;

pub use pricer::TaskPricer;

/// The rules of one person. Lengths and times are in slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRules {
    pub tasks: usize,
    /// Day of each slot; a shift belongs to the day on which it starts. Days never fall.
    pub day: Vec<u32>,
    /// Slots in which a shift may start.
    pub starts: Vec<bool>,
    /// Least and most slots of a shift.
    pub length: (usize, usize),
    /// Least slots between two shifts.
    pub rest: usize,
    /// Least slots of a stay on one task.
    pub stay: usize,
    /// Most days in a row with a shift; at most one shift starts on a day.
    pub max_run: usize,
    /// Least and most slots worked in all.
    pub worked: (usize, usize),
}

impl TaskRules {
    pub fn slots(&self) -> usize {
        self.day.len()
    }

    /// The cell of a task in a slot: `slot * tasks + task`.
    pub fn cell(&self, slot: usize, task: usize) -> usize {
        slot * self.tasks + task
    }
}
