//! The forecast measured. `cargo bench --bench forecast` tries followsun beside the median of six and augurs' MSTL on made-up series
//! of many kinds (`-- --seeds N` of each, from `--first SEED` on; `--only TEXT` in the kind's name); `-- FILE MINUTES` on a plain series; `-- today FILE MINUTES` the rest of its days with
//! what has come so far; `-- speed` measures 200 queues with two years of quarter hours.

mod intraday;
mod mstl;
mod reference_six;
mod speed;
mod synthetic;

use followsun::forecast::Scores;
use followsun::forecast::series::{Absent, SeriesReport, backtest_series, parse_series};
use mstl::Scored;
use rayon::prelude::*;
use std::time::Instant;

/// Seeds tried of each kind.
const SEEDS: u64 = 3;

fn main() {
    let mut args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let mut option = |name: &str| {
        let at = args.iter().position(|a| a == name)?;
        args.remove(at);
        (at < args.len()).then(|| args.remove(at))
    };
    let seeds = option("--seeds").and_then(|n| n.parse().ok());
    let first = option("--first").and_then(|n| n.parse().ok()).unwrap_or(0);
    let only = option("--only").unwrap_or_default();
    let minutes = |at: usize| args.get(at).and_then(|m| m.parse().ok()).unwrap_or(30);
    match args.first().map(String::as_str) {
        Some("speed") => speed::run(),
        Some("today") => intraday::run(args.get(1).expect("a file"), minutes(2)),
        Some(file) => series(file, minutes(1)),
        None => made_up(first, seeds.unwrap_or(SEEDS), &only),
    }
}

/// One made-up series tried.
struct Tried {
    report: SeriesReport,
    /// The median of six as the reference builds it.
    plain_six: [Scored; 2],
    mstl: Option<[Scored; 2]>,
}

/// Mean over the series of a kind, %.
fn mean(tried: &[Tried], of: impl Fn(&Tried) -> f64) -> f64 {
    100.0 * tried.iter().map(of).sum::<f64>() / tried.len() as f64
}

fn made_up(first: u64, seeds: u64, only: &str) {
    println!(
        "{:<28} {:>4} | {:^23} | {:^23} | {:>5} | {:^13} | {:>6}",
        "kind of series",
        "week",
        "WAPE % own/six/mstl",
        "pinball % own/six/mstl",
        "worse",
        "own 80%  95%",
        "bias"
    );
    let mut all: Vec<(usize, Scores, Scores, Scored)> = Vec::new();
    let kinds = synthetic::KINDS.iter().filter(|k| k.name.contains(only));
    for kind in kinds {
        let tried: Vec<Tried> = (first..first + seeds)
            .into_par_iter()
            .filter_map(|seed| {
                let series = kind.series(seed);
                let report = backtest_series(&series, None).ok()?;
                // MSTL takes a second a series: one of each kind will do.
                let mstl = (seed == first)
                    .then(|| mstl::scores(&series, &report.origins))
                    .flatten();
                let plain_six = reference_six::scores(&series, &report.origins);
                Some(Tried {
                    report,
                    plain_six,
                    mstl,
                })
            })
            .collect();
        for (lead, week) in [1, 4].into_iter().enumerate() {
            let own = |t: &Tried| t.report.weeks[lead].scores;
            let six = |t: &Tried| t.report.weeks[lead].median_of_six;
            let mstl = tried
                .iter()
                .find_map(|t| t.mstl)
                .map(|m| m[lead])
                .unwrap_or_default();
            let worse = tried.iter().filter(|t| own(t).pinball > six(t).pinball);
            println!(
                "{:<28} {week:>4} | {:>7.2} {:>7.2} {:>7.2} | {:>7.3} {:>7.3} {:>7.3} | {:>2}/{:<2} | {:>6.1} {:>6.1} | {:>6.2}",
                kind.name,
                mean(&tried, |t| own(t).wape),
                mean(&tried, |t| six(t).wape),
                100.0 * mstl.wape,
                mean(&tried, |t| own(t).pinball),
                mean(&tried, |t| six(t).pinball),
                100.0 * mstl.pinball,
                worse.count(),
                tried.len(),
                mean(&tried, |t| own(t).cover80),
                mean(&tried, |t| own(t).cover95),
                mean(&tried, |t| own(t).bias),
            );
            all.extend(
                tried
                    .iter()
                    .map(|t| (week, own(t), six(t), t.plain_six[lead])),
            );
        }
    }
    for week in [1, 4] {
        let of: Vec<&(usize, Scores, Scores, Scored)> =
            all.iter().filter(|a| a.0 == week).collect();
        let n = of.len() as f64;
        let share = |f: &dyn Fn(&Scores, &Scores) -> bool| {
            100.0 * of.iter().filter(|a| f(&a.1, &a.2)).count() as f64 / n
        };
        let ratio = |a: &&(usize, Scores, Scores, Scored)| a.1.pinball / a.2.pinball;
        let plain = |a: &&(usize, Scores, Scores, Scored)| a.1.pinball / a.3.pinball;
        let lost = |ratio: f64| ratio.ln().max(0.0);
        println!(
            "week {week}: {n} series; intervals cover {:.1} and {:.1} % in the mean, 77-83 in {:.0} % of the series, 93-97 in {:.0} %; pinball {:.3} times that of the median of six, worse in {:.1} %, at worst {:.3} times; with the reference's intervals {:.3} times, worse in {:.1} %, by {:.2} in all (sum of logs)",
            100.0 * of.iter().map(|a| a.1.cover80).sum::<f64>() / n,
            100.0 * of.iter().map(|a| a.1.cover95).sum::<f64>() / n,
            share(&|own, _| (0.77..=0.83).contains(&own.cover80)),
            share(&|own, _| (0.93..=0.97).contains(&own.cover95)),
            (of.iter().map(|a| ratio(a).ln()).sum::<f64>() / n).exp(),
            share(&|own, six| own.pinball > six.pinball),
            of.iter().map(ratio).fold(0.0, f64::max),
            (of.iter().map(|a| plain(a).ln()).sum::<f64>() / n).exp(),
            100.0 * of.iter().filter(|a| plain(a) > 1.0).count() as f64 / n,
            of.iter().map(|a| lost(plain(a))).sum::<f64>(),
        );
    }
}

fn series(file: &str, minutes: u32) {
    let text = std::fs::read_to_string(file).expect("a readable file");
    let series = parse_series(&text, minutes, Absent::Guess).expect("a series");
    let clock = Instant::now();
    let report = backtest_series(&series, None).expect("a backtest");
    let plain_six = reference_six::scores(&series, &report.origins);
    let own = clock.elapsed().as_secs_f64();
    let clock = Instant::now();
    let mstl = mstl::scores(&series, &report.origins);
    println!(
        "{file}: {} origins; followsun {own:.2} s, augurs' MSTL {:.2} s",
        report.origins.len(),
        clock.elapsed().as_secs_f64()
    );
    for (lead, week) in report.weeks.iter().enumerate() {
        let scored = |s: Scores| Scored {
            wape: s.wape,
            pinball: s.pinball,
            cover80: s.cover80,
            cover95: s.cover95,
        };
        let rows = [
            ("followsun", Some(scored(week.scores))),
            ("median-of-six", Some(scored(week.median_of_six))),
            ("its plain kind", Some(plain_six[lead])),
            ("augurs MSTL", mstl.map(|m| m[lead])),
        ];
        for (name, s) in rows.into_iter().filter_map(|(name, s)| Some((name, s?))) {
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
