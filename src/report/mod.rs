//! The finished plan for people: a page that works offline, and a summary for the terminal.
//!
//! Both say the same things in the same words (`words.rs`); neither computes anything that the results do not already say.

mod backtest;
mod compare;
mod data;
mod frame;
mod hire;
mod page;
mod replanned;
mod sections;
mod staffing;
mod terminal;
mod tested;
mod weakest;
mod words;

pub use backtest::backtest_html;
pub use compare::{compare_html, compare_terminal};
pub use hire::{hire_html, hire_terminal};
pub use page::report_html;
pub use replanned::replanned_summary;
pub use staffing::{staffing_html, staffing_terminal};
pub use terminal::terminal_summary;
