//! Names across articles: who is meant where an article gives only a surname, and which names a user says are of one.
//!
//! An article that only says "Korda" means whom the corpus means by it: the full name that nearly all other articles among
//! those asked about give to that word. The user's aliases go before.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::{Engine, EngineError, Facet, FacetCounts, Scope};
use crate::lexicon::aliases::Aliases;
use crate::lexicon::spelling::second_form;
use crate::query::arrange::Unit;
use crate::query::ast::{DateRange, Field, How, Node, Pattern, Reach, Term};
use crate::query::words::words;
use crate::span::Span;

/// Of the articles that give a full name to a word, so many must give the same one.
const SHARE: f64 = 0.9;
/// And at least so many articles.
const LEAST: u64 = 3;
/// Words of a name stand no further apart.
const WITHIN: u32 = 20;

/// A name that is counted, or looked for, as another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Short {
    /// As the articles have it: "Korda".
    pub short: String,
    /// Whom it stands for: "Ana Korda".
    pub name: String,
    /// How many articles, or quotes, have it so.
    pub count: u64,
    /// The share of this full name among all that the word is part of; 1 where the user says so.
    pub share: f64,
}

/// The full names that a word is part of.
#[derive(Clone, Default)]
struct Bearers<'a> {
    /// In how many articles, all names together.
    all: u64,
    /// For each name, by its first and its last word: in how many, and the form that most of them have.
    names: FxHashMap<(u32, u32), (u64, &'a str, u64)>,
}

/// The second forms of words, by numbers: there are far fewer of them than names.
#[derive(Default)]
struct Forms<'a> {
    of_words: FxHashMap<&'a str, u32>,
    numbers: FxHashMap<String, u32>,
}

impl<'a> Forms<'a> {
    fn number(&mut self, word: &'a str) -> u32 {
        let next = self.numbers.len() as u32;
        *self.of_words.entry(word).or_insert_with(|| *self.numbers.entry(second_form(word)).or_insert(next))
    }
}

/// Whom single words among `people` stand for, by the full names there; `people` come most first.
#[must_use]
pub fn shorts(people: &[(String, u64)]) -> Vec<Short> {
    let (full, single): (Vec<_>, Vec<_>) = people.iter().partition(|(name, _)| name.contains(char::is_whitespace));
    let mut forms = Forms::default();
    let single: Vec<(&str, u64, u32)> = single.into_iter().map(|(name, count)| (name.as_str(), *count, forms.number(name))).collect();
    // by the first and by the last word of each name
    let mut bearers = vec![Bearers::default(); forms.numbers.len()];
    for (name, count) in full {
        let mut words = name.split_whitespace();
        let (Some(first), Some(last)) = (words.next(), words.next_back()) else { continue };
        let (first, last) = (forms.number(first), forms.number(last));
        for word in if first == last { vec![first] } else { vec![first, last] } {
            let Some(bearers) = bearers.get_mut(word as usize) else { continue };
            bearers.all += count;
            let (of_name, top, most) = bearers.names.entry((first, last)).or_insert((0, name, 0));
            *of_name += count;
            if count > most {
                (*top, *most) = (name, *count);
            }
        }
    }
    single
        .into_iter()
        .filter_map(|(short, count, number)| {
            let Bearers { all, names } = &bearers[number as usize];
            let (of_name, name, _) = names.values().max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(a.1)))?;
            let share = *of_name as f64 / *all as f64;
            let clear = share >= SHARE && *of_name >= LEAST;
            clear.then(|| Short { short: short.to_owned(), name: (*name).to_owned(), count, share })
        })
        .collect()
}

/// Counts by `by`, people and organizations under the names that they stand for unless they are wanted as they are spelt; with
/// what was counted so.
///
/// # Errors
/// When the index cannot be read.
pub fn counted(
    engine: &dyn Engine,
    scope: Scope<'_>,
    by: Facet,
    limit: usize,
    aliases: &Aliases,
) -> Result<(FacetCounts, Vec<Short>), EngineError> {
    if *scope.node == Node::All
        && !scope.exact_names
        && aliases.is_empty()
        && (scope.unit == Unit::Quotes) == (by == Facet::Speaker)
        && let Some(known) = engine.counted_before(by, limit)
    {
        return Ok(known);
    }
    if scope.exact_names || !matches!(by, Facet::Speaker | Facet::Person | Facet::Org) {
        return Ok((engine.facet(scope, by, limit)?, Vec::new()));
    }
    let all = engine.facet(scope, by, usize::MAX)?;
    let shorts = if by == Facet::Person { shorts(&all.values) } else { shorts_of(engine, scope, by)? };
    Ok(gather(all, &shorts, aliases, limit))
}

/// Whom single words among the names counted by `by` stand for in the articles of `scope`.
///
/// # Errors
/// When the index cannot be read.
pub fn shorts_of(engine: &dyn Engine, scope: Scope<'_>, by: Facet) -> Result<Vec<Short>, EngineError> {
    // the people of the same articles tell whom a speaker's surname means
    let of_people = matches!(by, Facet::Person | Facet::Speaker) && !scope.exact_names;
    Ok(if of_people { shorts(&engine.facet(scope, Facet::Person, usize::MAX)?.values) } else { Vec::new() })
}

/// Which name stands for which: the user says it first, then the corpus.
#[derive(Debug)]
pub struct Standing<'a> {
    of_short: FxHashMap<&'a str, &'a Short>,
    aliases: &'a Aliases,
}

impl<'a> Standing<'a> {
    /// What `shorts` and `aliases` say together.
    #[must_use]
    pub fn new(shorts: &'a [Short], aliases: &'a Aliases) -> Self {
        Self { of_short: shorts.iter().map(|s| (s.short.as_str(), s)).collect(), aliases }
    }

    /// The name that `name` stands for with the share of it among the full names, if it is another.
    #[must_use]
    pub fn of(&self, name: &str) -> Option<(&'a str, f64)> {
        let users = |name: &str| self.aliases.of(name).map(|all| all[0].as_str());
        let found = match (users(name), self.of_short.get(name)) {
            (Some(name), _) => (name, 1.0),
            (None, Some(short)) => (users(&short.name).unwrap_or(&short.name), short.share),
            (None, None) => return None,
        };
        (found.0 != name).then_some(found)
    }

    /// The name that `name` stands for, which may be itself.
    #[must_use]
    pub fn full<'n>(&self, name: &'n str) -> &'n str
    where
        'a: 'n,
    {
        self.of(name).map_or(name, |(full, _)| full)
    }
}

/// Counts names under those that they stand for, and leaves the `limit` that are counted most.
#[must_use]
pub fn gather(counts: FacetCounts, shorts: &[Short], aliases: &Aliases, limit: usize) -> (FacetCounts, Vec<Short>) {
    let standing = Standing::new(shorts, aliases);
    let FacetCounts { mut values, total, .. } = counts;
    let mut moved: FxHashMap<String, u64> = FxHashMap::default();
    let mut gathered = Vec::new();
    values.retain(|(value, count)| {
        let Some((name, share)) = standing.of(value) else { return true };
        *moved.entry(name.to_owned()).or_default() += count;
        gathered.push(Short { short: value.clone(), name: name.to_owned(), count: *count, share });
        false
    });
    if !moved.is_empty() {
        values.iter_mut().for_each(|(name, count)| *count += moved.remove(name.as_str()).unwrap_or(0));
        values.extend(moved);
    }
    let distinct = values.len() as u64;
    let order = |a: &(String, u64), b: &(String, u64)| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0));
    if limit > 0 && limit < values.len() {
        values.select_nth_unstable_by(limit - 1, order);
    }
    values.truncate(limit);
    values.sort_unstable_by(order);
    gathered.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.short.cmp(&b.short)));
    (FacetCounts { distinct, total, ..kept(values, &mut gathered) }, gathered)
}

/// Of what was gathered, only what is among `values`.
fn kept(values: Vec<(String, u64)>, gathered: &mut Vec<Short>) -> FacetCounts {
    let shown: FxHashSet<&str> = values.iter().map(|(name, _)| name.as_str()).collect();
    gathered.retain(|s| shown.contains(s.name.as_str()));
    FacetCounts { values, ..FacetCounts::default() }
}

/// The `limit` that are counted most, of more.
#[must_use]
pub fn first((counts, mut gathered): (FacetCounts, Vec<Short>), limit: usize) -> (FacetCounts, Vec<Short>) {
    let FacetCounts { mut values, distinct, total } = counts;
    values.truncate(limit);
    (FacetCounts { distinct, total, ..kept(values, &mut gathered) }, gathered)
}

/// The question with every name in it looked for in all forms that stand for it, and what was added.
///
/// # Errors
/// When the index cannot be read.
pub fn widen(engine: &dyn Engine, node: &Node, aliases: &Aliases) -> Result<(Node, Vec<Short>), EngineError> {
    let mut wide = Widening { engine, aliases, dates: dates_of(node), added: Vec::new() };
    let node = wide.node(node)?;
    Ok((node, wide.added))
}

/// When articles must be published for all of `node` to hold.
fn dates_of(node: &Node) -> Vec<DateRange> {
    match node {
        Node::Date(range) => vec![*range],
        Node::And(parts) => parts.iter().flat_map(dates_of).collect(),
        Node::Filter(part) => dates_of(part),
        _ => Vec::new(),
    }
}

struct Widening<'a> {
    engine: &'a dyn Engine,
    aliases: &'a Aliases,
    dates: Vec<DateRange>,
    added: Vec<Short>,
}

impl Widening<'_> {
    fn node(&mut self, node: &Node) -> Result<Node, EngineError> {
        let each = |this: &mut Self, parts: &[Node]| parts.iter().map(|p| this.node(p)).collect::<Result<Vec<_>, _>>();
        Ok(match node {
            Node::And(parts) => Node::And(each(self, parts)?),
            Node::Or(parts) => Node::Or(each(self, parts)?),
            Node::Not(part) => Node::Not(Box::new(self.node(part)?)),
            Node::Filter(part) => Node::Filter(Box::new(self.node(part)?)),
            Node::Quote(part) => Node::Quote(Box::new(self.node(part)?)),
            Node::Find { field, pattern, .. } if matches!(field, Field::Person | Field::Speaker | Field::Org) => {
                let terms = pattern.terms();
                if matches!(pattern, Pattern::Either(_)) || terms.iter().any(|t| t.how != How::Word) {
                    return Ok(node.clone());
                }
                let asked: Vec<String> = terms.iter().map(|t| t.form.clone()).collect();
                let mut any = vec![node.clone()];
                self.aliases_of(*field, &asked, &mut any)?;
                if *field != Field::Org {
                    self.shorts_of(*field, &asked, &mut any)?;
                }
                Node::or(any)
            }
            node => node.clone(),
        })
    }

    /// Adds the other forms that the user gives to the name `asked`.
    fn aliases_of(&mut self, field: Field, asked: &[String], any: &mut Vec<Node>) -> Result<(), EngineError> {
        let Some(forms) = self.aliases.of(&asked.join(" ")) else { return Ok(()) };
        for form in forms {
            let parts: Vec<String> = words(form).into_iter().map(|w| w.form).collect();
            match parts.as_slice() {
                [] => continue,
                parts if parts == asked => continue,
                [word] if field != Field::Org => any.push(self.alone(field, word)?.0),
                parts => any.push(find(field, parts)),
            }
            self.added.push(Short { short: form.clone(), name: forms[0].clone(), count: 0, share: 1.0 });
        }
        Ok(())
    }

    /// Adds the single word that stands for the full name `asked`, if the corpus is clear about it.
    fn shorts_of(&mut self, field: Field, asked: &[String], any: &mut Vec<Node>) -> Result<(), EngineError> {
        let [first, .., last] = asked else { return Ok(()) };
        for word in if first == last { vec![last] } else { vec![last, first] } {
            let (alone, people) = self.alone(field, word)?;
            let meant = shorts(&people).into_iter().find(|s| {
                let forms: Vec<String> = s.name.split_whitespace().map(second_form).collect();
                second_form(&s.short) == second_form(word) && asked.iter().all(|w| forms.contains(&second_form(w)))
            });
            if let Some(short) = meant {
                any.push(alone);
                self.added.push(short);
            }
        }
        Ok(())
    }

    /// Names of `word` without another word, and all people of whose names it is a part, with their articles.
    fn alone(&self, field: Field, word: &str) -> Result<(Node, Vec<(String, u64)>), EngineError> {
        let mut node = vec![find(Field::Person, std::slice::from_ref(&word.to_owned()))];
        node.extend(self.dates.iter().map(|range| Node::Date(*range)));
        let form = second_form(word);
        let node = Node::and(node);
        let scope = Scope { node: &node, unit: Unit::Articles, exact_names: false };
        let mut people = self.engine.facet(scope, Facet::Person, usize::MAX)?.values;
        people.retain(|(name, _)| name.split_whitespace().any(|w| second_form(w) == form));
        let mut beside: Vec<String> =
            people.iter().flat_map(|(name, _)| words(name)).map(|w| w.form).filter(|w| second_form(w) != form).collect();
        beside.sort_unstable();
        beside.dedup();
        let longer: Vec<Node> = beside.into_iter().map(|other| find(field, &[word.to_owned(), other])).collect();
        let mut parts = vec![find(field, std::slice::from_ref(&word.to_owned()))];
        if !longer.is_empty() {
            parts.push(Node::Not(Box::new(Node::or(longer))));
        }
        Ok((Node::and(parts), people))
    }
}

/// All of `parts` in one name.
fn find(field: Field, parts: &[String]) -> Node {
    let mut terms: Vec<Pattern> = parts.iter().map(|form| Pattern::Term(Term { form: form.clone(), how: How::Word })).collect();
    let pattern = if terms.len() == 1 { terms.remove(0) } else { Pattern::Together { reach: Reach::Words(WITHIN), parts: terms } };
    Node::Find { field, pattern, span: Span::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(values: &[(&str, u64)]) -> Vec<(String, u64)> {
        values.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    }

    #[test]
    fn a_surname_is_whom_nearly_all_full_names_mean() {
        let people = counts(&[("Ana Korda", 30), ("Ana M. Korda", 6), ("Luis Korda", 2), ("Korda", 12), ("Ana", 1)]);
        let found = shorts(&people);
        let names: Vec<(&str, &str, u64)> = found.iter().map(|s| (s.short.as_str(), s.name.as_str(), s.count)).collect();
        assert_eq!(names, [("Korda", "Ana Korda", 12), ("Ana", "Ana Korda", 1)]);
        assert!((found[0].share - 36.0 / 38.0).abs() < 1e-9);
    }

    #[test]
    fn a_surname_of_several_or_of_few_is_left_alone() {
        assert_eq!(shorts(&counts(&[("Ana Korda", 8), ("Luis Korda", 2), ("Korda", 12)])), []);
        assert_eq!(shorts(&counts(&[("Ana Korda", 2), ("Korda", 12)])), []);
        assert_eq!(shorts(&counts(&[("Korda", 12)])), []);
    }

    #[test]
    fn counts_are_gathered_under_full_names_and_the_users_own() {
        let people = counts(&[("Ana Korda", 30), ("Maria Lindqvist", 20), ("Korda", 12), ("Mia Lindqvist", 3)]);
        let aliases = Aliases::read("Maria Lindqvist = Mia Lindqvist").unwrap();
        let facet = FacetCounts { values: people.clone(), distinct: 4, total: 60 };
        let (gathered, also) = gather(facet, &shorts(&people), &aliases, 10);
        assert_eq!(gathered.values, counts(&[("Ana Korda", 42), ("Maria Lindqvist", 23)]));
        assert_eq!(gathered.distinct, 2);
        assert_eq!(also.iter().map(|s| (s.short.as_str(), s.count)).collect::<Vec<_>>(), [("Korda", 12), ("Mia Lindqvist", 3)]);
    }
}
