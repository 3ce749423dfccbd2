//! The plan as compact JSON for the page's script: minutes from the grid's start, shares in thousandths, long texts once.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Map, Value, json};

use crate::calendar::{Instant, Zone};
use crate::results::{Person, PlanResults, QueueResult, Shift};

/// With this many night minutes a shift is drawn as a night shift.
const NIGHT_SHIFT_MINUTES: i64 = 180;
/// Zones are told for so many days around the plan.
const MARGIN_DAYS: i64 = 8;

/// The JSON text, safe inside a `script` element.
pub(super) fn page_data(plan: &PlanResults) -> String {
    let mut tables = Tables {
        plan,
        activities: Numbered::default(),
        texts: Numbered::default(),
        night: plan
            .payroll
            .iter()
            .map(|row| ((row.agent.as_str(), row.date), row.night_minutes))
            .collect(),
    };
    let queues: Vec<Value> = plan
        .queues
        .iter()
        .map(|queue| tables.queue(queue))
        .collect();
    let people: Vec<Value> = plan
        .people
        .iter()
        .map(|person| tables.person(person))
        .collect();
    let sites: Vec<Value> = plan
        .sites
        .iter()
        .map(|site| json!({"id": site.id, "zone": site.zone.name()}))
        .collect();
    let activities: Vec<Value> = tables
        .activities
        .order
        .iter()
        .map(|(name, paid)| json!([name, i32::from(*paid)]))
        .collect();
    let value = json!({
        "zone": plan.planner_zone.name(),
        "start": plan.grid.start.timestamp().div_euclid(60),
        "step": plan.grid.step_minutes,
        "n": plan.grid.len,
        "weeks": plan.weeks,
        "first": (plan.first_day - NaiveDate::default()).num_days(),
        "zones": zones(plan),
        "queues": queues,
        "sites": sites,
        "people": people,
        "activities": activities,
        "texts": tables.texts.order,
    });
    // In JSON a "<" stands only inside strings; escaped, it can end no script element.
    value.to_string().replace('<', "\\u003c")
}

/// What is said once and referred to by number.
struct Tables<'a> {
    plan: &'a PlanResults,
    activities: Numbered<(String, bool)>,
    texts: Numbered<String>,
    night: BTreeMap<(&'a str, NaiveDate), i64>,
}

impl Tables<'_> {
    fn queue(&mut self, queue: &QueueResult) -> Value {
        let why: Map<String, Value> = queue
            .reasons
            .iter()
            .map(|reason| {
                (
                    reason.interval.to_string(),
                    self.texts.number(&reason.why).into(),
                )
            })
            .collect();
        json!({
            "id": queue.id,
            "lang": queue.language,
            "ch": queue.channel,
            "zone": queue.zone.name(),
            "target": thousandth(queue.target.answered),
            "text": queue.target.text,
            "contacts": column(&queue.forecast, |p| tenth(p.contacts)),
            "p10": column(&queue.forecast, |p| tenth(p.p10)),
            "p90": column(&queue.forecast, |p| tenth(p.p90)),
            "aht": column(&queue.forecast, |p| whole(p.handle_time_s)),
            "past": column(&queue.last_weeks, |week| column(week, |v| v.map_or(Value::Null, tenth))),
            "load": column(&queue.required, |p| hundredth(p.load_erlang)),
            "agents": column(&queue.required, |p| tenth(p.agents)),
            "need": column(&queue.required, |p| tenth(p.scheduled)),
            "rostered": column(&queue.rostered, |v| tenth(*v)),
            "offered": column(&queue.service, |p| hundredth(p.offered)),
            "met": column(&queue.service, |p| hundredth(p.answered_within)),
            "left": column(&queue.service, |p| hundredth(p.abandoned)),
            "sl": column(&queue.service, |p| p.service_level.map_or(Value::Null, thousandth)),
            "lo": column(&queue.service, |p| p.low.map_or(Value::Null, thousandth)),
            "hi": column(&queue.service, |p| p.high.map_or(Value::Null, thousandth)),
            "asa": column(&queue.service, |p| p.asa_s.map_or(Value::Null, tenth)),
            "busy": column(&queue.service, |p| p.occupancy.map_or(Value::Null, thousandth)),
            "why": why,
        })
    }

    fn person(&mut self, person: &Person) -> Value {
        let shifts: Vec<Value> = person
            .shifts
            .iter()
            .map(|shift| self.shift(person, shift))
            .collect();
        json!({
            "id": person.id,
            "name": person.name,
            "site": person.site,
            "zone": person.zone.name(),
            "role": person.role,
            "contract": person.contract,
            "langs": person.languages,
            "chans": person.channels,
            "shifts": shifts,
            "absences": column(&person.absences, |a| json!({
                "reason": a.reason, "start": self.minute(a.start), "end": self.minute(a.end),
            })),
            "wishes": column(&person.wishes, |w| json!({
                "date": w.date.format("%a %-d %b").to_string(), "wants": w.wants, "granted": w.granted, "why": w.why,
            })),
        })
    }

    fn shift(&mut self, person: &Person, shift: &Shift) -> Value {
        let date = shift.date(&person.zone);
        let night = self
            .night
            .get(&(person.id.as_str(), date))
            .copied()
            .unwrap_or(0);
        let pieces: Vec<Value> = shift
            .segments
            .iter()
            .map(|s| {
                json!([
                    self.activities.number(&(s.activity.clone(), s.paid)),
                    s.minutes()
                ])
            })
            .collect();
        json!({
            "number": shift.number,
            "start": self.minute(shift.start()),
            "end": self.minute(shift.end()),
            "paid": shift.paid_minutes(),
            "night": i32::from(night >= NIGHT_SHIFT_MINUTES),
            "pieces": pieces,
            "why": shift.why.as_ref().map(|why| self.texts.number(why)),
        })
    }

    fn minute(&self, at: Instant) -> i64 {
        (at - self.plan.grid.start).num_minutes()
    }
}

/// Values numbered from 0 in order of their first use.
struct Numbered<T> {
    order: Vec<T>,
    numbers: BTreeMap<T, usize>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Numbered<T> {
        Numbered {
            order: Vec::new(),
            numbers: BTreeMap::new(),
        }
    }
}

impl<T: Ord + Clone> Numbered<T> {
    fn number(&mut self, value: &T) -> usize {
        if let Some(number) = self.numbers.get(value) {
            return *number;
        }
        let number = self.order.len();
        self.order.push(value.clone());
        self.numbers.insert(value.clone(), number);
        number
    }
}

/// Per zone in use the offsets in minutes and from when (minutes of the grid) each holds.
fn zones(plan: &PlanResults) -> Map<String, Value> {
    let in_use = std::iter::once(&plan.planner_zone)
        .chain(plan.queues.iter().map(|queue| &queue.zone))
        .chain(plan.sites.iter().map(|site| &site.zone))
        .chain(plan.people.iter().map(|person| &person.zone));
    let mut zones = Map::new();
    for zone in in_use {
        if !zones.contains_key(zone.name()) {
            zones.insert(zone.name().to_owned(), changes(plan, zone));
        }
    }
    zones
}

fn changes(plan: &PlanResults, zone: &Zone) -> Value {
    const QUARTER_HOUR: usize = 15;
    let from = plan.grid.start - TimeDelta::days(MARGIN_DAYS);
    let minutes = (plan.grid.end() - from).num_minutes() + MARGIN_DAYS * 1440;
    let mut changes: Vec<(i64, i32)> = Vec::new();
    // Clocks change on whole quarter hours of UTC.
    for minute in (0..minutes).step_by(QUARTER_HOUR) {
        let at = from + TimeDelta::minutes(minute);
        let offset = zone.offset_seconds(at.timestamp()) / 60;
        if changes.last().is_none_or(|(_, last)| *last != offset) {
            changes.push(((at - plan.grid.start).num_minutes(), offset));
        }
    }
    json!(changes)
}

fn column<T>(items: &[T], value: impl FnMut(&T) -> Value) -> Value {
    Value::Array(items.iter().map(value).collect())
}

fn whole(value: f64) -> Value {
    Value::from(value.round() as i64)
}

fn thousandth(share: f64) -> Value {
    whole(share * 1000.0)
}

fn tenth(value: f64) -> Value {
    short(value, 10.0)
}

fn hundredth(value: f64) -> Value {
    short(value, 100.0)
}

/// Rounded to 1/scale, without a decimal point where it is whole.
fn short(value: f64, scale: f64) -> Value {
    let rounded = (value * scale).round() / scale;
    if rounded.fract() == 0.0 && rounded.abs() < 1e12 {
        whole(rounded)
    } else {
        serde_json::Number::from_f64(rounded).map_or(Value::Null, Value::Number)
    }
}
