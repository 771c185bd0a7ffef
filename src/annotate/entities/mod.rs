//! Ties the names of an article into people, organizations and places.
//!
//! Names come from [`super::names`]; here the evidence of the whole article corrects them, titles become roles,
//! and the mentions of one thing become one [`NamedEntity`].

mod datelines;
mod evidence;
mod families;
mod firms;
mod gender;
mod headlines;
mod organizations;
mod people;
mod roles;
#[cfg(test)]
mod tests;

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

pub use crate::annotate::names::Kind;
use crate::annotate::names::{self, Name};
use crate::annotate::places::mentions;
use crate::annotate::text::Text;
use crate::annotation::{Entity, Mention, Zone};
use crate::article::Article;
use crate::lexicon::Lexicon;
pub use crate::lexicon::name_lists::Gender;

/// Every named mention of an article, tied into entities.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    /// Those of the title, then those of the body, each in order; they never overlap.
    pub mentions: Vec<NamedMention>,
    /// In order of first mention; those given without one stand last.
    pub entities: Vec<NamedEntity>,
}

/// Words that name an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedMention {
    /// The part of the article.
    pub zone: Zone,
    /// The tokens of that zone's [`Text`], without titles and possessives.
    pub tokens: Range<usize>,
    /// The bytes of that zone's text.
    pub span: crate::span::Span,
    /// What it names.
    pub kind: Kind,
    /// Its place in [`Entities::entities`].
    pub entity: usize,
}

/// What one or more mentions name.
#[derive(Clone, Debug)]
pub struct NamedEntity {
    /// The fullest form that the article gives, without titles.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// For people, where the article or the first name tells.
    pub gender: Option<Gender>,
    /// Whether "they" rather than "he" or "she" points back to it: "the Clintons".
    pub plural: bool,
    /// What the article calls a person: "President", "chief executive"; in order, each once.
    pub roles: Vec<String>,
    /// The other forms, in order, each once.
    pub aliases: Vec<String>,
    /// Places in [`Entities::mentions`], in order.
    pub mentions: Vec<usize>,
    /// Whether the article itself brought it along.
    pub given: bool,
}

impl Entities {
    /// Finds the names of an article and ties them.
    #[must_use]
    pub fn new(lexicon: &Lexicon, article: &Article, title: &Text<'_>, body: &Text<'_>) -> Self {
        let mut found = names::find(lexicon, &[title, body]);
        let body_names = found.pop().unwrap_or_default();
        let title_names = found.pop().unwrap_or_default();
        let mut draft = Draft { lexicon, texts: [title, body], names: [title_names, body_names] };
        evidence::correct(&mut draft);
        mentions::correct(lexicon, draft.texts, &mut draft.names);
        draft.insert_given(article);
        let mut clusters = people::tie(&draft, article);
        clusters.extend(organizations::tie(&draft, article));
        clusters.extend(places(&draft));
        let mut mentions: Vec<NamedMention> = Vec::new();
        for (zone, text) in [(0, title), (1, body)] {
            for name in &draft.names[zone] {
                let span = name.span(text);
                mentions.push(NamedMention { zone: text.zone, tokens: name.tokens.clone(), span, kind: name.kind, entity: usize::MAX });
            }
        }
        let titles = draft.names[0].len();
        // Order of first mention: the headline's first, those without any last.
        for cluster in &mut clusters {
            cluster.members.sort_unstable();
        }
        clusters.sort_by_key(|c| c.members.first().map_or((usize::MAX, 0), |m| (m.zone, m.name)));
        let mut entities = Vec::with_capacity(clusters.len());
        for cluster in clusters {
            let index = entities.len();
            let places: Vec<usize> = cluster.members.iter().map(|m| m.zone * titles + m.name).collect();
            for &m in &places {
                mentions[m].entity = index;
            }
            let mut roles = cluster.roles;
            if cluster.kind == Kind::Person {
                for m in &cluster.members {
                    for role in roles::around(&draft, *m) {
                        push_new(&mut roles, role);
                    }
                }
            }
            let gender = if cluster.kind == Kind::Person { gender::of_roles(&roles).or(cluster.gender) } else { None };
            let mut seen: FxHashSet<&str> = FxHashSet::default();
            let words = cluster.members.iter().map(|m| draft.words(*m));
            let forms = cluster.aliases.iter().map(String::as_str).chain(words);
            let aliases: Vec<String> = forms.filter(|a| *a != cluster.name && seen.insert(a)).map(str::to_owned).collect();
            entities.push(NamedEntity {
                name: cluster.name,
                kind: cluster.kind,
                gender,
                plural: cluster.plural,
                roles,
                aliases,
                mentions: places,
                given: cluster.given,
            });
        }
        // A name that was tied to nothing names nobody.
        let mut kept = 0;
        let mut places = Vec::with_capacity(mentions.len());
        for mention in &mentions {
            places.push(kept);
            kept += usize::from(mention.entity != usize::MAX);
        }
        for entity in &mut entities {
            entity.mentions.iter_mut().for_each(|m| *m = places[*m]);
        }
        mentions.retain(|m| m.entity != usize::MAX);
        Self { mentions, entities }
    }

    /// The mentions of one zone, in order.
    #[must_use]
    pub fn of_zone(&self, zone: Zone) -> &[NamedMention] {
        let body = self.mentions.partition_point(|m| m.zone == Zone::Title);
        match zone {
            Zone::Title => &self.mentions[..body],
            Zone::Body => &self.mentions[body..],
        }
    }

    /// The mention that covers token `token` of `zone`.
    #[must_use]
    pub fn at(&self, zone: Zone, token: usize) -> Option<&NamedMention> {
        let zone = self.of_zone(zone);
        let next = zone.partition_point(|m| m.tokens.end <= token);
        zone.get(next).filter(|m| m.tokens.contains(&token))
    }

    /// The entities of one kind as they go into the record. `article` is that which they were found in.
    #[must_use]
    pub fn records(&self, kind: Kind, article: &Article) -> Vec<Entity> {
        self.entities
            .iter()
            .filter(|e| e.kind == kind)
            .map(|e| Entity {
                name: e.name.clone(),
                aliases: e.aliases.clone(),
                roles: e.roles.clone(),
                mentions: e.mentions.iter().map(|&m| self.mentions[m].record(article)).collect(),
            })
            .collect()
    }
}

impl NamedMention {
    /// The mention as it goes into the record. `article` is that which it was found in.
    #[must_use]
    pub fn record(&self, article: &Article) -> Mention {
        let text = match self.zone {
            Zone::Title => &article.title,
            Zone::Body => &article.body,
        };
        Mention { span: self.span, text: self.span.of(text).to_owned(), zone: self.zone }
    }
}

/// The names of an article on their way to entities.
struct Draft<'a> {
    lexicon: &'a Lexicon,
    /// The title and the body.
    texts: [&'a Text<'a>; 2],
    /// The names of each.
    names: [Vec<Name>; 2],
}

/// A name of a [`Draft`]: its zone and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Member {
    zone: usize,
    name: usize,
}

/// Names that name the same thing.
#[derive(Debug)]
struct Cluster {
    kind: Kind,
    name: String,
    members: Vec<Member>,
    aliases: Vec<String>,
    roles: Vec<String>,
    gender: Option<Gender>,
    plural: bool,
    given: bool,
}

impl Cluster {
    fn new(kind: Kind, name: String) -> Self {
        Self { kind, name, members: Vec::new(), aliases: Vec::new(), roles: Vec::new(), gender: None, plural: false, given: false }
    }

    fn from_given(kind: Kind, entity: &Entity) -> Self {
        Self { aliases: entity.aliases.clone(), roles: entity.roles.clone(), given: true, ..Self::new(kind, entity.name.clone()) }
    }
}

impl<'a> Draft<'a> {
    fn words(&self, member: Member) -> &'a str {
        let text = self.texts[member.zone];
        self.names[member.zone][member.name].span(text).of(text.text)
    }

    /// The names of one kind: the body's, then the title's, for it is the body that gives names in full.
    fn of_kind(&self, kind: Kind) -> Vec<Member> {
        let of_zone = |zone: usize| {
            let names = self.names[zone].iter().enumerate();
            names.filter(move |(_, n)| n.kind == kind).map(move |(name, _)| Member { zone, name })
        };
        of_zone(1).chain(of_zone(0)).collect()
    }

    /// Makes a name of every place where a form that the article gives stands in its text.
    fn insert_given(&mut self, article: &Article) {
        let given = &article.given;
        let mut forms: Vec<(&str, Kind)> = Vec::new();
        for (kind, entities) in [(Kind::Person, &given.people), (Kind::Organization, &given.organizations)] {
            for entity in entities {
                forms.extend(entity.aliases.iter().chain([&entity.name]).map(|form| (form.trim(), kind)));
            }
        }
        forms.extend(given.locations.iter().map(|l| (l.name.trim(), Kind::Location)));
        forms.retain(|(form, _)| !form.is_empty());
        forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        for zone in 0..2 {
            let text = self.texts[zone];
            let starts = starts(text, &forms);
            let mut free = vec![true; text.tokens.len()];
            let mut found: Vec<Name> = Vec::new();
            for &(form, kind) in &forms {
                for tokens in starts.get(beginning(form)).into_iter().flatten().filter_map(|&first| stands_at(text, first, form)) {
                    if free[tokens.clone()].iter().all(|f| *f) {
                        free[tokens.clone()].fill(false);
                        found.push(Name::new(tokens, kind));
                    }
                }
            }
            found.sort_by_key(|n| n.tokens.start);
            put(&mut self.names[zone], found);
        }
    }
}

/// Puts `found`, names in order that never overlap, in the place of those among `names` that they overlap.
fn put(names: &mut Vec<Name>, found: Vec<Name>) {
    if found.is_empty() {
        return;
    }
    names.retain(|n| found.get(found.partition_point(|f| f.tokens.end <= n.tokens.start)).is_none_or(|f| n.tokens.end <= f.tokens.start));
    names.extend(found);
    names.sort_by_key(|n| n.tokens.start);
}

/// The letters and digits that `text` begins with, or its first sign.
fn beginning(text: &str) -> &str {
    let word = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    &text[..word.max(text.chars().next().map_or(0, char::len_utf8))]
}

/// The tokens of `text` at which one of `forms` may stand, under what these begin with.
fn starts<'t>(text: &'t Text<'_>, forms: &[(&'t str, Kind)]) -> FxHashMap<&'t str, Vec<usize>> {
    let mut starts: FxHashMap<&str, Vec<usize>> = forms.iter().map(|(form, _)| (beginning(form), Vec::new())).collect();
    for (index, token) in text.tokens.iter().enumerate() {
        if let Some(here) = starts.get_mut(beginning(&text.text[token.span.start..])) {
            here.push(index);
        }
    }
    starts
}

/// The tokens that are `form`, of which the first is `first`.
fn stands_at(text: &Text<'_>, first: usize, form: &str) -> Option<Range<usize>> {
    let start = text.tokens[first].span.start;
    text.text[start..].starts_with(form).then_some(())?;
    let last = text.token_at(start + form.len() - 1);
    (text.tokens.get(last)?.span.end == start + form.len()).then_some(first..last + 1)
}

/// Places named alike are one.
fn places(draft: &Draft<'_>) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for kind in [Kind::Location, Kind::Misc] {
        let mut by_name: FxHashMap<String, usize> = FxHashMap::default();
        for member in draft.of_kind(kind) {
            let words = draft.words(member);
            let at = *by_name.entry(folded(words)).or_insert_with(|| {
                clusters.push(Cluster::new(kind, words.to_owned()));
                clusters.len() - 1
            });
            clusters[at].members.push(member);
        }
    }
    clusters
}

/// A name for comparing: lower case, no full stops, no leading article, words parted by one space.
fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let lower = name.to_lowercase();
    for c in lower.chars() {
        match c {
            '.' => {}
            '’' => folded.push('\''),
            c if c.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    if folded.starts_with("the ") {
        folded.drain(..4);
    }
    folded
}

fn push_new(list: &mut Vec<String>, item: String) {
    if !list.contains(&item) {
        list.push(item);
    }
}
