//! The patterns in which news writes places, which are surer than the tagger: datelines, "Paris, Texas", "N. Korea", names that run
//! together or were cut short. Each rule is a function of its own; `mentions` says in which order they run.

use std::ops::Range;

use super::mentions::Draft;
use crate::annotate::names::{Kind, Name};
use crate::annotate::text::TokenKind;
use crate::lexicon::gazetteer::NameClass;
use crate::lexicon::place_words::FORCES;

/// What stands between names that run together.
const JOINTS: &[&str] = &["and", "or", "of", "for", "to", "from", "in", "—", "–", "--"];

/// The name in which a quarter of the heavens is written as a letter: "North Korea" for "N. Korea".
pub(super) fn unabbreviated(name: &str) -> Option<String> {
    let (letter, rest) = name.split_once(". ").filter(|(_, rest)| !rest.contains('.'))?;
    let quarter = match letter {
        "N" => "North",
        "S" => "South",
        "E" => "East",
        "W" => "West",
        _ => return None,
    };
    Some(format!("{quarter} {rest}"))
}

impl Draft<'_> {
    /// "The Britain-based…", "The Atlantic": the article is no part of the name, but in "The Hague".
    pub(super) fn bare_articles(&mut self) {
        for index in 0..self.names.len() {
            let tokens = self.names[index].tokens.clone();
            let article = matches!(self.word(tokens.start), "The" | "the");
            if self.names[index].kind == Kind::Location && article && tokens.len() > 1 && self.word(tokens.start + 1) != "Hague" {
                self.names[index].tokens.start += 1;
            }
        }
    }

    /// Names run together: "Fort Mill and York County", "Goose Creek — A man", "Ann Smith of McLean", "City of Canton".
    pub(super) fn joined_names(&mut self) {
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
                ("in", _) if known(&right) && !FORCES.contains(self.word(tokens.start)) => {
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
    pub(super) fn datelines(&mut self) {
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

    /// A name of which only a part was found: "New South Wales", "Newport News".
    pub(super) fn cut_short(&mut self) {
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

    /// "Gainesville, Fla.", "McLean, Virginia": a known town before its own state or country.
    pub(super) fn towns_before_states(&mut self) {
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

    /// "Tollford Va.", which runs together for want of a comma.
    pub(super) fn states_without_comma(&mut self) {
        let mut places = Vec::new();
        for name in self.names.iter().filter(|n| n.tokens.len() > 1 && n.part.is_none()) {
            let (town, state) = (name.tokens.start..name.tokens.end - 1, name.tokens.end - 1..name.tokens.end);
            let class = self.class(state.clone());
            let short = self.word(state.start).len() > 2 && self.word(state.start).ends_with('.');
            if short && class.any(NameClass::REGION) && class.any(NameClass::ABBREVIATION) && self.class(town.clone()).is_place() {
                places.extend([town, state]);
            }
        }
        self.place(places);
    }

    /// "Washington, D.C." is one name.
    pub(super) fn capital_of_the_union(&mut self) {
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

    /// "Dakota, Otoe and Washington counties": each is one.
    pub(super) fn counties(&mut self) {
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

    /// "N. Korea", "W. Virginia".
    pub(super) fn quarters(&mut self) {
        let mut places = Vec::new();
        for index in 0..self.text.tokens.len().saturating_sub(1) {
            if self.is_capital(index + 1)
                && let Some(name) = unabbreviated(self.words(index..index + 2))
                && self.lexicon.gazetteer.class(&name).any(NameClass::COUNTRY.with(NameClass::REGION))
            {
                places.push(index..index + 2);
            }
        }
        self.place(places);
    }

    /// "Fla. economist", "in W.Va.": abbreviations of states that stand for nothing else.
    pub(super) fn abbreviated_states(&mut self) {
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
