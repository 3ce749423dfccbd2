//! Service curves: what the n-th agent on a queue is worth in an interval.

mod answered;
mod envelope;
mod sweep;

pub use answered::{CurveInput, LiveChannel, ServiceCurve, service_curve};
pub use envelope::ConcaveEnvelope;
