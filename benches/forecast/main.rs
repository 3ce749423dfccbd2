//! The forecast measured. `cargo bench --bench forecast` tries followsun, the median of six and augurs' MSTL on made-up series of
//! many kinds; `-- FILE MINUTES` on a plain series; `-- speed` measures 200 queues with two years of quarter hours.

mod speed;
mod synthetic;

use followsun::forecast::series::{Absent, SeriesReport, backtest_series, parse_series};
use rayon::prelude::*;
use std::time::Instant;

/// Seeds tried of each kind.
const SEEDS: u64 = 6;

fn main() {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with("--"))
        .collect();
    match args.first().map(String::as_str) {
        Some("speed") => speed::run(),
        Some(file) => series(file, args.get(1).and_then(|m| m.parse().ok()).unwrap_or(30)),
        None => made_up(),
    }
}

fn made_up() {
    println!(
        "{:<28} {:>4} {:>15} {:>15} {:>7} {:>6} {:>13} {:>6}",
        "kind, week ahead",
        "week",
        "WAPE own / six",
        "pinball own/six",
        "ratio",
        "worse",
        "80 %   95 %",
        "bias"
    );
    let seeds = std::env::var("SEEDS")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(SEEDS);
    let mut all: Vec<[f64; 4]> = Vec::new();
    let only = std::env::var("ONLY").unwrap_or_default();
    for kind in synthetic::KINDS.iter().filter(|k| k.name.contains(&only)) {
        let reports: Vec<SeriesReport> = (0..seeds)
            .into_par_iter()
            .filter_map(|seed| backtest_series(&kind.series(seed), None).ok())
            .collect();
        for lead in 0..2 {
            let mean = |f: &dyn Fn(&SeriesReport) -> f64| {
                reports.iter().map(f).sum::<f64>() / reports.len() as f64
            };
            let own = |r: &SeriesReport| r.weeks[lead].scores;
            let six = |r: &SeriesReport| r.weeks[lead].median_of_six;
            let worse = reports
                .iter()
                .filter(|r| own(r).pinball > six(r).pinball)
                .count();
            println!(
                "{:<28} {:>4} {:>7.2} {:>7.2} {:>7.3} {:>7.3} {:>7.3} {:>6} {:>6.1} {:>6.1} {:>6.2}",
                kind.name,
                [1, 4][lead],
                100.0 * mean(&|r| own(r).wape),
                100.0 * mean(&|r| six(r).wape),
                100.0 * mean(&|r| own(r).pinball),
                100.0 * mean(&|r| six(r).pinball),
                mean(&|r| (own(r).pinball / six(r).pinball).ln()).exp(),
                worse,
                100.0 * mean(&|r| own(r).cover80),
                100.0 * mean(&|r| own(r).cover95),
                100.0 * mean(&|r| own(r).bias),
            );
            all.extend(reports.iter().map(|r| {
                [
                    lead as f64,
                    own(r).cover80,
                    own(r).cover95,
                    own(r).pinball / six(r).pinball,
                ]
            }));
        }
    }
    for lead in 0..2 {
        let of: Vec<&[f64; 4]> = all.iter().filter(|a| a[0] == lead as f64).collect();
        let n = of.len() as f64;
        let share =
            |f: &dyn Fn(&[f64; 4]) -> bool| 100.0 * of.iter().filter(|a| f(a)).count() as f64 / n;
        println!(
            "week {}: mean coverage {:.1} {:.1}; within 77-83 {:.0} %, within 93-97 {:.0} %; pinball ratio {:.3}, worse {:.1} %, worst {:.3}",
            [1, 4][lead],
            100.0 * of.iter().map(|a| a[1]).sum::<f64>() / n,
            100.0 * of.iter().map(|a| a[2]).sum::<f64>() / n,
            share(&|a| (0.77..=0.83).contains(&a[1])),
            share(&|a| (0.93..=0.97).contains(&a[2])),
            (of.iter().map(|a| a[3].ln()).sum::<f64>() / n).exp(),
            share(&|a| a[3] > 1.0),
            of.iter().map(|a| a[3]).fold(0.0, f64::max),
        );
    }
}

fn series(file: &str, minutes: u32) {
    let text = std::fs::read_to_string(file).expect("a readable file");
    let series = parse_series(&text, minutes, Absent::Guess).expect("a series");
    let clock = Instant::now();
    let report = backtest_series(&series, None).expect("a backtest");
    let seconds = clock.elapsed().as_secs_f64();
    println!("{file}: {} origins in {seconds:.2} s", report.origins.len());
    for week in &report.weeks {
        for (name, s) in [
            ("followsun", week.scores),
            ("median-of-six", week.median_of_six),
        ] {
            println!(
                "week {} {name:14} WAPE {:6.2} %  pinball {:6.3} %  80 % covers {:5.1}  95 % covers {:5.1}",
                week.week,
                100.0 * s.wape,
                100.0 * s.pinball,
                100.0 * s.cover80,
                100.0 * s.cover95
            );
        }
    }
}
