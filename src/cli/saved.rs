//! Queries kept under a name beside the index, and `dictum alert`: what is new since one last ran.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use serde::{Deserialize, Serialize};

use super::Outcome;
use super::args::IndexArgs;
use super::ask::{NamesArgs, ReadingArgs, counted, question, widened};
use super::output::Console;
use super::query::{Format, Show, each, head};
use crate::digest::Digest;
use crate::engine::local::LocalEngine;
use crate::engine::{Engine, Found, Request, Sort};
use crate::query::arrange::Unit;
use crate::query::filters::Filters;
use crate::query::snippet::Shape;

const EXAMPLES: &str = "\
Examples:
  dictum query crimea --saved crimea    keep a query
  dictum alert crimea                   what is new since it last ran
  dictum alert                          the same for all that are kept";

/// Print only what is new since a kept query last ran.
#[derive(Clone, Debug, Args)]
#[command(before_help = EXAMPLES)]
pub struct Alert {
    /// The names of kept queries; all, where none is given.
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    index: IndexArgs,
    #[command(flatten)]
    corrected: NamesArgs,
    /// How to print.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Show what is new, and show it again the next time.
    #[arg(long)]
    peek: bool,
    /// Print the names and queries that are kept.
    #[arg(long)]
    list: bool,
    /// Forget the named queries.
    #[arg(long, requires = "names")]
    forget: bool,
}

/// A query that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Whether it asks for quotes.
    #[serde(with = "unit_name")]
    pub unit: Unit,
    /// Its words.
    pub words: String,
    /// Its filters.
    pub filters: Filters,
    /// Whether any word is enough.
    #[serde(default)]
    pub any: bool,
    /// Whether names match only as they are spelt.
    #[serde(default)]
    pub exact_names: bool,
}

/// A kept query with what it has shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The query.
    pub query: Saved,
    /// A number for each article or quote that was shown and still matches.
    #[serde(default)]
    pub shown: BTreeSet<u64>,
}

mod unit_name {
    use super::Unit;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(unit: &Unit, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(if *unit == Unit::Articles { "articles" } else { "quotes" })
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Unit, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "articles" => Ok(Unit::Articles),
            "quotes" => Ok(Unit::Quotes),
            other => Err(de::Error::custom(format!("{other:?} is neither articles nor quotes"))),
        }
    }
}

fn file(index: &Path, name: &str) -> anyhow::Result<PathBuf> {
    if name.is_empty() || name.len() > 100 || !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
        bail!("{name:?} is no name for a query: use letters, digits, - and _");
    }
    Ok(index.join("saved").join(format!("{name}.json")))
}

/// The query kept under `name`.
///
/// # Errors
/// When there is none.
pub fn load(index: &Path, name: &str) -> anyhow::Result<Kept> {
    let file = file(index, name)?;
    let text = std::fs::read_to_string(&file)
        .with_context(|| format!("no query is kept as {name:?}: `dictum query WORDS --saved {name}` keeps one"))?;
    serde_json::from_str(&text).with_context(|| file.display().to_string())
}

/// Keeps a query; what it has shown is forgotten where the query is another.
///
/// # Errors
/// When the folder of the index is missing or cannot be written.
pub fn keep(index: &Path, name: &str, query: &Saved) -> anyhow::Result<()> {
    if !index.is_dir() {
        return Err(crate::engine::EngineError::Missing(index.to_owned()).into());
    }
    let shown = load(index, name).ok().filter(|kept| kept.query == *query).map(|kept| kept.shown).unwrap_or_default();
    store(index, name, &Kept { query: query.clone(), shown })
}

fn store(index: &Path, name: &str, kept: &Kept) -> anyhow::Result<()> {
    let file = file(index, name)?;
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    // written aside and renamed, so that a broken run leaves the old one
    let aside = file.with_extension("new");
    std::fs::write(&aside, serde_json::to_vec(kept)?).with_context(|| aside.display().to_string())?;
    std::fs::rename(&aside, &file).with_context(|| file.display().to_string())
}

/// A number for an article, or for a quote in it: the same on every machine.
fn number_of(id: &str, said: &str) -> u64 {
    Digest::of(id.bytes().chain([0x1f]).chain(said.bytes()))
}

fn names(index: &Path) -> anyhow::Result<Vec<String>> {
    let Ok(entries) = std::fs::read_dir(index.join("saved")) else { return Ok(Vec::new()) };
    let mut names: Vec<String> = entries.filter_map(|e| e.ok()?.file_name().to_str()?.strip_suffix(".json").map(str::to_owned)).collect();
    names.sort_unstable();
    Ok(names)
}

pub fn alert(args: &Alert, console: &mut Console) -> anyhow::Result<Outcome> {
    let index = &args.index.index;
    let names = if args.names.is_empty() { names(index)? } else { args.names.clone() };
    if names.is_empty() {
        bail!("no query is kept in {}: `dictum query WORDS --saved NAME` keeps one", index.display());
    }
    if args.forget {
        for name in &names {
            load(index, name)?;
            let file = file(index, name)?;
            std::fs::remove_file(&file).with_context(|| file.display().to_string())?;
        }
        return Ok(Outcome::Done);
    }
    if args.list {
        for name in &names {
            let kept = load(index, name)?.query;
            let filters = serde_json::to_string(&kept.filters)?;
            let unit = if kept.unit == Unit::Articles { "query" } else { "quotes" };
            writeln!(console.out().0, "{name}\t{unit}\t{}\t{filters}", crate::render::theme::printable(&kept.words))?;
        }
        return Ok(Outcome::Done);
    }
    let engine = LocalEngine::open(index)?;
    let mut any = false;
    let mut head_of = None;
    for name in &names {
        let mut kept = load(index, name)?;
        let query = &kept.query;
        let reading = ReadingArgs { any: query.any, exact_names: query.exact_names };
        let asked = question(&query.words, &query.filters, reading, query.unit, console)?;
        let asked = widened(&engine, &asked, &args.corrected, console)?;
        let request = Request {
            node: asked.node.clone(),
            unit: query.unit,
            sort: Sort::Newest,
            offset: 0,
            limit: usize::MAX,
            expand: false,
            exact_names: query.exact_names,
            all_copies: true,
            explain: false,
        };
        let found = engine.search(&request)?;
        let mut fresh = Vec::new();
        // what no longer matches need not be remembered: so the file never outgrows the index
        let shown = std::mem::take(&mut kept.shown);
        for hit in found.hits {
            let said = hit.quote.and_then(|q| hit.record.annotations.quotes.get(q)).map_or("", |quote| quote.text.as_str());
            let number = number_of(&hit.record.article.id, said);
            if kept.shown.insert(number) && !shown.contains(&number) {
                fresh.push(hit);
            }
        }
        any |= !fresh.is_empty();
        let what = if query.unit == Unit::Articles { "new article" } else { "new quote" };
        console.note(format_args!("{name}: {}", counted(fresh.len() as u64, what)));
        let show = Show {
            unit: query.unit,
            format: args.format,
            fields: &[],
            null: false,
            shape: Shape::default(),
            exact_names: query.exact_names,
            explain: false,
        };
        let fresh = Found { total: fresh.len() as u64, hits: fresh, expanded: Vec::new() };
        if args.format == Format::Csv && head_of != Some(query.unit) {
            // articles and quotes have different columns
            head(&show, console)?;
            head_of = Some(query.unit);
        }
        each(&show, &asked, &fresh, 0, Some(&name.as_str().into()), console)?;
        if !args.peek {
            console.flush()?;
            store(index, name, &kept)?;
        }
    }
    Ok(if any { Outcome::Done } else { Outcome::Partly })
}
