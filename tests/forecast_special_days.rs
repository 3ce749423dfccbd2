//! Events, outages and holidays: learned, lent, or not known yet.

mod forecast_support;

use chrono::Datelike;
use followsun::forecast::{
    Event, ForecastInput, Note, QueueForecast, SpecialDay, SpecialKind, forecast,
};
use forecast_support::{DAY, HOUR, date_at, history, one, queue, rate, utc, wape, week};

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
    let said: Vec<_> = (busy.notes.iter())
        .filter(|note| matches!(note, Note::ComesAgain { .. }))
        .map(Note::to_string)
        .collect();
    let [said] = &said[..] else {
        panic!("{said:?}");
    };
    assert!(
        said.starts_with("2026-06-01 sale: contacts x 1.9")
            && said
                .ends_with("by 14 days of it in the history and the factor 1.00 that was expected"),
        "{said}"
    );
    assert!(
        !(calm.notes.iter()).any(|note| matches!(note, Note::ComesAgain { .. })),
        "nothing of it is to come"
    );
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

/// Who is told to write at night is answered in the morning; who is told to call a line that is closed is lost.
#[test]
fn contacts_sent_to_a_queue_that_is_closed_wait_if_they_can() {
    let target = week("2026-06-01", 1800);
    let from = utc("2026-06-02");
    let make = |deferred: bool, down: bool| {
        let past = |seed| history("2026-01-05", 147, 1800, seed, 0, |_| 1.0);
        let mut phone = queue("phone", past(6), 1800);
        phone.events.extend(down.then(|| Event {
            name: "outage".into(),
            from,
            to: from + 4 * HOUR,
            contacts: 0.0,
            handle_time: 1.0,
            move_to: Some(1),
        }));
        let mut other = queue("other", past(16), 1800);
        other.open = &|_, minute| (480..1080).contains(&minute);
        other.deferred = deferred;
        let queues = vec![phone, other];
        forecast(&ForecastInput { queues, target }).unwrap().queues
    };
    let calm = make(true, false);
    let night: f64 = calm[0].contacts[48..56].iter().sum();
    assert!(night > 10.0, "{night}");
    for (deferred, arrive) in [(true, night), (false, 0.0)] {
        let down = make(deferred, true);
        for i in 0..target.len {
            let more = down[1].contacts[i] - calm[1].contacts[i];
            let expected = if i == 64 { arrive } else { 0.0 };
            assert!((more - expected).abs() < 1e-6 * night, "{i}: {more}");
        }
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

#[test]
fn a_line_that_was_down_says_nothing_of_the_holidays_in_it() {
    let holidays = ["01-01", "03-11", "05-01", "06-24", "07-06", "08-15"];
    let special: Vec<SpecialDay> = [2025, 2026]
        .iter()
        .flat_map(|year| holidays.iter().map(move |day| format!("{year}-{day}")))
        .map(|date| SpecialDay {
            name: date[5..].into(),
            date: date.parse().unwrap(),
            kind: SpecialKind::PublicHoliday,
        })
        .collect();
    let may_day_of = |down: [&str; 2]| {
        let factor = |t: i64| {
            let holiday = special.iter().any(|s| s.date == date_at(t));
            let quiet = if holiday { 0.8 } else { 1.0 };
            // A few test calls come while the line is down, on some days more than on others.
            let calls = 0.002 * f64::from(1 + date_at(t).ordinal() % 7);
            let is_down = (utc(down[0])..utc(down[1])).contains(&t);
            quiet * if is_down { calls } else { 1.0 }
        };
        let mut q = queue("q", history("2025-01-06", 476, 3600, 12, 0, factor), 3600);
        q.special_days = special.clone();
        let made = one(q, week("2026-04-27", 3600));
        let sum = |from: usize| made.contacts[from..from + 24].iter().sum::<f64>();
        sum(96) / sum(72)
    };
    let never = may_day_of(["2025-05-19", "2025-05-19"]);
    let over_may_day = may_day_of(["2025-04-29", "2025-05-19"]);
    assert!((0.7..0.9).contains(&never), "{never}");
    assert!((0.7..0.95).contains(&over_may_day), "{over_may_day}");
}

/// Width of the 80 % interval as a share of the mean, by local day of the target's week.
fn widths(made: &QueueForecast) -> Vec<f64> {
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
fn a_holiday_counts_from_two_weeks_of_history_up() {
    let special = SpecialDay {
        date: "2026-05-01".parse().unwrap(),
        name: "Labour Day".into(),
        kind: SpecialKind::PublicHoliday,
    };
    let before = ["2024-05-01", "2025-05-01"];
    let seen = before.map(|date| SpecialDay {
        date: date.parse().unwrap(),
        ..special.clone()
    });
    let factor = |t: i64| {
        if before.iter().any(|d| utc(d) == t.div_euclid(DAY) * DAY) {
            0.4
        } else {
            1.0
        }
    };
    let make = |id, from: &str, days| {
        let mut q = queue(id, history(from, days, 3600, 12, 0, factor), 3600);
        q.special_days = seen.iter().chain([&special]).cloned().collect();
        q
    };
    let forecast_of = |queues| {
        forecast(&ForecastInput {
            queues,
            target: week("2026-04-27", 3600),
        })
        .unwrap()
        .queues
        .remove(0)
    };
    // Friday against Thursday, which is an ordinary day.
    let day = |made: &QueueForecast, d: usize| {
        let hours = 24 * d..24 * (d + 1);
        let width = |i: usize| made.quantiles[i][3] - made.quantiles[i][1];
        (
            made.contacts[hours.clone()].iter().sum::<f64>(),
            hours.map(width).sum::<f64>(),
        )
    };
    for days in [15, 21, 34] {
        let from = date_at(utc("2026-04-27") - days * DAY).to_string();
        let lent = forecast_of(vec![
            make("young", &from, days),
            make("old", "2024-01-01", 847),
        ]);
        let ratio = day(&lent, 4).0 / day(&lent, 3).0;
        // 0.4 elsewhere, on two days, of which a part is believed.
        assert!((0.35..0.7).contains(&ratio), "{days} days: {ratio}");
        let told = |made: &QueueForecast| {
            made.notes.iter().find_map(|note| match note {
                Note::UnseenHoliday { lent, .. } => Some(*lent),
                _ => None,
            })
        };
        let log = told(&lent)
            .flatten()
            .expect("what it did elsewhere is told");
        assert!((0.3..0.6).contains(&log.exp()), "{log}");
        // Nobody has seen it: unsure, not lower.
        let alone = forecast_of(vec![make("young", &from, days)]);
        assert_eq!(told(&alone), Some(None));
        let (feast, ordinary) = (day(&alone, 4), day(&alone, 3));
        assert!(
            (0.8..1.25).contains(&(feast.0 / ordinary.0)),
            "{feast:?} {ordinary:?}"
        );
        assert!(feast.1 > 1.3 * ordinary.1, "{feast:?} {ordinary:?}");
    }
}

#[test]
fn pay_every_fourth_week_is_learned_and_told() {
    let from = utc("2026-01-05");
    let target = week("2026-06-01", 1800);
    let pay = |t: i64| {
        let day = (t - from) / DAY;
        if (day + 21) % 28 < 4 { 1.4 } else { 1.0 }
    };
    assert_eq!(
        [0, 3, 4].map(|d| pay(target.start + d * DAY)),
        [1.4, 1.4, 1.0]
    );
    let made = one(
        queue("q", history("2026-01-05", 147, 1800, 5, 0, pay), 1800),
        target,
    );
    let (paid, other) = made.contacts.split_at(4 * 48);
    let truth: Vec<f64> = (0..target.len as i64)
        .map(|i| 0.5 * rate(target.start + i * 1800))
        .collect();
    let of =
        |came: &[f64], true_rate: &[f64]| came.iter().sum::<f64>() / true_rate.iter().sum::<f64>();
    let (paid, other) = (of(paid, &truth[..4 * 48]), of(other, &truth[4 * 48..]));
    assert!(
        (1.28..1.5).contains(&paid) && (0.92..1.08).contains(&other),
        "{paid} {other}"
    );
    let told = made
        .notes
        .iter()
        .find(|n| matches!(n, Note::Rhythm { weeks: 4, .. }));
    let told = told.map(ToString::to_string).unwrap_or_default();
    assert!(
        told.starts_with("every 4 weeks some days have fewer or more contacts ("),
        "{:?}",
        made.notes
    );
}
