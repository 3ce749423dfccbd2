//! Who is on shift: covers of a role or skill, span of control, people who must not be too many at once, and seats.

use crate::roster::problem::{Problem, QueueDemand, Span, Tour};

use super::menu::Menu;

/// Least money for a seat too many or a hard cover short through one slot.
const FORBIDDEN: f64 = 1e5;
/// At least so many times what somebody is worth who is needed most through the longest shift: above anything that service could be worth.
const BEYOND_SERVICE: f64 = 2.0;

/// Money for a seat too many or a hard cover short through one slot.
fn forbidden(problem: &Problem) -> f64 {
    let first = |demand: &QueueDemand| match demand {
        QueueDemand::Live { worth } => (worth.iter())
            .filter_map(|worth| worth.first().copied())
            .fold(0.0, f64::max),
        QueueDemand::Deferred { units } => units.iter().map(|unit| unit.worth).fold(0.0, f64::max),
    };
    let queues = problem.service.queues.iter().map(first);
    let lengths = problem
        .contracts
        .iter()
        .flat_map(|rules| &rules.shift_minutes);
    let slots = lengths.max().copied().unwrap_or(0) / problem.slot_minutes;
    FORBIDDEN.max(BEYOND_SERVICE * f64::from(slots) * queues.fold(0.0, f64::max))
}

/// People on shift per cover and site, slot by slot.
#[derive(Debug, Clone)]
pub struct Presence {
    /// Members per cover and slot.
    members: Vec<Vec<u16>>,
    /// People who ask for cover, per cover and slot (`one_per` alone).
    counted: Vec<Vec<u16>>,
    /// Per cover of at most and slot: how many it allows beside those who are there from before the plan; empty at other covers.
    room: Vec<Vec<u32>>,
    /// The plan's people per site with seats, and slot.
    seated: Vec<Option<Vec<u16>>>,
    /// Seats that are free for them, likewise.
    free: Vec<Option<Vec<u32>>>,
    forbidden: f64,
    /// Money lost to covers that are short and seats that are too few.
    pub lost: f64,
}

impl Presence {
    pub fn new(problem: &Problem) -> Presence {
        let zeros = || vec![0u16; problem.slots];
        let counts = |people: Vec<u32>| people.into_iter().map(|people| people as u16).collect();
        let mut presence = Presence {
            members: (problem.covers.iter())
                .map(|cover| counts(problem.carried_members(cover)))
                .collect(),
            counted: problem
                .covers
                .iter()
                .map(|cover| {
                    if cover.one_per.is_some() {
                        counts(problem.carried_counted(cover))
                    } else {
                        Vec::new()
                    }
                })
                .collect(),
            room: (problem.covers.iter())
                .map(|cover| problem.room_beside_carried(cover).unwrap_or_default())
                .collect(),
            seated: problem
                .sites
                .iter()
                .map(|site| site.seats.map(|_| zeros()))
                .collect(),
            free: (0..problem.sites.len())
                .map(|site| problem.free_seats(site))
                .collect(),
            forbidden: forbidden(problem),
            lost: 0.0,
        };
        presence.lost = (0..problem.covers.len())
            .flat_map(|cover| (0..problem.slots).map(move |slot| (cover, slot)))
            .map(|(cover, slot)| presence.cover_cost(problem, cover, slot, 0, 0))
            .sum();
        presence
    }

    /// Adds (`by` = 1) or takes away (-1) everybody who works this tour.
    pub fn change(&mut self, problem: &Problem, menu: &Menu, tour: &Tour, by: i32) {
        if menu.covers.is_empty() && self.seated[menu.site].is_none() {
            return;
        }
        for shift in &tour.shifts {
            for slot in slots_of(shift.span, problem.slot_minutes) {
                for &(cover, sign) in &menu.covers {
                    let (members, counted) = side(problem, cover, sign, by);
                    self.lost -= self.cover_cost(problem, cover, slot, 0, 0);
                    self.lost += self.cover_cost(problem, cover, slot, members, counted);
                    add(&mut self.members[cover][slot], members);
                    if let Some(count) = self.counted[cover].get_mut(slot) {
                        add(count, counted);
                    }
                }
                let free = &self.free[menu.site];
                if let (Some(seated), Some(free)) = (&mut self.seated[menu.site], free) {
                    let over = |people: u16| {
                        f64::from(i32::from(people) - free[slot] as i32).max(0.0) * self.forbidden
                    };
                    self.lost -= over(seated[slot]);
                    add(&mut seated[slot], by);
                    self.lost += over(seated[slot]);
                }
            }
        }
    }

    /// What one more person of this class on shift is worth, slot by slot, into `out`.
    pub fn worth(&self, problem: &Problem, menu: &Menu, out: &mut [f64]) {
        out.fill(0.0);
        for &(cover, sign) in &menu.covers {
            let (members, counted) = side(problem, cover, sign, 1);
            for (slot, worth) in out.iter_mut().enumerate() {
                *worth += self.cover_cost(problem, cover, slot, 0, 0)
                    - self.cover_cost(problem, cover, slot, members, counted);
            }
        }
        if let (Some(seated), Some(free)) = (&self.seated[menu.site], &self.free[menu.site]) {
            for ((worth, &people), &free) in out.iter_mut().zip(seated).zip(free) {
                if u32::from(people) >= free {
                    *worth -= self.forbidden;
                }
            }
        }
    }

    /// People missing in a cover (or too many in it), person-slots, over the whole plan.
    pub fn missing(&self, problem: &Problem, cover: usize) -> Vec<u32> {
        (0..problem.slots)
            .map(|slot| self.short(problem, cover, slot, 0, 0) + self.over(problem, cover, slot, 0))
            .collect()
    }

    fn short(
        &self,
        problem: &Problem,
        cover: usize,
        slot: usize,
        members: i32,
        counted: i32,
    ) -> u32 {
        let rule = &problem.covers[cover];
        if !rule.active[slot] || rule.max.is_some() {
            return 0;
        }
        let spanned = match (rule.one_per, self.counted[cover].get(slot)) {
            (Some(per), Some(&people)) => {
                ((i32::from(people) + counted).max(0) as u32).div_ceil(per)
            }
            _ => 0,
        };
        let present = (i32::from(self.members[cover][slot]) + members).max(0) as u32;
        rule.min.max(spanned).saturating_sub(present)
    }

    fn cover_cost(
        &self,
        problem: &Problem,
        cover: usize,
        slot: usize,
        members: i32,
        counted: i32,
    ) -> f64 {
        let cost = if problem.covers[cover].hard {
            self.forbidden
        } else {
            problem.covers[cover].cost
        };
        let wrong = self.short(problem, cover, slot, members, counted)
            + self.over(problem, cover, slot, members);
        f64::from(wrong) * cost
    }

    /// People too many in a slot.
    fn over(&self, problem: &Problem, cover: usize, slot: usize, members: i32) -> u32 {
        let rule = &problem.covers[cover];
        match self.room[cover].get(slot).filter(|_| rule.active[slot]) {
            Some(&room) => {
                let present = (i32::from(self.members[cover][slot]) + members).max(0) as u32;
                present.saturating_sub(room)
            }
            None => 0,
        }
    }
}

/// `by` people more as (members, counted) of a cover; the sign is that of [`Menu::covers`].
fn side(problem: &Problem, cover: usize, sign: f64, by: i32) -> (i32, i32) {
    if sign > 0.0 || problem.covers[cover].max.is_some() {
        (by, 0)
    } else {
        (0, by)
    }
}

fn add(count: &mut u16, by: i32) {
    *count = (i32::from(*count) + by).max(0) as u16;
}

/// The slots of a span that lies on the slot grid.
pub fn slots_of(span: Span, slot_minutes: i32) -> std::ops::Range<usize> {
    (span.start / slot_minutes) as usize..(span.end / slot_minutes) as usize
}
