//! `dictum extract`: what is found in articles, without an index, as a Unix filter.

use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Outcome;
use super::args::InputArgs;
use super::flow::{self, Event};
use super::output::Console;
use super::refusals::Refusals;
use crate::render::{json, record};

const EXAMPLES: &str = "\
Examples:
  dictum extract story.html                           as JSON
  dictum extract --format text --explain story.txt    to read, with the reasons
  dictum extract --format jsonl *.jsonl | jq .quotes  one article a line
  curl -s https://example.org/story | dictum extract -";

/// Print what is found in articles, without an index.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub struct Extract {
    #[command(flatten)]
    input: InputArgs,
    /// How to print: an array of articles, one article a line, or text to read.
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    format: Format,
    /// With --format text, say for each quote which rule found its speaker, by which words, and how sure it is.
    #[arg(long)]
    explain: bool,
    /// Leave out quotes whose speaker is less sure than this, 0 to 1.
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = share)]
    min_confidence: f32,
    /// Write each refused, doubtful or skipped record to FILE, as JSON lines: file, position, kind, reason.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// An array.
    Json,
    /// One article a line.
    Jsonl,
    /// To read.
    Text,
}

fn share(text: &str) -> Result<f32, String> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| "a number from 0 to 1".to_owned())
}

pub fn run(args: &Extract, console: &mut Console) -> anyhow::Result<Outcome> {
    let source = args.input.source()?;
    let parts = record::Parts { body: false, reasons: args.explain };
    let limit = args.input.limit.unwrap_or(u64::MAX);
    let mut printed = 0;
    let mut refusals = Refusals::new(args.report.as_deref())?;
    flow::run(&args.input.annotator()?, &source, &flow::EVERYTHING, flow::TO_THE_END, |event| {
        let mut found = match event {
            Event::Record(found) => found,
            Event::Refused(refusal) | Event::NoFile(refusal) => {
                refusals.take(&refusal, console)?;
                return Ok(ControlFlow::Continue(()));
            }
            Event::Spared(_) | Event::FileRead(_) | Event::FileSpared(_) | Event::Stopped => return Ok(ControlFlow::Continue(())),
        };
        if printed == limit {
            return Ok(ControlFlow::Break(()));
        }
        found.annotations.quotes.retain(|quote| quote.confidence >= args.min_confidence);
        let (out, theme) = console.out();
        match args.format {
            Format::Json => {
                out.write_all(if printed == 0 { b"[\n" } else { b",\n" })?;
                json::indented(out, &found)?;
            }
            Format::Jsonl => json::line(out, &found)?,
            Format::Text => {
                if printed > 0 {
                    writeln!(out)?;
                }
                record::write(out, theme, &found, parts)?;
            }
        }
        printed += 1;
        Ok(ControlFlow::Continue(()))
    })?;
    if args.format == Format::Json {
        let end: &[u8] = if printed == 0 { b"[]\n" } else { b"\n]\n" };
        console.out().0.write_all(end)?;
    }
    refusals.sum_up(console)?;
    Ok(if refusals.counts().refused > 0 || printed == 0 { Outcome::Partly } else { Outcome::Done })
}
