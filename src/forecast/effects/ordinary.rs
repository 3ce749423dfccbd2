//! The ordinary columns, by ridge regression: no effect at all where the calendar says nothing.

use super::residuals::Residuals;
use crate::forecast::features::{CLOSURE_COLUMNS, COLUMNS};
use crate::forecast::grid::Grid;
use crate::forecast::numeric::{robust_scale, solve_spd};
use chrono::Datelike;

/// Ridge penalties tried, in units of observations.
const PENALTIES: [f64; 5] = [2.0, 6.0, 20.0, 60.0, 200.0];
/// Of that on the columns around closures, which have few days to learn from and large effects.
const CLOSURE_PENALTY: f64 = 0.15;
/// Months are dealt to this many folds.
const FOLDS: usize = 12;
/// An effect is kept only if it cuts the error on left-out months by this factor.
const WORTHWHILE: f64 = 0.99;

/// Ridge regression of the ordinary columns, penalty by leaving months out, Huber weights.
pub(super) fn fit(
    grid: &Grid,
    residuals: &Residuals,
    rows: &[Vec<(usize, f64)>],
    origin: usize,
) -> Vec<f64> {
    let start = residuals.start;
    let days: Vec<usize> = (start..origin)
        .filter(|&d| grid.is_normal(d) && residuals.at(d).is_finite())
        .collect();
    let values: Vec<f64> = days.iter().map(|&d| residuals.at(d)).collect();
    let none = vec![0.0; COLUMNS];
    let fold_of = |d: usize| {
        let date = grid.date(d);
        (date.year() as usize * 12 + date.month0() as usize) % FOLDS
    };
    let mut weights = huber(&values);
    let mut beta = none.clone();
    for pass in 0..2 {
        let mut parts = vec![(vec![0.0; COLUMNS * COLUMNS], vec![0.0; COLUMNS]); FOLDS];
        for ((&d, &r), &w) in days.iter().zip(&values).zip(&weights) {
            let (gram, moment) = &mut parts[fold_of(d)];
            for &(i, u) in &rows[d - start] {
                moment[i] += w * u * r;
                for &(j, v) in &rows[d - start] {
                    gram[i * COLUMNS + j] += w * u * v;
                }
            }
        }
        let mut all = (vec![0.0; COLUMNS * COLUMNS], vec![0.0; COLUMNS]);
        for (gram, moment) in &parts {
            all.0.iter_mut().zip(gram).for_each(|(a, g)| *a += g);
            all.1.iter_mut().zip(moment).for_each(|(a, m)| *a += m);
        }
        let loss_of_none: f64 = values.iter().zip(&weights).map(|(r, w)| w * r * r).sum();
        let mut best = (loss_of_none * WORTHWHILE, None);
        for penalty in PENALTIES {
            let fitted: Vec<Vec<f64>> = parts
                .iter()
                .map(|(gram, moment)| {
                    let mut a: Vec<f64> = all.0.iter().zip(gram).map(|(a, g)| a - g).collect();
                    let mut b: Vec<f64> = all.1.iter().zip(moment).map(|(a, m)| a - m).collect();
                    ridge(&mut a, &mut b, penalty);
                    b
                })
                .collect();
            let loss: f64 = days
                .iter()
                .zip(&values)
                .zip(&weights)
                .map(|((&d, &r), &w)| {
                    let beta = &fitted[fold_of(d)];
                    let e = r - rows[d - start]
                        .iter()
                        .map(|&(c, v)| beta[c] * v)
                        .sum::<f64>();
                    w * e * e
                })
                .sum();
            if loss < best.0 {
                best = (loss, Some(penalty));
            }
        }
        let Some(penalty) = best.1 else {
            return none;
        };
        beta = all.1;
        ridge(&mut all.0, &mut beta, penalty);
        if pass == 0 {
            let left: Vec<f64> = days
                .iter()
                .zip(&values)
                .map(|(&d, r)| {
                    r - rows[d - start]
                        .iter()
                        .map(|&(c, v)| beta[c] * v)
                        .sum::<f64>()
                })
                .collect();
            weights = huber(&left);
        }
    }
    beta
}

fn ridge(gram: &mut [f64], moment: &mut [f64], penalty: f64) {
    for i in 0..moment.len() {
        gram[i * moment.len() + i] += if i < CLOSURE_COLUMNS {
            penalty
        } else {
            CLOSURE_PENALTY * penalty
        };
    }
    solve_spd(gram, moment);
}

fn huber(residuals: &[f64]) -> Vec<f64> {
    let limit = 1.5 * robust_scale(residuals).max(1e-6);
    residuals
        .iter()
        .map(|r| (limit / r.abs()).min(1.0))
        .collect()
}
