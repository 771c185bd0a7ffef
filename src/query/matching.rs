//! Reads one record as a query sees it: whether it matches, which of its quotes do, and exactly which words made it match.
//! Slow and plain beside the index, and by the same rules.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::arrange::Unit;
use super::ast::{Field, How, Node, Pattern, Reach, Term, is_address};
use super::context::context_spans;
use super::reach::{Place, together};
use super::words::{fold, spans, stem, words};
use super::{distance, is_of_shape};
use crate::annotate::text::Text;
use crate::annotation::{Mention, Record, Zone};
use crate::duplicate::{canonical_url, is_wire_copy};
use crate::lexicon::spelling::second_form;
use crate::span::Span;

/// Values of one field stand this far apart, so that no phrase runs from one into the next.
pub const GAP: usize = 100;
/// A lead is the first paragraphs, until it has this many words.
pub const LEAD_WORDS: usize = 50;

/// The words of one field, with where they stand. Of a text they are folded when they are looked at: most never are.
#[derive(Debug, Default)]
struct Stream<'t> {
    text: &'t str,
    words: Vec<Span>,
    /// The words of names, folded, with their second forms; none of a text.
    names: Option<Vec<(String, String)>>,
    /// The place of each word of names; none of a text, whose words stand one behind the other.
    positions: Vec<u32>,
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
    lead: u32,
}

/// A find: from which word to which, and the words themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Find {
    first: u32,
    last: u32,
    words: Vec<usize>,
}

impl Place for Find {
    fn first(&self) -> u32 {
        self.first
    }
    fn last(&self) -> u32 {
        self.last
    }
    fn with(&self, other: &Self) -> Self {
        let words = self.words.iter().chain(&other.words).copied().collect();
        Self { first: self.first.min(other.first), last: self.last.max(other.last), words }
    }
}

impl<'t> Stream<'t> {
    /// A body: in sentences and paragraphs.
    fn body(text: &Text<'t>) -> Self {
        let mut stream = Self::plain(text.text);
        stream.lead = stream.words.len() as u32;
        let mut paragraphs = text.paragraphs.iter().peekable();
        let mut seen = false;
        for sentence in &text.sentences {
            let start = text.tokens[sentence.start].span.start;
            let position = stream.words.partition_point(|w| w.end <= start) as u32;
            if paragraphs.peek().is_some_and(|p| p.start <= sentence.start) {
                paragraphs.next();
                stream.paragraphs.push(position);
                if !seen && position as usize >= LEAD_WORDS {
                    (stream.lead, seen) = (position, true);
                }
            }
            stream.sentences.push(position);
        }
        stream
    }

    /// A text without sentences.
    fn plain(text: &'t str) -> Self {
        Self::of(text, spans(text).collect())
    }

    /// Some words of a text, as if nothing stood between them.
    fn of(text: &'t str, words: Vec<Span>) -> Self {
        Self { text, words, ..Self::default() }
    }

    /// Names, one value after the other.
    fn names(values: &[&str]) -> Self {
        let (mut stream, mut names, mut position) = (Self::default(), Vec::new(), 0);
        for value in values {
            for word in words(value) {
                stream.words.push(word.span);
                stream.positions.push(position as u32);
                let second = second_form(&word.form);
                names.push((word.form, second));
                position += 1;
            }
            position += GAP;
        }
        Self { names: Some(names), ..stream }
    }

    /// Where word `i` stands, counted in words.
    fn position(&self, i: usize) -> u32 {
        if self.names.is_some() { self.positions[i] } else { i as u32 }
    }

    /// How many words stand before position `end`.
    fn before(&self, end: u32) -> usize {
        if self.names.is_some() { self.positions.partition_point(|&p| p < end) } else { self.words.len().min(end as usize) }
    }

    /// Whether word `i` is what `term` asks for, whose own stem or second form `other` is.
    fn fits(&self, i: usize, term: &Term, other: &str, exact_names: bool) -> bool {
        let (form, name) = match &self.names {
            Some(names) => (Cow::Borrowed(names[i].0.as_str()), Some(names[i].1.as_str())),
            None => {
                let word = self.words[i].of(self.text);
                // no stem and no near spelling begins with another letter than its word
                let (first, asked) = (word.as_bytes()[0], term.form.as_bytes().first());
                if term.how != How::Shape && first.is_ascii() && asked != Some(&first.to_ascii_lowercase()) {
                    return false;
                }
                (Cow::Owned(fold(word)), None)
            }
        };
        match (term.how, name) {
            (How::Word, Some(_)) if exact_names => form == term.form,
            (How::Word, Some(second)) => second == other,
            (How::Word, None) => stem(&form) == other || term.form == "us" && form == "u.s",
            (How::Prefix, name) => form.starts_with(&term.form) || name.is_none() && stem(&form).starts_with(&term.form),
            (How::Shape, _) => is_of_shape(&form, &term.form),
            (How::Fuzzy(most), _) => {
                form.chars().next() == term.form.chars().next() && distance(&form, &term.form, usize::from(most)).is_some()
            }
        }
    }

    /// Where the pattern is found, up to word `end`.
    fn finds(&self, pattern: &Pattern, exact_names: bool, end: u32) -> Vec<Find> {
        match pattern {
            Pattern::Term(term) => {
                let other = if self.names.is_some() { Cow::Owned(second_form(&term.form)) } else { stem(&term.form) };
                let fit = (0..self.before(end)).filter(|&i| self.fits(i, term, &other, exact_names));
                fit.map(|i| (i, self.position(i))).map(|(i, at)| Find { first: at, last: at, words: vec![i] }).collect()
            }
            Pattern::Either(parts) => {
                let mut all: Vec<Find> = parts.iter().flat_map(|p| self.finds(p, exact_names, end)).collect();
                all.sort_by_key(|f| (f.first, f.last));
                all.dedup_by_key(|f| (f.first, f.last));
                all
            }
            Pattern::AtLeast { times, part } => {
                let finds = self.finds(part, exact_names, end);
                // two ways of finding the same stretch are one find
                let different: BTreeSet<(u32, u32)> = finds.iter().map(|find| (find.first, find.last)).collect();
                if different.len() >= *times as usize { finds } else { Vec::new() }
            }
            Pattern::Together { reach, parts } => {
                let reach = &if self.names.is_some() { reach.in_names() } else { *reach };
                let all: Vec<Vec<Find>> = parts.iter().map(|p| self.finds(p, exact_names, end)).collect();
                let breaks = match reach {
                    Reach::Sentence => &self.sentences[..],
                    Reach::Paragraph => &self.paragraphs[..],
                    _ => &[],
                };
                together(&all, *reach, breaks, &mut 0)
            }
        }
    }

    /// The spans of the words that make the pattern match, in the lead alone or anywhere.
    fn lit(&self, pattern: &Pattern, exact_names: bool, lead: bool) -> Vec<Span> {
        let finds = self.finds(pattern, exact_names, self.end(lead));
        let words: BTreeSet<usize> = finds.into_iter().flat_map(|f| f.words).collect();
        words.into_iter().map(|i| self.words[i]).collect()
    }

    fn has(&self, pattern: &Pattern, exact_names: bool, lead: bool) -> bool {
        !self.finds(pattern, exact_names, self.end(lead)).is_empty()
    }

    fn end(&self, lead: bool) -> u32 {
        if lead { self.lead } else { u32::MAX }
    }
}

/// A record with its words.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The record.
    pub record: &'a Record,
    /// The body, cut up.
    pub body: Text<'a>,
    exact_names: bool,
    title_words: Stream<'a>,
    body_words: Stream<'a>,
    /// The words of every mention, made when a query first asks for them.
    mentions: OnceCell<Vec<(&'a Mention, Stream<'a>)>>,
}

/// Spans of one part of the query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lights {
    /// In the title.
    pub title: Vec<Span>,
    /// In the body.
    pub body: Vec<Span>,
    /// Whether the part only filters: words asked for are shown first.
    pub filter: bool,
}

impl<'a> Reader<'a> {
    /// Prepares a record.
    #[must_use]
    pub fn new(record: &'a Record, exact_names: bool) -> Self {
        let body = Text::new(Zone::Body, &record.article.body);
        let body_words = Stream::body(&body);
        let title_words = Stream::plain(&record.article.title);
        Self { record, body, exact_names, title_words, body_words, mentions: OnceCell::new() }
    }

    /// Whether the article matches.
    #[must_use]
    pub fn matches(&self, node: &Node) -> bool {
        self.holds(node, Unit::Articles, None)
    }

    /// Whether quote `index` matches.
    #[must_use]
    pub fn quote_matches(&self, node: &Node, index: usize) -> bool {
        self.holds(node, Unit::Quotes, Some(index))
    }

    fn holds(&self, node: &Node, unit: Unit, quote: Option<usize>) -> bool {
        let quotes = &self.record.annotations.quotes;
        let any_quote = |test: &dyn Fn(usize) -> bool| match quote {
            Some(index) => test(index),
            None => (0..quotes.len()).any(test),
        };
        match node {
            Node::All => true,
            Node::Find { field, pattern, .. } => match field {
                Field::Any if unit == Unit::Quotes => quote.is_some_and(|q| self.quote_has(q, *field, pattern)),
                Field::Speaker | Field::Said => any_quote(&|q| self.quote_has(q, *field, pattern)),
                field => self.article_has(*field, pattern),
            },
            Node::Date(range) => self.record.article.date.as_ref().is_some_and(|date| range.holds(date)),
            Node::Id(id) => {
                let article = &self.record.article;
                let page = || article.url.as_deref().is_some_and(|url| canonical_url(url) == canonical_url(id));
                article.id == *id || is_address(id) && page()
            }
            Node::Language(code) => self.record.article.language.as_ref().is_some_and(|l| l.to_lowercase() == *code),
            Node::Wire => is_wire_copy(&self.record.article),
            Node::Kind(kind) => any_quote(&|q| quotes[q].kind == *kind),
            Node::SpeakerType(kind) => any_quote(&|q| quotes[q].speaker.kind == *kind),
            Node::Confidence(least) => any_quote(&|q| quotes[q].percent() >= *least),
            Node::Quote(part) => any_quote(&|q| self.quote_matches(part, q)),
            Node::And(parts) => parts.iter().all(|p| self.holds(p, unit, quote)),
            Node::Or(parts) => parts.iter().any(|p| self.holds(p, unit, quote)),
            Node::Not(part) => !self.holds(part, unit, quote),
            Node::Filter(part) => self.holds(part, unit, quote),
        }
    }

    fn article_has(&self, field: Field, pattern: &Pattern) -> bool {
        match field {
            Field::Title => self.title_words.has(pattern, false, false),
            Field::Body => self.body_words.has(pattern, false, false),
            Field::Lead => self.body_words.has(pattern, false, true),
            Field::Any => {
                self.title_words.has(pattern, false, false)
                    || self.body_words.has(pattern, false, false)
                    || Stream::names(&self.values(Field::Any)).has(pattern, self.exact_names, false)
            }
            field => Stream::names(&self.values(field)).has(pattern, self.exact_names, false),
        }
    }

    fn quote_has(&self, index: usize, field: Field, pattern: &Pattern) -> bool {
        let quote = &self.record.annotations.quotes[index];
        match field {
            Field::Speaker => Stream::names(&speaker_values(quote)).has(pattern, self.exact_names, false),
            Field::Said => Stream::plain(&quote.text).has(pattern, false, false),
            _ => {
                let around = || context_words(quote, &self.body, &self.body_words.words, |word| *word);
                Stream::plain(&quote.text).has(pattern, false, false) || Stream::of(self.body.text, around()).has(pattern, false, false)
            }
        }
    }

    /// The names that a field holds.
    fn values(&self, field: Field) -> Vec<&'a str> {
        let (article, found) = (&self.record.article, &self.record.annotations);
        match field {
            Field::Any => name_values(self.record),
            Field::Person => found.people.iter().flat_map(entity_values).collect(),
            Field::Org => found.organizations.iter().flat_map(entity_values).collect(),
            Field::Place => found.locations.iter().flat_map(location_values).collect(),
            Field::Source => article.source.as_deref().into_iter().collect(),
            Field::Section => article.section.as_deref().into_iter().collect(),
            Field::Author => article.authors.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// For each part of the query that asks for something, the words of the article that answer it.
    #[must_use]
    pub fn lights(&self, node: &Node) -> Vec<Lights> {
        let mut all = Vec::new();
        self.collect(node, &mut all);
        all.retain(|lights| !lights.title.is_empty() || !lights.body.is_empty());
        all
    }

    fn collect(&self, node: &Node, all: &mut Vec<Lights>) {
        match node {
            Node::Find { field, pattern, .. } => all.push(self.lights_of(*field, pattern)),
            Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|p| self.collect(p, all)),
            Node::Filter(part) => {
                let from = all.len();
                self.collect(part, all);
                all[from..].iter_mut().for_each(|lights| lights.filter = true);
            }
            Node::Quote(part) => {
                for (index, quote) in self.record.annotations.quotes.iter().enumerate() {
                    if !self.quote_matches(part, index) {
                        continue;
                    }
                    let said: Vec<Span> = quote.segments.iter().filter(|s| s.zone == Zone::Body).map(|s| s.span).collect();
                    let mut patterns = Vec::new();
                    said_patterns(part, false, &mut patterns);
                    for pattern in patterns {
                        let mut body = self.body_words.lit(pattern, false, false);
                        body.retain(|span| said.iter().any(|s| s.contains(*span)));
                        all.push(Lights { body, ..Lights::default() });
                    }
                    // the speaker's name is lit where it stands beside the quote
                    let mention = quote.speaker.mention.as_ref().filter(|m| m.zone == Zone::Body).map(|m| m.span);
                    if asks_speaker(part) {
                        all.push(Lights { body: mention.into_iter().collect(), filter: true, ..Lights::default() });
                    }
                }
            }
            Node::All
            | Node::Date(_)
            | Node::Id(_)
            | Node::Language(_)
            | Node::Wire
            | Node::Kind(_)
            | Node::SpeakerType(_)
            | Node::Confidence(_)
            | Node::Not(_) => {}
        }
    }

    fn lights_of(&self, field: Field, pattern: &Pattern) -> Lights {
        let found = &self.record.annotations;
        let mut lights = Lights::default();
        match field {
            Field::Title => lights.title = self.title_words.lit(pattern, false, false),
            Field::Body => lights.body = self.body_words.lit(pattern, false, false),
            Field::Lead => lights.body = self.body_words.lit(pattern, false, true),
            Field::Any => {
                lights.title = self.title_words.lit(pattern, false, false);
                lights.body = self.body_words.lit(pattern, false, false);
                self.name_lights(pattern, &mut lights);
            }
            Field::Person | Field::Org => {
                let entities = if field == Field::Person { &found.people } else { &found.organizations };
                for entity in entities {
                    if Stream::names(&entity_values(entity).collect::<Vec<_>>()).has(pattern, self.exact_names, false) {
                        lights.add(&entity.mentions);
                    }
                }
            }
            Field::Place => {
                for location in &found.locations {
                    if Stream::names(&location_values(location).collect::<Vec<_>>()).has(pattern, self.exact_names, false) {
                        lights.add(&location.mentions);
                    }
                }
            }
            Field::Speaker | Field::Said | Field::Source | Field::Author | Field::Section => {}
        }
        lights.sort();
        lights
    }

    /// The words of mentions that match as names.
    fn name_lights(&self, pattern: &Pattern, lights: &mut Lights) {
        let found = &self.record.annotations;
        let mentions = self.mentions.get_or_init(|| {
            let of_entities = found.people.iter().chain(&found.organizations).flat_map(|e| &e.mentions);
            let all = of_entities.chain(found.locations.iter().flat_map(|l| &l.mentions));
            all.map(|mention| (mention, Stream::names(&[&mention.text]))).collect()
        });
        for (mention, words) in mentions {
            for span in words.lit(pattern, self.exact_names, false) {
                let span = Span::new(mention.span.start + span.start, mention.span.start + span.end);
                match mention.zone {
                    Zone::Title if span.end <= self.record.article.title.len() => lights.title.push(span),
                    Zone::Body if span.end <= self.record.article.body.len() => lights.body.push(span),
                    _ => {}
                }
            }
        }
    }

    /// The quotes that an article was found by.
    #[must_use]
    pub fn matching_quotes(&self, node: &Node) -> Vec<usize> {
        let mut asked = Vec::new();
        quote_nodes(node, &mut asked);
        (0..self.record.annotations.quotes.len()).filter(|&q| asked.iter().any(|part| self.quote_matches(part, q))).collect()
    }

    /// The words of a quote's text that match.
    #[must_use]
    pub fn quote_lights(&self, node: &Node, index: usize) -> Vec<Span> {
        let mut patterns = Vec::new();
        said_patterns(node, true, &mut patterns);
        let stream = Stream::plain(&self.record.annotations.quotes[index].text);
        let spans: BTreeSet<Span> = patterns.into_iter().flat_map(|p| stream.lit(p, false, false)).collect();
        spans.into_iter().collect()
    }
}

impl Lights {
    fn add(&mut self, mentions: &[Mention]) {
        for mention in mentions {
            match mention.zone {
                Zone::Title => self.title.push(mention.span),
                Zone::Body => self.body.push(mention.span),
            }
        }
    }

    fn sort(&mut self) {
        for spans in [&mut self.title, &mut self.body] {
            spans.sort_unstable();
            spans.dedup();
        }
    }
}

/// The patterns asked of the words said; with `plain`, plain words too.
fn said_patterns<'n>(node: &'n Node, plain: bool, out: &mut Vec<&'n Pattern>) {
    match node {
        Node::Find { field: Field::Said, pattern, .. } => out.push(pattern),
        Node::Find { field: Field::Any, pattern, .. } if plain => out.push(pattern),
        Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|p| said_patterns(p, plain, out)),
        Node::Filter(part) | Node::Quote(part) => said_patterns(part, plain, out),
        _ => {}
    }
}

fn asks_speaker(node: &Node) -> bool {
    match node {
        Node::Find { field: Field::Speaker, .. } | Node::SpeakerType(_) => true,
        Node::And(parts) | Node::Or(parts) => parts.iter().any(asks_speaker),
        Node::Filter(part) => asks_speaker(part),
        _ => false,
    }
}

fn quote_nodes<'n>(node: &'n Node, out: &mut Vec<&'n Node>) {
    match node {
        Node::Quote(part) => out.push(part),
        Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|p| quote_nodes(p, out)),
        Node::Filter(part) => quote_nodes(part, out),
        _ => {}
    }
}

/// The words around a quote, its own left out; `span` says where each of the body's words stands.
pub fn context_words<W: Clone>(quote: &crate::annotation::Quote, body: &Text<'_>, words: &[W], span: impl Fn(&W) -> Span) -> Vec<W> {
    let mut found = Vec::new();
    for around in context_spans(quote, body) {
        let from = words.partition_point(|w| span(w).start < around.start);
        let to = words.partition_point(|w| span(w).end <= around.end);
        found.extend_from_slice(&words[from.min(to)..to]);
    }
    found
}

/// By what names a speaker is found.
pub fn speaker_values(quote: &crate::annotation::Quote) -> Vec<&str> {
    let Some(name) = &quote.speaker.name else { return Vec::new() };
    let mut values = vec![name.as_str()];
    // an unnamed source also by what the article calls it there
    if quote.speaker.kind == crate::annotation::SpeakerKind::Unnamed
        && let Some(mention) = quote.speaker.mention.as_ref().filter(|m| &m.text != name)
    {
        values.push(&mention.text);
    }
    values
}

/// By what names a person or an organization is found.
pub fn entity_values(entity: &crate::annotation::Entity) -> impl Iterator<Item = &str> {
    std::iter::once(entity.name.as_str()).chain(entity.aliases.iter().map(String::as_str))
}

/// By what names a place is found: its own, and those of what it lies in.
pub fn location_values(location: &crate::annotation::Location) -> impl Iterator<Item = &str> {
    let own = std::iter::once(location.name.as_str());
    let mentions = location.mentions.iter().map(|m| m.text.as_str()).filter(|text| *text != location.name);
    own.chain(mentions).chain(location.within.iter().map(String::as_str))
}

/// All names of an article.
pub fn name_values(record: &Record) -> Vec<&str> {
    let found = &record.annotations;
    let entities = found.people.iter().chain(&found.organizations).flat_map(entity_values);
    entities.chain(found.locations.iter().map(|l| l.name.as_str())).collect()
}
