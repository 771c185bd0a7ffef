//! From the words that name a speaker to who it is: names, pronouns, nominals, organizations, sources without a name.

use rustc_hash::FxHashMap;

use super::capitals::{is_indefinite, names_nobody};
use super::nominals::{nominal, organization, unnamed};
use super::phrases::Phrase;
use super::salience::{RECENT, Resolution, Resolved, Salience, most_salient, person, pronoun_gender};
use super::transcript::is_question_or_answer;
use super::view::View;
use crate::annotate::entities::{Entities, Kind};
use crate::annotate::text::TokenKind;
use crate::annotation::SpeakerKind;
use crate::lexicon::cues::Class;
use crate::lexicon::name_lists::NameLists;

/// How much a named mention counts that is the first in its sentence, most often its subject.
const FIRST: f32 = 3.0;
/// How much any other named mention counts.
const MENTION: f32 = 1.0;
/// How much "Clinton's" counts, and a name inside the words for a speaker that is not the speaker: "Clinton aide Jane Roe".
const POSSESSIVE: f32 = 0.4;
/// How much being a speaker counts.
const SPEAKER: f32 = 2.5;
/// How much a pronoun counts for whom it stands for, as the first of its sentence and elsewhere.
const PRONOUN: [f32; 2] = [1.9, 0.45];
/// Resolves each of `phrases` (in any order) in one pass over the text.
#[must_use]
pub fn resolve(view: &View<'_>, lists: &NameLists, entities: &Entities, phrases: &[Phrase]) -> Vec<Resolved> {
    let zone = view.text.zone;
    let mut at: FxHashMap<usize, usize> = FxHashMap::default(); // the token a phrase starts at, to its place in `distinct`
    let mut distinct: Vec<&Phrase> = Vec::new();
    for p in phrases {
        at.entry(p.tokens.start).or_insert_with(|| {
            distinct.push(p);
            distinct.len() - 1
        });
    }
    let mut resolved = vec![Resolved::default(); distinct.len()];
    let mut salience = Salience::new(entities);
    let mut mentions = entities.of_zone(zone).iter().peekable();
    for (sentence, frame) in view.frames.iter().enumerate() {
        let mut first = true;
        let mut speaker_ends = frame.start;
        for i in frame.clone() {
            let quoted = view.quoted(i);
            if let Some(&d) = at.get(&i) {
                let found = resolve_one(view, lists, entities, &salience, sentence, distinct[d]);
                if let Some(e) = found.entity {
                    salience.add(e, sentence, SPEAKER);
                }
                match found.kind {
                    SpeakerKind::Person => salience.person = found.entity.map(|e| (e, sentence)).or(salience.person),
                    SpeakerKind::Organization => salience.organization = Some((found.clone(), sentence)),
                    _ => {}
                }
                if several(view, distinct[d]) && (found.kind == SpeakerKind::Unnamed || found.entity.is_some()) {
                    salience.several = Some((found.clone(), sentence));
                }
                resolved[d] = found;
                first = false;
                speaker_ends = distinct[d].tokens.end;
            }
            while mentions.peek().is_some_and(|m| m.tokens.end <= i) {
                mentions.next();
            }
            if let Some(m) = mentions.peek().filter(|m| m.tokens.start == i) {
                let end = m.tokens.end;
                let possessive = end < frame.end && view.text.tokens[end].kind == TokenKind::Clitic;
                let led = led(view, frame.start, i);
                let weight = if quoted {
                    0.0
                } else if i < speaker_ends || possessive {
                    POSSESSIVE
                } else if first && !led {
                    FIRST
                } else {
                    MENTION
                };
                salience.add(m.entity, sentence, weight);
                let qualifies = m.kind != Kind::Person && end < frame.end && (view.capital(end) || view.is(end, Class::ROLE));
                first &= m.kind == Kind::Location || quoted || qualifies || led;
            } else if !quoted
                && i >= speaker_ends
                && let Some(gender) = pronoun_gender(view.word(i))
            {
                if let Some(e) = most_salient(entities, &salience, sentence, Some(gender), None) {
                    salience.add(e, sentence, PRONOUN[usize::from(!first)]);
                }
                first = false;
            }
        }
    }
    phrases.iter().map(|p| resolved[at[&p.tokens.start]].clone()).collect()
}

/// Whether a preposition leads the name at `i`, titles and the like between: "with Mayor Roe".
fn led(view: &View<'_>, start: usize, i: usize) -> bool {
    let mut k = i;
    while k > start && i - k < 4 && (view.capital(k - 1) || view.is(k - 1, Class::DETERMINER.or(Class::POSSESSIVE).or(Class::ROLE))) {
        if view.is(k - 1, Class::PREPOSITION) {
            break;
        }
        k -= 1;
    }
    k > start && view.is(k - 1, Class::PREPOSITION) && !view.is(k - 1, Class::SUBORDINATOR)
}

/// The words that a relative word at the end of the phrase takes up: "the envoy" of "the envoy, who".
fn antecedent(view: &View<'_>, phrase: &Phrase) -> Phrase {
    let mut end = phrase.tokens.end;
    while end > phrase.tokens.start + 1 && (view.is(end - 1, Class::RELATIVE) || view.mark(end - 1, &[","])) {
        end -= 1;
    }
    Phrase { tokens: phrase.tokens.start..end }
}

/// Who stands behind "Q" and "A": the author asks, and answers who is named most often.
fn interview(view: &View<'_>, salience: &Salience, start: usize) -> Resolved {
    if view.word(start).starts_with('Q') {
        return Resolved { kind: SpeakerKind::Author, rule: Resolution::Author, ..Resolved::default() };
    }
    person(salience.most_named, Resolution::Nominal)
}

/// Whether the words for a speaker are those of several: "Roe and Doe", "residents".
fn several(view: &View<'_>, phrase: &Phrase) -> bool {
    let mut tokens = phrase.tokens.clone();
    tokens.len() > 1 && tokens.any(|i| view.is(i, Class::COORDINATOR) && !view.capital(i))
        || view.is(phrase.tokens.end - 1, Class::GROUP) && !view.is(phrase.tokens.end - 1, Class::SUBJECT)
}

/// Whom "they" takes up: the several who spoke last, or the organization, whichever was later.
fn they(view: &View<'_>, salience: &Salience, sentence: usize, phrase: &Phrase) -> Resolved {
    let near = |found: &&(Resolved, usize)| sentence - found.1 <= RECENT;
    let several = salience.several.as_ref().filter(near);
    let organization = salience.organization.as_ref().filter(near);
    match (several, organization) {
        (Some(s), o) if o.is_none_or(|o| o.1 <= s.1) => Resolved { rule: Resolution::Several, ..s.0.clone() },
        (_, Some(o)) => Resolved { rule: Resolution::Organization, ..o.0.clone() },
        _ => unnamed(view, phrase),
    }
}

fn resolve_one(view: &View<'_>, lists: &NameLists, entities: &Entities, salience: &Salience, sentence: usize, phrase: &Phrase) -> Resolved {
    let relative = view.is(phrase.tokens.end - 1, Class::RELATIVE);
    let antecedent = antecedent(view, phrase);
    let phrase = &antecedent;
    let (start, end) = (phrase.tokens.start, phrase.tokens.end);
    let first = view.word(start).split(['\'', '’']).next().unwrap_or("").to_ascii_lowercase();
    let pronoun = end - start == 1;
    if pronoun && view.text.paragraphs.binary_search_by_key(&start, |p| p.start).is_ok() && is_question_or_answer(view.word(start)) {
        return interview(view, salience, start);
    }
    if pronoun && matches!(first.as_str(), "i" | "we" | "my" | "our") {
        return Resolved { kind: SpeakerKind::Author, rule: Resolution::Author, ..Resolved::default() };
    }
    if pronoun {
        if let Some(gender) = pronoun_gender(&first) {
            return person(most_salient(entities, salience, sentence, Some(gender), None), Resolution::Pronoun);
        }
        if matches!(first.as_str(), "it" | "which") {
            return organization(entities, salience, sentence, None);
        }
        if first == "they" {
            return they(view, salience, sentence, phrase);
        }
    }
    if pronoun && is_indefinite(&first) {
        return Resolved::default();
    }
    if let Some((entity, kind)) = head_name(view, entities, phrase, relative) {
        let last = end - 1;
        if kind != Kind::Person {
            // "the American", "Democrats", "Mexicans"
            let demonym = view.capital(last) && (view.word(last).ends_with("an") || view.word(last).ends_with("ese"));
            if demonym && end - start == 2 && first == "the" {
                return person(most_salient(entities, salience, sentence, None, None), Resolution::Nominal);
            }
            let people = view.is(last, Class::GROUP) || view.word(last).ends_with("ans") || view.word(last).ends_with("ists");
            if people && (end - start <= 2 || view.is(last, Class::GROUP)) {
                return unnamed(view, phrase);
            }
        }
        let entity = if kind == Kind::Person { of_surname(view, entities, salience, sentence, phrase, entity) } else { entity };
        let kind = if kind == Kind::Person { SpeakerKind::Person } else { SpeakerKind::Organization };
        return Resolved { kind, entity: Some(entity), name: None, rule: Resolution::Name };
    }
    if names_nobody(view, lists, phrase.tokens.clone()) {
        return Resolved::default();
    }
    nominal(view, lists, entities, salience, sentence, phrase)
}

/// Of several people of one surname, the bare surname names the one of them who spoke last.
fn of_surname(view: &View<'_>, entities: &Entities, salience: &Salience, sentence: usize, phrase: &Phrase, entity: usize) -> usize {
    if phrase.tokens.len() > 1 {
        return entity;
    }
    let surname = view.word(phrase.tokens.start);
    match salience.person {
        Some((last, at)) if sentence - at <= 2 * RECENT && entities.entities[last].name.split_whitespace().next_back() == Some(surname) => {
            last
        }
        _ => entity,
    }
}

/// The name that heads the phrase: "Clinton" in "Sen. Clinton" and "Secretary of State Clinton", none in "Clinton's aide"
/// and "an aide to Clinton".
///
/// Of several before a relative word the nearer: "Roe and Doe, who said".
fn head_name(view: &View<'_>, entities: &Entities, phrase: &Phrase, relative: bool) -> Option<(usize, Kind)> {
    let zone = view.text.zone;
    let mut i = phrase.tokens.start;
    let mut led = false; // by a preposition, with nothing between
    let mut head: Option<(usize, Kind)> = None;
    let mut past_preposition = false;
    while i < phrase.tokens.end {
        if let Some(m) = entities.at(zone, i) {
            let end = m.tokens.end.max(i + 1);
            let clitic = end < view.text.tokens.len() && view.text.tokens[end].kind == TokenKind::Clitic;
            // the name itself ends so: "Wendy's said"
            let possessive = clitic && end + 1 != phrase.tokens.end;
            let followed = end < phrase.tokens.end && !view.is(end, Class::PREPOSITION) && !view.mark(end, &["(", ","]);
            if !possessive && !led && (m.kind == Kind::Person || !followed && !past_preposition) {
                // a person's name wins over what stands before it: "White House spokesman Josh Earnest"
                if head.is_none_or(|(_, kind)| kind != Kind::Person || relative && m.kind == Kind::Person) {
                    head = Some((m.entity, m.kind));
                }
                if m.kind == Kind::Person && end < phrase.tokens.end && followed && !view.is(end, Class::COORDINATOR) {
                    // "the Trump campaign": the name only qualifies
                    head = None;
                }
            }
            led = false;
            i = end;
            continue;
        }
        if view.is(i, Class::PREPOSITION) && !view.capital(i) {
            if head.is_some() {
                break;
            }
            led = true;
            past_preposition = true;
        } else if !view.is(i, Class::DETERMINER.or(Class::POSSESSIVE).or(Class::TITLE)) {
            led = false;
        }
        i += 1;
    }
    head
}
