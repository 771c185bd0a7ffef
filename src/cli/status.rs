//! `dictum status`: what an index holds.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Outcome;
use super::args::IndexArgs;
use super::output::Console;
use crate::annotation::SCHEMA_VERSION;
use crate::engine::local::LocalEngine;
use crate::engine::{Engine, Status};
use crate::render::json;
use crate::render::theme::{Role, Theme, printable};

const EXAMPLES: &str = "\
Examples:
  dictum status
  dictum status --index news --format json | jq .articles";

/// So many outlets are named; JSON has all.
const OUTLETS: usize = 10;

/// Say what the index holds: articles, quotes, outlets, dates, size, versions.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub struct StatusArgs {
    #[command(flatten)]
    index: IndexArgs,
    /// How to print.
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

/// What is printed as JSON.
#[derive(Serialize)]
struct Report<'a> {
    schema_version: u32,
    #[serde(flatten)]
    status: &'a Status,
}

pub fn run(args: &StatusArgs, console: &mut Console) -> anyhow::Result<Outcome> {
    let status = LocalEngine::open(&args.index.index)?.status()?;
    let (out, theme) = console.out();
    match args.format {
        Format::Json => {
            json::indented(out, &Report { schema_version: SCHEMA_VERSION, status: &status })?;
            writeln!(out)?;
        }
        Format::Text => text(out, theme, &status)?,
    }
    Ok(if status.articles == 0 { Outcome::Partly } else { Outcome::Done })
}

fn text(out: &mut dyn Write, theme: &Theme, status: &Status) -> io::Result<()> {
    let mut line = |name: &str, value: &str| writeln!(out, "{} {}", theme.paint(Role::Faint, &format!("{name:<9}")), printable(value));
    if let Some(path) = &status.path {
        line("index", &path.display().to_string())?;
    }
    line("articles", &status.articles.to_string())?;
    line("quotes", &status.quotes.to_string())?;
    if let (Some(oldest), Some(newest)) = (&status.oldest, &status.newest) {
        let day = |date: &str| date.split('T').next().unwrap_or_default().to_owned();
        line("dates", &format!("{} to {}", day(oldest), day(newest)))?;
    }
    if !status.sources.is_empty() {
        let mut outlets: Vec<String> = status.sources.iter().take(OUTLETS).map(|(name, count)| format!("{name} {count}")).collect();
        if status.sources.len() > OUTLETS {
            outlets.push(format!("{} more", status.sources.len() - OUTLETS));
        }
        line("outlets", &outlets.join(", "))?;
    }
    line("size", &format!("{} in {} segments", size(status.bytes), status.segments))?;
    let versions = &status.versions;
    line("versions", &format!("index {}, analyzer {}, annotator {}", versions.index, versions.analyzer, versions.annotator))?;
    if !versions.models.is_empty() {
        line("models", &format!("also names found by your own ({})", versions.models.join(", ")))?;
    }
    Ok(())
}

/// Bytes as a person reads them.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_by_people() {
        assert_eq!([size(12), size(1_234_567), size(5_000_000_000)], ["0.0 kB", "1.2 MB", "5.0 GB"]);
    }
}
