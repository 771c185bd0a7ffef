//! A table of words with the lists that each stands in, made for speed: of loading, and of asking for every word of an article.

/// So many slots for each word that is expected, so that hardly two words want the same.
const ROOM: usize = 2;

/// Words by their bytes. Where one is, or the first free slot behind, its sum says.
#[derive(Debug)]
pub(super) struct WordTable {
    /// Where the words stand.
    texts: &'static [&'static str],
    /// A power of two of them.
    slots: Vec<Slot>,
    taken: usize,
}

/// A place for a word; free where its length is 0.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// Its first byte in its text.
    start: u32,
    /// One bit for each list that it stands in.
    lists: u32,
    text: u8,
    length: u8,
}

impl WordTable {
    /// A table for about `words` words of `texts`.
    pub(super) fn new(texts: &'static [&'static str], words: usize) -> Self {
        Self { texts, slots: vec![Slot::default(); (ROOM * words).next_power_of_two()], taken: 0 }
    }

    /// Puts the word from `start` to `end` of a text into a list. Left out is a word of more than 255 bytes, for no list has any.
    ///
    /// # Panics
    /// When there are twice as many words as were expected.
    pub(super) fn insert(&mut self, text: usize, start: usize, end: usize, list: u32) {
        let word = &self.texts[text][start..end];
        let Ok(length) = u8::try_from(word.len()) else { return };
        let at = self.slot_of(word);
        if self.slots[at].length == 0 && length > 0 {
            self.taken += 1;
            assert!(self.taken < self.slots.len(), "one slot at least is free, where a search ends");
            self.slots[at] = Slot { start: start as u32, lists: 0, text: text as u8, length };
        }
        self.slots[at].lists |= list;
    }

    /// The lists that `word` stands in, one bit each.
    pub(super) fn lists(&self, word: &str) -> u32 {
        self.slots[self.slot_of(word)].lists
    }

    /// The slot of `word`, or a free one where it has none.
    #[inline]
    fn slot_of(&self, word: &str) -> usize {
        let mut at = sum(word.as_bytes()) as usize & (self.slots.len() - 1);
        loop {
            let Slot { start, text, length, .. } = self.slots[at];
            let start = start as usize;
            let same = || {
                usize::from(length) == word.len() && self.texts[usize::from(text)].as_bytes()[start..start + word.len()] == *word.as_bytes()
            };
            if length == 0 || same() {
                return at;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
}

/// FNV-1a of 32 bits, <http://www.isthe.com/chongo/tech/comp/fnv/>, its upper half folded in.
fn sum(word: &[u8]) -> u32 {
    let sum = word.iter().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    sum ^ sum >> 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_in_every_list_that_it_was_put_into() {
        let mut table = WordTable::new(&["Uno Due Tre", "Due"], 4);
        for (text, start, end, list) in [(0, 0, 3, 1), (0, 4, 7, 2), (1, 0, 3, 4), (0, 8, 11, 8)] {
            table.insert(text, start, end, list);
        }
        assert_eq!(["Uno", "Due", "Tre", "Un", "", "Quattro"].map(|word| table.lists(word)), [1, 6, 8, 0, 0, 0]);
    }
}
