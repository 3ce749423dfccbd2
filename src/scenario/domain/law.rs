//! What the law of a place asks for, in the words of contracts. It is data from acts, each value with its source, and no legal advice.

use super::{Break, Premium, Protection, Terms};

/// One law pack.
#[derive(Debug, Clone, PartialEq)]
pub struct Law {
    /// `LT`.
    pub id: String,
    /// `Lithuania`.
    pub name: String,
    pub rules: Vec<LawRule>,
}

/// One value of a law and where it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct LawRule {
    /// For whom alone; none: everybody.
    pub who: Option<Protection>,
    /// Act and article.
    pub source: String,
    /// What the value leaves out.
    pub note: Option<String>,
    pub asks: LawTerms,
}

/// What a law may ask for; one rule has one of these.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LawTerms {
    pub rest_between_shifts: Option<u32>,
    pub max_consecutive_days: Option<u32>,
    /// Overtime included.
    pub max_minutes_per_week: Option<u32>,
    /// Hours of a week beyond which work is overtime.
    pub overtime_after: Option<u32>,
    pub overtime_factor: Option<f64>,
    pub premium: Option<Premium>,
    pub breaks: Vec<Break>,
    pub terms: Terms,
}

impl Law {
    /// The rules for somebody with these protections: those for everybody first.
    pub fn rules_for<'a>(
        &'a self,
        protection: &'a [Protection],
    ) -> impl Iterator<Item = &'a LawRule> {
        self.rules
            .iter()
            .filter(|rule| rule.who.is_none_or(|who| protection.contains(&who)))
    }
}
