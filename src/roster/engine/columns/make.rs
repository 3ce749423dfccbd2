//! A piece made anew, cut out of the whole where that can be done.

use std::sync::Arc;

use super::excerpt::Excerpt;
use super::piece::{Mended, Piece, PieceLimits, mend};
use super::plunge::plunge;
use super::problem::{Column, Problem};
use super::roster::{Roster, groups_of};
use crate::roster::engine::control::Control;
use crate::roster::engine::dice::Dice;
use crate::roster::engine::lp::LpFailed;

/// How a piece is made anew.
#[derive(Debug, Clone, Copy)]
pub struct Make {
    /// By a dive, as it is too large for one integer program.
    pub dive: bool,
    pub limits: PieceLimits,
    pub seed: u64,
}

/// Makes a piece anew; where only some periods are free and tours can be cut, as a problem by itself.
#[expect(clippy::too_many_arguments)]
pub fn make_anew(
    problem: &Problem,
    groups: &[usize],
    roster: &Roster,
    piece: &Piece,
    ideas: &[Vec<Arc<Column>>],
    values: &[f64],
    make: Make,
    watch: &dyn Control,
) -> Result<Mended, LpFailed> {
    if let Some(cut) = Excerpt::new(problem, groups, roster, piece.clone(), (0, 1)) {
        let small = &cut.problem;
        let start = Roster::new(small, cut.now.clone());
        let nothing = vec![Vec::new(); cut.now.len()];
        let values = &values[cut.cells.clone()];
        let everything = cut.everything();
        let groups = groups_of(small);
        let mended = make_anew(
            small,
            &groups,
            &start,
            &everything,
            &nothing,
            values,
            make,
            watch,
        )?;
        return Ok(Mended {
            changes: cut.put_changes_back(roster, mended.changes),
            exhausted: mended.exhausted,
        });
    }
    if !make.dive {
        return match mend(problem, groups, roster, piece, ideas, make.limits) {
            Err(LpFailed::OUT_OF_TIME) => Ok(Mended::default()),
            mended => mended,
        };
    }
    let mut dice = Dice::new(make.seed);
    let stop = || watch.stop();
    plunge(
        problem,
        groups,
        roster,
        piece,
        ideas,
        values,
        make.limits,
        &mut dice,
        &stop,
    )
}
