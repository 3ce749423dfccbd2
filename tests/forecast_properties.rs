//! Whatever goes in: no panic, ordered quantiles, closed means zero, and finer plans add up to coarser ones.

use chrono::{Datelike, NaiveDate};
use followsun::forecast::series::{
    Absent, SeriesError, SeriesFileError, backtest_series, leaves_out_zeros, parse_series,
    series_interval, yearly_name,
};
use followsun::forecast::{
    Event, ForecastInput, HistoryPoint, QueueInput, SpecialDay, SpecialKind, Target, forecast,
};
use proptest::prelude::*;

const DAY: i64 = 86_400;
const START: i64 = 1_767_571_200; // 2026-01-05, a Monday

fn counts(seed: u64, n: i64, scale: f64, gaps: f64) -> Vec<Option<f64>> {
    let mut state = seed | 1;
    let mut uniform = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    (0..n)
        .map(|_| (uniform() >= gaps).then(|| (scale * uniform() * uniform() * 4.0).floor()))
        .collect()
}

fn points(values: &[Option<f64>], step: i64) -> Vec<HistoryPoint> {
    let at = |(i, v): (usize, &Option<f64>)| {
        v.map(|contacts| HistoryPoint {
            utc: START + i as i64 * step,
            contacts,
            handle_time_s: Some(200.0),
        })
    };
    values.iter().enumerate().filter_map(at).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_goes_in(
        seed in any::<u64>(), days in 0i64..120, step in prop::sample::select(vec![300i64, 420, 900, 1800, 3600, 86_400]),
        target_step in prop::sample::select(vec![900u32, 1800, 3600]), scale in prop::sample::select(vec![0.0, 0.05, 1.0, 30.0, 5000.0]),
        gaps in prop::sample::select(vec![0.0, 0.1, 0.6]), offset in prop::sample::select(vec![-34_200i32, 0, 3600, 20_700, 50_400]),
        weekdays in any::<bool>(), lead in -20i64..200, holiday in 0u64..130,
    ) {
        let clock = move |t: i64| if t > START + 60 * DAY { offset } else { offset + 3600 };
        let open = move |date: NaiveDate, minute: u32| !weekdays || (date.weekday().num_days_from_monday() < 5 && (420..1260).contains(&minute));
        let step = if days > 60 { step.max(1800) } else { step };
        let history = points(&counts(seed, days * DAY / step, scale, gaps), step);
        let date = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap() + chrono::Days::new(holiday);
        let start = START + (days + lead) * DAY;
        let queue = QueueInput {
            id: "q".into(), language: "en".into(), channel: "chat".into(), deferred: false, clock: &clock, open: &open, history,
            history_interval_s: step as u32,
            special_days: vec![SpecialDay { date, name: "feast".into(), kind: SpecialKind::PublicHoliday }],
            events: vec![Event { name: "sale".into(), from: start - 3 * DAY, to: start + DAY / 3, contacts: 1.5, handle_time: 1.1, move_to: None }],
            like: None, changes: Vec::new(),
        };
        let len = (3 * DAY / i64::from(target_step)) as usize;
        let input = ForecastInput { queues: vec![queue], target: Target { start, step_s: target_step, len } };
        if let Ok(made) = forecast(&input) {
            let made = &made.queues[0];
            prop_assert_eq!(made.contacts.len(), len);
            for i in 0..len {
                prop_assert!(made.contacts[i].is_finite() && made.contacts[i] >= 0.0);
                prop_assert!(made.quantiles[i].windows(2).all(|w| w[0] <= w[1] && w[0] >= 0.0 && w[1].is_finite()), "{:?}", made.quantiles[i]);
                prop_assert!(made.day_cv[i].is_finite() && made.dispersion[i] >= 0.0);
            }
        }
    }

    #[test]
    fn a_plan_of_quarters_adds_up_to_one_of_hours(seed in any::<u64>(), step in prop::sample::select(vec![3600i64, 86_400]), offset in prop::sample::select(vec![0i32, 3600, -10_800])) {
        let clock = move |_: i64| offset;
        let open = |_: NaiveDate, minute: u32| minute >= 360;
        let make = |target_step: u32| {
            let queue = QueueInput {
                id: "q".into(), language: "en".into(), channel: "chat".into(), deferred: false, clock: &clock, open: &open,
                history: points(&counts(seed, 70 * DAY / step, 40.0, 0.0), step), history_interval_s: step as u32,
                special_days: Vec::new(), events: Vec::new(), like: None, changes: Vec::new(),
            };
            let target = Target { start: START + 70 * DAY, step_s: target_step, len: (2 * DAY / i64::from(target_step)) as usize };
            forecast(&ForecastInput { queues: vec![queue], target }).unwrap().queues.remove(0).contacts
        };
        let (fine, coarse) = (make(900), make(3600));
        for (quarters, hour) in fine.chunks(4).zip(&coarse) {
            prop_assert!((quarters.iter().sum::<f64>() - hour).abs() < 1e-6 * (1.0 + hour));
        }
    }

    #[test]
    fn any_series_can_be_backtested(seed in any::<u64>(), days in 0i64..200, scale in prop::sample::select(vec![0.0, 0.3, 200.0]), gaps in prop::sample::select(vec![0.0, 0.3])) {
        let mut text = String::from("ts,y,holiday\n");
        for (i, v) in counts(seed, days * 24, scale, gaps).iter().enumerate() {
            let at = chrono::DateTime::from_timestamp(START + i as i64 * 3600, 0).unwrap();
            if let Some(v) = v {
                text += &format!("{},{v},{}\n", at.format("%Y-%m-%d %H:%M:%S"), i32::from(i / 24 == 40));
            }
        }
        if let Ok(series) = parse_series(&text, 60, Absent::Guess) {
            match backtest_series(&series, None) {
                Ok(report) => prop_assert!(report.weeks.iter().all(|w| w.scores.pinball.is_finite() && w.scores.wape.is_finite())),
                Err(SeriesError::TooShort { days, needed }) => prop_assert!(days < needed + 7),
                Err(SeriesError::NothingKnown { before }) => {
                    let days = (before - series.first_day).num_days() as usize;
                    let slots = series.slots_per_day;
                    let wholly_known = series.counts.chunks(slots).zip(series.open.chunks(slots)).take(days)
                        .any(|(counts, open)| open.contains(&true) && counts.iter().zip(open).all(|(count, open)| !open || count.is_some()));
                    prop_assert!(!wholly_known);
                }
            }
        }
    }
}

#[test]
fn a_series_file_says_what_is_wrong_with_it() {
    assert_eq!(
        parse_series("a,b\n1,2\n", 30, Absent::Guess).unwrap_err(),
        SeriesFileError::NoColumn {
            name: "ts",
            header: "a,b".into()
        }
    );
    for nothing in ["", "ts,y\n"] {
        let error = parse_series(nothing, 30, Absent::Guess).unwrap_err();
        assert_eq!(error, SeriesFileError::Empty);
    }
    let told = |text: &str| {
        parse_series(text, 30, Absent::Guess)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        told("ts,y\n2026-01-05 09:00,3\n2026-01-05 09:15,3\n"),
        "line 3: no interval of 30 minutes begins at 2026-01-05 09:15:00; give the length that the rows have with --interval"
    );
    assert_eq!(
        told("ts,y\n0206-01-05 09:00,3\n2026-01-05 09:30,3\n"),
        "the rows reach from 0206-01-05 to 2026-01-05, which is too long for a history: some year is wrong"
    );
    assert_eq!(
        parse_series("ts,y\n", 7, Absent::Guess).unwrap_err(),
        SeriesFileError::Interval(7)
    );
    let wrong = parse_series(
        "ts,y\n2026-01-05 00:00:00,3\n2026-01-05 00:30:00,many\n",
        30,
        Absent::Guess,
    )
    .unwrap_err();
    assert_eq!(wrong.to_string(), "line 3: `many` is not a count");
}

#[test]
fn rows_that_are_not_there_are_closed_or_missing() {
    // Open 08:00 to 10:00 on three days; the second day lacks 09:00, the third has no rows.
    let text = "ts,y\n2026-01-05 08:00,1\n2026-01-05 09:00,2\n2026-01-06 08:00,0\n2026-01-08 08:00,4\n2026-01-08 09:00,\n";
    let open = |absent| {
        let series = parse_series(text, 60, absent).unwrap();
        (
            series.open.iter().filter(|o| **o).count(),
            series.counts.iter().flatten().count(),
        )
    };
    assert_eq!(open(Absent::Guess), (6, 4));
    assert_eq!(open(Absent::Closed), (5, 4));
    assert_eq!(open(Absent::Missing), (96, 4));
}

#[test]
fn rows_of_nothing_may_be_left_out() {
    // Rows of three half hours, each missing now and then; the last has no count. No row says 0.
    let text = "\u{feff}ts,y\n2026-01-05 08:00,1\n2026-01-05 09:00,2\n2026-01-06 08:30,3\n2026-01-07 08:30,4\n2026-01-07 09:00,\n";
    assert_eq!(series_interval(text), Ok(30));
    assert_eq!(leaves_out_zeros(text, 30), Ok(true));
    let counts = |absent| parse_series(text, 30, absent).unwrap().counts;
    let day = |d: usize| counts(Absent::Guess)[48 * d + 16..48 * d + 19].to_vec();
    assert_eq!(day(0), [Some(1.0), Some(0.0), Some(2.0)]);
    assert_eq!(day(1), [Some(0.0), Some(3.0), Some(0.0)]);
    assert_eq!(day(2), [Some(0.0), Some(4.0), None]);
    assert_eq!(counts(Absent::Closed).iter().flatten().count(), 4);
    // Where so many come as here, a row that is missing is no zero.
    let many = text.replace(",1\n", ",90\n").replace(",2\n", ",80\n");
    let many = many.replace(",3\n", ",70\n").replace(",4\n", ",85\n");
    assert_eq!(leaves_out_zeros(&many, 30), Ok(false));
    // Where a row says 0 the others are missing.
    let zero = text.replace("08:00,1", "08:00,0");
    assert_eq!(leaves_out_zeros(&zero, 30), Ok(false));
    // Days, and a file of single calls.
    assert_eq!(series_interval("ts,y\n2026-01-05,7\n"), Ok(1440));
    assert_eq!(series_interval("ts,y\n2026-01-05 08:00:07,1\n"), Ok(30));
}

#[test]
fn what_was_written_before_a_queue_opened_is_not_known() {
    // A fortnight of zeros but for one call that went astray, then sixty a day.
    let rows = |before: f64| {
        let row = |day: i64| {
            let count = match day {
                5 => before,
                0..14 => 0.0,
                _ => 60.0,
            };
            let date: chrono::NaiveDate = "2026-01-05".parse().unwrap();
            format!("{},{count}\n", date + chrono::Duration::days(day))
        };
        let text: String = (0..50).map(row).collect();
        parse_series(&format!("ts,y\n{text}"), 1440, Absent::Guess).unwrap()
    };
    let monday = "2026-01-19".parse().ok();
    for astray in [0.0, 1.0] {
        let series = rows(astray);
        assert_eq!(series.opened(), monday, "{astray}");
        assert_eq!(series.counts.iter().flatten().count(), 36);
    }
    // Seven calls are a day of a small queue that grew.
    assert_eq!(rows(7.0).counts.iter().flatten().count(), 50);
}

#[test]
fn an_hour_that_is_there_twice_is_averaged() {
    let text = "ts,y\n2026-10-25 01:00,4\n2026-10-25 01:00,6\n2026-10-25 02:00,3\n";
    let series = parse_series(text, 60, Absent::Guess).unwrap();
    assert_eq!(series.counts[..3], [None, Some(5.0), Some(3.0)]);
}

#[test]
fn holidays_have_the_same_name_every_year() {
    let name = |date: &str| yearly_name(date.parse().unwrap());
    assert_eq!(name("2014-12-25"), name("2015-12-25"));
    assert_eq!(name("2014-09-01"), name("2015-09-07"));
    assert_eq!(name("2014-11-27"), name("2015-11-26"));
    assert_ne!(name("2014-10-13"), name("2014-09-01"));
}

#[test]
fn the_protocol_puts_its_origins_where_the_reference_did() {
    // A weekday series of 34 weeks that ends on a Friday: the week of the last four is whole.
    let mut text = String::from("ts,y\n");
    let first = NaiveDate::from_ymd_opt(2003, 3, 3).unwrap();
    for d in 0..236u64 {
        let date = first + chrono::Days::new(d);
        if date.weekday().num_days_from_monday() < 5 {
            text += &format!("{date} 10:00:00,{}\n", 100 + d % 7);
        }
    }
    let report = backtest_series(&parse_series(&text, 60, Absent::Guess).unwrap(), None).unwrap();
    let expected: Vec<NaiveDate> = [
        "2003-09-29",
        "2003-09-15",
        "2003-09-01",
        "2003-08-18",
        "2003-08-04",
        "2003-07-21",
    ]
    .iter()
    .map(|d| d.parse().unwrap())
    .collect();
    assert_eq!(report.origins, expected);
    let json = report.to_json("a \"b\"");
    assert!(
        json.starts_with("{\"series\": \"a \\\"b\\\"\", \"weeks\": [{\"week\": 1, \"wape\": 0."),
        "{json}"
    );
}
