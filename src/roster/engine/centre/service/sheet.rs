//! What is known of every queue in every slot. A slot's figures lie together, so that they are noted and put back in one piece.

use super::model::ServiceModel;

#[derive(Debug, Clone, Copy)]
pub(super) enum Figure {
    /// Agents (speeds summed); pieces of work that can be done at a deferred queue.
    Level,
    /// Money that all agents at the queue are worth.
    Worth,
    /// Money gained by one agent more who may start a chain at the queue, and lost by one fewer when a chain fills the gap.
    Gain,
    Loss,
    /// Money that one agent more at the queue itself is worth, and the last one who is there (infinite where nobody is); where people share out their
    /// time in parts, per agent of the next and of the last grain.
    Next,
    Last,
    /// Gain and loss of the time that a piece of deferred work takes; kept where people share out their time in parts.
    PieceGain,
    PieceLoss,
}

#[derive(Debug, Clone)]
pub(super) struct Sheet {
    values: Vec<f64>,
    queues: usize,
    /// Values per slot.
    stride: usize,
}

impl Sheet {
    pub(super) fn new(model: &ServiceModel) -> Sheet {
        let last = if model.whole {
            Figure::Last
        } else {
            Figure::PieceLoss
        };
        let stride = (last as usize + 1) * model.queues;
        Sheet {
            values: vec![0.0; stride * model.slots],
            queues: model.queues,
            stride,
        }
    }

    /// A figure of all queues in a slot.
    pub(super) fn row(&self, figure: Figure, slot: usize) -> &[f64] {
        &self.values[slot * self.stride + figure as usize * self.queues..][..self.queues]
    }

    pub(super) fn get(&self, figure: Figure, queue: usize, slot: usize) -> f64 {
        self.values[slot * self.stride + figure as usize * self.queues + queue]
    }

    pub(super) fn set(&mut self, figure: Figure, queue: usize, slot: usize, value: f64) {
        self.values[slot * self.stride + figure as usize * self.queues + queue] = value;
    }

    /// All figures of a slot.
    pub(super) fn slot(&self, slot: usize) -> &[f64] {
        &self.values[slot * self.stride..][..self.stride]
    }

    pub(super) fn put_back(&mut self, slot: usize, noted: &[f64]) {
        self.values[slot * self.stride..][..self.stride].copy_from_slice(noted);
    }

    /// Values per slot.
    pub(super) fn stride(&self) -> usize {
        self.stride
    }
}
