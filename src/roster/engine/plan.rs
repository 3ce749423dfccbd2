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
    pub(super) takeover: Vec<Vec<f64>>,
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

    /// Slots in which somebody with this week is at work, ascending.
    pub fn work_of<'t>(&self, tour: &'t Tour) -> impl Iterator<Item = usize> + use<'_, 't, 'a> {
        tour.shifts.iter().flat_map(|shift| self.work_slots(shift))
    }

    /// Slots worked in the one week and not in the other, and the other way round.
    pub fn differing(&self, one: &Tour, other: &Tour) -> (Vec<usize>, Vec<usize>) {
        let (ones, others): (Vec<usize>, Vec<usize>) =
            (self.work_of(one).collect(), self.work_of(other).collect());
        let without = |slots: &[usize], known: &[usize]| {
            let new = |slot: &usize| known.binary_search(slot).is_err();
            slots.iter().copied().filter(new).collect()
        };
        (without(&ones, &others), without(&others, &ones))
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
            let (left, come) = setting.differing(&old, &tour);
            for slot in left {
                self.service.remove(&setting.service, pool, slot);
            }
            for slot in come {
                self.service.add(&setting.service, pool, slot);
            }
        }
        let cost = menu.cost(setting.problem, &tour);
        self.undo.push((person, old, self.costs[person]));
        self.costs[person] = cost;
        self.tours[person] = tour;
    }

    /// Slots in which somebody works now and did not when the transaction began, or the other way round.
    pub fn changed(&self, setting: &Setting) -> Vec<usize> {
        let mut slots = Vec::new();
        for (index, (person, before, _)) in self.undo.iter().enumerate() {
            if self.undo[..index].iter().all(|(other, ..)| other != person) {
                let (left, come) = setting.differing(before, &self.tours[*person]);
                slots.extend(left);
                slots.extend(come);
            }
        }
        slots.sort_unstable();
        slots.dedup();
        slots
    }

    /// A person takes the best week that there is now, and deferred work moves along where that pays.
    pub fn answer(&mut self, setting: &Setting, desk: &mut Desk, person: usize) {
        let menu = setting.menu(person);
        let old = self.tours[person].clone();
        let alone = menu.covers.is_empty() && setting.problem.sites[menu.site].seats.is_none();
        let tour = if setting.service.is_whole() && alone {
            // What a person is worth where they work now is what would be lost without them: they need not leave to be asked.
            self.offer(setting, menu, desk, &old);
            self.best_under_offer(setting, menu, desk)
        } else {
            self.assign(setting, person, Tour::default());
            self.best_response(setting, person, desk, None)
        };
        self.assign(setting, person, tour.unwrap_or_else(|| old.clone()));
        let (mut slots, come) = setting.differing(&old, &self.tours[person]);
        slots.extend(come);
        self.rebalance(setting, &slots);
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
        self.offer(setting, menu, desk, &Tour::default());
        let problem = setting.problem;
        if let (Some(pool), Some(bias)) = (menu.pool, bias) {
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
        for worth in &mut desk.work[rewarded] {
            *worth += REWARD;
        }
        self.best_under_offer(setting, menu, desk)
    }

    /// What each slot is worth to one of a menu's people beside everybody else, where `own` is the week they work now.
    fn offer(&mut self, setting: &Setting, menu: &Menu, desk: &mut Desk, own: &Tour) {
        let problem = setting.problem;
        desk.work.clear();
        desk.work.resize(problem.slots, 0.0);
        let Some(pool) = menu.pool else { return };
        let model = &setting.service;
        let mut at_work = setting.work_of(own).peekable();
        for slot in 0..problem.slots {
            let mut worth = match at_work.next_if_eq(&slot) {
                Some(_) => self.service.loss_of(model, pool, slot),
                None => self.service.gain_of(model, pool, slot),
            };
            for &(queue, speed) in model.skills(pool) {
                worth = worth.max(self.takeover[queue][slot] * speed);
            }
            desk.work[slot] = worth;
        }
    }

    fn best_under_offer(
        &mut self,
        setting: &Setting,
        menu: &Menu,
        desk: &mut Desk,
    ) -> Option<Tour> {
        let problem = setting.problem;
        desk.presence.resize(problem.slots, 0.0);
        self.presence.worth(problem, menu, &mut desk.presence);
        let prices = Prices {
            work: &desk.work,
            presence: &desk.presence,
        };
        let priced = best_tour(problem, menu, prices, &mut desk.scratch)?;
        Some(place_breaks(problem, menu, &priced, &desk.scratch))
    }
}
