//! From the linear program to a roster: take for certain what it uses most, price again, and so on until everybody has a tour.
//!
//! After each step the program is made anew for the people who are left, with the best of their tours: it shrinks as the dive goes down.

use std::sync::Arc;

use super::generate::{Memory, Reach, generate};
use super::lp::{LpFailed, Method};
use super::master::{Master, Seat};
use super::problem::{Care, Column, Problem};

/// How to dive.
#[derive(Debug, Clone, Copy)]
pub struct Dive {
    /// Rounds of pricing after each time that tours are fixed.
    pub rounds: usize,
    /// About how many times tours are fixed.
    pub steps: usize,
    /// Tours per group that go on to the next program.
    pub tours: usize,
}

/// A tour for every person, by group; once stopped, what the program uses most. `pool` = the tours known of each group; the prices they were found at
/// come with them. `None` if somebody is left without.
pub fn dive(
    problem: &Problem,
    mut pool: Vec<Vec<Arc<Column>>>,
    dive: Dive,
    stop: &dyn Fn() -> bool,
) -> Result<Option<Vec<Vec<Arc<Column>>>>, LpFailed> {
    let mut taken: Vec<Vec<Arc<Column>>> = vec![Vec::new(); problem.groups.len()];
    let mut base = vec![0u32; problem.cells.len()];
    let batch = problem.people().div_ceil(dive.steps.max(1)).max(1);
    let mut last = f64::INFINITY;
    loop {
        let seats: Vec<Seat> = (0..problem.groups.len())
            .filter(|&group| taken[group].len() < problem.groups[group].people)
            .map(|group| Seat {
                group,
                people: problem.groups[group].people - taken[group].len(),
                keep: None,
            })
            .collect();
        if seats.is_empty() {
            return Ok(Some(taken));
        }
        let own: f64 = taken.iter().flatten().map(|tour| tour.cost).sum();
        let mut master = Master::new(problem, &base, seats)?;
        for seat in 0..master.seats.len() {
            for tour in &pool[master.seats[seat].group] {
                master.add(seat, tour)?;
            }
        }
        master.method(Method::Corner);
        let open = vec![true; master.seats.len()];
        let content = last + 1e-4 * last.abs().max(1.0) - own;
        let reach = Reach {
            rounds: dive.rounds,
            tours: 4,
            care: Care::Quick,
            enough: f64::INFINITY,
            content,
            whole: false,
        };
        let optimum = generate(
            &mut master,
            &mut Memory::default(),
            &open,
            reach,
            &mut |_| !stop(),
        )?
        .optimum;
        last = optimum.objective + own;
        let uses = master.use_of(&optimum);
        if stop() {
            return Ok(complete(problem, &master, &uses, taken));
        }
        let values = master.values(&optimum);
        let mut order: Vec<usize> = (0..uses.len())
            .filter(|&entry| uses[entry] > 1e-6)
            .collect();
        order.sort_by(|&a, &b| uses[b].total_cmp(&uses[a]).then(a.cmp(&b)));
        let mut fractional = 0;
        let mut placed = 0;
        let mut next = base.clone();
        for entry in order {
            let (seat, column) = (master.entries[entry].seat, &master.entries[entry].column);
            let group = master.seats[seat].group;
            let free = problem.groups[group].people - taken[group].len();
            let whole = (uses[entry] + 0.01).floor() as usize;
            // All that is whole is taken at once; of the rest the largest.
            let times = if whole > 0 {
                whole.min(free)
            } else {
                usize::from(fractional < batch && free > 0 && (uses[entry] > 0.5 || placed == 0))
            };
            if times == 0 {
                continue;
            }
            fractional += usize::from(whole == 0);
            placed += times;
            column
                .cells
                .iter()
                .for_each(|&cell| next[cell as usize] += times as u32);
            taken[group].extend(std::iter::repeat_n(column.clone(), times));
        }
        if placed == 0 {
            return Ok(None);
        }
        for (seat, at) in master.seats.iter().enumerate() {
            let mut tours: Vec<(f64, usize)> = (0..uses.len())
                .filter(|&entry| master.entries[entry].seat == seat)
                .map(|entry| {
                    (
                        master.entries[entry].column.reduced(&values) - uses[entry],
                        entry,
                    )
                })
                .collect();
            tours.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            pool[at.group] = tours
                .into_iter()
                .take(dive.tours)
                .map(|(_, entry)| master.entries[entry].column.clone())
                .collect();
        }
        drop(master);
        base = next;
    }
}

/// Everybody still without a tour takes the one that the program uses most.
fn complete(
    problem: &Problem,
    master: &Master,
    uses: &[f64],
    mut taken: Vec<Vec<Arc<Column>>>,
) -> Option<Vec<Vec<Arc<Column>>>> {
    let mut order: Vec<usize> = (0..uses.len()).collect();
    order.sort_by(|&a, &b| uses[b].total_cmp(&uses[a]).then(a.cmp(&b)));
    for (seat, at) in master.seats.iter().enumerate() {
        let column = order
            .iter()
            .map(|&entry| &master.entries[entry])
            .find(|entry| entry.seat == seat)?
            .column
            .clone();
        taken[at.group].resize(problem.groups[at.group].people, column);
    }
    Some(taken)
}
