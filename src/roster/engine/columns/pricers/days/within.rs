//! A stretch of a tour of days as a question by itself: the days around it are settled, and what they use is taken off the limits.

use std::ops::Range;

use super::DayRules;
use super::pricer::DayPricer;
use crate::roster::engine::columns::problem::{Column, Stretch, Within};

/// Cell of a day that is settled.
const NOWHERE: u32 = u32::MAX;

impl DayPricer {
    /// The free days with so many settled days around them that no run, no succession and no weekend reaches beyond.
    pub(super) fn stretch(&self, stretch: &Stretch) -> Option<Within<'static>> {
        let rules = &self.rules;
        let free = |day: usize| self.is_free(stretch, day);
        let first = (0..rules.days()).find(|&day| free(day))?;
        let last = (0..rules.days()).rfind(|&day| free(day))?;
        let days = self.around(first..last + 1);
        let tour = self.tour_of(stretch.tour);
        let settled: Vec<Option<Option<usize>>> = (days.clone())
            .map(|day| (!free(day)).then_some(tour[day]))
            .collect();
        let pricer = DayPricer::settled(self.rules_of(stretch, &tour, days.clone()), settled);
        let types = rules.types.len();
        let mut now = Column {
            cells: Vec::new(),
            cost: 0.0,
        };
        for day in days.clone().filter(|&day| free(day)) {
            now.cost += match tour[day] {
                Some(t) => rules.work_cost[day * types + t],
                None => rules.off_cost[day],
            };
            now.cells
                .extend(tour[day].map(|t| rules.cells[day * types + t] - stretch.first_cell));
        }
        now.cells.sort_unstable();
        let reads = (rules.period[days.start], rules.period[days.end - 1]);
        Some(Within {
            pricer: Box::new(pricer),
            now,
            reads,
        })
    }

    fn is_free(&self, stretch: &Stretch, day: usize) -> bool {
        self.settled[day].is_none() && stretch.free[self.rules.period[day] as usize]
    }

    fn around(&self, days: Range<usize>) -> Range<usize> {
        let rules = &self.rules;
        let margin = rules.max_run.max(rules.min_off) + 1;
        let (mut from, mut to) = (
            days.start.saturating_sub(margin),
            (days.end + margin).min(rules.days()),
        );
        let whole = |day: usize| {
            rules.weekend[day].is_none() || rules.weekend[day] != rules.weekend[day - 1]
        };
        while from > 0 && !whole(from) {
            from -= 1;
        }
        while to < rules.days() && !whole(to) {
            to += 1;
        }
        from..to
    }

    /// The rules on these days, less what the others use.
    fn rules_of(&self, stretch: &Stretch, tour: &[Option<usize>], days: Range<usize>) -> DayRules {
        let rules = &self.rules;
        let types = rules.types.len();
        let free = |day: usize| self.is_free(stretch, day);
        let (turn, turns) = stretch.share;
        let share = |room: u32| (room + turn) / turns.max(1);
        let minutes = |day: usize| tour[day].map_or(0, |t| rules.types[t].minutes);
        let here: u32 = days.clone().map(minutes).sum();
        let all: u32 = (0..rules.days()).map(minutes).sum();
        let most = (0..types).map(|t| {
            let count =
                |days: Range<usize>| days.filter(|&day| tour[day] == Some(t)).count() as u32;
            count(days.clone()) + share(rules.most[t].saturating_sub(count(0..rules.days())))
        });
        let on_free_days = |of: &[f64], day: usize, places: Range<usize>| -> Vec<f64> {
            places
                .map(|place| if free(day) { of[place] } else { 0.0 })
                .collect()
        };
        DayRules {
            types: rules.types.clone(),
            most: most.collect(),
            minutes: (
                here - share(all.saturating_sub(rules.minutes.0)).min(here),
                here + share(rules.minutes.1.saturating_sub(all)),
            ),
            max_weekends: self.weekends(tour, days.clone())
                + share(
                    rules
                        .max_weekends
                        .saturating_sub(self.weekends(tour, 0..rules.days())),
                ),
            weekend: rules.weekend[days.clone()].to_vec(),
            off: days.clone().map(|day| rules.off[day]).collect(),
            off_cost: (days.clone())
                .flat_map(|day| on_free_days(&rules.off_cost, day, day..day + 1))
                .collect(),
            work_cost: (days.clone())
                .flat_map(|day| on_free_days(&rules.work_cost, day, day * types..(day + 1) * types))
                .collect(),
            cells: (days.clone())
                .flat_map(|day| (day * types..(day + 1) * types).map(move |place| (day, place)))
                .map(|(day, place)| match free(day) {
                    true => rules.cells[place] - stretch.first_cell,
                    false => NOWHERE,
                })
                .collect(),
            period: (days.clone())
                .map(|day| rules.period[day].saturating_sub(stretch.first_period))
                .collect(),
            ..*rules
        }
    }

    /// Weekends worked on some of these days.
    fn weekends(&self, tour: &[Option<usize>], days: Range<usize>) -> u32 {
        let mut worked: Vec<u32> = days
            .filter(|&day| tour[day].is_some())
            .filter_map(|day| self.rules.weekend[day])
            .collect();
        worked.dedup();
        worked.len() as u32
    }
}
