//! The finished plan as files for other programs and for people, one format a file.
//!
//! Every exporter is a pure function from [`PlanResults`](crate::results::PlanResults) to bytes or text; the same plan gives the same bytes. Where
//! a format wants to know when it was made, that instant is an argument. A new format is one file here and one line in the command that writes.

mod backtest_csv;
mod balance_csv;
mod changes_csv;
mod compare_csv;
mod compare_json;
mod coverage_csv;
mod forecast_csv;
mod formats;
mod hire_json;
mod hours_csv;
mod ics;
mod months_csv;
mod on_call_csv;
mod payroll_csv;
mod requirement_csv;
mod roster_csv;
mod rows_json;
mod service_csv;
mod staffing_csv;
mod summary_json;
mod text;
mod wages_csv;
mod week_csv;
mod xlsx;

pub use backtest_csv::backtest_csv;
pub use balance_csv::balance_csv;
pub use changes_csv::changes_csv;
pub use compare_csv::compare_csv;
pub use compare_json::compare_json;
pub use coverage_csv::coverage_csv;
pub use forecast_csv::forecast_csv;
pub use formats::{FORMATS, Format, Handed, Made};
pub use hire_json::hire_json;
pub use hours_csv::hours_csv;
pub use ics::{agent_calendar, calendar_file_names, team_calendar};
pub use months_csv::months_csv;
pub use on_call_csv::on_call_csv;
pub use payroll_csv::payroll_csv;
pub use requirement_csv::requirement_csv;
pub use roster_csv::roster_csv;
pub use rows_json::rows_json;
pub use service_csv::service_csv;
pub use staffing_csv::{pooled_csv, staffing_csv};
pub use summary_json::{roster_summary_json, summary_json};
pub use wages_csv::{kinds_of_hours, wages_csv};
pub use week_csv::week_csv;
pub use xlsx::{XlsxError, compare_xlsx, people_xlsx, roster_xlsx};
