//! Pictures as SVG: what each service level costs, and service without and with the people hired.

use maud::{Markup, html};

use super::words::{not_met, people, step, sure};
use crate::report::words::{money, percent, thousands};
use crate::results::{HirePlan, HireQueue};

const WIDTH: f64 = 1180.0;
const NAMES: f64 = 120.0;
const VALUES: f64 = 470.0;
const ROW: f64 = 58.0;

/// One bar a service level; what it costs more than the one before stands apart.
pub(super) fn level_picture(plan: &HirePlan) -> Markup {
    let height = ROW * plan.levels.len() as f64 + 26.0;
    let met = || plan.levels.iter().filter(|level| level.met);
    let most = met().map(|level| level.cost_week).fold(1.0, f64::max);
    let x = |cost: f64| NAMES + (cost / most).clamp(0.0, 1.0) * (WIDTH - NAMES - VALUES);
    html! {
        svg.bars viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-label="Cost a week of everybody by service level; the text beside each bar has the figures" {
            @for (place, level) in plan.levels.iter().enumerate() {
                @let y = ROW * place as f64 + 6.0;
                text.strong x="0" y=(y + 19.0) { (format!("{:.0} %", level.answered * 100.0)) }
                @if level.met {
                    @let more = step(plan, place).unwrap_or(0.0).max(0.0);
                    rect.bar-cost x=(NAMES) y=(y) width=(x(level.cost_week - more) - NAMES) height="28" rx="3" {}
                    @if more > 0.0 {
                        rect.bar-more x=(x(level.cost_week - more)) y=(y + 0.5) width=((x(level.cost_week) - x(level.cost_week - more)).max(2.0)) height="27" rx="2" {}
                    }
                    text.strong x=(x(level.cost_week) + 10.0) y=(y + 12.0) {
                        (money(level.cost_week, &plan.currency))
                        @if let Some(step) = step(plan, place) { (format!(" ({}{})", if step >= 0.0 { "+" } else { "" }, thousands(step.round() as i64))) }
                    }
                    text.sub x=(x(level.cost_week) + 10.0) y=(y + 28.0) { (people(level)) }
                    @if let Some(sure) = sure(level) { text.sub x=(NAMES) y=(y + 43.0) { (sure) } }
                } @else {
                    text.sub x=(NAMES) y=(y + 19.0) { (not_met(level)) }
                }
            }
            text.sub x=(NAMES) y=(height - 4.0) { "everybody's wages, hiring and fixed costs · dashed: more than the level before" }
        }
    }
}

const PLOT: f64 = 420.0;

/// Service of a queue without and with the people hired, on an axis from 0 to 100 %.
pub(super) fn service_picture(queue: &HireQueue) -> Markup {
    let x = |share: f64| format!("{:.1}", 8.0 + share.clamp(0.0, 1.0) * (PLOT - 16.0));
    let told = format!(
        "{} without them, {} with them, target {}",
        percent(queue.before),
        percent(queue.after),
        percent(queue.target)
    );
    html! {
        svg width=(PLOT) height="22" role="img" aria-label=(told) {
            line.rail x1=(x(0.0)) x2=(x(1.0)) y1="11" y2="11" {}
            line.gain x1=(x(queue.before)) x2=(x(queue.after)) y1="11" y2="11" {}
            line.spread x1=(x(queue.low)) x2=(x(queue.high)) y1="11" y2="11" {}
            circle.before cx=(x(queue.before)) cy="11" r="4" {}
            circle.after cx=(x(queue.after)) cy="11" r="4.5" {}
            line.goal x1=(x(queue.target)) x2=(x(queue.target)) y1="2" y2="20" {}
        }
    }
}
