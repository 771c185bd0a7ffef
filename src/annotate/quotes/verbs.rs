//! Which words are reporting verbs where they stand, and which only look like them: nouns, participles before nouns, names.

use super::view::View;
use crate::annotate::text::TokenKind;
use crate::lexicon::cues::{Class, CueVerb, form};

/// The reporting verb at `i` outside of quotation marks, where it is a verb.
pub(super) fn verb_at<'a>(view: &View<'a>, i: usize) -> Option<(&'a CueVerb, usize)> {
    if view.quoted(i) {
        return None;
    }
    let (verb, after) = view.cue(i)?;
    // "Read said": with a capital it is a name, but at the head of a sentence
    if view.capital(i) && view.frame_of(i).start != i {
        return None;
    }
    if verb.behaviour.noun && i > 0 && noun_here(view, i) || attributive(view, i) {
        return None;
    }
    Some((verb, after))
}

/// Whether the participle at `i` stands before a noun and reports nothing: "a proposed law", "of alleged fraud", "his promised
/// reform", "from declining revenue", or is a noun itself: "a ruling on".
fn attributive(view: &View<'_>, i: usize) -> bool {
    let forms = view.words[i].forms;
    let Some(before) = i.checked_sub(1).filter(|&b| !view.quoted(b)) else { return false };
    let article = matches!(view.word(before), "a" | "an" | "the") || view.is(before, Class::POSSESSIVE) && !view.is(before, Class::OBJECT);
    if article {
        return forms & (form::PAST | form::PARTICIPLE | form::ING) != 0;
    }
    let leads = Class::PREPOSITION.or(Class::DETERMINER);
    let led = view.is(before, leads) && !view.is(before, Class::SUBORDINATOR.or(Class::RELATIVE).or(Class::GROUP).or(Class::SUBJECT));
    let adverbial = matches!(view.word(before), "up" | "off" | "out" | "down" | "by" | "both" | "all");
    let next = i + 1;
    let noun = next < view.words.len()
        && !view.quoted(next)
        && (view.plain(next) || view.is(next, Class::ROLE.or(Class::GROUP).or(Class::REPORT)));
    led && !adverbial && view.is(before, Class::PREPOSITION) && forms & form::PAST != 0 && forms & form::BASE == 0 && noun
}

/// Whether a word that is both noun and verb is a noun at `i`: "the report", "of claims", "credit rating".
fn noun_here(view: &View<'_>, i: usize) -> bool {
    let forms = view.words[i].forms;
    if forms & (form::BASE | form::THIRD) == 0 {
        return false;
    }
    let mut k = i;
    while k > 0 && !view.quoted(k - 1) && view.auxiliary(k - 1) && !view.is(k - 1, Class::BE) {
        if view.is(k - 1, Class::MODAL.or(Class::DO)) {
            return false;
        }
        k -= 1;
    }
    if k == 0 || view.quoted(k - 1) {
        return false;
    }
    let before = k - 1;
    let word = view.word(before);
    if view.is(before, Class::SUBJECT.or(Class::RELATIVE)) && word != "that" || word == "to" && forms & form::BASE != 0 {
        return false;
    }
    // "Roe and Doe call him"
    if i + 1 < view.words.len() && view.is(i + 1, Class::OBJECT) && !view.quoted(i + 1) && view.capital(before) {
        return false;
    }
    let kind = view.text.tokens[before].kind;
    let led = Class::DETERMINER.or(Class::POSSESSIVE).or(Class::PREPOSITION).or(Class::BE);
    if view.is(before, led)
        || kind == TokenKind::Clitic
        || kind == TokenKind::Mark
        || word.ends_with(['’', '\''])
        || kind == TokenKind::Number
    {
        return true;
    }
    if kind != TokenKind::Word {
        return false;
    }
    let adjective = ["ive", "al", "ic", "ous", "ful", "ary", "less", "able", "ed", "ing", "ish", "ent", "ant"];
    if !view.capital(before) && view.plain(before) && adjective.iter().any(|a| word.ends_with(a)) {
        return true;
    }
    // a bare form needs more than one to do it
    let several = word.ends_with('s') && word.len() > 3 && !word.ends_with("ss")
        || view.is(before, Class::GROUP.or(Class::PLURAL))
        || view.is(before, Class::COORDINATOR);
    forms & form::PAST == 0 && forms & form::BASE != 0 && !several
}
