//! Whether a contract can be kept by any week at all, by its own arithmetic.

use crate::calendar::format_minutes;
use crate::scenario::domain::{Agent, Break, Contract};

/// What is wrong with a break, and how to mend it.
pub fn break_problem(contract: &Contract, part: &Break) -> Option<(String, String)> {
    let shortest = *contract
        .shift_lengths
        .iter()
        .find(|length| **length > part.if_shift_over)?;
    let length = part.length;
    let hours = |minutes: u32| format_minutes(minutes.into());
    if let Some(before) = part.before
        && part.after + length > before
    {
        let message = format!(
            "a break of {} does not fit between `after` {} and `before` {}",
            hours(length),
            hours(part.after),
            hours(before)
        );
        let hint = format!(
            "`before` is when it has ended: at least \"{}\"",
            hours(part.after + length)
        );
        return Some((message, hint));
    }
    if part.after + length > shortest {
        let message = format!(
            "a break of {} that begins {} after clock-in does not fit a shift of {}",
            hours(length),
            hours(part.after),
            hours(shortest)
        );
        let hint = format!(
            "let it begin sooner, or keep it to longer shifts: if_shift_over = \"{}\"",
            hours(shortest)
        );
        return Some((message, hint));
    }
    None
}

/// Why no week satisfies the contract, and how to mend it.
pub fn week_problem(contract: &Contract) -> Option<(String, String)> {
    let days = contract.days_per_week;
    let paid = contract.paid_minutes_per_week;
    let hours = |minutes: u32| format_minutes(minutes.into());
    if let Some(rest) = contract.rest_between_shifts
        && let Some(shortest) = contract.shift_lengths.first()
        && days.min > 0
    {
        // A shift belongs to the day on which it starts; a week with a clock change has an hour more.
        let apart = (days.min - 1) * (shortest + rest);
        if apart >= 7 * 1440 + 60 {
            let message = format!(
                "{} shifts of {} with {} rest between them take longer than a week",
                days.min,
                hours(*shortest),
                hours(rest)
            );
            return Some((message, "lower the rest or the fewest days".to_owned()));
        }
    }
    let most_paid = paid.max + contract.overtime.map_or(0, |overtime| overtime.max_minutes);
    let lengths: Vec<u32> = contract
        .shift_lengths
        .iter()
        .map(|length| contract.paid_minutes(*length))
        .collect();
    let sums = sums_by_days(&lengths, days.max);
    let reachable = || {
        sums.iter()
            .enumerate()
            .skip(days.min as usize)
            .flat_map(|(count, sums)| sums.iter().map(move |sum| (count, *sum)))
    };
    if reachable().any(|(_, sum)| (paid.min..=most_paid).contains(&sum)) {
        return None;
    }
    let distance = |sum: u32| {
        paid.min
            .saturating_sub(sum)
            .max(sum.saturating_sub(most_paid))
    };
    let (count, sum) = reachable().min_by_key(|(_, sum)| distance(*sum))?;
    let range = if paid.min == paid.max {
        hours(paid.min)
    } else {
        format!("{} to {}", hours(paid.min), hours(paid.max))
    };
    let message = format!(
        "no week has {range} paid: the nearest is {count} shift{} with {} paid in all",
        if count == 1 { "" } else { "s" },
        hours(sum)
    );
    let mut hint = "change paid_hours_per_week, days_per_week or shift_lengths".to_owned();
    if contract.breaks.iter().any(|part| !part.paid) {
        hint.push_str("; unpaid breaks are not paid hours: ");
        let parts: Vec<String> = contract
            .shift_lengths
            .iter()
            .map(|length| {
                format!(
                    "a shift of {} has {} paid",
                    hours(*length),
                    hours(contract.paid_minutes(*length))
                )
            })
            .collect();
        hint.push_str(&parts.join(", "));
    }
    Some((message, hint))
}

/// The sums that `0, 1, .. days` of the lengths can have.
fn sums_by_days(lengths: &[u32], days: u32) -> Vec<Vec<u32>> {
    let mut all = vec![vec![0]];
    for _ in 0..days {
        let last = all.last().map_or(&[][..], Vec::as_slice);
        let mut next: Vec<u32> = last
            .iter()
            .flat_map(|sum| lengths.iter().map(move |length| sum + length))
            .collect();
        next.sort_unstable();
        next.dedup();
        all.push(next);
    }
    all
}

/// Why no shift of the contract lies in the agent's window, and how to mend it; `None` where one does.
pub fn window_problem(agent: &Agent, contract: &Contract) -> Option<(String, String)> {
    let window = agent.window?;
    let shortest = *contract.shift_lengths.first()?;
    let open = window.latest_end - window.earliest_start;
    if open < shortest {
        let message = format!(
            "the window of {} is shorter than every shift of contract \"{}\" (the shortest has {})",
            format_minutes(open.into()),
            contract.id,
            format_minutes(shortest.into())
        );
        return Some((
            message,
            "widen the window, or add a shorter shift to the contract".to_owned(),
        ));
    }
    let fits = (0..1440)
        .filter(|start| contract.shift_starts.allows(*start))
        .any(|start| window.allows(start, start + shortest));
    if fits {
        return None;
    }
    let message = format!(
        "no start of contract \"{}\" gives a shift inside the window",
        contract.id
    );
    Some((
        message,
        "change the window, or the contract's shift_starts".to_owned(),
    ))
}
