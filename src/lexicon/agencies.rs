//! The names of news agencies, by which wire copy is known at other outlets.
//!
//! From the lists of members of the World News Agencies (newsalliance.org), the European Alliance of News Agencies
//! (newsalliance.org) and the Organization of Asia-Pacific News Agencies (oananews.org); names and abbreviations are facts.

/// In small letters, without "the".
const NAMES: &[&str] = &[
    "aap",
    "adnkronos",
    "afp",
    "agence france presse",
    "agencia efe",
    "agenzia giornalistica italia",
    "agerpres",
    "anadolu",
    "anadolu agency",
    "ani",
    "anp",
    "ansa",
    "antara",
    "ap",
    "apa",
    "asian news international",
    "associated press",
    "associated press of pakistan",
    "australian associated press",
    "bangladesh sangbad sangstha",
    "belga",
    "bernama",
    "bloomberg",
    "bloomberg news",
    "bss",
    "canadian press",
    "central news agency",
    "deutsche presse agentur",
    "dow jones",
    "dow jones newswires",
    "dpa",
    "dpa international",
    "efe",
    "ians",
    "indo asian news service",
    "inter press service",
    "interfax",
    "interfax ukraine",
    "irna",
    "itar tass",
    "jiji",
    "jiji press",
    "kyodo",
    "kyodo news",
    "lusa",
    "mehr",
    "mena",
    "ntb",
    "pa",
    "pa media",
    "pap",
    "polish press agency",
    "press association",
    "press trust of india",
    "pti",
    "reuters",
    "ria novosti",
    "ritzau",
    "spa",
    "stt",
    "tanjug",
    "tass",
    "thomson reuters",
    "tribune news service",
    "ukrinform",
    "united press international",
    "upi",
    "wafa",
    "wam",
    "xinhua",
    "yonhap",
];

/// What agencies put behind their names.
const TAILS: &[&str] = &["news agency", "staff", "staff writer", "reporters", "editorial", "wire", "in english"];

/// The name of the agency that `name` is, in small letters: "The Associated Press", "Reuters Staff", "dpa/Reuters".
#[must_use]
pub fn agency(name: &str) -> Option<&'static str> {
    name.split(['/', '|', '&']).find_map(|part| {
        let words = part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let words = words.collect::<Vec<_>>().join(" ").to_lowercase();
        let mut name = words.strip_prefix("the ").unwrap_or(&words);
        for tail in TAILS {
            name = name.strip_suffix(tail).map_or(name, str::trim_end);
        }
        NAMES.binary_search(&name).ok().map(|at| NAMES[at])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_are_known_by_their_names() {
        assert!(NAMES.is_sorted());
        for name in ["Reuters", "The Associated Press", "Reuters Staff", "AP", "Agence France-Presse", "dpa/AFP", "Xinhua News Agency"] {
            assert!(agency(name).is_some(), "{name}");
        }
        for name in ["The Harbour Post", "Ann Lee", "Press", ""] {
            assert_eq!(agency(name), None, "{name}");
        }
    }
}
