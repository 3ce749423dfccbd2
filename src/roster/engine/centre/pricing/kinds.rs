//! Where a day's duties of each kind are.

use std::ops::Range;

use crate::roster::engine::centre::menu::Duty;
use crate::roster::rules::StartBand;

/// The duties of a day by their kinds.
#[derive(Debug, Default)]
pub struct Kinds {
    /// Stretches of the day's list.
    runs: Vec<Range<usize>>,
    of: Vec<OfKind>,
}

/// Which stretches hold a kind's duties, and the ends that they have.
#[derive(Debug, Default, Clone)]
struct OfKind {
    runs: Range<usize>,
    ends: Range<usize>,
}

impl Kinds {
    /// Looks through a day's duties, which lie kind by kind; of a band, only those that it holds.
    pub fn list(&mut self, duties: &[Duty], band: Option<&StartBand>) {
        self.of.clear();
        self.runs.clear();
        let holds = |duty: &Duty| band.is_none_or(|band| band.holds(duty.wall_start));
        let mut from = 0;
        for run in duties.chunk_by(|a, b| a.kind == b.kind && holds(a) == holds(b)) {
            let duties = from..from + run.len();
            from = duties.end;
            if !holds(&run[0]) {
                continue;
            }
            let kind = run[0].kind as usize;
            if self.of.len() <= kind {
                self.of.resize(kind + 1, OfKind::default());
            }
            let of_kind = &mut self.of[kind];
            if of_kind.runs.is_empty() {
                let end = run[0].end as usize;
                *of_kind = OfKind {
                    runs: self.runs.len()..self.runs.len(),
                    ends: end..end + 1,
                };
            }
            self.runs.push(duties);
            of_kind.runs.end += 1;
            for duty in run {
                of_kind.ends.start = of_kind.ends.start.min(duty.end as usize);
                of_kind.ends.end = of_kind.ends.end.max(duty.end as usize + 1);
            }
        }
    }

    /// Stretches of the day's list that a kind's duties are, and what holds their ends; `None` where the day has none.
    pub fn of(&self, kind: u32) -> Option<(&[Range<usize>], Range<usize>)> {
        let of_kind = self.of.get(kind as usize)?;
        let runs = &self.runs[of_kind.runs.clone()];
        (!runs.is_empty()).then(|| (runs, of_kind.ends.clone()))
    }
}
