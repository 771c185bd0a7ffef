//! From the words that name a speaker to who it is: names, pronouns, nominals, organizations, sources without a name.

use rustc_hash::FxHashMap;

use super::nominals::{nominal, organization, unnamed};
use super::phrases::Phrase;
use super::transcript::is_question_or_answer;
use super::view::View;
use crate::annotate::entities::{Entities, Gender, Kind, NamedEntity};
use crate::annotate::text::TokenKind;
use crate::annotation::SpeakerKind;
use crate::lexicon::cues::Class;

/// Who stands behind a mention.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// A person, an organization, nobody with a name.
    pub kind: SpeakerKind,
    /// The place in [`Entities::entities`].
    pub entity: Option<usize>,
    /// The name, where no entity carries it.
    pub name: Option<String>,
    /// How it was found.
    pub rule: Resolution,
}

/// The ways from a mention to who it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resolution {
    /// It is a name.
    Name,
    /// A name that no list knows, taken as it stands.
    Capitals,
    /// "he": the most salient person it can be.
    Pronoun,
    /// "the senator": the person of that role.
    Role,
    /// "the 43-year-old": the most salient person.
    Nominal,
    /// "her statement": whose it is.
    Owner,
    /// "it", "the company": the most salient organization.
    Organization,
    /// "a senior official"
    Unnamed,
    /// "they": those who spoke together last.
    Several,
    /// "I", outside of quotation marks
    Author,
    /// Not known.
    #[default]
    Unknown,
}

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
/// How much more the one who spoke last is likely to speak again.
const SPOKE_LAST: f32 = 1.5;
/// How much a person of unknown sex fits "he" or "she".
const UNKNOWN_SEX: f32 = 0.85;
/// What remains after a sentence.
const DECAY: f32 = 0.55;

/// Who is talked about most at some point of the text.
#[derive(Debug)]
pub(super) struct Salience {
    /// For each entity: how much, and at which sentence.
    pub(super) values: Vec<(f32, usize)>,
    /// The entities spoken of of late, the last one at the end; no more than [`REMEMBERED`].
    pub(super) recent: Vec<usize>,
    /// The last person that spoke, and in which sentence.
    person: Option<(usize, usize)>,
    /// The last organization that spoke, and in which sentence.
    pub(super) organization: Option<(Resolved, usize)>,
    /// Several who spoke last together, or a group, and in which sentence: whom "they" takes up.
    several: Option<(Resolved, usize)>,
    /// The person named most often in the whole article.
    most_named: Option<usize>,
}

/// How many entities are kept in mind at once: more than any article needs, and few enough that one of a million names is read
/// in time linear in its length.
pub(super) const REMEMBERED: usize = 64;

/// Up to so many sentences back "it" and "the company" point to the organization that spoke last.
pub(super) const RECENT: usize = 4;

impl Salience {
    pub(super) fn of(&self, entity: usize, sentence: usize) -> f32 {
        let (value, at) = self.values[entity];
        let passed = i32::try_from(sentence.saturating_sub(at)).unwrap_or(i32::MAX).min(40);
        value * DECAY.powi(passed)
    }

    fn add(&mut self, entity: usize, sentence: usize, weight: f32) {
        self.values[entity] = (self.of(entity, sentence) + weight, sentence);
        if let Some(at) = self.recent.iter().rposition(|&e| e == entity) {
            self.recent.remove(at);
        } else if self.recent.len() == REMEMBERED {
            self.recent.remove(0);
        }
        self.recent.push(entity);
    }
}

/// Resolves each of `phrases` (in any order) in one pass over the text.
#[must_use]
pub fn resolve(view: &View<'_>, entities: &Entities, phrases: &[Phrase]) -> Vec<Resolved> {
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
    let mut salience = Salience {
        values: vec![(0.0, 0); entities.entities.len()],
        recent: Vec::new(),
        person: None,
        organization: None,
        several: None,
        most_named: most_named(entities),
    };
    let mut mentions = entities.of_zone(zone).iter().peekable();
    for (sentence, frame) in view.frames.iter().enumerate() {
        let mut first = true;
        let mut speaker_ends = frame.start;
        for i in frame.clone() {
            let quoted = view.quoted(i);
            if let Some(&d) = at.get(&i) {
                let found = resolve_one(view, entities, &salience, sentence, distinct[d]);
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

pub(super) fn pronoun_gender(word: &str) -> Option<Gender> {
    let word = word.split(['\'', '’']).next().unwrap_or(word);
    match word.to_ascii_lowercase().as_str() {
        "he" | "him" | "his" | "himself" => Some(Gender::Male),
        "she" | "her" | "hers" | "herself" => Some(Gender::Female),
        _ => None,
    }
}

/// The person talked about most whom `gender` and `role` fit.
pub(super) fn most_salient(
    entities: &Entities,
    salience: &Salience,
    sentence: usize,
    gender: Option<Gender>,
    role: Option<&dyn Fn(&NamedEntity) -> bool>,
) -> Option<usize> {
    let mut best: Option<(f32, usize)> = None;
    for &e in &salience.recent {
        let entity = &entities.entities[e];
        if entity.kind != Kind::Person || entity.plural || role.is_some_and(|fits| !fits(entity)) {
            continue;
        }
        let fit = match (gender, entity.gender) {
            (Some(want), Some(is)) if want != is => continue,
            (Some(_), None) => UNKNOWN_SEX,
            _ => 1.0,
        };
        let last = salience.person.is_some_and(|(p, at)| p == e && sentence - at <= RECENT);
        let value = salience.of(e, sentence) * fit * if last { SPOKE_LAST } else { 1.0 };
        if value > 0.0 && best.is_none_or(|(b, _)| value > b) {
            best = Some((value, e));
        }
    }
    best.map(|(_, e)| e)
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

/// The person named most often; of several the first.
fn most_named(entities: &Entities) -> Option<usize> {
    let people = entities.entities.iter().enumerate().filter(|(_, e)| e.kind == Kind::Person && !e.mentions.is_empty());
    people.max_by_key(|(at, e)| (e.mentions.len(), std::cmp::Reverse(*at))).map(|(at, _)| at)
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

fn resolve_one(view: &View<'_>, entities: &Entities, salience: &Salience, sentence: usize, phrase: &Phrase) -> Resolved {
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
    nominal(view, entities, salience, sentence, phrase)
}

pub(super) fn person(entity: Option<usize>, rule: Resolution) -> Resolved {
    match entity {
        Some(_) => Resolved { kind: SpeakerKind::Person, entity, name: None, rule },
        None => Resolved::default(),
    }
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
            let possessive = end < view.text.tokens.len() && view.text.tokens[end].kind == TokenKind::Clitic;
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
