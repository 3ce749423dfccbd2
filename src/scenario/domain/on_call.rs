//! People who stand by outside their shifts.

use crate::calendar::OpeningHours;

use super::{CoverWho, SiteIndex};

/// Who stands by, when, and for what pay.
#[derive(Debug, Clone, PartialEq)]
pub struct OnCall {
    pub who: CoverWho,
    /// People at once, at least 1.
    pub people: u32,
    /// Each stretch is one duty; on the site's clock, or the planner's.
    pub hours: OpeningHours,
    pub site: Option<SiteIndex>,
    /// Of the hourly cost, for an hour on call.
    pub pay: f64,
    /// Minutes from the end of a duty to the next shift.
    pub rest: u32,
    pub most_per_week: Option<u32>,
}
