//! Articles in JSON: one, an array, an object that holds an array, or JSON Lines. Read as a stream, a record at a time.

mod given;
mod read;
pub(super) mod record;

use std::io::BufRead;
use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::fields::{Field, Fields};
use super::{Options, Origin, RECORD_LIMIT, Refusal, RefusalKind, Sink, feed, unreadable};
use crate::read::decode::to_text;
use crate::read::lines::{self, Line};
use record::Read;

/// How deep articles are looked for inside an object that is none: an API answers {"response": {"results": […]}}.
const DEPTH: usize = 4;

/// Reads a file of JSON.
pub(super) fn articles(input: &mut dyn BufRead, origin: &Origin, options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let fields = Fields::new(options);
    read::stream(input, &mut Records { origin, fields: &fields, count: 0, feed: None }, sink)
}

/// Reads a JSON Feed.
pub(super) fn feed(input: &mut dyn BufRead, origin: &Origin, options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let fields = Fields::new(options);
    read::stream(input, &mut Records { origin, fields: &fields, count: 0, feed: Some(Map::new()) }, sink)
}

/// Makes articles of values and numbers them.
struct Records<'a> {
    origin: &'a Origin,
    fields: &'a Fields,
    /// Articles and refused records so far.
    count: usize,
    /// Of a JSON Feed, what stands above its items.
    feed: Option<Map<String, Value>>,
}

impl Records<'_> {
    /// What an object is.
    fn read(&self, object: Map<String, Value>) -> Read {
        match &self.feed {
            Some(about) => match feed::json_article(about, object) {
                Ok(article) => Read::Article(Box::new(article), Vec::new()),
                Err(reason) => Read::None(reason),
            },
            None => record::read(object, self.fields),
        }
    }

    /// JSON Lines from the line after the first `before`.
    fn lines(&mut self, input: &mut dyn BufRead, before: usize, sink: &mut Sink<'_>) -> ControlFlow<()> {
        let mut line = Vec::new();
        let mut number = before;
        loop {
            number += 1;
            match lines::next(input, RECORD_LIMIT, &mut line) {
                Ok(Line::Whole) => self.line(&line, number, sink)?,
                Ok(Line::TooLong(length)) => {
                    self.count += 1;
                    sink(Err(self.origin.refuse_at(format!("line {number}"), too_long(length))))?;
                }
                Ok(Line::End) => return ControlFlow::Continue(()),
                Err(error) => return sink(Err(self.origin.refuse_at(format!("line {number}"), error.to_string()))),
            }
        }
    }

    /// One line of JSON Lines.
    fn line(&mut self, line: &[u8], number: usize, sink: &mut Sink<'_>) -> ControlFlow<()> {
        let line = line.trim_ascii();
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        if line.is_empty() {
            return ControlFlow::Continue(());
        }
        let position = format!("line {number}");
        match value(line) {
            Ok((value, note)) => {
                if let Some(note) = note {
                    sink(Err(self.origin.doubt_at(&position, note)))?;
                }
                self.value(value, &position, true, DEPTH, sink)
            }
            Err(error) => {
                self.count += 1;
                sink(Err(self.origin.refuse_at(position, format!("not JSON: {}", reason(&error)))))
            }
        }
    }

    /// An article, or whatever articles are inside. `many` says whether the file holds more than one.
    fn value(&mut self, value: Value, position: &str, many: bool, depth: usize, sink: &mut Sink<'_>) -> ControlFlow<()> {
        match value {
            Value::Object(object) => match self.read(object) {
                Read::Article(article, notes) => self.article(*article, notes, position, many, sink),
                Read::None(reason) => self.none(&reason, position, sink),
                Read::Other(object) => self.other(object, position, depth, sink),
            },
            Value::Array(list) if depth > 0 => {
                for value in list {
                    let position = format!("{position}, record {}", self.count + 1);
                    self.value(value, &position, true, depth - 1, sink)?;
                }
                ControlFlow::Continue(())
            }
            _ => {
                self.count += 1;
                sink(Err(self.origin.refuse_at(position, "JSON, but no article: an object with a body is one")))
            }
        }
    }

    fn none(&mut self, reason: &str, position: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
        self.count += 1;
        sink(Err(self.origin.refuse_at(position, reason)))
    }

    /// An object that is no article, with whatever articles are inside.
    fn other(&mut self, object: Map<String, Value>, position: &str, depth: usize, sink: &mut Sink<'_>) -> ControlFlow<()> {
        let inside = depth > 0 && object.values().any(|value| self.holds_articles(value, depth - 1));
        if !inside {
            self.count += 1;
            // A body that is there and blank is a fact of the collection, no fault of the input.
            let is_blank = object.iter().any(|(key, value)| {
                matches!(self.fields.find(key), Some((Field::Body, _))) && value.as_str().is_some_and(|text| text.trim().is_empty())
            });
            return sink(Err(if is_blank {
                Refusal { kind: RefusalKind::Skipped, ..self.origin.refuse_at(position, "neither a headline nor a body") }
            } else {
                self.origin.refuse_at(position, no_body(object.keys().map(String::as_str)))
            }));
        }
        for (_, value) in object {
            if self.holds_articles(&value, depth - 1) {
                self.value(value, position, true, depth - 1, sink)?;
            }
        }
        ControlFlow::Continue(())
    }

    fn article(
        &mut self,
        mut article: crate::article::Article,
        notes: Vec<String>,
        position: &str,
        many: bool,
        sink: &mut Sink<'_>,
    ) -> ControlFlow<()> {
        self.count += 1;
        for note in notes {
            sink(Err(self.origin.doubt_at(position, note)))?;
        }
        if many && article.id.is_empty() && article.url.is_none() {
            article.id = self.origin.nth(self.count);
        }
        sink(Ok(article))
    }

    /// Whether there is an object with a text anywhere in `value`.
    fn holds_articles(&self, value: &Value, depth: usize) -> bool {
        match value {
            Value::Array(list) => list.iter().take(100).any(|item| item.is_object() && self.holds_articles(item, depth)),
            Value::Object(object) => {
                let is_article = object.iter().any(|(key, value)| {
                    matches!(self.fields.find(key), Some((Field::Body | Field::Html | Field::Summary, _)))
                        && (value.is_string() || value.is_object() || value.is_array())
                });
                is_article || depth > 0 && object.values().any(|value| self.holds_articles(value, depth - 1))
            }
            _ => false,
        }
    }
}

/// A value, with what had to be mended: programs print NaN, half characters, commas between lines, and bytes of old encodings.
fn value(line: &[u8]) -> Result<(Value, Option<String>), serde_json::Error> {
    let error = match serde_json::from_slice(line) {
        Ok(value) => return Ok((value, None)),
        Err(error) => error,
    };
    if let Some(line) = line.strip_suffix(b",")
        && let Ok(value) = serde_json::from_slice(line)
    {
        return Ok((value, None));
    }
    let (text, decoding) = match std::str::from_utf8(line) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => {
            let decoded = to_text(line, None);
            (decoded.text, decoded.note)
        }
    };
    let (text, mended) = read::mended(&text);
    match serde_json::from_str(&text) {
        Ok(value) => Ok((value, decoding.or(mended.map(str::to_owned)))),
        Err(_) => Err(error),
    }
}

fn no_body<'a>(keys: impl Iterator<Item = &'a str>) -> String {
    let keys: Vec<&str> = keys.take(12).collect();
    if keys.is_empty() {
        return "no body: an empty object".to_owned();
    }
    format!("no body; its fields are {}; --map body=FIELD names the text", keys.join(", "))
}

fn too_long(length: u64) -> String {
    format!("a line of {} MB: no article is longer than {} MB", length >> 20, RECORD_LIMIT >> 20)
}

/// What serde_json says, without the position, which is told apart.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    format!("{} at column {}", &text[..end], error.column())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::parse::{self, RefusalKind};

    fn read(input: &str) -> (Vec<Article>, Vec<String>) {
        mapped(input, &[])
    }

    fn mapped(input: &str, map: &[(&str, &str)]) -> (Vec<Article>, Vec<String>) {
        let map = map.iter().map(|(ours, theirs)| ((*ours).to_owned(), (*theirs).to_owned())).collect();
        let origin = Origin { path: "in/a.json".into(), below: "a.json".into() };
        let (mut articles, mut refusals) = (Vec::new(), Vec::new());
        let _ = parse::articles(&mut input.as_bytes(), &origin, &Options { map, ..Options::default() }, &mut |item| {
            match item {
                Ok(article) => articles.push(article),
                Err(refusal) => {
                    let mark = if refusal.kind == RefusalKind::Doubtful { "? " } else { "" };
                    refusals.push(format!("{mark}{}: {}", refusal.position.unwrap_or_default(), refusal.reason));
                }
            }
            ControlFlow::Continue(())
        });
        (articles, refusals)
    }

    fn ids(input: &str) -> Vec<String> {
        read(input).0.into_iter().map(|article| article.id).collect()
    }

    #[test]
    fn every_shape_gives_its_articles() {
        let one = r#"{"title": "A", "body": "B"}"#;
        for (input, expected) in [
            (one.to_owned(), vec!["a.json"]),
            (format!("\u{feff}{one}\n"), vec!["a.json"]),
            ("{\n \"title\": \"A\",\n \"body\": \"B\"\n}\n".to_owned(), vec!["a.json"]),
            (format!("{one}\n{one}\n"), vec!["a.json#1", "a.json#2"]),
            (format!("{one},\n\n{one}"), vec!["a.json#1", "a.json#2"]),
            (format!("[{one}, {one}]"), vec!["a.json#1", "a.json#2"]),
            (format!("{{\"status\": \"ok\", \"articles\": [{one}, {one}], \"n\": 2}}"), vec!["a.json#1", "a.json#2"]),
            (format!("{{\"response\": {{\"n\": 1,\n \"results\": [{one}]}}}}"), vec!["a.json#1"]),
            (format!("{{\"my list\": [\n{one}]}}"), vec!["a.json#1"]),
            (format!("{{\"hits\": {{\"hits\": [\n{{\"_id\": \"7\", \"_source\": {one}}}]}}}}"), vec!["7"]),
            (format!("{{\"@graph\": [\n{{\"@type\": \"WebPage\"}}, {one}]}}"), vec!["a.json#1"]),
        ] {
            assert_eq!(ids(&input), expected, "{input}");
            assert_eq!(read(&input).1, [""; 0], "{input}");
        }
    }

    #[test]
    fn a_body_is_never_changed_and_fields_go_by_many_names() {
        let (articles, refusals) = read(
            r#"{"headline": {"main": "T"}, "maintext": "  A\r\n\n\nB “q” \u00e9 ", "publishedAt": "3 April 2025", "author": "By Ann Lee and Bo Day",
                "source": {"id": null, "name": "The Paper"}, "link": "https://paper.example/1", "lang": "en-GB", "category": ["World"], "_id": {"$oid": "x1"}}"#,
        );
        let article = &articles[0];
        assert_eq!(refusals, [""; 0]);
        assert_eq!(article.body, "  A\r\n\n\nB “q” é ");
        assert_eq!((article.title.as_str(), article.id.as_str()), ("T", "x1"));
        assert_eq!(article.date.as_ref().unwrap().as_str(), "2025-04-03T00:00:00Z");
        assert_eq!(article.authors, ["Ann Lee", "Bo Day"]);
        assert_eq!(article.source.as_deref(), Some("The Paper"));
        assert_eq!(article.url.as_deref(), Some("https://paper.example/1"));
        assert_eq!(article.language.as_deref(), Some("en"));
        assert_eq!(article.section.as_deref(), Some("World"));
    }

    #[test]
    fn shapes_of_the_trade() {
        let guardian = r#"{"response": {"results": [{"id": "world/1", "webTitle": "W", "webUrl": "https://g.example/world/1",
            "sectionName": "World", "webPublicationDate": "2025-04-03T10:00:00Z",
            "fields": {"headline": "H", "byline": "Ann Lee", "body": "<p>One.</p>", "bodyText": "One."}}]}}"#;
        let article = &read(guardian).0[0];
        assert_eq!((article.title.as_str(), article.body.as_str(), article.id.as_str()), ("H", "One.", "world/1"));
        let wordpress = r#"{"id": 7, "date": "2025-04-03T10:00:00", "link": "https://w.example/?p=7", "title": {"rendered": "A &amp; B"}, "content": {"rendered": "<p>One.</p><p>Two.</p>"}}"#;
        let article = &read(wordpress).0[0];
        assert_eq!((article.title.as_str(), article.body.as_str(), article.id.as_str()), ("A & B", "One.\n\nTwo.", "7"));
        let paragraphs = r#"{"title": "A", "content": ["One.", " ", "Two."], "timestamp": 1743674400}"#;
        let article = &read(paragraphs).0[0];
        assert_eq!(article.body, "One.\n\nTwo.");
        assert_eq!(article.date.as_ref().unwrap().as_str(), "2025-04-03T10:00:00Z");
    }

    #[test]
    fn names_of_fields_can_be_mapped() {
        let input = r#"{"data": {"story": "Deep."}, "kicker": "K", "text": "Not this."}"#;
        let article = &mapped(input, &[("body", "data.story"), ("title", "kicker")]).0[0];
        assert_eq!((article.title.as_str(), article.body.as_str()), ("K", "Deep."));
        let (articles, refusals) = mapped(r#"{"body": "<p>One.</p>"}"#, &[]);
        assert_eq!(articles[0].body, "<p>One.</p>");
        assert!(refusals[0].contains("--map html=body"), "{refusals:?}");
        assert_eq!(mapped(r#"{"body": "<p>One.</p>"}"#, &[("html", "body")]).0[0].body, "One.");
    }

    #[test]
    fn what_is_wrong_is_refused_at_its_place_and_the_rest_carried_on() {
        let (articles, refusals) = read(
            "{\"body\": \"A\"}\n{\"body\": \"B\",}\n{\"title\": \"no body\"}\n{\"body\": \" \"}\n[]\n7\n{\"body\": \"C\", \"date\": \"soon\"}\n{\"body\": \"D\", \"n\": NaN}\n{\"body\": \"\\ud83d E\"}\n{\"body\": \"F",
        );
        assert_eq!(articles.iter().map(|a| a.body.as_str()).collect::<Vec<_>>(), ["A", "C", "D", "\u{fffd} E"]);
        let expected = [
            "line 2: not JSON: trailing comma at column",
            "line 3: no body; its fields are title;",
            "line 4: neither a headline nor a body",
            "line 6: JSON, but no article",
            "? line 7: \"soon\" is no date",
            "? line 8: NaN",
            "? line 9: half a character",
            "line 10: not JSON: EOF while parsing a string at column",
        ];
        assert_eq!(refusals.len(), expected.len(), "{refusals:#?}");
        for (refusal, start) in refusals.iter().zip(expected) {
            assert!(refusal.starts_with(start), "{refusal}");
        }
        let (articles, refusals) = read("[{\"body\": \"A\"},\n {\"title\": \"T\"},\n {\"body\" \"B\"}]");
        assert_eq!(articles.len(), 1);
        let (briefs, notes) = read("{\"title\": \"Ferry delayed\", \"body\": \"\"}\n{\"title\": \"\", \"body\": \"\"}");
        assert_eq!(briefs.iter().map(|a| (a.title.as_str(), a.body.as_str())).collect::<Vec<_>>(), [("Ferry delayed", "")]);
        assert!(notes[0].contains("the headline is kept alone") && notes[1].contains("neither a headline nor a body"), "{notes:?}");
        assert!(refusals[0].starts_with("record 2: no body"), "{refusals:?}");
        assert!(refusals[1].starts_with("line 3: not JSON"), "{refusals:?}");
        let (articles, refusals) = read("[\n{\"body\": \"A\"},\n{\"body\" \"B\"},\n{\"body\": \"C\"},\n{\"body\": \"D\"}]\n");
        assert_eq!(articles.iter().map(|a| a.body.as_str()).collect::<Vec<_>>(), ["A", "C", "D"]);
        assert_eq!(refusals.len(), 1, "{refusals:?}");
        assert_eq!(read(&"[".repeat(100_000)).0.len(), 0);
    }

    #[test]
    fn a_line_beyond_all_measure_is_refused_and_the_next_ones_read() {
        let huge = format!("{{\"body\": \"{}\"}}\n", "x".repeat(RECORD_LIMIT + 10));
        let small = "{\"body\": \"A\"}\n";
        for (input, at) in [(format!("{huge}{small}"), "record 1"), (format!("{small}{huge}{small}"), "line 2")] {
            let (articles, refusals) = read(&input);
            assert!(articles.iter().all(|article| article.body == "A") && !articles.is_empty());
            assert!(refusals.len() == 1 && refusals[0].starts_with(at), "{refusals:?}");
        }
    }

    #[test]
    fn what_dictum_prints_comes_back_unchanged() {
        use crate::annotation::{Annotations, Entity, Location, Mention, Quote, Record, Segment, Speaker, SpeakerKind, Zone};
        use crate::span::Span;
        let mention = |start, end, text: &str, zone| Mention { span: Span::new(start, end), text: text.into(), zone };
        let article = Article {
            id: "x".into(),
            path: "in/x.txt".into(),
            title: "Ann Lee: no".into(),
            body: "“No,” Ann Lee said in Bath.".into(),
            language: Some("en".into()),
            authors: vec!["By Products".into()],
            ..Article::default()
        };
        let annotations = Annotations {
            people: vec![Entity {
                name: "Ann Lee".into(),
                aliases: vec!["Lee".into()],
                roles: vec![],
                mentions: vec![mention(0, 7, "Ann Lee", Zone::Title), mention(10, 17, "Ann Lee", Zone::Body)],
            }],
            organizations: vec![],
            locations: vec![Location {
                name: "Bath".into(),
                country: Some("GB".into()),
                mentions: vec![mention(26, 30, "Bath", Zone::Body)],
                ..Location::default()
            }],
            quotes: vec![Quote {
                text: "No".into(),
                segments: vec![Segment { span: Span::new(0, 9), zone: Zone::Body }],
                speaker: Speaker {
                    name: Some("Ann Lee".into()),
                    kind: SpeakerKind::Person,
                    mention: Some(mention(10, 17, "Ann Lee", Zone::Body)),
                },
                cue: Some(mention(18, 22, "said", Zone::Body)),
                rule: "quote-speaker-cue".into(),
                confidence: 0.75,
                ..Quote::default()
            }],
        };
        let record = Record::new(article.clone(), annotations.clone());
        let back = read(&serde_json::to_string(&record).unwrap()).0.remove(0);
        assert_eq!(back.given.people, annotations.people);
        assert_eq!(back.given.locations, annotations.locations);
        assert_eq!(back.given.quotes, annotations.quotes);
        assert_eq!(Article { given: Default::default(), other_ids: Vec::new(), ..back }, article);
    }
}
