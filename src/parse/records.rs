//! The records of a long file of markup, one after the other: the items of a feed, the articles of an export. One is held at a
//! time, and what is broken in it is no trouble to the others.

use std::io::{self, BufRead, Read};
use std::ops::{ControlFlow, Range};

use trafilatura::dom::Document;

use super::xml::{self, Element};
use super::{Origin, RECORD_LIMIT, Sink, html, markup};
use crate::article::Article;
use crate::read::decode::{Utf8Reader, sniff};

/// How much is read at once, at least.
const CHUNK: usize = 1 << 16;

/// Which tags begin a record.
#[derive(Clone, Copy, Debug)]
pub(super) enum Begin {
    /// Elements of XML of these names, whatever their prefix; a record ends with its element.
    Elements(&'static [&'static str]),
    /// `<div>` of this class in a web page; a record ends where the next one begins.
    Class(&'static str),
    /// This tag of a web page; a record ends where the next one begins.
    Tag(&'static str),
}

/// What [`Records::next`] found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Record {
    /// A record, decoded.
    Whole(String),
    /// One that another begins in, or that the file ends in.
    Open(String),
    /// One that is longer than any article, passed over.
    TooLong,
    /// There are no more.
    End,
}

/// Cuts a stream at its records.
pub(super) struct Records<'a> {
    input: Box<dyn BufRead + 'a>,
    begin: Begin,
    /// Most bytes of a record.
    limit: usize,
    buffer: Vec<u8>,
    /// Up to where `buffer` was handed out.
    taken: usize,
    /// Up to where it was searched for the beginning of a record.
    searched: usize,
    /// Whether a record begins at `taken`.
    inside: bool,
    ended: bool,
    error: Option<io::Error>,
    encoding: Option<String>,
    /// For each kind of [`Section`], a stretch of `buffer` in which none ends.
    vain: [Range<usize>; 2],
}

impl<'a> Records<'a> {
    /// Reads what stands before the first record, which is given decoded.
    pub fn new(input: &'a mut dyn BufRead, begin: Begin) -> (Self, String) {
        Self::limited(input, begin, RECORD_LIMIT)
    }

    /// [`Records::new`] for records of at most `limit` bytes.
    fn limited(input: &'a mut dyn BufRead, begin: Begin, limit: usize) -> (Self, String) {
        let (encoding, _) = sniff(input.fill_buf().unwrap_or_default(), false);
        let wide = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
        let input: Box<dyn BufRead + 'a> = if wide { Box::new(Utf8Reader::new(input, encoding)) } else { Box::new(input) };
        let mut records = Self {
            input,
            begin,
            limit,
            buffer: Vec::new(),
            taken: 0,
            searched: 0,
            inside: false,
            ended: false,
            error: None,
            encoding: None,
            vain: [0..0, 0..0],
        };
        records.inside = records.seek().is_some();
        let head = &records.buffer[..records.searched];
        records.encoding = markup::declared_encoding(head).filter(|_| !wide);
        let head = markup::decode(head, records.encoding.as_deref());
        records.taken = records.searched;
        (records, head)
    }

    /// The next record.
    ///
    /// # Errors
    /// When reading failed; what came before it was handed out.
    pub fn next(&mut self) -> io::Result<Record> {
        while !self.inside {
            self.inside = self.seek().is_some();
            self.taken = self.searched;
            if !self.inside && self.ended {
                return self.error.take().map_or(Ok(Record::End), Err);
            }
        }
        self.searched = self.taken + 1;
        let next = self.seek();
        if next.is_none() && !self.ended {
            self.inside = false;
            self.taken = self.searched;
            return Ok(Record::TooLong);
        }
        self.inside = next.is_some();
        let record = &self.buffer[self.taken..self.searched];
        self.taken = self.searched;
        let closed = self.closed(record);
        let text = markup::decode(&record[..closed.unwrap_or(record.len())], self.encoding.as_deref());
        Ok(if closed.is_some() { Record::Whole(text) } else { Record::Open(text) })
    }

    /// Goes to where the next record begins; `None`, at the end, when there is none, or none in as many bytes as one may have.
    fn seek(&mut self) -> Option<()> {
        loop {
            while let Some(found) = memchr::memchr(b'<', &self.buffer[self.searched..]) {
                self.searched += found;
                match self.tag_at(self.searched) {
                    Tag::Begins => return Some(()),
                    Tag::Other(length) => self.searched += length,
                    Tag::Unfinished => break,
                }
            }
            let tag = self.buffer.get(self.searched) == Some(&b'<');
            if self.ended || !tag {
                self.searched = self.buffer.len();
            }
            if self.ended {
                return None;
            }
            if self.buffer.len() - self.taken > self.limit {
                // A section that does not end is passed over with its first letter.
                self.searched += usize::from(tag);
                return None;
            }
            self.fill();
        }
    }

    /// Reads on; the more is held already, the more at once, so that a long record is not searched again and again.
    fn fill(&mut self) {
        self.buffer.drain(..self.taken);
        self.searched -= self.taken;
        for vain in &mut self.vain {
            *vain = vain.start.saturating_sub(self.taken)..vain.end.saturating_sub(self.taken);
        }
        self.taken = 0;
        let size = CHUNK.max(self.buffer.len());
        match (&mut self.input).take(size as u64).read_to_end(&mut self.buffer) {
            Ok(count) => self.ended = count < size,
            Err(error) => {
                self.ended = true;
                self.error = Some(error);
            }
        }
    }

    /// What stands at the `<` at `at`.
    fn tag_at(&mut self, at: usize) -> Tag {
        // The pages of Nexis hide the tags of their articles in comments.
        if let Begin::Elements(names) = self.begin {
            for section in [Section::Comment, Section::Data] {
                if self.buffer[at..].starts_with(section.start()) {
                    return self.section(at, section, names);
                }
            }
        }
        let rest = &self.buffer[at..];
        let end = memchr::memchr(b'>', &rest[..rest.len().min(4096)]);
        match end {
            Some(end) if self.begins(&rest[1..end]) => Tag::Begins,
            None if rest.len() < 4096 && !self.ended => Tag::Unfinished,
            _ => Tag::Other(1),
        }
    }

    /// How long the section is that begins at `at`.
    fn section(&mut self, at: usize, section: Section, names: &[&str]) -> Tag {
        let (start, end) = (at + section.start().len(), self.buffer.len());
        // Where its end was looked for in vain it is not looked for again.
        let vain = &mut self.vain[section as usize];
        let from = if vain.start <= start { start.max(vain.end.saturating_sub(2)) } else { start };
        let Some(length) = memchr::memmem::find(&self.buffer[from..], section.end()).map(|found| from + found - start) else {
            *vain = vain.start.min(start)..end;
            return if self.ended { Tag::Other(section.start().len()) } else { Tag::Unfinished };
        };
        // One that was never closed takes the records behind it in, up to where another begins: what stands between two
        // records is no text of one.
        let inside = &self.buffer[start..start + length];
        let next = memchr::memmem::find(inside, section.start());
        let unclosed = next.is_some_and(|next| names.iter().any(|name| between_records(&inside[..next], name)));
        Tag::Other(section.start().len() + if unclosed { 0 } else { length + section.end().len() })
    }

    /// Whether what stands between `<` and `>` begins a record.
    fn begins(&self, tag: &[u8]) -> bool {
        let name = &tag[..tag.iter().position(|b| b.is_ascii_whitespace() || *b == b'/').unwrap_or(tag.len())];
        match self.begin {
            Begin::Elements(names) => {
                let local = name.rsplit(|b| *b == b':').next().unwrap_or(name);
                name.first().is_some_and(u8::is_ascii_alphabetic) && names.iter().any(|n| n.as_bytes() == local)
            }
            Begin::Class(class) => {
                name.eq_ignore_ascii_case(b"div")
                    && memchr::memmem::find(tag, b"class=").is_some_and(|at| {
                        let value = &tag[at + 6..];
                        value.split(|b| !b.is_ascii_alphanumeric() && *b != b'-').any(|word| word == class.as_bytes())
                    })
            }
            Begin::Tag(tag) => name.eq_ignore_ascii_case(tag.as_bytes()),
        }
    }

    /// Where a record ends; `None` for one whose element does not.
    fn closed(&self, record: &[u8]) -> Option<usize> {
        let Begin::Elements(_) = self.begin else { return Some(record.len()) };
        let name = record[1..].split(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/')).next()?;
        let end = [b"</", name].concat();
        let at = memchr::memmem::rfind(record, &end)?;
        let close = memchr::memchr(b'>', &record[at..])?;
        Some(at + close + 1)
    }

    /// Hands every record to `read`, with whether it is open and its position, `what` it is and its number; whether there was any.
    /// One that is too long is refused, and where no more can be read the rest is.
    pub fn each(
        mut self,
        what: &str,
        origin: &Origin,
        sink: &mut Sink<'_>,
        mut read: impl FnMut(&str, bool, String, &mut Sink<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<(), bool> {
        for number in 1.. {
            let position = format!("{what} {number}");
            match self.next() {
                Ok(Record::Whole(text)) => read(&text, false, position, sink)?,
                Ok(Record::Open(text)) => read(&text, true, position, sink)?,
                Ok(Record::TooLong) => sink(Err(origin.refuse_at(position, TOO_LONG)))?,
                Ok(Record::End) => return ControlFlow::Continue(number > 1),
                Err(error) => {
                    sink(Err(origin.refuse_at(position, error.to_string())))?;
                    break;
                }
            }
        }
        ControlFlow::Continue(true)
    }
}

/// Reads the elements of these names one by one; whether there was any. An element without an end is read as far as it goes.
pub(super) fn elements(
    input: &mut dyn BufRead,
    names: &'static [&'static str],
    origin: &Origin,
    read: &dyn Fn(&Element) -> Result<Article, String>,
    sink: &mut Sink<'_>,
) -> ControlFlow<(), bool> {
    let (records, _) = Records::new(input, Begin::Elements(names));
    records.each("article", origin, sink, |text, open, position, sink| {
        let found = xml::parse(text).and_then(|document| Ok((read(&document.root)?, document.unknown)));
        let (article, unknown) = match found {
            Ok(found) => found,
            Err(reason) => return sink(Err(origin.refuse_at(position, reason))),
        };
        let cut = open.then(|| "its element has no end: it may be cut off".to_owned());
        for doubt in cut.into_iter().chain(xml::left_out(&unknown)) {
            sink(Err(origin.doubt_at(position.clone(), doubt)))?;
        }
        sink(Ok(article))
    })
}

/// Reads the articles of a web page that an export of a database is, one by one; whether there was any.
pub(super) fn pages(
    input: &mut dyn BufRead,
    begin: Begin,
    origin: &Origin,
    read: &dyn Fn(&Document) -> Result<Article, String>,
    sink: &mut Sink<'_>,
) -> ControlFlow<(), bool> {
    let (records, _) = Records::new(input, begin);
    records.each("article", origin, sink, |text, _, position, sink| {
        let article = html::may_be_parsed(text).and_then(|()| read(&Document::parse(text)));
        sink(article.map_err(|reason| origin.refuse_at(position, reason)))
    })
}

/// What is said of a record beyond all measure.
const TOO_LONG: &str = "longer than any article: passed over";

/// What hides the tags inside it.
#[derive(Clone, Copy)]
enum Section {
    Comment,
    Data,
}

impl Section {
    const fn start(self) -> &'static [u8] {
        match self {
            Self::Comment => b"<!--",
            Self::Data => b"<![CDATA[",
        }
    }

    const fn end(self) -> &'static [u8] {
        match self {
            Self::Comment => b"-->",
            Self::Data => b"]]>",
        }
    }
}

/// What stands at a `<`.
#[derive(Debug, PartialEq, Eq)]
enum Tag {
    Begins,
    /// Something else of so many bytes, in which no record begins.
    Other(usize),
    /// Not known before more is read.
    Unfinished,
}

/// Whether `bytes` hold the end of a record and, behind it, the beginning of another.
fn between_records(bytes: &[u8], name: &str) -> bool {
    let end = format!("</{name}>");
    memchr::memmem::find_iter(bytes, end.as_bytes()).any(|at| {
        let rest = bytes[at + end.len()..].trim_ascii_start();
        rest.strip_prefix(b"<").and_then(|rest| rest.strip_prefix(name.as_bytes())).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head and the records of a text: "(…)" for an open one.
    fn cut(text: &[u8], begin: Begin) -> Vec<String> {
        let mut input = io::BufReader::with_capacity(7, text);
        let (mut records, head) = Records::new(&mut input, begin);
        let mut found = vec![head];
        loop {
            found.push(match records.next().unwrap() {
                Record::Whole(text) => text,
                Record::Open(text) => format!("({text})"),
                Record::TooLong => "too long".to_owned(),
                Record::End => return found,
            });
        }
    }

    const ITEMS: Begin = Begin::Elements(&["item"]);

    #[test]
    fn a_file_is_cut_at_its_records() {
        let feed = "<rss><items/><item>1</item>\n<x:item a='>'>2</x:item><item/><item>3</item></rss>";
        assert_eq!(cut(feed.as_bytes(), ITEMS)[..3], ["<rss><items/>", "<item>1</item>", "<x:item a='>'>2</x:item>"]);
        let page = "<p>x</p><div class='article enArticle'>1<div>2</div></div><DIV class=\"article\">3</div>";
        assert_eq!(cut(page.as_bytes(), Begin::Class("article")).len(), 3);
        assert_eq!(cut(b"a<DOCFULL>1</DOCFULL><docfull>2", Begin::Tag("docfull"))[1..], ["<DOCFULL>1</DOCFULL>", "<docfull>2"]);
        let wide: Vec<u8> = "\u{feff}<rss><item>é</item></rss>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(cut(&wide, ITEMS), ["<rss>", "<item>é</item>"]);
        assert_eq!(cut(b"<rss></rss>", ITEMS), ["<rss></rss>"]);
    }

    #[test]
    fn a_record_left_open_ends_where_the_next_begins() {
        assert_eq!(cut(b"<item>1<item>2</item><item>3", ITEMS), ["", "(<item>1)", "<item>2</item>", "(<item>3)"]);
    }

    #[test]
    fn sections_hide_what_looks_like_a_record_unless_they_never_close() {
        let feed = "<!-- <item> --><item><![CDATA[ <item> ]]></item><item>2</item>";
        assert_eq!(cut(feed.as_bytes(), ITEMS), ["<!-- <item> -->", "<item><![CDATA[ <item> ]]></item>", "<item>2</item>"]);
        let open = "<item><![CDATA[ 1 </item> <item><![CDATA[ 2 ]]></item><item>3</item>";
        assert_eq!(cut(open.as_bytes(), ITEMS)[1..], ["<item><![CDATA[ 1 </item>", "<item><![CDATA[ 2 ]]></item>", "<item>3</item>"]);
    }

    #[test]
    fn a_record_too_long_is_passed_over() {
        for filler in [&b"x"[..], b"<![CDATA[", b"<a>"] {
            let limit = 2 * CHUNK;
            let mut feed = b"<item>1</item><item>".to_vec();
            feed.extend(filler.iter().cycle().take(5 * limit));
            feed.extend_from_slice(b"</item><item>3</item>");
            let mut input = &feed[..];
            let (mut records, _) = Records::limited(&mut input, ITEMS, limit);
            let mut found = Vec::new();
            while found.last() != Some(&Record::End) {
                found.push(records.next().unwrap());
            }
            let whole = |text: &str| Record::Whole(text.to_owned());
            assert_eq!(found, [whole("<item>1</item>"), Record::TooLong, whole("<item>3</item>"), Record::End]);
        }
    }
}
