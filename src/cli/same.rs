//! `dictum quotes --same WORDS`: near-identical quotes across articles, grouped, with who said them, where and when.

use std::collections::BTreeSet;

use anyhow::bail;
use serde_json::{Value, json};

use super::Outcome;
use super::ask::{ReadingArgs, counted, question};
use super::output::Console;
use super::query::{Ask, Format};
use crate::annotation::{Quote, SCHEMA_VERSION};
use crate::engine::{Engine, Hit, Request, Sort};
use crate::query::arrange::Unit;
use crate::query::filters::Filters;
use crate::query::same::{Wording, groups};
use crate::render::theme::Role;
use crate::render::{csv, hit_text, json as json_text};

/// At most so many quotes that have some of the words are held against them.
const HELD: usize = 2000;

pub fn run(words: &str, args: &Ask, filters: &Filters, console: &mut Console) -> anyhow::Result<Outcome> {
    let asked = Wording::new(words);
    if asked.is_empty() {
        bail!("--same {words:?} has no word to look for");
    }
    let reading = ReadingArgs { any: true, exact_names: false };
    let plain: String = words.chars().map(|c| if c.is_alphanumeric() || c == '\'' || c == '’' { c } else { ' ' }).collect();
    let question = question(&plain.to_lowercase(), filters, reading, Unit::Quotes, console)?;
    let engine = args.from.open(console)?;
    let found = engine.search(&Request {
        node: question.node,
        unit: Unit::Quotes,
        sort: Sort::Relevance,
        offset: 0,
        limit: HELD,
        expand: false,
        exact_names: false,
        all_copies: true,
        explain: false,
    })?;
    let mut said: Vec<(Wording, Hit)> = Vec::new();
    for hit in found.hits {
        let Some(quote) = quote_of(&hit) else { continue };
        let wording = Wording::new(&quote.text);
        if asked.is_in(&wording) {
            said.push((wording, hit));
        }
    }
    // the earliest is the one that others are held against
    said.sort_by_cached_key(|(_, hit)| {
        let date = hit.record.article.date.as_ref().map(|d| d.timestamp().as_second());
        (date.is_none(), date, hit.record.article.id.clone(), hit.quote)
    });
    let wordings: Vec<Wording> = said.iter().map(|(wording, _)| wording.clone()).collect();
    let all = groups(&wordings);
    let shown = &all[..all.len().min(args.limit)];
    match args.format {
        Format::Json | Format::Jsonl => {
            let list: Vec<Value> = shown.iter().map(|group| as_json(group, &said)).collect();
            let (out, _) = console.out();
            if args.format == Format::Json {
                json_text::indented(out, &json!({"schema_version": SCHEMA_VERSION, "total": all.len(), "groups": list}))?;
                writeln!(out)?;
            } else {
                for group in &list {
                    json_text::line(out, group)?;
                }
            }
        }
        Format::Csv => {
            let (out, _) = console.out();
            csv::cells_of(out, &["group", "date", "source", "speaker", "text", "id", "title"].map(str::to_owned))?;
            for (number, group) in shown.iter().enumerate() {
                for hit in group.iter().map(|&i| &said[i].1) {
                    let (article, quote) = (&hit.record.article, quote_of(hit));
                    let date = article.date.as_ref().map(|d| d.as_str().to_owned()).unwrap_or_default();
                    let speaker = quote.and_then(|q| q.speaker.name.clone()).unwrap_or_default();
                    let text = quote.map(|q| q.text.clone()).unwrap_or_default();
                    let source = article.source.clone().unwrap_or_default();
                    csv::cells_of(
                        out,
                        &[(number + 1).to_string(), date, source, speaker, text, article.id.clone(), article.title.clone()],
                    )?;
                }
            }
        }
        Format::Ids => {
            let ids: BTreeSet<&str> = shown.iter().flatten().map(|&i| said[i].1.record.article.id.as_str()).collect();
            for id in ids {
                writeln!(console.out().0, "{}", crate::render::theme::printable(id))?;
            }
        }
        Format::Text => {
            for group in shown {
                text(group, &said, console)?;
            }
        }
    }
    if all.is_empty() {
        console.note(format_args!("no quote says nearly that"));
    }
    Ok(if all.is_empty() { Outcome::Partly } else { Outcome::Done })
}

fn quote_of(hit: &Hit) -> Option<&Quote> {
    hit.record.annotations.quotes.get(hit.quote?)
}

fn as_json(group: &[usize], said: &[(Wording, Hit)]) -> Value {
    let first = &said[group[0]].0;
    let outlets: BTreeSet<&str> = group.iter().filter_map(|&i| said[i].1.record.article.source.as_deref()).collect();
    let speakers: BTreeSet<&str> = group.iter().filter_map(|&i| quote_of(&said[i].1)?.speaker.name.as_deref()).collect();
    let quotes: Vec<Value> = group
        .iter()
        .filter_map(|&i| {
            let (wording, hit) = &said[i];
            let (article, quote) = (&hit.record.article, quote_of(hit)?);
            let differences: Vec<Value> = first.differences(wording).iter().map(|s| json!([s.start, s.end])).collect();
            Some(json!({"id": article.id, "title": article.title, "date": article.date, "source": article.source, "url": article.url,
                "text": quote.text, "kind": quote.kind, "speaker": quote.speaker, "differences": differences}))
        })
        .collect();
    json!({"text": quote_of(&said[group[0]].1).map(|q| &q.text), "count": group.len(), "sources": outlets, "speakers": speakers,
        "quotes": quotes})
}

fn text(group: &[usize], said: &[(Wording, Hit)], console: &mut Console) -> anyhow::Result<()> {
    let outlets: BTreeSet<&str> = group.iter().filter_map(|&i| said[i].1.record.article.source.as_deref()).collect();
    let (out, theme) = console.out();
    let head = format!("{} in {}", counted(group.len() as u64, "quote"), counted(outlets.len() as u64, "outlet"));
    writeln!(out, "{}", theme.paint(Role::Faint, &head))?;
    for (rank, &i) in group.iter().enumerate() {
        let (wording, hit) = &said[i];
        let Some(quote) = quote_of(hit) else { continue };
        hit_text::quote(out, theme, rank + 1, &hit.record, quote, &said[group[0]].0.differences(wording), None)?;
    }
    Ok(())
}
