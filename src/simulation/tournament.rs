//! The earliest of many clocks: a tournament tree with one leaf per agent (or queue).
//!
//! Each leaf holds the time of its next event, or infinity. Changing a leaf replays its matches up to the root,
//! which costs log2(leaves) steps, leaves nothing stale behind and needs no heap.

/// A tree of clocks; ties go to the lower index. (Keeping times beside the winners, or stopping where a match ends as
/// before, was measured to be slower.)
#[derive(Debug, Clone)]
pub(super) struct Tournament {
    /// Number of leaves, a power of two.
    size: usize,
    time: Vec<f64>,
    /// Winner (leaf index) of each inner node; the root is node 1.
    winner: Vec<u32>,
}

impl Tournament {
    pub(super) fn new(leaves: usize) -> Self {
        let size = leaves.max(1).next_power_of_two();
        let mut tree = Tournament {
            size,
            time: vec![f64::INFINITY; size],
            winner: vec![0; size],
        };
        tree.clear();
        tree
    }

    /// All clocks to infinity.
    pub(super) fn clear(&mut self) {
        self.time.fill(f64::INFINITY);
        for node in (1..self.size).rev() {
            self.winner[node] = self.child(2 * node);
        }
    }

    /// The earliest leaf and its time (infinity if no clock is set).
    #[inline]
    pub(super) fn earliest(&self) -> (usize, f64) {
        let leaf = if self.size == 1 {
            0
        } else {
            self.winner[1] as usize
        };
        (leaf, self.time[leaf])
    }

    /// Sets the clock of one leaf.
    #[inline]
    pub(super) fn set(&mut self, leaf: usize, time: f64) {
        self.time[leaf] = time;
        let mut node = (self.size + leaf) >> 1;
        while node >= 1 {
            let (a, b) = (self.child(2 * node), self.child(2 * node + 1));
            let first = self.time[a as usize] <= self.time[b as usize];
            self.winner[node] = if first { a } else { b };
            node >>= 1;
        }
    }

    #[inline]
    fn child(&self, node: usize) -> u32 {
        if node >= self.size {
            (node - self.size) as u32
        } else {
            self.winner[node]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn names_the_earliest_clock(leaves in 1usize..40, changes in prop::collection::vec((0usize..40, 0u32..50), 1..200)) {
            let mut tree = Tournament::new(leaves);
            let mut plain = vec![f64::INFINITY; leaves];
            for (leaf, time) in changes {
                let (leaf, time) = (leaf % leaves, if time == 0 { f64::INFINITY } else { f64::from(time) });
                tree.set(leaf, time);
                plain[leaf] = time;
                let best = plain.iter().copied().fold(f64::INFINITY, f64::min);
                let (index, earliest) = tree.earliest();
                prop_assert_eq!(earliest, best);
                if best.is_finite() {
                    prop_assert_eq!(index, plain.iter().position(|&t| t == best).expect("the best is one of them"));
                }
            }
        }
    }
}
