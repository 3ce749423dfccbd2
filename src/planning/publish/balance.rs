//! The balance that is carried to the next plan: what each person's weeks held, earlier ones and these.

use crate::results::BalanceRow;
use crate::roster::Solution;
use crate::roster::problem::Problem;
use crate::roster::rules::counted_shares;
use crate::scenario::domain::{AgentIndex, Scenario};

/// Weeks that a row is kept for; the longest reference period that a rule may have.
const KEPT_WEEKS: i64 = 53;

/// Rows by agent and week: those that the scenario brought and are not too old, then the weeks of the plan.
pub fn balance(scenario: &Scenario, problem: &Problem, solution: &Solution) -> Vec<BalanceRow> {
    let since = scenario.last_date() - chrono::TimeDelta::weeks(KEPT_WEEKS);
    let mut rows = Vec::new();
    for (index, agent) in scenario.agents.iter().enumerate() {
        let known = scenario.balance.iter();
        let before = known.filter(|week| week.agent == AgentIndex(index) && week.week >= since);
        rows.extend(before.map(|week| BalanceRow {
            agent: agent.id.clone(),
            week: week.week,
            paid_minutes: week.paid_minutes,
            nights: week.nights,
            weekend_days: week.weekend_days,
            unpopular_starts: week.unpopular_starts,
        }));
        let days = &problem.site(index).days;
        for week in 0..problem.weeks {
            let first = days.iter().find(|day| day.week == week);
            let Some(first) = first else { continue };
            let mut row = BalanceRow {
                agent: agent.id.clone(),
                week: first.date,
                paid_minutes: 0,
                nights: 0,
                weekend_days: 0,
                unpopular_starts: 0,
            };
            let shifts = solution.tours[index].shifts.iter();
            for shift in shifts.filter(|shift| days[shift.day].week == week) {
                let (night, weekend, unpopular) = counted_shares(problem, index, shift.span);
                row.paid_minutes += shift.paid_minutes(problem.rules(index)).max(0) as u32;
                row.nights += u32::from(night);
                row.weekend_days += u32::from(weekend);
                row.unpopular_starts += u32::from(unpopular);
            }
            rows.push(row);
        }
    }
    rows
}
