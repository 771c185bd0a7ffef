//! dictum indexes news articles and answers who said what, about what, where and when.
//!
//! # The way of the data, one way only
//! [`read`] → [`parse`] → [`annotate`] → [`engine`] (index, with [`query`]) → [`render`], driven by [`cli`].
//! The domain types stand beside: [`span`], [`article`], [`annotation`]; what is known beforehand in [`lexicon`].
//! A module uses only what stands before it in this list, and the domain types.
//!
//! # Invariants
//! - Spans are half-open byte ranges of the text they were found in, on character boundaries.
//! - [`annotate`] does no I/O and cannot fail.
//! - The library never prints and never exits; only [`cli`] does.
//! - Every attribution carries the name of the rule that made it and a confidence.
//! - An article and its quotes are written and deleted together.
//! - Nothing that parses input recurses without a bound.
//! - Same input, same options: same index, same output.

pub mod annotate;
pub mod annotation;
pub mod article;
pub mod cli;
pub mod duplicate;
pub mod engine;
pub mod lexicon;
pub mod parse;
pub mod query;
pub mod read;
pub mod render;
pub mod revision;
pub mod span;
