//! Load and staff that change during the day: exact transient chains, "finish" discipline.

use followsun::simulation::{
    Estimate, Routing, RunPlan, ServiceLevel, SimAgent, SimulationInput, simulate,
};

use crate::case::{agent, phone, skill};
use crate::golden::{Row, Score, exact, number, table};

/// The chain lets a random choice of people go, so many rosters are played, each with its own choices.
const ROSTERS: usize = 150;
const REPLICATIONS: usize = 60;

/// A small generator for the choices (multiplicative congruence).
struct Choices(u64);

impl Choices {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }
}

/// People for `staff[i]` on duty in interval `i`; who leaves at a fall is chosen at random.
fn roster(staff: &[usize], interval_s: f64, choices: &mut Choices) -> Vec<SimAgent> {
    let (mut on_duty, mut agents): (Vec<f64>, Vec<SimAgent>) = (Vec::new(), Vec::new());
    for (i, &n) in staff.iter().enumerate() {
        let now = i as f64 * interval_s;
        while on_duty.len() > n {
            let since = on_duty.swap_remove(choices.below(on_duty.len()));
            agents.push(agent(agents.len() as u64, vec![skill(0)], &[(since, now)]));
        }
        while on_duty.len() < n {
            on_duty.push(now);
        }
    }
    // Whoever is there at the end stays until the last contact is served.
    for since in on_duty {
        agents.push(agent(agents.len() as u64, vec![skill(0)], &[(since, 1e9)]));
    }
    agents
}

/// Mean over rosters and its 95 % half width; every roster has the same replications and about the same contacts.
fn over_rosters(ratios: &[f64]) -> Option<Estimate> {
    let n = ratios.len() as f64;
    let mean = ratios.iter().sum::<f64>() / n;
    let variance = ratios.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / (n - 1.0);
    Some(Estimate {
        mean,
        half_width: Some(1.976 * (variance / n).sqrt()),
    })
}

fn hold_against(score: &mut Score, summary: &Row) {
    let name = format!("{}__{}__finish", summary["example"], summary["plan"]);
    let intervals = table(&format!("transient/{name}.csv"));
    let staff: Vec<usize> = intervals
        .iter()
        .map(|row| exact(row, "n") as usize)
        .collect();
    let interval_s = exact(summary, "L");
    let mut choices = Choices(7);
    let mut found = vec![[Vec::new(), Vec::new()]; intervals.len()];
    for seed in 0..ROSTERS as u64 {
        let calls = intervals.iter().map(|row| exact(row, "calls")).collect();
        let patience_s = number(summary, "patience");
        let input = SimulationInput {
            interval_s,
            intervals: intervals.len(),
            day_of_interval: vec![0; intervals.len()],
            queues: vec![phone(
                calls,
                exact(summary, "aht"),
                patience_s,
                exact(summary, "T"),
            )],
            agents: roster(&staff, interval_s, &mut choices),
            routing: Routing::default(),
        };
        let result = simulate(&input, &RunPlan::fixed(REPLICATIONS, seed)).expect("a sound case");
        for (sums, part) in found.iter_mut().zip(&result.queues[0].parts) {
            let level = part
                .service_level(ServiceLevel::Offered)
                .expect("calls came");
            sums[0].push(level.mean);
            sums[1].push(part.delayed_share().expect("calls came").mean);
        }
    }
    for (i, (row, [level, waited])) in intervals.iter().zip(&found).enumerate() {
        score.add(
            format!("{name} {i} sl"),
            over_rosters(level),
            exact(row, "sl_offered"),
        );
        score.add(
            format!("{name} {i} p_wait"),
            over_rosters(waited),
            exact(row, "p_wait"),
        );
    }
}

#[test]
fn changing_load_and_staff() {
    let mut score = Score::default();
    let summaries = table("transient/summary.csv");
    for summary in summaries.iter().filter(|row| row["discipline"] == "finish") {
        hold_against(&mut score, summary);
    }
    score.judge(3.0);
}
