//! `dictum history`: how an article changed from version to version, quotes first.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Outcome;
use super::args::IndexArgs;
use super::output::Console;
use crate::annotation::SCHEMA_VERSION;
use crate::engine::Engine;
use crate::engine::local::LocalEngine;
use crate::render::json;
use crate::render::theme::{Role, Theme};
use crate::revision::{QuoteChange, Revision};

const EXAMPLES: &str = "\
Examples:
  dictum history https://example.org/story
  dictum history https://example.org/story --format json | jq .revisions";

/// Say what changed in an article from version to version: quotes first, then headline and paragraphs.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub struct History {
    /// The id of an article, as query prints it.
    #[arg(value_name = "ID")]
    id: String,
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
    id: &'a str,
    versions: usize,
    revisions: Vec<Dated<'a>>,
}

/// A revision with the dates that the outlet gave to its two sides.
#[derive(Serialize)]
struct Dated<'a> {
    from: Option<&'a str>,
    to: Option<&'a str>,
    #[serde(flatten)]
    revision: Revision,
}

pub fn run(args: &History, console: &mut Console) -> anyhow::Result<Outcome> {
    let versions = LocalEngine::open(&args.index.index)?.versions(&args.id)?;
    if versions.is_empty() {
        console.error(format_args!("no article has the id {}; `dictum query … --format ids` prints ids", args.id));
        return Ok(Outcome::Partly);
    }
    let revisions = versions.windows(2).map(|pair| Dated {
        from: pair[0].article.date.as_ref().map(|date| date.as_str()),
        to: pair[1].article.date.as_ref().map(|date| date.as_str()),
        revision: Revision::between(&pair[0], &pair[1]),
    });
    let report = Report { schema_version: SCHEMA_VERSION, id: &args.id, versions: versions.len(), revisions: revisions.collect() };
    let (out, theme) = console.out();
    match args.format {
        Format::Json => {
            json::indented(out, &report)?;
            writeln!(out)?;
        }
        Format::Text => text(out, theme, &report)?,
    }
    Ok(Outcome::Done)
}

fn text(out: &mut dyn Write, theme: &Theme, report: &Report<'_>) -> io::Result<()> {
    if report.revisions.is_empty() {
        return writeln!(out, "one version");
    }
    for (number, dated) in (2..).zip(&report.revisions) {
        let when = dated.to.map(|date| format!(", {date}")).unwrap_or_default();
        writeln!(out, "{}", theme.paint(Role::Title, &format!("version {number} of {}{when}", report.versions)))?;
        let revision = &dated.revision;
        for change in &revision.quotes {
            quote(out, theme, change)?;
        }
        if let Some(title) = &revision.title {
            line(out, theme, '-', "headline", &title.before)?;
            line(out, theme, '+', "headline", &title.after)?;
        }
        for paragraph in &revision.paragraphs_removed {
            line(out, theme, '-', "paragraph", paragraph)?;
        }
        for paragraph in &revision.paragraphs_added {
            line(out, theme, '+', "paragraph", paragraph)?;
        }
    }
    Ok(())
}

fn quote(out: &mut dyn Write, theme: &Theme, change: &QuoteChange) -> io::Result<()> {
    let said = |speaker: &Option<String>, text: &str| format!("{}: “{text}”", speaker.as_deref().unwrap_or("speaker unknown"));
    match change {
        QuoteChange::Added { text, speaker } => line(out, theme, '+', "quote", &said(speaker, text)),
        QuoteChange::Removed { text, speaker } => line(out, theme, '-', "quote", &said(speaker, text)),
        QuoteChange::Altered { text, speaker } => {
            line(out, theme, '-', "quote", &said(&speaker.0, &text.before))?;
            line(out, theme, '+', "quote", &said(&speaker.1, &text.after))
        }
    }
}

fn line(out: &mut dyn Write, theme: &Theme, sign: char, what: &str, text: &str) -> io::Result<()> {
    let role = if sign == '+' { Role::Quote } else { Role::Faint };
    writeln!(out, "  {sign} {what:<9} {}", theme.paint(role, &text.split_whitespace().collect::<Vec<_>>().join(" ")))
}
