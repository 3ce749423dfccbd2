//! A queue's rolling backtest: at each origin it chooses and forecasts with what it knew then, and is scored on what came.

use super::choice::{self, ORIGINS, each_known};
use super::grid::Grid;
use super::mix::Mix;
use super::noise::Noise;
use super::origins::Origin;
use super::scores::{Scores, Tally};

/// Fewest days of history before an origin.
pub(crate) const FEWEST_DAYS: usize = 14;
/// Weeks that an origin in the past is forecast ahead.
pub(crate) const WEEKS_AHEAD: usize = 4;

/// Scores at one lead, of the chosen mix and of the median of six.
#[derive(Clone, Debug, PartialEq)]
pub struct WeekScores {
    /// Week ahead, 1 = the first.
    pub week: usize,
    pub scores: Scores,
    pub median_of_six: Scores,
}

/// What is used at one lead: the mix of models and the noise about it.
#[derive(Clone, Debug)]
pub(crate) struct Lead {
    pub mix: Mix,
    pub noise: Noise,
}

impl Lead {
    /// Chooses for week `week` ahead of `now`, from origins not later than `now`.
    pub fn choose(grid: &Grid, origins: &[Origin], now: usize, week: usize) -> Lead {
        Lead::with(
            grid,
            origins,
            now,
            week,
            choice::mix(grid, origins, now, week),
        )
    }

    fn with(grid: &Grid, origins: &[Origin], now: usize, week: usize, mix: Mix) -> Lead {
        let noise = Noise::learn(grid, origins, now, week, &mix);
        Lead { mix, noise }
    }
}

/// Weeks from `now` to the earliest origin that a choice at `now` looks at.
pub(crate) const ORIGIN_WEEKS: usize = ORIGINS + WEEKS_AHEAD - 1;

/// Weekly origins up to `now`, newest first, that a choice at `now` looks at.
pub(crate) fn origins_before(now: usize) -> impl Iterator<Item = usize> {
    (1..=ORIGIN_WEEKS)
        .map_while(move |b| now.checked_sub(7 * b))
        .filter(|&o| o >= FEWEST_DAYS)
}

/// Scores the given origins at the given weeks ahead. `fits` holds every origin that [`origins_before`] names for them.
pub(crate) fn score(
    grid: &Grid,
    fits: &[Origin],
    scored: &[usize],
    weeks: &[usize],
) -> Vec<WeekScores> {
    let mut out = Vec::with_capacity(weeks.len());
    for &week in weeks {
        let mut own = Tally::default();
        let mut median = Tally::default();
        for &now in scored {
            let Some(current) = fits.iter().find(|f| f.origin == now) else {
                continue;
            };
            let chosen = Lead::choose(grid, fits, now, week);
            let yardstick = Lead::with(grid, fits, now, week, Mix::yardstick());
            for (lead, tally) in [(&chosen, &mut own), (&yardstick, &mut median)] {
                each_known(grid, current, week, |d, s, y| {
                    let mean = current.blend(&lead.mix, grid.slots, d, s);
                    tally.add(
                        y,
                        mean,
                        &lead
                            .noise
                            .quantiles(mean, lead.noise.extra(current.variance[d - now])),
                    );
                });
                each_naive(grid, now, |e| tally.add_naive(e));
            }
        }
        out.push(WeekScores {
            week,
            scores: own.scores(),
            median_of_six: median.scores(),
        });
    }
    out
}

/// In-sample errors of "as last week" over the year before `now`.
pub(crate) fn each_naive(grid: &Grid, now: usize, mut each: impl FnMut(f64)) {
    for d in now.saturating_sub(364).max(7)..now {
        for (y, before) in grid.recorded(d).iter().zip(grid.recorded(d - 7)) {
            if y.is_finite() && before.is_finite() {
                each(y - before);
            }
        }
    }
}
