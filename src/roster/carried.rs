//! Shifts that began before the plan and still run when it starts: their people answer contacts, sit on seats and count for covers, and nothing of
//! that is the plan's to choose. What they alone have too many of (more of them than seats) is no fault of the plan either.

use super::problem::{Cover, Problem, Span};

/// What reaches into the plan of one shift that began before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// On shift, from minute 0 or later; rounded out to whole slots.
    pub span: Span,
    /// At work in it; rounded in to whole slots.
    pub work: Vec<Span>,
}

impl Problem {
    /// Of these people, how many are on shift from before the plan, per slot.
    pub fn carried_of(&self, people: impl IntoIterator<Item = usize>) -> Vec<u32> {
        let mut count = vec![0; self.slots];
        for person in people {
            for carried in &self.people[person].carried {
                for slot in self.slots_of(carried.span) {
                    count[slot] += 1;
                }
            }
        }
        count
    }

    /// Seats of a site that are free for the plan's shifts, per slot; `None` where nobody counts seats.
    pub fn free_seats(&self, site: usize) -> Option<Vec<u32>> {
        let seats = self.sites[site].seats?;
        let here = (0..self.people.len()).filter(|&person| self.people[person].site == site);
        let taken = self.carried_of(here);
        Some(
            taken
                .iter()
                .map(|taken| seats.saturating_sub(*taken))
                .collect(),
        )
    }

    /// A cover's members who are on shift from before the plan, per slot; nobody where the cover is one of at most.
    pub fn carried_members(&self, cover: &Cover) -> Vec<u32> {
        match cover.max {
            Some(_) => vec![0; self.slots],
            None => self.carried_of(cover.members.iter().copied()),
        }
    }

    /// Those from before the plan who ask for cover, per slot. A hard cover they do not ask for: what last week left undone would make every plan
    /// impossible.
    pub fn carried_counted(&self, cover: &Cover) -> Vec<u32> {
        match cover.hard {
            true => vec![0; self.slots],
            false => self.carried_of(cover.counted.iter().copied()),
        }
    }

    /// How many of its members a cover of at most still allows beside those from before the plan, per slot; `None` at other covers.
    pub fn room_beside_carried(&self, cover: &Cover) -> Option<Vec<u32>> {
        let most = cover.max?;
        let there = self.carried_of(cover.members.iter().copied());
        Some(
            there
                .iter()
                .map(|there| most.saturating_sub(*there))
                .collect(),
        )
    }

    /// The plan's slots of a span that lies on the slot grid.
    pub fn slots_of(&self, span: Span) -> std::ops::Range<usize> {
        let slot = |minute: i32| ((minute.max(0) / self.slot_minutes) as usize).min(self.slots);
        slot(span.start)..slot(span.end)
    }
}
