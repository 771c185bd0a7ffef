//! What the whole article tells of a word: that it also stands there in lower case, after a first name, before "said".

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::features::{Case, View};

/// How often a word stands in which company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// In lower case.
    pub(super) lower: u16,
    /// With a capital that no start of a sentence asks for.
    pub(super) inside: u16,
    /// After "Mr.", "President".
    pub(super) after_title: u16,
    /// After a first name.
    pub(super) after_first_name: u16,
    /// Before "said".
    pub(super) before_speech: u16,
    /// After "in".
    pub(super) after_in: u16,
    /// After "the".
    pub(super) after_the: u16,
    /// Before "Inc.".
    pub(super) before_suffix: u16,
    /// Before "Ministry", "University".
    pub(super) before_head: u16,
    /// In brackets, as the short form of the name before.
    pub(super) bracketed: u16,
}

impl Seen {
    fn fields(&mut self) -> [&mut u16; 10] {
        [
            &mut self.lower,
            &mut self.inside,
            &mut self.after_title,
            &mut self.after_first_name,
            &mut self.before_speech,
            &mut self.after_in,
            &mut self.after_the,
            &mut self.before_suffix,
            &mut self.before_head,
            &mut self.bracketed,
        ]
    }

    fn add(&mut self, mut other: Seen) {
        for (own, more) in self.fields().into_iter().zip(other.fields()) {
            *own = own.saturating_add(*more);
        }
    }

    fn without(mut self, mut other: Seen) -> Seen {
        for (own, less) in self.fields().into_iter().zip(other.fields()) {
            *own = own.saturating_sub(*less);
        }
        self
    }

    /// Which of them were seen at all.
    pub(super) fn flags(mut self) -> [bool; 10] {
        self.fields().map(|f| *f > 0)
    }

    /// The same as a number.
    pub(super) fn bits(self) -> u32 {
        self.flags().iter().fold(0, |bits, &f| bits << 1 | u32::from(f))
    }
}

/// What an article tells of its words.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    words: FxHashMap<u32, Seen>,
}

impl Evidence {
    /// The evidence of all the zones of one article.
    pub(super) fn new(views: &[View<'_>]) -> Self {
        let mut words: FxHashMap<u32, Seen> = FxHashMap::default();
        for view in views {
            for (bounds, case) in view.sentences() {
                for i in bounds.clone().filter(|&i| view.words[i].capital) {
                    let seen = words.entry(view.words[i].lower).or_default();
                    // In a headline every word has a capital: it asks, and tells nothing.
                    if case == Case::Plain {
                        seen.add(view.seen_at(bounds, i));
                    }
                }
            }
        }
        for view in views {
            for (bounds, case) in view.sentences() {
                for i in bounds.clone() {
                    if case == Case::Plain
                        && !view.words[i].capital
                        && let Some(seen) = words.get_mut(&view.words[i].lower)
                    {
                        seen.lower = seen.lower.saturating_add(1);
                    }
                }
            }
        }
        Self { words }
    }

    /// What is seen of the word of token `i` in other places than this.
    pub(super) fn elsewhere(&self, view: &View<'_>, sentence: usize, bounds: &Range<usize>, i: usize) -> Seen {
        match self.words.get(&view.words[i].lower) {
            Some(all) if view.cases[sentence] == Case::Plain => all.without(view.seen_at(bounds, i)),
            Some(all) => *all,
            None => Seen::default(),
        }
    }
}
