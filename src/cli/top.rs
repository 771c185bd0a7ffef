//! `dictum top`: who is quoted most, and what is named most.

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::Outcome;
use super::advice::advise;
use super::ask::{Facet, FilterArgs, FromArgs, ReadingArgs, count_by, counted, question, widened};
use super::output::Console;
use super::words::typed;
use crate::annotation::SCHEMA_VERSION;
use crate::engine::FacetCounts;
use crate::engine::bearers::Short;
use crate::query::arrange::Unit;
use crate::query::filters::Filters;
use crate::render::theme::{Role, printable};
use crate::render::{csv, json as json_text};

const EXAMPLES: &str = "\
Examples:
  dictum top speakers                              who is quoted most
  dictum top places ceasefire --since 2025         where articles about it play
  dictum top sources --speaker unnamed             who quotes sources without a name
  dictum top people --format csv --limit 1000";

/// Count speakers, people, organizations, places, sources, sections, authors or languages.
#[derive(Clone, Debug, Args)]
#[command(before_help = EXAMPLES)]
pub struct Top {
    /// What to count: speakers by their quotes, all else by articles. Copies of one article count each.
    #[arg(value_name = "WHAT")]
    what: Facet,
    /// Only in what matches these words.
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    from: FromArgs,
    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = at_least_one, help_heading = "Output")]
    limit: usize,
    /// How to print.
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: CountFormat,
}

/// How counts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CountFormat {
    /// To read.
    Text,
    /// One object.
    Json,
    /// An object a line.
    Jsonl,
    /// Rows and columns, with a head.
    Csv,
}

/// A number from 1.
pub fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|n| *n > 0).ok_or_else(|| "a whole number from 1".to_owned())
}

pub fn run(args: &Top, console: &mut Console) -> anyhow::Result<Outcome> {
    // a speaker is counted once a quote, all else once an article
    let unit = if args.what == Facet::Speakers { Unit::Quotes } else { Unit::Articles };
    let question = question(&typed(&args.words), &Filters::from(&args.filters), args.reading, unit, console)?;
    let engine = args.from.open(console)?;
    let asked = widened(&engine, &question, &args.from.names, console)?;
    let (counts, also) = count_by(&engine, &asked, args.what, args.limit, &args.from.names)?;
    match args.format {
        CountFormat::Text => table(args.what, &counts, console)?,
        CountFormat::Json => {
            let all = json!({"schema_version": SCHEMA_VERSION, "what": args.what.name(), "total": counts.total,
                "distinct": counts.distinct, "values": values(&counts, &also)});
            let (out, _) = console.out();
            json_text::indented(out, &all)?;
            writeln!(out)?;
        }
        CountFormat::Jsonl => {
            for value in values(&counts, &also).as_array().into_iter().flatten() {
                json_text::line(console.out().0, value)?;
            }
        }
        CountFormat::Csv => {
            let (out, _) = console.out();
            csv::cells_of(out, &["value", "count", "share"].map(str::to_owned))?;
            for (value, count) in &counts.values {
                csv::cells_of(out, &[value.clone(), count.to_string(), format!("{:.4}", share(*count, counts.total))])?;
            }
        }
    }
    if counts.total == 0 {
        advise(&engine, &question, console)?;
    } else if counts.values.is_empty() {
        console.note(format_args!("none of {} has {}", counted(counts.total, question.what()), args.what.name()));
    }
    Ok(if counts.values.is_empty() { Outcome::Partly } else { Outcome::Done })
}

fn share(count: u64, total: u64) -> f64 {
    if total == 0 { 0.0 } else { count as f64 / total as f64 }
}

/// Counts as JSON, with the other names that are counted in each.
pub fn values(counts: &FacetCounts, also: &[Short]) -> Value {
    let round = |share: f64| (share * 1e4).round() / 1e4;
    let value = |(value, count): &(String, u64)| {
        let mut json = json!({"value": value, "count": count, "share": round(share(*count, counts.total))});
        let also: Vec<Value> =
            also.iter().filter(|s| s.name == *value).map(|s| json!({"name": s.short, "count": s.count, "share": round(s.share)})).collect();
        if let (Some(object), false) = (json.as_object_mut(), also.is_empty()) {
            object.insert("also".to_owned(), also.into());
        }
        json
    };
    counts.values.iter().map(value).collect()
}

/// Counts to read.
pub fn table(what: Facet, counts: &FacetCounts, console: &mut Console) -> anyhow::Result<()> {
    let (out, theme) = console.out();
    let unit = if what == Facet::Speakers { "quote" } else { "article" };
    let head = format!("{} of {}", what.name(), counted(counts.total, unit));
    writeln!(out, "{}", theme.paint(Role::Title, &head))?;
    let width = counts.values.first().map_or(1, |(_, count)| count.to_string().len());
    for (value, count) in &counts.values {
        let percent = 100.0 * share(*count, counts.total);
        writeln!(out, "{count:>width$}  {percent:>5.1}%  {}", printable(&value.replace('\n', " ")))?;
    }
    let more = counts.distinct.saturating_sub(counts.values.len() as u64);
    if more > 0 {
        writeln!(out, "{}", theme.paint(Role::Faint, &format!("and {more} more")))?;
    }
    Ok(())
}
