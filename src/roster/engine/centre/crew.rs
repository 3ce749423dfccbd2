//! A contact centre's roster as the moves see it.

use std::ops::Range;

use crate::roster::engine::dice::Dice;
use crate::roster::engine::live::{Live, Move};
use crate::roster::problem::Tour;

use super::draw::draw;
use super::plan::{Bias, Desk, Plan, Setting};

/// A plan in its setting, with the prices that moves lean towards.
#[derive(Clone)]
pub struct Crew<'a> {
    pub setting: &'a Setting<'a>,
    /// Per queue and slot.
    pub prices: &'a [f64],
    pub plan: Plan,
    /// Slots in which answers changed who is at work, since deferred work last followed; `None` where nobody has answered yet.
    answered: Option<Vec<usize>>,
}

impl<'a> Crew<'a> {
    pub fn new(setting: &'a Setting<'a>, prices: &'a [f64], plan: Plan) -> Crew<'a> {
        Crew {
            setting,
            prices,
            plan,
            answered: None,
        }
    }
}

impl<'a> Live for Crew<'a> {
    type Tour = Tour;
    /// Days.
    type Free = Range<usize>;
    type Shake = Bias<'a>;
    type Desk = Desk;

    const ATTEMPTS: usize = 24;

    fn cost(&self) -> f64 {
        self.plan.objective()
    }

    fn tour(&self, person: usize) -> &Tour {
        &self.plan.tours[person]
    }

    fn begin(&mut self) {
        self.answered = None;
        self.plan.begin(self.setting);
    }

    fn keep(&mut self) {
        self.plan.commit();
    }

    fn take_back(&mut self) {
        self.plan.rollback(self.setting);
    }

    fn assign(&mut self, person: usize, tour: Tour) {
        self.plan.assign(self.setting, person, tour);
    }

    fn leave(&mut self, person: usize, free: &Range<usize>) {
        self.plan.leave(self.setting, person, free);
    }

    fn best(
        &mut self,
        person: usize,
        free: &Range<usize>,
        shake: Option<&Bias<'a>>,
        desk: &mut Desk,
    ) -> Option<Tour> {
        self.plan.best_on(self.setting, person, desk, free, shake)
    }

    fn answer(&mut self, person: usize, free: &Range<usize>, desk: &mut Desk) {
        let changed = self.plan.answer_on(self.setting, desk, person, free);
        self.answered.get_or_insert_default().extend(changed);
    }

    /// Deferred work moves along where that pays.
    fn settle(&mut self) {
        let changed = match self.answered.take() {
            Some(answered) => answered,
            None => self.plan.changed(self.setting),
        };
        self.plan.rebalance(self.setting, &changed);
        // What has moved makes room or takes it in slots where nobody came or left.
        let touched = self.plan.service.touched();
        self.plan.rebalance(self.setting, &touched);
    }

    /// Teams bring home weeks of work alone; what a move of deferred work does to people of different speeds is told only roughly, and some that pay are left
    /// out.
    fn settle_all(&mut self) {
        self.plan.relocate(self.setting, 1);
        self.plan.commit();
    }

    fn refresh(&mut self) {
        self.plan.refresh_takeover(self.setting);
    }

    fn always(&self, person: usize) -> Range<usize> {
        0..self.setting.menu(person).duties.len()
    }

    fn draw(&self, team: &[usize], dice: &mut Dice) -> Move<Range<usize>, Bias<'a>> {
        draw(self.setting, self.prices, team, dice)
    }
}
