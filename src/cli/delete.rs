//! `dictum delete`: articles, with their quotes, out of the index.

use std::io::{self, BufRead};
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::Outcome;
use super::args::IndexArgs;
use super::ledger::Ledger;
use super::output::Console;
use super::place::container;
use crate::engine::Engine;
use crate::engine::local::LocalEngine;

const EXAMPLES: &str = "\
Examples:
  dictum delete harbour-post/ferry.txt
  dictum query --source \"Harbour Post\" --format ids | dictum delete -
  dictum query --source \"Harbour Post\" --format ids -0 | dictum delete -0 -";

/// Take articles and their quotes out of the index.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub struct Delete {
    /// The ids of articles; - reads them from standard input, one a line.
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    /// Ids on standard input end with a NUL byte, as query --format ids -0 prints them.
    #[arg(short = '0', long = "null")]
    null: bool,
    #[command(flatten)]
    index: IndexArgs,
}

pub fn run(args: &Delete, console: &mut Console) -> anyhow::Result<Outcome> {
    // Opened for reading first: where there is no index, none is made.
    LocalEngine::open(&args.index.index)?;
    let mut engine = LocalEngine::open_or_create(&args.index.index)?;
    let (mut deleted, mut missing) = (0_u64, 0_u64);
    let mut files: Vec<PathBuf> = Vec::new();
    let mut delete = |id: &str| -> anyhow::Result<()> {
        let place = engine.get(id)?.and_then(|record| record.article.place);
        if engine.delete(id)? {
            files.extend(place.map(|place| container(&place)));
            deleted += 1;
        } else {
            missing += 1;
            console.error(format_args!("no article has the id {id}"));
        }
        Ok(())
    };
    for id in &args.ids {
        if id == "-" {
            let end = if args.null { b'\0' } else { b'\n' };
            for line in io::stdin().lock().split(end) {
                let line = line?;
                let line = String::from_utf8_lossy(&line);
                let id = if args.null { &*line } else { line.trim() };
                if !id.is_empty() {
                    delete(id)?;
                }
            }
        } else {
            delete(id)?;
        }
    }
    // Whoever ingests these files again wants their articles back.
    Ledger::as_it_is(&args.index.index).mark_outdated(files.iter().map(PathBuf::as_path)).context("the list of files read")?;
    engine.commit()?;
    engine.close()?;
    writeln!(console.out().0, "{deleted} deleted")?;
    Ok(if missing > 0 || deleted == 0 { Outcome::Partly } else { Outcome::Done })
}
