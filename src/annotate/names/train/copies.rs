//! Copies of some sentences as headlines write them: A Capital for Each Long Word, or ALL CAPITALS.

use super::Passage;
use crate::annotate::text::Text;
use crate::span::Span;

/// A passage of copies in headline case and one in capitals, each of one sentence in `STEP`.
pub(super) fn of(passages: &[Passage], texts: &[Text<'_>], number: usize) -> Vec<Passage> {
    const STEP: usize = 4;
    let mut headlines = Passage::default();
    let mut shouted = Passage::default();
    let mut count = number;
    for (passage, text) in passages.iter().zip(texts) {
        for sentence in &text.sentences {
            count += 1;
            let span = text.span(sentence.clone());
            let names = passage.names.iter().filter(|(s, _)| span.contains(*s));
            let names: Vec<_> = names.map(|(s, k)| (Span::new(s.start - span.start, s.end - span.start), *k)).collect();
            // A headline has no stop at its end.
            let words = span.of(&passage.text).trim_end_matches('.');
            let words = if names.last().is_some_and(|(s, _)| s.end > words.len()) { span.of(&passage.text) } else { words };
            match count % STEP {
                0 => append(&mut headlines, &headline(words), &names),
                2 => append(&mut shouted, &map_letters(words, |_| true), &names),
                _ => {}
            }
        }
    }
    [headlines, shouted].into_iter().filter(|p| !p.text.is_empty()).collect()
}

fn append(passage: &mut Passage, words: &str, names: &[(Span, super::Kind)]) {
    let start = passage.text.len();
    passage.text.push_str(words);
    passage.text.push_str("\n\n");
    passage.names.extend(names.iter().map(|(s, k)| (Span::new(s.start + start, s.end + start), *k)));
}

/// A capital for each word but the short ones that headlines leave small.
fn headline(words: &str) -> String {
    const SMALL: &[&str] =
        &["a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "by", "with", "as", "from", "s", "t"];
    let mut starts = vec![false; words.len()];
    let mut word = 0;
    for (at, c) in words.char_indices().chain([(words.len(), ' ')]) {
        if c.is_alphanumeric() {
            continue;
        }
        if at > word && (word == 0 || !SMALL.contains(&&words[word..at])) {
            starts[word] = true;
        }
        word = at + c.len_utf8();
    }
    map_letters(words, |at| starts[at])
}

/// Makes the letters at which `upper` says so capitals, where that keeps their length in bytes.
fn map_letters(words: &str, upper: impl Fn(usize) -> bool) -> String {
    let mut out = String::with_capacity(words.len());
    for (at, c) in words.char_indices() {
        let mut capital = c.to_uppercase();
        match (capital.next(), capital.next()) {
            (Some(u), None) if upper(at) && u.len_utf8() == c.len_utf8() => out.push(u),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_keep_the_length_of_every_word() {
        assert_eq!(headline("the minister of health's visit to Brno"), "The Minister of Health's Visit to Brno");
        assert_eq!(map_letters("straße, 5 öre", |_| true), "STRAßE, 5 ÖRE");
    }
}
