//! Least costs by slots worked, the rows that the shortest path is made of.

/// Least costs by slots worked; only a range of them is possible.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Slots worked of the first cost.
    from: usize,
    costs: Vec<f64>,
}

impl Row {
    pub fn view(&self) -> View<'_> {
        View {
            from: self.from,
            costs: &self.costs,
        }
    }

    /// Takes what is cheaper in another row with `more` slots worked at a further `cost`, up to `most` slots.
    pub fn merge(&mut self, other: View, more: usize, cost: f64, most: usize) {
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
            .zip(other.costs)
        {
            let through = from + cost;
            *to = if through < *to { through } else { *to };
        }
    }

    pub fn clear(&mut self) {
        self.costs.clear();
    }
}

/// A row to read.
#[derive(Debug, Clone, Copy)]
pub struct View<'r> {
    /// Slots worked of the first cost.
    pub from: usize,
    pub costs: &'r [f64],
}

impl<'r> View<'r> {
    pub fn at(self, worked: usize) -> f64 {
        let index = worked.wrapping_sub(self.from);
        self.costs.get(index).copied().unwrap_or(f64::INFINITY)
    }

    /// What of it has `least` to `most` slots worked.
    pub fn within(self, least: usize, most: usize) -> View<'r> {
        let from = least.saturating_sub(self.from).min(self.costs.len());
        let to = (most + 1).saturating_sub(self.from).min(self.costs.len());
        View {
            from: self.from + from,
            costs: &self.costs[from..to.max(from)],
        }
    }

    /// The least cost; eight at once, as a fold over all would wait for each comparison.
    pub fn least(self) -> f64 {
        let (eights, rest) = self.costs.as_chunks::<8>();
        let mut least = [f64::INFINITY; 8];
        for eight in eights {
            for (least, cost) in least.iter_mut().zip(eight) {
                *least = if cost < least { *cost } else { *least };
            }
        }
        (least.iter().chain(rest).copied()).fold(f64::INFINITY, f64::min)
    }
}

/// Many rows in one place, written once.
#[derive(Debug, Default)]
pub struct Rows {
    costs: Vec<f64>,
    /// Per row: slots worked of the first cost, where the costs begin, and where they end.
    spans: Vec<(usize, usize, usize)>,
}

impl Rows {
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    pub fn push(&mut self, row: View) {
        let at = self.costs.len();
        self.costs.extend_from_slice(row.costs);
        self.spans.push((row.from, at, self.costs.len()));
    }

    pub fn row(&self, index: usize) -> View<'_> {
        let (from, at, to) = self.spans[index];
        View {
            from,
            costs: &self.costs[at..to],
        }
    }
}

/// Least costs after a shift of each day, among shifts rested from by now.
pub struct After {
    /// `day * runs + days in a row before the shift`.
    rows: Vec<Row>,
    runs: usize,
    /// All rows of the days before `closed`, which do not change any more.
    old: Row,
    closed: usize,
}

impl After {
    pub fn new(runs: usize, days: usize) -> After {
        After {
            rows: vec![Row::default(); runs * days],
            runs,
            old: Row::default(),
            closed: 0,
        }
    }

    pub fn row(&mut self, day: usize, run: usize) -> &mut Row {
        &mut self.rows[day * self.runs + run]
    }

    pub fn clear(&mut self) {
        self.rows.iter_mut().for_each(Row::clear);
        self.old.clear();
    }

    /// The least costs after a shift of a day before `day`, written to `all`; the rows of days before `closed` will not change any more.
    pub fn before(&mut self, day: usize, closed: usize, most: usize, all: &mut Row) {
        while self.closed < day.min(closed) {
            for row in &self.rows[self.closed * self.runs..(self.closed + 1) * self.runs] {
                self.old.merge(row.view(), 0, 0.0, most);
            }
            self.closed += 1;
        }
        all.clear();
        all.merge(self.old.view(), 0, 0.0, most);
        for row in &self.rows[self.closed * self.runs..day.max(self.closed) * self.runs] {
            all.merge(row.view(), 0, 0.0, most);
        }
    }
}
