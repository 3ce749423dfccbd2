//! Numbers as supervisors say them.

use chrono::NaiveDate;

use crate::results::{PlanResults, QueueResult, Status, Summary};

/// Whether a queue meets its target, judged by the simulation and its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Verdict {
    /// The whole interval is at or above the target.
    Holds,
    /// The mean is, part of the interval is not.
    Narrowly,
    /// The mean is below, but part of the interval is not.
    Doubtful,
    /// The whole interval is below, the mean by this share; of a target that holds every day, on the worst one.
    Short(f64, Option<NaiveDate>),
    /// Nothing came in the simulation.
    Idle,
}

impl Verdict {
    pub fn of(queue: &QueueResult) -> Verdict {
        let (target, summary) = (queue.target.answered, &queue.summary);
        let short = |simulated, date| Verdict::Short(target - simulated, date);
        if !queue.target.every_day {
            let missed = short(summary.simulated, None);
            return Verdict::judge(target, summary.low, summary.simulated, summary.high, missed);
        }
        let days = (queue.days.iter()).map(|day| {
            let missed = short(day.simulated, Some(day.date));
            Verdict::judge(target, day.low, day.simulated, day.high, missed)
        });
        days.max_by(|a, b| a.rank().total_cmp(&b.rank()))
            .unwrap_or(Verdict::Idle)
    }

    fn judge(target: f64, low: f64, simulated: f64, high: f64, missed: Verdict) -> Verdict {
        if !simulated.is_finite() {
            Verdict::Idle
        } else if low >= target {
            Verdict::Holds
        } else if simulated >= target {
            Verdict::Narrowly
        } else if high >= target {
            Verdict::Doubtful
        } else {
            missed
        }
    }

    /// Greater is worse.
    fn rank(&self) -> f64 {
        match self {
            Verdict::Idle => 0.0,
            Verdict::Holds => 1.0,
            Verdict::Narrowly => 2.0,
            Verdict::Doubtful => 3.0,
            Verdict::Short(by, _) => 4.0 + by,
        }
    }

    pub fn is_met(self) -> bool {
        matches!(self, Verdict::Holds | Verdict::Narrowly | Verdict::Idle)
    }

    /// A mark that can be told apart without colour.
    pub fn mark(self) -> &'static str {
        match self {
            Verdict::Holds | Verdict::Narrowly | Verdict::Idle => "✓",
            Verdict::Doubtful => "≈",
            Verdict::Short(..) => "✗",
        }
    }

    pub fn words(self) -> String {
        match self {
            Verdict::Holds => "holds".to_owned(),
            Verdict::Narrowly => "holds narrowly".to_owned(),
            Verdict::Doubtful => "may miss".to_owned(),
            Verdict::Short(by, None) => format!("short by {:.1} points", 100.0 * by),
            Verdict::Short(by, Some(date)) => {
                format!("{} short by {:.1} points", date.format("%a"), 100.0 * by)
            }
            Verdict::Idle => "nothing to do".to_owned(),
        }
    }
}

/// "15 of 17 queues meet their target; lt-chat and lv-phone do not."
pub(super) fn headline(plan: &PlanResults) -> String {
    let missed: Vec<&str> = plan
        .queues
        .iter()
        .filter(|queue| !Verdict::of(queue).is_met())
        .map(|queue| queue.id.as_str())
        .collect();
    let all = plan.queues.len();
    match (all, missed.as_slice()) {
        (0, _) => "There is no queue in this plan.".to_owned(),
        (1, []) => format!("{} meets its target.", plan.queues[0].id),
        (_, []) => format!("All {all} queues meet their target."),
        (1, [only]) => format!("{only} does not meet its target."),
        (_, [only]) => format!(
            "{} of {all} queues meet their target; {only} does not.",
            all - 1
        ),
        (_, some) if some.len() == all => "No queue meets its target.".to_owned(),
        (_, [some @ .., last]) if some.len() < 5 => format!(
            "{} of {all} queues meet their target; {} and {last} do not.",
            all - missed.len(),
            some.join(", "),
        ),
        (_, some) => format!("{} of {all} queues meet their target.", all - some.len()),
    }
}

/// How far the plan is from the best possible one: of wages, contacts missed and wishes together, not of the wages that stand beside it. The share is
/// rounded up, so that it stays true.
pub(super) fn gap(summary: &Summary) -> String {
    let better = 1.0 - summary.bound / summary.objective;
    if !better.is_finite() || summary.bound <= 0.0 {
        "not yet known how much better a plan could be".to_owned()
    } else if better < 1e-6 {
        "no better plan exists".to_owned()
    } else {
        format!(
            "no plan can be more than {:.1} % better, wages and service together",
            (better * 1000.0 - 1e-6).ceil() / 10.0
        )
    }
}

pub(super) fn status(summary: &Summary) -> String {
    let reason = match summary.stopped_by.as_deref() {
        Some("time") => "stopped by the time limit",
        Some("effort") => "stopped by the effort limit",
        Some("user") => "stopped by hand",
        Some("gap") => "stopped when it was good enough",
        Some(other) => other,
        None => "",
    };
    match (summary.status, reason) {
        (Status::Optimal, _) => "proven optimal: no roster is cheaper by 0.1 %".to_owned(),
        (_, "") => "every hard rule is kept".to_owned(),
        (_, reason) => format!("every hard rule is kept; {reason}"),
    }
}

/// "EUR 68,412".
pub(super) fn money(amount: f64, currency: &str) -> String {
    format!("{currency} {}", thousands(amount.round() as i64))
}

/// 68412 as "68,412".
pub(super) fn thousands(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = if value < 0 { "-" } else { "" }.to_owned();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A share as "84.1 %"; a dash if it does not exist.
pub(super) fn percent(share: f64) -> String {
    if share.is_finite() {
        format!("{:.1} %", 100.0 * share)
    } else {
        "–".to_owned()
    }
}

/// Seconds as "9 s", "2.5 min", "3.1 h"; a dash if they do not exist.
pub(super) fn wait(seconds: f64) -> String {
    if !seconds.is_finite() {
        "–".to_owned()
    } else if seconds < 90.0 {
        format!("{seconds:.0} s")
    } else if seconds < 5400.0 {
        format!("{:.1} min", seconds / 60.0)
    } else {
        format!("{:.1} h", seconds / 3600.0)
    }
}

/// "Mon 19 – Sun 25 Oct 2026".
pub(super) fn dates(plan: &PlanResults) -> String {
    let first = plan.first_day;
    let last = plan.dates().last().unwrap_or(first);
    let same = |format: &str| first.format(format).to_string() == last.format(format).to_string();
    let pattern = if same("%b %Y") {
        "%a %-d"
    } else if same("%Y") {
        "%a %-d %b"
    } else {
        "%a %-d %b %Y"
    };
    let say = |date: NaiveDate, pattern: &str| date.format(pattern).to_string();
    format!("{} – {}", say(first, pattern), say(last, "%a %-d %b %Y"))
}

/// Counts of what the roster holds: people with a shift, people, shifts, paid minutes, wishes granted, wishes.
pub(super) struct Counts {
    pub on_shift: usize,
    pub people: usize,
    pub shifts: usize,
    pub paid_minutes: i64,
    pub granted: usize,
    pub wishes: usize,
}

impl Counts {
    pub fn of(plan: &PlanResults) -> Counts {
        let wishes = || plan.people.iter().flat_map(|person| &person.wishes);
        Counts {
            on_shift: plan.people.iter().filter(|p| !p.shifts.is_empty()).count(),
            people: plan.people.len(),
            shifts: plan.people.iter().map(|p| p.shifts.len()).sum(),
            paid_minutes: plan.payroll.iter().map(|row| row.paid_minutes).sum(),
            granted: wishes().filter(|wish| wish.granted).count(),
            wishes: wishes().count(),
        }
    }
}
