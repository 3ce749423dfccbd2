//! What a tour costs its employer: wages with premiums and overtime, and the wishes it leaves unmet.

use chrono::Timelike;

use crate::roster::problem::{Problem, Span, Tour, Wants};
use crate::roster::rules::{daily_overtime, soft};

use super::menu::Menu;

/// Money for the wishes that a start (or a day off) on this day leaves unmet.
pub fn wish_cost(problem: &Problem, person: usize, day: usize, wall_start: Option<i32>) -> f64 {
    problem.people[person]
        .wishes
        .iter()
        .filter(|wish| wish.day == day && !wish_met(wish.wants, wall_start))
        .map(|wish| wish.weight * problem.wish_cost)
        .sum()
}

/// Money for a shift (`None` = day off) on this day that is not the one that the person knows. Who is absent cannot keep it.
pub fn change_cost(problem: &Problem, person: usize, day: usize, now: Option<Span>) -> f64 {
    let person = &problem.people[person];
    match person.known.get(day) {
        Some(known) if known.as_ref().map(|told| told.span) != now && !person.absent_days[day] => {
            problem.soft.changed_shift
        }
        _ => 0.0,
    }
}

/// Whether a start (`None` = day off) is what somebody wanted. Wishes about the time of a start leave a day off alone.
pub fn wish_met(wants: Wants, wall_start: Option<i32>) -> bool {
    match (wants, wall_start) {
        (Wants::Off, start) => start.is_none(),
        (Wants::On, start) => start.is_some(),
        (_, None) => true,
        (Wants::Early, Some(start)) => start < 720,
        (Wants::Late, Some(start)) => start >= 720,
        (Wants::StartAt(wanted), Some(start)) => start == wanted,
    }
}

/// Money for one paid slot, premiums included.
pub(super) fn pay_per_slot(problem: &Problem, person: usize) -> Vec<f64> {
    let rules = problem.rules(person);
    let site = problem.site(person);
    let per_minute = problem.people[person].cost_per_hour / 60.0;
    (0..problem.slots)
        .map(|slot| {
            let start = slot as i32 * problem.slot_minutes;
            let local = site.zone.to_local(problem.instant(start));
            let date = local.date();
            let weekday = chrono::Datelike::weekday(&date);
            let mut share = 1.0;
            if !(6..22).contains(&local.hour()) {
                share += rules.premium.night;
            }
            if weekday == chrono::Weekday::Sat {
                share += rules.premium.saturday;
            }
            if weekday == chrono::Weekday::Sun {
                share += rules.premium.sunday;
            }
            if site.holidays.binary_search(&date).is_ok() {
                share += rules.premium.holiday;
            }
            share * per_minute * f64::from(problem.slot_minutes)
        })
        .collect()
}

/// Wages of a tour with their premiums, in money; no overtime, no wishes.
pub fn wages(problem: &Problem, person: usize, tour: &Tour) -> f64 {
    let pay = pay_per_slot(problem, person);
    let slot = problem.slot_minutes;
    let of = |span: Span| -> f64 {
        (span.start / slot..span.end / slot)
            .map(|s| pay[s as usize])
            .sum()
    };
    let rules = problem.rules(person);
    tour.shifts
        .iter()
        .map(|shift| {
            let unpaid = shift
                .breaks
                .iter()
                .filter(|(which, _)| rules.is_unpaid(*which));
            of(shift.span) - unpaid.map(|(_, span)| of(*span)).sum::<f64>()
        })
        .sum()
}

impl Menu {
    /// Wages, overtime, unmet wishes and changes of a tour of this class, in money.
    pub fn cost(&self, problem: &Problem, tour: &Tour) -> f64 {
        let person = self.people[0];
        let rules = problem.rules(person);
        let slot = problem.slot_minutes;
        let pay = |span: Span| -> f64 {
            (span.start / slot..span.end / slot)
                .map(|s| self.pay[s as usize])
                .sum()
        };
        let mut off = vec![true; self.off_cost.len()];
        let mut paid_in_week = vec![0; problem.weeks];
        let mut by_the_day = vec![0; problem.weeks];
        let mut cost = 0.0;
        let site = problem.site(person);
        for shift in &tour.shifts {
            off[shift.day] = false;
            let (week, paid) = (site.days[shift.day].week, shift.paid_minutes(rules));
            paid_in_week[week] += paid;
            by_the_day[week] += rules.terms.overtime_of_day(paid);
            cost += pay(shift.span);
            cost -= shift
                .breaks
                .iter()
                .filter(|(which, _)| rules.is_unpaid(*which))
                .map(|(_, span)| pay(*span))
                .sum::<f64>();
            let local = site.zone.to_local(problem.instant(shift.span.start));
            cost += wish_cost(
                problem,
                person,
                shift.day,
                Some((local.hour() * 60 + local.minute()) as i32),
            );
            cost += change_cost(problem, person, shift.day, Some(shift.span));
            let told = problem.people[person].known.get(shift.day);
            if let Some(Some(told)) = told
                && told.span == shift.span
                && !told.is_kept_whole(shift, rules)
            {
                cost += problem.soft.moved_breaks;
            }
        }
        cost += off
            .iter()
            .zip(&self.off_cost)
            .filter(|(off, _)| **off)
            .map(|(_, cost)| cost)
            .sum::<f64>();
        if let Some(hire) = rules.hire {
            let weeks = paid_in_week.iter().filter(|paid| **paid > 0).count();
            cost += weeks as f64 * hire;
        }
        if self.soft {
            cost += soft::cost(problem, person, tour);
        }
        cost += daily_overtime::cost(problem, person, tour);
        if let Some((_, factor)) = rules.overtime {
            for (week, paid) in paid_in_week.into_iter().enumerate() {
                let paid = paid - by_the_day[week];
                let most = problem.week_limits(person, week).paid.1;
                let over = f64::from((paid - most).max(0));
                cost += over * problem.people[person].cost_per_hour / 60.0 * (factor - 1.0);
                cost += over * problem.soft.overtime_hour / 60.0;
            }
        }
        cost
    }
}
