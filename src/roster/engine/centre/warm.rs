//! What a search leaves for a later one.

use crate::roster::problem::Tour;

use super::dual::PriceList;

/// Where an earlier search ended: a later one over the same people starts there.
#[derive(Debug, Clone)]
pub struct Warm {
    pub tours: Vec<Tour>,
    /// A roster of the user's that no result may be worse than, beside the one where the last search ended.
    pub(super) given: Option<Vec<Tour>>,
    pub(super) prices: Option<PriceList>,
    /// Slot of each unit of deferred work, per queue; empty where nobody knows.
    pub(super) places: Vec<Vec<u32>>,
    /// The search before asked these people under these rules, and found that they do not clash.
    pub(super) vetted: bool,
}

impl Warm {
    /// Starts from a roster alone (last week's, or an attempt read from a file).
    pub fn from_tours(tours: Vec<Tour>) -> Warm {
        Warm {
            given: Some(tours.clone()),
            tours,
            prices: None,
            places: Vec::new(),
            vetted: false,
        }
    }

    /// The same with prices that an earlier search over these people ended with; they are passed over where they do not fit the question.
    pub fn with_prices(self, prices: PriceList) -> Warm {
        Warm {
            prices: Some(prices),
            ..self
        }
    }

    /// The same with the slots in which an earlier search had deferred work done, per queue and unit; they are passed over where they do not fit.
    pub fn with_places(self, places: Vec<Vec<u32>>) -> Warm {
        Warm { places, ..self }
    }

    /// Slots in which the search before had deferred work done, per queue and unit; nothing where there was none.
    pub fn places(&self) -> &[Vec<u32>] {
        &self.places
    }

    /// Prices of the search before, if there was one.
    pub fn prices(&self) -> Option<&PriceList> {
        self.prices.as_ref()
    }

    /// The prices of this search with another roster, perhaps of other people: where the rest of the question is the same, they are nearly right.
    pub fn with_tours(&self, tours: Vec<Tour>) -> Warm {
        Warm {
            prices: self.prices.clone(),
            vetted: self.vetted,
            ..Warm::from_tours(tours)
        }
    }
}
