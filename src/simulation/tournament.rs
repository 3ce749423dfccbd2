//! The earliest of many clocks: a tournament tree with one leaf per agent (or queue).
//!
//! Each leaf holds the time of its next event, or infinity. Changing a leaf replays its matches up to the root,
//! which costs log2(leaves) steps, leaves nothing stale behind and needs no heap.

/// A tree of clocks; ties go to the lower index.
#[derive(Debug, Clone)]
pub(super) struct Tournament {
    /// Number of leaves, a power of two. Node 1 is the root, nodes `size..2 * size` are the leaves.
    size: usize,
    /// The earliest time below each node, and whose it is.
    time: Vec<f64>,
    leaf: Vec<u32>,
}

impl Tournament {
    pub(super) fn new(leaves: usize) -> Self {
        let size = leaves.max(1).next_power_of_two();
        let mut tree = Tournament {
            size,
            time: vec![f64::INFINITY; 2 * size],
            leaf: vec![0; 2 * size],
        };
        tree.clear();
        tree
    }

    /// All clocks to infinity.
    pub(super) fn clear(&mut self) {
        self.time.fill(f64::INFINITY);
        for node in (1..2 * self.size).rev() {
            self.leaf[node] = if node >= self.size {
                (node - self.size) as u32
            } else {
                self.leaf[2 * node]
            };
        }
    }

    /// The earliest leaf and its time (infinity if no clock is set).
    #[inline]
    pub(super) fn earliest(&self) -> (usize, f64) {
        (self.leaf[1] as usize, self.time[1])
    }

    /// Sets the clock of one leaf.
    #[inline]
    pub(super) fn set(&mut self, leaf: usize, time: f64) {
        let mut node = self.size + leaf;
        self.time[node] = time;
        while node > 1 {
            let left = node & !1;
            let first = left + usize::from(self.time[left + 1] < self.time[left]);
            let (time, leaf) = (self.time[first], self.leaf[first]);
            node >>= 1;
            // Nothing changes further up either.
            if self.leaf[node] == leaf && self.time[node] == time {
                return;
            }
            self.time[node] = time;
            self.leaf[node] = leaf;
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
