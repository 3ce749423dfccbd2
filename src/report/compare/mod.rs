//! Scenarios side by side, for people: a page that works offline, and a table for the terminal.

mod page;
mod pictures;
mod tables;
mod terminal;
mod words;

pub use page::compare_html;
pub(super) use terminal::aligned;
pub use terminal::compare_terminal;
