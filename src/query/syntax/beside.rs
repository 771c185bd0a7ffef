//! Parts of a query that must stand near each other, as one pattern.

use crate::query::ast::{Field, Node, Pattern, Reach};
use crate::span::Span;

/// So many words can be asked for near each other.
pub(super) const MOST_TOGETHER: usize = 12;

pub(super) fn too_many_together() -> String {
    format!("at most {MOST_TOGETHER} words can be asked for near each other; side by side, or in a \"phrase\", there may be more")
}

/// How many words stand together where a pattern is found.
fn breadth(pattern: &Pattern) -> usize {
    match pattern {
        Pattern::Term(_) => 1,
        Pattern::Together { reach: Reach::Phrase, .. } => 1,
        Pattern::Together { parts, .. } => parts.iter().map(breadth).sum(),
        Pattern::Either(parts) => parts.iter().map(breadth).max().unwrap_or(0),
        Pattern::AtLeast { part, .. } => breadth(part),
    }
}

/// Two nodes as one pattern of the same field.
pub(super) fn together(left: Node, right: Node, reach: Reach, span: Span) -> Result<Node, String> {
    let (field, left) = as_pattern(left)?;
    let (other, right) = as_pattern(right)?;
    if field != other {
        return Err("both sides must be looked for in the same field".to_owned());
    }
    let parts = match left {
        // a SENTENCE b SENTENCE c is all three in one sentence
        Pattern::Together { reach: inner, mut parts } if inner == reach && matches!(reach, Reach::Sentence | Reach::Paragraph) => {
            parts.push(right);
            parts
        }
        left => vec![left, right],
    };
    if parts.iter().map(breadth).sum::<usize>() > MOST_TOGETHER {
        return Err(too_many_together());
    }
    Ok(Node::Find { field, pattern: Pattern::Together { reach, parts }, span })
}

pub(super) fn as_pattern(node: Node) -> Result<(Field, Pattern), String> {
    match node {
        Node::Find { field, pattern, .. } => Ok((field, pattern)),
        Node::Or(parts) => {
            let mut field = None;
            let mut patterns = Vec::new();
            for part in parts {
                let (f, p) = as_pattern(part)?;
                if *field.get_or_insert(f) != f {
                    return Err("both sides must be looked for in the same field".to_owned());
                }
                patterns.push(p);
            }
            Ok((field.unwrap_or(Field::Any), Pattern::Either(patterns)))
        }
        _ => Err("only words, phrases and (a OR b) can stand near each other".to_owned()),
    }
}
