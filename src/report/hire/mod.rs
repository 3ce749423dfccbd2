//! Whom to hire, for people: a page that works offline, and a text for the terminal, in the same words.

mod page;
mod pictures;
mod terminal;
mod words;

pub use page::hire_html;
pub use terminal::hire_terminal;
