//! How many people it takes, for people: a page that works offline, and a table for the terminal.

mod page;
mod terminal;

pub use page::staffing_html;
pub use terminal::staffing_terminal;
