//! Each rule of a contract one step looser.

use crate::roster::problem::{Counted, Terms, WorkRules};

/// How a rule is made looser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A count, from and to.
    Count(u32, u32),
    /// Minutes, from and to.
    Minutes(i32, i32),
    /// The rule is left out.
    Without,
}

/// The scenario's key, how it changes, and what changes it.
pub type Step = (&'static str, Change, Apply);

type Apply = Box<dyn Fn(&mut WorkRules)>;

/// One step looser for each rule that a contract sets.
pub fn steps(rules: &WorkRules) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let (least, most) = rules.days_per_week;
    if most < 7 {
        steps.push((
            "days_per_week max",
            Change::Count(most, most + 1),
            Box::new(|rules| rules.days_per_week.1 += 1),
        ));
    }
    if least > 0 {
        steps.push((
            "days_per_week min",
            Change::Count(least, least - 1),
            Box::new(|rules| rules.days_per_week.0 -= 1),
        ));
    }
    let (least, most) = rules.paid_minutes_per_week;
    steps.push((
        "paid_hours_per_week max",
        Change::Minutes(most, most + 240),
        Box::new(|rules| rules.paid_minutes_per_week.1 += 240),
    ));
    if least > 0 {
        let to = (least - 240).max(0);
        steps.push((
            "paid_hours_per_week min",
            Change::Minutes(least, to),
            Box::new(move |rules| rules.paid_minutes_per_week.0 = to),
        ));
    }
    if rules.rest > 0 {
        let to = (rules.rest - 60).max(0);
        steps.push((
            "rest_between_shifts",
            Change::Minutes(rules.rest, to),
            Box::new(move |rules| rules.rest = to),
        ));
    }
    if let Some(days) = rules.max_consecutive_days {
        steps.push((
            "max_consecutive_days",
            Change::Count(days, days + 1),
            Box::new(move |rules| rules.max_consecutive_days = Some(days + 1)),
        ));
    }
    if let Some(nights) = rules.max_nights_per_week {
        steps.push((
            "max_nights_per_week",
            Change::Count(nights, nights + 1),
            Box::new(move |rules| rules.max_nights_per_week = Some(nights + 1)),
        ));
    }
    if let Some(nights) = rules.max_consecutive_nights {
        steps.push((
            "max_consecutive_nights",
            Change::Count(nights, nights + 1),
            Box::new(move |rules| rules.max_consecutive_nights = Some(nights + 1)),
        ));
    }
    if rules.min_consecutive_days_off.is_some() {
        steps.push((
            "min_consecutive_days_off",
            Change::Without,
            Box::new(|rules| rules.min_consecutive_days_off = None),
        ));
    }
    if rules.weekends_off.is_some() {
        steps.push((
            "weekends_off",
            Change::Without,
            Box::new(|rules| rules.weekends_off = None),
        ));
    }
    if let Some(band) = rules.same_start_within {
        steps.push((
            "same_start_within",
            Change::Minutes(band, band + 60),
            Box::new(move |rules| rules.same_start_within = Some(band + 60)),
        ));
    }
    steps.extend(of_terms(rules));
    steps
}

/// The same for the rarer rules.
fn of_terms(rules: &WorkRules) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let terms = &rules.terms;
    let mut minutes = |key, from: Option<i32>, more: i32, set: fn(&mut Terms, i32)| {
        if let Some(from) = from {
            let to = (from + more).max(0);
            let apply: Apply = Box::new(move |rules| set(&mut rules.terms, to));
            steps.push((key, Change::Minutes(from, to), apply));
        }
    };
    minutes(
        "max_paid_hours_per_day",
        terms.max_paid_minutes_per_day,
        60,
        |terms, to| terms.max_paid_minutes_per_day = Some(to),
    );
    minutes("weekly_rest", terms.weekly_rest, -60, |terms, to| {
        terms.weekly_rest = Some(to);
    });
    let long_rest = terms.long_rest.map(|rule| rule.rest);
    minutes("long_rest", long_rest, -60, |terms, to| {
        terms.long_rest.iter_mut().for_each(|rule| rule.rest = to);
    });
    let work = terms.work_without_break.map(|rule| rule.at_most);
    minutes("work_without_break", work, 30, |terms, to| {
        let rule = terms.work_without_break.iter_mut();
        rule.for_each(|rule| rule.at_most = to);
    });
    let after_nights = terms.rest_after_nights.map(|rule| rule.rest);
    minutes("rest_after_nights", after_nights, -60, |terms, to| {
        let rule = terms.rest_after_nights.iter_mut();
        rule.for_each(|rule| rule.rest = to);
    });
    let average = terms.average.map(|average| average.minutes_per_week);
    minutes("average_hours", average, 60, |terms, to| {
        let average = terms.average.iter_mut();
        average.for_each(|average| average.minutes_per_week = to);
    });
    minutes(
        "same_start_over_weeks",
        terms.same_start_over_weeks,
        60,
        |terms, to| terms.same_start_over_weeks = Some(to),
    );
    let mut without = |key, is_set: bool, take_out: fn(&mut Terms)| {
        if is_set {
            let apply: Apply = Box::new(move |rules| take_out(&mut rules.terms));
            steps.push((key, Change::Without, apply));
        }
    };
    without("night_work = false", terms.no_nights, |terms| {
        terms.no_nights = false;
    });
    without("sunday_work = false", terms.no_sundays, |terms| {
        terms.no_sundays = false;
    });
    without("holiday_work = false", terms.no_holidays, |terms| {
        terms.no_holidays = false;
    });
    without("forward_rotation", terms.rotation.is_some(), |terms| {
        terms.rotation = None;
    });
    without("pattern", terms.pattern.is_some(), |terms| {
        terms.pattern = None;
    });
    for (number, limit) in terms.limits.iter().enumerate() {
        let Some(from) = limit.at_most else { continue };
        let key = match limit.counted {
            Counted::Hours => "limits on hours",
            Counted::Days => "limits on days",
            Counted::Nights => "limits on nights",
            Counted::Sundays => "limits on sundays",
            Counted::Holidays => "limits on holidays",
            Counted::Early => "limits on early",
            Counted::Late => "limits on late",
        };
        let (to, change) = match limit.counted {
            Counted::Hours => (from + 240, Change::Minutes(from as i32, from as i32 + 240)),
            _ => (from + 1, Change::Count(from, from + 1)),
        };
        let apply: Apply = Box::new(move |rules| rules.terms.limits[number].at_most = Some(to));
        steps.push((key, change, apply));
    }
    if let Some((from, _)) = rules.overtime {
        let to = from + 240;
        let apply: Apply = Box::new(move |rules| {
            rules.overtime.iter_mut().for_each(|(most, _)| *most = to);
        });
        steps.push(("overtime max_hours", Change::Minutes(from, to), apply));
    }
    steps
}
