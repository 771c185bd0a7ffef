//! What formats state in words of their own, brought into ours: people, organizations and places, each once; languages; names
//! in capitals.

use crate::annotation::{Entity, Location};

/// Adds an entity unless one of its name is there; a name beyond any reason is passed over.
pub(super) fn add(list: &mut Vec<Entity>, entity: Entity) {
    if sensible(&entity.name) && !list.iter().any(|e| e.name == entity.name) {
        list.push(entity);
    }
}

/// Adds an entity by its name alone.
pub(super) fn add_name(list: &mut Vec<Entity>, name: &str) {
    add(list, Entity { name: name.trim().to_owned(), ..Entity::default() });
}

/// Adds a place unless one of its name is there; what the one there lacks is filled in.
pub(super) fn add_location(list: &mut Vec<Location>, location: Location) {
    if !sensible(&location.name) {
        return;
    }
    match list.iter_mut().find(|l| l.name == location.name) {
        None => list.push(location),
        Some(known) => {
            if known.within.is_empty() {
                known.within = location.within;
            }
            known.country = known.country.take().or(location.country);
            known.latitude = known.latitude.or(location.latitude);
            known.longitude = known.longitude.or(location.longitude);
        }
    }
}

/// Adds a place by its name: "Norfolk, Virginia" is Norfolk in Virginia.
pub(super) fn add_place(list: &mut Vec<Location>, name: &str) {
    let mut parts = name.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty());
    let Some(name) = parts.next() else { return };
    add_location(list, Location { name, within: parts.collect(), ..Location::default() });
}

fn sensible(name: &str) -> bool {
    !name.is_empty() && name.len() <= 200 && name.chars().any(char::is_alphabetic)
}

/// "it" of "http://cvx.iptc.org/iso3166-1a2/it" or "iso3166-1a2:IT", as a country's code.
pub(super) fn country(code: &str) -> Option<String> {
    let code = code.rsplit(['/', ':']).next()?;
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic())).then(|| code.to_ascii_uppercase())
}

/// The two letters of a language tag ("en-GB", "EN") or of a language's name ("Français").
pub(super) fn language(stated: &str) -> Option<String> {
    const CODES: &str = "ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk kn ko ky lt lv \
        mk ml mn mr ms my nb ne nl nn no or pa pl ps pt ro ru si sk sl sq sr sv sw ta te tg th tk tl tr uk ur uz vi zh";
    const NAMES: &[(&str, &str)] = &[
        ("english", "en"),
        ("anglais", "en"),
        ("englisch", "en"),
        ("inglés", "en"),
        ("français", "fr"),
        ("french", "fr"),
        ("französisch", "fr"),
        ("deutsch", "de"),
        ("german", "de"),
        ("allemand", "de"),
        ("español", "es"),
        ("spanish", "es"),
        ("espagnol", "es"),
        ("italiano", "it"),
        ("italian", "it"),
        ("português", "pt"),
        ("portuguese", "pt"),
        ("nederlands", "nl"),
        ("dutch", "nl"),
        ("русский", "ru"),
        ("russian", "ru"),
        ("chinese", "zh"),
        ("japanese", "ja"),
        ("arabic", "ar"),
        ("polish", "pl"),
        ("swedish", "sv"),
        ("norwegian", "no"),
        ("danish", "da"),
        ("turkish", "tr"),
        ("korean", "ko"),
    ];
    let stated = stated.trim().to_lowercase();
    let code = stated.split(['-', '_']).next().unwrap_or_default();
    if CODES.split_whitespace().any(|known| known == code) {
        return Some(code.to_owned());
    }
    let first = stated.split([';', ',', ' ']).next().unwrap_or_default();
    NAMES.iter().find(|(name, _)| *name == first).map(|(_, code)| (*code).to_owned())
}

/// "ANNA BELL" is Anna Bell; a name that has small letters stays, and a word of at most `abbreviation` letters ("NATO").
pub(super) fn from_capitals(name: &str, abbreviation: usize) -> String {
    if name.chars().any(char::is_lowercase) || (!name.contains(' ') && name.len() <= abbreviation) {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut inside = false;
    for c in name.chars() {
        if inside {
            out.extend(c.to_lowercase())
        } else {
            out.push(c)
        }
        inside = c.is_alphabetic() || (inside && c == '\'');
        // O'Neil, not O'neil.
        if c == '\'' && out.chars().rev().nth(2).is_none_or(|c| !c.is_alphabetic()) {
            inside = false;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_by_tag_and_name() {
        for (stated, code) in [
            ("en-GB", Some("en")),
            ("EN", Some("en")),
            ("Français", Some("fr")),
            ("ENGLISH", Some("en")),
            ("US", None),
            ("en_US", Some("en")),
            ("", None),
        ] {
            assert_eq!(language(stated).as_deref(), code, "{stated}");
        }
    }

    #[test]
    fn names_in_capitals() {
        for (name, written) in
            [("ANNA O'DEA-BELL", "Anna O'Dea-Bell"), ("NATO", "NATO"), ("McKay", "McKay"), ("UNITED KINGDOM", "United Kingdom")]
        {
            assert_eq!(from_capitals(name, 5), written);
        }
    }

    #[test]
    fn places_are_joined() {
        let mut list = Vec::new();
        add_place(&mut list, "Norfolk, Virginia");
        add_location(&mut list, Location { name: "Norfolk".into(), latitude: Some(36.8), ..Location::default() });
        assert_eq!((list.len(), list[0].within.as_slice(), list[0].latitude), (1, &["Virginia".to_owned()][..], Some(36.8)));
        assert_eq!(country("http://cvx.iptc.org/iso3166-1a2/it").as_deref(), Some("IT"));
    }
}
