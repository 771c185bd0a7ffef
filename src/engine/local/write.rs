//! Turns a record into the block of documents that stands for it: its quotes, then the article.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use tantivy::TantivyDocument;
use tantivy::schema::Field;

use super::copies::fold_key;
use super::schema::{ARTICLE, FORM, Fields, PARAGRAPH, QUOTE, SECOND, SENTENCE, WIRE};
use super::tokens::Tokens;
use crate::annotate::text::Text;
use crate::annotation::{Quote, QuoteKind, Record, SpeakerKind, Zone};
use crate::article::Article;
use crate::duplicate::{Sketch, is_wire_copy};
use crate::engine::EngineError;
use crate::lexicon::gazetteer::Gazetteer;
use crate::lexicon::spelling::second_form;
use crate::query::matching::{GAP, LEAD_WORDS, context_words, entity_values, location_values, name_values, speaker_values};
use crate::query::words::{Word, stem, words};

/// What is kept with an article beside its record.
pub struct Beside<'a> {
    /// See [`crate::engine::fingerprint`].
    pub fingerprint: u64,
    /// The group of copies that it is of.
    pub group: u64,
    /// By which its copies are found.
    pub sketch: Option<&'a Sketch>,
    /// Its earlier versions.
    pub earlier: &'a [Record],
}

/// The documents of `record`, its quotes first.
pub fn block(fields: &Fields, record: &Record, beside: &Beside<'_>) -> Result<Vec<TantivyDocument>, EngineError> {
    let article = &record.article;
    let body = Text::new(Zone::Body, &article.body);
    let body_words = words(&article.body);
    let quotes = &record.annotations.quotes;
    let id = id_word(&article.id);
    let mut documents = Vec::with_capacity(quotes.len() + 1);
    let joined = beside.group != beside.fingerprint;
    let mut said: FxHashMap<Vec<String>, u32> = FxHashMap::default();
    for (i, quote) in quotes.iter().enumerate() {
        let mut document = TantivyDocument::default();
        let forms: Vec<String> = words(&quote.text).into_iter().map(|word| word.form).collect();
        let time = said.entry(forms.clone()).and_modify(|times| *times += 1).or_insert(0);
        document.add_u64(fields.fold, fold_key(beside.group, joined, Some((&forms, *time))));
        document.add_text(fields.id, &id);
        document.add_u64(fields.back, (quotes.len() - i) as u64);
        add_date(&mut document, fields, article);
        add_quote(&mut document, fields, quote, &body, &body_words);
        documents.push(document);
    }
    let mut document = TantivyDocument::default();
    document.add_text(fields.id, &id);
    document.add_text(fields.what, ARTICLE);
    if is_wire_copy(article) {
        document.add_text(fields.what, WIRE);
    }
    document.add_u64(fields.back, 0);
    document.add_u64(fields.count, quotes.len() as u64);
    document.add_u64(fields.fingerprint, beside.fingerprint);
    document.add_u64(fields.group, beside.group);
    document.add_u64(fields.fold, fold_key(beside.group, joined, None));
    for key in beside.sketch.map_or_else(Vec::new, Sketch::keys) {
        document.add_u64(fields.copy_key, key);
    }
    add_date(&mut document, fields, article);
    add_stems(&mut document, fields.title, &words(&article.title));
    add_stems(&mut document, fields.body, &body_words);
    add_breaks(&mut document, fields, &body, &body_words);
    add_names(&mut document, fields, record);
    document.add_text(fields.record, json(record)?);
    for version in beside.earlier {
        document.add_text(fields.earlier, json(version)?);
    }
    documents.push(document);
    Ok(documents)
}

/// The record as it is stored: a line that says where it was read from, then itself.
fn add_date(document: &mut TantivyDocument, fields: &Fields, article: &Article) {
    if let Some(date) = &article.date {
        document.add_date(fields.date, tantivy::DateTime::from_timestamp_secs(date.timestamp().as_second()));
        document.add_date(fields.wall, tantivy::DateTime::from_timestamp_secs(date.wall_clock()));
    }
}

fn json(record: &Record) -> Result<String, EngineError> {
    let place = serde_json::to_string(&record.article.place);
    place
        .and_then(|place| Ok(format!("{place}\n{}", serde_json::to_string(record)?)))
        .map_err(|e| EngineError::Io { path: record.article.path.clone().into(), source: std::io::Error::other(e) })
}

/// The id as it is indexed: Tantivy drops longer words silently.
pub fn id_word(id: &str) -> String {
    const LONGEST: usize = 1000;
    if id.len() <= LONGEST {
        return id.to_owned();
    }
    let cut = (0..=LONGEST).rev().find(|&i| id.is_char_boundary(i)).unwrap_or(0);
    format!("{}…{:08x}{}", &id[..cut], crc32fast::hash(id.as_bytes()), id.len())
}

fn add_quote(document: &mut TantivyDocument, fields: &Fields, quote: &Quote, body: &Text<'_>, body_words: &[Word]) {
    document.add_text(fields.what, QUOTE);
    document.add_text(fields.what, kind_word(quote.kind));
    document.add_text(fields.what, type_word(quote.speaker.kind));
    document.add_u64(fields.confidence, quote.percent().into());
    add_stems(document, fields.said, &words(&quote.text));
    add_stems(document, fields.context, &context_words(quote, body, body_words, |word| word.span));
    add_values(document, fields.speaker, &speaker_values(quote));
    if let (Some(name), SpeakerKind::Person | SpeakerKind::Organization) = (&quote.speaker.name, quote.speaker.kind) {
        document.add_text(fields.speaker_column, name);
    }
}

/// The word of a kind in [`Fields::what`].
pub fn kind_word(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "kind:direct",
        QuoteKind::Mixed => "kind:mixed",
        QuoteKind::Indirect => "kind:indirect",
    }
}

/// The word of a type of speaker in [`Fields::what`].
pub fn type_word(kind: SpeakerKind) -> &'static str {
    match kind {
        SpeakerKind::Person => "type:person",
        SpeakerKind::Organization => "type:organization",
        SpeakerKind::Unnamed => "type:unnamed",
        SpeakerKind::Author => "type:author",
        SpeakerKind::Unknown => "type:unknown",
    }
}

fn add_names(document: &mut TantivyDocument, fields: &Fields, record: &Record) {
    let (article, found) = (&record.article, &record.annotations);
    for (field, column, entities) in
        [(fields.person, fields.person_column, &found.people), (fields.org, fields.org_column, &found.organizations)]
    {
        add_values(document, field, &entities.iter().flat_map(entity_values).collect::<Vec<_>>());
        add_column(document, column, entities.iter().map(|entity| entity.name.as_str()));
    }
    let mut places: Vec<&str> = found.locations.iter().flat_map(location_values).collect();
    places.sort_unstable();
    places.dedup();
    add_values(document, fields.place, &places);
    let counted = super::places::column(Gazetteer::embedded(), &found.locations);
    add_column(document, fields.place_column, counted.iter().map(String::as_str));
    add_values(document, fields.names, &name_values(record));
    for (field, column, value) in
        [(fields.source, fields.source_column, &article.source), (fields.section, fields.section_column, &article.section)]
    {
        if let Some(value) = value {
            add_values(document, field, &[value]);
            document.add_text(column, value);
        }
    }
    let authors: Vec<&str> = article.authors.iter().map(String::as_str).collect();
    add_values(document, fields.author, &authors);
    add_column(document, fields.author_column, authors.into_iter());
    if let Some(language) = &article.language {
        document.add_text(fields.lang, language.to_lowercase());
        document.add_text(fields.lang_column, language.to_lowercase());
    }
}

/// Two people of one name in one article are counted once.
fn add_column<'a>(document: &mut TantivyDocument, column: Field, values: impl Iterator<Item = &'a str>) {
    let different: BTreeSet<&str> = values.collect();
    different.into_iter().for_each(|value| document.add_text(column, value));
}

fn add_tokens(document: &mut TantivyDocument, field: Field, tokens: Tokens) {
    if let Some(text) = tokens.text() {
        document.add_text(field, text);
    }
}

fn add_stems(document: &mut TantivyDocument, field: Field, words: &[Word]) {
    let mut tokens = Tokens::default();
    for (position, word) in words.iter().enumerate() {
        let stem = stem(&word.form);
        if stem != word.form {
            tokens.push(Some(FORM), &word.form, position);
        }
        tokens.push(None, &stem, position);
    }
    add_tokens(document, field, tokens);
}

fn add_values(document: &mut TantivyDocument, field: Field, values: &[&str]) {
    let mut tokens = Tokens::default();
    let mut position = 0;
    for value in values {
        for word in words(value) {
            tokens.push(Some(SECOND), &second_form(&word.form), position);
            tokens.push(None, &word.form, position);
            position += 1;
        }
        position += GAP;
    }
    add_tokens(document, field, tokens);
}

fn add_breaks(document: &mut TantivyDocument, fields: &Fields, body: &Text<'_>, words: &[Word]) {
    let mut tokens = Tokens::default();
    let mut lead = words.len();
    let mut seen = false;
    let mut paragraphs = body.paragraphs.iter().peekable();
    for sentence in &body.sentences {
        let start = body.tokens[sentence.start].span.start;
        let position = words.partition_point(|w| w.span.end <= start);
        if paragraphs.peek().is_some_and(|p| p.start <= sentence.start) {
            paragraphs.next();
            tokens.push(None, PARAGRAPH, position);
            if !seen && position >= LEAD_WORDS {
                (lead, seen) = (position, true);
            }
        }
        tokens.push(None, SENTENCE, position);
    }
    add_tokens(document, fields.breaks, tokens);
    document.add_u64(fields.lead, lead as u64);
}
