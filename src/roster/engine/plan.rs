//! A roster being worked on: tours, who serves what, who is present, and what it all costs; every change can be taken back.

use crate::roster::problem::{Problem, Shift, Tour};

use super::menu::Menu;
use super::presence::{Presence, slots_of};
use super::pricing::{Prices, Scratch, best_tour, place_breaks};
use super::service::{ServiceModel, ServiceState};

/// What stays the same while a roster is sought.
#[derive(Debug)]
pub struct Setting<'a> {
    pub problem: &'a Problem,
    pub menus: Vec<Menu>,
    /// Menu of each person.
    pub menu_of: Vec<usize>,
    pub service: ServiceModel,
}

#[derive(Debug, Clone)]
pub struct Plan {
    pub tours: Vec<Tour>,
    costs: Vec<f64>,
    pub service: ServiceState,
    presence: Presence,
    /// Worth of an agent who takes over deferred work booked elsewhere, per deferred queue and slot; a proposal, refreshed now and then.
    takeover: Vec<Vec<f64>>,
    undo: Vec<(usize, Tour, f64)>,
    presence_before: Option<f64>,
}

/// How a search is led away from the nearest optimum: towards the prices that hold for the whole, and a little at random.
#[derive(Debug)]
pub struct Bias<'a> {
    /// Per queue and slot.
    pub prices: &'a [f64],
    /// Weight of the prices against what the next agent is worth right now, 0 to 1.
    pub share: f64,
    /// Factor per slot.
    pub noise: Vec<f64>,
}

/// Money for work in a slot that is asked for: more than any service, less than what no roster may do.
pub const REWARD: f64 = 2e4;

/// Buffers for one worker.
#[derive(Debug, Default)]
pub struct Desk {
    scratch: Scratch,
    work: Vec<f64>,
    presence: Vec<f64>,
}

impl<'a> Setting<'a> {
    pub fn new(problem: &'a Problem, menus: Vec<Menu>) -> Setting<'a> {
        let mut menu_of = vec![0; problem.people.len()];
        for (index, menu) in menus.iter().enumerate() {
            for &person in &menu.people {
                menu_of[person] = index;
            }
        }
        Setting {
            problem,
            menus,
            menu_of,
            service: ServiceModel::new(problem),
        }
    }

    pub fn menu(&self, person: usize) -> &Menu {
        &self.menus[self.menu_of[person]]
    }

    /// Slots in which a shift's agent is at work.
    pub fn work_slots(&self, shift: &Shift) -> impl Iterator<Item = usize> + use<> {
        let minutes = self.problem.slot_minutes;
        let breaks: Vec<_> = shift
            .breaks
            .iter()
            .map(|(_, span)| slots_of(*span, minutes))
            .collect();
        slots_of(shift.span, minutes).filter(move |slot| !breaks.iter().any(|b| b.contains(slot)))
    }
}

impl Plan {
    /// Nobody works; deferred work lies where `place` puts it.
    pub fn empty(
        setting: &Setting,
        place: impl Fn(usize, usize, &crate::roster::problem::WorkUnit) -> u32,
    ) -> Plan {
        let problem = setting.problem;
        let people = problem.people.len();
        let nothing = Tour::default();
        Plan {
            costs: (0..people)
                .map(|person| setting.menu(person).cost(problem, &nothing))
                .collect(),
            tours: vec![nothing; people],
            service: setting.service.empty(place),
            presence: Presence::new(problem),
            takeover: vec![vec![0.0; problem.slots]; problem.service.queues.len()],
            undo: Vec::new(),
            presence_before: None,
        }
    }

    /// Wages, unmet wishes, service and covers missed, in money.
    pub fn objective(&self) -> f64 {
        self.costs.iter().sum::<f64>() + self.service.lost + self.presence.lost
    }

    pub fn wages_and_wishes(&self) -> f64 {
        self.costs.iter().sum()
    }

    pub fn presence(&self) -> &Presence {
        &self.presence
    }

    pub fn begin(&mut self, setting: &Setting) {
        self.undo.clear();
        self.presence_before = Some(self.presence.lost);
        self.service.begin(&setting.service);
    }

    pub fn commit(&mut self) {
        self.undo.clear();
        self.presence_before = None;
        self.service.commit();
    }

    pub fn rollback(&mut self, setting: &Setting) {
        while let Some((person, tour, cost)) = self.undo.pop() {
            let menu = setting.menu(person);
            self.presence
                .change(setting.problem, menu, &self.tours[person], -1);
            self.presence.change(setting.problem, menu, &tour, 1);
            self.tours[person] = tour;
            self.costs[person] = cost;
        }
        if let Some(lost) = self.presence_before.take() {
            self.presence.lost = lost;
        }
        self.service.rollback(&setting.service);
    }

    /// Gives a person another tour.
    pub fn assign(&mut self, setting: &Setting, person: usize, tour: Tour) {
        let menu = setting.menu(person);
        let old = std::mem::take(&mut self.tours[person]);
        self.presence.change(setting.problem, menu, &old, -1);
        self.presence.change(setting.problem, menu, &tour, 1);
        if let Some(pool) = menu.pool {
            for slot in old
                .shifts
                .iter()
                .flat_map(|shift| setting.work_slots(shift))
            {
                self.service.remove(&setting.service, pool, slot);
            }
            for slot in tour
                .shifts
                .iter()
                .flat_map(|shift| setting.work_slots(shift))
            {
                self.service.add(&setting.service, pool, slot);
            }
        }
        let cost = menu.cost(setting.problem, &tour);
        self.undo.push((person, old, self.costs[person]));
        self.costs[person] = cost;
        self.tours[person] = tour;
    }

    /// The best week for a person while everybody else's stays; the person must have no tour at the moment. A bias makes the search look beyond
    /// what the next agent is worth right now.
    pub fn best_response(
        &mut self,
        setting: &Setting,
        person: usize,
        desk: &mut Desk,
        bias: Option<&Bias>,
    ) -> Option<Tour> {
        self.best_of(setting, setting.menu(person), desk, bias, 0..0)
    }

    /// The same out of any menu, with a reward above all else for work in some slots.
    pub fn best_of(
        &mut self,
        setting: &Setting,
        menu: &Menu,
        desk: &mut Desk,
        bias: Option<&Bias>,
        rewarded: std::ops::Range<usize>,
    ) -> Option<Tour> {
        let problem = setting.problem;
        desk.work.clear();
        desk.work.resize(problem.slots, 0.0);
        desk.presence.resize(problem.slots, 0.0);
        if let Some(pool) = menu.pool {
            for slot in 0..problem.slots {
                let mut worth = self.service.gain_of(&setting.service, pool, slot);
                for &(queue, speed) in setting.service.skills(pool) {
                    worth = worth.max(self.takeover[queue][slot] * speed);
                }
                desk.work[slot] = worth;
            }
            if let Some(bias) = bias {
                let price = |slot: usize| {
                    let skills = setting.service.skills(pool).iter();
                    skills
                        .map(|&(queue, speed)| bias.prices[queue * problem.slots + slot] * speed)
                        .fold(0.0, f64::max)
                };
                for (slot, worth) in desk.work.iter_mut().enumerate() {
                    *worth =
                        (*worth * (1.0 - bias.share) + price(slot) * bias.share) * bias.noise[slot];
                }
            }
        }
        for worth in &mut desk.work[rewarded] {
            *worth += REWARD;
        }
        self.presence.worth(problem, menu, &mut desk.presence);
        let prices = Prices {
            work: &desk.work,
            presence: &desk.presence,
        };
        let priced = best_tour(problem, menu, prices, &mut desk.scratch)?;
        Some(place_breaks(problem, menu, &priced, &desk.scratch))
    }

    /// Looks again at what taking over deferred work from elsewhere would be worth.
    pub fn refresh_takeover(&mut self, setting: &Setting) {
        let model = &setting.service;
        for &queue in model.deferred_queues() {
            let mut worth = std::mem::take(&mut self.takeover[queue]);
            worth.fill(0.0);
            for from in 0..model.slots {
                let units = self.service.booked(queue, from);
                if units.is_empty() {
                    continue;
                }
                let (mut earliest, mut latest) = (u32::MAX, 0);
                for &unit in units {
                    let unit = &model.units(queue)[unit as usize];
                    earliest = earliest.min(unit.release);
                    latest = latest.max(unit.due);
                }
                let freed = self.freed_by_moving(setting, queue, from);
                let until = (latest as usize).min(model.slots);
                for (slot, worth) in worth
                    .iter_mut()
                    .enumerate()
                    .take(until)
                    .skip(earliest as usize)
                {
                    if slot != from {
                        *worth = worth.max(freed);
                    }
                }
            }
            self.takeover[queue] = worth;
        }
    }

    /// Money saved at `from` if one unit of deferred work booked there were done elsewhere.
    fn freed_by_moving(&mut self, setting: &Setting, queue: usize, from: usize) -> f64 {
        let units = self.service.booked(queue, from);
        let Some(&last) = units.last() else {
            return 0.0;
        };
        // People of less than full speed do most of a unit: that is done, not left.
        let staffed = self.service.level(&setting.service, queue, from) + 0.5 >= units.len() as f64;
        if staffed {
            self.service.gain_at(&setting.service, queue, from)
        } else {
            setting.service.units(queue)[last as usize].worth
        }
    }

    /// Moves deferred work into and out of slots that have changed, as long as each move pays.
    pub fn rebalance(&mut self, setting: &Setting, slots: &[usize]) {
        for queue in setting.service.deferred_queues() {
            for &slot in slots {
                for _ in 0..3 {
                    if !self.push_out(setting, *queue, slot) {
                        break;
                    }
                }
                for _ in 0..3 {
                    if !self.pull_in(setting, *queue, slot) {
                        break;
                    }
                }
            }
        }
    }

    fn push_out(&mut self, setting: &Setting, queue: usize, slot: usize) -> bool {
        let model = &setting.service;
        let Some(&unit) = self.service.booked(queue, slot).last() else {
            return false;
        };
        let here = self.freed_by_moving(setting, queue, slot);
        if here <= 1e-9 {
            return false;
        }
        let span = model.units(queue)[unit as usize];
        let mut best = (here - 1e-6, None);
        for to in span.release..span.due.min(model.slots as u32) {
            if to as usize != slot {
                let loss = self.service.loss_at(model, queue, to as usize);
                if loss < best.0 {
                    best = (loss, Some(to));
                }
            }
        }
        let Some(to) = best.1 else { return false };
        self.move_if_better(setting, queue, unit, to)
    }

    /// Books deferred work elsewhere unless that turns out dearer, as it can where people of different speeds change places.
    fn move_if_better(&mut self, setting: &Setting, queue: usize, unit: u32, to: u32) -> bool {
        let (before, from) = (self.service.lost, self.service.place(queue, unit as usize));
        self.service.move_unit(&setting.service, queue, unit, to);
        if self.service.lost < before - 1e-9 {
            return true;
        }
        self.service.move_unit(&setting.service, queue, unit, from);
        false
    }

    fn pull_in(&mut self, setting: &Setting, queue: usize, slot: usize) -> bool {
        let model = &setting.service;
        let here = self.service.loss_at(model, queue, slot);
        if here == f64::INFINITY {
            return false;
        }
        let reach = model
            .units(queue)
            .iter()
            .map(|unit| unit.due - unit.release)
            .next()
            .unwrap_or(0) as usize;
        let mut best = (here + 1e-6, None);
        for from in slot.saturating_sub(reach)..(slot + reach).min(model.slots) {
            if from == slot || self.service.booked(queue, from).is_empty() {
                continue;
            }
            let freed = self.freed_by_moving(setting, queue, from);
            if freed <= best.0 {
                continue;
            }
            let fits = |unit: &&u32| {
                let span = &model.units(queue)[**unit as usize];
                (span.release..span.due).contains(&(slot as u32))
            };
            if let Some(&unit) = self.service.booked(queue, from).iter().rev().find(fits) {
                best = (freed, Some(unit));
            }
        }
        let Some(unit) = best.1 else { return false };
        self.move_if_better(setting, queue, unit, slot as u32)
    }
}
