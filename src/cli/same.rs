//! `dictum quotes --same WORDS`: near-identical quotes across articles, grouped, with who said them, where and when.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use anyhow::bail;
use serde_json::{Value, json};

use super::Outcome;
use super::advice::advise;
use super::ask::{Sort, counted, question, widened};
use super::output::Console;
use super::print::{Format, ids};
use super::query::{Ask, count};
use super::words::typed;
use crate::annotation::{Quote, SCHEMA_VERSION};
use crate::engine::bearers::{self, Standing};
use crate::engine::{self, Engine, Hit, Request, Scope};
use crate::lexicon::aliases::Aliases;
use crate::query::arrange::{Unit, arrange};
use crate::query::ast::{Field, How, Node, Pattern, Term};
use crate::query::filters::Filters;
use crate::query::same::{Wording, groups};
use crate::query::words::words;
use crate::render::theme::Role;
use crate::render::{csv, hit_text, json as json_text};
use crate::span::Span;

/// At most so many quotes that have some of the words are held against them.
const HELD: usize = 2000;

/// Of a long wording so many words are looked for.
const LOOKED_FOR: usize = 100;

/// A quote that says the words.
struct Said {
    wording: Wording,
    /// Who says it, under the name that this stands for.
    speaker: Option<String>,
    hit: Hit,
}

/// Quotes that say nearly the same, the earliest first.
struct Group<'a>(Vec<&'a Said>);

pub fn run(text: &str, args: &Ask, console: &mut Console) -> anyhow::Result<Outcome> {
    let asked = Wording::new(text);
    if asked.is_empty() {
        bail!("--same {text:?} has no word to look for");
    }
    let question = question(&typed(&args.words), &Filters::from(&args.filters), args.reading, Unit::Quotes, console)?;
    let engine = args.from.open(console)?;
    let beside = widened(&engine, &question, &args.from.names, console)?;
    let found = engine.search(&Request {
        node: arrange(Node::and(vec![any_of(text), Node::Filter(Box::new(beside.node))]), Unit::Quotes),
        unit: Unit::Quotes,
        sort: engine::Sort::Relevance,
        offset: 0,
        limit: HELD,
        expand: false,
        exact_names: args.reading.exact_names,
        all_copies: true,
        explain: false,
    })?;
    if found.total > HELD as u64 {
        console.note(format_args!("dictum: of {} with some of the words the {HELD} likest are compared", counted(found.total, "quote")));
    }
    // whom a surname means is told by all articles, not by the few that say the words
    let everything = Scope { unit: Unit::Articles, ..question.scope_of(&Node::All) };
    let shorts = bearers::shorts_of(&engine, everything, engine::Facet::Speaker)?;
    let aliases = if question.exact_names { Aliases::default() } else { args.from.names.read()? };
    let standing = Standing::new(&shorts, &aliases);
    let mut said: Vec<Said> = Vec::new();
    for hit in found.hits {
        let Some(quote) = quote_of(&hit) else { continue };
        let wording = Wording::new(&quote.text);
        if asked.is_in(&wording) {
            let speaker = quote.speaker.name.as_deref().map(|name| standing.full(name).to_owned());
            said.push(Said { wording, speaker, hit });
        }
    }
    // the earliest is the one that others are held against
    said.sort_by_cached_key(|Said { hit, .. }| (date_of(hit).is_none(), date_of(hit), hit.record.article.id.clone(), hit.quote));
    let all = grouped(&said, args.sort);
    if args.count {
        return count(args.print.format, all.len() as u64, console);
    }
    let shown = &all[args.offset.min(all.len())..];
    let shown = &shown[..shown.len().min(args.limit)];
    print(shown, all.len(), args, console)?;
    if all.is_empty() {
        console.note(format_args!("no quote says nearly that"));
        if question.node != Node::All && engine.count(question.scope(), false)? == 0 {
            advise(&engine, &question, console)?;
        }
    } else if shown.is_empty() {
        console.note(format_args!("--offset {} is past the end: {}", args.offset, counted(all.len() as u64, "group")));
    } else if args.print.format == Format::Text && args.offset + shown.len() < all.len() {
        console.flush()?;
        let (upto, all) = (args.offset + shown.len(), counted(all.len() as u64, "group"));
        console.note(format_args!("{upto} of {all}; more with --offset {upto} or a larger --limit"));
    }
    Ok(if shown.is_empty() { Outcome::Partly } else { Outcome::Done })
}

/// Quotes that have any of the words.
fn any_of(text: &str) -> Node {
    let forms: BTreeSet<String> = words(text).into_iter().take(LOOKED_FOR).map(|word| word.form).collect();
    let find = |form| Node::Find { field: Field::Said, pattern: Pattern::Term(Term { form, how: How::Word }), span: Span::default() };
    Node::or(forms.into_iter().map(find).collect())
}

fn grouped(said: &[Said], sort: Sort) -> Vec<Group<'_>> {
    let wordings: Vec<Wording> = said.iter().map(|said| said.wording.clone()).collect();
    let mut all: Vec<Group<'_>> = groups(&wordings).into_iter().map(|group| Group(group.into_iter().map(|i| &said[i]).collect())).collect();
    let begun = |group: &Group<'_>| group.0.first().and_then(|said| date_of(&said.hit));
    match sort {
        Sort::Relevance => {}
        Sort::Newest => all.sort_by_key(|group| Reverse(begun(group))),
        Sort::Oldest => all.sort_by_key(|group| (begun(group).is_none(), begun(group))),
    }
    all
}

fn print(shown: &[Group<'_>], total: usize, args: &Ask, console: &mut Console) -> anyhow::Result<()> {
    match args.print.format {
        Format::Json => {
            let list: Vec<Value> = shown.iter().map(Group::as_json).collect();
            let (out, _) = console.out();
            json_text::indented(out, &json!({"schema_version": SCHEMA_VERSION, "total": total, "groups": list}))?;
            writeln!(out)?;
        }
        Format::Jsonl => {
            for group in shown {
                json_text::line(console.out().0, &group.as_json())?;
            }
        }
        Format::Csv => rows(shown, args.offset, console)?,
        Format::Ids => {
            let hits: Vec<&Hit> = shown.iter().flat_map(|group| &group.0).map(|said| &said.hit).collect();
            ids(&args.print, hits.into_iter(), None, console)?;
        }
        Format::Text => {
            for group in shown {
                group.text(console)?;
            }
        }
    }
    Ok(())
}

fn rows(shown: &[Group<'_>], offset: usize, console: &mut Console) -> anyhow::Result<()> {
    let (out, _) = console.out();
    csv::cells_of(out, &["group", "date", "source", "speaker", "text", "id", "title"].map(str::to_owned))?;
    for (number, group) in (offset + 1..).zip(shown) {
        for Said { hit, speaker, .. } in &group.0 {
            let (article, quote) = (&hit.record.article, quote_of(hit));
            let date = article.date.as_ref().map(|d| d.as_str().to_owned()).unwrap_or_default();
            let speaker = speaker.clone().unwrap_or_default();
            let text = quote.map(|q| q.text.clone()).unwrap_or_default();
            let source = article.source.clone().unwrap_or_default();
            csv::cells_of(out, &[number.to_string(), date, source, speaker, text, article.id.clone(), article.title.clone()])?;
        }
    }
    Ok(())
}

fn quote_of(hit: &Hit) -> Option<&Quote> {
    hit.record.annotations.quotes.get(hit.quote?)
}

fn date_of(hit: &Hit) -> Option<i64> {
    hit.record.article.date.as_ref().map(|date| date.timestamp().as_second())
}

impl Group<'_> {
    fn outlets(&self) -> BTreeSet<&str> {
        self.0.iter().filter_map(|said| said.hit.record.article.source.as_deref()).collect()
    }

    /// The words of `said` that the first of the group does not have.
    fn differences(&self, said: &Said) -> Vec<Span> {
        self.0.first().map(|first| first.wording.differences(&said.wording)).unwrap_or_default()
    }

    fn as_json(&self) -> Value {
        let speakers: BTreeSet<&str> = self.0.iter().filter_map(|said| said.speaker.as_deref()).collect();
        let quotes: Vec<Value> = self
            .0
            .iter()
            .filter_map(|said| {
                let (article, quote) = (&said.hit.record.article, quote_of(&said.hit)?);
                let differences: Vec<Value> = self.differences(said).iter().map(|s| json!([s.start, s.end])).collect();
                Some(json!({"id": article.id, "title": article.title, "date": article.date, "source": article.source, "url": article.url,
                    "text": quote.text, "kind": quote.kind, "speaker": quote.speaker, "differences": differences}))
            })
            .collect();
        let text = self.0.first().and_then(|said| quote_of(&said.hit)).map(|quote| &quote.text);
        json!({"text": text, "count": self.0.len(), "sources": self.outlets(), "speakers": speakers, "quotes": quotes})
    }

    fn text(&self, console: &mut Console) -> anyhow::Result<()> {
        let day = |said: &&Said| said.hit.record.article.date.as_ref().map(|date| date.as_str().get(..10).unwrap_or_default().to_owned());
        let mut head = counted(self.0.len() as u64, "quote");
        let outlets = self.outlets().len() as u64;
        if outlets > 0 {
            head += &format!(" in {}", counted(outlets, "outlet"));
        }
        let days: BTreeSet<String> = self.0.iter().filter_map(day).collect();
        if let (Some(first), Some(last)) = (days.first(), days.last()) {
            head += &if first == last { format!(", {first}") } else { format!(", {first} to {last}") };
        }
        let (out, theme) = console.out();
        writeln!(out, "{}", theme.paint(Role::Faint, &head))?;
        for (rank, said) in (1..).zip(&self.0) {
            let Some(quote) = quote_of(&said.hit) else { continue };
            hit_text::quote_compared(out, theme, rank, &said.hit.record, quote, &self.differences(said))?;
        }
        Ok(())
    }
}
