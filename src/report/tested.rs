//! Pictures of how good forecasts were, and the plan's section on it.

use maud::{Markup, html};

use super::words::percent;
use crate::results::{PlanResults, QueueResult, TestedWeek};

/// Width of the pictures.
const BAR: f64 = 150.0;
const COVER: f64 = 110.0;
/// Left end of the coverage axis.
const COVER_FROM: f64 = 0.5;
/// Coverages that are as they should be, of the 80 % and the 95 % interval.
pub(super) const RIGHT80: std::ops::RangeInclusive<f64> = 0.77..=0.83;
pub(super) const RIGHT95: std::ops::RangeInclusive<f64> = 0.93..=0.97;

/// The right end of the error axis.
pub(super) fn largest<'a>(weeks: impl Iterator<Item = &'a TestedWeek>) -> f64 {
    weeks
        .map(|w| w.wape.max(w.six_wape).max(w.floor))
        .fold(0.05, f64::max)
}

/// The error, the part of it that is chance, and the error of the median of six.
pub(super) fn error_bar(w: &TestedWeek, largest: f64) -> Markup {
    let width = |value: f64| (value / largest).clamp(0.0, 1.0) * (BAR - 4.0);
    let six = format!("{:.1}", 2.0 + width(w.six_wape));
    let (error, chance) = (width(w.wape), width(w.floor.min(w.wape)));
    html! {
        svg width=(BAR) height="20" role="img" aria-label=(format!("error {}, floor {}, median of six {}", percent(w.wape), percent(w.floor), percent(w.six_wape))) {
            rect.error x="2" y="5" width=(format!("{error:.1}")) height="10" {}
            rect.chance x="2" y="5" width=(format!("{chance:.1}")) height="10" {}
            line.six x1=(six) x2=(six) y1="1" y2="19" {}
        }
    }
}

/// Both coverages on one axis, beside where they should be.
pub(super) fn coverage(w: &TestedWeek) -> Markup {
    let x = |share: f64| {
        let place = ((share - COVER_FROM) / (1.0 - COVER_FROM)).clamp(0.0, 1.0);
        4.0 + place * (COVER - 8.0)
    };
    let band = |range: &std::ops::RangeInclusive<f64>| (x(*range.start()), x(*range.end()));
    let dot = |share: f64| format!("{:.1}", x(share));
    html! {
        svg width=(COVER) height="20" aria-hidden="true" {
            line.rail x1="4" x2=(COVER - 4.0) y1="10" y2="10" {}
            @for range in [RIGHT80, RIGHT95] {
                rect.right x=(format!("{:.1}", band(&range).0)) y="4" width=(format!("{:.1}", band(&range).1 - band(&range).0)) height="12" {}
            }
            circle.c80 cx=(dot(w.cover80)) cy="10" r="4" {}
            circle.c95 cx=(dot(w.cover95)) cy="10" r="3.2" {}
        }
    }
}

/// What the pictures' colours mean.
pub(super) fn key() -> Markup {
    html! {
        p.legend.below {
            span.key { i.box.chance {} "chance: the error of somebody who knows the true rate" }
            span.key { i.box.error {} "error beyond that" }
            span.key { i.six {} "error of the median of the last six weeks" }
            span.key { i.dot.c80 {} "inside the 80 % interval" }
            span.key { i.dot.c95 {} "inside the 95 % interval" }
            span.key { i.box.right {} "where they should be" }
        }
    }
}

/// How well the plan's forecasts have done on the past weeks from which their models were chosen; empty if no queue has been tested.
pub(super) fn forecasts_section(plan: &PlanResults) -> Markup {
    let tested: Vec<(&QueueResult, &TestedWeek)> = plan
        .queues
        .iter()
        .filter_map(|queue| Some((queue, queue.tested.as_ref()?)))
        .collect();
    let largest = largest(tested.iter().map(|t| t.1));
    html! {
        @if !tested.is_empty() {
            section #forecasts {
                h2 { "How good the forecasts have been" }
                div.scroll {
                    table.tested {
                        caption.unseen { "Errors of each queue's forecast on past weeks" }
                        thead {
                            tr {
                                th scope="col" { "Queue" }
                                th.n scope="col" { "Weeks ahead" }
                                th scope="col" { "Error " small { "0 to " (percent(largest)) } }
                                th.n scope="col" { "Error" }
                                th.n scope="col" { "Chance alone" }
                                th.n scope="col" { "Median of six" }
                                th scope="col" { "Intervals hold " small { "50 to 100 %" } }
                                th.n scope="col" { "80 %" }
                                th.n scope="col" { "95 %" }
                                th scope="col" { "Models used" }
                            }
                        }
                        tbody {
                            @for (queue, week) in &tested { (forecast_row(queue, week, largest)) }
                        }
                    }
                }
                (key())
                p.quiet {
                    "Past weeks forecast from what was known before them, with today’s choice of models, so a little flattered; "
                    code { "followsun backtest" } " chooses anew at each of them and is the stricter test. Errors are shares of the contacts of those weeks."
                }
            }
        }
    }
}

fn forecast_row(queue: &QueueResult, w: &TestedWeek, largest: f64) -> Markup {
    html! {
        tr {
            th scope="row" { (queue.id) }
            td.n { (w.week) }
            td { (error_bar(w, largest)) }
            td.n.strong { (percent(w.wape)) }
            td.n.quiet { (percent(w.floor)) }
            td.n.quiet { (percent(w.six_wape)) }
            td { (coverage(w)) }
            td.n { (percent(w.cover80)) }
            td.n { (percent(w.cover95)) }
            td.quiet { (w.mix()) }
        }
    }
}
