//! Bytes to UTF-8: by byte order mark, by being UTF-8, by what is declared, by detection, in this order.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text and how it was decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The name of the encoding it was in.
    pub encoding: &'static str,
    /// What the user should know: the encoding was guessed, bytes were no text.
    pub note: Option<String>,
}

/// Decodes a whole text. `declared` is the encoding that a header or the markup names, which is often wrong:
/// bytes that are valid UTF-8 beyond ASCII are nothing else.
#[must_use]
pub fn to_text(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decoded(&bytes[mark..], encoding, false);
    }
    if let Some(encoding) = wide(bytes) {
        return decoded(bytes, encoding, false);
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    // ISO-2022-JP is ASCII with escapes: the one declared encoding that valid UTF-8 must not overrule.
    let escapes = memchr::memchr(0x1b, bytes).is_some();
    if !escapes && let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), encoding: UTF_8.name(), note: None };
    }
    match declared {
        Some(encoding) if encoding != UTF_8 && encoding != UTF_16LE && encoding != UTF_16BE => decoded(bytes, encoding, false),
        _ => {
            let encoding = guess(bytes, true);
            if encoding == UTF_8 {
                return mixed(bytes);
            }
            decoded(bytes, encoding, encoding != UTF_8)
        }
    }
}

/// Text in UTF-8 but for some bytes: those that are letters or signs in windows-1252 were copied in from such a text.
fn mixed(bytes: &[u8]) -> Decoded {
    let mut text = String::with_capacity(bytes.len());
    let mut broken = false;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let (letter, _) = WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(byte));
            let known = letter.chars().next().filter(|c| !c.is_control() && *byte < 0xfe);
            broken |= known.is_none();
            text.push(known.unwrap_or('\u{fffd}'));
        }
    }
    let note = if broken { "some bytes are no UTF-8: shown as \u{fffd}" } else { "some bytes are not UTF-8: read as windows-1252" };
    Decoded { text, encoding: UTF_8.name(), note: Some(note.to_owned()) }
}

fn decoded(bytes: &[u8], encoding: &'static Encoding, guessed: bool) -> Decoded {
    let (text, errors) = encoding.decode_without_bom_handling(bytes);
    let note = match (errors, guessed) {
        (true, _) => Some(format!("some bytes are no {}: shown as \u{fffd}", encoding.name())),
        (false, true) => Some(format!("not UTF-8: read as {}", encoding.name())),
        (false, false) => None,
    };
    Decoded { text: text.into_owned(), encoding: encoding.name(), note }
}

/// The encoding of a text of which `head` is the beginning, and whether it was guessed.
#[must_use]
pub fn sniff(head: &[u8], whole: bool) -> (&'static Encoding, bool) {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return (encoding, false);
    }
    if let Some(encoding) = wide(head) {
        return (encoding, false);
    }
    let encoding = guess(head, whole);
    (encoding, encoding != UTF_8)
}

/// UTF-16 without a mark: in Latin text every other byte is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    if head.len() < 4 {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    if even == 0 && odd * 10 > pairs * 7 {
        Some(UTF_16LE)
    } else if odd == 0 && even * 10 > pairs * 7 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// UTF-8 where it is that but for a few broken places, else what the detector says.
fn guess(bytes: &[u8], whole: bool) -> &'static Encoding {
    let (mut good, mut bad) = (0usize, 0usize);
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        let cut = chunks.peek().is_none() && !whole;
        bad += usize::from(!chunk.invalid().is_empty() && !cut);
    }
    if bad * 4 <= good {
        let japanese = bytes.windows(3).any(|three| matches!(three, b"\x1b$B" | b"\x1b$@" | b"\x1b(J"));
        return if japanese && good == 0 { encoding_rs::ISO_2022_JP } else { UTF_8 };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, whole);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    // The detector needs some text to tell Latin alphabets apart; news in few bytes of them is in the commonest.
    if bad < 3 && encoding.is_single_byte() { WINDOWS_1252 } else { encoding }
}

/// A stream decoded to UTF-8 as it is read. Bytes that are no text become U+FFFD.
pub struct Utf8Reader<R> {
    inner: R,
    decoder: Decoder,
    buffer: Vec<u8>,
    start: usize,
    done: bool,
}

impl<R: BufRead> Utf8Reader<R> {
    /// Reads `inner`, which is in `encoding`; a byte order mark is taken off.
    pub fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self { inner, decoder: encoding.new_decoder_with_bom_removal(), buffer: Vec::new(), start: 0, done: false }
    }
}

impl<R: BufRead> Read for Utf8Reader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let some = self.fill_buf()?;
        let count = some.len().min(out.len());
        out[..count].copy_from_slice(&some[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Utf8Reader<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.start == self.buffer.len() && !self.done {
            let source = self.inner.fill_buf()?;
            let last = source.is_empty();
            self.buffer.resize(1 << 14, 0);
            let (result, read, written, _) = self.decoder.decode_to_utf8(source, &mut self.buffer, last);
            self.inner.consume(read);
            self.buffer.truncate(written);
            self.start = 0;
            self.done = last && result == CoderResult::InputEmpty;
        }
        Ok(&self.buffer[self.start..])
    }

    fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.buffer.len());
    }
}

/// How often a text may have been read in the wrong encoding, one time after the other.
const TIMES: usize = 3;

/// Undoes UTF-8 that was once, or more than once, read as windows-1252 ("FranÃ§ois", "itâ€™s", "Ð´Ð°"), only where nothing else
/// can be meant.
#[must_use]
pub fn repair(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..TIMES {
        match repaired(&text) {
            Some(better) => text = Cow::Owned(better),
            None => break,
        }
    }
    text
}

/// First characters of what UTF-8 looks like in windows-1252.
const LEADS: [char; 14] = ['Ã', 'Â', 'â', 'Å', 'Ä', 'Ð', 'Ñ', 'Î', 'Ï', 'ð', 'ï', 'Ë', 'Ç', 'È'];

fn repaired(text: &str) -> Option<String> {
    // Most texts have none of them; whole alphabets are certain where two of their letters stand together somewhere.
    let other_script = text.contains(['Ð', 'Ñ', 'Î', 'Ï']) && has_other_script(text);
    let mut out = String::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = text[at..].find(LEADS) {
        let start = at + found;
        let before = text[..start].chars().next_back();
        match meant(&text[start..], before, other_script) {
            Some((length, character)) => {
                out.push_str(&text[copied..start]);
                out.push(character);
                copied = start + length;
                at = copied;
            }
            None => at = start + text[start..].chars().next().map_or(1, char::len_utf8),
        }
    }
    if copied == 0 {
        return None;
    }
    out.push_str(&text[copied..]);
    Some(out)
}

/// The character whose UTF-8 bytes, read as windows-1252, are what `text` begins with, and how many bytes that is.
fn decoded_at(text: &str) -> Option<(usize, char)> {
    let wanted = match text.chars().next()? {
        'ð' => 4,
        'â' | 'ï' => 3,
        _ => 2,
    };
    let mut bytes = Vec::with_capacity(4);
    let mut length = 0;
    for c in text.chars().take(wanted) {
        bytes.push(byte_of(c)?);
        length += c.len_utf8();
    }
    Some((length, std::str::from_utf8(&bytes).ok()?.chars().next()?))
}

fn is_other_script(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{45f}' | '\u{490}' | '\u{491}') && c.is_alphabetic()
}

/// Whether two letters of Greek or Cyrillic stand together in `text`, read as they were meant.
fn has_other_script(text: &str) -> bool {
    let leads = text.char_indices().filter(|(_, c)| matches!(c, 'Ð' | 'Ñ' | 'Î' | 'Ï'));
    leads.take(10_000).any(|(at, _)| {
        let letter = |at: usize| decoded_at(&text[at..]).filter(|(_, c)| is_other_script(*c));
        letter(at).is_some_and(|(length, _)| letter(at + length).is_some())
    })
}

/// [`decoded_at`], where nothing else can be meant.
fn meant(text: &str, before: Option<char>, other_script: bool) -> Option<(usize, char)> {
    let (length, character) = decoded_at(text)?;
    let in_capitals = before.is_some_and(char::is_uppercase);
    let certain = match text.chars().next()? {
        // Letters of western Europe; after a capital letter it may be Portuguese in capitals ("NÃO").
        'Ã' => character.is_alphabetic(),
        // Signs: a space that does not break, £, °, ©, « and the like. "Â" ends no word but in capitals.
        'Â' => !character.is_alphabetic() && !character.is_control() && !in_capitals,
        // Quotation marks, dashes, the ellipsis, the euro sign, ™.
        'â' => matches!(character, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203a}' | '€' | '™' | '\u{2212}'),
        // Letters of middle Europe, whose second half is a sign or a letter that no other letter stands before.
        'Å' | 'Ä' | 'Ë' | 'Ç' | 'È' => {
            let second = text.chars().nth(1)?;
            character.is_alphabetic() && !in_capitals && !ENDS_A_WORD.contains(&second)
        }
        'ð' => matches!(character, '\u{1f300}'..='\u{1faff}'),
        'ï' => character == '\u{feff}',
        _ => other_script && is_other_script(character),
    };
    certain.then_some((length, character))
}

/// What may stand behind the last letter of a word in windows-1252.
const ENDS_A_WORD: &[char] = &[
    '‚', '„', '…', '‹', '‘', '’', '“', '”', '•', '–', '—', '™', '›', '\u{a0}', '«', '®', '°', '´', '·', '»', '\u{ad}', '¹', '²', '³', '§',
    '¶',
];

/// The windows-1252 byte of a character; the five that are not assigned stand for themselves.
fn byte_of(c: char) -> Option<u8> {
    match c {
        '\u{80}'..='\u{9f}' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        _ => {
            let mut small = [0; 4];
            let (bytes, _, unmappable) = WINDOWS_1252.encode(c.encode_utf8(&mut small));
            (!unmappable && bytes.len() == 1 && bytes[0] >= 0x80).then(|| bytes[0])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{GB18030, ISO_8859_2, SHIFT_JIS};

    const FRENCH: &str = "Le maire, François Hébert, a répondu : « C’est déjà réglé, à Orléans comme à Nîmes. »";
    const CHINESE: &str = "市长周二在新闻发布会上表示，这座桥将于明年春天重新开放，费用由省政府承担。";
    const JAPANESE: &str = "市長は火曜日の記者会見で、橋は来年の春に再び開通すると述べ、費用は県が負担するとした。";
    const POLISH: &str = "Burmistrz powiedział we wtorek, że most zostanie otwarty wiosną, a koszty pokryje województwo łódzkie.";

    #[test]
    fn legacy_encodings_are_detected() {
        for (text, encoding) in [(FRENCH, WINDOWS_1252), (CHINESE, GB18030), (JAPANESE, SHIFT_JIS), (POLISH, ISO_8859_2)] {
            let (bytes, _, _) = encoding.encode(text);
            let decoded = to_text(&bytes, None);
            assert_eq!(decoded.text, text);
            assert!(decoded.note.unwrap().starts_with("not UTF-8: read as "));
        }
    }

    #[test]
    fn marks_and_declarations_are_heeded_but_utf_8_is_utf_8() {
        let wide: Vec<u8> = "\u{feff}Grüße".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(to_text(&wide, None).text, "Grüße");
        let unmarked: Vec<u8> = "The mayor".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(to_text(&unmarked, None).text, "The mayor");
        assert_eq!(to_text("\u{feff}plain".as_bytes(), None).text, "plain");
        assert_eq!(to_text(b"Za\xbf\xf3\xb3\xe6", Some("iso-8859-2")).text, "Zażółć");
        assert_eq!(to_text("Zażółć".as_bytes(), Some("iso-8859-1")).text, "Zażółć");
    }

    #[test]
    fn a_broken_byte_in_good_utf_8_does_not_make_it_another_encoding() {
        let mut bytes = FRENCH.as_bytes().to_vec();
        bytes.extend_from_slice(b" fin\xff.");
        let decoded = to_text(&bytes, None);
        assert_eq!(decoded.text, format!("{FRENCH} fin\u{fffd}."));
        assert!(decoded.note.unwrap().contains("no UTF-8"));
    }

    #[test]
    fn bytes_of_another_text_in_good_utf_8_are_read_as_that_text() {
        let decoded = to_text(&[FRENCH.as_bytes(), FRENCH.as_bytes(), b" It\x92s caf\xe9 \x93time\x94"].concat(), None);
        assert_eq!(decoded.text, format!("{FRENCH}{FRENCH} It’s café “time”"));
        assert!(decoded.note.unwrap().contains("windows-1252"));
    }

    #[test]
    fn a_stream_is_decoded_across_its_buffers() {
        let (bytes, _, _) = SHIFT_JIS.encode(JAPANESE);
        let small = io::BufReader::with_capacity(3, &bytes[..]);
        let mut text = String::new();
        Utf8Reader::new(small, SHIFT_JIS).read_to_string(&mut text).unwrap();
        assert_eq!(text, JAPANESE);
    }

    #[test]
    fn mojibake_is_repaired_where_it_is_certain() {
        for (broken, mended) in [
            ("FranÃ§ois HÃ©bert", "François Hébert"),
            ("â€œItâ€™s overâ€\u{9d} â€” he said", "“It’s over” — he said"),
            ("It cost Â£5 at 20Â°C", "It cost £5 at 20°C"),
            ("NÃO e São Tomé, château, DÂ«", "NÃO e São Tomé, château, DÂ«"),
            ("plain words", "plain words"),
            ("FranÃƒÂ§ois itÃ¢â‚¬â„¢s", "François it’s"),
            ("MiloÅ¡ Å½ivkoviÄ‡ from Å\u{81}Ã³dÅº", "Miloš Živković from Łódź"),
            ("ÐŸÑ€Ð¸Ð²ÐµÑ‚, Ð¸ Ð´Ð°", "Привет, и да"),
            ("ðŸ˜€ ï»¿", "😀 \u{feff}"),
            ("SEÑOR Ñ… „NÄ“ ”SMÅ” BRÅ™ Île Ï", "SEÑOR Ñ… „NÄ“ ”SMÅ” BRÅ™ Île Ï"),
            ("Ærøskøbing, Ñandú, Åsa§, À la carte", "Ærøskøbing, Ñandú, Åsa§, À la carte"),
        ] {
            assert_eq!(repair(broken), mended);
        }
    }
}
