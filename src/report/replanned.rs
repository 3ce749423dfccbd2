//! What a plan made anew changes: whom to tell, and what customers feel in the hours concerned.

use maud::{Markup, html};

use super::words::{money, percent};
use crate::calendar::{Instant, Zone};
use crate::results::{ChangeKind, PlanResults, Replanned, Share, ShiftChange, StandingBy};

/// So many changes are told in the terminal, and so many spans of hours anywhere.
const CHANGES_SHOWN: usize = 15;
const HOURS_SHOWN: usize = 4;

/// Whom to tell what, and what it does for customers, as lines of text ended by `\n`; nothing for a plan that is not made anew.
pub fn replanned_summary(plan: &PlanResults) -> String {
    let Some(replanned) = &plan.replanned else {
        return String::new();
    };
    let mut text = format!("{}\n", headline(plan, replanned));
    for change in replanned.changes.iter().take(CHANGES_SHOWN) {
        text += &format!(
            "  {:<10}  {} ({}): {}\n",
            day(change),
            change.name,
            change.agent,
            what(change)
        );
    }
    if let Some(more) = replanned.changes.len().checked_sub(CHANGES_SHOWN + 1) {
        text += &format!("  and {} more: see changes.csv\n", more + 1);
    }
    text += &standing_by(plan, replanned).map_or(String::new(), |words| format!("  {words}\n"));
    if replanned.queues.is_empty() {
        return text;
    }
    text += &format!("\nAnswered in time {}:\n", hours(plan, replanned));
    text += &format!(
        "  {:<16} {:>20} {:>9} {:>8} {:>12} {:>8}\n",
        "queue", "target", "contacts", "as told", "unmended", "now"
    );
    for queue in &replanned.queues {
        let share = |share: Share| percent(share.mean);
        text += &format!(
            "  {:<16} {:>20} {:>9.0} {:>8} {:>12} {:>8}\n",
            queue.id,
            queue.target,
            queue.contacts,
            share(queue.told),
            share(queue.unmended),
            share(queue.mended)
        );
    }
    text
}

/// The part of the page that says it; empty for a plan that is not made anew.
pub(super) fn replanned_section(plan: &PlanResults) -> Markup {
    let Some(replanned) = &plan.replanned else {
        return html! {};
    };
    html! {
        section #changes {
            h2 { "What changes" }
            p { (headline(plan, replanned)) }
            @if !replanned.changes.is_empty() {
                div.scroll.tall {
                    table.unmet {
                        thead { tr { th scope="col" { "When" } th scope="col" { "Who" } th scope="col" { "What" } th scope="col" { "Why" } } }
                        tbody {
                            @for change in &replanned.changes {
                                tr {
                                    td { (day(change)) }
                                    th scope="row" { (change.name) " " small.quiet { (change.agent) ", " (change.site) } }
                                    td { (what(change)) }
                                    td { @if !change.kind.is_absence() { (change.why) } }
                                }
                            }
                        }
                    }
                }
            }
            @if let Some(words) = standing_by(plan, replanned) { p { (words) } }
            @if !replanned.queues.is_empty() { (queues(plan, replanned)) }
        }
    }
}

fn queues(plan: &PlanResults, replanned: &Replanned) -> Markup {
    let cell = |share: Share| html! { td.n { strong { (percent(share.mean)) } " " small.quiet { (percent(share.low)) " to " (percent(share.high)) } } };
    html! {
        h3 { "Answered in time " (hours(plan, replanned)) }
        div.scroll {
            table {
                thead { tr {
                    th scope="col" { "Queue" } th scope="col" { "Target" } th.n scope="col" { "Contacts" }
                    th.n scope="col" { "As people had been told" } th.n scope="col" { "Nothing done about it" } th.n scope="col" { "With this roster" }
                } }
                tbody {
                    @for queue in &replanned.queues {
                        tr {
                            th scope="row" { (queue.id) }
                            td.quiet { (queue.target) }
                            td.n { (format!("{:.0}", queue.contacts)) }
                            (cell(queue.told)) (cell(queue.unmended)) (cell(queue.mended))
                        }
                    }
                }
            }
        }
        p.quiet { "Simulated with the same contacts each time, with the 95 % interval." }
    }
}

fn headline(plan: &PlanResults, replanned: &Replanned) -> String {
    let mut absent = replanned
        .changes
        .iter()
        .filter(|change| change.kind.is_absence());
    let gone = absent.by_ref().count();
    let others = replanned.changes.len() - gone;
    let weighs = money(replanned.change_weighs, &plan.currency);
    let lost = match gone {
        0 => "Nobody's shift falls away".to_owned(),
        1 => "1 shift falls away".to_owned(),
        more => format!("{more} shifts fall away"),
    };
    match others {
        0 => format!("{lost}; nothing else is changed: no change was found that saves {weighs}."),
        1 => format!("{lost}; 1 other is changed (a change must save {weighs})."),
        more => format!("{lost}; {more} others are changed (each must save {weighs})."),
    }
}

/// "Standing by then: Nikos Papadopoulos (a0012) to Thu 08:00"; `None` where nobody does.
fn standing_by(plan: &PlanResults, replanned: &Replanned) -> Option<String> {
    let zone = &plan.planner_zone;
    let one = |duty: &StandingBy| {
        let span =
            [duty.start, duty.end].map(|at| zone.to_local(at).format("%a %H:%M").to_string());
        format!("{} ({}) {} to {}", duty.name, duty.agent, span[0], span[1])
    };
    let all: Vec<String> = replanned.on_call.iter().map(one).collect();
    (!all.is_empty()).then(|| format!("Standing by then: {} ({}).", all.join(", "), zone.name()))
}

/// "Wed 21 Oct", on the agent's clock.
fn day(change: &ShiftChange) -> String {
    change.date.format("%a %-d %b").to_string()
}

fn what(change: &ShiftChange) -> String {
    let span = |span: Option<(Instant, Instant)>| match span {
        Some((from, until)) => format!(
            "{}-{}",
            clock(&change.zone, from),
            clock(&change.zone, until)
        ),
        None => "nothing".to_owned(),
    };
    let (was, now) = (span(change.was), span(change.now));
    match change.kind {
        ChangeKind::Absent => format!("{was} falls away, {}", change.why),
        ChangeKind::Left => {
            let left = change.now.map(|now| clock(&change.zone, now.1));
            format!("left {was} at {}, {}", left.unwrap_or_default(), change.why)
        }
        ChangeKind::Added => format!("is asked to work {now}"),
        ChangeKind::Freed => format!("is off instead of {was}"),
        ChangeKind::Moved => format!("{now} instead of {was}"),
        ChangeKind::OnCall => format!("stands by {now}"),
        ChangeKind::OffCall => format!("does not stand by {was} any more"),
        ChangeKind::Breaks => format!("{now} as before, with breaks or training at other times"),
    }
}

fn clock(zone: &Zone, at: Instant) -> String {
    zone.to_local(at).format("%H:%M").to_string()
}

/// "on Wed 21 Oct from 09:00 to 17:30 (Europe/Vilnius)": the hours that are looked at, on the planner's clock.
fn hours(plan: &PlanResults, replanned: &Replanned) -> String {
    let zone = &plan.planner_zone;
    let words = |(from, until): &(Instant, Instant)| {
        let (from, until) = (zone.to_local(*from), zone.to_local(*until));
        let end = match from.date() == until.date() {
            true => until.format("%H:%M").to_string(),
            false => until.format("%a %H:%M").to_string(),
        };
        format!("{} to {end}", from.format("%a %-d %b %H:%M"))
    };
    let shown: Vec<String> = replanned
        .hours
        .iter()
        .take(HOURS_SHOWN)
        .map(words)
        .collect();
    let more = match replanned.hours.len().saturating_sub(HOURS_SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more spans"),
    };
    format!("from {}{more} ({})", shown.join(", "), zone.name())
}
