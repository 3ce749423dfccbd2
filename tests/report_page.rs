//! The page is one well-formed file that needs nothing from outside.

#[path = "common/html.rs"]
mod html;
mod sample_plan;

use followsun::report::report_html;
use followsun::results::TestedWeek;
use html::check_tags;
use sample_plan::{plan, small_plan};

fn data(page: &str) -> serde_json::Value {
    let begin =
        page.find("type=\"application/json\">").unwrap() + "type=\"application/json\">".len();
    let end = begin + page[begin..].find("</script>").unwrap();
    serde_json::from_str(&page[begin..end]).unwrap()
}

#[test]
fn well_formed_and_self_contained() {
    for plan in [small_plan(), plan(60, 1)] {
        let page = report_html(&plan);
        check_tags(&page);
        for outside in [
            "http:",
            "https:",
            "src=",
            "@import",
            "url(//",
            "fetch(",
            "XMLHttpRequest",
            "<link",
        ] {
            assert!(!page.contains(outside), "{outside}");
        }
    }
}

#[test]
fn says_what_was_found_without_a_script() {
    let page = report_html(&small_plan());
    let before_script = &page[..page.find("type=\"application/json\"").unwrap()];
    for text in [
        "en-phone meets its target.",
        "holds narrowly",
        "80 % within 20 s",
        "81.0 %",
        "79.0 % to 83.0 %",
        "no plan can be more than 0.5 % better",
        "EUR 335",
        "nobody else speaks en",
    ] {
        assert!(before_script.contains(text), "{text}");
    }
}

#[test]
fn says_how_good_the_forecasts_have_been() {
    let mut plan = small_plan();
    assert!(
        !report_html(&plan).contains("id=\"forecasts\""),
        "nothing was tested"
    );
    plan.queues[0].tested = Some(TestedWeek {
        week: 2,
        intervals: 100,
        wape: 0.2,
        bias: 0.0,
        pinball: 0.05,
        cover80: 0.79,
        cover95: 0.96,
        mase: 0.8,
        floor: 0.15,
        six_wape: 0.25,
        six_pinball: 0.06,
        models: vec![("low-rank".into(), 0.6), ("multiplicative".into(), 0.4)],
    });
    let page = report_html(&plan);
    check_tags(&page);
    let section = &page[page.find("<section id=\"forecasts\">").unwrap()..];
    let section = &section[..section.find("</section>").unwrap()];
    for text in [
        "How good the forecasts have been",
        "<th scope=\"row\">en-phone</th><td class=\"n\">2</td>",
        "error 20.0 %, floor 15.0 %, median of six 25.0 %",
        "<td class=\"n\">79.0 %</td><td class=\"n\">96.0 %</td>",
        "low-rank 60 %, multiplicative 40 %",
        "followsun backtest",
    ] {
        assert!(section.contains(text), "{text}\n{section}");
    }
    assert!(page.contains("<a href=\"#forecasts\">"));
}

#[test]
fn figures_of_time_spent_stay_out() {
    let mut slower = small_plan();
    slower.summary.seconds = 99.0;
    assert_eq!(report_html(&small_plan()), report_html(&slower));
}

#[test]
fn free_text_cannot_break_out() {
    let mut plan = small_plan();
    plan.people[0].name = "</script><img src=x onerror=alert(1)>".into();
    plan.summary.unmet[0].why = "<b>bold</b>".into();
    let page = report_html(&plan);
    assert_eq!(page.matches("</script>").count(), 2);
    assert!(!page.contains("<img"));
    assert!(page.contains("&lt;b&gt;bold"));
    assert_eq!(
        data(&page)["people"][0]["name"],
        "</script><img src=x onerror=alert(1)>"
    );
}

#[test]
fn data_are_minutes_of_the_grid_and_zones_with_their_changes() {
    let data = data(&report_html(&small_plan()));
    // The grid starts at 00:30Z; Vilnius and London set their clocks back at 01:00Z.
    let change = |zone: &str| data["zones"][zone][1].clone();
    assert_eq!(change("Europe/Vilnius"), serde_json::json!([30, 120]));
    assert_eq!(change("Europe/London"), serde_json::json!([30, 0]));
    let shift = &data["people"][0]["shifts"][0];
    assert_eq!(
        (shift["start"].as_i64(), shift["end"].as_i64()),
        (Some(-330), Some(210))
    );
    assert_eq!(shift["night"], 1);
    assert_eq!(data["queues"][0]["sl"], serde_json::json!([800, null]));
    assert_eq!(data["queues"][0]["past"], serde_json::json!([[2, null]]));
    assert_eq!(
        data["texts"][data["queues"][0]["why"]["0"].as_u64().unwrap() as usize],
        "only one speaks </script> en"
    );
}

#[test]
fn stays_small_and_the_same() {
    let plan = plan(120, 7);
    let page = report_html(&plan);
    assert!(page.len() < 1_500_000, "{} bytes", page.len());
    assert_eq!(page, report_html(&plan));
}
