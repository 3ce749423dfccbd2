//! The page of `followsun staff`: one HTML file that works offline and needs no script.

use chrono::{Datelike, Timelike, Weekday};
use maud::{Markup, html};

use crate::report::frame::Frame;
use crate::report::words::thousands;
use crate::results::{PooledGroup, Staffing};

const WIDTH: f64 = 1180.0;
const HEIGHT: f64 = 200.0;
/// Room for the axis at the left and the days below.
const LEFT: f64 = 36.0;
const BELOW: f64 = 22.0;

/// How many people it takes, over the week: every queue by itself against people who serve several, and per queue in a table.
/// The same requirement gives the same bytes.
pub fn staffing_html(staffing: &Staffing) -> String {
    let frame = Frame {
        title: &format!("Staff for {}", staffing.name),
        style: include_str!("staffing.css"),
        ..Frame::default()
    };
    frame.around(&html! {
        main {
            section #pooled {
                p.kicker { (staffing.name) " · requirement from " (staffing.first_day.format("%-d %B %Y")) }
                h1 { (headline(staffing)) }
                p.key {
                    span.swatch.apart {} "every queue with people of its own "
                    span.swatch.pooled {} "the fewest that people with the given skills can be "
                    span.swatch.load {} "busy all the time (Erlang)"
                }
                @for group in staffing.groups.iter().rev() { (picture(staffing, group)) }
            }
            (table(staffing))
        }
    })
}

fn hours(staffing: &Staffing, agents: &[f64]) -> f64 {
    agents.iter().sum::<f64>() * staffing.grid.step_seconds() / 3600.0
}

fn headline(staffing: &Staffing) -> String {
    match staffing.groups.last() {
        Some(all) => format!(
            "Live contacts take {} hours of agents at work if every queue has its own people, and at least {} with people who serve several",
            thousands(hours(staffing, &all.apart).round() as i64),
            thousands(hours(staffing, &all.pooled).round() as i64)
        ),
        None => "What each queue needs".to_owned(),
    }
}

fn picture(staffing: &Staffing, group: &PooledGroup) -> Markup {
    let most = group.apart.iter().copied().fold(1.0, f64::max);
    let intervals = staffing.grid.len as f64;
    let x = |interval: f64| LEFT + interval / intervals * (WIDTH - LEFT);
    let y = |agents: f64| (1.0 - agents / most) * (HEIGHT - BELOW - 8.0) + 8.0;
    let steps = |values: &[f64]| {
        let points = values.iter().enumerate().flat_map(|(interval, &agents)| {
            [interval, interval + 1].map(|at| format!("{:.1},{:.1}", x(at as f64), y(agents)))
        });
        points.collect::<Vec<String>>().join(" ")
    };
    let zone = &staffing.planner_zone;
    let midnights: Vec<(usize, String, bool)> = staffing
        .grid
        .instants()
        .enumerate()
        .filter_map(|(interval, at)| {
            let local = zone.to_local(at);
            let weekend = matches!(local.weekday(), Weekday::Sat | Weekday::Sun);
            (local.num_seconds_from_midnight() == 0)
                .then(|| (interval, local.format("%a %-d").to_string(), weekend))
        })
        .collect();
    let day = 86400.0 / staffing.grid.step_seconds();
    html! {
        figure.staff {
            figcaption {
                b { (group.name) }
                span {
                    (thousands(hours(staffing, &group.apart).round() as i64)) " hours apart, "
                (thousands(hours(staffing, &group.pooled).round() as i64)) " together, "
                    "at most " (format!("{most:.0}")) " people at once"
                }
            }
            svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(format!("Agents needed over the week, {}", group.name)) {
                @for (interval, name, weekend) in &midnights {
                    @if *weekend {
                        rect.weekend x=(format!("{:.1}", x(*interval as f64))) y="8" width=(format!("{:.1}", (x(day) - LEFT).min(WIDTH - x(*interval as f64)))) height=(format!("{:.1}", HEIGHT - BELOW - 8.0)) {}
                    }
                    text.axis x=(format!("{:.1}", x(*interval as f64) + 4.0)) y=(format!("{:.1}", HEIGHT - 6.0)) { (name) }
                }
                @for share in if most % 2.0 == 0.0 { &[0.0, 0.5, 1.0][..] } else { &[0.0, 1.0][..] } {
                    line.grid x1=(LEFT) x2=(WIDTH) y1=(format!("{:.1}", y(most * share))) y2=(format!("{:.1}", y(most * share))) {}
                    text.axis text-anchor="end" x=(LEFT - 6.0) y=(format!("{:.1}", y(most * share) + 4.0)) { (format!("{:.0}", most * share)) }
                }
                polygon.apart points=(format!("{LEFT},{:.1} {} {WIDTH},{:.1}", y(0.0), steps(&group.apart), y(0.0))) {}
                polygon.pooled points=(format!("{LEFT},{:.1} {} {WIDTH},{:.1}", y(0.0), steps(&group.pooled), y(0.0))) {}
                polyline.load points=(steps(&group.load_erlang)) {}
            }
        }
    }
}

fn table(staffing: &Staffing) -> Markup {
    html! {
        section #queues {
            h2 { "Each queue by itself" }
            div.scroll {
                table.staffed {
                    caption.unseen { "Requirement of each queue" }
                    thead {
                        tr {
                            th scope="col" { "Queue" }
                            th scope="col" { "Target" }
                            th.n scope="col" { "Contacts" }
                            th.n scope="col" { "Mean load" }
                            th.n scope="col" { "Most at once" }
                            th.n scope="col" { "Hours" }
                            th.n scope="col" { "Rostered hours" }
                        }
                    }
                    tbody {
                        @for queue in &staffing.queues {
                            @let sum = |of: fn(&crate::results::StaffPoint) -> f64| queue.points.iter().map(of).collect::<Vec<f64>>();
                            @let agents = sum(|point| point.agents);
                            tr {
                                th scope="row" { (queue.id) }
                                td { (queue.target) @if queue.points.iter().all(|point| point.service.is_none()) { ", may wait" } }
                                td.n { (thousands(queue.contacts.iter().sum::<f64>().round() as i64)) }
                                td.n { (format!("{:.2}", sum(|point| point.load_erlang).iter().sum::<f64>() / staffing.grid.len as f64)) }
                                td.n { (format!("{:.0}", agents.iter().copied().fold(0.0, f64::max).ceil())) }
                                td.n { (thousands(hours(staffing, &agents).round() as i64)) }
                                td.n { (thousands(hours(staffing, &sum(|point| point.scheduled)).round() as i64)) }
                            }
                        }
                    }
                }
            }
            p.quiet { "Hours: agents at work for the target in every interval. Rostered hours: with shrinkage, so that as many are left. E-mail and other work that may wait is counted as its load: it fills the time between contacts." }
        }
    }
}
