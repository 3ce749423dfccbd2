//! The page is one well-formed file that needs nothing from outside.

mod sample_plan;

use followsun::report::report_html;
use sample_plan::{plan, small_plan};

const VOID: [&str; 4] = ["meta", "input", "br", "link"];

/// Checks that every tag is closed in order; contents of `style` and `script` are skipped.
fn check_tags(page: &str) {
    let mut open: Vec<String> = Vec::new();
    let mut rest = page;
    while let Some(begin) = rest.find('<') {
        rest = &rest[begin..];
        let end = rest.find('>').expect("a tag ends");
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            continue;
        }
        let name: String = tag
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric())
            .collect();
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        if name == "script" || name == "style" {
            let close = format!("</{name}>");
            let end = rest.find(&close).expect("it is closed");
            rest = &rest[end + close.len()..];
        } else if !VOID.contains(&name.as_str()) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

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
