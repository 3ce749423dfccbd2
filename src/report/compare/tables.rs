//! Cards of the options, and tables of their figures.

use maud::{Markup, html};

use super::words::{difference, lacks, people_more, points, rearranged, some, tag, value, waits};
use crate::report::words::{money, percent, thousands, wait};
use crate::results::{Comparison, Measured, RowKind, ServiceCell, Unit};

/// A card an option: what it is, what it lacks, what would mend it.
pub(super) fn option_cards(comparison: &Comparison) -> Markup {
    html! {
        div.cards {
            @for (index, option) in comparison.options.iter().enumerate() {
                div class=(format!("card option tone{}", index % 6)) {
                    div { span.tag { (tag(option)) } strong { (option.name) } }
                    div.path { (option.path) }
                    @if !option.hired.is_empty() { p { "Hired: " (option.hired.join(", ")) } }
                    @let lacks = lacks(option);
                    @if lacks.is_empty() {
                        p { span.verdict.ok { "✓ keeps every promise" } }
                    } @else {
                        p { span.verdict.bad { "✗ " (option.short.len()) " of " (queues(comparison, index)) " queues below target" } }
                        p { @for (place, lack) in lacks.iter().enumerate() { @if place > 0 { br; } (lack) } }
                    }
                    @if option.at_target.count > 0 {
                        p { strong { "To keep them all: " } (people_more(option)) "." }
                    }
                    @if option.at_target.rearranged {
                        p { strong { "To keep them all: " } (rearranged(option, &comparison.currency)) "." }
                    }
                    @if !option.at_target.out_of_reach.is_empty() {
                        p { strong { "Out of reach: " } (some(&option.at_target.out_of_reach)) ". Nobody like the people there could help." }
                    }
                    p.quiet { "No roster can be more than " (format!("{:.1}", option.gap * 100.0)) " % better, wages and service together." }
                }
            }
        }
    }
}

fn queues(comparison: &Comparison, option: usize) -> usize {
    let rows = comparison.rows.iter();
    rows.filter(|row| row.kind == RowKind::Queue && row.cells[option].is_some())
        .count()
}

/// Money, hours and people with differences to the first option.
pub(super) fn figure_table(comparison: &Comparison) -> Markup {
    html! {
        div.scroll { table {
            thead { tr { th { "" } @for (index, option) in comparison.options.iter().enumerate() { th class=(format!("n tone{}", index % 6)) { span.tag { (option.letter) } (option.name) } } } }
            tbody {
                tr { th { "Cost a week with every promise kept" } @for option in &comparison.options {
                    td.n.strong { @if option.at_target.out_of_reach.is_empty() { (money(option.at_target.cost_week, &comparison.currency)) } @else { "–" } }
                } }
                @for figure in &comparison.figures {
                    tr { th { (figure.name) } @for (index, amount) in figure.values.iter().enumerate() {
                        td.n {
                            (value(figure.unit, *amount, &comparison.currency))
                            @if index > 0 {
                                small class=(format!("by {}", tone(&figure.differences[index], figure.unit == Unit::Money))) { (difference(figure.unit, &figure.differences[index])) }
                            }
                        }
                    } }
                }
            }
        } }
    }
}

/// News in words of colour; the sign says the same.
fn tone(by: &Measured, less_is_better: bool) -> &'static str {
    match (by.is_news(), less_is_better, by.mean > 0.0) {
        (false, ..) => "no-news",
        (true, true, true) => "worse",
        (true, true, false) => "better",
        (true, false, _) => "",
    }
}

/// Service in total, by language, by channel and by queue.
pub(super) fn service_table(comparison: &Comparison) -> Markup {
    let kinds = [
        (RowKind::Total, "In total"),
        (RowKind::Language, "By language"),
        (RowKind::Channel, "By channel"),
        (RowKind::Queue, "By queue"),
    ];
    html! {
        div.scroll { table {
            thead { tr {
                th { "" } th { "Target" }
                @for (index, option) in comparison.options.iter().enumerate() { th class=(format!("n tone{}", index % 6)) { span.tag { (option.letter) } "in time" } th.n { "contacts, wait, hung up, busy" } }
            } }
            tbody {
                @for (kind, title) in kinds {
                    tr.kind { th colspan=(2 + 2 * comparison.options.len()) { (title) } }
                    @for row in comparison.rows.iter().filter(|row| row.kind == kind) {
                        tr {
                            th { (row.name) }
                            td.quiet { @if let Some((_, words)) = &row.target { (words) } }
                            @for (index, cell) in row.cells.iter().enumerate() { (service_cell(cell.as_ref(), index)) }
                        }
                    }
                }
            }
        } }
    }
}

fn service_cell(cell: Option<&ServiceCell>, index: usize) -> Markup {
    let Some(cell) = cell else {
        return html! { td.n { "–" } td {} };
    };
    let tone = |by: &Measured, more_is_better: bool| match (by.is_news(), by.mean > 0.0) {
        (false, _) => "no-news",
        (true, more) if more == more_is_better => "better",
        _ => "worse",
    };
    html! {
        td.n {
            (percent(cell.service.mean)) span.quiet { (format!(" ±{:.1}", cell.service.half_width * 100.0)) }
            @if let Some(by) = cell.service_difference.as_ref().filter(|_| index > 0) {
                small class=(format!("by {}", tone(by, true))) { (points(by)) " points" }
            }
        }
        td.n.quiet {
            (thousands(cell.contacts.mean.round() as i64)) ", " (wait(cell.wait_s.mean)) ", " (percent(cell.abandoned.mean))
            @if let Some(busy) = &cell.occupancy { ", " (percent(busy.mean)) }
            @if let Some(by) = cell.wait_difference.as_ref().filter(|_| index > 0) {
                small class=(format!("by {}", tone(by, false))) { "wait " (waits(by)) }
            }
        }
    }
}
