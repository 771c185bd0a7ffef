//! Puts the places that an article names on the map.
//!
//! First `mentions` corrects what the tagger took for names of places, by what the gazetteer knows and by the patterns
//! of news: datelines, "Paris, Texas", "in Tbilisi". Once names are tied, [`locate`] gathers the mentions of places,
//! `resolve` chooses for each name the place that this article means, and mentions of one place become one
//! [`Location`].

mod company;
mod doubts;
pub(super) mod mentions;
mod patterns;
mod resolve;
mod surroundings;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

use super::entities::{Entities, Kind};
use super::text::{Text, TokenKind};
use crate::annotation::{Location, Mention};
use crate::article::Article;
use crate::lexicon::gazetteer::{Gazetteer, Kind as PlaceKind, NameClass, Place, PlaceId, fold};
use crate::lexicon::spelling::ordinary_capitals;
use crate::span::Span;
use resolve::{Meaning, Spot};

/// The places of an article, in order of first mention; those that the article itself brought along stay as they are.
#[must_use]
pub fn locate(known: &Gazetteer, article: &Article, title: &Text<'_>, body: &Text<'_>, entities: &Entities) -> Vec<Location> {
    let texts = [title, body];
    let mut spots: Vec<Spot<'_>> = Vec::new();
    for text in texts {
        let named = entities.of_zone(text.zone).iter().filter(|m| m.kind == Kind::Location);
        spots.extend(named.map(|m| Spot { text, tokens: m.tokens.clone(), span: m.span, entity: Some(m.entity) }));
        joined(known, text, entities, &mut spots);
    }
    spots.sort_by_key(|s| (s.text.zone.is_body(), s.span.start));
    let hints: Vec<String> = texts.iter().flat_map(|text| surroundings::hints(known, text, entities)).collect();
    let meanings = resolve::resolve(known, article, texts, &spots, &hints);
    let mut found: Vec<(Identity, Vec<usize>)> = Vec::new();
    let mut at: FxHashMap<Identity, usize> = FxHashMap::default();
    for (index, (spot, meaning)) in spots.iter().zip(&meanings).enumerate() {
        let identity = match meaning {
            Meaning::Known(place) => Identity::Place(*place),
            Meaning::Within(_) | Meaning::Unknown => match spot.entity {
                Some(entity) => Identity::Entity(entity),
                None => continue,
            },
        };
        let next = found.len();
        let slot = *at.entry(identity).or_insert(next);
        if slot == next {
            found.push((identity, Vec::new()));
        }
        found[slot].1.push(index);
    }
    let mut locations: Vec<Location> = found
        .into_iter()
        .map(|(identity, members)| {
            let mentions: Vec<Mention> = members.iter().map(|&m| spots[m].record()).collect();
            let name = fullest(known, identity, &mentions);
            let placed = members.iter().map(|&m| &meanings[m]).find(|m| matches!(m, Meaning::Within(_)));
            match (identity, placed.unwrap_or(&Meaning::Unknown)) {
                (Identity::Place(place), _) => on_the_map(known, &known.place(place), name, mentions),
                (Identity::Entity(_), Meaning::Within(outer)) => inside(known, &known.place(*outer), name, mentions),
                (Identity::Entity(_), _) => Location { name, mentions, ..Location::default() },
            }
        })
        .collect();
    keep_given(article, &mut locations);
    locations
}

/// What follows a hyphen after the name of a place and tells only of where: "Texas-based".
const WHERE: &[&str] = &["based", "born", "area", "wide", "bound", "bred"];

/// What stands before a hyphen and tells only on whose side: "pro-Moscow".
const SIDES: &[&str] = &["pro", "anti", "Pro", "Anti"];

/// Names of places that are joined to another word by a hyphen: "Texas-based", "R-Utah", "pro-Moscow".
fn joined<'t>(known: &Gazetteer, text: &'t Text<'t>, entities: &Entities, spots: &mut Vec<Spot<'t>>) {
    let mut found: Vec<Spot<'_>> = Vec::new();
    for (index, token) in text.tokens.iter().enumerate().filter(|(_, t)| t.kind == TokenKind::Word) {
        let word = token.span.of(text.text);
        let Some((left, right)) = word.split_once('-') else { continue };
        let part = if SIDES.contains(&left) {
            let class = known.class(right);
            let wide = class.any(NameClass::COUNTRY.with(NameClass::LARGE_CITY)) && !class.any(NameClass::DEMONYM);
            (wide && right.starts_with(char::is_uppercase)).then_some((left.len() + 1, word.len()))
        } else if !token.capital {
            None
        } else if matches!(left, "R" | "D" | "I") {
            known.class(right).any(NameClass::REGION).then_some((left.len() + 1, word.len()))
        } else {
            WHERE.contains(&right).then_some((0, left.len()))
        };
        let Some((from, to)) = part else { continue };
        let mut span = Span::new(token.span.start + from, token.span.start + to);
        let mut first = index;
        // "New York-based": the name began before
        while from == 0 && first > 0 && text.tokens[first - 1].capital && text.tokens[first].spaced && index - first < 3 {
            let longer = Span::new(text.tokens[first - 1].span.start, span.end);
            if !known.class(longer.of(text.text)).is_place() {
                break;
            }
            (span, first) = (longer, first - 1);
        }
        if !known.class(span.of(text.text)).is_place() {
            continue;
        }
        match entities.at(text.zone, index) {
            Some(mention) if mention.span != text.span(mention.tokens.clone()) => continue,
            Some(mention) if mention.kind != Kind::Location && mention.tokens.len() > index + 1 - first => continue,
            _ => {}
        }
        found.push(Spot { text, tokens: first..index + 1, span, entity: None });
    }
    let inside = |s: &Spot<'_>| found.get(found.partition_point(|f| f.span.end <= s.span.start)).is_some_and(|f| f.span.overlaps(s.span));
    spots.retain(|s| s.text.zone != text.zone || !inside(s));
    spots.extend(found);
}

/// What makes two mentions the same: the place they mean, or the name they share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Identity {
    Place(PlaceId),
    Entity(usize),
}

fn on_the_map(known: &Gazetteer, place: &Place<'_>, name: String, mentions: Vec<Mention>) -> Location {
    Location {
        name,
        within: known.chain(place.id).map(|p| p.name.to_owned()).collect(),
        country: place.country().map(str::to_owned),
        latitude: Some(rounded(place.latitude)),
        longitude: Some(rounded(place.longitude)),
        mentions,
    }
}

/// A place that the gazetteer lacks, in one that the article says it is in: "Little Tollford, England".
///
/// What lies in a town is put where the town is; where in a country it lies, nobody knows.
fn inside(known: &Gazetteer, outer: &Place<'_>, name: String, mentions: Vec<Mention>) -> Location {
    let within = std::iter::once(outer.name).chain(known.chain(outer.id).map(|p| p.name)).map(str::to_owned).collect();
    let little = matches!(outer.kind, PlaceKind::City | PlaceKind::County | PlaceKind::Site);
    let at = |degrees: f64| little.then(|| rounded(degrees));
    let (latitude, longitude) = (at(outer.latitude), at(outer.longitude));
    Location { name, within, country: outer.country().map(str::to_owned), latitude, longitude, mentions }
}

/// The gazetteer is exact to half a kilometre: two decimals say no more than is known.
fn rounded(degrees: f64) -> f64 {
    (degrees * 100.0).round() / 100.0
}

/// The fullest form that the article gives, in small letters where it has one: "United States" rather than "U.S." or "KYIV".
fn fullest(known: &Gazetteer, identity: Identity, mentions: &[Mention]) -> String {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = |text: &str| !text.chars().any(char::is_lowercase);
    let shouted = |text: &str| letters(text) > 4 && capitals(text);
    let best = mentions.iter().max_by_key(|m| (!shouted(&m.text), m.text.len(), std::cmp::Reverse(m.span.start)));
    let Some(best) = best else { return String::new() };
    let name = best.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !capitals(&name) {
        return name;
    }
    match identity {
        Identity::Place(place) if fold(known.place(place).name) == fold(&name) => known.place(place).name.to_owned(),
        // UAE and USSR are written so
        _ if known.class(&name).any(NameClass::ABBREVIATION) => name,
        Identity::Place(_) if letters(&name) > 3 => ordinary_capitals(&name),
        _ if shouted(&name) => ordinary_capitals(&name),
        _ => name,
    }
}

/// What the article states of a place is trusted over what was found; a place that its text does not name stays too.
fn keep_given(article: &Article, locations: &mut Vec<Location>) {
    for given in &article.given.locations {
        let same = |l: &&mut Location| l.name == given.name || l.mentions.iter().any(|m| m.text == given.name);
        match locations.iter_mut().find(same) {
            Some(found) => {
                found.name.clone_from(&given.name);
                if given.latitude.is_some() && given.longitude.is_some() {
                    (found.latitude, found.longitude) = (given.latitude, given.longitude);
                }
                if given.country.is_some() {
                    found.country.clone_from(&given.country);
                }
                if !given.within.is_empty() {
                    found.within.clone_from(&given.within);
                }
                if !given.mentions.is_empty() {
                    found.mentions.clone_from(&given.mentions);
                }
            }
            None => locations.push(given.clone()),
        }
    }
}
