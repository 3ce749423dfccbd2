//! A finished roster on the scales: what a change of it would cost, and the best week of a person who is asked for something.

use std::ops::Range;

use crate::roster::problem::{Problem, Span, Tour, Wants};
use crate::roster::rules::{RULES, Rule};

use super::clash::menu_under;
use super::effect::{Ask, Effect, QueueEffect};
use super::menu::{Duty, Menu, menus};
use super::money::{wish_cost, wish_met};
use super::plan::{Desk, Plan, Setting};
use super::starts::plan_of;
use super::{Ended, Solution, Warm, allocation, every_rule};

/// How finely deferred work is spread before anything is weighed.
const SETTLING: usize = 12;

/// A roster whose changes are weighed one by one; none of them stays.
pub struct Appraiser<'a> {
    setting: Setting<'a>,
    plan: Plan,
    desk: Desk,
}

impl<'a> Appraiser<'a> {
    /// Takes a roster whose shifts and breaks lie on the slots and days of the problem ([`off_the_grid`]).
    pub fn new(problem: &'a Problem, tours: &[Tour]) -> Appraiser<'a> {
        let setting = Setting::new(problem, menus(problem, &every_rule()));
        let mut plan = plan_of(&setting, tours, &[]);
        let everywhere: Vec<usize> = (0..problem.slots).collect();
        for _ in 0..SETTLING {
            let before = plan.objective();
            plan.rebalance(&setting, &everywhere);
            if plan.objective() > before - 1e-3 {
                break;
            }
        }
        plan.refresh_takeover(&setting);
        plan.commit();
        Appraiser {
            setting,
            plan,
            desk: Desk::default(),
        }
    }

    pub fn problem(&self) -> &'a Problem {
        self.setting.problem
    }

    pub fn tours(&self) -> &[Tour] {
        &self.plan.tours
    }

    /// Wages, unmet wishes, service and covers missed, in money.
    pub fn objective(&self) -> f64 {
        self.plan.objective()
    }

    /// The roster as if it had been found by a search that knows no bound and no prices.
    pub fn solution(&self) -> Solution {
        let problem = self.setting.problem;
        let (allocated, done) = allocation(&self.setting, &self.plan);
        Solution {
            tours: self.plan.tours.clone(),
            objective: self.plan.objective(),
            bound: f64::NEG_INFINITY,
            wages_and_wishes: self.plan.wages_and_wishes(),
            ended: Ended::Effort,
            allocated,
            cover_missing: (0..problem.covers.len())
                .map(|cover| self.plan.presence().missing(problem, cover))
                .collect(),
            done,
            prices: Vec::new(),
            warm: Warm::from_tours(self.plan.tours.clone()),
        }
    }

    pub(super) fn setting(&self) -> &Setting<'a> {
        &self.setting
    }

    pub(super) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Agents at a queue in a slot, speeds summed.
    pub fn level(&self, queue: usize, slot: usize) -> f64 {
        self.plan.service.agents(&self.setting.service, queue, slot)
    }

    /// Money that one more agent at a queue in a slot would save.
    pub fn worth_of_one_more(&mut self, queue: usize, slot: usize) -> f64 {
        self.plan
            .service
            .gain_at(&self.setting.service, queue, slot)
    }

    /// Where the people of a pool are in a slot: (queue, how many).
    pub fn serving(&self, pool: usize, slot: usize) -> Vec<(usize, f64)> {
        let model = &self.setting.service;
        let split = self.plan.service.split(model, pool, slot);
        let skills = model.skills(pool).iter();
        skills
            .zip(split)
            .filter(|(_, people)| **people > 0)
            .map(|(&(queue, _), &people)| (queue, f64::from(people) * model.grain()))
            .collect()
    }

    /// What it would do if these people worked these weeks.
    pub fn effect(&mut self, changes: &[(usize, Tour)]) -> Effect {
        let problem = self.setting.problem;
        let before = self.plan.wages_and_wishes();
        let wishes_before = self.wishes_of(changes.iter().map(|(person, _)| *person));
        let (lost, objective) = (self.plan.service.lost, self.plan.objective());
        self.plan.begin(&self.setting);
        for (person, tour) in changes {
            self.plan.assign(&self.setting, *person, tour.clone());
        }
        let touched = self.plan.service.touched();
        self.plan.rebalance(&self.setting, &touched);
        let mut touched = self.plan.service.touched();
        touched.sort_unstable();
        let wishes = self.wishes_of(changes.iter().map(|(person, _)| *person)) - wishes_before;
        let wages = self.plan.wages_and_wishes() - before - wishes;
        let service = self.plan.service.lost - lost;
        let covers = self.plan.objective() - objective - wages - wishes - service;
        let after = self.served(&touched);
        self.plan.rollback(&self.setting);
        let earlier = self.served(&touched);
        let mut queues: Vec<QueueEffect> = Vec::new();
        for queue in 0..problem.service.queues.len() {
            let mut effect = QueueEffect {
                queue,
                money: 0.0,
                levels: Vec::new(),
            };
            for (row, &slot) in touched.iter().enumerate() {
                let (old, new) = (earlier[row][queue], after[row][queue]);
                effect.money += old.1 - new.1;
                if (old.0 - new.0).abs() > 1e-9 {
                    effect.levels.push((slot, old.0, new.0));
                }
            }
            if effect.money.abs() > 1e-6 || !effect.levels.is_empty() {
                queues.push(effect);
            }
        }
        Effect {
            wages: tidy(wages),
            wishes: tidy(wishes),
            service: tidy(service),
            covers: tidy(covers),
            queues,
        }
    }

    /// Per slot and queue: agents, and what they are worth.
    fn served(&self, slots: &[usize]) -> Vec<Vec<(f64, f64)>> {
        let model = &self.setting.service;
        let at = |queue: usize, slot: usize| {
            let level = self.plan.service.level(queue, slot);
            let worth = self.plan.service.worth_of(model, queue, slot, level);
            (self.plan.service.agents(model, queue, slot), worth)
        };
        slots
            .iter()
            .map(|&slot| (0..model.queues).map(|queue| at(queue, slot)).collect())
            .collect()
    }

    fn wishes_of(&self, people: impl Iterator<Item = usize>) -> f64 {
        people
            .map(|person| unmet_wishes(self.setting.problem, person, &self.plan.tours[person]))
            .sum()
    }

    /// The week that costs least among those that hold what is asked, each day that changes counting `stay` money more; `None` where no week
    /// of the person's rules holds it. Everybody else stays.
    pub fn best_week(&mut self, person: usize, ask: &Ask, stay: f64) -> Option<Tour> {
        let menu = self.asked_menu(person, ask, stay, self.setting.menu(person).clone());
        self.best_of(person, ask, menu)
    }

    /// The same with some rules left out, by name.
    pub fn best_week_without(
        &mut self,
        person: usize,
        ask: &Ask,
        stay: f64,
        without: &[&'static str],
    ) -> Option<Tour> {
        let kept: Vec<&Rule> = RULES
            .iter()
            .filter(|rule| !without.contains(&rule.name))
            .collect();
        let mut own = menu_under(self.setting.problem, person, &kept);
        own.covers = self.setting.menu(person).covers.clone();
        let menu = self.asked_menu(person, ask, stay, own);
        self.best_of(person, ask, menu)
    }

    fn best_of(&mut self, person: usize, ask: &Ask, menu: Menu) -> Option<Tour> {
        let rewarded = match ask {
            Ask::Work(slots) => slots.clone(),
            _ => 0..0,
        };
        self.plan.begin(&self.setting);
        self.plan.assign(&self.setting, person, Tour::default());
        let tour = self
            .plan
            .best_of(&self.setting, &menu, &mut self.desk, rewarded);
        self.plan.rollback(&self.setting);
        tour.filter(|tour| self.holds(person, tour, ask))
    }

    /// Somebody's best week for what they are asked while somebody else already works another one.
    pub fn best_week_beside(
        &mut self,
        other: (usize, &Tour),
        person: usize,
        ask: &Ask,
        stay: f64,
    ) -> Option<Tour> {
        let menu = self.asked_menu(person, ask, stay, self.setting.menu(person).clone());
        self.plan.begin(&self.setting);
        self.plan.assign(&self.setting, other.0, other.1.clone());
        self.plan.assign(&self.setting, person, Tour::default());
        let tour = self
            .plan
            .best_of(&self.setting, &menu, &mut self.desk, 0..0);
        self.plan.rollback(&self.setting);
        tour.filter(|tour| self.holds(person, tour, ask))
    }

    fn asked_menu(&self, person: usize, ask: &Ask, stay: f64, mut menu: Menu) -> Menu {
        let problem = self.setting.problem;
        let slot = problem.slot_minutes;
        let site = problem.site(person);
        let keeps = |duty: &Duty| match ask {
            Ask::Off(day) => duty.day as usize != *day,
            Ask::Grant(day, wants) if duty.day as usize == *day => {
                let local = site
                    .zone
                    .to_local(problem.instant(duty.start as i32 * slot));
                let start = chrono::Timelike::hour(&local) * 60 + chrono::Timelike::minute(&local);
                wish_met(*wants, Some(start as i32))
            }
            _ => true,
        };
        let mut worked: Vec<Option<Span>> = vec![None; site.days.len()];
        for shift in &self.plan.tours[person].shifts {
            worked[shift.day] = Some(shift.span);
        }
        for (duties, now) in menu.duties.iter_mut().zip(&worked) {
            duties.retain(|duty| keeps(duty));
            for duty in duties {
                let span = Span {
                    start: duty.start as i32 * slot,
                    end: (duty.start + duty.length) as i32 * slot,
                };
                if *now != Some(span) {
                    duty.cost += stay;
                }
            }
        }
        for (cost, now) in menu.off_cost.iter_mut().zip(&worked) {
            if now.is_some() {
                *cost += stay;
            }
        }
        if let Ask::Grant(day, Wants::On) = ask {
            menu.off_cost[*day] += super::plan::REWARD;
        }
        menu
    }

    fn holds(&self, person: usize, tour: &Tour, ask: &Ask) -> bool {
        let problem = self.setting.problem;
        match ask {
            Ask::Any => true,
            Ask::Work(slots) => {
                let at_work = |slot: &usize| {
                    tour.shifts
                        .iter()
                        .any(|shift| self.setting.work_slots(shift).any(|at| at == *slot))
                };
                2 * slots.clone().filter(at_work).count() >= slots.len().max(1)
            }
            Ask::Off(day) => tour.shifts.iter().all(|shift| shift.day != *day),
            Ask::Grant(day, wants) => wish_met(*wants, start_on(problem, person, tour, *day)),
        }
    }

    /// Whether somebody is at work in all of these slots.
    pub fn at_work(&self, person: usize, slots: &Range<usize>) -> bool {
        let (problem, tour) = (self.setting.problem, &self.plan.tours[person]);
        let before = || {
            let carried = problem.people[person].carried.iter();
            carried.flat_map(|carried| &carried.work)
        };
        slots.clone().all(|slot| {
            tour.shifts
                .iter()
                .any(|shift| self.setting.work_slots(shift).any(|at| at == slot))
                || before().any(|span| problem.slots_of(*span).contains(&slot))
        })
    }

    /// Whether somebody is on shift in any of these slots, at work or not.
    pub fn on_shift(&self, person: usize, slots: &Range<usize>) -> bool {
        let problem = self.setting.problem;
        let planned = self.plan.tours[person].shifts.iter();
        let before = problem.people[person].carried.iter();
        planned
            .map(|shift| shift.span)
            .chain(before.map(|carried| carried.span))
            .any(|span| {
                let own = problem.slots_of(span);
                own.start < slots.end && slots.start < own.end
            })
    }
}

/// Money for the wishes that a person's tour leaves unmet.
fn unmet_wishes(problem: &Problem, person: usize, tour: &Tour) -> f64 {
    (0..problem.site(person).days.len())
        .map(|day| wish_cost(problem, person, day, start_on(problem, person, tour, day)))
        .sum()
}

/// Wall-clock start of somebody's shift on a day, minutes after local midnight; `None` for a day off.
pub fn start_on(problem: &Problem, person: usize, tour: &Tour, day: usize) -> Option<i32> {
    use chrono::Timelike;
    let shift = tour.shifts.iter().find(|shift| shift.day == day)?;
    let zone = &problem.site(person).zone;
    let local = zone.to_local(problem.instant(shift.span.start));
    Some((local.hour() * 60 + local.minute()) as i32)
}

/// Sums of money that differ by rounding alone are nothing.
fn tidy(money: f64) -> f64 {
    if money.abs() < 5e-4 { 0.0 } else { money }
}

/// People with shifts that the problem cannot place: outside its days and slots, off its grid, or with breaks in the wrong places.
pub fn off_the_grid(problem: &Problem, tours: &[Tour]) -> Vec<usize> {
    let fits = |span: Span| {
        span.start >= 0
            && span.start < span.end
            && span.end <= problem.slots as i32 * problem.slot_minutes
            && span.start % problem.slot_minutes == 0
            && span.end % problem.slot_minutes == 0
    };
    let days = |person: usize| problem.site(person).days.len();
    (0..tours.len())
        .filter(|&person| {
            tours[person].shifts.iter().any(|shift| {
                shift.day >= days(person)
                    || !fits(shift.span)
                    || shift.breaks.iter().any(|(_, span)| !fits(*span))
            })
        })
        .collect()
}
