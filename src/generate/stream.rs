//! Random streams by name.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// The stream of a recipe's seed for one purpose, such as `history/en-phone`.
pub fn stream(seed: u64, purpose: &str) -> Xoshiro256PlusPlus {
    // FNV-1a: stable over platforms and Rust versions, which the standard library's hashes do not promise.
    let name = purpose
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    Xoshiro256PlusPlus::seed_from_u64(seed ^ name)
}

/// A number below `below` (at least 1). The bias of the remainder is below 1e-9 for the small ranges used here.
pub fn pick(rng: &mut Xoshiro256PlusPlus, below: usize) -> usize {
    (rng.next_u64() % below as u64) as usize
}

/// `share` of `count` things, rounded, each equally likely; as a flag for each.
pub fn choose(rng: &mut Xoshiro256PlusPlus, count: usize, share: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut chosen = vec![false; count];
    let wanted = (share.clamp(0.0, 1.0) * count as f64).round() as usize;
    for index in 0..wanted.min(count) {
        order.swap(index, index + pick(rng, count - index));
        chosen[order[index]] = true;
    }
    chosen
}
