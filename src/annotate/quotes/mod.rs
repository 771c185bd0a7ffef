//! Quotes with their speakers.

pub mod assemble;
pub mod confidence;
pub mod indirect;
pub mod marks;
pub mod phrases;
pub mod reports;
pub mod sieve;
pub mod speakers;
pub mod speech;
pub mod transcript;
pub mod view;

use crate::annotate::entities::Entities;
use crate::annotate::text::Text;
use crate::annotation::{Mention, Quote, Segment, Speaker, SpeakerKind};
use crate::article::Article;
use crate::lexicon::cues::Cues;
use assemble::Draft;
use phrases::Phrase;
use speakers::Resolved;
use view::View;

/// The quotes of one zone of an article, in order.
#[must_use]
pub fn find(cues: &Cues, article: &Article, entities: &Entities, text: &Text<'_>) -> Vec<Quote> {
    let view = View::new(text, cues);
    let reports = reports::reports(&view);
    let attributions = sieve::attribute(&view, &reports);
    let drafts = assemble::drafts(&view, &reports, &attributions);
    let mut phrases: Vec<Phrase> = drafts.iter().filter_map(|d| d.mention.clone()).collect();
    // who speaks without being quoted is still who spoke last
    phrases.extend(reports.iter().filter(|r| r.verb.behaviour.quotes && r.verb.strength >= 1.5 && !r.passive).map(|r| r.subject.clone()));
    let mut resolved = speakers::resolve(&view, entities, &phrases).into_iter();
    drafts
        .into_iter()
        .map(|draft| {
            let who = draft.mention.as_ref().and_then(|_| resolved.next()).unwrap_or_default();
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
    let words: Vec<&str> = draft.words.iter().map(|w| text.span(w.clone()).of(text.text)).collect();
    Quote {
        text: words.join(" "),
        kind: draft.kind,
        segments: draft.segments.iter().map(|s| Segment { span: text.span(s.clone()), zone: text.zone }).collect(),
        speaker: Speaker { name, kind: who.kind, mention: draft.mention.as_ref().map(|m| mention(view, m)) },
        cue: draft.cue.map(|c| mention(view, &Phrase { tokens: c })),
        rule: draft.rule.into(),
        confidence,
    }
}

fn mention(view: &View<'_>, phrase: &Phrase) -> Mention {
    let span = view.text.span(phrase.tokens.clone());
    Mention { span, text: span.of(view.text.text).to_owned(), zone: view.text.zone }
}

#[cfg(test)]
mod tests;
