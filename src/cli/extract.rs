//! `dictum extract`: what is found in articles, without an index, as a Unix filter.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal};
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::bail;
use clap::{Args, ValueEnum};

use super::args::InputArgs;
use super::output::Console;
use super::{Outcome, flow};
use crate::annotate::Annotator;
use crate::parse::{Refusal, Sink};
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
    let paths = if args.input.paths.is_empty() {
        if io::stdin().is_terminal() {
            bail!("no PATH given: name files or folders, or - for standard input");
        }
        vec!["-".into()]
    } else {
        args.input.paths.clone()
    };
    let parts = record::Parts { body: false, reasons: args.explain };
    let (mut printed, mut refused) = (0_u64, 0_u64);
    let limit = args.input.limit.unwrap_or(u64::MAX);
    let read = |sink: &mut Sink<'_>| {
        for path in &paths {
            if read_lines(path, sink).is_break() {
                return;
            }
        }
    };
    flow::run(&Annotator::new(), read, |item| {
        let mut found = match item {
            Ok(found) => found,
            Err(refusal) => {
                refused += 1;
                console.note(format_args!("dictum: {refusal}"));
                return Ok(ControlFlow::Continue(()));
            }
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
    Ok(if refused > 0 || printed == 0 { Outcome::Partly } else { Outcome::Done })
}

/// JSON Lines of one file or of standard input.
fn read_lines(path: &Path, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let refusal =
        |position: Option<String>, reason: String| Refusal { path: path.display().to_string(), position, reason, ..Refusal::default() };
    let input: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        match File::open(path) {
            Ok(file) => Box::new(BufReader::new(file)),
            Err(error) => return sink(Err(refusal(None, error.to_string()))),
        }
    };
    for (number, line) in input.lines().enumerate() {
        let at = Some(format!("line {}", number + 1));
        let item = match line {
            Ok(line) => serde_json::from_str(&line).map_err(|error| refusal(at, error.to_string())),
            Err(error) => return sink(Err(refusal(at, error.to_string()))),
        };
        sink(item)?;
    }
    ControlFlow::Continue(())
}
