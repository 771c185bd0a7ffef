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
        draft.capital_of_the_union();
        draft.counties();
        draft.misjudged(&counts);
        draft.listed(&counts);
        draft.overlooked(&counts);
        draft.abbreviated_states();
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

/// Words after which a name is where something is.
pub(super) const AT: &[&str] =
    &["in", "near", "from", "across", "throughout", "outside", "around", "toward", "towards", "into", "inside", "within"];

/// Words that follow the name of a place which does, has or is something there.
pub(super) const OF_A_PLACE: &[&str] = &[
    "police",
    "officials",
    "residents",
    "resident",
    "man",
    "woman",
    "mayor",
    "firefighters",
    "authorities",
    "voters",
    "lawmakers",
    "government",
    "area",
    "native",
    "suburb",
    "neighborhood",
    "neighbourhood",
    "city",
    "county",
    "governor",
    "state",
    "province",
    "region",
    "schools",
    "teenager",
    "couple",
    "businessman",
    "lawyer",
    "attorney",
    "family",
    "teen",
    "boy",
    "girl",
    "councillor",
    "metro",
    "legislature",
    "legislators",
    "court",
    "newspaper",
    "hospital",
    "airport",
    "suburbs",
    "council",
    "official",
    "councilman",
    "councilwoman",
    "communities",
    "community",
    "students",
    "hospitals",
    "attorneys",
    "aldermen",
];

/// Towns whose name nearly always means something else.
pub(super) const NO_TOWNS: &[&str] =
    &["March", "May", "April", "June", "August", "Earth", "Many", "Mars", "Police", "Santa", "God", "Christmas", "Channel"];

/// What stands between names that run together.
const JOINTS: &[&str] = &["and", "or", "of", "for", "to", "from", "in", "—", "–", "--"];

/// What begins the names of those that call themselves after where they fight: "al-Qaida in Iraq".
const FORCES: &[&str] = &["al-Qaida", "Al-Qaida", "al-Qaeda", "Al-Qaeda", "Islamic"];

/// Names of bodies that are also towns.
const BODIES: &[&str] = &["Congress", "Parliament", "Senate", "NATO", "Council", "Union", "Republican", "Democrat", "Federal", "Guard"];

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

    fn is_shouted(&self, index: usize) -> bool {
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
    fn place(&mut self, mut places: Vec<Range<usize>>) {
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

    /// "The Britain-based…", "The Atlantic": the article is no part of the name, but in "The Hague".
    fn bare_articles(&mut self) {
        for index in 0..self.names.len() {
            let tokens = self.names[index].tokens.clone();
            let article = matches!(self.word(tokens.start), "The" | "the");
            if self.names[index].kind == Kind::Location && article && tokens.len() > 1 && self.word(tokens.start + 1) != "Hague" {
                self.names[index].tokens.start += 1;
            }
        }
    }

    /// Names run together: "Fort Mill and York County", "Goose Creek — A man", "Ann Smith of McLean", "City of Canton".
    fn joined_names(&mut self) {
        let mut places = Vec::new();
        for index in 0..self.names.len() {
            let Name { tokens, kind, part } = self.names[index].clone();
            let joins = |i: usize| self.text.tokens[i].kind == TokenKind::Clitic || JOINTS.contains(&self.word(i));
            if part.is_some() || tokens.len() < 3 || !tokens.clone().any(joins) || self.class(tokens.clone()).is_place() {
                continue;
            }
            if kind == Kind::Location
                && let Some(clitic) = tokens.clone().find(|&i| self.text.tokens[i].kind == TokenKind::Clitic)
                && self.class(tokens.start..clitic).any(NameClass::COUNTRY.with(NameClass::REGION).with(NameClass::LARGE_CITY))
            {
                // "Cambridge's Chesterton"
                places.push(tokens.start..clitic);
                let rest = clitic + 1..tokens.end;
                places.extend(Some(rest).filter(|r| !r.is_empty() && self.class(r.clone()).is_place()));
                continue;
            }
            let joint = (tokens.start + 1..tokens.end - 1).find(|&i| JOINTS.contains(&self.word(i)));
            let Some(joint) = joint else { continue };
            let (left, right) = (tokens.start..joint, joint + 1..tokens.end);
            let known = |tokens: &Range<usize>| self.class(tokens.clone()).is_place();
            let named =
                |tokens: &Range<usize>| known(tokens) || tokens.len() > 1 && self.lexicon.names.is_location_head(self.word(tokens.end - 1));
            match (self.word(joint), kind) {
                ("and" | "or", Kind::Location)
                    if named(&left) && named(&right) || left.len() > 1 && known(&left) && self.all_capital(&right) =>
                {
                    self.names[index].tokens = left;
                    places.push(right);
                }
                ("and" | "for" | "to", Kind::Organization | Kind::Person) if known(&left) && known(&right) => {
                    self.names[index] = Name { tokens: left, kind: Kind::Location, part: None };
                    places.push(right);
                }
                ("—" | "–" | "--", Kind::Location) if known(&left) => self.names[index].tokens = left,
                ("of", Kind::Location) if known(&right) && matches!(self.word(tokens.start), "City" | "Town" | "Village") => {
                    self.names[index].tokens = right;
                }
                ("of" | "from", Kind::Person) if known(&right) && left.len() > 1 => places.push(right),
                ("in", _) if known(&right) && !FORCES.contains(&self.word(tokens.start)) => {
                    self.names[index].tokens = left;
                    places.push(right);
                }
                _ => {}
            }
        }
        self.place(places);
    }

    fn all_capital(&self, tokens: &Range<usize>) -> bool {
        tokens.clone().all(|i| self.is_capital(i))
    }

    /// "KYIV, Ukraine (AP) —", "MANSFIELD —", "BOSTON (Reuters) -", at the start of a sentence.
    fn datelines(&mut self) {
        let mut places = Vec::new();
        for sentence in &self.text.sentences {
            let mut first = sentence.start;
            if self.word(first) == "(" {
                first += 1;
            }
            let mut end = first;
            while end < first + 4 && self.is_shouted(end) {
                end += 1;
            }
            if end == first {
                continue;
            }
            let Some((known, class)) = self.longest(first) else { continue };
            if (class.any(NameClass::ABBREVIATION) || !class.any(NameClass::LARGE_CITY)) && known.len() == 1 && self.word(first).len() < 4 {
                continue;
            }
            let mut after = known.end;
            let mut outer = None;
            if self.word(after) == "," {
                outer = self.longest(after + 1).map(|(outer, _)| outer).filter(|o| self.is_capital(o.start));
                after = outer.as_ref().map_or(after, |o| o.end);
            }
            let closes = matches!(self.word(after), "—" | "–" | "-" | "--" | "(" | ":" | "|" | ")");
            if (closes || outer.is_some()) && known.end >= end {
                places.push(known);
                places.extend(outer);
            }
        }
        self.place(places);
    }

    /// "Gainesville, Fla.", "McLean, Virginia": a known town before its own state or country.
    fn towns_before_states(&mut self) {
        let mut places = Vec::new();
        for comma in 1..self.text.tokens.len() {
            if !self.is_capital(comma - 1) || !self.is_capital(comma + 1) || self.word(comma) != "," {
                continue;
            }
            let Some((outer, class)) = self.longest(comma + 1) else { continue };
            if !class.any(NameClass::REGION.with(NameClass::COUNTRY)) {
                continue;
            }
            let begin = (comma.saturating_sub(4)..comma).rev().take_while(|&i| self.is_capital(i) || self.word(i) == "of").last();
            let Some(begin) = begin else { continue };
            let known = self.lexicon.gazetteer;
            let outers = known.lookup(self.words(outer.clone()));
            let town = (begin..comma).find(|&start| {
                self.is_capital(start)
                    && known
                        .lookup(self.words(start..comma))
                        .iter()
                        .any(|p| outers.iter().any(|o| o.id != p.id && known.within(p.id, o.id)))
            });
            let Some(town) = town else { continue };
            for tokens in [town..comma, outer] {
                let name = self.named(tokens.start).map(|n| &self.names[n]);
                let whole = name.is_some_and(|n| n.kind == Kind::Location && tokens.end <= n.tokens.end);
                if !whole {
                    places.push(tokens);
                }
            }
        }
        self.place(places);
    }

    /// A name of which only a part was found: "New South Wales", "Newport News".
    fn cut_short(&mut self) {
        for index in 0..self.names.len() {
            let Name { tokens, kind, part } = self.names[index].clone();
            if part.is_some() || kind != Kind::Location {
                continue;
            }
            let free = |i: usize| self.is_capital(i) && self.named(i).is_none_or(|n| n == index || self.names[n].kind == Kind::Location);
            let first = tokens.start.saturating_sub(2);
            let longer = (first..=tokens.start).filter(|&start| (start..tokens.start).all(free)).find_map(|start| {
                let (known, _) = self.longest(start)?;
                (known.end >= tokens.end && known.len() > tokens.len() && (tokens.end..known.end).all(free)).then_some(known)
            });
            if let Some(longer) = longer {
                self.names[index].tokens = longer;
            }
        }
        // what the longer names swallowed
        self.names.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
        let mut end = 0;
        self.names.retain(|name| {
            let kept = name.tokens.start >= end;
            end = end.max(name.tokens.end);
            kept
        });
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

    /// "Dakota, Otoe and Washington counties": each is one.
    fn counties(&mut self) {
        let mut places = Vec::new();
        for end in 1..self.text.tokens.len() {
            if self.word(end) != "counties" {
                continue;
            }
            let mut at = end;
            // a list of thirty is long enough
            while at > 0 && end - at < 60 {
                let mut start = at;
                while start > 0 && at - start < 2 && self.is_capital(start - 1) {
                    start -= 1;
                }
                if start == at || !self.lexicon.gazetteer.class(&format!("{} County", self.words(start..at))).is_place() {
                    start = at.saturating_sub(1);
                    let county = self.is_capital(start) && self.lexicon.gazetteer.class(&format!("{} County", self.word(start))).is_place();
                    if !county {
                        break;
                    }
                }
                places.push(start..at);
                at = start;
                while at > 0 && matches!(self.word(at - 1), "and" | ",") {
                    at -= 1;
                }
                if at == start {
                    break;
                }
            }
        }
        self.place(places);
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

    /// "Washington, D.C." is one name.
    fn capital_of_the_union(&mut self) {
        let mut places = Vec::new();
        for index in 0..self.text.tokens.len() {
            if !self.is_capital(index) || self.word(index) != "Washington" && self.word(index) != "WASHINGTON" {
                continue;
            }
            let district = if self.word(index + 1) == "," { index + 2 } else { index + 1 };
            if matches!(self.word(district), "D.C." | "DC" | "D.C") {
                places.push(index..district + 1);
            }
        }
        self.place(places);
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
            if !class.is_place() || class.any(NameClass::DEMONYM) || BODIES.contains(&words) || NO_TOWNS.contains(&words) {
                continue;
            }
            let counts = tally.get(&gazetteer::fold(self.words(tokens.clone()))).copied().unwrap_or_default();
            let before = tokens.start.checked_sub(1).map_or("", |i| self.word(i));
            let at = AT.contains(&before.to_lowercase().as_str());
            let wide = class.any(NameClass::COUNTRY.with(NameClass::REGION));
            let there = OF_A_PLACE.contains(&self.word(tokens.end));
            let first_name = self.lexicon.names.is_first_name(self.word(tokens.start));
            let surname = self.lexicon.names.is_surname(self.word(tokens.start));
            let called = counts.proven && counts.full == 0;
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
                        || (counts.person <= 1 && class.any(NameClass::LARGE_CITY) && self.is_paired(tokens.start))
                }
                _ => at && wide,
            };
            if place {
                self.names[index].kind = Kind::Location;
            }
        }
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
            if BODIES.contains(&words) || NO_TOWNS.contains(&words) {
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
            let sure = (AT.contains(&before.as_str()) && class.any(large))
                || (OF_A_PLACE.contains(&after.as_str()) && !led && (class.any(large) || tokens.len() > 1 || !first))
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
        before == "between" || AT.contains(&before.as_str())
    }

    /// Whether the word at `index` is also a name of people, or a capitalised word that names nothing.
    fn is_of_people(&self, index: usize) -> bool {
        let lists = &self.lexicon.names;
        let word = self.word(index);
        lists.is_first_name(word) || lists.is_surname(word) || lists.is_no_name(word) || lists.is_title(word)
    }

    /// "Fla. economist", "in W.Va.": abbreviations of states that stand for nothing else.
    fn abbreviated_states(&mut self) {
        const WORDS: &[&str] = &[
            "Miss.", "Mass.", "Ore.", "Wash.", "Me.", "Del.", "Ark.", "Mo.", "La.", "Cal.", "Tex.", "Ala.", "Ill.", "Ind.", "Man.", "Que.",
            "Pa.", "Ont.", "Ida.", "Vic.", "Tas.", "Alas.", "O.",
        ];
        let mut places = Vec::new();
        for index in 0..self.text.tokens.len() {
            if !self.is_capital(index) || !self.word(index).ends_with('.') || self.named(index).is_some() {
                continue;
            }
            let tokens = if self.word(index) == "W." && self.word(index + 1) == "Va." { index..index + 2 } else { index..index + 1 };
            let class = self.class(tokens.clone());
            if class.any(NameClass::REGION) && class.any(NameClass::ABBREVIATION) && !WORDS.contains(&self.word(index)) {
                places.push(tokens);
            }
        }
        self.place(places);
    }
}
