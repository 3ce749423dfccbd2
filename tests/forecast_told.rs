//! What somebody tells of the past and of what is to come: events, moved contacts, lasting changes.

mod forecast_support;

use followsun::forecast::{
    Change, Event, ForecastInput, Like, Note, QueueForecast, QueueInput, forecast,
};
use forecast_support::{DAY, HOUR, date_at, history, one, queue, utc, wape, week};

fn event(from: i64, to: i64, contacts: f64, move_to: Option<usize>) -> Event {
    Event {
        name: "told".into(),
        from,
        to,
        contacts,
        handle_time: 1.0,
        move_to,
    }
}

fn year() -> QueueInput<'static> {
    queue("q", history("2026-01-05", 147, 1800, 6, 0, |_| 1.0), 1800)
}

fn all(queues: Vec<QueueInput>, start: &str) -> Vec<QueueForecast> {
    let target = week(start, 1800);
    forecast(&ForecastInput { queues, target }).unwrap().queues
}

fn total(queue: &QueueForecast) -> f64 {
    queue.contacts.iter().sum()
}

#[test]
fn a_change_holds_from_its_date_on() {
    let target = week("2026-06-01", 1800);
    let thursday = utc("2026-06-04");
    let with = |from: Option<i64>| {
        let mut changed = year();
        changed.changes = vec![Change {
            from,
            contacts: 0.5,
            handle_time: 2.0,
        }];
        one(changed, target)
    };
    let (before, after) = (one(year(), target), with(Some(thursday)));
    for i in 0..target.len {
        let held = target.start + i as i64 * 1800 >= thursday;
        let (contacts, handle) = if held { (0.5, 2.0) } else { (1.0, 1.0) };
        assert!((after.contacts[i] - contacts * before.contacts[i]).abs() < 1e-9);
        let times = [&before, &after].map(|made| made.handle_time_s[i].unwrap());
        assert!((times[1] - handle * times[0]).abs() < 1e-9);
    }
    assert!((total(&with(None)) - 0.5 * total(&before)).abs() < 1e-6);
    assert_eq!(with(Some(utc("2027-01-01"))).contacts, before.contacts);
}

#[test]
fn a_change_that_began_within_the_history_is_not_made_twice() {
    let target = week("2026-06-01", 1800);
    let began = utc("2026-05-21");
    let change = |from| Change {
        from: Some(from),
        contacts: 0.5,
        handle_time: 2.0,
    };
    let since = |factor: f64, forget: bool| {
        let mut points = history("2026-01-05", 147, 1800, 6, 0, |t| {
            if t >= began { 0.5 } else { 1.0 }
        });
        for point in points.iter_mut().filter(|point| point.utc >= began) {
            point.handle_time_s = (point.handle_time_s)
                .map(|seconds| factor * seconds)
                .filter(|_| !forget);
        }
        let mut changed = queue("q", points, 1800);
        changed.changes = vec![change(began)];
        one(changed, target)
    };
    let usual = one(year(), target);
    // Handle times twice as long since then, or not recorded since.
    for (factor, forget, handle) in [(2.0, false, 2.0), (1.0, true, 2.0)] {
        let made = since(factor, forget);
        assert!(
            wape(&made.contacts, target, 0.5) < 0.08,
            "{}",
            wape(&made.contacts, target, 0.5)
        );
        for (own, usual) in made.handle_time_s.iter().zip(&usual.handle_time_s) {
            let ratio = own.unwrap() / usual.unwrap();
            assert!((ratio / handle - 1.0).abs() < 0.03, "{ratio} {handle}");
        }
        let told = Note::ChangeBegan {
            date: date_at(began),
            contacts: 0.5,
            handle_time: if forget { 1.0 } else { 2.0 },
        };
        assert!(made.notes.contains(&told), "{:?}", made.notes);
    }
    // All that is known came after it: nothing is left to change, nor to tell.
    let mut long_ago = year();
    long_ago.changes = vec![change(utc("2025-01-01"))];
    let made = one(long_ago, target);
    assert_eq!(made.contacts, usual.contacts);
    assert_eq!(made.handle_time_s, usual.handle_time_s);
    assert_eq!(made.notes, usual.notes);
}

#[test]
fn two_weeks_without_contacts_that_somebody_told_of_are_no_end() {
    let (from, to) = (utc("2026-05-18"), utc("2026-06-01"));
    let quiet = history("2026-01-05", 147, 1800, 6, 0, |t| {
        if t >= from { 0.0 } else { 1.0 }
    });
    let target = week("2026-06-01", 1800);
    let mut told = queue("q", quiet.clone(), 1800);
    told.events = vec![event(from, to, 0.0, None)];
    let made = one(told, target);
    assert!(
        wape(&made.contacts, target, 1.0) < 0.1,
        "{}",
        wape(&made.contacts, target, 1.0)
    );
    // Of what nobody told it looks like the end.
    assert_eq!(total(&one(queue("q", quiet, 1800), target)), 0.0);
}

#[test]
fn a_silence_that_came_before_is_no_end() {
    // Two weeks without contacts at every New Year; the forecast of the first week after the second one.
    let shut = |t: i64| {
        ["2024-12-21", "2025-12-21"]
            .iter()
            .any(|from| (0..14 * DAY).contains(&(t - utc(from))))
    };
    let points = history("2024-03-04", 671, 1800, 6, 0, |t| {
        if shut(t) { 0.0 } else { 1.0 }
    });
    let made = one(queue("q", points, 1800), week("2026-01-05", 1800));
    assert!(total(&made) > 0.0);
}

#[test]
fn an_event_holds_in_its_hours_alone_and_what_it_moves_arrives() {
    let calm = all(vec![year(), year()], "2026-06-01");
    // Half of a day, which would pass for a day's own in the past.
    let (from, to) = (utc("2026-06-02") + 10 * HOUR, utc("2026-06-02") + 22 * HOUR);
    let mut down = year();
    down.events = vec![event(from, to, 0.0, Some(1))];
    let made = all(vec![down, year()], "2026-06-01");
    for i in 0..calm[0].contacts.len() {
        let at = utc("2026-06-01") + i as i64 * 1800;
        let lost = if (from..to).contains(&at) {
            calm[0].contacts[i]
        } else {
            0.0
        };
        assert!((made[0].contacts[i] - (calm[0].contacts[i] - lost)).abs() < 1e-9);
        assert!((made[1].contacts[i] - (calm[1].contacts[i] + lost)).abs() < 1e-9);
    }
    // All of a day is moved as well.
    let mut down = year();
    down.events = vec![event(utc("2026-06-02"), utc("2026-06-03"), 0.3, Some(1))];
    let made = all(vec![down, year()], "2026-06-01");
    let sum = |queues: &[QueueForecast]| queues.iter().map(total).sum::<f64>();
    assert!((sum(&made) - sum(&calm)).abs() < 1e-6);
    assert!(total(&made[0]) < total(&calm[0]) - 100.0);
}

#[test]
fn an_event_of_a_queue_without_a_past_holds_too() {
    let new = |events: Vec<Event>| {
        let mut new = queue("new", Vec::new(), 1800);
        new.like = Some(Like {
            queue: 0,
            contacts: 0.5,
            ramp_weeks: 0.0,
        });
        new.events = events;
        all(vec![year(), new], "2026-06-01")
    };
    let calm = new(Vec::new());
    let (from, to) = (utc("2026-06-02"), utc("2026-06-03"));
    let busy = new(vec![event(from, to, 2.0, None)]);
    let down = new(vec![event(from, to, 0.1, Some(0))]);
    let day = |queue: &QueueForecast| queue.contacts[48..96].iter().sum::<f64>();
    assert!((day(&busy[1]) - 2.0 * day(&calm[1])).abs() < 1e-6);
    assert!((day(&down[1]) - 0.1 * day(&calm[1])).abs() < 1e-6);
    assert!((day(&down[0]) - day(&calm[0]) - 0.9 * day(&calm[1])).abs() < 1e-6);
}

#[test]
fn day_totals_know_the_hours_of_an_event() {
    let days = history("2026-01-05", 147, DAY, 6, 0, |_| 1.0);
    let made = |events: Vec<Event>| {
        let mut totals = queue("q", days.clone(), DAY);
        totals.events = events;
        all(vec![totals], "2026-06-01").remove(0)
    };
    let calm = made(Vec::new());
    let (from, to) = (utc("2026-06-02") + 9 * HOUR, utc("2026-06-02") + 14 * HOUR);
    let busy = made(vec![event(from, to, 2.0, None)]);
    for i in 0..calm.contacts.len() {
        let at = utc("2026-06-01") + i as i64 * 1800;
        let factor = if (from..to).contains(&at) { 2.0 } else { 1.0 };
        assert!((busy.contacts[i] - factor * calm.contacts[i]).abs() < 1e-9);
    }
}

#[test]
fn a_figure_that_can_only_be_a_mistake_is_left_out_and_told() {
    let target = week("2026-06-01", 1800);
    let mut points = history("2026-01-05", 147, 1800, 6, 0, |_| 1.0);
    let right = one(queue("q", points.clone(), 1800), target);
    // A time stamp in the wrong column on a Tuesday, and a handle time of a day.
    points[48 * 127 + 20].contacts = 5e7;
    points[48 * 127 + 21].handle_time_s = Some(86_000.0);
    let made = one(queue("q", points.clone(), 1800), target);
    assert!(made.notes.contains(&Note::Mistakes {
        contacts: 1,
        handle_times: 1
    }));
    assert!(
        wape(&made.contacts, target, 1.0) < 1.1 * wape(&right.contacts, target, 1.0),
        "{}",
        wape(&made.contacts, target, 1.0)
    );
    let longest = |made: &QueueForecast| {
        made.handle_time_s
            .iter()
            .flatten()
            .copied()
            .fold(0.0, f64::max)
    };
    assert!(longest(&made) < 1.05 * longest(&right));
    // Four times as many as usual is a busy hour.
    points[48 * 127 + 20].contacts = 80.0;
    points[48 * 127 + 21].handle_time_s = Some(900.0);
    let busy = one(queue("q", points, 1800), target);
    assert!(
        busy.notes
            .iter()
            .all(|note| !matches!(note, Note::Mistakes { .. }))
    );
}
