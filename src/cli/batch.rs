//! `--batch FILE`: many queries, answered one after the other in one process.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, bail};
use serde_json::{Map, Value};

use super::Outcome;
use super::ask::{NamesArgs, ReadingArgs, asks, question, widened};
use super::output::{Console, is_closed_pipe};
use super::print::{Answer, Format, Show, each, head, text_of};
use crate::engine::{Engine, Request};
use crate::query::filters::Filters;
use crate::render::theme::Role;

/// What every line is asked with, unless it says otherwise.
pub struct Common<'a> {
    /// The filters of the command line.
    pub filters: Filters,
    /// How words are read.
    pub reading: ReadingArgs,
    /// Which names are of one.
    pub names: &'a NamesArgs,
    /// Order, limit and the like; its tree is put in for each line.
    pub request: Request,
    /// How hits are shown.
    pub show: Show<'a>,
}

/// One query of a batch.
struct Line {
    id: Value,
    words: String,
    any: Option<bool>,
    limit: Option<usize>,
    filters: Filters,
}

/// A line that is JSON; what else it has are filters.
#[derive(serde::Deserialize)]
struct JsonLine {
    id: Option<Value>,
    #[serde(default)]
    query: String,
    any: Option<bool>,
    limit: Option<usize>,
    #[serde(flatten)]
    filters: Map<String, Value>,
}

/// Answers the queries of `file`, `-` for standard input. A line that cannot be answered is named and stops no other.
///
/// # Errors
/// When the file cannot be read or has no query, or none of its lines could be answered.
pub fn run(file: &Path, common: &Common<'_>, engine: &dyn Engine, console: &mut Console) -> anyhow::Result<Outcome> {
    let name = file.display();
    let lines: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(file).with_context(|| name.to_string())?))
    };
    head(&common.show, console)?;
    let (mut answered, mut failed, mut hits) = (0_u64, 0_u64, 0);
    for (number, line) in (1_u64..).zip(lines.split(b'\n')) {
        let line = line.with_context(|| name.to_string())?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match read(&line, number).and_then(|line| ask(&line, common, engine, console)) {
            Ok(found) => {
                answered += 1;
                hits += found;
            }
            Err(error) if is_closed_pipe(&error) => return Err(error),
            Err(error) => {
                failed += 1;
                console.error(format_args!("{name} line {number}: {error:#}"));
            }
        }
    }
    match (answered, failed) {
        (0, 0) => bail!("{name} has no query"),
        (0, _) => bail!("no query of {name} could be answered"),
        (_, 0) if hits > 0 => Ok(Outcome::Done),
        _ => Ok(Outcome::Partly),
    }
}

fn read(line: &[u8], number: u64) -> anyhow::Result<Line> {
    let line = std::str::from_utf8(line).context("this line is not UTF-8")?.trim_start_matches('\u{feff}').trim();
    if !line.starts_with('{') {
        return Ok(Line { id: number.into(), words: line.to_owned(), any: None, limit: None, filters: Filters::default() });
    }
    let read = || -> serde_json::Result<Line> {
        let JsonLine { id, query, any, limit, filters } = serde_json::from_str(line)?;
        let filters = serde_json::from_value(Value::Object(filters))?;
        Ok(Line { id: id.unwrap_or_else(|| number.into()), words: query, any, limit, filters })
    };
    let line = read().context("this line is no query as JSON")?;
    if line.limit == Some(0) {
        bail!("\"limit\" is a whole number from 1");
    }
    Ok(line)
}

/// Prints the hits of one line and gives their number.
fn ask(line: &Line, common: &Common<'_>, engine: &dyn Engine, console: &mut Console) -> anyhow::Result<usize> {
    let Line { id, words, any, limit, filters } = line;
    let reading = ReadingArgs { any: any.unwrap_or(common.reading.any), ..common.reading };
    let filters = filters.clone().or(&common.filters);
    let question = question(words, &filters, reading, common.show.unit, console)?;
    asks(&question)?;
    let question = widened(engine, &question, common.names, console)?;
    if common.show.explain {
        console.note(format_args!("{}: read as: {}", text_of(id), question.node));
    }
    let limit = limit.unwrap_or(common.request.limit);
    let found = engine.search(&Request { node: question.node.clone(), limit, ..common.request.clone() })?;
    if common.show.print.format == Format::Text {
        let asked = if words.is_empty() { question.read.to_string() } else { words.clone() };
        let (out, theme) = console.out();
        writeln!(out, "{}", theme.paint(Role::Title, &format!("# {}: {asked}", text_of(id))))?;
    }
    each(&common.show, &Answer { question: &question, found: &found, offset: common.request.offset, query_id: Some(id) }, console)?;
    Ok(found.hits.len())
}
