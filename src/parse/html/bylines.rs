//! The bylines that a page shows: the one of its article, and the names of those who comment on it, who are not its writers.

use std::sync::LazyLock;

use regex::Regex;
use trafilatura::dom::{Document, NodeId};

use super::super::byline;

/// How far up a page is looked for the comments that an element stands in.
const ABOVE: usize = 12;
/// The longest text of a byline.
const LONGEST: usize = 160;

/// How a byline begins that names itself.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?i)(?:[|•·—–-]\s*)?(?:(?:story|analysis|opinion|column|reporting|text|words|written|posted|published)\s+)?(?:by|von|par|por|di|door|av|текст|автор)\b:?\s")
        .expect("a fixed pattern")
});

/// What a page shows of names.
#[derive(Debug, Default)]
pub(super) struct Bylines {
    /// The first text that calls itself a byline.
    shown: Option<String>,
    /// What is marked as the writer in the markup: `itemprop="author"`, `rel="author"`.
    pub marked: Vec<String>,
    /// Whoever is named as the writer of a comment.
    commenters: Vec<String>,
}

impl Bylines {
    /// Looks at one element; `class` is its class.
    pub fn look(&mut self, page: &Document, node: NodeId, class: Option<&str>) {
        let is_byline = class.is_some_and(|class| {
            let class = class.to_ascii_lowercase();
            ["byline", "author", "commenter"].iter().any(|name| class.contains(name))
        });
        if !is_byline {
            return;
        }
        let text = line(&page.text_content(node));
        if text.is_empty() || text.len() > LONGEST {
            return;
        }
        if in_comments(page, node) {
            self.commenters.push(text);
        } else if LEAD.is_match(&text) && self.shown.as_ref().is_none_or(|shown| shown.starts_with(&text)) {
            // The element inside has the names without what stands beside them.
            self.shown = Some(text);
        }
    }

    /// Takes the name of an element that the markup calls the author.
    pub fn mark(&mut self, page: &Document, node: NodeId, name: String) {
        if in_comments(page, node) { self.commenters.push(name) } else { self.marked.push(name) }
    }

    /// The writers in the byline that is shown.
    pub fn shown(&self) -> Vec<String> {
        let names = self.shown.as_ref().map(|text| byline::authors(text.trim_start_matches(['|', '•', '·', '—', '–', '-', ' '])));
        names.unwrap_or_default().into_iter().filter(|name| is_name(name)).collect()
    }

    /// Whether `name` is known from the comments alone.
    pub fn is_commenter(&self, name: &str) -> bool {
        self.commenters.iter().any(|text| text.contains(name)) && !self.shown.iter().chain(&self.marked).any(|text| text.contains(name))
    }
}

/// Whether this may be a person's name: a byline that is shown is often followed by the day and more.
fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let capital = |word: &&str| word.starts_with(|c: char| c.is_uppercase() || !c.is_lowercase());
    // "LeeNovember": the elements of a page run together.
    let run_together = |word: &&str| {
        let small = word.chars().position(char::is_lowercase).unwrap_or(usize::MAX);
        word.chars().enumerate().any(|(at, c)| c.is_uppercase() && at > small.saturating_add(2))
    };
    (1..=5).contains(&words.len())
        && !name.contains(|c: char| c.is_ascii_digit() || c == ':')
        && words.first().is_some_and(capital)
        && words.last().is_some_and(capital)
        && !words.iter().any(run_together)
}

fn in_comments(page: &Document, node: NodeId) -> bool {
    let mut at = Some(node);
    for _ in 0..ABOVE {
        let Some(node) = at else { break };
        let says = |attribute: &str| {
            page.get_attribute(node, attribute).is_some_and(|value| {
                let value = value.to_ascii_lowercase();
                // A page may say on its body that it takes comments.
                page.tag_name(node) != "body" && (value.contains("comment") || value.contains("disqus"))
            })
        };
        if says("class") || says("id") || says("itemtype") {
            return true;
        }
        at = page.parent(node);
    }
    false
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
