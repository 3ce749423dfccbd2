//! The weeks that a person's rules allow, as a layered graph: a node is what the rules remember after a day, an edge is a day off or a kind of
//! shift. It depends on rules alone, so it is built once and priced thousands of times.

use std::collections::HashMap;

use crate::roster::problem::{Minute, Problem};
use crate::roster::rules::{DayFacts, Sequence, Way, Worked};

use super::menu::Duty;

/// Edges between the nodes of one day's evening and the next one's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    pub from: u32,
    pub to: u32,
    /// Index into the menu's kinds; `None` = day off.
    pub kind: Option<u32>,
    /// Index into the graph's needs.
    pub need: u32,
    /// Money that the rules ask for this step (overtime).
    pub cost: f64,
}

/// What a step asks for beyond its duty's own rest.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Need {
    /// Minutes from the last shift's end to this one's start; on a day off, to the day's end.
    pub rest: Minute,
    /// The shift starts no sooner.
    pub not_before: Minute,
}

/// `layers[d]` leads from the state before day d to the state after it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TourGraph {
    pub layers: Vec<Vec<Edge>>,
    /// Nodes before day d; the last entry counts those after the last day.
    pub nodes: Vec<usize>,
    /// The first asks for nothing.
    pub needs: Vec<Need>,
}

impl TourGraph {
    /// The graph of one person under these of their rules; without edges where no week satisfies them.
    pub fn build(
        problem: &Problem,
        person: usize,
        duties: &[Vec<Duty>],
        kinds: &[Worked],
        rules: &[Box<dyn Sequence>],
    ) -> TourGraph {
        let site = problem.site(person);
        let mut states: Vec<Vec<u32>> = vec![rules.iter().map(|rule| rule.initial()).collect()];
        let mut layers = Vec::with_capacity(duties.len());
        let mut nodes = vec![1];
        let mut needs = vec![Need::default()];
        let plain = !rules.iter().any(|rule| rule.has_ways());
        for (index, of_day) in duties.iter().enumerate() {
            let day = &site.days[index];
            let next_week = site.days.get(index + 1).map(|next| next.week);
            let facts = DayFacts {
                index,
                week: day.week,
                weekday: day.weekday(),
                last_of_week: next_week != Some(day.week),
                last: next_week.is_none(),
            };
            let mut kinds_today: Vec<u32> = of_day.iter().map(|duty| duty.kind).collect();
            kinds_today.dedup();
            let mut known: HashMap<Vec<u32>, u32> = HashMap::new();
            let mut next: Vec<Vec<u32>> = Vec::new();
            let mut edges = Vec::new();
            for (from, state) in states.iter().enumerate() {
                for kind in std::iter::once(None).chain(kinds_today.iter().map(|&kind| Some(kind)))
                {
                    let worked = kind.map(|kind| &kinds[kind as usize]);
                    let steps = if plain {
                        step(rules, state, &facts, worked).into_iter().collect()
                    } else {
                        steps(rules, state, &facts, worked)
                    };
                    for (after, cost, need) in steps {
                        let to = *known.entry(after).or_insert_with_key(|after| {
                            next.push(after.clone());
                            next.len() as u32 - 1
                        });
                        edges.push(Edge {
                            from: from as u32,
                            to,
                            kind,
                            need: number(&mut needs, need),
                            cost,
                        });
                    }
                }
            }
            nodes.push(next.len());
            layers.push(edges);
            states = next;
        }
        let mut graph = TourGraph {
            layers,
            nodes,
            needs,
        };
        graph.drop_dead_ends();
        graph
    }

    /// Most shifts that the rules over days allow in all.
    pub fn most_shifts(&self) -> usize {
        let mut most = vec![Some(0)];
        for (layer, &nodes) in self.layers.iter().zip(&self.nodes[1..]) {
            let mut next: Vec<Option<usize>> = vec![None; nodes];
            for edge in layer {
                let shifts = most[edge.from as usize].map(|n| n + usize::from(edge.kind.is_some()));
                next[edge.to as usize] = next[edge.to as usize].max(shifts);
            }
            most = next;
        }
        most.into_iter().flatten().max().unwrap_or(0)
    }

    /// Least that the steps of all days can cost together, below 0 where rules reward.
    pub fn least_cost(&self) -> f64 {
        let of_day = |layer: &Vec<Edge>| layer.iter().map(|edge| edge.cost).fold(0.0, f64::min);
        self.layers.iter().map(of_day).sum()
    }

    /// Whether any week at all satisfies the rules over days.
    pub fn is_possible(&self) -> bool {
        self.layers.iter().all(|layer| !layer.is_empty())
    }

    fn drop_dead_ends(&mut self) {
        let mut alive = vec![
            true;
            *self
                .nodes
                .last()
                .expect("a graph has nodes before its first day")
        ];
        for day in (0..self.layers.len()).rev() {
            self.layers[day].retain(|edge| alive[edge.to as usize]);
            alive = vec![false; self.nodes[day]];
            for edge in &self.layers[day] {
                alive[edge.from as usize] = true;
            }
        }
    }
}

type Step = (Vec<u32>, f64, Need);

fn step(
    rules: &[Box<dyn Sequence>],
    state: &[u32],
    day: &DayFacts,
    worked: Option<&Worked>,
) -> Option<Step> {
    let mut after = Vec::with_capacity(state.len());
    let mut cost = 0.0;
    for (rule, &state) in rules.iter().zip(state) {
        let (next, price) = rule.after(state, day, worked)?;
        after.push(next);
        cost += price;
    }
    Some((after, cost, Need::default()))
}

/// Every way of every rule with every way of the others.
fn steps(
    rules: &[Box<dyn Sequence>],
    state: &[u32],
    day: &DayFacts,
    worked: Option<&Worked>,
) -> Vec<Step> {
    let mut all: Vec<Step> = vec![(Vec::with_capacity(state.len()), 0.0, Need::default())];
    for (rule, &state) in rules.iter().zip(state) {
        let ways = rule.ways(state, day, worked);
        let with = |step: &Step, way: &Way| {
            let (mut after, cost, need) = step.clone();
            after.push(way.state);
            let need = Need {
                rest: need.rest.max(way.rest),
                not_before: need.not_before.max(way.not_before.unwrap_or(0)),
            };
            (after, cost + way.cost, need)
        };
        all = all
            .iter()
            .flat_map(|step| ways.iter().map(move |way| with(step, way)))
            .collect();
    }
    all
}

fn number(needs: &mut Vec<Need>, need: Need) -> u32 {
    let known = needs.iter().position(|known| *known == need);
    known.unwrap_or_else(|| {
        needs.push(need);
        needs.len() - 1
    }) as u32
}
