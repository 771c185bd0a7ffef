//! First names, surnames, titles, roles and the words that mark organizations and places, read from the text files beside.

use rustc_hash::{FxHashMap, FxHashSet};

/// The sex that a first name or a courtesy title tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// "Mary", "Mrs."
    Female,
    /// "John", "Mr."
    Male,
}

/// Lists of words that help to tell names apart. Words are kept as they are written in the files.
#[derive(Debug, Default)]
pub struct NameLists {
    first_names: FxHashMap<&'static str, Option<Gender>>,
    surnames: FxHashSet<&'static str>,
    words: FxHashMap<&'static str, FxHashSet<&'static str>>,
}

/// A section of `name_words.txt`.
macro_rules! sections {
    ($($(#[$doc:meta])* $function:ident = $section:literal;)*) => {
        impl NameLists {
            $($(#[$doc])*
            #[must_use]
            pub fn $function(&self, word: &str) -> bool {
                self.words.get($section).is_some_and(|set| set.contains(word))
            })*
        }
    };
}

sections! {
    /// "Mr.", "King".
    is_male_title = "courtesy male";
    /// "Mrs.", "Queen".
    is_female_title = "courtesy female";
    /// "Sen.", "President": capitalised before a name.
    is_plain_title = "titles";
    /// "envoy", "president": what a person is, in lower case.
    is_role_head = "role heads";
    /// "former", "foreign": what stands before a role, in lower case.
    is_role_modifier = "role modifiers";
    /// "van", "al": lower-case words inside a name.
    is_particle = "particles";
    /// "Jr.", "III".
    is_name_suffix = "name suffixes";
    /// "Ministry", "University".
    is_organization_head = "organization heads";
    /// "Inc.", "plc".
    is_organization_suffix = "organization suffixes";
    /// "River", "Province".
    is_location_head = "location heads";
    /// "Lake", "Mount": before the name of a place.
    is_location_lead = "location leads";
    /// Words that are capitalised at the start of a sentence, or always, and are no names.
    is_no_name = "not names";
    /// A few countries, states and cities.
    is_well_known_place = "countries";
}

impl NameLists {
    /// The lists inside the program.
    pub(super) fn embedded() -> Self {
        let mut lists = Self::default();
        for (section, words) in sections_of(include_str!("first_names.txt")) {
            let gender = match section {
                "f" => Some(Gender::Female),
                "m" => Some(Gender::Male),
                _ => None,
            };
            lists.first_names.extend(words.map(|w| (w, gender)));
        }
        lists.surnames = include_str!("surnames.txt").lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).collect();
        for (section, words) in sections_of(include_str!("name_words.txt")) {
            lists.words.insert(section, words.collect());
        }
        lists
    }

    /// Whether `word` is a known first name.
    #[must_use]
    pub fn is_first_name(&self, word: &str) -> bool {
        self.first_names.contains_key(word)
    }

    /// The sex that bears the first name `word`, where that is clear.
    #[must_use]
    pub fn gender_of_first_name(&self, word: &str) -> Option<Gender> {
        self.first_names.get(word).copied().flatten()
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

    /// Whether `word` is a known surname.
    #[must_use]
    pub fn is_surname(&self, word: &str) -> bool {
        self.surnames.contains(word)
    }

    /// Whether `word` may stand, capitalised, before a person's name without being part of it.
    #[must_use]
    pub fn is_title(&self, word: &str) -> bool {
        self.is_plain_title(word) || self.is_male_title(word) || self.is_female_title(word)
    }
}

/// The sections of a list: "[head]" lines, and the words of the lines after each; "#" lines say where the facts come from.
fn sections_of(list: &'static str) -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    list.split("\n[").skip(1).filter_map(|section| {
        let (head, body) = section.split_once("]\n")?;
        Some((head, body.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace)))
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
        assert!(lists.is_organization_head("University") && lists.is_role_modifier("former"));
    }
}
