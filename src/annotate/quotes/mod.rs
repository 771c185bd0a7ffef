//! Quotes with their speakers.

pub mod marks;
pub mod phrases;
pub mod reports;
pub mod sieve;
pub mod speakers;
pub mod view;

use crate::annotate::entities::Entities;
use crate::annotate::text::Text;
use crate::annotation::{Mention, Quote, QuoteKind, Segment, Speaker};
use crate::lexicon::cues::Cues;
use phrases::Phrase;
use view::View;

/// The quotes of one zone, in order.
#[must_use]
pub fn find(cues: &Cues, entities: &Entities, text: &Text<'_>) -> Vec<Quote> {
    let view = View::new(text, cues);
    let reports = reports::reports(&view);
    let attributions = sieve::attribute(&view, &reports);
    let phrases: Vec<Phrase> = attributions.iter().filter_map(|a| a.mention.clone()).collect();
    let mut resolved = speakers::resolve(&view, entities, &phrases).into_iter();
    let mut quotes = Vec::new();
    for (stretch, attribution) in view.stretches.iter().zip(attributions) {
        let kind = if whole(&view, stretch) { QuoteKind::Direct } else { QuoteKind::Mixed };
        let span = text.span(stretch.tokens.clone());
        let who = attribution.mention.as_ref().and_then(|_| resolved.next()).unwrap_or_default();
        let name = who.entity.map(|e| entities.entities[e].name.clone()).or(who.name);
        quotes.push(Quote {
            text: text.span(stretch.inner.clone()).of(text.text).to_owned(),
            kind,
            segments: vec![Segment { span, zone: text.zone }],
            speaker: Speaker { name, kind: who.kind, mention: attribution.mention.as_ref().map(|m| mention(&view, m)) },
            cue: attribution.cue.clone().map(|c| mention(&view, &Phrase { tokens: c })),
            rule: attribution.rule.name().into(),
            confidence: 0.5,
        });
    }
    quotes
}

fn mention(view: &View<'_>, phrase: &Phrase) -> Mention {
    let span = view.text.span(phrase.tokens.clone());
    Mention { span, text: span.of(view.text.text).to_owned(), zone: view.text.zone }
}

/// Whether a stretch is a whole sentence, or begins as one.
fn whole(view: &View<'_>, stretch: &marks::Stretch) -> bool {
    view.capital(stretch.inner.start) && stretch.inner.len() > 2
}
