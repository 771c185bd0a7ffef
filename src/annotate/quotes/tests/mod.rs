//! Caret cases: what must be found is drawn under the text. All people are invented.
//!
//! Under a quote stands its kind and rule, under the cue "cue", under the speaker's words the speaker. Properties tested:
//! - every rule from quote to mention, and every way from mention to speaker, fires where it should;
//! - titles, terms, nicknames, scare quotes and apostrophes are no quotes; a hearer is no speaker;
//! - any text at all gives spans on character boundaries, in order, without a panic, and the same twice.

mod every_rule;
mod reported_twice;
mod resolutions;
mod rules;

use proptest::prelude::*;

use crate::annotate::Annotator;
use crate::annotation::{Annotations, Quote, QuoteKind, SpeakerKind, Zone};
use crate::article::Article;

fn annotate(title: &str, body: &str) -> Annotations {
    Annotator::new().annotate(&Article { title: title.to_owned(), body: body.to_owned(), ..Article::default() })
}

/// A text with what is drawn under its lines: (start, end, label), sorted.
fn read(case: &str) -> (String, Vec<(usize, usize, String)>) {
    let (mut body, mut expected) = (String::new(), Vec::new());
    let mut line_start = 0;
    for line in case.trim_matches('\n').lines() {
        let drawn = line.trim_start();
        if !drawn.starts_with('^') {
            if !body.is_empty() {
                body.push('\n');
            }
            line_start = body.len();
            body.push_str(line);
            continue;
        }
        let above = &body[line_start..];
        let column = |n: usize| line_start + above.char_indices().nth(n).map_or(above.len(), |(b, _)| b);
        let from = line.chars().take_while(|c| *c == ' ').count();
        let carets = drawn.chars().take_while(|c| *c == '^').count();
        expected.push((column(from), column(from + carets), drawn.trim_start_matches('^').trim().to_owned()));
    }
    expected.sort();
    (body, expected)
}

/// What was found, as it is drawn.
fn drawn(quotes: &[Quote]) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    for q in quotes {
        let kind = match q.kind {
            QuoteKind::Direct => "direct",
            QuoteKind::Mixed => "mixed",
            QuoteKind::Indirect => "indirect",
        };
        for s in &q.segments {
            found.push((s.span.start, s.span.end, format!("{kind} {}", q.rule)));
        }
        if let Some(cue) = &q.cue {
            found.push((cue.span.start, cue.span.end, "cue".to_owned()));
        }
        if let Some(mention) = &q.speaker.mention {
            let who = match q.speaker.kind {
                SpeakerKind::Person | SpeakerKind::Organization => q.speaker.name.clone().unwrap_or_default(),
                SpeakerKind::Unnamed => "unnamed".to_owned(),
                SpeakerKind::Author => "author".to_owned(),
                SpeakerKind::Unknown => "unknown".to_owned(),
            };
            found.push((mention.span.start, mention.span.end, who));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Draws spans under a text again, to be read when a case fails.
fn show(body: &str, spans: &[(usize, usize, String)]) -> String {
    let mut out = String::new();
    let mut start = 0;
    for line in body.split('\n') {
        out.push_str(line);
        out.push('\n');
        for (a, b, label) in spans.iter().filter(|(a, ..)| (start..=start + line.len()).contains(a)) {
            let column = body[start..*a].chars().count();
            let width = body[*a..*b].chars().count();
            out.push_str(&format!("{}{} {label}\n", " ".repeat(column), "^".repeat(width)));
        }
        start += line.len() + 1;
    }
    out
}

#[track_caller]
fn check(case: &str) {
    let (body, expected) = read(case);
    let found = drawn(&annotate("", &body).quotes);
    assert!(found == expected, "found:\n{}\nexpected:\n{}", show(&body, &found), show(&body, &expected));
}

#[test]
fn the_headline_takes_part() {
    let found = annotate("Vogt: 'Nobody pays for the bridge'", "Mayor Ines Vogt opened the bridge.");
    let quote = found.quotes.first().expect("the headline's quote");
    assert_eq!((quote.text.as_str(), quote.segments[0].zone), ("Nobody pays for the bridge", Zone::Title));
    assert_eq!(quote.speaker.name.as_deref(), Some("Ines Vogt"));
}

#[test]
fn confidence_falls_with_the_sureness_of_the_rule() {
    let confidence = |body: &str| annotate("", body).quotes[0].confidence;
    let sure = confidence("“The bridge will open in May,” said Ines Vogt.");
    let unsure = confidence("Ines Vogt opened the bridge on Monday.\n\n“We have waited long enough for this day to come.”");
    assert!(sure > 0.9 && unsure < 0.6, "{sure} {unsure}");
}

#[test]
fn a_direct_quote_is_its_words_without_its_marks() {
    let found = annotate("", "“The bridge opens,” Ines Vogt said, “in May.” The plan is “a gift,” Karl Brandt said.");
    let texts: Vec<&str> = found.quotes.iter().map(|q| q.text.as_str()).collect();
    assert_eq!(texts, ["The bridge opens in May.", "a gift,"]);
}

#[test]
fn the_comma_before_a_gap_is_the_attributions() {
    let found = annotate("", "“We keep the bridge,” Ines Vogt said. “The rest is for sale.”");
    let texts: Vec<&str> = found.quotes.iter().map(|q| q.text.as_str()).collect();
    assert_eq!(texts, ["We keep the bridge. The rest is for sale."]);
}

#[test]
fn a_relative_word_stands_for_its_speaker() {
    let found = annotate("", "It was closed by the chief negotiator, who said the talks had failed.");
    let speaker = &found.quotes[0].speaker;
    assert_eq!(speaker.mention.as_ref().map(|m| m.text.as_str()), Some("who"));
    assert_eq!(speaker.name.as_deref(), Some("the chief negotiator"));
}

/// Whether every span of the quotes lies in its zone on character boundaries, and their order is the text's.
fn sound(article: &Article, found: &Annotations) -> bool {
    let text = |zone: Zone| if zone == Zone::Title { article.title.as_str() } else { article.body.as_str() };
    found.quotes.iter().all(|q| {
        let segments = q.segments.iter().map(|s| (s.span, s.zone));
        let mentions = q.cue.iter().chain(q.speaker.mention.iter()).map(|m| (m.span, m.zone));
        let spans = segments.chain(mentions).all(|(span, zone)| text(zone).get(span.start..span.end).is_some_and(|t| !t.is_empty()));
        let ordered = q.segments.windows(2).all(|w| w[0].span.end <= w[1].span.start);
        spans && ordered && !q.segments.is_empty() && (0.0..=1.0).contains(&q.confidence)
    })
}

/// Pieces that news and hostile texts are made of.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "’",
        "''",
        "``",
        "«",
        "»",
        ",",
        ".",
        "?",
        "!",
        ":",
        ";",
        " - ",
        "—",
        "(",
        ")",
        "\n",
        "\n\n",
        " ",
        "said",
        "says",
        "told",
        "that",
        "according to",
        "asked",
        "called",
        "he",
        "she",
        "it",
        "who",
        "the",
        "and",
        "Ines",
        "Vogt",
        "Karl",
        "mayor",
        "by",
        "was",
        "with",
        "of",
        "VOGT:",
        "Q.",
        "36-year-old",
        "'90s",
        "Mr.",
        "in",
        "a statement",
        "put it",
        "saying",
        "to",
        "é",
        "日本",
        "\u{301}",
        "\u{200b}",
    ];
    prop_oneof![6 => proptest::sample::select(words.to_vec()).prop_map(str::to_owned), 1 => ".{0,6}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_text_gives_sound_quotes_and_the_same_twice(pieces in proptest::collection::vec(piece(), 0..80), spaced in any::<bool>()) {
        let body = pieces.join(if spaced { " " } else { "" });
        let title: String = body.chars().take(40).collect();
        let article = Article { title, body, ..Article::default() };
        let annotator = Annotator::new();
        let found = annotator.annotate(&article);
        prop_assert!(sound(&article, &found));
        prop_assert_eq!(found, annotator.annotate(&article));
    }
}
