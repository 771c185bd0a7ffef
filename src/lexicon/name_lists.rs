//! First names, surnames, titles, roles and the words that mark organizations and places, read from the text files beside.

use rustc_hash::{FxHashMap, FxHashSet};

use super::word_table::WordTable;

/// The sex that a first name or a courtesy title tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// "Mary", "Mrs."
    Female,
    /// "John", "Mr."
    Male,
}

/// Lists of words that help to tell names apart. Words are kept as they are written in the files.
#[derive(Debug)]
pub struct NameLists {
    words: WordTable,
    /// Those in lower case: a few hundred, which stay close at hand though they are asked for of every word.
    small: WordTable,
    /// For each first name in lower case, the families of forms that it is of.
    nicknames: FxHashMap<String, Vec<u16>>,
    /// Well-known organizations.
    organizations: FxHashSet<&'static str>,
}

/// The lists that a word stands in, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordFlags(pub u32);

/// The lists: name, bit, the section of the file, and the question whether a word stands in it.
macro_rules! lists {
    ($($(#[$doc:meta])* $constant:ident = $bit:literal, $section:literal, $function:ident;)*) => {
        impl WordFlags {
            $($(#[$doc])*
            pub const $constant: Self = Self(1 << $bit);)*

            fn of_section(section: &str) -> Self {
                match section {
                    $($section => Self::$constant,)*
                    _ => Self::default(),
                }
            }
        }

        impl NameLists {
            $($(#[$doc])*
            #[must_use]
            pub fn $function(&self, word: &str) -> bool {
                self.flags(word).has(WordFlags::$constant)
            })*
        }
    };
}

lists! {
    /// "Mary".
    FEMALE_NAME = 0, "f", is_female_name;
    /// "John".
    MALE_NAME = 1, "m", is_male_name;
    /// "Robin".
    EITHER_NAME = 2, "u", is_either_name;
    /// "Johnson".
    SURNAME = 3, "surnames", is_surname;
    /// "Mr.", "King".
    MALE_TITLE = 4, "courtesy male", is_male_title;
    /// "Mrs.", "Queen".
    FEMALE_TITLE = 5, "courtesy female", is_female_title;
    /// "Sen.", "President": capitalised before a name.
    TITLE = 6, "titles", is_plain_title;
    /// "envoy", "president": what a person is, in lower case.
    ROLE_HEAD = 7, "role heads", is_role_head;
    /// "former", "foreign": what stands before a role, in lower case.
    ROLE_MODIFIER = 8, "role modifiers", is_role_modifier;
    /// "van", "al": lower-case words inside a name.
    PARTICLE = 9, "particles", is_particle;
    /// "Jr.", "III".
    NAME_SUFFIX = 10, "name suffixes", is_name_suffix;
    /// "Ministry", "University".
    ORGANIZATION_HEAD = 11, "organization heads", is_organization_head;
    /// "Inc.", "plc".
    ORGANIZATION_SUFFIX = 12, "organization suffixes", is_organization_suffix;
    /// "River", "Province".
    LOCATION_HEAD = 13, "location heads", is_location_head;
    /// "Lake", "Mount": before the name of a place.
    LOCATION_LEAD = 14, "location leads", is_location_lead;
    /// Words that are capitalised at the start of a sentence, or always, and are no names.
    NO_NAME = 15, "not names", is_no_name;
    /// A few countries, states and cities.
    WELL_KNOWN_PLACE = 16, "countries", is_well_known_place;
    /// "said", "told": what people do in news.
    SPEECH_VERB = 17, "speech verbs", is_speech_verb;
    /// "Russian": of a country or a people.
    DEMONYM = 18, "demonyms", is_demonym;
}

const FILES: &[&str] = &[include_str!("first_names.txt"), include_str!("surnames.txt"), include_str!("name_words.txt")];

impl WordFlags {
    /// Whether the word stands in any of the lists of `other`.
    #[must_use]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The lists of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// First names of either sex.
    pub const FIRST_NAME: Self = Self::FEMALE_NAME.and(Self::MALE_NAME).and(Self::EITHER_NAME);
    /// Titles of all kinds.
    pub const ANY_TITLE: Self = Self::TITLE.and(Self::MALE_TITLE).and(Self::FEMALE_TITLE);
}

impl NameLists {
    /// The lists inside the program.
    pub(super) fn embedded() -> Self {
        let (mut words, mut small) = (WordTable::new(FILES, 27_000), WordTable::new(FILES, 500));
        for (text, file) in FILES.iter().enumerate() {
            for (section, members) in sections_of(file) {
                let flag = WordFlags::of_section(section);
                debug_assert_ne!(flag, WordFlags::default(), "no such list: {section}");
                for word in members {
                    // it is a part of the file
                    let start = word.as_ptr().addr() - file.as_ptr().addr();
                    let table = if is_small(word) { &mut small } else { &mut words };
                    table.insert(text, start, start + word.len(), flag.0);
                }
            }
        }
        let mut nicknames: FxHashMap<String, Vec<u16>> = FxHashMap::default();
        for (family, line) in (0..).zip(include_str!("nicknames.txt").lines().filter(|l| !l.starts_with('#'))) {
            for name in line.split_ascii_whitespace() {
                nicknames.entry(name.to_lowercase()).or_default().push(family);
            }
        }
        let organizations = include_str!("organizations.txt").lines().filter(|l| !l.starts_with('#'));
        let organizations = organizations.flat_map(|l| l.split(';')).map(str::trim).filter(|name| !name.is_empty()).collect();
        Self { words, small, nicknames, organizations }
    }

    /// Whether `name`, written as the list has it, is a well-known organization.
    #[must_use]
    pub fn is_well_known_organization(&self, name: &str) -> bool {
        self.organizations.contains(name)
    }

    /// Whether two first names in lower case are forms of one: "joe" and "joseph".
    #[must_use]
    pub fn are_forms_of_one_name(&self, a: &str, b: &str) -> bool {
        let families = |name: &str| self.nicknames.get(name).map_or(&[][..], Vec::as_slice);
        families(a).iter().any(|f| families(b).contains(f))
    }

    /// The lists that `word` stands in.
    #[must_use]
    pub fn flags(&self, word: &str) -> WordFlags {
        WordFlags(if is_small(word) { self.small.lists(word) } else { self.words.lists(word) })
    }

    /// Whether `word` is a known first name.
    #[must_use]
    pub fn is_first_name(&self, word: &str) -> bool {
        self.flags(word).has(WordFlags::FIRST_NAME)
    }

    /// The sex that bears the first name `word`, where that is clear.
    #[must_use]
    pub fn gender_of_first_name(&self, word: &str) -> Option<Gender> {
        let flags = self.flags(word);
        match (flags.has(WordFlags::FEMALE_NAME), flags.has(WordFlags::MALE_NAME)) {
            (true, false) => Some(Gender::Female),
            (false, true) => Some(Gender::Male),
            _ => None,
        }
    }

    /// The sex that a title before a name tells of.
    #[must_use]
    pub fn gender_of_title(&self, word: &str) -> Option<Gender> {
        if self.is_female_title(word) {
            Some(Gender::Female)
        } else if self.is_male_title(word) {
            Some(Gender::Male)
        } else {
            None
        }
    }

    /// Whether `word` may stand, capitalised, before a person's name without being part of it.
    #[must_use]
    pub fn is_title(&self, word: &str) -> bool {
        self.flags(word).has(WordFlags::ANY_TITLE)
    }
}

fn is_small(word: &str) -> bool {
    word.as_bytes().first().is_some_and(u8::is_ascii_lowercase)
}

/// The sections of a list: "[head]" lines, and the words of the lines after each; "#" lines say where the facts come from.
pub(super) fn sections_of(list: &'static str) -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    list.split("\n[").skip(1).filter_map(|section| {
        let (head, body) = section.split_once("]\n")?;
        Some((head, body.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_ascii_whitespace)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_read() {
        let lists = NameLists::embedded();
        assert_eq!(lists.gender_of_first_name("Maria"), Some(Gender::Female));
        assert_eq!(lists.gender_of_title("Mr."), Some(Gender::Male));
        assert!(lists.is_surname("Johnson"));
        assert!(lists.is_title("Sen.") && lists.is_role_head("envoy") && lists.is_organization_suffix("Inc."));
        assert!(lists.is_particle("van") && lists.is_name_suffix("Jr.") && lists.is_location_head("River"));
        assert!(lists.is_no_name("Monday") && lists.is_well_known_place("France") && lists.is_location_lead("Lake"));
        assert!(lists.are_forms_of_one_name("joe", "joseph") && !lists.are_forms_of_one_name("joe", "james"));
        assert!(lists.is_organization_head("University") && lists.is_role_modifier("former"));
    }
}
