//! The best tour of given shifts: a shortest path over starts, days in a row and slots worked.

use super::TaskRules;
use super::kept::Kept;
use super::shift::Shifts;

/// Where a tour ends: cost, start index, length, days in a row before the last shift, slots worked before it.
pub type End = (f64, usize, usize, usize, usize);

/// Least costs by slots worked; only a range of them is possible.
#[derive(Debug, Clone, Default)]
struct Row {
    /// Slots worked of the first cost.
    from: usize,
    costs: Vec<f64>,
}

impl Row {
    fn one(worked: usize, cost: f64) -> Row {
        Row {
            from: worked,
            costs: vec![cost],
        }
    }

    fn at(&self, worked: usize) -> f64 {
        let index = worked.wrapping_sub(self.from);
        self.costs.get(index).copied().unwrap_or(f64::INFINITY)
    }

    /// Takes what is cheaper in another row with `more` slots worked at a further `cost`, up to `most` slots.
    fn merge(&mut self, other: &Row, more: usize, cost: f64, most: usize) {
        let from = other.from + more;
        let count = other.costs.len().min((most + 1).saturating_sub(from));
        if count == 0 {
            return;
        }
        if self.costs.is_empty() {
            self.from = from;
        }
        if from < self.from {
            let gap = self.from - from;
            self.costs
                .splice(0..0, std::iter::repeat_n(f64::INFINITY, gap));
            self.from = from;
        }
        let offset = from - self.from;
        if self.costs.len() < offset + count {
            self.costs.resize(offset + count, f64::INFINITY);
        }
        for (to, from) in self.costs[offset..offset + count]
            .iter_mut()
            .zip(&other.costs)
        {
            let through = from + cost;
            *to = if through < *to { through } else { *to };
        }
    }

    fn clear(&mut self) {
        self.costs.clear();
    }
}

/// Least cost up to every start, before the shift.
pub struct Path<'a> {
    rules: &'a TaskRules,
    kept: &'a Kept,
    shifts: &'a Shifts,
    /// Whether days in a row can matter.
    counted: bool,
    /// Days in a row that are told apart.
    runs: usize,
    /// `start index * runs + days in a row`.
    before: Vec<Row>,
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
            before: Vec::new(),
        };
        path.fill();
        path
    }

    fn fill(&mut self) {
        let (rules, runs) = (self.rules, self.runs);
        let (least, longest) = rules.length;
        let most = rules.worked.1;
        let days = rules.day.last().map_or(0, |&day| day as usize + 1);
        // Least cost after a shift of each day, by days in a row, among shifts rested from by now.
        let mut after: Vec<Row> = vec![Row::default(); runs * days];
        // Shifts by their end, as far as their starts are reached.
        let mut ending: Vec<Vec<(usize, usize)>> = vec![Vec::new(); rules.slots() + 1];
        // Ends below this are among those of `after`.
        let mut ended = 0;
        for (index, &start) in self.shifts.starts.iter().enumerate() {
            while ended + rules.rest <= start {
                // Nothing may be left out that must be worked.
                if ended > 0 && self.kept.on(ended - 1) {
                    after.iter_mut().for_each(Row::clear);
                }
                for &(from, length) in &ending[ended] {
                    let day = rules.day[self.shifts.starts[from]] as usize;
                    let cost = self.shifts.cost(from, length);
                    for run in 0..runs {
                        let row = &self.before[from * runs + run];
                        after[day * runs + run].merge(row, length, cost, most);
                    }
                }
                ended += 1;
            }
            let day = rules.day[start] as usize;
            let mut first = if self.kept.idle(0, start) {
                Row::one(0, 0.0)
            } else {
                Row::default()
            };
            if self.counted {
                for earlier in &after[..day.saturating_sub(1) * runs] {
                    first.merge(earlier, 0, 0.0, most);
                }
                self.before.push(first);
                for run in 1..runs {
                    self.before.push(match day {
                        0 => Row::default(),
                        _ => after[(day - 1) * runs + run - 1].clone(),
                    });
                }
            } else {
                for earlier in &after[..day] {
                    first.merge(earlier, 0, 0.0, most);
                }
                self.before.push(first);
            }
            for length in least..=longest.min(rules.slots() - start) {
                if self.shifts.cost(index, length) < f64::INFINITY {
                    ending[start + length].push((index, length));
                }
            }
        }
    }

    /// The best ends, two at most per start.
    pub fn ends(&self, most: usize) -> Vec<End> {
        let (least, longest) = self.rules.length;
        let slots = self.rules.slots();
        let mut ends: Vec<End> = Vec::new();
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
                    let row = &self.before[index * self.runs + run];
                    for (worked, before) in (row.from..).zip(&row.costs) {
                        let total = before + cost;
                        if worked < from
                            || worked > to
                            || total >= best[1].map_or(f64::INFINITY, |end| end.0)
                        {
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
            let wanted = self.before[index * self.runs + run].at(worked);
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
                if self.before[from * self.runs + run].at(worked - length) + cost == wanted {
                    return Some((from, length, run));
                }
            }
        }
        None
    }
}
