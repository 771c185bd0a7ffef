//! The text as the annotators see it: tokens, sentences and paragraphs of one zone of an article.

use std::ops::Range;

use crate::annotation::Zone;
use crate::span::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with inner hyphens, apostrophes and the full stops of abbreviations: "al-Assad", "O'Neil", "U.S.", "Mr."
    Word,
    /// The clitic cut off a word: "'s", "’s", or the bare apostrophe of a plural possessive.
    Clitic,
    /// Digits, with inner stops and commas: "1,200.50".
    Number,
    /// A quotation mark of any kind, single ones where they are no apostrophe.
    Mark,
    /// Any other single character.
    Punctuation,
}

/// One token: a span of its text with what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether its first letter is upper case.
    pub capital: bool,
    /// Whether white space, or the start of the text, stands before it.
    pub spaced: bool,
}

/// One zone of an article, cut into tokens, and these into sentences and paragraphs.
#[derive(Debug)]
pub struct Text<'a> {
    /// The zone.
    pub zone: Zone,
    /// The very text.
    pub text: &'a str,
    /// In order, never overlapping; together they cover all but white space.
    pub tokens: Vec<Token>,
    /// Ranges of tokens, in order, covering all; none crosses a paragraph.
    pub sentences: Vec<Range<usize>>,
    /// Ranges of tokens, in order, covering all.
    pub paragraphs: Vec<Range<usize>>,
}

impl<'a> Text<'a> {
    /// Cuts up `text`, in time linear in its length.
    #[must_use]
    pub fn new(zone: Zone, text: &'a str) -> Self {
        let tokens = tokenize(text);
        let paragraphs = paragraphs(text, &tokens);
        let sentences = paragraphs.iter().flat_map(|p| sentences(text, &tokens, p.clone())).collect();
        Self { zone, text, tokens, sentences, paragraphs }
    }

    /// The letters of token `index`.
    #[must_use]
    pub fn word(&self, index: usize) -> &'a str {
        self.tokens[index].span.of(self.text)
    }

    /// The span from the first to the last of `tokens`, which must not be empty.
    #[must_use]
    pub fn span(&self, tokens: Range<usize>) -> Span {
        Span::new(self.tokens[tokens.start].span.start, self.tokens[tokens.end - 1].span.end)
    }

    /// The index of the first token that ends after byte `at`.
    #[must_use]
    pub fn token_at(&self, at: usize) -> usize {
        self.tokens.partition_point(|t| t.span.end <= at)
    }

    /// The index of the sentence that holds token `token`.
    #[must_use]
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.end <= token)
    }

    /// The index of the paragraph that holds token `token`.
    #[must_use]
    pub fn paragraph_of(&self, token: usize) -> usize {
        self.paragraphs.partition_point(|p| p.end <= token)
    }
}

/// Abbreviations that take a full stop and do not end a sentence when a capital follows.
const TITLES_WITH_STOP: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "col", "lt", "sgt", "capt", "cmdr", "adm", "maj", "st", "rev", "hon",
    "pres", "atty", "supt", "insp", "det", "pvt", "cpl", "fr", "sr", "msgr", "messrs", "mme", "mlle", "no", "vs", "v", "sec", "dist",
    "amb", "brig", "mt", "ft",
];

/// Abbreviations that take a full stop and may end a sentence.
const OTHER_WITH_STOP: &[&str] = &[
    "jr", "inc", "corp", "co", "ltd", "bros", "llc", "plc", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov",
    "dec", "mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun", "ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla",
    "ga", "ill", "ind", "kan", "ky", "la", "md", "mass", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa", "penn",
    "tenn", "tex", "vt", "va", "wash", "wis", "wyo", "est", "etc", "dept", "univ", "ave", "blvd", "rd", "bn", "ph.d", "ed", "ph", "esq",
    "approx", "al",
];

/// Whether `c` is a double quotation mark of any kind.
#[must_use]
pub fn is_double_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '〝' | '〞' | '″')
}

/// Whether `c` is a single quotation mark or an apostrophe.
#[must_use]
pub fn is_single_mark(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '‚' | '‛' | '`' | '´' | '‹' | '›')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´')
}

fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut spaced = true;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}') {
            spaced = true;
            at += c.len_utf8();
            continue;
        }
        let (end, kind) = if c.is_alphabetic() {
            word_end(text, at)
        } else if c.is_numeric() {
            (number_end(text, at), TokenKind::Number)
        } else if is_double_mark(c) || is_single_mark(c) {
            mark_end(text, at, c, spaced)
        } else {
            (at + c.len_utf8(), TokenKind::Punctuation)
        };
        tokens.push(Token { span: Span::new(at, end), kind, capital: c.is_uppercase(), spaced });
        spaced = false;
        at = end;
    }
    tokens
}

/// Where the word that starts at `at` ends. Inner hyphens and apostrophes belong to it, a possessive "'s" does not.
fn word_end(text: &str, at: usize) -> (usize, TokenKind) {
    let mut end = at;
    let mut stops = 0; // full stops inside: "U.S", "a.m"
    let mut letters_since_stop = 0;
    let mut chars = text[at..].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let here = at + i;
        if c.is_alphanumeric() || is_combining(c) || is_lost_letter(text, here, c) {
            end = here + c.len_utf8();
            letters_since_stop += 1;
            continue;
        }
        let next = chars.peek().map(|&(_, n)| n);
        let inner = next.is_some_and(char::is_alphanumeric);
        if !inner {
            break;
        }
        if c == '-' || c == '‐' || c == '‑' || c == '&' {
            letters_since_stop = 2; // an abbreviation does not go on past a hyphen
            continue;
        }
        if is_apostrophe(c) {
            let rest = &text[here + c.len_utf8()..];
            let clitic: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
            if clitic.eq_ignore_ascii_case("s") {
                break;
            }
            letters_since_stop = 2;
            continue;
        }
        if let Some(exchange) = exchange_end(text, at, here) {
            return (exchange, TokenKind::Word);
        }
        if c == '.' && letters_since_stop == 1 && next.is_some_and(char::is_alphabetic) {
            // "U.S", but not "end.Start": the part after must be one letter, or end at a stop itself
            let part = text[here + 1..].chars().take_while(|c| c.is_alphabetic()).count();
            if part == 1 || stops > 0 {
                stops += 1;
                letters_since_stop = 0;
                continue;
            }
        }
        break;
    }
    if let Some(domain) = domain_end(text, end) {
        return (domain, TokenKind::Word);
    }
    if text[end..].starts_with('.') {
        let word = &text[at..end];
        let single = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        let lower = word.to_lowercase();
        if stops > 0
            || single
            || TITLES_WITH_STOP.contains(&lower.as_str()) && (lower != "no" || counts(&text[end + 1..]))
            || OTHER_WITH_STOP.contains(&lower.as_str()) && starts_upper(word)
        {
            end += 1;
        }
    }
    (end, TokenKind::Word)
}

/// Whether `c`, at byte `at`, stands for a letter that was lost on the way: U+FFFD, the question mark in "Mar?a" and in "Jos? Mar?a", or the
/// second half of a letter of two bytes that were read as two letters: "FranÃ§ois".
fn is_lost_letter(text: &str, at: usize, c: char) -> bool {
    let within = |rest: &str| rest.strip_prefix('?').is_some_and(|rest| rest.starts_with(char::is_lowercase));
    let next_word = || {
        let next = text[at + 1..].strip_prefix(' ').filter(|next| next.starts_with(char::is_uppercase))?;
        next.find(|c: char| !c.is_alphabetic()).map(|end| within(&next[end..]))
    };
    c == char::REPLACEMENT_CHARACTER
        || matches!(c, '\u{80}'..='\u{bf}') && text[..at].ends_with(['Ã', 'Â', 'Ä', 'Å'])
        || c == '?' && text[..at].ends_with(char::is_lowercase) && (within(&text[at..]) || next_word().unwrap_or(false))
}

/// Whether a number follows: "No. 4", but not "said no. Then".
fn counts(rest: &str) -> bool {
    rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// Where the address of a site goes on to, whose first word ends at `end`: "example.com", "gull.example.co.uk".
fn domain_end(text: &str, end: usize) -> Option<usize> {
    const TOP: [&str; 16] = ["com", "org", "net", "gov", "edu", "info", "co.uk", "uk", "ru", "de", "fr", "eu", "io", "tv", "news", "ua"];
    let name = |rest: &str| rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
    let mut at = end;
    let mut found = None;
    for _ in 0..4 {
        let Some(rest) = text[at..].strip_prefix('.') else { break };
        let length = name(rest);
        let ends = |top: &str| rest.strip_prefix(top).is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '-'));
        if let Some(top) = TOP.iter().find(|top| ends(top)) {
            found = Some(at + 1 + top.len());
        }
        if length == 0 || !rest.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()) {
            break;
        }
        at += 1 + length;
    }
    found
}

/// Where a ticker that begins at `at` ends, if the stop at `stop` parts its code from its exchange: "FLX.PA".
fn exchange_end(text: &str, at: usize, stop: usize) -> Option<usize> {
    let exchange = text[stop..].strip_prefix('.')?;
    let letters = exchange.bytes().take_while(u8::is_ascii_uppercase).count();
    let closed = !exchange[letters..].starts_with(char::is_alphanumeric);
    let end = stop + 1 + letters;
    ((1..=2).contains(&letters) && closed && is_ticker(&text[at..end])).then_some(end)
}

/// Whether a word is the ticker of a firm with its exchange: at most six capitals or figures, a stop, one or two capitals.
#[must_use]
pub fn is_ticker(word: &str) -> bool {
    let Some((code, exchange)) = word.split_once('.') else { return false };
    let small = code.bytes().filter(u8::is_ascii_lowercase).count();
    (2..=6).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_alphanumeric())
        && code.starts_with(|c: char| !c.is_ascii_lowercase())
        && small < 2
        && code.len() > small + 1
        && (1..=2).contains(&exchange.len())
        && exchange.bytes().all(|b| b.is_ascii_uppercase())
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn number_end(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut chars = text[at..].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if c.is_alphanumeric() {
            end = at + i + c.len_utf8();
        } else if let Some(exchange) = exchange_end(text, at, at + i) {
            return exchange;
        } else if !(matches!(c, '.' | ',' | ':' | '-') && chars.peek().is_some_and(|&(_, n)| n.is_numeric())) {
            break;
        }
    }
    end
}

fn mark_end(text: &str, at: usize, c: char, spaced: bool) -> (usize, TokenKind) {
    let after = at + c.len_utf8();
    if is_double_mark(c) {
        return (after, TokenKind::Mark);
    }
    // '' and `` stand for a double mark
    if text[after..].starts_with(c) && matches!(c, '\'' | '`' | '’' | '‘' | '‚') {
        return (after + c.len_utf8(), TokenKind::Mark);
    }
    // the clitic of a possessive
    let rest: String = text[after..].chars().take_while(|c| c.is_alphanumeric()).take(2).collect();
    if !spaced && is_apostrophe(c) && rest.eq_ignore_ascii_case("s") {
        return (after + rest.len(), TokenKind::Clitic);
    }
    (after, TokenKind::Mark)
}

fn paragraphs(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for i in 1..=tokens.len() {
        let broken = i == tokens.len() || {
            let gap = &text[tokens[i - 1].span.end..tokens[i].span.start];
            // as between most tokens
            if gap.is_empty() || gap == " " {
                continue;
            }
            let mut lines = gap.matches('\n').count();
            if lines == 0 {
                lines = gap.matches('\r').count() + 2 * gap.matches('\u{2029}').count();
            }
            lines >= 2 || (lines == 1 && ends_line(text, tokens, i))
        };
        if broken {
            if i > start {
                found.push(start..i);
            }
            start = i;
        }
    }
    found
}

/// Whether the single line break before token `i` parts two paragraphs, and is no mere wrapping of lines.
///
/// Wrapped lines end anywhere; a paragraph's last line ends with the end of a sentence, or the next line is a heading's.
fn ends_line(text: &str, tokens: &[Token], i: usize) -> bool {
    let before = &tokens[i - 1];
    let last = before.span.of(text);
    let closes = matches!(last, "." | "!" | "?" | ":" | "…") || before.kind == TokenKind::Mark || last.ends_with('.');
    let line_start = text[..before.span.end].rfind('\n').map_or(0, |n| n + 1);
    let line = text[line_start..before.span.end].trim();
    let next_end = text[tokens[i].span.start..].find('\n').map_or(text.len(), |n| n + tokens[i].span.start);
    let next = text[tokens[i].span.start..next_end].trim_end();
    // Lines of about 60 to 80 letters are wrapped; anything longer is a paragraph of its own.
    let wrapped = (45..=90).contains(&line.len()) && next.len() <= 90;
    !(wrapped || line.len() < 45 && !closes && tokens[i].span.of(text).chars().next().is_some_and(char::is_lowercase))
}

fn sentences(text: &str, tokens: &[Token], paragraph: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = paragraph.start;
    let mut i = paragraph.start;
    while i < paragraph.end {
        let token = &tokens[i];
        let word = token.span.of(text);
        let stop = match token.kind {
            TokenKind::Punctuation => matches!(word, "." | "!" | "?" | "…" | "。" | "！" | "？"),
            TokenKind::Word => {
                word.ends_with('.') && {
                    let bare = word.trim_end_matches('.').to_lowercase();
                    let initial = bare.chars().count() == 1;
                    !initial && !TITLES_WITH_STOP.contains(&bare.as_str())
                }
            }
            _ => false,
        };
        i += 1;
        if !stop || i < paragraph.end && inside_a_word(text, token, &tokens[i]) {
            continue;
        }
        // what closes with the sentence: more stops, quotation marks and brackets set close to it
        while i < paragraph.end {
            let t = &tokens[i];
            let w = t.span.of(text);
            let closing =
                matches!(w, "." | "!" | "?" | "…" | ")" | "]") || t.kind == TokenKind::Mark && !opens(text, tokens, i, paragraph.end);
            if t.spaced && !matches!(w, "”" | "’" | "''" | "»") || !closing {
                break;
            }
            i += 1;
        }
        if i == paragraph.end || begins_sentence(text, tokens, i, token, paragraph.end) {
            push_sentence(text, tokens, start..i, &mut found);
            start = i;
        }
    }
    if start < paragraph.end {
        push_sentence(text, tokens, start..paragraph.end, &mut found);
    }
    found
}

/// Adds a sentence; a heading that lost its line, "A DARK SHADOW The fund…", is one of its own.
fn push_sentence(text: &str, tokens: &[Token], sentence: Range<usize>, found: &mut Vec<Range<usize>>) {
    let heading = heading_end(text, tokens, &sentence);
    if heading > sentence.start {
        found.push(sentence.start..heading);
    }
    found.push(heading..sentence.end);
}

/// Where the heading in capitals that opens a sentence ends: two words or more, of ten letters or more together, before a word
/// that is not in capitals; `sentence.start` where there is none, as before a dateline's comma or bracket.
fn heading_end(text: &str, tokens: &[Token], sentence: &Range<usize>) -> usize {
    let mut letters = 0;
    let mut words = 0;
    for i in sentence.clone() {
        let token = &tokens[i];
        let word = token.span.of(text);
        let shouted = token.kind == TokenKind::Word && word.chars().all(char::is_uppercase);
        if shouted && (word.len() > 1 || words > 0 && word != "A" && word != "I") {
            letters += word.len();
            words += 1;
            continue;
        }
        let goes_on = token.kind == TokenKind::Word || token.kind == TokenKind::Mark;
        return if words > 1 && letters >= 10 && goes_on && token.spaced { i } else { sentence.start };
    }
    sentence.start
}

/// Whether the stop before `next` stands inside a word that ends no sentence: "VOD.L", "example.com", but not "end.Start".
fn inside_a_word(text: &str, stop: &Token, next: &Token) -> bool {
    let mut letters = next.span.of(text).chars();
    let starts = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    stop.kind == TokenKind::Punctuation && stop.span.of(text) == "." && next.kind == TokenKind::Word && !next.spaced && !starts
}

/// Whether the quotation mark at token `i` opens: it is set close to the word after it, not to the one before.
fn opens(text: &str, tokens: &[Token], i: usize, end: usize) -> bool {
    let mark = tokens[i].span.of(text);
    if matches!(mark, "“" | "„" | "‘" | "``" | "«") {
        return true;
    }
    tokens[i].spaced && i + 1 < end && !tokens[i + 1].spaced
}

fn begins_sentence(text: &str, tokens: &[Token], i: usize, stop: &Token, end: usize) -> bool {
    let t = &tokens[i];
    let lead = if t.kind == TokenKind::Mark || matches!(t.span.of(text), "(" | "[" | "—" | "–" | "-") {
        match tokens.get(i + 1).filter(|_| i + 1 < end) {
            Some(next) => next,
            None => return true,
        }
    } else {
        t
    };
    let first = lead.span.of(text);
    let lower = first.chars().next().is_some_and(char::is_lowercase);
    if lead.kind == TokenKind::Punctuation && matches!(first, "," | ";" | ":") {
        return false; // the stop was an abbreviation's: "R-Wis., said"
    }
    if stop.kind == TokenKind::Word {
        // an abbreviation ends a sentence only before a word that plainly starts one
        return lead.capital && STARTERS.contains(&lead.span.of(text));
    }
    !lower
}

/// Words that, written with a capital after an abbreviation ("in the U.S. The…"), start a sentence.
const STARTERS: &[&str] = &[
    "The", "A", "An", "He", "She", "It", "They", "We", "I", "You", "But", "And", "In", "On", "At", "This", "That", "These", "Those", "His",
    "Her", "Its", "Their", "There", "When", "While", "If", "As", "For", "After", "Before", "Since", "So", "Yet", "Also", "However", "Mr.",
    "Mrs.", "Ms.", "Dr.", "Our", "My", "What", "Who", "Why", "How", "Where", "Not", "No", "Some", "Many", "Most", "Both", "One", "Two",
    "With", "By", "From", "To",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let cut = Text::new(Zone::Body, text);
        (0..cut.tokens.len()).map(|i| cut.word(i)).collect()
    }

    fn cut(text: &str) -> Vec<&str> {
        let cut = Text::new(Zone::Body, text);
        cut.sentences.iter().map(|s| cut.span(s.clone()).of(text)).collect()
    }

    #[test]
    fn words_keep_hyphens_apostrophes_and_the_stops_of_abbreviations() {
        assert_eq!(words("Mr. al-Assad’s O'Neil"), ["Mr.", "al-Assad", "’s", "O'Neil"]);
        assert_eq!(words("the U.S. and U.K.'s J. Smith"), ["the", "U.S.", "and", "U.K.", "'s", "J.", "Smith"]);
        assert_eq!(words("It rose 1,200.50 in Dec. 2019."), ["It", "rose", "1,200.50", "in", "Dec.", "2019", "."]);
        assert_eq!(words("No. 4 of gull.example.com said no."), ["No.", "4", "of", "gull.example.com", "said", "no", "."]);
        assert_eq!(words("Ferrolux (FLX.PA) ended.So"), ["Ferrolux", "(", "FLX.PA", ")", "ended", ".", "So"]);
        assert_eq!(words("``Yes,'' he said."), ["``", "Yes", ",", "''", "he", "said", "."]);
    }

    #[test]
    fn sentences_close_with_their_quotation_marks() {
        assert_eq!(cut("“Go.” He left. Mr. Li of the U.S. Army stayed."), ["“Go.”", "He left.", "Mr. Li of the U.S. Army stayed."]);
        assert_eq!(cut("\"Go.\" \"Stay,\" he said. in"), ["\"Go.\"", "\"Stay,\" he said. in"]);
        assert_eq!(cut("We live in the U.S. The end."), ["We live in the U.S.", "The end."]);
        assert_eq!(
            cut("Ferrolux (FLX.PA) and gull.example.com rose. It ended.So"),
            ["Ferrolux (FLX.PA) and gull.example.com rose.", "It ended.", "So"]
        );
    }

    #[test]
    fn a_heading_within_a_line_is_a_sentence_of_its_own() {
        assert_eq!(
            cut("It fell. GROWING DOUBTS Analyst Ida Roe left. OPEC TV said no."),
            ["It fell.", "GROWING DOUBTS", "Analyst Ida Roe left.", "OPEC TV said no."]
        );
        assert_eq!(cut("LOS ANGELES (Wire) - It fell."), ["LOS ANGELES (Wire) - It fell."]);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let wrapped =
            "FRANKFURT (Reuters) - Internet service provider AOL's sales\nmay shrink for the next two years as it gives away services.";
        assert_eq!(Text::new(Zone::Body, wrapped).paragraphs.len(), 1);
        assert_eq!(Text::new(Zone::Body, "One.\n\nTwo.").paragraphs.len(), 2);
        assert_eq!(
            Text::new(
                Zone::Body,
                "A first line that is a whole paragraph, for it runs on well past what anybody wraps a line at, as saved pages do.\nTwo."
            )
            .paragraphs
            .len(),
            2
        );
    }
}
