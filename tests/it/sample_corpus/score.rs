//! Scores what was found against what is expected, by the measures in which systems for quotes are compared.
//!
//! A stretch in quotation marks is found when one predicted direct or mixed quote covers half of it. Precision counts the
//! stretches that predictions cover, and calls those that are nobody's words false. End to end, the speaker must be right too:
//! the person by full name, the organization, or said to be unnamed at the right words.

use dictum::annotation::{Quote, QuoteKind, Speaker, SpeakerKind, Zone};
use dictum::span::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::expected::{Case, ExpectedKind, ExpectedQuote, Named, find};

/// Found, predicted, and what there is to find.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub right: usize,
    pub predicted: usize,
    pub right_of_gold: usize,
    pub gold: usize,
}

impl Counts {
    pub fn f1(self) -> f64 {
        let (p, r) = (share(self.right, self.predicted), share(self.right_of_gold, self.gold));
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }

    fn both(&mut self, right: usize) {
        self.right += right;
        self.right_of_gold += right;
    }
}

/// Part of a whole in percent.
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// The figures over all articles.
#[derive(Debug, Default)]
pub struct Score {
    pub quoted: Counts,
    pub end_to_end: Counts,
    /// Of the stretches found, how many have the right speaker.
    pub speaker: (usize, usize),
    /// Of the direct stretches found, how many have the very same letters.
    pub exact: (usize, usize),
    /// Of the stretches found, how many point at the right words for the speaker.
    pub mention: (usize, usize),
    pub indirect: Counts,
    pub answers: (usize, usize),
    pub people: Counts,
    pub locations: Counts,
    /// Of the organizations expected, how many were found.
    pub organizations: (usize, usize),
    /// What went wrong, a line each.
    pub errors: Vec<String>,
}

/// Scores every case.
pub fn score(cases: &[Case]) -> Score {
    let mut score = Score::default();
    for case in cases {
        score.quotes(case);
        score.indirect(case);
        score.names(case);
    }
    score
}

impl Score {
    fn note(&mut self, case: &Case, what: &str, text: &str) {
        self.errors.push(format!("{what:<15} {} {text}", case.expected.path));
    }

    fn quotes(&mut self, case: &Case) {
        let body = &case.article.body;
        for expected in &case.expected.quotes {
            let Some(span) = find(body, &expected.text, expected.nth) else { continue };
            let quote = covering(&case.found.quotes, span);
            match expected.kind {
                ExpectedKind::Indirect => {}
                ExpectedKind::False => {
                    if quote.is_some() {
                        self.quoted.predicted += 1;
                        self.end_to_end.predicted += 1;
                        self.note(case, "false quote", &expected.text);
                    }
                }
                ExpectedKind::Answer => {
                    let right = quote.is_some_and(|q| speaker_right(&q.speaker, expected, case));
                    self.answers.0 += usize::from(right);
                    self.answers.1 += 1;
                }
                ExpectedKind::Direct | ExpectedKind::Mixed => self.stretch(case, expected, span, quote),
            }
        }
        self.spurious(case);
    }

    /// Counts as wrong what was found where nothing is written down: no expected words meet it.
    fn spurious(&mut self, case: &Case) {
        let expected = &case.expected.quotes;
        let spans: Vec<Span> = expected.iter().filter_map(|q| find(&case.article.body, &q.text, q.nth)).collect();
        for quote in case.found.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect) {
            if in_body(quote).count() > 0 && !in_body(quote).any(|segment| spans.iter().any(|span| span.overlaps(segment))) {
                self.quoted.predicted += 1;
                self.end_to_end.predicted += 1;
                self.note(case, "spurious quote", &quote.text);
            }
        }
    }

    fn stretch(&mut self, case: &Case, expected: &ExpectedQuote, span: Span, quote: Option<&Quote>) {
        self.quoted.gold += 1;
        self.end_to_end.gold += 1;
        let Some(quote) = quote else {
            self.note(case, "missed", &expected.text);
            return;
        };
        self.quoted.both(1);
        self.quoted.predicted += 1;
        self.end_to_end.predicted += 1;
        if expected.kind == ExpectedKind::Direct {
            let letters = |span: Span| span.of(&case.article.body).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            self.exact.0 += usize::from(in_body(quote).any(|segment| letters(segment) == letters(span)));
            self.exact.1 += 1;
        }
        if expected.mention.is_some() {
            self.mention.0 += usize::from(mention_right(&quote.speaker, expected, case));
            self.mention.1 += 1;
        }
        let right = speaker_right(&quote.speaker, expected, case);
        self.speaker.0 += usize::from(right);
        self.speaker.1 += 1;
        self.end_to_end.both(usize::from(right));
        if !right {
            let text = format!("{} is {:?}, not {:?} by {}", expected.text, expected.speaker, quote.speaker.name, quote.rule);
            self.note(case, "speaker", &text);
        }
    }

    fn indirect(&mut self, case: &Case) {
        if !case.expected.indirect_complete {
            return;
        }
        let body = &case.article.body;
        let characters = |segments: &[Span]| -> Vec<usize> {
            let inside = |i: usize| segments.iter().any(|s| s.start <= i && i < s.end);
            body.char_indices().filter(|(i, c)| !c.is_whitespace() && inside(*i)).map(|(i, _)| i).collect()
        };
        let said: Vec<Vec<usize>> = case
            .found
            .quotes
            .iter()
            .filter(|q| q.kind == QuoteKind::Indirect)
            .filter(|q| in_body(q).count() > 0)
            .map(|q| characters(&in_body(q).collect::<Vec<_>>()))
            .collect();
        let gold: Vec<(&ExpectedQuote, Vec<usize>)> = case
            .expected
            .quotes
            .iter()
            .filter(|q| q.kind == ExpectedKind::Indirect)
            .filter_map(|q| Some((q, characters(&[find(body, &q.text, q.nth)?]))))
            .collect();
        self.indirect.predicted += said.len();
        self.indirect.gold += gold.len();
        let mut taken = vec![false; said.len()];
        for (expected, characters) in gold {
            let best = said
                .iter()
                .enumerate()
                .filter(|(i, _)| !taken[*i])
                .map(|(i, s)| (jaccard(s, &characters), i))
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            match best {
                Some((likeness, i)) if likeness >= 0.5 => {
                    taken[i] = true;
                    self.indirect.both(1);
                }
                _ => self.note(case, "missed indirect", &expected.text),
            }
        }
    }

    fn names(&mut self, case: &Case) {
        let mut left: Vec<&Named> = case.expected.people.iter().collect();
        self.people.gold += left.len();
        for person in &case.found.people {
            self.people.predicted += 1;
            match left.iter().position(|gold| same_person(&person.name, gold)) {
                Some(at) => {
                    left.remove(at);
                    self.people.both(1);
                }
                None => self.note(case, "false person", &person.name),
            }
        }
        left.iter().for_each(|gold| self.errors.push(format!("missed person   {} {}", case.expected.path, gold.name)));
        let mut left: Vec<&Named> = case.expected.locations.iter().collect();
        self.locations.gold += left.len();
        for place in &case.found.locations {
            let mentions = place.mentions.iter().filter(|m| m.zone == Zone::Body).map(|m| m.text.as_str());
            let forms: Vec<Vec<String>> = mentions.chain([place.name.as_str()]).map(words).collect();
            let names = |gold: &Named| gold.aliases.iter().chain([&gold.name]).any(|name| forms.contains(&words(name)));
            if let Some(at) = left.iter().position(|gold| names(gold)) {
                left.remove(at);
                self.locations.predicted += 1;
                self.locations.both(1);
            } else if !case.expected.locations_allowed.iter().any(|name| forms.contains(&words(name))) {
                self.locations.predicted += 1;
                self.note(case, "false place", &place.name);
            }
        }
        left.iter().for_each(|gold| self.errors.push(format!("missed place    {} {}", case.expected.path, gold.name)));
        for gold in &case.expected.organizations {
            let found = case.found.organizations.iter().any(|o| same_words(&o.name, &gold.name));
            self.organizations.0 += usize::from(found);
            self.organizations.1 += 1;
            if !found {
                self.note(case, "missed organization", &gold.name);
            }
        }
    }
}

fn in_body(quote: &Quote) -> impl Iterator<Item = Span> + '_ {
    quote.segments.iter().filter(|s| s.zone == Zone::Body).map(|s| s.span)
}

/// The direct or mixed quote that covers most of `span`, where it covers half of it.
fn covering(quotes: &[Quote], span: Span) -> Option<&Quote> {
    let covered = |quote: &Quote| in_body(quote).map(|s| s.end.min(span.end).saturating_sub(s.start.max(span.start))).sum::<usize>();
    let spoken = quotes.iter().filter(|q| q.kind != QuoteKind::Indirect);
    spoken
        .map(|q| (covered(q), q))
        .rev()
        .max_by_key(|(covered, _)| *covered)
        .filter(|(covered, _)| 2 * covered >= span.len())
        .map(|(_, q)| q)
}

fn jaccard(a: &[usize], b: &[usize]) -> f64 {
    let shared = a.iter().filter(|i| b.binary_search(i).is_ok()).count();
    let all = a.len() + b.len() - shared;
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}

fn mention_right(speaker: &Speaker, expected: &ExpectedQuote, case: &Case) -> bool {
    let gold = expected.mention.as_ref().and_then(|m| find(&case.article.body, &m.text, m.nth));
    let found = speaker.mention.as_ref().filter(|m| m.zone == Zone::Body);
    gold.zip(found).is_some_and(|(gold, found)| gold.overlaps(found.span))
}

/// Whether the speaker is the expected one.
fn speaker_right(speaker: &Speaker, expected: &ExpectedQuote, case: &Case) -> bool {
    let name = speaker.name.as_deref().unwrap_or_default();
    match expected.speaker.as_deref() {
        Some("unnamed") => speaker.kind == SpeakerKind::Unnamed && mention_right(speaker, expected, case),
        Some("author") => speaker.kind == SpeakerKind::Author || mention_right(speaker, expected, case),
        Some(organization) if organization.starts_with("org:") => same_words(name, &organization[4..]),
        Some(person) => case.expected.people.iter().find(|p| p.name == person).is_some_and(|gold| same_person(name, gold)),
        None => false,
    }
}

/// The words of a name without marks, case, accents, a leading "the" or a possessive.
fn words(name: &str) -> Vec<String> {
    let plain: String = name
        .to_lowercase()
        .replace('’', "'")
        .nfkd()
        .filter_map(|c| match c {
            '.' => None,
            c if is_combining_mark(c) => None,
            c if c.is_alphanumeric() || c == '\'' => Some(c),
            _ => Some(' '),
        })
        .collect();
    let mut words: Vec<String> =
        plain.split_whitespace().map(|w| w.strip_suffix("'s").unwrap_or(w.trim_matches('\'')).to_owned()).collect();
    if words.first().is_some_and(|w| w == "the") {
        words.remove(0);
    }
    words
}

/// The full name where the article has it; a bare surname only where the article has no more.
fn same_person(predicted: &str, gold: &Named) -> bool {
    let predicted = words(predicted);
    let alone = words(&gold.name).len() == 1;
    let full = gold.aliases.iter().map(|a| words(a)).filter(|a| a.len() > 1);
    full.chain([words(&gold.name)]).filter(|name| !name.is_empty() && !predicted.is_empty()).any(|name| {
        let ends = [&name[0], &name[name.len() - 1]];
        predicted == name || (alone || name.len() > 1) && ends.iter().all(|word| predicted.contains(*word))
    })
}

/// The same name, or one with words more.
fn same_words(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    !a.is_empty() && !b.is_empty() && (a.iter().all(|w| b.contains(w)) || b.iter().all(|w| a.contains(w)))
}
