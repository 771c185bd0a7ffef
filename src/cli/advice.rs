//! What is said beside an answer: why nothing was found, and that words which were found stand apart.

use anyhow::Context;

use super::ask::{Question, counted};
use super::output::Console;
use crate::engine::{Engine, Found};
use crate::lexicon::spelling::second_form;
use crate::query::arrange::{Unit, arrange};
use crate::query::ast::{Field, How, Node, Pattern, Reach, Term};
use crate::query::matching::Reader;
use crate::span::Span;

/// At most so many parts of a query are tried one by one when nothing matches.
const TRIED: usize = 12;

/// Says why nothing was found: which part finds nothing and what is spelt nearly so, or without which parts there would be hits.
/// What is told to find something was asked for with all else of the query that finds something alone.
///
/// # Errors
/// When the index cannot be read.
pub fn advise(engine: &dyn Engine, question: &Question, console: &Console) -> anyhow::Result<()> {
    let what = question.what();
    let parts = match &question.node {
        Node::And(parts) => &parts[..parts.len().min(TRIED)],
        node => std::slice::from_ref(node),
    };
    let (mut empty, mut rest) = (Vec::new(), Vec::new());
    for part in parts {
        let count = engine.count(question.scope_of(part), true).context("looking for what would match")?;
        if count == 0 && !part.is_negative() { empty.push(part) } else { rest.push(part.clone()) }
    }
    for part in &empty {
        let said = match (part, apart_alone(engine, question, part)?) {
            (_, Some(said)) => said,
            (Node::Date(_), None) => dates(engine)?,
            (part, None) => near(engine, question, part, &rest)? + &outlets(engine, part)?,
        };
        console.note(format_args!("no {what} has {part}{said}"));
    }
    if empty.is_empty() {
        for (without, count) in without_fewest(engine, question, parts)? {
            let without: Vec<String> = without.into_iter().map(Node::to_string).collect();
            console.note(format_args!("without {}: {}", without.join(" and "), counted(count, what)));
        }
    }
    Ok(())
}

/// "; articles are of 2006-10-20 to 2007-08-31".
fn dates(engine: &dyn Engine) -> anyhow::Result<String> {
    let status = engine.status()?;
    let day = |date: &str| date.get(..10).unwrap_or(date).to_owned();
    let (Some(oldest), Some(newest)) = (&status.oldest, &status.newest) else { return Ok("; articles have no dates".to_owned()) };
    Ok(format!("; articles are of {} to {}", day(oldest), day(newest)))
}

/// "; outlets are Meridian, The Tab", where one was asked for that there is not.
fn outlets(engine: &dyn Engine, part: &Node) -> anyhow::Result<String> {
    const TOLD: usize = 5;
    let part = if let Node::Filter(part) = part { part } else { part };
    if !matches!(part, Node::Find { field: Field::Source, .. }) {
        return Ok(String::new());
    }
    let all = engine.status()?.sources;
    let names: Vec<&str> = all.iter().take(TOLD).map(|(name, _)| name.as_str()).collect();
    let more = if all.len() > TOLD { format!(" and {} more", all.len() - TOLD) } else { String::new() };
    Ok(if names.is_empty() { String::new() } else { format!("; outlets are {}{more}", names.join(", ")) })
}

/// For each of `parts`, how many match the others, where any do.
fn without_each<'n>(engine: &dyn Engine, question: &Question, parts: &'n [Node]) -> anyhow::Result<Vec<(&'n Node, u64)>> {
    let mut found = Vec::new();
    for (i, part) in parts.iter().enumerate().take(TRIED) {
        let count = count_without(engine, question, parts, &[i])?;
        if count > 0 {
            found.push((part, count));
        }
    }
    Ok(found)
}

fn count_without(engine: &dyn Engine, question: &Question, parts: &[Node], without: &[usize]) -> anyhow::Result<u64> {
    let rest: Vec<Node> = parts.iter().enumerate().filter(|(i, _)| !without.contains(i)).map(|(_, part)| part.clone()).collect();
    Ok(engine.count(question.scope_of(&Node::and(rest)), true)?)
}

/// So many ways of leaving parts out are tried, and so many told of.
const WAYS: usize = 100;
const WAYS_TOLD: usize = 4;

/// The ways to leave out as few of `parts` as need be, with how many match the others; what finds most is first.
fn without_fewest<'n>(engine: &dyn Engine, question: &Question, parts: &'n [Node]) -> anyhow::Result<Vec<(Vec<&'n Node>, u64)>> {
    let mut ways: Vec<Vec<usize>> = vec![Vec::new()];
    let mut tried = 0;
    for _ in 1..parts.len() {
        // each way leaves out one part more, behind those that it left out
        ways =
            ways.iter().flat_map(|way| (way.last().map_or(0, |last| last + 1)..parts.len()).map(|i| [&way[..], &[i]].concat())).collect();
        let mut found = Vec::new();
        for way in &ways {
            tried += 1;
            if tried > WAYS {
                break;
            }
            let count = count_without(engine, question, parts, way)?;
            if count > 0 {
                found.push((way.iter().map(|&i| &parts[i]).collect(), count));
            }
        }
        if !found.is_empty() || tried > WAYS {
            found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            // with one part left out all ways are told: it is they that make up the query
            found.truncate(if ways[0].len() == 1 { TRIED } else { WAYS_TOLD });
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// With more plain words than this a query asks for a matter, and not for words side by side.
const FEW: usize = 4;

/// Says so where the plain words of a query stand apart in all that was found, and where they stand side by side instead.
///
/// # Errors
/// When the index cannot be read.
pub fn apart(engine: &dyn Engine, question: &Question, found: &Found, console: &Console) -> anyhow::Result<()> {
    let Node::And(parts) = &question.node else { return Ok(()) };
    if question.unit == Unit::Quotes || found.hits.is_empty() {
        return Ok(());
    }
    let (plain, rest): (Vec<&Node>, Vec<&Node>) = parts
        .iter()
        .partition(|part| matches!(part, Node::Find { field: Field::Any, pattern: Pattern::Term(term), .. } if term.how == How::Word));
    let words: Vec<Pattern> =
        plain.into_iter().filter_map(|node| if let Node::Find { pattern, .. } = node { Some(pattern.clone()) } else { None }).collect();
    // other words of the query may be what joins these
    if !(2..=FEW).contains(&words.len()) || rest.iter().any(|part| part.ranks()) {
        return Ok(());
    }
    let find = |pattern| Node::Find { field: Field::Any, pattern, span: Span::default() };
    let pairs = words.windows(2).map(|pair| Pattern::Together { reach: Reach::Sentence, parts: pair.to_vec() });
    let one_sentence = find(Pattern::Either(pairs.collect()));
    if found.hits.iter().any(|hit| Reader::new(&hit.record, question.exact_names).matches(&one_sentence)) {
        return Ok(());
    }
    let with_rest = |node: Node| std::iter::once(node).chain(rest.iter().map(|part| (*part).clone())).collect::<Vec<_>>();
    if engine.count(question.scope_of(&Node::and(with_rest(one_sentence))), true)? > 0 {
        return Ok(());
    }
    let mut said = format!("the words stand apart in {}", if found.total == 1 { "the article found" } else { "all articles found" });
    let phrase = with_rest(find(Pattern::Together { reach: Reach::Phrase, parts: words }));
    if !rest.is_empty() && engine.count(question.scope_of(&phrase[0]), true)? > 0 {
        said += &format!(". Side by side ({}) they are in none", phrase[0]);
        for (part, count) in without_each(engine, question, &phrase)?.into_iter().filter(|(part, _)| **part != phrase[0]) {
            said += &format!("; without {part} in {}", counted(count, "article"));
        }
    }
    console.note(format_args!("dictum: {said}"));
    Ok(())
}

/// Where each part of a quote that is asked for, or each word of a phrase, is found alone: how often, and that they are never
/// found together.
fn apart_alone(engine: &dyn Engine, question: &Question, node: &Node) -> anyhow::Result<Option<String>> {
    let wrap = |part: &Node| arrange(part.clone(), question.unit);
    let (alone, together): (Vec<Node>, &str) = match node {
        Node::Quote(inner) => match &**inner {
            Node::And(parts) if parts.iter().filter(|p| !p.is_negative()).count() > 1 => {
                (parts.iter().filter(|p| !p.is_negative()).map(wrap).collect(), "no quote has all")
            }
            inner => return if matches!(inner, Node::Find { .. }) { apart_alone(engine, question, inner) } else { Ok(None) },
        },
        Node::Find { field, pattern: Pattern::Together { reach, parts }, span } => {
            let find = |part: &Pattern| wrap(&Node::Find { field: *field, pattern: part.clone(), span: *span });
            let never = if *reach == Reach::Phrase { "never side by side" } else { "never so near each other" };
            (parts.iter().take(TRIED).map(find).collect(), never)
        }
        _ => return Ok(None),
    };
    let mut said = Vec::new();
    for part in &alone {
        let count = engine.count(question.scope_of(part), true)?;
        if count == 0 {
            // the words that are not there at all are what is told
            return Ok(None);
        }
        said.push(format!("{count} have {part}"));
    }
    Ok(Some(format!("; {}, {together}", said.join(", "))))
}

/// "; 412 have zelenskiy", for each word of `part` that nothing has: how many have the other word in its place, and `rest` too.
fn near(engine: &dyn Engine, question: &Question, part: &Node, rest: &[Node]) -> anyhow::Result<String> {
    let mut words = Vec::new();
    spelt(part, &mut words);
    let several = words.len() > 1;
    let mut said = String::new();
    for (field, form) in words {
        let find = |form: &str| Node::Find { field, pattern: Pattern::Term(word(form)), span: Span::default() };
        let alone = arrange(find(&form), question.unit);
        if engine.count(question.scope_of(&alone), true)? > 0 {
            continue;
        }
        if several {
            said += &format!("; none has {}", find(&form));
        }
        let field_unit = if field.is_of_quote() { Unit::Quotes } else { question.unit };
        let (mut list, mut meant) = (Vec::new(), Vec::new());
        for (other, _) in engine.near_spellings(&form, field, field_unit)? {
            // spellings of one name find the same
            let name = second_form(&other);
            if list.len() == 3 || meant.contains(&name) {
                continue;
            }
            let changed = replaced(part, field, &form, &other);
            let all = Node::and(rest.iter().cloned().chain([changed]).collect());
            let count = engine.count(question.scope_of(&all), true)?;
            if count > 0 {
                list.push(format!("{count} have {other}"));
                meant.push(name);
            }
        }
        if !list.is_empty() {
            said += &format!("; {}", list.join(", "));
        }
    }
    Ok(said)
}

fn word(form: &str) -> Term {
    Term { form: form.to_owned(), how: How::Word }
}

/// `node` with the word `other` in place of the word `form` of `field`.
fn replaced(node: &Node, field: Field, form: &str, other: &str) -> Node {
    let all = |parts: &[Node]| parts.iter().map(|part| replaced(part, field, form, other)).collect();
    match node {
        Node::Find { field: own, pattern, span } if *own == field => {
            Node::Find { field, pattern: with_word(pattern, form, other), span: *span }
        }
        Node::And(parts) => Node::And(all(parts)),
        Node::Or(parts) => Node::Or(all(parts)),
        Node::Quote(part) => Node::Quote(Box::new(replaced(part, field, form, other))),
        Node::Filter(part) => Node::Filter(Box::new(replaced(part, field, form, other))),
        node => node.clone(),
    }
}

fn with_word(pattern: &Pattern, form: &str, other: &str) -> Pattern {
    let all = |parts: &[Pattern]| parts.iter().map(|part| with_word(part, form, other)).collect();
    match pattern {
        Pattern::Term(term) if *term == word(form) => Pattern::Term(word(other)),
        Pattern::Term(term) => Pattern::Term(term.clone()),
        Pattern::Together { reach, parts } => Pattern::Together { reach: *reach, parts: all(parts) },
        Pattern::Either(parts) => Pattern::Either(all(parts)),
        Pattern::AtLeast { times, part } => Pattern::AtLeast { times: *times, part: Box::new(with_word(part, form, other)) },
    }
}

fn spelt(node: &Node, out: &mut Vec<(Field, String)>) {
    match node {
        Node::Find { field, pattern, .. } => {
            let terms = pattern.terms();
            out.extend(terms.into_iter().filter(|t| t.how == How::Word).map(|t| (*field, t.form.clone())));
        }
        Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|p| spelt(p, out)),
        Node::Quote(part) | Node::Filter(part) => spelt(part, out),
        _ => {}
    }
}
