//! The forecast through its public door, on made-up queues whose truth is known.

use chrono::{Datelike, NaiveDate};
use followsun::forecast::{
    Event, ForecastError, ForecastInput, HistoryPoint, Like, Note, QueueInput, SpecialDay,
    SpecialKind, Target, backtest, forecast, forecast_today, months,
};
use std::f64::consts::PI;

const HOUR: i64 = 3600;
const DAY: i64 = 86_400;

fn utc(date: &str) -> i64 {
    date.parse::<NaiveDate>()
        .unwrap()
        .and_hms_opt(0, 0, 0)
        .unwrap()
        .and_utc()
        .timestamp()
}

fn date_at(seconds: i64) -> NaiveDate {
    chrono::DateTime::from_timestamp(seconds, 0)
        .unwrap()
        .date_naive()
}

/// A reproducible Poisson draw.
struct Dice(u64);

impl Dice {
    fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn poisson(&mut self, mean: f64) -> f64 {
        if mean > 60.0 {
            let normal = (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0;
            return (mean + mean.sqrt() * normal).round().max(0.0);
        }
        let (limit, mut product, mut n) = ((-mean).exp(), self.uniform(), 0.0);
        while product > limit {
            product *= self.uniform();
            n += 1.0;
        }
        n
    }
}

/// Contacts an hour by local second: busy days, quiet nights, half on weekends.
fn rate(local: i64) -> f64 {
    let hour = local.rem_euclid(DAY) as f64 / 3600.0;
    let weekend = date_at(local).weekday().num_days_from_monday() > 4;
    20.0 * (1.1 + ((hour - 8.0) * PI / 12.0).sin()) * if weekend { 0.5 } else { 1.0 }
}

fn history(
    from: &str,
    days: i64,
    step: i64,
    seed: u64,
    offset: i64,
    factor: impl Fn(i64) -> f64,
) -> Vec<HistoryPoint> {
    let (start, mut dice) = (utc(from), Dice(seed));
    (0..days * DAY / step)
        .map(|i| {
            let t = start + i * step;
            let mean = rate(t + offset) * step as f64 / 3600.0 * factor(t);
            HistoryPoint {
                utc: t,
                contacts: dice.poisson(mean),
                handle_time_s: Some(
                    300.0 + 60.0 * f64::from((t + offset).rem_euclid(DAY) > 20 * HOUR),
                ),
            }
        })
        .collect()
}

fn always(_: NaiveDate, _: u32) -> bool {
    true
}

fn greenwich(_: i64) -> i32 {
    0
}

fn queue(id: &str, history: Vec<HistoryPoint>, step: i64) -> QueueInput<'static> {
    QueueInput {
        id: id.to_string(),
        language: "en".to_string(),
        channel: "phone".to_string(),
        clock: &greenwich,
        open: &always,
        history,
        history_interval_s: step as u32,
        special_days: Vec::new(),
        events: Vec::new(),
        like: None,
        changes: Vec::new(),
    }
}

fn week(start: &str, step: i64) -> Target {
    Target {
        start: utc(start),
        step_s: step as u32,
        len: (7 * DAY / step) as usize,
    }
}

fn wape(contacts: &[f64], target: Target, factor: f64) -> f64 {
    let truth: Vec<f64> = (0..target.len as i64)
        .map(|i| {
            factor * rate(target.start + i * i64::from(target.step_s)) * f64::from(target.step_s)
                / 3600.0
        })
        .collect();
    contacts
        .iter()
        .zip(&truth)
        .map(|(c, t)| (c - t).abs())
        .sum::<f64>()
        / truth.iter().sum::<f64>()
}

fn one(queue: QueueInput, target: Target) -> followsun::forecast::QueueForecast {
    forecast(&ForecastInput {
        queues: vec![queue],
        target,
    })
    .unwrap()
    .queues
    .remove(0)
}

#[test]
fn finds_the_true_rates_and_handle_times() {
    let target = week("2026-06-01", 1800);
    let made = one(
        queue("q", history("2026-01-05", 147, 1800, 7, 0, |_| 1.0), 1800),
        target,
    );
    assert!(
        wape(&made.contacts, target, 1.0) < 0.06,
        "{}",
        wape(&made.contacts, target, 1.0)
    );
    let inside = made
        .quantiles
        .iter()
        .filter(|q| q.windows(2).all(|w| w[0] <= w[1]) && q[0] >= 0.0)
        .count();
    assert_eq!(inside, target.len);
    let (day, evening) = (
        made.handle_time_s[24].unwrap(),
        made.handle_time_s[45].unwrap(),
    );
    assert!(
        (day - 300.0).abs() < 6.0 && (evening - 360.0).abs() < 12.0,
        "{day} {evening}"
    );
    assert!(made.notes.is_empty(), "{:?}", made.notes);
}

#[test]
fn intervals_hold_out_of_sample() {
    let input = ForecastInput {
        queues: vec![queue(
            "q",
            history("2025-01-06", 364, 3600, 3, 0, |_| 1.0),
            3600,
        )],
        target: week("2026-01-05", 3600),
    };
    let tested = backtest(&input, 12, &[1, 4]).unwrap().remove(0);
    for week in &tested.weeks {
        let s = week.scores;
        assert!(
            (0.77..=0.84).contains(&s.cover80),
            "week {}: {}",
            week.week,
            s.cover80
        );
        assert!(
            (0.93..=0.975).contains(&s.cover95),
            "week {}: {}",
            week.week,
            s.cover95
        );
        assert!(s.pinball < week.median_of_six.pinball, "{s:?}");
        assert!(
            s.wape < 1.1 * s.poisson_floor,
            "{} {}",
            s.wape,
            s.poisson_floor
        );
    }
}

#[test]
fn a_clock_change_neither_loses_nor_invents_an_hour() {
    // Clocks go back an hour at 2026-10-25T01:00Z, and went forward at 2026-03-29T01:00Z.
    let london = |t: i64| {
        if t >= utc("2026-03-29") + HOUR && t < utc("2026-10-25") + HOUR {
            3600
        } else {
            0
        }
    };
    let local_rate = |t: i64| rate(t + i64::from(london(t)));
    let start = utc("2026-02-02");
    let points: Vec<HistoryPoint> = (0..259 * 48)
        .map(|i| start + i * 1800)
        .map(|t| HistoryPoint {
            utc: t,
            contacts: local_rate(t) / 2.0,
            handle_time_s: None,
        })
        .collect();
    let mut q = queue("q", points, 1800);
    q.clock = &london;
    let target = week("2026-10-19", 1800);
    let made = one(q, target);
    for (i, c) in made.contacts.iter().enumerate() {
        let truth = local_rate(target.start + i as i64 * 1800) / 2.0;
        assert!(
            (c - truth).abs() < 0.06 * truth + 0.2,
            "interval {i}: {c} {truth}"
        );
    }
}

#[test]
fn gaps_are_gaps_and_doubled_rows_count_once() {
    let target = week("2026-06-01", 1800);
    let mut points = history("2026-01-05", 147, 1800, 11, 0, |_| 1.0);
    let mut dice = Dice(5);
    points.retain(|_| dice.uniform() > 0.1);
    let again: Vec<HistoryPoint> = points.iter().step_by(40).copied().collect();
    points.extend(again);
    let made = one(queue("q", points, 1800), target);
    assert!(
        wape(&made.contacts, target, 1.0) < 0.06,
        "{}",
        wape(&made.contacts, target, 1.0)
    );
    assert!(
        made.notes
            .iter()
            .any(|n| matches!(n, Note::Missing { share, .. } if (0.08..0.12).contains(share))),
        "{:?}",
        made.notes
    );
    assert!(made.notes.iter().any(|n| matches!(n, Note::Doubled { .. })));
}

#[test]
fn closed_hours_get_nothing() {
    let hours = |date: NaiveDate, minute: u32| {
        date.weekday().num_days_from_monday() < 5 && (480..1200).contains(&minute)
    };
    let mut q = queue("q", history("2026-01-05", 147, 1800, 2, 0, |_| 1.0), 1800);
    q.open = &hours;
    let target = week("2026-06-01", 1800);
    let made = one(q, target);
    for (i, c) in made.contacts.iter().enumerate() {
        let t = target.start + i as i64 * 1800;
        let open = hours(date_at(t), (t.rem_euclid(DAY) / 60) as u32);
        assert_eq!(*c > 0.0, open, "interval {i}");
        assert!(open || made.quantiles[i] == [0.0; 5]);
    }
}

#[test]
fn every_queue_that_cannot_be_forecast_is_named() {
    let queues = vec![
        queue("new", history("2026-05-25", 7, 1800, 2, 0, |_| 1.0), 1800),
        queue("fine", history("2026-05-04", 28, 1800, 2, 0, |_| 1.0), 1800),
        queue("empty", Vec::new(), 1800),
    ];
    let errors = forecast(&ForecastInput {
        queues,
        target: week("2026-06-01", 1800),
    })
    .unwrap_err();
    let named: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(named.len(), 2, "{named:?}");
    assert!(
        named[0].contains("queue new: 7 days") && named[0].contains("like ="),
        "{}",
        named[0]
    );
    assert!(
        matches!(&errors[1], ForecastError::TooShort { queue, days: 0, .. } if queue == "empty")
    );
}

#[test]
fn short_histories_are_forecast_with_wider_intervals() {
    let target = week("2026-06-01", 1800);
    let spread = |days: i64| {
        let from = date_at(target.start - days * DAY).to_string();
        let made = one(
            queue("q", history(&from, days, 1800, 9, 0, |_| 1.0), 1800),
            target,
        );
        assert!(
            wape(&made.contacts, target, 1.0) < 0.2,
            "{days} days: {}",
            wape(&made.contacts, target, 1.0)
        );
        (
            made.quantiles[24][3] - made.quantiles[24][1],
            made.notes.iter().any(|n| matches!(n, Note::Short { .. })),
        )
    };
    let (two_weeks, noted) = spread(14);
    let (half_a_year, not_noted) = spread(182);
    assert!(two_weeks > 1.1 * half_a_year, "{two_weeks} {half_a_year}");
    assert!(noted && !not_noted);
}

#[test]
fn a_new_market_borrows_shape_on_its_own_clock_and_learns_its_volume() {
    let tokyo = |_: i64| 9 * 3600;
    let target = week("2026-06-01", 1800);
    let model = || queue("en", history("2026-01-05", 147, 1800, 4, 0, |_| 1.0), 1800);
    let new = |own: Vec<HistoryPoint>, ramp_weeks: f64| {
        let mut q = queue("ja", own, 1800);
        q.clock = &tokyo;
        q.like = Some(Like {
            queue: 0,
            contacts: 0.5,
            ramp_weeks,
        });
        forecast(&ForecastInput {
            queues: vec![model(), q],
            target,
        })
        .unwrap()
        .queues
        .remove(1)
    };
    let fresh = new(Vec::new(), 0.0);
    let truth = |t: i64| 0.25 * rate(t + 9 * HOUR);
    let error: f64 = fresh
        .contacts
        .iter()
        .enumerate()
        .map(|(i, c)| (c - truth(target.start + i as i64 * 1800)).abs())
        .sum();
    let all: f64 = (0..336).map(|i| truth(target.start + i * 1800)).sum();
    assert!(error / all < 0.1, "{}", error / all);
    let ramped: f64 = new(Vec::new(), 8.0).contacts.iter().sum();
    let full: f64 = fresh.contacts.iter().sum();
    assert!(
        ramped > 0.01 * full && ramped < 0.15 * full,
        "{ramped} of {full}"
    );
    // Three own weeks at twice what was expected.
    let learned = new(history("2026-05-11", 21, 1800, 8, 9 * HOUR, |_| 1.0), 0.0);
    let sum: f64 = learned.contacts.iter().sum();
    assert!(sum > 1.6 * full && sum < 2.1 * full, "{sum} of {full}");
    let cv = |f: &followsun::forecast::QueueForecast| f.day_cv[100];
    assert!(
        cv(&fresh) > 0.45 && cv(&learned) < 0.5 * cv(&fresh),
        "{} {}",
        cv(&fresh),
        cv(&learned)
    );
}

#[test]
fn a_past_event_is_learned_and_not_mistaken_for_level() {
    // The two last weeks were a campaign that doubled contacts; another one is to come.
    let campaign = utc("2026-05-18");
    let points = history("2026-01-05", 147, 1800, 6, 0, |t| {
        if t >= campaign { 2.0 } else { 1.0 }
    });
    let target = week("2026-06-01", 1800);
    let event = |from: &str, to: &str, contacts| Event {
        name: "sale".into(),
        from: utc(from),
        to: utc(to),
        contacts,
        handle_time: 1.0,
        move_to: None,
    };
    let mut told = queue("q", points.clone(), 1800);
    told.events = vec![event("2026-05-18", "2026-06-01", 1.0)];
    let calm = one(told, target);
    assert!(
        wape(&calm.contacts, target, 1.0) < 0.08,
        "{}",
        wape(&calm.contacts, target, 1.0)
    );
    let untold: f64 = one(queue("q", points.clone(), 1800), target)
        .contacts
        .iter()
        .sum();
    assert!(untold > 1.3 * calm.contacts.iter().sum::<f64>());
    let mut again = queue("q", points, 1800);
    again.events = vec![
        event("2026-05-18", "2026-06-01", 1.0),
        event("2026-06-01", "2026-06-08", 1.0),
    ];
    let busy = one(again, target);
    assert!(
        wape(&busy.contacts, target, 2.0) < 0.12,
        "{}",
        wape(&busy.contacts, target, 2.0)
    );
}

#[test]
fn an_event_counts_however_short_the_history() {
    let target = week("2026-06-01", 1800);
    for weeks in 2..=5 {
        let from = date_at(utc("2026-06-01") - weeks * 7 * 24 * HOUR).to_string();
        let made = |events: Vec<Event>| {
            let points = history(&from, weeks * 7, 1800, 9, 0, |_| 1.0);
            let mut queue = queue("q", points, 1800);
            queue.events = events;
            one(queue, target).contacts.iter().sum::<f64>()
        };
        let recall = Event {
            name: "recall".into(),
            from: utc("2026-06-01"),
            to: utc("2026-06-08"),
            contacts: 4.0,
            handle_time: 1.0,
            move_to: None,
        };
        let factor = made(vec![recall]) / made(Vec::new());
        assert!((3.9..4.2).contains(&factor), "{weeks} weeks: {factor}");
    }
}

#[test]
fn an_outage_sends_its_contacts_elsewhere() {
    let target = week("2026-06-01", 1800);
    let make = |events: Vec<Event>| {
        let mut phone = queue(
            "phone",
            history("2026-01-05", 147, 1800, 6, 0, |_| 1.0),
            1800,
        );
        phone.events = events;
        let email = queue(
            "email",
            history("2026-01-05", 147, 1800, 16, 0, |_| 1.0),
            1800,
        );
        forecast(&ForecastInput {
            queues: vec![phone, email],
            target,
        })
        .unwrap()
        .queues
    };
    let (calm, from) = (make(Vec::new()), utc("2026-06-02") + 10 * HOUR);
    let down = make(vec![Event {
        name: "outage".into(),
        from,
        to: from + 2 * HOUR,
        contacts: 0.25,
        handle_time: 1.0,
        move_to: Some(1),
    }]);
    for i in 0..target.len {
        let hit = (68..72).contains(&i);
        let lost = if hit { 0.75 * calm[0].contacts[i] } else { 0.0 };
        assert!(
            (down[0].contacts[i] - (calm[0].contacts[i] - lost)).abs() < 1e-9,
            "interval {i}"
        );
        assert!(
            (down[1].contacts[i] - (calm[1].contacts[i] + lost)).abs() < 1e-9,
            "interval {i}"
        );
    }
}

#[test]
fn a_holiday_is_learned_by_name() {
    let days = [
        ("2024-05-01", 0.4),
        ("2025-05-01", 0.4),
        ("2024-12-06", 1.0),
        ("2025-12-06", 1.0),
        ("2026-05-01", 0.4),
    ];
    let factor = |t: i64| {
        days.iter()
            .find(|d| utc(d.0) == t.div_euclid(DAY) * DAY)
            .map_or(1.0, |d| d.1)
    };
    let mut q = queue("q", history("2024-01-01", 850, 3600, 12, 0, factor), 3600);
    q.special_days = days
        .iter()
        .map(|d| SpecialDay {
            date: d.0.parse().unwrap(),
            name: if d.1 < 1.0 {
                "Labour Day"
            } else {
                "St Nicholas"
            }
            .into(),
            kind: SpecialKind::PublicHoliday,
        })
        .collect();
    q.history.retain(|p| p.utc < utc("2026-04-27"));
    let target = week("2026-04-27", 3600);
    let made = one(q, target);
    let sum = |from: usize| made.contacts[from..from + 24].iter().sum::<f64>();
    let ratio = sum(96) / sum(72);
    assert!((0.32..0.5).contains(&ratio), "{ratio}");
}

/// Width of the 80 % interval as a share of the mean, by local day of the target's week.
fn widths(made: &followsun::forecast::QueueForecast) -> Vec<f64> {
    let days = made.contacts.chunks(24).zip(made.quantiles.chunks(24));
    days.map(|(contacts, quantiles)| {
        let width: f64 = quantiles.iter().map(|q| q[3] - q[1]).sum();
        width / contacts.iter().sum::<f64>()
    })
    .collect()
}

#[test]
fn what_has_not_been_seen_is_less_sure() {
    // Christmas halves the day; the other holidays of the year do little.
    let holidays = ["05-01", "06-24", "07-06", "08-15", "11-01", "12-25"];
    let all: Vec<String> = [2023, 2024, 2025]
        .iter()
        .flat_map(|year| holidays.iter().map(move |day| format!("{year}-{day}")))
        .collect();
    let special: Vec<SpecialDay> = all
        .iter()
        .map(|day| SpecialDay {
            date: day.parse().unwrap(),
            name: day[5..].into(),
            kind: SpecialKind::PublicHoliday,
        })
        .collect();
    let factor = |t: i64| {
        let date = date_at(t).to_string();
        match all.contains(&date) {
            true if date.ends_with("12-25") => 0.5,
            true => 0.9,
            false => 1.0,
        }
    };
    let made = |from: &str, plan: &str| {
        let days = (utc(plan) - utc(from)) / DAY;
        let mut q = queue("q", history(from, days - 14, 3600, 3, 0, factor), 3600);
        q.special_days = special.clone();
        widths(&one(q, week(plan, 3600)))
    };
    let (first, third) = (
        made("2025-03-03", "2025-12-22"),
        made("2023-03-06", "2025-12-22"),
    );
    // Thursday the 25th and the days after it; Monday and Tuesday before the season are alike.
    assert!(first[3] > 1.5 * third[3], "{first:?} {third:?}");
    assert!(first[4] > 1.2 * third[4], "{first:?} {third:?}");
    assert!(
        (0.8..1.2).contains(&(first[0] / third[0])),
        "{first:?} {third:?}"
    );
    // Three weeks into January nothing is special, but what January is like is not known yet.
    let (first, third) = (
        made("2025-03-03", "2026-01-12"),
        made("2023-03-06", "2026-01-12"),
    );
    assert!(first[2] > 1.1 * third[2], "{first:?} {third:?}");
}

#[test]
fn a_holiday_is_lent_by_the_queues_that_have_seen_it() {
    // The small queue opened after the last Labour Day; the large one has seen two.
    let days = ["2024-05-01", "2025-05-01", "2026-05-01"];
    let factor = |t: i64| {
        if days.iter().any(|d| utc(d) == t.div_euclid(DAY) * DAY) {
            0.4
        } else {
            1.0
        }
    };
    let special: Vec<SpecialDay> = days
        .iter()
        .map(|d| SpecialDay {
            date: d.parse().unwrap(),
            name: "Labour Day".into(),
            kind: SpecialKind::PublicHoliday,
        })
        .collect();
    let make = |id, from: &str, days| {
        let mut q = queue(id, history(from, days, 3600, 12, 0, factor), 3600);
        q.special_days = special.clone();
        q
    };
    let queues = vec![
        make("old", "2024-01-01", 847),
        make("young", "2025-11-03", 175),
    ];
    let made = forecast(&ForecastInput {
        queues,
        target: week("2026-04-27", 3600),
    })
    .unwrap()
    .queues
    .remove(1);
    let sum = |from: usize| made.contacts[from..from + 24].iter().sum::<f64>();
    let ratio = sum(96) / sum(72);
    assert!((0.35..0.6).contains(&ratio), "{ratio}");
}

#[test]
fn opened_closed_and_odd_days_are_seen() {
    let target = week("2026-06-01", 1800);
    let opened = one(
        queue(
            "q",
            history("2026-01-05", 147, 1800, 3, 0, |t| {
                f64::from(t >= utc("2026-04-27"))
            }),
            1800,
        ),
        target,
    );
    assert!(
        wape(&opened.contacts, target, 1.0) < 0.12,
        "{}",
        wape(&opened.contacts, target, 1.0)
    );
    assert!(
        opened.notes.contains(&Note::Opened {
            date: "2026-04-27".parse().unwrap()
        }),
        "{:?}",
        opened.notes
    );
    let closed = one(
        queue(
            "q",
            history("2026-01-05", 147, 1800, 3, 0, |t| {
                f64::from(t < utc("2026-05-04"))
            }),
            1800,
        ),
        target,
    );
    assert_eq!(closed.contacts.iter().sum::<f64>(), 0.0);
    assert!(
        closed.notes.contains(&Note::Closed {
            date: "2026-05-04".parse().unwrap()
        }),
        "{:?}",
        closed.notes
    );
    let odd_day = utc("2026-05-13");
    let odd = one(
        queue(
            "q",
            history("2026-01-05", 147, 1800, 3, 0, |t| {
                if t.div_euclid(DAY) * DAY == odd_day {
                    4.0
                } else {
                    1.0
                }
            }),
            1800,
        ),
        target,
    );
    assert!(
        wape(&odd.contacts, target, 1.0) < 0.07,
        "{}",
        wape(&odd.contacts, target, 1.0)
    );
    assert!(
        odd.notes
            .iter()
            .any(|n| matches!(n, Note::Outlier { date, .. } if *date == date_at(odd_day))),
        "{:?}",
        odd.notes
    );
}

#[test]
fn day_totals_and_hours_serve_a_plan_of_quarters() {
    let target = week("2026-06-01", 900);
    let hourly = one(
        queue("h", history("2026-01-05", 147, HOUR, 3, 0, |_| 1.0), HOUR),
        target,
    );
    assert!(
        wape(&hourly.contacts, target, 1.0) < 0.07,
        "{}",
        wape(&hourly.contacts, target, 1.0)
    );
    let mut totals = queue("d", history("2026-01-05", 147, 900, 5, 0, |_| 1.0), 900);
    let days: Vec<HistoryPoint> = totals
        .history
        .chunks(96)
        .map(|day| HistoryPoint {
            utc: day[0].utc,
            contacts: day.iter().map(|p| p.contacts).sum(),
            handle_time_s: None,
        })
        .collect();
    totals.history = days;
    totals.history_interval_s = DAY as u32;
    let peer = queue("p", history("2026-01-05", 147, 900, 3, 0, |_| 1.0), 900);
    let made = forecast(&ForecastInput {
        queues: vec![peer, totals],
        target,
    })
    .unwrap()
    .queues
    .remove(1);
    assert!(
        wape(&made.contacts, target, 1.0) < 0.1,
        "{}",
        wape(&made.contacts, target, 1.0)
    );
    assert!(made.notes.contains(&Note::DailyTotals { flat: false }));
    // A day's total is all there, also where the queue is open half of the day only.
    let mut half = queue(
        "half",
        (0..147)
            .map(|d| HistoryPoint {
                utc: utc("2026-01-05") + d * DAY,
                contacts: 100.0,
                handle_time_s: None,
            })
            .collect(),
        DAY,
    );
    half.open = &|_, minute| minute >= 720;
    let made = one(half, target);
    let monday: f64 = made.contacts[..96].iter().sum();
    assert!(
        (monday - 100.0).abs() < 2.0 && made.contacts[47] == 0.0,
        "{monday}"
    );
}

#[test]
fn a_night_queue_full_of_zeros_keeps_its_mean() {
    let target = week("2026-06-01", 1800);
    let made = one(
        queue(
            "night",
            history("2026-01-05", 147, 1800, 21, 0, |_| 0.01),
            1800,
        ),
        target,
    );
    let truth: f64 = (0..336)
        .map(|i| 0.005 * rate(target.start + i * 1800))
        .sum();
    let sum: f64 = made.contacts.iter().sum();
    assert!((sum / truth - 1.0).abs() < 0.25, "{sum} {truth}");
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let input = || ForecastInput {
        queues: (0..5)
            .map(|i| {
                queue(
                    &format!("q{i}"),
                    history("2026-02-02", 119, 3600, 3 + i, 0, |_| 0.2 + i as f64),
                    3600,
                )
            })
            .collect(),
        target: week("2026-06-01", 1800),
    };
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        format!("{:?}", pool.install(|| forecast(&input()).unwrap()))
    };
    assert_eq!(on(1), on(4));
}

#[test]
fn busyness_is_common_only_where_it_is() {
    let shared = |seed: u64| {
        // A factor a day, the same for all queues with the same seed.
        move |t: i64| {
            1.0 + 0.4
                * (Dice((t.div_euclid(DAY) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ seed)
                    .uniform()
                    - 0.5)
        }
    };
    let common = |seeds: [u64; 3]| {
        let queues = seeds
            .iter()
            .enumerate()
            .map(|(i, &s)| {
                queue(
                    &format!("q{i}"),
                    history("2025-06-02", 364, 3600, 3 + i as u64, 0, shared(s)),
                    3600,
                )
            })
            .collect();
        forecast(&ForecastInput {
            queues,
            target: week("2026-06-01", 3600),
        })
        .unwrap()
        .common_busyness
    };
    let (same, apart) = (common([1, 1, 1]), common([1, 1 << 40, 1 << 50]));
    assert!(same > 0.6 && apart < 0.35, "{same} {apart}");
}

#[test]
fn the_rest_of_today_follows_the_morning_in_part() {
    // Every day has its own busyness, so mornings tell about afternoons.
    let day_factor = |t: i64| {
        1.0 + 0.8
            * (Dice((t.div_euclid(DAY) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)).uniform() - 0.5)
    };
    let target = week("2026-06-01", 1800);
    let input = ForecastInput {
        queues: vec![queue(
            "q",
            history("2025-06-02", 364, 1800, 4, 0, day_factor),
            1800,
        )],
        target,
    };
    let calm = forecast(&input).unwrap().queues.remove(0);
    let now = target.start + 12 * HOUR;
    let morning: Vec<HistoryPoint> = (0..30)
        .map(|i| HistoryPoint {
            utc: target.start + i * 1800,
            contacts: (1.3 * calm.contacts[i as usize]).round(),
            handle_time_s: Some(360.0),
        })
        .collect();
    let (left, made) = forecast_today(&input, now, &[morning]).unwrap();
    assert_eq!((left.start, left.len), (now, target.len - 24));
    let made = &made.queues[0];
    let sum = |values: &[f64]| values.iter().sum::<f64>();
    let ratio = sum(&made.contacts[..24]) / sum(&calm.contacts[24..48]);
    assert!((1.1..1.3).contains(&ratio), "{ratio}");
    let handle = made.handle_time_s[0].unwrap() / calm.handle_time_s[24].unwrap();
    assert!((1.05..1.2).contains(&handle), "{handle}");
    assert!(made.day_cv[0] < 0.9 * calm.day_cv[24]);
    let tomorrow = (made.contacts[24] - calm.contacts[48]).abs() / calm.contacts[48];
    assert!(tomorrow < 1e-9, "{tomorrow}");
}

#[test]
fn months_ahead_per_queue() {
    let input = ForecastInput {
        queues: vec![
            queue("q", history("2025-06-02", 364, HOUR, 4, 0, |_| 1.0), HOUR),
            queue("none", Vec::new(), HOUR),
        ],
        target: week("2026-06-01", HOUR),
    };
    let made = months(&input, 26);
    let weeks = made[0].as_ref().unwrap();
    assert_eq!(
        (weeks.len(), weeks[0].monday),
        (26, "2026-06-01".parse().unwrap())
    );
    let truth: f64 = (0..168).map(|h| rate(utc("2026-06-01") + h * HOUR)).sum();
    assert!(
        weeks
            .iter()
            .all(|w| (w.contacts / truth - 1.0).abs() < 0.03)
    );
    assert!(made[1].is_err());
}
