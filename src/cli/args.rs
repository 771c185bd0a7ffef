//! The command line: which subcommands there are, and the options that several of them share.
//!
//! The doc comments are the help. A subcommand's own options stand in its own file.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::flow::Source;
use super::{
    calibrate, completions, delete, export, extract, gazetteer, help, history, ingest, query, related, saved, schema, show, status,
    timeline, top, train,
};
use crate::annotate::Annotator;
use crate::lexicon::Lexicon;
use crate::lexicon::gazetteer::Gazetteer;
use crate::lexicon::name_model::NameModel;
use crate::parse::{self, dates::Order};
use crate::read::{Limits, Selection};

const EXAMPLES: &str = "\
Examples:
  dictum ingest sample_corpus                            index a folder
  dictum query \"ceasefire talks\" --place Ukraine --since 2025-04
  dictum quotes crimea --speaker verbitsky --sort oldest  who said what
  dictum extract --format jsonl news.jsonl | jq .quotes  without an index";

/// Index news articles and ask who said what, about what, where and when.
#[derive(Debug, Parser)]
#[command(name = "dictum", version, before_help = EXAMPLES, max_term_width = 110, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// When to colour: always, never, or where the output is a terminal and NO_COLOR is not set.
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto", help_heading = "Everywhere")]
    pub color: When,
}

/// The subcommands, one file each.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Put articles into the index.
    Ingest(ingest::Ingest),
    /// Find articles.
    Query(query::Query),
    /// Find quotes.
    Quotes(query::Quotes),
    /// Count who is quoted and what is named.
    Top(top::Top),
    /// Count articles or quotes over time.
    Timeline(timeline::Timeline),
    /// Find articles like one.
    Related(related::Related),
    /// Print only what is new since a kept query last ran.
    Alert(saved::Alert),
    /// Print an article with its people, places and quotes.
    Show(show::Show),
    /// Say what changed in an article from version to version.
    History(history::History),
    /// Print what is found in articles, without an index.
    Extract(extract::Extract),
    /// Print every article of the index, one a line.
    Export(export::Export),
    /// Take articles and their quotes out of the index.
    Delete(delete::Delete),
    /// Say what the index holds.
    Status(status::StatusArgs),
    /// Train the model that finds names, on text in which they are marked.
    Train(train::Train),
    /// Count how often quotes and speakers are right, on articles in which they are marked.
    #[command(hide = true)]
    Calibrate(calibrate::Calibrate),
    /// Compile a gazetteer, or ask it.
    #[command(subcommand)]
    Gazetteer(gazetteer::Gazetteer),
    /// Explain the query language, the JSON, or a subcommand.
    Help(help::Help),
    /// Print the JSON Schema of what is printed as JSON.
    Schema(schema::Schema),
    /// Print the completions of a shell.
    Completions(completions::Completions),
    /// Print the manual page.
    Man,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What is first in a date of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DateOrder {
    /// 23/04/2025.
    DayFirst,
    /// 04/23/2025.
    MonthFirst,
}

impl From<DateOrder> for Order {
    fn from(order: DateOrder) -> Self {
        match order {
            DateOrder::DayFirst => Self::DayFirst,
            DateOrder::MonthFirst => Self::MonthFirst,
        }
    }
}

/// Where the index is.
#[derive(Clone, Debug, Args)]
pub struct IndexArgs {
    /// The folder of the index.
    #[arg(long, value_name = "DIR", env = "DICTUM_INDEX", default_value = "dictum-index")]
    pub index: PathBuf,
}

/// Which articles to read.
#[derive(Clone, Debug, Default, Args)]
pub struct InputArgs {
    /// Folders (read whole, in sorted order), files, or - for standard input.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Read a field under another name: --map body=story_text. May be given again.
    #[arg(long, value_name = "OURS=THEIRS", value_parser = mapping, help_heading = "Input")]
    pub map: Vec<(String, String)>,
    /// What is first in dates such as 01/05/2024, where no other date at the head of the file shows it.
    #[arg(long, value_name = "ORDER", help_heading = "Input")]
    pub dates: Option<DateOrder>,
    /// Read only files that match: --include '*.html'. May be given again.
    #[arg(long, value_name = "GLOB", help_heading = "Input")]
    pub include: Vec<String>,
    /// Leave out files that match: --exclude 'drafts/**'. May be given again.
    #[arg(long, value_name = "GLOB", help_heading = "Input")]
    pub exclude: Vec<String>,
    /// Stop after this many articles.
    #[arg(long, value_name = "N", value_parser = limit, help_heading = "Input")]
    pub limit: Option<u64>,
    /// Know the places of this file too: one that gazetteer build made, or a table of GeoNames, plain or zipped. Articles that an
    /// index already holds unchanged are not looked at again.
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub gazetteer: Option<PathBuf>,
    /// Find names with the model in this file, which `dictum train` made, and not with that inside the program. Articles that an
    /// index holds as another model annotated them are annotated anew.
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub model: Option<PathBuf>,
}

impl InputArgs {
    /// What annotates the articles, with the user's gazetteer and model of names where they are given.
    ///
    /// # Errors
    /// When such a file cannot be read or is something else.
    pub fn annotator(&self) -> anyhow::Result<Annotator> {
        if self.gazetteer.is_none() && self.model.is_none() {
            return Ok(Annotator::new());
        }
        let gazetteer = |path: &PathBuf| -> anyhow::Result<&'static Gazetteer> {
            let known = Gazetteer::with_file(path).with_context(|| format!("cannot use the gazetteer {}", path.display()))?;
            // Read once, used to the end of the program.
            Ok(Box::leak(Box::new(known)))
        };
        let model = |path: &PathBuf| {
            let model = std::fs::read(path).map_err(anyhow::Error::from).and_then(|file| Ok(NameModel::read(file)?));
            model.with_context(|| format!("cannot use the model of names {}", path.display()))
        };
        let lexicon = Lexicon::with(self.gazetteer.as_ref().map(gazetteer).transpose()?, self.model.as_ref().map(model).transpose()?);
        Ok(Annotator::over(Box::leak(Box::new(lexicon))))
    }

    /// What to read; standard input where no path is given and it is no terminal.
    ///
    /// # Errors
    /// When there is nothing to read, or a glob is none.
    pub fn source(&self) -> anyhow::Result<Source> {
        let mut roots = self.paths.clone();
        if roots.is_empty() {
            if io::stdin().is_terminal() {
                bail!("no PATH given: name files or folders, or - for standard input");
            }
            roots.push(PathBuf::from("-"));
        }
        let selection = Selection::new(&self.include, &self.exclude).context("--include, --exclude")?;
        Ok(Source {
            roots,
            selection,
            options: parse::Options { map: self.map.clone(), order: self.dates.map(Into::into) },
            limits: Limits::default(),
        })
    }
}

fn limit(text: &str) -> Result<u64, String> {
    match text.parse() {
        Ok(0) => Err("0 articles are none: ingest --dry-run says what there is".to_owned()),
        Ok(limit) => Ok(limit),
        Err(_) => Err("write it as a number".to_owned()),
    }
}

fn mapping(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((ours, _)) if parse::fields::ours_named(ours).is_none() => {
            Err(format!("{ours:?} is no field: take one of {}", parse::fields::ours().collect::<Vec<_>>().join(", ")))
        }
        Some((ours, theirs)) if !ours.is_empty() && !theirs.is_empty() => Ok((ours.to_owned(), theirs.to_owned())),
        _ => Err("write it as ours=theirs, for example body=story_text".to_owned()),
    }
}
