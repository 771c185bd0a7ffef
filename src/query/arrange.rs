//! Makes of a tree what it means for articles or for quotes: parts that speak of a quote side by side mean one quote, and
//! words that say nothing need not match where others do.

use super::ast::{Field, How, Node, Pattern, Term};
use super::words::is_stop_word;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Articles.
    Articles,
    /// Quotes.
    Quotes,
}

/// Arranges `node` for `unit`.
#[must_use]
pub fn arrange(node: Node, unit: Unit) -> Node {
    let node = without_stop_words(node);
    match unit {
        Unit::Articles => one_quote(node),
        Unit::Quotes => node,
    }
}

fn is_stop(node: &Node) -> bool {
    matches!(node, Node::Find { field: Field::Any | Field::Said, pattern: Pattern::Term(Term { form, how: How::Word }), .. } if is_stop_word(form))
}

fn without_stop_words(node: Node) -> Node {
    let parts = |parts: Vec<Node>| {
        let told = parts.iter().any(|p| matches!(p, Node::Find { .. } | Node::And(_) | Node::Or(_)) && !is_stop(p));
        parts.into_iter().filter(|p| !(told && is_stop(p))).map(without_stop_words).collect()
    };
    match node {
        Node::And(inner) => Node::and(parts(inner)),
        Node::Or(inner) => Node::or(parts(inner)),
        Node::Quote(inner) => Node::Quote(Box::new(without_stop_words(*inner))),
        node => node,
    }
}

/// Wraps what speaks of a quote, so that it is asked of one quote.
fn one_quote(node: Node) -> Node {
    match node {
        node if node.is_of_quote() && !node.is_negative() => Node::Quote(Box::new(node)),
        Node::Not(inner) => Node::Not(Box::new(one_quote(*inner))),
        Node::Filter(inner) => Node::Filter(Box::new(one_quote(*inner))),
        Node::Or(parts) => Node::or(parts.into_iter().map(one_quote).collect()),
        Node::And(parts) => {
            let (said, rest): (Vec<Node>, Vec<Node>) = parts.into_iter().partition(Node::is_of_quote);
            let mut parts: Vec<Node> = rest.into_iter().map(one_quote).collect();
            if said.iter().any(|p| !p.is_negative()) {
                parts.push(Node::Quote(Box::new(Node::and(said))));
            } else {
                parts.extend(said.into_iter().map(one_quote));
            }
            Node::and(parts)
        }
        node => node,
    }
}

#[cfg(test)]
mod tests {
    use super::super::syntax::{Reading, parse};
    use super::*;

    fn arranged(text: &str, unit: Unit) -> String {
        arrange(parse(text, Reading::default()).unwrap().node, unit).to_string()
    }

    #[test]
    fn side_by_side_means_one_quote() {
        for (query, expected) in [
            ("speaker:orlova said:harbour", "quote:(speaker:orlova AND said:harbour)"),
            ("ferry speaker:orlova said:harbour", "(ferry AND quote:(speaker:orlova AND said:harbour))"),
            ("speaker:orlova OR said:harbour", "quote:(speaker:orlova OR said:harbour)"),
            ("speaker:orlova -said:harbour", "quote:(speaker:orlova AND NOT said:harbour)"),
            ("ferry -said:harbour", "(ferry AND NOT quote:(said:harbour))"),
            ("quote:(speaker:orlova harbour) speaker:lee", "(quote:(speaker:orlova AND said:harbour) AND quote:(speaker:lee))"),
            ("the price of oil", "(price AND oil)"),
            ("to be or not to be", "(to AND be AND or AND not AND to AND be)"),
        ] {
            assert_eq!(arranged(query, Unit::Articles), expected, "{query}");
        }
    }
}
