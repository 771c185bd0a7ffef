//! Ties the names of organizations: short forms and acronyms to the full name.

use rustc_hash::FxHashMap;

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
    let mut known = Known::default();
    for (at, cluster) in clusters.iter().enumerate() {
        known.add(lists, cluster, at);
    }
    for member in members {
        let words = draft.words(member);
        if let Some(at) = known.find(lists, words) {
            clusters[at].members.push(member);
        } else {
            let mut cluster = Cluster::new(Kind::Organization, words.to_owned());
            cluster.members.push(member);
            known.add(lists, &cluster, clusters.len());
            clusters.push(cluster);
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
}

impl Known {
    fn add(&mut self, lists: &NameLists, cluster: &Cluster, at: usize) {
        for name in std::iter::once(&cluster.name).chain(&cluster.aliases) {
            self.names.entry(folded(name)).or_insert(at);
        }
        self.bare.entry(bare(lists, &cluster.name)).or_insert(at);
        if let Some(acronym) = acronym(&cluster.name) {
            self.acronyms.entry(acronym).or_insert(at);
        }
    }

    /// The first organization that `words` names: in full, without its "Inc.", or by its capitals.
    fn find(&self, lists: &NameLists, words: &str) -> Option<usize> {
        let found = [self.names.get(&folded(words)), self.bare.get(&bare(lists, words)), self.acronyms.get(&words.replace('.', ""))];
        found.into_iter().flatten().min().copied()
    }
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
