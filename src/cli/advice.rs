//! What is said beside an answer: why nothing was found, and that words which were found stand apart.

use anyhow::Context;

use super::ask::{Question, counted};
use super::output::Console;
use crate::engine::{Engine, Found};
use crate::query::arrange::{Unit, arrange};
use crate::query::ast::{Field, How, Node, Pattern, Reach, Term};
use crate::query::matching::Reader;
use crate::span::Span;

/// At most so many parts of a query are tried one by one when nothing matches.
const TRIED: usize = 12;

/// Says why nothing was found: which part finds nothing, what is spelt nearly so, or without which part there would be hits.
///
/// # Errors
/// When the index cannot be read.
pub fn advise(engine: &dyn Engine, question: &Question, console: &Console) -> anyhow::Result<()> {
    let what = question.what();
    let parts = match &question.node {
        Node::And(parts) => &parts[..parts.len().min(TRIED)],
        node => std::slice::from_ref(node),
    };
    let mut empty = false;
    for part in parts.iter().filter(|p| !p.is_negative()) {
        if engine.count(question.scope_of(part), true).context("looking for what would match")? > 0 {
            continue;
        }
        empty = true;
        let said = match apart_alone(engine, question, part)? {
            Some(said) => said,
            None => near(engine, question, part)?,
        };
        console.note(format_args!("no {what} has {part}{said}"));
    }
    if !empty && parts.len() > 1 {
        for (part, count) in without_each(engine, question, parts)? {
            console.note(format_args!("without {part}: {}", counted(count, what)));
        }
    }
    Ok(())
}

/// For each of `parts`, how many match the others, where any do.
fn without_each<'n>(engine: &dyn Engine, question: &Question, parts: &'n [Node]) -> anyhow::Result<Vec<(&'n Node, u64)>> {
    let mut found = Vec::new();
    for (i, part) in parts.iter().enumerate().take(TRIED) {
        let rest: Vec<Node> = parts.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, p)| p.clone()).collect();
        let count = engine.count(question.scope_of(&Node::and(rest)), true)?;
        if count > 0 {
            found.push((part, count));
        }
    }
    Ok(found)
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

/// "; 412 have zelenskiy", for each word of `node` that nothing has.
fn near(engine: &dyn Engine, question: &Question, node: &Node) -> anyhow::Result<String> {
    let mut words = Vec::new();
    spelt(node, &mut words);
    let mut said = String::new();
    for (field, form) in words {
        let count = |form: &str| {
            let pattern = Pattern::Term(Term { form: form.to_owned(), how: How::Word });
            let node = arrange(Node::Find { field, pattern, span: Span::default() }, question.unit);
            engine.count(question.scope_of(&node), true)
        };
        if count(&form)? > 0 {
            continue;
        }
        let field_unit = if field.is_of_quote() { Unit::Quotes } else { question.unit };
        let mut list = Vec::new();
        for (word, _) in engine.near_spellings(&form, field, field_unit)?.iter().take(3) {
            list.push(format!("{} have {word}", count(word)?));
        }
        if !list.is_empty() {
            said += &format!("; {}", list.join(", "));
        }
    }
    Ok(said)
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
