//! Queries kept under a name beside the index, and `dictum alert`: what is new since one last ran.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Outcome;
use super::args::IndexArgs;
use super::ask::{NamesArgs, ReadingArgs, counted, question, widened};
use super::output::{Console, is_closed_pipe};
use super::print::{Answer, Format, PrintArgs, Show, each, head};
use crate::digest::Digest;
use crate::engine::local::LocalEngine;
use crate::engine::{Engine, Found, Hit, Request, Sort};
use crate::query::arrange::Unit;
use crate::query::filters::Filters;
use crate::query::snippet::Shape;
use crate::render::theme::{Role, printable};

const EXAMPLES: &str = "\
Examples:
  dictum query crimea --saved crimea    keep a query
  dictum alert crimea > /dev/null       what there is today is no news
  dictum alert crimea                   what is new since it last ran; exit status 1 where nothing is
  dictum alert                          the same for all that are kept";

/// Print only what is new since a kept query last ran. The first time all is new. A copy of an article that was shown is not,
/// unless the query was kept with --all-copies. What is printed counts as shown once all of it is out; a run that is broken off
/// before prints it again.
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
    #[command(flatten)]
    print: PrintArgs,
    /// Show what is new, and show it again the next time.
    #[arg(long)]
    peek: bool,
    /// Print the kept queries, a line each: name, command, words, filters, with tabs between.
    #[arg(long, conflicts_with_all = ["peek", "forget", "format", "fields", "null"])]
    list: bool,
    /// Forget the named queries.
    #[arg(long, requires = "names", conflicts_with_all = ["peek", "format", "fields", "null"])]
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
    /// Whether copies of an article are hits of their own.
    #[serde(default)]
    pub all_copies: bool,
}

impl Saved {
    /// How its words are read.
    pub fn reading(&self) -> ReadingArgs {
        ReadingArgs { any: self.any, exact_names: self.exact_names }
    }
}

/// A kept query with what it has shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The query.
    pub query: Saved,
    /// A number for each article or quote that was shown and still matches.
    #[serde(default)]
    shown: BTreeSet<u64>,
    /// The same for the present run. What no longer matches is left out, so that the file never outgrows the index.
    #[serde(skip)]
    met: BTreeSet<u64>,
}

impl Kept {
    /// Whether neither `hit` nor a copy of it was shown before or met in this run.
    fn is_new(&mut self, hit: &Hit) -> bool {
        let said = hit.quote.and_then(|q| hit.record.annotations.quotes.get(q)).map_or("", |quote| quote.text.as_str());
        let ids = std::iter::once(&hit.record.article.id).chain(hit.also.iter().map(|copy| &copy.id));
        let numbers: Vec<u64> = ids.map(|id| number_of(id, said)).collect();
        let known = numbers.iter().any(|number| self.shown.contains(number) || self.met.contains(number));
        self.met.extend(numbers);
        !known
    }

    /// What this run met is what was shown.
    fn look_back(&mut self) {
        self.shown = std::mem::take(&mut self.met);
    }
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
    let text = match std::fs::read_to_string(&file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            bail!("no query is kept as {name:?}: `dictum query WORDS --saved {name}` keeps one")
        }
        text => text.with_context(|| file.display().to_string())?,
    };
    let damaged = || format!("{} is damaged: `dictum query WORDS --saved {name} --replace` keeps a query anew", file.display());
    serde_json::from_str(&text).with_context(damaged)
}

/// The query kept under `name`, read as `asked` says beside.
///
/// # Errors
/// When there is none, or it is one of the other command.
pub fn recall(index: &Path, name: &str, asked: &Saved) -> anyhow::Result<Saved> {
    let query = load(index, name)?.query;
    if query.unit != asked.unit {
        let command = command_of(query.unit);
        bail!("{name} is kept as a query of `dictum {command}`: `dictum {command} --saved {name}` asks it");
    }
    Ok(Saved {
        any: query.any || asked.any,
        exact_names: query.exact_names || asked.exact_names,
        all_copies: query.all_copies || asked.all_copies,
        ..query
    })
}

/// Keeps a query. Where it is kept already, what it has shown stays known.
///
/// # Errors
/// When another is kept under the name and may not be replaced, or the folder of the index is missing or cannot be written.
pub fn keep(index: &Path, name: &str, query: &Saved, replace: bool) -> anyhow::Result<()> {
    if !index.is_dir() {
        return Err(crate::engine::EngineError::Missing(index.to_owned()).into());
    }
    let before = if file(index, name)?.exists() { Some(load(index, name)) } else { None };
    match before {
        Some(Ok(kept)) if kept.query == *query => return Ok(()),
        Some(Ok(kept)) if !replace => {
            let words = printable(&kept.query.words).into_owned();
            bail!(
                "{name} is kept for another query, {words:?} (`dictum alert --list`): give another name, or --replace to keep this one instead"
            )
        }
        Some(Err(error)) if !replace => return Err(error),
        _ => {}
    }
    store(index, name, &Kept { query: query.clone(), shown: BTreeSet::new(), met: BTreeSet::new() })
}

/// The command that asks for articles or for quotes.
fn command_of(unit: Unit) -> &'static str {
    if unit == Unit::Articles { "query" } else { "quotes" }
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
        return forget(index, &names);
    }
    if args.list {
        return list(index, &names, console);
    }
    let engine = LocalEngine::open(index)?;
    let (mut any, mut failed, mut head_of) = (false, 0, None);
    for name in &names {
        match ask(args, name, &engine, &mut head_of, console) {
            Ok(fresh) => any |= fresh,
            Err(error) if is_closed_pipe(&error) => return Err(error),
            Err(error) if names.len() == 1 => return Err(error),
            // one that cannot be asked stops no other
            Err(error) => {
                failed += 1;
                console.error(format_args!("{name}: {error:#}"));
            }
        }
    }
    if failed > 0 {
        bail!("{failed} of {} queries could not be asked", names.len());
    }
    Ok(if any { Outcome::Done } else { Outcome::Partly })
}

fn forget(index: &Path, names: &[String]) -> anyhow::Result<Outcome> {
    for name in names {
        load(index, name)?;
    }
    for name in names {
        let file = file(index, name)?;
        std::fs::remove_file(&file).with_context(|| file.display().to_string())?;
    }
    Ok(Outcome::Done)
}

fn list(index: &Path, names: &[String], console: &mut Console) -> anyhow::Result<Outcome> {
    for name in names {
        let Saved { unit, words, filters, .. } = load(index, name)?.query;
        let filters = serde_json::to_string(&filters)?;
        writeln!(console.out().0, "{name}\t{}\t{}\t{filters}", command_of(unit), printable(&words).replace(['\n', '\t'], " "))?;
    }
    Ok(Outcome::Done)
}

/// So many hits are held in memory at once.
const PAGE: usize = 2000;

/// Prints what is new of one kept query, then takes note of it; whether there was anything.
fn ask(args: &Alert, name: &str, engine: &LocalEngine, head_of: &mut Option<Unit>, console: &mut Console) -> anyhow::Result<bool> {
    let mut kept = load(&args.index.index, name)?;
    let query = kept.query.clone();
    args.print.check(query.unit)?;
    let asked = question(&query.words, &query.filters, query.reading(), query.unit, console)?;
    let asked = widened(engine, &asked, &args.corrected, console)?;
    let (print, unit, exact_names) = (&args.print, query.unit, query.exact_names);
    let show = Show { unit, print, shape: Shape::default(), exact_names, explain: false, several: true };
    if *head_of != Some(unit) {
        // articles and quotes have different columns
        head(&show, console)?;
        *head_of = Some(unit);
    }
    // a script that asks for one query by its name gets its ids as they are
    let tagged = print.format != Format::Ids || args.names.len() != 1;
    let id = Value::from(name);
    let (mut seen, mut fresh) = (0, 0);
    loop {
        let found = engine.search(&Request {
            node: asked.node.clone(),
            unit,
            sort: Sort::Newest,
            offset: seen,
            limit: PAGE,
            expand: false,
            exact_names,
            all_copies: query.all_copies,
            explain: false,
        })?;
        let read = found.hits.len();
        let hits: Vec<Hit> = found.hits.into_iter().filter(|hit| kept.is_new(hit)).collect();
        if fresh == 0 && !hits.is_empty() && print.format == Format::Text {
            let (out, theme) = console.out();
            writeln!(out, "{}", theme.paint(Role::Title, &format!("# {name}")))?;
        }
        let found = Found { hits, ..Found::default() };
        each(&show, &Answer { offset: fresh, query_id: tagged.then_some(&id), ..Answer::only(&asked, &found) }, console)?;
        fresh += found.hits.len();
        seen += read;
        if read < PAGE {
            break;
        }
    }
    console.flush()?;
    console.note(format_args!("{name}: {}", counted(fresh as u64, &format!("new {}", asked.what()))));
    if !args.peek {
        // what was printed is noted only when it is out: broken off before, it is printed again
        kept.look_back();
        store(&args.index.index, name, &kept)?;
    }
    Ok(fresh > 0)
}
