//! A roster being worked on: tours, who serves what, who is present, and what it all costs; every change can be taken back.

use std::ops::Range;

use crate::roster::problem::{Problem, Shift, Tour};

use super::menu::Menu;
use super::presence::{Presence, slots_of};
use super::pricing::{Gap, Prices, Scratch, best_in_gap, place_breaks};
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
    /// Factor per slot, from `first` on: all the slots in which somebody is to answer.
    pub noise: Vec<f64>,
    pub first: usize,
}

/// Money for work in a slot that is asked for: more than any service, less than what no roster may do.
pub const REWARD: f64 = 2e4;

/// Buffers for one worker.
#[derive(Debug, Default)]
pub struct Desk {
    scratch: Scratch,
    /// Valid in the slots that were offered last.
    work: Vec<f64>,
    presence: Vec<f64>,
    kept: Vec<Option<u32>>,
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

    /// Pool and slot of everybody at work from before the plan.
    pub fn carried_work(&self) -> Vec<(usize, usize)> {
        let of_person = |person: &crate::roster::problem::Person| {
            let work = person.carried.iter().flat_map(|carried| &carried.work);
            let slots: Vec<usize> = work.flat_map(|span| self.problem.slots_of(*span)).collect();
            let pool = person.pool;
            slots
                .into_iter()
                .filter_map(move |slot| Some((pool?, slot)))
        };
        self.problem.people.iter().flat_map(of_person).collect()
    }

    /// Slots in which somebody with this week is at work, ascending.
    pub fn work_of<'t>(&self, tour: &'t Tour) -> impl Iterator<Item = usize> + use<'_, 't, 'a> {
        tour.shifts.iter().flat_map(|shift| self.work_slots(shift))
    }

    /// Slots worked in the one week and not in the other, and the other way round.
    pub fn differing(&self, one: &Tour, other: &Tour) -> (Vec<usize>, Vec<usize>) {
        // Mostly all but a day or two are the same.
        let changed = |of: &Tour, known: &Tour| -> Vec<usize> {
            let shifts = of
                .shifts
                .iter()
                .filter(|shift| !known.shifts.contains(shift));
            shifts.flat_map(|shift| self.work_slots(shift)).collect()
        };
        let (ones, others) = (changed(one, other), changed(other, one));
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
    /// Nobody works but those whose shift began before the plan; deferred work lies where `place` puts it.
    pub fn empty(
        setting: &Setting,
        place: impl Fn(usize, usize, &crate::roster::problem::WorkUnit) -> u32,
    ) -> Plan {
        let problem = setting.problem;
        let people = problem.people.len();
        let nothing = Tour::default();
        let mut service = setting.service.empty(place);
        for (pool, slot) in setting.carried_work() {
            service.add(&setting.service, pool, slot);
        }
        Plan {
            costs: (0..people)
                .map(|person| setting.menu(person).cost(problem, &nothing))
                .collect(),
            tours: vec![nothing; people],
            service,
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

    /// A person gives up what they do on these days.
    pub fn leave(&mut self, setting: &Setting, person: usize, days: &Range<usize>) {
        let mut tour = self.tours[person].clone();
        tour.shifts.retain(|shift| !days.contains(&shift.day));
        self.assign(setting, person, tour);
    }

    /// A person takes the best duties that there are now on these days and keeps all others; the slots in which that changed who is at work.
    pub fn answer_on(
        &mut self,
        setting: &Setting,
        desk: &mut Desk,
        person: usize,
        days: &Range<usize>,
    ) -> Vec<usize> {
        let menu = setting.menu(person);
        let old = self.tours[person].clone();
        let alone = menu.covers.is_empty() && setting.problem.sites[menu.site].seats.is_none();
        let tour = if setting.service.is_whole() && alone {
            // What a person is worth where they work now is what would be lost without them: they need not leave to be asked.
            self.offer(setting, menu, desk, &old, days);
            self.best_under_offer(setting, menu, desk, &old, days)
        } else {
            self.leave(setting, person, days);
            self.best_on(setting, person, desk, days, None)
        };
        let Some(tour) = tour else {
            self.assign(setting, person, old);
            return Vec::new();
        };
        let (mut slots, come) = setting.differing(&old, &tour);
        slots.extend(come);
        self.assign(setting, person, tour);
        slots
    }

    /// The best week for a person while everybody else's stays; the person must have no tour at the moment.
    pub fn best_response(
        &mut self,
        setting: &Setting,
        person: usize,
        desk: &mut Desk,
    ) -> Option<Tour> {
        let days = 0..setting.menu(person).duties.len();
        self.best_on(setting, person, desk, &days, None)
    }

    /// The same for some days, on which the person must not work at the moment; the week with all other days as they are. A bias makes the search look
    /// beyond what the next agent is worth right now.
    pub fn best_on(
        &mut self,
        setting: &Setting,
        person: usize,
        desk: &mut Desk,
        days: &Range<usize>,
        bias: Option<&Bias>,
    ) -> Option<Tour> {
        let menu = setting.menu(person);
        self.offer(setting, menu, desk, &Tour::default(), days);
        if let Some(bias) = bias {
            lean(setting, menu, &mut desk.work, days, bias);
        }
        let kept = self.tours[person].clone();
        self.best_under_offer(setting, menu, desk, &kept, days)
    }

    /// The best week out of any menu, with a reward above all else for work in some slots.
    pub fn best_of(
        &mut self,
        setting: &Setting,
        menu: &Menu,
        desk: &mut Desk,
        rewarded: Range<usize>,
    ) -> Option<Tour> {
        let days = 0..menu.duties.len();
        self.offer(setting, menu, desk, &Tour::default(), &days);
        for worth in &mut desk.work[rewarded] {
            *worth += REWARD;
        }
        self.best_under_offer(setting, menu, desk, &Tour::default(), &days)
    }

    /// What each slot of these days is worth to one of a menu's people beside everybody else, where `own` is the week they work now.
    fn offer(
        &mut self,
        setting: &Setting,
        menu: &Menu,
        desk: &mut Desk,
        own: &Tour,
        days: &Range<usize>,
    ) {
        desk.work.resize(setting.problem.slots, 0.0);
        let reach = menu.reach(days.clone());
        let Some(pool) = menu.pool else {
            desk.work[reach].fill(0.0);
            return;
        };
        let (model, first) = (&setting.service, reach.start);
        let mut at_work = setting
            .work_of(own)
            .skip_while(move |slot| *slot < first)
            .peekable();
        for slot in reach {
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

    /// The best week under the last offer for these days; on all others the shifts are those of `own`.
    fn best_under_offer(
        &mut self,
        setting: &Setting,
        menu: &Menu,
        desk: &mut Desk,
        own: &Tour,
        days: &Range<usize>,
    ) -> Option<Tour> {
        let problem = setting.problem;
        desk.presence.resize(problem.slots, 0.0);
        self.presence.worth(problem, menu, &mut desk.presence);
        let prices = Prices {
            work: &desk.work,
            presence: &desk.presence,
        };
        desk.kept.clear();
        desk.kept.resize(menu.duties.len(), None);
        let kept = || own.shifts.iter().filter(|shift| !days.contains(&shift.day));
        for shift in kept() {
            desk.kept[shift.day] = Some(menu.duty_of(problem, shift)?);
        }
        let gap = Gap {
            days: days.clone(),
            kept: &desk.kept,
        };
        let priced = best_in_gap(problem, menu, &gap, prices, &mut desk.scratch)?;
        let mut tour = place_breaks(problem, menu, &priced, &desk.scratch);
        tour.shifts.extend(kept().cloned());
        tour.shifts.sort_by_key(|shift| shift.day);
        Some(tour)
    }
}

/// Makes what slots are worth to a menu's people lean towards the prices, and shakes it.
fn lean(setting: &Setting, menu: &Menu, work: &mut [f64], days: &Range<usize>, bias: &Bias) {
    let Some(pool) = menu.pool else { return };
    let skills = setting.service.skills(pool);
    for slot in menu.reach(days.clone()) {
        let price = skills
            .iter()
            .map(|&(queue, speed)| bias.prices[queue * setting.problem.slots + slot] * speed)
            .fold(0.0, f64::max);
        let worth = work[slot] * (1.0 - bias.share) + price * bias.share;
        work[slot] = worth * bias.noise[slot - bias.first];
    }
}
