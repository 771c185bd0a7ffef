//! Chooses for each name of a place the one that the article means.
//!
//! Names that the article itself places come first: "Paris, Texas", "Moscow (Idaho)", "Cambridge, Mass.". The others are
//! weighed together, since the places of an article keep each other company: a candidate gains from being well known,
//! from lying in a country or region that the article names or is about, and from lying close to places that are sure.
//! A name has one sense in an article, unless the article says otherwise.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::company::Company;
use super::surroundings;
use crate::annotate::text::{Text, TokenKind};
use crate::annotation::Mention;
use crate::article::Article;
use crate::lexicon::gazetteer::{Gazetteer, Kind, NameClass, Place, PlaceId};
use crate::lexicon::place_words::{AFTER, BEFORE, LITTLE, List, PARTS_OF_TOWNS};
use crate::span::Span;

/// A mention of a place.
#[derive(Debug)]
pub(super) struct Spot<'t> {
    pub text: &'t Text<'t>,
    /// The tokens that hold it.
    pub tokens: Range<usize>,
    /// The very name: only a part of its token in "Texas-based".
    pub span: Span,
    /// Which entity the mention is of, where the name was found as such.
    pub entity: Option<usize>,
}

impl Spot<'_> {
    pub fn record(&self) -> Mention {
        Mention { span: self.span, text: self.words().to_owned(), zone: self.text.zone }
    }

    fn words(&self) -> &str {
        self.span.of(self.text.text)
    }
}

/// What a mention means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A place of the gazetteer.
    Known(PlaceId),
    /// A place that the gazetteer lacks, inside one that it has.
    Within(PlaceId),
    /// Nothing is known of it.
    Unknown,
}

/// The candidates beyond these are too little known to be meant.
const MOST_CANDIDATES: usize = 40;

/// What each of `spots` means, in their order; `hints` are names of places inside other names, which tell where the article is.
pub(super) fn resolve(known: &Gazetteer, article: &Article, texts: [&Text<'_>; 2], spots: &[Spot<'_>], hints: &[String]) -> Vec<Meaning> {
    let mut names: Vec<Name<'_>> = Vec::new();
    let mut index: FxHashMap<String, usize> = FxHashMap::default();
    let of_spot: Vec<usize> = spots
        .iter()
        .map(|spot| {
            let words = surroundings::in_full(spot);
            let at = *index.entry(words.to_string()).or_insert_with(|| {
                names.push(Name::new(known, &words));
                names.len() - 1
            });
            names[at].article |= surroundings::has_article(spot);
            at
        })
        .collect();
    let mut meanings = vec![None; spots.len()];
    for (at, spot) in spots.iter().enumerate() {
        let name = &mut names[of_spot[at]];
        name.count += 1;
        if meanings[at].is_some() {
            continue;
        }
        if let Some((meaning, outer)) = placed_by_article(known, spot, name) {
            meanings[at] = Some(meaning);
            name.stated.get_or_insert(meaning);
            // "Rochester, New York" means the state
            if let Some(next) = spots.get(at + 1).filter(|s| s.tokens.start <= spot.tokens.end + 1 && s.text.zone == spot.text.zone)
                && names[of_spot[at + 1]].candidates.iter().any(|c| c.id == outer)
                && next.tokens.start > spot.tokens.start
            {
                meanings[at + 1] = Some(Meaning::Known(outer));
            }
        } else {
            name.of_a_state += usize::from(surroundings::is_of_a_state(spot));
        }
    }
    for name in names.iter_mut().filter(|n| n.stated.is_none() && 2 * n.of_a_state >= n.count) {
        let state = name.candidates.iter().find(|c| is_well_known_region(c));
        name.stated = state.map(|s| Meaning::Known(s.id));
    }
    for words in hints {
        let at = *index.entry(words.clone()).or_insert_with(|| {
            names.push(Name::new(known, words));
            names.len() - 1
        });
        names[at].count += 1;
    }
    link_peers(spots, &of_spot, &mut names);
    let home = home(known, article);
    let spoken = if names.iter().any(|n| n.candidates.len() > 1) { surroundings::country_of_words(texts) } else { None };
    let mut company = Company::new(known, &names, &home, spoken);
    for _ in 0..2 {
        let chosen: Vec<Option<usize>> = (0..names.len()).map(|n| company.choose(known, &names, n)).collect();
        company.take(known, &names, &chosen);
    }
    let chosen: Vec<Meaning> = (0..names.len())
        .map(|n| match names[n].stated {
            Some(meaning) => meaning,
            None => company.choose(known, &names, n).map_or(Meaning::Unknown, |c| Meaning::Known(names[n].candidates[c].id)),
        })
        .collect();
    let meant = |at: usize| meanings[at].unwrap_or(chosen[of_spot[at]]);
    (0..spots.len())
        .map(|at| match meant(at) {
            // "the Tollford Arms in Leeds", "Leeds Town Hall"
            Meaning::Unknown => {
                let next = spots.get(at + 1).filter(|next| surroundings::is_said_to_lie_in(&spots[at], next)).map(|_| meant(at + 1));
                let first = || surroundings::beginnings(&spots[at]).find_map(|words| index.get(words)).map(|&n| chosen[n]);
                match next.or_else(first) {
                    Some(Meaning::Known(outer)) => Meaning::Within(outer),
                    _ => Meaning::Unknown,
                }
            }
            sure => sure,
        })
        .collect()
}

/// A name of a place as the article writes it, with what it may mean.
pub(super) struct Name<'g> {
    /// The best known first.
    pub candidates: Vec<Place<'g>>,
    /// What the article itself says it means.
    pub stated: Option<Meaning>,
    pub count: usize,
    /// Mentions that are of a state rather than of its city.
    of_a_state: usize,
    /// Whether the article says "the West" or the like, as nobody says of a town.
    pub article: bool,
    /// The names that stand in a list with it.
    pub peers: Vec<usize>,
}

impl<'g> Name<'g> {
    fn new(known: &'g Gazetteer, words: &str) -> Self {
        let mut candidates = known.lookup(words);
        // "EU" is not the town of Eu
        if words.len() < 4 && words.bytes().all(|b| b.is_ascii_uppercase()) && !known.class(words).any(NameClass::ABBREVIATION) {
            candidates.retain(|c| c.kind != Kind::City);
        }
        // "N.Y." is the state
        if known.class(words).any(NameClass::ABBREVIATION) && candidates.iter().any(|c| matches!(c.kind, Kind::Region | Kind::Country)) {
            candidates.retain(|c| c.kind != Kind::City);
        }
        if candidates.is_empty() {
            candidates = shorter(known, words);
        }
        candidates.truncate(MOST_CANDIDATES);
        Self { candidates, stated: None, count: 0, of_a_state: 0, article: false, peers: Vec::new() }
    }

    /// How well known candidate `c` is under this name: never more than one that stands before it.
    pub fn fame(&self, c: usize) -> f64 {
        self.candidates[..=c].iter().map(|p| f64::from(p.weight)).fold(f64::INFINITY, f64::min) - c.min(4) as f64
    }
}

/// Notes which names stand beside each other in a list: "Oregon and Washington".
fn link_peers(spots: &[Spot<'_>], of_spot: &[usize], names: &mut [Name<'_>]) {
    for (at, pair) in spots.windows(2).enumerate() {
        let [one, two] = pair else { continue };
        let text = one.text;
        let between = one.tokens.end..two.tokens.start;
        let listed = text.zone == two.text.zone
            && (1..=2).contains(&between.len())
            && between.clone().all(|i| matches!(text.word(i), "and" | "or" | ","))
            && of_spot[at] != of_spot[at + 1];
        if listed {
            let (one, two) = (of_spot[at], of_spot[at + 1]);
            names[one].peers.push(two);
            names[two].peers.push(one);
        }
    }
}

/// Whether a word before a name narrows the place and is no part of it.
pub(super) fn narrows_before(word: &str) -> bool {
    BEFORE.contains(&word.to_lowercase())
}

/// A name of a place of more words than this is a list.
const LONGEST_NAME: usize = 12;

/// The candidates of a name without the words that narrow it.
fn shorter<'g>(known: &'g Gazetteer, words: &str) -> Vec<Place<'g>> {
    if let Some(county) = words.strip_suffix(" Co.") {
        return known.lookup(&format!("{county} County"));
    }
    let words: Vec<&str> = words.split_whitespace().take(LONGEST_NAME + 1).collect();
    if words.len() > LONGEST_NAME {
        return Vec::new();
    }
    let listed = |list: List, word: &str| list.contains(&word.to_lowercase());
    for start in 0..words.len().min(4) {
        if start > 0 && !listed(BEFORE, words[start - 1]) {
            break;
        }
        for end in (start + 1..=words.len()).rev() {
            if end < words.len() && !listed(AFTER, words[end]) {
                break;
            }
            if (start, end) != (0, words.len()) {
                let bare = words[start..end].join(" ");
                // "the South Side" is not Side
                if words.len() > 1 && PARTS_OF_TOWNS.contains(&bare) {
                    return Vec::new();
                }
                let mut found = known.lookup(&bare);
                if end < words.len() && listed(LITTLE, words[end]) {
                    found.retain(|p| !p.capital && p.weight < 50);
                }
                if !found.is_empty() {
                    return found;
                }
            }
        }
    }
    Vec::new()
}

/// The meaning of a mention beside which the article says what it lies in, and what that is.
fn placed_by_article(known: &Gazetteer, spot: &Spot<'_>, name: &Name<'_>) -> Option<(Meaning, PlaceId)> {
    let text = spot.text;
    let after = containers_after(known, spot);
    let before = container_before(known, spot);
    for outer in after.iter().chain(&before) {
        let inner = name.candidates.iter().find(|c| c.id != outer.id && known.within(c.id, outer.id));
        if let Some(inner) = inner {
            return Some((Meaning::Known(inner.id), outer.id));
        }
    }
    // "Little Tollford, England" is nowhere else; but "Georgia, Ukraine and Moldova" is a list
    let comma = text.tokens.get(spot.tokens.end).is_some_and(|t| t.span.of(text.text) == ",");
    let outer = after.first().filter(|o| comma && matches!(o.kind, Kind::Region | Kind::County))?;
    let little = name.candidates.iter().all(|c| c.weight < 38 && c.kind == Kind::City);
    little.then_some((Meaning::Within(outer.id), outer.id))
}

/// What follows a mention and may hold it: ", Texas", " (Idaho)", " in Texas", ", Calif.", ", Rapides Parish".
fn containers_after<'g>(known: &'g Gazetteer, spot: &Spot<'_>) -> Vec<Place<'g>> {
    let text = spot.text;
    let end = spot.tokens.end;
    let Some(token) = text.tokens.get(end) else { return Vec::new() };
    if !matches!(token.span.of(text.text), "," | "(" | "in" | "[") {
        return Vec::new();
    }
    let start = end + 1;
    let words = || (start..text.tokens.len().min(start + 5)).map(|i| text.word(i));
    if !text.tokens.get(start).is_some_and(|t| t.kind == TokenKind::Word && t.capital) {
        return Vec::new();
    }
    let Some((length, class)) = known.longest(words()) else { return Vec::new() };
    if !class.any(NameClass::COUNTRY.with(NameClass::REGION).with(NameClass::TOWN).with(NameClass::FEATURE)) {
        return Vec::new();
    }
    let span = text.span(start..start + length);
    let mut found = known.lookup(span.of(text.text));
    found.retain(|p| matches!(p.kind, Kind::Country | Kind::Region | Kind::County | Kind::Area | Kind::Island));
    found
}

/// What stands before a mention and may hold it: "Ukraine's", "Texas’".
fn container_before<'g>(known: &'g Gazetteer, spot: &Spot<'_>) -> Vec<Place<'g>> {
    let text = spot.text;
    let start = spot.tokens.start;
    if start < 2 || text.tokens[start - 1].kind != TokenKind::Clitic || !text.tokens[start - 2].capital {
        return Vec::new();
    }
    let mut found = known.lookup(text.word(start - 2));
    found.retain(|p| matches!(p.kind, Kind::Country | Kind::Region));
    found
}

/// Places of the outlet's own name: "The Gainesville Sun", "Oxford Mail"; and the country of its address.
fn home<'g>(known: &'g Gazetteer, article: &Article) -> Vec<Place<'g>> {
    let mut found: Vec<Place<'g>> = Vec::new();
    let source = article.source.as_deref().unwrap_or_default();
    let words: Vec<&str> = source.split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '\'')).filter(|w| !w.is_empty()).collect();
    let mut at = 0;
    while at < words.len() {
        let length = match known.longest(words[at..].iter().copied()) {
            Some((length, class)) if class.is_place() && words[at].starts_with(char::is_uppercase) => {
                let mut places = known.lookup(&words[at..at + length].join(" "));
                places.truncate(6);
                found.extend(places);
                length
            }
            _ => 1,
        };
        at += length;
    }
    if let Some(host) = article.url.as_deref().and_then(|u| u.split("//").nth(1)).and_then(|rest| rest.split(['/', ':']).next()) {
        let top = host.rsplit('.').next().unwrap_or_default().to_uppercase();
        let code = if top == "UK" { "GB" } else { top.as_str() };
        if code.len() == 2 {
            found.extend(known.by_code(code));
        }
    }
    found
}

/// Whether news means this region by its bare name: a state, a country.
pub(super) fn is_well_known_region(place: &Place<'_>) -> bool {
    place.kind == Kind::Country || place.kind == Kind::Region && place.weight >= 55 && matches!(place.country(), Some("US" | "CA" | "AU"))
}
