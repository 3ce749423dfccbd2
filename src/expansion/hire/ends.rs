//! How the time of a search for people is shared.

/// Shares of the time by which each part has ended. What a part leaves over, the next ones have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    /// Those who are there are planned.
    pub base: f64,
    /// Everybody is planned together, targets met or not.
    pub joint: Share,
    /// Each group was tried with fewer people.
    pub trials: Share,
    /// The roster that prices are measured from.
    pub polish: f64,
    /// It was proved how much cheaper any other mix could be.
    pub proof: f64,
    pub levels: f64,
    pub relaxed: f64,
    /// The roster that is published.
    pub last: f64,
}

/// A part whose work must be done: it stops taking its time at one share and gives up only at another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    pub usual: f64,
    pub most: f64,
}

impl Ends {
    /// With or without prices of other service levels and targets.
    pub fn of(prices: bool) -> Ends {
        let trials = if prices { 0.55 } else { 0.75 };
        Ends {
            base: 0.24,
            joint: Share {
                usual: 0.42,
                most: 0.6,
            },
            trials: Share {
                usual: trials,
                most: 0.85,
            },
            polish: 0.6,
            proof: if prices { 0.67 } else { 0.83 },
            levels: 0.84,
            relaxed: 0.88,
            last: 0.95,
        }
    }
}
