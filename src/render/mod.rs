//! Writes records and hits in the formats of `--format`, one file each, to any [`std::io::Write`].

pub mod csv;
pub mod hit_text;
pub mod hits;
pub mod json;
pub mod reasons;
pub mod record;
pub mod schema;
pub mod theme;
pub mod wrap;
