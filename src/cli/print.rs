//! How hits are printed: in every format, those of one query or of several.

use std::collections::BTreeSet;

use anyhow::bail;
use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use super::ask::Question;
use super::output::Console;
use crate::annotation::SCHEMA_VERSION;
use crate::engine::{Found, Hit};
use crate::query::arrange::Unit;
use crate::query::context::context;
use crate::query::distance;
use crate::query::matching::Reader;
use crate::query::snippet::{Shape, snippets};
use crate::render::theme::printable;
use crate::render::{csv, hit_text, hits, json as json_text};

/// The name of the field that says which of several queries a hit answers.
const QUERY_ID: &str = "query_id";

/// How hits are printed.
#[derive(Clone, Debug, Args)]
pub struct PrintArgs {
    /// How to print.
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    pub format: Format,
    /// Only these fields, with --format json, jsonl or csv: --fields id,title,speaker.name
    #[arg(long, value_name = "NAMES", value_delimiter = ',', help_heading = "Output")]
    pub fields: Vec<String>,
    /// With --format ids, end each id with a NUL byte, for xargs -0.
    #[arg(short = '0', long = "null", help_heading = "Output")]
    pub null: bool,
}

/// The formats of hits.
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
    /// The article's id, a line each; of several queries behind the query's id and a tab.
    Ids,
}

impl PrintArgs {
    /// Refuses what the format cannot print, and fields that no hit has.
    ///
    /// # Errors
    /// With what to write instead.
    pub fn check(&self, unit: Unit) -> anyhow::Result<()> {
        if self.null && self.format != Format::Ids {
            bail!("-0 ends ids: it goes with --format ids");
        }
        if !self.fields.is_empty() && matches!(self.format, Format::Text | Format::Ids) {
            bail!("--fields goes with --format json, jsonl or csv");
        }
        let names = hits::names(unit);
        for field in &self.fields {
            let head = field.split('.').next().unwrap_or(field);
            if !names.contains(&head) {
                let near = names.iter().filter_map(|name| distance(head, name, 2).map(|d| (d, *name))).min();
                let near = near.map_or_else(|| format!("there are {}", names.join(", ")), |(_, name)| format!("did you mean {name}?"));
                bail!("--fields: a hit has no {head:?}; {near}");
            }
        }
        Ok(())
    }
}

/// How the hits of a command are shown.
#[derive(Clone, Copy, Debug)]
pub struct Show<'a> {
    /// Articles or quotes.
    pub unit: Unit,
    /// The format, and what of a hit.
    pub print: &'a PrintArgs,
    /// The snippets of articles.
    pub shape: Shape,
    /// Whether names match only as they are spelt.
    pub exact_names: bool,
    /// Say why: what tied each quote to its speaker, and what the score is made of.
    pub explain: bool,
    /// Whether there may be several queries: then each hit says which one it answers.
    pub several: bool,
}

/// What answers one query.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// What was asked, which says what is lit.
    pub question: &'a Question,
    /// The hits.
    pub found: &'a Found,
    /// How many were passed over.
    pub offset: usize,
    /// The query, where hits name it.
    pub query_id: Option<&'a Value>,
}

impl<'a> Answer<'a> {
    /// The first hits of the only query.
    pub fn only(question: &'a Question, found: &'a Found) -> Self {
        Self { question, found, offset: 0, query_id: None }
    }
}

/// Writes all hits: as one object where that is the format.
pub fn all(show: &Show<'_>, answer: &Answer<'_>, facets: Value, console: &mut Console) -> anyhow::Result<()> {
    if show.print.format == Format::Json {
        let list: Vec<Value> = ranked(answer).map(|(rank, hit)| show.chosen(answer, hit, rank).into()).collect();
        let all = json!({"schema_version": SCHEMA_VERSION, "total": answer.found.total, "hits": list, "facets": facets});
        let (out, _) = console.out();
        json_text::indented(out, &all)?;
        writeln!(out)?;
        return Ok(());
    }
    head(show, console)?;
    each(show, answer, console)
}

/// Writes what stands above the first hit: the names of the columns, where there are any.
pub fn head(show: &Show<'_>, console: &mut Console) -> anyhow::Result<()> {
    if show.print.format == Format::Csv {
        csv::cells_of(console.out().0, &show.columns())?;
    }
    Ok(())
}

/// Writes the hits one after the other; JSON as a line each.
pub fn each(show: &Show<'_>, answer: &Answer<'_>, console: &mut Console) -> anyhow::Result<()> {
    let columns = show.columns();
    for (rank, hit) in ranked(answer) {
        let (out, _) = console.out();
        match show.print.format {
            Format::Json | Format::Jsonl => json_text::line(out, &show.chosen(answer, hit, rank))?,
            Format::Csv => csv::row(out, &show.fields(answer, hit, rank), &columns)?,
            Format::Ids => return ids(show.print, answer.found.hits.iter(), answer.query_id, console),
            Format::Text => text(show, answer, hit, rank, console)?,
        }
    }
    Ok(())
}

/// Writes the id of each article once, behind that of the query it answers where there is one.
pub fn ids<'a>(
    print: &PrintArgs,
    hits: impl Iterator<Item = &'a Hit>,
    query_id: Option<&Value>,
    console: &mut Console,
) -> anyhow::Result<()> {
    let mut printed = BTreeSet::new();
    let before = query_id.map(|id| format!("{}\t", text_of(id).replace(['\n', '\t'], " "))).unwrap_or_default();
    let (out, _) = console.out();
    for id in hits.map(|hit| &hit.record.article.id).filter(|&id| printed.insert(id)) {
        if print.null {
            write!(out, "{before}{id}\0")?;
        } else {
            writeln!(out, "{}{}", printable(&before), printable(id).replace('\n', " "))?;
        }
    }
    Ok(())
}

fn ranked<'a>(answer: &Answer<'a>) -> impl Iterator<Item = (usize, &'a Hit)> {
    (answer.offset + 1..).zip(&answer.found.hits)
}

fn text(show: &Show<'_>, answer: &Answer<'_>, hit: &Hit, rank: usize, console: &mut Console) -> anyhow::Result<()> {
    let (out, theme) = console.out();
    let node = &answer.question.node;
    let reader = Reader::new(&hit.record, show.exact_names);
    let why = show.explain.then_some(hit_text::Why { score: hit.explanation.as_deref() });
    let quotes = &hit.record.annotations.quotes;
    if let Some((index, quote)) = hit.quote.and_then(|q| Some((q, quotes.get(q)?))) {
        hit_text::quote(out, theme, rank, &hit.record, quote, &reader.quote_lights(node, index), why)?;
    } else {
        let shown = snippets(&reader, node, show.shape);
        let quotes: Vec<_> = reader.matching_quotes(node).into_iter().map(|q| (&quotes[q], reader.quote_lights(node, q))).collect();
        hit_text::article(out, theme, rank, &hit.record, &hit.also, &shown, &quotes, why)?;
    }
    Ok(())
}

/// The id of a query as text.
pub fn text_of(query_id: &Value) -> String {
    query_id.as_str().map_or_else(|| query_id.to_string(), str::to_owned)
}

impl Show<'_> {
    /// The fields that are printed; none stands for all.
    fn names(&self) -> Vec<String> {
        let mut names = self.print.fields.clone();
        if self.several && !names.is_empty() && !names.iter().any(|name| name == QUERY_ID) {
            names.insert(0, QUERY_ID.to_owned());
        }
        names
    }

    fn columns(&self) -> Vec<String> {
        if !self.print.fields.is_empty() {
            return self.names();
        }
        let own = if self.unit == Unit::Articles { csv::ARTICLE_COLUMNS } else { csv::QUOTE_COLUMNS };
        let query_id = self.several.then_some(QUERY_ID);
        query_id.into_iter().chain(own.iter().copied()).map(str::to_owned).collect()
    }

    fn chosen(&self, answer: &Answer<'_>, hit: &Hit, rank: usize) -> Map<String, Value> {
        hits::chosen(self.fields(answer, hit, rank), &self.names())
    }

    /// A hit as JSON.
    fn fields(&self, answer: &Answer<'_>, hit: &Hit, rank: usize) -> hits::Fields {
        let (query_id, also, explanation) = (answer.query_id.cloned(), hit.also.clone(), hit.explanation.clone());
        let place = hits::Place { rank, score: hit.score, query_id, also, explanation };
        let chosen = &self.print.fields;
        let wanted = |name: &str| chosen.is_empty() || chosen.iter().any(|f| f.split('.').next() == Some(name));
        let node = &answer.question.node;
        let reader = Reader::new(&hit.record, self.exact_names);
        if let Some((index, quote)) = hit.quote.and_then(|q| Some((q, hit.record.annotations.quotes.get(q)?))) {
            let around = context(quote, &reader.body).map_or("", |span| span.of(&hit.record.article.body));
            return hits::quote(&place, &hit.record, quote, around, &reader.quote_lights(node, index));
        }
        let shown = if wanted("snippets") { snippets(&reader, node, self.shape) } else { Vec::new() };
        let quotes = if wanted("quotes") { reader.matching_quotes(node) } else { Vec::new() };
        hits::article(&place, &hit.record, &shown, &quotes)
    }
}
