//! Day total (level, weekday, calendar) times a weekday share profile.

use super::{Known, Model};

pub(crate) struct Multiplicative;

impl Model for Multiplicative {
    fn name(&self) -> &'static str {
        "multiplicative"
    }

    fn forecast(&self, known: &Known) -> Vec<f64> {
        let level = known.level();
        let profile = known.profile();
        known.fill(|d, s| {
            (level[d - known.origin] + known.effect.log[d]).exp() * profile.share(known.grid, d, s)
        })
    }
}
