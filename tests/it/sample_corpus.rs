//! The sample corpus: fifty articles of five invented outlets, each with what must be found in it written down by hand.
//!
//! Properties tested: every expectation stands in its article; every article is read, none is refused, and each has
//! expectations; every segment and mention slices back to its own text; and the figures stay above their floors.

mod expected;
mod score;

use std::collections::BTreeSet;

use dictum::annotation::Zone;
use expected::{articles, cases, find};
use score::{score, share};

/// The figures may not fall below these, in percent: a little under what is reached.
const FLOORS: [(&str, f64); 9] = [
    ("quoted F1", 98.0),
    ("exact", 99.0),
    ("speaker", 93.0),
    ("end-to-end F1", 91.5),
    ("indirect F1", 68.5),
    ("people F1", 94.0),
    ("locations F1", 94.0),
    ("mention", 96.5),
    ("organizations", 69.0),
];

#[test]
fn every_article_is_read_and_has_expectations() {
    let (articles, refusals) = articles();
    assert!(refusals.is_empty(), "{}", refusals.join("\n"));
    let read: BTreeSet<(String, String)> = articles.into_iter().map(|(path, article)| (path, article.title)).collect();
    let expected: BTreeSet<(String, String)> = expected::expected().into_iter().map(|e| (e.path, e.title)).collect();
    assert_eq!(read.symmetric_difference(&expected).collect::<Vec<_>>(), Vec::<&(String, String)>::new());
    assert!(read.len() >= 45, "{} articles", read.len());
}

#[test]
fn every_expected_text_stands_in_its_article() {
    let mut lacking = Vec::new();
    for case in cases() {
        let (body, expected) = (&case.article.body, &case.expected);
        let mut look = |text: &str, nth: usize| {
            if find(body, text, nth).is_none() {
                lacking.push(format!("{}: {text}", expected.path));
            }
        };
        for quote in &expected.quotes {
            look(&quote.text, quote.nth);
            if let Some(mention) = &quote.mention {
                look(&mention.text, mention.nth);
            }
        }
        expected.people.iter().for_each(|person| look(&person.name, 0));
        expected.people.iter().flat_map(|person| &person.aliases).for_each(|alias| look(alias, 0));
        expected.organizations.iter().for_each(|organization| look(&organization.name, 0));
        let lower = body.to_lowercase();
        for place in &expected.locations {
            if !place.aliases.iter().chain([&place.name]).any(|name| find(&lower, &name.to_lowercase(), 0).is_some()) {
                lacking.push(format!("{}: {}", expected.path, place.name));
            }
        }
    }
    assert!(lacking.is_empty(), "not in the article:\n{}", lacking.join("\n"));
}

#[test]
fn every_span_slices_back_to_its_text() {
    for case in cases() {
        let of = |zone: Zone| if zone == Zone::Body { &case.article.body } else { &case.article.title };
        let found = &case.found;
        let entities = found.people.iter().chain(&found.organizations).flat_map(|entity| &entity.mentions);
        let speakers = found.quotes.iter().flat_map(|quote| quote.speaker.mention.iter().chain(&quote.cue));
        for mention in entities.chain(found.locations.iter().flat_map(|place| &place.mentions)).chain(speakers) {
            assert_eq!(of(mention.zone).get(mention.span.start..mention.span.end), Some(mention.text.as_str()), "{}", case.article.id);
        }
        for segment in found.quotes.iter().flat_map(|quote| &quote.segments) {
            assert!(of(segment.zone).get(segment.span.start..segment.span.end).is_some_and(|text| !text.is_empty()), "{}", case.article.id);
        }
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are there to be read, with --nocapture")]
fn figures_stay_above_their_floors() {
    let score = score(&cases());
    let part = |(part, whole)| share(part, whole);
    let reached = [
        score.quoted.f1(),
        part(score.exact),
        part(score.speaker),
        score.end_to_end.f1(),
        score.indirect.f1(),
        score.people.f1(),
        score.locations.f1(),
        part(score.mention),
        part(score.organizations),
    ];
    let mut report = String::new();
    for ((name, floor), reached) in FLOORS.iter().zip(reached) {
        report += &format!("{name:<15} {reached:5.1}  (floor {floor})\n");
    }
    report += &format!("{:<15} {:?}\n", "answers", score.answers);
    let report = format!("{report}\n{}", score.errors.join("\n"));
    println!("{report}");
    assert!(FLOORS.iter().zip(reached).all(|((_, floor), reached)| reached >= *floor), "{report}");
}
