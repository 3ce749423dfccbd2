//! State machines that count over periods: any so many days in a row, and periods side by side. States stay few: only what can still matter
//! is remembered, and once nothing can go over the limit any more all states are one.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::{DayFacts, Sequence, Worked};

/// What a worked shift adds to a count.
pub type Amount = Box<dyn Fn(&DayFacts, &Worked) -> u32 + Send + Sync>;

/// Gives lists of numbers small names, so that they can be states.
#[derive(Debug, Default)]
pub struct Names(Mutex<Named>);

#[derive(Debug, Default)]
struct Named {
    known: HashMap<Vec<u32>, u32>,
    lists: Vec<Vec<u32>>,
}

impl Names {
    pub fn name(&self, list: Vec<u32>) -> u32 {
        let mut guard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Named { known, lists } = &mut *guard;
        *known.entry(list).or_insert_with_key(|list| {
            lists.push(list.clone());
            lists.len() as u32 - 1
        })
    }

    pub fn list(&self, name: u32) -> Vec<u32> {
        let guard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        guard.lists[name as usize].clone()
    }
}

/// Never more than so much in any `days` days in a row.
pub struct Rolling {
    pub days: usize,
    /// For each day of the plan: what the window that ends on it may hold of the plan's own days; `None` = nobody looks at that window.
    pub allow: Vec<Option<u32>>,
    /// Most that one day can add.
    pub most_a_day: u32,
    /// Money for one more than allowed; `None` = forbidden.
    pub price: Option<f64>,
    pub amount: Amount,
    pub names: Names,
}

/// The list that stands for "nothing can go wrong any more".
const FREE: [u32; 1] = [u32::MAX];

impl Rolling {
    /// Whether any window can go over its limit at all.
    pub fn can_bite(&self) -> bool {
        !self.is_free(None, &[], 0)
    }

    /// First day whose amount stays in every window to the end of the plan.
    fn stays_from(&self) -> usize {
        self.allow.len().saturating_sub(self.days)
    }

    /// Whether no later window can go over, after day `today` with these amounts of the days that will leave (from `first` on) and the rest.
    fn is_free(&self, today: Option<usize>, kept: &[u32], rest: u32) -> bool {
        let next = today.map_or(0, |today| today + 1);
        let first = next.saturating_sub(self.days);
        (next..self.allow.len()).all(|end| {
            let Some(allowed) = self.allow[end] else {
                return true;
            };
            let from = (end + 1).saturating_sub(self.days);
            let of_kept: u64 = kept
                .iter()
                .enumerate()
                .filter(|(at, _)| first + at >= from)
                .map(|(_, amount)| u64::from(*amount))
                .sum();
            let to_come = (end + 1 - next.max(from)) as u64 * u64::from(self.most_a_day);
            of_kept + u64::from(rest) + to_come <= u64::from(allowed)
        })
    }
}

impl Sequence for Rolling {
    fn initial(&self) -> u32 {
        self.names.name(vec![0])
    }

    fn after(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        // First what lies in days that stay in every window, then the days that will leave, oldest first.
        let list = self.names.list(state);
        if list == FREE {
            return Some((state, 0.0));
        }
        let (mut rest, mut kept) = (list[0], list[1..].to_vec());
        let amount = worked.map_or(0, |worked| (self.amount)(day, worked));
        let today = day.index;
        let gone = today >= self.days && today - self.days < self.stays_from();
        if gone {
            kept.remove(0);
        }
        if today < self.stays_from() {
            kept.push(amount);
        } else {
            rest += amount;
        }
        let held: u32 = rest + kept.iter().sum::<u32>();
        let mut cost = 0.0;
        if let Some(allowed) = self.allow[today]
            && held > allowed
        {
            cost = self.price? * f64::from(held - allowed);
        }
        if self.is_free(Some(today), &kept, rest) {
            return Some((self.names.name(FREE.to_vec()), cost));
        }
        let mut next = vec![rest];
        next.extend(kept);
        Some((self.names.name(next), cost))
    }
}

/// So much at most and at least in each of the periods that the plan's days fall into.
pub struct Periods {
    /// Period of each day of the plan, ascending.
    pub of_day: Vec<usize>,
    /// For each period: at least (0 where it is not wholly planned) and at most of the plan's own days.
    pub limits: Vec<(u32, Option<u32>)>,
    pub most_a_day: u32,
    /// Money for one too many or too few; `None` = forbidden.
    pub price: Option<f64>,
    pub amount: Amount,
}

/// The state of a period in which nothing can go wrong any more.
const SAFE: u32 = u32::MAX;

impl Periods {
    pub fn can_bite(&self) -> bool {
        self.limits
            .iter()
            .enumerate()
            .any(|(period, (least, most))| {
                let days = self.of_day.iter().filter(|of| **of == period).count() as u64;
                *least > 0
                    || most.is_some_and(|most| days * u64::from(self.most_a_day) > u64::from(most))
            })
    }
}

impl Sequence for Periods {
    fn initial(&self) -> u32 {
        0
    }

    fn after(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        let period = self.of_day[day.index];
        let left = self.of_day[day.index + 1..]
            .iter()
            .take_while(|of| **of == period)
            .count();
        if state == SAFE {
            return Some((if left == 0 { 0 } else { SAFE }, 0.0));
        }
        let (least, most) = self.limits[period];
        let held = state + worked.map_or(0, |worked| (self.amount)(day, worked));
        let over = most.map_or(0, |most| held.saturating_sub(most));
        if over > 0 && self.price.is_none() {
            return None;
        }
        if left == 0 {
            let short = least.saturating_sub(held);
            if over + short == 0 {
                return Some((0, 0.0));
            }
            return Some((0, self.price? * f64::from(over + short)));
        }
        let safe = held >= least
            && most.is_none_or(|most| {
                u64::from(held) + left as u64 * u64::from(self.most_a_day) <= u64::from(most)
            });
        Some((if safe { SAFE } else { held }, 0.0))
    }
}

/// Several machines that run side by side as one.
pub struct Side {
    pub machines: Vec<Box<dyn Sequence>>,
    pub names: Names,
}

impl Side {
    /// One machine of them all; `None` of none.
    pub fn by_side(mut machines: Vec<Box<dyn Sequence>>) -> Option<Box<dyn Sequence>> {
        match machines.len() {
            0 => None,
            1 => machines.pop(),
            _ => Some(Box::new(Side {
                machines,
                names: Names::default(),
            })),
        }
    }
}

impl Sequence for Side {
    fn initial(&self) -> u32 {
        let states = self.machines.iter().map(|machine| machine.initial());
        self.names.name(states.collect())
    }

    fn after(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        let mut cost = 0.0;
        let mut next = Vec::with_capacity(self.machines.len());
        for (machine, state) in self.machines.iter().zip(self.names.list(state)) {
            let (state, price) = machine.after(state, day, worked)?;
            next.push(state);
            cost += price;
        }
        Some((self.names.name(next), cost))
    }
}
