//! Under which name a place is counted: the usual one of the place that was identified, whatever the article calls it.
//!
//! The column holds that name and the article's own behind it, so that one or the other can be counted.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::annotation::Location;
use crate::lexicon::gazetteer::{Gazetteer, Kind, Place, PlaceId};
use crate::lexicon::spelling::ordinary_capitals;

/// Parts the usual name from the article's own.
const BESIDE: char = '\u{1f}';

/// Coordinates of one place differ so little, in degrees, where an article brings its own.
const NEAR: f64 = 0.3;

/// The values of the column for the places of an article, each place once.
pub fn column(known: &Gazetteer, locations: &[Location]) -> Vec<String> {
    let mut values: BTreeMap<String, &str> = BTreeMap::new();
    for location in locations {
        values.entry(usual_name(known, location)).or_insert(&location.name);
    }
    values.into_iter().map(|(usual, own)| format!("{usual}{BESIDE}{own}")).collect()
}

/// The name in a value of the column: the usual one, or the article's own.
pub fn shown(value: &str, exact: bool) -> &str {
    match value.split_once(BESIDE) {
        Some((_, own)) if exact => own,
        Some((usual, _)) => usual,
        None => value,
    }
}

/// The gazetteer's name of the place; what it lies in stands behind the names of all but the weightiest that bear it.
fn usual_name(known: &Gazetteer, location: &Location) -> String {
    match identified(known, location) {
        Some(place) => {
            let first = known.lookup(place.name).into_iter().find(|p| p.name == place.name);
            // a region that is the city itself has its name: Moscow
            let same = |p: &Place<'_>| {
                let (inner, outer) = if p.kind == Kind::Region { (place.id, p.id) } else { (p.id, place.id) };
                p.id == place.id || (p.kind == Kind::Region || place.kind == Kind::Region) && lies_in(known, inner, outer)
            };
            let outer = if first.as_ref().is_none_or(same) { None } else { known.chain(place.id).next() };
            qualified(place.name.to_owned(), outer.map(|p| p.name))
        }
        None => {
            // one article says what it lies in and another does not: only what others bear the name of is told apart by it
            let outer = location.within.first().filter(|_| known.class(&location.name).is_place());
            qualified(ordinary_capitals(&location.name), outer.map(String::as_str))
        }
    }
}

/// As [`Gazetteer::within`], through the regions of one name that [`Gazetteer::chain`] leaves out.
fn lies_in(known: &Gazetteer, inner: PlaceId, outer: PlaceId) -> bool {
    const DEPTH: usize = 8;
    std::iter::successors(known.place(inner).parent, |&p| known.place(p).parent).take(DEPTH).any(|p| p == outer)
}

fn qualified(name: String, outer: Option<&str>) -> String {
    outer.map(|outer| format!("{name}, {outer}")).unwrap_or(name)
}

/// The place of the gazetteer that the location is, by one of its names and where it lies.
fn identified<'g>(known: &'g Gazetteer, location: &Location) -> Option<Place<'g>> {
    const NAMES: usize = 4;
    let (latitude, longitude) = (location.latitude?, location.longitude?);
    let mut names = vec![location.name.as_str()];
    for mention in &location.mentions {
        if names.len() < NAMES && !names.contains(&mention.text.as_str()) {
            names.push(&mention.text);
        }
    }
    let away = |p: &Place<'_>| (p.latitude - latitude).abs().max((p.longitude - longitude).abs());
    let elsewhere = |p: &Place<'_>| !known.chain(p.id).map(|outer| outer.name).eq(location.within.iter().map(String::as_str));
    let nearer = |a: &Place<'_>, b: &Place<'_>| match elsewhere(a).cmp(&elsewhere(b)) {
        Ordering::Equal => away(a).total_cmp(&away(b)),
        unequal => unequal,
    };
    names.into_iter().find_map(|name| {
        let bearers = known.lookup(name).into_iter();
        bearers.filter(|p| away(p) < NEAR && (location.country.is_none() || p.country() == location.country.as_deref())).min_by(nearer)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(name: &str, within: &[&str], country: Option<&str>, at: Option<(f64, f64)>) -> Location {
        Location {
            name: name.to_owned(),
            within: within.iter().map(|w| (*w).to_owned()).collect(),
            country: country.map(str::to_owned),
            latitude: at.map(|at| at.0),
            longitude: at.map(|at| at.1),
            mentions: Vec::new(),
        }
    }

    #[test]
    fn a_place_is_counted_under_its_usual_name() {
        let known = Gazetteer::embedded();
        let america = &["United States", "North America"];
        let state = |name| [&[name], &america[..]].concat();
        for (name, within, country, at, usual) in [
            ("U.S.", vec!["North America"], Some("US"), Some((39.76, -98.5)), "United States"),
            ("United States", vec!["North America"], Some("US"), Some((39.76, -98.5)), "United States"),
            ("NEW YORK", state("New York"), Some("US"), Some((40.71, -74.01)), "New York City"),
            ("New York", america.to_vec(), Some("US"), Some((43.0, -75.5)), "New York"),
            ("Paris", vec!["Île-de-France", "France", "Europe"], Some("FR"), Some((48.85, 2.35)), "Paris"),
            ("Paris", state("Texas"), Some("US"), Some((33.66, -95.56)), "Paris, Texas"),
            ("Georgia", america.to_vec(), Some("US"), Some((32.75, -83.5)), "Georgia, United States"),
            ("Luxembourg", vec!["Europe"], Some("LU"), Some((49.75, 6.17)), "Luxembourg"),
            ("MOSCOW", vec!["Russia", "Europe"], Some("RU"), Some((55.75, 37.62)), "Moscow"),
            ("LITTLE TOLLFORD", vec![], None, None, "Little Tollford"),
            ("Little Tollford", vec!["England", "United Kingdom", "Europe"], Some("GB"), None, "Little Tollford"),
            ("Geneva", vec!["Fiji"], Some("FJ"), None, "Geneva, Fiji"),
        ] {
            assert_eq!(usual_name(known, &location(name, &within, country, at)), usual, "{name} {within:?}");
        }
    }

    #[test]
    fn an_article_names_a_place_once() {
        let america = |name| location(name, &["North America"], Some("US"), Some((39.76, -98.5)));
        let values = column(Gazetteer::embedded(), &[america("U.S."), america("America")]);
        assert_eq!(values.len(), 1);
        assert_eq!((shown(&values[0], false), shown(&values[0], true)), ("United States", "U.S."));
        assert_eq!(shown("Lviv", true), "Lviv", "as older versions wrote it");
    }
}
