//! What an article tells of where it is, beside the places that it names: names of places inside other names, and words that
//! only one country uses.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::patterns::unabbreviated;
use super::resolve::{Spot, narrows_before};
use crate::annotate::entities::{Entities, Kind};
use crate::annotate::text::{Text, TokenKind};
use crate::lexicon::gazetteer::{Gazetteer, NameClass};

/// The names of places inside names of organizations and the like: "Tollford County Sheriff's Office", "University of Tollford".
pub(super) fn hints(known: &Gazetteer, text: &Text<'_>, entities: &Entities) -> Vec<String> {
    const PLACES: NameClass =
        NameClass::COUNTRY.with(NameClass::REGION).with(NameClass::LARGE_CITY).with(NameClass::CITY).with(NameClass::TOWN);
    let mut found = Vec::new();
    for mention in entities.of_zone(text.zone).iter().filter(|m| matches!(m.kind, Kind::Organization | Kind::Misc)) {
        let mut at = mention.tokens.start;
        while at < mention.tokens.end {
            if !text.tokens[at].capital {
                at += 1;
                continue;
            }
            at += match known.longest((at..mention.tokens.end).map(|i| text.word(i))) {
                Some((length, class)) if length < mention.tokens.len() && class.any(PLACES) => {
                    if !class.any(NameClass::DEMONYM) {
                        found.push(text.span(at..at + length).of(text.text).to_owned());
                    }
                    length
                }
                _ => 1,
            };
        }
    }
    found
}

/// Words that tell the country an article is of.
const WORDS: &[(&str, &str)] = &[
    (
        "US",
        "sheriff Sheriff township Township Interstate freshman sophomore Medicaid commissioners Commissioners Commissioner councilman Councilman \
         councilwoman Councilwoman felony misdemeanor statewide countywide Rep. Sen. Gov. Democrats Republicans Republican Democrat congressional \
         downtown mph neighbors neighborhood color program center Inc. Pct. Blvd. U.S. lawmakers alderman aldermen $ FBI",
    ),
    (
        "GB",
        "Cllr councillor councillors pensioner pensioners MP MPs Tory Tories Labour NHS pub Whitehall programme centre neighbours colour \
         constabulary Constabulary bypass postcode £ mum lorry carriageway Lib PC Det",
    ),
    ("CA", "RCMP Mounties MLA MLAs MPP Alta. Ont. B.C. Sask. centre neighbours colour kilometres Crown"),
    ("AU", "NSW Aussie ute Aboriginal programme centre kilometres neighbours colour MP MPs Qld"),
    ("IE", "Garda Gardai gardaí Gardaí Taoiseach TD TDs Oireachtas € centre"),
];

/// For each word the countries that use it, as bits in the order of [`WORDS`], and its own number.
fn words() -> &'static FxHashMap<&'static str, (u8, usize)> {
    static TABLE: OnceLock<FxHashMap<&'static str, (u8, usize)>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: FxHashMap<&'static str, (u8, usize)> = FxHashMap::default();
        for (bit, (_, words)) in WORDS.iter().enumerate() {
            for word in words.split_whitespace() {
                let number = table.len();
                table.entry(word).or_insert((0, number)).0 |= 1 << bit;
            }
        }
        table
    })
}

/// The country whose words the article uses, when no other's come near: two words or more, and twice as many as the next.
pub(super) fn country_of_words(texts: [&Text<'_>; 2]) -> Option<[u8; 2]> {
    let table = words();
    let mut seen = vec![false; table.len()];
    let mut counts = [0_usize; WORDS.len()];
    for text in texts {
        for index in 0..text.tokens.len() {
            let Some(&(countries, number)) = table.get(text.word(index)) else { continue };
            if !std::mem::replace(&mut seen[number], true) {
                counts.iter_mut().enumerate().for_each(|(bit, count)| *count += usize::from(countries >> bit & 1));
            }
        }
    }
    let best = (0..counts.len()).max_by_key(|&i| (counts[i], std::cmp::Reverse(i)))?;
    let next = (0..counts.len()).filter(|&i| i != best).map(|i| counts[i]).max()?;
    (counts[best] >= 2 && counts[best] >= 2 * next).then(|| WORDS[best].0.as_bytes().try_into().ok()).flatten()
}

/// The name as it is meant: "Platte" is "Platte County" in "Platte and Colfax counties", "N. Korea" is "North Korea".
pub(super) fn in_full<'t>(spot: &Spot<'t>) -> Cow<'t, str> {
    let text = spot.text;
    let words = spot.span.of(text.text);
    if spot.span != text.span(spot.tokens.clone()) {
        return Cow::Borrowed(words);
    }
    if let Some(name) = unabbreviated(words) {
        return Cow::Owned(name);
    }
    if leads_to_counties(text, spot.tokens.end) { Cow::Owned(format!("{words} County")) } else { Cow::Borrowed(words) }
}

/// Whether a list of names goes on after token `end` and closes with "counties".
pub(super) fn leads_to_counties(text: &Text<'_>, end: usize) -> bool {
    for at in end..text.tokens.len().min(end + 24) {
        match text.word(at) {
            "counties" | "Counties" => return true,
            "and" | "or" | "," => {}
            _ if text.tokens[at].capital && at > end => {}
            _ => return false,
        }
    }
    false
}

/// Whether the article says "the" before the name and means the name alone by it: "the West", not "the West Bank police".
pub(super) fn has_article(spot: &Spot<'_>) -> bool {
    let text = spot.text;
    let the = spot.tokens.start.checked_sub(1).is_some_and(|i| matches!(text.word(i), "the" | "The"));
    the && text.tokens.get(spot.tokens.end).is_none_or(|next| next.kind != TokenKind::Word)
}

/// Whether what stands beside the name is a state's rather than a city's: "New York's attorney general", "D-New York", "western New York".
pub(super) fn is_of_a_state(spot: &Spot<'_>) -> bool {
    const AFTER: &[&str] = &["governor", "legislature", "Legislature", "border", "senator", "senators", "state", "State", "lawmakers"];
    let text = spot.text;
    let clitic = text.tokens.get(spot.tokens.end).is_some_and(|t| t.kind == TokenKind::Clitic);
    let after = spot.tokens.end + usize::from(clitic);
    let word = |at: usize| if at < text.tokens.len() { text.word(at) } else { "" };
    let owned = AFTER.contains(&word(after)) || word(after) == "attorney" && word(after + 1) == "general";
    let party = spot.span.start > text.tokens[spot.tokens.start].span.start;
    let part = spot.tokens.start.checked_sub(1).is_some_and(|i| {
        let word = text.word(i).to_lowercase();
        word == "upstate" || word.ends_with("ern") && narrows_before(&word)
    });
    owned || party || part
}

/// Whether the article says that the place of `spot` lies in the next: "the Tollford Arms in Leeds".
pub(super) fn is_said_to_lie_in(spot: &Spot<'_>, next: &Spot<'_>) -> bool {
    let text = spot.text;
    text.zone == next.text.zone && next.tokens.start == spot.tokens.end + 1 && matches!(text.word(spot.tokens.end), "in" | "(" | "near")
}

/// What a name of several words begins with, the longest first: "Leeds Town" and "Leeds" of "Leeds Town Hall".
pub(super) fn beginnings<'t>(spot: &Spot<'t>) -> impl Iterator<Item = &'t str> {
    let (text, tokens) = (spot.text, spot.tokens.clone());
    // names of more words are lists
    let longest = if tokens.len() > 8 { tokens.start } else { tokens.end };
    (tokens.start + 1..longest).rev().map(move |end| text.span(tokens.start..end).of(text.text))
}
