//! The key under which a name of a place is looked up: lower case, no accents, "Saint", "Mount" and "Fort" shortened.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What marks a key that keeps its capitals and full stops: "US" is a country, "us" is not.
pub(super) const EXACT: u8 = b'=';

/// The folded form of a name: words parted by one space, full stops and apostrophes dropped, hyphens made spaces.
///
/// ```
/// use dictum::lexicon::gazetteer::fold;
/// assert_eq!(fold("Saint-Étienne"), "st etienne");
/// assert_eq!(fold("N'Djamena"), "ndjamena");
/// ```
#[must_use]
pub fn fold(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    fold_into(&mut key, name);
    key
}

/// The same in `key`, which is emptied before: whoever folds many names needs no memory for each.
pub(super) fn fold_into(key: &mut String, name: &str) {
    key.clear();
    if name.is_ascii() {
        // nearly all names: their letters are their bytes
        for byte in name.bytes() {
            match byte {
                b'a'..=b'z' | b'0'..=b'9' | b'&' => key.push(char::from(byte)),
                b'A'..=b'Z' => key.push(char::from(byte.to_ascii_lowercase())),
                b'.' | b'\'' | b'`' | b'"' => {}
                _ if key.is_empty() || key.ends_with(' ') => {}
                _ => key.push(' '),
            }
        }
    } else {
        name.nfkd().filter(|&c| !is_combining_mark(c)).for_each(|c| push(key, c));
    }
    while key.ends_with(' ') {
        key.pop();
    }
    shorten(key);
}

fn push(key: &mut String, c: char) {
    match c {
        '.' | '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | '`' | '´' | '"' => {}
        'ı' => key.push('i'),
        'ø' | 'Ø' => key.push('o'),
        'ł' | 'Ł' => key.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => key.push('d'),
        'ß' => key.push_str("ss"),
        'æ' | 'Æ' => key.push_str("ae"),
        'œ' | 'Œ' => key.push_str("oe"),
        'ə' | 'Ə' => key.push('a'),
        c if c.is_alphanumeric() => key.extend(c.to_lowercase()),
        '&' => key.push('&'),
        _ if key.is_empty() || key.ends_with(' ') => {}
        _ => key.push(' '),
    }
}

fn shorten(key: &mut String) {
    const SHORT: [(&str, &str); 5] = [("saint ", "st "), ("sainte ", "ste "), ("mount ", "mt "), ("fort ", "ft "), ("the ", "")];
    if let Some((long, short)) = SHORT.into_iter().find(|(long, _)| key.starts_with(long)) {
        key.replace_range(..long.len(), short);
    }
}
