//! Finds the names of people, organizations, places and other things in a text.

mod evidence;
mod features;
mod tagger;
pub mod train;

use std::ops::Range;

use crate::annotate::text::Text;
use crate::lexicon::Lexicon;
use crate::span::Span;
use evidence::Evidence;
use features::View;

/// What kind of thing a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A person: "Maria Lopez".
    Person,
    /// An organization: "Ministry of Health".
    Organization,
    /// A place: "Lake Victoria".
    Location,
    /// Any other name: "Russian", "World Cup".
    Misc,
}

/// A name found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its tokens, never empty.
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: Kind,
    /// Its bytes, where it is only a part of its tokens: "Lyon" of "Lyon-based".
    pub part: Option<Span>,
}

impl Name {
    /// A name of whole tokens.
    #[must_use]
    pub fn new(tokens: Range<usize>, kind: Kind) -> Self {
        Self { tokens, kind, part: None }
    }

    /// Its bytes in `text`.
    #[must_use]
    pub fn span(&self, text: &Text<'_>) -> Span {
        self.part.unwrap_or_else(|| text.span(self.tokens.clone()))
    }
}

/// The names of each of `texts`, which are the zones of one article, in order and never overlapping.
#[must_use]
pub fn find(lexicon: &Lexicon, texts: &[&Text<'_>]) -> Vec<Vec<Name>> {
    let views: Vec<View<'_>> = texts.iter().map(|text| View::new(&lexicon.names, text)).collect();
    let evidence = Evidence::new(&views);
    views.iter().map(|view| tagger::find(&lexicon.name_model, view, &evidence)).collect()
}
