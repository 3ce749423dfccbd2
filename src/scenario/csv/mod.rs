//! Small CSV files about people, with the place of every field.

mod split;
mod table;

pub use split::decode;
pub use table::{Row, Table};
