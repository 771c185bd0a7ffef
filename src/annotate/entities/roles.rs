//! What the words around a person's name say that the person is: "President", "the envoy", "chief executive of".

use std::ops::Range;

use crate::annotate::text::{Text, TokenKind};
use crate::lexicon::name_lists::NameLists;

/// The roles told before and behind the name at `tokens`, courtesy titles left out.
pub(super) fn around(lists: &NameLists, text: &Text<'_>, tokens: &Range<usize>) -> Vec<String> {
    let sentence = &text.sentences[text.sentence_of(tokens.start)];
    before(lists, text, tokens, sentence).into_iter().chain(behind(lists, text, tokens, sentence)).collect()
}

/// A role for comparing: lower case, abbreviations spelled out, without "former" and the like.
pub(super) fn spelled_out(role: &str) -> String {
    let words = role.split_whitespace().map(str::to_lowercase).filter(|w| !matches!(w.as_str(), "former" | "then" | "ex" | "late"));
    let words: Vec<String> = words
        .map(|w| match w.trim_end_matches('.') {
            "gov" => "governor".to_owned(),
            "sen" => "senator".to_owned(),
            "rep" => "representative".to_owned(),
            "gen" => "general".to_owned(),
            "col" => "colonel".to_owned(),
            "lt" => "lieutenant".to_owned(),
            "capt" => "captain".to_owned(),
            "sgt" => "sergeant".to_owned(),
            "prof" => "professor".to_owned(),
            "rev" => "reverend".to_owned(),
            "pres" => "president".to_owned(),
            "adm" => "admiral".to_owned(),
            "maj" => "major".to_owned(),
            "dr" => "doctor".to_owned(),
            other => other.to_owned(),
        })
        .collect();
    words.join(" ")
}

fn is_head(lists: &NameLists, word: &str) -> bool {
    lists.is_role_head(&word.to_lowercase()) || lists.is_plain_title(word) && word.ends_with('.')
}

fn is_part(lists: &NameLists, word: &str) -> bool {
    is_head(lists, word) || lists.is_role_modifier(&word.to_lowercase())
}

/// "Foreign Minister" Maria Lopez, "Secretary of State" Maria Lopez, "the envoy", Maria Lopez.
pub(super) fn before(lists: &NameLists, text: &Text<'_>, tokens: &Range<usize>, sentence: &Range<usize>) -> Option<String> {
    let mut end = tokens.start;
    while end > sentence.start && lists.gender_of_title(text.word(end - 1)).is_some() && text.word(end - 1).ends_with('.') {
        end -= 1;
    }
    if end > sentence.start + 1 && text.word(end - 1) == "," {
        end -= 1;
    }
    let mut start = end;
    while start > sentence.start && is_part(lists, text.word(start - 1)) {
        start -= 1;
    }
    if (start..end).any(|k| is_head(lists, text.word(k))) {
        return Some(text.span(start..end).of(text.text).to_owned());
    }
    // "Secretary of State"
    let of = (sentence.start..end).rev().take(4).find(|&k| text.word(k) == "of")?;
    let inner =
        (of + 1..end).all(|k| text.tokens[k].kind == TokenKind::Word && (text.tokens[k].capital || matches!(text.word(k), "the" | "and")));
    if of == sentence.start || of + 1 >= end || !inner || !is_head(lists, text.word(of - 1)) {
        return None;
    }
    start = of;
    while start > sentence.start && is_part(lists, text.word(start - 1)) {
        start -= 1;
    }
    Some(text.span(start..end).of(text.text).to_owned())
}

/// Maria Lopez, the country's "foreign minister", …
fn behind(lists: &NameLists, text: &Text<'_>, tokens: &Range<usize>, sentence: &Range<usize>) -> Option<String> {
    if tokens.end + 1 >= sentence.end || text.word(tokens.end) != "," {
        return None;
    }
    let mut start = tokens.end + 1;
    if matches!(text.word(start), "a" | "an" | "the" | "his" | "her" | "their" | "its" | "one") {
        start += 1;
    }
    let limit = sentence.end.min(start + 8);
    let clause = (start..limit)
        .find(|&k| text.tokens[k].kind != TokenKind::Word && text.tokens[k].kind != TokenKind::Clitic || is_verb_like(text.word(k)));
    let limit = clause.unwrap_or(limit);
    let last = (start..limit).find(|&k| is_head(lists, text.word(k)) && (k + 1 == limit || !is_head(lists, text.word(k + 1))))?;
    if let Some(owner) = (start..last).rev().find(|&k| text.tokens[k].kind == TokenKind::Clitic) {
        start = owner + 1;
    }
    Some(text.span(start..last + 1).of(text.text).to_owned())
}

/// Words that show that what follows the comma is no apposition.
fn is_verb_like(word: &str) -> bool {
    matches!(
        word,
        "who"
            | "which"
            | "that"
            | "whose"
            | "said"
            | "says"
            | "is"
            | "was"
            | "are"
            | "were"
            | "has"
            | "had"
            | "have"
            | "and"
            | "but"
            | "of"
            | "for"
            | "in"
            | "at"
            | "on"
            | "with"
            | "to"
            | "he"
            | "she"
            | "they"
            | "it"
            | "as"
            | "where"
            | "when"
            | "while"
            | "from"
            | "by"
    )
}
