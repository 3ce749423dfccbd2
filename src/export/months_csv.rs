//! `months.csv`: week totals months ahead, for capacity.

use chrono::NaiveDate;

use super::text::{csv_text, decimal};

/// `queue,week,contacts,p2_5,p10,p50,p90,p97_5`, by queue and week; the week is told by its Monday, on the queue's clock. Every row is a
/// queue's id, the Monday, the mean, and the quantiles.
pub fn months_csv<'a>(weeks: impl Iterator<Item = (&'a str, NaiveDate, f64, [f64; 5])>) -> String {
    let rows = weeks.map(|(queue, monday, contacts, [low, p10, p50, p90, high])| {
        [
            queue.to_owned(),
            monday.to_string(),
            decimal(contacts, 1),
            decimal(low, 1),
            decimal(p10, 1),
            decimal(p50, 1),
            decimal(p90, 1),
            decimal(high, 1),
        ]
    });
    csv_text(
        [
            "queue", "week", "contacts", "p2_5", "p10", "p50", "p90", "p97_5",
        ],
        rows,
    )
}
