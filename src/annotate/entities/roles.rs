//! What the words around a person's name say that the person is: "President", "the envoy", "chief executive of".

use std::ops::Range;

use super::{Draft, Member};
use crate::annotate::text::{Text, TokenKind};
use crate::lexicon::gazetteer::NameClass;
use crate::lexicon::name_lists::NameLists;

/// The roles told before and behind the name `member`, courtesy titles left out.
pub(super) fn around(draft: &Draft<'_>, member: Member) -> Vec<String> {
    let (lists, text) = (&draft.lexicon.names, draft.texts[member.zone]);
    let tokens = &draft.names[member.zone][member.name].tokens;
    let sentence = &text.sentences[text.sentence_of(tokens.start)];
    before(draft, member).into_iter().chain(behind(lists, text, tokens, sentence)).collect()
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
pub(super) fn before(draft: &Draft<'_>, member: Member) -> Option<String> {
    let (lists, text) = (&draft.lexicon.names, draft.texts[member.zone]);
    let tokens = &draft.names[member.zone][member.name].tokens;
    let sentence = &text.sentences[text.sentence_of(tokens.start)];
    let mut end = tokens.start;
    while end > sentence.start && lists.gender_of_title(text.word(end - 1)).is_some() && text.word(end - 1).ends_with('.') {
        end -= 1;
    }
    if end > sentence.start + 1 && text.word(end - 1) == "," {
        end -= 1;
    }
    let mut start = end;
    while start > sentence.start && is_part(lists, text.word(start - 1)) && !opens(text, start - 1, sentence.start) {
        start -= 1;
    }
    if (start..end).any(|k| is_head(lists, text.word(k))) {
        if text.tokens[start].capital {
            start = office(draft, member, start, sentence.start);
        }
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

/// Where the office begins that goes on at `start` with a capital: "Civil Defence" before "Minister". Names are no part of it.
fn office(draft: &Draft<'_>, member: Member, start: usize, sentence: usize) -> usize {
    let (lists, places, text) = (&draft.lexicon.names, draft.lexicon.gazetteer, draft.texts[member.zone]);
    let names = &draft.names[member.zone];
    let mut first = start;
    while first > sentence && start - first < LONGEST_OFFICE {
        let (k, word) = (first - 1, text.word(first - 1));
        let plain = text.tokens[k].kind == TokenKind::Word && text.tokens[k].capital && !lists.is_no_name(word) && !lists.is_title(word);
        let named = names.get(names.partition_point(|n| n.tokens.end <= k)).is_some_and(|n| n.tokens.contains(&k));
        if !plain || named || opens(text, k, sentence) || places.class(word) != NameClass::default() {
            break;
        }
        first = k;
    }
    first
}

/// Whether the word at `k` only opens the sentence that begins at `sentence`.
fn opens(text: &Text<'_>, k: usize, sentence: usize) -> bool {
    k == sentence && OPENERS.contains(&text.word(k))
}

/// Words that open a sentence and are no part of the office behind them: "Then President".
const OPENERS: &[&str] = &[
    "Then", "When", "While", "As", "If", "So", "Now", "Later", "Earlier", "Once", "Still", "Also", "And", "But", "Since", "After",
    "Before", "Yet",
];

/// No office has more words before its head: "Labor and Social Affairs Minister" has an "and" besides, and is cut there.
const LONGEST_OFFICE: usize = 3;

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
