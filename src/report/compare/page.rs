//! The page: one HTML file with its style inside, no script, nothing from outside.

use maud::html;

use super::pictures::{cost_picture, service_picture};
use super::tables::{figure_table, option_cards, service_table};
use super::words::{by_how_much, headline, method};
use crate::report::frame::Frame;
use crate::results::Comparison;

const SECTIONS: [(&str, &str); 4] = [
    ("answer", "Answer"),
    ("options", "Options"),
    ("money", "Money and people"),
    ("service", "Service"),
];

/// The comparison as one HTML file that works offline. It holds no figure of time spent, so the same comparison gives the same bytes.
pub fn compare_html(comparison: &Comparison) -> String {
    let title = headline(comparison);
    let first = &comparison.options[0];
    let frame = Frame {
        title: &title,
        version: Some(&comparison.version),
        style: include_str!("compare.css"),
        sections: &SECTIONS,
        ..Frame::default()
    };
    frame.around(&html! {
        main {
            section #answer {
                p.kicker { (comparison.options.len()) " options, week of " (comparison.first_day.format("%-d %B %Y").to_string()) }
                h1 { (title) }
                ul.answer { @for line in by_how_much(comparison) { li { (line) } } }
                figure {
                    figcaption { span { "Cost a week with every promise kept" } small.quiet { (comparison.currency) ", with the 95 % interval of the difference to the cheapest" } }
                    (cost_picture(comparison))
                }
            }
            section #options {
                h2 { "The options" }
                (option_cards(comparison))
            }
            section #money {
                h2 { "Money, hours and people" }
                p.quiet { "Small print: the difference to " (first.letter) " with its 95 % interval. Grey: within what chance explains." }
                (figure_table(comparison))
            }
            section #service {
                h2 { "Service" }
                figure {
                    figcaption { span { "Share answered in time, by queue" } small.quiet { "dot: simulated, bar: 95 % interval, line: target" } }
                    (service_picture(comparison))
                }
                (service_table(comparison))
            }
            section { h2 { "How this was found" } p.method { (method(comparison)) } }
        }
        footer { p.quiet { "followsun " (comparison.version) ", seed " (comparison.seed) } }
    })
}
