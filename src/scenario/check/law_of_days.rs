//! Where a contract's days are looser than a law: long rests, work without a break, overtime by the day.

use crate::calendar::format_minutes;
use crate::scenario::domain::{Contract, LawTerms, OvertimeStep};

/// A key, what differs, and a remedy.
pub type Looser = (&'static str, String, String);

/// Keys about days that allow more than a law does.
pub fn looser_days(contract: &Contract, law: &LawTerms) -> Vec<Looser> {
    long_rest(contract, law)
        .into_iter()
        .chain(work_without_break(contract, law))
        .chain(daily_overtime(contract, law))
        .collect()
}

fn hours(minutes: u32) -> String {
    format_minutes(minutes.into())
}

fn long_rest(contract: &Contract, law: &LawTerms) -> Option<Looser> {
    let (has, asks) = (contract.terms.long_rest?, law.terms.long_rest?);
    (has.rest < asks.rest || has.days > asks.days).then(|| {
        let said = |rest: u32, days: u32| format!("{} of rest in any {days} days", hours(rest));
        (
            "long_rest",
            format!(
                "it has {}, the law {}",
                said(has.rest, has.days),
                said(asks.rest, asks.days)
            ),
            format!(
                "write long_rest = {{ at_least = \"{}\", in_any = \"{}d\" }}",
                hours(asks.rest),
                asks.days
            ),
        )
    })
}

/// Longest work that a contract's breaks may leave in a shift of this length, if each lies where that is longest.
fn longest_work(contract: &Contract, length: u32, break_of: u32) -> u32 {
    let mut breaks: Vec<_> = contract
        .breaks_of(length)
        .filter(|part| part.length >= break_of)
        .collect();
    breaks.sort_by_key(|part| part.after);
    let (mut since, mut longest) = (0, 0);
    for part in breaks {
        let ended = part.before.unwrap_or(length).min(length);
        longest = longest.max(ended.saturating_sub(part.length).saturating_sub(since));
        since = part.after + part.length;
    }
    longest.max(length.saturating_sub(since))
}

fn work_without_break(contract: &Contract, law: &LawTerms) -> Option<Looser> {
    let asks = law.terms.work_without_break?;
    let longest = match contract.terms.work_without_break {
        Some(has) if has.break_of >= asks.break_of => has.at_most,
        _ => {
            let lengths = contract.shift_lengths.iter();
            lengths
                .map(|&length| longest_work(contract, length, asks.break_of))
                .max()?
        }
    };
    (longest > asks.at_most).then(|| {
        (
            "work_without_break",
            format!(
                "it has up to {} of work without a break, the law {}",
                hours(longest),
                hours(asks.at_most)
            ),
            format!(
                "write work_without_break = {{ at_most = \"{}\", break_of = \"{}\" }}",
                hours(asks.at_most),
                hours(asks.break_of)
            ),
        )
    })
}

fn daily_overtime(contract: &Contract, law: &LawTerms) -> Option<Looser> {
    let paid = contract.shift_lengths.iter();
    let longest = paid.map(|&length| contract.paid_minutes(length)).max()?;
    let factor_at = |steps: &[OvertimeStep], minutes: u32| {
        let passed = steps.iter().take_while(|step| step.after <= minutes);
        passed.last().map_or(1.0, |step| step.factor)
    };
    let own = &contract.terms.daily_overtime;
    let lower =
        |step: &&OvertimeStep| step.after < longest && factor_at(own, step.after) < step.factor;
    let step = law.terms.daily_overtime.iter().find(lower)?;
    let steps: Vec<String> = law
        .terms
        .daily_overtime
        .iter()
        .map(|step| {
            format!(
                "{{ after = \"{}\", factor = {} }}",
                hours(step.after),
                step.factor
            )
        })
        .collect();
    Some((
        "daily_overtime",
        format!(
            "it has hours of a day beyond {} at {} times the rate, the law at {}",
            hours(step.after),
            factor_at(own, step.after),
            step.factor
        ),
        format!("write daily_overtime = [{}]", steps.join(", ")),
    ))
}
