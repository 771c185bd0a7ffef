//! The named people, organizations and places of one article, and which words name which: what the finding of names
//! hands to the finding of speakers.

use std::ops::Range;

use crate::annotation::Zone;
use crate::span::Span;

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// A human being.
    Person,
    /// A company, a party, a newspaper, a ministry.
    Organization,
    /// A place.
    Location,
}

/// Whether "he" or "she" can stand for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// "she"
    Female,
    /// "he"
    Male,
}

/// One named mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedMention {
    /// The part of the article.
    pub zone: Zone,
    /// Its tokens in the [`Text`](super::text::Text) of that zone, without titles.
    pub tokens: Range<usize>,
    /// Its span in that zone.
    pub span: Span,
    /// What it names.
    pub kind: NameKind,
    /// Which one: an index into [`Entities::known`].
    pub entity: usize,
}

/// Words in which the article says what somebody is: "senator", "Republican nominee", "Sen.".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// The words, in lower case, without a determiner.
    pub text: String,
    /// The part of the article.
    pub zone: Zone,
    /// Where it says so.
    pub span: Span,
}

/// One person, organization or place of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownEntity {
    /// The fullest form that the article gives, without titles.
    pub name: String,
    /// What it is.
    pub kind: NameKind,
    /// Of a person, where titles, first name or pronouns tell.
    pub gender: Option<Gender>,
    /// What the article calls it.
    pub roles: Vec<Role>,
}

/// Everything named in one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entities {
    /// The named mentions of title and body, sorted by zone and span, never overlapping.
    pub mentions: Vec<NamedMention>,
    /// In order of first mention.
    pub known: Vec<KnownEntity>,
}
