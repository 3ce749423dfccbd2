//! A proven lower bound, and the prices behind it.
//!
//! If work in a queue and slot is paid for at a price, the plan falls apart into people who each take their best week and queues that each buy
//! as many agents as pay. For any prices, what is left of the cost is a bound from below (Lagrangian duality); prices are raised where
//! buyers outnumber sellers and lowered where they do not, and the best bound is kept.

use rayon::prelude::*;

use crate::roster::problem::{Cover, Problem, QueueDemand, Tour};

use crate::roster::engine::adam::Adam;

use super::plan::{Plan, Setting};
use super::pricing::{Prices, Scratch, best_tour, place_breaks};

/// Prices per queue and slot, cover and slot, site and slot, in money.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceList {
    pub service: Vec<f64>,
    pub cover: Vec<f64>,
    pub seats: Vec<f64>,
}

impl PriceList {
    /// Whether there is one for each queue, cover and site in every slot.
    pub(super) fn fit(&self, problem: &Problem) -> bool {
        let slots = problem.slots;
        self.service.len() == problem.service.queues.len() * slots
            && self.cover.len() == problem.covers.len() * slots
            && self.seats.len() == problem.sites.len() * slots
    }
}

/// The state of the ascent.
#[derive(Debug)]
pub struct Ascent {
    prices: PriceList,
    best_prices: PriceList,
    pub bound: f64,
    adam: Adam,
    scale: f64,
    /// Length of the first steps as a share of the usual: prices that are nearly right need no long ones.
    stride: f64,
    /// Tours that answered the latest prices, per menu.
    pub answers: Vec<Vec<Tour>>,
    fixed: Fixed,
}

/// What the plan does not choose: those at work from before it, and what they leave of covers and seats.
#[derive(Debug)]
struct Fixed {
    /// Pool and slot.
    work: Vec<(usize, usize)>,
    /// Presence that each cover asks of the plan's people, per slot.
    need: Vec<Vec<f64>>,
    seats: Vec<Option<Vec<u32>>>,
}

impl Fixed {
    fn of(setting: &Setting) -> Fixed {
        let problem = setting.problem;
        let need = |cover: &Cover| -> Vec<f64> {
            if let Some(room) = problem.room_beside_carried(cover) {
                // At most so many: their absence is what is asked for.
                return room.into_iter().map(|room| -f64::from(room)).collect();
            }
            let there = problem.carried_members(cover);
            let counted = problem.carried_counted(cover);
            let asked = |counted: u32| match cover.one_per {
                Some(per) => f64::from(counted) / f64::from(per),
                None => f64::from(cover.min),
            };
            (there.iter().zip(counted))
                .map(|(there, counted)| asked(counted) - f64::from(*there))
                .collect()
        };
        Fixed {
            work: setting.carried_work(),
            need: problem.covers.iter().map(need).collect(),
            seats: (0..problem.sites.len())
                .map(|site| problem.free_seats(site))
                .collect(),
        }
    }
}

/// Shares of the slopes' means that are kept from step to step.
const KEEPS: (f64, f64) = (0.9, 0.99);
/// Steps grow with prices above this many times the usual: where nobody can help, a price has a long way to go.
const DEAR: f64 = 0.3;

/// Tours kept per menu: enough to draw a roster from, few enough to hold for thousands of people.
const KEPT_ANSWERS: usize = 24;

impl Ascent {
    /// From prices that follow from what a roster lacks.
    pub fn from_roster(setting: &Setting, roster: &mut Plan) -> Ascent {
        let problem = setting.problem;
        let scale = usual_pay(setting);
        let queues = problem.service.queues.len();
        let mut service = vec![0.0; queues * problem.slots];
        for (queue, demand) in problem.service.queues.iter().enumerate() {
            for slot in 0..problem.slots {
                service[queue * problem.slots + slot] = match demand {
                    QueueDemand::Live { worth } => {
                        // Where the roster is short, somebody more is worth what is missed.
                        let short = roster.service.gain_at(&setting.service, queue, slot);
                        let first = worth[slot].first().copied().unwrap_or(0.0);
                        first.min(scale.max(short))
                    }
                    // What is short here may be done elsewhere.
                    QueueDemand::Deferred { .. } => scale,
                };
            }
        }
        let prices = PriceList {
            service,
            cover: problem
                .covers
                .iter()
                .flat_map(|cover| {
                    cover
                        .active
                        .iter()
                        .map(move |&active| match active && cover.max.is_none() {
                            true => scale.min(cover.cost),
                            false => 0.0,
                        })
                })
                .collect(),
            seats: vec![0.0; problem.sites.len() * problem.slots],
        };
        Ascent::with(setting, prices, 1.0)
    }

    /// From prices that are nearly right: those of a search before.
    pub fn from_prices(setting: &Setting, prices: PriceList) -> Ascent {
        Ascent::with(setting, prices, 0.5)
    }

    fn with(setting: &Setting, prices: PriceList, stride: f64) -> Ascent {
        let count = prices.service.len() + prices.cover.len() + prices.seats.len();
        Ascent {
            best_prices: prices.clone(),
            prices,
            bound: f64::NEG_INFINITY,
            adam: Adam::new(count, KEEPS),
            scale: usual_pay(setting).max(1e-6),
            stride,
            answers: vec![Vec::new(); setting.menus.len()],
            fixed: Fixed::of(setting),
        }
    }

    pub fn best_prices(&self) -> &PriceList {
        &self.best_prices
    }

    /// One step towards better prices; `progress` runs from 0 to 1 and shrinks the steps.
    pub fn step(&mut self, setting: &Setting, progress: f64, keep_answers: bool) {
        let (bound, surplus) = self.evaluate(setting, keep_answers);
        if bound > self.bound {
            self.bound = bound;
            self.best_prices = self.prices.clone();
        }
        let rate = self.scale * 0.25 * self.stride * (1.0 - progress).powi(2).max(0.004);
        let prices = self
            .prices
            .service
            .iter_mut()
            .chain(&mut self.prices.cover)
            .chain(&mut self.prices.seats);
        for (price, (mean, spread)) in prices.zip(self.adam.steps(&surplus)) {
            let rate = rate * (DEAR * *price / self.scale).max(1.0);
            *price = (*price + rate * mean / spread).max(0.0);
        }
        // A cover's price cannot exceed what a missing person costs.
        for (cover, prices) in setting
            .problem
            .covers
            .iter()
            .zip(self.prices.cover.chunks_mut(setting.problem.slots))
        {
            for (price, active) in prices.iter_mut().zip(&cover.active) {
                *price = if *active { price.min(cover.cost) } else { 0.0 };
            }
        }
    }

    /// The bound at the current prices and, per price, demand less supply.
    fn evaluate(&mut self, setting: &Setting, keep_answers: bool) -> (f64, Vec<f64>) {
        let problem = setting.problem;
        let (slots, queues) = (problem.slots, problem.service.queues.len());
        let pool_prices: Vec<(Vec<f64>, Vec<u8>)> = (0..problem.pools.len())
            .map(|pool| self.pool_price(setting, pool))
            .collect();
        let nothing = vec![0.0; slots];
        let prices = &self.prices;
        let answers: Vec<(f64, Tour)> = setting
            .menus
            .par_iter()
            .map_init(Scratch::default, |scratch, menu| {
                let mut presence = vec![0.0; slots];
                for &(cover, sign) in &menu.covers {
                    for (worth, price) in presence.iter_mut().zip(&prices.cover[cover * slots..]) {
                        *worth += sign * price;
                    }
                }
                if problem.sites[menu.site].seats.is_some() {
                    for (worth, price) in
                        presence.iter_mut().zip(&prices.seats[menu.site * slots..])
                    {
                        *worth -= price;
                    }
                }
                let work = menu.pool.map_or(&nothing, |pool| &pool_prices[pool].0);
                let offer = Prices {
                    work,
                    presence: &presence,
                };
                best_tour(problem, menu, offer, scratch)
                    .map_or((f64::NEG_INFINITY, Tour::default()), |priced| {
                        (priced.value, place_breaks(problem, menu, &priced, scratch))
                    })
            })
            .collect();
        let mut surplus = vec![0.0; prices.service.len() + prices.cover.len() + prices.seats.len()];
        let (service_part, rest) = surplus.split_at_mut(queues * slots);
        let (cover_part, seat_part) = rest.split_at_mut(problem.covers.len() * slots);
        let mut bound = self.buyers(setting, service_part);
        for (index, cover) in problem.covers.iter().enumerate() {
            for (slot, &need) in self.fixed.need[index].iter().enumerate() {
                if cover.active[slot] {
                    bound += self.prices.cover[index * slots + slot] * need;
                    cover_part[index * slots + slot] += need;
                }
            }
        }
        for (index, free) in self.fixed.seats.iter().enumerate() {
            for (slot, &free) in free.iter().flatten().enumerate() {
                bound -= self.prices.seats[index * slots + slot] * f64::from(free);
                seat_part[index * slots + slot] -= f64::from(free);
            }
        }
        for &(pool, slot) in &self.fixed.work {
            let (worth, choice) = &pool_prices[pool];
            let (queue, speed) = setting.service.skills(pool)[choice[slot] as usize];
            bound -= worth[slot];
            service_part[queue * slots + slot] -= speed;
        }
        for (menu, (value, tour)) in setting.menus.iter().zip(&answers) {
            let people = menu.people.len() as f64;
            bound -= value * people;
            for shift in &tour.shifts {
                for slot in super::presence::slots_of(shift.span, problem.slot_minutes) {
                    for &(cover, sign) in &menu.covers {
                        cover_part[cover * slots + slot] -= sign * people;
                    }
                    if problem.sites[menu.site].seats.is_some() {
                        seat_part[menu.site * slots + slot] += people;
                    }
                }
                if let Some(pool) = menu.pool {
                    for slot in setting.work_slots(shift) {
                        let (queue, speed) =
                            setting.service.skills(pool)[pool_prices[pool].1[slot] as usize];
                        service_part[queue * slots + slot] -= people * speed;
                    }
                }
            }
        }
        if keep_answers {
            for (kept, (_, tour)) in self.answers.iter_mut().zip(answers) {
                if kept.len() == KEPT_ANSWERS {
                    kept.remove(0);
                }
                kept.push(tour);
            }
        }
        (bound, surplus)
    }

    /// What an hour of a pool is worth in each slot, and at which of its skills.
    fn pool_price(&self, setting: &Setting, pool: usize) -> (Vec<f64>, Vec<u8>) {
        let slots = setting.problem.slots;
        let mut worth = vec![0.0; slots];
        let mut choice = vec![0u8; slots];
        for (index, &(queue, speed)) in setting.service.skills(pool).iter().enumerate() {
            for slot in 0..slots {
                let price = self.prices.service[queue * slots + slot] * speed;
                if price > worth[slot] {
                    worth[slot] = price;
                    choice[slot] = index as u8;
                }
            }
        }
        (worth, choice)
    }

    /// Queues buy agents while they are worth more than they cost; deferred work goes to the cheapest slot of its time.
    fn buyers(&self, setting: &Setting, demand: &mut [f64]) -> f64 {
        let slots = setting.problem.slots;
        let mut cost = 0.0;
        for (queue, kind) in setting.problem.service.queues.iter().enumerate() {
            let prices = &self.prices.service[queue * slots..][..slots];
            let demand = &mut demand[queue * slots..][..slots];
            match kind {
                QueueDemand::Live { worth } => {
                    for slot in 0..slots {
                        let buys = worth[slot].partition_point(|&worth| worth > prices[slot]);
                        demand[slot] += buys as f64;
                        cost +=
                            prices[slot] * buys as f64 + worth[slot][buys..].iter().sum::<f64>();
                    }
                }
                QueueDemand::Deferred { units } => {
                    let mut known: Option<(u32, u32, usize)> = None;
                    for unit in units {
                        let due = unit.due.min(slots as u32).max(unit.release + 1);
                        let cheapest = match known {
                            Some((release, end, slot)) if (release, end) == (unit.release, due) => {
                                slot
                            }
                            _ => (unit.release as usize..due as usize)
                                .min_by(|&a, &b| prices[a].total_cmp(&prices[b]))
                                .unwrap_or(unit.release as usize),
                        };
                        known = Some((unit.release, due, cheapest));
                        if prices[cheapest] < unit.worth {
                            demand[cheapest] += 1.0;
                            cost += prices[cheapest];
                        } else {
                            cost += unit.worth;
                        }
                    }
                }
            }
        }
        cost
    }
}

/// Mean pay of a slot over all kinds of people, in money.
fn usual_pay(setting: &Setting) -> f64 {
    let pays: Vec<f64> = setting
        .menus
        .iter()
        .map(|menu| menu.pay.iter().sum::<f64>() / menu.pay.len().max(1) as f64)
        .collect();
    pays.iter().sum::<f64>() / pays.len().max(1) as f64
}
