//! Finds the names of the body again in a headline in capitals, where letters tell nothing.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Draft;
use crate::annotate::names::{Kind, Name};
use crate::annotate::text::{Text, TokenKind};

/// Names no longer than this many words are looked for.
const LONGEST: usize = 6;

/// Names what stands unnamed in a headline in capitals, and is a name in the body.
pub(super) fn find(draft: &mut Draft<'_>) {
    let [title, body] = draft.texts;
    if !is_shouted(title) {
        return;
    }
    let mut known: FxHashMap<String, Kind> = FxHashMap::default();
    for name in draft.names[1].iter().filter(|n| n.part.is_none() && n.tokens.len() <= LONGEST) {
        known.entry(upper(body, name.tokens.clone())).or_insert(name.kind);
        if name.kind == Kind::Person {
            known.entry(body.word(name.tokens.end - 1).to_uppercase()).or_insert(Kind::Person);
        }
    }
    // A word that the body also writes small may be that word here.
    let small: FxHashSet<String> = (0..body.tokens.len())
        .filter(|&k| body.tokens[k].kind == TokenKind::Word && !body.tokens[k].capital)
        .map(|k| body.word(k).to_uppercase())
        .collect();
    let mut free = vec![true; title.tokens.len()];
    for name in &draft.names[0] {
        free[name.tokens.clone()].fill(false);
    }
    let mut k = 0;
    while k < free.len() {
        let room = free[k..].iter().take(LONGEST).take_while(|f| **f).count();
        let found = (1..=room).rev().find_map(|count| {
            let words = upper(title, k..k + count);
            let kind = known.get(&words).filter(|_| words.len() > 3 && !small.contains(&words))?;
            Some((count, *kind))
        });
        if let Some((count, kind)) = found {
            draft.names[0].push(Name::new(k..k + count, kind));
            k += count;
        } else {
            k += 1;
        }
    }
    draft.names[0].sort_by_key(|n| n.tokens.start);
}

fn upper(text: &Text<'_>, tokens: std::ops::Range<usize>) -> String {
    tokens.map(|k| text.word(k).to_uppercase()).collect::<Vec<_>>().join(" ")
}

/// Whether a headline is written in capitals.
fn is_shouted(title: &Text<'_>) -> bool {
    let letters = || title.text.chars().filter(|c| c.is_alphabetic());
    let (all, upper) = (letters().count(), letters().filter(|c| c.is_uppercase()).count());
    all >= 10 && upper * 10 >= all * 9
}
