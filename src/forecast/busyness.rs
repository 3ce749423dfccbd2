//! How far queues are busy together.

use super::numeric::median;

/// Days in common that a pair of queues needs.
const FEWEST_DAYS: f64 = 14.0;

/// Share of the day-level variance that queues have in common: mean covariance of their day errors over the mean product of
/// their day deviations (one-factor model). 0 with fewer than two queues.
pub(crate) fn common_share(queues: &[(Vec<(i64, f64)>, f64)]) -> f64 {
    // Several origins forecast a day only once each at week 1, so days are unique per queue.
    let (mut covariance, mut product) = (0.0, 0.0);
    let centred: Vec<Vec<(i64, f64)>> = queues
        .iter()
        .map(|(errors, _)| {
            let centre = median(&mut errors.iter().map(|e| e.1).collect::<Vec<_>>());
            errors
                .iter()
                .map(|e| (e.0, (e.1 - centre).clamp(-1.0, 1.0)))
                .collect()
        })
        .collect();
    for i in 0..queues.len() {
        for j in 0..i {
            let (mut a, mut b) = (centred[i].iter().peekable(), centred[j].iter().peekable());
            let (mut sum, mut n) = (0.0, 0.0);
            while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
                match x.0.cmp(&y.0) {
                    std::cmp::Ordering::Less => drop(a.next()),
                    std::cmp::Ordering::Greater => drop(b.next()),
                    std::cmp::Ordering::Equal => {
                        sum += x.1 * y.1;
                        n += 1.0;
                        a.next();
                        b.next();
                    }
                }
            }
            if n >= FEWEST_DAYS {
                covariance += sum / n;
                product += (queues[i].1 * queues[j].1).sqrt();
            }
        }
    }
    if product > 0.0 {
        (covariance / product).clamp(0.0, 1.0)
    } else {
        0.0
    }
}
