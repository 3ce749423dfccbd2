//! `compare.json`: the answer and the options, for programs; every single figure is in `compare.csv`.

use serde_json::{Value, json};

use crate::results::{Comparison, Measured};

/// The comparison as indented JSON, keys in alphabetical order.
pub fn compare_json(comparison: &Comparison) -> String {
    let letter = |index: usize| comparison.options[index].letter.clone();
    let options = comparison.options.iter().enumerate().map(|(index, option)| {
        let figures = comparison.figures.iter().map(|figure| {
            let value = json!({"value": figure.values[index], "difference": measured(&figure.differences[index])});
            (figure.key.to_owned(), value)
        });
        json!({
            "letter": option.letter, "name": option.name, "scenario": option.path, "hired": option.hired,
            "below_target": option.short.iter().map(|short| json!({"queue": short.queue, "simulated": short.service, "target": short.target})).collect::<Vec<_>>(),
            "missing": option.missing,
            "gap": option.gap,
            "at_target": {
                "cost_week": option.at_target.cost_week, "people_more": option.at_target.people, "rearranged": option.at_target.rearranged,
                "count": option.at_target.count, "out_of_reach": option.at_target.out_of_reach,
            },
            "figures": figures.collect::<serde_json::Map<_, _>>(),
        })
    });
    let value = json!({
        "currency": comparison.currency,
        "start": comparison.first_day.to_string(),
        "weeks": comparison.weeks,
        "weeks_played": comparison.weeks_played,
        "repeats": comparison.repeats,
        "seed": comparison.seed,
        "version": comparison.version,
        "goal": comparison.goal,
        "cheapest": comparison.cheapest.as_ref().map(|cheapest| json!({
            "option": letter(cheapest.option),
            "sure": cheapest.sure,
            "dearer": cheapest.dearer.iter().enumerate().map(|(index, by)| (letter(index), by.as_ref().map_or(Value::Null, measured))).collect::<serde_json::Map<_, _>>(),
        })),
        "options": options.collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn measured(value: &Measured) -> Value {
    json!({"mean": value.mean, "low": value.low(), "high": value.high()})
}
