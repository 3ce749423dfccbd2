//! Random numbers tied to what they are for, never to the order of events (common random numbers).
//!
//! A stream belongs to (seed, replication, owner, purpose); inside it the k-th contact and its a-th attempt have
//! their own generator. So the k-th contact of a queue has the same arrival, work and patience under every
//! roster, and two rosters can be compared on the same days.

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::SeedableRng;

/// What a stream's numbers are used for. The numbers are part of the results: never renumber.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    Arrivals = 0,
    Work = 1,
    Patience = 2,
    Busyness = 3,
    BusynessOfGroup = 4,
    RetryDelay = 7,
    MissedShift = 8,
    RetryCoin = 9,
}

/// The generator of attempt `attempt` of contact `number` in the stream `key`.
#[inline]
pub(super) fn contact_rng(key: u64, number: u64, attempt: u32) -> SplitMix64 {
    let place = number.wrapping_mul(0xd1b5_4a32_d192_ed03)
        ^ u64::from(attempt).wrapping_mul(0xabc9_8388_fb8f_ac03);
    SplitMix64::seed_from_u64(mix(key ^ place))
}

/// The key of one stream; `owner` is a queue, a busyness group or an agent's id.
pub(super) fn stream_key(seed: u64, replication: u64, owner: u64, purpose: Purpose) -> u64 {
    [replication, owner, purpose as u64]
        .iter()
        .fold(mix(seed ^ 0x6a09_e667_f3bc_c908), |key, &part| {
            mix(key ^ mix(part.wrapping_add(0x9e37_79b9_7f4a_7c15)))
        })
}

/// A bijective mixer of 64 bits (the finaliser of SplitMix64).
#[inline]
fn mix(z: u64) -> u64 {
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
