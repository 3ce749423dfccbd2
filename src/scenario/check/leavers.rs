//! People who leave by rate: nobody knows who will, so some stand for all.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};

use super::Check;
use crate::scenario::domain::{Agent, AgentIndex, FixedShift, Leavers};
use crate::scenario::file::StaffTable;

const DAYS_PER_YEAR: f64 = 365.25;
/// A rate of one would have everybody gone at once.
const MOST_A_YEAR: f64 = 0.95;

impl Check<'_> {
    /// Share who leave in a year, and the date of which the list of people is.
    pub fn leavers(
        &mut self,
        staff: &StaffTable,
        start: Option<NaiveDate>,
    ) -> Option<(f64, NaiveDate)> {
        let as_of = staff.as_of.as_ref().map(|date| self.date("as_of", date));
        let share = self.share("leavers", staff.leavers.as_ref()?, false)?;
        Some((share.min(MOST_A_YEAR), as_of.unwrap_or(start)?))
    }
}

/// Gives those who are to have left a last day. Of the people on the list so many leave by a date as the rate says; they are spread evenly over the
/// kinds of people (site, contract, role and skills alike), and nobody with a locked shift is one of them.
pub fn leave(
    agents: &mut [Agent],
    (share, as_of): (f64, NaiveDate),
    last: NaiveDate,
    locked: &[FixedShift],
) -> Leavers {
    let mut gone = Vec::new();
    let all = agents.len() as f64;
    for (number, index) in order(agents).into_iter().enumerate() {
        let still = 1.0 - (number as f64 + 0.5) / all;
        let days = DAYS_PER_YEAR * still.ln() / (1.0 - share).ln();
        // A rate of nothing never comes to anybody.
        if !days.is_finite() || days > 36_500.0 {
            break;
        }
        let until = as_of + TimeDelta::days(days as i64);
        if until >= last {
            break;
        }
        let agent = &mut agents[index];
        let stays = locked.iter().any(|shift| shift.agent.0 == index);
        if !stays && agent.until.is_none_or(|known| known > until) {
            agent.until = Some(until);
            gone.push(AgentIndex(index));
        }
    }
    gone.sort();
    Leavers {
        share_a_year: share,
        as_of,
        gone,
    }
}

/// Everybody, in an order of which every beginning holds all kinds of people in their proportion.
fn order(agents: &[Agent]) -> Vec<usize> {
    let kind = |agent: &Agent| {
        let languages: Vec<usize> = agent.languages.iter().map(|s| s.language.0).collect();
        let channels: Vec<&str> = agent.channels.iter().map(|c| c.name()).collect();
        let work = (agent.site.0, agent.contract.0, agent.role.0);
        (work, languages, channels)
    };
    let mut size = HashMap::new();
    for agent in agents {
        *size.entry(kind(agent)).or_insert(0) += 1;
    }
    let mut seen = HashMap::new();
    let mut places: Vec<(f64, usize)> = Vec::with_capacity(agents.len());
    for (index, agent) in agents.iter().enumerate() {
        let kind = kind(agent);
        let before = seen.entry(kind.clone()).or_insert(0);
        places.push(((f64::from(*before) + 0.5) / f64::from(size[&kind]), index));
        *before += 1;
    }
    places.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    places.into_iter().map(|(_, index)| index).collect()
}
