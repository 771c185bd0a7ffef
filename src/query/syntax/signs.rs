//! The words and signs that mean something in a query: names of fields, operators, and what stands at the end of a word.

use super::lexer::What;
use crate::query::ast::{How, Reach};

/// Names by which a field is known, with the one that it has.
pub(super) const FIELDS: &[(&str, &str)] = &[
    ("title", "title"),
    ("headline", "title"),
    ("hd", "title"),
    ("lead", "lead"),
    ("hlead", "hlead"),
    ("hlp", "hlead"),
    ("body", "body"),
    ("text", "body"),
    ("person", "person"),
    ("people", "person"),
    ("org", "org"),
    ("organization", "org"),
    ("organisation", "org"),
    ("company", "org"),
    ("place", "place"),
    ("location", "place"),
    ("country", "place"),
    ("city", "place"),
    ("speaker", "speaker"),
    ("by", "speaker"),
    ("said", "said"),
    ("says", "said"),
    ("source", "source"),
    ("outlet", "source"),
    ("publication", "source"),
    ("publisher", "source"),
    ("from", "source"),
    ("site", "source"),
    ("author", "author"),
    ("byline", "author"),
    ("section", "section"),
    ("lang", "lang"),
    ("language", "lang"),
    ("date", "date"),
    ("since", "since"),
    ("until", "until"),
    ("before", "before"),
    ("after", "after"),
    ("id", "id"),
    ("kind", "kind"),
    ("confidence", "confidence"),
    ("quote", "quote"),
];

/// "telecom" of "telecom$" and "telecom$3", as older languages of search have it.
pub(super) fn cut_by_dollar(raw: &str) -> Option<&str> {
    let (begin, letters) = raw.split_once('$')?;
    let word = begin.chars().count() > 2 && begin.chars().all(char::is_alphabetic);
    (word && letters.len() <= 1 && letters.bytes().all(|b| b.is_ascii_digit())).then_some(begin)
}

/// Names of fields that may stand right before a bracket.
pub(super) const BEFORE_BRACKETS: [&str; 6] = ["hlead", "headline", "lead", "title", "byline", "publication"];

/// Signs that may stand behind a word and say nothing of it.
pub(super) const PUNCTUATION: [char; 5] = ['.', ',', ';', '!', '?'];

/// A word without its star or tilde, and what they mean.
pub(super) fn manner(raw: &str) -> (&str, How) {
    let trimmed = raw.trim_end_matches(PUNCTUATION);
    if has_shape(trimmed) {
        return (trimmed, How::Shape);
    }
    if let Some(text) = trimmed.strip_suffix('*') {
        return (text.trim_end_matches('*'), How::Prefix);
    }
    if let Some((text, number)) = trimmed.rsplit_once('~')
        && number.len() <= 1
        && number.bytes().all(|b| b.is_ascii_digit())
    {
        let text = text.trim_end_matches('~');
        let most = match text.chars().count() {
            0..=2 => 0,
            3..=5 => 1,
            _ => 2,
        };
        let letters = number.parse::<u8>().map_or(most, |n| n.min(2));
        return (text, if letters == 0 { How::Word } else { How::Fuzzy(letters) });
    }
    (raw, How::Word)
}

/// Whether a word has a `?` or a `*` before other letters: "wom?n", "organi?ation", "*gate".
fn has_shape(word: &str) -> bool {
    let stands_for_letters = |c: char| matches!(c, '?' | '*');
    let inside = word.trim_end_matches('*').contains(stands_for_letters) && !word.starts_with('?');
    inside
        && word.chars().all(|c| c.is_alphanumeric() || stands_for_letters(c))
        && word.chars().filter(|c| !stands_for_letters(*c)).count() > 1
}

const ATLEAST: &str = "atleast";

/// The number of "atleast5" or "ATLEAST5", as older languages of search have it.
pub(in crate::query) fn at_least(word: &str) -> Option<u32> {
    digits_of_at_least(word).map(|digits| digits.parse().unwrap_or(u32::MAX).clamp(1, 1000))
}

pub(super) fn digits_of_at_least(word: &str) -> Option<&str> {
    let digits = word.get(ATLEAST.len()..).filter(|_| word[..ATLEAST.len()].eq_ignore_ascii_case(ATLEAST))?;
    let digits = digits.strip_prefix('/').unwrap_or(digits);
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

pub(super) fn field_named(name: &str) -> Option<&'static str> {
    if name.len() > 12 {
        return None;
    }
    let name = name.to_ascii_lowercase();
    FIELDS.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
}

/// The operators of this and of older languages of search: `NEAR/5`, `NEAR5`, `w/5`, `/5`; `PRE/5`, `adj5`; `SENTENCE`, `w/s`,
/// `/s`; `PARAGRAPH`, `w/p`, `/p`, `SAME`.
pub(super) fn operator(word: &str) -> Option<What> {
    const NEAR: u32 = 10;
    Some(match word {
        "AND" | "&&" | "&" => What::And,
        "OR" | "||" | "|" => What::Or,
        "NOT" => What::Not,
        "NEAR" => What::Reach(Reach::Words(NEAR)),
        "SENTENCE" | "w/s" | "W/S" | "/s" => What::Reach(Reach::Sentence),
        "PARAGRAPH" | "w/p" | "W/P" | "/p" | "SAME" => What::Reach(Reach::Paragraph),
        "ADJ" => What::Reach(Reach::Ahead(1)),
        _ => {
            let digits = word.trim_start_matches(|c: char| !c.is_ascii_digit());
            let words = (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().unwrap_or(u32::MAX))?;
            What::Reach(match &word[..word.len() - digits.len()] {
                "NEAR/" | "NEAR" | "near/" | "near" | "w/" | "W/" | "/" => Reach::Words(words),
                "PRE/" | "PRE" | "pre/" | "ADJ" | "adj" | "adj/" | "ADJ/" => Reach::Ahead(words),
                _ => return None,
            })
        }
    })
}
