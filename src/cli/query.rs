//! `dictum query` and `dictum quotes`: the articles, or the quotes, that match.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use serde_json::{Map, Value, json};

use super::Outcome;
use super::advice::{advise, apart};
use super::ask::{Facet, FilterArgs, FromArgs, Question, ReadingArgs, Sort, asks, count_by, counted, question, widened};
use super::output::Console;
use super::print::{Answer, Format, PrintArgs, Show, all};
use super::words::typed;
use super::{batch, same, saved};
use crate::annotation::SCHEMA_VERSION;
use crate::engine::{Engine, Found, Request};
use crate::query::arrange::Unit;
use crate::query::filters::Filters;
use crate::query::snippet::Shape;
use crate::render::json as json_text;

const QUERY_EXAMPLES: &str = "\
Examples:
  dictum query ceasefire talks                               all words
  dictum query '\"oil prices\"' --place Russia --since 2010     a phrase, a place, a date
  dictum query --speaker merkel --said 'euro OR greece'      articles with such a quote
  dictum query 'title:(strike OR walkout) -football' --format jsonl
  dictum help query                                          the whole language";

const QUOTES_EXAMPLES: &str = "\
Examples:
  dictum quotes crimea --speaker verbitsky --sort oldest     who said what, in order
  dictum quotes --speaker unnamed --source courier           sources without a name
  dictum quotes --same \"we will not negotiate\"               the same words, said by whom, where
  dictum quotes euro --format csv > euro.csv";

/// Find articles.
#[derive(Clone, Debug, Args)]
#[command(before_help = QUERY_EXAMPLES)]
pub struct Query {
    #[command(flatten)]
    ask: Ask,
    /// How many snippets of the body each article gets.
    #[arg(long, value_name = "N", default_value_t = 2, conflicts_with = "count", help_heading = "Output")]
    snippets: usize,
    /// About how many letters a snippet has.
    #[arg(long, value_name = "N", default_value_t = 240, value_parser = clap::value_parser!(u32).range(20..=100_000), conflicts_with = "count", help_heading = "Output")]
    snippet_length: u32,
    /// Look for the words of the best articles too: finds more of the same matter.
    #[arg(long, conflicts_with_all = ["count", "saved"], help_heading = "Searching")]
    expand: bool,
}

/// Find quotes.
#[derive(Clone, Debug, Args)]
#[command(before_help = QUOTES_EXAMPLES)]
pub struct Quotes {
    #[command(flatten)]
    ask: Ask,
    /// Group quotes that say nearly these words: who said them, where and when, and where they differ. The largest group is
    /// first, with --sort newest or oldest the one that was last, or first, begun; copies of an article are told each.
    #[arg(
        long,
        value_name = "WORDS",
        conflicts_with_all = ["all_copies", "batch", "explain", "facet", "fields", "saved"],
        help_heading = "Searching"
    )]
    same: Option<String>,
}

/// What both ask.
#[derive(Clone, Debug, Args)]
pub struct Ask {
    /// Words, "phrases", field:word, AND OR NOT: see `dictum help query`.
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
    #[command(flatten)]
    pub filters: FilterArgs,
    #[command(flatten)]
    pub reading: ReadingArgs,
    #[command(flatten)]
    pub from: FromArgs,
    /// Copies of one article as hits of their own, not folded as "also in".
    #[arg(long, help_heading = "Searching")]
    all_copies: bool,
    /// The order of hits.
    #[arg(long, value_name = "ORDER", default_value = "relevance", help_heading = "Output")]
    pub sort: Sort,
    /// At most so many hits.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = limit, help_heading = "Output")]
    pub limit: usize,
    /// Pass over so many hits.
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Output")]
    pub offset: usize,
    #[command(flatten)]
    pub print: PrintArgs,
    /// Print only how many match.
    #[arg(long, conflicts_with_all = ["facet", "fields", "null", "offset"], help_heading = "Output")]
    pub count: bool,
    /// Count these beside the hits, with --format text or json: --facet speakers,places
    #[arg(long, value_name = "WHAT", value_delimiter = ',', help_heading = "Output")]
    facet: Vec<Facet>,
    /// Say how the query was read and how each hit was scored.
    #[arg(long, help_heading = "Output")]
    explain: bool,
    /// Answer the queries of a file, or of - for standard input: one a line, or JSON lines {"id", "query", "speaker"…}.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["words", "count", "facet", "saved"], help_heading = "Searching")]
    batch: Option<PathBuf>,
    /// Keep this query under a name; without words and filters, ask the one that is kept. See `dictum alert`.
    #[arg(long, value_name = "NAME", conflicts_with = "from", help_heading = "Searching")]
    saved: Option<String>,
    /// With --saved, keep this query in place of another of that name.
    #[arg(long, requires = "saved", help_heading = "Searching")]
    replace: bool,
}

fn limit(text: &str) -> Result<usize, String> {
    match text.parse::<usize>() {
        Ok(0) => Err("0 hits are none: --count prints how many there are".to_owned()),
        Ok(n) => Ok(n),
        Err(_) => Err("a whole number from 1".to_owned()),
    }
}

pub fn query(args: &Query, console: &mut Console) -> anyhow::Result<Outcome> {
    let shape = Shape { count: args.snippets, length: args.snippet_length as usize };
    run(&args.ask, Unit::Articles, shape, args.expand, console)
}

pub fn quotes(args: &Quotes, console: &mut Console) -> anyhow::Result<Outcome> {
    check(&args.ask, Unit::Quotes)?;
    match &args.same {
        Some(words) => same::run(words, &args.ask, console),
        None => run(&args.ask, Unit::Quotes, Shape::default(), false, console),
    }
}

/// Refuses what would be passed over without a word.
fn check(args: &Ask, unit: Unit) -> anyhow::Result<()> {
    let format = args.print.format;
    args.print.check(unit)?;
    if args.count && matches!(format, Format::Csv | Format::Ids) {
        bail!("--count prints a number, or with --format json an object");
    }
    if !args.facet.is_empty() && !matches!(format, Format::Text | Format::Json) {
        bail!("--facet goes with --format text or json; `dictum top` prints counts as csv and jsonl");
    }
    Ok(())
}

fn run(args: &Ask, unit: Unit, shape: Shape, expand: bool, console: &mut Console) -> anyhow::Result<Outcome> {
    check(args, unit)?;
    let several = args.batch.is_some();
    let exact_names = args.reading.exact_names;
    let show = Show { unit, print: &args.print, shape, exact_names, explain: args.explain, several };
    let filters = Filters::from(&args.filters);
    if let Some(file) = &args.batch {
        let request = Request { expand, ..request(args, unit) };
        let common = batch::Common { filters, reading: args.reading, names: &args.from.names, request, show };
        return batch::run(file, &common, &args.from.open(console)?, console);
    }
    let mut asked =
        saved::Saved { unit, words: typed(&args.words), filters, any: args.reading.any, exact_names, all_copies: args.all_copies };
    if let Some(name) = &args.saved {
        let index = &args.from.index.index;
        if asked.words.trim().is_empty() && asked.filters == Filters::default() {
            asked = saved::recall(index, name, &asked)?;
        } else {
            asks(&question(&asked.words, &asked.filters, args.reading, unit, console)?)?;
            saved::keep(index, name, &asked, args.replace)?;
            console.note(format_args!("kept as {name}: `dictum alert {name}` prints what is new"));
        }
    }
    let show = Show { exact_names: asked.exact_names, ..show };
    let as_asked = question(&asked.words, &asked.filters, asked.reading(), unit, console)?;
    asks(&as_asked)?;
    let engine = args.from.open(console)?;
    let question = widened(&engine, &as_asked, &args.from.names, console)?;
    if args.explain {
        console.note(format_args!("read as: {}", question.node));
    }
    if args.count {
        return count(args.print.format, engine.count(question.scope(), !asked.all_copies)?, console);
    }
    let found = engine.search(&Request {
        node: question.node.clone(),
        expand,
        exact_names: asked.exact_names,
        all_copies: asked.all_copies,
        ..request(args, unit)
    })?;
    if expand && found.expanded.is_empty() {
        console.note(format_args!("dictum: --expand has no plain words to go by; it changes nothing here"));
    } else if expand && args.explain {
        console.note(format_args!("expanded by: {}", found.expanded.join(" ")));
    }
    print(args, &show, &question, &found, &engine, console)?;
    if found.total == 0 {
        if args.print.format == Format::Text {
            console.note(format_args!("nothing found"));
        }
        advise(&engine, &as_asked, console)?;
    } else if found.hits.is_empty() {
        console.note(format_args!("--offset {} is past the end: {}", args.offset, counted(found.total, question.what())));
    } else if args.sort == Sort::Relevance && args.offset == 0 {
        console.flush()?;
        apart(&engine, &question, &found, console)?;
    }
    Ok(if found.hits.is_empty() { Outcome::Partly } else { Outcome::Done })
}

/// Prints only how many there are.
pub fn count(format: Format, count: u64, console: &mut Console) -> anyhow::Result<Outcome> {
    let (out, _) = console.out();
    match format {
        Format::Json | Format::Jsonl => json_text::line(out, &json!({"schema_version": SCHEMA_VERSION, "total": count}))?,
        _ => writeln!(out, "{count}")?,
    }
    Ok(if count == 0 { Outcome::Partly } else { Outcome::Done })
}

/// What is asked of the engine, but for the tree.
fn request(args: &Ask, unit: Unit) -> Request {
    Request {
        node: crate::query::ast::Node::All,
        unit,
        sort: args.sort.into(),
        offset: args.offset,
        limit: args.limit,
        expand: false,
        exact_names: args.reading.exact_names,
        all_copies: args.all_copies,
        explain: args.explain,
    }
}

fn print(
    args: &Ask,
    show: &Show<'_>,
    question: &Question,
    found: &Found,
    engine: &dyn Engine,
    console: &mut Console,
) -> anyhow::Result<()> {
    let mut facets = Vec::new();
    for facet in &args.facet {
        facets.push((*facet, count_by(engine, question, *facet, args.limit, &args.from.names)?));
    }
    let as_json: Map<String, Value> =
        facets.iter().map(|(facet, (counts, also))| (facet.name().to_owned(), super::top::values(counts, also))).collect();
    all(show, &Answer { offset: args.offset, ..Answer::only(question, found) }, as_json.into(), console)?;
    if show.print.format == Format::Text {
        for (facet, (counts, _)) in &facets {
            super::top::table(*facet, counts, console)?;
        }
        let shown = args.offset + found.hits.len();
        if (shown as u64) < found.total && !found.hits.is_empty() {
            console.flush()?;
            let all = counted(found.total, question.what());
            console.note(format_args!("{shown} of {all}; more with --offset {shown} or a larger --limit"));
        }
    }
    Ok(())
}
