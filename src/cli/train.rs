//! `dictum train`: trains the model of names on annotated text.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use serde::Deserialize;

use super::Outcome;
use super::output::Console;
use crate::annotate::names::Kind;
use crate::annotate::names::train::{Document, Fitted, Passage, Settings, evaluate, train};
use crate::lexicon::Lexicon;
use crate::lexicon::name_model::NameModel;
use crate::span::Span;

const EXAMPLES: &str = "\
Examples:
  dictum train mine.jsonl --dev held-back.jsonl -o my.model
  dictum extract articles --model my.model
  head -c 2000 my.model | grep -a '^command:'              how it was made";

/// Train a model that finds names, on text in which they are marked.
///
/// Each line of the data is one passage as JSON: {"text": "…", "entities": [{"start": 0, "end": 5, "label": "PER"}]}, offsets in
/// characters, labels PER, LOC, ORG or MISC; passages in a row with the same "doc" (or with the
/// same "id" up to its last slash) are of one article. The same data and settings
/// always give the same file, whose head states the whole command and the sums of the data. Use it with --model in extract
/// and ingest.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub struct Train {
    /// Annotated text; PATH=2 counts it twice.
    #[arg(required = true, value_name = "PATH[=WEIGHT]")]
    data: Vec<String>,
    /// Annotated text to measure the model by; its figures go into the head of the model.
    #[arg(long, value_name = "PATH")]
    dev: Option<PathBuf>,
    /// Where to write the model.
    #[arg(long, short, value_name = "FILE", default_value = "names.model")]
    output: PathBuf,
    /// The licence of the data, as the head of the model will state it.
    #[arg(long, default_value = "unknown")]
    licence: String,
    /// What the model is trained on, for its head; otherwise the names of the files.
    #[arg(long)]
    description: Option<String>,
    /// Passages whose "source" is this count this much more often: --source-weight Wikinews=3.
    #[arg(long, value_name = "SOURCE=WEIGHT", value_parser = weighted)]
    source_weight: Vec<(String, f32)>,
    /// How many features the model keeps; each takes about nine bytes.
    #[arg(long, default_value_t = Settings::default().rows)]
    features: usize,
    /// How often a feature must occur to be looked at.
    #[arg(long, default_value_t = Settings::default().min_count)]
    min_count: u32,
    /// The penalty on large weights.
    #[arg(long, default_value_t = Settings::default().penalty)]
    penalty: f32,
    /// Steps with all features.
    #[arg(long, default_value_t = Settings::default().steps)]
    steps: usize,
    /// Steps with the features that are kept.
    #[arg(long, default_value_t = Settings::default().last_steps)]
    last_steps: usize,
    /// How much copies of sentences in headline case and in capitals count; 0 makes none.
    #[arg(long, default_value_t = Settings::default().copies)]
    copies: f32,
}

/// A line of the data.
#[derive(Debug, Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    entities: Vec<Marked>,
    id: Option<String>,
    doc: Option<String>,
    source: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Marked {
    start: usize,
    end: usize,
    label: String,
}

fn weighted(text: &str) -> Result<(String, f32), String> {
    let weight = |(name, weight): (&str, &str)| weight.parse().ok().filter(|w| *w > 0.0).map(|w| (name.to_owned(), w));
    text.rsplit_once('=').and_then(weight).ok_or_else(|| "write it as NAME=WEIGHT, for example Wikinews=3".to_owned())
}

impl Train {
    /// The command that makes the same file again, from the folder of the data.
    fn command(&self) -> String {
        let mut words = vec!["dictum".to_owned(), "train".to_owned()];
        words.extend(self.data.iter().map(|data| name_of(Path::new(data))));
        let mut option = |name: &str, value: String| words.extend([name.to_owned(), value]);
        self.dev.iter().for_each(|path| option("--dev", name_of(path)));
        self.source_weight.iter().for_each(|(source, weight)| option("--source-weight", format!("{source}={weight}")));
        option("--features", self.features.to_string());
        option("--min-count", self.min_count.to_string());
        option("--penalty", self.penalty.to_string());
        option("--steps", self.steps.to_string());
        option("--last-steps", self.last_steps.to_string());
        option("--copies", self.copies.to_string());
        option("--licence", self.licence.clone());
        self.description.iter().for_each(|text| option("--description", text.clone()));
        words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
    }
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_=./".contains(c);
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Trains, measures and writes.
pub(super) fn run(args: &Train, console: &mut Console) -> anyhow::Result<Outcome> {
    let mut documents = Vec::new();
    let mut files = Vec::new();
    let mut sums = Vec::new();
    for data in &args.data {
        let (path, weight) = weighted(data).unwrap_or((data.clone(), 1.0));
        let path = PathBuf::from(path);
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        sums.push(format!("{} of {} bytes, CRC-32 {:08x}", name_of(&path), bytes.len(), crc32fast::hash(&bytes)));
        documents.extend(read(&path, &bytes, weight, &args.source_weight)?);
        files.push(path.file_stem().unwrap_or_default().to_string_lossy().into_owned());
    }
    if documents.iter().all(|document| document.passages.iter().all(|passage| passage.names.is_empty())) {
        bail!("no name is marked in {}: there is nothing to learn from", args.data.join(", "));
    }
    let dev = args.dev.as_deref().map(|path| {
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        read(path, &bytes, 1.0, &[])
    });
    let dev = dev.transpose()?;
    let settings = Settings {
        min_count: args.min_count,
        penalty: args.penalty,
        steps: args.steps,
        last_steps: args.last_steps,
        rows: args.features,
        copies: args.copies,
    };
    let lists = &Lexicon::embedded().names;
    let mut head = vec![
        ("trained on".to_owned(), args.description.clone().unwrap_or_else(|| files.join(", "))),
        ("licence".to_owned(), args.licence.clone()),
        ("program".to_owned(), format!("dictum {}", env!("CARGO_PKG_VERSION"))),
        ("command".to_owned(), args.command()),
        ("data".to_owned(), sums.join("; ")),
    ];
    // A head that is too long should not come out after the work.
    NameModel::read(Fitted::default().file(&head)).context("--description, --licence")?;
    let fitted = train(lists, &documents, &settings, &mut |line| console.note(format_args!("{line}")));
    if let Some(dev) = &dev {
        let model = NameModel::read(fitted.file(&head))?;
        let figures: Vec<String> = evaluate(lists, &model, dev).iter().map(|(k, c)| format!("{} {:.1}", label(*k), c.f1())).collect();
        let name = args.dev.as_deref().and_then(Path::file_stem).unwrap_or_default().to_string_lossy();
        let scores = format!("F1 of exact spans on {name}: {}", figures.join(", "));
        console.note(format_args!("{scores}"));
        head.push(("scores".to_owned(), scores));
    }
    let file = fitted.file(&head);
    std::fs::write(&args.output, &file).with_context(|| format!("cannot write {}", args.output.display()))?;
    console.note(format_args!("{}: {} bytes", args.output.display(), file.len()));
    Ok(Outcome::Done)
}

/// The documents in the `bytes` of the file at `path`: passages in a row with the same "doc" are of one.
fn read(path: &Path, bytes: &[u8], weight: f32, source_weights: &[(String, f32)]) -> anyhow::Result<Vec<Document>> {
    let mut documents: Vec<Document> = Vec::new();
    let mut last: Option<String> = None;
    for (number, line) in bytes.lines().enumerate() {
        let place = || format!("{}, line {}", path.display(), number + 1);
        let line = line.with_context(place)?;
        if line.trim().is_empty() {
            continue;
        }
        let mut line: Line = serde_json::from_str(&line).with_context(place)?;
        if line.doc.is_none() {
            line.doc = line.id.as_ref().and_then(|id| id.rsplit_once('/')).map(|(article, _)| article.to_owned());
        }
        let passage = passage(&line).with_context(place)?;
        let source_weight = source_weights.iter().find(|(name, _)| line.source.as_deref() == Some(name)).map_or(1.0, |(_, w)| *w);
        match documents.last_mut() {
            Some(document) if line.doc.is_some() && line.doc == last => document.passages.push(passage),
            _ => documents.push(Document { passages: vec![passage], weight: weight * source_weight }),
        }
        last = line.doc;
    }
    Ok(documents)
}

/// Offsets in characters become spans in bytes.
fn passage(line: &Line) -> anyhow::Result<Passage> {
    let mut bytes: Vec<usize> = line.text.char_indices().map(|(at, _)| at).collect();
    bytes.push(line.text.len());
    let mut names = Vec::new();
    for marked in &line.entities {
        let (Some(&start), Some(&end)) = (bytes.get(marked.start), bytes.get(marked.end)) else {
            bail!("an entity from {} to {} in a text of {} characters", marked.start, marked.end, bytes.len() - 1);
        };
        let Some(kind) = [Kind::Person, Kind::Location, Kind::Organization, Kind::Misc].into_iter().find(|k| label(*k) == marked.label)
        else {
            bail!("an entity labelled {:?}; the labels are PER, LOC, ORG and MISC", marked.label);
        };
        if start >= end {
            bail!("an entity from {} to {} covers nothing", marked.start, marked.end);
        }
        names.push((Span::new(start, end), kind));
    }
    names.sort_by_key(|(span, _)| *span);
    names.dedup_by(|later, earlier| earlier.0.overlaps(later.0));
    Ok(Passage { text: line.text.clone(), names })
}

/// The label of a kind in the data.
fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "PER",
        Kind::Location => "LOC",
        Kind::Organization => "ORG",
        Kind::Misc => "MISC",
    }
}
