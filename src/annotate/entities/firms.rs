//! Firms by what business news writes beside them: a ticker, "Ferrolux (FLX.PA)", or the form of the company, "Ferrolux Corp";
//! those that bear the names of people and are well known, and those with a possessive of their own, "Moody's".

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::organizations::may_stand_for_all;
use super::{Draft, Kind, folded};
use crate::annotate::names::Name;
use crate::annotate::text::{Text, TokenKind, is_ticker};
use crate::lexicon::name_lists::{NameLists, WordFlags};

/// What stands before the colon of "(NYSE: FLX)".
const EXCHANGES: &[&str] = &["NYSE", "NASDAQ", "Nasdaq", "AMEX", "LSE", "TSX", "ASX", "AIM", "OTC", "HKEX", "JSE", "NSE", "BSE", "SIX"];

/// No ticker in brackets has more tokens.
const LONGEST: usize = 8;

/// Takes tickers out of the names, and calls an organization what carries one, ends as a company's name does, or is well known as
/// one, wherever the article names it.
pub(super) fn find(draft: &mut Draft<'_>) {
    take_possessives(draft);
    let (lists, places) = (&draft.lexicon.names, draft.lexicon.gazetteer);
    let mut firms: FxHashSet<String> = FxHashSet::default();
    for (text, names) in draft.texts.iter().zip(&mut draft.names) {
        names.retain_mut(|name| cut_ticker(text, name));
        for name in names.iter_mut() {
            let known = name.tokens.len() > 1 && lists.is_well_known_organization(name.span(text).of(text.text));
            let marked = known && name.kind != Kind::Misc || is_marked(lists, text, name);
            if marked {
                name.kind = Kind::Organization;
                firms.insert(folded(text.span(without_suffix(lists, text, &name.tokens)).of(text.text)));
            }
            // "Lehman" after "Lehman Brothers"; a foundation or a school may bear somebody's name
            let (first, last) = (text.word(name.tokens.start), text.word(name.tokens.end - 1));
            let nobody = || !lists.is_organization_head(last) && !lists.is_surname(first) && !places.class(first).is_place();
            if name.kind == Kind::Organization && name.tokens.len() > 1 && may_stand_for_all(lists, first) && (marked || nobody()) {
                firms.insert(folded(first));
            }
        }
    }
    let surnames = super::evidence::surnames(draft);
    for (text, names) in draft.texts.iter().zip(&mut draft.names) {
        for name in names.iter_mut().filter(|n| matches!(n.kind, Kind::Person | Kind::Location)) {
            let (last, words) = (text.word(name.tokens.end - 1), name.span(text).of(text.text));
            let alone = name.tokens.len() == 1;
            let titled = name.tokens.start > 0 && lists.flags(text.word(name.tokens.start - 1)).has(WordFlags::ANY_TITLE);
            let known = alone && name.kind == Kind::Person && lists.is_well_known_organization(words);
            if (known || firms.contains(&folded(words))) && !(alone && (titled || surnames.contains(last))) {
                name.kind = Kind::Organization;
            }
        }
    }
}

/// Draws the "'s" into the name of a firm that is never named without it: one that is well known so, and one that speaks so,
/// "Quillfeather's said on Monday".
fn take_possessives(draft: &mut Draft<'_>) {
    let lists = &draft.lexicon.names;
    let surnames = super::evidence::surnames(draft);
    let mut firms: FxHashSet<&str> = FxHashSet::default();
    for (text, names) in draft.texts.iter().zip(&draft.names) {
        let own = names.iter().filter(|n| is_whole(n) && has_own_possessive(lists, text, n));
        firms.extend(own.map(|n| n.span(text).of(text.text)));
    }
    if firms.is_empty() {
        return;
    }
    for (text, names) in draft.texts.iter().zip(&draft.names) {
        for name in names {
            let titled = name.tokens.start > 0 && lists.is_title(text.word(name.tokens.start - 1));
            if titled || surnames.contains(text.word(name.tokens.end - 1)) || possessive_behind(text, name).is_none() {
                firms.remove(name.span(text).of(text.text));
            }
        }
    }
    for (text, names) in draft.texts.iter().zip(&mut draft.names) {
        for name in names.iter_mut().filter(|n| is_whole(n)) {
            if firms.contains(name.span(text).of(text.text)) {
                name.tokens.end += 1;
                name.kind = Kind::Organization;
            }
        }
    }
}

fn is_whole(name: &Name) -> bool {
    name.kind != Kind::Misc && name.part.is_none()
}

/// The name with the "'s" behind it.
fn possessive_behind<'t>(text: &Text<'t>, name: &Name) -> Option<&'t str> {
    let clitic = text.tokens.get(name.tokens.end).filter(|t| t.kind == TokenKind::Clitic && !t.spaced)?;
    Some(&text.text[text.span(name.tokens.clone()).start..clitic.span.end])
}

/// Whether the "'s" behind a name belongs to it, and tells of no owner.
fn has_own_possessive(lists: &NameLists, text: &Text<'_>, name: &Name) -> bool {
    let Some(words) = possessive_behind(text, name) else { return false };
    let speaks = || {
        let verb = text.tokens.get(name.tokens.end + 1).map(|verb| verb.span.of(text.text));
        name.kind == Kind::Organization && verb.is_some_and(|verb| matches!(verb, "said" | "says"))
    };
    lists.is_well_known_organization(&words.replace('’', "'")) || speaks()
}

/// Takes a ticker off the end of a name; false where nothing is left: "Ferrolux FLX.PA", "(FLX.PA)", "(NYSE: FLX)".
fn cut_ticker(text: &Text<'_>, name: &mut Name) -> bool {
    let tokens = name.tokens.clone();
    if EXCHANGES.contains(&text.word(tokens.start)) && tokens.start > 0 && text.word(tokens.start - 1) == "(" {
        return false;
    }
    let Some(ticker) = tokens.clone().find(|&k| is_ticker(text.word(k))) else { return true };
    name.tokens.end = if ticker > tokens.start && text.word(ticker - 1) == "(" { ticker - 1 } else { ticker };
    name.kind = Kind::Organization;
    !name.tokens.is_empty()
}

/// Whether a name ends as a company's does, or a ticker in brackets follows it.
fn is_marked(lists: &NameLists, text: &Text<'_>, name: &Name) -> bool {
    let end = name.tokens.end;
    if name.tokens.len() > 1 && lists.is_organization_suffix(text.word(end - 1)) && matches!(name.kind, Kind::Person | Kind::Location) {
        return true;
    }
    if text.tokens.get(end).is_none_or(|t| t.span.of(text.text) != "(") {
        return false;
    }
    let Some(close) = (end + 1..text.tokens.len().min(end + LONGEST)).find(|&k| text.word(k) == ")") else { return false };
    let exchange = EXCHANGES.contains(&text.word(end + 1)) && matches!(text.word(end + 2), ":" | ")");
    exchange || close == end + 2 && is_ticker(text.word(end + 1))
}

/// The name without "Corp" and the like.
fn without_suffix(lists: &NameLists, text: &Text<'_>, tokens: &Range<usize>) -> Range<usize> {
    let mut end = tokens.end;
    while end > tokens.start + 1 && (lists.is_organization_suffix(text.word(end - 1)) || matches!(text.word(end - 1), "," | "." | "&")) {
        end -= 1;
    }
    tokens.start..end
}
