//! The breaks of a shift in slots after clock-in: where each may lie, and where all of them lie best.

use std::collections::HashMap;

use crate::roster::problem::{Shift, Span, WorkRules};
use crate::roster::rules::work_without_break::{ends_work, starts_of_breaks};

/// The breaks of a shift in slots after clock-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    pub breaks: Vec<ShapeBreak>,
    /// Most slots of work from one break that ends it to the next; `None` where the breaks' own spans see to that.
    pub most_between: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShapeBreak {
    /// Index into the contract's breaks.
    pub which: usize,
    pub first: u32,
    /// Last slot offset at which it may begin.
    pub last: u32,
    pub length: u32,
    pub paid: bool,
    /// Whether a stretch of work ends with it.
    pub ends_work: bool,
}

impl Shape {
    /// `None` where the breaks do not fit into the shift.
    pub fn of(rules: &WorkRules, minutes: i32, slot: i32) -> Option<Shape> {
        let breaks: Option<Vec<ShapeBreak>> = starts_of_breaks(rules, minutes)?
            .into_iter()
            .map(|(which, (first, last))| {
                let rule = &rules.breaks[which];
                let first = (first + slot - 1).div_euclid(slot);
                (last >= first * slot).then(|| ShapeBreak {
                    which,
                    first: first as u32,
                    last: (last / slot) as u32,
                    length: (rule.minutes / slot) as u32,
                    paid: rule.paid,
                    ends_work: ends_work(rules, which),
                })
            })
            .collect();
        let mut shape = Shape {
            breaks: breaks?,
            most_between: None,
        };
        if !shape.fits_early() {
            return None;
        }
        if let Some(rule) = rules.terms.work_without_break {
            let most = (rule.at_most / slot) as u32;
            let ending: Vec<&ShapeBreak> = shape.breaks.iter().filter(|b| b.ends_work).collect();
            let apart = |pair: &[&ShapeBreak]| {
                pair[1].last - (pair[0].first + pair[0].length).min(pair[1].last)
            };
            if ending.windows(2).any(|pair| apart(pair) > most) {
                shape.most_between = Some(most);
                shape.places_near(&|_, _| 0.0)?;
            }
        }
        Some(shape)
    }

    /// The same shift with every break where these pieces have it; `None` where one is missing, off the slots or out of place.
    pub fn with_breaks_at(
        &self,
        shift: Span,
        pieces: &[(usize, Span)],
        slot: i32,
    ) -> Option<Shape> {
        let fixed = |b: &ShapeBreak| {
            let (_, piece) = pieces.iter().find(|(which, _)| *which == b.which)?;
            let after = piece.start - shift.start;
            let offset = (after / slot) as u32;
            let fits = after % slot == 0
                && (b.first..=b.last).contains(&offset)
                && piece.minutes() == b.length as i32 * slot;
            fits.then_some(ShapeBreak {
                first: offset,
                last: offset,
                ..*b
            })
        };
        let shape = Shape {
            breaks: self.breaks.iter().map(fixed).collect::<Option<_>>()?,
            most_between: None,
        };
        shape.fits_early().then_some(shape)
    }

    /// Whether a shift has its breaks where this allows them.
    pub fn holds(&self, shift: &Shift, slot: i32) -> bool {
        self.breaks.iter().all(|b| {
            let mut pieces = shift.breaks.iter();
            let piece = pieces.find(|(which, _)| *which == b.which);
            piece.is_some_and(|(_, piece)| {
                let after = piece.start - shift.span.start;
                (b.first as i32 * slot..=b.last as i32 * slot).contains(&after)
            })
        })
    }

    /// In order and without overlap even when each is taken as early as can be.
    fn fits_early(&self) -> bool {
        let mut free = 0;
        self.breaks.iter().all(|b| {
            let at = b.first.max(free);
            free = at + b.length;
            at <= b.last
        })
    }

    /// Least loss of breaks no further apart than `most_between`, and the slot offset of each, where a break at an offset loses `loss`; `None` where
    /// there is no such way.
    pub fn places_near(&self, loss: &dyn Fn(&ShapeBreak, u32) -> f64) -> Option<(f64, Vec<u32>)> {
        let most = self.most_between.unwrap_or(u32::MAX);
        let mut ways = vec![Way::default()];
        for b in &self.breaks {
            let mut next: HashMap<(u32, u32), usize> = HashMap::new();
            let mut after: Vec<Way> = Vec::new();
            for offset in b.first..=b.last {
                let lost = loss(b, offset);
                for way in &ways {
                    let too_far = b.ends_work
                        && way
                            .since
                            .is_some_and(|since| offset - since.min(offset) > most);
                    if way.free > offset || too_far {
                        continue;
                    }
                    let free = offset + b.length;
                    let since = if b.ends_work { Some(free) } else { way.since };
                    let lost = way.lost + lost;
                    let known = *next.entry((free, since.unwrap_or(0))).or_insert_with(|| {
                        after.push(Way {
                            lost: f64::INFINITY,
                            ..Way::default()
                        });
                        after.len() - 1
                    });
                    if lost < after[known].lost {
                        let mut places = way.places.clone();
                        places.push(offset);
                        after[known] = Way {
                            free,
                            since,
                            lost,
                            places,
                        };
                    }
                }
            }
            ways = after;
        }
        let best = ways.into_iter().min_by(|a, b| a.lost.total_cmp(&b.lost))?;
        Some((best.lost, best.places))
    }
}

/// Breaks placed so far.
#[derive(Debug, Clone, Default)]
struct Way {
    /// Slots until the last of them is over.
    free: u32,
    /// Slots until the last one that ends work is over.
    since: Option<u32>,
    lost: f64,
    places: Vec<u32>,
}
