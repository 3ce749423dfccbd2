//! What is soft, and how much it weighs.

/// Weights as written; `None` where nothing is, so that the defaults live with who uses them. All at least 0.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Objective {
    /// A contact not answered in time.
    pub service: Option<f64>,
    /// A person hour of a role missing.
    pub cover: Option<f64>,
    /// A request not met, times its own weight.
    pub requests: Option<f64>,
    /// A unit of money.
    pub cost: Option<f64>,
    /// An hour of overtime, beyond what it costs.
    pub overtime: Option<f64>,
    /// An unequal share of nights, weekends and wishes.
    pub fairness: Option<f64>,
    /// A shift changed against the roster that people know (for `replan`).
    pub changes: Option<f64>,
    /// An activity that found no place.
    pub activities: Option<f64>,
    /// What goes before what, most important first; empty: by weight alone.
    pub order: Vec<Goal>,
}

/// What the objective weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Goal {
    Service,
    Cover,
    Requests,
    Cost,
    Overtime,
    Fairness,
    Changes,
    Activities,
}

impl Goal {
    pub const ALL: [Goal; 8] = [
        Goal::Service,
        Goal::Cover,
        Goal::Requests,
        Goal::Cost,
        Goal::Overtime,
        Goal::Fairness,
        Goal::Changes,
        Goal::Activities,
    ];

    /// The key that files use.
    pub fn name(self) -> &'static str {
        match self {
            Goal::Service => "service",
            Goal::Cover => "cover",
            Goal::Requests => "requests",
            Goal::Cost => "cost",
            Goal::Overtime => "overtime",
            Goal::Fairness => "fairness",
            Goal::Changes => "changes",
            Goal::Activities => "activities",
        }
    }

    pub fn named(name: &str) -> Option<Goal> {
        Goal::ALL.into_iter().find(|goal| goal.name() == name)
    }
}
