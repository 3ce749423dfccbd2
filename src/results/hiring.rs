//! How many to hire where, as plain values.

use chrono::NaiveDate;

/// The cheapest people of the groups asked for that meet the targets.
#[derive(Debug, Clone, PartialEq)]
pub struct HirePlan {
    pub name: String,
    pub first_day: NaiveDate,
    pub currency: String,
    pub seed: u64,
    pub version: String,
    pub groups: Vec<HireGroup>,
    /// Queues that the groups can serve, with service before and after.
    pub queues: Vec<HireQueue>,
    /// Queues below target that no group can serve.
    pub beyond: Vec<String>,
    /// Wages and hiring of everybody, money a week.
    pub cost_week: f64,
    /// Of it for the people hired.
    pub hired_week: f64,
    /// Hiring and training, once.
    pub once: f64,
    /// Of everybody, hours a week; it is among what keeps the targets where a contract allows it.
    pub overtime_hours: f64,
    /// No mix of these groups is more than this share better, wages, hiring and contacts together.
    pub gap: f64,
    /// What there was no time for.
    pub left_out: Vec<NotDone>,
    /// Seconds that all of it would take, as far as can be told; nothing where nothing was left out or no clock ran.
    pub seconds: Option<f64>,
    pub levels: Vec<HireLevel>,
    pub targets: Vec<TargetPrice>,
    /// Sentences about who is cheaper from how many hours on.
    pub break_even: Vec<String>,
}

/// One `[[hire]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct HireGroup {
    pub id: String,
    pub count: u32,
    pub site: String,
    pub contract: String,
    /// "ja, en; phone, email".
    pub skills: String,
    /// Paid hours a week of all of them.
    pub hours: f64,
    /// Wages a week of all of them.
    pub wages: f64,
    /// Fixed and hiring costs a week of all of them.
    pub standing: f64,
    /// Queues that fell below target when one person of the group was taken away and everybody else planned anew.
    pub held_by: Vec<QueueFall>,
    /// Money a week that everybody would cost more with one person less, where every target would hold.
    pub dearer: Option<f64>,
}

/// A queue without one person of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueFall {
    pub queue: String,
    /// Share answered in time.
    pub service: f64,
}

/// A queue within reach.
#[derive(Debug, Clone, PartialEq)]
pub struct HireQueue {
    pub id: String,
    pub target: f64,
    /// "80 % within 20 s".
    pub words: String,
    /// Share answered in time without and with the people hired, simulated; on the worst day if the target is to hold every day.
    pub before: f64,
    pub after: f64,
    pub low: f64,
    pub high: f64,
}

/// A share answered in time of all live queues within reach, and what everybody then costs.
#[derive(Debug, Clone, PartialEq)]
pub struct HireLevel {
    pub answered: f64,
    /// Of no meaning where the level was not met.
    pub cost_week: f64,
    /// "7 × osaka-team".
    pub people: Vec<String>,
    pub met: bool,
    /// Whether every group was tried with one person less.
    pub tried_all: bool,
    /// Whether it is what the queues are promised anyway.
    pub as_promised: bool,
    /// No mix that keeps the level is more than this share better; where it was proved.
    pub gap: Option<f64>,
    /// Queues that stay below it, with the best share found.
    pub below: Vec<QueueFall>,
    /// Whether more people of the groups might still bring the queues below to the level.
    pub more_would_help: bool,
}

/// Something that would have been found out with more time.
#[derive(Debug, Clone, PartialEq)]
pub enum NotDone {
    /// Whether a group can do with one person less.
    OneLess(String),
    /// What a share answered in time costs.
    Level(f64),
    /// Whether that share can be kept with fewer people than were found.
    FewerAtLevel(f64),
    /// What a queue's target costs.
    Target(String),
}

impl HirePlan {
    /// Whether every group was tried with one person less.
    pub fn tried_all(&self) -> bool {
        let one_less = |left: &NotDone| matches!(left, NotDone::OneLess(_));
        !self.left_out.iter().any(one_less)
    }
}

/// What a target costs.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetPrice {
    pub queue: String,
    /// Points lower, as a share.
    pub by: f64,
    /// Money a week saved then.
    pub saves: f64,
}
