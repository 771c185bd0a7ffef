//! `dictum show`: an article with everything found in it.

use clap::{Args, ValueEnum};

use super::Outcome;
use super::args::IndexArgs;
use super::output::Console;
use crate::engine::Engine;
use crate::engine::local::LocalEngine;
use crate::render::{json, record};

const EXAMPLES: &str = "\
Examples:
  dictum show https://example.org/story
  dictum show harbour-post/ferry.txt --format json | jq .quotes";

/// Print an article with its people, places and quotes.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub struct Show {
    /// The ids of articles, as query prints them.
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    index: IndexArgs,
    /// How to print: to read, or as JSON (an object, of several articles an array), or one article a line.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Say for each quote which rule found its speaker, by which words, and how sure it is.
    #[arg(long)]
    explain: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To read.
    Text,
    /// An object, or an array.
    Json,
    /// One article a line.
    Jsonl,
}

pub fn run(args: &Show, console: &mut Console) -> anyhow::Result<Outcome> {
    let engine = LocalEngine::open(&args.index.index)?;
    let mut records = Vec::new();
    for id in &args.ids {
        match engine.get(id)? {
            Some(record) => records.push(record),
            None => console.error(format_args!("no article has the id {id}; `dictum query … --format ids` prints ids")),
        }
    }
    let (out, theme) = console.out();
    match args.format {
        Format::Text => {
            let parts = record::Parts { body: true, reasons: args.explain };
            for (number, found) in records.iter().enumerate() {
                if number > 0 {
                    writeln!(out, "\n")?;
                }
                record::write(out, theme, found, parts)?;
            }
        }
        Format::Json => {
            match records.as_slice() {
                [only] if args.ids.len() == 1 => json::indented(out, only)?,
                all => json::indented(out, &all)?,
            }
            writeln!(out)?;
        }
        Format::Jsonl => {
            for found in &records {
                json::line(out, found)?;
            }
        }
    }
    Ok(if records.len() == args.ids.len() { Outcome::Done } else { Outcome::Partly })
}
