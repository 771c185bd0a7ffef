//! Words with capitals that no name finder took for a name: who they stand for, if for anybody.

use std::ops::Range;

use super::phrases::Phrase;
use super::salience::{Resolution, Resolved};
use super::view::View;
use crate::annotate::entities::{Entities, Kind, NamedEntity};
use crate::annotation::SpeakerKind;
use crate::lexicon::cues::Class;
use crate::lexicon::name_lists::{NameLists, WordFlags};

/// Who "Zorb Capital Inc.", "Zorb-based Ferrolux", "GOVERNOR JANE ROE", "Regulators" and "You" stand for.
///
/// Of such words hardly any name a person, and so only those do that look like it: behind a title, with a known first name
/// before others, or a known surname alone within a sentence or as a label.
pub(super) fn resolve(view: &View<'_>, lists: &NameLists, entities: &Entities, phrase: &Phrase) -> Resolved {
    let end = phrase.tokens.end;
    let mut start = phrase.tokens.start;
    let mut titled = false;
    while start + 1 < end && view.is(start, Class::TITLE.or(Class::DETERMINER)) {
        titled |= view.is(start, Class::TITLE);
        start += 1;
    }
    // "Tollford-based Ferrolux": who it is stands behind the place
    let based = (start..end).rev().find(|&i| view.word(i).ends_with("-based") || view.word(i) == "based").filter(|&i| i + 1 < end);
    let start = based.map_or(start, |i| i + 1);
    let name = view.text.span(start..end).of(view.text.text).to_owned();
    if let Some((entity, kind)) = known(entities, &name) {
        let kind = if kind == Kind::Person { SpeakerKind::Person } else { SpeakerKind::Organization };
        return Resolved { kind, entity: Some(entity), name: None, rule: Resolution::Name };
    }
    let flags = |i: usize| lists.flags(&as_name(view.word(i)));
    let firm = WordFlags::ORGANIZATION_SUFFIX.and(WordFlags::ORGANIZATION_HEAD);
    let titlecase: Vec<String> = (start..end).map(|i| as_name(view.word(i))).collect();
    let well_known = lists.is_well_known_organization(&name) || lists.is_well_known_organization(&titlecase.join(" "));
    if based.is_some() || well_known || (start..end).any(|i| i > start && flags(i).has(firm)) {
        return Resolved { kind: SpeakerKind::Organization, entity: None, name: Some(name), rule: Resolution::Organization };
    }
    if names_nobody(view, lists, start..end) {
        return Resolved::default();
    }
    let person = if end - start == 1 {
        let (family, first) = (flags(start).has(WordFlags::SURNAME), flags(start).has(WordFlags::FIRST_NAME));
        let inside = start > view.frame_of(start).start || is_label(view, end);
        titled || (family || first) && inside && !view.is(start, Class::VERB)
    } else {
        let clean = (start..end).all(|i| !flags(i).has(WordFlags::NO_NAME.and(WordFlags::LOCATION_HEAD)));
        clean && (titled || flags(start).has(WordFlags::FIRST_NAME))
    };
    if person {
        return Resolved { kind: SpeakerKind::Person, entity: None, name: Some(name), rule: Resolution::Capitals };
    }
    Resolved { kind: SpeakerKind::Unnamed, entity: None, name: Some(name), rule: Resolution::Unnamed }
}

/// Whether the words are none that stand for somebody: pronouns, days, adverbs, "Nobody", "Shortly thereafter".
pub(super) fn names_nobody(view: &View<'_>, lists: &NameLists, tokens: Range<usize>) -> bool {
    let mut tokens = tokens.filter(|&i| view.word(i).chars().any(char::is_alphanumeric));
    tokens.all(|i| {
        let word = view.word(i);
        let small = word.to_ascii_lowercase();
        let name = lists.flags(word).has(WordFlags::FIRST_NAME.and(WordFlags::SURNAME));
        if view.time(i) || view.is(i, Class::SUBJECT) || is_indefinite(word) {
            return true;
        }
        // "Read said", within a sentence
        if name && i > view.frame_of(i).start {
            return false;
        }
        let listed = view.capital(i)
            && (lists.is_no_name(word)
                || word.len() > 3 && lists.is_no_name(&as_name(word))
                || small.split(['\'', '’']).next().is_some_and(|s| s.len() < small.len() && lists.is_no_name(&as_name(s))));
        let adverb = view.adverb(i) || small.ends_with("ly") && small.len() > 4 && !name;
        listed || adverb || matches!(small.as_str(), "nothing" | "everything" | "thereafter" | "afterwards")
    })
}

/// Whether the word is one that stands for no one in particular, whatever a name finder took it for: "Nobody".
pub(super) fn is_indefinite(word: &str) -> bool {
    let words = ["nobody", "none", "everybody", "everyone", "anybody", "anyone", "somebody", "someone"];
    words.iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// Whether a colon stands behind: "ROE:".
fn is_label(view: &View<'_>, end: usize) -> bool {
    end < view.text.tokens.len() && view.mark(end, &[":"])
}

/// The person or the organization of exactly this name.
fn known(entities: &Entities, name: &str) -> Option<(usize, Kind)> {
    let is = |e: &NamedEntity| {
        matches!(e.kind, Kind::Person | Kind::Organization) && (e.name.eq_ignore_ascii_case(name) || e.aliases.iter().any(|a| a == name))
    };
    let found = entities.entities.iter().take(LOOKED_AT).position(is)?;
    Some((found, entities.entities[found].kind))
}

/// No more entities are looked through for a name: an article of a million names is read in time linear in its length.
const LOOKED_AT: usize = 256;

/// A word in capitals as a name is written: "ROE" as "Roe".
fn as_name(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect()).unwrap_or_default()
}
