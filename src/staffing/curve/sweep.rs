//! The share answered in time for 1, 2, 3, ... agents, with what they have in common worked out once.

use crate::staffing::chat::{ChatLoad, chat_line};
use crate::staffing::line::{Line, Reach, total, totals};

/// Walks up the number of agents, for all rates that the uncertain forecast may turn out to be.
pub(super) struct Sweep {
    threshold_s: f64,
    agents: u32,
    /// What hang-ups do up to the threshold; `None` if nobody hangs up.
    reach: Option<Reach>,
    /// From the lowest to the highest rate.
    rates: Vec<Rate>,
}

struct Rate {
    load: ChatLoad,
    /// Probability times rate: its part of the expected contacts.
    weight: f64,
    /// Weight of the states without waiting (phone: 1 / Erlang B with one agent fewer).
    eps: f64,
    /// Everybody is answered in time from here on.
    done: bool,
}

/// Good enough for [`Rate::done`].
const ALL: f64 = 1.0 - 1e-7;
/// Rates that are summed up together.
const TOGETHER: usize = 5;

impl Sweep {
    /// `scenarios`: multiples of the load's rate (ascending), and their probabilities.
    pub(super) fn new(load: &ChatLoad, scenarios: &[(f64, f64)], threshold_s: f64) -> Sweep {
        let rates = scenarios
            .iter()
            .map(|&(factor, probability)| {
                let contacts_per_s = load.contacts_per_s * factor;
                Rate {
                    load: ChatLoad {
                        contacts_per_s,
                        ..load.clone()
                    },
                    weight: factor * probability,
                    eps: 0.0,
                    done: contacts_per_s <= 0.0,
                }
            })
            .collect();
        let reach = load
            .patience_s
            .map(|patience| Reach::new(patience.recip(), threshold_s));
        Sweep {
            threshold_s,
            agents: 0,
            reach,
            rates,
        }
    }

    /// The share at one agent more than the last time (the first time: one agent).
    pub(super) fn next_share(&mut self) -> f64 {
        self.agents += 1;
        let mut sum = 0.0;
        let mut waiting: [(usize, Line); TOGETHER] = [(0, Line::NONE); TOGETHER];
        let mut count = 0;
        for index in (0..self.rates.len()).rev() {
            if self.rates[index].done {
                sum += self.rates[index].weight;
                continue;
            }
            let line = self.rates[index].next_line(self.agents);
            match &self.reach {
                None => {
                    sum += self.settle(
                        index,
                        patient_share(&line, self.rates[index].eps, self.threshold_s),
                    )
                }
                Some(reach) if all_wait_longer(&line, reach, self.threshold_s) => {}
                Some(_) => {
                    waiting[count] = (index, line);
                    count += 1;
                    if count == TOGETHER {
                        sum += self.settle_together(&waiting);
                        count = 0;
                    }
                }
            }
        }
        sum + self.settle_together(&waiting[..count])
    }

    /// Shares of several rates (descending).
    fn settle_together(&mut self, lines: &[(usize, Line)]) -> f64 {
        match (lines, self.reach) {
            ([], _) | (_, None) => 0.0,
            ([(index, line)], Some(reach)) => {
                let arrivals = [line.arrivals, line.arrivals * reach.patient];
                let sums = totals(&arrivals, line.drain, line.hang_up);
                let share = share(line, self.rates[*index].eps, &reach, sums[0], sums[1]);
                self.settle(*index, share)
            }
            ([(_, first), ..], Some(reach)) => {
                let mut arrivals = [0.0; 2 * TOGETHER];
                for (lane, (_, line)) in lines.iter().enumerate() {
                    arrivals[lane] = line.arrivals;
                    arrivals[TOGETHER + lane] = line.arrivals * reach.patient;
                }
                let sums = totals(&arrivals, first.drain, first.hang_up);
                let mut sum = 0.0;
                for (lane, (index, line)) in lines.iter().enumerate() {
                    let eps = self.rates[*index].eps;
                    let share = share(line, eps, &reach, sums[lane], sums[TOGETHER + lane]);
                    sum += self.settle(*index, share);
                }
                sum
            }
        }
    }

    fn settle(&mut self, index: usize, share: f64) -> f64 {
        let rate = &mut self.rates[index];
        rate.done = share > ALL;
        rate.weight * share
    }
}

impl Rate {
    fn next_line(&mut self, agents: u32) -> Line {
        if self.load.concurrency() > 1 {
            let (line, eps) = chat_line(agents, &self.load);
            self.eps = eps;
            return line;
        }
        let handle_time_s = self.load.full_handle_time_s();
        let n = agents as f64;
        // 1/B(n-1) from 1/B(n-2).
        self.eps = 1.0 + self.eps * ((n - 1.0) / (self.load.contacts_per_s * handle_time_s));
        Line {
            arrivals: self.load.contacts_per_s,
            drain: n / handle_time_s,
            hang_up: self.load.patience_s.map_or(0.0, f64::recip),
        }
    }
}

/// Nobody hangs up.
fn patient_share(line: &Line, eps: f64, threshold_s: f64) -> f64 {
    let spare = line.drain - line.arrivals;
    if spare <= 0.0 {
        return 0.0;
    }
    let p_wait = line.arrivals / (line.arrivals + eps * spare);
    1.0 - p_wait * (-spare * threshold_s).exp()
}

/// Share answered in time; `up` and `later` are the weights of the waiting states now and with those still patient at the threshold.
fn share(line: &Line, eps: f64, reach: &Reach, up: f64, later: f64) -> f64 {
    let ln_growth = reach.ln_growth(line);
    let empty = eps * line.drain / line.arrivals;
    if empty == f64::INFINITY {
        return 1.0;
    }
    if up.is_finite() && ln_growth < 600.0 {
        let growth = ln_growth.exp();
        let in_time = line.drain / line.arrivals * (((growth - 1.0) - growth * later) / up + 1.0);
        return (empty + up * in_time.clamp(0.0, 1.0)) / (up + empty);
    }
    let up = total(line.arrivals, line.drain, line.hang_up);
    let p_wait = up.sum / (up.sum + empty * (-up.ln_scale).exp());
    1.0 - p_wait + p_wait * line.late(&up, reach).in_time
}

/// Whether less than e^-30 of the offered waits are within the threshold. Their density is highest, in overload, where so many
/// have hung up that the rest is what the agents can do.
fn all_wait_longer(line: &Line, reach: &Reach, threshold_s: f64) -> bool {
    if line.arrivals * reach.patient <= line.drain {
        return false;
    }
    let usual = Reach::new(
        line.hang_up,
        (line.arrivals / line.drain).ln() / line.hang_up,
    );
    usual.ln_growth(line) - reach.ln_growth(line) > 30.0 + (1.0 + line.drain * threshold_s).ln()
}
