//! Firms by what business news writes beside them: a ticker, "Ferrolux (FLX.PA)", or the form of the company, "Ferrolux Corp".

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::{Draft, Kind, folded};
use crate::annotate::names::Name;
use crate::annotate::text::{Text, TokenKind};
use crate::lexicon::name_lists::NameLists;

/// What stands before the colon of "(NYSE: FLX)".
const EXCHANGES: &[&str] = &["NYSE", "NASDAQ", "Nasdaq", "AMEX", "LSE", "TSX", "ASX", "AIM", "OTC", "HKEX", "JSE", "NSE", "BSE", "SIX"];

/// No ticker in brackets has more tokens.
const LONGEST: usize = 8;

/// Takes tickers out of the names, and calls an organization what carries one or ends as a company's name does, wherever the
/// article names it.
pub(super) fn find(draft: &mut Draft<'_>) {
    let lists = &draft.lexicon.names;
    let mut firms: FxHashSet<String> = FxHashSet::default();
    for (text, names) in draft.texts.iter().zip(&mut draft.names) {
        names.retain_mut(|name| cut_ticker(text, name));
        for name in names.iter_mut() {
            if is_marked(lists, text, name) {
                name.kind = Kind::Organization;
                firms.insert(folded(text.span(without_suffix(lists, text, &name.tokens)).of(text.text)));
            }
        }
    }
    if firms.is_empty() {
        return;
    }
    let surnames = super::evidence::surnames(draft);
    for (text, names) in draft.texts.iter().zip(&mut draft.names) {
        for name in names.iter_mut().filter(|n| matches!(n.kind, Kind::Person | Kind::Location)) {
            let last = text.word(name.tokens.end - 1);
            if firms.contains(&folded(name.span(text).of(text.text))) && !(name.tokens.len() == 1 && surnames.contains(last)) {
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
    // a name that the code of a ticker's exchange was taken for: the stop stands before it
    let from = tokens.start.saturating_sub(2);
    let Some(start) = (from..tokens.end).find(|&k| ticker_end(text, k).is_some_and(|end| end > tokens.start)) else { return true };
    if start <= tokens.start {
        return false;
    }
    name.tokens.end = start;
    if text.word(start - 1) == "(" {
        name.tokens.end -= 1;
    }
    name.kind = Kind::Organization;
    !name.tokens.is_empty()
}

/// Where the ticker that begins at `k` ends: capitals or figures, a stop, and the one or two capitals of an exchange, "FLX.PA".
fn ticker_end(text: &Text<'_>, k: usize) -> Option<usize> {
    let [code, stop, exchange] = text.tokens.get(k..k + 3)? else { return None };
    let of = |token: &crate::annotate::text::Token| token.span.of(text.text);
    let shouted = of(exchange).chars().all(|c| c.is_ascii_uppercase()) && of(exchange).len() <= 2;
    let close = of(stop) == "." && !stop.spaced && !exchange.spaced;
    let coded = of(code).len() <= 6 && of(code).chars().next().is_some_and(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let plain = of(code).chars().all(|c| c.is_ascii_alphanumeric()) && of(code).chars().filter(char::is_ascii_lowercase).count() < 2;
    (close && shouted && coded && plain && exchange.kind == TokenKind::Word).then_some(k + 3)
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
    exchange || ticker_end(text, end + 1).is_some_and(|e| e == close)
}

/// The name without "Corp" and the like.
fn without_suffix(lists: &NameLists, text: &Text<'_>, tokens: &Range<usize>) -> Range<usize> {
    let mut end = tokens.end;
    while end > tokens.start + 1 && (lists.is_organization_suffix(text.word(end - 1)) || matches!(text.word(end - 1), "," | "." | "&")) {
        end -= 1;
    }
    tokens.start..end
}
