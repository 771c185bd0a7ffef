//! Quotes that the article itself brings along: kept, and trusted over what is found.

use crate::annotation::{Quote, SpeakerKind};
use crate::article::Article;
use crate::span::Span;

/// What was found, with what the article states in its place; in the order of the text, those that its text lacks last.
#[must_use]
pub fn keep(article: &Article, mut found: Vec<Quote>) -> Vec<Quote> {
    if article.given.quotes.is_empty() {
        return found;
    }
    let mut kept: Vec<Quote> = Vec::new();
    for given in &article.given.quotes {
        let same = found.iter().position(|quote| same(given, quote));
        kept.push(match same {
            Some(at) => stated(given, found.remove(at)),
            None => given.clone(),
        });
    }
    found.retain(|quote| !kept.iter().any(|given| covers(given, quote)));
    kept.append(&mut found);
    kept.sort_by_key(|quote| quote.segments.first().map_or((true, 0), |s| (false, s.span.start)));
    kept
}

/// Whether both are the same words of the text.
fn same(given: &Quote, found: &Quote) -> bool {
    letters(&given.text) == letters(&found.text) && (given.segments.is_empty() || found.segments.is_empty() || touches(given, found))
        || covers(given, found) && covers(found, given)
}

fn touches(a: &Quote, b: &Quote) -> bool {
    shared(a, b) > 0
}

/// Whether at least half of `part` stands in `whole`.
fn covers(whole: &Quote, part: &Quote) -> bool {
    let length: usize = part.segments.iter().map(|s| s.span.len()).sum();
    length > 0 && 2 * shared(whole, part) >= length
}

/// How many bytes of the text both hold.
fn shared(a: &Quote, b: &Quote) -> usize {
    let both = |x: Span, y: Span| x.end.min(y.end).saturating_sub(x.start.max(y.start));
    let pairs = a.segments.iter().flat_map(|x| b.segments.iter().map(move |y| (x, y)));
    pairs.filter(|(x, y)| x.zone == y.zone).map(|(x, y)| both(x.span, y.span)).sum()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What the article states of a quote, and what was found of it where it states nothing.
fn stated(given: &Quote, found: Quote) -> Quote {
    let mut quote = given.clone();
    if letters(&given.text) == letters(&found.text) {
        quote.text = found.text;
    }
    // stated as bare words, it says nothing of its marks
    if given.segments.is_empty() || given.speaker.mention.is_none() && given.cue.is_none() {
        quote.kind = found.kind;
        quote.segments = found.segments;
    }
    if quote.cue.is_none() {
        quote.cue = found.cue;
    }
    if given.speaker.kind == SpeakerKind::Unknown && given.speaker.name.is_none() {
        quote.speaker = found.speaker;
        quote.rule = found.rule;
        quote.confidence = found.confidence;
    } else if quote.speaker.mention.is_none() {
        quote.speaker.mention = found.speaker.mention;
    }
    quote
}

#[cfg(test)]
mod tests {
    use crate::annotate::Annotator;
    use crate::annotation::{Quote, Speaker, SpeakerKind};
    use crate::article::{Article, Given};

    const BODY: &str = "He said “Fine” and left. “We shall see,” said Ines Vogt. Karl Brandt agreed with “parts of it”.";

    /// What is found with these quotes given, as "speaker: text (rule)".
    fn kept(given: &[(&str, Option<&str>)]) -> Vec<String> {
        let quotes = given.iter().map(|(text, speaker)| Quote {
            text: (*text).to_owned(),
            speaker: Speaker {
                name: speaker.map(str::to_owned),
                kind: if speaker.is_some() { SpeakerKind::Person } else { SpeakerKind::Unknown },
                mention: None,
            },
            rule: "given".into(),
            confidence: 1.0,
            ..Quote::default()
        });
        let given = Given { quotes: quotes.collect(), ..Given::default() };
        let found = Annotator::new().annotate(&Article { body: BODY.to_owned(), given, ..Article::default() });
        let line = |q: &Quote| format!("{}: {} ({})", q.speaker.name.as_deref().unwrap_or("?"), q.text, q.rule);
        found.quotes.iter().map(line).collect()
    }

    #[test]
    fn a_speaker_that_the_article_states_is_trusted() {
        let found = kept(&[("Fine", Some("Bob Ray"))]);
        assert_eq!(found[..2], ["Bob Ray: Fine (given)", "Ines Vogt: We shall see, (tail-verb-subject)"]);
    }

    #[test]
    fn a_quote_without_a_speaker_keeps_the_one_found() {
        assert!(kept(&[("We shall see", None)]).contains(&"Ines Vogt: We shall see, (tail-verb-subject)".to_owned()));
    }

    #[test]
    fn a_quote_that_the_text_lacks_is_kept_behind_the_others() {
        let found = kept(&[("Never again", Some("Bob Ray"))]);
        assert_eq!(found.last().map(String::as_str), Some("Bob Ray: Never again (given)"));
    }
}
