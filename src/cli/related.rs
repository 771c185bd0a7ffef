//! `dictum related`: articles like one.

use anyhow::bail;
use clap::Args;

use super::Outcome;
use super::ask::{FilterArgs, FromArgs, Question, ReadingArgs, question};
use super::output::Console;
use super::query::{Format, Show, each};
use super::top::at_least_one;
use crate::engine::Engine;
use crate::query::arrange::Unit;
use crate::query::ast::Node;
use crate::query::filters::Filters;
use crate::query::snippet::Shape;

const EXAMPLES: &str = "\
Examples:
  dictum related courier/2025-04-02-harbour.txt
  dictum related https://example.org/story --since 2025 --format ids";

/// Find articles like one.
#[derive(Clone, Debug, Args)]
#[command(before_help = EXAMPLES)]
pub struct Related {
    /// The id of the article, as the hits of `dictum query` give it.
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    from: FromArgs,
    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = at_least_one, help_heading = "Output")]
    limit: usize,
    /// How to print.
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

pub fn run(args: &Related, console: &mut Console) -> anyhow::Result<Outcome> {
    let filter = question("", &Filters::from(&args.filters), ReadingArgs::default(), Unit::Articles, console)?;
    let engine = args.from.open(console)?;
    let Some(record) = engine.get(&args.id)? else {
        bail!("no article has the id {:?}: the hits of `dictum query` name them", args.id);
    };
    let found = engine.related(&record, &filter.node, args.limit)?;
    let words: Vec<String> = found.expanded.clone();
    let reading = ReadingArgs { any: true, exact_names: false };
    let lit =
        if words.is_empty() { Node::All } else { question(&words.join(" "), &Filters::default(), reading, Unit::Articles, console)?.node };
    let asked = Question { node: lit, ..filter.clone() };
    let show = Show {
        unit: Unit::Articles,
        format: args.format,
        fields: &[],
        null: false,
        shape: Shape { count: 1, length: 240 },
        exact_names: false,
        explain: false,
    };
    if args.format == Format::Json {
        super::query::document(&show, &asked, &found, 0, serde_json::json!({}), console)?;
    } else {
        if args.format == Format::Csv {
            super::query::head(&show, console)?;
        }
        each(&show, &asked, &found, 0, None, console)?;
    }
    Ok(if found.hits.is_empty() { Outcome::Partly } else { Outcome::Done })
}
