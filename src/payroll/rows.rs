//! Payroll rows of one person: per local date, with overtime by week and absences.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use super::{Minutes, PayTerms, daily_overtime, overtime_cost, shift_cost, split};
use crate::calendar::Zone;
use crate::results::{AbsenceSpan, PayrollRow, Person};

/// What a contract says of a whole week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekRules {
    /// Most paid minutes per week without overtime (`paid_hours_per_week.max`).
    pub max_minutes: i64,
    /// Most days per week (`days_per_week.max`), at least 1.
    pub max_days: u32,
    /// The first local date of the plan; weeks are counted from it.
    pub first_day: NaiveDate,
    /// Weeks in the plan; absences outside it are not paid here.
    pub weeks: u32,
    /// First and last day of employment; no bound where `None`. Other days lower a week's hours as absences do, but are nobody's absence.
    pub employed: (Option<NaiveDate>, Option<NaiveDate>),
}

impl WeekRules {
    /// Minutes of an average day: `max hours / max days`, to the minute.
    pub fn average_day(&self) -> i64 {
        let days = i64::from(self.max_days.max(1));
        (self.max_minutes + days / 2) / days
    }

    fn week(&self, date: NaiveDate) -> i64 {
        (date - self.first_day).num_days().div_euclid(7)
    }

    fn is_employed(&self, date: NaiveDate) -> bool {
        let (from, until) = self.employed;
        from.is_none_or(|from| date >= from) && until.is_none_or(|until| date <= until)
    }

    /// Days of a week of the plan that lie outside the employment.
    fn unemployed_days(&self, week: i64) -> u32 {
        let first = self.first_day + TimeDelta::weeks(week);
        let days = first.iter_days().take(7);
        days.filter(|date| !self.is_employed(*date)).count() as u32
    }
}

/// A local date that an absence touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AbsentDay {
    pub date: NaiveDate,
    /// Whether any of the absences that touch it is paid.
    pub paid: bool,
}

/// The local dates that absences touch, ascending, each once.
pub fn absent_days(absences: &[AbsenceSpan], zone: &Zone) -> Vec<AbsentDay> {
    let mut days: BTreeMap<NaiveDate, bool> = BTreeMap::new();
    for absence in absences.iter().filter(|a| a.start < a.end) {
        let last = zone.date(absence.end - TimeDelta::seconds(1));
        for date in zone
            .date(absence.start)
            .iter_days()
            .take_while(|date| *date <= last)
        {
            *days.entry(date).or_default() |= absence.paid;
        }
    }
    days.into_iter()
        .map(|(date, paid)| AbsentDay { date, paid })
        .collect()
}

/// The person's payroll, by date: one row per local date on which a shift starts or an absence lies.
///
/// An absent day inside the plan counts an average day, in each week for at most `max_days` days (no more can be taken off a week's hours), and costs
/// the plain rate if it is paid. Overtime by the day is what exceeds the terms' hours of a day. Overtime of the week is what, without it,
/// exceeds the week's maximum, lowered by the absent days and those outside the employment; it falls on the last minutes of the week.
pub fn rows(
    person: &Person,
    terms: &PayTerms,
    rules: &WeekRules,
    holidays: &dyn Fn(NaiveDate) -> bool,
) -> Vec<PayrollRow> {
    let mut days: BTreeMap<NaiveDate, (Minutes, Option<bool>)> = BTreeMap::new();
    for shift in &person.shifts {
        let minutes = split(&shift.segments, &person.zone, holidays);
        days.entry(shift.date(&person.zone)).or_default().0 += minutes;
    }
    for day in absent_days(&person.absences, &person.zone) {
        let planned = (0..i64::from(rules.weeks)).contains(&rules.week(day.date));
        if planned && rules.is_employed(day.date) {
            days.entry(day.date).or_default().1 = Some(day.paid);
        }
    }
    let mut absent_in_week: BTreeMap<i64, u32> = BTreeMap::new();
    let credited: Vec<NaiveDate> = days
        .iter()
        .filter(|(_, (_, absent))| absent.is_some())
        .filter_map(|(date, _)| {
            let count = absent_in_week.entry(rules.week(*date)).or_default();
            *count += 1;
            (*count <= rules.max_days).then_some(*date)
        })
        .collect();

    let mut worked: BTreeMap<i64, i64> = BTreeMap::new();
    days.into_iter()
        .map(|(date, (minutes, absent))| {
            let week = rules.week(date);
            let absent_days =
                absent_in_week.get(&week).copied().unwrap_or(0) + rules.unemployed_days(week);
            let limit = (rules.max_minutes - rules.average_day() * i64::from(absent_days)).max(0);
            let before = worked.entry(week).or_default();
            let (of_day, of_day_cost) = daily_overtime(minutes.paid, terms);
            let straight = minutes.paid - of_day;
            let of_week = (*before + straight - limit).clamp(0, straight);
            *before += straight;
            let absence = if credited.binary_search(&date).is_ok() {
                rules.average_day()
            } else {
                0
            };
            let absence_cost = match absent {
                Some(true) => terms.rate * absence as f64 / 60.0,
                _ => 0.0,
            };
            PayrollRow {
                agent: person.id.clone(),
                name: person.name.clone(),
                site: person.site.clone(),
                contract: person.contract.clone(),
                date,
                paid_minutes: minutes.paid,
                night_minutes: minutes.night,
                saturday_minutes: minutes.saturday,
                sunday_minutes: minutes.sunday,
                holiday_minutes: minutes.holiday,
                overtime_minutes: of_day + of_week,
                absence_minutes: absence,
                cost: shift_cost(&minutes, terms)
                    + of_day_cost
                    + overtime_cost(of_week, terms)
                    + absence_cost,
            }
        })
        .collect()
}
