//! `dictum ingest`: from files to an index. What is new is put in, what changed takes the place of its old self, what is
//! unchanged is left alone.

mod pass;
mod prune;
mod watch;

use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Outcome;
use super::args::{IndexArgs, InputArgs};
use super::flow::Source;
use super::interrupt::Interrupt;
use super::ledger::Ledger;
use super::output::Console;
use super::refusals::Refusals;
use crate::engine::local::LocalEngine;
use crate::engine::{Engine, EngineError};
use crate::render::json;
use pass::{Pass, Shop};

const EXAMPLES: &str = "\
Examples:
  dictum ingest sample_corpus                    a folder, into ./dictum-index
  dictum ingest --index news ~/news feed.xml.gz  anything dictum can read
  dictum ingest --dry-run export/                say what would happen
  dictum ingest --prune --report bad.jsonl ~/news
  dictum ingest --watch ~/inbox                  take files as they come";

/// Put articles into the index.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub struct Ingest {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    index: IndexArgs,
    /// Say what would be added, replaced and removed, and do nothing.
    #[arg(long, conflicts_with = "watch")]
    dry_run: bool,
    /// Remove articles that came from these folders and are no longer there. A folder that is missing or empty may be a disk that
    /// is not mounted: its articles stay, unless it is --prune=all.
    #[arg(
        long,
        value_name = "WHICH",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "gone",
        hide_possible_values = true,
        conflicts_with = "limit"
    )]
    prune: Option<Prune>,
    /// Go on, and take files as they come, until interrupted.
    #[arg(long)]
    watch: bool,
    /// Read files again that have not changed since they were read.
    #[arg(long)]
    reread: bool,
    /// Write each refused, doubtful or skipped record to FILE, as JSON lines: file, position, kind, reason.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// How to print the summary.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To read.
    Text,
    /// One object.
    Json,
}

/// What is removed of the articles that are no longer there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Prune {
    /// What came from folders in which something else still is.
    Gone,
    /// That of missing and empty folders too.
    All,
}

/// What an ingest came to.
#[derive(Clone, Debug, Default, Serialize)]
struct Summary {
    added: u64,
    replaced: u64,
    /// Earlier versions of articles of which a later one was there.
    earlier: u64,
    unchanged: u64,
    removed: u64,
    refused: u64,
    doubtful: u64,
    skipped: u64,
    people: u64,
    organizations: u64,
    places: u64,
    quotes: u64,
    seconds: f64,
    dry_run: bool,
    /// Whether it was broken off: there is more to read.
    interrupted: bool,
}

pub fn run(args: &Ingest, console: &mut Console) -> anyhow::Result<Outcome> {
    let mut source = args.input.source()?;
    let annotator = args.input.annotator()?;
    let engine = open(args, annotator.own_model())?;
    leave_out_index(&mut source, args);
    let mut ledger = Ledger::open(&args.index.index, &source.options, annotator.own_model());
    let mut refusals = Refusals::new(args.report.as_deref())?;
    let interrupt = Interrupt::listen().context("listening for Ctrl-C")?;
    source.limits.stop = interrupt.flag();
    let shop = Shop { args, annotator: &annotator, source: &source, engine: &engine, interrupt: &interrupt };
    let mut first = true;
    let mut once = |console: &mut Console| {
        let started = Instant::now();
        let before = refusals.counts();
        let mut summary = Pass::run(&shop, std::mem::take(&mut first), &mut ledger, &mut refusals, console)?;
        refusals.sum_up(console)?;
        summary.seconds = started.elapsed().as_secs_f64();
        summary.dry_run = args.dry_run;
        let after = refusals.counts();
        summary.refused += after.refused - before.refused;
        summary.doubtful += after.doubtful - before.doubtful;
        summary.skipped += after.skipped - before.skipped;
        anyhow::Ok(summary)
    };
    let watch = args.watch.then(|| watch::start(&source)).transpose()?;
    let summary = once(console)?;
    let mut outcome = match summary {
        Summary { interrupted: true, .. } => Outcome::Interrupted,
        Summary { refused: 0, .. } if !summary.is_empty() => Outcome::Done,
        _ => Outcome::Partly,
    };
    tell(&summary, args, console)?;
    if let Some(mut watch) = watch {
        watch.run(&interrupt, console, |console| {
            let summary = once(console)?;
            if summary.interrupted {
                outcome = Outcome::Interrupted;
            }
            if summary.changes() > 0 || summary.refused > 0 || summary.interrupted { tell(&summary, args, console) } else { Ok(()) }
        })?;
    }
    if let Some(engine) = engine.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
        && !args.dry_run
    {
        engine.close()?;
    }
    Ok(outcome)
}

/// The index to write what `model` annotates to; for a dry run the index as it is, if there is one.
fn open(args: &Ingest, model: Option<&str>) -> anyhow::Result<Mutex<Option<LocalEngine>>> {
    let path = &args.index.index;
    let mut engine = if args.dry_run {
        match LocalEngine::open(path) {
            Err(EngineError::Missing(_)) => None,
            opened => Some(opened?),
        }
    } else {
        Some(LocalEngine::open_or_create(path)?)
    };
    if let Some(engine) = &mut engine {
        engine.annotated_with(model)?;
    }
    Ok(Mutex::new(engine))
}

/// The index may lie inside the folder that is read; it is not read itself.
fn leave_out_index(source: &mut Source, args: &Ingest) {
    let Ok(index) = args.index.index.canonicalize() else { return };
    for root in &source.roots {
        if let Ok(inside) = root.canonicalize()
            && let Ok(below) = index.strip_prefix(&inside)
        {
            source.selection.skip.push(root.join(below));
        }
    }
}

impl Ingest {
    /// Whether a dry run names what it would do, article by article.
    fn names_each(&self) -> bool {
        self.format == Format::Text
    }
}

impl Summary {
    fn changes(&self) -> u64 {
        self.added + self.replaced + self.earlier + self.removed
    }

    fn is_empty(&self) -> bool {
        self.changes() + self.unchanged == 0
    }
}

fn tell(summary: &Summary, args: &Ingest, console: &mut Console) -> anyhow::Result<()> {
    let (out, _) = console.out();
    if args.format == Format::Json {
        json::line(out, summary)?;
        return Ok(console.flush()?);
    }
    let Summary { added, replaced, earlier, unchanged, removed, refused, doubtful, skipped, people, organizations, places, quotes, .. } =
        summary;
    if summary.interrupted {
        write!(out, "interrupted; ")?;
    }
    if args.dry_run {
        write!(out, "nothing was done; ")?;
    } else if summary.is_empty() && *refused == 0 && !summary.interrupted {
        writeln!(out, "no articles found there")?;
    }
    write!(out, "articles: {added} added, {replaced} replaced, {unchanged} unchanged")?;
    if *earlier > 0 {
        write!(out, ", {earlier} kept as earlier versions")?;
    }
    if args.prune.is_some() {
        write!(out, ", {removed} removed")?;
    }
    writeln!(out, "; inputs: {refused} refused, {doubtful} doubtful, {skipped} skipped")?;
    if !args.dry_run {
        write!(out, "found: {people} people, {organizations} organizations, {places} places, {quotes} quotes")?;
        writeln!(out, "; {:.1} s", Duration::from_secs_f64(summary.seconds).as_secs_f64())?;
    }
    Ok(console.flush()?)
}

/// What is read of the index while it may be missing.
fn with<T: Default>(
    engine: &Mutex<Option<LocalEngine>>,
    work: impl FnOnce(&mut dyn Engine) -> Result<T, EngineError>,
) -> Result<T, EngineError> {
    let mut engine = engine.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    engine.as_mut().map_or_else(|| Ok(T::default()), |engine| work(engine))
}
