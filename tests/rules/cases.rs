//! For each rule the smallest scenario in which it bites: left to itself the search would break it.

use followsun::calendar::DailyWindow;
use followsun::roster::problem::{
    Average, Break, Counted, Limit, LongRest, Mark, Pattern, Period, Problem, RestAfterNights,
    ShiftClass, Strength, WorkWithoutBreak,
};

use super::team::{alone, alone_for, always, between, cover, first_day, hours, team};

pub struct Case {
    /// The rule that bites.
    pub rule: &'static str,
    pub problem: Problem,
}

fn limit(counted: Counted, at_most: u32, period: Period) -> Limit {
    Limit {
        counted,
        at_most: Some(at_most),
        at_least: None,
        period,
        strength: Strength::Hard,
    }
}

/// Nights on some days, else nothing.
fn nights(days: &'static [usize]) -> impl Fn(usize, usize) -> f64 {
    move |day, hour| {
        let evening = hour >= 22 && days.contains(&day);
        let morning = hour < 6 && day > 0 && days.contains(&(day - 1));
        if evening || morning { 50.0 } else { 0.0 }
    }
}

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case = |rule: &'static str, problem: Problem| cases.push(Case { rule, problem });
    case(
        "locked-shift",
        alone(between(14, 22), |_, person| {
            person.locked = vec![hours(24 + 6, 8)]
        }),
    );
    // Two days have begun, and nobody was told of them.
    let mut under_way = alone(always, |_, _| {});
    under_way.free_from = hours(48, 1).start;
    case("already-begun", under_way);
    case(
        "absence",
        alone(always, |_, person| person.absences = vec![hours(48, 24)]),
    );
    case("shift-length", alone(always, |_, _| {}));
    case(
        "shift-start",
        alone(between(0, 8), |rules, _| {
            (rules.earliest_start, rules.latest_start) = (Some(360), Some(600));
        }),
    );
    case(
        "window",
        alone(between(12, 22), |_, person| {
            person.window = DailyWindow::parse("08:00-18:00").ok();
        }),
    );
    let mut closed = alone(between(12, 22), |_, _| {});
    closed.sites[0].closed = (0..closed.slots).map(|slot| slot % 24 >= 18).collect();
    case("site-hours", closed);
    case(
        "breaks",
        alone(between(8, 16), |rules, _| {
            rules.breaks = vec![Break {
                name: "meal".to_owned(),
                minutes: 60,
                paid: false,
                after: 180,
                before: 300,
                if_shift_over: 360,
            }];
        }),
    );
    // The break pays best at the edge of the shift, where it leaves the most work in one piece.
    let break_at = |minutes: i32, after: i32, before: i32| Break {
        name: "rest".to_owned(),
        minutes,
        paid: false,
        after,
        before,
        if_shift_over: 0,
    };
    let idle_morning = |_: usize, hour: usize| if (9..16).contains(&hour) { 50.0 } else { 0.0 };
    case(
        "work-without-break",
        alone(idle_morning, |rules, _| {
            (rules.earliest_start, rules.latest_start) = (Some(480), Some(480));
            rules.breaks = vec![break_at(60, 0, 480)];
            rules.terms.work_without_break = Some(WorkWithoutBreak {
                at_most: 300,
                break_of: 30,
            });
        }),
    );
    // Two that count, far apart and free to move, with one between that does not.
    let idle_ends = |_: usize, hour: usize| if (9..17).contains(&hour) { 50.0 } else { 0.0 };
    case(
        "work-without-break",
        alone(idle_ends, |rules, _| {
            rules.shift_minutes = vec![600];
            (rules.earliest_start, rules.latest_start) = (Some(480), Some(480));
            rules.breaks = vec![
                break_at(120, 0, 300),
                break_at(60, 120, 480),
                break_at(120, 300, 600),
            ];
            rules.terms.work_without_break = Some(WorkWithoutBreak {
                at_most: 180,
                break_of: 90,
            });
        }),
    );
    case(
        "hours-per-day",
        alone(always, |rules, _| {
            rules.shift_minutes = vec![480, 720];
            rules.terms.max_paid_minutes_per_day = Some(600);
        }),
    );
    case(
        "no-nights",
        alone(between(0, 8), |rules, _| rules.terms.no_nights = true),
    );
    case(
        "no-sundays-or-holidays",
        alone(always, |rules, _| rules.terms.no_sundays = true),
    );
    let mut holiday = alone(always, |rules, _| rules.terms.no_holidays = true);
    holiday.sites[0].holidays = vec![first_day() + chrono::TimeDelta::days(2)];
    case("no-sundays-or-holidays", holiday);
    case(
        "pattern",
        alone(between(14, 22), |rules, person| {
            let early = Mark::Shift(ShiftClass::Early);
            rules.terms.pattern = Some(Pattern {
                weeks: vec![
                    [Mark::Off; 7],
                    [
                        early,
                        early,
                        Mark::Work,
                        Mark::Open,
                        Mark::Off,
                        Mark::Off,
                        Mark::Off,
                    ],
                ],
                from: first_day() - chrono::TimeDelta::weeks(4),
            });
            person.record.pattern_ahead = 1;
        }),
    );
    let late_then_early = |day: usize, hour: usize| match day % 2 {
        0 if (14..22).contains(&hour) => 50.0,
        1 if (6..14).contains(&hour) => 50.0,
        _ => 0.0,
    };
    case(
        "rest",
        alone(late_then_early, |rules, _| rules.rest = 11 * 60),
    );
    case(
        "rest",
        alone(between(0, 8), |rules, person| {
            rules.rest = 11 * 60;
            person.before = vec![hours(-10, 8)];
        }),
    );
    let night_then_late = |day: usize, hour: usize| match (day, hour) {
        (0, 22..) | (1, ..6) | (1, 16..) => 50.0,
        _ => 0.0,
    };
    let two_days_after_a_night = RestAfterNights {
        in_a_row: 1,
        rest: 48 * 60,
    };
    case(
        "rest-after-nights",
        alone(night_then_late, |rules, _| {
            rules.terms.rest_after_nights = Some(two_days_after_a_night);
        }),
    );
    case(
        "rest-after-nights",
        alone(always, |rules, person| {
            rules.terms.rest_after_nights = Some(two_days_after_a_night);
            person.before = vec![hours(-26, 8)];
        }),
    );
    case(
        "weekly-rest",
        alone(between(8, 16), |rules, _| {
            rules.terms.weekly_rest = Some(35 * 60)
        }),
    );
    case(
        "weekly-rest",
        alone_for(2, between(14, 24), |rules, _| {
            rules.terms.weekly_rest = Some(72 * 60)
        }),
    );
    let a_day_and_a_half = LongRest {
        rest: 35 * 60,
        days: 7,
    };
    case(
        "long-rest",
        alone_for(2, between(8, 16), |rules, _| {
            rules.terms.long_rest = Some(a_day_and_a_half)
        }),
    );
    // Six days of last week behind them: tomorrow is too late.
    case(
        "long-rest",
        alone(between(8, 16), |rules, person| {
            rules.terms.long_rest = Some(a_day_and_a_half);
            person.before = (1..=6).rev().map(|back| hours(8 - 24 * back, 8)).collect();
        }),
    );
    case(
        "days-per-week",
        alone(always, |rules, _| rules.days_per_week = (0, 5)),
    );
    case(
        "days-per-week",
        alone(|_, _| 0.0, |rules, _| rules.days_per_week = (2, 7)),
    );
    case(
        "hours-per-week",
        alone(always, |rules, _| rules.paid_minutes_per_week = (0, 2400)),
    );
    case(
        "average-hours",
        alone_for(2, between(8, 16), |rules, person| {
            rules.terms.average = Some(Average {
                minutes_per_week: 2400,
                weeks: 4,
            });
            person.record.past_minutes = vec![Some(3000), None, Some(9999)];
        }),
    );
    case(
        "average-hours",
        alone_for(3, between(8, 16), |rules, _| {
            rules.terms.average = Some(Average {
                minutes_per_week: 2400,
                weeks: 2,
            });
        }),
    );
    let limits = [
        (limit(Counted::Nights, 2, Period::AnyDays(7)), 1),
        (limit(Counted::Nights, 5, Period::AnyDays(9)), 2),
        (limit(Counted::Hours, 1500, Period::AnyDays(7)), 1),
        (limit(Counted::Hours, 2400, Period::Week), 1),
        (limit(Counted::Days, 4, Period::Plan), 1),
        (limit(Counted::Sundays, 1, Period::Month), 2),
        (limit(Counted::Late, 0, Period::Week), 1),
        (limit(Counted::Early, 3, Period::Plan), 2),
    ];
    for (limit, weeks) in limits {
        let worth = |day: usize, hour: usize| match limit.counted {
            Counted::Nights => nights(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(day, hour),
            Counted::Late => between(14, 22)(day, hour),
            Counted::Early => between(6, 14)(day, hour),
            _ => always(day, hour),
        };
        let counted = limit.counted;
        case(
            "limits",
            alone_for(weeks, worth, |rules, person| {
                rules.terms.limits = vec![limit.clone()];
                if counted == Counted::Nights {
                    person.before = vec![hours(-26, 8)];
                }
            }),
        );
    }
    case(
        "limits",
        alone(
            |_, _| 0.0,
            |rules, _| {
                rules.terms.limits = vec![Limit {
                    at_least: Some(2),
                    ..limit(Counted::Late, 5, Period::Week)
                }];
            },
        ),
    );
    case(
        "consecutive-days",
        alone(always, |rules, person| {
            rules.max_consecutive_days = Some(3);
            person.before = vec![hours(-16, 8)];
        }),
    );
    case(
        "consecutive-days-off",
        alone(
            |day, hour| {
                if day % 2 == 0 {
                    between(8, 16)(day, hour)
                } else {
                    0.0
                }
            },
            |rules, _| {
                rules.min_consecutive_days_off = Some(2);
            },
        ),
    );
    case(
        "nights-per-week",
        alone(nights(&[0, 1, 3]), |rules, _| {
            rules.max_nights_per_week = Some(2)
        }),
    );
    case(
        "consecutive-nights",
        alone(nights(&[0, 1, 3]), |rules, _| {
            rules.max_consecutive_nights = Some(1)
        }),
    );
    case(
        "weekends-off",
        alone(always, |rules, person| {
            rules.weekends_off = Some((1, 2));
            person.before = vec![hours(-40, 8)];
        }),
    );
    case(
        "same-start",
        alone(late_then_early, |rules, _| {
            rules.same_start_within = Some(120)
        }),
    );
    let early_week_then_late = |day: usize, hour: usize| match day / 7 {
        0 if (6..14).contains(&hour) => 50.0,
        1 if (14..22).contains(&hour) => 50.0,
        _ => 0.0,
    };
    case(
        "same-start-over-weeks",
        alone_for(2, early_week_then_late, |rules, _| {
            rules.terms.same_start_over_weeks = Some(120);
        }),
    );
    case(
        "same-start-over-weeks",
        alone(between(6, 14), |rules, person| {
            rules.terms.same_start_over_weeks = Some(120);
            person.before = vec![hours(-34, 8)];
        }),
    );
    case(
        "forward-rotation",
        alone(late_then_early, |rules, _| {
            rules.terms.rotation = Some(Strength::Hard)
        }),
    );
    let mut narrow = team(2, 1, between(8, 16));
    narrow.sites[0].seats = Some(1);
    case("seats", narrow);
    let mut covered = team(2, 1, between(8, 16));
    let mut evening = cover(vec![0], covered.slots);
    evening.min = 1;
    evening.active = (0..covered.slots).map(|slot| slot == 20).collect();
    covered.covers = vec![evening];
    case("cover", covered);
    let mut spanned = team(2, 1, |day, hour| {
        if day == 0 {
            between(8, 16)(day, hour)
        } else {
            0.0
        }
    });
    // The second may work only while the first does, who has nothing to gain from it.
    spanned.people[0].pool = None;
    let mut beside = cover(vec![0], spanned.slots);
    (beside.one_per, beside.counted) = (Some(1), vec![1]);
    spanned.covers = vec![beside];
    case("cover", spanned);
    let mut apart = team(2, 1, between(8, 16));
    let mut one_of_two = cover(vec![0, 1], apart.slots);
    one_of_two.max = Some(1);
    apart.covers = vec![one_of_two];
    case("cover-max", apart);
    cases
}
