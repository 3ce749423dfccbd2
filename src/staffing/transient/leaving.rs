//! What happens to the system when agents go home.

/// Takes `before - after` leavers out of a team of `before`: who is busy leaves with the contact in hand (which is finished, but no
/// longer on shift). Returns the mean number of contacts that leave so.
pub(super) fn leave(state: &mut [f64], before: usize, after: usize) -> f64 {
    let going = before - after;
    let mut left = vec![0.0; state.len()];
    let mut taken = 0.0;
    for (i, &p) in state.iter().enumerate() {
        if i >= before {
            left[i - going] += p;
            taken += p * going as f64;
            continue;
        }
        // Of i busy and before - i idle agents, `going` are drawn: the busy among them are hypergeometric.
        for (busy, share) in hypergeometric(before, i, going) {
            left[i - busy] += p * share;
            taken += p * share * busy as f64;
        }
    }
    state.copy_from_slice(&left);
    taken
}

/// Busy among `drawn` of `total` agents of whom `busy` are busy: (number, probability).
fn hypergeometric(total: usize, busy: usize, drawn: usize) -> Vec<(usize, f64)> {
    let least = (busy + drawn).saturating_sub(total);
    let most = busy.min(drawn);
    let mut weights = vec![1.0];
    let mut sum = 1.0;
    for k in least..most {
        let ratio =
            ((busy - k) * (drawn - k)) as f64 / ((k + 1) * (total + k + 1 - busy - drawn)) as f64;
        let next = weights[weights.len() - 1] * ratio;
        weights.push(next);
        sum += next;
        if sum > 1e250 {
            weights.iter_mut().for_each(|w| *w /= 1e250);
            sum /= 1e250;
        }
    }
    weights
        .into_iter()
        .enumerate()
        .map(|(i, w)| (least + i, w / sum))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_a_distribution_with_the_right_mean() {
        for (total, busy, drawn) in [(10, 7, 4), (10, 10, 4), (10, 0, 4), (3000, 1500, 1400)] {
            let draws = hypergeometric(total, busy, drawn);
            let sum: f64 = draws.iter().map(|d| d.1).sum();
            let mean: f64 = draws.iter().map(|d| d.0 as f64 * d.1).sum();
            assert!((sum - 1.0).abs() < 1e-12);
            assert!(
                (mean - (busy * drawn) as f64 / total as f64).abs() < 1e-9,
                "{mean}"
            );
        }
    }
}
