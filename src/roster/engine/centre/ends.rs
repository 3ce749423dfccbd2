//! Where ends of shifts lie on the axes of a person's days, so that a path can tell who has rested.

use crate::roster::problem::{Minute, Problem};
use crate::roster::rules::{Candidate, longest_rest};

/// Where ends of shifts lie on the axes of a person's days.
pub struct EndAxis<'a> {
    problem: &'a Problem,
    person: usize,
    /// Minutes by which it begins before the midnight before.
    back: Minute,
    /// Its length in slots.
    pub ends: usize,
}

impl EndAxis<'_> {
    pub fn of(problem: &Problem, person: usize) -> EndAxis<'_> {
        let rules = problem.rules(person);
        // A day may be an hour short, so the axis reaches back far enough from its start on the shortest.
        let back = (longest_rest(rules) - 1380).max(0);
        let back = (back + problem.slot_minutes - 1) / problem.slot_minutes * problem.slot_minutes;
        let longest = rules.shift_minutes.iter().max().copied().unwrap_or(0);
        EndAxis {
            problem,
            person,
            back,
            ends: ((1500 + back + longest) / problem.slot_minutes) as usize + 2,
        }
    }

    /// Minutes from the midnight that a day's axis counts from to its own midnight; the first day's axis counts from a day before the plan.
    pub fn day_minutes(&self, day: usize) -> Minute {
        let days = &self.problem.site(self.person).days;
        if day == 0 {
            1440
        } else {
            days[day].span.start - days[day - 1].span.start
        }
    }

    /// Where something lies that is so many minutes after the midnight before, on the axis or beyond its end.
    fn unclipped(&self, minutes: Minute) -> u32 {
        ((minutes + self.back).max(0) / self.problem.slot_minutes) as u32
    }

    /// The same for what the axis holds.
    fn index(&self, minutes: Minute) -> u32 {
        self.unclipped(minutes).min(self.ends as u32 - 1)
    }

    pub fn rested(&self, day: usize, candidate: &Candidate) -> u32 {
        let start = candidate.span.start - self.problem.site(self.person).days[day].span.start;
        self.index(start + self.day_minutes(day) - self.problem.rules(self.person).rest)
    }

    pub fn begins(&self, day: usize, candidate: &Candidate) -> u32 {
        let start = candidate.span.start - self.problem.site(self.person).days[day].span.start;
        self.unclipped(start + self.day_minutes(day))
    }

    pub fn end(&self, day: usize, candidate: &Candidate) -> u32 {
        self.index(candidate.span.end - self.problem.site(self.person).days[day].span.start)
    }

    /// The end of a day on its axis, or beyond.
    pub fn day_end(&self, day: usize) -> u32 {
        let whole = self.problem.site(self.person).days[day].span.minutes();
        self.unclipped(self.day_minutes(day) + whole)
    }

    pub fn rested_from(&self) -> u32 {
        let first = self
            .problem
            .site(self.person)
            .days
            .first()
            .map_or(0, |day| day.span.start);
        let last_end = self.problem.people[self.person]
            .before
            .iter()
            .map(|span| span.end)
            .max();
        last_end.map_or(0, |end| self.index(end - first + 1440))
    }
}
