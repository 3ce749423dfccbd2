//! The law of gaps: keeping some days is choosing among the weeks that have them.

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::calendar::Zone;
use crate::roster::engine::centre::menu::menus;
use crate::roster::problem::{
    Break, Day, Person, Premium, ServiceDemand, Site, Span, Terms, WorkRules,
};
use crate::roster::rules::RULES;

/// One person and a week in slots of two hours, with rests, days in a row and nights to keep to, and perhaps starts that lie close together.
fn problem(same_start: Option<i32>) -> Problem {
    let zone = Zone::named("Europe/Vilnius").expect("a zone");
    let monday = NaiveDate::from_ymd_opt(2026, 6, 1).expect("a date");
    let day = |number: i32| Day {
        date: monday + TimeDelta::days(number.into()),
        span: Span {
            start: number * 1440,
            end: (number + 1) * 1440,
        },
        week: 0,
    };
    let rules = WorkRules {
        hire: None,
        paid_minutes_per_week: (0, 2400),
        days_per_week: (2, 5),
        shift_minutes: vec![480, 600],
        start_every: 120,
        earliest_start: None,
        latest_start: None,
        rest: 660,
        max_consecutive_days: Some(4),
        min_consecutive_days_off: Some(2),
        max_nights_per_week: Some(2),
        max_consecutive_nights: None,
        weekends_off: None,
        same_start_within: same_start,
        breaks: vec![Break {
            name: "meal".to_owned(),
            minutes: 120,
            paid: false,
            after: 120,
            before: 360,
            if_shift_over: 0,
        }],
        overtime: None,
        premium: Premium::default(),
        terms: Terms {
            weekly_rest: Some(2160),
            ..Terms::default()
        },
    };
    let person = Person {
        site: 0,
        contract: 0,
        pool: None,
        window: None,
        cost_per_hour: 10.0,
        absences: Vec::new(),
        absent_days: vec![false; 7],
        locked: Vec::new(),
        before: vec![Span {
            start: -600,
            end: -60,
        }],
        carried: Vec::new(),
        known: Vec::new(),
        spared: Vec::new(),
        wishes: Vec::new(),
        record: Default::default(),
    };
    Problem {
        activities: Vec::new(),
        origin: zone.start_of_day(monday),
        slot_minutes: 120,
        slots: 8 * 12,
        free_from: i32::MIN,
        told_duties: Vec::new(),
        weeks: 1,
        sites: vec![Site {
            zone,
            days: (0..7).map(day).collect(),
            seats: None,
            holidays: Vec::new(),
            closed: Vec::new(),
        }],
        contracts: vec![rules],
        pools: Vec::new(),
        people: vec![person],
        service: ServiceDemand { queues: Vec::new() },
        covers: Vec::new(),
        wish_cost: 10.0,
        soft: Default::default(),
    }
}

/// More than all else in a week together.
const MUST: f64 = 1e6;

proptest! {
    /// Whoever keeps some days and chooses anew on the others gets what the best whole week with those days forced would be.
    #[test]
    fn a_gap_is_filled_as_in_the_best_week_that_keeps_the_other_days(
        first in proptest::collection::vec(0.0..60.0f64, 96),
        second in proptest::collection::vec(0.0..60.0f64, 96),
        (from, length) in (0..7usize, 1..4usize),
        same_start in prop_oneof![Just(None), Just(Some(120)), Just(Some(360))],
    ) {
        let problem = problem(same_start);
        let menu = menus(&problem, &RULES.iter().collect::<Vec<_>>()).remove(0);
        let presence = vec![0.0; problem.slots];
        let mut scratch = Scratch::default();
        let at = |work| Prices { work, presence: &presence };
        let week = best_tour(&problem, &menu, at(&first), &mut scratch).expect("a week");

        let days = from..(from + length).min(7);
        let mut kept = vec![None; 7];
        for &(day, duty) in week.duties.iter().filter(|(day, _)| !days.contains(&(*day as usize))) {
            kept[day as usize] = Some(duty);
        }
        let gap = Gap { days: days.clone(), kept: &kept };
        let filled = best_in_gap(&problem, &menu, &gap, at(&second), &mut scratch).expect("the week itself");

        let mut forced = menu.clone();
        let mut kept_value = 0.0;
        for day in (0..7).filter(|day| !days.contains(day)) {
            let duties = std::mem::take(&mut forced.duties[day]);
            if let Some(index) = kept[day] {
                let mut duty = duties[index as usize];
                duty.cost -= MUST;
                kept_value += MUST;
                forced.duties[day].push(duty);
            }
        }
        let whole = best_tour(&problem, &forced, at(&second), &mut scratch).expect("the week itself");
        let changed: Vec<u32> = filled.duties.iter().map(|(day, _)| *day).collect();
        prop_assert!(changed.iter().all(|day| days.contains(&(*day as usize))));
        let of_gap = whole.duties.iter().filter(|(day, _)| days.contains(&(*day as usize)));
        let of_gap: f64 = of_gap
            .map(|&(day, index)| worth_of(&problem, &menu, (day, index), &second))
            .sum();
        prop_assert!(whole.value > kept_value - MUST / 2.0);
        prop_assert!((of_gap - filled.value).abs() < 1e-6, "{of_gap} {}", filled.value);
    }

    /// Where starts must lie close together, the best week is the best of those that each band leaves to somebody without such a rule.
    #[test]
    fn the_best_week_is_the_best_of_all_bands(
        work in proptest::collection::vec(0.0..60.0f64, 96),
        minutes in prop_oneof![Just(0), Just(120), Just(240), Just(600)],
    ) {
        let menu_of = |problem: &Problem| menus(problem, &RULES.iter().collect::<Vec<_>>()).remove(0);
        let (together, free) = (problem(Some(minutes)), problem(None));
        let presence = vec![0.0; free.slots];
        let mut scratch = Scratch::default();
        let mut best = |problem: &Problem, menu: &Menu| {
            let prices = Prices { work: &work, presence: &presence };
            best_tour(problem, menu, prices, &mut scratch).map_or(NEVER, |week| week.value)
        };
        let all = menu_of(&free);
        let of_band = (0..24).map(|hour| {
            let mut menu = all.clone();
            let band = |wall_start: i32| (wall_start - 60 * hour).rem_euclid(1440) <= minutes;
            menu.duties.iter_mut().for_each(|of_day| of_day.retain(|duty| band(duty.wall_start)));
            best(&free, &menu)
        });
        let of_bands = of_band.fold(NEVER, f64::max);
        let value = best(&together, &menu_of(&together));
        prop_assert!((value - of_bands).abs() < 1e-6, "{value} {of_bands}");
    }
}

/// What a duty earns with its one break of two hours where it loses least.
fn worth_of(problem: &Problem, menu: &Menu, (day, index): (u32, u32), work: &[f64]) -> f64 {
    let duty = &menu.duties[day as usize][index as usize];
    let slots = duty.start as usize..(duty.start + duty.length) as usize;
    let pay = 10.0 * f64::from(problem.slot_minutes) / 60.0;
    let net: Vec<f64> = slots.map(|slot| work[slot] - pay).collect();
    let inner = net[1..3].iter().copied();
    net.iter().sum::<f64>() - inner.fold(f64::INFINITY, f64::min)
}
