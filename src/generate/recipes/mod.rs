//! The recipes of the scenarios that come with followsun, one a file.

mod delta;
mod harbour;
mod meridian;
mod queue;

use super::Recipe;

/// Every recipe whose scenario lies under `scenarios/`.
pub fn all() -> Vec<Recipe> {
    vec![harbour::recipe(), meridian::recipe(), delta::recipe()]
}

/// Ten people at one site, small enough to read: the example of the documentation.
pub fn harbour() -> Recipe {
    harbour::recipe()
}

/// Eighty people on three continents, six languages, around the clock.
pub fn meridian() -> Recipe {
    meridian::recipe()
}

/// Forty people on a grid of quarter hours, for benchmarks.
pub fn delta() -> Recipe {
    delta::recipe()
}
