//! Families named by their surname, "the Clintons", whom "they" points back to.

use rustc_hash::FxHashSet;

use super::{Draft, Kind};
use crate::annotate::names::Name;
use crate::annotate::text::{Text, TokenKind};

/// Names the families of people whom the article names in full, `surnames` being theirs.
pub(super) fn find(text: &Text<'_>, names: &mut Vec<Name>, surnames: &FxHashSet<&str>) {
    if surnames.is_empty() {
        return;
    }
    let mut found = Vec::new();
    let mut next = 0;
    for k in 1..text.tokens.len() {
        while next < names.len() && names[next].tokens.end <= k {
            next += 1;
        }
        let inside = names.get(next).filter(|n| n.tokens.contains(&k));
        let alone = inside.is_none_or(|n| n.tokens.len() == 1 && n.part.is_none());
        if alone && stands_for_several(text, k) && singulars(text.word(k)).any(|s| surnames.contains(s)) {
            match inside {
                Some(_) => names[next].kind = Kind::Person,
                None => found.push(Name::new(k..k + 1, Kind::Person)),
            }
        }
    }
    names.extend(found);
    names.sort_by_key(|n| n.tokens.start);
}

/// Whether the name of one word at `member` is that of a family: in the plural, after "the".
pub(super) fn is_family(draft: &Draft<'_>, member: super::Member) -> bool {
    let text = draft.texts[member.zone];
    let tokens = &draft.names[member.zone][member.name].tokens;
    tokens.len() == 1 && stands_for_several(text, tokens.start) && singulars(text.word(tokens.start)).next().is_some()
}

/// Whether "the" stands before the capitalised word at `k`, and no further part of a name behind.
fn stands_for_several(text: &Text<'_>, k: usize) -> bool {
    let after = text.tokens.get(k + 1);
    text.tokens[k].kind == TokenKind::Word
        && text.tokens[k].capital
        && k > 0
        && matches!(text.word(k - 1), "the" | "The" | "THE")
        && after.is_none_or(|t| t.kind != TokenKind::Word || !t.capital)
}

/// What `word` may be the plural of: "Jones" and "Jonese" of "Joneses".
fn singulars(word: &str) -> impl Iterator<Item = &str> {
    [word.strip_suffix("es"), word.strip_suffix('s')].into_iter().flatten().filter(|s| s.len() > 2)
}
