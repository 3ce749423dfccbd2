//! `scenario.toml` as a user would write it.

use std::fmt::Write;

use super::recipe::{QueueRecipe, Recipe, SiteRecipe};

/// The file, with its comments.
pub fn scenario_toml(recipe: &Recipe) -> String {
    // Writing to a String cannot fail.
    let mut toml = match recipe.folder {
        "" => String::new(),
        _ => String::from("#:schema ../../schema/scenario.json\n"),
    };
    for line in recipe.about.lines() {
        let _ = writeln!(toml, "{}", format!("# {line}").trim_end());
    }
    let Recipe {
        name,
        start,
        weeks,
        interval_minutes,
        currency,
        ..
    } = recipe;
    let lines = [
        String::new(),
        format!("name = \"{name}\""),
        commented(&format!("start = {start}"), "the first day of the plan, a Monday"),
        format!("weeks = {weeks}"),
        format!("interval = \"{interval_minutes}m\""),
        commented(&format!("time_zone = \"{}\"", recipe.zone), "the planner's own clock"),
        format!("currency = \"{currency}\""),
        String::new(),
        commented("[history]", &format!("what happened in the last {} weeks, in UTC", recipe.history_weeks)),
        "files = [\"history.csv\"]\nformat = \"intervals\"".to_owned(),
        String::new(),
        "[staff]\nagents = \"agents.csv\"\nabsences = \"absences.csv\"\nrequests = \"requests.csv\"".to_owned(),
        String::new(),
        commented("[shrinkage]", "share of rostered time lost to sickness and system trouble"),
        recipe.shrinkage.trim().to_owned(),
        String::new(),
        "# Who asks for service. Hours are on the customers' clock.".to_owned(),
    ];
    toml.push_str(&lines.join("\n"));
    toml.push('\n');
    for queue in &recipe.queues {
        write_queue(&mut toml, queue);
    }
    toml.push_str("\n# Where people work.\n");
    for site in &recipe.sites {
        write_site(&mut toml, site);
    }
    toml.push_str("\n# What contracts allow. A shift's length runs from clock-in to clock-out; paid hours are that less unpaid breaks.\n");
    for part in [recipe.contracts, recipe.rest] {
        let _ = writeln!(toml, "\n{}", part.trim());
    }
    toml
}

/// A line with its comment in the column that all comments share.
fn commented(line: &str, comment: &str) -> String {
    format!("{line:<32} # {comment}")
}

fn write_queue(toml: &mut String, queue: &QueueRecipe) {
    let QueueRecipe {
        id,
        language,
        channel,
        zone,
        country,
        hours,
        promise,
        ..
    } = queue;
    let _ = write!(
        toml,
        r#"
[[queue]]
id = "{id}"
language = "{language}"
channel = "{channel}"
time_zone = "{zone}"
country = "{country}"
hours = "{hours}"
{promise}
"#,
        promise = promise.trim(),
    );
}

fn write_site(toml: &mut String, site: &SiteRecipe) {
    let SiteRecipe {
        id,
        zone,
        country,
        hours,
        seats,
    } = site;
    let _ = writeln!(toml, "\n[[site]]\nid = \"{id}\"\ntime_zone = \"{zone}\"");
    let _ = writeln!(
        toml,
        "{}",
        commented(&format!("country = \"{country}\""), "for public holidays")
    );
    if let Some(hours) = hours {
        let _ = writeln!(
            toml,
            "{}",
            commented(
                &format!("hours = \"{hours}\""),
                "nobody is there at other times"
            )
        );
    }
    if let Some(seats) = seats {
        let _ = writeln!(
            toml,
            "{}",
            commented(&format!("seats = {seats}"), "most people on shift at once")
        );
    }
}
