//! The comparison as plain text, aligned, no colour.

use super::words::{
    by_how_much, difference, headline, lacks, people_more, points, rearranged, some, value,
};
use crate::report::words::{money, percent, wait};
use crate::results::{Comparison, RowKind};

/// The answer, the options, and where they differ.
pub fn compare_terminal(comparison: &Comparison) -> String {
    let mut text = format!("{}\n", headline(comparison));
    for line in by_how_much(comparison) {
        text += &format!("  {line}\n");
    }
    text.push('\n');
    for option in &comparison.options {
        text += &format!("{}  {} ({})\n", option.letter, option.name, option.path);
        if !option.hired.is_empty() {
            text += &format!("   hired: {}\n", option.hired.join(", "));
        }
        let lacks = lacks(option);
        if lacks.is_empty() {
            text += "   keeps every promise\n";
        } else {
            text += &format!("   short: {}\n", lacks.join("; "));
        }
        if option.at_target.count > 0 {
            text += &format!("   to keep them all: {}\n", people_more(option));
        }
        if option.at_target.rearranged {
            text += &format!(
                "   to keep them all: {}\n",
                rearranged(option, &comparison.currency)
            );
        }
        if !option.at_target.out_of_reach.is_empty() {
            text += &format!(
                "   out of reach: {}\n",
                some(&option.at_target.out_of_reach)
            );
        }
    }
    text.push('\n');
    let mut table: Vec<Vec<String>> = vec![header(comparison, "a week")];
    table.push(
        ["cost with every promise kept".to_owned()]
            .into_iter()
            .chain(comparison.options.iter().map(|option| {
                if option.at_target.out_of_reach.is_empty() {
                    money(option.at_target.cost_week, &comparison.currency)
                } else {
                    "–".to_owned()
                }
            }))
            .collect(),
    );
    for figure in &comparison.figures {
        let mut row = vec![figure.name.clone()];
        for (index, amount) in figure.values.iter().enumerate() {
            let mut cell = value(figure.unit, *amount, &comparison.currency);
            if index > 0 {
                cell += &format!(" ({})", difference(figure.unit, &figure.differences[index]));
            }
            row.push(cell);
        }
        table.push(row);
    }
    text += &aligned(&table);
    text.push('\n');
    let mut table = vec![header(comparison, "answered in time")];
    for row in &comparison.rows {
        let name = match row.kind {
            RowKind::Queue => format!("  {}", row.name),
            _ => row.name.clone(),
        };
        let mut cells = vec![name];
        for (index, cell) in row.cells.iter().enumerate() {
            cells.push(match cell {
                None => "–".to_owned(),
                Some(cell) if index == 0 || cell.service_difference.is_none() => {
                    format!(
                        "{} (wait {})",
                        percent(cell.service.mean),
                        wait(cell.wait_s.mean)
                    )
                }
                Some(cell) => format!(
                    "{} ({})",
                    percent(cell.service.mean),
                    cell.service_difference
                        .as_ref()
                        .map_or(String::new(), points)
                ),
            });
        }
        table.push(cells);
    }
    text += &aligned(&table);
    text += &format!(
        "\nIn brackets: difference to {} with its 95 % interval, service in points.\n",
        comparison.options[0].letter
    );
    text
}

fn header(comparison: &Comparison, name: &str) -> Vec<String> {
    let letters = comparison
        .options
        .iter()
        .map(|option| option.letter.clone());
    [name.to_owned()].into_iter().chain(letters).collect()
}

/// Columns two spaces apart; names to the left, numbers to the right.
pub fn aligned(table: &[Vec<String>]) -> String {
    let columns = table.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = table.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in table {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let pad = " ".repeat(widths[column] - cell.chars().count());
            if column == 0 {
                line += &format!("{cell}{pad}  ");
            } else {
                line += &format!("{pad}{cell}  ");
            }
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}
