//! What more people and looser rules would be worth, from the prices behind the bound.
//!
//! At any prices the plan falls apart into people and queues, and what is left is a bound from below (see `dual`). One more person lowers it by
//! what their best week earns at these prices; a looser rule by what everybody under it earns more. Both are first-order: the second person
//! of a kind is worth less than the first.

use rayon::prelude::*;

use crate::roster::problem::Problem;

use super::appraise::Appraiser;
use super::dual::{Ascent, PriceList};
use super::every_rule;
use super::menu::{Menu, menus};
use super::plan::Setting;
use super::pricing::{Prices, Scratch, best_tour};

/// Prices near those of the best roster, and what they prove.
#[derive(Debug, Clone)]
pub struct Market {
    prices: PriceList,
    /// No roster costs less, in money.
    pub bound: f64,
    /// What the roster costs.
    pub objective: f64,
}

impl Market {
    /// Prices that begin at what one more agent is worth in the roster and rise to a bound in `steps` of dual ascent.
    pub fn of(appraiser: &Appraiser, steps: usize) -> Market {
        let objective = appraiser.objective();
        let setting = appraiser.setting();
        let mut ascent = Ascent::from_roster(setting, &mut appraiser.plan().clone());
        for step in 0..steps {
            ascent.step(setting, step as f64 / steps as f64, false);
        }
        Market {
            prices: ascent.best_prices().clone(),
            bound: ascent.bound,
            objective,
        }
    }

    /// Money by which the bound falls if one seat more is free at a site all the time.
    pub fn seat(&self, problem: &Problem, site: usize) -> f64 {
        self.prices.seats[site * problem.slots..][..problem.slots]
            .iter()
            .sum()
    }

    /// What each person's best week earns at these prices, wages and wishes taken off; minus infinity where no week is allowed. The problem may
    /// have other rules and more people than the market's, but the same queues, covers, sites and slots.
    pub fn values(&self, problem: &Problem) -> Vec<f64> {
        let setting = Setting::new(problem, menus(problem, &every_rule()));
        let of_menus: Vec<f64> = setting
            .menus
            .par_iter()
            .map_init(Scratch::default, |scratch, menu| {
                self.value(&setting, menu, scratch)
            })
            .collect();
        setting.menu_of.iter().map(|&menu| of_menus[menu]).collect()
    }

    fn value(&self, setting: &Setting, menu: &Menu, scratch: &mut Scratch) -> f64 {
        let problem = setting.problem;
        let slots = problem.slots;
        let mut work = vec![0.0; slots];
        if let Some(pool) = menu.pool {
            for &(queue, speed) in setting.service.skills(pool) {
                let prices = &self.prices.service[queue * slots..][..slots];
                for (worth, price) in work.iter_mut().zip(prices) {
                    *worth = f64::max(*worth, price * speed);
                }
            }
        }
        let mut presence = vec![0.0; slots];
        for &(cover, sign) in &menu.covers {
            let prices = &self.prices.cover[cover * slots..][..slots];
            for (worth, price) in presence.iter_mut().zip(prices) {
                *worth += sign * price;
            }
        }
        if problem.sites[menu.site].seats.is_some() {
            let prices = &self.prices.seats[menu.site * slots..][..slots];
            for (worth, price) in presence.iter_mut().zip(prices) {
                *worth -= price;
            }
        }
        let prices = Prices {
            work: &work,
            presence: &presence,
        };
        best_tour(problem, menu, prices, scratch).map_or(f64::NEG_INFINITY, |week| week.value)
    }
}
