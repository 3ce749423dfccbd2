//! The page: one HTML file with its style, data and script inside, and nothing from outside.

use maud::{Markup, PreEscaped, html};

use super::data::page_data;
use super::frame::Frame;
use super::replanned::replanned_section;
use super::sections::{
    footer, headline_section, notes_section, queue_section, roster_section, unmet_section,
};
use super::tested::forecasts_section;
use super::words::dates;
use crate::results::PlanResults;

const SECTIONS: [(&str, &str); 6] = [
    ("summary", "Summary"),
    // Left out where nothing was made anew.
    ("changes", "Changes"),
    ("unmet", "Not met"),
    ("queues", "Queues"),
    ("roster", "Shifts"),
    // Left out where no forecast was tested.
    ("forecasts", "Forecasts"),
];
/// In the order in which they need each other.
const SCRIPTS: [&str; 7] = [
    include_str!("script/time.js"),
    include_str!("script/state.js"),
    include_str!("script/chart.js"),
    include_str!("script/heat.js"),
    include_str!("script/queue.js"),
    include_str!("script/gantt.js"),
    include_str!("script/main.js"),
];

/// The report as one HTML file that works offline. Without a script it still shows the summary, what could not be met and the notes. It holds
/// no figure of time spent, so the same plan gives the same bytes.
pub fn report_html(plan: &PlanResults) -> String {
    let title = format!("{}, {}", plan.name, dates(plan));
    let tested = plan.queues.iter().any(|queue| queue.tested.is_some());
    let there = |section: &&(&str, &str)| match section.0 {
        "changes" => plan.replanned.is_some(),
        "forecasts" => tested,
        _ => true,
    };
    let sections: Vec<(&str, &str)> = SECTIONS.iter().filter(there).copied().collect();
    let frame = Frame {
        title: &title,
        style: include_str!("backtest.css"),
        version: Some(&plan.summary.version),
        sections: &sections,
        head: html! { noscript { style { ".controls, .facts, figure, #gantt, .hint, #theme { display: none !important; }" } } },
        bar: html! { button #theme type="button" { "◐ Auto" } },
    };
    frame.around(&html! {
        main {
            (headline_section(plan))
            (replanned_section(plan))
            (unmet_section(plan))
            (queue_section())
            (roster_section(plan))
            (forecasts_section(plan))
            (notes_section(plan))
        }
        (footer(plan))
        aside #detail hidden tabindex="-1" aria-labelledby="detail-title" {
            div.detail-head {
                h2 #detail-title {}
                button #detail-close type="button" aria-label="Close details" { "✕" }
            }
            div #detail-body {}
        }
        (patterns())
        div #tip role="presentation" hidden {}
        div #live .unseen aria-live="polite" {}
        script #data type="application/json" { (PreEscaped(page_data(plan))) }
        script { (PreEscaped(script())) }
    })
}

/// Hatchings, so that nothing needs colour to be told apart.
fn patterns() -> Markup {
    html! {
        svg.unseen width="0" height="0" aria-hidden="true" {
            defs {
                pattern #hatch width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect width="6" height="6" fill="var(--warm-soft)" {}
                    rect width="2.2" height="6" fill="var(--warm)" {}
                }
                pattern #away width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect width="7" height="7" fill="var(--paper)" {}
                    rect width="1.2" height="7" fill="var(--line-strong)" {}
                }
            }
        }
    }
}

fn script() -> String {
    format!("(() => {{\n\"use strict\";\n{}}})();", SCRIPTS.concat())
}
