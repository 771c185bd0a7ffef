//! A record as text: its head, its body with people, places and quotes marked, and the lists of what was found.

use std::io::{self, Write};

use super::theme::{Role, Theme, printable};
use super::wrap::breaks;
use crate::annotation::{Entity, Location, Mention, Quote, QuoteKind, Record, Speaker, SpeakerKind, Zone};
use crate::span::Span;

/// How much of a record is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The body, not only the lists.
    pub body: bool,
    /// Beside each quote the rule that found its speaker, its cue and its confidence.
    pub reasons: bool,
}

/// Writes one record.
///
/// # Errors
/// When `out` does not take it.
pub fn write(out: &mut dyn Write, theme: &Theme, record: &Record, parts: Parts) -> io::Result<()> {
    head(out, theme, record)?;
    if parts.body && !record.article.body.is_empty() {
        writeln!(out)?;
        marked(out, theme, &record.article.body, &marks(record, Zone::Body))?;
        writeln!(out)?;
    }
    let found = &record.annotations;
    entities(out, theme, "People", Role::Person, &found.people)?;
    entities(out, theme, "Organizations", Role::Organization, &found.organizations)?;
    if !found.locations.is_empty() {
        writeln!(out, "\n{}", theme.paint(Role::Title, "Places"))?;
        for location in &found.locations {
            place(out, theme, location)?;
        }
    }
    if !found.quotes.is_empty() {
        writeln!(out, "\n{}", theme.paint(Role::Title, "Quotes"))?;
        for found in &found.quotes {
            quote(out, theme, found, parts.reasons)?;
        }
    }
    Ok(())
}

fn head(out: &mut dyn Write, theme: &Theme, record: &Record) -> io::Result<()> {
    let article = &record.article;
    let title = if article.title.is_empty() { "(no title)" } else { &article.title };
    writeln!(out, "{}", theme.paint(Role::Title, title))?;
    let date = article.date.as_ref().map(|date| date.as_str());
    let authors = article.authors.join(", ");
    let facts = [date, article.source.as_deref(), Some(authors.as_str()), article.section.as_deref()];
    let facts: Vec<_> = facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
    if !facts.is_empty() {
        writeln!(out, "{}", theme.paint(Role::Faint, &facts.join(" · ")))?;
    }
    writeln!(out, "{}", theme.paint(Role::Faint, &format!("id {}", article.id)))?;
    for (name, value) in [("url", article.url.as_deref()), ("path", Some(article.path.as_str()))] {
        if let Some(value) = value.filter(|value| !value.is_empty() && *value != article.id) {
            writeln!(out, "{}", theme.paint(Role::Faint, &format!("{name} {value}")))?;
        }
    }
    Ok(())
}

fn entities(out: &mut dyn Write, theme: &Theme, heading: &str, role: Role, entities: &[Entity]) -> io::Result<()> {
    if entities.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", theme.paint(Role::Title, heading))?;
    for entity in entities {
        write!(out, "  {}", theme.paint(role, &entity.name))?;
        if !entity.roles.is_empty() {
            write!(out, ", {}", printable(&entity.roles.join(", ")))?;
        }
        let mut beside: Vec<String> = entity.aliases.iter().map(|alias| format!("“{alias}”")).collect();
        beside.extend(times(entity.mentions.len()));
        writeln!(out, "{}", theme.paint(Role::Faint, &in_brackets(&beside)))?;
    }
    Ok(())
}

fn place(out: &mut dyn Write, theme: &Theme, location: &Location) -> io::Result<()> {
    write!(out, "  {}", theme.paint(Role::Place, &location.name))?;
    if !location.within.is_empty() {
        write!(out, ", {}", printable(&location.within.join(", ")))?;
    }
    let mut beside: Vec<String> = Vec::new();
    if let (Some(latitude), Some(longitude)) = (location.latitude, location.longitude) {
        beside.push(format!("{latitude:.2}, {longitude:.2}"));
    }
    beside.extend(times(location.mentions.len()));
    writeln!(out, "{}", theme.paint(Role::Faint, &in_brackets(&beside)))
}

fn quote(out: &mut dyn Write, theme: &Theme, quote: &Quote, reasons: bool) -> io::Result<()> {
    let one_line = quote.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = match quote.kind {
        QuoteKind::Direct => format!("“{one_line}”"),
        QuoteKind::Mixed | QuoteKind::Indirect => one_line,
    };
    let indent = "  ";
    let lines = theme.width().map_or_else(Vec::new, |width| breaks(&words, width.saturating_sub(indent.len()).max(20), 0));
    write!(out, "{indent}")?;
    let mut from = 0;
    for at in lines {
        write!(out, "{}\n{indent}", theme.paint(Role::Quote, &words[from..at]))?;
        from = at + 1;
    }
    writeln!(out, "{}", theme.paint(Role::Quote, &words[from..]))?;
    write!(out, "    — {}", theme.paint(Role::Person, &speaker_name(&quote.speaker)))?;
    let kind = match quote.kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Mixed => "mixed",
        QuoteKind::Indirect => "indirect",
    };
    let mut beside = vec![kind.to_owned()];
    if reasons {
        beside.extend(self::reasons(quote));
    }
    writeln!(out, "{}", theme.paint(Role::Faint, &in_brackets(&beside)))
}

/// What ties the quote to its speaker: the words for the speaker, the cue, the rule, and how sure that is.
#[must_use]
pub fn reasons(quote: &Quote) -> Vec<String> {
    let words = |mention: &Option<Mention>| mention.as_ref().map(|mention| format!("“{}”", mention.text));
    let mut told = Vec::new();
    told.extend(words(&quote.speaker.mention).map(|text| format!("speaker {text}")));
    told.extend(words(&quote.cue).map(|text| format!("cue {text}")));
    told.push(format!("rule {}", quote.rule));
    told.push(format!("confidence {:.2}", quote.confidence));
    told
}

/// The speaker as a person would say it: the name, or what kind of source it is.
#[must_use]
pub fn speaker_name(speaker: &Speaker) -> String {
    match (&speaker.name, speaker.kind) {
        (Some(name), SpeakerKind::Unnamed) => format!("{name} (unnamed)"),
        (Some(name), SpeakerKind::Author) => format!("{name} (author)"),
        (Some(name), _) => name.clone(),
        (None, SpeakerKind::Unnamed) => "an unnamed source".to_owned(),
        (None, SpeakerKind::Author) => "the author".to_owned(),
        (None, _) => "speaker unknown".to_owned(),
    }
}

fn times(count: usize) -> Option<String> {
    (count > 1).then(|| format!("{count} times"))
}

fn in_brackets(parts: &[String]) -> String {
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) }
}

/// A stretch to be marked; among those that overlap the later in order of [`Role`] rank wins.
#[derive(Clone, Copy, Debug)]
struct Mark {
    span: Span,
    role: Role,
    rank: u8,
}

/// What is marked in one zone of the article: quotes below, then cues, then names.
fn marks(record: &Record, zone: Zone) -> Vec<Mark> {
    let mut marks = Vec::new();
    let found = &record.annotations;
    for quote in &found.quotes {
        let segments = quote.segments.iter().filter(|segment| segment.zone == zone);
        marks.extend(segments.map(|segment| Mark { span: segment.span, role: Role::Quote, rank: 0 }));
        let cue = quote.cue.iter().filter(|cue| cue.zone == zone);
        marks.extend(cue.map(|cue| Mark { span: cue.span, role: Role::Cue, rank: 1 }));
    }
    let mut names = |mentions: &[Mention], role| {
        marks.extend(mentions.iter().filter(|mention| mention.zone == zone).map(|mention| Mark { span: mention.span, role, rank: 2 }));
    };
    for person in &found.people {
        names(&person.mentions, Role::Person);
    }
    for organization in &found.organizations {
        names(&organization.mentions, Role::Organization);
    }
    for location in &found.locations {
        names(&location.mentions, Role::Place);
    }
    marks
}

/// Writes `text` with its marks, wrapped where the theme has a width. A mark that is not of this text is left out.
fn marked(out: &mut dyn Write, theme: &Theme, text: &str, marks: &[Mark]) -> io::Result<()> {
    let mut marks: Vec<Mark> = marks.iter().copied().filter(|mark| text.get(mark.span.start..mark.span.end).is_some()).collect();
    marks.sort_by_key(|mark| (mark.span.start, mark.rank));
    let lines = theme.width().map_or_else(Vec::new, |width| breaks(text, width, 0));

    let mut edges: Vec<usize> = marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).collect();
    edges.extend(lines.iter().flat_map(|at| [*at, at + 1]));
    edges.extend([0, text.len()]);
    edges.sort_unstable();
    edges.dedup();

    let (mut open, mut next): (Vec<Mark>, usize) = (Vec::new(), 0);
    for piece in edges.windows(2) {
        let (start, end) = (piece[0], piece[1]);
        open.retain(|mark| mark.span.end > start);
        while next < marks.len() && marks[next].span.start <= start {
            open.push(marks[next]);
            next += 1;
        }
        if lines.binary_search(&start).is_ok() {
            writeln!(out)?;
            continue;
        }
        match open.iter().max_by_key(|mark| mark.rank) {
            Some(mark) => write!(out, "{}", theme.paint(mark.role, &text[start..end]))?,
            None => out.write_all(printable(&text[start..end]).as_bytes())?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Annotations, Segment};
    use crate::article::Article;

    fn record() -> Record {
        let body = "“We will stay in Lviv,” said Ann\u{1b}[2J Brown.";
        let at = |words: &str| {
            let start = body.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let mention = |words: &str| Mention { span: at(words), text: words.to_owned(), zone: Zone::Body };
        let article = Article { id: "a".into(), path: "a.txt".into(), title: "Staying".into(), body: body.into(), ..Article::default() };
        let annotations = Annotations {
            people: vec![Entity { name: "Ann Brown".into(), mentions: vec![mention("Ann")], ..Entity::default() }],
            locations: vec![Location {
                name: "Lviv".into(),
                within: vec!["Ukraine".into()],
                mentions: vec![mention("Lviv")],
                ..Location::default()
            }],
            quotes: vec![Quote {
                text: "We will stay in Lviv,".into(),
                segments: vec![Segment { span: at("“We will stay in Lviv,”"), zone: Zone::Body }],
                speaker: Speaker { name: Some("Ann Brown".into()), kind: SpeakerKind::Person, mention: Some(mention("Ann")) },
                cue: Some(mention("said")),
                rule: "verb-before-name".into(),
                confidence: 0.9,
                ..Quote::default()
            }],
            ..Annotations::default()
        };
        Record::new(article, annotations)
    }

    fn written(theme: &Theme, parts: Parts) -> String {
        let mut out = Vec::new();
        write(&mut out, theme, &record(), parts).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn plain_text_says_all_and_commands_nothing() {
        let text = written(&Theme::default(), Parts { body: true, reasons: true });
        let expected = "\
Staying
id a
path a.txt

“We will stay in Lviv,” said Ann[2J Brown.

People
  Ann Brown

Places
  Lviv, Ukraine

Quotes
  “We will stay in Lviv,”
    — Ann Brown (direct; speaker “Ann”; cue “said”; rule verb-before-name; confidence 0.90)
";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_name_inside_a_quote_keeps_its_own_colour() {
        let text = written(&Theme::new(true, Some(20)), Parts { body: true, reasons: false });
        let quote = Theme::new(true, None).style(Role::Quote).to_string();
        let place = Theme::new(true, None).style(Role::Place).to_string();
        assert!(text.contains(&format!("{quote}“We will stay in")), "{text}");
        assert!(text.contains(&format!("{place}Lviv")), "{text}");
        assert!(text.contains("\u{1b}[0m\n"), "wrapped: {text}");
    }
}
