//! The summary printed after planning: plain text, aligned, no colour.

use super::weakest::Weakest;
use super::words::{Counts, Verdict, dates, gap, headline, percent, status, thousands, wait};
use crate::results::{PlanResults, Unmet};

/// This many unmet wishes are told; the rest are counted.
const UNMET_SHOWN: usize = 8;

/// So many queues' weakest hours are told.
const WEAKEST_SHOWN: usize = 3;

/// What a supervisor wants to know first, as lines of text ended by `\n`.
pub fn terminal_summary(plan: &PlanResults) -> String {
    let summary = &plan.summary;
    let counts = Counts::of(plan);
    let mut text = format!(
        "{}, {} ({})\n{}\n\n",
        plan.name,
        dates(plan),
        plan.planner_zone,
        headline(plan)
    );
    if !plan.queues.is_empty() {
        text.push_str(&aligned(&queue_table(plan)));
        text.push('\n');
    }
    let mut facts = vec![
        (
            "cost",
            format!(
                "{} {}, {}",
                plan.currency,
                money(summary.cost),
                gap(summary)
            ),
        ),
        (
            "roster",
            format!(
                "{} of {} people, {} {}, {} paid hours; {}",
                counts.on_shift,
                counts.people,
                thousands(counts.shifts as i64),
                if counts.shifts == 1 {
                    "shift"
                } else {
                    "shifts"
                },
                thousands(counts.paid_minutes / 60),
                status(summary),
            ),
        ),
    ];
    for (place, weakest) in weakest(plan).into_iter().enumerate() {
        facts.push((if place == 0 { "weakest" } else { "" }, weakest));
    }
    if counts.wishes > 0 {
        facts.push((
            "wishes",
            format!("{} of {} granted", counts.granted, counts.wishes),
        ));
    }
    for cover in plan.covers.iter().filter(|cover| !cover.short.is_empty()) {
        let short = cover.short.len();
        facts.push((
            "cover",
            format!(
                "{}: missing in {short} of {} intervals",
                cover.wanted, cover.intervals
            ),
        ));
    }
    for (name, fact) in facts {
        text.push_str(&format!("{name:<8}{fact}\n"));
    }
    if !summary.unmet.is_empty() {
        text.push_str(&format!("\nNot met ({}):\n", summary.unmet.len()));
        for unmet in summary.unmet.iter().take(UNMET_SHOWN) {
            text.push_str(&format!("  - {}\n    {}\n", subject(unmet), unmet.why));
        }
        if let Some(more) = summary
            .unmet
            .len()
            .checked_sub(UNMET_SHOWN)
            .filter(|more| *more > 0)
        {
            text.push_str(&format!("  and {more} more: see report.html\n"));
        }
    }
    text
}

/// When customers wait longest, worst queue first: a target over the week says nothing of its Monday morning.
fn weakest(plan: &PlanResults) -> Vec<String> {
    let mut all: Vec<(&str, Weakest)> = (plan.queues.iter())
        .filter_map(|queue| Some((queue.id.as_str(), Weakest::of(plan, queue)?)))
        .collect();
    all.sort_by(|a, b| b.1.late().total_cmp(&a.1.late()));
    (all.iter().take(WEAKEST_SHOWN))
        .map(|(id, weakest)| {
            format!(
                "{id} on {}: {} of {} contacts in time",
                weakest.when(),
                weakest.share(),
                thousands(weakest.contacts().round() as i64)
            )
        })
        .collect()
}

fn subject(unmet: &Unmet) -> String {
    match &unmet.when {
        Some(when) => format!("{}, {when}", unmet.what),
        None => unmet.what.clone(),
    }
}

fn queue_table(plan: &PlanResults) -> Vec<[String; 8]> {
    let header = [
        "queue",
        "target",
        "simulated",
        "95 % interval",
        "verdict",
        "wait",
        "hung up",
        "busy",
    ];
    let mut table = vec![header.map(str::to_owned)];
    for queue in &plan.queues {
        let (summary, verdict) = (&queue.summary, Verdict::of(queue));
        table.push([
            queue.id.clone(),
            queue.target.text.clone(),
            percent(summary.simulated),
            format!("{} - {}", percent(summary.low), percent(summary.high)),
            format!("{} {}", verdict.mark(), verdict.words()),
            wait(summary.asa_s),
            percent(summary.abandoned),
            percent(summary.occupancy),
        ]);
    }
    table
}

/// Columns two spaces apart; names and words to the left, numbers to the right.
fn aligned(table: &[[String; 8]]) -> String {
    let width = |column: usize| {
        table
            .iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let mut text = String::new();
    for row in table {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let pad = " ".repeat(width(column) - cell.chars().count());
            let words = matches!(column, 0 | 1 | 4);
            line.push_str(&if words {
                format!("{cell}{pad}  ")
            } else {
                format!("{pad}{cell}  ")
            });
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn money(amount: f64) -> String {
    let cents = (amount * 100.0).round() as i64;
    format!("{}.{:02}", thousands(cents / 100), (cents % 100).abs())
}
