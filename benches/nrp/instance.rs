//! The format of Curtois and Qu's staff scheduling instances (2014), and an independent count of a roster's cost and broken rules.

use std::collections::HashMap;

use crate::common::sections;
use followsun::roster::columns::pricers::days::{DayPricer, DayRules, ShiftType};
use followsun::roster::columns::{Cell, CoverCost, Group, Problem};

pub struct Shift {
    pub id: String,
    pub minutes: u32,
    pub not_next: Vec<String>,
}

pub struct Employee {
    pub id: String,
    pub most: HashMap<String, u32>,
    pub minutes: (u32, u32),
    pub max_run: usize,
    pub min_run: usize,
    pub min_off: usize,
    pub max_weekends: u32,
    pub off: Vec<usize>,
    /// Day, shift, weight.
    pub on_requests: Vec<(usize, String, f64)>,
    pub off_requests: Vec<(usize, String, f64)>,
}

pub struct Cover {
    pub day: usize,
    pub shift: String,
    /// Some files say -0.
    pub need: i32,
    pub under: f64,
    pub over: f64,
}

pub struct Instance {
    pub days: usize,
    pub shifts: Vec<Shift>,
    pub staff: Vec<Employee>,
    pub covers: Vec<Cover>,
}

pub fn read(text: &str) -> Option<Instance> {
    let mut instance = Instance {
        days: 0,
        shifts: Vec::new(),
        staff: Vec::new(),
        covers: Vec::new(),
    };
    for (section, words) in sections(text) {
        match section {
            "HORIZON" => instance.days = words[0].parse().ok()?,
            "SHIFTS" => {
                let not_next = words
                    .get(2)
                    .map(|list| {
                        list.split('|')
                            .filter(|id| !id.is_empty())
                            .map(str::to_owned)
                            .collect()
                    })
                    .unwrap_or_default();
                instance.shifts.push(Shift {
                    id: words[0].to_owned(),
                    minutes: words[1].parse().ok()?,
                    not_next,
                });
            }
            "STAFF" => {
                let most = words[1]
                    .split('|')
                    .filter_map(|pair| pair.split_once('='))
                    .filter_map(|(id, n)| Some((id.to_owned(), n.parse().ok()?)))
                    .collect();
                let number = |at: usize| words.get(at).and_then(|word| word.parse::<u32>().ok());
                instance.staff.push(Employee {
                    id: words[0].to_owned(),
                    most,
                    minutes: (number(3)?, number(2)?),
                    max_run: number(4)? as usize,
                    min_run: number(5)? as usize,
                    min_off: number(6)? as usize,
                    max_weekends: number(7)?,
                    off: Vec::new(),
                    on_requests: Vec::new(),
                    off_requests: Vec::new(),
                });
            }
            "DAYS_OFF" => {
                let employee = instance
                    .staff
                    .iter_mut()
                    .find(|employee| employee.id == words[0])?;
                employee.off.extend(
                    words[1..]
                        .iter()
                        .filter_map(|day| day.parse::<usize>().ok()),
                );
            }
            "SHIFT_ON_REQUESTS" | "SHIFT_OFF_REQUESTS" => {
                let request = (
                    words[1].parse().ok()?,
                    words[2].to_owned(),
                    words[3].parse().ok()?,
                );
                let employee = instance
                    .staff
                    .iter_mut()
                    .find(|employee| employee.id == words[0])?;
                if section == "SHIFT_ON_REQUESTS" {
                    employee.on_requests.push(request)
                } else {
                    employee.off_requests.push(request)
                }
            }
            "COVER" => instance.covers.push(Cover {
                day: words[0].parse().ok()?,
                shift: words[1].to_owned(),
                need: words[2].parse().ok()?,
                under: words[3].parse().ok()?,
                over: words[4].parse().ok()?,
            }),
            _ => {}
        }
    }
    (instance.days > 0).then_some(instance)
}

impl Instance {
    fn type_of(&self, id: &str) -> Option<usize> {
        self.shifts.iter().position(|shift| shift.id == id)
    }

    /// Rules and wishes of one employee.
    pub fn rules(&self, employee: &Employee) -> DayRules {
        let (days, types) = (self.days, self.shifts.len());
        let mut off_cost = vec![0.0; days];
        let mut work_cost = vec![0.0; days * types];
        for (day, shift, weight) in &employee.on_requests {
            off_cost[*day] += weight;
            for t in (0..types).filter(|&t| self.shifts[t].id != *shift) {
                work_cost[day * types + t] += weight;
            }
        }
        for (day, shift, weight) in &employee.off_requests {
            if let Some(t) = self.type_of(shift) {
                work_cost[day * types + t] += weight;
            }
        }
        DayRules {
            types: self
                .shifts
                .iter()
                .map(|shift| ShiftType {
                    minutes: shift.minutes,
                    not_next: shift
                        .not_next
                        .iter()
                        .filter_map(|id| self.type_of(id))
                        .collect(),
                })
                .collect(),
            most: self
                .shifts
                .iter()
                .map(|shift| employee.most.get(&shift.id).copied().unwrap_or(u32::MAX))
                .collect(),
            minutes: employee.minutes,
            max_run: employee.max_run,
            min_run: employee.min_run,
            min_off: employee.min_off,
            max_weekends: employee.max_weekends,
            weekend: (0..days)
                .map(|day| (day % 7 >= 5 && day / 7 < days / 7).then_some((day / 7) as u32))
                .collect(),
            off: (0..days).map(|day| employee.off.contains(&day)).collect(),
            off_cost,
            work_cost,
            cells: (0..(days * types) as u32).collect(),
            period: (0..days as u32).collect(),
        }
    }

    pub fn problem(&self) -> Problem<'static> {
        let types = self.shifts.len();
        let mut cells: Vec<Cell> = (0..self.days * types)
            .map(|place| Cell {
                cost: CoverCost::new(0.0, vec![0.0]),
                period: (place / types) as u32,
            })
            .collect();
        for cover in &self.covers {
            if let Some(t) = self.type_of(&cover.shift) {
                cells[cover.day * types + t].cost =
                    CoverCost::band(cover.need.max(0) as u32, cover.under, cover.over);
            }
        }
        let groups = self
            .staff
            .iter()
            .map(|employee| Group {
                people: 1,
                pricer: Box::new(DayPricer::new(self.rules(employee))) as Box<_>,
            })
            .collect();
        let whole_tour_costs = self.staff.iter().all(|employee| {
            employee
                .on_requests
                .iter()
                .chain(&employee.off_requests)
                .all(|request| request.2.fract() == 0.0)
        });
        Problem {
            cells,
            groups,
            whole_tour_costs,
        }
    }

    /// Counts a grid (shift id or empty, per employee and day) from the file's own words; broken rules are named.
    pub fn recount(&self, grid: &[Vec<String>]) -> (f64, Vec<String>) {
        let mut broken = Vec::new();
        let mut cost = 0.0;
        for (employee, row) in self.staff.iter().zip(grid) {
            let id = &employee.id;
            let length = |shift: &String| {
                self.shifts
                    .iter()
                    .find(|other| other.id == *shift)
                    .map_or(0, |found| found.minutes)
            };
            let minutes: u32 = row.iter().map(length).sum();
            if minutes < employee.minutes.0 || minutes > employee.minutes.1 {
                broken.push(format!("{id}: {minutes} minutes"));
            }
            for (shift, most) in &employee.most {
                if row.iter().filter(|other| *other == shift).count() > *most as usize {
                    broken.push(format!("{id}: too many {shift}"));
                }
            }
            for &day in employee.off.iter().filter(|&&day| !row[day].is_empty()) {
                broken.push(format!("{id}: works on free day {day}"));
            }
            for (day, pair) in row.windows(2).enumerate() {
                if self
                    .shifts
                    .iter()
                    .any(|shift| shift.id == pair[0] && shift.not_next.contains(&pair[1]))
                {
                    broken.push(format!(
                        "{id}: {} after {} on day {}",
                        pair[1],
                        pair[0],
                        day + 1
                    ));
                }
            }
            let weekends = (0..self.days / 7)
                .filter(|week| !row[7 * week + 5].is_empty() || !row[7 * week + 6].is_empty())
                .count();
            if weekends > employee.max_weekends as usize {
                broken.push(format!("{id}: {weekends} weekends"));
            }
            let mut first = 0;
            for day in 1..=self.days {
                if day < self.days && row[day].is_empty() == row[first].is_empty() {
                    continue;
                }
                let (length, edge, work) = (
                    day - first,
                    first == 0 || day == self.days,
                    !row[first].is_empty(),
                );
                let short = !edge
                    && length
                        < if work {
                            employee.min_run
                        } else {
                            employee.min_off
                        };
                if short || (work && length > employee.max_run) {
                    broken.push(format!("{id}: run of {length} from day {first}"));
                }
                first = day;
            }
            cost += employee
                .on_requests
                .iter()
                .filter(|(day, shift, _)| row[*day] != *shift)
                .map(|request| request.2)
                .sum::<f64>();
            cost += employee
                .off_requests
                .iter()
                .filter(|(day, shift, _)| row[*day] == *shift)
                .map(|request| request.2)
                .sum::<f64>();
        }
        for cover in &self.covers {
            let here = grid
                .iter()
                .filter(|row| row[cover.day] == cover.shift)
                .count() as f64;
            let need = f64::from(cover.need);
            cost += cover.under * (need - here).max(0.0) + cover.over * (here - need).max(0.0);
        }
        (cost, broken)
    }
}
