//! Quotes with their speakers.

pub mod marks;
