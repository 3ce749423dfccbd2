//! A first scenario of somebody's own, from few answers: what it does not ask is what most teams have, and stands in the files to be changed.

use std::fmt::Write;

use chrono::NaiveDate;

use super::{
    Leave, Market, Origin, QueueRecipe, Recipe, RecipeError, ScenarioFiles, SiteRecipe, StaffGroup,
    generate,
};

/// What is known of a team.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstTeam {
    pub name: String,
    /// First local date of the plan, a Monday.
    pub start: NaiveDate,
    /// The planner's zone, which is taken for the customers', too.
    pub zone: String,
    pub currency: String,
    /// At least one.
    pub sites: Vec<FirstSite>,
    /// Languages of customers, at least one, such as `lt`.
    pub languages: Vec<String>,
    /// At least one.
    pub channels: Vec<FirstChannel>,
    /// When queues are open, on the customers' clock, as formats.md writes it.
    pub hours: String,
    /// Contacts a week of each language and channel, for the made-up history.
    pub contacts_per_week: f64,
    /// Most paid hours a week of a full contract, and what one costs.
    pub paid_hours_per_week: u32,
    pub cost_per_hour: f64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstSite {
    pub id: String,
    pub zone: String,
    /// For public holidays (ISO 3166).
    pub country: String,
    /// Everybody there serves these.
    pub languages: Vec<String>,
    pub people: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstChannel {
    Phone,
    Chat,
    Email,
}

impl FirstChannel {
    pub const ALL: [FirstChannel; 3] =
        [FirstChannel::Phone, FirstChannel::Chat, FirstChannel::Email];

    /// As scenarios write it.
    pub fn name(self) -> &'static str {
        match self {
            FirstChannel::Phone => "phone",
            FirstChannel::Chat => "chat",
            FirstChannel::Email => "email",
        }
    }

    /// Mean handle time in seconds, of the made-up history.
    fn handle_time_s(self) -> f64 {
        match self {
            FirstChannel::Phone => 280.0,
            FirstChannel::Chat => 420.0,
            FirstChannel::Email => 360.0,
        }
    }
}

/// Names from everywhere.
const ORIGINS: &[Origin] = &Origin::ALL;
/// Weeks of the made-up history.
const HISTORY_WEEKS: u32 = 8;
/// A contract's shift, in hours: eight paid and half an hour's meal.
const PAID_HOURS_OF_SHIFT: u32 = 8;

/// The files of its scenario. The people's names and the history are made up.
///
/// # Errors
/// [`RecipeError`] where a zone or the opening hours do not exist, or there are more people than names.
pub fn first_team(team: &FirstTeam) -> Result<ScenarioFiles, RecipeError> {
    let about = about(team);
    let contracts = contract(team);
    let channels: Vec<&str> = team.channels.iter().map(|channel| channel.name()).collect();
    let channels = channels.join(";");
    let languages: Vec<String> = team
        .sites
        .iter()
        .map(|site| site.languages.join(";"))
        .collect();
    let country = team.sites.first().map_or("", |site| site.country.as_str());
    let ids: Vec<Vec<String>> = (team.languages.iter())
        .map(|language| {
            let ids = team.channels.iter();
            ids.map(|channel| format!("{language}-{}", channel.name()))
                .collect()
        })
        .collect();
    let mut queues = Vec::new();
    for (language, ids) in team.languages.iter().zip(&ids) {
        let market = Market {
            language,
            zone: &team.zone,
            country,
        };
        for (channel, id) in team.channels.iter().zip(ids) {
            queues.push(queue(market, *channel, id, team));
        }
    }
    let recipe = Recipe {
        folder: "",
        name: &team.name,
        about: &about,
        seed: 1,
        start: team.start,
        weeks: 1,
        interval_minutes: 30,
        zone: &team.zone,
        currency: &team.currency,
        history_weeks: HISTORY_WEEKS,
        shrinkage: "default = 0.08",
        queues,
        sites: (team.sites.iter())
            .map(|site| SiteRecipe {
                id: &site.id,
                zone: &site.zone,
                country: &site.country,
                hours: None,
                seats: None,
            })
            .collect(),
        contracts: &contracts,
        rest: "",
        staff: (team.sites.iter().zip(&languages))
            .map(|(site, languages)| StaffGroup {
                count: site.people as usize,
                site: &site.id,
                contract: "full-time",
                role: "agent",
                languages,
                channels: &channels,
                window: "",
                origins: ORIGINS,
            })
            .collect(),
        leave: Leave {
            one_day: 0.0,
            whole_week: 0.0,
            wishes: 0.0,
        },
    };
    generate(&recipe)
}

fn queue<'a>(
    market: Market<'a>,
    channel: FirstChannel,
    id: &'a str,
    team: &'a FirstTeam,
) -> QueueRecipe<'a> {
    let (hours, contacts) = (team.hours.as_str(), team.contacts_per_week);
    let handle_time_s = channel.handle_time_s();
    match channel {
        FirstChannel::Phone => market.phone(id, hours, contacts, handle_time_s),
        FirstChannel::Chat => market.chat(id, hours, contacts, handle_time_s),
        FirstChannel::Email => market.email(id, hours, contacts, handle_time_s),
    }
}

fn about(team: &FirstTeam) -> String {
    let people: u32 = team.sites.iter().map(|site| site.people).sum();
    let mut text = format!("{}: {people} people.\n\n", team.name);
    // Writing to a String cannot fail.
    let _ = write!(
        text,
        "Made by `followsun init`. The people's names and history.csv are MADE UP, so that you can try it at once: put your people into\nagents.csv and your own contacts into history.csv (`followsun import` reads exports), then ask `followsun check`."
    );
    text
}

fn contract(team: &FirstTeam) -> String {
    let most = team.paid_hours_per_week;
    let days = (most / PAID_HOURS_OF_SHIFT).clamp(1, 6);
    let (fewest, least) = (
        days.saturating_sub(1).max(1),
        most.saturating_sub(PAID_HOURS_OF_SHIFT),
    );
    format!(
        r#"[[contract]]
id = "full-time"
paid_hours_per_week = {{ min = {least}, max = {most} }}
days_per_week = {{ min = {fewest}, max = {days} }}
shift_lengths = ["8h30m"]        # eight paid hours and half an hour's meal
shift_starts = {{ every = "30m" }}
rest_between_shifts = "11h"
max_consecutive_days = 6
breaks = [
  {{ name = "rest", length = "15m", paid = true, after = "1h30m", before = "3h30m", if_shift_over = "3h45m" }},
  {{ name = "meal", length = "30m", paid = false, after = "3h", before = "5h30m", if_shift_over = "5h45m" }},
  {{ name = "rest", length = "15m", paid = true, after = "5h30m", before = "7h30m", if_shift_over = "7h45m" }},
]
cost_per_hour = {cost:.2}
premium = {{ night = 0.25, sunday = 0.50, holiday = 1.00 }}   # on top of the hour's cost; night is 22:00 to 06:00
"#,
        cost = team.cost_per_hour
    )
}
