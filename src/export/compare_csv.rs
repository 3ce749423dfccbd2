//! `compare.csv`: every figure of a comparison, one row a figure and option.

use super::text::{csv_text, decimal, free_text};
use crate::results::{Comparison, Measured};

/// `option,name,kind,item,measure,value,low,high,difference,difference_low,difference_high`: `kind` is `figure`, `total`, `language`, `channel` or
/// `queue`; differences are against the first option, empty where it lacks the item; shares are 0..1, money a week in the scenarios' currency.
pub fn compare_csv(comparison: &Comparison) -> String {
    let mut rows: Vec<[String; 11]> = Vec::new();
    for (index, option) in comparison.options.iter().enumerate() {
        let mut add =
            |kind: &str, item: &str, measure: &str, value: &Measured, by: Option<&Measured>| {
                rows.push(row(
                    &option.letter,
                    &option.name,
                    [kind, item, measure],
                    value,
                    by,
                ));
            };
        let at_target = &option.at_target;
        if at_target.out_of_reach.is_empty() {
            let first = &comparison.options[0].at_target;
            let by = first.out_of_reach.is_empty().then(|| {
                let half_width = comparison
                    .figures
                    .iter()
                    .find(|figure| figure.key == "cost_week")
                    .map_or(0.0, |figure| figure.differences[index].half_width);
                Measured {
                    mean: at_target.cost_week - first.cost_week,
                    half_width,
                }
            });
            let cost = Measured::exactly(at_target.cost_week);
            add("figure", "", "cost_week_at_target", &cost, by.as_ref());
        }
        add(
            "figure",
            "",
            "people_missing",
            &Measured::exactly(f64::from(at_target.count)),
            None,
        );
        for figure in &comparison.figures {
            let value = Measured::exactly(figure.values[index]);
            add(
                "figure",
                "",
                figure.key,
                &value,
                Some(&figure.differences[index]),
            );
        }
        for service in &comparison.rows {
            let Some(cell) = &service.cells[index] else {
                continue;
            };
            let (kind, item) = (service.kind.word(), service.name.as_str());
            add(kind, item, "contacts", &cell.contacts, None);
            add(
                kind,
                item,
                "answered_in_time",
                &cell.service,
                cell.service_difference.as_ref(),
            );
            add(
                kind,
                item,
                "wait_s",
                &cell.wait_s,
                cell.wait_difference.as_ref(),
            );
            add(
                kind,
                item,
                "abandoned",
                &cell.abandoned,
                cell.abandoned_difference.as_ref(),
            );
            if let Some(busy) = &cell.occupancy {
                add(kind, item, "occupancy", busy, None);
            }
        }
    }
    csv_text(
        [
            "option",
            "name",
            "kind",
            "item",
            "measure",
            "value",
            "low",
            "high",
            "difference",
            "difference_low",
            "difference_high",
        ],
        rows.into_iter(),
    )
}

fn row(
    letter: &str,
    name: &str,
    what: [&str; 3],
    value: &Measured,
    by: Option<&Measured>,
) -> [String; 11] {
    let number = |value: f64| decimal(value, 6);
    let of = |by: fn(&Measured) -> f64, measured: Option<&Measured>| {
        measured.map_or(String::new(), |measured| number(by(measured)))
    };
    [
        letter.to_owned(),
        free_text(name),
        what[0].to_owned(),
        free_text(what[1]),
        what[2].to_owned(),
        number(value.mean),
        number(value.low()),
        number(value.high()),
        of(|by| by.mean, by),
        of(Measured::low, by),
        of(Measured::high, by),
    ]
}
