//! How often the rules are right: the tables of the documentation of [`super`], counted on marked articles.
//!
//! A marked article is one JSON object: `id`, `text`, and with offsets in characters `quotes` (each its `kind`, the stretches in
//! quotation marks `quoted_spans`, its `speaker` or `speaker_segments`, the `speaker_type` of those words, an `attr_id`),
//! `unattributed_quoted` (stretches that are nobody's words), `ignore` (stretches that count for nothing); where people were
//! resolved, `speakers` from `attr_id` to a name, "org:" and a name, "unnamed" or "author", and `people` with their `aliases`.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

use crate::annotate::Annotator;
use crate::annotation::{Mention, Quote, QuoteKind, Speaker, SpeakerKind, Zone};
use crate::article::Article;
use crate::span::Span;

/// An article with what people marked in it.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Marked {
    /// Its text.
    pub text: String,
    #[serde(default)]
    quotes: Vec<MarkedQuote>,
    #[serde(default)]
    unattributed_quoted: Vec<Place>,
    #[serde(default)]
    ignore: Vec<Place>,
    #[serde(default)]
    speakers: BTreeMap<String, Names>,
    #[serde(default)]
    people: Vec<Person>,
}

#[derive(Clone, Debug, Deserialize)]
struct MarkedQuote {
    kind: QuoteKind,
    #[serde(default)]
    quoted_spans: Vec<(usize, usize)>,
    speaker: Option<Place>,
    speaker_segments: Option<Vec<Place>>,
    speaker_type: Option<String>,
    #[serde(default)]
    attr_id: String,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Place {
    start: usize,
    end: usize,
}

/// One name, or any of several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Any(Vec<String>),
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Person {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
}

/// How many stretches of a kind there are, and how many are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Stretches in quotation marks that were found and that people attributed to marked words.
    pub stretches: usize,
    /// Those whose predicted words for the speaker overlap the marked ones.
    pub mention: usize,
    /// Those whose speaker people resolved.
    pub resolved: usize,
    /// Those of them whose speaker is right.
    pub speaker: usize,
}

/// The counts over articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many articles were counted.
    pub articles: usize,
    /// By rule.
    pub rules: BTreeMap<String, Count>,
    /// By the kind of words for the speaker.
    pub words: BTreeMap<String, Count>,
    /// By confidence, from the tenth that [`Figures::TENTHS`] begins with: stretches taken for quotes, and those of them that
    /// are somebody's words with the right speaker, or, where none was resolved, the right words for the speaker.
    pub confidence: [(usize, usize); Figures::TENTHS.len()],
}

impl Figures {
    /// Where each class of confidence begins; the first holds all that is lower.
    pub const TENTHS: [f32; 6] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9];

    /// Annotates an article and counts what is right in it.
    pub fn add(&mut self, annotator: &Annotator, marked: &Marked) {
        let mut bytes: Vec<usize> = marked.text.char_indices().map(|(at, _)| at).collect();
        bytes.push(marked.text.len());
        let last = bytes.len() - 1;
        let span = |start: usize, end: usize| Span::new(bytes[start.min(last)], bytes[end.clamp(start, last.max(start)).min(last)]);
        let found = annotator.annotate(&Article { body: marked.text.clone(), ..Article::default() });
        let quotes: Vec<&Quote> =
            found.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect && q.segments.iter().all(|s| s.zone == Zone::Body)).collect();
        let ignored: Vec<Span> = marked.ignore.iter().map(|p| span(p.start, p.end)).collect();
        let counts =
            |stretch: &Span| !ignored.iter().any(|i| i.overlaps(*stretch)) && stretch.of(&marked.text).chars().any(char::is_alphanumeric);
        self.articles += 1;
        for quote in marked.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect) {
            let words: Vec<Place> = quote.speaker_segments.clone().unwrap_or_else(|| quote.speaker.into_iter().collect());
            let words: Vec<Span> = words.iter().map(|p| span(p.start, p.end)).collect();
            let name = marked.speakers.get(&quote.attr_id);
            for stretch in quote.quoted_spans.iter().map(|&(start, end)| span(start, end)).filter(&counts) {
                let Some(quote_found) = covering(&quotes, stretch) else { continue };
                let speaker = &quote_found.speaker;
                let hit = speaker.mention.as_ref().is_some_and(|m| words.iter().any(|w| overlaps(m, *w)));
                let right = name.map(|name| name.is(speaker, &marked.people, hit));
                self.class(quote_found.confidence, right.unwrap_or(hit));
                if words.is_empty() {
                    continue;
                }
                let kind = quote.speaker_type.clone().unwrap_or_else(|| "not told".to_owned());
                for count in [self.rules.entry(quote_found.rule.clone().into_owned()).or_default(), self.words.entry(kind).or_default()] {
                    count.stretches += 1;
                    count.mention += usize::from(hit);
                    count.resolved += usize::from(right.is_some());
                    count.speaker += usize::from(right == Some(true));
                }
            }
        }
        for stretch in marked.unattributed_quoted.iter().map(|p| span(p.start, p.end)).filter(counts) {
            if let Some(quote) = covering(&quotes, stretch) {
                self.class(quote.confidence, false);
            }
        }
    }

    fn class(&mut self, confidence: f32, right: bool) {
        let at = Self::TENTHS.iter().rposition(|t| confidence >= *t).unwrap_or(0);
        self.confidence[at].0 += 1;
        self.confidence[at].1 += usize::from(right);
    }

    /// The tables, in Markdown.
    #[must_use]
    pub fn tables(&self) -> String {
        let mut out = String::new();
        for (what, counts) in [("rule", &self.rules), ("words for the speaker", &self.words)] {
            out.push_str(&format!("| {what} | stretches | mention | speaker |\n|---|---|---|---|\n"));
            let mut counts: Vec<(&String, &Count)> = counts.iter().collect();
            counts.sort_by_key(|(_, count)| std::cmp::Reverse(count.stretches));
            for (name, count) in counts {
                let _ = writeln!(
                    out,
                    "| {name} | {} | {} | {} |",
                    count.stretches,
                    percent(count.mention, count.stretches),
                    percent(count.speaker, count.resolved)
                );
            }
            out.push('\n');
        }
        out.push_str("| confidence | stretches | right |\n|---|---|---|\n");
        for (at, (stretches, right)) in self.confidence.iter().enumerate().rev() {
            let from = if at == 0 { "below".to_owned() } else { format!("{} to", Self::TENTHS[at]) };
            let to = Self::TENTHS.get(at + 1).copied().unwrap_or(1.0);
            let _ = writeln!(out, "| {from} {to} | {stretches} | {} |", percent(*right, *stretches));
        }
        out
    }
}

fn percent(part: usize, of: usize) -> String {
    if of == 0 {
        return "-".to_owned();
    }
    let thousandths = (part * 2000 + of) / (2 * of);
    format!("{}.{}", thousandths / 10, thousandths % 10)
}

fn overlaps(mention: &Mention, words: Span) -> bool {
    mention.zone == Zone::Body && mention.span.overlaps(words)
}

/// The quote that covers half of a stretch or more.
fn covering<'a>(quotes: &[&'a Quote], stretch: Span) -> Option<&'a Quote> {
    let shared = |q: &Quote| -> usize {
        q.segments.iter().map(|s| s.span.end.min(stretch.end).saturating_sub(s.span.start.max(stretch.start))).sum()
    };
    let best = quotes.iter().copied().max_by_key(|q| shared(q))?;
    (2 * shared(best) >= stretch.end - stretch.start).then_some(best)
}

impl Names {
    fn is(&self, speaker: &Speaker, people: &[Person], hit: bool) -> bool {
        match self {
            Self::One(name) => is_named(name, speaker, people, hit),
            Self::Any(names) => names.iter().any(|name| is_named(name, speaker, people, hit)),
        }
    }
}

/// Whether a speaker is the one that people marked as `name`.
fn is_named(name: &str, speaker: &Speaker, people: &[Person], hit: bool) -> bool {
    let found = words(speaker.name.as_deref().unwrap_or(""));
    let within = |a: &[String], b: &[String]| a.iter().all(|w| b.contains(w));
    match name {
        "unnamed" => speaker.kind == SpeakerKind::Unnamed && hit,
        "author" => speaker.kind == SpeakerKind::Author || hit,
        _ if found.is_empty() => false,
        _ => match name.strip_prefix("org:") {
            Some(name) => within(&found, &words(name)) || within(&words(name), &found),
            None => {
                let aliases = people.iter().find(|p| p.name == name).map_or(&[][..], |p| &p.aliases[..]);
                let full = |form: &&String| words(form).len() > 1;
                let name = name.to_owned();
                std::iter::once(&name).chain(aliases.iter().filter(full)).any(|form| match &words(form)[..] {
                    [only] => found.contains(only),
                    [first, .., last] => found.contains(first) && found.contains(last),
                    [] => false,
                })
            }
        },
    }
}

/// A name for comparing: its words in lower case, without "the" before and "'s" behind them.
fn words(name: &str) -> Vec<String> {
    let name = name.to_lowercase().replace('’', "'");
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '.').map(|w| w.replace('.', ""));
    let words = words.map(|w| w.strip_suffix("'s").unwrap_or(&w).trim_matches('\'').to_owned()).filter(|w| !w.is_empty());
    words.enumerate().filter(|(n, w)| *n > 0 || w != "the").map(|(_, w)| w).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_right_is_counted_by_rule_and_by_confidence() {
        let text = "“The bridge opens in May,” said Ines Vogt. She saw “The Long Way Home” on Friday.";
        let marked = r#"{"text": TEXT, "quotes": [{"kind": "direct", "quoted_spans": [[0, 26]], "attr_id": "a",
            "speaker": {"start": 32, "end": 41}, "speaker_type": "name"}], "unattributed_quoted": [{"start": 51, "end": 70}],
            "speakers": {"a": "Ines Vogt"}, "people": [{"name": "Ines Vogt", "aliases": ["Vogt"]}]}"#;
        let marked: Marked = serde_json::from_str(&marked.replace("TEXT", &serde_json::to_string(text).expect("a string"))).expect("JSON");
        let mut figures = Figures::default();
        figures.add(&Annotator::new(), &marked);
        let right = Count { stretches: 1, mention: 1, resolved: 1, speaker: 1 };
        assert_eq!(figures.rules.get("tail-verb-subject"), Some(&right));
        assert_eq!(figures.words.get("name"), Some(&right));
        assert_eq!(figures.confidence[5], (1, 1));
        assert!(figures.tables().contains("| tail-verb-subject | 1 | 100.0 | 100.0 |\n"), "{}", figures.tables());
    }

    #[test]
    fn offsets_outside_of_the_text_do_no_harm() {
        let marked = r#"{"text": "“Yes,” said Ines Vogt.", "quotes": [{"kind": "direct", "quoted_spans": [[7, 3], [90, 99]]}]}"#;
        let mut figures = Figures::default();
        figures.add(&Annotator::new(), &serde_json::from_str(marked).expect("JSON"));
        assert_eq!((figures.articles, figures.rules.len()), (1, 0));
    }
}
