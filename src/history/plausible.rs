//! What a row says must be possible.

use super::Service;
use super::finding::{At, FindingKind, Findings};

/// The mean handle time if it can be one; without contacts it means nothing.
pub fn plausible_handle_time(
    findings: &mut Findings,
    time: Option<f64>,
    contacts: f64,
    at: At,
) -> Option<f64> {
    let seconds = time?;
    if contacts == 0.0 {
        return None;
    }
    if seconds > 0.0 && seconds <= 86_400.0 {
        return Some(seconds);
    }
    findings.add(
        FindingKind::HandleTime,
        at,
        "handle_time_s",
        if seconds == 0.0 { "zero" } else { "long" },
        || {
            let hint =
                "handle_time_s is the mean work on one contact in seconds; such times are not used";
            let message = if seconds == 0.0 {
                "contacts were handled in 0 seconds".to_owned()
            } else {
                format!("a mean handle time of {seconds} seconds is longer than a day")
            };
            (message, hint.to_owned())
        },
    );
    None
}

/// Reports an interval of which a part is more than the whole.
pub fn check_consistent(findings: &mut Findings, service: &Service, contacts: f64, at: At) {
    let slack = 1e-6 + contacts * 1e-9;
    let more = |part: Option<f64>, whole: f64| part.is_some_and(|part| part > whole + slack);
    let (column, words) = if more(service.answered, contacts) {
        ("answered", "more were answered than came")
    } else if more(
        service.answered_within,
        service.answered.unwrap_or(contacts),
    ) {
        (
            "answered_within",
            "more were answered in time than were answered",
        )
    } else if more(service.abandoned, contacts) {
        ("abandoned", "more hung up than came")
    } else {
        return;
    };
    findings.add(FindingKind::Inconsistent, at, column, column, || {
        (
            words.to_owned(),
            "contacts are all that were offered, answered or not; check what the columns mean"
                .into(),
        )
    });
}
