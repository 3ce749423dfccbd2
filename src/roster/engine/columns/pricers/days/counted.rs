//! What is counted along a tour.

use super::DayRules;

/// A type whose number is part of the table's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedType {
    pub kind: usize,
    followed: usize,
    pub stride: u32,
    most: u32,
}

/// What is counted along a tour, state by state, in the table: units as its columns; weekends and the numbers of some types, as the digits of
/// one number, as its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub minutes: bool,
    pub weekends: bool,
    max_weekends: u32,
    pub types: Vec<CountedType>,
    pub rows: u32,
}

impl Counted {
    pub fn new(minutes: bool, weekends: bool, rules: &DayRules) -> Counted {
        let rows = if weekends { rules.max_weekends + 1 } else { 1 };
        Counted {
            minutes,
            weekends,
            max_weekends: rules.max_weekends,
            types: Vec::new(),
            rows,
        }
    }

    /// Counts a type as well; `None` if rows run out of numbers.
    pub fn with(&self, kind: usize, followed: usize, most: u32) -> Option<Counted> {
        let mut next = self.clone();
        next.types.push(CountedType {
            kind,
            followed,
            stride: self.rows,
            most,
        });
        next.rows = self.rows.checked_mul(most + 1)?;
        Some(next)
    }

    pub fn counts(&self, kind: usize) -> bool {
        self.types.iter().any(|counted| counted.kind == kind)
    }

    /// The row that a day of work adds.
    pub fn added(&self, kind: usize, weekends: u32) -> u32 {
        let weekends = if self.weekends { weekends } else { 0 };
        weekends
            + self
                .types
                .iter()
                .find(|counted| counted.kind == kind)
                .map_or(0, |counted| counted.stride)
    }

    /// The row of so many weekends and shifts of the followed types.
    pub fn row(&self, weekends: u32, used: &[u8]) -> u32 {
        let weekends = if self.weekends { weekends } else { 0 };
        weekends
            + self
                .types
                .iter()
                .map(|counted| counted.stride * u32::from(used[counted.followed]))
                .sum::<u32>()
    }

    /// Whether a further weekend (if `weekends` is 1) and a shift of a counted type may be added to a row.
    pub fn has_room(&self, row: u32, weekends: u32, counted: Option<CountedType>) -> bool {
        (weekends == 0 || !self.weekends || row % (self.max_weekends + 1) < self.max_weekends)
            && counted
                .is_none_or(|counted| (row / counted.stride) % (counted.most + 1) < counted.most)
    }
}
