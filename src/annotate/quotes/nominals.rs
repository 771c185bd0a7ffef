//! Nominals: from "the senator", "a senior official", "the ministry" and "the report" to who speaks.

use super::capitals;
use super::phrases::Phrase;
use super::salience::{RECENT, REMEMBERED, Resolution, Resolved, Salience, most_salient, person, pronoun_gender};
use super::view::View;
use crate::annotate::entities::{Entities, Gender, Kind, NamedEntity};
use crate::annotate::text::TokenKind;
use crate::annotation::SpeakerKind;
use crate::lexicon::cues::Class;
use crate::lexicon::name_lists::NameLists;

/// "the senator", "a senior official", "the ministry", "residents".
pub(super) fn nominal(
    view: &View<'_>,
    lists: &NameLists,
    entities: &Entities,
    salience: &Salience,
    sentence: usize,
    phrase: &Phrase,
) -> Resolved {
    let tokens = phrase.tokens.clone();
    // the head: the last word before a preposition
    let head_end = (tokens.start + 1..tokens.end).find(|&i| view.is(i, Class::PREPOSITION) && !view.capital(i)).unwrap_or(tokens.end);
    let head = head_end - 1;
    let word = view.word(head).to_lowercase();
    let word = word.rsplit('-').next().filter(|w| !w.is_empty()).unwrap_or(&word).to_owned();
    let class = view.words[head].class.or(view.cues.word(&word).class);
    let opening = view.word(tokens.start);
    let owned = (tokens.start..head_end).any(|i| view.text.tokens[i].kind == TokenKind::Clitic);
    let definite =
        opening.eq_ignore_ascii_case("the") || opening.eq_ignore_ascii_case("this") || view.is(tokens.start, Class::POSSESSIVE) || owned;
    let all_capitals = (tokens.start..head_end).all(|i| view.capital(i) || view.word(i).eq_ignore_ascii_case("the"));
    if class.is(Class::DOCUMENT) && !all_capitals {
        return document(view, entities, salience, sentence, phrase, head);
    }
    if class.is(Class::ORGANIZATION) && !class.is(Class::ROLE) {
        // "the Vogt campaign", "the government of Westmark" name themselves, and "the government" needs nobody to introduce it
        let named = tokens.clone().any(|i| entities.at(view.text.zone, i).is_some());
        let known = class.is(Class::INSTITUTION) && !named_so(entities, salience, &word);
        if definite && !all_capitals && !named && !known {
            let found = organization(entities, salience, sentence, Some(&word));
            if found.entity.is_some() || found.name.is_some() {
                return found;
            }
        }
        return Resolved { kind: SpeakerKind::Organization, entity: None, name: Some(words(view, phrase)), rule: Resolution::Organization };
    }
    if class.is(Class::GROUP.or(Class::PLURAL)) {
        return unnamed(view, phrase);
    }
    if all_capitals && head_end == tokens.end && view.capital(head) && !class.is(Class::ROLE.or(Class::TITLE)) {
        return capitals::resolve(view, lists, entities, phrase);
    }
    let gender = if class.is(Class::FEMALE) {
        Some(Gender::Female)
    } else if class.is(Class::MALE) {
        Some(Gender::Male)
    } else {
        None
    };
    if definite && head_end == tokens.end && class.is(Class::ROLE) && introduced_unnamed(view, entities, tokens.start, &word) {
        return unnamed(view, phrase);
    }
    if definite {
        let fits = |e: &NamedEntity| {
            let within = |words: &str| words.to_lowercase().split([' ', '-']).any(|w| w.trim_end_matches('.') == word);
            e.roles.iter().any(|r| within(r)) || class.is(Class::TITLE) && within(&e.name)
        };
        if let Some(e) = most_salient(entities, salience, sentence, gender, Some(&fits)).or_else(|| named_later(entities, salience, &fits))
        {
            return person(Some(e), Resolution::Role);
        }
        let age = tokens.clone().any(|i| view.word(i).ends_with("year-old"));
        // "her lawyer", "Roe's lawyer" is somebody else
        let other = owned || view.is(tokens.start, Class::POSSESSIVE);
        if (class.is(Class::ROLE) && head_end == tokens.end || age) && !other {
            let found = most_salient(entities, salience, sentence, gender, None);
            return person(found, Resolution::Nominal);
        }
    }
    let indefinite = matches!(opening.to_ascii_lowercase().as_str(), "a" | "an");
    if indefinite
        && class.is(Class::ROLE)
        && let Some(e) = named_soon(view, entities, salience, &tokens, &word)
    {
        return person(Some(e), Resolution::Role);
    }
    unnamed(view, phrase)
}

/// Who is brought in without a name and named in the next sentences: "A judge said … Judge Karl Brandt sentenced". The one
/// person of that role, first named within [`REACH`] tokens behind.
fn named_soon(view: &View<'_>, entities: &Entities, salience: &Salience, tokens: &std::ops::Range<usize>, noun: &str) -> Option<usize> {
    let fits = |e: &NamedEntity| e.roles.iter().any(|role| role.to_lowercase().split([' ', '-']).any(|w| w == noun));
    let mut of_role = (0..entities.entities.len().min(4 * REMEMBERED))
        .filter(|&e| entities.entities[e].kind == Kind::Person && fits(&entities.entities[e]));
    let (found, another) = (of_role.next()?, of_role.next());
    let first = entities.entities[found].mentions.iter().map(|&m| &entities.mentions[m]).find(|m| m.zone == view.text.zone)?;
    let soon = first.tokens.start >= tokens.end && first.tokens.start < tokens.end + REACH;
    (another.is_none() && soon && salience.values[found].0 == 0.0).then_some(found)
}

/// How many tokens back a source may have been brought in that a nominal takes up.
const REACH: usize = 120;

/// Whether "the official" takes up "a senior official": the nearest `noun` before token `start` stands behind an article,
/// where a clause or a report begins (no apposition, "Marek, an official"; no predicate, "is an official"), and without a name.
fn introduced_unnamed(view: &View<'_>, entities: &Entities, start: usize, noun: &str) -> bool {
    let word = |i: usize| view.word(i).to_ascii_lowercase();
    let nearest = (start.saturating_sub(REACH)..start).rev().find(|&i| !view.quoted(i) && word(i) == noun);
    let Some(head) = nearest else { return false };
    let mut before = (head.saturating_sub(5)..head).rev().take_while(|&i| view.text.tokens[i].kind == TokenKind::Word);
    let Some(article) = before.find(|&i| matches!(word(i).as_str(), "a" | "an" | "another")) else { return false };
    let frame = view.frame_of(article);
    let begins = article == frame.start
        || view.cue(article - 1).is_some()
        || article >= frame.start + 2 && word(article - 1) == "to" && word(article - 2) == "according"
        || view.mark(article - 1, &[","]) && (head + 1..frame.end.min(head + 8)).any(|i| view.cue(i).is_some_and(|_| view.finite(i)));
    let named = |i: usize| entities.at(view.text.zone, i).is_some_and(|m| m.kind == Kind::Person);
    let apposition = article >= frame.start + 2 && view.mark(article - 1, &[","]) && named(article - 2);
    let after = if view.mark(head + 1, &[","]) { head + 2 } else { head + 1 };
    begins && !apposition && !named(after)
}

/// The one person of a role who is named only later: "the company's chief executive" of a first sentence.
fn named_later(entities: &Entities, salience: &Salience, fits: &dyn Fn(&NamedEntity) -> bool) -> Option<usize> {
    let mut of_role = (0..entities.entities.len().min(4 * REMEMBERED))
        .filter(|&e| entities.entities[e].kind == Kind::Person && fits(&entities.entities[e]));
    let found = of_role.next()?;
    (of_role.next().is_none() && salience.values[found].0 == 0.0).then_some(found)
}

/// "Roe's statement", "its letter", "a State Department memo", "the report by Roe": whose it is, where that is said there or
/// where the document was brought in.
fn document(view: &View<'_>, entities: &Entities, salience: &Salience, sentence: usize, phrase: &Phrase, head: usize) -> Resolved {
    let start = phrase.tokens.start;
    let owned_by = |entity: usize, kind: Kind| {
        let kind = if kind == Kind::Person { SpeakerKind::Person } else { SpeakerKind::Organization };
        Resolved { kind, entity: Some(entity), name: None, rule: Resolution::Owner }
    };
    let owner = (start..head).rev().find_map(|i| entities.at(view.text.zone, i)).filter(|m| m.kind != Kind::Location);
    if let Some(owner) = owner {
        return owned_by(owner.entity, owner.kind);
    }
    if let Some(author) = author_behind(view, entities, head) {
        return owned_by(author.0, author.1);
    }
    match view.word(start).to_ascii_lowercase().as_str() {
        "its" | "their" => {
            let found = organization(entities, salience, sentence, None);
            if found.entity.is_some() || found.name.is_some() {
                Resolved { rule: Resolution::Owner, ..found }
            } else {
                unnamed(view, phrase)
            }
        }
        "the" | "this" | "that" => match introduced(view, entities, start, &view.word(head).to_lowercase()) {
            Some((entity, kind)) => owned_by(entity, kind),
            None => unnamed(view, phrase),
        },
        word => match pronoun_gender(word) {
            Some(gender) => person(most_salient(entities, salience, sentence, Some(gender), None), Resolution::Owner),
            None => unnamed(view, phrase),
        },
    }
}

/// Who wrote the document at `head`, where "by" or "from" says so.
fn author_behind(view: &View<'_>, entities: &Entities, head: usize) -> Option<(usize, Kind)> {
    let by = head + 1;
    if by + 1 >= view.text.tokens.len() || view.quoted(by) || !matches!(view.word(by), "by" | "from") {
        return None;
    }
    let behind = (by + 1..view.frame_of(by).end.min(by + 6)).find_map(|i| entities.at(view.text.zone, i))?;
    (behind.kind != Kind::Location).then_some((behind.entity, behind.kind))
}

/// Whose document "the report" at token `start` is: the nearest `noun` before it has an owner or an author, or stands in a
/// sentence about somebody who made it: "the agency's report", "a report by the agency", "the agency said in a report".
fn introduced(view: &View<'_>, entities: &Entities, start: usize, noun: &str) -> Option<(usize, Kind)> {
    let zone = view.text.zone;
    let before = (start.saturating_sub(2 * REACH)..start).rev().filter(|&i| !view.quoted(i) && view.word(i).eq_ignore_ascii_case(noun));
    for at in before.take(3) {
        let frame = view.frame_of(at);
        // "the agency's report", "an agency report"; a person's only with the apostrophe
        let near = (frame.start.max(at.saturating_sub(3))..at).rev().find_map(|i| entities.at(zone, i));
        if let Some(m) = near.filter(|m| m.kind == Kind::Organization || m.kind == Kind::Person) {
            let possessive = view.text.tokens[m.tokens.end].kind == TokenKind::Clitic;
            if possessive || m.kind == Kind::Organization && m.tokens.end == at {
                return Some((m.entity, m.kind));
            }
        }
        if let Some(author) = author_behind(view, entities, at) {
            return Some(author);
        }
        // "the agency issued a report"
        let article = (frame.start.max(at.saturating_sub(4))..at).rev().find(|&i| view.is(i, Class::DETERMINER.or(Class::POSSESSIVE)));
        let made = article.filter(|&i| matches!(view.word(i).to_ascii_lowercase().as_str(), "a" | "an" | "its" | "his" | "her" | "their"));
        if let Some(article) = made {
            let subject = (frame.start..article.min(frame.start + 2 * REACH)).find_map(|i| entities.at(zone, i));
            if let Some(m) = subject.filter(|m| m.kind != Kind::Location && m.kind != Kind::Misc) {
                return Some((m.entity, m.kind));
            }
        }
    }
    None
}

pub(super) fn unnamed(view: &View<'_>, phrase: &Phrase) -> Resolved {
    Resolved { kind: SpeakerKind::Unnamed, entity: None, name: Some(words(view, phrase)), rule: Resolution::Unnamed }
}

fn words(view: &View<'_>, phrase: &Phrase) -> String {
    view.text.span(phrase.tokens.clone()).of(view.text.text).to_owned()
}

/// Whether an organization that is talked about has `noun` in its name.
fn named_so(entities: &Entities, salience: &Salience, noun: &str) -> bool {
    salience.recent.iter().any(|&e| entities.entities[e].kind == Kind::Organization && has_word(&entities.entities[e].name, noun))
}

fn has_word(name: &str, noun: &str) -> bool {
    name.to_lowercase().split_whitespace().any(|w| w == noun)
}

/// The organization that spoke last, or that is talked about most; one that has `noun` in its name, if any has.
pub(super) fn organization(entities: &Entities, salience: &Salience, sentence: usize, noun: Option<&str>) -> Resolved {
    let is_named_so = |name: &str| noun.is_some_and(|n| has_word(name, n));
    let any_named = noun.is_some_and(|n| named_so(entities, salience, n));
    if let Some((last, at)) = salience.organization.as_ref().filter(|(_, at)| sentence - at <= RECENT) {
        let name = last.entity.map(|e| entities.entities[e].name.as_str()).or(last.name.as_deref()).unwrap_or("");
        if !any_named || is_named_so(name) || sentence == *at {
            return Resolved { rule: Resolution::Organization, ..last.clone() };
        }
    }
    let mut best: Option<(f32, usize)> = None;
    for &e in &salience.recent {
        let entity = &entities.entities[e];
        if entity.kind != Kind::Organization {
            continue;
        }
        let value = salience.of(e, sentence) * if is_named_so(&entity.name) { 4.0 } else { 1.0 };
        if value > 0.0 && best.is_none_or(|(b, _)| value > b) {
            best = Some((value, e));
        }
    }
    match best {
        Some((_, e)) => Resolved { kind: SpeakerKind::Organization, entity: Some(e), name: None, rule: Resolution::Organization },
        None => Resolved::default(),
    }
}
