//! Who is free: agents with a free slot, in lists by group and number of running chats, longest idle first.

const NONE: u32 = u32::MAX;

/// Intrusive lists of agents, one per (running chats, group), with a bit mask of the lists that are not empty.
#[derive(Debug, Clone)]
pub(super) struct IdleLists {
    groups: usize,
    words: usize,
    head: Vec<u32>,
    tail: Vec<u32>,
    previous: Vec<u32>,
    next: Vec<u32>,
    /// The list that an agent is in.
    list: Vec<u32>,
    /// When an agent entered its list, as a number that only grows: who has been idle longer, also among those
    /// who became idle at the same instant.
    entered: Vec<u64>,
    entries: u64,
    mask: Vec<u64>,
}

impl IdleLists {
    pub(super) fn new(agents: usize, groups: usize, words: usize, loads: usize) -> Self {
        IdleLists {
            groups,
            words,
            head: vec![NONE; groups * loads],
            tail: vec![NONE; groups * loads],
            previous: vec![NONE; agents],
            next: vec![NONE; agents],
            list: vec![NONE; agents],
            entered: vec![0; agents],
            entries: 0,
            mask: vec![0; words * loads],
        }
    }

    pub(super) fn clear(&mut self) {
        self.head.fill(NONE);
        self.tail.fill(NONE);
        self.list.fill(NONE);
        self.mask.fill(0);
    }

    /// Puts an agent who is in no list at the tail of one.
    #[inline]
    pub(super) fn push(&mut self, agent: usize, group: usize, load: usize) {
        let list = load * self.groups + group;
        let last = self.tail[list];
        self.previous[agent] = last;
        self.next[agent] = NONE;
        if last == NONE {
            self.head[list] = agent as u32;
            self.mask[load * self.words + group / 64] |= 1 << (group % 64);
        } else {
            self.next[last as usize] = agent as u32;
        }
        self.tail[list] = agent as u32;
        self.list[agent] = list as u32;
        self.entered[agent] = self.entries;
        self.entries += 1;
    }

    /// Takes an agent out of its list; tells the number of chats it was listed with, `None` if it was in none.
    #[inline]
    pub(super) fn remove(&mut self, agent: usize) -> Option<usize> {
        let list = self.list[agent];
        if list == NONE {
            return None;
        }
        self.list[agent] = NONE;
        let list = list as usize;
        let (load, group) = if list < self.groups {
            (0, list)
        } else {
            (list / self.groups, list % self.groups)
        };
        let (before, after) = (self.previous[agent], self.next[agent]);
        match before {
            NONE => self.head[list] = after,
            b => self.next[b as usize] = after,
        }
        match after {
            NONE => self.tail[list] = before,
            a => self.previous[a as usize] = before,
        }
        if self.head[list] == NONE {
            self.mask[load * self.words + group / 64] &= !(1 << (group % 64));
        }
        Some(load)
    }

    /// The groups with somebody free who has `load` chats running.
    #[inline]
    pub(super) fn mask(&self, load: usize) -> &[u64] {
        &self.mask[load * self.words..(load + 1) * self.words]
    }

    /// The longest idle of a list that is not empty, and the number of their entry (lower: idle for longer).
    #[inline]
    pub(super) fn longest(&self, group: usize, load: usize) -> (usize, u64) {
        let agent = self.head[load * self.groups + group] as usize;
        (agent, self.entered[agent])
    }
}
