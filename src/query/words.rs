//! Cuts text into the words that are indexed and looked for, and folds and stems them. Index, queries and highlights share it.

use std::borrow::Cow;
use std::cell::RefCell;

use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use crate::span::Span;

/// Goes up whenever the same text would give other words; an index with another number must be rebuilt.
pub const ANALYZER_VERSION: u32 = 1;

/// No word that is indexed is longer, in bytes.
const LONGEST: usize = 200;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// Lower case, accents folded, apostrophes gone: "oneil", "u.s", "1200.50".
    pub form: String,
}

/// The words of `text`, in order.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::with_capacity(text.len() / 6);
    found.extend(spans(text).map(|span| Word { span, form: fold(span.of(text)) }));
    found
}

/// Where the words of `text` stand, in order.
pub fn spans(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let c = text[at..].chars().next()?;
            if !c.is_alphanumeric() {
                at += c.len_utf8();
                continue;
            }
            let span = Span::new(at, if stands_alone(c) { at + c.len_utf8() } else { word_end(text, at) });
            // the possessive belongs to no word
            at = span.end + possessive(&text[span.end..]);
            // an apostrophe or an accent that counts as a letter leaves nothing where it stands alone
            if !(is_apostrophe(c) || is_combining(c)) || !fold(span.of(text)).is_empty() {
                return Some(span);
            }
        }
    })
}

/// Whether `c` is of a script written without spaces, where each letter is a word.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '＇')
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200d}')
}

/// The length of "'s" at the head of `rest`, where no word goes on after it.
fn possessive(rest: &str) -> usize {
    let mut chars = rest.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(a), Some('s' | 'S'), next) if is_apostrophe(a) && !next.is_some_and(char::is_alphanumeric) => a.len_utf8() + 1,
        _ => 0,
    }
}

fn word_end(text: &str, start: usize) -> usize {
    // most words are nothing but plain letters
    let plain = text.as_bytes()[start..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let from = start + plain;
    let mut end = from;
    let mut previous = text[start..from].chars().next_back().unwrap_or(' ');
    let mut chars = text[from..].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let here = from + i;
        if c.is_alphanumeric() && !(stands_alone(c)) || is_combining(c) {
            end = here + c.len_utf8();
            previous = c;
            continue;
        }
        let Some(&(_, next)) = chars.peek() else { break };
        let joins = match c {
            '.' => {
                previous.is_numeric() && next.is_numeric()
                    || single_letter(text, start, here) && next.is_alphabetic() && single_before_stop(text, here + 1)
            }
            ',' => previous.is_numeric() && next.is_numeric(),
            c if is_apostrophe(c) => previous.is_alphabetic() && next.is_alphabetic() && possessive(&text[here..]) == 0,
            _ => false,
        };
        if !joins {
            break;
        }
    }
    // "C++", "C#": one letter with its signs
    if end - start == 1 {
        let rest = &text[end..];
        let signs = if rest.starts_with("++") { 2 } else { usize::from(rest.starts_with('#')) };
        if !text[end + signs..].chars().next().is_some_and(char::is_alphanumeric) {
            end += signs;
        }
    }
    end
}

/// Whether the letters between the last full stop (or `start`) and `stop` are one: "U" in "U.S".
fn single_letter(text: &str, start: usize, stop: usize) -> bool {
    let part = text[start..stop].rsplit('.').next().unwrap_or("");
    let mut chars = part.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// Whether the letter at `at` stands alone: "S" in "U.S." or "U.S", not "Start" in "A.Start".
fn single_before_stop(text: &str, at: usize) -> bool {
    !text[at..].chars().nth(1).is_some_and(char::is_alphanumeric)
}

/// Lower case, accents folded, apostrophes and thousands' commas gone. Abbreviations lose their full stops, but for
/// "U.S." and "US", which would be the pronoun.
#[must_use]
pub fn fold(word: &str) -> String {
    if word == "US" {
        return "u.s".to_owned();
    }
    let mut form = String::new();
    if word.is_ascii() {
        form = word.to_ascii_lowercase();
        if form.contains(['\'', ',']) {
            form.retain(|c| !matches!(c, '\'' | ','));
        }
    } else {
        form.reserve(word.len());
        for c in word.nfkd().filter(|c| !is_combining(*c) && !is_apostrophe(*c) && *c != ',') {
            for lower in c.to_lowercase() {
                match letter_for(lower) {
                    Some(plain) => form.push_str(plain),
                    None if is_combining(lower) => {}
                    None => form.push(lower),
                }
            }
        }
    }
    if form.contains('.') && !form.bytes().any(|b| b.is_ascii_digit()) && form != "u.s" {
        form.retain(|c| c != '.');
    }
    if form.len() > LONGEST {
        let cut = (0..=LONGEST).rev().find(|&i| form.is_char_boundary(i)).unwrap_or(0);
        form.truncate(cut);
    }
    form
}

/// Letters that no decomposition takes apart.
fn letter_for(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ı' => "i",
        'þ' => "th",
        'ħ' => "h",
        'ŧ' => "t",
        _ => return None,
    })
}

/// The stems of words met before; none where the word is its own.
type Stems = FxHashMap<String, Option<Box<str>>>;

/// The stem of a folded word; the word itself where it has no other.
#[must_use]
pub fn stem(form: &str) -> Cow<'_, str> {
    thread_local! {
        static STEMS: RefCell<(Option<Stemmer>, Stems)> = RefCell::new((None, FxHashMap::default()));
    }
    if form.len() < 3 || !form.bytes().all(|b| b.is_ascii_lowercase()) {
        return Cow::Borrowed(form);
    }
    let stemmed = STEMS.with_borrow_mut(|(stemmer, known)| {
        if let Some(stemmed) = known.get(form) {
            return stemmed.as_deref().map(str::to_owned);
        }
        if known.len() > 100_000 {
            known.clear();
        }
        let stemmer = stemmer.get_or_insert_with(|| Stemmer::new(Algorithm::English));
        let stemmed = stemmer.stem(form).into_owned();
        let other = (stemmed != form && !stemmed.is_empty()).then_some(stemmed);
        known.insert(form.to_owned(), other.clone().map(String::into_boxed_str));
        other
    });
    stemmed.map_or(Cow::Borrowed(form), Cow::Owned)
}

/// Whether a folded word says nothing alone: such words need not match where others do.
#[must_use]
pub fn is_stop_word(form: &str) -> bool {
    STOP_WORDS.binary_search(&form).is_ok()
}

/// English function words, sorted.
const STOP_WORDS: &[&str] = &[
    "a",
    "about",
    "above",
    "after",
    "again",
    "against",
    "all",
    "also",
    "am",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "being",
    "below",
    "between",
    "both",
    "but",
    "by",
    "can",
    "could",
    "did",
    "do",
    "does",
    "doing",
    "down",
    "during",
    "each",
    "etc",
    "few",
    "for",
    "from",
    "further",
    "had",
    "has",
    "have",
    "having",
    "he",
    "her",
    "here",
    "hers",
    "herself",
    "him",
    "himself",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "itself",
    "just",
    "may",
    "me",
    "might",
    "more",
    "most",
    "must",
    "my",
    "myself",
    "no",
    "nor",
    "not",
    "now",
    "of",
    "off",
    "on",
    "once",
    "only",
    "onto",
    "or",
    "other",
    "ought",
    "our",
    "ours",
    "ourselves",
    "out",
    "over",
    "own",
    "per",
    "same",
    "shall",
    "she",
    "should",
    "since",
    "so",
    "some",
    "such",
    "than",
    "that",
    "the",
    "their",
    "theirs",
    "them",
    "themselves",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "thus",
    "to",
    "too",
    "under",
    "until",
    "up",
    "upon",
    "us",
    "very",
    "via",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "would",
    "you",
    "your",
    "yours",
    "yourself",
    "yourselves",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        words(text).into_iter().map(|w| w.form).collect()
    }

    #[test]
    fn words_are_what_a_reader_takes_for_words() {
        for (text, expected) in [
            ("The U.S. and the U.N. met.", "the|u.s|and|the|un|met"),
            ("US troops told us", "u.s|troops|told|us"),
            ("O'Neil, O’Neil and d'Orsay's don't", "oneil|oneil|and|dorsay|dont"),
            ("al-Assad’s C++ and C#; e-mail", "al|assad|c++|and|c#|e|mail"),
            ("1,200.50 km, 5% of 3.5", "1200.50|km|5|of|3.5"),
            ("Müller-Straße, São Paulo, Gdańsk, Søren", "muller|strasse|sao|paulo|gdansk|soren"),
            ("ends.Starts a.m. Ph.D", "ends|starts|am|ph|d"),
            ("東京 2020", "東|京|2020"),
            ("…—!", ""),
            ("e\u{301}tude", "etude"),
        ] {
            assert_eq!(forms(text).join("|"), expected, "{text}");
        }
    }

    #[test]
    fn no_letter_alone_is_an_empty_word() {
        for c in ('\0'..=char::MAX).filter(|c| c.is_alphanumeric()) {
            assert!(words(&c.to_string()).iter().all(|word| !word.form.is_empty()), "{c:?}");
        }
    }

    #[test]
    fn spans_cut_the_words_out_of_the_text() {
        let text = "“Zelenskyy’s plan,” said O’Neil";
        let cut: Vec<&str> = words(text).iter().map(|w| w.span.of(text)).collect();
        assert_eq!(cut, ["Zelenskyy", "plan", "said", "O’Neil"]);
    }

    #[test]
    fn stems_meet() {
        assert_eq!(stem("negotiated"), stem("negotiating"));
        assert_eq!(stem("u.s"), "u.s");
    }

    #[test]
    fn stop_words_are_sorted() {
        assert!(STOP_WORDS.is_sorted());
    }
}
