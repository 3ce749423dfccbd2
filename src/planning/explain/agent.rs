//! Why a person works when they do, who else could, and why a wish was not met.

use crate::roster::explain::{TakenOver, granted, refused, without};
use crate::roster::problem::{Wants, Wish};

use super::words::day_words;
use super::{Answer, Explainer};

/// People who could take a shift over, told.
const OTHERS: usize = 3;

/// Why a person works their week, or one day of it (an index into the site's days).
pub fn explain_agent(explainer: &mut Explainer, person: usize, day: Option<usize>) -> Answer {
    let known = explainer.known.clone();
    let mut because = vec![week(explainer, person)];
    let mut offers = Vec::new();
    let days: Vec<usize> = match day {
        Some(day) => vec![day],
        None => explainer.appraiser.tours()[person]
            .shifts
            .iter()
            .map(|shift| shift.day)
            .collect(),
    };
    for &on in &days {
        because.push(day_reason(
            explainer,
            person,
            on,
            day.is_some(),
            &mut offers,
        ));
        if day.is_some() {
            let others = TakenOver::all(&mut explainer.appraiser, &known, person, on, OTHERS);
            if others.is_empty()
                && explainer.appraiser.tours()[person]
                    .shifts
                    .iter()
                    .any(|shift| shift.day == on)
            {
                because.push(
                    "Nobody else can take the shift over within the rules of both.".to_owned(),
                );
            } else if !others.is_empty() {
                let who: Vec<usize> = others.iter().map(|taken| taken.by).collect();
                because.push(format!(
                    "Others who could work it: {}; what each exchange does stands below.",
                    explainer.names(&who)
                ));
            }
            offers.extend(others.into_iter().map(|taken| taken.offer));
        }
    }
    let wishes: Vec<Wish> = refused(&explainer.appraiser, person)
        .into_iter()
        .filter(|wish| day.is_none_or(|day| wish.day == day))
        .collect();
    for wish in wishes {
        let date = day_words(explainer.date(person, wish.day));
        let wanted = wish_words(wish.wants);
        match granted(&mut explainer.appraiser, &known, person, &wish) {
            Ok(offer) => {
                because.push(format!(
                    "The wish for {date} ({wanted}) was not met: it would be {}: {}.",
                    explainer.total_words(offer.effect.total()),
                    explainer.effect_words(&offer.effect)
                ));
                offers.push(offer);
            }
            Err(Some(rule)) => because.push(format!(
                "The wish for {date} ({wanted}) was not met, because no week that meets it keeps {rule}."
            )),
            Err(None) => because.push(format!(
                "The wish for {date} ({wanted}) was not met: no week within the rules meets it."
            )),
        }
    }
    offers.sort_by(|a, b| a.effect.total().total_cmp(&b.effect.total()));
    offers.dedup_by(|a, b| a.changes == b.changes);
    let offers = offers
        .into_iter()
        .enumerate()
        .map(|(index, offer)| explainer.told(index + 1, offer))
        .collect();
    let about = match day {
        Some(day) => format!(
            "{}, {}",
            explainer.name(person),
            day_words(explainer.date(person, day))
        ),
        None => format!("{}, the whole plan", explainer.name(person)),
    };
    Answer {
        about,
        because,
        interval: None,
        people: Vec::new(),
        worth: None,
        offers,
    }
}

fn week(explainer: &Explainer, person: usize) -> String {
    let tour = &explainer.appraiser.tours()[person];
    let zone = explainer.zone_of(person);
    let rules = explainer.problem().rules(person);
    if tour.shifts.is_empty() {
        return "Works no shift in this plan.".to_owned();
    }
    let shifts: Vec<String> = tour
        .shifts
        .iter()
        .map(|shift| explainer.shift_words(person, shift))
        .collect();
    let paid: i32 = tour
        .shifts
        .iter()
        .map(|shift| shift.paid_minutes(rules))
        .sum();
    format!(
        "Works {} ({zone}): {} paid, contract {} to {} a week on {} to {} days.",
        shifts.join(", "),
        crate::calendar::format_minutes(paid.into()),
        crate::calendar::format_minutes(rules.paid_minutes_per_week.0.into()),
        crate::calendar::format_minutes(rules.paid_minutes_per_week.1.into()),
        rules.days_per_week.0,
        rules.days_per_week.1
    )
}

/// What one shift is there for.
fn day_reason(
    explainer: &mut Explainer,
    person: usize,
    day: usize,
    asked: bool,
    offers: &mut Vec<crate::roster::explain::Offer>,
) -> String {
    let known = explainer.known.clone();
    let date = day_words(explainer.date(person, day));
    let Some(reason) = without(&mut explainer.appraiser, &known, person, day) else {
        return if explainer.problem().people[person].absent_days[day] {
            format!("{date}: absent.")
        } else {
            format!(
                "{date}: off; another day serves customers better within the contract's days and hours."
            )
        };
    };
    if reason.locked {
        return format!("{date}: locked, so it stays as it is.");
    }
    let mut text = match explainer.service_words(&reason.without) {
        Some(service) => format!("{date}: without it {service}"),
        None => format!("{date}: no contact would be answered later without it"),
    };
    if reason.without.covers > 0.005 {
        text += ", and cover would fall short";
    }
    if let Some(broken) = reason
        .broken
        .iter()
        .find(|broken| broken.person == Some(person))
    {
        text += &format!("; it cannot simply be left out ({})", broken.text);
    } else if let Some(broken) = reason.broken.first() {
        text += &format!("; it cannot be left out ({})", broken.text);
    }
    match reason.alone {
        Some(offer) if asked => {
            text += &format!(
                ". A day off then, all else of the week rearranged, would be {}",
                explainer.total_words(offer.effect.total())
            );
            offers.push(offer);
        }
        Some(_) => {}
        None if asked => text += ". No week within the rules has that day off",
        None => {}
    }
    text + "."
}

fn wish_words(wants: Wants) -> String {
    match wants {
        Wants::Off => "off".to_owned(),
        Wants::On => "on".to_owned(),
        Wants::Early => "early".to_owned(),
        Wants::Late => "late".to_owned(),
        Wants::StartAt(minute) => format!("{:02}:{:02}", minute / 60, minute % 60),
    }
}
