//! What explanations offer: the checker passes every change, and it costs what it is said to cost.

mod roster_support;

use std::sync::Arc;

use followsun::calendar::DailyWindow;
use followsun::roster::explain::{Offer, TakenOver, able, granted, one_more, refused, short, with};
use followsun::roster::problem::{
    Break, Cover, Person, Pool, Premium, Problem, QueueDemand, Tour, Wants, Wish, WorkRules,
    WorkUnit,
};
use followsun::roster::{Appraiser, Limits, Market, NoClock, check, solve};

use roster_support::{Dice, free_contract, idle, plain_person};

/// Ten people of two sites, two phone queues and e-mail, with windows, absences, wishes, seats and a hard cover as the seed has it.
fn team(seed: u64, people: usize) -> Problem {
    let email = seed.is_multiple_of(2);
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1);
    let mut problem = idle(people, 1, 30);
    let days = problem.sites[0].days.clone();
    let slots = problem.slots;
    let open = |slot: usize| slot < 7 * 48 && (16..40).contains(&(slot % 48));
    let calls: Arc<[f64]> = Arc::from([90.0, 60.0, 25.0, 6.0]);
    let fewer: Arc<[f64]> = Arc::from([70.0, 20.0]);
    let none: Arc<[f64]> = Arc::from([]);
    let live = |worth: &Arc<[f64]>| QueueDemand::Live {
        worth: (0..slots)
            .map(|s| if open(s) { worth.clone() } else { none.clone() })
            .collect(),
    };
    let units = (0..slots)
        .filter(|&s| open(s) && s % 2 == 0 && email)
        .map(|slot| WorkUnit {
            release: slot as u32,
            due: slot as u32 + 12,
            worth: 30.0,
        });
    problem.contracts = vec![WorkRules {
        paid_minutes_per_week: (1800, 2400),
        days_per_week: (4, 5),
        shift_minutes: vec![480, 540],
        earliest_start: Some(360),
        latest_start: Some(900),
        rest: 660,
        max_consecutive_days: Some(5),
        same_start_within: (seed % 4 == 3).then_some(120),
        breaks: vec![Break {
            name: "meal".to_owned(),
            minutes: 30,
            paid: false,
            after: 180,
            before: 330,
            if_shift_over: 360,
        }],
        premium: Premium {
            sunday: 0.5,
            ..Premium::default()
        },
        ..free_contract()
    }];
    let person = |index: usize| {
        let mut absences = Vec::new();
        let mut absent_days = vec![false; 7];
        if dice.below(4) == 0 {
            let day = dice.below(7);
            absent_days[day] = true;
            absences.push(days[day].span);
        }
        let wishes = (0..dice.below(3))
            .map(|_| Wish {
                day: dice.below(7),
                wants: [Wants::Off, Wants::On, Wants::Early, Wants::Late][dice.below(4)],
                weight: 1.0,
            })
            .collect();
        Person {
            site: usize::from(index % 3 == 2),
            pool: Some(dice.below(4)),
            window: (dice.below(3) == 0)
                .then(|| DailyWindow::parse("06:00-17:00").expect("a window")),
            cost_per_hour: 15.0,
            absences,
            absent_days,
            carried: Vec::new(),
            known: Vec::new(),
            spared: Vec::new(),
            wishes,
            ..plain_person(7)
        }
    };
    problem.people = (0..people).map(person).collect();
    problem.sites.push(problem.sites[0].clone());
    problem.sites[0].seats = (seed % 3 == 1).then_some(5);
    problem.pools = vec![
        Pool {
            skills: vec![(0, 1.0)],
        },
        Pool {
            skills: vec![(1, 1.0), (2, 1.0)],
        },
        Pool {
            skills: vec![(0, 1.0), (2, 1.0)],
        },
        Pool {
            skills: vec![(0, 1.0), (1, 1.0)],
        },
    ];
    if seed % 2 == 1 {
        problem.covers = vec![Cover {
            members: vec![0, 1, 2, 3],
            counted: Vec::new(),
            min: 1,
            one_per: None,
            max: None,
            said: "[[cover]]".to_owned(),
            active: (0..slots)
                .map(|s| s < 5 * 48 && open(s) && s % 48 < 34)
                .collect(),
            cost: 100.0,
            hard: true,
        }];
    }
    problem.service.queues = vec![
        live(&calls),
        live(&fewer),
        QueueDemand::Deferred {
            units: units.collect(),
        },
    ];
    problem
}

fn solved(problem: &Problem, effort: u64) -> Option<(Vec<Tour>, f64, f64)> {
    let limits = Limits {
        gap: 0.0,
        effort: Some(effort),
        seed: 1,
        ascent_steps: Some(150),
    };
    let solution = solve(problem, &limits, None, &NoClock).ok()?;
    check(problem, &solution.tours).is_empty().then_some((
        solution.tours,
        solution.objective,
        solution.bound,
    ))
}

#[test]
fn whatever_is_offered_passes_the_checker_and_costs_what_is_said() {
    let (mut seen, mut rosters) = (0, 0);
    for seed in 0..10 {
        let problem = team(seed, 10);
        let Some((tours, _, _)) = solved(&problem, 1) else {
            continue;
        };
        rosters += 1;
        let mut appraiser = Appraiser::new(&problem, &tours);
        let before = appraiser.objective();
        let mut offers: Vec<Offer> = Vec::new();
        for (queue, slot) in [
            (0, 20),
            (1, 48 * 2 + 18),
            (2, 48 * 4 + 36),
            (0, 48 * 6 + 24),
        ] {
            let found = short(&mut appraiser, &[], queue, &(slot..slot + 2));
            let told = found.at_work.len() + found.kept.len() + found.could.len();
            let breaks = found
                .on_break
                .iter()
                .filter(|person| found.could.iter().all(|able| able.person != **person))
                .count();
            assert_eq!(
                told + breaks,
                able(&problem, queue).count(),
                "seed {seed}: everybody who could serve the queue is told of once"
            );
            offers.extend(found.could.into_iter().map(|able| able.offer));
        }
        for (person, tour) in tours.iter().enumerate().take(3) {
            for shift in tour.shifts.iter().take(2) {
                let taken = TakenOver::all(&mut appraiser, &[], person, shift.day, 3);
                offers.extend(taken.into_iter().map(|taken| taken.offer));
            }
            for wish in refused(&appraiser, person) {
                offers.extend(granted(&mut appraiser, &[], person, &wish));
            }
        }
        for offer in &offers {
            let after = with(&tours, &offer.changes);
            assert_eq!(check(&problem, &after), [], "seed {seed}: {offer:?}");
            // Where there is deferred work it is spread anew by whoever weighs the whole, so a little may differ.
            let cost = Appraiser::new(&problem, &after).objective() - before;
            let said = offer.effect.total();
            let slack = if seed.is_multiple_of(2) { 90.0 } else { 1e-3 };
            assert!(
                (cost - said).abs() <= slack,
                "seed {seed}: said to cost {said}, costs {cost}"
            );
        }
        assert_eq!(appraiser.tours(), tours, "weighing changes nothing");
        assert!((appraiser.objective() - before).abs() < 1e-6);
        seen += offers.len();
    }
    assert!(
        rosters > 5 && seen > 80,
        "{seen} offers for {rosters} rosters"
    );
}

#[test]
fn one_more_person_is_worth_what_solving_again_says() {
    for seed in [0, 4] {
        let problem = team(seed, 8);
        let (tours, objective, bound) = solved(&problem, 6).expect("a roster");
        let appraiser = Appraiser::new(&problem, &tours);
        let market = Market::of(&appraiser, 150);
        assert!(market.bound <= objective + 1e-6 && market.bound > 0.5 * bound);
        let more = one_more(&appraiser, &market, &[0, 1]);
        for (worth, like) in more.iter().zip([0, 1]) {
            let mut other = problem.clone();
            let mut person = other.people[like].clone();
            person.absences.clear();
            person.absent_days.fill(false);
            person.wishes.clear();
            other.people.push(person);
            let (_, with_one_more, bound) = solved(&other, 6).expect("a roster");
            // The true worth lies between the two rosters' objectives and bounds; what is claimed must not contradict that.
            let (least, most) = (market.bound - with_one_more, objective - bound);
            let gap = objective - market.bound;
            assert!(
                worth.by_prices + gap >= least - 1e-6,
                "seed {seed}: at most {} is claimed, at least {least} is so",
                worth.by_prices + gap
            );
            assert!(
                worth.at_once <= most + 1e-6,
                "seed {seed}: {} at once is claimed, at most {most} is so",
                worth.at_once
            );
        }
    }
}
