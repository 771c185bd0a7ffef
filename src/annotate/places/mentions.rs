//! Corrects which names are taken for places, by what the gazetteer knows and by the patterns of news.
//!
//! The tagger judges words by their looks and their neighbours; here stand the few things that are surer than it:
//! datelines, a town before its state, a country's name, a known place after "in", a place named as such elsewhere in the
//! article. Each rule is a function of its own, in the order in which they run.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::doubts;
use crate::annotate::names::{Kind, Name};
use crate::annotate::text::{Text, TokenKind};
use crate::lexicon::Lexicon;
use crate::lexicon::gazetteer::{self, NameClass};
use crate::lexicon::place_words::{AT, BODIES, NO_TOWNS, OF_A_PLACE};

/// Corrects the names of the title and of the body.
pub(crate) fn correct(lexicon: &Lexicon, texts: [&Text<'_>; 2], names: &mut [Vec<Name>; 2]) {
    let counts = count(lexicon, &texts, names);
    for (text, names) in texts.into_iter().zip(names.iter_mut()) {
        let mut draft = Draft { lexicon, text, names: std::mem::take(names) };
        draft.bare_articles();
        draft.joined_names();
        draft.cut_short();
        draft.datelines();
        draft.towns_before_states();
        draft.states_without_comma();
        draft.capital_of_the_union();
        draft.counties();
        draft.misjudged(&counts);
        draft.listed(&counts);
        draft.overlooked(&counts);
        draft.abbreviated_states();
        draft.quarters();
        *names = draft.names;
        names.sort_by_key(|n| n.tokens.start);
    }
    doubts::correct(lexicon, texts, names);
}

/// How often a name is taken for a place, for a person, and for an organization in the article.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    place: usize,
    person: usize,
    /// People of whom it is the last name.
    full: usize,
    /// People of whom it is the first name.
    first: usize,
    /// Whether the article says once what it is: "the town of Tollford", "Tollford, Ohio".
    proven: bool,
}

type Tally = FxHashMap<String, Counts>;

fn count(lexicon: &Lexicon, texts: &[&Text<'_>; 2], names: &[Vec<Name>; 2]) -> Tally {
    let mut tally = Tally::default();
    for text in texts {
        prove(lexicon, text, &mut tally);
    }
    for (text, names) in texts.iter().zip(names) {
        for name in names {
            let words = text.span(name.tokens.clone()).of(text.text);
            match name.kind {
                Kind::Location => tally.entry(gazetteer::fold(words)).or_default().place += 1,
                Kind::Person => {
                    tally.entry(gazetteer::fold(words)).or_default().person += 1;
                    if name.tokens.len() > 1 {
                        let counts = tally.entry(gazetteer::fold(text.word(name.tokens.end - 1))).or_default();
                        counts.person += 1;
                        counts.full += 1;
                        tally.entry(gazetteer::fold(text.word(name.tokens.start))).or_default().first += 1;
                    }
                }
                _ => {}
            }
        }
    }
    tally
}

/// Notes the towns that the text calls so: "the town of Tollford", "the city of Tollford".
fn prove(lexicon: &Lexicon, text: &Text<'_>, tally: &mut Tally) {
    const CALLED: &[&str] =
        &["city", "town", "village", "suburb", "outskirts", "township", "residents", "people", "City", "Town", "Village"];
    for of in 1..text.tokens.len().saturating_sub(1) {
        if !text.tokens[of + 1].capital || text.word(of) != "of" || !CALLED.contains(&text.word(of - 1)) {
            continue;
        }
        let words = (of + 1..text.tokens.len().min(of + 6)).map(|i| text.word(i));
        if let Some((length, class)) = lexicon.gazetteer.longest(words)
            && class.is_place()
        {
            tally.entry(gazetteer::fold(text.span(of + 1..of + 1 + length).of(text.text))).or_default().proven = true;
        }
    }
}

/// Whether the word is an office that a town or state has: "Tollford Mayor Ann Smith".
fn is_seat(word: &str) -> bool {
    matches!(word, "Mayor" | "Governor" | "Gov." | "Councilman" | "Councilwoman" | "Councillor" | "Alderman" | "Selectmen")
}

/// The names of one zone, being corrected.
pub(super) struct Draft<'a> {
    pub lexicon: &'a Lexicon,
    pub text: &'a Text<'a>,
    pub names: Vec<Name>,
}

impl Draft<'_> {
    pub fn words(&self, tokens: Range<usize>) -> &str {
        self.text.span(tokens).of(self.text.text)
    }

    pub fn class(&self, tokens: Range<usize>) -> NameClass {
        self.lexicon.gazetteer.class(self.words(tokens))
    }

    pub fn word(&self, index: usize) -> &str {
        if index < self.text.tokens.len() { self.text.word(index) } else { "" }
    }

    /// The longest known place that begins at token `index`, and what it may be.
    pub fn longest(&self, index: usize) -> Option<(Range<usize>, NameClass)> {
        let words = (index..self.text.tokens.len().min(index + 6)).map(|i| self.text.word(i));
        let (length, class) = self.lexicon.gazetteer.longest(words)?;
        class.is_place().then_some((index..index + length, class))
    }

    pub fn is_capital(&self, index: usize) -> bool {
        self.text.tokens.get(index).is_some_and(|t| t.capital && t.kind == TokenKind::Word)
    }

    pub fn is_shouted(&self, index: usize) -> bool {
        self.is_capital(index) && self.word(index).len() > 1 && !self.word(index).chars().any(char::is_lowercase)
    }

    pub fn starts_sentence(&self, index: usize) -> bool {
        let sentence = self.text.sentence_of(index);
        self.text.sentences.get(sentence).is_some_and(|s| s.start == index)
    }

    pub fn named(&self, index: usize) -> Option<usize> {
        let next = self.names.partition_point(|n| n.tokens.end <= index);
        self.names.get(next).filter(|n| n.tokens.contains(&index)).map(|_| next)
    }

    /// Makes places of `places`; names that these cut into keep what is left of them before it, when that can stand alone.
    pub fn place(&mut self, mut places: Vec<Range<usize>>) {
        if places.is_empty() {
            return;
        }
        places.sort_by_key(|p| (p.start, std::cmp::Reverse(p.end)));
        let mut end = 0;
        places.retain(|p| {
            let free = p.start >= end;
            end = end.max(p.end);
            free
        });
        let mut kept = Vec::with_capacity(self.names.len() + places.len());
        let mut next = 0;
        for mut name in std::mem::take(&mut self.names) {
            while next < places.len() && places[next].end <= name.tokens.start {
                next += 1;
            }
            if let Some(place) = places.get(next).filter(|p| p.start < name.tokens.end) {
                name.tokens.end = name.tokens.end.min(place.start).max(name.tokens.start);
                while name.tokens.start < name.tokens.end && !self.is_capital(name.tokens.end - 1) {
                    name.tokens.end -= 1;
                }
                if name.tokens.is_empty() || name.kind == Kind::Location {
                    continue;
                }
            }
            kept.push(name);
        }
        kept.extend(places.into_iter().map(|tokens| Name { tokens, kind: Kind::Location, part: None }));
        kept.sort_by_key(|n| n.tokens.start);
        self.names = kept;
    }

    /// Towns in a list of places, which look like people: "Springfield, Lincoln, Dayton and Canton".
    fn listed(&mut self, tally: &Tally) {
        for index in 0..self.names.len() {
            let Name { tokens, kind, part } = self.names[index].clone();
            if part.is_some() || !matches!(kind, Kind::Person | Kind::Organization | Kind::Misc) {
                continue;
            }
            if !self.is_listed(tokens.clone()) {
                continue;
            }
            let class = self.class(tokens.clone());
            let counts = tally.get(&gazetteer::fold(self.words(tokens))).copied().unwrap_or_default();
            if class.is_place() && !class.any(NameClass::DEMONYM) && counts.person < 2 {
                self.names[index].kind = Kind::Location;
            }
        }
    }

    /// Whether the name stands in a list between two places, or after two.
    fn is_listed(&self, tokens: Range<usize>) -> bool {
        let joins = |i: usize| matches!(self.word(i), "," | "and" | "or" | ";");
        let place = |i: usize| self.named(i).filter(|&n| self.names[n].kind == Kind::Location && self.names[n].part.is_none());
        let before = |start: usize| {
            let joint = start.checked_sub(1).filter(|&i| joins(i))?;
            let joint = if self.word(joint) == "and" && joint > 0 && self.word(joint - 1) == "," { joint - 1 } else { joint };
            place(joint.checked_sub(1)?)
        };
        let Some(one) = before(tokens.start) else { return false };
        // other towns that look like people may stand between it and the next that does not
        let mut end = tokens.end;
        for _ in 0..6 {
            if !joins(end) {
                break;
            }
            let start = if self.word(end) == "," && self.word(end + 1) == "and" { end + 2 } else { end + 1 };
            let Some(next) = self.named(start).map(|n| &self.names[n]) else { break };
            if next.part.is_some() || next.tokens.start != start || !self.class(next.tokens.clone()).is_place() {
                break;
            }
            if next.kind == Kind::Location {
                return true;
            }
            end = next.tokens.end;
        }
        before(self.names[one].tokens.start).is_some()
    }

    /// Whole names that the gazetteer knows as countries or regions, or that the article itself calls a place elsewhere.
    fn misjudged(&mut self, tally: &Tally) {
        for index in 0..self.names.len() {
            let Name { tokens, kind, part } = self.names[index].clone();
            if part.is_some() || !matches!(kind, Kind::Person | Kind::Organization | Kind::Misc) {
                continue;
            }
            let class = self.class(tokens.clone());
            let words = self.words(tokens.clone());
            if !class.is_place() || class.any(NameClass::DEMONYM) || BODIES.contains(words) || NO_TOWNS.contains(words) {
                continue;
            }
            let counts = tally.get(&gazetteer::fold(self.words(tokens.clone()))).copied().unwrap_or_default();
            let before = tokens.start.checked_sub(1).map_or("", |i| self.word(i));
            let at = AT.contains(before.to_lowercase().as_str());
            let wide = class.any(NameClass::COUNTRY.with(NameClass::REGION));
            let there = OF_A_PLACE.contains(self.word(tokens.end));
            let first_name = self.lexicon.names.is_first_name(self.word(tokens.start));
            let surname = self.lexicon.names.is_surname(self.word(tokens.start));
            let called = counts.proven && counts.full == 0;
            let nobodys = counts.full + counts.first == 0;
            let a_man = matches!(before, "a" | "an" | "A" | "An") && there;
            let place = match kind {
                _ if called || a_man => true,
                Kind::Organization => {
                    wide && !class.any(NameClass::ABBREVIATION) || at || counts.place > 0 && class.any(NameClass::LARGE_CITY)
                }
                Kind::Person => {
                    (wide && !first_name && counts.person <= 1 + counts.place)
                        || (at && counts.person <= 1 && class.any(NameClass::COUNTRY.with(NameClass::REGION).with(NameClass::LARGE_CITY)))
                        || (counts.place > 0 && counts.person <= counts.place && !(first_name || surname))
                        || (there && counts.person <= 1)
                        || (nobodys && class.any(NameClass::COUNTRY) && !(first_name || surname))
                        || (nobodys
                            && counts.place > 0
                            && class.any(NameClass::LARGE_CITY)
                            && tokens.len() == 1
                            && !self.speaks(tokens.end))
                        || (counts.person <= 1 && class.any(NameClass::LARGE_CITY) && self.is_paired(tokens.start))
                }
                _ => at && wide,
            };
            if place {
                self.names[index].kind = Kind::Location;
            }
        }
    }

    /// Whether a verb of speech stands at token `index`.
    fn speaks(&self, index: usize) -> bool {
        self.lexicon.names.is_speech_verb(self.word(index))
    }

    /// Known places that no name covers: after "in", before "police", or called a place elsewhere in the article.
    fn overlooked(&mut self, tally: &Tally) {
        let mut found: Vec<Name> = Vec::new();
        let mut index = 0;
        while index < self.text.tokens.len() {
            if !self.is_capital(index) || self.named(index).is_some() {
                index += 1;
                continue;
            }
            // "The", "But", "Monday": most words that no name covers
            if self.lexicon.names.is_no_name(self.word(index)) && !self.is_capital(index + 1) {
                index += 1;
                continue;
            }
            let Some((tokens, class)) = self.longest(index) else {
                index += 1;
                continue;
            };
            index = tokens.end;
            let words = self.words(tokens.clone());
            if BODIES.contains(words) || NO_TOWNS.contains(words) {
                continue;
            }
            let inner = (tokens.clone()).any(|i| self.named(i).is_some());
            let goes_on = self.is_capital(tokens.end) && self.text.tokens[tokens.end].spaced && !is_seat(self.word(tokens.end));
            if inner || class.any(NameClass::DEMONYM) || goes_on {
                continue;
            }
            let before = tokens.start.checked_sub(1).map_or("", |i| self.word(i)).to_lowercase();
            let after = self.word(tokens.end).to_lowercase();
            let first = self.starts_sentence(tokens.start);
            let counts = tally.get(&gazetteer::fold(self.words(tokens.clone()))).copied().unwrap_or_default();
            let led = tokens.start > 0
                && self.is_capital(tokens.start - 1)
                && !self.starts_sentence(tokens.start - 1)
                && !matches!(self.word(tokens.start - 1), "A" | "An" | "The");
            let large = NameClass::COUNTRY.with(NameClass::REGION).with(NameClass::LARGE_CITY).with(NameClass::CITY);
            let abbreviation = class.any(NameClass::ABBREVIATION) && self.word(tokens.start).len() < 3;
            let wide = class.any(NameClass::COUNTRY.with(NameClass::REGION));
            let sure = (AT.contains(before.as_str()) && class.any(large))
                || (OF_A_PLACE.contains(after.as_str()) && !led && (class.any(large) || tokens.len() > 1 || !first))
                || (matches!(before.as_str(), "and" | "or" | ",")
                    && class.any(large)
                    && !led
                    && (self.follows_a_place(tokens.start) || found.last().is_some_and(|f| f.tokens.end + 1 == tokens.start)))
                || (counts.place > counts.person && !first && !led)
                || (counts.proven && counts.full == 0 && !led)
                || (is_seat(self.word(tokens.end)) && !led)
                || (wide && !first && !led && (tokens.len() > 1 || !self.is_of_people(tokens.start)));
            if sure && !abbreviation {
                found.push(Name { tokens, kind: Kind::Location, part: None });
            }
        }
        self.names.extend(found);
        self.names.sort_by_key(|n| n.tokens.start);
    }

    /// Whether the name before the conjunction or comma before token `index` is a place: "Birmingham and Montgomery".
    fn follows_a_place(&self, index: usize) -> bool {
        index > 1 && self.named(index - 2).is_some_and(|n| self.names[n].kind == Kind::Location)
    }

    /// Whether the name at token `index` is the second of two places: "between Birmingham and Montgomery", "in Leeds and Lincoln".
    fn is_paired(&self, index: usize) -> bool {
        if index < 3 || self.word(index - 1) != "and" || !self.follows_a_place(index) {
            return false;
        }
        let first = self.named(index - 2).map_or(0, |n| self.names[n].tokens.start);
        let before = first.checked_sub(1).map_or("", |i| self.word(i)).to_lowercase();
        before == "between" || AT.contains(before.as_str())
    }

    /// Whether the word at `index` is also a name of people, or a capitalised word that names nothing.
    fn is_of_people(&self, index: usize) -> bool {
        let lists = &self.lexicon.names;
        let word = self.word(index);
        lists.is_first_name(word) || lists.is_surname(word) || lists.is_no_name(word) || lists.is_title(word)
    }
}
