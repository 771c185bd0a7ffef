//! From the text of a query to its tree. Every error, and every reading that may not be meant, carries its place.
//!
//! ```text
//! or    := and (OR and)*
//! and   := near (AND? near)*
//! near  := unary ((NEAR/n | PRE/n | SENTENCE | PARAGRAPH) unary)*
//! unary := (NOT | -) unary | field: unary | ATLEASTn unary | ( or ) | "phrase" ~n? | word
//! ```

mod beside;
#[cfg(test)]
mod cases;
mod field;
mod lexer;
mod note;
mod signs;

use super::ast::{Field, How, Node, Pattern, Reach, Term, is_address};
use super::words::{fold, is_stop_word, words};
use crate::span::Span;
use beside::{MOST_TOGETHER, as_pattern, together, too_many_together};
use field::titles;
pub(in crate::query) use field::{confidence, kind_of_speaker};
use lexer::{Lexeme, Lexer, What};
pub use note::{Note, SyntaxError, caret};
pub(in crate::query) use signs::at_least;
use signs::manner;

/// Brackets may be nested so deep.
const DEEPEST: usize = 100;
/// A query has at most so many words.
const MOST_WORDS: usize = 1000;
/// A query has at most so many bytes.
const LONGEST: usize = 100_000;

/// How a query is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading {
    /// Plain words side by side mean any of them, not all.
    pub any: bool,
    /// The field of plain words, where it is not [`Field::Any`].
    pub field: Option<Field>,
}

/// A query that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// Its tree.
    pub node: Node,
    /// What may not have been meant so.
    pub notes: Vec<Note>,
}

/// Reads a query.
///
/// # Errors
/// When it cannot be understood even with good will: a date that is none, an unknown kind, brackets nested too deep.
pub fn parse(text: &str, reading: Reading) -> Result<Parsed, SyntaxError> {
    if text.len() > LONGEST {
        return Err(SyntaxError {
            span: Span::new(LONGEST, LONGEST),
            text: format!("a query may have {LONGEST} bytes, this one has {}; `dictum related` finds articles like a text", text.len()),
        });
    }
    let mut parser =
        Parser { text, lexemes: Vec::new(), at: 0, reading, notes: Vec::new(), words: 0, depth: 0, in_quote: false, in_head: false };
    let mut lexer = Lexer::new(text);
    while let Some(lexeme) = lexer.next_lexeme() {
        parser.lexemes.push(lexeme);
    }
    parser.notes.append(&mut lexer.notes);
    parser.spread_fields();
    parser.doubt_operators();
    let mut node = parser.or(reading.field.unwrap_or(Field::Any))?;
    while let Some(lexeme) = parser.next() {
        // only a closing bracket stops a query early
        parser.note(lexeme.span, "this bracket closes nothing and is passed over");
        let more = parser.or(reading.field.unwrap_or(Field::Any))?;
        node = Node::and(vec![node, more]);
    }
    parser.notes.sort_by_key(|n| n.span);
    Ok(Parsed { node, notes: parser.notes })
}

struct Parser<'a> {
    text: &'a str,
    lexemes: Vec<Lexeme>,
    at: usize,
    reading: Reading,
    notes: Vec<Note>,
    words: usize,
    depth: usize,
    in_quote: bool,
    in_head: bool,
}

type Parse<T> = Result<T, SyntaxError>;

impl Parser<'_> {
    fn peek(&self) -> Option<&What> {
        self.lexemes.get(self.at).map(|l| &l.what)
    }

    fn next(&mut self) -> Option<Lexeme> {
        let lexeme = self.lexemes.get(self.at).cloned();
        self.at += 1;
        lexeme
    }

    fn here(&self) -> Span {
        self.lexemes.get(self.at).map_or(Span::new(self.text.len(), self.text.len()), |l| l.span)
    }

    fn note(&mut self, span: Span, text: impl Into<String>) {
        self.notes.push(Note { span, text: text.into() });
    }

    /// Notes words between others that would be operators in capitals; between words that say nothing they are what they are, as
    /// in "to be or not to be".
    fn doubt_operators(&mut self) {
        for i in 1..self.lexemes.len().saturating_sub(1) {
            let What::Word { text, how: How::Word } = &self.lexemes[i].what else { continue };
            let said = match text.as_str() {
                "or" if !self.reading.any => "\"or\" is a word here, and all words must match; write OR for either",
                "not" => "\"not\" is a word here; write NOT, or a - before the word, to leave it out",
                _ => continue,
            };
            let (before, behind) = (&self.lexemes[i - 1].what, &self.lexemes[i + 1].what);
            if is_stop(before) && is_stop(behind) {
                continue;
            }
            let part = |what: &What| matches!(what, What::Word { .. } | What::Phrase { .. });
            if (part(before) || *before == What::Close) && (part(behind) || matches!(behind, What::Open | What::Field(_))) {
                let span = self.lexemes[i].span;
                self.note(span, said);
            }
        }
    }

    fn or(&mut self, field: Field) -> Parse<Node> {
        let mut parts = vec![self.and(field)?];
        while matches!(self.peek(), Some(What::Or)) {
            let span = self.here();
            self.at += 1;
            match self.and(field)? {
                Node::All => self.note(span, "this OR has nothing behind it and is passed over"),
                part => parts.push(part),
            }
        }
        if parts.len() > 1 && matches!(parts[0], Node::All) {
            parts.remove(0);
        }
        Ok(Node::or(parts))
    }

    fn and(&mut self, field: Field) -> Parse<Node> {
        let mut plain = Vec::new(); // words side by side, which --any makes alternatives
        let mut parts = Vec::new();
        let mut spelt = false; // an AND stood before this part
        loop {
            match self.peek() {
                None | Some(What::Or | What::Close) => break,
                Some(What::And) => {
                    let span = self.here();
                    self.at += 1;
                    if matches!(self.peek(), None | Some(What::Or | What::And | What::Close)) || plain.is_empty() && parts.is_empty() {
                        self.note(span, "this AND stands at an end and is passed over");
                    } else {
                        spelt = true;
                    }
                    continue;
                }
                Some(What::Reach(_)) => {
                    let span = self.here();
                    self.at += 1;
                    self.note(span, "this word joins two others; one of them is missing, so it is passed over");
                    continue;
                }
                _ => {}
            }
            let part = self.near(field)?;
            let joined = spelt || matches!(self.peek(), Some(What::And));
            spelt = false;
            match part {
                Node::All => {}
                part @ Node::Find { field: Field::Any, .. } if self.reading.any && !joined => plain.push(part),
                part @ Node::Or(_) if self.reading.any && !joined && field == Field::Any => plain.push(part),
                part => parts.push(part),
            }
        }
        if !plain.is_empty() {
            parts.insert(0, Node::or(plain));
        }
        let speaker = |part: &Node| if let Node::Find { field: Field::Speaker, span, .. } = part { Some(*span) } else { None };
        if let (true, Some(second)) = (field != Field::Speaker, parts.iter().filter_map(speaker).nth(1)) {
            self.note(
                second,
                "side by side this asks for one quote by a speaker of both names; speaker:(a OR b) means either, \
                 quote:(speaker:a) quote:(speaker:b) two quotes of one article",
            );
        }
        Ok(Node::and(parts))
    }

    fn near(&mut self, field: Field) -> Parse<Node> {
        let start = self.here().start;
        let mut left = self.unary(field)?;
        while let Some(What::Reach(reach)) = self.peek().cloned() {
            let span = self.here();
            self.at += 1;
            if matches!(self.peek(), None | Some(What::Or | What::And | What::Close | What::Reach(_))) {
                self.note(span, "this word joins two others; one of them is missing, so it is passed over");
                continue;
            }
            let right = self.unary(field)?;
            let end = self.lexemes.get(self.at - 1).map_or(span.end, |l| l.span.end);
            left = match (left, right) {
                (Node::All, other) | (other, Node::All) => other,
                (left, right) => together(left, right, reach, Span::new(start.min(end), end)).map_err(|text| SyntaxError { span, text })?,
            };
        }
        Ok(left)
    }

    fn unary(&mut self, field: Field) -> Parse<Node> {
        let mut not = false;
        while matches!(self.peek(), Some(What::Not)) {
            let span = self.here();
            self.at += 1;
            if matches!(self.peek(), None | Some(What::Or | What::And | What::Close | What::Reach(_))) {
                self.note(span, "this NOT has nothing behind it and is passed over");
                return Ok(Node::All);
            }
            not = !not;
            if not && span.len() == 1 && matches!(self.peek(), Some(What::Word { text, how: How::Word }) if text == "wire") {
                let word = self.here();
                self.at += 1;
                self.note(Span::new(span.start, word.end), "-wire leaves out the copy of news agencies; NOT wire leaves out the word");
                return Ok(Node::Not(Box::new(Node::Wire)));
            }
        }
        let node = self.atom(field)?;
        Ok(match node {
            Node::All => Node::All,
            Node::Not(inner) if not => *inner,
            node if not => Node::Not(Box::new(node)),
            node => node,
        })
    }

    fn atom(&mut self, field: Field) -> Parse<Node> {
        let Some(lexeme) = self.next() else { return Ok(Node::All) };
        let span = lexeme.span;
        match lexeme.what {
            What::Open => {
                self.deeper(span)?;
                let node = self.or(field)?;
                self.depth -= 1;
                if matches!(self.peek(), Some(What::Close)) {
                    self.at += 1;
                } else {
                    self.note(span, "this bracket is never closed; it is taken to close at the end");
                }
                Ok(node)
            }
            What::Field(name) => self.field(&name, span, field),
            What::Phrase { text, slop } => self.phrase(&text, slop, span, field),
            What::Word { text, how } => self.word(&text, how, span, field),
            What::AtLeast(times) => self.at_least(times, span, field),
            What::All => Ok(Node::All),
            // the callers leave these alone
            What::Or | What::And | What::Not | What::Close | What::Reach(_) => Ok(Node::All),
        }
    }

    /// `atleast5` was read; what must be found so often follows.
    fn at_least(&mut self, times: u32, span: Span, field: Field) -> Parse<Node> {
        if !matches!(self.peek(), Some(What::Open | What::Phrase { .. } | What::Word { .. } | What::Field(_))) {
            self.note(span, "this word tells how often the next is to be found; there is none, so it is passed over");
            return Ok(Node::All);
        }
        self.deeper(span)?;
        let inner = self.atom(field)?;
        self.depth -= 1;
        if inner == Node::All {
            return Ok(Node::All);
        }
        let end = self.lexemes.get(self.at - 1).map_or(span.end, |l| l.span.end);
        let span = Span::new(span.start, end.max(span.end));
        let text = "atleast takes a word, a phrase or (a OR b), all in one field".to_owned();
        let (field, part) = as_pattern(inner).map_err(|_| SyntaxError { span, text })?;
        Ok(Node::Find { field, pattern: Pattern::AtLeast { times, part: Box::new(part) }, span })
    }

    fn deeper(&mut self, span: Span) -> Parse<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(SyntaxError { span, text: format!("brackets are nested more than {DEEPEST} deep") });
        }
        Ok(())
    }

    fn count(&mut self, by: usize, span: Span) -> Parse<()> {
        self.words += by;
        if self.words > MOST_WORDS {
            return Err(SyntaxError {
                span,
                text: format!("a query may have {MOST_WORDS} words; `dictum related` finds articles like a text"),
            });
        }
        Ok(())
    }

    fn target(&self, field: Field) -> Field {
        if self.in_quote && field == Field::Any { Field::Said } else { field }
    }

    fn word(&mut self, text: &str, how: How, span: Span, field: Field) -> Parse<Node> {
        let field = self.target(field);
        let forms = forms(text, how);
        self.count(forms.len().max(1), span)?;
        let Some(mut pattern) = pattern(forms, how, Reach::Phrase) else { return Ok(Node::All) };
        if let Pattern::Together { parts, .. } = &mut pattern {
            parts.drain(..titles(field, parts.iter().flat_map(Pattern::terms)));
            if parts.len() == 1 {
                pattern = parts.remove(0);
            }
        }
        let node = Node::Find { field, pattern, span };
        // an address may be that of an article
        if field == Field::Any && is_address(text) {
            return Ok(Node::Or(vec![Node::Id(text.to_owned()), node]));
        }
        Ok(node)
    }

    fn phrase(&mut self, text: &str, slop: Option<u32>, span: Span, field: Field) -> Parse<Node> {
        let field = self.target(field);
        let mut parts = Vec::new();
        for piece in text.split_whitespace() {
            let (piece, last_how) = manner(piece);
            let forms = forms(piece, last_how);
            let last = forms.len().wrapping_sub(1);
            for (i, form) in forms.into_iter().enumerate() {
                let how = if i == last { last_how } else { How::Word };
                parts.push(Pattern::Term(Term { form, how }));
            }
        }
        self.count(parts.len().max(1), span)?;
        if slop.is_some() && parts.len() > MOST_TOGETHER {
            return Err(SyntaxError { span, text: too_many_together() });
        }
        parts.drain(..titles(field, parts.iter().flat_map(Pattern::terms)));
        let pattern = match parts.len() {
            0 => return Ok(Node::All),
            1 => parts.remove(0),
            _ => Pattern::Together { reach: slop.map_or(Reach::Phrase, Reach::Loose), parts },
        };
        Ok(Node::Find { field, pattern, span })
    }
}

fn is_stop(what: &What) -> bool {
    matches!(what, What::Word { text, .. } if is_stop_word(&fold(text)))
}

/// The words that one typed word consists of; one of a shape keeps the signs that stand for letters.
fn forms(text: &str, how: How) -> Vec<String> {
    match how {
        How::Shape => vec![fold(text)],
        _ => words(text).into_iter().map(|word| word.form).collect(),
    }
}

/// The pattern of the words that one typed word consists of; the last one takes `how`.
pub(super) fn pattern(forms: Vec<String>, how: How, reach: Reach) -> Option<Pattern> {
    let last = forms.len().checked_sub(1)?;
    let mut parts: Vec<Pattern> =
        forms.into_iter().enumerate().map(|(i, form)| Pattern::Term(Term { form, how: if i == last { how } else { How::Word } })).collect();
    Some(if parts.len() == 1 { parts.remove(0) } else { Pattern::Together { reach, parts } })
}
