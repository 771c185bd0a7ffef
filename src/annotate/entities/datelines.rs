//! Places in datelines, "LYON, France (Agency) -", and inside words: "Lyon-based", "(D-Ohio)".

use std::ops::Range;

use super::put;
use crate::annotate::names::{Kind, Name};
use crate::annotate::text::{Text, TokenKind};
use crate::span::Span;

/// Names the places of every dateline in capitals, which may be read as anything.
pub(super) fn find(text: &Text<'_>, names: &mut Vec<Name>) {
    let found = text.paragraphs.iter().flat_map(|paragraph| places(text, paragraph));
    put(names, found.map(|tokens| Name::new(tokens, Kind::Location)).collect());
}

/// The places in capitals with which a paragraph begins, where a dash shows that they are a dateline.
fn places(text: &Text<'_>, paragraph: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut k = paragraph.start;
    loop {
        let start = k;
        while k < paragraph.end && k - start < 4 && is_shouted(text, k) {
            k += 1;
        }
        if k == start {
            return Vec::new();
        }
        found.push(start..k);
        if k < paragraph.end && found.len() < 4 && matches!(text.word(k), "/" | ";" | "and") {
            k += 1;
        } else {
            break;
        }
    }
    // what may stand between the places and the dash: a country, a day, the agency
    let limit = paragraph.end.min(k + 12);
    let next = text.tokens.get(k).map(|t| t.span.of(text.text));
    let dash = (k..limit).find(|&i| matches!(text.word(i), "-" | "–" | "—" | "―" | "--"));
    match (next, dash) {
        (Some("," | "(" | "-" | "–" | "—" | "―" | "--"), Some(dash)) => {
            let plain = (k..dash).all(|i| {
                let token = &text.tokens[i];
                token.capital || token.kind == TokenKind::Number || matches!(text.word(i), "," | "(" | ")" | "." | "/" | ":")
            });
            // a hyphen alone sits close to its word: no dash
            let spaced = text.tokens[dash].spaced || text.word(dash) != "-";
            if plain && spaced { found } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

fn is_shouted(text: &Text<'_>, k: usize) -> bool {
    let word = text.word(k);
    text.tokens[k].kind == TokenKind::Word
        && word.chars().any(char::is_uppercase)
        && !word.chars().any(char::is_lowercase)
        && word != "I"
        && word != "A"
}

/// The place in "Lyon-based" and in "(D-Ohio)", where `is_place` knows it.
pub(super) fn inside_words(text: &Text<'_>, names: &mut Vec<Name>, is_place: impl Fn(&str) -> bool) {
    let mut found: Vec<Name> = Vec::new();
    let mut add = |name: Name| {
        if found.last().is_some_and(|last| last.tokens.end > name.tokens.start) {
            found.pop();
        }
        found.push(name);
    };
    for (k, token) in text.tokens.iter().enumerate().filter(|(_, t)| t.kind == TokenKind::Word && t.capital) {
        let word = text.word(k);
        let Some(hyphen) = word.rfind(['-', '‑', '–']) else { continue };
        let (before, after) = (&word[..hyphen], &word[hyphen..].trim_start_matches(['-', '‑', '–']));
        if *after == "based" && !before.is_empty() {
            let first = first_of_place(text, k, before, &is_place);
            let span = Span::new(text.tokens[first].span.start, token.span.start + hyphen);
            if first < k || is_place(before) {
                add(Name { tokens: first..k + 1, kind: Kind::Location, part: Some(span) });
            }
        } else if matches!(before, "D" | "R" | "I")
            && k > 0
            && matches!(text.word(k - 1), "(" | ",")
            && after.chars().next().is_some_and(char::is_uppercase)
        {
            // "N.J." goes on in the next tokens
            let more: usize = text.text[token.span.end..].chars().take_while(|c| c.is_alphabetic() || *c == '.').map(char::len_utf8).sum();
            let span = Span::new(token.span.end - after.len(), token.span.end + more);
            let end = text.token_at(span.end - 1) + 1;
            add(Name { tokens: k..end, kind: Kind::Location, part: Some(span) });
        }
    }
    put(names, found);
}

/// Where the place begins of which `last` is the end: "St." of "St. Louis-based".
fn first_of_place(text: &Text<'_>, k: usize, last: &str, is_place: &impl Fn(&str) -> bool) -> usize {
    for first in k.saturating_sub(2)..k {
        let capital = (first..k).all(|i| text.tokens[i].capital && text.tokens[i].kind == TokenKind::Word)
            && !matches!(text.word(first), "The" | "THE");
        let words: Vec<&str> = (first..k).map(|i| text.word(i)).chain([last]).collect();
        if capital && is_place(&words.join(" ")) {
            return first;
        }
    }
    k
}
