//! The tree that a query becomes.

use std::fmt;

use crate::annotation::{QuoteKind, SpeakerKind};
use crate::article::Date;
use crate::span::Span;

/// What is looked for in one part of an article or of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Plain words: title, body and names of an article; the words and the surroundings of a quote.
    Any,
    /// The headline.
    Title,
    /// The first paragraphs.
    Lead,
    /// The body.
    Body,
    /// A person named in the article.
    Person,
    /// An organization named in the article.
    Org,
    /// A place named in the article, or what it lies in.
    Place,
    /// Who says a quote.
    Speaker,
    /// The words of a quote.
    Said,
    /// The outlet.
    Source,
    /// A writer.
    Author,
    /// The section of the outlet.
    Section,
}

impl Field {
    /// All that a query can name.
    pub const NAMED: [Field; 11] = [
        Field::Title,
        Field::Lead,
        Field::Body,
        Field::Person,
        Field::Org,
        Field::Place,
        Field::Speaker,
        Field::Said,
        Field::Source,
        Field::Author,
        Field::Section,
    ];

    /// Its name in a query.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Field::Any => "",
            Field::Title => "title",
            Field::Lead => "lead",
            Field::Body => "body",
            Field::Person => "person",
            Field::Org => "org",
            Field::Place => "place",
            Field::Speaker => "speaker",
            Field::Said => "said",
            Field::Source => "source",
            Field::Author => "author",
            Field::Section => "section",
        }
    }

    /// Whether it is part of a quote.
    #[must_use]
    pub fn is_of_quote(self) -> bool {
        matches!(self, Field::Speaker | Field::Said)
    }
}

/// How a word of a query matches words of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// Of the same stem; in names, of the same second form.
    Word,
    /// Beginning with it.
    Prefix,
    /// With at most so many letters changed, the first letter kept.
    Fuzzy(u8),
    /// Of its shape: `?` in it stands for any one letter, `*` for any letters or none.
    Shape,
}

/// One word of a query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// Folded, as [`super::words`] folds.
    pub form: String,
    /// How it matches.
    pub how: How,
}

/// How close the parts of a pattern must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Right behind one another, in order.
    Phrase,
    /// All within so many words more than there are, in any order.
    Loose(u32),
    /// The next at most so many words away, on either side.
    Words(u32),
    /// The next at most so many words behind.
    Ahead(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

impl Reach {
    /// What it means among names, which have no sentences: within one name.
    #[must_use]
    pub fn in_names(self) -> Self {
        const WITHIN: u32 = super::matching::GAP as u32 / 2;
        match self {
            Reach::Sentence | Reach::Paragraph => Reach::Words(WITHIN),
            Reach::Words(n) => Reach::Words(n.min(WITHIN)),
            Reach::Ahead(n) => Reach::Ahead(n.min(WITHIN)),
            Reach::Loose(n) => Reach::Loose(n.min(WITHIN)),
            Reach::Phrase => Reach::Phrase,
        }
    }
}

/// Words that must be found in one field, at places that fit together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// A word.
    Term(Term),
    /// All parts, as close as `reach` says.
    Together {
        /// How close.
        reach: Reach,
        /// At least two.
        parts: Vec<Pattern>,
    },
    /// Any of the parts.
    Either(Vec<Pattern>),
    /// A part that is found in one field at least so often; of a part made of three or more that stand together in any order
    /// not every combination counts, see [`super::reach::together`].
    AtLeast {
        /// How often.
        times: u32,
        /// What.
        part: Box<Pattern>,
    },
}

impl Pattern {
    /// Its words, in order.
    pub fn terms(&self) -> Vec<&Term> {
        let mut found = Vec::new();
        let mut open = vec![self];
        while let Some(pattern) = open.pop() {
            match pattern {
                Pattern::Term(term) => found.push(term),
                Pattern::Together { parts, .. } | Pattern::Either(parts) => open.extend(parts.iter().rev()),
                Pattern::AtLeast { part, .. } => open.push(part),
            }
        }
        found
    }
}

/// Whether an id is the address of a page, which can be spelt in several ways.
#[must_use]
pub fn is_address(id: &str) -> bool {
    id.starts_with("http://") || id.starts_with("https://")
}

/// One end of a range of dates, in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// As the clock of the article shows it: see [`Date::wall_clock`](crate::article::Date::wall_clock).
    Wall(i64),
    /// A moment on the time line, given with its zone.
    Moment(i64),
}

impl Edge {
    /// Its seconds, whatever they count.
    #[must_use]
    pub fn seconds(self) -> i64 {
        match self {
            Edge::Wall(seconds) | Edge::Moment(seconds) => seconds,
        }
    }
}

/// From `from` up to, not including, `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct DateRange {
    /// The first second.
    pub from: Option<Edge>,
    /// The second after the last.
    pub to: Option<Edge>,
}

impl DateRange {
    /// Whether it holds `date`.
    #[must_use]
    pub fn holds(&self, date: &Date) -> bool {
        let at = |edge: Edge| match edge {
            Edge::Wall(_) => date.wall_clock(),
            Edge::Moment(_) => date.timestamp().as_second(),
        };
        self.from.is_none_or(|from| from.seconds() <= at(from)) && self.to.is_none_or(|to| at(to) < to.seconds())
    }
}

/// A query, or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Everything.
    All,
    /// Words in a field.
    Find {
        /// Where.
        field: Field,
        /// What.
        pattern: Pattern,
        /// Where the query says so; empty for a flag.
        span: Span,
    },
    /// Published within the range.
    Date(DateRange),
    /// The article of this id; where it is an address, also those at it, however it is spelt.
    Id(String),
    /// Articles in this language.
    Language(String),
    /// Copies of what an agency wrote.
    Wire,
    /// Quotes of this kind.
    Kind(QuoteKind),
    /// Quotes by speakers of this type.
    SpeakerType(SpeakerKind),
    /// Quotes whose attribution is at least as sure, in hundredths.
    Confidence(u8),
    /// All of it in one quote.
    Quote(Box<Node>),
    /// All parts.
    And(Vec<Node>),
    /// Any part.
    Or(Vec<Node>),
    /// Not that.
    Not(Box<Node>),
    /// That, but it says nothing about the rank.
    Filter(Box<Node>),
}

impl Node {
    /// Whether it says something of a quote alone, and can be asked of one.
    #[must_use]
    pub fn is_of_quote(&self) -> bool {
        match self {
            Node::Find { field, .. } => field.is_of_quote(),
            Node::Kind(_) | Node::SpeakerType(_) | Node::Confidence(_) => true,
            Node::And(parts) | Node::Or(parts) => !parts.is_empty() && parts.iter().all(Node::is_of_quote),
            Node::Not(part) | Node::Filter(part) => part.is_of_quote(),
            Node::All | Node::Date(_) | Node::Id(_) | Node::Language(_) | Node::Wire | Node::Quote(_) => false,
        }
    }

    /// Whether it only forbids.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match self {
            Node::Not(_) => true,
            Node::Filter(part) => part.is_negative(),
            _ => false,
        }
    }

    /// Whether it has words to rank by.
    #[must_use]
    pub fn ranks(&self) -> bool {
        match self {
            Node::Find { .. } => true,
            Node::And(parts) | Node::Or(parts) => parts.iter().any(Node::ranks),
            Node::Quote(part) => part.ranks(),
            _ => false,
        }
    }

    /// All parts at once; flat, and without what says nothing.
    #[must_use]
    pub fn and(parts: Vec<Node>) -> Node {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Node::All => {}
                Node::And(inner) => flat.extend(inner),
                part => flat.push(part),
            }
        }
        match flat.len() {
            0 => Node::All,
            1 => flat.remove(0),
            _ => Node::And(flat),
        }
    }

    /// Any part; flat.
    #[must_use]
    pub fn or(parts: Vec<Node>) -> Node {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Node::Or(inner) => flat.extend(inner),
                part => flat.push(part),
            }
        }
        match flat.len() {
            0 => Node::All,
            1 => flat.remove(0),
            _ => Node::Or(flat),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // words that alone would mean something else
        if self.how == How::Word && (KINDS_OF_SPEAKER.contains(&self.form.as_str()) || super::syntax::at_least(&self.form).is_some()) {
            return write!(f, "\"{}\"", self.form);
        }
        f.write_str(&self.form)?;
        match self.how {
            How::Word | How::Shape => Ok(()),
            How::Prefix => f.write_str("*"),
            How::Fuzzy(n) => write!(f, "~{n}"),
        }
    }
}

/// What `speaker:` takes for a kind of speaker, not for a name.
const KINDS_OF_SPEAKER: [&str; 3] = ["unnamed", "unknown", "author"];

/// The seconds of a day.
const DAY: i64 = 86_400;

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Pattern::Term(term) => write!(f, "{term}"),
            Pattern::Either(parts) => joined(f, parts, " OR "),
            Pattern::AtLeast { times, part } => match **part {
                Pattern::Either(_) => write!(f, "atleast{times}{part}"),
                _ => write!(f, "atleast{times}({part})"),
            },
            Pattern::Together { reach: reach @ (Reach::Phrase | Reach::Loose(_)), parts } => {
                f.write_str("\"")?;
                for (i, part) in parts.iter().enumerate() {
                    f.write_str(if i > 0 { " " } else { "" })?;
                    match part {
                        Pattern::Term(Term { form, how: How::Word | How::Shape }) => f.write_str(form)?,
                        part => write!(f, "{part}")?,
                    }
                }
                f.write_str("\"")?;
                if let Reach::Loose(n) = reach { write!(f, "~{n}") } else { Ok(()) }
            }
            Pattern::Together { reach, parts } => joined(
                f,
                parts,
                &match reach {
                    Reach::Words(n) => format!(" NEAR/{n} "),
                    Reach::Ahead(n) => format!(" PRE/{n} "),
                    Reach::Sentence => " SENTENCE ".to_owned(),
                    _ => " PARAGRAPH ".to_owned(),
                },
            ),
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::All => f.write_str("everything"),
            Node::Find { field: Field::Any, pattern, .. } => write!(f, "{pattern}"),
            Node::Find { field, pattern, .. } => write!(f, "{}:{pattern}", field.name()),
            Node::Date(range) => {
                // a day where it begins, or ends, with one, else the moment
                let shown = |seconds: i64, whole: bool| {
                    let moment = jiff::Timestamp::from_second(seconds).ok()?;
                    Some(if whole { moment.strftime("%Y-%m-%d").to_string() } else { moment.to_string() })
                };
                let from = range.from.map(Edge::seconds).and_then(|s| shown(s, s.rem_euclid(DAY) == 0)).unwrap_or_default();
                let to = range.to.map(Edge::seconds).and_then(|s| shown(s - 1, s.rem_euclid(DAY) == 0)).unwrap_or_default();
                write!(f, "date:{from}..{to}")
            }
            Node::Id(id) if id.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')')) => write!(f, "id:\"{id}\""),
            Node::Id(id) => write!(f, "id:{id}"),
            Node::Language(code) => write!(f, "lang:{code}"),
            Node::Wire => f.write_str("wire"),
            Node::Kind(kind) => write!(f, "kind:{}", format!("{kind:?}").to_lowercase()),
            Node::SpeakerType(kind) => write!(f, "speaker:{}", format!("{kind:?}").to_lowercase()),
            Node::Confidence(least) => write!(f, "confidence:{}", f64::from(*least) / 100.0),
            Node::Quote(part) => match **part {
                Node::And(_) | Node::Or(_) => write!(f, "quote:{part}"),
                _ => write!(f, "quote:({part})"),
            },
            Node::And(parts) => joined(f, parts, " AND "),
            Node::Or(parts) => joined(f, parts, " OR "),
            Node::Not(part) if **part == Node::Wire => f.write_str("-wire"),
            Node::Not(part) => write!(f, "NOT {part}"),
            Node::Filter(part) => write!(f, "{part}"),
        }
    }
}

fn joined<T: fmt::Display>(f: &mut fmt::Formatter<'_>, parts: &[T], between: &str) -> fmt::Result {
    f.write_str("(")?;
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            f.write_str(between)?;
        }
        write!(f, "{part}")?;
    }
    f.write_str(")")
}
