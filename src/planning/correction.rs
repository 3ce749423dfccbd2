//! What the simulation teaches the curves.
//!
//! A formula per queue knows nothing of agents who also serve other queues: they help when they are idle there and are missing when they are
//! busy there. So per queue and part of the week two things are learnt from a played roster: how many agents of the formula one
//! allocated agent is worth (above 1 the queue borrows colleagues, below 1 it lends them), and what share is answered in time
//! by colleagues where nobody is allocated at all.

use chrono::{Datelike, Timelike};
use serde::{Deserialize, Serialize};

use crate::calendar::{Grid, Zone};
use crate::staffing::ServiceCurve;

/// Hours of one part of a day.
const PART_HOURS: usize = 4;
const PARTS_PER_DAY: usize = 24 / PART_HOURS;
/// Parts of a week in which curves are corrected alike.
const PARTS: usize = 7 * PARTS_PER_DAY;

/// Contacts by which the queue as a whole speaks for one of its parts, per factor of e on the worth: small parts say little by themselves.
const WHOLE_WEIGHT: f64 = 3.0;
/// The same as a share of the part's own contacts: where nearly all or nearly none are answered, agents' worth cannot be seen.
const WHOLE_SHARE: f64 = 0.05;

/// Least and greatest worth of an agent in the formula's agents.
const WORTHS: (f64, f64) = (0.4, 2.5);
/// How far the share up to which contacts of a weekday count moves per share of them that is missing to the target, and how far it may get from the target.
const DAY_GAIN: f64 = 1.0;
const DAY_LEVELS: (f64, f64) = (-0.3, 1.0);
/// Least and greatest common factor on the worths that makes promise and simulation agree over all parts.
const FACTORS: (f64, f64) = (0.25, 4.0);

/// The part of the week of each interval on the planner's clock.
pub fn parts(grid: &Grid, zone: &Zone) -> Vec<usize> {
    let part = |at| {
        let local = zone.to_local(at);
        local.weekday().num_days_from_monday() as usize * PARTS_PER_DAY
            + local.hour() as usize / PART_HOURS
    };
    grid.instants().map(part).collect()
}

/// Corrections of one queue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Part of the week of each interval.
    #[serde(skip)]
    part: Vec<usize>,
    lessons: Vec<Lesson>,
    /// Where the target holds every day: by how much the share up to which contacts of an interval count is above it, Monday first.
    #[serde(default)]
    of_weekday: [f64; 7],
}

/// What is known of one part of the week.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Lesson {
    /// Agents of the formula that one allocated agent is worth.
    worth: f64,
    /// Share answered in time where nobody is allocated, 0..=1.
    by_colleagues: f64,
}

impl Lesson {
    /// Contacts answered in time by so many allocated agents.
    fn answered(&self, formula: &ServiceCurve, agents: f64) -> f64 {
        let least = self.by_colleagues * formula.offered;
        formula.at(agents * self.worth).max(least)
    }
}

const AS_THE_FORMULA_SAYS: Lesson = Lesson {
    worth: 1.0,
    by_colleagues: 0.0,
};

/// One interval of a played roster.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// Contacts in time by the formula, without correction.
    pub formula: &'a ServiceCurve,
    /// Agents allocated in each slot of the interval.
    pub levels: &'a [f64],
    /// In the simulation: contacts, and those of them answered in time.
    pub offered: f64,
    pub answered: f64,
}

impl Correction {
    pub fn none(part: Vec<usize>) -> Correction {
        Correction {
            part,
            lessons: vec![AS_THE_FORMULA_SAYS; PARTS],
            of_weekday: [0.0; 7],
        }
    }

    /// By how much the share of an interval's contacts that count is above the target of the day.
    pub fn above_target(&self, interval: usize) -> f64 {
        self.of_weekday[self.part[interval] / PARTS_PER_DAY]
    }

    /// Learns on which weekdays a target that holds every day takes more of its intervals, and on which less will do. A contact that is missing to the
    /// target is worth the same on every day, so no day is emptied for another that is as bad.
    pub fn learn_days(&mut self, seen: &[Seen], target: f64) {
        for (weekday, above) in self.of_weekday.iter_mut().enumerate() {
            let of_day =
                (seen.iter().zip(&self.part)).filter(|(_, part)| **part / PARTS_PER_DAY == weekday);
            let (answered, offered) = of_day.fold((0.0, 0.0), |sums, (seen, _)| {
                (sums.0 + seen.answered, sums.1 + seen.offered)
            });
            if offered > 0.0 {
                let missing = target - answered / offered;
                *above = (*above + DAY_GAIN * missing).clamp(DAY_LEVELS.0, DAY_LEVELS.1);
            }
        }
    }

    /// The same for a plan whose intervals lie in these parts; `None` where it knows other parts.
    pub fn on(mut self, part: Vec<usize>) -> Option<Correction> {
        (self.lessons.len() == PARTS).then(|| {
            self.part = part;
            self
        })
    }

    /// The corrected curve of an interval: contacts answered in time by 0, 1, 2 ... allocated agents.
    pub fn apply(&self, interval: usize, formula: &ServiceCurve) -> ServiceCurve {
        let lesson = self.lessons[self.part[interval]];
        let most = (formula.n_max() as f64 / lesson.worth).ceil() as usize;
        ServiceCurve {
            answered: (0..=most)
                .map(|agents| lesson.answered(formula, agents as f64))
                .collect(),
            offered: formula.offered,
        }
    }

    /// Learns from one played roster; `weight` 0..=1 is that of this lesson against all before it.
    pub fn learn(&mut self, seen: &[Seen], weight: f64) {
        let whole = Lesson {
            worth: worth(seen, 1.0, 0.0),
            by_colleagues: by_colleagues(seen, 0.0),
        };
        for (part, old) in self.lessons.iter_mut().enumerate() {
            let of_part: Vec<Seen> = seen
                .iter()
                .zip(&self.part)
                .filter(|(_, other)| **other == part)
                .map(|(seen, _)| *seen)
                .collect();
            let new = worth(&of_part, whole.worth, WHOLE_WEIGHT);
            old.worth = old.worth.powf(1.0 - weight) * new.powf(weight);
            let new = by_colleagues(&of_part, whole.by_colleagues);
            old.by_colleagues += weight * (new - old.by_colleagues);
        }
    }

    /// The lesson after which promise and simulation agree over the whole of what was played: nothing is planned from it any more, so it needs no
    /// caution.
    pub fn agree(&mut self, seen: &[Seen]) {
        self.learn(seen, 1.0);
        let answered: f64 = seen.iter().map(Seen::expected).sum();
        let apart = |correction: &Correction| (correction.promised(seen) - answered).abs();
        let before = self.clone();
        let factor = bisect(FACTORS, |factor| {
            self.scale(&before, factor);
            self.promised(seen) > answered
        });
        self.scale(&before, factor);
        // Where nobody is allocated, no factor changes the promise, and people who may be hired for the queue are planned by what stands here.
        if apart(self) >= apart(&before) {
            *self = before;
        }
    }

    fn scale(&mut self, before: &Correction, factor: f64) {
        for (lesson, before) in self.lessons.iter_mut().zip(&before.lessons) {
            lesson.worth = before.worth * factor;
        }
    }

    fn promised(&self, seen: &[Seen]) -> f64 {
        seen.iter()
            .enumerate()
            .map(|(interval, seen)| {
                let lesson = self.lessons[self.part[interval]];
                seen.promised(lesson)
            })
            .sum()
    }
}

impl Seen<'_> {
    /// Contacts in time of as many as the curve expects: chance in the number of contacts is not the curve's business.
    fn expected(&self) -> f64 {
        if self.offered > 0.0 {
            self.answered / self.offered * self.formula.offered
        } else {
            0.0
        }
    }

    fn promised(&self, lesson: Lesson) -> f64 {
        let of_level = |level: &f64| {
            // The corrected curve has its corners at whole allocated agents.
            let below = level.floor();
            let [low, high] =
                [below, below + 1.0].map(|agents| lesson.answered(self.formula, agents));
            low + (level - below) * (high - low)
        };
        self.levels.iter().map(of_level).sum::<f64>() / self.levels.len() as f64
    }
}

/// Share answered in time where nobody is allocated; drawn towards `usual`.
fn by_colleagues(seen: &[Seen], usual: f64) -> f64 {
    let alone = seen
        .iter()
        .filter(|seen| seen.levels.iter().all(|level| *level < 0.5));
    let (answered, offered) = alone.fold((0.0, 0.0), |(answered, offered), seen| {
        (answered + seen.answered, offered + seen.offered)
    });
    (answered + WHOLE_WEIGHT * usual) / (offered + WHOLE_WEIGHT)
}

/// The worth of an agent with which formula and simulation agree over the staffed intervals; drawn towards `usual` by so many contacts.
fn worth(seen: &[Seen], usual: f64, weight: f64) -> f64 {
    let staffed: Vec<&Seen> = seen
        .iter()
        .filter(|seen| seen.offered > 0.0 && seen.levels.iter().any(|level| *level >= 0.5))
        .collect();
    let offered: f64 = staffed.iter().map(|seen| seen.formula.offered).sum();
    let answered: f64 = staffed.iter().map(|seen| seen.expected()).sum();
    let pull = if weight > 0.0 {
        weight + WHOLE_SHARE * offered
    } else {
        1e-9
    };
    bisect(WORTHS, |worth| {
        let lesson = Lesson {
            worth,
            by_colleagues: 0.0,
        };
        let promised: f64 = staffed.iter().map(|seen| seen.promised(lesson)).sum();
        promised + pull * (worth / usual).ln() > answered
    })
}

/// Where something that grows becomes too much, on a scale of factors.
fn bisect(range: (f64, f64), mut too_much: impl FnMut(f64) -> bool) -> f64 {
    let (mut low, mut high) = range;
    for _ in 0..40 {
        let middle = (low * high).sqrt();
        if too_much(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    (low * high).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formula() -> ServiceCurve {
        ServiceCurve {
            answered: vec![0.0, 600.0, 900.0, 980.0, 1000.0],
            offered: 1000.0,
        }
    }

    fn seen<'a>(formula: &'a ServiceCurve, levels: &'a [f64], answered: f64) -> Seen<'a> {
        Seen {
            formula,
            levels,
            offered: 1000.0,
            answered,
        }
    }

    #[test]
    fn a_lesson_makes_promise_and_simulation_agree() {
        let formula = formula();
        for answered in [500.0, 750.0, 940.0] {
            let mut correction = Correction::none(vec![0]);
            correction.agree(&[seen(&formula, &[1.0, 2.0], answered)]);
            let corrected = correction.apply(0, &formula);
            let promised = (corrected.at(1.0) + corrected.at(2.0)) / 2.0;
            assert!((promised - answered).abs() < 12.0, "{promised} {answered}");
        }
    }

    #[test]
    fn nothing_is_learnt_of_agents_where_there_are_none() {
        let formula = formula();
        let mut correction = Correction::none(vec![0]);
        correction.agree(&[seen(&formula, &[0.0, 0.0], 0.0)]);
        let of_one = correction.apply(0, &formula).at(1.0);
        assert!((of_one - 600.0).abs() < 1.0, "{of_one}");
    }

    #[test]
    fn a_weekday_below_its_target_takes_more_and_one_above_it_less() {
        let formula = formula();
        let mut correction = Correction::none(vec![0, PARTS_PER_DAY, 2 * PARTS_PER_DAY]);
        let day = |answered| seen(&formula, &[2.0], answered);
        correction.learn_days(&[day(500.0), day(800.0), day(990.0)], 0.8);
        let above = [0, 1, 2].map(|interval| correction.above_target(interval));
        assert!(
            above[0] > 0.2 && above[1].abs() < 1e-9 && above[2] < -0.1,
            "{above:?}"
        );
        (0..99).for_each(|_| correction.learn_days(&[day(0.0), day(800.0), day(1000.0)], 0.8));
        let above = [0, 2].map(|interval| correction.above_target(interval));
        assert_eq!(above, [DAY_LEVELS.1, DAY_LEVELS.0], "within bounds");
    }

    #[test]
    fn helpful_colleagues_make_an_agent_worth_more_and_needy_ones_less() {
        let formula = formula();
        let worth = |answered: f64| {
            let mut correction = Correction::none(vec![0]);
            correction.learn(&[seen(&formula, &[2.0], answered)], 1.0);
            correction.lessons[0].worth
        };
        assert!(worth(980.0) > 1.2);
        assert!(worth(600.0) < 0.7);
        assert!((worth(900.0) - 1.0).abs() < 0.01);
    }

    #[test]
    fn what_colleagues_answer_is_promised_without_anybody() {
        let formula = formula();
        let mut correction = Correction::none(vec![0, 0]);
        correction.learn(
            &[seen(&formula, &[0.0], 700.0), seen(&formula, &[2.0], 900.0)],
            1.0,
        );
        let corrected = correction.apply(0, &formula);
        assert!((corrected.answered[0] - 700.0).abs() < 1.0);
        assert!(corrected.answered.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(
            corrected
                .answered
                .iter()
                .all(|answered| *answered <= 1000.0)
        );
    }
}
