//! Where a contract's keys are written, for what is said of them later.

use super::law::KeySpans;
use crate::scenario::file::ContractTable;
use crate::scenario::source::Span;

/// Where each key that a law may be held against is written.
pub fn key_spans(span: Span, table: &ContractTable) -> KeySpans {
    let mut keys = KeySpans::from([("id", span)]);
    let limits = table.limits.as_ref().and_then(|limits| limits.first());
    let breaks = table.breaks.as_ref().and_then(|breaks| breaks.first());
    let at = [
        ("id", table.id.as_ref().map(|id| id.span)),
        (
            "rest_between_shifts",
            table.rest_between_shifts.as_ref().map(|key| key.span),
        ),
        (
            "weekly_rest",
            table.weekly_rest.as_ref().map(|key| key.span),
        ),
        (
            "max_consecutive_days",
            table.max_consecutive_days.as_ref().map(|key| key.span),
        ),
        (
            "max_paid_hours_per_day",
            table.max_paid_hours_per_day.as_ref().map(|key| key.span),
        ),
        (
            "average_hours",
            table.average_hours.as_ref().map(|key| key.span),
        ),
        ("limits", limits.map(|limit| limit.span)),
        (
            "paid_hours_per_week",
            table.paid_hours_per_week.as_ref().map(|key| key.span),
        ),
        ("long_rest", table.long_rest.as_ref().map(|key| key.span)),
        (
            "work_without_break",
            table.work_without_break.as_ref().map(|key| key.span),
        ),
        (
            "daily_overtime",
            table
                .daily_overtime
                .as_ref()
                .and_then(|steps| steps.first())
                .map(|step| step.span),
        ),
        ("overtime", table.overtime.as_ref().map(|key| key.span)),
        ("premium", table.premium.as_ref().map(|key| key.span)),
        ("breaks", breaks.map(|part| part.span)),
    ];
    keys.extend(at.into_iter().filter_map(|(key, span)| Some((key, span?))));
    keys
}
