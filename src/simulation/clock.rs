//! Opening hours as a clock: how many open seconds lie between two instants.

/// A clock that runs only while a queue is open.
#[derive(Debug, Clone)]
pub(super) struct OpenClock {
    interval_s: f64,
    /// Open seconds before the start of each interval; one entry more than intervals.
    before: Vec<f64>,
    open: Vec<bool>,
}

impl OpenClock {
    pub(super) fn new(interval_s: f64, open: &[bool]) -> Self {
        let mut before = Vec::with_capacity(open.len() + 1);
        let mut sum = 0.0;
        before.push(0.0);
        for &is_open in open {
            sum += if is_open { interval_s } else { 0.0 };
            before.push(sum);
        }
        OpenClock {
            interval_s,
            before,
            open: open.to_vec(),
        }
    }

    /// Open seconds from `from` to `to` (seconds from the start of the horizon, `from <= to`).
    pub(super) fn elapsed(&self, from: f64, to: f64) -> f64 {
        self.reading(to) - self.reading(from)
    }

    /// Before and after the horizon nothing is known about opening hours, so the clock runs there.
    fn reading(&self, at: f64) -> f64 {
        let end = self.open.len() as f64 * self.interval_s;
        if at <= 0.0 {
            at
        } else if at >= end {
            self.before[self.open.len()] + (at - end)
        } else {
            let i = ((at / self.interval_s) as usize).min(self.open.len() - 1);
            let inside = if self.open[i] {
                at - i as f64 * self.interval_s
            } else {
                0.0
            };
            self.before[i] + inside
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stands_still_while_closed() {
        let clock = OpenClock::new(100.0, &[false, true, true, false, true]);
        assert_eq!(clock.elapsed(0.0, 100.0), 0.0);
        assert_eq!(clock.elapsed(50.0, 150.0), 50.0);
        assert_eq!(clock.elapsed(120.0, 420.0), 200.0);
        assert_eq!(clock.elapsed(450.0, 530.0), 80.0);
        assert_eq!(clock.elapsed(600.0, 700.0), 100.0);
    }
}
