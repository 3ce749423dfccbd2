//! The page of a backtest says what the backtest found.

#[path = "common/html.rs"]
mod html;

use followsun::report::backtest_html;
use followsun::results::{TestedForecasts, TestedQueue, TestedWeek};
use html::check_tags;

fn week(week: usize, wape: f64) -> TestedWeek {
    TestedWeek {
        week,
        intervals: 1200,
        wape,
        bias: -0.012,
        pinball: 0.0345,
        cover80: 0.801,
        cover95: 0.91,
        mase: 0.77,
        floor: 0.1,
        six_wape: 0.4,
        six_pinball: 0.05,
        models: vec![("low-rank".into(), 0.7), ("pooled-mean".into(), 0.3)],
    }
}

fn tested() -> TestedForecasts {
    TestedForecasts {
        name: "Two <queues>".into(),
        origins: 12,
        queues: vec![
            TestedQueue {
                id: "en-phone".into(),
                weeks: vec![week(1, 0.2), week(4, 0.3)],
                borrowed: false,
                notes: vec!["2026-01-06: 3 contacts where <many> are usual".into()],
            },
            TestedQueue {
                id: "ja-chat".into(),
                weeks: vec![],
                borrowed: false,
                notes: vec![],
            },
            TestedQueue {
                id: "pl-chat".into(),
                weeks: vec![],
                borrowed: true,
                notes: vec![],
            },
        ],
    }
}

/// Width of the first shape of a class after a place in the page.
fn width(row: &str, class: &str) -> f64 {
    let shape = &row[row.find(&format!("class=\"{class}\"")).expect(class)..];
    let from = shape.find("width=\"").expect("a width") + 7;
    let text = &shape[from..];
    text[..text.find('"').expect("its end")]
        .parse()
        .expect("a number")
}

#[test]
fn says_what_was_found_queue_by_queue() {
    let page = backtest_html(&tested());
    check_tags(&page);
    for text in [
        "Forecasts of Two &lt;queues&gt;, tested",
        "misses by 20.0 % of the contacts in the mean queue; 10.0 % is chance",
        "beats the median of six weeks in 1 of 1 queues",
        "1 of 3",
        "12 weekly origins, 1,200 intervals a lead",
        "four weeks ahead 30.0 %",
        "history is too short to be tested",
        "borrowed from another queue",
        "low-rank 70 %, pooled-mean 30 %",
        "-1.2 %",
        "3.45 %",
        "0.77",
        "where &lt;many&gt; are usual",
    ] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn the_pictures_are_true_to_scale() {
    let page = backtest_html(&tested());
    let rows: Vec<&str> = page
        .split("<tr")
        .filter(|row| row.contains("<svg"))
        .collect();
    assert_eq!(rows.len(), 2);
    let [near, far] = [rows[0], rows[1]];
    // Errors of 20 and 30 %, a floor of 10 %, on one axis that ends at the median of six, 40 %.
    assert!((width(far, "error") / width(near, "error") - 1.5).abs() < 0.01);
    assert!((width(near, "chance") / width(near, "error") - 0.5).abs() < 0.01);
    let six = near.find("class=\"six\" x1=\"").expect("the mark") + 16;
    let six: f64 = near[six..six + 5]
        .trim_end_matches('"')
        .parse()
        .expect("its place");
    assert!(
        ((six - 2.0) / width(near, "error") - 2.0).abs() < 0.02,
        "{six}"
    );
    // 80.1 % is as it should be, 91 % instead of 95 % is not.
    assert!(
        near.contains("<td class=\"n\">80.1 %</td>")
            && near.contains("<td class=\"n off\">91.0 %</td>")
    );
}

#[test]
fn nothing_tested_is_said_and_nothing_comes_from_outside() {
    let mut none = tested();
    none.queues.remove(0);
    let page = backtest_html(&none);
    check_tags(&page);
    assert!(page.contains("No history is long enough to be tested"));
    assert!(!page.contains("NaN"), "{page}");
    for outside in ["http:", "https:", "src=", "@import", "<link", "<script"] {
        assert!(!backtest_html(&tested()).contains(outside), "{outside}");
    }
}
