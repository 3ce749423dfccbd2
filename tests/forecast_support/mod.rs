//! Made-up queues whose truth is known, for the tests of the forecast through its public door.

#![allow(dead_code)] // Each test file uses its part of them.

use chrono::{Datelike, NaiveDate};
use followsun::forecast::{ForecastInput, HistoryPoint, QueueInput, Target, forecast};
use std::f64::consts::PI;

pub const HOUR: i64 = 3600;
pub const DAY: i64 = 86_400;

pub fn utc(date: &str) -> i64 {
    date.parse::<NaiveDate>()
        .unwrap()
        .and_hms_opt(0, 0, 0)
        .unwrap()
        .and_utc()
        .timestamp()
}

pub fn date_at(seconds: i64) -> NaiveDate {
    chrono::DateTime::from_timestamp(seconds, 0)
        .unwrap()
        .date_naive()
}

/// A reproducible Poisson draw.
pub struct Dice(pub u64);

impl Dice {
    pub fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn poisson(&mut self, mean: f64) -> f64 {
        if mean > 60.0 {
            let normal = (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0;
            return (mean + mean.sqrt() * normal).round().max(0.0);
        }
        let (limit, mut product, mut n) = ((-mean).exp(), self.uniform(), 0.0);
        while product > limit {
            product *= self.uniform();
            n += 1.0;
        }
        n
    }
}

/// Contacts an hour by local second: busy days, quiet nights, half on weekends.
pub fn rate(local: i64) -> f64 {
    let hour = local.rem_euclid(DAY) as f64 / 3600.0;
    let weekend = date_at(local).weekday().num_days_from_monday() > 4;
    20.0 * (1.1 + ((hour - 8.0) * PI / 12.0).sin()) * if weekend { 0.5 } else { 1.0 }
}

pub fn history(
    from: &str,
    days: i64,
    step: i64,
    seed: u64,
    offset: i64,
    factor: impl Fn(i64) -> f64,
) -> Vec<HistoryPoint> {
    let (start, mut dice) = (utc(from), Dice(seed));
    (0..days * DAY / step)
        .map(|i| {
            let t = start + i * step;
            let mean = rate(t + offset) * step as f64 / 3600.0 * factor(t);
            HistoryPoint {
                utc: t,
                contacts: dice.poisson(mean),
                handle_time_s: Some(
                    300.0 + 60.0 * f64::from((t + offset).rem_euclid(DAY) > 20 * HOUR),
                ),
            }
        })
        .collect()
}

pub fn always(_: NaiveDate, _: u32) -> bool {
    true
}

pub fn greenwich(_: i64) -> i32 {
    0
}

pub fn queue(id: &str, history: Vec<HistoryPoint>, step: i64) -> QueueInput<'static> {
    QueueInput {
        id: id.to_string(),
        language: "en".to_string(),
        channel: "phone".to_string(),
        deferred: false,
        clock: &greenwich,
        open: &always,
        history,
        history_interval_s: step as u32,
        special_days: Vec::new(),
        events: Vec::new(),
        like: None,
        changes: Vec::new(),
    }
}

pub fn week(start: &str, step: i64) -> Target {
    Target {
        start: utc(start),
        step_s: step as u32,
        len: (7 * DAY / step) as usize,
    }
}

pub fn wape(contacts: &[f64], target: Target, factor: f64) -> f64 {
    let truth: Vec<f64> = (0..target.len as i64)
        .map(|i| {
            factor * rate(target.start + i * i64::from(target.step_s)) * f64::from(target.step_s)
                / 3600.0
        })
        .collect();
    contacts
        .iter()
        .zip(&truth)
        .map(|(c, t)| (c - t).abs())
        .sum::<f64>()
        / truth.iter().sum::<f64>()
}

pub fn one(queue: QueueInput, target: Target) -> followsun::forecast::QueueForecast {
    forecast(&ForecastInput {
        queues: vec![queue],
        target,
    })
    .unwrap()
    .queues
    .remove(0)
}
