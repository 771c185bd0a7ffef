//! Quotation marks into quoted stretches: which marks open, which close, which are apostrophes, inches or minutes;
//! nested and unbalanced ones, recovered at the paragraph.

use std::ops::Range;

use crate::annotate::text::{Text, TokenKind, is_double_mark};
use crate::lexicon::cues::{Class, Cues};

/// A stretch in quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its tokens, marks included.
    pub tokens: Range<usize>,
    /// Its words, without the outer marks.
    pub inner: Range<usize>,
    /// The paragraph that holds it.
    pub paragraph: usize,
    /// Whether it has its closing mark.
    pub closed: bool,
    /// Whether it goes on from the paragraph before: that one was not closed.
    pub continues: bool,
    /// Whether its marks are double ones.
    pub double: bool,
}

/// What a mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    /// Straight, and set so that it may do either.
    Either,
    /// An apostrophe, or feet and inches.
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    token: usize,
    double: bool,
    role: Role,
}

/// The stretches of a text, in order, none inside another. Takes time linear in its length.
#[must_use]
pub fn stretches(text: &Text<'_>, cues: &Cues) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for (number, paragraph) in text.paragraphs.iter().enumerate() {
        let unclosed_before =
            number > 0 && found.last().is_some_and(|s| !s.closed && s.paragraph + 1 == number && s.tokens.end == paragraph.start);
        let marks = marks(text, cues, paragraph.clone());
        if marks.is_empty() {
            continue;
        }
        let from = found.len();
        pair(text, paragraph.clone(), number, &marks, unclosed_before, &mut found);
        if unclosed_before && found.get(from).is_some_and(|s| s.tokens.start == paragraph.start) {
            found[from].continues = true;
        }
    }
    found
}

/// The marks of one paragraph with what they do.
fn marks(text: &Text<'_>, cues: &Cues, paragraph: Range<usize>) -> Vec<Mark> {
    let mut marks = Vec::new();
    for i in paragraph.clone() {
        if text.tokens[i].kind != TokenKind::Mark {
            continue;
        }
        let word = text.word(i);
        let first = word.chars().next().unwrap_or('"');
        let double = is_double_mark(first) || word.chars().count() == 2;
        let role = if double { double_role(text, i, first, &paragraph) } else { single_role(text, cues, i, first, &paragraph) };
        if role != Role::Nothing {
            marks.push(Mark { token: i, double, role });
        }
    }
    marks
}

/// Whether white space, or the edge of the paragraph, or an opening bracket or dash stands before token `i`.
fn free_before(text: &Text<'_>, i: usize, paragraph: &Range<usize>) -> bool {
    i == paragraph.start
        || text.tokens[i].spaced
        || matches!(text.word(i - 1), "(" | "[" | "{" | "—" | "–" | "-" | "/" | "…")
        || text.tokens[i - 1].kind == TokenKind::Mark && text.tokens[i - 1].spaced
}

/// Whether a word, or dots that stand for words, is set close after token `i`.
fn close_after(text: &Text<'_>, i: usize, paragraph: &Range<usize>) -> bool {
    let dots = || text.text[text.tokens[i].span.end..].starts_with("..");
    if i + 1 < paragraph.end && dots() {
        return true;
    }
    i + 1 < paragraph.end
        && !text.tokens[i + 1].spaced
        && !matches!(text.word(i + 1), "." | "," | ";" | ":" | "?" | "!" | ")" | "]" | "—" | "–" | "-" | "/")
}

fn double_role(text: &Text<'_>, i: usize, first: char, paragraph: &Range<usize>) -> Role {
    let (before, after) = (free_before(text, i, paragraph), close_after(text, i, paragraph));
    match first {
        // „German“, »reversed« and ”Swedish” marks: where they stand says what they do
        '“' | '«' if !before && !after => Role::Close,
        '”' | '»' if before && after => Role::Open,
        '“' | '„' | '‟' | '`' | '‘' | '‚' | '〝' | '«' => Role::Open,
        '”' | '’' | '〞' | '»' => Role::Close,
        '″' => Role::Nothing,
        // feet and inches: 6'2"
        '"' if !before && text.tokens[i - 1].kind == TokenKind::Number && i >= 2 && matches!(text.word(i - 2), "'" | "’") => {
            Role::Nothing
        }
        _ => match (before, after) {
            (true, true) => Role::Open,
            (false, _) if !after => Role::Close,
            _ => Role::Either,
        },
    }
}

fn single_role(text: &Text<'_>, cues: &Cues, i: usize, first: char, paragraph: &Range<usize>) -> Role {
    let (before, after) = (free_before(text, i, paragraph), close_after(text, i, paragraph));
    match first {
        '‹' | '‚' => return Role::Open,
        '›' => return Role::Close,
        '´' => return Role::Nothing,
        _ => {}
    }
    if !before {
        // set close after a word: it closes, or is the apostrophe of a plural
        let follows_number = text.tokens[i - 1].kind == TokenKind::Number;
        return if after || follows_number && first == '\'' && i + 1 < paragraph.end && text.tokens[i + 1].kind == TokenKind::Number {
            Role::Nothing
        } else {
            Role::Close
        };
    }
    if !after {
        return Role::Nothing;
    }
    let next = &text.tokens[i + 1];
    let elision = match next.kind {
        TokenKind::Number => {
            // '80s, but not '13 ways'
            let word = text.word(i + 1);
            word.len() <= 3 && word.ends_with('s') || word.len() == 2
        }
        TokenKind::Word => cues.word(text.word(i + 1)).class.is(Class::ELISION),
        TokenKind::Mark => false,
        _ => false,
    };
    if elision || first == '’' && i > paragraph.start { Role::Nothing } else { Role::Open }
}

/// Pairs the marks of one paragraph.
fn pair(text: &Text<'_>, paragraph: Range<usize>, number: usize, marks: &[Mark], unclosed_before: bool, found: &mut Vec<Stretch>) {
    let partners = single_partners(text, marks);
    let mut push = |open: Option<usize>, end: usize, closed: bool, double: bool| {
        let start = open.unwrap_or(paragraph.start);
        let inner = if open.is_some() { start + 1 } else { start }..if closed { end - 1 } else { end };
        if inner.start < inner.end {
            found.push(Stretch { tokens: start..end, inner, paragraph: number, closed, continues: open.is_none(), double });
        }
    };
    // Marks that surely close, still to come: with too few of them a second opening mark starts a new stretch.
    let mut closers = marks.iter().filter(|m| m.double && m.role == Role::Close).count();
    let mut open: Option<(usize, usize)> = None; // the opening mark's token, and how many are nested in it
    let mut first = true;
    let mut k = 0;
    while k < marks.len() {
        let mark = marks[k];
        k += 1;
        if !mark.double {
            // a single mark counts only outside double ones, and with its partner, or where the next paragraph takes it up
            let apostrophe = partners[k - 1].is_none_or(|partner| !surely_closes(text, marks[partner].token));
            if open.is_none() && apostrophe && taken_up(text, number, mark) {
                push(Some(mark.token), paragraph.end, false, false);
                return;
            }
            if let (None, Some(partner)) = (open, partners[k - 1]) {
                push(Some(mark.token), marks[partner].token + 1, true, false);
                closers -= marks[k..=partner].iter().filter(|m| m.double && m.role == Role::Close).count();
                k = partner + 1;
                first = false;
            }
            continue;
        }
        closers -= usize::from(mark.role == Role::Close);
        match (open, mark.role) {
            (None, Role::Open) => open = Some((mark.token, 0)),
            // it closes what the paragraph before left open
            (None, Role::Close | Role::Either) if first && unclosed_before && mark.token > paragraph.start => {
                push(None, mark.token + 1, true, true);
            }
            (None, Role::Either) if close_after(text, mark.token, &paragraph) => open = Some((mark.token, 0)),
            (None, _) => {}
            (Some((at, 0)), Role::Close | Role::Either) => {
                push(Some(at), mark.token + 1, true, true);
                open = None;
            }
            (Some((at, depth)), Role::Close | Role::Either) => open = Some((at, depth - 1)),
            (Some((at, depth)), _) => {
                let straight = text.word(mark.token).starts_with('"');
                if !straight && closers >= depth + 2 {
                    open = Some((at, depth + 1));
                } else {
                    push(Some(at), sentence_cut(text, at, mark.token), false, true);
                    open = Some((mark.token, 0));
                }
            }
        }
        first = false;
    }
    if let Some((at, _)) = open {
        push(Some(at), paragraph.end, false, true);
    }
}

/// Whether the single mark at `token`, set close after a word, is no apostrophe of a plural: "the members’ case".
fn surely_closes(text: &Text<'_>, token: usize) -> bool {
    let before = text.word(token - 1);
    let word_follows = text.tokens.get(token + 1).is_some_and(|t| t.kind == TokenKind::Word);
    matches!(before, "." | "," | "?" | "!" | "…" | "--") || !word_follows || !before.ends_with('s')
}

/// Whether an opening single mark at the head of paragraph `number` stands again at the head of the next: the words go on.
fn taken_up(text: &Text<'_>, number: usize, mark: Mark) -> bool {
    let heads = |number: usize| text.paragraphs.get(number).filter(|p| !p.is_empty()).map(|p| p.start);
    mark.role == Role::Open
        && heads(number) == Some(mark.token)
        && heads(number + 1).is_some_and(|next| text.word(next) == text.word(mark.token))
}

/// Where a stretch from `open` that was never closed ends, before the next one at `next`: at the last end of a sentence.
fn sentence_cut(text: &Text<'_>, open: usize, next: usize) -> usize {
    let sentence = text.sentences[text.sentence_of(next)].start;
    if sentence > open + 1 { sentence } else { next }
}

/// For each single mark that opens, the one that closes it, if any: before the next that opens, and with whole pairs of
/// double marks between.
fn single_partners(text: &Text<'_>, marks: &[Mark]) -> Vec<Option<usize>> {
    let mut partners = vec![None; marks.len()];
    let mut k = 0;
    while k < marks.len() {
        let open = k;
        k += 1;
        if marks[open].double || marks[open].role != Role::Open {
            continue;
        }
        let (mut best, mut doubles) = (None, 0);
        while k < marks.len() && (marks[k].double || marks[k].role != Role::Open) {
            if marks[k].double {
                doubles += 1;
            } else if doubles % 2 == 0 {
                let token = marks[k].token;
                best = Some(k);
                if surely_closes(text, token) {
                    break;
                }
            }
            k += 1;
        }
        partners[open] = best;
    }
    partners
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Zone;
    use crate::span::Span;

    /// The stretches of `text`, their letters without the outer marks.
    fn found(text: &str) -> Vec<&str> {
        let cut = Text::new(Zone::Body, text);
        let spans: Vec<Span> = stretches(&cut, &Cues::embedded()).iter().map(|s| cut.span(s.inner.clone())).collect();
        spans.iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn marks_of_every_kind() {
        assert_eq!(found("“Yes,” she said. ``No,'' he said. ''Maybe,'' they said."), ["Yes,", "No,", "Maybe,"]);
        assert_eq!(found("\"Yes,\" she said. ‘No,’ he said. 'Maybe,' they said. « Oui »."), ["Yes,", "No,", "Maybe,", "Oui"]);
        assert_eq!(found("Mixed: “one\" and \"two”."), ["one", "two"]);
        assert_eq!(
            found("„Ja,“ she said. »Nein«, he said. ”Kanske”, they said. „No, „never“.“"),
            ["Ja,", "Nein", "Kanske", "No, „never“."]
        );
    }

    #[test]
    fn apostrophes_and_inches_are_no_marks() {
        assert_eq!(found("The workers' union of the '80s, rock 'n' roll, at 6'2\" tall."), Vec::<&str>::new());
        assert_eq!(found("The miners’ wives said ‘the owners’ sons won’t come’ today."), ["the owners’ sons won’t come"]);
        assert_eq!(found("He called it 'a workers' paradise,' she said."), ["a workers' paradise,"]);
    }

    #[test]
    fn nested_marks_belong_to_the_outer_stretch() {
        assert_eq!(found("“He said ‘no’ to me,” she said."), ["He said ‘no’ to me,"]);
        assert_eq!(found("“Look at the “new” plan,” she said."), ["Look at the “new” plan,"]);
        assert_eq!(found("'I read \"Emma\" twice,' she said."), ["I read \"Emma\" twice,"]);
    }

    #[test]
    fn a_lost_mark_costs_no_more_than_its_paragraph() {
        assert_eq!(found("“It goes on.\n\n“And on,” he said."), ["It goes on.", "And on,"]);
        assert_eq!(found("“It goes on.\n\nAnd on,” he said."), ["It goes on.", "And on,"]);
        assert_eq!(found("A stray ” here.\n\n“Fine,” he said."), ["Fine,"]);
        assert_eq!(found("He said “lost. Then “found” again."), ["lost.", "found"]);
    }

    #[test]
    fn single_marks_run_over_paragraphs() {
        let text = "‘It goes on.\n\n‘The members’ case goes on.\n\n‘And ends,’ she said.";
        assert_eq!(found(text), ["It goes on.", "The members’ case goes on.", "And ends,"]);
        assert_eq!(found("‘Tis a typo.\n\nNo more of it."), Vec::<&str>::new());
    }

    #[test]
    fn nothing_but_marks() {
        for mark in ["\"", "“", "”", "'", "‘", "’", "''", "``", "«"] {
            let _ = found(&mark.repeat(1000));
            let _ = found(&format!("{mark} a ").repeat(1000));
        }
    }
}
