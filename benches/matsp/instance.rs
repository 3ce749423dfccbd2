//! The format of Qu and Curtois' multi-activity tour scheduling instances (2020), and an independent count of a roster's cost and broken rules.

use crate::common::sections;
use followsun::roster::columns::pricers::tasks::{TaskPricer, TaskRules};
use followsun::roster::columns::{Cell, CoverCost, Group, Problem};

/// Slots of a quarter of an hour in a day; the horizon starts at 06:00.
pub const DAY: usize = 96;
const FIRST: usize = 24;
/// Slots of a stretch that neighbourhoods free or settle as a whole: three hours.
const PERIOD: usize = 12;
/// Cost of a missing person: well above the surplus that could be saved by it, but not so far that prices are lost in it.
const MISSING: f64 = 60.0;

pub struct Instance {
    pub days: usize,
    pub tasks: usize,
    /// Name, least and most minutes.
    pub staff: Vec<(String, u32, u32)>,
    /// Least and most cover, `slot * tasks + task`.
    pub cover: Vec<(u32, u32)>,
}

/// A stay on a task: slot from the start of the horizon, task from 0, slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    pub slot: usize,
    pub task: usize,
    pub slots: usize,
}

pub fn read(text: &str) -> Option<Instance> {
    let mut instance = Instance {
        days: 0,
        tasks: 0,
        staff: Vec::new(),
        cover: Vec::new(),
    };
    for (section, words) in sections(text) {
        match section {
            "HORIZON" => instance.days = words[0].parse().ok()?,
            "TASKS" => {
                instance.tasks = words[0].parse().ok()?;
                instance.cover = vec![(0, u32::MAX); instance.days * DAY * instance.tasks];
            }
            "STAFF" => instance.staff.push((
                words[0].to_owned(),
                words[1].parse().ok()?,
                words[2].parse().ok()?,
            )),
            "COVER" => {
                let (hour, minute) = words[1].split_once('-')?.0.split_once(':')?;
                let time = hour.parse::<usize>().ok()? * 4 + minute.parse::<usize>().ok()? / 15;
                let slot =
                    ((words[0].parse::<usize>().ok()? - 1) * DAY + time).checked_sub(FIRST)?;
                let task = words[2].parse::<usize>().ok()?.checked_sub(1)?;
                *instance.cover.get_mut(slot * instance.tasks + task)? =
                    (words[3].parse().ok()?, words[4].parse().ok()?);
            }
            _ => {}
        }
    }
    (instance.days > 0 && instance.tasks > 0).then_some(instance)
}

/// Whether a shift may start at this quarter of the day.
fn may_start(quarter: usize) -> bool {
    quarter == 0
        || (24..=40).contains(&quarter)
        || (56..=72).contains(&quarter)
        || (80..=95).contains(&quarter)
}

impl Instance {
    pub fn slots(&self) -> usize {
        self.days * DAY
    }

    /// The people of every group, as indices into the staff: those with the same minutes.
    pub fn groups(&self) -> Vec<Vec<usize>> {
        let mut kinds: Vec<((u32, u32), Vec<usize>)> = Vec::new();
        for (index, &(_, least, most)) in self.staff.iter().enumerate() {
            match kinds.iter_mut().find(|kind| kind.0 == (least, most)) {
                Some(kind) => kind.1.push(index),
                None => kinds.push(((least, most), vec![index])),
            }
        }
        kinds.into_iter().map(|kind| kind.1).collect()
    }

    pub fn problem(&self) -> Problem<'static> {
        let people = self.staff.len() as u32;
        let period = |slot: usize| (slot / PERIOD) as u32;
        let cells = (self.cover.iter().enumerate())
            .map(|(cell, &(least, most))| Cell {
                cost: CoverCost::squared_surplus(least, most.min(people), MISSING, people),
                period: period(cell / self.tasks),
            })
            .collect();
        let groups = (self.groups().iter())
            .map(|members| {
                let (_, least, most) = &self.staff[members[0]];
                let rules = TaskRules {
                    tasks: self.tasks,
                    day: (0..self.slots())
                        .map(|slot| ((slot + FIRST) / DAY) as u32)
                        .collect(),
                    starts: (0..self.slots())
                        .map(|slot| may_start((slot + FIRST) % DAY))
                        .collect(),
                    length: (24, 40),
                    rest: 56,
                    stay: 4,
                    max_run: 5,
                    worked: (least.div_ceil(15) as usize, (most / 15) as usize),
                };
                let pricer = TaskPricer::new(rules, (0..self.slots()).map(period).collect());
                Group {
                    people: members.len(),
                    pricer: Box::new(pricer) as Box<_>,
                }
            })
            .collect();
        Problem {
            cells,
            groups,
            whole_tour_costs: true,
        }
    }

    /// Counts stays per employee from the file's own words; broken rules are named.
    pub fn recount(&self, stays: &[Vec<Stay>]) -> (f64, Vec<String>) {
        let mut broken = Vec::new();
        let mut cover = vec![0u32; self.cover.len()];
        for ((name, least, most), stays) in self.staff.iter().zip(stays) {
            let minutes: usize = stays.iter().map(|stay| stay.slots * 15).sum();
            if minutes < *least as usize || minutes > *most as usize {
                broken.push(format!("{name}: {minutes} minutes"));
            }
            // Stays without a gap between them are one shift.
            let mut shifts: Vec<(usize, usize)> = Vec::new();
            for stay in stays {
                if stay.slots < 4 {
                    broken.push(format!("{name}: stay of {} slots", stay.slots));
                }
                match shifts.last_mut() {
                    Some(last) if last.1 == stay.slot => last.1 += stay.slots,
                    _ => shifts.push((stay.slot, stay.slot + stay.slots)),
                }
                for slot in stay.slot..stay.slot + stay.slots {
                    match cover.get_mut(slot * self.tasks + stay.task) {
                        Some(cover) => *cover += 1,
                        None => broken.push(format!("{name}: works beyond the horizon")),
                    }
                }
            }
            for &(start, end) in &shifts {
                if !(24..=40).contains(&(end - start)) {
                    broken.push(format!("{name}: shift of {} slots", end - start));
                }
                if !may_start((start + FIRST) % DAY) {
                    broken.push(format!("{name}: starts in slot {start}"));
                }
            }
            let days: Vec<usize> = shifts.iter().map(|shift| (shift.0 + FIRST) / DAY).collect();
            for (pair, days) in shifts.windows(2).zip(days.windows(2)) {
                if pair[1].0 < pair[0].1 + 56 || days[0] == days[1] {
                    broken.push(format!(
                        "{name}: shifts at {} and {} too close",
                        pair[0].0, pair[1].0
                    ));
                }
            }
            for six in days.windows(6) {
                if six[5] - six[0] == 5 {
                    broken.push(format!("{name}: six days in a row"));
                }
            }
        }
        let mut cost = 0.0;
        for (cell, (&here, &(least, most))) in cover.iter().zip(&self.cover).enumerate() {
            if here < least {
                broken.push(format!(
                    "slot {} task {}: {here} of {least}",
                    cell / self.tasks,
                    cell % self.tasks + 1
                ));
            }
            cost += f64::from(here.saturating_sub(most)).powi(2);
        }
        (cost, broken)
    }
}
