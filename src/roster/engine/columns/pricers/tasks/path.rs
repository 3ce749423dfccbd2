//! The best tour of given shifts: a shortest path over starts, days in a row and slots worked.

use super::TaskRules;
use super::kept::Kept;
use super::row::{After, Row, Rows, View};
use super::shift::Shifts;

/// Where a tour ends: cost, start index, length, days in a row before the last shift, slots worked before it.
pub type End = (f64, usize, usize, usize, usize);

/// Least cost up to every start, before the shift.
pub struct Path<'a> {
    rules: &'a TaskRules,
    kept: &'a Kept,
    shifts: &'a Shifts,
    /// Whether days in a row can matter.
    counted: bool,
    /// Days in a row that are told apart.
    runs: usize,
    /// `set * runs + days in a row`.
    before: Rows,
    /// The set of rows of each start: starts that the same shifts may come before share one.
    set: Vec<usize>,
}

impl<'a> Path<'a> {
    pub fn new(rules: &'a TaskRules, kept: &'a Kept, shifts: &'a Shifts) -> Path<'a> {
        // Who cannot have that many shifts at all needs no count of days in a row.
        let most_shifts = rules.worked.1 / rules.length.0.max(1);
        let counted = most_shifts > rules.max_run;
        let mut path = Path {
            rules,
            kept,
            shifts,
            counted,
            runs: if counted { rules.max_run.max(1) } else { 1 },
            before: Rows::default(),
            set: Vec::new(),
        };
        path.fill();
        path
    }

    fn before(&self, start: usize, run: usize) -> View<'_> {
        self.before.row(self.set[start] * self.runs + run)
    }

    fn fill(&mut self) {
        let (rules, runs, starts) = (self.rules, self.runs, &self.shifts.starts);
        let days = rules.day.last().map_or(0, |&day| day as usize + 1);
        let mut after = After::new(runs, days);
        let ahead = self.ahead();
        let mut first = Row::default();
        // Ends below this are among those of `after`; whether it changed since rows were written; the first start that may end there.
        let (mut ended, mut changed, mut earliest) = (0, true, 0);
        for (index, &start) in starts.iter().enumerate() {
            while ended + rules.rest <= start {
                // Nothing may be left out that must be worked.
                if ended > 0 && self.kept.on(ended - 1) {
                    after.clear();
                    changed = true;
                }
                while earliest < index && starts[earliest] + rules.length.1 < ended {
                    earliest += 1;
                }
                changed |= self.end(earliest, ended, &mut after);
                ended += 1;
            }
            let day = rules.day[start] as usize;
            changed |= index == 0 || rules.day[starts[index - 1]] as usize != day;
            // Who has not begun may begin until something must be worked.
            changed |= index > 0 && !self.kept.idle(starts[index - 1], start);
            if changed {
                let closed = starts
                    .get(earliest)
                    .map_or(days, |&at| rules.day[at] as usize);
                let most = rules.worked.1;
                // After a day off nothing is counted; where nothing is counted at all, a day off is not needed.
                let rested = if self.counted {
                    day.saturating_sub(1)
                } else {
                    day
                };
                after.before(rested, closed, most, &mut first);
                if self.kept.idle(0, start) {
                    let nothing = View {
                        from: 0,
                        costs: &[0.0],
                    };
                    first.merge(nothing, 0, 0.0, most);
                }
                // Of use is only who can still work enough, but no more than is allowed with what must be worked.
                let least = rules.worked.0.saturating_sub(ahead[index]);
                let most = most.saturating_sub(self.kept.work_from(start));
                self.before.push(first.view().within(least, most));
                for run in 1..runs {
                    self.before.push(match day {
                        0 => View {
                            from: 0,
                            costs: &[],
                        },
                        _ => after.row(day - 1, run - 1).view().within(least, most),
                    });
                }
                changed = false;
            }
            self.set.push(self.before.len() / runs - 1);
        }
    }

    /// Adds the shifts from the start `earliest` on that end in this slot; true if there are any.
    fn end(&self, earliest: usize, end: usize, after: &mut After) -> bool {
        let (rules, starts) = (self.rules, &self.shifts.starts);
        let mut any = false;
        for (from, &start) in starts
            .iter()
            .enumerate()
            .take(self.set.len())
            .skip(earliest)
        {
            if start + rules.length.0 > end {
                break;
            }
            let cost = self.shifts.cost(from, end - start);
            if cost == f64::INFINITY {
                continue;
            }
            any = true;
            let day = rules.day[start] as usize;
            for run in 0..self.runs {
                let row = self.before(from, run);
                after
                    .row(day, run)
                    .merge(row, end - start, cost, rules.worked.1);
            }
        }
        any
    }

    /// For every start, more than can be worked from it on.
    fn ahead(&self) -> Vec<usize> {
        let (least, longest) = self.rules.length;
        let starts = &self.shifts.starts;
        let mut ahead = vec![0; starts.len()];
        let (mut later, mut today, mut day) = (0, 0, None);
        for (index, &start) in starts.iter().enumerate().rev() {
            if day != Some(self.rules.day[start]) {
                (later, today, day) = (later + today, 0, Some(self.rules.day[start]));
            }
            let possible = |length: &usize| self.shifts.cost(index, *length) < f64::INFINITY;
            let last = longest.min(self.rules.slots() - start);
            today = today.max((least..=last).rev().find(possible).unwrap_or(0));
            ahead[index] = later + today;
        }
        ahead
    }

    /// The best ends, two at most per start.
    pub fn ends(&self, most: usize) -> Vec<End> {
        let (least, longest) = self.rules.length;
        let slots = self.rules.slots();
        let mut ends: Vec<End> = Vec::new();
        // What so many ends are as good as already: a dearer one is of no use.
        let mut bar = f64::INFINITY;
        for (index, &start) in self.shifts.starts.iter().enumerate() {
            let mut best: [Option<End>; 2] = [None, None];
            for length in least..=longest.min(slots - start).min(self.rules.worked.1) {
                let cost = self.shifts.cost(index, length);
                if cost == f64::INFINITY || !self.kept.idle(start + length, slots) {
                    continue;
                }
                let from = self.rules.worked.0.saturating_sub(length);
                let to = self.rules.worked.1 - length;
                for run in 0..self.runs {
                    let row = self.before(index, run).within(from, to);
                    let enough = best[1].map_or(f64::INFINITY, |end| end.0);
                    let cheapest = row.least() + cost;
                    if cheapest >= enough || cheapest > bar {
                        continue;
                    }
                    for (worked, before) in (row.from..).zip(row.costs) {
                        let total = before + cost;
                        if total >= best[1].map_or(f64::INFINITY, |end| end.0) {
                            continue;
                        }
                        best[1] = Some((total, index, length, run, worked));
                        if total < best[0].map_or(f64::INFINITY, |end| end.0) {
                            best.swap(0, 1);
                        }
                    }
                }
            }
            ends.extend(best.into_iter().flatten());
            if most == 1 {
                bar = ends.iter().map(|end| end.0).fold(bar, f64::min);
            }
        }
        ends.sort_by(|a, b| {
            a.0.total_cmp(&b.0)
                .then((a.1, a.2, a.3, a.4).cmp(&(b.1, b.2, b.3, b.4)))
        });
        ends.truncate(most);
        ends
    }

    /// The shifts of the tour that ends so: start index and length, last first.
    pub fn trace(&self, end: End) -> Option<Vec<(usize, usize)>> {
        let (_, mut index, length, mut run, mut worked) = end;
        let mut shifts = vec![(index, length)];
        while worked > 0 {
            let wanted = self.before(index, run).at(worked);
            let (from, length, run_before) = (0..index)
                .rev()
                .find_map(|from| self.step(from, index, run, worked, wanted))?;
            (index, run, worked) = (from, run_before, worked - length);
            shifts.push((index, length));
        }
        Some(shifts)
    }

    /// The shift from the start `from` by which `worked` slots were reached before the start `to` at the cost `wanted`: its start, its length, and
    /// the days in a row before it.
    fn step(
        &self,
        from: usize,
        to: usize,
        run: usize,
        worked: usize,
        wanted: f64,
    ) -> Option<(usize, usize, usize)> {
        let (rules, starts) = (self.rules, &self.shifts.starts);
        let next = starts[to];
        let (day, next_day) = (rules.day[starts[from]] as usize, rules.day[next] as usize);
        let runs = match run {
            _ if day == next_day => return None,
            0 if !self.counted || day + 1 < next_day => 0..self.runs,
            0 => return None,
            _ if day + 1 == next_day => run - 1..run,
            _ => return None,
        };
        for length in rules.length.0..=rules.length.1.min(worked) {
            let end = starts[from] + length;
            if end + rules.rest > next || !self.kept.idle(end, next) {
                continue;
            }
            let cost = self.shifts.cost(from, length);
            for run in runs.clone() {
                if self.before(from, run).at(worked - length) + cost == wanted {
                    return Some((from, length, run));
                }
            }
        }
        None
    }
}
