//! Ties the names of organizations: short forms and acronyms to the full name.

use super::{Cluster, Draft, Kind, folded};
use crate::article::Article;
use crate::lexicon::name_lists::NameLists;

/// The organizations of an article.
pub(super) fn tie(draft: &Draft<'_>, article: &Article) -> Vec<Cluster> {
    let lists = &draft.lexicon.names;
    let mut clusters: Vec<Cluster> = article.given.organizations.iter().map(|e| Cluster::from_given(Kind::Organization, e)).collect();
    let mut members = draft.of_kind(Kind::Organization);
    // The longest first, so that short forms find it.
    members.sort_by_key(|&m| std::cmp::Reverse(draft.words(m).split_whitespace().count()));
    for member in members {
        let words = draft.words(member);
        let same = |c: &&mut Cluster| same(lists, &c.name, words) || c.aliases.iter().any(|a| folded(a) == folded(words));
        if let Some(cluster) = clusters.iter_mut().find(same) {
            cluster.members.push(member);
        } else {
            let mut cluster = Cluster::new(Kind::Organization, words.to_owned());
            cluster.members.push(member);
            clusters.push(cluster);
        }
    }
    clusters
}

/// Whether `short` names the same organization as `full`.
fn same(lists: &NameLists, full: &str, short: &str) -> bool {
    let (f, s) = (folded(full), folded(short));
    if f == s || bare(lists, full) == bare(lists, short) {
        return true;
    }
    acronym(full).is_some_and(|a| a == short.replace('.', ""))
}

/// The name without "Inc." and the like at its end.
fn bare(lists: &NameLists, name: &str) -> String {
    let mut words: Vec<&str> = name.split_whitespace().map(|w| w.trim_end_matches(',')).collect();
    while words.len() > 1 && words.last().is_some_and(|w| lists.is_organization_suffix(w)) {
        words.pop();
    }
    folded(&words.join(" "))
}

/// The capitals that begin the words of `name`: "FSB" of "Federal Security Service"… where there are two or more.
fn acronym(name: &str) -> Option<String> {
    let letters: String =
        name.split(|c: char| c.is_whitespace() || c == '-').filter_map(|w| w.chars().next().filter(|c| c.is_uppercase())).collect();
    (letters.chars().count() > 1).then_some(letters)
}
