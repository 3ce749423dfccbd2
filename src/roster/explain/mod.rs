//! Why a roster is as it is, and what changes of it would cost. Whatever is offered has passed [`check`](super::check): it breaks no rule that the
//! roster does not break already.

mod offer;
mod shift;
mod short;
mod wish;

pub use offer::{Offer, changed_days, with};
pub use shift::{Reason, TakenOver, without};
pub use short::{Able, Kept, Short, able, if_rules_gave_way, short};
pub use wish::{granted, refused};

/// Money for each day of somebody's week that an offer changes: small changes go before large ones that are hardly cheaper.
const STAY: f64 = 3.0;
