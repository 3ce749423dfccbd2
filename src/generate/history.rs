//! `history.csv`: contacts and handle times of the weeks before the plan.
//!
//! Contacts of an interval are Poisson about `weekly volume x shape x growth x busyness of the day x holiday`; the busyness is gamma with mean 1
//! and is shared by all intervals of a local day, which gives the overdispersion that real call counts have. Handle times are lognormal.

use std::fmt::Write;

use chrono::{NaiveDate, TimeDelta};
use rand_distr::{Distribution, Gamma, LogNormal, Poisson};

use super::RecipeError;
use super::recipe::{QueueRecipe, Recipe};
use super::stream::stream;
use crate::calendar::{Grid, OpeningHours, Zone, public_holidays};

/// The file: `queue,start,contacts,handle_time_s`, by queue and time; only open intervals have rows.
pub fn history_csv(recipe: &Recipe) -> Result<String, RecipeError> {
    let planner = Zone::named(recipe.zone)?;
    let first = recipe.start - TimeDelta::weeks(recipe.history_weeks.into());
    let grid = Grid::of_weeks(
        &planner,
        first,
        recipe.history_weeks,
        recipe.interval_minutes,
    );
    let mut csv = String::from("queue,start,contacts,handle_time_s\n");
    for queue in &recipe.queues {
        write_queue(&mut csv, recipe.seed, &grid, queue)?;
    }
    Ok(csv)
}

fn write_queue(
    csv: &mut String,
    seed: u64,
    grid: &Grid,
    queue: &QueueRecipe,
) -> Result<(), RecipeError> {
    let zone = Zone::named(queue.zone)?;
    let hours = OpeningHours::parse(queue.hours)?;
    let per_unit =
        queue.contacts_per_week / queue.shape.open_week(queue.id, &hours, grid.step_minutes)?;
    let bad = || RecipeError::BadQueue(queue.id.to_owned());
    let in_range = queue.contacts_per_week >= 0.0 && per_unit.is_finite() && queue.growth > -1.0;
    if !in_range {
        return Err(bad());
    }
    let alpha = 1.0 / (queue.day_spread * queue.day_spread);
    let busyness = Gamma::new(alpha, 1.0 / alpha).map_err(|_| bad())?;
    let handle_time =
        LogNormal::from_mean_cv(queue.handle_time_s, queue.handle_time_cv).map_err(|_| bad())?;
    let mut rng = stream(seed, &format!("history/{}", queue.id));
    let mut today: Option<(NaiveDate, f64)> = None;
    for at in grid.instants() {
        let local = zone.to_local(at);
        let day = match today {
            Some((date, factor)) if date == local.date() => factor,
            _ => {
                let weeks_ago = (grid.end() - at).num_minutes() as f64 / (7.0 * 1440.0);
                let factor = busyness.sample(&mut rng)
                    * (1.0 + queue.growth).powf(-weeks_ago)
                    * holiday_factor(queue, local.date());
                today = Some((local.date(), factor));
                factor
            }
        };
        if !hours.contains(local) {
            continue;
        }
        let expected = per_unit * queue.shape.at(local) * day;
        let contacts = if expected > 0.0 {
            Poisson::new(expected).map_err(|_| bad())?.sample(&mut rng) as u32
        } else {
            0
        };
        let handled: f64 = (0..contacts).map(|_| handle_time.sample(&mut rng)).sum();
        if queue
            .lost
            .is_some_and(|lost| lost.from <= local && local < lost.until)
        {
            continue;
        }
        let start = at.format("%Y-%m-%dT%H:%MZ");
        // Writing to a String cannot fail.
        let _ = match contacts {
            0 => writeln!(csv, "{},{start},0,", queue.id),
            _ => writeln!(
                csv,
                "{},{start},{contacts},{:.1}",
                queue.id,
                handled / f64::from(contacts)
            ),
        };
    }
    Ok(())
}

fn holiday_factor(queue: &QueueRecipe, date: NaiveDate) -> f64 {
    let is_holiday = public_holidays(queue.country)
        .iter()
        .any(|holiday| holiday.date == date);
    if is_holiday { queue.on_holidays } else { 1.0 }
}
