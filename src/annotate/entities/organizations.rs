//! Ties the names of organizations: short forms, acronyms and spellings to the full name.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::{Cluster, Draft, Kind, Member};
use crate::article::Article;
use crate::lexicon::name_lists::{NameLists, WordFlags};

/// No acronym has more letters.
const LONGEST_ACRONYM: usize = 8;

/// The organizations of an article.
pub(super) fn tie(draft: &Draft<'_>, article: &Article) -> Vec<Cluster> {
    let lists = &draft.lexicon.names;
    let mut clusters: Vec<Cluster> = article.given.organizations.iter().map(|e| Cluster::from_given(Kind::Organization, e)).collect();
    let mut members = draft.of_kind(Kind::Organization);
    // The longest first, so that short forms find it.
    members.sort_by_key(|&m| (std::cmp::Reverse(draft.words(m).split_whitespace().count()), is_acronym(draft.words(m))));
    let mut known = Known::default();
    for (at, cluster) in clusters.iter().enumerate() {
        known.add(lists, cluster, at);
    }
    for member in members {
        let words = draft.words(member);
        let at = known.find(lists, words).unwrap_or_else(|| {
            let cluster = Cluster::new(Kind::Organization, words.to_owned());
            known.add(lists, &cluster, clusters.len());
            clusters.push(cluster);
            clusters.len() - 1
        });
        clusters[at].members.push(member);
        if let Some(short) = draft.short_form_behind(member) {
            known.names.entry(key(short)).or_insert(at);
        }
    }
    clusters
}

/// The organizations so far, the first under each form of a name.
#[derive(Default)]
struct Known {
    names: FxHashMap<String, usize>,
    bare: FxHashMap<String, usize>,
    acronyms: FxHashMap<String, usize>,
    /// By the word that may stand for the whole; nothing where it may for two.
    short: FxHashMap<String, Option<usize>>,
}

impl Known {
    fn add(&mut self, lists: &NameLists, cluster: &Cluster, at: usize) {
        for name in std::iter::once(&cluster.name).chain(&cluster.aliases) {
            self.names.entry(key(name)).or_insert(at);
        }
        let bare = bare(lists, &cluster.name);
        self.bare.entry(key(&bare)).or_insert(at);
        for acronym in acronyms(&cluster.name).into_iter().chain(acronyms(&bare)) {
            self.acronyms.entry(acronym).or_insert(at);
        }
        if let Some(word) = short_form(lists, &cluster.name, &bare) {
            let known = self.short.entry(key(word)).or_insert(Some(at));
            *known = known.filter(|k| *k == at);
        }
    }

    /// The organization that `words` names: in full, without its "Inc.", by its capitals, or by its first word.
    fn find(&self, lists: &NameLists, words: &str) -> Option<usize> {
        let full = || self.names.get(&key(words)).or_else(|| self.bare.get(&key(&bare(lists, words))));
        let acronym = || if is_acronym(words) { self.acronyms.get(&letters(words).to_uppercase()) } else { None };
        full().or_else(acronym).copied().or_else(|| self.short.get(&key(words)).copied().flatten())
    }
}

impl<'a> Draft<'a> {
    /// The acronym that stands in brackets right behind the name: "BND" of "Bundesnachrichtendienst (BND)".
    fn short_form_behind(&self, member: Member) -> Option<&'a str> {
        let text = self.texts[member.zone];
        let end = self.names[member.zone][member.name].tokens.end;
        let word = |k: usize| text.tokens.get(k).map(|token| token.span.of(text.text));
        let short = word(end + 1).filter(|short| is_acronym(short))?;
        (word(end) == Some("(") && word(end + 2) == Some(")")).then_some(short)
    }
}

/// A name for comparing: letters, digits and "&" alone, without accents and without "the" before it, so that "Wal-Mart" is
/// "Walmart".
fn key(name: &str) -> String {
    let folded = super::folded(name);
    if folded.is_ascii() { letters(&folded) } else { letters(&folded.nfkd().collect::<String>()) }
}

/// The letters, digits and "&" of a name.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric() || *c == '&').collect()
}

/// Whether a name is written as an acronym is: "FSB", "U.N.", "DoD".
fn is_acronym(words: &str) -> bool {
    let letters = letters(words);
    let capitals = letters.chars().filter(|c| c.is_uppercase()).count();
    !words.contains(char::is_whitespace) && capitals > 1 && letters.chars().count() <= LONGEST_ACRONYM && capitals * 2 >= letters.len()
}

/// The name without "Inc." and the like at its end.
fn bare(lists: &NameLists, name: &str) -> String {
    let mut words: Vec<&str> = name.split_whitespace().map(|w| w.trim_end_matches(',')).collect();
    while words.len() > 1 && words.last().is_some_and(|w| lists.is_organization_suffix(w)) {
        words.pop();
    }
    words.join(" ")
}

/// The letters that begin the words of `name`, two or more: "FSB" of "Federal Security Service", "DOD" of "Department of Defense".
fn acronyms(name: &str) -> Vec<String> {
    let name = name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name);
    let first = name.split(|c: char| c.is_whitespace() || c == '-').filter_map(|w| w.chars().next()).filter(|c| c.is_alphabetic());
    let all: String = first.clone().flat_map(char::to_uppercase).collect();
    let capitals: String = first.filter(|c| c.is_uppercase()).collect();
    [capitals, all].into_iter().filter(|letters| letters.chars().count() > 1).collect()
}

/// The word that may stand for the whole name, `bare` being that without "Inc.": "Lehman" for "Lehman Brothers" and "Brookings" for
/// "Brookings Institution", where the name shows what it is the name of.
fn short_form<'n>(lists: &NameLists, name: &'n str, bare: &str) -> Option<&'n str> {
    let mut words = name.split_whitespace().filter(|word| !matches!(*word, "The" | "the"));
    let (first, last) = (words.next()?, words.next_back()?);
    let shown =
        name.len() > bare.len() || lists.is_organization_head(last) && words.next().is_none() || lists.is_well_known_organization(name);
    (shown && may_stand_for_all(lists, first)).then_some(first)
}

/// Whether the first word of an organization's name, alone, may stand for it and hardly for anything else.
pub(super) fn may_stand_for_all(lists: &NameLists, first: &str) -> bool {
    let common = WordFlags::NO_NAME
        .and(WordFlags::FIRST_NAME)
        .and(WordFlags::WELL_KNOWN_PLACE)
        .and(WordFlags::DEMONYM)
        .and(WordFlags::ANY_TITLE)
        .and(WordFlags::ORGANIZATION_HEAD);
    first.chars().count() > 2 && !lists.flags(first).has(common)
}
