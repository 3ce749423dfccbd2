//! Shrinkage in whole basis points: floats round wrongly (21 agents at 30 % are 30 scheduled, not 31).

use super::error::{StaffingError, check};

/// Share of rostered time that is not worked, in basis points (1/100 of a percent), 0..=9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Shrinkage(u16);

impl Shrinkage {
    /// Nothing is lost.
    pub const NONE: Shrinkage = Shrinkage(0);

    /// From basis points, 0..=9999.
    ///
    /// # Errors
    /// If it is 10000 (everything is lost) or more.
    pub fn from_basis_points(points: u16) -> Result<Shrinkage, StaffingError> {
        check(
            "shrinkage (basis points)",
            points as f64,
            points < 10_000,
            "from 0 to 9999",
        )?;
        Ok(Shrinkage(points))
    }

    /// From a share 0..1, rounded to the nearest basis point.
    ///
    /// # Errors
    /// If it is not in 0..1 (after rounding).
    pub fn from_share(share: f64) -> Result<Shrinkage, StaffingError> {
        let points = (share * 10_000.0).round();
        check(
            "shrinkage",
            share,
            (0.0..10_000.0).contains(&points),
            "from 0 to below 1",
        )?;
        Ok(Shrinkage(points as u16))
    }

    /// In basis points.
    pub fn basis_points(self) -> u16 {
        self.0
    }

    /// As a share, 0..1.
    pub fn share(self) -> f64 {
        self.0 as f64 / 10_000.0
    }

    /// The least number to schedule so that `working` remain: `ceil(working / (1 - shrinkage))`, exactly.
    pub fn scheduled(self, working: u32) -> u64 {
        (working as u64 * 10_000).div_ceil(10_000 - self.0 as u64)
    }
}
