//! Which version of an article is the later one, and what changed from one to the next: quotes first, then the headline and
//! the paragraphs.

use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::annotation::{Quote, Record};
use crate::article::Carrier;

/// Where a version of an article belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is there already.
    Known,
    /// Before this one of the earlier versions, or behind them all and before the present one.
    Earlier(usize),
    /// In place of the present one.
    Present,
}

/// Where `new` belongs beside the `present` version of the same article and its `earlier` ones, which stand in order of time.
///
/// When each was changed or published decides, whatever the order in which they come. Where that tells nothing, the one that
/// comes last is the latest, unless it is one that was replaced before: then it is only read once more. A file that holds one
/// article says itself what that is now.
#[must_use]
pub fn place(new: &Record, present: &Record, earlier: &[Record]) -> Place {
    let (article, now) = (&new.article, &present.article);
    if article.carrier == Carrier::File && article.place == now.place {
        return Place::Present;
    }
    let is_before = article.is_before(now);
    if is_before && same_text(new, present) || !now.is_before(article) && earlier.iter().any(|version| same_text(version, new)) {
        return Place::Known;
    }
    if is_before {
        let behind = earlier.iter().rposition(|version| !article.is_before(&version.article));
        return Place::Earlier(behind.map_or(0, |at| at + 1));
    }
    Place::Present
}

/// Whether two versions differ in nothing that a reader sees.
#[must_use]
pub fn same_text(one: &Record, other: &Record) -> bool {
    let (one, other) = (&one.article, &other.article);
    (&one.title, &one.body, &one.date, &one.authors) == (&other.title, &other.body, &other.date, &other.authors)
}

/// Two quotes that share so much of their words are one quote, altered.
const SAME_QUOTE: f64 = 0.5;

/// The changes between two versions.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Revision {
    /// In the order of the newer text; what was removed comes last, in the order of the older.
    pub quotes: Vec<QuoteChange>,
    /// The headline before and after, where it changed.
    pub title: Option<Altered>,
    /// Paragraphs that only the newer version has.
    pub paragraphs_added: Vec<String>,
    /// Paragraphs that only the older version has.
    pub paragraphs_removed: Vec<String>,
}

/// A text before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Altered {
    /// In the older version.
    pub before: String,
    /// In the newer.
    pub after: String,
}

/// What became of a quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "lowercase")]
pub enum QuoteChange {
    /// It is new.
    Added {
        /// Its words.
        text: String,
        /// Who said it.
        speaker: Option<String>,
    },
    /// It is gone.
    Removed {
        /// Its words.
        text: String,
        /// Who said it.
        speaker: Option<String>,
    },
    /// Its words or its speaker are no longer the same.
    Altered {
        /// Its words.
        text: Altered,
        /// Who said it, before and after.
        speaker: (Option<String>, Option<String>),
    },
}

impl Revision {
    /// What changed from `old` to `new`.
    #[must_use]
    pub fn between(old: &Record, new: &Record) -> Self {
        let (before, after) = (&old.article, &new.article);
        let title = (before.title != after.title).then(|| Altered { before: before.title.clone(), after: after.title.clone() });
        Self {
            quotes: quotes(&old.annotations.quotes, &new.annotations.quotes),
            title,
            paragraphs_added: only_in(&after.body, &before.body),
            paragraphs_removed: only_in(&before.body, &after.body),
        }
    }

    /// Whether nothing that a reader sees has changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The paragraphs of `text` that `other` lacks, without regard to white space.
fn only_in(text: &str, other: &str) -> Vec<String> {
    let paragraphs = |text: &str| -> Vec<String> {
        let squeezed = text.split("\n\n").map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
        squeezed.filter(|paragraph| !paragraph.is_empty()).collect()
    };
    let known: FxHashSet<String> = paragraphs(other).into_iter().collect();
    paragraphs(text).into_iter().filter(|paragraph| !known.contains(paragraph)).collect()
}

fn quotes(old: &[Quote], new: &[Quote]) -> Vec<QuoteChange> {
    let mut left: Vec<&Quote> = old.iter().collect();
    let mut unmatched = Vec::new();
    let mut changes = Vec::new();
    // The same words first, so that a quote that was only moved is not paired with a similar one.
    for quote in new {
        match left.iter().position(|other| words(&other.text) == words(&quote.text)) {
            Some(at) => {
                let other = left.remove(at);
                if other.speaker.name != quote.speaker.name {
                    changes.push(altered(other, quote));
                }
            }
            None => unmatched.push(quote),
        }
    }
    for quote in unmatched {
        let nearest = left
            .iter()
            .enumerate()
            .map(|(at, other)| (at, likeness(&other.text, &quote.text)))
            .filter(|(_, likeness)| *likeness >= SAME_QUOTE)
            .max_by(|one, other| one.1.total_cmp(&other.1));
        changes.push(match nearest {
            Some((at, _)) => altered(left.remove(at), quote),
            None => QuoteChange::Added { text: quote.text.clone(), speaker: quote.speaker.name.clone() },
        });
    }
    changes.extend(left.into_iter().map(|quote| QuoteChange::Removed { text: quote.text.clone(), speaker: quote.speaker.name.clone() }));
    changes
}

fn altered(old: &Quote, new: &Quote) -> QuoteChange {
    QuoteChange::Altered {
        text: Altered { before: old.text.clone(), after: new.text.clone() },
        speaker: (old.speaker.name.clone(), new.speaker.name.clone()),
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The share of words that two quotes have in common, of all words in either.
fn likeness(one: &str, other: &str) -> f64 {
    let (one, other): (FxHashSet<_>, FxHashSet<_>) = (words(one).into_iter().collect(), words(other).into_iter().collect());
    let common = one.intersection(&other).count();
    let all = one.len() + other.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Annotations, Speaker, SpeakerKind};
    use crate::article::Article;

    fn record(title: &str, body: &str, quotes: &[(&str, &str)]) -> Record {
        let quotes = quotes.iter().map(|(text, speaker)| Quote {
            text: (*text).to_owned(),
            speaker: Speaker { name: Some((*speaker).to_owned()), kind: SpeakerKind::Person, mention: None },
            ..Quote::default()
        });
        let article = Article { title: title.into(), body: body.into(), ..Article::default() };
        Record::new(article, Annotations { quotes: quotes.collect(), ..Annotations::default() })
    }

    #[test]
    fn quotes_are_told_apart_as_added_removed_altered() {
        let old =
            record("A", "One.\n\nTwo.", &[("We will never sell the pier", "Ann Roe"), ("It rained", "Bo Lind"), ("No comment", "Cy Park")]);
        let new = record(
            "B",
            "Two.\n\nThree.",
            &[("It rained", "Bo Lind"), ("We may never sell the pier", "Ann Roe"), ("Wait and see", "Di Moss")],
        );
        let revision = Revision::between(&old, &new);
        let told: Vec<String> = revision
            .quotes
            .iter()
            .map(|change| match change {
                QuoteChange::Added { text, .. } => format!("+ {text}"),
                QuoteChange::Removed { text, .. } => format!("- {text}"),
                QuoteChange::Altered { text, .. } => format!("{} > {}", text.before, text.after),
            })
            .collect();
        assert_eq!(told, ["We will never sell the pier > We may never sell the pier", "+ Wait and see", "- No comment"]);
        assert_eq!((revision.paragraphs_added, revision.paragraphs_removed), (vec!["Three.".to_owned()], vec!["One.".to_owned()]));
        assert_eq!(revision.title.unwrap().after, "B");
    }

    #[test]
    fn another_speaker_of_the_same_words_is_a_change() {
        let (old, new) = (record("A", "", &[("It rained", "Bo Lind")]), record("A", "", &[("It rained.", "Bo Lund")]));
        let [QuoteChange::Altered { speaker, .. }] = &Revision::between(&old, &new).quotes[..] else { panic!("one change") };
        assert_eq!(*speaker, (Some("Bo Lind".to_owned()), Some("Bo Lund".to_owned())));
        assert!(Revision::between(&old, &old).is_empty());
    }
}
