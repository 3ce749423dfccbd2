//! What the past origins of one mix came out at, worked out once for all who ask: the noise, its calibration, the level of weeks.

use super::choice::{ORIGINS, each_seen};
use super::grid::Grid;
use super::level::WeekError;
use super::mix::Mix;
use super::origins::Origin;
use super::rolling::{WEEKS_AHEAD, origins_before};

/// Past weeks of one mix at one lead, newest first.
pub(crate) struct Past {
    pub lead: usize,
    pub weeks: Vec<PastWeek>,
    /// Errors over whole weeks of every past origin: its day and, by weeks ahead, the error.
    errors: Vec<(usize, [Option<WeekError>; WEEKS_AHEAD])>,
}

/// Week `lead` of one past origin.
pub(crate) struct PastWeek {
    /// Day of the origin.
    pub origin: usize,
    /// Day by day.
    pub intervals: Vec<Residual>,
    /// What the whole week came out at against the forecast, by its ordinary days.
    pub factor: f64,
}

/// One known interval.
pub(crate) struct Residual {
    pub day: usize,
    pub mu: f64,
    pub y: f64,
    /// Extra log variance of the day by the calendar.
    pub extra: f64,
    pub ordinary: bool,
}

impl Past {
    /// All that a choice at `now` may look at.
    pub fn of(grid: &Grid, origins: &[Origin], now: usize, lead: usize, mix: &Mix) -> Past {
        let mut past = Past {
            lead,
            weeks: Vec::new(),
            errors: Vec::new(),
        };
        for at in origins_before(now) {
            let Some(origin) = origins.iter().find(|o| o.origin == at) else {
                continue;
            };
            past.errors.push((
                at,
                std::array::from_fn(|i| {
                    let over = at + 7 * (i + 1) <= now;
                    over.then(|| week_error(grid, origin, i + 1, mix))?
                }),
            ));
            if at + 7 * lead <= now {
                past.weeks.extend(PastWeek::of(grid, origin, lead, mix));
            }
        }
        past
    }

    /// Those of the weeks that were over at day `now`, newest first.
    pub fn over(&self, now: usize) -> impl Iterator<Item = &PastWeek> {
        let lead = self.lead;
        self.weeks
            .iter()
            .filter(move |w| w.origin + 7 * lead <= now)
            .take(ORIGINS)
    }

    /// Errors over weeks `week` weeks ahead that were over at day `now`, newest first: day of the origin, error.
    pub fn week_errors(&self, now: usize, week: usize) -> impl Iterator<Item = (usize, WeekError)> {
        self.errors
            .iter()
            .filter(move |e| e.0 + 7 * week <= now)
            .filter_map(move |e| Some((e.0, e.1[week - 1]?)))
            .take(ORIGINS)
    }
}

impl PastWeek {
    fn of(grid: &Grid, origin: &Origin, lead: usize, mix: &Mix) -> Option<PastWeek> {
        let mut intervals = Vec::with_capacity(7 * grid.slots);
        let (mut came, mut expected) = (0.0, 0.0);
        each_seen(grid, origin, lead, |d, s, y| {
            let at = Residual {
                day: d,
                mu: origin.blend(mix, grid.slots, d, s),
                y,
                extra: origin.variance[d - origin.origin],
                ordinary: !origin.unusual[d - origin.origin],
            };
            if at.ordinary {
                came += at.y;
                expected += at.mu;
            }
            intervals.push(at);
        });
        (!intervals.is_empty()).then(|| PastWeek {
            origin: origin.origin,
            intervals,
            factor: (came + 0.5) / (expected + 0.5),
        })
    }

    /// The week's days.
    pub fn days(&self) -> impl Iterator<Item = &[Residual]> {
        self.intervals.chunk_by(|a, b| a.day == b.day)
    }
}

/// The mix's error over week `week` of an origin as a whole, by its ordinary days.
fn week_error(grid: &Grid, origin: &Origin, week: usize, mix: &Mix) -> Option<WeekError> {
    let (mut came, mut expected, mut days, mut last) = (0.0, 0.0, 0.0, usize::MAX);
    each_seen(grid, origin, week, |d, s, y| {
        if !origin.unusual[d - origin.origin] {
            came += y;
            expected += origin.blend(mix, grid.slots, d, s);
            if d != last {
                (days, last) = (days + 1.0, d);
            }
        }
    });
    (days > 1.0 && expected > 0.0).then(|| WeekError {
        log: f64::ln((came + 0.5) / (expected + 0.5)),
        days,
        contacts: expected,
    })
}
