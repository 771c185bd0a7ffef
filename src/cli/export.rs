//! `dictum export`: everything an index holds, as JSON Lines.

use clap::Args;

use super::Outcome;
use super::args::IndexArgs;
use super::output::Console;
use crate::engine::Engine;
use crate::engine::local::LocalEngine;
use crate::render::json;

const EXAMPLES: &str = "\
Examples:
  dictum export > articles.jsonl
  dictum export | jq -r '.quotes[].speaker.name' | sort | uniq -c";

/// Print every article of the index, one a line, in the order of ids.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub struct Export {
    #[command(flatten)]
    index: IndexArgs,
}

pub fn run(args: &Export, console: &mut Console) -> anyhow::Result<Outcome> {
    let engine = LocalEngine::open(&args.index.index)?;
    let (out, _) = console.out();
    let (mut count, mut written) = (0_u64, Ok(()));
    engine.each(&mut |record| {
        count += 1;
        written = json::line(out, &record);
        written.is_ok()
    })?;
    written?;
    Ok(if count == 0 { Outcome::Partly } else { Outcome::Done })
}
