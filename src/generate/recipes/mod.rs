//! The recipes of the scenarios that come with followsun, one a file.

mod delta;
mod harbour;
mod meridian;

use super::Recipe;

/// Every recipe whose scenario lies under `scenarios/`.
pub fn all() -> Vec<Recipe<'static>> {
    vec![harbour::recipe(), meridian::recipe(), delta::recipe()]
}

/// Ten people at one site, small enough to read: the example of the documentation.
pub fn harbour() -> Recipe<'static> {
    harbour::recipe()
}

/// Eighty people on three continents, six languages, around the clock.
pub fn meridian() -> Recipe<'static> {
    meridian::recipe()
}

/// Forty people on a grid of quarter hours, for benchmarks.
pub fn delta() -> Recipe<'static> {
    delta::recipe()
}
