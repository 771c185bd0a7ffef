//! Cuts the text of a query into words, phrases, brackets and operators, with good will towards whatever is typed.

use super::Note;
use super::signs::{BEFORE_BRACKETS, FIELDS, PUNCTUATION, at_least, cut_by_dollar, digits_of_at_least, field_named, manner, operator};
use crate::annotate::text::is_double_mark;
use crate::query::ast::{How, Reach};
use crate::query::{dates, distance};
use crate::span::Span;

/// A piece of a query.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lexeme {
    pub(super) span: Span,
    pub(super) what: What,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    Open,
    Close,
    And,
    Or,
    Not,
    Reach(Reach),
    /// What follows must be found so often.
    AtLeast(u32),
    /// The name of a known field; the colon was read.
    Field(String),
    Phrase {
        text: String,
        slop: Option<u32>,
    },
    Word {
        text: String,
        how: How,
    },
    /// A lone star.
    All,
}

pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    pub(super) notes: Vec<Note>,
    after_field: bool,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, notes: Vec::new(), after_field: false }
    }

    pub(super) fn next_lexeme(&mut self) -> Option<Lexeme> {
        loop {
            let rest = &self.text[self.at..];
            let c = rest.chars().next()?;
            let start = self.at;
            let span = Span::new(start, start + c.len_utf8());
            if c.is_whitespace() || c.is_control() {
                self.at = span.end;
                continue;
            }
            let after_field = std::mem::take(&mut self.after_field);
            let what = match c {
                '(' => What::Open,
                ')' => What::Close,
                _ if is_double_mark(c) && c != '″' => return Some(self.phrase(start, c)),
                '\'' | '‘' | '‚' | '‹' if let Some(lexeme) = self.single_phrase(start, c) => return Some(lexeme),
                '[' | '{' if after_field && let Some(length) = bracketed_range(rest) => {
                    self.at = start + length;
                    let what = What::Word { text: rest[..length].to_owned(), how: How::Word };
                    return Some(Lexeme { span: Span::new(start, self.at), what });
                }
                '-' | '−' if self.negates(span.end) && !after_field => What::Not,
                '!' if self.negates(span.end) && !after_field => What::Not,
                '+' if !rest[1..].starts_with(char::is_whitespace) => {
                    self.at = span.end;
                    self.after_field = after_field;
                    continue;
                }
                _ => match self.word(after_field) {
                    Some(lexeme) => return Some(lexeme),
                    None => continue,
                },
            };
            self.at = span.end;
            return Some(Lexeme { span, what });
        }
    }

    /// Whether a minus before `next` forbids what follows: "-word", not "-5", "a - b" or "--".
    fn negates(&self, next: usize) -> bool {
        self.text[next..].chars().next().is_some_and(|c| c.is_alphabetic() || c == '(' || is_double_mark(c))
    }

    /// Several words between single quotation marks, which are also apostrophes: 'oil prices', not 'tis or rock 'n' roll.
    fn single_phrase(&mut self, start: usize, open: char) -> Option<Lexeme> {
        let inner = start + open.len_utf8();
        let text = &self.text[inner..];
        if !text.starts_with(char::is_alphanumeric) {
            return None;
        }
        let closes = |(i, c): (usize, char)| {
            let closing = match open {
                '‚' => matches!(c, '‘' | '’'),
                '‹' => c == '›',
                _ => matches!(c, '\'' | '’'),
            };
            closing && !text[i + c.len_utf8()..].starts_with(char::is_alphanumeric)
        };
        let end = text.char_indices().find(|&at| closes(at))?;
        let words = &text[..end.0];
        if !words.contains(char::is_whitespace) || words.contains(is_double_mark) {
            return None;
        }
        self.at = inner + end.0 + end.1.len_utf8();
        let span = Span::new(start, self.at);
        if open == '\'' {
            self.notes.push(Note { span, text: "the words between the ' are read as a phrase".to_owned() });
        }
        Some(Lexeme { span, what: What::Phrase { text: words.to_owned(), slop: None } })
    }

    fn phrase(&mut self, start: usize, open: char) -> Lexeme {
        let inner = start + open.len_utf8();
        let close = self.text[inner..].char_indices().find(|&(_, c)| is_double_mark(c) && c != '″');
        let (end, mut at) = match close {
            Some((i, c)) => (inner + i, inner + i + c.len_utf8()),
            None => {
                if self.text[inner..].contains(char::is_alphanumeric) {
                    let text = "this quotation mark is never closed; it is taken to close at the end".to_owned();
                    self.notes.push(Note { span: Span::new(start, inner), text });
                }
                (self.text.len(), self.text.len())
            }
        };
        let mut slop = None;
        let rest = &self.text[at..];
        if let Some(digits) = rest.strip_prefix('~') {
            let length = digits.bytes().take_while(u8::is_ascii_digit).count();
            let here = Span::new(at, at + 1 + length);
            if length > 0 {
                slop = Some(self.reach(digits[..length].parse().unwrap_or(u32::MAX), here));
            } else {
                let text = "a ~ behind a phrase takes a number, as in \"a b\"~5; it is passed over".to_owned();
                self.notes.push(Note { span: here, text });
            }
            at += 1 + length;
        }
        self.at = at;
        Lexeme { span: Span::new(start, at), what: What::Phrase { text: self.text[inner..end].to_owned(), slop } }
    }

    /// How many words apart is asked for, as far as that goes.
    fn reach(&mut self, words: u32, span: Span) -> u32 {
        if words > FARTHEST {
            self.notes.push(Note { span, text: format!("words can be asked for at most {FARTHEST} words apart; read as {FARTHEST}") });
        }
        words.min(FARTHEST)
    }

    /// A run of letters up to white space, a bracket or a quotation mark; `None` when nothing of it can be looked for.
    fn word(&mut self, after_field: bool) -> Option<Lexeme> {
        let start = self.at;
        let rest = &self.text[start..];
        let mut length = 0;
        let mut brackets = 0_usize;
        for (i, c) in rest.char_indices() {
            // a quotation mark inside a word (5" pipe) is none that opens
            let mark = is_double_mark(c) && c != '″' && i > 0 && !rest[..i].ends_with(':') && !closes_inside(rest, i, c);
            match c {
                '(' => brackets += 1,
                ')' if brackets > 0 => brackets -= 1,
                ')' => break,
                _ => {}
            }
            if c.is_whitespace() || c.is_control() || mark || c == '(' && (rest[..i].ends_with(':') || at_least(&rest[..i]).is_some()) {
                break;
            }
            // hlead(strike), as older languages of search have it
            if c == '(' && !after_field && BEFORE_BRACKETS.iter().any(|name| rest[..i].eq_ignore_ascii_case(name)) {
                let name = field_named(&rest[..i])?;
                self.at = start + i;
                return Some(Lexeme { span: Span::new(start, self.at), what: What::Field(name.to_owned()) });
            }
            if is_double_mark(c) && c != '″' && rest[..i].ends_with(':') {
                break;
            }
            length = i + c.len_utf8();
            if c == ':' && !after_field && field_named(&rest[..i]).is_some() {
                let name = field_named(&rest[..i])?;
                self.at = start + length;
                self.after_field = true;
                return Some(Lexeme { span: Span::new(start, self.at), what: What::Field(name.to_owned()) });
            }
        }
        let raw = &rest[..length];
        self.at = start + length.max(rest.chars().next().map_or(1, char::len_utf8));
        let span = Span::new(start, self.at);
        if let Some(times) = at_least(raw) {
            if digits_of_at_least(raw).and_then(|digits| digits.parse().ok()) != Some(times) {
                self.notes.push(Note { span, text: format!("read as atleast{times}") });
            }
            return Some(Lexeme { span, what: What::AtLeast(times) });
        }
        if !after_field {
            if let Some(mut what) = operator(raw) {
                if let What::Reach(Reach::Words(words) | Reach::Ahead(words)) = &mut what {
                    *words = self.reach(*words, span);
                }
                return Some(Lexeme { span, what });
            }
            self.doubt_field(raw, span);
            self.doubt_date(raw, span);
        }
        let (text, how) = self.manner(raw, span);
        if text.contains(char::is_alphanumeric) || after_field && text.contains(['.', '<', '>', '=']) {
            return Some(Lexeme { span, what: What::Word { text: text.to_owned(), how } });
        }
        // a value that has nothing to look for must not leave its field to the next word
        (raw == "*" || after_field).then_some(Lexeme { span, what: What::All })
    }

    /// A word without its star or tilde, and what they mean.
    fn manner<'t>(&mut self, raw: &'t str, span: Span) -> (&'t str, How) {
        let (text, how) = manner(raw);
        let mut doubt = |text: &str| self.notes.push(Note { span, text: text.to_owned() });
        if let Some(begin) = raw.strip_suffix('!').filter(|begin| begin.chars().count() > 3 && begin.chars().all(char::is_alphabetic)) {
            doubt("a ! at the end of a word is read as *: words that begin so");
            return (begin, How::Prefix);
        }
        if raw.starts_with('~') && raw.contains(char::is_alphanumeric) {
            doubt("a ~ counts only right behind a word or a phrase");
        }
        if let Some(begin) = cut_by_dollar(raw) {
            doubt("a $ at the end of a word is read as *: words that begin so");
            return (begin, How::Prefix);
        }
        if let How::Fuzzy(letters) = how
            && raw.trim_end_matches(PUNCTUATION).rsplit('~').next().and_then(|n| n.parse::<u8>().ok()).is_some_and(|n| n > letters)
        {
            doubt("at most 2 letters of a word may differ; read as ~2");
        }
        if let Some((word, weight)) = raw.split_once('^')
            && !word.is_empty()
            && weight.parse::<f32>().is_ok()
        {
            doubt("words have no weights here; the ^ is passed over");
            return manner(word);
        }
        if how == How::Shape {
            return (text, how);
        }
        let inside = |(i, _): (usize, char)| {
            raw[..i].ends_with(char::is_alphanumeric) && raw[i + 1..].starts_with(char::is_alphanumeric) && !raw.contains(['/', '='])
        };
        if raw.char_indices().filter(|(_, c)| *c == '?').any(inside) {
            doubt("a ? stands for a letter only in a word of letters alone; read as two words");
        }
        if text.contains('*') && text.trim_end_matches(PUNCTUATION) != "*" {
            doubt("a * counts only in or behind a word of at least two letters");
        }
        (text, how)
    }

    /// Notes a date that stands among the words: few articles write 2025-04-15.
    fn doubt_date(&mut self, raw: &str, span: Span) {
        let year_first = raw.len() > 5 && raw.as_bytes()[..4].iter().all(u8::is_ascii_digit) && raw[4..].starts_with(['-', '.']);
        if year_first && dates::range(raw).is_ok() {
            self.notes.push(Note { span, text: format!("read as words; date:{raw} asks for what was published then") });
        }
    }

    /// Notes a word before a colon that is nearly the name of a field.
    fn doubt_field(&mut self, raw: &str, span: Span) {
        if let Some((name, value)) = raw.split_once('=')
            && let Some(field) = field_named(name)
            && value.starts_with(char::is_alphanumeric)
        {
            let text = format!("read as words; for the field write {field}:{value}");
            self.notes.push(Note { span, text });
        }
        let Some((name, value)) = raw.split_once(':') else { return };
        if value.is_empty() || value.starts_with('/') || name.len() < 3 || !name.bytes().all(|b| b.is_ascii_alphabetic()) {
            return;
        }
        let name = name.to_lowercase();
        let near =
            FIELDS.iter().map(|(known, _)| *known).find(|known| distance(&name, known, 2).is_some_and(|d| d <= 1 || known.len() > 5));
        let text = match near {
            Some(near) => format!("there is no field {name}: (did you mean {near}:?); read as words"),
            None => format!("there is no field {name}: (see `dictum help query`); read as words"),
        };
        self.notes.push(Note { span: Span::new(span.start, span.start + name.len() + 1), text });
    }
}

/// Words can be asked for so far apart.
const FARTHEST: u32 = 100;

/// The length of a range as Lucene writes it, at the head of `text`: "[2025-04 TO 2025-05]".
fn bracketed_range(text: &str) -> Option<usize> {
    let end = text.find([']', '}'])?;
    (end < 60 && text[..end].contains(" TO ")).then_some(end + 1)
}

/// Whether the quotation mark at byte `i` of a word ends an inch or stands before white space without having been opened.
fn closes_inside(rest: &str, i: usize, mark: char) -> bool {
    let before = rest[..i].chars().next_back().is_some_and(char::is_numeric);
    let after = rest[i + mark.len_utf8()..].chars().next();
    mark == '"' && before && after.is_none_or(char::is_whitespace)
}
