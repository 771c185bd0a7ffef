//! Cases of snippets: what is lit stands in square brackets, snippets part at " / ".

use super::arrange::{Unit, arrange};
use super::ast::Node;
use super::filters::Filters;
use super::matching::Reader;
use super::snippet::{Shape, snippets};
use super::syntax::{Reading, parse};
use crate::annotation::{Annotations, Entity, Location, Mention, Quote, Record, Segment, Speaker, SpeakerKind, Zone};
use crate::article::Article;
use crate::span::Span;

const TITLE: &str = "Harbour strike ends after talks";
const BODY: &str = "The strike in the old harbour of Lindesnes ended on Monday. Dockers had walked out in March.\n\n\
    “We never wanted to strike,” said Mira Orlowa. She thanked the negotiators for their patience.\n\n\
    The negotiations went on for nine days. Ships that had waited off the coast can now be unloaded.";

fn mention(text: &str, from: &str) -> Mention {
    let start = from.find(text).unwrap();
    Mention { span: Span::new(start, start + text.len()), text: text.to_owned(), zone: Zone::Body }
}

fn record() -> Record {
    let said = "We never wanted to strike,";
    let quote = Quote {
        text: said.to_owned(),
        segments: vec![Segment { span: mention(said, BODY).span, zone: Zone::Body }],
        speaker: Speaker { name: Some("Mira Orlowa".to_owned()), kind: SpeakerKind::Person, mention: Some(mention("Mira Orlowa", BODY)) },
        ..Quote::default()
    };
    let person = Entity { name: "Mira Orlowa".to_owned(), mentions: vec![mention("Mira Orlowa", BODY)], ..Entity::default() };
    let place = Location {
        name: "Lindesnes".to_owned(),
        within: vec!["Agder".to_owned(), "Norway".to_owned()],
        mentions: vec![mention("Lindesnes", BODY)],
        ..Location::default()
    };
    let article = Article { id: "a".to_owned(), title: TITLE.to_owned(), body: BODY.to_owned(), ..Article::default() };
    let annotations = Annotations { people: vec![person], locations: vec![place], quotes: vec![quote], ..Annotations::default() };
    Record::new(article, annotations)
}

fn shown(query: &str, shape: Shape) -> String {
    let record = record();
    let node = arrange(parse(query, Reading::default()).unwrap().node, Unit::Articles);
    let reader = Reader::new(&record, false);
    let all: Vec<String> = snippets(&reader, &node, shape)
        .into_iter()
        .map(|snippet| {
            let mut text = snippet.text.clone();
            for &(start, end) in snippet.highlights.iter().rev() {
                text.insert(end, ']');
                text.insert(start, '[');
            }
            if snippet.field == "title" { format!("# {text}") } else { text }
        })
        .collect();
    all.join(" / ")
}

#[test]
fn exactly_what_matched_is_lit() {
    let one = Shape { count: 1, length: 60 };
    for (query, expected) in [
        ("coast", "Ships that had waited off the [coast] can now be unloaded."),
        ("\"old harbour\"", "The strike in the [old] [harbour] of Lindesnes ended on Monday."),
        ("unload", "Ships that had waited off the coast can now be [unloaded]."),
        ("negotiato*", "She thanked the [negotiators] for their patience."),
        ("patiense~", "She thanked the negotiators for their [patience]."),
        ("ships -talks", "[Ships] that had waited off the coast can now be unloaded."),
        ("thanked NEAR/2 negotiators", "She [thanked] the [negotiators] for their patience."),
        ("dockers SENTENCE march", "[Dockers] had walked out in [March]."),
        ("title:talks", "# Harbour strike ends after [talks] / The strike in the old harbour of Lindesnes ended on Monday."),
        ("place:norway", "The strike in the old harbour of [Lindesnes] ended on Monday."),
        ("person:orlova", "“We never wanted to strike,” said [Mira Orlowa]."),
        ("orlova", "“We never wanted to strike,” said Mira [Orlowa]."),
        ("speaker:orlova said:strike", "“We never wanted to [strike],” said [Mira Orlowa]."),
        ("date:2025", "The strike in the old harbour of Lindesnes ended on Monday."),
    ] {
        assert_eq!(shown(query, one), expected, "{query}");
    }
}

#[test]
fn as_many_and_as_long_as_asked() {
    assert_eq!(shown("negotiators", Shape { count: 2, length: 20 }), "…[negotiators] for… / …[negotiations] went…");
    assert_eq!(shown("strike", Shape { count: 0, length: 60 }), "# Harbour [strike] ends after talks");
    let long = shown("coast", Shape { count: 1, length: 400 });
    assert_eq!(long, "The negotiations went on for nine days. Ships that had waited off the [coast] can now be unloaded.");
    let cut = shown("lindesnes", Shape { count: 1, length: 20 });
    assert_eq!(cut, "…[Lindesnes] ended…");
}

#[test]
fn a_filter_lights_the_title_only_where_no_words_are_asked_for() {
    let mut record = record();
    let harbour = Mention { zone: Zone::Title, ..mention("Harbour", TITLE) };
    record.annotations.locations.push(Location { name: "Harbour".to_owned(), mentions: vec![harbour], ..Location::default() });
    let filters = Filters { place: vec!["harbour".to_owned()], ..Filters::default() };
    let lit = |query: &str| {
        let node = Node::and(vec![parse(query, Reading::default()).unwrap().node, filters.node().unwrap()]);
        let all = snippets(&Reader::new(&record, false), &arrange(node, Unit::Articles), Shape::default());
        all.into_iter().filter(|s| s.field == "title").flat_map(|s| s.highlights).collect::<Vec<_>>()
    };
    assert_eq!(lit("dockers"), []);
    assert_eq!(lit("strike"), [(8, 14)]);
    assert_eq!(lit("*"), [(0, 7)]);
}
