//! `dictum schema`: the JSON Schema of what is printed as JSON.

use clap::{Args, ValueEnum};

use super::Outcome;
use super::output::Console;
use crate::render::schema::{Document, of};

/// Print the JSON Schema of what is printed as JSON.
#[derive(Clone, Debug, Args)]
pub struct Schema {
    /// Of what.
    #[arg(value_name = "WHAT", default_value = "record")]
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// An article with what was found in it: extract, show, export.
    Record,
    /// `query --format json`.
    Query,
    /// `quotes --format json`.
    Quotes,
    /// A line of `query --format jsonl`.
    ArticleHit,
    /// A line of `quotes --format jsonl`.
    QuoteHit,
    /// `quotes --same --format json`.
    Same,
    /// A line of `quotes --same --format jsonl`.
    Group,
    /// `top --format json`.
    Top,
    /// A line of `top --format jsonl`.
    Value,
    /// `timeline --format json`.
    Timeline,
    /// A line of `timeline --format jsonl`.
    Step,
    /// `--count --format json`.
    Count,
    /// `status --format json`.
    Status,
    /// `history --format json`.
    History,
}

pub fn run(args: &Schema, console: &mut Console) -> anyhow::Result<Outcome> {
    let document = match args.what {
        What::Record => Document::Record,
        What::Query => Document::Query,
        What::Quotes => Document::Quotes,
        What::ArticleHit => Document::ArticleHit,
        What::QuoteHit => Document::QuoteHit,
        What::Same => Document::Same,
        What::Group => Document::Group,
        What::Top => Document::Top,
        What::Value => Document::Value,
        What::Timeline => Document::Timeline,
        What::Step => Document::Step,
        What::Count => Document::Count,
        What::Status => Document::Status,
        What::History => Document::History,
    };
    let (out, _) = console.out();
    crate::render::json::indented(out, &of(document))?;
    writeln!(out)?;
    Ok(Outcome::Done)
}
