//! The page of a backtest: one HTML file that works offline and needs no script.

use maud::{Markup, html};

use super::frame::{Frame, card};
use super::tested::{RIGHT80, RIGHT95, coverage, error_bar, key, largest};
use super::words::{percent, thousands};
use crate::results::{TestedForecasts, TestedQueue, TestedWeek};

/// How good forecasts would have been, for people: the error of every queue beside the least possible one and beside the median of
/// the last six weeks, whether its intervals hold, and which models were used. The same backtest gives the same bytes.
pub fn backtest_html(tested: &TestedForecasts) -> String {
    let frame = Frame {
        title: &format!("Forecasts of {}, tested", tested.name),
        style: include_str!("backtest.css"),
        ..Frame::default()
    };
    frame.around(&html! {
        main {
            section #summary {
                p.kicker { (tested.name) " · forecasts tested on the past" }
                h1 { (headline(tested)) }
                div.cards { (cards(tested)) }
                (table(tested))
                (legend())
            }
            (notes(tested))
        }
    })
}

fn at(tested: &TestedForecasts, week: usize) -> impl Iterator<Item = &TestedWeek> {
    let weeks = tested.queues.iter().flat_map(|q| &q.weeks);
    weeks.filter(move |w| w.week == week && w.intervals > 0)
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = values.fold((0.0, 0.0), |t, v| (t.0 + v, t.1 + 1.0));
    sum / n
}

fn headline(tested: &TestedForecasts) -> String {
    let n = at(tested, 1).count();
    if n == 0 {
        return "No history is long enough to be tested".to_owned();
    }
    let better = at(tested, 1).filter(|w| w.pinball <= w.six_pinball).count();
    let error = mean(at(tested, 1).map(|w| w.wape));
    let floor = mean(at(tested, 1).map(|w| w.floor));
    format!(
        "Next week's forecast misses by {} of the contacts in the mean queue; {} is chance that nobody can foresee. It beats the median of six weeks in {better} of {n} queues.",
        percent(error),
        percent(floor.min(error))
    )
}

fn cards(tested: &TestedForecasts) -> Markup {
    let cover = |week: usize, of: fn(&TestedWeek) -> f64| percent(mean(at(tested, week).map(of)));
    let intervals: usize = at(tested, 1).map(|w| w.intervals).sum();
    html! {
        (card("Queues tested", &format!("{} of {}", at(tested, 1).count(), tested.queues.len()),
            &format!("{} weekly origins, {} intervals a lead", tested.origins, thousands(intervals as i64))))
        (card("Error, mean of queues", &percent(mean(at(tested, 1).map(|w| w.wape))),
            &format!("four weeks ahead {}", percent(mean(at(tested, 4).map(|w| w.wape))))))
        (card("8 times in 10 within", &cover(1, |w| w.cover80), &format!("should be 80 %; four weeks ahead {}", cover(4, |w| w.cover80))))
        (card("19 times in 20 within", &cover(1, |w| w.cover95), &format!("should be 95 %; four weeks ahead {}", cover(4, |w| w.cover95))))
    }
}

fn table(tested: &TestedForecasts) -> Markup {
    let largest = largest(tested.queues.iter().flat_map(|q| &q.weeks));
    html! {
        div.scroll {
            table.tested.wide {
                caption.unseen { "Each queue's forecast errors, one and four weeks ahead" }
                thead {
                    tr {
                        th scope="col" { "Queue" }
                        th.n scope="col" { "Week" }
                        th scope="col" { "Error " small { "0 to " (percent(largest)) } }
                        th.n scope="col" { "Error" }
                        th.n scope="col" { "Floor" }
                        th.n scope="col" { "Bias" }
                        th.n scope="col" { "Pinball" }
                        th.n scope="col" { "of six" }
                        th scope="col" { "Intervals hold " small { "50 to 100 %" } }
                        th.n scope="col" { "80 %" }
                        th.n scope="col" { "95 %" }
                        th.n scope="col" { "MASE" }
                        th scope="col" { "Models used" }
                    }
                }
                tbody {
                    @for queue in &tested.queues {
                        @if queue.weeks.is_empty() {
                            tr { th scope="row" { (queue.id) } td colspan="12" .quiet { (queue.untested()) } }
                        }
                        @for (place, week) in queue.weeks.iter().enumerate() { (row(queue, week, place, largest)) }
                    }
                }
            }
        }
    }
}

fn row(queue: &TestedQueue, w: &TestedWeek, place: usize, largest: f64) -> Markup {
    let flag = |right: bool| if right { "n" } else { "n off" };
    html! {
        tr class=(if place == 0 { "first" } else { "more" }) {
            th scope="row" { @if place == 0 { (queue.id) } @else { span.unseen { (queue.id) } } }
            td.n { (w.week) }
            td { (error_bar(w, largest)) }
            td.n.strong { (percent(w.wape)) }
            td.n.quiet { (percent(w.floor)) }
            td.n { (format!("{:+.1} %", 100.0 * w.bias)) }
            td.n { (format!("{:.2} %", 100.0 * w.pinball)) }
            td.n.quiet { (format!("{:.2} %", 100.0 * w.six_pinball)) }
            td { (coverage(w)) }
            td class=(flag(RIGHT80.contains(&w.cover80))) { (percent(w.cover80)) }
            td class=(flag(RIGHT95.contains(&w.cover95))) { (percent(w.cover95)) }
            td.n { (format!("{:.2}", w.mase)) }
            td.quiet { (w.mix()) }
        }
    }
}

fn legend() -> Markup {
    html! {
        (key())
        p.quiet {
            "At each weekly origin everything later was hidden, models were chosen and intervals learned anew, and the first and the fourth week after it were compared with what came. "
            "Errors are shares of the contacts of those weeks. A queue with very few contacts has zeros inside every interval, so more than 80 % of its intervals hold."
        }
    }
}

fn notes(tested: &TestedForecasts) -> Markup {
    let with: Vec<&TestedQueue> = tested
        .queues
        .iter()
        .filter(|q| !q.notes.is_empty())
        .collect();
    html! {
        @if !with.is_empty() {
            section #notes {
                h2 { "What was odd about the histories" }
                @for queue in with {
                    h3 { (queue.id) }
                    ul { @for note in &queue.notes { li { (note) } } }
                }
            }
        }
    }
}
