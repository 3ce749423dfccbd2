//! Chains of moves within a slot: who can make room for whom, and what one agent more or fewer comes to when everybody who can moves up.

/// Bits of queues.
pub type Mask = u128;
pub const MOST_QUEUES: usize = Mask::BITS as usize;

/// Calls for each bit, lowest first.
pub fn each(mut mask: Mask, mut call: impl FnMut(usize)) {
    while mask != 0 {
        call(mask.trailing_zeros() as usize);
        mask &= mask - 1;
    }
}

/// Per queue, the queues to which somebody now there could move: one slot's row.
#[derive(Debug, Clone, Copy)]
pub struct Moves<'a>(pub &'a [Mask]);

impl Moves<'_> {
    /// Queues that a chain beginning at `queue` can reach, itself included.
    pub fn reach_along(self, queue: usize) -> Mask {
        self.spread(queue, !0, |at| self.0[at])
    }

    /// Queues from which a chain can reach `queue`, itself included.
    pub fn reach_back(self, queue: usize) -> Mask {
        let into = self.turned();
        self.spread(queue, !0, |at| into[at])
    }

    /// Per queue, what [`Moves::reach_along`] and [`Moves::reach_back`] say.
    pub fn reaches(self) -> ([Mask; MOST_QUEUES], [Mask; MOST_QUEUES]) {
        let into = self.turned();
        let (mut along, mut back) = ([0; MOST_QUEUES], [0; MOST_QUEUES]);
        for queue in 0..self.0.len() {
            along[queue] = self.spread(queue, !0, |at| self.0[at]);
            back[queue] = self.spread(queue, !0, |at| into[at]);
        }
        (along, back)
    }

    fn spread(self, queue: usize, within: Mask, next: impl Fn(usize) -> Mask) -> Mask {
        let mut reached: Mask = 1 << queue;
        let mut open = reached;
        while open != 0 {
            let at = open.trailing_zeros() as usize;
            open &= open - 1;
            let new = next(at) & within & !reached;
            reached |= new;
            open |= new;
        }
        reached
    }

    /// Per queue, the queues from which somebody could move there.
    fn turned(self) -> [Mask; MOST_QUEUES] {
        let mut into = [0; MOST_QUEUES];
        for (from, &to) in self.0.iter().enumerate() {
            each(to, |to| into[to] |= 1 << from);
        }
        into
    }

    /// Turns what one more agent at each queue itself is worth into what one more who may start a chain there is worth.
    pub fn raise_gains(self, gains: &mut [f64]) {
        let into = self.turned();
        let mut order = order_of(gains.len());
        let order = &mut order[..gains.len()];
        order.sort_unstable_by(|&a, &b| {
            let (left, right) = (gains[usize::from(a)], gains[usize::from(b)]);
            right.total_cmp(&left).then(a.cmp(&b))
        });
        // From the dearest end down: whoever reaches it gains that, and so does whoever reaches them.
        let mut open: Mask = !0;
        for &end in order.iter() {
            let end = usize::from(end);
            if open >> end & 1 == 0 {
                continue;
            }
            let reached = self.spread(end, open, |at| into[at]);
            open &= !reached;
            let gain = gains[end];
            each(reached, |queue| gains[queue] = gain);
        }
    }

    /// Turns what is lost by one agent fewer at each queue itself (infinite where nobody is) into what is lost when whoever is missed least and
    /// can move up fills the gap.
    pub fn lower_losses(self, losses: &mut [f64]) {
        let mut order = order_of(losses.len());
        let order = &mut order[..losses.len()];
        order.sort_unstable_by(|&a, &b| {
            let (left, right) = (losses[usize::from(a)], losses[usize::from(b)]);
            left.total_cmp(&right).then(a.cmp(&b))
        });
        let mut open: Mask = !0;
        for &from in order.iter() {
            let from = usize::from(from);
            if losses[from] == f64::INFINITY {
                break;
            }
            if open >> from & 1 == 0 {
                continue;
            }
            let reached = self.spread(from, open, |at| self.0[at]);
            open &= !reached;
            let loss = losses[from];
            each(reached, |queue| losses[queue] = loss);
        }
    }

    /// A shortest chain of queues from `start` to `end`: the queue before each, found ring by ring; `usize::MAX` where none leads.
    pub fn shortest(self, start: usize, end: usize) -> [usize; MOST_QUEUES] {
        let mut came = [usize::MAX; MOST_QUEUES];
        let mut ring: Mask = 1 << start;
        let mut seen = ring;
        while ring >> end & 1 == 0 && ring != 0 {
            let mut next_ring = 0;
            each(ring, |queue| {
                let new = self.0[queue] & !seen;
                seen |= new;
                next_ring |= new;
                each(new, |next| came[next] = queue);
            });
            ring = next_ring;
        }
        came
    }
}

fn order_of(queues: usize) -> [u8; MOST_QUEUES] {
    let mut order = [0; MOST_QUEUES];
    for (index, entry) in order[..queues].iter_mut().enumerate() {
        *entry = index as u8;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who can move from 0 to 1, from 1 to 2, from 3 to 2.
    const CHAIN: [Mask; 4] = [0b0010, 0b0100, 0, 0b0100];

    #[test]
    fn a_newcomer_gains_what_the_end_of_the_best_chain_is_worth() {
        let mut gains = [1.0, 5.0, 3.0, 2.0];
        Moves(&CHAIN).raise_gains(&mut gains);
        assert_eq!(gains, [5.0, 5.0, 3.0, 3.0]);
    }

    #[test]
    fn a_gap_is_filled_by_whoever_is_missed_least() {
        let mut losses = [1.0, 5.0, 3.0, f64::INFINITY];
        Moves(&CHAIN).lower_losses(&mut losses);
        assert_eq!(losses, [1.0, 1.0, 1.0, f64::INFINITY]);
    }

    #[test]
    fn reach_goes_along_and_back() {
        assert_eq!(Moves(&CHAIN).reach_along(0), 0b0111);
        assert_eq!(Moves(&CHAIN).reach_back(2), 0b1111);
        assert_eq!(Moves(&CHAIN).shortest(0, 2)[..3], [usize::MAX, 0, 1]);
    }
}
