//! From prices to a roster, and from a roster to better ones: everybody in turn takes their best week, then small groups are taken out and put
//! back in another order, and what is better stays.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::dual::Ascent;
use super::plan::{Bias, Desk, Plan, Setting};

/// Random numbers of the search; the generator is named so that it stays the same from version to version.
pub struct Dice(Xoshiro256PlusPlus);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// Uniform in 0..n.
    pub fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize % n.max(1)
    }

    /// Uniform in [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// A roster in which each person works a week that answered late prices, or the fallback's where the ascent ended too early to have any.
pub fn from_answers(setting: &Setting, ascent: &Ascent, fallback: &Plan, dice: &mut Dice) -> Plan {
    let slots = setting.problem.slots;
    let mut booked = vec![0u32; setting.problem.service.queues.len() * slots];
    let prices = &ascent.best_prices().service;
    // Deferred work goes where it is cheap, less so the more already lies there.
    let mut plan = Plan::empty(setting, |_, _, unit| unit.release);
    for &queue in setting.service.deferred_queues() {
        for (index, unit) in setting.service.units(queue).iter().enumerate() {
            let cost = |slot: u32| {
                prices[queue * slots + slot as usize]
                    + 0.5 * f64::from(booked[queue * slots + slot as usize])
            };
            let to = (unit.release..unit.due.min(slots as u32).max(unit.release + 1))
                .min_by(|a, b| cost(*a).total_cmp(&cost(*b)))
                .unwrap_or(unit.release);
            booked[queue * slots + to as usize] += 1;
            if to != plan.service.place(queue, index) {
                plan.service
                    .move_unit(&setting.service, queue, index as u32, to);
            }
        }
    }
    for (menu, answers) in setting.menus.iter().zip(&ascent.answers) {
        for &person in &menu.people {
            let tour = match answers.len() {
                0 => fallback.tours[person].clone(),
                kept => answers[dice.below(kept)].clone(),
            };
            plan.assign(setting, person, tour);
        }
    }
    plan.commit();
    plan
}

/// Everybody in turn takes their best week given the others'; returns how many found a better one.
pub fn improve_each(
    setting: &Setting,
    plan: &mut Plan,
    desk: &mut Desk,
    dice: &mut Dice,
    stop: &dyn Fn() -> bool,
) -> usize {
    let mut order: Vec<usize> = (0..setting.problem.people.len()).collect();
    dice.shuffle(&mut order);
    let mut improved = 0;
    for (turn, &person) in order.iter().enumerate() {
        if turn % 16 == 0 {
            if stop() {
                break;
            }
            plan.refresh_takeover(setting);
        }
        let before = plan.objective();
        plan.begin(setting);
        answer(setting, plan, desk, person);
        if plan.objective() < before - 1e-6 {
            improved += 1;
            plan.commit();
        } else {
            plan.rollback(setting);
        }
    }
    improved
}

/// One person leaves and comes back with the best week that there is now.
fn answer(setting: &Setting, plan: &mut Plan, desk: &mut Desk, person: usize) {
    let old = plan.tours[person].clone();
    plan.assign(setting, person, Default::default());
    let tour = plan
        .best_response(setting, person, desk, None)
        .unwrap_or(old);
    plan.assign(setting, person, tour);
    let touched = plan.service.touched();
    plan.rebalance(setting, &touched);
}

/// One attempt: a few people who can stand in for each other leave together and come back one by one. Kept if the cost grows by less than
/// `tolerance`.
pub fn regroup(
    setting: &Setting,
    plan: &mut Plan,
    prices: &[f64],
    desk: &mut Desk,
    dice: &mut Dice,
    tolerance: f64,
) -> bool {
    let people = setting.problem.people.len();
    let first = dice.below(people);
    let size = 2 + dice.below(7.min(people.saturating_sub(1)).max(1));
    let mut group = vec![first];
    for _ in 0..size * 6 {
        if group.len() >= size.min(people) {
            break;
        }
        let other = dice.below(people);
        if !group.contains(&other) && (related(setting, first, other) || dice.unit() < 0.1) {
            group.push(other);
        }
    }
    let before = plan.objective();
    plan.begin(setting);
    for &person in &group {
        plan.assign(setting, person, Default::default());
    }
    dice.shuffle(&mut group);
    let spread = 0.25 * dice.unit();
    let bias = Bias {
        prices,
        share: dice.unit() * dice.unit(),
        noise: (0..setting.problem.slots)
            .map(|_| 1.0 + spread * (dice.unit() - 0.5))
            .collect(),
    };
    for &person in &group {
        if let Some(tour) = plan.best_response(setting, person, desk, Some(&bias)) {
            plan.assign(setting, person, tour);
        }
    }
    let touched = plan.service.touched();
    plan.rebalance(setting, &touched);
    for &person in &group {
        answer(setting, plan, desk, person);
    }
    if plan.objective() < before + tolerance {
        plan.commit();
        true
    } else {
        plan.rollback(setting);
        false
    }
}

fn related(setting: &Setting, a: usize, b: usize) -> bool {
    let queues = |person: usize| {
        setting
            .menu(person)
            .pool
            .map_or(&[][..], |pool| setting.service.skills(pool))
    };
    queues(a)
        .iter()
        .any(|(queue, _)| queues(b).iter().any(|(other, _)| other == queue))
}
