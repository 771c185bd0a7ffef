//! Finds the names of people, organizations, places and other things in a text.

mod evidence;
mod features;
mod tagger;
pub mod train;

use std::ops::Range;

use crate::annotate::text::Text;
use crate::lexicon::Lexicon;
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
}

/// The names of each of `texts`, which are the zones of one article, in order and never overlapping.
#[must_use]
pub fn find(lexicon: &Lexicon, texts: &[&Text<'_>]) -> Vec<Vec<Name>> {
    let views: Vec<View<'_>> = texts.iter().map(|text| View::new(&lexicon.names, text)).collect();
    let evidence = Evidence::new(&views);
    views.iter().map(|view| tagger::find(&lexicon.name_model, view, &evidence)).collect()
}
