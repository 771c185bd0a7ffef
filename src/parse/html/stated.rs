//! The text that structured data states: of pages whose own shows no more than the beginning, as behind a wall for subscribers,
//! or is put together by scripts.

use serde_json::{Map, Value};

use crate::parse::markup;

/// Most posts of a live blog that are read.
const MOST_POSTS: usize = 2_000;

/// The text of an article in JSON-LD: its `articleBody`, and the posts of a live blog with their headlines.
pub(super) fn body(article: &Map<String, Value>) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    paragraphs.extend(article.get("articleBody").and_then(text));
    let posts = match article.get("liveBlogUpdate") {
        Some(Value::Array(posts)) => posts.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    for post in posts.iter().take(MOST_POSTS).filter_map(Value::as_object) {
        paragraphs.extend(["headline", "articleBody"].iter().filter_map(|name| post.get(*name).and_then(text)));
    }
    paragraphs.join("\n\n")
}

/// Paragraphs of a text that may be written in HTML, whose lines are its paragraphs otherwise.
fn text(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let marked_up = text.contains("</") || text.contains("<br") || text.contains("&lt;/");
    let text = match marked_up {
        // Twice, where the markup is escaped.
        true if !text.contains("</") => markup::fragment_text(&markup::fragment_text(text)),
        true => markup::fragment_text(text),
        false if text.contains('&') => lines(&markup::fragment_text(&format!("<pre>{text}</pre>"))),
        false => lines(text),
    };
    Some(text).filter(|text| !text.is_empty())
}

fn lines(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> String {
        body(serde_json::from_str::<Value>(json).unwrap().as_object().unwrap())
    }

    #[test]
    fn texts_are_read_however_they_are_written() {
        for text in [
            "One “two”.\\n\\n Three.",
            "One &ldquo;two&rdquo;.\\nThree.",
            "<p>One “two”.</p><p>Three.</p>",
            "&lt;p&gt;One “two”.&lt;/p&gt;&lt;p&gt;Three.&lt;/p&gt;",
        ] {
            assert_eq!(of(&format!("{{\"articleBody\": \"{text}\"}}")), "One “two”.\n\nThree.", "{text}");
        }
        assert_eq!(of("{\"headline\": \"A\"}"), "");
    }

    #[test]
    fn a_live_blog_is_its_posts() {
        let posts = r#"[{"headline": "Ferry sails", "articleBody": "At noon."}, {"articleBody": "It is back."}]"#;
        assert_eq!(of(&format!("{{\"liveBlogUpdate\": {posts}}}")), "Ferry sails\n\nAt noon.\n\nIt is back.");
    }
}
