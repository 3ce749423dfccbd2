//! From load and target to what agents are worth: staffing formulas, requirements and service curves.
//!
//! The planner's way in is [`service_curve`]: for a queue and an interval, the contacts answered in time with n agents, and its
//! [`ServiceCurve::concave_envelope`], whose `gains[n]` is what one more agent adds. Requirements per interval ([`requirement`]) are
//! what people look at. Deferred work (e-mail) is a curve of work due: [`due_work`]. What a plan for one queue does when
//! intervals depend on each other is told by [`transient_service`], exactly.
//!
//! ```
//! use followsun::staffing::{CurveInput, LiveChannel, Shrinkage, Uncertainty, service_curve};
//!
//! let curve = service_curve(&CurveInput {
//!     uncertainty: Uncertainty::Gamma { cv: 0.1 },
//!     shrinkage: Shrinkage::from_share(0.12)?,
//!     ..CurveInput::new(60.0, 300.0, 1800.0, LiveChannel::phone(Some(120.0)), 20.0)
//! })?;
//! let worth = curve.concave_envelope();
//! assert!(worth.gains.windows(2).all(|pair| pair[0] >= pair[1] - 1e-9));
//! assert_eq!(curve.agents_for(0.8), Some(14));
//! # Ok::<(), followsun::staffing::StaffingError>(())
//! ```
//!
//! All times are seconds, all loads Erlangs (agents kept busy), all shares 0..=1. Nothing here knows calendars, names or files.

mod blending;
mod chat;
mod curve;
mod deferred;
mod erlang_a;
mod erlang_b;
mod erlang_c;
mod error;
mod gauss;
mod general_patience;
mod line;
mod pooled;
mod required;
mod requirement;
mod retrial;
mod service;
mod shrinkage;
mod special;
mod transient;
mod uncertainty;
mod varying;

pub use blending::{BlendedService, blended};
pub use chat::{ChatLoad, ChatService, chat};
pub use curve::{ConcaveEnvelope, CurveInput, LiveChannel, ServiceCurve, service_curve};
pub use deferred::{
    DeferredService, DeferredWork, ResponseClock, deferred_service, due_work, least_even_agents,
    shortfall,
};
pub use erlang_a::{LiveLoad, erlang_a, erlang_a_real};
pub use erlang_b::{erlang_b, erlang_b_real};
pub use erlang_c::{erlang_c, erlang_c_real};
pub use error::StaffingError;
pub use general_patience::{Patience, general_patience};
pub use pooled::{SkillGroup, least_agents, pooled_service, uncovered_load};
pub use required::{Target, required_agents, required_chat_agents};
pub use requirement::{Requirement, chat_requirement, requirement};
pub use retrial::{RetrialService, erlang_x};
pub use service::{Service, ServiceLevelDefinition};
pub use shrinkage::Shrinkage;
pub use transient::{Day, IntervalService, LeaveDiscipline, transient_service};
pub use uncertainty::Uncertainty;
pub use varying::{RateRule, backlog_service_levels, staff_day, staffing_rates};
