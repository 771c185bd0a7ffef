//! `dictum query` and `dictum quotes`: the articles, or the quotes, that match.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::Outcome;
use super::advice::{advise, apart};
use super::ask::{Facet, FilterArgs, FromArgs, Question, ReadingArgs, Sort, asks, count_by, counted, question, widened};
use super::output::Console;
use super::saved;
use super::words::typed;
use crate::annotation::SCHEMA_VERSION;
use crate::engine::bearers::Short;
use crate::engine::{Engine, Found, Hit, Request};
use crate::query::arrange::Unit;
use crate::query::context::context;
use crate::query::distance;
use crate::query::filters::Filters;
use crate::query::matching::Reader;
use crate::query::snippet::{Shape, snippets};
use crate::render::{csv, hit_text, hits, json as json_text};

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
    #[arg(long, value_name = "N", default_value_t = 2, help_heading = "Output")]
    snippets: usize,
    /// About how many letters a snippet has.
    #[arg(long, value_name = "N", default_value_t = 240, value_parser = clap::value_parser!(u32).range(20..=100_000), help_heading = "Output")]
    snippet_length: u32,
}

/// Find quotes.
#[derive(Clone, Debug, Args)]
#[command(before_help = QUOTES_EXAMPLES)]
pub struct Quotes {
    #[command(flatten)]
    ask: Ask,
    /// Group quotes that say nearly these words: who said them, where and when, and where they differ.
    #[arg(long, value_name = "WORDS", help_heading = "Searching")]
    pub same: Option<String>,
}

/// What both ask.
#[derive(Clone, Debug, Args)]
pub struct Ask {
    /// Words, "phrases", field:word, AND OR NOT: see `dictum help query`.
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    pub from: FromArgs,
    /// Look for the words of the best articles too: finds more of the same matter.
    #[arg(long, help_heading = "Searching")]
    expand: bool,
    /// Copies of one article as hits of their own, not folded as "also in".
    #[arg(long, help_heading = "Searching")]
    all_copies: bool,
    /// The order of hits.
    #[arg(long, value_name = "ORDER", default_value = "relevance", help_heading = "Output")]
    sort: Sort,
    /// At most so many hits.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = limit, help_heading = "Output")]
    pub limit: usize,
    /// Pass over so many hits.
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Output")]
    offset: usize,
    /// How to print.
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    pub format: Format,
    /// Only these fields, with --format json, jsonl or csv: --fields id,title,speaker.name
    #[arg(long, value_name = "NAMES", value_delimiter = ',', help_heading = "Output")]
    fields: Vec<String>,
    /// With --format ids, end each id with a NUL byte, for xargs -0.
    #[arg(short = '0', long = "null", help_heading = "Output")]
    null: bool,
    /// Print only how many match.
    #[arg(long, help_heading = "Output")]
    count: bool,
    /// Count these beside the hits: --facet speakers,places
    #[arg(long, value_name = "WHAT", value_delimiter = ',', help_heading = "Output")]
    facet: Vec<Facet>,
    /// Say how the query was read and how each hit was scored.
    #[arg(long, help_heading = "Output")]
    explain: bool,
    /// Answer the queries of a file, or of - for standard input: one a line, or JSON lines {"id", "query", "speaker"…}.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["words", "count", "facet", "saved"], help_heading = "Searching")]
    batch: Option<PathBuf>,
    /// Keep this query under a name; without words, ask the one that is kept. See `dictum alert`.
    #[arg(long, value_name = "NAME", help_heading = "Searching")]
    saved: Option<String>,
}

/// How hits are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// To read.
    Text,
    /// One object with the hits.
    Json,
    /// A hit a line.
    Jsonl,
    /// Rows and columns, with a head.
    Csv,
    /// The article's id, a line each.
    Ids,
}

fn limit(text: &str) -> Result<usize, String> {
    match text.parse::<usize>() {
        Ok(0) => Err("0 hits are none: --count prints how many there are".to_owned()),
        Ok(n) => Ok(n),
        Err(_) => Err("a whole number from 1".to_owned()),
    }
}

/// How hits are shown.
#[derive(Clone, Copy, Debug)]
pub struct Show<'a> {
    /// Articles or quotes.
    pub unit: Unit,
    /// The format.
    pub format: Format,
    /// The fields that are printed; all where there are none.
    pub fields: &'a [String],
    /// Whether ids end with a NUL byte.
    pub null: bool,
    /// The snippets of articles.
    pub shape: Shape,
    /// Whether names match only as they are spelt.
    pub exact_names: bool,
    /// Say why: what tied each quote to its speaker, and what the score is made of.
    pub explain: bool,
}

pub fn query(args: &Query, console: &mut Console) -> anyhow::Result<Outcome> {
    let shape = Shape { count: args.snippets, length: args.snippet_length as usize };
    run(&args.ask, Unit::Articles, shape, console)
}

pub fn quotes(args: &Quotes, console: &mut Console) -> anyhow::Result<Outcome> {
    if let Some(words) = &args.same {
        let filters = Filters::from(&args.ask.filters);
        return super::same::run(words, &args.ask, &filters, console);
    }
    run(&args.ask, Unit::Quotes, Shape::default(), console)
}

/// Refuses fields that no hit has.
fn known(fields: &[String], unit: Unit) -> anyhow::Result<()> {
    let names = hits::names(unit);
    for field in fields {
        let head = field.split('.').next().unwrap_or(field);
        if !names.contains(&head) {
            let near = names.iter().filter_map(|name| distance(head, name, 2).map(|d| (d, *name))).min();
            let near = near.map_or_else(|| format!("there are {}", names.join(", ")), |(_, name)| format!("did you mean {name}?"));
            bail!("--fields: a hit has no {head:?}; {near}");
        }
    }
    Ok(())
}

fn run(args: &Ask, unit: Unit, shape: Shape, console: &mut Console) -> anyhow::Result<Outcome> {
    known(&args.fields, unit)?;
    let exact_names = args.reading.exact_names;
    let show = Show { unit, format: args.format, fields: &args.fields, null: args.null, shape, exact_names, explain: args.explain };
    let filters = Filters::from(&args.filters);
    if let Some(file) = &args.batch {
        let engine = args.from.open(console)?;
        return batch(file, args, &filters, &engine, &show, console);
    }
    let mut asked = saved::Saved { unit, words: typed(&args.words), filters, any: args.reading.any, exact_names: args.reading.exact_names };
    if let Some(name) = &args.saved {
        if asked.words.trim().is_empty() && asked.filters == Filters::default() {
            asked = saved::load(&args.from.index.index, name)?.query;
        } else {
            let asked_here = question(&asked.words, &asked.filters, args.reading, unit, console)?;
            asks(&asked_here)?;
            if let Ok(before) = saved::load(&args.from.index.index, name)
                && before.query != asked
            {
                console.note(format_args!("{name} was kept for another query, {:?}; it is replaced", before.query.words));
            }
            saved::keep(&args.from.index.index, name, &asked)?;
            console.note(format_args!("kept as {name}: `dictum alert {name}` prints what is new"));
        }
    }
    let reading = ReadingArgs { any: asked.any, exact_names: asked.exact_names };
    let as_asked = question(&asked.words, &asked.filters, reading, unit, console)?;
    asks(&as_asked)?;
    let engine = args.from.open(console)?;
    let question = widened(&engine, &as_asked, &args.from.names, console)?;
    if args.explain {
        console.note(format_args!("read as: {}", question.node));
    }
    if args.count {
        let count = engine.count(question.scope(), !args.all_copies)?;
        let (out, _) = console.out();
        match args.format {
            Format::Json | Format::Jsonl => json_text::line(out, &json!({"schema_version": SCHEMA_VERSION, "total": count}))?,
            _ => writeln!(out, "{count}")?,
        }
        return Ok(if count == 0 { Outcome::Partly } else { Outcome::Done });
    }
    let found = engine.search(&request(args, unit, &question))?;
    if args.explain && !found.expanded.is_empty() {
        console.note(format_args!("expanded by: {}", found.expanded.join(" ")));
    }
    let mut facets = Vec::new();
    for facet in &args.facet {
        let (counts, also) = count_by(&engine, &question, *facet, args.limit, &args.from.names)?;
        facets.push((*facet, counts, also));
    }
    print(&show, &question, &found, args.offset, &facets, console)?;
    if found.total == 0 {
        if args.format == Format::Text {
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

fn request(args: &Ask, unit: Unit, question: &Question) -> Request {
    Request {
        node: question.node.clone(),
        unit,
        sort: args.sort.into(),
        offset: args.offset,
        limit: args.limit,
        expand: args.expand,
        exact_names: args.reading.exact_names,
        all_copies: args.all_copies,
        explain: args.explain,
    }
}

fn print(
    show: &Show<'_>,
    question: &Question,
    found: &Found,
    offset: usize,
    facets: &[(Facet, crate::engine::FacetCounts, Vec<Short>)],
    console: &mut Console,
) -> anyhow::Result<()> {
    let facet_json = || -> Value {
        facets
            .iter()
            .map(|(facet, counts, also)| (facet.name().to_owned(), super::top::values(counts, also)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    match show.format {
        Format::Json => document(show, question, found, offset, facet_json(), console)?,
        Format::Csv => {
            head(show, console)?;
            each(show, question, found, offset, None, console)?;
        }
        _ => {
            each(show, question, found, offset, None, console)?;
            if show.format == Format::Text {
                for (facet, counts, _) in facets {
                    super::top::table(*facet, counts, console)?;
                }
            }
            let shown = offset + found.hits.len();
            if show.format == Format::Text && (shown as u64) < found.total && !found.hits.is_empty() {
                let what = if show.unit == Unit::Articles { "article" } else { "quote" };
                console.flush()?;
                console.note(format_args!("{shown} of {}; more with --offset {shown} or a larger --limit", counted(found.total, what)));
            }
        }
    }
    Ok(())
}

/// Writes all hits as one object.
pub fn document(
    show: &Show<'_>,
    question: &Question,
    found: &Found,
    offset: usize,
    facets: Value,
    console: &mut Console,
) -> anyhow::Result<()> {
    let mut list: Vec<Value> = Vec::new();
    for (i, hit) in found.hits.iter().enumerate() {
        list.push(hits::chosen(fields(show, question, hit, offset + i + 1, None), show.fields).into());
    }
    let all = json!({"schema_version": SCHEMA_VERSION, "total": found.total, "hits": list, "facets": facets});
    let (out, _) = console.out();
    json_text::indented(out, &all)?;
    writeln!(out)?;
    Ok(())
}

/// Writes the head of the columns.
pub fn head(show: &Show<'_>, console: &mut Console) -> anyhow::Result<()> {
    csv::cells_of(console.out().0, &columns(show))?;
    Ok(())
}

fn columns(show: &Show<'_>) -> Vec<String> {
    if !show.fields.is_empty() {
        return show.fields.to_vec();
    }
    let all = if show.unit == Unit::Articles { csv::ARTICLE_COLUMNS } else { csv::QUOTE_COLUMNS };
    all.iter().map(|c| (*c).to_owned()).collect()
}

/// Writes each hit in a format of lines.
pub fn each(
    show: &Show<'_>,
    question: &Question,
    found: &Found,
    offset: usize,
    query_id: Option<&Value>,
    console: &mut Console,
) -> anyhow::Result<()> {
    let columns = columns(show);
    let mut printed = BTreeSet::new();
    for (i, hit) in found.hits.iter().enumerate() {
        let rank = offset + i + 1;
        let (out, theme) = console.out();
        match show.format {
            Format::Json | Format::Jsonl => json_text::line(out, &hits::chosen(fields(show, question, hit, rank, query_id), show.fields))?,
            Format::Csv => csv::row(out, &fields(show, question, hit, rank, query_id), &columns)?,
            Format::Ids => {
                // an article of several quotes is one id
                let id = &hit.record.article.id;
                if printed.insert(id) {
                    let end = if show.null { "\0" } else { "\n" };
                    let id = if show.null { id.clone() } else { crate::render::theme::printable(id).replace('\n', " ") };
                    write!(out, "{id}{end}")?;
                }
            }
            Format::Text => {
                let reader = Reader::new(&hit.record, show.exact_names);
                let why = show.explain.then_some(hit_text::Why { score: hit.explanation.as_deref() });
                match hit.quote.and_then(|q| hit.record.annotations.quotes.get(q).map(|quote| (q, quote))) {
                    Some((index, quote)) => {
                        hit_text::quote(out, theme, rank, &hit.record, quote, &reader.quote_lights(&question.node, index), why)?;
                    }
                    None => {
                        let shown = snippets(&reader, &question.node, show.shape);
                        let quotes: Vec<_> = reader
                            .matching_quotes(&question.node)
                            .into_iter()
                            .map(|q| (&hit.record.annotations.quotes[q], reader.quote_lights(&question.node, q)))
                            .collect();
                        hit_text::article(out, theme, rank, &hit.record, &hit.also, &shown, &quotes, why)?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// A hit as JSON.
fn fields(show: &Show<'_>, question: &Question, hit: &Hit, rank: usize, query_id: Option<&Value>) -> hits::Fields {
    let (query_id, also, explanation) = (query_id.cloned(), hit.also.clone(), hit.explanation.clone());
    let place = hits::Place { rank, score: hit.score, query_id, also, explanation };
    let wanted = |name: &str| show.fields.is_empty() || show.fields.iter().any(|f| f.split('.').next() == Some(name));
    let reader = Reader::new(&hit.record, show.exact_names);
    match hit.quote.and_then(|q| hit.record.annotations.quotes.get(q).map(|quote| (q, quote))) {
        Some((index, quote)) => {
            let around = context(quote, &reader.body).map_or("", |span| span.of(&hit.record.article.body));
            hits::quote(&place, &hit.record, quote, around, &reader.quote_lights(&question.node, index))
        }
        None => {
            let shown = if wanted("snippets") { snippets(&reader, &question.node, show.shape) } else { Vec::new() };
            let quotes = if wanted("quotes") { reader.matching_quotes(&question.node) } else { Vec::new() };
            hits::article(&place, &hit.record, &shown, &quotes)
        }
    }
}

/// A line of a batch.
#[derive(serde::Deserialize)]
struct Line {
    id: Option<Value>,
    #[serde(default)]
    query: String,
    any: Option<bool>,
    limit: Option<usize>,
    #[serde(flatten)]
    filters: serde_json::Map<String, Value>,
}

fn batch(
    file: &Path,
    args: &Ask,
    filters: &Filters,
    engine: &dyn Engine,
    show: &Show<'_>,
    console: &mut Console,
) -> anyhow::Result<Outcome> {
    let named = |what: io::Result<File>| what.with_context(|| file.display().to_string());
    let lines: Box<dyn BufRead> =
        if file == Path::new("-") { Box::new(io::stdin().lock()) } else { Box::new(BufReader::new(named(File::open(file))?)) };
    if show.format == Format::Csv {
        let mut head = vec!["query_id".to_owned()];
        head.extend(columns(show));
        csv::cells_of(console.out().0, &head)?;
    }
    let csv_columns: Vec<String> = std::iter::once("query_id".to_owned()).chain(columns(show)).collect();
    let show = if show.format == Format::Csv { Show { fields: &csv_columns, ..*show } } else { *show };
    let (mut any_hit, mut all_read) = (false, true);
    for (number, line) in lines.lines().enumerate() {
        let line = line.with_context(|| file.display().to_string())?;
        if line.trim().is_empty() {
            continue;
        }
        let mut ask = || -> anyhow::Result<bool> {
            let (id, words, reading, filters, limit) = if line.trim_start().starts_with('{') {
                let read: Line = serde_json::from_str(&line).context("this line is no query as JSON")?;
                let own: Filters = serde_json::from_value(Value::Object(read.filters)).context("this line is no query as JSON")?;
                let reading = ReadingArgs { any: read.any.unwrap_or(args.reading.any), ..args.reading };
                let own = own.or(filters);
                (read.id.unwrap_or_else(|| (number + 1).into()), read.query, reading, own, read.limit.unwrap_or(args.limit))
            } else {
                ((number + 1).into(), line.clone(), args.reading, filters.clone(), args.limit)
            };
            let question = question(&words, &filters, reading, show.unit, console)?;
            asks(&question)?;
            let question = widened(engine, &question, &args.from.names, console)?;
            let found = engine.search(&Request { limit, ..request(args, show.unit, &question) })?;
            if show.format == Format::Text {
                let (out, theme) = console.out();
                writeln!(
                    out,
                    "{}",
                    theme.paint(crate::render::theme::Role::Title, &format!("# {}: {}", id.to_string().trim_matches('"'), words))
                )?;
            }
            each(&show, &question, &found, args.offset, Some(&id), console)?;
            Ok(!found.hits.is_empty())
        };
        match ask() {
            Ok(hits) => any_hit |= hits,
            Err(error) if super::output::is_closed_pipe(&error) => return Err(error),
            Err(error) => {
                all_read = false;
                console.note(format_args!("dictum: {} line {}: {error:#}", file.display(), number + 1));
            }
        }
    }
    if !all_read && !any_hit {
        bail!("no query of {} could be answered", file.display());
    }
    Ok(if any_hit && all_read { Outcome::Done } else { Outcome::Partly })
}
