//! Takes titles off the name that a person types: "President Clinton" is asked for as Clinton, for names are kept without
//! titles. It reads only the lists of titles, so that a question need not wait for all the others.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use super::name_lists::sections_of;

/// Titles that are first names as well: alone before a name they stay.
const GIVEN_NAMES: [&str; 6] = ["baron", "dean", "duke", "lance", "marshal", "sultan"];

#[derive(Debug, Default)]
struct Lists {
    titles: FxHashSet<String>,
    /// What may stand before a title: "Russian", "former".
    before: FxHashSet<String>,
    /// What no person is called: "Department" of "Justice Department".
    organizations: FxHashSet<String>,
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| {
        let mut lists = Lists::default();
        for (section, words) in sections_of(include_str!("name_words.txt")) {
            let list = match section {
                "titles" | "courtesy male" | "courtesy female" => &mut lists.titles,
                "demonyms" | "role modifiers" => &mut lists.before,
                "organization heads" | "organization suffixes" => &mut lists.organizations,
                _ => continue,
            };
            list.extend(words.map(plain));
        }
        lists
    })
}

fn plain(word: &str) -> String {
    word.trim_end_matches(['.', ',']).to_lowercase()
}

/// The words of `name` that stand behind its titles; all of them where it has none, where nothing stands behind them, or
/// where it is no person's.
#[must_use]
pub fn without_titles(name: &str) -> &str {
    let lists = lists();
    let words: Vec<String> = name.split_whitespace().map(plain).collect();
    if words.iter().any(|word| lists.organizations.contains(word)) {
        return name;
    }
    let is_title = |at: usize| words.get(at).is_some_and(|word| lists.titles.contains(word));
    let (mut at, mut titles) = (0, 0);
    while let Some(word) = words.get(at) {
        if is_title(at) && !(titles == 0 && GIVEN_NAMES.contains(&word.as_str())) {
            at += 1;
            titles += 1;
            // "Secretary of State", "Secretary of the Treasury"
            if words.get(at).is_some_and(|word| word == "of" || word == "for") {
                let the = usize::from(words.get(at + 1).is_some_and(|word| word == "the"));
                at += 2 + the;
            }
        } else if lists.before.contains(word) && (is_title(at + 1) || words.get(at + 1).is_some_and(|next| lists.before.contains(next))) {
            at += 1;
        } else {
            break;
        }
    }
    if titles == 0 || at >= words.len() {
        return name;
    }
    let mut rest = name.trim_start();
    for _ in 0..at {
        rest = rest.trim_start_matches(|c: char| !c.is_whitespace()).trim_start();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_fall_off_people_and_stay_on_all_else() {
        for (name, expected) in [
            ("President Orlova", "Orlova"),
            ("Mr. Tom Lee", "Tom Lee"),
            ("mrs orlova", "orlova"),
            ("Prime Minister Orlova", "Orlova"),
            ("former Russian foreign minister Tom Lee", "Tom Lee"),
            ("Secretary of State Lee", "Lee"),
            ("Secretary of the Treasury Tom Lee", "Tom Lee"),
            ("Tom Lee", "Tom Lee"),
            ("Dean Lee", "Dean Lee"),
            ("Professor Dean Lee", "Lee"),
            ("Foreign Ministry", "Foreign Ministry"),
            ("Justice Department", "Justice Department"),
            ("General Motors", "General Motors"),
            ("Secretary of State", "Secretary of State"),
            ("President", "President"),
            ("", ""),
        ] {
            assert_eq!(without_titles(name), expected, "{name}");
        }
    }
}
