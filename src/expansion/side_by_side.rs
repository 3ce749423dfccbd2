//! Planned scenarios laid side by side, with differences that are more than noise told apart from those that are not.

use crate::results::{
    Cheapest, Choice, Comparison, Figure, Measured, RowKind, ServiceCell, ServiceRow, ShortQueue,
    Unit,
};
use crate::simulation::WeekCounts;

use super::hired::WEEKS_PER_YEAR;
use super::measure::{Money, Row, Run};
use super::paired::{Ratio, Scatter};

/// One scenario, planned once or more.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub name: String,
    pub path: String,
    /// The searches, the one to be shown first.
    pub runs: Vec<Run>,
    pub hired: Vec<String>,
    /// Index of the option that is this very scenario.
    pub same_as: Option<usize>,
}

/// What all options have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setup {
    pub seed: u64,
    pub weeks_played: usize,
    pub repeats: usize,
}

/// Lays planned scenarios side by side. There must be one at least.
pub fn side_by_side(candidates: &[Candidate], setup: Setup) -> Comparison {
    let first = &candidates[0].runs[0].results;
    let cost = scatter_of(candidates, &|run| {
        let reached = run.at_target.out_of_reach.is_empty();
        reached.then_some(run.at_target.cost_week)
    });
    Comparison {
        currency: first.currency.clone(),
        first_day: first.first_day,
        stamp: first.grid.start,
        weeks: first.weeks,
        seed: setup.seed,
        version: first.summary.version.clone(),
        weeks_played: setup.weeks_played,
        repeats: setup.repeats,
        goal: goal(candidates),
        options: candidates.iter().enumerate().map(choice).collect(),
        figures: figures(candidates),
        rows: rows(candidates),
        cheapest: cheapest(candidates, &cost),
    }
}

/// The promise of the queue with the most contacts.
fn goal(candidates: &[Candidate]) -> String {
    let contacts = |weeks: &[WeekCounts]| weeks.iter().map(|week| week.offered).sum::<f64>();
    candidates[0].runs[0]
        .rows
        .iter()
        .filter_map(|row| Some((contacts(&row.weeks), &row.target.as_ref()?.1)))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(String::new(), |(_, words)| words.clone())
}

fn choice((index, candidate): (usize, &Candidate)) -> Choice {
    let run = &candidate.runs[0];
    let mut short: Vec<ShortQueue> = run
        .rows
        .iter()
        .filter_map(|row| {
            let (target, _) = row.target.as_ref()?;
            let service = row.worst_day.or(service(row).value())?;
            (service < *target).then(|| ShortQueue {
                on_worst_day: row.worst_day.is_some(),
                queue: row.name.clone(),
                service,
                target: *target,
            })
        })
        .collect();
    short.sort_by(|a, b| (a.service - a.target).total_cmp(&(b.service - b.target)));
    let results = &run.results;
    let covers = results
        .covers
        .iter()
        .filter(|cover| !cover.short.is_empty());
    let missing = covers.map(|cover| {
        let site = cover
            .site
            .as_ref()
            .map_or(String::new(), |site| format!(" at {site}"));
        let hours = cover.short.len() as f64 * f64::from(results.grid.step_minutes) / 60.0;
        format!("{}{site}: missing for {hours:.1} h", cover.wanted)
    });
    Choice {
        letter: letter(index),
        name: candidate.name.clone(),
        path: candidate.path.clone(),
        short,
        missing: missing.collect(),
        gap: results.summary.gap,
        at_target: run.at_target.clone(),
        hired: candidate.hired.clone(),
    }
}

/// `A` to `Z`, then `A2` ...
fn letter(index: usize) -> String {
    let letter = char::from(b'A' + (index % 26) as u8);
    match index / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{}", round + 1),
    }
}

/// How far searches of the same option lie apart in one quantity.
fn scatter_of(candidates: &[Candidate], value: &dyn Fn(&Run) -> Option<f64>) -> Scatter {
    let mut scatter = Scatter::default();
    for candidate in candidates
        .iter()
        .filter(|candidate| candidate.same_as.is_none())
    {
        let values: Vec<f64> = candidate.runs.iter().filter_map(value).collect();
        scatter.see(&values);
    }
    scatter
}

type Value = fn(&Money) -> f64;

/// Key, name, unit, value, and whether it is subject to how well the search went.
const FIGURES: [(&str, &str, Unit, Value, bool); 12] = [
    (
        "people",
        "People on shift",
        Unit::People,
        |m| m.people,
        false,
    ),
    (
        "paid_hours",
        "Paid hours a week",
        Unit::Hours,
        |m| m.paid_hours,
        true,
    ),
    ("cost_week", "Cost a week", Unit::Money, |m| m.week(), true),
    (
        "wages_week",
        "of it wages",
        Unit::Money,
        |m| m.cost_week,
        true,
    ),
    (
        "standing_week",
        "of it fixed and hiring costs",
        Unit::Money,
        |m| m.standing_week,
        false,
    ),
    (
        "cost_year",
        "Cost a year",
        Unit::Money,
        |m| m.week() * WEEKS_PER_YEAR,
        true,
    ),
    (
        "hiring_once",
        "Hiring and training, once",
        Unit::Money,
        |m| m.once,
        false,
    ),
    (
        "overtime_hours",
        "Overtime a week",
        Unit::Hours,
        |m| m.overtime_hours,
        true,
    ),
    (
        "night_hours",
        "Night work a week",
        Unit::Hours,
        |m| m.night_hours,
        true,
    ),
    (
        "wishes_met",
        "Wishes met",
        Unit::Count,
        |m| m.wishes_met,
        true,
    ),
    ("wishes", "of all wishes", Unit::Count, |m| m.wishes, false),
    (
        "cover_hours_short",
        "Hours without cover a week",
        Unit::Hours,
        |m| m.cover_hours_short,
        true,
    ),
];

fn figures(candidates: &[Candidate]) -> Vec<Figure> {
    let of = |&(key, name, unit, value, searched): &(&'static str, &str, Unit, Value, bool)| {
        let values: Vec<f64> = candidates
            .iter()
            .map(|candidate| value(&candidate.runs[0].money))
            .collect();
        let scatter = scatter_of(candidates, &|run| Some(value(&run.money)));
        let differences = values.iter().enumerate().map(|(index, mine)| Measured {
            mean: mine - values[0],
            half_width: if searched && !same(candidates, index, 0) {
                scatter.half_width()
            } else {
                0.0
            },
        });
        Figure {
            key,
            name: name.to_owned(),
            unit,
            differences: differences.collect(),
            values,
        }
    };
    let always = [
        "people",
        "paid_hours",
        "cost_week",
        "cost_year",
        "overtime_hours",
        "night_hours",
    ];
    FIGURES
        .iter()
        .map(of)
        .filter(|figure| {
            always.contains(&figure.key) || figure.values.iter().any(|value| *value != 0.0)
        })
        .collect()
}

/// Whether two options are one and the same scenario.
fn same(candidates: &[Candidate], a: usize, b: usize) -> bool {
    let origin = |index: usize| candidates[index].same_as.unwrap_or(index);
    origin(a) == origin(b)
}

fn service(row: &Row) -> Ratio {
    Ratio::new(row.weeks.iter().map(|week| (week.in_time, week.offered)))
}

fn wait(row: &Row) -> Ratio {
    Ratio::new(row.weeks.iter().map(|week| (week.wait_s, week.answered)))
}

fn abandoned(row: &Row) -> Ratio {
    Ratio::new(row.weeks.iter().map(|week| (week.abandoned, week.offered)))
}

fn occupancy(row: &Row) -> Ratio {
    Ratio::new(row.weeks.iter().map(|week| (week.busy_s, week.staffed_s)))
}

fn contacts(row: &Row, weeks: u32) -> Ratio {
    let weeks = f64::from(weeks.max(1));
    Ratio::new(row.weeks.iter().map(move |week| (week.offered, weeks)))
}

type Measure = fn(&Row) -> Ratio;

fn rows(candidates: &[Candidate]) -> Vec<ServiceRow> {
    let mut names: Vec<(RowKind, &str)> = Vec::new();
    for candidate in candidates {
        for row in &candidate.runs[0].rows {
            if !names.contains(&(row.kind, row.name.as_str())) {
                names.push((row.kind, &row.name));
            }
        }
    }
    names.sort_by_key(|(kind, _)| *kind);
    let scatter = |kind: RowKind, measure: Measure| {
        // Rows of a kind are pooled: one of them alone was seen too few times to know its scatter.
        let mut scatter = Scatter::default();
        for (_, name) in names.iter().filter(|(known, _)| *known == kind) {
            for candidate in candidates.iter().filter(|c| c.same_as.is_none()) {
                let values: Vec<f64> = candidate
                    .runs
                    .iter()
                    .filter_map(|run| measure(find(run, kind, name)?).value())
                    .collect();
                scatter.see(&values);
            }
        }
        scatter.half_width()
    };
    let kinds = [
        RowKind::Total,
        RowKind::Language,
        RowKind::Channel,
        RowKind::Queue,
    ];
    let noise: Vec<[f64; 3]> = kinds
        .iter()
        .map(|&kind| [service as Measure, wait, abandoned].map(|measure| scatter(kind, measure)))
        .collect();
    names
        .iter()
        .map(|&(kind, name)| ServiceRow {
            kind,
            name: name.to_owned(),
            target: candidates
                .iter()
                .find_map(|candidate| find(&candidate.runs[0], kind, name)?.target.clone()),
            cells: (0..candidates.len())
                .map(|index| cell(candidates, index, kind, name, &noise[kind as usize]))
                .collect(),
        })
        .collect()
}

fn find<'a>(run: &'a Run, kind: RowKind, name: &str) -> Option<&'a Row> {
    let mut rows = run.rows.iter();
    rows.find(|row| row.kind == kind && row.name == name)
}

fn cell(
    candidates: &[Candidate],
    index: usize,
    kind: RowKind,
    name: &str,
    noise: &[f64; 3],
) -> Option<ServiceCell> {
    let run = &candidates[index].runs[0];
    let mine = find(run, kind, name)?;
    let base = find(&candidates[0].runs[0], kind, name);
    let less = |measure: Measure, noise: f64| {
        let chance = measure(mine).less(&measure(base?))?;
        Some(Measured {
            mean: chance.mean,
            half_width: if same(candidates, index, 0) {
                chance.half_width
            } else {
                chance.half_width.hypot(noise)
            },
        })
    };
    let nothing = Measured::exactly(f64::NAN);
    Some(ServiceCell {
        contacts: contacts(mine, run.results.weeks)
            .measured()
            .unwrap_or(Measured::exactly(0.0)),
        service: service(mine).measured().unwrap_or(nothing),
        wait_s: wait(mine).measured().unwrap_or(nothing),
        abandoned: abandoned(mine).measured().unwrap_or(nothing),
        occupancy: occupancy(mine).measured(),
        service_difference: less(service, noise[0]),
        wait_difference: less(wait, noise[1]),
        abandoned_difference: less(abandoned, noise[2]),
    })
}

fn cheapest(candidates: &[Candidate], cost: &Scatter) -> Option<Cheapest> {
    let reached = |index: &usize| candidates[*index].runs[0].at_target.out_of_reach.is_empty();
    let price = |index: usize| candidates[index].runs[0].at_target.cost_week;
    let option = (0..candidates.len())
        .filter(reached)
        .min_by(|&a, &b| price(a).total_cmp(&price(b)))?;
    let dearer: Vec<Option<Measured>> = (0..candidates.len())
        .map(|index| {
            reached(&index).then(|| Measured {
                mean: price(index) - price(option),
                half_width: if same(candidates, index, option) {
                    0.0
                } else {
                    cost.half_width()
                },
            })
        })
        .collect();
    let sure = dearer
        .iter()
        .enumerate()
        .all(|(index, dearer)| index == option || dearer.is_none_or(|dearer| dearer.low() > 0.0));
    Some(Cheapest {
        option,
        dearer,
        sure,
    })
}
