//! Takes back what was taken for a place and is none: roads, institutions, firms, peoples, hours, names that nothing places.
//!
//! The tagger judges a strange name by its looks. Whether it is a place is told by the article: somebody is *in* it, it stands
//! before its state, a village is called so; or else it has shares, analysts and products.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::mentions::Draft;
use super::resolve::{is_well_known_region, narrows_before};
use super::surroundings::leads_to_counties;
use crate::annotate::names::{Kind, Name};
use crate::annotate::text::{Text, TokenKind};
use crate::lexicon::Lexicon;
use crate::lexicon::gazetteer::{self, NameClass};
use crate::lexicon::place_words::{
    AT, FACILITIES, FIRMS_DO, HOURS, INSTITUTIONS, JOINS, NEARER, NO_TOWNS, OF_A_FIRM, OF_A_PLACE, OF_PLACES, PARTIES, ROAD_LEADS, ROADS,
    SETTLEMENTS, TO_A_FIRM,
};

/// Corrects the names of the title and of the body.
pub(super) fn correct(lexicon: &Lexicon, texts: [&Text<'_>; 2], names: &mut [Vec<Name>; 2]) {
    let mut drafts = texts.into_iter().zip(names.iter_mut()).map(|(text, names)| Draft { lexicon, text, names: std::mem::take(names) });
    let (Some(mut title), Some(mut body)) = (drafts.next(), drafts.next()) else { return };
    let mut evidence = FxHashMap::default();
    for draft in [&mut title, &mut body] {
        draft.roads_and_institutions();
        draft.peoples_and_hours();
        draft.gather(&mut evidence);
    }
    for (mut draft, names) in [title, body].into_iter().zip(names) {
        draft.doubtful(&evidence);
        *names = draft.names;
    }
}

/// What an article says of a name, over all its mentions.
#[derive(Clone, Copy, Debug, Default)]
struct Evidence {
    /// Mentions as a place.
    places: usize,
    /// Those that something beside them marks as such.
    there: usize,
    /// Those after "at", which firms have too.
    at: usize,
    /// Mentions as an organization, or as the beginning of a firm's full name.
    organizations: usize,
    /// Mentions with shares, products or analysts.
    firms: usize,
}

/// A city of so many people is no firm, whatever the article says that it did; 316,000, in the weights of the gazetteer.
const GREAT_CITY: u8 = 55;

impl Draft<'_> {
    /// Roads are no places, institutions are organizations, and "Marathon County Sheriff" is a county and its sheriff.
    fn roads_and_institutions(&mut self) {
        for index in 0..self.names.len() {
            let Name { tokens, kind, part } = self.names[index].clone();
            if part.is_some() || kind != Kind::Location || tokens.len() < 2 || self.class(tokens.clone()).is_place() {
                continue;
            }
            let last = self.word(tokens.end - 1);
            let numbered = self.text.tokens[tokens.end - 1].kind == TokenKind::Number;
            let party = PARTIES.contains(self.word(tokens.start)) && self.class(tokens.start + 1..tokens.end).any(NameClass::COUNTRY);
            if party {
                self.names[index].kind = Kind::Organization;
            } else if ROADS.contains(last) || numbered && ROAD_LEADS.contains(self.word(tokens.end - 2)) {
                self.names[index].kind = Kind::Misc;
            } else if self.lexicon.names.is_title(last) {
                if let Some((known, _)) = self.longest(tokens.start) {
                    self.names[index].tokens = known;
                }
            } else if INSTITUTIONS.contains(last) {
                self.names[index].kind = Kind::Organization;
            }
        }
    }

    /// "South Ossetians" are a people, "9 a.m. EST" is an hour, and "St. Anne's Lutheran School" is no saint's town.
    fn peoples_and_hours(&mut self) {
        for index in 0..self.names.len() {
            let Name { tokens, kind, part } = self.names[index].clone();
            if part.is_some() || kind != Kind::Location {
                continue;
            }
            // "the Bank of England", "the High Court of England and Wales"
            if tokens.start > 1 && self.word(tokens.start - 1) == "of" && OF_PLACES.contains(self.word(tokens.start - 2)) {
                self.names[index] = Name { tokens: tokens.start - 2..tokens.end, kind: Kind::Organization, part: None };
                continue;
            }
            if index > 0 && self.word(tokens.start - 1) == "and" {
                let one = &self.names[index - 1];
                if one.kind == Kind::Organization
                    && one.tokens.end == tokens.start - 1
                    && self.words(one.tokens.clone()).ends_with("Court of England")
                {
                    self.names[index].kind = Kind::Misc;
                    continue;
                }
            }
            let last = tokens.end - 1;
            let people = tokens.len() > 1 && !self.class(tokens.clone()).is_place() && {
                let class = self.class(last..tokens.end);
                class.any(NameClass::DEMONYM) && !class.is_place()
            };
            let hour = tokens.len() == 1 && HOURS.contains(self.word(last));
            let saint = matches!(self.word(tokens.start), "St." | "St" | "Saint")
                && self.text.tokens.get(tokens.end).is_some_and(|t| t.kind == TokenKind::Clitic)
                && self.is_capital(tokens.end + 1);
            if people || hour || saint {
                self.names[index].kind = Kind::Misc;
            }
        }
    }

    /// Adds what this text says of its names to `evidence`.
    fn gather(&self, evidence: &mut FxHashMap<String, Evidence>) {
        for name in &self.names {
            let tokens = name.tokens.clone();
            match name.kind {
                Kind::Location => {
                    let entry = evidence.entry(gazetteer::fold(self.words(tokens.clone()))).or_default();
                    entry.places += 1;
                    entry.there += usize::from(self.is_there(tokens.clone()));
                    entry.at += usize::from(tokens.start > 0 && matches!(self.word(tokens.start - 1), "at" | "At"));
                    entry.firms += usize::from(self.is_of_a_firm(tokens));
                }
                Kind::Organization => {
                    evidence.entry(gazetteer::fold(self.words(tokens.clone()))).or_default().organizations += 1;
                    // "Tollford Holdings" once, later "Tollford"
                    if tokens.len() > 1 && self.lexicon.names.is_organization_suffix(self.word(tokens.end - 1)) {
                        for end in tokens.start + 1..tokens.end {
                            evidence.entry(gazetteer::fold(self.words(tokens.start..end))).or_default().organizations += 1;
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether something beside the name says that it is a place.
    fn is_there(&self, tokens: Range<usize>) -> bool {
        let before = |back: usize| tokens.start.checked_sub(back).map_or("", |i| self.word(i)).to_lowercase();
        let after = self.word(tokens.end);
        // "in the Tollfordian press" is no place, "in the Tollford district" is one
        let before_noun =
            self.text.tokens.get(tokens.end).is_some_and(|t| t.kind == TokenKind::Word && !t.capital) && !JOINS.contains(after);
        let mut back = 1;
        while back < 3 && (NEARER.contains(before(back).as_str()) || narrows_before(&before(back)) && before(back) != "of") {
            back += 1;
        }
        let lead = before(back);
        let of = |back: usize| before(back) == "of" && SETTLEMENTS.contains(before(back + 1).as_str());
        let outer =
            || after == "," && self.longest(tokens.end + 1).is_some_and(|(_, class)| class.any(NameClass::COUNTRY.with(NameClass::REGION)));
        let at = AT.contains(lead.as_str()) && !(back > 1 && before(back - 1) == "the" && before_noun);
        at || of(back) || leads_to_counties(self.text, tokens.end) || OF_A_PLACE.contains(after) || SETTLEMENTS.contains(after) || outer()
    }

    /// Whether something beside the name says that it is a firm.
    fn is_of_a_firm(&self, tokens: Range<usize>) -> bool {
        let clitic = self.text.tokens.get(tokens.end).is_some_and(|t| t.kind == TokenKind::Clitic);
        let after = self.word(tokens.end + usize::from(clitic));
        let before = |back: usize| tokens.start.checked_sub(back).map_or("", |i| self.word(i));
        // "Acme and Tollford"
        let beside = |joint: Option<usize>, next: fn(usize) -> Option<usize>| {
            joint.filter(|&i| matches!(self.word(i), "and" | "," | "or")).and_then(next).and_then(|i| self.named(i)).is_some_and(|n| {
                let known = self.class(self.names[n].tokens.clone());
                self.names[n].kind == Kind::Organization && !known.is_place()
            })
        };
        OF_A_FIRM.contains(after)
            || !clitic && self.does_what_firms_do(tokens.end)
            || beside(tokens.start.checked_sub(1), |i| i.checked_sub(1))
            || beside(Some(tokens.end), |i| Some(i + 1))
            || self.lexicon.names.is_organization_suffix(after)
            || matches!(before(1), "at" | "in" | "of" | "for") && TO_A_FIRM.contains(before(2).to_lowercase().as_str())
    }

    /// Whether a verb of firms stands at token `index`, or behind one more name: "Acme and Tollford said".
    fn does_what_firms_do(&self, index: usize) -> bool {
        let next = if self.word(index) == "and" { self.named(index + 1).map_or(index, |n| self.names[n].tokens.end) } else { index };
        FIRMS_DO.contains(self.word(next))
    }

    /// Whether the name is too well known as a place to be a firm's: a country, a state, a capital, a city of hundreds of thousands.
    fn is_of_the_world(&self, tokens: Range<usize>) -> bool {
        let places = self.lexicon.gazetteer.lookup(self.words(tokens));
        places.iter().any(|p| is_well_known_region(p) || p.kind == gazetteer::Kind::City && (p.capital || p.weight >= GREAT_CITY))
    }

    /// Whether the gazetteer knows the name, or the end of it ("Northern Iraq"), or its beginning before a word like "County".
    fn is_known_in_part(&self, tokens: Range<usize>) -> bool {
        let lists = &self.lexicon.names;
        let known = |part: Range<usize>| self.class(part).is_place();
        let leads = |i: usize| narrows_before(self.word(i)) || lists.is_location_lead(self.word(i)) || !self.is_capital(i);
        let ends = (tokens.start..tokens.end).take_while(|&i| i == tokens.start || leads(i - 1)).any(|start| known(start..tokens.end));
        ends || (tokens.start + 1..tokens.end).any(|end| known(tokens.start..end) && lists.is_location_head(self.word(end)))
    }

    /// Names that nothing marks as places: strange to the gazetteer and never "in", or little towns that have shares and analysts.
    fn doubtful(&mut self, evidence: &FxHashMap<String, Evidence>) {
        let lists = &self.lexicon.names;
        for index in 0..self.names.len() {
            let Name { tokens, kind, part } = self.names[index].clone();
            if part.is_some() || kind != Kind::Location {
                continue;
            }
            let words = self.words(tokens.clone());
            if NO_TOWNS.contains(words) {
                self.names[index].kind = Kind::Misc;
                continue;
            }
            let said = evidence.get(&gazetteer::fold(words)).copied().unwrap_or_default();
            let class = self.class(tokens.clone());
            let firm = said.firms + said.organizations > said.there;
            if class.any(NameClass::COUNTRY.with(NameClass::REGION).with(NameClass::LARGE_CITY)) {
                let told = said.there == 0 && said.firms > 0 && said.firms + said.organizations > 1;
                if class.any(NameClass::COUNTRY) || !told || self.is_of_the_world(tokens.clone()) {
                    continue;
                }
            }
            if self.is_known_in_part(tokens.clone()) {
                if firm && said.firms > 0 && class.is_place() {
                    self.names[index].kind = Kind::Organization;
                }
                continue;
            }
            let marked = tokens.clone().any(|i| {
                let lead = lists.is_location_lead(self.word(i)) && !narrows_before(self.word(i));
                lists.is_location_head(self.word(i))
                    || lead
                    || i > tokens.start && self.word(i - 1) != "and" && FACILITIES.contains(self.word(i))
            });
            if firm {
                self.names[index].kind = Kind::Organization;
            } else if !marked && said.there + said.at == 0 {
                self.names[index].kind = Kind::Misc;
            }
        }
    }
}
