//! Pictures as SVG: bars of cost, dots of service.

use maud::{Markup, html};

use crate::report::words::{money, percent, thousands};
use crate::results::{Comparison, RowKind, ServiceRow};

const WIDTH: f64 = 1180.0;
const NAMES: f64 = 330.0;
const VALUES: f64 = 190.0;

/// One bar an option: the roster as planned, and beside it the people who are missing to its targets.
pub(super) fn cost_picture(comparison: &Comparison) -> Markup {
    let row = 52.0;
    let height = row * comparison.options.len() as f64 + 30.0;
    let most = comparison
        .options
        .iter()
        .map(|option| option.at_target.cost_week)
        .fold(1.0, f64::max);
    let whisker = |index: usize| {
        let cheapest = comparison.cheapest.as_ref()?;
        cheapest.dearer[index].map(|by| by.half_width)
    };
    let widest = (0..comparison.options.len())
        .filter_map(whisker)
        .fold(0.0, f64::max);
    let x = |cost: f64| NAMES + cost / (most + widest) * (WIDTH - NAMES - VALUES);
    let planned = |index: usize| {
        let figure = comparison
            .figures
            .iter()
            .find(|figure| figure.key == "cost_week");
        figure.map_or(0.0, |figure| figure.values[index])
    };
    let best = comparison.cheapest.as_ref().map(|cheapest| cheapest.option);
    html! {
        svg.bars viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-label="Cost a week with every promise kept, by option" {
            @for (index, option) in comparison.options.iter().enumerate() {
                @let y = row * index as f64 + 8.0;
                @let reached = option.at_target.out_of_reach.is_empty();
                g class=(format!("tone{}", index % 6)) {
                    text x="0" y=(y + 17.0) class=[(best == Some(index)).then_some("best")] { (format!("{}  {}", option.letter, short(&option.name, 36))) }
                    text.sub x="0" y=(y + 34.0) { (note(option, comparison)) }
                    rect class=(if best == Some(index) { "bar-best" } else { "bar-cost" }) x=(NAMES) y=(y) width=(x(planned(index)) - NAMES) height="28" rx="3" {}
                    @if option.at_target.cost_week > planned(index) {
                        rect.bar-more x=(x(planned(index))) y=(y + 0.5) width=((x(option.at_target.cost_week) - x(planned(index))).max(2.0)) height="27" rx="2" {}
                    }
                    @let end = x(option.at_target.cost_week);
                    @if let Some(half) = whisker(index).filter(|half| *half > 0.0) {
                        @let (from, to) = (x(option.at_target.cost_week - half), x(option.at_target.cost_week + half));
                        line.whisker x1=(from) x2=(to) y1=(y + 14.0) y2=(y + 14.0) {}
                        line.whisker x1=(from) x2=(from) y1=(y + 9.0) y2=(y + 19.0) {}
                        line.whisker x1=(to) x2=(to) y1=(y + 9.0) y2=(y + 19.0) {}
                    }
                    text x=(end.max(x(option.at_target.cost_week + whisker(index).unwrap_or(0.0))) + 10.0) y=(y + 19.0) class=[(best == Some(index)).then_some("best")] {
                        @if reached { (money(option.at_target.cost_week, &comparison.currency)) } @else { "cannot keep every promise" }
                    }
                }
            }
            text.sub x=(NAMES) y=(height - 6.0) { "solid: the roster as planned · dashed: people missing to its targets" }
        }
    }
}

fn note(option: &crate::results::Choice, comparison: &Comparison) -> String {
    let figure = comparison
        .figures
        .iter()
        .find(|figure| figure.key == "cost_week");
    let index = comparison
        .options
        .iter()
        .position(|known| known.letter == option.letter);
    let planned = figure
        .zip(index)
        .map_or(0.0, |(figure, index)| figure.values[index]);
    match option.at_target.count {
        0 if option.short.is_empty() => "keeps every promise as planned".to_owned(),
        0 if option.at_target.rearranged => "another roster of the same people".to_owned(),
        0 => "below target as planned".to_owned(),
        1 => format!(
            "planned {}, and 1 person more",
            thousands(planned.round() as i64)
        ),
        more => format!(
            "planned {}, and {more} people more",
            thousands(planned.round() as i64)
        ),
    }
}

/// A name that fits.
fn short(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let cut: String = name.chars().take(most - 1).collect();
    format!("{}…", cut.trim_end())
}

/// A row a queue, a dot an option.
pub(super) fn service_picture(comparison: &Comparison) -> Markup {
    let rows: Vec<&ServiceRow> = comparison
        .rows
        .iter()
        .filter(|row| row.kind == RowKind::Queue)
        .collect();
    let options = comparison.options.len() as f64;
    let row_height = (options * 9.0 + 10.0).max(24.0);
    let height = rows.len() as f64 * row_height + 34.0;
    let least = rows
        .iter()
        .flat_map(|row| row.cells.iter().flatten())
        .map(|cell| cell.service.low())
        .chain(rows.iter().filter_map(|row| Some(row.target.as_ref()?.0)))
        .filter(|low| low.is_finite())
        .fold(0.75, f64::min);
    let from = ((least - 0.02) * 20.0).floor().max(0.0) / 20.0;
    let left = 150.0;
    let x =
        |share: f64| left + (share.clamp(from, 1.0) - from) / (1.0 - from) * (WIDTH - left - 60.0);
    let step = if 1.0 - from > 0.5 { 0.1 } else { 0.05 };
    let ticks: Vec<f64> = (0..=20)
        .map(|tick| from + f64::from(tick) * step)
        .filter(|share| *share <= 1.0 + 1e-9)
        .collect();
    html! {
        svg.bars viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-label="Share answered in time by queue and option; the table below has the figures" {
            @for tick in &ticks {
                line.grid x1=(x(*tick)) x2=(x(*tick)) y1="4" y2=(height - 26.0) {}
                text.sub x=(x(*tick)) y=(height - 10.0) text-anchor="middle" { (format!("{:.0} %", tick * 100.0)) }
            }
            @for (place, row) in rows.iter().enumerate() {
                @let y = place as f64 * row_height + 6.0;
                text x="0" y=(y + row_height / 2.0 + 2.0) { (row.name) }
                @if let Some((target, words)) = &row.target {
                    line.goal x1=(x(*target)) x2=(x(*target)) y1=(y) y2=(y + row_height - 8.0) { title { (words) } }
                }
                @for (index, cell) in row.cells.iter().enumerate() {
                    @if let Some(cell) = cell.filter(|cell| cell.service.mean.is_finite()) {
                        @let at = y + 5.0 + index as f64 * 9.0;
                        g class=(format!("tone{}", index % 6)) {
                            title { (comparison.options[index].letter) ": " (percent(cell.service.mean)) }
                            line.spread-of x1=(x(cell.service.low())) x2=(x(cell.service.high())) y1=(at) y2=(at) {}
                            circle.dot cx=(x(cell.service.mean)) cy=(at) r="3.6" {}
                        }
                    }
                }
                @if place + 1 < rows.len() { line.grid x1="0" x2=(WIDTH) y1=(y + row_height - 4.0) y2=(y + row_height - 4.0) {} }
            }
        }
        p.quiet {
            @for (index, option) in comparison.options.iter().enumerate() {
                span class=(format!("tone{}", index % 6)) { span.tag { (option.letter) } (option.name) "   " }
            }
        }
    }
}
