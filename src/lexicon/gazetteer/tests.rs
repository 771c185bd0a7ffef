//! Properties tested: the program's own gazetteer opens and knows what news names; keys fold; chains end at a continent;
//! damaged, cut and foreign files are refused with their reason; a user's table lies over the program's own.

use std::borrow::Cow;

use super::*;

fn first(name: &str) -> String {
    let known = Gazetteer::embedded();
    let Some(place) = known.lookup(name).into_iter().next() else { return "unknown".to_owned() };
    let within: Vec<&str> = known.chain(place.id).map(|p| p.name).collect();
    format!("{}, {}", place.name, within.join(", "))
}

#[test]
fn names_find_what_news_means_by_them() {
    for (name, expected) in [
        ("Kiev", "Kyiv, Ukraine, Europe"),
        ("Kyiv", "Kyiv, Ukraine, Europe"),
        ("Bombay", "Mumbai, Maharashtra, India, Asia"),
        ("Crimea", "Crimea, Ukraine, Europe"),
        ("Kharkiv", "Kharkiv, Kharkiv Oblast, Ukraine, Europe"),
        ("U.S.", "United States, North America"),
        ("UK", "United Kingdom, Europe"),
        ("DR Congo", "Democratic Republic of the Congo, Africa"),
        ("Mass.", "Massachusetts, United States, North America"),
        ("Washington", "Washington, Washington, D.C., United States, North America"),
        ("New York", "New York City, New York, United States, North America"),
        ("Malvinas", "Falkland Islands, South America"),
        ("Nagorno-Karabakh", "Nagorno-Karabakh, Azerbaijan, Asia"),
        ("Artsakh", "Nagorno-Karabakh, Azerbaijan, Asia"),
        ("Donbass", "Donbas, Ukraine, Europe"),
        ("the West Bank", "West Bank, Palestine, Asia"),
        ("Zurich", "Zürich, Switzerland, Europe"),
        ("Middle East", "Middle East, Asia"),
    ] {
        assert_eq!(first(name), expected, "{name}");
    }
    assert!(Gazetteer::embedded().lookup("us").is_empty(), "a pronoun is no country");
    assert!(Gazetteer::embedded().lookup("Russian").is_empty(), "a demonym is no place");
}

#[test]
fn classes_tell_all_that_a_name_may_be() {
    let known = Gazetteer::embedded();
    let georgia = known.class("Georgia");
    assert!(georgia.any(NameClass::COUNTRY) && georgia.any(NameClass::REGION));
    assert!(known.class("Russians").any(NameClass::DEMONYM) && !known.class("Russians").is_place());
    assert!(known.class("US").any(NameClass::ABBREVIATION) && known.class("us") == NameClass::default());
    assert!(known.class("Danube").any(NameClass::FEATURE));
    assert!(known.class("Chicago").any(NameClass::LARGE_CITY));
}

#[test]
fn the_longest_name_wins() {
    let known = Gazetteer::embedded();
    let longest = |text: &str| known.longest(text.split(' ')).map(|(words, _)| words);
    assert_eq!(longest("New York City Council"), Some(3));
    assert_eq!(longest("United Kingdom of"), Some(2));
    assert_eq!(longest("Guinea-Bissau and"), Some(1));
    assert_eq!(longest("U.S. troops"), Some(1));
    assert_eq!(longest("sternly worded"), None);
}

#[test]
fn every_chain_ends() {
    let known = Gazetteer::embedded();
    for code in ["UA.07", "US.TX", "PS.GZ", "FR.11"] {
        let place = known.by_code(code).unwrap_or_else(|| panic!("{code} is known"));
        assert_eq!(known.chain(place.id).last().map(|p| p.kind), Some(Kind::Continent), "{code}");
    }
    assert!(known.within(known.lookup("Kharkiv")[0].id, known.by_code("UA").expect("Ukraine").id));
}

#[test]
fn damaged_and_foreign_files_are_refused() {
    let whole = include_bytes!("gazetteer.bin");
    let open = |bytes: Vec<u8>| Gazetteer::open(Cow::Owned(bytes)).map(|g| g.len());
    assert!(matches!(open(b"not a gazetteer".to_vec()), Err(GazetteerError::NotCompiled)));
    assert!(matches!(open(Vec::new()), Err(GazetteerError::NotCompiled)));
    assert!(matches!(open(whole[..whole.len() / 2].to_vec()), Err(GazetteerError::Damaged(_))));
    let mut changed = whole.to_vec();
    changed[whole.len() / 3] ^= 1;
    assert!(matches!(open(changed), Err(GazetteerError::Damaged(_))));
    let mut newer = whole.to_vec();
    newer[8] = 99;
    assert!(matches!(open(newer), Err(GazetteerError::Version { found: 99, .. })));
}

/// Two lines of a table as GeoNames offers it.
const TABLE: &str = "1\tLower Tollford\tLower Tollford\tTollford Parva\t51.5\t-2.5\tP\tPPL\tGB\t\tENG\t\t\t\t340\t\t12\tEurope/London\t2024-01-01\n\
    2\tTollford School\tTollford School\t\t51.5\t-2.5\tS\tSCH\tGB\t\tENG\t\t\t\t0\t\t12\tEurope/London\t2024-01-01\n";

#[test]
fn a_users_table_lies_over_the_programs_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("mine.txt");
    std::fs::write(&table, TABLE).expect("written");
    let compiled = folder.path().join("mine.gazetteer");
    std::fs::write(&compiled, sources::compile_dump(&table, Gazetteer::embedded()).expect("compiles").0).expect("written");
    for path in [table, compiled] {
        let known = Gazetteer::with_file(&path).expect("opens");
        let place = known.lookup("Lower Tollford").into_iter().next().expect("the user's village is known");
        let within: Vec<&str> = known.chain(place.id).map(|p| p.name).collect();
        assert_eq!(within, ["England", "United Kingdom", "Europe"]);
        assert_eq!(place.country(), Some("GB"));
        assert!(!known.lookup("Ukraine").is_empty(), "the program's own places stay");
        assert!(known.lookup("Tollford School").is_empty(), "a school is no place of news");
    }
    let other = folder.path().join("other.txt");
    std::fs::write(&other, "a letter to the editor\n").expect("written");
    assert!(matches!(Gazetteer::with_file(&other), Err(GazetteerError::NotCompiled)));
    assert!(matches!(Gazetteer::with_file(&folder.path().join("none")), Err(GazetteerError::Read { .. })));
}
