//! Which queue a name in a file means.

use std::collections::BTreeMap;

use crate::calendar::{OpeningHours, Zone};

/// The queues that the plan is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownQueues {
    /// Ids, in the order in which histories are given back.
    pub ids: Vec<String>,
    /// Name in the files, then position in `ids`.
    pub map: Vec<(String, usize)>,
    /// Positions of queues that need no history, because they are like another one: not having rows is no oddity.
    pub optional: Vec<usize>,
    /// When each queue is open, on its own clock; where nothing stands here, always. Nobody misses rows of hours in which nobody could come.
    pub open: Vec<(Zone, OpeningHours)>,
    /// Minutes that each queue's rows are known to stand for, from its earlier files; where nothing stands here, the rows themselves tell.
    pub minutes: Vec<Option<u32>>,
    /// Names that may appear and are not wanted.
    pub ignored: Vec<String>,
}

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    Queue(usize),
    Ignored,
    Unknown,
}

impl KnownQueues {
    pub(super) fn table(&self) -> BTreeMap<Vec<u8>, Meaning> {
        let mut table = BTreeMap::new();
        for name in &self.ignored {
            table.insert(name.as_bytes().to_vec(), Meaning::Ignored);
        }
        for (at, id) in self.ids.iter().enumerate() {
            table.insert(id.as_bytes().to_vec(), Meaning::Queue(at));
        }
        for (name, at) in self.map.iter().filter(|(_, at)| *at < self.ids.len()) {
            table.insert(name.as_bytes().to_vec(), Meaning::Queue(*at));
        }
        table
    }

    /// The id most like a name, if any is like it.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        let name = name.to_lowercase();
        let closeness = |id: &String| strsim::jaro_winkler(&id.to_lowercase(), &name);
        self.ids
            .iter()
            .map(|id| (closeness(id), id.as_str()))
            .filter(|(closeness, _)| *closeness > 0.8)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, id)| id)
    }
}
