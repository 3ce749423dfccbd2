//! Speed and memory: 200 queues with two years of quarter hours.

use chrono::{Datelike, NaiveDate};
use followsun::forecast::{ForecastInput, HistoryPoint, QueueInput, Target, backtest, forecast};
use std::time::Instant;

const QUEUES: usize = 200;
const DAYS: i64 = 731;
const STEP: i64 = 900;

/// Forecast of a week and backtest of 12 origins.
pub fn run() {
    let start = NaiveDate::from_ymd_opt(2024, 1, 1)
        .expect("a date")
        .and_hms_opt(0, 0, 0)
        .expect("a time")
        .and_utc()
        .timestamp();
    let clock = |_: i64| 3600;
    let open = |_: NaiveDate, _: u32| true;
    let queues: Vec<QueueInput> = (0..QUEUES)
        .map(|q| QueueInput {
            id: format!("q{q}"),
            language: format!("l{}", q % 20),
            channel: ["phone", "chat", "email"][q % 3].to_string(),
            deferred: false,
            clock: &clock,
            open: &open,
            history: history(q as u64, start),
            history_interval_s: STEP as u32,
            special_days: Vec::new(),
            events: Vec::new(),
            like: None,
            changes: Vec::new(),
        })
        .collect();
    let input = ForecastInput {
        queues,
        target: Target {
            start: start + DAYS * 86_400,
            step_s: STEP as u32,
            len: 672,
        },
    };
    println!(
        "{QUEUES} queues, {DAYS} days of {STEP} s; input ready ({:.1} CPU s), peak memory {} MB",
        cpu_seconds(),
        peak_mb()
    );
    let clock = Instant::now();
    let done = forecast(&input).expect("a forecast");
    println!(
        "forecast of a week: {:.2} s ({:.1} CPU s so far), peak memory {} MB, {:.0} contacts",
        clock.elapsed().as_secs_f64(),
        cpu_seconds(),
        peak_mb(),
        done.queues.iter().flat_map(|q| &q.contacts).sum::<f64>()
    );
    let clock = Instant::now();
    let done = backtest(&input, 12, &[1, 4]).expect("a backtest");
    let wape: f64 = done.iter().map(|q| q.weeks[0].scores.wape).sum::<f64>() / done.len() as f64;
    println!(
        "backtest of 12 origins: {:.2} s ({:.1} CPU s so far), peak memory {} MB, mean WAPE {:.1} %",
        clock.elapsed().as_secs_f64(),
        cpu_seconds(),
        peak_mb(),
        100.0 * wape
    );
}

/// Poisson-like counts (a normal approximation) around a day and week shape.
fn history(seed: u64, start: i64) -> Vec<HistoryPoint> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut uniform = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let scale = 0.5 + 20.0 * uniform() * uniform();
    (0..DAYS * 86_400 / STEP)
        .map(|i| {
            let hour = (i * STEP % 86_400) as f64 / 3600.0;
            let weekend = chrono::DateTime::from_timestamp(start + i * STEP, 0)
                .is_some_and(|t| t.weekday().num_days_from_monday() > 4);
            let mu = scale
                * (1.05 + ((hour - 7.0) * std::f64::consts::PI / 12.0).sin())
                * if weekend { 0.5 } else { 1.0 };
            let noise = (0..4).map(|_| uniform() - 0.5).sum::<f64>() * 3f64.sqrt();
            HistoryPoint {
                utc: start + i * STEP,
                contacts: (mu + mu.sqrt() * noise).round().max(0.0),
                handle_time_s: Some(300.0),
            }
        })
        .collect()
}

/// Peak resident memory of this process in MB, where the system tells it.
fn peak_mb() -> u64 {
    std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|s| {
            s.lines()
                .find(|l| l.starts_with("VmHWM"))
                .and_then(|l| l.split_whitespace().nth(1)?.parse::<u64>().ok())
        })
        .map_or(0, |kb| kb / 1024)
}

/// CPU seconds of this process (all threads), where the system tells them: what counts on a busy machine.
fn cpu_seconds() -> f64 {
    std::fs::read_to_string("/proc/self/stat")
        .ok()
        .and_then(|s| {
            let fields: Vec<f64> = s
                .rsplit(')')
                .next()?
                .split_whitespace()
                .skip(11)
                .take(2)
                .filter_map(|f| f.parse().ok())
                .collect();
            Some(fields.iter().sum::<f64>() / 100.0)
        })
        .unwrap_or(0.0)
}
