//! Histories as people have them: clock changes, gaps, closed hours, odd days, day totals, hours.

mod forecast_support;

use chrono::{Datelike, NaiveDate};
use followsun::forecast::series::{Absent, backtest_series, parse_series};
use followsun::forecast::{
    ForecastError, ForecastInput, HistoryPoint, LocalSeries, Note, forecast,
};
use forecast_support::{DAY, Dice, HOUR, date_at, history, one, queue, rate, utc, wape, week};

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
fn rows_that_are_missing_are_no_zeros_where_many_come() {
    // Two rows of five are lost, and no hour is so quiet that a row says 0.
    let target = week("2026-06-01", 1800);
    let mut points = history("2026-01-05", 147, 1800, 11, 0, |_| 8.0);
    let mut dice = Dice(5);
    points.retain(|p| p.contacts > 0.0 && dice.uniform() > 0.4);
    let made = one(queue("q", points, 1800), target);
    let error = wape(&made.contacts, target, 8.0);
    assert!(error < 0.06, "{error}");
    let missing = |n: &Note| matches!(n, Note::Missing { share, .. } if *share > 0.35);
    assert!(made.notes.iter().any(missing), "{:?}", made.notes);
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

fn assert_noted(notes: &[Note], note: &Note) {
    assert!(notes.contains(note), "{notes:?}");
}

/// A queue to which next to nobody writes stays what it is when somebody does; the zeros are no time before it opened.
#[test]
fn one_contact_after_many_quiet_weeks_is_no_opening() {
    let target = week("2026-09-07", 1800);
    for (days_ago, of) in [(&[1][..], "yesterday"), (&[2, 9], "twice")] {
        let mut points = history("2026-01-05", 245, 1800, 3, 0, |_| 1.0);
        let contact = |days: &i64| utc("2026-09-07") - days * DAY + 10 * HOUR;
        let came: Vec<i64> = days_ago.iter().map(contact).collect();
        for point in &mut points {
            point.contacts = f64::from(u8::from(came.contains(&point.utc)));
        }
        let made = one(queue("q", points, 1800), target);
        let sum: f64 = made.contacts.iter().sum();
        assert!((0.0..1.0).contains(&sum), "{of}: {sum}");
        let opened = |note: &&Note| matches!(note, Note::Opened { .. });
        assert!(!made.notes.iter().any(|note| opened(&note)), "{of}");
    }
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
    let date = "2026-04-27".parse().unwrap();
    assert_noted(&opened.notes, &Note::Opened { date });
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
    let date = "2026-05-04".parse().unwrap();
    assert_noted(&closed.notes, &Note::Closed { date });
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
fn hours_that_moved_do_not_make_the_forecast_unsure() {
    // From the thirtieth week on the queue is open two hours later, and on Saturdays.
    let (slots, weeks) = (48, 50);
    let mut dice = Dice(7);
    let mut series = LocalSeries {
        first_day: date_at(utc("2025-01-06")),
        slots_per_day: slots,
        counts: Vec::new(),
        open: Vec::new(),
        handle_time_s: Vec::new(),
        special_days: Vec::new(),
    };
    for d in 0..7 * weeks {
        let (hours, days) = if d < 7 * 30 { (8..20, 5) } else { (10..22, 6) };
        let busy = 0.9 + 0.2 * dice.uniform();
        for slot in 0..slots {
            let open = d % 7 < days && hours.contains(&(slot / 2));
            series.open.push(open);
            series.counts.push(open.then(|| dice.poisson(40.0 * busy)));
        }
    }
    let report = backtest_series(&series, None).unwrap();
    for week in &report.weeks {
        let (own, six) = (week.scores, week.median_of_six);
        assert!(
            own.pinball < 1.02 * six.pinball,
            "week {}: {} {}",
            week.week,
            own.pinball,
            six.pinball
        );
    }
}

/// Pinball loss of weeks 1 and 4 of a queue whose hourly contacts have this mean by day.
fn pinball(days: usize, mean: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut dice = Dice(21);
    let mut text = "ts,y\n".to_string();
    for hour in 0..24 * days {
        let busy = 0.85 + 0.3 * Dice(1 + 977 * (hour as u64 / 24)).uniform();
        let at = utc("2025-01-06") + hour as i64 * HOUR;
        let at = chrono::DateTime::from_timestamp(at, 0).unwrap().naive_utc();
        let count = dice.poisson(busy * mean(hour / 24));
        text += &format!("{at},{count}\n");
    }
    let series = parse_series(&text, 60, Absent::Guess).unwrap();
    let report = backtest_series(&series, None).unwrap();
    report.weeks.iter().map(|w| w.scores.pinball).collect()
}

#[test]
fn the_time_before_a_queue_opened_does_not_make_it_unsure() {
    let always = pinball(7 * 26, |_| 60.0);
    // For a third of a year zeros were written of a queue that did not exist, or calls that went astray.
    for before in [0.0, 0.004] {
        let opened = pinball(7 * 36, |day| if day < 7 * 17 { before } else { 60.0 });
        for (week, (opened, always)) in opened.iter().zip(&always).enumerate() {
            assert!(
                *opened < 2.0 * always,
                "{before}, week {week}: {opened} {always}"
            );
        }
    }
}
