//! The generated centre: three sites on three continents, many languages, phone, chat and e-mail.

use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use followsun::calendar::{DailyWindow, Grid, Zone};
use followsun::roster::problem::*;

use super::Args;

/// A small generator of its own: the same numbers on every machine.
struct Lcg(u64);

impl Lcg {
    fn unit(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
    fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }
}

/// The same centre for the same arguments.
pub fn centre(args: &Args) -> Problem {
    let mut dice = Lcg(42);
    let first = NaiveDate::from_ymd_opt(2026, 10, 19).expect("a date");
    let zones = ["Europe/Vilnius", "Asia/Manila", "America/Bogota"]
        .map(|name| Zone::named(name).expect("a zone"));
    let origin = zones
        .iter()
        .map(|zone| zone.start_of_day(first))
        .min()
        .expect("zones");
    let end = zones
        .iter()
        .map(|zone| zone.start_of_day(first + TimeDelta::days(7)))
        .max()
        .expect("zones")
        + TimeDelta::hours(12);
    let slots = ((end - origin).num_minutes() / i64::from(args.slot)) as usize;
    let minute = |at: chrono::DateTime<chrono::Utc>| (at - origin).num_minutes() as i32;
    let sites: Vec<Site> = zones
        .iter()
        .map(|zone| Site {
            zone: zone.clone(),
            days: (0..7)
                .map(|d| {
                    let date = first + TimeDelta::days(d);
                    Day {
                        date,
                        span: Span {
                            start: minute(zone.start_of_day(date)),
                            end: minute(zone.start_of_day(date + TimeDelta::days(1))),
                        },
                        week: 0,
                    }
                })
                .collect(),
            seats: None,
            holidays: Vec::new(),
            closed: Vec::new(),
        })
        .collect();
    let breaks = vec![
        Break {
            name: "rest".into(),
            minutes: 15,
            paid: true,
            after: 90,
            before: 210,
            if_shift_over: 225,
        },
        Break {
            name: "meal".into(),
            minutes: 30,
            paid: false,
            after: 180,
            before: 330,
            if_shift_over: 345,
        },
        Break {
            name: "rest".into(),
            minutes: 15,
            paid: true,
            after: 330,
            before: 435,
            if_shift_over: 465,
        },
    ];
    let contract = |paid: (i32, i32), days, lengths: &[i32]| WorkRules {
        paid_minutes_per_week: paid,
        days_per_week: days,
        shift_minutes: lengths.to_vec(),
        start_every: 30,
        earliest_start: None,
        latest_start: None,
        rest: 660,
        max_consecutive_days: Some(6),
        min_consecutive_days_off: None,
        max_nights_per_week: None,
        max_consecutive_nights: None,
        weekends_off: None,
        same_start_within: None,
        breaks: breaks.clone(),
        overtime: None,
        premium: Premium {
            night: 0.3,
            saturday: 0.0,
            sunday: 0.5,
            holiday: 1.0,
        },
        hire: None,
        terms: Default::default(),
    };
    let contracts = vec![
        contract((1920, 2400), (4, 5), &[480, 600]),
        contract((1200, 1440), (3, 5), &[240, 360, 480]),
        contract((0, 2400), (0, 6), &[240, 360, 480]),
    ];
    let mut pools: Vec<Pool> = Vec::new();
    let mut people = Vec::new();
    let mut shares = vec![0.0; args.languages];
    for _ in 0..args.people {
        let main = (dice.unit() * dice.unit() * args.languages as f64) as usize;
        let mut languages = vec![main];
        if dice.unit() < 0.35 {
            let other = dice.below(args.languages);
            if other != main {
                languages.push(other);
            }
        }
        shares[main] += 1.0;
        let channels: &[usize] = match dice.below(10) {
            0..6 => &[0, 1, 2],
            6..8 => &[0, 2],
            8 => &[1, 2],
            _ => &[0],
        };
        languages.sort();
        let skills: Vec<(usize, f64)> = languages
            .iter()
            .flat_map(|l| channels.iter().map(move |c| (l * 3 + c, 1.0)))
            .collect();
        let pool = pools
            .iter()
            .position(|p| p.skills == skills)
            .unwrap_or_else(|| {
                pools.push(Pool { skills });
                pools.len() - 1
            });
        let contract = [0, 0, 0, 0, 1, 2][dice.below(6)];
        people.push(Person {
            site: dice.below(3),
            contract,
            pool: Some(pool),
            window: match dice.below(10) {
                0..3 => Some(DailyWindow {
                    earliest_start: 360,
                    latest_end: 1320,
                }),
                3 => Some(DailyWindow {
                    earliest_start: 840,
                    latest_end: 1920,
                }),
                _ => None,
            },
            cost_per_hour: [15.0, 14.0, 21.0][contract],
            absences: Vec::new(),
            absent_days: vec![false; 7],
            locked: Vec::new(),
            before: Vec::new(),
            carried: Vec::new(),
            known: Vec::new(),
            spared: Vec::new(),
            wishes: Vec::new(),
            record: Default::default(),
        });
    }
    let grid = Grid::of_weeks(&zones[0], first, 1, 30);
    let mut queues = Vec::new();
    for share in &shares {
        // Agents at work on average, before skills: 5 of 21 eight-hour slots a week.
        let agents = share * 0.2 * args.load;
        for (channel, part) in [(0, 0.5), (1, 0.25), (2, 0.25)] {
            let erlang = |slot: usize| {
                let at = origin + TimeDelta::minutes(slot as i64 * i64::from(args.slot));
                let hour = (at.timestamp() % 86_400) as f64 / 3600.0;
                (at >= grid.start && at < grid.end()).then_some(
                    agents
                        * part
                        * (1.0 - 0.7 * ((hour - 1.0) / 24.0 * std::f64::consts::TAU).cos()),
                )
            };
            if channel == 2 {
                let mut units = Vec::new();
                let mut waiting = 0.0;
                for slot in 0..slots {
                    waiting += erlang(slot).unwrap_or(0.0) / 0.92;
                    while waiting >= 1.0 {
                        waiting -= 1.0;
                        units.push(WorkUnit {
                            release: slot as u32,
                            due: (slot + 480 / args.slot as usize).min(slots) as u32,
                            worth: 60.0,
                        });
                    }
                }
                queues.push(QueueDemand::Deferred { units });
            } else {
                queues.push(QueueDemand::Live {
                    worth: (0..slots)
                        .map(|slot| {
                            erlang(slot).map_or(Arc::from([]), |erlang| worth(erlang, args.slot))
                        })
                        .collect(),
                });
            }
        }
    }
    Problem {
        origin,
        slot_minutes: args.slot,
        slots,
        free_from: i32::MIN,
        told_duties: Vec::new(),
        weeks: 1,
        sites,
        contracts,
        pools,
        people,
        service: ServiceDemand { queues },
        covers: Vec::new(),
        activities: Vec::new(),
        wish_cost: 10.0,
        soft: Default::default(),
    }
}

/// Concave worth of agents for a load: 40 money per contact answered below 80 %, 4 above.
fn worth(erlang: f64, slot: i32) -> Arc<[f64]> {
    let contacts = erlang * f64::from(slot) / 5.5;
    let value = |level: f64| contacts * (40.0 * level.min(0.8) + 4.0 * level);
    let mut blocking = 1.0;
    let mut points = vec![0.0];
    for n in 1..(erlang * 1.6 + 8.0) as usize {
        blocking = erlang * blocking / (n as f64 + erlang * blocking);
        let n = n as f64 * 0.92;
        let level = if n <= erlang {
            0.3 * n / erlang
        } else {
            1.0 - n / (n - erlang * (1.0 - blocking))
                * blocking
                * (-(n - erlang) * 20.0 / 330.0).exp()
        };
        points.push(value(level.clamp(0.0, 1.0)));
    }
    let mut hull: Vec<usize> = vec![0];
    for next in 1..points.len() {
        while hull.len() > 1 {
            let (a, b) = (hull[hull.len() - 2], hull[hull.len() - 1]);
            if (points[b] - points[a]) / ((b - a) as f64)
                <= (points[next] - points[a]) / ((next - a) as f64)
            {
                hull.pop();
            } else {
                break;
            }
        }
        hull.push(next);
    }
    let mut worth = Vec::new();
    for pair in hull.windows(2) {
        let step = (points[pair[1]] - points[pair[0]]) / (pair[1] - pair[0]) as f64;
        worth.extend(std::iter::repeat_n(step.max(0.0), pair[1] - pair[0]));
    }
    worth.into()
}
