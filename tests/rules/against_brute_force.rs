//! Generate, plan, check: for one person and one week the search must find exactly what trying every week finds, whatever rules are drawn. So the
//! builder forbids no more and no less than the checker.

use followsun::roster::problem::{
    Average, Counted, Limit, LongRest, Mark, Pattern, Period, Problem, RestAfterNights, ShiftClass,
    Strength, Tour,
};
use followsun::roster::{NoClock, check, solve};
use proptest::prelude::*;

use super::team::{QUICK, alone, first_day, hours, shift};

#[derive(Debug, Clone)]
struct Drawn {
    starts: (i32, i32),
    worth: Vec<u8>,
    before: Vec<(i32, i32)>,
    rest: i32,
    weekly_rest: Option<i32>,
    long_rest: Option<(i32, u32)>,
    after_nights: Option<(u32, i32)>,
    limits: Vec<(u8, u32, u8)>,
    average: Option<(i32, u32)>,
    rotation: bool,
    over_weeks: bool,
    pattern: Option<Vec<u8>>,
    days: (u32, u32),
    days_off: Option<u32>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let starts = prop::sample::select(vec![(8, 16), (6, 12), (11, 22), (10, 20), (9, 18)]);
    let before = prop::collection::btree_map(1i32..10, prop::sample::select(vec![6, 14, 22]), 0..6);
    let rests = (
        prop::sample::select(vec![0, 660]),
        prop::option::of(prop::sample::select(vec![24 * 60, 35 * 60, 60 * 60])),
        prop::option::of((1u32..4, prop::sample::select(vec![24 * 60, 48 * 60]))),
        prop::option::of((
            prop::sample::select(vec![24 * 60, 35 * 60, 60 * 60]),
            2u32..8,
        )),
    );
    let limits = prop::collection::vec((0u8..6, 0u32..5, 0u8..5), 0..3);
    let more = (
        prop::option::of((prop::sample::select(vec![1200, 2400]), 1u32..5)),
        any::<bool>(),
        any::<bool>(),
        prop::option::weighted(0.2, prop::collection::vec(0u8..6, 7)),
        (0u32..2, 3u32..8),
        prop::option::of(1u32..3),
    );
    let worth = prop::collection::vec(0u8..60, 14);
    (starts, worth, before, rests, limits, more).prop_map(
        |(starts, worth, before, rests, limits, more)| Drawn {
            starts,
            worth,
            before: before.into_iter().collect(),
            rest: rests.0,
            weekly_rest: rests.1,
            after_nights: rests.2,
            long_rest: rests.3,
            limits,
            average: more.0,
            rotation: more.1,
            over_weeks: more.2,
            pattern: more.3,
            days: more.4,
            days_off: more.5,
        },
    )
}

impl Drawn {
    fn problem(&self) -> Problem {
        let worth = |day: usize, hour: usize| {
            let half = usize::from(hour >= 12);
            f64::from(self.worth[(day * 2 + half) % 14])
        };
        alone(worth, |rules, person| {
            // The second start is twice the first, so that the grid from midnight has no third between them.
            rules.start_every = self.starts.0 * 60;
            rules.earliest_start = Some(self.starts.0 * 60);
            rules.latest_start = Some(self.starts.1 * 60);
            rules.rest = self.rest;
            rules.days_per_week = self.days;
            rules.min_consecutive_days_off = self.days_off;
            let terms = &mut rules.terms;
            terms.weekly_rest = self.weekly_rest;
            terms.long_rest = self.long_rest.map(|(rest, days)| LongRest { rest, days });
            terms.rest_after_nights = self
                .after_nights
                .map(|(in_a_row, rest)| RestAfterNights { in_a_row, rest });
            terms.average = self.average.map(|(minutes_per_week, weeks)| Average {
                minutes_per_week,
                weeks,
            });
            terms.rotation = self.rotation.then_some(Strength::Hard);
            terms.same_start_over_weeks = self.over_weeks.then_some(9 * 60);
            terms.limits = self.limits.iter().map(|drawn| limit(*drawn)).collect();
            terms.pattern = self.pattern.as_ref().map(|marks| {
                let mut week = [Mark::Open; 7];
                for (mark, drawn) in week.iter_mut().zip(marks) {
                    *mark = match drawn {
                        0 => Mark::Off,
                        1 => Mark::Work,
                        2 => Mark::Shift(ShiftClass::Early),
                        3 => Mark::Shift(ShiftClass::Night),
                        _ => Mark::Open,
                    };
                }
                Pattern {
                    weeks: vec![week],
                    from: first_day(),
                }
            });
            person.before = self
                .before
                .iter()
                .map(|(back, hour)| hours(-24 * back + hour, 8))
                .collect();
            person.before.sort_by_key(|span| span.start);
            person.record.past_minutes = vec![Some(1900), None, Some(2600)];
        })
    }

    /// Wages less what the work saves, against nobody working.
    fn cost(&self, tour: &Tour) -> f64 {
        let of_hour = |at: i32| {
            let (day, hour) = ((at / 24) as usize, at % 24);
            let half = usize::from(hour >= 12);
            f64::from(self.worth[(day * 2 + half) % 14])
        };
        tour.shifts
            .iter()
            .flat_map(|shift| shift.span.start / 60..shift.span.end / 60)
            .map(|at| 10.0 - of_hour(at))
            .sum()
    }
}

fn limit((counted, number, period): (u8, u32, u8)) -> Limit {
    let counted = [
        Counted::Hours,
        Counted::Days,
        Counted::Nights,
        Counted::Sundays,
        Counted::Early,
        Counted::Late,
    ][counted as usize];
    let unit = if counted == Counted::Hours { 480 } else { 1 };
    Limit {
        counted,
        at_most: Some(number * unit),
        at_least: (period == 4 && counted == Counted::Days).then_some(1),
        period: [
            Period::AnyDays(3),
            Period::AnyDays(9),
            Period::Week,
            Period::Month,
            Period::Plan,
        ][period as usize],
        strength: Strength::Hard,
    }
}

/// Every week of two starts and days off.
fn every_week(starts: (i32, i32)) -> impl Iterator<Item = Tour> {
    (0..3usize.pow(7)).map(move |mut number| {
        let mut shifts = Vec::new();
        for day in 0..7 {
            match number % 3 {
                1 => shifts.push(shift(day, starts.0)),
                2 => shifts.push(shift(day, starts.1)),
                _ => {}
            }
            number /= 3;
        }
        Tour { shifts }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_search_finds_the_best_week_that_the_checker_allows(drawn in drawn()) {
        let problem = drawn.problem();
        let best = every_week(drawn.starts)
            .filter(|tour| check(&problem, std::slice::from_ref(tour)).is_empty())
            .map(|tour| drawn.cost(&tour))
            .min_by(f64::total_cmp);
        let solved = solve(&problem, &QUICK, None, &NoClock);
        match (best, solved) {
            (None, Err(stuck)) => prop_assert!(!stuck.clashes[0].is_empty()),
            (Some(best), Ok(solved)) => {
                prop_assert!(check(&problem, &solved.tours).is_empty());
                let found = drawn.cost(&solved.tours[0]);
                prop_assert!((found - best).abs() < 1e-6, "found {} where {} is best", found, best);
            }
            (None, Ok(solved)) => prop_assert!(false, "a roster where there is none: {:?}", solved.tours),
            (Some(best), Err(stuck)) => prop_assert!(false, "no roster where one costs {}: {:?}", best, stuck.clashes),
        }
    }
}
