//! `dictum calibrate`: counts on marked articles how often quotes and speakers are right.

use std::io::BufRead;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::Outcome;
use super::output::Console;
use crate::annotate::Annotator;
use crate::annotate::quotes::figures::{Figures, Marked};

/// Count how often quotes and their speakers are right, on articles in which people marked them.
///
/// Each line of the data is one article as JSON: {"text": "…", "quotes": [{"kind": "direct", "quoted_spans": [[0, 26]], "speaker":
/// {"start": 32, "end": 41}}]}, offsets in characters. Prints tables in Markdown: by rule, by the kind of words for the speaker, by
/// confidence.
#[derive(Debug, Args)]
pub struct Calibrate {
    /// Marked articles.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Reads, annotates and counts.
pub(super) fn run(args: &Calibrate, console: &mut Console) -> anyhow::Result<Outcome> {
    let annotator = Annotator::new();
    let mut figures = Figures::default();
    for path in &args.files {
        let file = std::fs::File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        for (number, line) in std::io::BufReader::new(file).lines().enumerate() {
            let place = || format!("{}, line {}", path.display(), number + 1);
            let line = line.with_context(place)?;
            if !line.trim().is_empty() {
                let marked: Marked = serde_json::from_str(&line).with_context(place)?;
                figures.add(&annotator, &marked);
            }
        }
    }
    console.note(format_args!("{} articles", figures.articles));
    write!(console.out().0, "{}", figures.tables())?;
    Ok(Outcome::Done)
}
