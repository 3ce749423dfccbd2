//! Chains of moves within a slot: who can make room for whom.

/// Bits of queues.
pub type Mask = u128;
pub const MOST_QUEUES: usize = Mask::BITS as usize;

/// Calls for each bit, lowest first.
pub fn each(mask: Mask, mut call: impl FnMut(usize)) {
    // Half by half, because wide numbers are slow and few centres have so many queues.
    for (mut half, first) in [(mask as u64, 0), ((mask >> 64) as u64, 64)] {
        while half != 0 {
            call(first + half.trailing_zeros() as usize);
            half &= half - 1;
        }
    }
}

/// Per queue, the queues to which somebody now there could move: one slot's row.
#[derive(Debug, Clone, Copy)]
pub struct Moves<'a>(pub &'a [Mask]);

impl Moves<'_> {
    /// Queues that chains beginning at any of these can reach, themselves included.
    pub fn reach_along(self, queues: Mask) -> Mask {
        let (mut reached, mut fresh) = (queues, queues);
        while fresh != 0 {
            let mut next = 0;
            each(fresh, |queue| next |= self.0[queue]);
            fresh = next & !reached;
            reached |= fresh;
        }
        reached
    }

    /// Queues from which a chain can reach any of these, themselves included.
    pub fn reach_back(self, queues: Mask) -> Mask {
        let mut reached = queues;
        loop {
            let before = reached;
            for (queue, to) in self.0.iter().enumerate() {
                if to & reached != 0 {
                    reached |= 1 << queue;
                }
            }
            if reached == before {
                return reached;
            }
        }
    }

    /// A shortest chain of queues from any of `starts` to any of `ends`, one of which can be reached.
    pub fn shortest(self, starts: Mask, ends: Mask) -> Chain {
        let mut before = [0; MOST_QUEUES];
        let mut ring = starts;
        let mut seen = ring;
        while ring & ends == 0 {
            assert!(ring != 0, "a chain leads there");
            let mut next_ring = 0;
            each(ring, |queue| {
                let new = self.0[queue] & !seen;
                seen |= new;
                next_ring |= new;
                each(new, |next| before[next] = queue as u8);
            });
            ring = next_ring;
        }
        let end = (ring & ends).trailing_zeros() as usize;
        Chain { end, before }
    }
}

/// Queues one after the other, found ring by ring.
pub struct Chain {
    pub end: usize,
    before: [u8; MOST_QUEUES],
}

impl Chain {
    /// The queue before one of the chain that is not its start.
    pub fn before(&self, queue: usize) -> usize {
        usize::from(self.before[queue])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who can move from 0 to 1, from 1 to 2, from 3 to 2.
    const CHAIN: [Mask; 4] = [0b0010, 0b0100, 0, 0b0100];

    #[test]
    fn reach_goes_along_and_back() {
        assert_eq!(Moves(&CHAIN).reach_along(1), 0b0111);
        assert_eq!(Moves(&CHAIN).reach_back(1 << 2), 0b1111);
        let chain = Moves(&CHAIN).shortest(1, 1 << 2);
        assert_eq!((chain.end, chain.before(2), chain.before(1)), (2, 1, 0));
    }
}
