//! `dictum related`: articles like one.

use anyhow::bail;
use clap::Args;
use serde_json::json;

use super::Outcome;
use super::ask::{FilterArgs, FromArgs, Question, ReadingArgs, question, widened};
use super::output::Console;
use super::print::{Answer, Format, PrintArgs, Show, all};
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
    #[command(flatten)]
    print: PrintArgs,
}

pub fn run(args: &Related, console: &mut Console) -> anyhow::Result<Outcome> {
    args.print.check(Unit::Articles)?;
    let filter = question("", &Filters::from(&args.filters), ReadingArgs::default(), Unit::Articles, console)?;
    let engine = args.from.open(console)?;
    let filter = widened(&engine, &filter, &args.from.names, console)?;
    let Some(record) = engine.get(&args.id)? else {
        bail!("no article has the id {:?}: the hits of `dictum query` name them", args.id);
    };
    let filter = widened(&engine, &filter, &args.from.names, console)?;
    let found = engine.related(&record, &filter.node, args.limit)?;
    let any = ReadingArgs { any: true, exact_names: false };
    let lit = match &found.expanded[..] {
        [] => Node::All,
        words => question(&words.join(" "), &Filters::default(), any, Unit::Articles, console)?.node,
    };
    let asked = Question { node: lit, ..filter };
    let show = Show {
        unit: Unit::Articles,
        print: &args.print,
        shape: Shape { count: 1, length: 240 },
        exact_names: false,
        explain: false,
        several: false,
    };
    all(&show, &Answer::only(&asked, &found), json!({}), console)?;
    if found.hits.is_empty() && args.print.format == Format::Text {
        console.note(format_args!("nothing is like it"));
    }
    Ok(if found.hits.is_empty() { Outcome::Partly } else { Outcome::Done })
}
