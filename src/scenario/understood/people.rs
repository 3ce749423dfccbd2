//! Who there is, what they can do, and what is known of their weeks.

use super::hours::hours_text;
use super::table::{lines, row};
use super::{count, percent, seconds};
use crate::calendar::format_minutes;
use crate::scenario::domain::{
    AgentIndex, Channel, ChannelSet, Contract, ContractIndex, CoverNeed, HireCount, LanguageIndex,
    LanguageSkill, QueueIndex, Scenario, SiteIndex, Wish,
};

pub fn people(scenario: &Scenario) -> Vec<String> {
    let mut text = vec![format!(
        "People: {} at {}",
        scenario.agents.len(),
        count(scenario.sites.len(), "site", "sites")
    )];
    let mut head = row(["site", "clock", "people"]);
    head.extend(
        scenario
            .contracts
            .iter()
            .map(|contract| contract.id.clone()),
    );
    head.push("shrinkage".into());
    head.push(String::new());
    let mut rows = vec![head];
    for (at, site) in scenario.sites.iter().enumerate() {
        let here = || {
            scenario
                .agents
                .iter()
                .filter(move |agent| agent.site == SiteIndex(at))
        };
        let mut cells = vec![
            site.id.clone(),
            site.zone.to_string(),
            here().count().to_string(),
        ];
        for contract in 0..scenario.contracts.len() {
            let on = here().filter(|agent| agent.contract == ContractIndex(contract));
            cells.push(on.count().to_string());
        }
        cells.push(basis_points(scenario.shrinkage.of_site(SiteIndex(at))));
        cells.push(site_notes(scenario, at).join(", "));
        rows.push(cells);
    }
    text.extend(lines(&rows));
    for (channel, share) in &scenario.shrinkage.by_channel {
        text.push(format!(
            "  shrinkage on {channel}: {}",
            basis_points(*share)
        ));
    }
    text.push("Contracts:".into());
    let rows: Vec<_> = scenario
        .contracts
        .iter()
        .map(|contract| vec![contract.id.clone(), contract_words(scenario, contract)])
        .collect();
    text.extend(lines(&rows));
    text
}

fn site_notes(scenario: &Scenario, at: usize) -> Vec<String> {
    let site = &scenario.sites[at];
    let mut notes = Vec::new();
    if let Some(hours) = &site.hours {
        notes.push(format!("open {}", hours_text(hours)));
    }
    if let Some(seats) = site.seats {
        notes.push(count(seats as usize, "seat", "seats"));
    }
    for date in scenario.dates() {
        let names = site.holidays.iter().filter(|holiday| holiday.date == date);
        notes.extend(names.map(|holiday| format!("{date} is {}", holiday.name)));
    }
    notes
}

fn contract_words(scenario: &Scenario, contract: &Contract) -> String {
    let range = |min: String, max: String| {
        if min == max {
            min
        } else {
            format!("{min} to {max}")
        }
    };
    let minutes = |minutes: u32| format_minutes(minutes.into());
    let paid = contract.paid_minutes_per_week;
    let days = contract.days_per_week;
    let lengths: Vec<String> = contract
        .shift_lengths
        .iter()
        .map(|length| minutes(*length))
        .collect();
    let mut words = vec![
        format!(
            "{} paid a week",
            range(minutes(paid.min), minutes(paid.max))
        ),
        format!(
            "on {} days",
            range(days.min.to_string(), days.max.to_string())
        ),
        format!("shifts of {}", lengths.join(" or ")),
    ];
    if let Some(rest) = contract.rest_between_shifts {
        words.push(format!("{} rest between", minutes(rest)));
    }
    if let Some(days) = contract.max_consecutive_days {
        words.push(format!("at most {days} days in a row"));
    }
    if let Some(weekends) = contract.weekends_off {
        words.push(format!(
            "{} of {} weekends free",
            weekends.at_least, weekends.of
        ));
    }
    words.push(if contract.cost_per_hour > 0.0 {
        format!("{} {} an hour", contract.cost_per_hour, scenario.currency).replace("  ", " ")
    } else {
        "no cost given".into()
    });
    words.join(", ")
}

/// For each language the people on each channel.
pub fn who_serves(scenario: &Scenario) -> Vec<String> {
    let used = |channel: Channel| scenario.queues.iter().any(|queue| queue.channel == channel);
    let channels: Vec<Channel> = Channel::ALL
        .into_iter()
        .filter(|channel| used(*channel))
        .collect();
    let mut head = row(["language"]);
    head.extend(channels.iter().map(|channel| channel.to_string()));
    let mut rows = vec![head];
    for (at, name) in scenario.languages.iter().enumerate() {
        let mut cells = vec![name.clone()];
        for channel in &channels {
            let queue = scenario
                .queues
                .iter()
                .position(|queue| queue.language == LanguageIndex(at) && queue.channel == *channel);
            cells.push(queue.map_or_else(
                || "-".to_owned(),
                |queue| {
                    let serving = (0..scenario.agents.len())
                        .filter(|agent| scenario.serves(AgentIndex(*agent), QueueIndex(queue)));
                    serving.count().to_string()
                },
            ));
        }
        rows.push(cells);
    }
    let mut text = vec!["Who can serve what (- : no such queue):".to_owned()];
    text.extend(lines(&rows));
    text
}

pub fn weeks(scenario: &Scenario) -> Vec<String> {
    let mut text = Vec::new();
    let inside = |date: &chrono::NaiveDate| (scenario.start..=scenario.last_date()).contains(date);
    if !scenario.absences.is_empty() {
        let mut days: Vec<_> = scenario
            .absences
            .iter()
            .flat_map(|absence| {
                absence
                    .dates
                    .iter()
                    .filter(|date| inside(date))
                    .map(|date| (absence.agent, *date))
            })
            .collect();
        days.sort_unstable();
        days.dedup();
        let mut people: Vec<_> = days.iter().map(|(agent, _)| *agent).collect();
        people.dedup();
        text.push(format!(
            "Absences: {} of {} in the plan",
            count(days.len(), "day", "days"),
            count(people.len(), "person", "people")
        ));
    }
    if !scenario.requests.is_empty() {
        let of = |wanted: fn(&Wish) -> bool, word: &str| {
            let number = scenario
                .requests
                .iter()
                .filter(|request| inside(&request.date) && wanted(&request.wants))
                .count();
            (number > 0).then(|| format!("{number} {word}"))
        };
        let kinds: Vec<String> = [
            of(|wish| *wish == Wish::Off, "off"),
            of(|wish| *wish == Wish::On, "on"),
            of(|wish| *wish == Wish::Early, "early"),
            of(|wish| *wish == Wish::Late, "late"),
            of(|wish| matches!(wish, Wish::StartAt(_)), "a start time"),
        ]
        .into_iter()
        .flatten()
        .collect();
        text.push(format!(
            "Requests: {}",
            if kinds.is_empty() {
                "none in the plan".into()
            } else {
                kinds.join(", ")
            }
        ));
    }
    if !scenario.locked.is_empty() {
        text.push(format!(
            "Locked: {}",
            count(scenario.locked.len(), "shift", "shifts")
        ));
    }
    if !scenario.previous.is_empty() {
        text.push(format!(
            "Weeks before: {}",
            count(scenario.previous.len(), "shift", "shifts")
        ));
        let start = scenario.grid().start;
        let running = scenario.previous.iter().filter(|shift| shift.end > start);
        match running.clone().map(|shift| shift.end).max() {
            None => {}
            Some(last) => text.push(format!(
                "Still running at the start: {}, the last until {}; who works them then answers contacts and sits on a seat",
                count(running.count(), "shift", "shifts"),
                scenario.zone.to_local(last).format("%a %H:%M"),
            )),
        }
    }
    if let Some(leavers) = &scenario.leavers {
        let ids = leavers.gone.iter();
        let ids: Vec<&str> = ids.map(|at| scenario.agents[at.0].id.as_str()).collect();
        text.push(format!(
            "Leavers: {} a year from {} on; {} to have left by the end of the plan{}",
            percent(leavers.share_a_year),
            leavers.as_of,
            match ids.len() {
                0 => "nobody is taken".to_owned(),
                1 => "1 person is taken".to_owned(),
                more => format!("{more} people are taken"),
            },
            if ids.is_empty() {
                String::new()
            } else {
                format!(": {}", ids.join(", "))
            }
        ));
    }
    for cover in &scenario.cover {
        let role = cover.who.words(scenario);
        let need = match cover.need {
            CoverNeed::Min(number) => format!("at least {number} {role}"),
            CoverNeed::OnePer(number) => format!("one {role} for each {number} people"),
            CoverNeed::Max(number) => format!("at most {number} {role} at once"),
        };
        let place = cover
            .site
            .map_or("all sites together", |site| &scenario.sites[site.0].id);
        let hard = if cover.hard { ", without fail" } else { "" };
        text.push(format!(
            "Cover: {need}, {}, {place}{hard}",
            hours_text(&cover.hours)
        ));
    }
    for on_call in &scenario.on_call {
        let place = on_call
            .site
            .map_or("all sites together", |site| &scenario.sites[site.0].id);
        text.push(format!(
            "On call: {} {}, {}, {place}, at {:.0} % of the hourly cost",
            on_call.people,
            on_call.who.words(scenario),
            hours_text(&on_call.hours),
            on_call.pay * 100.0
        ));
    }
    for activity in &scenario.activities {
        let whom = (0..scenario.agents.len())
            .filter(|at| activity.who.matches(AgentIndex(*at), &scenario.agents[*at]))
            .count();
        text.push(format!(
            "Activity: {}, {}, {} a week for {}{}",
            activity.name,
            seconds(u64::from(activity.length_minutes) * 60),
            if activity.times_per_week == 1 {
                "once".into()
            } else {
                format!("{} times", activity.times_per_week)
            },
            count(whom, "person", "people"),
            if activity.together {
                ", all together"
            } else {
                ""
            },
        ));
    }
    for hire in &scenario.hires {
        let number = match hire.count {
            HireCount::Solve => "as many as are worth it".to_owned(),
            HireCount::Number(number) => count(number as usize, "person", "people"),
        };
        let from = hire
            .from
            .map(|from| format!(" from {from}"))
            .unwrap_or_default();
        text.push(format!(
            "Hire: {}: {number}, {} in {}{from}, {}",
            hire.id,
            scenario.contracts[hire.contract.0].id,
            scenario.sites[hire.site.0].id,
            skills(scenario, &hire.languages, hire.channels),
        ));
    }
    text
}

fn skills(scenario: &Scenario, languages: &[LanguageSkill], channels: ChannelSet) -> String {
    let languages: Vec<&str> = languages
        .iter()
        .map(|skill| scenario.languages[skill.language.0].as_str())
        .collect();
    let channels: Vec<&str> = channels.iter().map(Channel::name).collect();
    format!("{} on {}", languages.join(", "), channels.join(", "))
}

fn basis_points(share: u32) -> String {
    percent(f64::from(share) / 10_000.0)
}
