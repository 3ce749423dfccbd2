//! Which piece of the roster to make anew.

use super::piece::Piece;
use super::problem::Problem;
use super::roster::Roster;
use crate::roster::engine::dice::Dice;

/// Kinds of pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A few people's whole tours.
    People,
    /// Everybody's, or many people's, stretch of periods.
    Window,
    /// People who work around a costly cell.
    Costly,
    /// Many quick moves of a few people.
    Quick,
    /// A dive into many people's whole tours, those first who do worst by the prices.
    DivePeople,
    /// A dive into a stretch of periods of everybody.
    DiveWindow,
    /// A dive into many people's stretches of periods around a costly cell.
    DiveCostly,
    /// A stretch of periods of everybody, annealed for a short time.
    Annealed,
    /// A stretch of periods of everybody, searched as a problem by itself.
    Stretch,
    /// Two stretches of periods of everybody, searched as one problem by themselves.
    Stretches,
}

impl Kind {
    /// Whether it takes stretches of everybody.
    pub fn is_stretches(self) -> bool {
        matches!(self, Kind::Annealed | Kind::Stretch | Kind::Stretches)
    }

    /// Whether only some periods are free.
    pub fn is_windowed(self) -> bool {
        match self {
            Kind::Window | Kind::DiveWindow | Kind::DiveCostly => true,
            Kind::People | Kind::Costly | Kind::Quick | Kind::DivePeople => false,
            Kind::Annealed | Kind::Stretch | Kind::Stretches => true,
        }
    }
}

/// What the choice of people goes by.
pub struct Choice<'a> {
    /// Prices of the whole.
    pub values: &'a [f64],
    /// Least cost less worth of a tour at these prices, per group.
    pub least: Vec<f64>,
}

impl Choice<'_> {
    /// A piece of about `size` (people, periods or person-periods, by kind).
    pub fn draw(
        &self,
        kind: Kind,
        size: f64,
        problem: &Problem,
        groups: &[usize],
        roster: &Roster,
        dice: &mut Dice,
    ) -> Piece {
        let size = ((size * (0.7 + 0.6 * dice.unit())).round() as usize).max(2);
        let mut order: Vec<usize> = (0..groups.len()).collect();
        dice.shuffle(&mut order);
        match kind {
            Kind::Quick | Kind::Annealed | Kind::Stretch | Kind::Stretches => Piece {
                people: Vec::new(),
                window: None,
            },
            Kind::DivePeople | Kind::DiveWindow | Kind::DiveCostly => {
                let periods = problem.periods() as usize;
                let everybody = groups.len();
                let (people, length) = match kind {
                    Kind::DivePeople => (size.div_ceil(periods), periods),
                    Kind::DiveWindow => (everybody, size.div_ceil(everybody)),
                    _ => {
                        let length = ((size as f64).sqrt() * (0.5 + dice.unit())) as usize;
                        (size.div_ceil(length.max(1)), length)
                    }
                };
                let people = people.clamp(2.min(everybody), everybody);
                let length = length.clamp(3.min(periods), periods);
                let cell = costly_cell(problem, roster, dice);
                let middle = problem.cells[cell].period as usize;
                let start = (middle.saturating_sub(dice.below(length))).min(periods - length);
                if people < everybody {
                    // Half by how much dearer the tour is than the best at the prices, half by chance.
                    let mut regret: Vec<(f64, usize)> = (order.iter())
                        .map(|&person| {
                            let dear = roster.tours[person].reduced(self.values)
                                - self.least[groups[person]];
                            (-(dear + 1.0) * dice.unit(), person)
                        })
                        .collect();
                    regret.sort_by(|a, b| a.0.total_cmp(&b.0));
                    let mut chosen: Vec<usize> =
                        regret.iter().take(people / 2).map(|&(_, p)| p).collect();
                    for person in order {
                        if chosen.len() >= people {
                            break;
                        }
                        if !chosen.contains(&person) {
                            chosen.push(person);
                        }
                    }
                    order = chosen;
                }
                order.sort_unstable();
                let window = (0..periods)
                    .map(|period| (start..start + length).contains(&period))
                    .collect();
                Piece {
                    people: order,
                    window: (length < periods).then_some(window),
                }
            }
            Kind::People => {
                order.truncate(size);
                order.sort_unstable();
                Piece {
                    people: order,
                    window: None,
                }
            }
            Kind::Window => {
                let periods = problem.periods();
                let length = (size as u32).min(periods);
                let start = dice.below((periods - length + 1) as usize) as u32;
                order.truncate(40.max(160 / size));
                order.sort_unstable();
                Piece {
                    people: order,
                    window: Some(
                        (0..periods)
                            .map(|period| (start..start + length).contains(&period))
                            .collect(),
                    ),
                }
            }
            Kind::Costly => {
                let cell = costly_cell(problem, roster, dice);
                // People whose tours touch the cell's period, in chance order, and some others.
                let period = problem.cells[cell].period;
                let near = |person: usize| {
                    roster.tours[person]
                        .cells
                        .iter()
                        .any(|&c| problem.cells[c as usize].period.abs_diff(period) <= 1)
                };
                let busy: Vec<usize> = order
                    .iter()
                    .copied()
                    .filter(|&person| near(person))
                    .take(size.div_ceil(2))
                    .collect();
                let mut people = busy.clone();
                people.extend(
                    order
                        .into_iter()
                        .filter(|person| !busy.contains(person))
                        .take(size - busy.len().min(size)),
                );
                people.sort_unstable();
                Piece {
                    people,
                    window: None,
                }
            }
        }
    }
}

/// A cell drawn in proportion to what it costs above its least.
pub fn costly_cell(problem: &Problem, roster: &Roster, dice: &mut Dice) -> usize {
    let waste: Vec<f64> = problem
        .cells
        .iter()
        .zip(&roster.cover)
        .map(|(cell, &n)| cell.cost.cost(n) - cell.cost.cost(cell.cost.enough(0)))
        .collect();
    let mut at = dice.unit() * waste.iter().sum::<f64>();
    for (cell, waste) in waste.iter().enumerate() {
        at -= waste;
        if at < 0.0 {
            return cell;
        }
    }
    dice.below(problem.cells.len())
}
