//! Contacts and handle time to come, per queue and interval, with quantiles; and how good such forecasts were.
//!
//! Each queue is forecast on its own local clock by a mix of small models (`models`, one file each), weighted by its own
//! rolling backtest (`choice`, `rolling`); quantiles come from the errors of that backtest (`noise`).

mod busyness;
mod calibration;
mod choice;
mod clock;
mod effects;
mod evidence;
mod features;
mod first_guess;
mod future_events;
mod grid;
mod handle_time;
mod holes;
mod input;
mod intraday;
mod lasting;
mod lending;
mod level;
mod local;
mod mistakes;
mod mix;
mod models;
mod months;
mod new_queue;
mod noise;
mod notes;
mod numeric;
mod origins;
mod past;
mod prepare;
mod profile;
mod queue;
mod read_back;
mod repair;
mod review;
mod rolling;
mod scenario;
mod scores;
pub mod series;
mod series_file;
mod shape;
mod today;
mod unheard;
mod week_level;
mod weeks_past;
mod weeks_told;

pub use input::{
    Change, Event, ForecastInput, HistoryPoint, Like, LocalClock, Opening, QueueInput, Target,
};
pub use local::{LocalSeries, SpecialDay, SpecialKind};
pub use months::{LONGEST, MonthsError, WeekTotal, months_ahead};
pub use noise::LEVELS;
pub use notes::Note;
pub use rolling::WeekScores;
pub use scenario::{
    Forecast, ForecastError, QueueBacktest, QueueForecast, backtest, forecast, forecast_today,
    months,
};
pub use scores::Scores;
