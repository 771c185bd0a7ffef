//! What the asking subcommands share: filters, the index or the files that are asked, and how a query is read.

use std::ops::ControlFlow;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};

use super::flow;
use super::ids::Ids;
use super::output::Console;
use crate::annotate::Annotator;
use crate::engine::bearers::{self, Short};
use crate::engine::local::LocalEngine;
use crate::engine::{self, Engine, FacetCounts, Scope};
use crate::lexicon::aliases::Aliases;
use crate::parse;
use crate::query::arrange::{Unit, arrange};
use crate::query::ast::Node;
use crate::query::filters::Filters;
use crate::query::syntax::{Reading, caret, parse as parse_query};
use crate::read;

/// Which articles and quotes. The same filter given twice means either; different filters mean both.
#[derive(Clone, Debug, Default, Args)]
pub struct FilterArgs {
    /// Quotes by this person or organization; "unnamed" for sources without a name.
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub speaker: Vec<String>,
    /// Quotes with these words; with --speaker, in one quote.
    #[arg(long, value_name = "WORDS", help_heading = "Filters")]
    pub said: Vec<String>,
    /// Quotes of this kind: direct, mixed or indirect.
    #[arg(long, value_name = "KIND", help_heading = "Filters")]
    pub kind: Vec<String>,
    /// Quotes whose speaker is at least this sure, 0 to 1: see the confidence in JSON.
    #[arg(long, value_name = "SHARE", help_heading = "Filters")]
    pub min_confidence: Option<String>,
    /// Articles that name this person.
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub person: Vec<String>,
    /// Articles that name this place, or one within it: Ukraine finds Crimea.
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub place: Vec<String>,
    /// Articles that name this organization.
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub org: Vec<String>,
    /// Articles of this outlet.
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub source: Vec<String>,
    /// Articles of this section.
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub section: Vec<String>,
    /// Articles by this writer.
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub author: Vec<String>,
    /// Articles in this language, as a code: en.
    #[arg(long, value_name = "CODE", help_heading = "Filters")]
    pub lang: Vec<String>,
    /// Leave out what outlets print of news agencies, as -wire in a query does.
    #[arg(long, help_heading = "Filters")]
    pub no_wire: bool,
    /// Published on this day or later: 2025, 2025-04, 2025-04-30, April 2025, today, 7d (7 days ago), as the article prints it;
    /// or at this moment, given with its zone (2025-04-30T00:00:00-04:00), or later.
    #[arg(long, value_name = "DATE", help_heading = "Filters")]
    pub since: Option<String>,
    /// Published on this day or before, the whole day included.
    #[arg(long, value_name = "DATE", help_heading = "Filters")]
    pub until: Option<String>,
}

impl From<&FilterArgs> for Filters {
    fn from(args: &FilterArgs) -> Self {
        let args = args.clone();
        Self {
            speaker: args.speaker,
            said: args.said,
            kind: args.kind,
            min_confidence: args.min_confidence,
            person: args.person,
            place: args.place,
            org: args.org,
            source: args.source,
            section: args.section,
            author: args.author,
            lang: args.lang,
            no_wire: args.no_wire,
            since: args.since,
            until: args.until,
        }
    }
}

/// How words are read.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct ReadingArgs {
    /// Any of the words, not all of them.
    #[arg(long, help_heading = "Searching")]
    pub any: bool,
    /// Names only as they are spelt: Zelensky does not find Zelenskyy, and --aliases says nothing.
    #[arg(long, help_heading = "Searching")]
    pub exact_names: bool,
}

/// What is asked: an index, or files.
#[derive(Clone, Debug, Args)]
pub struct FromArgs {
    #[command(flatten)]
    pub index: super::args::IndexArgs,
    /// Search these files or folders; no index is kept. May be given again.
    #[arg(long, value_name = "PATH", help_heading = "Searching")]
    pub from: Vec<PathBuf>,
    #[command(flatten)]
    pub names: NamesArgs,
}

/// Which names are of one.
#[derive(Clone, Debug, Default, Args)]
pub struct NamesArgs {
    /// Names that are one: a line each, Full Name = variant; variant. Asked for as person, org or speaker and counted together. A
    /// variant of one word stands for the name where it stands alone, not as a part of a longer name.
    #[arg(long, value_name = "FILE", env = "DICTUM_ALIASES", help_heading = "Searching")]
    pub aliases: Option<PathBuf>,
}

impl NamesArgs {
    /// What the file says; nothing without one.
    ///
    /// # Errors
    /// When it cannot be read, with the line.
    pub fn read(&self) -> anyhow::Result<Aliases> {
        let Some(path) = &self.aliases else { return Ok(Aliases::default()) };
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read the aliases {}", path.display()))?;
        Aliases::read(&text).with_context(|| format!("{}: cannot read the aliases", path.display()))
    }
}

impl FromArgs {
    /// Opens the index, or reads the files into one in memory.
    ///
    /// # Errors
    /// When there is no index, or a file pattern or thread fails; files that cannot be read are noted and passed over.
    pub fn open(&self, console: &Console) -> anyhow::Result<LocalEngine> {
        if self.from.is_empty() {
            return Ok(LocalEngine::open(&self.index.index)?);
        }
        let mut engine = LocalEngine::in_memory()?;
        let source = flow::Source {
            roots: self.from.clone(),
            selection: read::Selection::default(),
            options: parse::Options::default(),
            limits: read::Limits::default(),
        };
        let (mut count, mut ids) = (0_u64, Ids::default());
        flow::run(&Annotator::new(), &source, &flow::EVERYTHING, flow::TO_THE_END, |event| {
            match event {
                flow::Event::Record(mut record) => {
                    ids.settle(&mut record.article, Some(&mut engine), true)?;
                    engine.add(&record)?;
                    count += 1;
                }
                flow::Event::Refused(refusal) | flow::Event::NoFile(refusal) => console.note(format_args!("dictum: {refusal}")),
                _ => {}
            }
            Ok(ControlFlow::Continue(()))
        })?;
        engine.commit()?;
        if count == 0 {
            bail!("nothing to search in {}", self.from.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", "));
        }
        Ok(engine)
    }
}

/// A question as it is put to an engine.
#[derive(Clone, Debug)]
pub struct Question {
    /// The words of the query.
    pub text: String,
    /// What they and the filters mean.
    pub node: Node,
    /// The same before it was arranged for articles or quotes.
    pub read: Node,
    /// Articles or quotes.
    pub unit: Unit,
    /// Whether names match only as they are spelt.
    pub exact_names: bool,
}

impl Question {
    /// What of an index it is about.
    pub fn scope(&self) -> Scope<'_> {
        self.scope_of(&self.node)
    }

    /// The same for another tree: a part of it, or one like it.
    pub fn scope_of<'n>(&self, node: &'n Node) -> Scope<'n> {
        Scope { node, unit: self.unit, exact_names: self.exact_names }
    }

    /// What is asked for: "article" or "quote".
    pub fn what(&self) -> &'static str {
        if self.unit == Unit::Articles { "article" } else { "quote" }
    }
}

/// Reads a query and its filters; what may not be meant so is said on standard error.
///
/// # Errors
/// When they cannot be understood, with the place.
pub fn question(text: &str, filters: &Filters, reading: ReadingArgs, unit: Unit, console: &Console) -> anyhow::Result<Question> {
    let read = Reading { any: reading.any, field: None };
    let parsed = parse_query(text, read).map_err(|e| anyhow::anyhow!("{e}\n{}", caret(text, e.span)))?;
    for note in &parsed.notes {
        console.note(format_args!("dictum: {}\n{}", note.text, caret(text, note.span)));
    }
    let read = Node::and(vec![parsed.node, filters.node()?]);
    Ok(Question { text: text.to_owned(), node: arrange(read.clone(), unit), read, unit, exact_names: reading.exact_names })
}

/// The question with each name in it asked for in all forms that stand for it; a surname that was added is said on standard error.
///
/// # Errors
/// When the index or the file of aliases cannot be read.
pub fn widened(engine: &dyn Engine, question: &Question, names: &NamesArgs, console: &Console) -> anyhow::Result<Question> {
    if question.exact_names {
        return Ok(question.clone());
    }
    let (node, added) = bearers::widen(engine, &question.node, &names.read()?)?;
    for short in added.iter().filter(|s| s.count > 0) {
        let Short { short, name, count, share } = short;
        let articles = counted(*count, "article");
        console.note(format_args!(
            "dictum: {short} alone, in {articles}, is read as {name}, who is {:.0}% of those named so in full; --exact-names leaves it out",
            100.0 * share
        ));
    }
    Ok(Question { node, ..question.clone() })
}

/// Counts by `by`, names under those that they stand for unless they are wanted as they are spelt.
///
/// # Errors
/// When the index or the file of aliases cannot be read.
pub fn count_by(
    engine: &dyn Engine,
    question: &Question,
    by: Facet,
    limit: usize,
    names: &NamesArgs,
) -> anyhow::Result<(FacetCounts, Vec<Short>)> {
    if by == Facet::Speakers && question.unit == Unit::Articles {
        // a speaker is counted once a quote, as `top speakers` does
        let mut node = arrange(question.read.clone(), Unit::Quotes);
        if !question.exact_names {
            node = bearers::widen(engine, &node, &names.read()?)?.0;
        }
        return count_by(engine, &Question { node, unit: Unit::Quotes, ..question.clone() }, by, limit, names);
    }
    Ok(bearers::counted(engine, question.scope(), by.of_engine(), limit, &names.read()?)?)
}

/// Refuses a question that asks for nothing.
///
/// # Errors
/// When there is neither a word nor a filter.
pub fn asks(question: &Question) -> anyhow::Result<()> {
    if question.node == Node::All && !question.text.contains('*') {
        if question.text.trim().is_empty() {
            bail!("nothing to look for: give words or a filter, or '*' for everything; `dictum help query` shows how");
        }
        bail!("{:?} has no word to look for", question.text);
    }
    Ok(())
}

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    /// The best first; where there are no words to rank by, the newest.
    #[default]
    Relevance,
    /// The latest first.
    Newest,
    /// The earliest first.
    Oldest,
}

impl From<Sort> for engine::Sort {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Relevance => Self::Relevance,
            Sort::Newest => Self::Newest,
            Sort::Oldest => Self::Oldest,
        }
    }
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Facet {
    /// Who is quoted.
    #[value(name = "speakers", alias = "speaker")]
    Speakers,
    /// People named.
    #[value(name = "people", aliases = ["person", "persons"])]
    People,
    /// Organizations named.
    #[value(name = "organizations", aliases = ["organization", "organisations", "org", "orgs"])]
    Organizations,
    /// Places named.
    #[value(name = "places", aliases = ["place", "locations", "location"])]
    Places,
    /// Outlets.
    #[value(name = "sources", aliases = ["source", "outlets", "outlet"])]
    Sources,
    /// Sections.
    #[value(name = "sections", alias = "section")]
    Sections,
    /// Writers.
    #[value(name = "authors", alias = "author")]
    Authors,
    /// Languages.
    #[value(name = "languages", aliases = ["language", "lang"])]
    Languages,
}

impl Facet {
    /// What the engine calls it.
    pub fn of_engine(self) -> engine::Facet {
        match self {
            Self::Speakers => engine::Facet::Speaker,
            Self::People => engine::Facet::Person,
            Self::Organizations => engine::Facet::Org,
            Self::Places => engine::Facet::Place,
            Self::Sources => engine::Facet::Source,
            Self::Sections => engine::Facet::Section,
            Self::Authors => engine::Facet::Author,
            Self::Languages => engine::Facet::Language,
        }
    }

    /// Its name in the output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Speakers => "speakers",
            Self::People => "people",
            Self::Organizations => "organizations",
            Self::Places => "places",
            Self::Sources => "sources",
            Self::Sections => "sections",
            Self::Authors => "authors",
            Self::Languages => "languages",
        }
    }
}

/// "1 article", "12 quotes".
pub fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
