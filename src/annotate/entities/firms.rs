//! Firms by what business news writes beside them: a ticker, "Ferrolux (FLX.PA)", or the form of the company, "Ferrolux Corp";
//! and those that bear the names of people and are well known.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::{Draft, Kind, folded};
use crate::annotate::names::Name;
use crate::annotate::text::{Text, is_ticker};
use crate::lexicon::name_lists::{NameLists, WordFlags};

/// What stands before the colon of "(NYSE: FLX)".
const EXCHANGES: &[&str] = &["NYSE", "NASDAQ", "Nasdaq", "AMEX", "LSE", "TSX", "ASX", "AIM", "OTC", "HKEX", "JSE", "NSE", "BSE", "SIX"];

/// No ticker in brackets has more tokens.
const LONGEST: usize = 8;

/// Takes tickers out of the names, and calls an organization what carries one, ends as a company's name does, or is well known as
/// one, wherever the article names it.
pub(super) fn find(draft: &mut Draft<'_>) {
    let lists = &draft.lexicon.names;
    let mut firms: FxHashSet<String> = FxHashSet::default();
    for (text, names) in draft.texts.iter().zip(&mut draft.names) {
        names.retain_mut(|name| cut_ticker(text, name));
        for name in names.iter_mut() {
            let known = name.tokens.len() > 1 && lists.is_well_known_organization(name.span(text).of(text.text));
            if known && name.kind != Kind::Misc || is_marked(lists, text, name) {
                name.kind = Kind::Organization;
                firms.insert(folded(text.span(without_suffix(lists, text, &name.tokens)).of(text.text)));
                // "Lehman" after "Lehman Brothers"
                let first = text.word(name.tokens.start);
                if name.tokens.len() > 1 && !lists.is_no_name(first) && !lists.is_first_name(first) && !lists.is_well_known_place(first) {
                    firms.insert(folded(first));
                }
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
