//! Flags of every command that searches for a roster.

use std::path::PathBuf;

use crate::roster::Ended;

use super::progress::Terminal;

/// Seconds allowed where neither time nor effort is given.
const DEFAULT_SECONDS: f64 = 60.0;

#[derive(Debug, Clone, clap::Args)]
pub struct SearchFlags {
    /// Most seconds to plan [default: 60 without --effort]
    #[arg(long, value_parser = seconds)]
    seconds: Option<f64>,
    /// Stop as soon as the roster is proved to cost at most this share more than the least possible
    #[arg(long, default_value_t = 0.001, value_parser = share)]
    pub gap: f64,
    /// Most steps of the search, so that the same input gives the same bytes on any machine
    #[arg(long)]
    pub effort: Option<u64>,
    /// Seed of all random numbers [default: the scenario's, else 1]
    #[arg(long)]
    pub seed: Option<u64>,
    /// Start from this roster (yesterday's attempt, or last week's) and never end with a worse one
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
}

impl SearchFlags {
    /// Seconds allowed; `None`: until gap or effort ends it.
    pub fn seconds(&self) -> Option<f64> {
        time_limit(self.seconds, self.effort, DEFAULT_SECONDS)
    }
}

/// Flags of every command that makes several plans; `USUAL`: the seconds allowed where neither time nor effort is given.
#[derive(Debug, Clone, clap::Args)]
pub struct PlansFlags<const USUAL: u32> {
    #[arg(long, value_parser = seconds, help = format!("Most seconds for all of it [default: {USUAL} without --effort]"))]
    seconds: Option<f64>,
    /// Most steps of each search, so that the same input gives the same bytes on any machine
    #[arg(long)]
    pub effort: Option<u64>,
    /// Seed of all random numbers [default: the first scenario's, else 1]
    #[arg(long)]
    pub seed: Option<u64>,
}

impl<const USUAL: u32> PlansFlags<USUAL> {
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
pub fn stopped_by(ended: Ended, terminal: &Terminal) -> String {
    let word = match ended {
        _ if terminal.interrupted() => "user",
        Ended::Gap => "gap",
        Ended::Effort => "effort",
        Ended::Stopped => "time",
    };
    word.to_owned()
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text
        .parse()
        .ok()
        .filter(|seconds: &f64| seconds.is_finite() && *seconds > 0.0);
    seconds.ok_or_else(|| "write a number of seconds above 0, such as 60".to_owned())
}

fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..1.0).contains(share));
    share.ok_or_else(|| "write a share from 0 up to 1, such as 0.01 for 1 %".to_owned())
}
