//! `dictum delete`: articles, with their quotes, out of the index.

use std::io;

use clap::Args;

use super::Outcome;
use super::args::IndexArgs;
use super::output::Console;
use crate::engine::Engine;
use crate::engine::local::LocalEngine;

const EXAMPLES: &str = "\
Examples:
  dictum delete harbour-post/ferry.txt
  dictum query --source \"Harbour Post\" --format ids | dictum delete -";

/// Take articles and their quotes out of the index.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub struct Delete {
    /// The ids of articles; - reads them from standard input, one a line.
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    index: IndexArgs,
}

pub fn run(args: &Delete, console: &mut Console) -> anyhow::Result<Outcome> {
    // Opened for reading first: where there is no index, none is made.
    LocalEngine::open(&args.index.index)?;
    let mut engine = LocalEngine::open_or_create(&args.index.index)?;
    let (mut deleted, mut missing) = (0_u64, 0_u64);
    let mut delete = |id: &str| -> anyhow::Result<()> {
        if engine.delete(id)? {
            deleted += 1;
        } else {
            missing += 1;
            console.error(format_args!("no article has the id {id}"));
        }
        Ok(())
    };
    for id in &args.ids {
        if id == "-" {
            for line in io::stdin().lines() {
                delete(line?.trim())?;
            }
        } else {
            delete(id)?;
        }
    }
    engine.commit()?;
    engine.close()?;
    writeln!(console.out().0, "{deleted} deleted")?;
    Ok(if missing > 0 || deleted == 0 { Outcome::Partly } else { Outcome::Done })
}
