//! What follows `field:` in a query.

use super::lexer::{Lexeme, What};
use super::{Parse, Parser, SyntaxError};
use crate::annotation::{QuoteKind, SpeakerKind};
use crate::lexicon::titles::without_titles;
use crate::query::ast::{Field, How, Node, Term};
use crate::query::dates;
use crate::span::Span;

impl Parser<'_> {
    /// Gives each value in the brackets of a field that takes single values a field of its own: `lang:(en OR de)`.
    pub(super) fn spread_fields(&mut self) {
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

    /// `field:` was read; what it is asked for follows.
    pub(super) fn field(&mut self, name: &str, span: Span, outer: Field) -> Parse<Node> {
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
            "since" | "until" | "before" | "after" => return self.bound(name, literal, span, outer),
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
        if value.what == What::All {
            self.note(whole, format!("{name}: has nothing to look for behind it and is passed over"));
        }
        if outer != Field::Any && outer != field {
            self.note(span, format!("{name}: stands inside {}: and counts here", outer.name()));
        }
        self.atom(field)
    }

    /// `before:2025-04` and the like were read as far as the colon. Where no date follows, all are words: "After: the flood".
    fn bound(&mut self, name: &str, value: Option<&str>, span: Span, outer: Field) -> Parse<Node> {
        let sign = match name {
            "since" => ">=",
            "until" => "<=",
            "before" => "<",
            _ => ">",
        };
        if let Some(range) = value.and_then(|text| dates::range(&format!("{sign}{text}")).ok()) {
            self.at += 1;
            return Ok(Node::Date(range));
        }
        self.note(span, format!("{name}: takes a date, as in {name}:2025-04; read as words"));
        let word = self.word(name, How::Word, span, outer)?;
        let value = self.atom(outer)?;
        Ok(Node::and(vec![word, value]))
    }
}

/// What `speaker:` takes for a kind of speaker.
pub(in crate::query) fn kind_of_speaker(text: &str) -> Option<SpeakerKind> {
    match text.to_lowercase().as_str() {
        "unnamed" => Some(SpeakerKind::Unnamed),
        "unknown" => Some(SpeakerKind::Unknown),
        "author" => Some(SpeakerKind::Author),
        _ => None,
    }
}

/// How many of the words of a name are titles, without which people are named.
pub(super) fn titles<'t>(field: Field, words: impl Iterator<Item = &'t Term>) -> usize {
    if !matches!(field, Field::Speaker | Field::Person) {
        return 0;
    }
    let forms: Vec<&str> = words.map(|word| word.form.as_str()).collect();
    forms.len() - without_titles(&forms.join(" ")).split_whitespace().count()
}

/// A number from 0 to 1, in hundredths.
pub(in crate::query) fn confidence(text: &str) -> Option<u8> {
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
