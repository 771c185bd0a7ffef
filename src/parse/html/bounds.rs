//! Looks over a page before it is parsed: how deep its elements nest and how much work their repair would be.
//!
//! An HTML parser takes any bytes, but at a price: each unclosed element is carried along to the end, and unclosed formatting
//! (`<font>`, `<b>`) is opened anew in every later block. A page of 14,000 unclosed tags costs minutes or gigabytes.

/// Most bytes of a page.
const LARGEST: usize = 24 << 20;
/// Most elements open at once. Real pages reach about 120; the extractor itself looks no deeper than 500.
const DEEPEST: usize = 2_000;
/// Most formatting elements that a parser would have to open again.
const MOST_REPAIRS: usize = 500_000;

/// Most elements of a page: the longest live blogs have some ten thousand, and the extractor copies each several times.
const MOST_ELEMENTS: usize = 150_000;
/// Most elements of a page that is not extracted but only read: an export of hundreds of articles.
const MOST_ELEMENTS_OF_EXPORT: usize = 2_000_000;

/// Most attributes of an element: a parser compares each with all before it.
const MOST_ATTRIBUTES: usize = 1_000;

/// Most names of elements that are counted each for itself.
const MOST_NAMES: usize = 400;

/// Elements without content, or whose end tag may be left out: they do not nest when left open.
const NEVER_LEFT_OPEN: &[&str] = &[
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li", "link", "meta",
    "optgroup", "option", "p", "param", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];
/// Formatting that the parser opens again in each new block.
const FORMATTING: &[&str] = &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements for which `/>` is no end.
const HTML_CONTAINERS: &[&str] = &["article", "blockquote", "center", "div", "form", "main", "ol", "section", "span", "table", "ul"];
/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "noscript", "iframe", "xmp"];

/// Whether the page may be parsed; else why not.
pub(super) fn check(page: &str) -> Result<(), String> {
    check_with(page, MOST_ELEMENTS)
}

/// Whether an export of a database may be parsed; else why not.
pub(super) fn check_export(page: &str) -> Result<(), String> {
    check_with(page, MOST_ELEMENTS_OF_EXPORT)
}

fn check_with(page: &str, most: usize) -> Result<(), String> {
    if page.len() > LARGEST {
        return Err(format!("the page has {} MiB, more than the {} that a page may have", page.len() >> 20, LARGEST >> 20));
    }
    let mut open: Vec<(&str, usize)> = Vec::new();
    let (mut depth, mut formatting, mut repairs, mut elements) = (0usize, 0usize, 0usize, 0usize);
    let bytes = page.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        at += found + 1;
        if bytes[at..].starts_with(b"!--") {
            at = memchr::memmem::find(&bytes[at..], b"-->").map_or(bytes.len(), |end| at + end + 3);
            continue;
        }
        let closing = bytes.get(at) == Some(&b'/');
        let start = at + usize::from(closing);
        let name_len = bytes[start..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        if name_len == 0 || !bytes[start].is_ascii_alphabetic() {
            continue;
        }
        let name = &page[start..start + name_len];
        let (end, attributes) = rest_of_tag(bytes, start + name_len);
        if attributes > MOST_ATTRIBUTES {
            return Err(format!("an element with {attributes} attributes: no page that a person wrote"));
        }
        let is = |list: &[&str]| list.iter().any(|n| n.eq_ignore_ascii_case(name));
        at = end;
        elements += usize::from(!closing);
        if elements > most {
            return Err(format!("more than {most} elements: no page that a person wrote"));
        }
        if !closing && is(RAW) {
            at = end_of_raw(page, end, name);
            continue;
        }
        if is(NEVER_LEFT_OPEN) {
            repairs += if closing { 0 } else { formatting };
        } else if !closing && bytes[..end].ends_with(b"/") && !is(HTML_CONTAINERS) && !is(FORMATTING) {
            continue;
        } else {
            let slot = match open.iter().position(|(n, _)| n.eq_ignore_ascii_case(name)) {
                Some(slot) => slot,
                // Whoever makes up names for elements has them counted as one.
                None if open.len() > MOST_NAMES => MOST_NAMES,
                None => {
                    open.push((if open.len() == MOST_NAMES { "" } else { name }, 0));
                    open.len() - 1
                }
            };
            let count = &mut open[slot].1;
            if closing && *count == 0 {
                continue;
            }
            *count = if closing { *count - 1 } else { *count + 1 };
            depth = if closing { depth - 1 } else { depth + 1 };
            if is(FORMATTING) {
                formatting = if closing { formatting - 1 } else { formatting + 1 };
            } else if !closing {
                repairs += formatting;
            }
        }
        if depth > DEEPEST {
            return Err(format!("elements nest more than {DEEPEST} deep: no page that a person wrote"));
        }
        if repairs > MOST_REPAIRS {
            return Err("too many elements are left open: no page that a person wrote".to_owned());
        }
    }
    Ok(())
}

/// Where the tag ends whose name ends at `from`, its `>` not with it, and how many attributes it has.
fn rest_of_tag(bytes: &[u8], from: usize) -> (usize, usize) {
    let (mut at, mut attributes) = (from, 0);
    let until = |at: usize, stops: &dyn Fn(u8) -> bool| bytes[at..].iter().position(|b| stops(*b)).map_or(bytes.len(), |n| at + n);
    let blank = |b: u8| b.is_ascii_whitespace();
    loop {
        at = until(at, &|b| !blank(b) && b != b'/');
        if matches!(bytes.get(at), None | Some(b'>')) {
            return (at, attributes);
        }
        attributes += 1;
        at = until(at + 1, &|b| blank(b) || matches!(b, b'/' | b'>' | b'='));
        let equals = until(at, &|b| !blank(b));
        if bytes.get(equals) != Some(&b'=') {
            continue;
        }
        at = until(equals + 1, &|b| !blank(b));
        at = match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => memchr::memchr(*quote, &bytes[at + 1..]).map_or(bytes.len(), |n| at + n + 2),
            _ => until(at, &|b| blank(b) || b == b'>'),
        };
    }
}

/// Past the end tag of an element whose content is text.
fn end_of_raw(page: &str, from: usize, name: &str) -> usize {
    let bytes = page.as_bytes();
    let mut at = from;
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"</") {
        at += found + 2;
        if bytes.get(at..at + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes())) {
            return at + name.len();
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::{check, check_export};

    #[test]
    fn depth_counts_what_is_left_open_only() {
        assert_eq!(check(&"<div><p>x</p><br><img src=x><li>y</div>".repeat(20_000)), Ok(()));
        assert!(check(&"<div>".repeat(14_000)).unwrap_err().contains("deep"));
        assert!(check(&"<div></span>".repeat(14_000)).is_err());
        assert!(check(&(0..14_000).map(|n| format!("<x-{n}>")).collect::<String>()).is_err());
        let many = "<p>x</p>".repeat(200_000);
        assert!(check(&many).unwrap_err().contains("elements") && check_export(&many).is_ok());
        assert_eq!(check(&format!("<script>{}</script>", "'<div>'".repeat(14_000))), Ok(()));
        assert_eq!(check(&format!("<!--{}-->", "<div>".repeat(14_000))), Ok(()));
        assert_eq!(check(&format!("<svg>{}</svg>", "<path d='M0'/>".repeat(14_000))), Ok(()));
    }

    #[test]
    fn unclosed_formatting_is_bounded() {
        let page: String = (0..1_500).map(|n| format!("<font size={n}>")).chain((0..1_500).map(|_| "<p>x".to_owned())).collect();
        assert!(check(&page).unwrap_err().contains("left open"));
    }

    #[test]
    fn attributes_are_bounded_and_hide_what_they_hold() {
        let many: String = (0..50_000).map(|n| format!(" a{n}=\"x>\"")).collect();
        assert!(check(&format!("<p{many}>x")).unwrap_err().contains("50000 attributes"));
        assert_eq!(check(&format!("<p title=\"{}\" hidden = 'a' b>x", "<div>".repeat(14_000))), Ok(()));
        assert!(check(&format!("<p title=\">\"{}>x", " b/c".repeat(2_000))).is_err());
    }

    #[test]
    fn a_quadratic_scan_is_not_possible() {
        assert_eq!(check(&"<!--".repeat(1_000_000)), Ok(()));
        let _ = check(&"<script".repeat(1_000_000));
        let _ = check(&"<a".repeat(1_000_000));
    }
}
