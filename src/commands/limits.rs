//! Flags of every command that searches for a roster.

use std::path::PathBuf;

use crate::planning::OPTIMAL_WITHIN;
use crate::roster::Ended;

use super::numbers::{seconds, share, whole};
use super::progress::Terminal;

/// Flags of a search for one roster; `USUAL`: the seconds allowed where neither time nor effort is given.
#[derive(Debug, Clone, clap::Args)]
pub struct SearchFlags<const USUAL: u32> {
    #[arg(long, allow_negative_numbers = true, value_parser = seconds, help = format!("Most seconds to plan [default: {USUAL} without --effort]"))]
    seconds: Option<f64>,
    /// Stop as soon as it is proved that no roster can be better by more than this share; the same bytes on any machine [default: 0.001, by the clock]
    #[arg(long, allow_negative_numbers = true, value_parser = share)]
    gap: Option<f64>,
    /// Most steps of the search, so that the same input gives the same bytes on any machine
    #[arg(long, allow_negative_numbers = true, value_parser = whole::<u64>)]
    pub effort: Option<u64>,
    /// Seed of all random numbers [default: the scenario's, else 1]
    #[arg(long, allow_negative_numbers = true, value_parser = whole::<u64>)]
    pub seed: Option<u64>,
}

/// Seconds allowed where a whole roster is made.
pub const TO_PLAN: u32 = 60;

/// Where a search starts.
#[derive(Debug, Clone, clap::Args)]
pub struct FromFlag {
    /// Start from this roster (yesterday's attempt, or last week's) and never end with a worse one
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
}

impl<const USUAL: u32> SearchFlags<USUAL> {
    pub fn gap(&self) -> f64 {
        self.gap.unwrap_or(OPTIMAL_WITHIN)
    }

    /// Somebody who asks for a gap or an effort is to get the same bytes wherever it is reached.
    pub fn gap_by_steps(&self) -> bool {
        self.gap.is_some() || self.effort.is_some()
    }

    /// Seconds allowed; `None`: until gap or effort ends it.
    pub fn seconds(&self) -> Option<f64> {
        time_limit(self.seconds, self.effort, f64::from(USUAL))
    }
}

/// Flags of every command that makes several plans; `USUAL`: the seconds allowed where neither time nor effort is given.
#[derive(Debug, Clone, clap::Args)]
pub struct PlansFlags<const USUAL: u32> {
    #[arg(long, allow_negative_numbers = true, value_parser = seconds, help = format!("Most seconds for all of it [default: {USUAL} without --effort]"))]
    seconds: Option<f64>,
    /// Stop each search as soon as it is proved that no roster can be better by more than this share [default: 0.001]
    #[arg(long, allow_negative_numbers = true, value_parser = share)]
    gap: Option<f64>,
    /// Most steps of each search, so that the same input gives the same bytes on any machine
    #[arg(long, allow_negative_numbers = true, value_parser = whole::<u64>)]
    pub effort: Option<u64>,
    /// Seed of all random numbers [default: the first scenario's, else 1]
    #[arg(long, allow_negative_numbers = true, value_parser = whole::<u64>)]
    pub seed: Option<u64>,
}

impl<const USUAL: u32> PlansFlags<USUAL> {
    pub fn gap(&self) -> f64 {
        self.gap.unwrap_or(OPTIMAL_WITHIN)
    }

    /// As [`SearchFlags::gap_by_steps`].
    pub fn gap_by_steps(&self) -> bool {
        self.gap.is_some() || self.effort.is_some()
    }

    /// Seconds allowed; `None`: as long as the effort takes.
    pub fn seconds(&self) -> Option<f64> {
        time_limit(self.seconds, self.effort, f64::from(USUAL))
    }
}

/// Seconds allowed: those asked for, or `usual` where nothing else ends the search.
fn time_limit(seconds: Option<f64>, effort: Option<u64>, usual: f64) -> Option<f64> {
    seconds.or(effort.is_none().then_some(usual))
}

/// Why a search ended, as `summary.json` says it.
pub fn stopped_by<const USUAL: u32>(
    ended: Ended,
    search: &SearchFlags<USUAL>,
    terminal: &Terminal,
) -> String {
    let word = match ended {
        _ if terminal.interrupted() => "user",
        Ended::Gap if search.gap.is_some() => "gap",
        // Nobody asked for a gap, and the clock may have led there.
        Ended::Gap => "optimal",
        Ended::Effort => "effort",
        Ended::Stopped => "time",
    };
    word.to_owned()
}
