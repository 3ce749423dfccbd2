//! Whatever history people have goes into `followsun forecast`: seen from outside, as they would see it.

mod common;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use common::{Ran, SMALL, SMALL_AGENTS, Team, Temp, number, run, table};
use followsun::calendar::Zone;

/// The plan's Monday.
const START: &str = "2026-11-23";
const QUEUES: [&str; 3] = ["lt-phone", "en-phone", "en-email"];
/// Mean contacts of a half hour between 08:00 and 18:00.
const HALF_HOUR: f64 = 6.0;
/// Open half hours of a week.
const OPEN: f64 = 5.0 * 20.0;

fn start() -> NaiveDate {
    START.parse().expect("a date")
}

/// Rows of one queue, each a local time with its count, made up from a seed.
struct Calls {
    queue: &'static str,
    rows: Vec<(NaiveDateTime, f64)>,
}

impl Calls {
    /// Intervals of `minutes` over whole weeks before `until`; `rate` gives the mean of a half hour by hour of the day, below 0 = closed.
    fn of(
        queue: &'static str,
        until: NaiveDate,
        weeks: i64,
        minutes: i64,
        rate: fn(f64) -> f64,
    ) -> Calls {
        let mut dice = 0x9E37_79B9_u64 ^ (queue.len() as u64 * 77 + queue.as_bytes()[0] as u64);
        let mut chance = move || {
            dice = dice
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            (dice >> 40) as f64 / (1 << 24) as f64
        };
        let mut rows = Vec::new();
        for day in -7 * weeks..0 {
            let midnight = (until + TimeDelta::days(day)).and_time(Default::default());
            for minute in (0..1440).step_by(minutes as usize) {
                let at = midnight + TimeDelta::minutes(minute);
                let mean: f64 = (minute..minute + minutes)
                    .step_by(30.min(minutes as usize))
                    .map(|m| rate(m as f64 / 60.0).max(0.0) * (minutes.min(30) as f64 / 30.0))
                    .sum();
                let weekend = at.date().weekday().number_from_monday() > 5;
                if rate(minute as f64 / 60.0) >= 0.0 && !(weekend && rate(0.0) < 0.0) {
                    // Binomial, near enough to Poisson.
                    let came = (0..40).filter(|_| chance() < mean / 40.0).count();
                    rows.push((at, came as f64));
                }
            }
        }
        Calls { queue, rows }
    }

    fn office(queue: &'static str, weeks: i64) -> Calls {
        Calls::of(queue, start(), weeks, 30, by_day)
    }

    /// As an export in UTC.
    fn utc(&self) -> String {
        let zone = Zone::named("Europe/Vilnius").expect("a zone");
        self.told(|at| zone.earliest(at).format("%Y-%m-%dT%H:%MZ").to_string())
    }

    fn told(&self, when: impl Fn(NaiveDateTime) -> String) -> String {
        let row = |(at, came): &(NaiveDateTime, f64)| {
            format!("{},{},{came},240\n", self.queue, when(*at))
        };
        self.rows.iter().map(row).collect()
    }
}

fn by_day(hour: f64) -> f64 {
    if (8.0..18.0).contains(&hour) {
        HALF_HOUR
    } else {
        -1.0
    }
}

/// Six in a half hour by day, one in six hours at night.
fn nights(hour: f64) -> f64 {
    if (8.0..20.0).contains(&hour) {
        HALF_HOUR
    } else {
        0.08
    }
}

/// A scenario with these histories, its text changed by `(from, to)`.
fn forecast(
    name: &str,
    histories: &[String],
    changes: &[(&str, &str)],
    arguments: &[&str],
) -> (Temp, Ran) {
    let temp = Temp::new(name);
    let header = "queue,start,contacts,handle_time_s\n";
    let mut scenario = SMALL.to_owned();
    for (from, to) in changes {
        assert!(scenario.contains(from), "{from}");
        scenario = scenario.replace(from, to);
    }
    let history = if histories[0].starts_with("queue,") {
        histories.concat()
    } else {
        header.to_owned() + &histories.concat()
    };
    Team::new(&scenario, SMALL_AGENTS, history).write(&temp.join("team"));
    let ran = run(
        temp.path(),
        &[&["forecast", "team", "--out", "out"], arguments].concat(),
    );
    (temp, ran)
}

/// By queue: the week's contacts, and the sum of its 80 % intervals' widths.
fn totals(temp: &Temp) -> BTreeMap<String, (f64, f64)> {
    let mut totals = BTreeMap::new();
    for row in table(&temp.join("out/forecast.csv")) {
        let total: &mut (f64, f64) = totals.entry(row["queue"].clone()).or_default();
        total.0 += number(&row, "contacts");
        total.1 += number(&row, "p90") - number(&row, "p10");
    }
    totals
}

#[track_caller]
fn about(value: f64, wanted: f64, within: f64) {
    assert!(
        (value / wanted - 1.0).abs() < within,
        "{value} is not about {wanted}"
    );
}

const QUARTERS: (&str, &str) = ("interval = \"30m\"", "interval = \"15m\"");
const ROUND_THE_CLOCK: (&str, &str) = ("Mon-Fri 08:00-18:00", "24/7");

#[test]
fn day_totals_alone_serve_a_plan_of_quarters() {
    // As people write them: a date and a number. One queue has half hours, whose shape the others take.
    let days = |queue| {
        let mut calls = Calls::office(queue, 12);
        let mut sums: BTreeMap<NaiveDate, f64> = BTreeMap::new();
        calls
            .rows
            .iter()
            .for_each(|(at, came)| *sums.entry(at.date()).or_default() += came);
        calls.rows = sums
            .into_iter()
            .map(|(date, came)| (date.and_time(Default::default()), came))
            .collect();
        calls.told(|at| at.date().to_string())
    };
    let histories = [
        days(QUEUES[0]),
        days(QUEUES[1]),
        Calls::office(QUEUES[2], 12).utc(),
    ];
    let (temp, ran) = forecast("days", &histories, &[QUARTERS], &[]);
    let ran = ran.well();
    assert!(
        ran.err
            .contains("lt-phone: day totals only: the shape of the day comes from other queues"),
        "{}",
        ran.err
    );
    assert!(
        !ran.err.contains("history-gap"),
        "weekends are closed, not missing: {}",
        ran.err
    );
    totals(&temp)
        .values()
        .for_each(|total| about(total.0, OPEN * HALF_HOUR, 0.06));
    // 08:00 in Vilnius is 06:00 UTC: nothing before, and no quarter has the whole day.
    for row in table(&temp.join("out/forecast.csv")) {
        let (hour, contacts) = (
            row["start_utc"][11..13].parse::<u32>().unwrap(),
            number(&row, "contacts"),
        );
        assert!(contacts == 0.0 || (6..16).contains(&hour), "{row:?}");
        assert!(contacts < 2.0 * HALF_HOUR / 2.0, "{row:?}");
    }
}

#[test]
fn hours_serve_a_plan_of_quarters() {
    let histories = QUEUES.map(|queue| Calls::of(queue, start(), 12, 60, by_day).utc());
    let (temp, ran) = forecast("hours", &histories, &[QUARTERS], &[]);
    ran.well();
    assert_eq!(table(&temp.join("out/forecast.csv")).len(), 3 * 672);
    totals(&temp)
        .values()
        .for_each(|total| about(total.0, OPEN * HALF_HOUR, 0.06));
}

#[test]
fn local_times_with_a_doubled_and_a_missing_hour() {
    // The clocks go back on 25 October and forward on 29 March: 03:00 to 04:00 is there twice, and not at all.
    let header = "queue,start,contacts,handle_time_s,time_zone\n".to_owned();
    let zone = Zone::named("Europe/Vilnius").unwrap();
    let local = |queue| {
        let mut calls = Calls::of(queue, start(), 36, 30, |_| HALF_HOUR);
        calls
            .rows
            .retain(|(at, _)| zone.to_local(zone.earliest(*at)) == *at);
        let again: Vec<(NaiveDateTime, f64)> = calls
            .rows
            .iter()
            .filter(|(at, _)| at.to_string().starts_with("2026-10-25 03:"))
            .copied()
            .collect();
        assert_eq!(again.len(), 2);
        let place = calls.rows.iter().position(|row| *row == again[1]).unwrap() + 1;
        calls.rows.splice(place..place, again);
        calls
            .told(|at| at.format("%Y-%m-%d %H:%M").to_string())
            .replace(",240\n", ",240,Europe/Vilnius\n")
    };
    let histories = [&[header][..], &QUEUES.map(local)].concat();
    let (temp, ran) = forecast("local", &histories, &[ROUND_THE_CLOCK], &[]);
    let ran = ran.well();
    assert_eq!(ran.err, "", "nothing is odd about it");
    totals(&temp)
        .values()
        .for_each(|total| about(total.0, 336.0 * HALF_HOUR, 0.03));

    // The skipped hour written all the same, and a zone that nobody knows.
    let skipped = histories.concat() + "lt-phone,2026-03-29 03:30,9,240,Europe/Vilnius\n";
    let (_temp, ran) = forecast("skipped", &[skipped], &[ROUND_THE_CLOCK], &[]);
    assert!(
        ran.well().err.contains(
            "\"2026-03-29 03:30\" never was in Europe/Vilnius: the clock was set forward"
        )
    );
    let unknown = histories
        .concat()
        .replace("Europe/Vilnius", "Europe/Vilnus");
    let (_temp, ran) = forecast("unknown-zone", &[unknown], &[ROUND_THE_CLOCK], &[]);
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.err.contains("there is no time zone \"Europe/Vilnus\"")
            && ran.err.contains("did you mean \"Europe/Vilnius\"?"),
        "{}",
        ran.err
    );
}

#[test]
fn nights_full_of_zeros_written_or_left_out() {
    for left_out in [false, true] {
        let histories = QUEUES.map(|queue| {
            let mut calls = Calls::of(queue, start(), 10, 30, nights);
            calls.rows.retain(|row| !left_out || row.1 > 0.0);
            calls.utc()
        });
        let (temp, ran) = forecast("nights", &histories, &[ROUND_THE_CLOCK], &[]);
        let ran = ran.well();
        assert_eq!(
            ran.err
                .contains("holes in recorded days are taken as zeros"),
            left_out,
            "{}",
            ran.err
        );
        let mut night = (0.0, 0.0);
        for row in table(&temp.join("out/forecast.csv")) {
            // 20:00 to 08:00 in Vilnius.
            let hour: u32 = row["start_utc"][11..13].parse().unwrap();
            if !(6..18).contains(&hour) {
                night = (night.0 + number(&row, "contacts"), night.1 + 1.0);
            }
        }
        about(night.0 / night.1, 0.08, 0.35);
        totals(&temp)
            .values()
            .for_each(|total| about(total.0, 168.0 * (HALF_HOUR + 0.08), 0.06));
    }
}

#[test]
fn a_queue_that_opened_last_month_is_less_sure() {
    let histories = [
        Calls::office(QUEUES[0], 30).utc(),
        Calls::office(QUEUES[1], 30).utc(),
        Calls::office(QUEUES[2], 4).utc(),
    ];
    let (temp, ran) = forecast("opened", &histories, &[], &[]);
    let ran = ran.well();
    assert_eq!(
        ran.err,
        "note: en-email: only 4 weeks of history: intervals are wider\n"
    );
    let totals = totals(&temp);
    about(totals["en-email"].0, OPEN * HALF_HOUR, 0.08);
    let old = 0.5 * (totals["en-phone"].1 + totals["lt-phone"].1);
    assert!(totals["en-email"].1 > 1.1 * old, "{totals:?}");
}

#[test]
fn a_queue_that_closed() {
    let open = [
        Calls::office(QUEUES[0], 30).utc(),
        Calls::office(QUEUES[1], 30).utc(),
    ];
    let closed = start() - TimeDelta::weeks(6);
    // Its system goes on writing zeros ...
    let mut zeros = Calls::office(QUEUES[2], 30);
    zeros
        .rows
        .iter_mut()
        .filter(|row| row.0.date() >= closed)
        .for_each(|row| row.1 = 0.0);
    let (temp, ran) = forecast("closed", &[&open[..], &[zeros.utc()]].concat(), &[], &[]);
    let ran = ran.well();
    assert_eq!(
        ran.err,
        format!(
            "note: en-email: nothing has come since {}: taken as closed, forecast is zero\n",
            closed - TimeDelta::days(2)
        )
    );
    assert_eq!(totals(&temp)["en-email"].0, 0.0);
    let none = run(temp.path(), &["backtest", "team", "--origins", "0"]);
    assert_eq!(none.status, Some(2), "{}", none.err);
    let tested = run(temp.path(), &["backtest", "team", "--origins", "1"]).well();
    let row = |text: &str| tested.out.lines().any(|line| line.contains(text));
    assert!(
        row("en-email         the history is too short to be tested, or nothing came")
            && row("week 4: nothing came in the weeks tested, so no error can be a share of it"),
        "{}",
        tested.out
    );
    let wide = |word: &str| word.len() > 9 && word.parse::<f64>().is_ok();
    assert!(!tested.out.split_whitespace().any(wide), "{}", tested.out);
    // ... or its rows end.
    let ended = Calls::of(QUEUES[2], closed, 24, 30, by_day);
    let (temp, ran) = forecast("ended", &[&open[..], &[ended.utc()]].concat(), &[], &[]);
    let ran = ran.well();
    assert!(ran.err.contains("en-email: the history ends 44 days before the plan begins; if the queue has closed, take it out of the scenario"), "{}", ran.err);
    about(totals(&temp)["en-email"].0, OPEN * HALF_HOUR, 0.08);
}

#[test]
fn two_weeks_are_enough_and_one_is_an_error_that_says_what_would_do() {
    let (temp, ran) = forecast(
        "two",
        &QUEUES.map(|queue| Calls::office(queue, 2).utc()),
        &[],
        &[],
    );
    let ran = ran.well();
    assert!(
        ran.err
            .contains("lt-phone: only 2 weeks of history: intervals are wider"),
        "{}",
        ran.err
    );
    totals(&temp)
        .values()
        .for_each(|total| about(total.0, OPEN * HALF_HOUR, 0.12));
    let (temp, ran) = forecast(
        "one",
        &QUEUES.map(|queue| Calls::office(queue, 1).utc()),
        &[],
        &[],
    );
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.err.contains("queue en-email: 5 days of history are too few to forecast from; give at least two weeks, or name a queue that it resembles: like = {"),
        "{}",
        ran.err
    );
    assert!(
        !temp.join("out").exists(),
        "a run that fails leaves nothing behind"
    );
}

#[test]
fn months_ahead_with_an_interval_that_widens() {
    let histories = [
        Calls::office(QUEUES[0], 60).utc(),
        Calls::office(QUEUES[1], 30).utc(),
        Calls::office(QUEUES[2], 1).utc(),
    ];
    let (temp, ran) = forecast("months", &histories, &[], &["--months", "6"]);
    let ran = ran.well();
    assert!(
        ran.err.contains("queue en-email: too few whole weeks of history (1) to look months ahead; two are the least, a year is better"),
        "{}",
        ran.err
    );
    let rows = table(&temp.join("out/months.csv"));
    assert_eq!(rows.len(), 2 * 26, "half a year of weeks for two queues");
    for queue in rows.chunks(26) {
        // Rounding apart, the interval is wider from week to week, as a share.
        let mut width = 1.0;
        for (week, row) in queue.iter().enumerate() {
            assert_eq!(
                row["week"],
                (start() + TimeDelta::weeks(week as i64)).to_string()
            );
            about(number(row, "contacts"), OPEN * HALF_HOUR, 0.1);
            let quantiles = ["p2_5", "p10", "p50", "p90", "p97_5"].map(|q| number(row, q));
            assert!(quantiles.is_sorted(), "{row:?}");
            let wider = quantiles[3] / quantiles[1];
            assert!(wider >= width - 1e-3, "{row:?}");
            width = wider;
        }
        let first = number(&queue[0], "p90") / number(&queue[0], "p10");
        assert!(width.ln() > 1.5 * first.ln(), "{first} to {width}");
    }
    for wrong in [
        &["--months", "19"][..],
        &["--months", "0"],
        &[
            "--months",
            "6",
            "--now",
            "2026-11-23T10:00Z",
            "--actuals",
            "x.csv",
        ],
    ] {
        let (_temp, ran) = forecast("wrong", &histories, &[], wrong);
        assert_eq!(ran.status, Some(2), "{}", ran.err);
    }
}

#[test]
fn the_rest_of_the_plan_reads_today_as_it_is_written() {
    let histories = QUEUES.map(|queue| Calls::office(queue, 12).utc());
    // Twice as many as usual on Monday morning, in half hours, and the same in quarters and in hours.
    let row = |minutes: i64| -> String {
        let start = start().and_time(Default::default()) + TimeDelta::hours(6);
        let rows = (0..4 * 60 / minutes).map(|i| {
            let at = start + TimeDelta::minutes(i * minutes);
            let contacts = 2.0 * HALF_HOUR * minutes as f64 / 30.0;
            format!("lt-phone,{},{contacts},240\n", at.format("%Y-%m-%dT%H:%MZ"))
        });
        "queue,start,contacts,handle_time_s\n".to_owned() + &rows.collect::<String>()
    };
    let (temp, ran) = forecast("today", &histories, &[], &[]);
    ran.well();
    let usual: f64 = (table(&temp.join("out/forecast.csv")).iter())
        .filter(|row| {
            row["queue"] == "lt-phone" && row["start_utc"].as_str() >= "2026-11-23T10:00Z"
        })
        .map(|row| number(row, "contacts"))
        .sum();
    let rest = |now: &str, actuals: &str| {
        let arguments = [
            "forecast",
            "team",
            "--out",
            "out",
            "--now",
            now,
            "--actuals",
            actuals,
        ];
        run(temp.path(), &arguments)
    };
    let mut found = Vec::new();
    for minutes in [30, 15, 60] {
        std::fs::write(temp.join("today.csv"), row(minutes)).expect("written");
        assert_eq!(rest("2026-11-23T10:00Z", "today.csv").well().err, "");
        found.push(totals(&temp)["lt-phone"].0);
    }
    assert!(found[0] > usual + 0.5 * HALF_HOUR, "{found:?} {usual}");
    assert!(
        (found[1] - found[0]).abs() < 0.01 && (found[2] - found[0]).abs() < 0.01,
        "{found:?}"
    );
    // Under the name that the history's files have for the queue.
    let team = std::fs::read_to_string(temp.join("team/scenario.toml")).expect("a scenario");
    let format = "format = \"intervals\"";
    assert!(team.contains(format));
    let mapped = format!("{format}\nqueue_map = {{ VOICE_LT = \"lt-phone\" }}");
    std::fs::write(
        temp.join("team/scenario.toml"),
        team.replace(format, &mapped),
    )
    .expect("written");
    std::fs::write(
        temp.join("today.csv"),
        row(30).replace("lt-phone", "VOICE_LT"),
    )
    .expect("written");
    rest("2026-11-23T10:00Z", "today.csv").well();
    assert_eq!(totals(&temp)["lt-phone"].0, found[0]);
    let early = rest("2026-11-23T04:00Z", "today.csv").well();
    assert!(
        early.err.contains("warning: today.csv: no row lies in the day before --now 2026-11-23T04:00Z, so nothing is corrected"),
        "{}",
        early.err
    );
    for (now, actuals, told) in [
        (
            "2026-12-01T10:00Z",
            "today.csv",
            "--now 2026-12-01T10:00Z is after the plan, which ends at 2026-11-29T22:00Z",
        ),
        (
            "2026-11-23T10:00Z",
            "none.csv",
            "check the path after --actuals",
        ),
    ] {
        let ran = rest(now, actuals);
        assert_eq!(ran.status, Some(1), "{}", ran.err);
        assert!(ran.err.contains(told), "{}", ran.err);
    }
}

#[test]
fn contacts_that_an_outage_once_sent_here_are_no_level() {
    let week_before = start() - TimeDelta::days(7);
    let email = |factor: f64| {
        let mut calls = Calls::office(QUEUES[2], 12);
        for (at, came) in &mut calls.rows {
            *came *= if at.date() >= week_before {
                factor
            } else {
                1.0
            };
        }
        calls.utc()
    };
    let phones = [
        Calls::office(QUEUES[0], 12).utc(),
        Calls::office(QUEUES[1], 12).utc(),
    ];
    let anchor = "[[contract]]";
    let outage = format!(
        "[[event]]\nname = \"line down\"\nqueues = [\"en-phone\"]\nfrom = {week_before}T00:00:00\nto = {START}T00:00:00\nmove_to = \"en-email\"\n\n{anchor}"
    );
    let of = |name: &str, factor: f64, told: &str| {
        let histories = [phones[0].clone(), phones[1].clone(), email(factor)];
        let (temp, ran) = forecast(name, &histories, &[(anchor, told)], &[]);
        ran.well();
        totals(&temp)["en-email"].0
    };
    let calm = of("calm", 1.0, anchor);
    about(of("told", 3.0, &outage), calm, 0.05);
    assert!(of("untold", 3.0, anchor) > 1.15 * calm);
}
