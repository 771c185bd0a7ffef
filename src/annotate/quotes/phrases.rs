//! Noun phrases and subjects, found without a parser: who stands before or behind a reporting verb.

use std::ops::Range;

use super::view::View;
use crate::annotate::text::TokenKind;
use crate::lexicon::cues::{Class, form};

/// Longer phrases are cut: no subject is as long.
const LONGEST: usize = 45;

/// A subject stands no farther before its verb.
const FARTHEST: usize = 160;

/// What can stand inside a noun phrase besides nouns and names.
const INNER: Class = Class::DETERMINER.or(Class::POSSESSIVE);

/// The words of one who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Its tokens, determiner and titles included, appositions not.
    pub tokens: Range<usize>,
}

enum Step {
    Found(Option<Phrase>),
    /// Look on before this token.
    Further(usize),
    /// It is the subject of this verb.
    Shared(usize),
}

impl View<'_> {
    /// Whether token `i` can belong to a noun phrase as a noun, a name, an adjective or a number.
    fn nominal(&self, i: usize) -> bool {
        if self.quoted(i) {
            return false;
        }
        let word = self.words[i];
        match self.text.tokens[i].kind {
            TokenKind::Number => true,
            TokenKind::Word => {
                if self.text.tokens[i].capital && !self.lowered(i) {
                    // "The" and "But" at the head of a sentence are no names
                    let function =
                        Class::SUBJECT.or(Class::COORDINATOR).or(Class::SUBORDINATOR).or(Class::PREPOSITION).or(INNER).or(Class::BE);
                    return !word.class.is(function) && !self.adverb(i) || word.class.is(Class::TITLE) || matches!(self.word(i), "US");
                }
                let noun = Class::ROLE
                    .or(Class::GROUP)
                    .or(Class::ORGANIZATION)
                    .or(Class::SPEECH)
                    .or(Class::HEARER)
                    .or(Class::DOCUMENT)
                    .or(Class::KIN);
                self.plain(i) || word.class.is(noun) && !word.class.is(Class::SUBJECT)
            }
            TokenKind::Clitic => true,
            // the hyphen of "36-year-old"
            TokenKind::Punctuation => {
                let joins = i > 0 && i + 1 < self.text.tokens.len() && !self.text.tokens[i].spaced && !self.text.tokens[i + 1].spaced;
                joins && matches!(self.word(i), "-" | "/") && self.text.tokens[i - 1].kind == TokenKind::Number
            }
            TokenKind::Mark => false,
        }
    }

    /// Whether token `k`, a verb by the lists, is a noun behind what stands before it: "the last report", "his move".
    fn noun_left(&self, k: usize, bound: usize) -> bool {
        let word = self.words[k];
        let either = word.class.is(Class::VERB) || word.verb != 0 && word.forms & (form::BASE | form::THIRD) != 0;
        either
            && k > bound
            && k + 1 < self.words.len()
            && !self.capital(k)
            && !self.quoted(k - 1)
            && (self.is(k - 1, INNER) && !self.is(k - 1, Class::SUBORDINATOR)
                || self.plain(k - 1)
                || self.word(k - 1) == "of" && word.verb != 0 && self.cues.verb(word.verb).is_some_and(|v| v.behaviour.noun)
                // "conservative talk radio", where "conservatives talk" is a clause
                || self.is(k - 1, Class::GROUP) && !self.word(k - 1).ends_with('s') && word.forms & form::BASE != 0 && self.plain(k + 1)
                || self.text.tokens[k - 1].kind == TokenKind::Clitic)
    }

    /// Whether token `i`, a verb by the lists, stands before a name or a role as its adjective or its first half.
    fn attributive(&self, i: usize, bound: usize) -> bool {
        let word = self.words[i];
        let next = i + 1;
        (word.verb != 0 || word.class.is(Class::VERB))
            && !self.capital(i)
            && next < bound
            && !self.quoted(next)
            && (self.capital(next) || self.is(next, Class::ROLE.or(Class::GROUP)) && !self.is(next, Class::SUBJECT))
            && (self.word(i).ends_with("ed") || word.forms & (form::PAST | form::THIRD | form::ING) == 0)
    }

    /// The noun phrase whose last token is `last`, not reaching back before `bound`.
    #[must_use]
    pub fn phrase_before(&self, last: usize, bound: usize) -> Option<Phrase> {
        let bound = bound.max(last.saturating_sub(LONGEST));
        let mut start = last + 1;
        let mut i = last + 1;
        while i > bound {
            let k = i - 1;
            if self.quoted(k) {
                break;
            }
            if self.mark(k, &[")", "]"]) {
                // "(D-Va.)"
                let open = (bound..k).rev().take(12).find(|&o| self.mark(o, &["(", "["]));
                match open {
                    Some(open) if open > bound => {
                        i = open;
                        continue;
                    }
                    _ => break,
                }
            }
            if self.is(k, INNER) && !self.is(k, Class::SUBJECT.or(Class::SUBORDINATOR)) {
                start = k;
                i = k;
                // before a determiner only a preposition carries the phrase on
                if k == bound || !self.is(k - 1, Class::PREPOSITION) || self.capital(k - 1) {
                    if k > bound && self.is(k - 1, Class::DETERMINER) && !self.quoted(k - 1) {
                        continue;
                    }
                    break;
                }
                continue;
            }
            let ordinal = matches!(self.word(k), "first" | "second" | "third");
            let inside = self.noun_left(k, bound)
                || start <= last && self.adverb(k) && k > bound && (self.is(k - 1, INNER) || ordinal && self.plain(k - 1));
            if (self.nominal(k) || inside) && !(self.time(k) && start == last + 1 && k != last) {
                start = k;
                i = k;
                continue;
            }
            let attaches = !self.capital(k)
                && matches!(
                    self.word(k),
                    "of" | "for" | "from" | "at" | "in" | "on" | "with" | "to" | "inside" | "behind" | "close" | "near"
                );
            if attaches && start <= last && k > bound && (self.nominal(k - 1) || self.is(k - 1, INNER)) && !self.time(k - 1) {
                i = k;
                continue;
            }
            // "Trump and Pence", "friends and neighbors"
            if self.is(k, Class::COORDINATOR)
                && !self.capital(k)
                && start <= last
                && k > bound
                && self.nominal(k - 1)
                && self.text.tokens[k - 1].kind == TokenKind::Word
                && self.capital(k - 1) == self.capital(k + 1)
                && (self.capital(k - 1) || self.is(k - 1, Class::GROUP))
            {
                i = k;
                continue;
            }
            // "the former first lady and senator"
            if self.is(k, Class::COORDINATOR)
                && start <= last
                && start == k + 1
                && k > bound
                && !self.capital(k - 1)
                && !self.is(start, INNER)
            {
                let whole = self.phrase_before(k - 1, bound.max(k.saturating_sub(8)));
                if let Some(whole) = whole.filter(|w| self.word(w.tokens.start).eq_ignore_ascii_case("the")) {
                    start = whole.tokens.start;
                }
            }
            break;
        }
        if start > last {
            return None;
        }
        // "In a statement Trump said": what stands behind a preposition is no subject, the name at its end is
        if start > bound && self.is(start - 1, Class::PREPOSITION) && !matches!(self.word(start - 1), "than" | "because" | "like") {
            let mut name = last + 1;
            while name > start && (self.capital(name - 1) || self.text.tokens[name - 1].kind == TokenKind::Clitic) {
                name -= 1;
            }
            if name <= last && name > start {
                start = name;
            }
        }
        while start < last && self.text.tokens[start].kind == TokenKind::Clitic {
            start += 1;
        }
        if self.text.tokens[start].kind == TokenKind::Clitic {
            return None;
        }
        Some(Phrase { tokens: start..last + 1 })
    }

    /// The noun phrase that begins at `start`, ending before `bound`.
    #[must_use]
    pub fn phrase_from(&self, start: usize, bound: usize) -> Option<Phrase> {
        let bound = bound.min(start + LONGEST);
        if start >= bound || self.quoted(start) {
            return None;
        }
        let start = if self.word(start) == "that" && start + 1 < bound { start + 1 } else { start };
        if self.quoted(start) {
            return None;
        }
        if self.is(start, Class::SUBJECT) && !self.is(start, Class::TITLE) {
            return Some(Phrase { tokens: start..start + 1 });
        }
        let mut i = start;
        let mut end = start;
        let mut named = false;
        while i < bound && !self.quoted(i) {
            if self.is(i, INNER) && !self.is(i, Class::SUBORDINATOR) || self.is(i, INNER) && i == start {
                if end > start && !self.is(i - 1, Class::PREPOSITION.or(INNER).or(Class::COORDINATOR)) {
                    break;
                }
                i += 1;
                end = i;
                continue;
            }
            // "the ruling" is a noun
            let document = i > start && self.is(i - 1, INNER) && self.is(i, Class::DOCUMENT);
            let verb = self.words[i].verb != 0
                && !self.capital(i)
                && self.words[i].forms & (form::PAST | form::THIRD | form::ING) != 0
                && !document;
            // a past tense that no list knows: "groups granted him"
            let past = self.plain(i) && self.word(i).ends_with("ed") && end > start && i + 1 < bound && !self.is(i - 1, INNER);
            let past =
                past && (self.is(i + 1, INNER.or(Class::OBJECT).or(Class::PREPOSITION)) || self.capital(i + 1) || self.capital(i - 1));
            // "the second official"
            let ordinal = matches!(self.word(i), "first" | "second" | "third") && end > start && self.is(i - 1, INNER);
            if (self.nominal(i) || ordinal) && !verb && !past {
                if self.time(i) && end > start && !(self.is(i - 1, INNER) && i + 1 < bound && self.nominal(i + 1) && !self.time(i + 1)) {
                    break;
                }
                named |= self.capital(i);
                i += 1;
                end = i;
                continue;
            }
            // nouns that can be verbs ("report", "post") are nouns behind a determiner, and before another noun ("state Sen."),
            // as participles are adjectives ("retired Gen.")
            let noun = self.noun_left(i, start)
                && (self.is(i - 1, INNER) || self.words[i].forms & form::THIRD == 0 && !self.word(i).ends_with("ed"));
            if noun || (i == start || end > start) && self.attributive(i, bound) {
                i += 1;
                end = i;
                continue;
            }
            let word = self.word(i);
            let next = i + 1 < bound && !self.quoted(i + 1) && (self.nominal(i + 1) || self.is(i + 1, INNER)) && !self.time(i + 1);
            if end > start
                && next
                && (word == "of"
                    || !named && (matches!(word, "for" | "from" | "at" | "with" | "to") || word == "in" && self.capital(i + 1)))
            {
                i += 1;
                continue;
            }
            if end > start && next && word == "and" && self.capital(i + 1) && self.capital(i - 1) {
                i += 1;
                continue;
            }
            if self.mark(i, &["("])
                && end > start
                && let Some(close) = (i..bound).take(12).find(|&c| self.mark(c, &[")"]))
            {
                i = close + 1;
                continue;
            }
            break;
        }
        let stands = |k: usize| {
            self.is(k, Class::GROUP) || matches!(self.word(k), "another" | "one") && (end >= bound || self.mark(end, &[".", ","]))
        };
        let determiner_alone = (start..end).all(|k| self.is(k, Class::DETERMINER) && !stands(k));
        (end > start && !determiner_alone).then_some(Phrase { tokens: start..end })
    }

    /// Who does what the verb at `verb` says, looking left, not before `bound`.
    #[must_use]
    pub fn subject(&self, verb: usize, bound: usize) -> Option<Phrase> {
        let bound = bound.max(verb.saturating_sub(FARTHEST));
        let mut verb = verb;
        let mut at = verb;
        for _ in 0..5 {
            match self.subject_step(verb, at, bound) {
                Step::Found(phrase) => return phrase,
                Step::Further(before) => at = before,
                Step::Shared(other) => (verb, at) = (other, other),
            }
        }
        self.clause_subject(bound, verb)
    }

    /// One step of [`View::subject`]: over the helpers of the verb, then a noun phrase; one that a preposition leads is
    /// passed over ("Sanders on a bus tour thanked").
    fn subject_step(&self, verb: usize, from: usize, bound: usize) -> Step {
        let mut j = from;
        let mut helped = false; // by an auxiliary: "is saying"
        let mut to = false;
        while j > bound && !self.quoted(j - 1) {
            let k = j - 1;
            if self.auxiliary(k) && !self.ends_name(k, verb) {
                helped |= self.is(k, Class::BE);
                // "he's" holds the subject
                if self.is(k, Class::BE.or(Class::HAVE).or(Class::MODAL)) && self.text.tokens[k].kind == TokenKind::Word {
                    let word = self.word(k);
                    let pronoun = word.split(['\'', '’']).next().filter(|p| p.len() < word.len());
                    if pronoun.is_some_and(|p| self.cues.word(p).class.is(Class::SUBJECT)) {
                        return Step::Found(Some(Phrase { tokens: k..k + 1 }));
                    }
                }
                j = k;
                continue;
            }
            if self.word(k) == "to" && self.words[verb].forms & form::BASE != 0 && from == verb {
                to = true;
                j = k;
                continue;
            }
            // "on Monday", between subject and verb
            if self.time(k) && self.capital(k) && k > bound {
                j = if matches!(self.word(k - 1), "on" | "in" | "late" | "early" | "last") { k - 1 } else { k };
                continue;
            }
            // "this week", "today"
            if self.time(k) && !self.capital(k) && k > bound + 1 {
                if matches!(self.word(k - 1), "this" | "last" | "that") {
                    j = k - 1;
                    continue;
                }
                if matches!(self.word(k), "today" | "yesterday" | "tonight") {
                    j = k;
                    continue;
                }
            }
            break;
        }
        let participle = self.words[verb].forms & form::ING != 0 && !helped && from == verb;
        if j == bound || self.quoted(j - 1) || to {
            return Step::Found(self.clause_subject(bound, verb));
        }
        let k = j - 1;
        if participle {
            // "with Senator Roe saying", "of Roe saying"
            if self.mark(k, &[","])
                && let Some(subject) = self.of_the_report_before(k, bound)
            {
                return Step::Found(Some(subject));
            }
            // "tweeting that it was over and asking"
            let joined = |i: &usize| self.words[*i].forms & form::ING != 0 && self.words[*i].verb != 0 && !self.quoted(*i);
            if self.is(k, Class::COORDINATOR)
                && let Some(other) = (bound + 1..k).rev().take(30).find(joined)
            {
                return Step::Shared(other);
            }
            let before = if self.mark(k, &[","]) { None } else { self.phrase_before(k, bound) };
            let with = |p: &Phrase| p.tokens.start > bound && self.word(p.tokens.start - 1) == "with";
            let own = before.filter(|p| self.capital(k) || with(p));
            let clause = if self.mark(k, &[","]) { self.clause_start(bound, k) } else { bound };
            return Step::Found(own.or_else(|| self.clause_subject(clause, verb)));
        }
        if self.is(k, Class::RELATIVE) && matches!(self.word(k), "who" | "which" | "that") {
            let before = if k > bound && self.mark(k - 1, &[","]) { k - 1 } else { k };
            let antecedent = (before > bound).then(|| self.phrase_before(before - 1, bound)).flatten();
            // the pronoun belongs to it: "Jane Roe, who"
            return Step::Found(Some(Phrase { tokens: antecedent.map_or(k, |a| a.tokens.start)..k + 1 }));
        }
        if self.is(k, Class::SUBJECT) {
            return Step::Found(Some(Phrase { tokens: k..k + 1 }));
        }
        if self.is(k, Class::COORDINATOR) {
            return match self.verb_joined(verb, k, bound) {
                Some(other) => Step::Shared(other),
                None => Step::Found(self.clause_subject(bound, verb)),
            };
        }
        if self.mark(k, &[","]) || self.dash(k) {
            let first = self.clause_subject(bound, verb);
            let parted =
                first.as_ref().is_some_and(|f| f.tokens.end >= k || self.mark(f.tokens.end, &[",", "("]) || self.dash(f.tokens.end));
            return Step::Found(if parted { first } else { self.before_apposition(k, bound, first.as_ref()).or(first) });
        }
        match self.phrase_before(k, bound) {
            Some(phrase) => {
                let start = phrase.tokens.start;
                if start <= bound + 1 || self.quoted(start - 1) || self.capital(start - 1) {
                    return Step::Found(Some(phrase));
                }
                let before = start - 1;
                if self.mark(before, &[","]) && self.place_of_whom(&phrase, before, bound) {
                    return Step::Further(before);
                }
                if self.is(before, Class::PREPOSITION) && !self.is(before, Class::SUBORDINATOR) {
                    return Step::Further(before);
                }
                // the second half of an apposition: ", head of governance and analysis at the firm said"
                let half = self.is(before, Class::COORDINATOR) && !self.capital(start) && !self.is(start, INNER);
                if half && self.nominal(before - 1) {
                    return Step::Found(self.clause_subject(bound, verb).or(Some(phrase)));
                }
                Step::Found(Some(phrase))
            }
            None => Step::Found(self.clause_subject(bound, verb)),
        }
    }

    /// Whether `phrase` behind the comma at `comma` is the second half of a place or a firm in the words for somebody: "a professor
    /// at the University of California, Los Angeles said", where in "in Brussels, Germany said" it is the subject.
    fn place_of_whom(&self, phrase: &Phrase, comma: usize, bound: usize) -> bool {
        if comma <= bound || self.quoted(comma - 1) || !self.capital(comma - 1) || self.time(comma - 1) {
            return false;
        }
        if !phrase.tokens.clone().all(|i| self.nonpersonal(i)) {
            return false;
        }
        self.phrase_before(comma - 1, bound).is_some_and(|whole| {
            let start = whole.tokens.start;
            let led = start > bound && self.is(start - 1, Class::PREPOSITION.or(Class::SUBORDINATOR));
            let chain = |i: usize| matches!(self.word(i), "at" | "of" | "in" | "from" | "for") && !self.capital(i);
            !led && whole.tokens.clone().any(chain)
        })
    }

    /// Who spoke where the report before the comma at `comma` closes what was said: "He was silent, Roe said, adding".
    fn of_the_report_before(&self, comma: usize, bound: usize) -> Option<Phrase> {
        let verb = comma.checked_sub(1).filter(|&v| v > bound + 1 && !self.quoted(v))?;
        let (cue, _) = self.cue(verb)?;
        if !cue.behaviour.quotes || self.words[verb].forms & (form::PAST | form::THIRD) == 0 {
            return None;
        }
        let last = verb - 1;
        let pronoun = self.is(last, Class::SUBJECT) && !self.is(last, Class::RELATIVE);
        let subject = if pronoun { Phrase { tokens: last..verb } } else { self.phrase_before(last, bound)? };
        let start = subject.tokens.start;
        (start > bound && (self.quoted(start - 1) || self.mark(start - 1, &[","]))).then_some(subject)
    }

    /// Where the clause goes on behind the comma of an introduction at `comma`: behind the second half of a place too, "in
    /// Aspen, Colo., the mayor said", "in Salem, New Hampshire, Roe said".
    fn behind_introduction(&self, comma: usize, verb: usize) -> usize {
        let next = comma + 1;
        let mut end = next;
        while end < verb && end < next + 3 && self.capital(end) && !self.quoted(end) {
            end += 1;
        }
        let place = end > next && end + 1 < verb && self.mark(end, &[","]) && self.capital(comma - 1) && !self.time(comma - 1);
        if !place {
            return next;
        }
        let last = self.word(end - 1);
        let abbreviated = last.ends_with('.') || last.len() <= 3 && !last.chars().any(char::is_lowercase);
        let goes_on = self.capital(end + 1) || self.is(end + 1, Class::SUBJECT.or(Class::PREPOSITION).or(Class::SUBORDINATOR));
        if abbreviated || goes_on { end + 1 } else { next }
    }

    /// Where the last of the clauses joined between `bound` and `end` begins: "Roe left, and Doe stayed, saying".
    fn clause_start(&self, bound: usize, end: usize) -> usize {
        let begins = |&i: &usize| {
            if self.quoted(i) || !self.mark(i - 1, &[",", ";"]) {
                return false;
            }
            let joins = self.is(i, Class::COORDINATOR) || matches!(self.word(i), "as" | "while");
            let subject = if joins { self.phrase_from(i + 1, end) } else { None };
            subject.is_some_and(|s| {
                let verb = s.tokens.end;
                verb < end && !self.quoted(verb) && {
                    let word = self.words[verb];
                    self.auxiliary(verb)
                        || word.class.is(Class::VERB)
                        || word.forms & (form::PAST | form::THIRD) != 0
                        || self.word(verb).ends_with("ed")
                }
            })
        };
        (bound + 1..end).rev().take(60).find(begins).map_or(bound, |i| i + 1)
    }

    /// The name or the role whose apposition ends with the comma at `comma`: "what Jane Roe, a lawyer, called".
    ///
    /// What holds the clause's `first` subject is none: "he looked up, furrowed his brow and said".
    fn before_apposition(&self, comma: usize, bound: usize, first: Option<&Phrase>) -> Option<Phrase> {
        let opens = (bound + 1..comma).rev().take(25).find(|&i| !self.quoted(i) && self.mark(i, &[","]))?;
        if first.is_some_and(|f| f.tokens.start > opens) {
            return None;
        }
        // "Jane Roe, who, after the vote, said"
        if self.is(opens - 1, Class::RELATIVE) && self.word(opens - 1) == "who" && !self.quoted(opens - 1) {
            return Some(Phrase { tokens: opens - 1..opens });
        }
        let phrase = self.phrase_before(opens - 1, bound)?;
        let (start, last) = (phrase.tokens.start, phrase.tokens.end - 1);
        let led = start > bound && self.is(start - 1, Class::PREPOSITION) && !self.is(start - 1, Class::SUBORDINATOR);
        let somebody = self.capital(last) && !self.time(last) || self.is(last, Class::ROLE);
        (somebody && !led).then(|| self.named_apposition(phrase, comma + 1))
    }

    /// The verb before the conjunction at `and` that shares its subject with `verb`: the last of the same tense.
    fn verb_joined(&self, verb: usize, and: usize, bound: usize) -> Option<usize> {
        let tense = self.words[verb].forms & (form::PAST | form::THIRD | form::BASE);
        (bound..and).rev().take(30).find(|&i| {
            if self.quoted(i) || self.capital(i) && i > bound {
                return false;
            }
            let word = self.words[i];
            let same = if word.verb != 0 { word.forms & tense != 0 } else { tense & form::PAST != 0 && self.word(i).ends_with("ed") };
            let verbal = word.verb != 0 || word.class.is(Class::VERB) || self.plain(i) && self.word(i).ends_with("ed");
            verbal && same && i > bound && !self.is(i - 1, INNER.or(Class::PREPOSITION)) && !self.noun_left(i, bound)
        })
    }

    /// The subject of the clause that runs from `start` to the verb at `verb`: its first noun phrase that neither a
    /// preposition nor a conjunction leads.
    #[must_use]
    pub fn clause_subject(&self, start: usize, verb: usize) -> Option<Phrase> {
        let mut i = start;
        let mut steps = 0;
        while i < verb && steps < LONGEST {
            steps += 1;
            if let Some(s) = self.stretch_at(i) {
                i = self.stretches[s].tokens.end;
                if i < verb && self.mark(i, &[","]) {
                    i += 1;
                }
                // `"…," said X, adding`
                if i < verb && self.cue(i).is_some() {
                    let (_, after) = self.cue(i)?;
                    if let Some(found) = self.phrase_from(after, verb) {
                        return Some(self.named_apposition(found, verb));
                    }
                }
                continue;
            }
            if self.text.tokens[i].kind == TokenKind::Punctuation || self.text.tokens[i].kind == TokenKind::Mark {
                i += 1;
                continue;
            }
            let leads = Class::PREPOSITION.or(Class::SUBORDINATOR).or(Class::QUESTION);
            let gerund = self.word(i).ends_with("ing") && !self.is(i, INNER) && !(self.capital(i) && i > start);
            let asked = self.words[i].forms & form::PARTICIPLE != 0 && self.words[i].verb != 0 && i == start;
            // "As Jane Roe, a lawyer, put it"
            if self.word(i).eq_ignore_ascii_case("as") && i + 1 < verb && self.capital(i + 1) {
                i += 1;
                continue;
            }
            if self.is(i, leads) && !self.is(i, Class::DETERMINER) || gerund || asked {
                // an introduction: up to its comma
                match (i..verb).find(|&c| !self.quoted(c) && self.mark(c, &[","])) {
                    Some(comma) => i = self.behind_introduction(comma, verb),
                    None => {
                        // without one: the first pronoun, or the name at the end of it
                        let pronoun = (i..verb).find(|&p| !self.quoted(p) && self.is(p, Class::SUBJECT) && !self.is(p, Class::RELATIVE));
                        return pronoun.map(|p| Phrase { tokens: p..p + 1 });
                    }
                }
                continue;
            }
            // "Last year, the mayor said"
            if i + 1 < verb
                && matches!(self.word(i), "Last" | "last" | "This" | "this" | "Next" | "Earlier" | "earlier")
                && self.time(i + 1)
            {
                i += 2;
                continue;
            }
            // "Immediately after the vote, the mayor said"
            if i == start && self.word(i).ends_with("ly") && i + 1 < verb && self.is(i + 1, Class::PREPOSITION.or(Class::SUBORDINATOR)) {
                i += 1;
                continue;
            }
            // "Conversely, the mayor said"
            let opening = self.word(i).ends_with("ly") && i + 1 < verb && self.mark(i + 1, &[","]);
            if self.is(i, Class::COORDINATOR) || self.adverb(i) || opening {
                i += 1;
                continue;
            }
            if let Some(found) = self.phrase_from(i, verb) {
                let last = found.tokens.end - 1;
                let when = self.time(last) && !self.is(last, Class::ROLE) || self.is(last, Class::TIME);
                if !when {
                    return Some(self.named_apposition(found, verb));
                }
                i = last;
            }
            i += 1;
        }
        None
    }

    /// "The delegate, Jane Roe, said": the name for the nominal before it.
    #[must_use]
    pub fn named_apposition(&self, phrase: Phrase, bound: usize) -> Phrase {
        let mut end = phrase.tokens.end;
        let core = phrase.tokens.clone().find(|&k| self.is(k, Class::PREPOSITION) && !self.capital(k)).unwrap_or(end);
        let named = core > phrase.tokens.start && self.capital(core - 1) && !self.is(core - 1, Class::ROLE.or(Class::TITLE));
        if named || self.is(phrase.tokens.start, Class::SUBJECT) {
            return phrase;
        }
        // "the delegate to the House, Jane Roe"
        for _ in 0..2 {
            if end + 1 < bound && !self.quoted(end) && self.is(end, Class::PREPOSITION) {
                match self.phrase_from(end + 1, bound) {
                    Some(more) => end = more.tokens.end,
                    None => break,
                }
            }
        }
        if end + 2 > bound || !self.mark(end, &[","]) || !self.capital(end + 1) {
            return phrase;
        }
        let mut stop = end + 1;
        while stop < bound && !self.quoted(stop) && self.capital(stop) && !self.time(stop) {
            stop += 1;
        }
        let closes = stop == bound || self.mark(stop, &[",", ".", "(", ":", "-", "—"]) || self.cue(stop).is_some() || self.auxiliary(stop);
        if stop > end + 2 && closes { Phrase { tokens: end + 1..stop } } else { phrase }
    }
}
