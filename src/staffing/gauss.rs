//! Gauss quadrature: nodes and weights.

use std::f64::consts::PI;

/// Gauss-Legendre nodes and weights on [0, 1].
pub(crate) fn legendre<const N: usize>() -> [(f64, f64); N] {
    std::array::from_fn(|i| {
        let mut x = (PI * (i as f64 + 0.75) / (N as f64 + 0.5)).cos();
        let mut slope = 1.0;
        for _ in 0..8 {
            let (mut p, mut before) = (1.0, 0.0);
            for k in 0..N {
                let k = k as f64;
                (p, before) = (((2.0 * k + 1.0) * x * p - k * before) / (k + 1.0), p);
            }
            slope = N as f64 * (x * p - before) / (x * x - 1.0);
            x -= p / slope;
        }
        (0.5 * (1.0 - x), 1.0 / ((1.0 - x * x) * slope * slope))
    })
}

/// Gauss nodes (as multiples of the mean) and weights of the gamma distribution with mean 1 and coefficient of variation `cv`
/// (> 0). The weights sum to 1 and so do weights x nodes: the mean is kept exactly.
///
/// Golub and Welsch for the generalised Laguerre polynomials, by Jacobi rotations (the matrix has a handful of rows).
pub(crate) fn gamma(points: usize, cv: f64) -> Vec<(f64, f64)> {
    let shape = 1.0 / (cv * cv);
    // In units of the standard deviation around the mean, so that a large shape loses no digits.
    let unit = shape.sqrt();
    let mut m = vec![vec![0.0; points]; points];
    for i in 0..points {
        let k = i as f64;
        m[i][i] = 2.0 * k / unit;
        if i + 1 < points {
            let off = ((k + 1.0) * (k + shape)).sqrt() / unit;
            m[i][i + 1] = off;
            m[i + 1][i] = off;
        }
    }
    let first = jacobi_first_components(&mut m);
    let mut nodes: Vec<(f64, f64)> = (0..points)
        .map(|i| {
            (
                ((shape + unit * m[i][i]) / shape).max(0.0),
                first[i] * first[i],
            )
        })
        .collect();
    nodes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let weight: f64 = nodes.iter().map(|n| n.1).sum();
    let mean: f64 = nodes.iter().map(|n| n.0 * n.1).sum::<f64>() / weight;
    nodes.iter().map(|&(x, w)| (x / mean, w / weight)).collect()
}

/// Diagonalises the symmetric matrix in place; returns the first component of each eigenvector.
fn jacobi_first_components(m: &mut [Vec<f64>]) -> Vec<f64> {
    let n = m.len();
    let mut first = vec![0.0; n];
    first[0] = 1.0;
    // A handful of rows is diagonal to the last digit after six or seven rounds.
    for _ in 0..9 {
        for p in 0..n {
            for q in p + 1..n {
                if m[p][q].abs() < 1e-18 * (m[p][p].abs() + m[q][q].abs() + 1.0) {
                    continue;
                }
                let tau = (m[q][q] - m[p][p]) / (2.0 * m[p][q]);
                let t =
                    if tau >= 0.0 { 1.0 } else { -1.0 } / (tau.abs() + (1.0 + tau * tau).sqrt());
                let c = 1.0 / (1.0 + t * t).sqrt();
                let s = t * c;
                for row in m.iter_mut() {
                    let (a, b) = (row[p], row[q]);
                    row[p] = c * a - s * b;
                    row[q] = s * a + c * b;
                }
                let (upper, lower) = m.split_at_mut(q);
                for (x, y) in upper[p].iter_mut().zip(&mut lower[0]) {
                    (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
                }
                let (a, b) = (first[p], first[q]);
                first[p] = c * a - s * b;
                first[q] = s * a + c * b;
            }
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legendre_integrates_powers() {
        for power in 0..24 {
            let sum: f64 = legendre::<12>()
                .iter()
                .map(|(x, w)| w * x.powi(power))
                .sum();
            assert!((sum - 1.0 / (power as f64 + 1.0)).abs() < 1e-15, "{power}");
        }
    }

    #[test]
    fn gamma_has_its_moments() {
        for cv in [0.02, 0.1, 0.5, 1.0, 2.0] {
            for points in [5, 7, 9] {
                let nodes = gamma(points, cv);
                let shape = 1.0 / (cv * cv);
                let mut moment = 1.0;
                for power in 0..2 * points {
                    let sum: f64 = nodes.iter().map(|(x, w)| w * x.powi(power as i32)).sum();
                    assert!(
                        (sum / moment - 1.0).abs() < 1e-10,
                        "{cv} {points} {power} {sum} {moment}"
                    );
                    moment *= (shape + power as f64) / shape;
                }
            }
        }
    }
}
