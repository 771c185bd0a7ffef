//! What was not taken, or is doubtful, and why: named on standard error, and in full in the file of `--report`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::output::Console;
use crate::read::{Refusal, RefusalKind};
use crate::render::json;

/// So many refusals are named, and so many doubts of a kind; the rest is counted, and stands in the report.
const NAMED: u64 = 20;
const DOUBTS_OF_A_KIND: u64 = 10;

/// No more kinds of doubt are told apart: some reasons begin with words of the article.
const KINDS: usize = 20;

/// Counts and tells refusals.
pub struct Refusals {
    report: Option<BufWriter<File>>,
    counts: Counts,
    /// Since they were last summed up.
    unnamed: Unnamed,
    refused: u64,
    doubts: FxHashMap<String, u64>,
}

/// How many of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Gave no article, and should have.
    pub refused: u64,
    /// Taken, although something is wrong.
    pub doubtful: u64,
    /// Passed over, as no articles.
    pub skipped: u64,
}

/// How many were not named.
#[derive(Clone, Copy, Debug, Default)]
struct Unnamed {
    refused: u64,
    doubtful: u64,
    /// Doubts that an earlier run named.
    recalled: u64,
}

/// A line of the report.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    position: Option<&'a str>,
    kind: RefusalKind,
    reason: &'a str,
}

impl Refusals {
    /// None yet; each will be a line of `report`, where there is one.
    ///
    /// # Errors
    /// When the report cannot be made.
    pub fn new(report: Option<&Path>) -> anyhow::Result<Self> {
        let report = report.map(|path| File::create(path).with_context(|| format!("--report {}", path.display()))).transpose()?;
        Ok(Self {
            report: report.map(BufWriter::new),
            counts: Counts::default(),
            unnamed: Unnamed::default(),
            refused: 0,
            doubts: FxHashMap::default(),
        })
    }

    /// Takes note of one.
    ///
    /// # Errors
    /// When the report cannot be written.
    pub fn take(&mut self, refusal: &Refusal, console: &Console) -> anyhow::Result<()> {
        match refusal.kind {
            RefusalKind::Refused => {
                self.refused += 1;
                if self.refused <= NAMED {
                    console.error(format_args!("{refusal}"));
                } else {
                    self.unnamed.refused += 1;
                }
            }
            RefusalKind::Doubtful => {
                let kind = kind_of_doubt(&refusal.reason);
                let kind = if self.doubts.len() < KINDS || self.doubts.contains_key(kind) { kind } else { "" };
                let told = self.doubts.entry(kind.to_owned()).or_default();
                *told += 1;
                if *told <= DOUBTS_OF_A_KIND {
                    let Refusal { path, position, reason, .. } = refusal;
                    let position = position.as_ref().map(|position| format!(" ({position})")).unwrap_or_default();
                    console.error(format_args!("{path}{position}: doubtful: {reason}"));
                } else {
                    self.unnamed.doubtful += 1;
                }
            }
            RefusalKind::Skipped => {}
        }
        self.note(refusal)
    }

    /// Takes note of one that an earlier run met in a file that has not changed since: doubts are not named again.
    ///
    /// # Errors
    /// When the report cannot be written.
    pub fn recall(&mut self, refusal: &Refusal, console: &Console) -> anyhow::Result<()> {
        match refusal.kind {
            RefusalKind::Refused => return self.take(refusal, console),
            RefusalKind::Doubtful => self.unnamed.recalled += 1,
            RefusalKind::Skipped => {}
        }
        self.note(refusal)
    }

    /// Counts and reports it.
    fn note(&mut self, refusal: &Refusal) -> anyhow::Result<()> {
        match refusal.kind {
            RefusalKind::Refused => self.counts.refused += 1,
            RefusalKind::Doubtful => self.counts.doubtful += 1,
            RefusalKind::Skipped => self.counts.skipped += 1,
        }
        if let Some(report) = &mut self.report {
            let Refusal { path, position, reason, kind } = refusal;
            json::line(report, &Line { file: path, position: position.as_deref(), kind: *kind, reason })?;
        }
        Ok(())
    }

    /// Says how many were not named, and writes out the report.
    ///
    /// # Errors
    /// When the report cannot be written.
    pub fn sum_up(&mut self, console: &Console) -> anyhow::Result<()> {
        let Unnamed { refused, doubtful, recalled } = std::mem::take(&mut self.unnamed);
        let advice = if self.report.is_some() { "" } else { "; --report FILE lists all" };
        if refused > 0 {
            console.error(format_args!("{refused} more refused{advice}"));
        }
        if doubtful > 0 {
            console.error(format_args!("{doubtful} more doubtful for the same reasons{advice}"));
        }
        if recalled > 0 && self.report.is_none() {
            console.error(format_args!("{recalled} doubtful in files that have not changed; --report FILE lists them"));
        }
        self.refused = 0;
        self.doubts.clear();
        if let Some(report) = &mut self.report {
            report.flush().context("--report")?;
        }
        Ok(())
    }

    /// How many so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }
}

/// What a reason says beside the words and numbers that it quotes: of "3 ids …, \"1\" as …" " ids …, ".
fn kind_of_doubt(reason: &str) -> &str {
    let quotes = |c: char| c == '"' || c.is_ascii_digit();
    reason.split(quotes).max_by_key(|part| part.len()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::kind_of_doubt;

    #[test]
    fn reasons_that_quote_other_words_are_of_one_kind() {
        let kind = |reason: &'static str| kind_of_doubt(reason);
        assert_eq!(kind("\"n/a\" is no date that dictum can read"), kind("\"long ago, at 7\" is no date that dictum can read"));
        assert_ne!(kind("not UTF-8: read as windows-1252"), kind("\"n/a\" is no date that dictum can read"));
    }
}
