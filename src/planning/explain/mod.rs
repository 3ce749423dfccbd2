//! The roster's reasons in the scenario's names and words.

mod agent;
mod answer;
mod effect;
mod impossible;
mod learnt;
mod queue;
mod report;
mod ways_out;
mod words;
mod worth;

use std::ops::Range;

use crate::roster::Appraiser;
use crate::roster::explain::Offer;
use crate::roster::problem::{Problem, Tour};
use crate::roster::rules::Broken;
use crate::scenario::Scenario;

use super::axis::Axis;
use super::curves::Curves;
use super::demand::Demand;
use super::worths::Worths;

pub use agent::explain_agent;
pub use answer::{Answer, Change, Interval, PersonReason, Told};
pub use impossible::impossible_words;
pub use learnt::{Learnt, learn_from, learnt_json, read_learnt, under};
pub use queue::explain_interval;
pub use report::{cover_reasons, tell_reasons};
pub use worth::explain_worth;

/// What answers are drawn from: a scenario with its demand and curves, the question to the roster room, and a roster on the scales.
pub struct Explainer<'a> {
    pub scenario: &'a Scenario,
    demand: &'a Demand,
    curves: &'a Curves,
    pub appraiser: Appraiser<'a>,
    /// What the roster breaks as it is.
    pub known: Vec<Broken>,
    axis: Axis,
    worths: Worths,
}

impl<'a> Explainer<'a> {
    /// Takes a roster that lies on the problem's grid ([`crate::roster::off_the_grid`]).
    pub fn new(
        scenario: &'a Scenario,
        demand: &'a Demand,
        curves: &'a Curves,
        problem: &'a Problem,
        tours: &[Tour],
    ) -> Explainer<'a> {
        Explainer {
            scenario,
            demand,
            curves,
            appraiser: Appraiser::new(problem, tours),
            known: crate::roster::check(problem, tours),
            axis: Axis::of(scenario),
            worths: Worths::of(scenario),
        }
    }

    fn problem(&self) -> &'a Problem {
        self.appraiser.problem()
    }

    fn slots_of(&self, interval: usize) -> Range<usize> {
        self.axis.slots_of(interval)
    }

    /// The roster after an offer.
    pub fn after(&self, offer: &Offer) -> Vec<Tour> {
        crate::roster::explain::with(self.appraiser.tours(), &offer.changes)
    }
}
