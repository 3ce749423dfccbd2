//! `on_call.csv`: who stands by when.

use super::text::{csv_text, free_text, utc};
use crate::results::{OnCallRow, PlanResults};

/// `agent,name,site,duty,start_utc,end_utc,start_local,end_local,time_zone,cost`, by duty and then by time. Where nobody can take a duty, the agent is
/// empty and the clock is the planner's.
pub fn on_call_csv(plan: &PlanResults) -> String {
    let row = |row: &OnCallRow| {
        let person = plan
            .people
            .iter()
            .find(|person| row.agent.as_ref() == Some(&person.id));
        let zone = person.map_or(&plan.planner_zone, |person| &person.zone);
        [
            row.agent.clone().unwrap_or_default(),
            person.map_or_else(String::new, |person| free_text(&person.name)),
            person.map_or_else(String::new, |person| person.site.clone()),
            free_text(&row.duty),
            utc(row.start),
            utc(row.end),
            zone.format(row.start),
            zone.format(row.end),
            zone.name().to_owned(),
            format!("{:.2}", row.cost),
        ]
    };
    csv_text(
        [
            "agent",
            "name",
            "site",
            "duty",
            "start_utc",
            "end_utc",
            "start_local",
            "end_local",
            "time_zone",
            "cost",
        ],
        plan.on_call.iter().map(row),
    )
}
