//! Words that stand with the names of places, and with those of firms and institutions that bear such names: read from the file beside.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::name_lists::sections_of;

/// One list of `place_words.txt`, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List(u8);

impl List {
    /// Whether `word` stands in the list, as it is written there.
    #[must_use]
    pub fn contains(self, word: &str) -> bool {
        static LISTS: OnceLock<FxHashMap<&'static str, u32>> = OnceLock::new();
        LISTS.get_or_init(read).get(word).is_some_and(|lists| lists >> self.0 & 1 == 1)
    }
}

/// For each word the lists that it stands in, a bit each.
fn read() -> FxHashMap<&'static str, u32> {
    let mut lists = FxHashMap::default();
    for (section, words) in sections_of(include_str!("place_words.txt")) {
        let list = SECTIONS.iter().find(|(name, _)| *name == section).map(|(_, list)| *list);
        debug_assert!(list.is_some(), "no such list: {section}");
        for word in words {
            *lists.entry(word).or_default() |= list.map_or(0, |list| 1 << list.0);
        }
    }
    lists
}

/// The lists: name, number, and the section of the file.
macro_rules! lists {
    ($($(#[$doc:meta])* $constant:ident = $bit:literal, $section:literal;)*) => {
        $($(#[$doc])*
        pub const $constant: List = List($bit);)*

        const SECTIONS: &[(&str, List)] = &[$(($section, $constant)),*];
    };
}

lists! {
    /// Words after which a name is where something is.
    AT = 0, "at";
    /// Words that follow the name of a place which does, has or is something there.
    OF_A_PLACE = 1, "of a place";
    /// Towns whose name nearly always means something else.
    NO_TOWNS = 2, "no towns";
    /// What begins the names of those that call themselves after where they fight: "al-Qaida in Iraq".
    FORCES = 3, "forces";
    /// Names of bodies that are also towns.
    BODIES = 4, "bodies";
    /// Roads, which are no places that anybody looks for, unless the gazetteer knows them: "Wall Street".
    ROADS = 5, "roads";
    /// Words before the number of a road: "Highway 9".
    ROAD_LEADS = 6, "road leads";
    /// Last words of names that are of institutions rather than of places.
    INSTITUTIONS = 7, "institutions";
    /// Words that stand between "in" and the name of a place.
    NEARER = 8, "nearer";
    /// Words before "of" that make a place of what follows: "the village of Tollford".
    SETTLEMENTS = 9, "settlements";
    /// What firms have, beside their names.
    OF_A_FIRM = 10, "of a firm";
    /// Words that lead to a firm: "an analyst at Tollford", "a stake in Tollford".
    TO_A_FIRM = 11, "to a firm";
    /// What firms do. A government or a capital may do some of it, a little town nothing.
    FIRMS_DO = 12, "firms do";
    /// Words that a strange name after "in the" may stand before and still be a place.
    JOINS = 13, "joins";
    /// Buildings and grounds that people go to.
    FACILITIES = 14, "facilities";
    /// Words that make a party's name of a country's: "United Russia".
    PARTIES = 15, "parties";
    /// Institutions that a place is the name of.
    OF_PLACES = 16, "of places";
    /// Hours and years, not places: "8 a.m. EST", "250 B.C.".
    HOURS = 17, "hours";
    /// Words before a name that narrow the place and are no part of it: "Northern Iraq".
    BEFORE = 18, "before";
    /// Words after a name that say what kind of place it is and are no part of it: "Kandahar Province".
    AFTER = 19, "after";
    /// What only little places are called.
    LITTLE = 20, "little";
    /// Words that name a part of some town with what stands before them.
    PARTS_OF_TOWNS = 21, "parts of towns";
    /// Words before "to", "from" and "into" that tell of a way: "flew to Tollford".
    GOING = 22, "going";
    /// What states have: "Jordan's king".
    OF_A_STATE = 23, "of a state";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_read() {
        let lists = read();
        for (section, list) in SECTIONS {
            assert!(lists.values().any(|lists| lists >> list.0 & 1 == 1), "{section}");
        }
        assert!(AT.contains("near") && !AT.contains("Road") && ROADS.contains("Road"));
    }
}
