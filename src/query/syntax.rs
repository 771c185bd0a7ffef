//! From the text of a query to its tree. Every error, and every reading that may not be meant, carries its place.
//!
//! ```text
//! or    := and (OR and)*
//! and   := near (AND? near)*
//! near  := unary ((NEAR/n | SENTENCE | PARAGRAPH) unary)*
//! unary := (NOT | -) unary | field: unary | ATLEASTn unary | ( or ) | "phrase" ~n? | word
//! ```

use super::ast::{Field, How, Node, Pattern, Reach, Term, is_address};
use super::dates;
use super::lexer::{Lexeme, Lexer, What, manner};
use super::words::words;
use crate::annotation::{QuoteKind, SpeakerKind};
use crate::lexicon::titles::without_titles;
use crate::span::Span;

/// Brackets may be nested so deep.
const DEEPEST: usize = 100;
/// A query has at most so many words.
const MOST_WORDS: usize = 1000;
/// A query has at most so many bytes.
const LONGEST: usize = 100_000;

/// So many words can be asked for near each other.
const MOST_TOGETHER: usize = 12;

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

/// A word about one place of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The place, in bytes of the query.
    pub span: Span,
    /// What about it.
    pub text: String,
}

/// Why a query cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct SyntaxError {
    /// The place, in bytes of the query.
    pub span: Span,
    /// What is wrong, and what to write instead.
    pub text: String,
}

/// Shows a place of `query` with a caret under it, shortened to a line that fits a terminal.
#[must_use]
pub fn caret(query: &str, span: Span) -> String {
    let start = floor(query, span.start.min(query.len()));
    let end = floor(query, span.end.min(query.len())).max(start);
    let before: String = query[..start].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
    let shown: String = query[start..end].chars().take(40).collect();
    let after: String = query[start + shown.len()..].chars().take(20).collect();
    let clean = |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    let width = |text: &str| unicode_width::UnicodeWidthStr::width(text);
    let (before, shown, after) = (clean(&before), clean(&shown), clean(&after));
    let cut = if before.len() < start { "…" } else { "" };
    format!("  {cut}{before}{shown}{after}\n  {}{}", " ".repeat(width(cut) + width(&before)), "^".repeat(width(&shown).max(1)))
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
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

    /// Gives each value in the brackets of a field that takes single values a field of its own: `lang:(en OR de)`.
    fn spread_fields(&mut self) {
        let mut spread = Vec::with_capacity(self.lexemes.len());
        let mut open: Vec<Option<String>> = Vec::new();
        let mut lexemes = std::mem::take(&mut self.lexemes).into_iter().peekable();
        let mut of_field = false;
        while let Some(lexeme) = lexemes.next() {
            let behind_field = std::mem::replace(&mut of_field, matches!(lexeme.what, What::Field(_)));
            match &lexeme.what {
                What::Field(name) if matches!(lexemes.peek().map(|l| &l.what), Some(What::Open)) => {
                    let single = ["date", "kind", "lang", "id", "confidence"].contains(&name.as_str());
                    if single || name == "speaker" {
                        open.push(Some(name.clone()));
                        if !single {
                            spread.push(lexeme);
                        }
                        spread.extend(lexemes.next());
                        of_field = false;
                        continue;
                    }
                }
                What::Open => open.push(open.last().cloned().flatten().filter(|_| !behind_field)),
                What::Close => {
                    open.pop();
                }
                What::Word { text, .. } | What::Phrase { text, .. } if !behind_field => {
                    if let Some(Some(name)) = open.last()
                        && (name != "speaker" || matches!(lexeme.what, What::Word { .. }) && kind_of_speaker(text).is_some())
                    {
                        let span = Span::new(lexeme.span.start, lexeme.span.start);
                        spread.push(Lexeme { span, what: What::Field(name.clone()) });
                    }
                }
                _ => {}
            }
            spread.push(lexeme);
        }
        self.lexemes = spread;
    }

    /// Notes words between others that would be operators in capitals.
    fn doubt_operators(&mut self) {
        for i in 1..self.lexemes.len().saturating_sub(1) {
            let What::Word { text, how: How::Word } = &self.lexemes[i].what else { continue };
            let said = match text.as_str() {
                "or" => "\"or\" is a word here, and all words must match; write OR for either",
                "not" => "\"not\" is a word here; write NOT, or a - before the word, to leave it out",
                _ => continue,
            };
            let (before, behind) = (&self.lexemes[i - 1].what, &self.lexemes[i + 1].what);
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
        let forms: Vec<String> = words(text).into_iter().map(|w| w.form).collect();
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
            let forms = words(piece);
            let last = forms.len().wrapping_sub(1);
            for (i, word) in forms.into_iter().enumerate() {
                let how = if i == last { last_how } else { How::Word };
                parts.push(Pattern::Term(Term { form: word.form, how }));
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

    /// `field:` was read; what it is asked for follows.
    fn field(&mut self, name: &str, span: Span, outer: Field) -> Parse<Node> {
        let value = self.lexemes.get(self.at).cloned();
        let Some(value) =
            value.filter(|v| matches!(v.what, What::Open | What::Phrase { .. } | What::Word { .. } | What::AtLeast(_) | What::All))
        else {
            self.note(span, format!("{name}: has nothing behind it and is passed over"));
            return Ok(Node::All);
        };
        let literal = match &value.what {
            What::Word { text, .. } | What::Phrase { text, .. } => Some(text.as_str()),
            _ => None,
        };
        let whole = Span::new(span.start, value.span.end);
        let bare = matches!(value.what, What::Word { .. });
        match name {
            "date" => {
                let text = literal.unwrap_or("");
                self.at += 1;
                return dates::range(text).map(Node::Date).map_err(|text| SyntaxError { span: whole, text });
            }
            "id" | "lang" if literal.is_some() => {
                self.at += 1;
                let text = literal.unwrap_or("").to_owned();
                return Ok(if name == "id" { Node::Id(text) } else { Node::Language(text.to_lowercase()) });
            }
            "kind" => {
                self.at += 1;
                return match literal.map(str::to_lowercase).as_deref() {
                    Some("direct") => Ok(Node::Kind(QuoteKind::Direct)),
                    Some("mixed") => Ok(Node::Kind(QuoteKind::Mixed)),
                    Some("indirect") => Ok(Node::Kind(QuoteKind::Indirect)),
                    _ => Err(SyntaxError { span: whole, text: "a quote is kind:direct, kind:mixed or kind:indirect".to_owned() }),
                };
            }
            "confidence" => {
                self.at += 1;
                let text = "confidence: takes a number from 0 to 1, for example confidence:0.8".to_owned();
                return literal.and_then(confidence).map(Node::Confidence).ok_or(SyntaxError { span: whole, text });
            }
            "quote" => {
                let outside = std::mem::replace(&mut self.in_quote, true);
                let node = self.atom(Field::Any);
                self.in_quote = outside;
                return Ok(match node? {
                    Node::All => Node::All,
                    node if in_one_quote(&node) => Node::Quote(Box::new(node)),
                    _ => {
                        let text =
                            "quote:(…) asks of one quote: only speaker:, said:, kind:, confidence: and words have a place in it".to_owned();
                        return Err(SyntaxError { span: whole, text });
                    }
                });
            }
            "speaker" if bare => {
                if let Some(kind) = literal.and_then(kind_of_speaker) {
                    self.at += 1;
                    return Ok(Node::SpeakerType(kind));
                }
            }
            _ => {}
        }
        if name == "hlead" {
            if std::mem::replace(&mut self.in_head, true) {
                return self.atom(outer);
            }
            // the same twice: in the headline, in the first paragraphs
            let (at, notes) = (self.at, self.notes.len());
            let title = self.atom(Field::Title)?;
            self.at = at;
            self.notes.truncate(notes);
            let lead = self.atom(Field::Lead)?;
            self.in_head = false;
            return Ok(if title == Node::All { Node::All } else { Node::or(vec![title, lead]) });
        }
        let Some(field) = Field::NAMED.into_iter().find(|f| f.name() == name) else {
            let text = format!("{name}: takes one word, for example {name}:{}", if name == "lang" { "en" } else { "42" });
            return Err(SyntaxError { span: whole, text });
        };
        if outer != Field::Any && outer != field {
            self.note(span, format!("{name}: stands inside {}: and counts here", outer.name()));
        }
        self.atom(field)
    }
}

/// What `speaker:` takes for a kind of speaker.
pub(super) fn kind_of_speaker(text: &str) -> Option<SpeakerKind> {
    match text.to_lowercase().as_str() {
        "unnamed" => Some(SpeakerKind::Unnamed),
        "unknown" => Some(SpeakerKind::Unknown),
        "author" => Some(SpeakerKind::Author),
        _ => None,
    }
}

/// How many of the words of a name are titles, without which people are named.
fn titles<'t>(field: Field, words: impl Iterator<Item = &'t Term>) -> usize {
    if !matches!(field, Field::Speaker | Field::Person) {
        return 0;
    }
    let forms: Vec<&str> = words.map(|word| word.form.as_str()).collect();
    forms.len() - without_titles(&forms.join(" ")).split_whitespace().count()
}

/// A number from 0 to 1, in hundredths.
pub(super) fn confidence(text: &str) -> Option<u8> {
    let share: f64 = text.trim_start_matches(['>', '=']).parse().ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
    (0.0..=1.0).contains(&share).then(|| (share * 100.0).round() as u8)
}

/// Whether a node can be asked of one quote.
fn in_one_quote(node: &Node) -> bool {
    match node {
        Node::And(parts) | Node::Or(parts) => parts.iter().all(in_one_quote),
        Node::Not(part) => in_one_quote(part),
        node => node.is_of_quote(),
    }
}

/// The pattern of the words that one typed word consists of; the last one takes `how`.
pub(super) fn pattern(forms: Vec<String>, how: How, reach: Reach) -> Option<Pattern> {
    let last = forms.len().checked_sub(1)?;
    let mut parts: Vec<Pattern> =
        forms.into_iter().enumerate().map(|(i, form)| Pattern::Term(Term { form, how: if i == last { how } else { How::Word } })).collect();
    Some(if parts.len() == 1 { parts.remove(0) } else { Pattern::Together { reach, parts } })
}

fn too_many_together() -> String {
    format!("at most {MOST_TOGETHER} words can be asked for near each other; side by side, or in a \"phrase\", there may be more")
}

/// How many words stand together where a pattern is found.
fn breadth(pattern: &Pattern) -> usize {
    match pattern {
        Pattern::Term(_) => 1,
        Pattern::Together { reach: Reach::Phrase, .. } => 1,
        Pattern::Together { parts, .. } => parts.iter().map(breadth).sum(),
        Pattern::Either(parts) => parts.iter().map(breadth).max().unwrap_or(0),
        Pattern::AtLeast { part, .. } => breadth(part),
    }
}

/// Two nodes as one pattern of the same field.
fn together(left: Node, right: Node, reach: Reach, span: Span) -> Result<Node, String> {
    let (field, left) = as_pattern(left)?;
    let (other, right) = as_pattern(right)?;
    if field != other {
        return Err("both sides must be looked for in the same field".to_owned());
    }
    let parts = match left {
        // a SENTENCE b SENTENCE c is all three in one sentence
        Pattern::Together { reach: inner, mut parts } if inner == reach && matches!(reach, Reach::Sentence | Reach::Paragraph) => {
            parts.push(right);
            parts
        }
        left => vec![left, right],
    };
    if parts.iter().map(breadth).sum::<usize>() > MOST_TOGETHER {
        return Err(too_many_together());
    }
    Ok(Node::Find { field, pattern: Pattern::Together { reach, parts }, span })
}

fn as_pattern(node: Node) -> Result<(Field, Pattern), String> {
    match node {
        Node::Find { field, pattern, .. } => Ok((field, pattern)),
        Node::Or(parts) => {
            let mut field = None;
            let mut patterns = Vec::new();
            for part in parts {
                let (f, p) = as_pattern(part)?;
                if *field.get_or_insert(f) != f {
                    return Err("both sides must be looked for in the same field".to_owned());
                }
                patterns.push(p);
            }
            Ok((field.unwrap_or(Field::Any), Pattern::Either(patterns)))
        }
        _ => Err("only words, phrases and (a OR b) can stand near each other".to_owned()),
    }
}
