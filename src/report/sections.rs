//! The parts of the page that need no script, and the frames that the script fills.

use maud::{Markup, html};

use super::frame::card;
use super::weakest::Weakest;
use super::words::{
    Counts, Verdict, dates, gap, headline, money, percent, status, thousands, wait,
};
use crate::results::{PlanResults, QueueResult};

/// Does it hold, what does it cost, and each queue in a row.
pub(super) fn headline_section(plan: &PlanResults) -> Markup {
    let summary = &plan.summary;
    let counts = Counts::of(plan);
    let met = plan
        .queues
        .iter()
        .filter(|queue| Verdict::of(queue).is_met())
        .count();
    html! {
        section #summary {
            p.kicker { (plan.name) " · " (dates(plan)) " · " (plan.planner_zone.name()) }
            h1 { (headline(plan)) }
            div.cards {
                (card("Queues on target", &format!("{met} of {}", plan.queues.len()), "judged by playing the roster against random days"))
                (card("Cost", &money(summary.cost, &plan.currency), &gap(summary)))
                (card("People on shift", &format!("{} of {}", counts.on_shift, counts.people),
                    &format!("{} {}, {} paid hours", thousands(counts.shifts as i64), if counts.shifts == 1 { "shift" } else { "shifts" }, thousands(counts.paid_minutes / 60))))
                @if counts.wishes > 0 {
                    (card("Wishes granted", &format!("{} of {}", counts.granted, counts.wishes), "days off, early and late starts"))
                }
                (card("Rules of work", "0 broken", &status(summary)))
            }
            @if !plan.queues.is_empty() { (queue_table(plan)) }
        }
    }
}

fn queue_table(plan: &PlanResults) -> Markup {
    let scale = Scale::of(&plan.queues);
    html! {
        div.scroll {
            table.summary {
                caption.unseen { "Each queue's target and what the simulation found" }
                thead {
                    tr {
                        th scope="col" { "Queue" }
                        th scope="col" { "Verdict" }
                        th scope="col" { "Target" }
                        th.n scope="col" { "Simulated" }
                        th scope="col" { "95 % interval " small { "bar; " (format!("{:.0}", scale.from * 100.0)) " to 100 %, target ┃" } }
                        th.n scope="col" { "Mean wait" }
                        th.n scope="col" { "Hung up" }
                        th.n scope="col" { "Busy" }
                        th scope="col" { "Weakest hours" }
                    }
                }
                tbody {
                    @for (place, queue) in plan.queues.iter().enumerate() {
                        (queue_row(plan, place, queue, &scale))
                    }
                }
            }
        }
    }
}

fn queue_row(plan: &PlanResults, place: usize, queue: &QueueResult, scale: &Scale) -> Markup {
    let (summary, verdict) = (&queue.summary, Verdict::of(queue));
    let kind = match verdict {
        Verdict::Holds | Verdict::Narrowly | Verdict::Idle => "ok",
        Verdict::Doubtful => "maybe",
        Verdict::Short(..) => "bad",
    };
    html! {
        tr data-queue=(place) {
            th scope="row" { a href="#queues" { (queue.id) } }
            td { span class=(format!("verdict {kind}")) { span aria-hidden="true" { (verdict.mark()) } " " (verdict.words()) } }
            td.quiet { (queue.target.text) }
            td.n.strong { (percent(summary.simulated)) }
            td { (interval(queue, scale)) }
            td.n { (wait(summary.asa_s)) }
            td.n { (percent(summary.abandoned)) }
            td.n { (percent(summary.occupancy)) }
            td.quiet.wrapped {
                @match Weakest::of(plan, queue) {
                    Some(weakest) => { strong { (weakest.share()) } " " (weakest.when()) }
                    None => "none far below",
                }
            }
        }
    }
}

/// The common axis of the interval bars.
struct Scale {
    from: f64,
}

const BAR: f64 = 150.0;

impl Scale {
    /// From 50 % up, or from lower (in tenths) if a queue is lower.
    fn of(queues: &[QueueResult]) -> Scale {
        let lowest = queues
            .iter()
            .map(|queue| queue.summary.low)
            .fold(0.5, f64::min);
        Scale {
            from: (lowest * 10.0).floor() / 10.0,
        }
    }

    fn x(&self, share: f64) -> String {
        let place = ((share - self.from) / (1.0 - self.from)).clamp(0.0, 1.0);
        format!("{:.1}", 4.0 + place * (BAR - 8.0))
    }
}

fn interval(queue: &QueueResult, scale: &Scale) -> Markup {
    let summary = &queue.summary;
    let text = if summary.simulated.is_finite() {
        format!("{} to {}", percent(summary.low), percent(summary.high))
    } else {
        "no contacts".to_owned()
    };
    let (low, high) = (scale.x(summary.low), scale.x(summary.high));
    let (mean, target) = (scale.x(summary.simulated), scale.x(queue.target.answered));
    html! {
        span.interval {
            @if summary.simulated.is_finite() {
                svg width=(BAR) height="18" aria-hidden="true" {
                    line.rail x1="4" x2=(BAR - 4.0) y1="9" y2="9" {}
                    line.spread x1=(low) x2=(high) y1="9" y2="9" {}
                    circle cx=(mean) cy="9" r="3.5" {}
                    line.goal x1=(target) x2=(target) y1="2" y2="16" {}
                }
            }
            span.quiet { (text) }
        }
    }
}

/// What was asked for and could not be had, and why.
pub(super) fn unmet_section(plan: &PlanResults) -> Markup {
    let unmet = &plan.summary.unmet;
    let covers = plan.covers.iter().filter(|cover| !cover.short.is_empty());
    html! {
        section #unmet {
            h2 { "What could not be met, and why" }
            @if unmet.is_empty() {
                p.quiet { "Everything that was asked for is met." }
            } @else {
                div.scroll.tall {
                    table.unmet {
                        thead { tr { th scope="col" { "What" } th scope="col" { "When" } th scope="col" { "Why" } } }
                        tbody {
                            @for item in unmet {
                                tr {
                                    th scope="row" { (item.what) @if let Some(who) = &item.who { " " small.quiet { (who) } } }
                                    td { (item.when.as_deref().unwrap_or("the whole plan")) }
                                    td { (item.why) }
                                }
                            }
                        }
                    }
                }
            }
            @for cover in covers {
                p.note { b { (cover.wanted) } ": missing in " (cover.short.len()) " of " (cover.intervals) " intervals"
                    @if let Some(site) = &cover.site { " at " (site) } "." }
            }
        }
    }
}

/// The frame of the charts of one queue.
pub(super) fn queue_section() -> Markup {
    html! {
        section #queues {
            h2 { "One queue through the week" }
            noscript { p.note { "The charts need JavaScript, which this viewer does not run. All figures are in forecast.csv, requirement.csv and service.csv." } }
            div.controls {
                label { "Queue" select #queue {} }
                label { "Clock" select #clock {} }
                div #days .chips role="group" aria-label="Day" {}
            }
            p.quiet.facts { span #queue-facts {} " · times in " span #chart-zone {} }
            (figure("Contacts: forecast and the weeks before", "forecast", html! {
                (key("line main", "expected")) (key("box band", "8 times in 10 within")) (key("line past0", "last week")) (key("line past1", "earlier"))
            }))
            (figure("Staff: needed and rostered", "staff", html! {
                (key("line needed", "needed if nobody helped")) (key("box fill", "rostered")) (key("box lack", "fewer: others help, or service falls"))
            }))
            (figure("Service: share answered in time, simulated", "service", html! {
                (key("line main", "mean")) (key("box band", "95 % interval")) (key("line target", "target")) (key("glyph", "▾ surely below target"))
            }))
            figure {
                figcaption { span { "Service by day and hour, percent answered in time" }
                    span.legend { (key("cell h1", "on target")) (key("cell hm1", "below")) (key("cell hm4", "far below (bold)")) } }
                div #heat .scroll {}
            }
            p.quiet.hint { "Point at a chart for numbers; click, or press the arrow keys and Enter, for everything about that hour and why it is so." }
        }
    }
}

fn figure(title: &str, id: &str, legend: Markup) -> Markup {
    html! {
        figure {
            figcaption { span { (title) } span.legend { (legend) } }
            div id=(id) .plot {}
        }
    }
}

fn key(look: &str, name: &str) -> Markup {
    html! { span.key { @if look != "glyph" { i class=(look) {} } (name) } }
}

/// The frame of the chart of everybody's shifts.
pub(super) fn roster_section(plan: &PlanResults) -> Markup {
    let seats: Vec<String> = plan
        .sites
        .iter()
        .filter_map(|site| {
            Some(format!(
                "{} {} of {}",
                site.id, site.seats_used, site.seats?
            ))
        })
        .collect();
    html! {
        section #roster {
            h2 { "Everybody’s shifts" }
            noscript { p.note { "The chart needs JavaScript, which this viewer does not run. The whole roster is in roster.xlsx and roster.csv." } }
            div.controls {
                label { "Site" select #site {} }
                label { "Language" select #lang {} }
                label { "Name" input #find type="search" placeholder="name, id or role" autocomplete="off"; }
                label { "Clock" select #gzone {} }
                div #gdays .chips role="group" aria-label="Day" {}
            }
            p.quiet.facts { span #gantt-count {} " · " span #gantt-note {} span.legend {
                (key("box shift-day", "shift")) (key("box shift-night", "night shift")) (key("box strip rest", "rest"))
                (key("box strip meal", "meal, unpaid")) (key("box strip activity", "training")) (key("box absent", "absent")) (key("glyph", "★ not an agent by role"))
            } }
            div #gantt tabindex="0" role="application" aria-label="Shifts of everybody. Arrow keys move from shift to shift, Enter shows details." {
                div.inner { div.g-axis {} div.rows {} }
            }
            @if !seats.is_empty() {
                p.quiet.hint { "Seats in use at the busiest moment: " (seats.join(", ")) "." }
            }
        }
    }
}

/// How the plan came about, and what else is worth knowing.
pub(super) fn notes_section(plan: &PlanResults) -> Markup {
    html! {
        @if !plan.notes.is_empty() || plan.rounds.len() > 1 {
            section #notes {
                h2 { "Good to know" }
                ul { @for note in &plan.notes { li { (note) } } }
                @if plan.rounds.len() > 1 {
                    h3 { "How the plan was proved" }
                    p.quiet { "Each round plans, plays the roster against random days, and corrects what the formulas promised wrongly." }
                    div.scroll {
                        table {
                            thead { tr { th.n scope="col" { "Round" } th.n scope="col" { "Cost" } th.n scope="col" { "Promised" } th.n scope="col" { "Simulated" } th scope="col" { "Then" } } }
                            tbody {
                                @for round in &plan.rounds {
                                    tr {
                                        td.n { (round.number) }
                                        td.n { (money(round.cost, &plan.currency)) }
                                        td.n { (percent(round.promised)) }
                                        td.n { (percent(round.simulated)) }
                                        td { @if round.correction.is_empty() { "published" } @else { (round.correction) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn footer(plan: &PlanResults) -> Markup {
    let summary = &plan.summary;
    html! {
        footer {
            "followsun " (summary.version) " · seed " (summary.seed) " · status " (summary.status.word())
            @if let Some(gap) = summary.gap_changeable {
                " · gap on what a roster can change: " (percent(gap))
            }
            " · this file works offline and sends nothing anywhere"
        }
    }
}
