//! Plan, play, correct, plan again: until what is promised is what customers get.

use crate::roster::problem::{Problem, Tour};
use crate::roster::{Ended, Limits, Progress, Solution, Warm, solve};
use crate::scenario::Scenario;
use crate::simulation::{Prepared, RunPlan, SimulationError, SimulationResult, run};
use crate::staffing::StaffingError;

use super::activities::place as place_activities;
use super::changes::know;
use super::curves::{Curves, curves};
use super::demand::Demand;
use super::explain::impossible_words;
use super::play::{PlayOptions, play};
use super::problem::roster_problem;
use super::promise::{Lessons, simulated};
use super::underway::{Underway, hold};
use super::window::Window;

/// A roster is called optimal if it is proved to cost at most this share more than the least possible; where nobody asks for another gap, the search
/// ends there.
pub const OPTIMAL_WITHIN: f64 = 0.001;

/// How hard to plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanOptions {
    pub gap: f64,
    /// Whether a plan that ends by its gap or effort is to be the same on any machine: slower where the clock knows better how long to try.
    pub gap_by_steps: bool,
    /// Steps of the roster search over all rounds; `None`: until the clock or the gap ends it.
    pub effort: Option<u64>,
    pub seed: u64,
    /// Rounds of planning and playing, at least 1.
    pub rounds: u32,
    /// How often the planned weeks are played per round and at the end.
    pub quick_plays: usize,
    pub final_plays: usize,
    /// Plays for which the caller needs time afterwards.
    pub later_plays: usize,
    pub play: PlayOptions,
}

/// What the caller is told while it lasts, and how it ends it.
pub trait Watcher: Sync {
    fn stop(&self) -> bool;
    /// Share of the time allowed that is used up; 0 where there is no limit.
    fn time_used(&self) -> f64;
    fn stage(&self, name: &str);
    fn roster(&self, progress: Progress);
}

/// A plan with everything that was learnt on the way.
#[derive(Debug)]
pub struct Planned {
    pub problem: Problem,
    pub curves: Curves,
    pub solution: Solution,
    pub simulation: SimulationResult,
    pub rounds: Vec<RoundResult>,
    /// Share answered in time per queue that the curves promise for the final roster.
    pub promised: Vec<f64>,
    /// What was known of the curves when the roster was made.
    pub lessons: Lessons,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RoundResult {
    pub objective: f64,
    pub wages_and_wishes: f64,
    /// Share answered in time per queue.
    pub promised: Vec<f64>,
    pub simulated: Vec<f64>,
}

impl RoundResult {
    /// Whether promise and play agree within a point in every queue.
    fn agrees(&self) -> bool {
        let mut pairs = self.promised.iter().zip(&self.simulated);
        pairs.all(|(promised, simulated)| (promised - simulated).abs() <= AGREEMENT)
    }
}

/// Most of the time allowed that all rounds take together, their plays included; less where plays take longer ([`leave_time`]).
const TIME_TO_ROSTER: f64 = 0.97;
/// The same for a single round, before which nothing tells how long a play takes.
const TIME_TO_ROSTER_BLINDLY: f64 = 0.9;
/// Share of the time allowed that is kept for writing the files, and the most that is kept for playing and writing together.
const TIME_TO_WRITE: f64 = 0.04;
const MOST_TIME_TO_PLAY: f64 = 0.5;

/// Plays that tell how long one takes.
const TRIAL_PLAYS: usize = 8;

/// Promise and play agree if their shares answered in time are this close.
const AGREEMENT: f64 = 0.01;

/// Turns the seed of the planning rounds into that of the published play.
pub const FINAL_PLAY: u64 = 0x5eed_0ff1_41a1;

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// Which hard rules clash, in words.
    #[error("{0}")]
    Impossible(String),
    #[error(transparent)]
    Staffing(#[from] StaffingError),
    #[error(transparent)]
    Simulation(#[from] SimulationError),
}

/// Shares of the time allowed by which each round has ended, the last one leaving time to play and write. The rounds before it are there to learn
/// from, and rough rosters teach as much as good ones (aurora, 100 s on one thread: promise and play as close, gap 0.4 points less than with
/// twice the time for them); the first has the longest way to go.
fn round_ends(rounds: u32) -> Vec<f64> {
    let weight = |round: u32| match round {
        last if last + 1 == rounds => 6.0,
        0 => 2.0,
        _ => 1.0,
    };
    let total: f64 = (0..rounds).map(weight).sum();
    (0..rounds)
        .scan(0.0, |sum, round| {
            *sum += weight(round) / total * TIME_TO_ROSTER;
            Some(*sum)
        })
        .collect()
}

/// Steps of dual ascent per round: prices that are nearly right need few, but the last round's bound is published.
fn ascent_steps(round: usize, rounds: usize) -> usize {
    match round {
        0 => 700,
        last if last + 1 == rounds => 900,
        _ => 100,
    }
}

/// Steps of a round before the last one where steps, not the clock, are to lead to the gap.
const STEPS_TO_LEARN: u64 = 40;

/// Ends rounds early enough for the plays after the last one, which take `per_play` of the time each, and for the files.
fn leave_time(ends: &mut [f64], per_play: f64, options: &PlanOptions) {
    let plays = 2 * options.final_plays + options.later_plays;
    let at_the_end = per_play * plays as f64 + TIME_TO_WRITE;
    for end in ends {
        *end = end.min(1.0 - at_the_end.min(MOST_TIME_TO_PLAY));
    }
}

/// What an earlier plan left.
#[derive(Debug, Clone)]
pub struct Start {
    pub roster: Warm,
    /// What that plan learnt, if it was of the same week and queues: there is no need to learn it again, and one round will do.
    pub lessons: Option<Lessons>,
    /// The roster that people know: what a change in it weighs counts. None where it was made for another week.
    pub known: Option<Vec<Tour>>,
    /// What holds where the plan's weeks have begun.
    pub underway: Option<Underway>,
}

/// Makes a roster for a demand, plays it, and lets what the play shows correct the curves for the next round.
pub fn plan(
    scenario: &Scenario,
    demand: &Demand,
    options: &PlanOptions,
    start: Option<Start>,
    watcher: &dyn Watcher,
) -> Result<Planned, PlanError> {
    let grid = scenario.grid();
    watcher.stage("staffing");
    let mut curves = curves(scenario, demand, grid.step_seconds())?;
    let (mut warm, learnt, told, underway) = match start {
        Some(start) => (
            Some(start.roster),
            start.lessons,
            start.known,
            start.underway,
        ),
        None => (None, None, None, None),
    };
    let rounds = match learnt {
        Some(_) => 1,
        None => options.rounds,
    };
    let mut lessons = learnt.unwrap_or_else(|| Lessons::none(scenario, &grid));
    let mut results: Vec<RoundResult> = Vec::new();
    let mut spent = 0;
    let mut ends = round_ends(rounds);
    let mut rounds = rounds as usize;
    let by_steps = options.gap_by_steps && options.effort.is_none();
    let mut cut_by_clock = false;
    loop {
        let round = results.len();
        curves.correct(&lessons.corrections);
        let mut problem = roster_problem(scenario, demand, &curves, &lessons.work_factor);
        if let Some(told) = &told {
            know(&mut problem, told);
        }
        if let Some(underway) = &underway {
            hold(&mut problem, scenario, underway);
        }
        // No round before the last tells how long plays take.
        match (rounds, &warm) {
            (1, None) => ends[0] = ends[0].min(TIME_TO_ROSTER_BLINDLY),
            (1, Some(warm)) => {
                let trial = play(scenario, demand, &problem, &warm.tours, &options.play);
                let before = watcher.time_used();
                run(
                    &Prepared::new(&trial)?,
                    &RunPlan::fixed(TRIAL_PLAYS, options.seed),
                    &|_| true,
                )?;
                leave_time(
                    &mut ends,
                    (watcher.time_used() - before) / TRIAL_PLAYS as f64,
                    options,
                );
            }
            _ => (),
        }
        watcher.stage("roster");
        let from = if round == 0 { 0.0 } else { ends[round - 1] };
        let control = Window::between(watcher, from, ends[round]).by_steps(options.gap_by_steps);
        let effort = options.effort.map(|effort| {
            let left = effort.saturating_sub(spent);
            left.div_ceil((rounds - round) as u64)
        });
        let limits = Limits {
            // What the clock has led does not end by the gap.
            gap: if by_steps && cut_by_clock {
                f64::NEG_INFINITY
            } else {
                options.gap
            },
            effort: effort.or((by_steps && round + 1 < rounds).then_some(STEPS_TO_LEARN)),
            seed: options.seed,
            ascent_steps: Some(ascent_steps(round, rounds)),
        };
        let mut solution = solve(&problem, &limits, warm.as_ref(), &control)
            .map_err(|why| PlanError::Impossible(impossible_words(scenario, &problem, &why)))?;
        place_activities(&problem, &mut solution);
        spent += limits.effort.unwrap_or(0);
        cut_by_clock |= solution.ended == Ended::Stopped;
        watcher.stage("simulation");
        let prepared = Prepared::new(&play(
            scenario,
            demand,
            &problem,
            &solution.tours,
            &options.play,
        ))?;
        let last = round + 1 == rounds || watcher.stop();
        let weeks = if last {
            options.final_plays
        } else {
            options.quick_plays
        };
        let before = watcher.time_used();
        let played = run(&prepared, &RunPlan::fixed(weeks, options.seed), &|_| true)?;
        leave_time(
            &mut ends,
            (watcher.time_used() - before) / weeks as f64,
            options,
        );
        results.push(RoundResult {
            objective: solution.objective,
            wages_and_wishes: solution.wages_and_wishes,
            promised: lessons.promises(scenario, demand, &curves, &problem, &solution),
            simulated: (0..scenario.queues.len())
                .map(|queue| simulated(&played, queue))
                .collect(),
        });
        if !last {
            if results[round].agrees() {
                // Nothing is left to learn: what remains of time or effort goes into one long round.
                ends[round + 1] = ends[rounds - 1];
                rounds = round + 2;
            }
            lessons.learn(scenario, &curves, &solution, &played);
            warm = Some(solution.warm);
            continue;
        }
        let learnt = lessons.clone();
        lessons.agree(scenario, &curves, &solution, &played);
        curves.correct(&lessons.corrections);
        let promised = lessons.promises(scenario, demand, &curves, &problem, &solution);
        // Random numbers of its own for the published figure: it must not be the sample that the plan was fitted to.
        watcher.stage("simulation");
        let seed = options.seed ^ FINAL_PLAY;
        let simulation = run(
            &prepared,
            &RunPlan::fixed(options.final_plays, seed),
            &|_| true,
        )?;
        return Ok(Planned {
            problem,
            curves,
            solution,
            simulation,
            rounds: results,
            promised,
            lessons: learnt,
        });
    }
}
