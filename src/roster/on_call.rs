//! On-call duty: people who stand by outside their shifts and may be called in. A duty is one stretch of time that one person takes whole. Duties are
//! given out on a finished roster and never change it: standing by is no work, so it counts in no hours and no days.

use chrono::{Datelike, Weekday};

use super::problem::{Minute, Problem, Span, Tour};
use super::rules::{Broken, night_minutes};

/// Who stands by when.
#[derive(Debug, Clone, PartialEq)]
pub struct StandBy {
    /// What asks for it, in the scenario's words.
    pub said: String,
    /// The people who may.
    pub members: Vec<usize>,
    /// In order of time, apart from each other.
    pub duties: Vec<Span>,
    /// So many at once.
    pub people: u32,
    /// Pay of an hour, as a share of the person's hourly cost.
    pub pay: f64,
    /// Least minutes from the end of a duty to the person's next shift.
    pub rest: Minute,
    /// Most duties of one person in a week of the plan.
    pub most_per_week: Option<u32>,
}

/// One person on one duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OnCall {
    /// Index into the stand-bys.
    pub asked: usize,
    /// Index into its duties.
    pub duty: usize,
    pub person: usize,
}

/// What an equal share is worth: the n-th duty of a person costs this share of the dearest duty's pay more than the one before.
const SHARE: f64 = 0.1;
/// Duties that may change hands so that one more is taken.
const DEPTH: usize = 4;

/// Money for a duty.
pub fn pay(problem: &Problem, asked: &StandBy, duty: Span, person: usize) -> f64 {
    f64::from(duty.minutes()) / 60.0 * asked.pay * problem.people[person].cost_per_hour
}

/// Why somebody may not take a duty beside their shifts, in words; `None` where they may.
fn barred(
    problem: &Problem,
    tour: &Tour,
    asked: &StandBy,
    duty: Span,
    person: usize,
) -> Option<String> {
    let own = &problem.people[person];
    if !asked.members.contains(&person) {
        return Some("is none of those who may".to_owned());
    }
    if own.absences.iter().any(|absence| absence.overlaps(duty)) {
        return Some("is absent".to_owned());
    }
    let planned = tour.shifts.iter().map(|shift| shift.span);
    for shift in own.before.iter().copied().chain(planned) {
        if shift.overlaps(duty) {
            return Some("is at work".to_owned());
        }
        if (duty.end..duty.end + asked.rest).contains(&shift.start) {
            return Some("starts work too soon after it".to_owned());
        }
    }
    let terms = &problem.rules(person).terms;
    let site = problem.site(person);
    let date = site.zone.date(problem.instant(duty.start));
    if terms.no_nights && night_minutes(problem, person, duty) > 0 {
        return Some("does no night work".to_owned());
    }
    let holiday = site.holidays.binary_search(&date).is_ok();
    if (terms.no_sundays && date.weekday() == Weekday::Sun) || (terms.no_holidays && holiday) {
        return Some("does no work on such a day".to_owned());
    }
    None
}

/// Week of the plan in which a duty begins, on a person's clock.
fn week_of(problem: &Problem, person: usize, duty: Span) -> i64 {
    let site = problem.site(person);
    let date = site.zone.date(problem.instant(duty.start));
    let first = site.days.first().map_or(date, |day| day.date);
    (date - first).num_days().div_euclid(7)
}

/// Gives the duties to people: as many as can be, then cheaply and in like shares. What nobody can take is left out.
pub fn give_out(problem: &Problem, tours: &[Tour], asked: &[StandBy]) -> Vec<OnCall> {
    give_out_beside(problem, tours, asked, &[])
}

/// The same where people have been told duties: who still can keeps theirs.
pub fn give_out_beside(
    problem: &Problem,
    tours: &[Tour],
    asked: &[StandBy],
    told: &[OnCall],
) -> Vec<OnCall> {
    let mut board = Board::new(problem, tours, asked);
    for &one in told {
        board.keep(one);
    }
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (number, stand_by) in asked.iter().enumerate() {
        for duty in 0..stand_by.duties.len() {
            let kept = board.kept.iter();
            let kept = kept.filter(|one| (one.asked, one.duty) == (number, duty));
            let open = (stand_by.people as usize).saturating_sub(kept.count());
            places.extend((0..open).map(|_| (number, duty)));
        }
    }
    // Those for which fewest could be found go first.
    places.sort_by_key(|&(number, duty)| board.able[number][duty].len());
    for (number, duty) in places {
        board.fill(number, duty, DEPTH);
    }
    while board.cheaper() {}
    board.taken.sort();
    board.taken
}

struct Board<'a> {
    problem: &'a Problem,
    asked: &'a [StandBy],
    /// Per stand-by and duty: who could take it beside their shifts.
    able: Vec<Vec<Vec<usize>>>,
    taken: Vec<OnCall>,
    /// Those of them that stay.
    kept: Vec<OnCall>,
    /// Money by which a further duty of one person costs more.
    share: f64,
}

impl Board<'_> {
    fn new<'a>(problem: &'a Problem, tours: &[Tour], asked: &'a [StandBy]) -> Board<'a> {
        let may = |stand_by: &StandBy, duty: Span, person: usize| {
            barred(problem, &tours[person], stand_by, duty, person).is_none()
        };
        let able = |stand_by: &StandBy, duty: Span| {
            let members = stand_by.members.iter().copied();
            members
                .filter(|&person| may(stand_by, duty, person))
                .collect()
        };
        let dearest = asked
            .iter()
            .flat_map(|stand_by| {
                let duties = stand_by.duties.iter();
                duties.flat_map(move |&duty| {
                    let members = stand_by.members.iter();
                    members.map(move |&person| pay(problem, stand_by, duty, person))
                })
            })
            .fold(0.0, f64::max);
        Board {
            problem,
            asked,
            able: asked
                .iter()
                .map(|stand_by| {
                    let duties = stand_by.duties.iter();
                    duties.map(|&duty| able(stand_by, duty)).collect()
                })
                .collect(),
            taken: Vec::new(),
            kept: Vec::new(),
            share: SHARE * dearest.max(1.0),
        }
    }

    fn span(&self, on_call: OnCall) -> Span {
        self.asked[on_call.asked].duties[on_call.duty]
    }

    /// Lets somebody keep a duty if they can.
    fn keep(&mut self, one: OnCall) {
        let able = self.able.get(one.asked).and_then(|of| of.get(one.duty));
        let same = |taken: &&OnCall| (taken.asked, taken.duty) == (one.asked, one.duty);
        let is_open = || {
            let there = self.kept.iter().filter(same).count();
            there < self.asked[one.asked].people as usize
        };
        let free = able.is_some_and(|able| able.contains(&one.person))
            && is_open()
            && !self.taken.contains(&one)
            && self.in_the_way(one).is_some_and(|way| way.is_empty());
        if free {
            self.taken.push(one);
            self.kept.push(one);
        }
    }

    /// The duties of a person that keep them from one more and could go to somebody else; `None` where giving up one of them would not do.
    fn in_the_way(&self, more: OnCall) -> Option<Vec<OnCall>> {
        let own: Vec<OnCall> = self
            .taken
            .iter()
            .copied()
            .filter(|taken| taken.person == more.person)
            .collect();
        let span = self.span(more);
        let overlapping: Vec<OnCall> = own
            .iter()
            .copied()
            .filter(|taken| self.span(*taken).overlaps(span))
            .collect();
        if overlapping.len() > 1 {
            return None;
        }
        let week = |on_call: OnCall| week_of(self.problem, more.person, self.span(on_call));
        let of_week: Vec<OnCall> = own
            .into_iter()
            .filter(|taken| taken.asked == more.asked && week(*taken) == week(more))
            .collect();
        let full = self.asked[more.asked]
            .most_per_week
            .is_some_and(|most| of_week.len() as u32 >= most);
        let in_the_way = match (overlapping.first(), full) {
            (Some(one), true) if !of_week.contains(one) => return None,
            (Some(one), _) => vec![*one],
            (None, true) => of_week,
            (None, false) => return Some(Vec::new()),
        };
        let movable: Vec<OnCall> = (in_the_way.into_iter())
            .filter(|one| !self.kept.contains(one))
            .collect();
        (!movable.is_empty()).then_some(movable)
    }

    /// What a duty costs somebody who has so many others.
    fn cost(&self, on_call: OnCall) -> f64 {
        let others = self.taken.iter().filter(|taken| {
            taken.person == on_call.person
                && (taken.asked, taken.duty) != (on_call.asked, on_call.duty)
        });
        let (asked, span) = (&self.asked[on_call.asked], self.span(on_call));
        pay(self.problem, asked, span, on_call.person) + self.share * others.count() as f64
    }

    /// Who could take a duty, cheapest first.
    fn candidates(&self, asked: usize, duty: usize) -> Vec<OnCall> {
        let on = |&person: &usize| OnCall {
            asked,
            duty,
            person,
        };
        let able = self.able[asked][duty].iter().map(on);
        let mut free: Vec<OnCall> = able.filter(|one| !self.taken.contains(one)).collect();
        free.sort_by(|a, b| {
            self.cost(*a)
                .total_cmp(&self.cost(*b))
                .then(a.person.cmp(&b.person))
        });
        free
    }

    /// Finds somebody for a place, if others must pass on a duty of theirs for it.
    fn fill(&mut self, asked: usize, duty: usize, depth: usize) -> bool {
        let candidates = self.candidates(asked, duty);
        let free = candidates
            .iter()
            .find(|one| self.in_the_way(**one).is_some_and(|way| way.is_empty()));
        if let Some(&one) = free {
            self.taken.push(one);
            return true;
        }
        if depth == 0 {
            return false;
        }
        for one in candidates {
            for other in self.in_the_way(one).unwrap_or_default() {
                let before = self.taken.clone();
                self.taken.retain(|taken| *taken != other);
                self.taken.push(one);
                if self.fill(other.asked, other.duty, depth - 1) {
                    return true;
                }
                self.taken = before;
            }
        }
        false
    }

    /// Hands one duty to somebody for whom it costs less; whether there was such a one.
    fn cheaper(&mut self) -> bool {
        for at in 0..self.taken.len() {
            let now = self.taken[at];
            if self.kept.contains(&now) {
                continue;
            }
            let cost = self.cost(now);
            let better = self
                .candidates(now.asked, now.duty)
                .into_iter()
                .find(|one| {
                    self.cost(*one) < cost - 1e-6
                        && self.in_the_way(*one).is_some_and(|way| way.is_empty())
                });
            if let Some(one) = better {
                self.taken[at] = one;
                return true;
            }
        }
        false
    }
}

/// Every breach of a rule by people on call; it shares nothing with [`give_out`] but who is barred.
pub fn check_on_call(
    problem: &Problem,
    tours: &[Tour],
    asked: &[StandBy],
    taken: &[OnCall],
) -> Vec<Broken> {
    let mut broken = Vec::new();
    let mut say = |one: &OnCall, text: String| {
        let start = asked[one.asked].duties[one.duty].start;
        let date = problem.site(one.person).zone.date(problem.instant(start));
        broken.push(Broken {
            rule: "on-call",
            person: Some(one.person),
            date: Some(date),
            text: format!("{} from {date}: {text}", asked[one.asked].said),
        });
    };
    for (at, one) in taken.iter().enumerate() {
        let (stand_by, span) = (&asked[one.asked], asked[one.asked].duties[one.duty]);
        if let Some(why) = barred(problem, &tours[one.person], stand_by, span, one.person) {
            say(one, format!("the person on call {why}"));
        }
        let earlier = taken[..at]
            .iter()
            .filter(|other| other.person == one.person);
        let mut in_week = 1;
        for other in earlier {
            let theirs = asked[other.asked].duties[other.duty];
            if theirs.overlaps(span) {
                say(one, "the person is on call twice at once".to_owned());
            }
            let week = |span: Span| week_of(problem, one.person, span);
            in_week += u32::from(other.asked == one.asked && week(theirs) == week(span));
        }
        if let Some(most) = stand_by.most_per_week.filter(|most| in_week > *most) {
            say(
                one,
                format!("it is the person's duty {in_week} of the week, {most} are allowed"),
            );
        }
    }
    broken
}
