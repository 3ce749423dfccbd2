//! Small numerics shared by the models: medians, quantiles, ridge regression.

/// Median; NaN for none. Reorders its input.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    let n = values.len();
    if n == 0 {
        return f64::NAN;
    }
    let (below, &mut mid, _) = values.select_nth_unstable_by(n / 2, f64::total_cmp);
    if n % 2 == 1 {
        return mid;
    }
    let low = below.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    0.5 * (low + mid)
}

/// Quantiles at ascending `levels`, linear between the values (type 7). `None` for no values. Uses up its input.
pub(crate) fn quantiles<const N: usize>(values: &mut [f64], levels: [f64; N]) -> Option<[f64; N]> {
    let last = values.len().checked_sub(1)? as f64;
    let mut out = [0.0; N];
    part(values, 0, f64::INFINITY, last, &levels, &mut out);
    Some(out)
}

/// Quantiles at `levels` of values that are the `from`-th and following of all, `next` being the one after them and `last` the place
/// of the greatest: each half is searched only for its own levels.
fn part(values: &mut [f64], from: usize, next: f64, last: f64, levels: &[f64], out: &mut [f64]) {
    let middle = levels.len() / 2;
    let Some(level) = levels.get(middle) else {
        return;
    };
    let at = level * last;
    let place = at.floor() as usize - from;
    let (_, &mut low, above) = values.select_nth_unstable_by(place, f64::total_cmp);
    let high = above.iter().copied().fold(next, f64::min);
    out[middle] = if high.is_finite() {
        low + at.fract() * (high - low)
    } else {
        low
    };
    let (lower, upper) = out.split_at_mut(middle);
    part(
        &mut values[place..],
        from + place,
        next,
        last,
        &levels[middle + 1..],
        &mut upper[1..],
    );
    // The upper half is done with, and the value at the place belongs to both.
    values[place] = low;
    part(
        &mut values[..=place],
        from,
        high,
        last,
        &levels[..middle],
        lower,
    );
}

/// Median absolute deviation about zero, scaled to a normal standard deviation.
pub(crate) fn robust_scale(residuals: &[f64]) -> f64 {
    let mut size: Vec<f64> = residuals.iter().map(|r| r.abs()).collect();
    1.4826 * median(&mut size)
}

/// Sum of `f` over pairs, in eight interleaved parts: always the same order, and the processor may do eight at once.
pub(crate) fn sum_pairs(a: &[f64], b: &[f64], f: impl Fn(f64, f64) -> f64) -> f64 {
    const LANES: usize = 8;
    let mut sums = [0.0; LANES];
    let (a, b) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f64 = a
        .remainder()
        .iter()
        .zip(b.remainder())
        .map(|(x, y)| f(*x, *y))
        .sum();
    for (x, y) in a.zip(b) {
        for lane in 0..LANES {
            sums[lane] += f(x[lane], y[lane]);
        }
    }
    sums.iter().sum::<f64>() + rest
}

/// Solves `A x = b` for symmetric positive definite `A` (row-major `n x n`, overwritten) by Cholesky.
/// Returns zeros where a pivot vanishes.
pub(crate) fn solve_spd(a: &mut [f64], b: &mut [f64]) {
    let n = b.len();
    for j in 0..n {
        for k in 0..j {
            let f = a[j * n + k];
            if f != 0.0 {
                for i in j..n {
                    a[i * n + j] -= a[i * n + k] * f;
                }
            }
        }
        let pivot = a[j * n + j];
        let root = if pivot > 1e-12 {
            pivot.sqrt()
        } else {
            f64::INFINITY
        };
        for i in j..n {
            a[i * n + j] /= root;
        }
        if root.is_infinite() {
            a[j * n + j] = f64::INFINITY;
        }
    }
    for j in 0..n {
        b[j] /= a[j * n + j];
        for i in j + 1..n {
            b[i] -= a[i * n + j] * b[j];
        }
    }
    for j in (0..n).rev() {
        for i in j + 1..n {
            b[j] -= a[i * n + j] * b[i];
        }
        b[j] /= a[j * n + j];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_a_small_system() {
        let mut a = vec![4.0, 2.0, 2.0, 3.0];
        let mut b = vec![10.0, 9.0];
        solve_spd(&mut a, &mut b);
        assert!(
            (b[0] - 1.5).abs() < 1e-12 && (b[1] - 2.0).abs() < 1e-12,
            "{b:?}"
        );
    }

    #[test]
    fn sums_pairs_of_any_length() {
        for n in [0usize, 1, 7, 8, 9, 100] {
            let a: Vec<f64> = (0..n).map(|i| i as f64).collect();
            assert_eq!(
                sum_pairs(&a, &a, |x, y| x * y),
                (0..n).map(|i| (i * i) as f64).sum::<f64>()
            );
        }
    }

    #[test]
    fn medians_of_even_and_odd() {
        assert_eq!(median(&mut [3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&mut [4.0, 1.0, 3.0, 2.0]), 2.5);
        assert!(median(&mut []).is_nan());
    }

    #[test]
    fn quantiles_of_any_number_of_values() {
        let levels = [0.025, 0.1, 0.5, 0.9, 0.975];
        let mut state = 7u64;
        for n in 1..200usize {
            // Many of them equal.
            let mut values: Vec<f64> = (0..n)
                .map(|_| {
                    state = state
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1);
                    ((state >> 33) % (n as u64 / 2 + 1)) as f64
                })
                .collect();
            let found = quantiles(&mut values.clone(), levels);
            values.sort_by(f64::total_cmp);
            let by_hand = levels.map(|level| {
                let at = level * (n - 1) as f64;
                let (low, high) = (values[at.floor() as usize], values[at.ceil() as usize]);
                low + at.fract() * (high - low)
            });
            assert_eq!(found, Some(by_hand), "{values:?}");
        }
        assert_eq!(
            quantiles(&mut [5.0, 1.0, 3.0], [0.75, 1.0]),
            Some([4.0, 5.0])
        );
        assert_eq!(quantiles(&mut [], levels), None);
    }
}
