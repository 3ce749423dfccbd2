//! One node of the search: its program, and the question that splits what it leaves open.

use std::sync::Arc;

use super::Lists;
use super::program::{Listed, Solve, Solved};
use crate::roster::engine::columns::problem::Column;
use crate::roster::engine::lp::{LpFailed, Method};

/// Per seat, places in its list of the tours that agree with all answers so far.
pub type Left = Vec<Vec<u32>>;

/// Questions weighed at a node: those about which the program wavers most.
const WEIGHED: usize = 10;
/// How far a cell is covered by somebody in part. Narrow: what no question is asked about must be as good as whole.
const WAVERING: std::ops::Range<f64> = 1e-5..1.0 - 1e-5;
/// How far a tour is used that is chosen: where no cell wavers, tours that differ are used next to nothing.
const CHOSEN: f64 = 0.99;
/// Least rise of the program that counts where answers are weighed.
const LEAST_RISE: f64 = 1e-3;

pub struct Node {
    left: Left,
}

pub enum Outcome {
    /// Nothing within the target.
    Closed,
    /// By the clock, or because it could not tell: nothing is proven.
    Stopped,
    Roster(Vec<Arc<Column>>),
    /// The answers to a question, the likelier one last.
    Split([Node; 2]),
}

impl Node {
    pub fn root(lists: &Lists) -> Node {
        let all = lists.iter().map(|list| (0..list.len() as u32).collect());
        Node {
            left: all.collect(),
        }
    }
}

/// Does this seat cover this cell?
#[derive(Debug, Clone, Copy)]
struct Question {
    seat: usize,
    cell: u32,
}

impl Question {
    fn answer(self, tour: &Column) -> bool {
        tour.cells.binary_search(&self.cell).is_ok()
    }
}

pub fn look(
    program: &mut Listed,
    node: Node,
    target: f64,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Outcome, LpFailed> {
    let solved = match program.solve(&node.left, target, stop)? {
        Solve::Optimum(solved) => solved,
        Solve::TooDear => return Ok(Outcome::Closed),
        Solve::Stopped => return Ok(Outcome::Stopped),
    };
    drop(node);
    let uses = program.master.use_of(&solved.optimum);
    let questions = wavering(program, &uses);
    if questions.is_empty() {
        return Ok(chosen(program, &uses).map_or(Outcome::Stopped, Outcome::Roster));
    }
    let Some((question, values)) = weigh(program, &solved, &questions, target, stop)? else {
        return Ok(Outcome::Stopped);
    };
    let answered = |yes: bool| {
        let mut left = solved.left.clone();
        left[question.seat].retain(|&place| {
            let tour = program.tour((question.seat, place));
            question.answer(tour) == yes
        });
        Node { left }
    };
    let yes_last = values[0] <= values[1];
    Ok(Outcome::Split([answered(!yes_last), answered(yes_last)]))
}

/// For each seat the tour that is used alone.
fn chosen(program: &Listed, uses: &[f64]) -> Option<Vec<Arc<Column>>> {
    let mut tours = vec![None; program.lists.len()];
    for (used, &(seat, place)) in uses.iter().zip(&program.places) {
        if *used > CHOSEN {
            tours[seat] = Some(program.lists[seat][place as usize].clone());
        }
    }
    tours.into_iter().collect()
}

/// The questions on which the program wavers, those nearest to half and half first.
fn wavering(program: &Listed, uses: &[f64]) -> Vec<Question> {
    let mut parts: Vec<(usize, u32, f64)> = Vec::new();
    for (used, &at) in uses.iter().zip(&program.places) {
        if *used > 1e-9 {
            let cells = program.tour(at).cells.iter();
            parts.extend(cells.map(|&cell| (at.0, cell, *used)));
        }
    }
    parts.sort_by_key(|&(seat, cell, _)| (seat, cell));
    let mut asked: Vec<(f64, Question)> = parts
        .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .map(|parts| {
            let used: f64 = parts.iter().map(|part| part.2).sum();
            let (seat, cell, _) = parts[0];
            (used, Question { seat, cell })
        })
        .filter(|(used, _)| WAVERING.contains(used))
        .collect();
    // Stable: questions equally open stay in the order of seats and cells.
    asked.sort_by(|a, b| (a.0 - 0.5).abs().total_cmp(&(b.0 - 0.5).abs()));
    asked.into_iter().map(|(_, question)| question).collect()
}

/// The question whose answers, yes and no, both raise the program most (strong branching; Applegate et al. 1995), and what the program then costs;
/// `None` once stopped.
fn weigh(
    program: &mut Listed,
    solved: &Solved,
    questions: &[Question],
    target: f64,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Option<(Question, [f64; 2])>, LpFailed> {
    program.master.method(Method::Dual);
    let now = solved.optimum.objective;
    let most_rise = (target - now).max(0.0) + 1.0;
    let mut best = (f64::NEG_INFINITY, questions[0], [now; 2]);
    for &question in &questions[..questions.len().min(WEIGHED)] {
        if stop() {
            return Ok(None);
        }
        let mut values = [0.0; 2];
        for (value, yes) in values.iter_mut().zip([true, false]) {
            let ruled_out: Vec<usize> = (0..program.places.len())
                .filter(|&entry| program.master.is_allowed(entry))
                .filter(|&entry| program.places[entry].0 == question.seat)
                .filter(|&entry| question.answer(program.tour(program.places[entry])) != yes)
                .collect();
            for &entry in &ruled_out {
                program.master.allow(entry, false)?;
            }
            *value = program.master.solve()?.objective;
            for &entry in &ruled_out {
                program.master.allow(entry, true)?;
            }
        }
        let rise = |value: f64| (value - now).clamp(LEAST_RISE, most_rise);
        let score = rise(values[0]) * rise(values[1]);
        if score > best.0 {
            best = (score, question, values);
        }
    }
    Ok(Some((best.1, best.2)))
}
