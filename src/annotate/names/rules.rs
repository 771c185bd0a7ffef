//! Names by rule: runs of capitalised words, told apart by the words in them and around them.

use std::ops::Range;

use super::{Kind, Name};
use crate::annotate::text::{Text, TokenKind};
use crate::lexicon::name_lists::NameLists;

/// The names of one text, in order.
pub(super) fn find(lists: &NameLists, text: &Text<'_>) -> Vec<Name> {
    let mut found = Vec::new();
    for sentence in &text.sentences {
        let mut i = sentence.start;
        while i < sentence.end {
            let run = run_at(lists, text, i, sentence.end);
            if run.is_empty() {
                i += 1;
                continue;
            }
            i = run.end;
            found.extend(name_of(lists, text, run, sentence));
        }
    }
    found
}

fn is_capital(lists: &NameLists, text: &Text<'_>, i: usize) -> bool {
    let token = &text.tokens[i];
    token.kind == TokenKind::Word && token.capital && !lists.is_no_name(text.word(i))
}

/// The run of capitalised words at token `i`, particles and the like within.
fn run_at(lists: &NameLists, text: &Text<'_>, i: usize, end: usize) -> Range<usize> {
    if !is_capital(lists, text, i) {
        return i..i;
    }
    let mut last = i + 1;
    loop {
        if last < end && is_capital(lists, text, last) && text.tokens[last].spaced {
            last += 1;
            continue;
        }
        let mut next = last;
        while next < end
            && next < last + 3
            && (lists.is_particle(text.word(next)) || matches!(text.word(next), "of" | "and" | "for" | "the" | "&"))
        {
            next += 1;
        }
        let linked = text.word(next.min(end) - 1);
        if next > last && next < end && is_capital(lists, text, next) && (linked != "and" || lists.is_organization_head(text.word(i))) {
            let person = (last..next).all(|k| lists.is_particle(text.word(k)));
            if person || (i..last).any(|k| lists.is_organization_head(text.word(k))) {
                last = next + 1;
                continue;
            }
        }
        return i..last;
    }
}

fn name_of(lists: &NameLists, text: &Text<'_>, run: Range<usize>, sentence: &Range<usize>) -> Option<Name> {
    let mut run = run;
    let mut titled = run.start > sentence.start && lists.is_title(text.word(run.start - 1));
    while run.len() > 1 && lists.is_title(text.word(run.start)) && !(run.clone()).any(|k| lists.is_organization_head(text.word(k))) {
        run.start += 1;
        titled = true;
    }
    let word = text.word(run.start);
    if run.len() == 1 && lists.is_title(word) {
        return None;
    }
    let has = |test: fn(&NameLists, &str) -> bool| run.clone().any(|k| test(lists, text.word(k)));
    let kind = if has(NameLists::is_organization_suffix) && run.len() > 1 || has(NameLists::is_organization_head) {
        Kind::Organization
    } else if lists.is_well_known_place(word) && run.len() == 1 {
        Kind::Location
    } else if titled || run.len() > 1 && lists.is_first_name(word) {
        Kind::Person
    } else if run.len() > 1 && (lists.is_location_head(text.word(run.end - 1)) || lists.is_location_lead(word)) {
        Kind::Location
    } else if word.len() > 1 && run.len() == 1 && word.chars().all(char::is_uppercase) {
        Kind::Organization
    } else if run.start == sentence.start && run.len() == 1 {
        return None;
    } else if run.start > sentence.start && matches!(text.word(run.start - 1), "in" | "from" | "near" | "at") {
        Kind::Location
    } else if run.len() > 1 {
        Kind::Person
    } else {
        Kind::Misc
    };
    Some(Name { tokens: run, kind })
}
