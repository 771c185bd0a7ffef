//! Quotes with their speakers.
//!
//! # The way
//! [`marks`]: quotation marks into quoted stretches → [`view`]: sentences as they run on outside of them → [`reports`]: reporting
//! verbs with their subjects ([`phrases`]) and what they report → [`sieve`]: named [`Rule`](sieve::Rule)s, from sure to unsure,
//! from a stretch to the words for its speaker, by a [`choice`] among reports, of what is [`unreported`] from what surrounds it → [`speech`]: titles, terms and scare quotes left
//! out → [`assemble`]: direct, mixed and [`indirect`] quotes and turns of a [`transcript`] → [`speakers`]: from words to a
//! person, an organization, a source without a name, by [`salience`], and for [`nominals`] and unknown [`capitals`] → [`confidence`].
//!
//! Of an article in another language than English only the marks are read: its quotes have no speaker, and their rule is
//! `marks`.
//!
//! From a wrong speaker to its cause: the quote's `rule` names a variant of [`sieve::Rule`] or a kind of report
//! ([`indirect::rule`]). A reporting verb is one line of `lexicon/cues.tsv`, and a case in the tests beside this file.
//!
//! # Figures
//! Of 25 November 2026, by `score.py` on the two development sets (`dictum extract --format jsonl`, then `score.py score`), and
//! on the training set, whose speakers people did not resolve:
//!
//! | | US politics, 84 articles | world news, 52 articles | training, 840 articles |
//! |---|---|---|---|
//! | quoted F1 | 97.4 | 97.8 | 97.1 |
//! | exact | 99.0 % | 100 % | 99.3 % |
//! | mention | 94.0 % | 96.4 % | 93.4 % |
//! | end-to-end F1 | 89.1 | 90.4 | not marked |
//! | indirect F1 | 58.4 | not marked | 55.2 |
//! | its sources | 91.2 % | | 90.5 % |
//!
//! The tables below are those of `dictum calibrate` ([`figures`]), which makes them anew from marked articles. By rule, on both
//! development sets together: stretches, right words for the speaker, right speaker, in per cent. A quote over several
//! stretches counts for the rule of its first; people marked as right some speakers whose words they marked elsewhere. The last
//! column is of the training set.
//!
//! | rule | stretches | mention | speaker | mention, training |
//! |---|---|---|---|---|
//! | tail-subject-verb | 468 | 97.9 | 93.2 | 97.7 |
//! | in-clause | 319 | 94.0 | 90.6 | 90.3 |
//! | tail-verb-subject | 170 | 94.7 | 97.6 | 97.7 |
//! | lead-comma | 75 | 94.7 | 96.0 | 93.5 |
//! | lead-colon | 55 | 87.3 | 85.5 | 91.6 |
//! | signature | 24 | 100.0 | 100.0 | 87.5 |
//! | label | 23 | 95.7 | 91.3 | 84.0 |
//! | lead-verb | 19 | 78.9 | 73.7 | 78.0 |
//! | clause-tail | 13 | 100.0 | 92.3 | 89.0 |
//! | clause-subject | 12 | 58.3 | 58.3 | 50.0 |
//! | previous-speaker | 11 | 72.7 | 63.6 | 81.4 |
//! | only-source | 10 | 100.0 | 100.0 | none |
//! | report-before | 7 | 85.7 | 85.7 | 82.1 |
//! | the others | 20 | 80.0 | 70.0 | 58.6 |
//!
//! By the words for the speaker, on the development sets:
//!
//! | words for the speaker | stretches | mention | speaker |
//! |---|---|---|---|
//! | name | 633 | 95.4 | 96.1 |
//! | pronoun | 293 | 95.2 | 90.1 |
//! | name in a longer phrase | 208 | 94.7 | 86.0 |
//! | nominal | 92 | 85.9 | 79.3 |
//!
//! By confidence, stretches that are nobody's words among them. What a rule is worth was counted on the training set, what the
//! way from words to a person is worth on the development sets; on the training set right means the right words.
//!
//! | confidence | stretches | right | training | right |
//! |---|---|---|---|---|
//! | 0.9 to 1 | 655 | 96.3 | 4656 | 97.9 |
//! | 0.8 to 0.9 | 378 | 92.9 | 2315 | 90.7 |
//! | 0.7 to 0.8 | 76 | 76.3 | 472 | 76.9 |
//! | 0.6 to 0.7 | 58 | 69.0 | 442 | 81.7 |
//! | 0.5 to 0.6 | 71 | 46.5 | 439 | 60.4 |
//! | below 0.5 | 45 | 22.2 | 400 | 20.8 |
//!
//! Speed: 52 MiB/s of news on one core without names (`cargo bench --bench quotes`), linear in the length of the text.

pub mod assemble;
pub mod capitals;
pub mod choice;
pub mod complement;
pub mod confidence;
pub mod figures;
pub mod given;
pub mod indirect;
pub mod marks;
pub mod nominals;
pub mod phrases;
pub mod reports;
pub mod salience;
pub mod sieve;
pub mod speakers;
pub mod speech;
pub mod transcript;
pub mod unreported;
pub mod verbs;
pub mod view;

use crate::annotate::entities::Entities;
use crate::annotate::text::Text;
use crate::annotation::{Mention, Quote, QuoteKind, Segment, Speaker, SpeakerKind};
use crate::article::Article;
use crate::lexicon::Lexicon;
use crate::lexicon::cues::Class;
use assemble::Draft;
use phrases::Phrase;
use salience::Resolved;
use view::View;

/// The quotes of one zone of an article, in order.
#[must_use]
pub fn find(lexicon: &Lexicon, article: &Article, entities: &Entities, text: &Text<'_>) -> Vec<Quote> {
    let view = View::new(text, &lexicon.cues).with_names(entities);
    // verbs and word order are those of English; what marks enclose is speech in every language
    let english = article.language.as_deref().is_none_or(|language| language == "en");
    let reports = if english { reports::reports(&view) } else { Vec::new() };
    let attributions = if english { sieve::attribute(&view, &reports) } else { sieve::by_marks(&view) };
    let drafts = assemble::drafts(&view, &reports, &attributions);
    let mut phrases: Vec<Phrase> = drafts.iter().filter_map(|d| d.mention.clone()).collect();
    // who speaks without being quoted is still who spoke last
    phrases.extend(reports.iter().filter(|r| r.verb.behaviour.quotes && r.verb.strength >= 1.5 && !r.passive).map(|r| r.subject.clone()));
    let mut resolved = speakers::resolve(&view, &lexicon.names, entities, &phrases).into_iter();
    drafts
        .into_iter()
        .map(|draft| {
            let who = draft.mention.as_ref().and_then(|_| resolved.next()).unwrap_or_default();
            let who = match &draft.mention {
                Some(label) if draft.rule == transcript::QUESTION => nominals::unnamed(&view, label),
                _ => who,
            };
            quote(&view, article, entities, draft, who)
        })
        .collect()
}

/// A draft with its speaker, as a quote.
fn quote(view: &View<'_>, article: &Article, entities: &Entities, draft: Draft, who: Resolved) -> Quote {
    let text = view.text;
    let confidence = confidence::of(&draft, &who);
    let author = (who.kind == SpeakerKind::Author).then(|| article.authors.first().cloned()).flatten();
    let name = who.entity.map(|e| entities.entities[e].name.clone()).or(who.name).or(author);
    Quote {
        text: words(view, &draft),
        kind: draft.kind,
        segments: draft.segments.iter().map(|s| Segment { span: text.span(s.clone()), zone: text.zone }).collect(),
        speaker: Speaker { name, kind: who.kind, mention: draft.mention.as_ref().map(|m| mention(view, &relative_alone(view, m))) },
        cue: draft.cue.map(|c| mention(view, &Phrase { tokens: c })),
        rule: draft.rule.into(),
        confidence,
    }
}

/// The words of a quote. The comma before a gap is the attribution's: where a sentence ends in the gap it stands for a full
/// stop, elsewhere for nothing.
fn words(view: &View<'_>, draft: &Draft) -> String {
    let mut words = String::new();
    for (k, piece) in draft.words.iter().enumerate() {
        let letters = view.text.span(piece.clone()).of(view.text.text);
        let Some(next) = draft.words.get(k + 1).filter(|_| draft.kind == QuoteKind::Direct) else {
            words.push_str(letters);
            words.push_str(if k + 1 < draft.words.len() { " " } else { "" });
            continue;
        };
        let gap = draft.segments[k].end..draft.segments[k + 1].start.min(next.start);
        words.push_str(if gap.is_empty() { letters } else { letters.strip_suffix(',').unwrap_or(letters) });
        let stops = gap.clone().next_back().is_some_and(|i| matches!(view.word(i), "." | ":"));
        words.push_str(if stops && letters.ends_with(',') { ". " } else { " " });
    }
    words
}

/// Of "the envoy, who" the pronoun alone: it is what names the speaker, as "he" would.
fn relative_alone(view: &View<'_>, phrase: &Phrase) -> Phrase {
    let last = phrase.tokens.end - 1;
    let relative = phrase.tokens.len() > 1 && view.is(last, Class::RELATIVE) && !view.capital(last);
    Phrase { tokens: if relative { last..last + 1 } else { phrase.tokens.clone() } }
}

fn mention(view: &View<'_>, phrase: &Phrase) -> Mention {
    let span = view.text.span(phrase.tokens.clone());
    Mention { span, text: span.of(view.text.text).to_owned(), zone: view.text.zone }
}

#[cfg(test)]
mod tests;
