//! A plan made anew in the middle of its weeks: what it changes for people, and what that does for customers.

use chrono::NaiveDate;

use crate::calendar::{Instant, Zone};

/// What became of a roster that people had been told.
#[derive(Debug, Clone, PartialEq)]
pub struct Replanned {
    pub now: Instant,
    /// Shifts that start before it were not changed.
    pub free_from: Instant,
    /// What a changed shift weighs, in money: changes that save less were not made.
    pub change_weighs: f64,
    /// In order of time, and then of the scenario's list of agents.
    pub changes: Vec<ShiftChange>,
    /// The hours in which people are missing, or what is left of the day where nobody is; from `now` on.
    pub hours: Vec<(Instant, Instant)>,
    /// Who stands by in some of these hours and may be called in.
    pub on_call: Vec<StandingBy>,
    /// Service in these hours; queues to which nobody writes or calls then are left out.
    pub queues: Vec<TouchedQueue>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct StandingBy {
    pub agent: String,
    pub name: String,
    pub start: Instant,
    pub end: Instant,
}

/// A day on which somebody's shift is not what they had been told.
#[derive(Debug, Clone, PartialEq)]
pub struct ShiftChange {
    pub agent: String,
    pub name: String,
    pub site: String,
    pub zone: Zone,
    /// On the agent's clock.
    pub date: NaiveDate,
    pub kind: ChangeKind,
    pub was: Option<(Instant, Instant)>,
    pub now: Option<(Instant, Instant)>,
    /// In words; empty where there is nothing to say.
    pub why: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Absent: the shift is gone.
    Absent,
    /// Went away in the middle of a shift; `now` says what was worked of it.
    Left,
    /// A shift on a day that was free.
    Added,
    /// A free day instead of a shift.
    Freed,
    /// Another start or end.
    Moved,
    /// The same shift with breaks, training or meetings at other times.
    Breaks,
    /// A duty to stand by that was somebody else's, or nobody's; and one that is not theirs any more.
    OnCall,
    OffCall,
}

impl ChangeKind {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            ChangeKind::Absent => "absent",
            ChangeKind::Left => "left",
            ChangeKind::Added => "added",
            ChangeKind::Freed => "freed",
            ChangeKind::Moved => "moved",
            ChangeKind::Breaks => "breaks",
            ChangeKind::OnCall => "on-call",
            ChangeKind::OffCall => "off-call",
        }
    }

    /// Whether it follows from an absence, and was not the plan's choice.
    pub fn is_absence(self) -> bool {
        matches!(self, ChangeKind::Absent | ChangeKind::Left)
    }
}

impl ShiftChange {
    /// Whether the shift that had been told is gone, and none stands for it on its day.
    pub fn is_taken_back(&self) -> bool {
        self.kind.is_absence() || self.kind == ChangeKind::Freed
    }
}

/// A queue's share answered in time in the hours looked at, simulated with the same contacts each time.
#[derive(Debug, Clone, PartialEq)]
pub struct TouchedQueue {
    pub id: String,
    /// "80 % within 20 s".
    pub target: String,
    /// Share that the target asks for.
    pub answered: f64,
    /// Contacts expected in these hours.
    pub contacts: f64,
    /// With everybody there as they had been told.
    pub told: Share,
    /// With those missing who are, and nothing done about it.
    pub unmended: Share,
    /// With the new roster.
    pub mended: Share,
}

/// A simulated share with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    pub mean: f64,
    pub low: f64,
    pub high: f64,
}
