//! The finished plan as plain values: everything that people take away, and nothing that is needed to compute it.
//!
//! [`PlanResults`] is what `report` and `export` read, and all that they read. Instants are UTC, shares are 0..1, money is in the plan's
//! currency. Vectors "per interval" have exactly `grid.len` entries.

mod comparison;
mod hiring;
mod people;
mod plan;
mod queue;
mod replanned;
mod staffing;
mod tested;

pub use comparison::{
    AtTarget, Cheapest, Choice, Comparison, Figure, Measured, RowKind, ServiceCell, ServiceRow,
    ShortQueue, Unit,
};
pub use hiring::{HireGroup, HireLevel, HirePlan, HireQueue, NotDone, QueueFall, TargetPrice};
pub use people::{AbsenceSpan, BalanceRow, OnCallRow, PayrollRow, Person, Segment, Shift, Wish};
pub use plan::{CoverResult, PlanResults, Round, Site, SiteHoliday, Status, Summary, Unmet};
pub use queue::{
    DayService, ForecastPoint, IntervalReason, QueueResult, QueueSummary, RequiredPoint,
    ServicePoint, Target,
};
pub use replanned::{ChangeKind, Replanned, Share, ShiftChange, StandingBy, TouchedQueue};
pub use staffing::{PooledGroup, StaffPoint, StaffedQueue, StaffedService, Staffing};
pub use tested::{TestedForecasts, TestedQueue, TestedWeek};
