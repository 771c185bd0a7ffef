//! Words that are cut and stemmed already, on their way into the index. Tantivy has a type for such, which it writes as JSON and
//! reads back for every field of every document. Here they are one text, with a mark before each word that says how far it stands
//! behind the one before.

use tantivy::Index;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name under which the fields of the schema know [`Marked`].
pub const NAME: &str = "marked";

/// At the position of the word before; at the next; further on, by the decimal number that follows with a blank behind it.
/// No word has a control character but those of [`super::schema`] before it.
const SAME: u8 = 0x10;
const NEXT: u8 = 0x11;
const FURTHER: u8 = 0x12;

/// Words with their positions, which never go down.
#[derive(Debug, Default)]
pub struct Tokens {
    text: String,
    position: usize,
}

impl Tokens {
    /// Adds a word, perhaps with one of the marks of [`super::schema`] before it.
    pub fn push(&mut self, mark: Option<char>, word: &str, position: usize) {
        debug_assert!(position >= self.position, "positions never go down");
        match position.saturating_sub(self.position) {
            0 => self.text.push(SAME.into()),
            1 => self.text.push(NEXT.into()),
            further => {
                self.text.push(FURTHER.into());
                self.text.push_str(&further.to_string());
                self.text.push(' ');
            }
        }
        self.position = position;
        self.text.extend(mark);
        self.text.push_str(word);
    }

    /// The text that [`Marked`] reads; none where there is no word.
    pub fn text(self) -> Option<String> {
        (!self.text.is_empty()).then_some(self.text)
    }
}

/// Makes the words of a text that [`Tokens`] made known to an index.
pub fn register(index: &Index) {
    index.tokenizers().register(NAME, Marked::default());
}

/// Takes the words out of the text again.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    token: Token,
}

impl Tokenizer for Marked {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.token = Token { position: 0, position_length: 1, ..Token::default() };
        Stream { rest: text, token: &mut self.token }
    }
}

/// See [`Marked`].
#[derive(Debug)]
pub struct Stream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some(mark) = self.rest.bytes().next() else { return false };
        let mut rest = &self.rest[1..];
        let step = match mark {
            SAME => 0,
            NEXT => 1,
            _ => {
                let (number, behind) = rest.split_once(' ').unwrap_or(("0", rest));
                rest = behind;
                number.parse().unwrap_or(0)
            }
        };
        let end = memchr::memchr3(SAME, NEXT, FURTHER, rest.as_bytes()).unwrap_or(rest.len());
        self.token.position += step;
        self.token.text.clear();
        self.token.text.push_str(&rest[..end]);
        self.rest = &rest[end..];
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_out_as_they_went_in() {
        let words = [
            (0, None, "ferry"),
            (0, Some('\u{1}'), "ferries"),
            (1, None, "élan"),
            (105, Some('\u{2}'), "x"),
            (105, None, "3 4"),
            (106, None, ""),
        ];
        let mut tokens = Tokens::default();
        words.iter().for_each(|(position, mark, word)| tokens.push(*mark, word, *position));
        let text = tokens.text().unwrap();
        let mut marked = Marked::default();
        for _ in 0..2 {
            let mut found = Vec::new();
            marked.token_stream(&text).process(&mut |token| found.push((token.position, token.text.clone())));
            let expected = words.map(|(position, mark, word)| (position, mark.into_iter().chain(word.chars()).collect::<String>()));
            assert_eq!(found, expected);
        }
        assert_eq!(Tokens::default().text(), None);
    }
}
