//! Reading histories in the format `intervals`.

use followsun::calendar::Zone;
use followsun::history::{
    FindingKind, Gap, History, HistoryReader, KnownQueues, Service, Stamp, parse_stamp, render,
};
use proptest::prelude::*;

fn known() -> KnownQueues {
    KnownQueues {
        ids: vec!["en-phone".into(), "en-chat".into()],
        map: vec![("Line 1".into(), 0)],
        optional: vec![1],
        ignored: vec!["old".into()],
        ..KnownQueues::default()
    }
}

fn read(files: &[&str]) -> History {
    let mut reader = HistoryReader::new(known());
    for (at, file) in files.iter().enumerate() {
        reader.read(&format!("{}.csv", at + 1), file.as_bytes());
    }
    reader.finish()
}

fn one(rows: &str) -> History {
    read(&[&format!("queue,start,contacts,handle_time_s\n{rows}")])
}

/// Half hours of 2026-10-19 from 00:00Z on.
fn half_hours(count: usize, contacts: impl Fn(usize) -> String) -> String {
    (0..count)
        .map(|at| {
            let (day, minute) = (19 + at / 48, at % 48 * 30);
            format!(
                "en-phone,2026-10-{day}T{:02}:{:02}Z,{},300\n",
                minute / 60,
                minute % 60,
                contacts(at)
            )
        })
        .collect()
}

fn kinds(history: &History) -> Vec<(FindingKind, u64, u64)> {
    let finding =
        |finding: &followsun::history::Finding| (finding.kind, finding.line, finding.count);
    history.report.iter().map(finding).collect()
}

/// Systems that report by three quarters of an hour or an hour and a half exist; neither is a history of quarters with gaps.
#[test]
fn odd_lengths_of_intervals_are_seen() {
    for minutes in [15, 20, 30, 45, 60, 90, 120, 180, 240] {
        let rows: String = (0..200)
            .map(|at| {
                let at = at * minutes;
                let (day, minute) = (1 + at / 1440, at % 1440);
                let (month, day) = if day > 30 { (7, day - 30) } else { (6, day) };
                format!(
                    "en-phone,2026-{month:02}-{day:02}T{:02}:{:02}Z,3,300\n",
                    minute / 60,
                    minute % 60
                )
            })
            .collect();
        let history = one(&rows);
        assert_eq!(history.queues[0].interval_minutes, Some(minutes));
        assert_eq!(render(&history.report), "", "{minutes}");
    }
}

#[test]
fn a_plain_history() {
    let history = one(
        "en-phone,2026-10-19T00:30Z,3,\nen-phone,2026-10-19T00:00Z,2,316.7\nLine 1,2026-10-19T01:00Z,0,\nold,2026-10-19T01:00Z,5,3\n",
    );
    assert_eq!(render(&history.report), "");
    let queue = &history.queues[0];
    assert_eq!(queue.interval_minutes, Some(30));
    let starts: Vec<i64> = queue.records.iter().map(|record| record.start).collect();
    let first = 1_792_368_000 / 60;
    assert_eq!(starts, [first, first + 30, first + 60]);
    assert_eq!(queue.records[0].handle_time_s, Some(316.7));
    assert_eq!(queue.records[1].handle_time_s, None);
    assert_eq!(queue.completeness(), 1.0);
    assert!(history.queues[1].records.is_empty());
    assert_eq!(history.queues[1].completeness(), 0.0);
}

#[test]
fn all_columns_in_any_order_with_semicolons_and_a_mark() {
    let history = read(&[
        "\u{feff}Start;queue;answered;contacts;abandoned;wait_s;answered_within;handle_time_s\r\n2026-10-19T02:00+02:00;\"en-phone\";9;10;1;12.5;8;200\r\n\r\n",
    ]);
    assert_eq!(render(&history.report), "");
    let record = &history.queues[0].records[0];
    assert_eq!(record.start, 1_792_368_000 / 60);
    let service = Service {
        answered: Some(9.0),
        abandoned: Some(1.0),
        answered_within: Some(8.0),
        wait_s: Some(12.5),
    };
    assert_eq!(record.service.as_deref(), Some(&service));
    assert_eq!(history.queues[0].interval_minutes, None);
}

#[test]
fn gaps_are_gaps() {
    let rows: String = half_hours(96, |_| "4".into())
        .lines()
        .enumerate()
        .filter(|(at, _)| !(10..20).contains(at))
        .map(|(_, line)| format!("{line}\n"))
        .collect();
    let history = one(&rows);
    let queue = &history.queues[0];
    let first = queue.records[0].start;
    assert_eq!(
        queue.gaps,
        [Gap {
            from: first + 300,
            until: first + 600,
            intervals: 10
        }]
    );
    assert_eq!((queue.records.len(), queue.missing()), (86, 10));
    assert_eq!(render(&history.report), "\
warning[history-gap]: \"en-phone\" has no rows for 10 of 96 intervals; the longest gap is 2026-10-19T05:00Z to 2026-10-19T10:00Z
   = hint: gaps are taken as unknown, not as 0: if your system leaves out intervals in which nobody came, write them with 0 contacts

");
}

#[test]
fn a_local_time_without_zone_is_an_error_with_its_remedy() {
    let history =
        one("en-phone,2026-10-19T00:00,3,\nen-phone,2026-10-19 00:30,3,\nen-phone,2026-10-19,3,\n");
    assert!(history.has_errors());
    assert_eq!(
        render(&history.report),
        "\
error[history-no-zone]: \"2026-10-19T00:00\" does not say in which zone
  --> 1.csv:2, column start, and 2 more like this
   = hint: add Z if it is UTC (2026-10-25T00:30Z), or the offset (2026-10-25T03:30+02:00), or a column time_zone (Europe/Vilnius)

warning[history-no-rows]: the history has no rows for \"en-phone\"
   = hint: check its name in the file (queue_map), or let it be like a queue that has history

"
    );
}

#[test]
fn unknown_queues_are_named_with_the_nearest() {
    let history = one(
        "en_phone,2026-10-19T00:00Z,3,\nfax,2026-10-19T00:00Z,3,\nfax,2026-10-19T00:30Z,3,\nen-phone,2026-10-19T00:00Z,3,\n",
    );
    let found = [
        (FindingKind::UnknownQueue, 2, 1),
        (FindingKind::UnknownQueue, 3, 2),
    ];
    assert_eq!(kinds(&history), found);
    assert!(
        history.report[0]
            .hint
            .contains("{ \"en_phone\" = \"en-phone\" }")
    );
}

#[test]
fn a_thousand_unknown_names_do_not_fill_the_report() {
    let rows: String = (0..1000)
        .map(|at| format!("q{at},2026-10-19T00:00Z,3,\n"))
        .collect();
    let history = one(&format!("{rows}en-phone,2026-10-19T00:00Z,3,\n"));
    assert_eq!(history.report.len(), 41);
    assert_eq!(
        history
            .report
            .iter()
            .map(|finding| finding.count)
            .sum::<u64>(),
        1000
    );
}

#[test]
fn doubled_rows_count_once_and_the_later_one_wins() {
    let history = read(&[
        "queue,start,contacts\nen-phone,2026-10-19T00:00Z,3\nen-phone,2026-10-19T00:00Z,3\nen-phone,2026-10-19T00:30Z,3\n",
        "queue,start,contacts\nen-phone,2026-10-19T00:30Z,7\nen-phone,2026-10-19T01:00Z,1\n",
    ]);
    assert_eq!(
        kinds(&history),
        [
            (FindingKind::Doubled, 3, 1),
            (FindingKind::Contradiction, 2, 1)
        ]
    );
    assert!(
        history.report[1].message.contains("(1.csv:4)"),
        "{}",
        history.report[1]
    );
    let contacts: Vec<f64> = history.queues[0]
        .records
        .iter()
        .map(|record| record.contacts)
        .collect();
    assert_eq!(contacts, [3.0, 7.0, 1.0]);
}

#[test]
fn odd_values() {
    let history = one(&format!(
        "{}en-phone,2026-10-20T00:00Z,-2,\nen-phone,2026-10-20T00:30Z,many,\nen-phone,2026-10-20T01:00Z,,\nen-phone,2026-10-20T01:30Z,2,0\nen-phone,2026-10-20T02:00Z,2,90000\nen-phone,2026-10-20T02:30Z,2,\"3,5\"\nen-phone,2026-10-20T03:07Z,2,\nen-phone,2026-10-20T03:30:30Z,2,\nen-phone,20.10.2026 04:00,2,\nen-phone\n",
        half_hours(48, |_| "4".into())
    ));
    assert_eq!(
        kinds(&history),
        [
            (FindingKind::Negative, 50, 1),
            (FindingKind::BadNumber, 51, 2),
            (FindingKind::BadNumber, 55, 1),
            (FindingKind::BadTime, 58, 1),
            (FindingKind::ShortRow, 59, 1),
            (FindingKind::HandleTime, 53, 1),
            (FindingKind::HandleTime, 54, 1),
            (FindingKind::OffGrid, 56, 1),
            (FindingKind::OffGrid, 57, 1),
            (FindingKind::Gap, 0, 1),
        ]
    );
    assert!(history.report[2].hint.contains("3.5"));
    assert_eq!(history.queues[0].interval_minutes, Some(30));
    assert_eq!(history.queues[0].records.len(), 51);
    assert_eq!(history.queues[0].records[48].handle_time_s, None);
}

#[test]
fn outliers_units_and_contradictions_within_a_row() {
    let spike = one(&half_hours(240, |at| {
        if at == 100 { "900".into() } else { "4".into() }
    }));
    assert_eq!(kinds(&spike), [(FindingKind::Outlier, 102, 1)]);
    let minutes = one(&half_hours(48, |_| "4".into()).replace(",300", ",5.2"));
    assert!(minutes.report[0].message.contains("look like minutes"));
    let text = "queue,start,contacts,answered,abandoned\nen-phone,2026-10-19T00:00Z,3,4,\nen-phone,2026-10-19T00:30Z,3,,5\n";
    let inconsistent = read(&[text]);
    assert_eq!(
        kinds(&inconsistent),
        [
            (FindingKind::Inconsistent, 2, 1),
            (FindingKind::Inconsistent, 3, 1)
        ]
    );
}

#[test]
fn a_few_weeks_of_days_are_days_over_a_clock_change() {
    let zone = Zone::named("Europe/Vilnius").unwrap();
    let first = chrono::NaiveDate::from_ymd_opt(2026, 9, 21).unwrap();
    let starts = |days: i64, step: i64| {
        let dates = first.iter_days().step_by(step as usize);
        let row = |date| {
            format!(
                "en-phone,{}Z,100,\n",
                zone.start_of_day(date).format("%Y-%m-%dT%H:%M")
            )
        };
        let rows: String = dates.take((days / step) as usize).map(row).collect();
        one(&rows).queues[0].interval_minutes
    };
    assert_eq!(starts(42, 1), Some(1440));
    assert_eq!(starts(42, 7), Some(10_080));
    // An hour is no clock change where there is little else.
    let hours = "en-phone,2026-10-19T00:00Z,3,\nen-phone,2026-10-19T01:00Z,3,\n";
    assert_eq!(one(hours).queues[0].interval_minutes, Some(60));
}

#[test]
fn daily_histories_keep_their_days_over_a_clock_change() {
    // Days of Vilnius, one of them with 25 hours.
    let days = ["23T21:00", "24T21:00", "25T22:00", "26T22:00", "27T22:00"];
    let mut rows: String = days
        .iter()
        .map(|day| format!("en-phone,2026-10-{day}Z,100,\n"))
        .collect();
    rows.extend((1..=70).map(|at| {
        let (month, day) = (11 + at / 31, 1 + at % 28);
        format!("en-phone,2026-{:02}-{day:02}T22:00Z,100,\n", month.min(12))
    }));
    let history = one(&rows);
    assert_eq!(history.queues[0].interval_minutes, Some(1440));
    assert!(
        kinds(&history)
            .iter()
            .all(|(kind, ..)| *kind != FindingKind::OffGrid)
    );
    assert_eq!(
        history.queues[0].gaps[0].intervals, 4,
        "10-28 to 10-31, and no gap at the clock change"
    );
}

#[test]
fn files_that_are_no_history() {
    assert_eq!(kinds(&read(&[""]))[0].0, FindingKind::MissingColumn);
    let slip = read(&["queue,starts,contacts\nen-phone,2026-10-19T00:00Z,1\n"]);
    assert!(
        slip.report[0].hint.contains("rename it to \"start\""),
        "{}",
        slip.report[0]
    );
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let mut reader = HistoryReader::new(known());
    reader.read("x.csv", Broken);
    let history = reader.finish();
    assert_eq!(history.report[0].kind, FindingKind::Unreadable);
    assert!(history.report[0].message.contains("the disk is gone"));
}

#[test]
fn the_summary_says_how_complete_it_is() {
    let history = one(&half_hours(48, |_| "40".into()));
    assert_eq!(
        history.summary(),
        "History:
  en-phone  2026-10-19T00:00Z to 2026-10-19T23:30Z, every 30m, 1,920 contacts, complete
  en-chat   no rows
"
    );
}

#[test]
fn stamps() {
    let at = |text: &str| parse_stamp(text.as_bytes());
    let second = 1_792_888_200;
    for same in [
        "2026-10-25T00:30Z",
        "2026-10-25T00:30:00Z",
        "2026-10-25 00:30:00.123Z",
        "2026-10-25T03:30+03:00",
        "2026-10-25T02:30:00+0200",
        "2026-10-24T20:30-04",
    ] {
        assert_eq!(at(same), Stamp::At(second), "{same}");
    }
    assert_eq!(at("2026-10-25"), Stamp::Day(second - 1800));
    for local in ["2026-10-25T00:30", "2026-10-25 00:30:00"] {
        assert_eq!(at(local), Stamp::Local(second), "{local}");
    }
    for bad in [
        "",
        "2026-02-29T00:00Z",
        "2026-10-25T24:30Z",
        "25.10.2026",
        "2026-10-25T00:30X",
        "2026-10-25T00:30+2:00",
        "2026-13-01T00:00Z",
    ] {
        assert_eq!(at(bad), Stamp::Bad, "{bad}");
    }
    assert_eq!(at("2028-02-29T00:00Z"), Stamp::At(1_835_395_200));
}

proptest! {
    #[test]
    fn stamps_agree_with_chrono(seconds in 0i64..7_258_000_000, offset in -840i32..840) {
        let zone = chrono::FixedOffset::east_opt(offset * 60).unwrap();
        let text = chrono::DateTime::from_timestamp(seconds, 0).unwrap().with_timezone(&zone).to_rfc3339();
        prop_assume!(text.starts_with(['1', '2']) && &text[..4] >= "1970");
        prop_assert_eq!(parse_stamp(text.as_bytes()), Stamp::At(seconds), "{}", text);
    }

    #[test]
    fn any_bytes_are_read_without_falling_over(bytes in prop::collection::vec(any::<u8>(), 0..400), header: bool) {
        let mut text = if header { b"queue,start,contacts,handle_time_s\n".to_vec() } else { Vec::new() };
        text.extend(bytes);
        let mut reader = HistoryReader::new(known());
        reader.read("x", text.as_slice());
        let history = reader.finish();
        let _ = (history.summary(), render(&history.report));
    }

    #[test]
    fn what_comes_out_is_sorted_and_each_start_once(
        rows in prop::collection::vec((0usize..2, 0i64..400, 0u32..50), 0..80),
    ) {
        let names = ["en-phone", "en-chat"];
        let text: String = rows.iter().map(|(queue, half, contacts)| {
            let at = chrono::DateTime::from_timestamp(1_792_368_000 + half * 1800, 0).unwrap();
            format!("{},{},{contacts},\n", names[*queue], at.format("%Y-%m-%dT%H:%MZ"))
        }).collect();
        let history = one(&text);
        for queue in &history.queues {
            prop_assert!(queue.records.windows(2).all(|pair| pair[0].start < pair[1].start));
            let different: std::collections::BTreeSet<i64> = rows.iter()
                .filter(|(at, ..)| names[*at] == queue.id).map(|(_, half, _)| *half).collect();
            prop_assert_eq!(queue.records.len(), different.len());
        }
    }
}
