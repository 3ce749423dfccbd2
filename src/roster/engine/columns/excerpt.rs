//! A stretch of some people's tours as a problem by itself: its cells need what the others leave open, its people have what the rest of their tours
//! leaves them.

use std::sync::Arc;

use super::piece::Piece;
use super::problem::{Cell, Column, Group, Problem, Stretch};
use super::roster::Roster;

/// A small problem cut out of a large one; every person of it is a group.
pub struct Excerpt<'p> {
    pub problem: Problem<'p>,
    /// The stretches as they are.
    pub now: Vec<Arc<Column>>,
    /// Cells of the whole that the small problem's cells are.
    pub cells: std::ops::Range<usize>,
    piece: Piece,
    /// How many periods around the free ones the answers rest upon.
    margin: usize,
}

impl<'p> Excerpt<'p> {
    /// `share`: see [`Stretch`]. `None` if somebody's tours cannot be cut.
    pub fn new(
        problem: &'p Problem,
        groups: &[usize],
        roster: &Roster,
        piece: Piece,
        share: (u32, u32),
    ) -> Option<Excerpt<'p>> {
        let free = piece.window.clone()?;
        let first = free.iter().position(|free| *free)? as u32;
        let last = free.iter().rposition(|free| *free)? as u32;
        let at = |period: u32| problem.cells.partition_point(|cell| cell.period < period);
        let cells = at(first)..at(last + 1);
        let mut base = roster.cover[cells.clone()].to_vec();
        let (mut small, mut now, mut reads) = (Vec::new(), Vec::new(), (first, last));
        for &person in &piece.people {
            let stretch = Stretch {
                tour: &roster.tours[person],
                free: &free,
                first_cell: cells.start as u32,
                first_period: first,
                share,
            };
            let within = problem.groups[groups[person]].pricer.within(&stretch)?;
            for &cell in &within.now.cells {
                base[cell as usize] -= 1;
            }
            reads = (reads.0.min(within.reads.0), reads.1.max(within.reads.1));
            now.push(Arc::new(within.now));
            small.push(Group {
                people: 1,
                pricer: within.pricer,
            });
        }
        let cover = problem.cells[cells.clone()].iter().zip(base);
        Some(Excerpt {
            problem: Problem {
                cells: cover
                    .map(|(cell, base)| Cell {
                        cost: cell.cost.beyond(base),
                        period: cell.period - first,
                    })
                    .collect(),
                groups: small,
                whole_tour_costs: problem.whole_tour_costs,
            },
            now,
            cells,
            piece,
            margin: (first - reads.0).max(reads.1 - last) as usize,
        })
    }

    /// The whole tours of a roster with other stretches in them, where they differ.
    pub fn put_back(
        &self,
        roster: &Roster,
        stretches: &[Arc<Column>],
    ) -> Vec<(usize, Arc<Column>)> {
        let first = self.cells.start as u32;
        let mut changes = Vec::new();
        for ((&person, now), next) in self.piece.people.iter().zip(&self.now).zip(stretches) {
            if now.cells == next.cells {
                continue;
            }
            let tour = &roster.tours[person];
            let gone =
                |cell: &u32| *cell >= first && now.cells.binary_search(&(cell - first)).is_ok();
            let mut cells: Vec<u32> = (tour.cells.iter().copied())
                .filter(|cell| !gone(cell))
                .collect();
            cells.extend(next.cells.iter().map(|cell| cell + first));
            cells.sort_unstable();
            let cost = tour.cost - now.cost + next.cost;
            changes.push((person, Arc::new(Column { cells, cost })));
        }
        changes
    }

    /// As [`Excerpt::put_back`], of those that changed: people of the small problem with their new stretches.
    pub fn put_changes_back(
        &self,
        roster: &Roster,
        changes: Vec<(usize, Arc<Column>)>,
    ) -> Vec<(usize, Arc<Column>)> {
        let mut stretches = self.now.clone();
        for (person, stretch) in changes {
            stretches[person] = stretch;
        }
        self.put_back(roster, &stretches)
    }

    /// All of it, as a piece of the small problem.
    pub fn everything(&self) -> Piece {
        Piece {
            people: (0..self.now.len()).collect(),
            window: None,
        }
    }

    /// Whether one of the two rests upon what is free in the other.
    pub fn touches(&self, other: &Excerpt) -> bool {
        let margin = self.margin.max(other.margin);
        let theirs = other.free();
        (0..theirs.len())
            .filter(|&period| self.free()[period])
            .any(|period| {
                let last = (period + margin).min(theirs.len() - 1);
                theirs[period.saturating_sub(margin)..=last].contains(&true)
            })
    }

    /// The free periods.
    pub fn free(&self) -> &[bool] {
        self.piece.window.as_deref().unwrap_or_default()
    }
}
