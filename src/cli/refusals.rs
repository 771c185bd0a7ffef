//! What was not taken, and why: named on standard error, and in full in the file of `--report`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use serde::Serialize;

use super::output::Console;
use crate::read::{Refusal, RefusalKind};
use crate::render::json;

/// So many are named; the rest is counted, and stands in the report.
const NAMED: u64 = 20;

/// Counts and tells refusals.
pub struct Refusals {
    report: Option<BufWriter<File>>,
    counts: Counts,
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

/// A line of the report.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    position: Option<&'a str>,
    kind: &'static str,
    reason: &'a str,
}

impl Refusals {
    /// None yet; each will be a line of `report`, where there is one.
    ///
    /// # Errors
    /// When the report cannot be made.
    pub fn new(report: Option<&Path>) -> anyhow::Result<Self> {
        let report = report.map(|path| File::create(path).with_context(|| format!("--report {}", path.display()))).transpose()?;
        Ok(Self { report: report.map(BufWriter::new), counts: Counts::default() })
    }

    /// Takes note of one.
    ///
    /// # Errors
    /// When the report cannot be written.
    pub fn take(&mut self, refusal: &Refusal, console: &Console) -> anyhow::Result<()> {
        let kind = match refusal.kind {
            RefusalKind::Refused => {
                self.counts.refused += 1;
                if self.counts.refused <= NAMED {
                    console.error(format_args!("{refusal}"));
                }
                "refused"
            }
            RefusalKind::Doubtful => {
                self.counts.doubtful += 1;
                "doubtful"
            }
            RefusalKind::Skipped => {
                self.counts.skipped += 1;
                "skipped"
            }
        };
        if let Some(report) = &mut self.report {
            let Refusal { path, position, reason, .. } = refusal;
            json::line(report, &Line { file: path, position: position.as_deref(), kind, reason })?;
        }
        Ok(())
    }

    /// Says how many were not named, and writes out the report.
    ///
    /// # Errors
    /// When the report cannot be written.
    pub fn finish(&mut self, console: &Console) -> anyhow::Result<()> {
        if self.counts.refused > NAMED {
            let more = self.counts.refused - NAMED;
            let advice = if self.report.is_some() { "" } else { "; `dictum ingest --report FILE` lists all" };
            console.error(format_args!("{more} more refused{advice}"));
        }
        if self.counts.doubtful > 0 && self.report.is_none() {
            console.error(format_args!("{} doubtful; `dictum ingest --report FILE` says why", self.counts.doubtful));
        }
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
