//! What can be had of structured data that is no JSON: outlets write quotation marks of a headline unescaped into it.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

static KIND: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#""@type"\s*:\s*\[?\s*"(\w*Article|\w*BlogPosting|Report)""#).expect("a fixed pattern"));
static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#""(headline|datePublished|dateCreated|dateModified|articleSection|inLanguage)"\s*:\s*"((?:[^"\\\n]|\\.)*)"\s*[,}\n]"#)
        .expect("a fixed pattern")
});
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#""(author|publisher)"\s*:\s*\[?\s*(?:"([^"\n]{2,100})"|\{[^{}]{0,200}?"name"\s*:\s*"([^"\n]{2,100})")"#)
        .expect("a fixed pattern")
});

/// The fields of an article that stand in `text` whole; nothing where it is of no article.
pub(super) fn salvage(text: &str) -> Option<Value> {
    let kind = KIND.captures(text)?.get(1)?.as_str().to_owned();
    let mut object = Map::new();
    object.insert("@type".to_owned(), Value::String(kind));
    let fields = FIELD.captures_iter(text).map(|found| (found[1].to_owned(), found[2].to_owned()));
    let names = NAME.captures_iter(text).map(|found| {
        let name = found.get(2).or_else(|| found.get(3)).map_or("", |name| name.as_str());
        (found[1].to_owned(), name.to_owned())
    });
    let mut unsure = Vec::new();
    for (key, value) in fields.chain(names).take(50) {
        // Of two articles in one text it is not known which this is.
        if object.get(&key).is_some_and(|known| *known != value) {
            unsure.push(key.clone());
        }
        object.entry(key).or_insert_with(|| Value::String(value));
    }
    object.retain(|key, _| !unsure.contains(key));
    Some(Value::Object(object))
}

#[cfg(test)]
mod tests {
    use super::salvage;

    #[test]
    fn fields_are_read_out_of_what_is_no_json() {
        let text = r#"{"@type": "NewsArticle", "headline": "Ships sail", "description": "It is "no", he said",
            "author": {"@type": "Person", "name": "Ann Lee"}, "datePublished": "2025-04-03T10:00:00Z",}"#;
        let found = salvage(text).unwrap();
        for (key, value) in [("headline", "Ships sail"), ("author", "Ann Lee"), ("datePublished", "2025-04-03T10:00:00Z")] {
            assert_eq!(found[key], value);
        }
        assert!(found.get("description").is_none() && salvage("{\"@type\": \"Person\", \"name\": \"x\"").is_none());
    }
}
