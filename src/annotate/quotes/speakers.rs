//! From the words that name a speaker to who it is: names, pronouns, nominals, organizations, sources without a name.

use rustc_hash::FxHashMap;

use super::phrases::Phrase;
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
struct Salience {
    /// For each entity: how much, and at which sentence.
    values: Vec<(f32, usize)>,
    /// The entities spoken of of late, the last one at the end; no more than [`REMEMBERED`].
    recent: Vec<usize>,
    /// The last person that spoke, and in which sentence.
    person: Option<(usize, usize)>,
    /// The last organization that spoke, and in which sentence.
    organization: Option<(Resolved, usize)>,
}

/// How many entities are kept in mind at once: more than any article needs, and few enough that one of a million names is read
/// in time linear in its length.
const REMEMBERED: usize = 64;

/// Up to so many sentences back "it" and "the company" point to the organization that spoke last.
const RECENT: usize = 4;

impl Salience {
    fn of(&self, entity: usize, sentence: usize) -> f32 {
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
    let mut salience = Salience { values: vec![(0.0, 0); entities.entities.len()], recent: Vec::new(), person: None, organization: None };
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
                let weight = if quoted {
                    0.0
                } else if i < speaker_ends || possessive {
                    POSSESSIVE
                } else if first {
                    FIRST
                } else {
                    MENTION
                };
                salience.add(m.entity, sentence, weight);
                first &= m.kind == Kind::Location || quoted;
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

fn pronoun_gender(word: &str) -> Option<Gender> {
    let word = word.split(['\'', '’']).next().unwrap_or(word);
    match word.to_ascii_lowercase().as_str() {
        "he" | "him" | "his" | "himself" => Some(Gender::Male),
        "she" | "her" | "hers" | "herself" => Some(Gender::Female),
        _ => None,
    }
}

/// The person talked about most whom `gender` and `role` fit.
fn most_salient(
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

fn resolve_one(view: &View<'_>, entities: &Entities, salience: &Salience, sentence: usize, phrase: &Phrase) -> Resolved {
    let (start, end) = (phrase.tokens.start, phrase.tokens.end);
    let first = view.word(start).split(['\'', '’']).next().unwrap_or("").to_ascii_lowercase();
    let pronoun = end - start == 1;
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
    }
    if let Some((entity, kind)) = head_name(view, entities, phrase) {
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

fn person(entity: Option<usize>, rule: Resolution) -> Resolved {
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
fn head_name(view: &View<'_>, entities: &Entities, phrase: &Phrase) -> Option<(usize, Kind)> {
    let zone = view.text.zone;
    let mut i = phrase.tokens.start;
    let mut led = false; // by a preposition, with nothing between
    let mut head: Option<(usize, Kind)> = None;
    // "Roe and Doe, who said": the nearer
    let relative = view.is(phrase.tokens.end - 1, Class::RELATIVE);
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

/// "the senator", "a senior official", "the ministry", "residents".
fn nominal(view: &View<'_>, entities: &Entities, salience: &Salience, sentence: usize, phrase: &Phrase) -> Resolved {
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
        if definite && !all_capitals {
            let found = organization(entities, salience, sentence, Some(&word));
            if found.entity.is_some() {
                return found;
            }
        }
        return Resolved { kind: SpeakerKind::Organization, entity: None, name: Some(words(view, phrase)), rule: Resolution::Organization };
    }
    if class.is(Class::GROUP.or(Class::PLURAL)) {
        return unnamed(view, phrase);
    }
    if all_capitals && head_end == tokens.end && view.capital(head) && !class.is(Class::ROLE.or(Class::TITLE)) {
        let mut start = tokens.start;
        while start + 1 < tokens.end && (view.is(start, Class::TITLE.or(Class::DETERMINER))) {
            start += 1;
        }
        let name = words(view, &Phrase { tokens: start..tokens.end });
        return Resolved { kind: SpeakerKind::Person, entity: None, name: Some(name), rule: Resolution::Capitals };
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
    unnamed(view, phrase)
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

/// "Roe's statement", "its letter", "a State Department memo": whose it is, where that is said.
fn document(view: &View<'_>, entities: &Entities, salience: &Salience, sentence: usize, phrase: &Phrase, head: usize) -> Resolved {
    let start = phrase.tokens.start;
    let owner = (start..head).rev().find_map(|i| entities.at(view.text.zone, i)).filter(|m| m.kind != Kind::Location);
    if let Some(owner) = owner {
        let kind = if owner.kind == Kind::Person { SpeakerKind::Person } else { SpeakerKind::Organization };
        return Resolved { kind, entity: Some(owner.entity), name: None, rule: Resolution::Owner };
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
        word => match pronoun_gender(word) {
            Some(gender) => person(most_salient(entities, salience, sentence, Some(gender), None), Resolution::Owner),
            None => unnamed(view, phrase),
        },
    }
}

fn unnamed(view: &View<'_>, phrase: &Phrase) -> Resolved {
    Resolved { kind: SpeakerKind::Unnamed, entity: None, name: Some(words(view, phrase)), rule: Resolution::Unnamed }
}

fn words(view: &View<'_>, phrase: &Phrase) -> String {
    view.text.span(phrase.tokens.clone()).of(view.text.text).to_owned()
}

/// The organization that spoke last, or that is talked about most; one that has `noun` in its name, if any has.
fn organization(entities: &Entities, salience: &Salience, sentence: usize, noun: Option<&str>) -> Resolved {
    let named_so = |name: &str| noun.is_some_and(|n| name.to_lowercase().split_whitespace().any(|w| w == n));
    let any_named =
        salience.recent.iter().any(|&e| entities.entities[e].kind == Kind::Organization && named_so(&entities.entities[e].name));
    if let Some((last, at)) = salience.organization.as_ref().filter(|(_, at)| sentence - at <= RECENT) {
        let name = last.entity.map(|e| entities.entities[e].name.as_str()).or(last.name.as_deref()).unwrap_or("");
        if !any_named || named_so(name) || sentence == *at {
            return Resolved { rule: Resolution::Organization, ..last.clone() };
        }
    }
    let mut best: Option<(f32, usize)> = None;
    for &e in &salience.recent {
        let entity = &entities.entities[e];
        if entity.kind != Kind::Organization {
            continue;
        }
        let value = salience.of(e, sentence) * if named_so(&entity.name) { 4.0 } else { 1.0 };
        if value > 0.0 && best.is_none_or(|(b, _)| value > b) {
            best = Some((value, e));
        }
    }
    match best {
        Some((_, e)) => Resolved { kind: SpeakerKind::Organization, entity: Some(e), name: None, rule: Resolution::Organization },
        None => Resolved::default(),
    }
}
