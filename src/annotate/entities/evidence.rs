//! Corrects the names of an article by what the rest of it says: a full name once makes every later surname a person.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Draft, Kind, datelines, families, firms, folded, headlines, put};
use crate::annotate::names::Name;
use crate::annotate::text::{Text, TokenKind};
use crate::lexicon::gazetteer::NameClass;
use crate::lexicon::name_lists::{NameLists, WordFlags};
use crate::lexicon::place_words::{GOING, OF_A_STATE};

/// All corrections, in order.
pub(super) fn correct(draft: &mut Draft<'_>) {
    let (lists, places) = (&draft.lexicon.names, draft.lexicon.gazetteer);
    for (text, names) in draft.texts.iter().zip(&mut draft.names) {
        for name in names.iter_mut() {
            trim(lists, text, name);
        }
        names.retain(|n| !n.tokens.is_empty());
        drop_first_words(lists, text, names);
        datelines::find(text, names);
        datelines::inside_words(text, names, |word| places.class(word).is_place());
        split_pairs(lists, text, names);
        reach_for_first_names(lists, text, names);
        join_nicknames(lists, text, names);
    }
    recognize_speakers(draft);
    agree_on_kinds(draft);
    firms::find(draft);
    for (text, names) in draft.texts.iter().zip(&mut draft.names) {
        place_before_its_state(text, names);
    }
    recognize_surnames(draft);
    find_again(draft);
    let surnames = surnames(draft);
    for (text, names) in draft.texts.iter().zip(&mut draft.names) {
        families::find(text, names, &surnames);
    }
    headlines::find(draft);
}

/// Takes titles off the front of a person's name, and signs off both ends of any.
fn trim(lists: &NameLists, text: &Text<'_>, name: &mut Name) {
    let tokens = &mut name.tokens;
    let is_edge =
        |k: usize| matches!(text.tokens[k].kind, TokenKind::Mark | TokenKind::Clitic) || matches!(text.word(k), "," | "-" | "–" | ":");
    while tokens.start < tokens.end && is_edge(tokens.start) {
        tokens.start += 1;
    }
    while tokens.start < tokens.end && is_edge(tokens.end - 1) {
        // A name that opens its own quotation marks keeps them both.
        let inside = text.tokens[tokens.end - 1].kind == TokenKind::Mark
            && (tokens.start..tokens.end - 1).any(|k| text.tokens[k].kind == TokenKind::Mark);
        if inside {
            break;
        }
        tokens.end -= 1;
    }
    // of "The Tide” Lindqvist" the name is what stands behind the mark
    let marks = || tokens.clone().filter(|&k| text.tokens[k].kind == TokenKind::Mark);
    if name.kind == Kind::Person
        && let (Some(mark), 1) = (marks().next(), marks().count())
    {
        tokens.start = mark + 1;
    }
    // "(Chairman Ben) Bernanke", "Roe (Labour": half a bracket is no part of a name
    let brackets = |which: &str| tokens.clone().filter(|&k| text.word(k) == which).count();
    if brackets(")") != brackets("(") {
        if let Some(close) = tokens.clone().rev().find(|&k| text.word(k) == ")") {
            tokens.start = close + 1;
        } else if let Some(open) = tokens.clone().find(|&k| text.word(k) == "(") {
            tokens.end = open;
        }
    }
    if matches!(text.span(tokens.clone()).of(text.text), "Wall Street" | "Downing Street") {
        // Where these stand for a place, the article is about a street.
        name.kind = Kind::Organization;
    }
    let last = text.word(tokens.end.max(1) - 1);
    let ground = || lists.is_location_head(last) && !lists.is_surname(last) && !lists.is_first_name(text.word(tokens.start));
    if name.kind == Kind::Person && tokens.len() > 1 && (is_building(last) || ground()) {
        name.kind = Kind::Location;
    }
    if name.kind == Kind::Person {
        while tokens.len() > 1 && is_title(lists, text, tokens.start, tokens.end) {
            tokens.start += 1;
        }
    }
}

/// Words that make a place of the person's name before them, and are no surnames.
fn is_building(word: &str) -> bool {
    matches!(
        word,
        "Tower"
            | "Towers"
            | "Building"
            | "Hotel"
            | "Stadium"
            | "Airport"
            | "Arena"
            | "Boulevard"
            | "Avenue"
            | "Street"
            | "Plaza"
            | "Square"
            | "Theatre"
            | "Theater"
    )
}

/// Takes a word off the front of a name that has its capital only from the sentence: "Unlike Lindqvist", "Poor Mexico".
fn drop_first_words(lists: &NameLists, text: &Text<'_>, names: &mut [Name]) {
    // the names and the words of the text, made when asked for
    let mut known: Option<FxHashSet<&str>> = None;
    let mut words: Option<FxHashSet<&str>> = None;
    for k in 0..names.len() {
        let tokens = names[k].tokens.clone();
        let word = text.word(tokens.start);
        let flags = lists.flags(word);
        if tokens.len() < 2 || names[k].kind == Kind::Misc || flags.has(WordFlags::FIRST_NAME) {
            continue;
        }
        let leads =
            text.sentences[text.sentence_of(tokens.start)].start == tokens.start || text.tokens[tokens.start - 1].kind == TokenKind::Mark;
        let no_name = flags.has(WordFlags::NO_NAME) && word != "The" || word.len() > 1 && is_shouted_no_name(lists, word);
        let rest = text.span(tokens.start + 1..tokens.end).of(text.text);
        let mut known_without = || {
            let known = known.get_or_insert_with(|| names.iter().map(|n| text.span(n.tokens.clone()).of(text.text)).collect());
            if !known.contains(rest) {
                return false;
            }
            let words = words.get_or_insert_with(|| (0..text.tokens.len()).map(|i| text.word(i)).collect());
            words.contains(word.to_lowercase().as_str())
        };
        if leads && (no_name && names[k].kind != Kind::Organization || !flags.has(WordFlags::LOCATION_LEAD) && known_without()) {
            names[k].tokens.start += 1;
            if let Some(known) = &mut known {
                known.insert(rest);
            }
        }
    }
}

/// "EVEN", which is no name as "Even".
fn is_shouted_no_name(lists: &NameLists, word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next();
    let rest: String = letters.flat_map(char::to_lowercase).collect();
    word.chars().all(char::is_uppercase)
        && lists.is_no_name(&first.into_iter().collect::<String>().chars().chain(rest.chars()).collect::<String>())
}

/// Whether the word at `k` is a title before the rest of a person's name: "Justice" Roberts, but "King" of Jane King.
fn is_title(lists: &NameLists, text: &Text<'_>, k: usize, end: usize) -> bool {
    let word = text.word(k);
    let flags = lists.flags(word);
    // "Pope Francis", "King Charles", "Prince Harry" keep their titles: the name is no name without.
    if matches!(
        word,
        "Pope"
            | "King"
            | "Queen"
            | "Prince"
            | "Princess"
            | "Lord"
            | "Lady"
            | "Sheikh"
            | "Sultan"
            | "Emir"
            | "Saint"
            | "St."
            | "Mullah"
            | "Imam"
    ) {
        return false;
    }
    flags.has(WordFlags::ANY_TITLE) && !(flags.has(WordFlags::FIRST_NAME) && k + 2 == end)
}

/// Words that stand between two places and in no place's name: "from Milan to Turin", "in Milan and in Turin".
const BETWEEN_PLACES: [&str; 5] = ["to", "at", "in", "from", "through"];

/// "Milan and Turin" are two.
fn split_pairs(lists: &NameLists, text: &Text<'_>, names: &mut Vec<Name>) {
    let mut parted = Vec::new();
    for name in names.iter_mut().filter(|n| n.kind != Kind::Misc) {
        let inner = name.tokens.start + 1..name.tokens.end;
        let apart = |k: &usize| {
            let word = text.word(*k);
            matches!(word, "and" | "," | "/" | "or") || name.kind == Kind::Location && BETWEEN_PLACES.contains(&word)
        };
        let Some(and) = inner.clone().find(apart) else { continue };
        let rest = (and + 1..name.tokens.end).find(|k| !apart(k)).unwrap_or(name.tokens.end)..name.tokens.end;
        let known = |tokens: Range<usize>| lists.is_well_known_organization(text.span(tokens).of(text.text));
        if name.kind == Kind::Organization {
            // "Procter and Gamble" is one: only two that are known by themselves are two
            if !rest.is_empty() && known(name.tokens.start..and) && known(rest.clone()) && !known(name.tokens.clone()) {
                parted.push(Name::new(rest, name.kind));
                name.tokens.end = and;
            }
            continue;
        }
        let headed = name.tokens.clone().any(|k| lists.flags(text.word(k)).has(WordFlags::LOCATION_HEAD.and(WordFlags::NAME_SUFFIX)));
        let direction = matches!(
            text.word(name.tokens.start).to_lowercase().as_str(),
            "north" | "south" | "east" | "west" | "eastern" | "western" | "northern" | "southern" | "central"
        );
        if headed || direction || rest.is_empty() || and == name.tokens.start || !text.tokens[rest.start].capital {
            continue;
        }
        // "Trinidad and Tobago" is written so wherever it stands; lists of more than two are never one name.
        if name.kind == Kind::Location
            && text.word(and) == "and"
            && matches!(
                text.word(rest.start),
                "Tobago" | "Herzegovina" | "Barbuda" | "Nevis" | "Principe" | "Príncipe" | "Futuna" | "Miquelon" | "Kashmir" | "Wear"
            )
        {
            continue;
        }
        parted.push(Name::new(rest, name.kind));
        name.tokens.end = and;
    }
    names.extend(parted);
    names.sort_by_key(|n| n.tokens.start);
}

/// Whether the word is a month as well as a first name.
fn is_month(word: &str) -> bool {
    matches!(word, "April" | "May" | "June" | "August")
}

/// Words before the name of a month.
const WITH_MONTHS: &[&str] = &[
    "in", "last", "this", "next", "of", "since", "until", "till", "by", "from", "to", "early", "late", "mid", "between", "and", "through",
    "for",
];

/// Draws a first name that stands unnamed before a surname into the name.
fn reach_for_first_names(lists: &NameLists, text: &Text<'_>, names: &mut [Name]) {
    for k in 0..names.len() {
        let start = names[k].tokens.start;
        if names[k].kind != Kind::Person || names[k].tokens.len() > 1 || start == 0 {
            continue;
        }
        let taken = k > 0 && names[k - 1].tokens.end >= start;
        let before = &text.tokens[start - 1];
        let adjoins = text.sentence_of(start - 1) == text.sentence_of(start) && text.tokens[start].spaced && before.capital;
        let flags = lists.flags(text.word(start - 1));
        // "April Jones", but not "in April Jones left"
        let month = |at: usize| text.sentences[text.sentence_of(at)].start < at && WITH_MONTHS.contains(&text.word(at - 1));
        let word = !flags.has(WordFlags::NO_NAME) || is_month(text.word(start - 1)) && !month(start - 1);
        if !taken && adjoins && flags.has(WordFlags::FIRST_NAME) && word && !flags.has(WordFlags::ANY_TITLE) {
            names[k].tokens.start -= 1;
        }
    }
}

/// Makes one name of first name, nickname in quotation marks or brackets, and surname: Robert “Bobby” Lindqvist.
fn join_nicknames(lists: &NameLists, text: &Text<'_>, names: &mut Vec<Name>) {
    let mut whole: Vec<Range<usize>> = Vec::new();
    for open in 1..text.tokens.len() {
        if !(text.tokens[open].kind == TokenKind::Mark || text.word(open) == "(") || !text.tokens[open].spaced {
            continue;
        }
        let word = |k: usize| text.tokens.get(k).is_some_and(|t| t.kind == TokenKind::Word && t.capital);
        let close = open + 2 + usize::from(word(open + 2));
        let closed = text.tokens.get(close).is_some_and(|t| !t.spaced && (t.kind == TokenKind::Mark || text.word(close) == ")"));
        if !closed || !word(open - 1) || !word(open + 1) || !word(close + 1) || !text.tokens[close + 1].spaced {
            continue;
        }
        let (first, last) = (lists.flags(text.word(open - 1)), lists.flags(text.word(close + 1)));
        let no_name = first.has(WordFlags::NO_NAME) || last.has(WordFlags::NO_NAME);
        let Some(before) = name_at(names, open - 1).filter(|n| n.kind == Kind::Person) else { continue };
        if first.has(WordFlags::FIRST_NAME) && !no_name {
            let end = name_at(names, close + 1).map_or(close + 2, |n| n.tokens.end);
            match whole.last_mut() {
                Some(joined) if joined.end > before.tokens.start => joined.end = end,
                _ => whole.push(before.tokens.start..end),
            }
        }
    }
    put(names, whole.into_iter().map(|tokens| Name::new(tokens, Kind::Person)).collect());
}

/// The name that covers token `k`.
fn name_at(names: &[Name], k: usize) -> Option<&Name> {
    names.get(names.partition_point(|n| n.tokens.end <= k)).filter(|n| n.tokens.contains(&k))
}

/// "Henderson, Nev." is a place, whatever it seemed to be.
fn place_before_its_state(text: &Text<'_>, names: &mut [Name]) {
    for k in 1..names.len() {
        let (start, end) = (names[k].tokens.start, names[k - 1].tokens.end);
        let state = names[k].kind == Kind::Location && names[k].span(text).of(text.text).ends_with('.');
        let owner = text.tokens.get(names[k].tokens.end).is_some_and(|t| t.kind == TokenKind::Clitic);
        if state
            && !owner
            && start == end + 1
            && text.word(end) == ","
            && names[k - 1].kind == Kind::Person
            && names[k - 1].tokens.len() == 1
        {
            names[k - 1].kind = Kind::Location;
        }
    }
}

/// Takes for a person who has a first name and does what people do: "Georgia Lindqvist said", "Chelsea Lindqvist, 34,".
fn recognize_speakers(draft: &mut Draft<'_>) {
    let lists = &draft.lexicon.names;
    for (text, names) in draft.texts.iter().zip(&mut draft.names) {
        for name in names.iter_mut().filter(|n| n.kind != Kind::Person && n.part.is_none() && n.tokens.len() == 2) {
            let (first, last) = (lists.flags(text.word(name.tokens.start)), lists.flags(text.word(name.tokens.end - 1)));
            let body = WordFlags::ORGANIZATION_HEAD
                .and(WordFlags::ORGANIZATION_SUFFIX)
                .and(WordFlags::LOCATION_HEAD)
                .and(WordFlags::NO_NAME)
                .and(WordFlags::DEMONYM)
                .and(WordFlags::WELL_KNOWN_PLACE);
            let next = |on: usize| text.tokens.get(name.tokens.end + on).map_or("", |t| t.span.of(text.text));
            let aged = next(0) == "," && next(2) == "," && next(1).parse::<u8>().is_ok_and(|age| (5..=110).contains(&age));
            let acts = aged || lists.flags(next(0)).has(WordFlags::SPEECH_VERB);
            let words = name.span(text).of(text.text);
            if first.has(WordFlags::FIRST_NAME)
                && !first.has(WordFlags::NO_NAME)
                && last.has(WordFlags::SURNAME) | aged
                && !last.has(body)
                && acts
                && !lists.is_well_known_organization(words)
                && !draft.lexicon.gazetteer.class(words).is_place()
            {
                name.kind = Kind::Person;
            }
        }
    }
}

fn place(kind: Kind) -> usize {
    match kind {
        Kind::Person => 0,
        Kind::Location => 1,
        Kind::Organization => 2,
        Kind::Misc => 3,
    }
}

const KINDS: [Kind; 4] = [Kind::Person, Kind::Location, Kind::Organization, Kind::Misc];

/// Names that read alike are of the kind that most of them seemed to be.
fn agree_on_kinds(draft: &mut Draft<'_>) {
    let forms: [Vec<String>; 2] = std::array::from_fn(|zone| {
        let text = draft.texts[zone];
        draft.names[zone].iter().map(|name| folded(name.span(text).of(text.text))).collect()
    });
    // how often the names that read alike are of each kind
    let mut votes: FxHashMap<&str, [u32; 4]> = FxHashMap::default();
    for (form, name) in forms.iter().flatten().zip(draft.names.iter().flatten()) {
        votes.entry(form).or_default()[place(name.kind)] += 1;
    }
    // A surname that stands for a person bears out the full name.
    let surnames: FxHashMap<&str, u32> = votes.iter().filter(|(f, v)| !f.contains(' ') && v[0] > 0).map(|(f, v)| (*f, v[0])).collect();
    for (form, votes) in votes.iter_mut() {
        if let Some((first, last)) = form.rsplit_once(' ')
            && !first.contains(' ')
        {
            votes[0] += surnames.get(last).copied().unwrap_or(0);
        }
    }
    for (form, name) in forms.iter().flatten().zip(draft.names.iter_mut().flatten()) {
        let votes = votes.get(form.as_str()).copied().unwrap_or_default();
        let all: u32 = votes.iter().sum();
        let (top, count) = votes.iter().enumerate().max_by_key(|&(k, c)| (*c, std::cmp::Reverse(k))).map_or((3, 0), |(k, c)| (k, *c));
        if count * 3 > all * 2 && KINDS[top] != name.kind {
            name.kind = KINDS[top];
        }
    }
}

/// A single word that is the surname of somebody named in full elsewhere is that person, whatever it seemed to be.
fn recognize_surnames(draft: &mut Draft<'_>) {
    let surnames = surnames(draft);
    // "al-Haddani" begins a sentence as "Al-Haddani".
    let with_article: FxHashSet<String> =
        surnames.iter().filter(|s| s.starts_with(char::is_lowercase) && s.contains('-')).map(|s| with_capital(s)).collect();
    let shouted: FxHashSet<String> = surnames.iter().map(|s| s.to_uppercase()).collect();
    let known = draft.lexicon.gazetteer;
    for (text, names) in draft.texts.iter().zip(&mut draft.names) {
        for name in names.iter_mut().filter(|n| n.tokens.len() == 1) {
            let word = text.word(name.tokens.start);
            let wide = || {
                let class = known.class(word);
                class.any(NameClass::COUNTRY) || name.kind == Kind::Location && class.any(NameClass::REGION.with(NameClass::LARGE_CITY))
            };
            if is_whereabouts(text, &name.tokens) && wide() {
                name.kind = Kind::Location;
            } else if name.kind != Kind::Person && (surnames.contains(word) || with_article.contains(word) || shouted.contains(word)) {
                name.kind = Kind::Person;
            }
        }
    }
}

/// Whether what stands beside a name that is both a place's and somebody's says that it is the place: "in Jordan", "flew to Jordan",
/// "Jordan's king".
fn is_whereabouts(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    let before = |back: usize| tokens.start.checked_sub(back).map_or("", |k| text.word(k));
    let after = |on: usize| if tokens.end + on < text.tokens.len() { text.word(tokens.end + on) } else { "" };
    let owner = text.tokens.get(tokens.end).is_some_and(|t| t.kind == TokenKind::Clitic);
    let inside = matches!(before(1), "in" | "In" | "across" | "throughout" | "inside" | "northern" | "southern" | "eastern" | "western");
    inside && !owner || matches!(before(1), "to" | "from" | "into") && GOING.contains(before(2)) || owner && OF_A_STATE.contains(after(1))
}

fn with_capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The last words of people's full names.
pub(super) fn surnames<'t>(draft: &Draft<'t>) -> FxHashSet<&'t str> {
    let mut surnames: FxHashSet<&str> = FxHashSet::default();
    for (text, names) in draft.texts.iter().zip(&draft.names) {
        let full = names.iter().filter(|n| n.kind == Kind::Person && n.tokens.len() > 1);
        surnames.extend(full.map(|n| text.word(n.tokens.end - 1)).filter(|w| w.len() > 2));
    }
    surnames
}

/// Finds the names of people again where they stand unnamed.
fn find_again(draft: &mut Draft<'_>) {
    let surnames = surnames(draft);
    let lists = &draft.lexicon.names;
    for (text, names) in draft.texts.iter().zip(&mut draft.names) {
        let taken: Vec<Range<usize>> = names.iter().map(|n| n.tokens.clone()).collect();
        let mut next = 0;
        for k in 0..text.tokens.len() {
            while next < taken.len() && taken[next].end <= k {
                next += 1;
            }
            let free = next >= taken.len() || !taken[next].contains(&k);
            if free && text.tokens[k].capital && surnames.contains(text.word(k)) && !lists.is_no_name(text.word(k)) && stands_alone(text, k)
            {
                names.push(Name::new(k..k + 1, Kind::Person));
            }
        }
        names.sort_by_key(|n| n.tokens.start);
    }
}

/// Whether no capitalised word stands beside token `k`, which would make it a part of some other name.
fn stands_alone(text: &Text<'_>, k: usize) -> bool {
    let capital = |i: usize| text.tokens[i].capital;
    let before = k > 0 && text.tokens[k].spaced && capital(k - 1) && text.sentence_of(k - 1) == text.sentence_of(k);
    let after = k + 1 < text.tokens.len() && text.tokens[k + 1].spaced && capital(k + 1);
    let joined = k > 0 && !text.tokens[k].spaced && matches!(text.word(k - 1), "@" | "#" | "-" | "/" | "_" | ".");
    !before && !after && !joined
}
