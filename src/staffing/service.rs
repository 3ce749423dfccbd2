//! What customers and agents see of a queue in steady state.

/// How a share "answered within the threshold" counts those who hung up.
///
/// The choice moves the requirement by several agents in a hundred: 500 contacts in 15 min of 300 s with patience 180 s,
/// 80 % in 20 s, need 164 agents by `Offered`, 162 by `Net`, 161 by `Answered`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ServiceLevelDefinition {
    /// answered in time / offered. Who hangs up counts as not answered (this project's meaning).
    #[default]
    Offered,
    /// answered in time / answered.
    Answered,
    /// answered in time / (offered - hung up within the threshold).
    Net,
    /// (answered in time + hung up within the threshold) / offered.
    IncludingAbandoned,
    /// Share of contacts whose offered wait (that of a customer with endless patience) is within the threshold.
    Virtual,
}

/// Steady state of one queue. Probabilities are shares of offered contacts, times are seconds; all are NaN if the load or the
/// handle time is not a sensible number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Service {
    /// Share that cannot be answered at once.
    pub p_wait: f64,
    /// Share that hangs up.
    pub p_abandon: f64,
    /// Share answered within the threshold (wait <= threshold).
    pub answered_in_time: f64,
    /// Share that hangs up within the threshold.
    pub abandoned_in_time: f64,
    /// Share whose offered wait is within the threshold.
    pub virtual_in_time: f64,
    /// Average speed of answer: mean wait of those answered; infinite if the queue is not stable.
    pub asa_s: f64,
    /// Mean wait of all, answered or not.
    pub mean_wait_s: f64,
    /// Mean number waiting.
    pub mean_queue: f64,
    /// Share of the agents' time (for chat: of their slots) that is busy, 0..=1.
    pub occupancy: f64,
}

impl Service {
    /// A queue without contacts: perfect and idle.
    pub(crate) const IDLE: Service = Service {
        p_wait: 0.0,
        p_abandon: 0.0,
        answered_in_time: 1.0,
        abandoned_in_time: 0.0,
        virtual_in_time: 1.0,
        asa_s: 0.0,
        mean_wait_s: 0.0,
        mean_queue: 0.0,
        occupancy: 0.0,
    };

    /// The answer to a question that makes no sense (a number that is not finite, or no positive handle time).
    pub(crate) const UNKNOWN: Service = Service {
        p_wait: f64::NAN,
        p_abandon: f64::NAN,
        answered_in_time: f64::NAN,
        abandoned_in_time: f64::NAN,
        virtual_in_time: f64::NAN,
        asa_s: f64::NAN,
        mean_wait_s: f64::NAN,
        mean_queue: f64::NAN,
        occupancy: f64::NAN,
    };

    /// The service level by one of the definitions, 0..=1.
    pub fn service_level(&self, definition: ServiceLevelDefinition) -> f64 {
        let level = match definition {
            ServiceLevelDefinition::Offered => self.answered_in_time,
            ServiceLevelDefinition::Answered => self.share_of(1.0 - self.p_abandon),
            ServiceLevelDefinition::Net => self.share_of(1.0 - self.abandoned_in_time),
            ServiceLevelDefinition::IncludingAbandoned => {
                self.answered_in_time + self.abandoned_in_time
            }
            ServiceLevelDefinition::Virtual => self.virtual_in_time,
        };
        level.clamp(0.0, 1.0)
    }

    /// Answered in time as a share of `counted`; 0 if nobody is answered, even if nobody is counted.
    fn share_of(&self, counted: f64) -> f64 {
        if self.answered_in_time <= 0.0 {
            0.0
        } else {
            self.answered_in_time / counted
        }
    }
}
