//! Tables with a header: the delimiter is found in it, each row is an article.

use std::collections::VecDeque;
use std::io::{self, BufRead};
use std::ops::ControlFlow;

use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value};

use super::fields::{Field, Fields};
use super::json::record::{self, Read};
use super::{Options, Origin, RECORD_LIMIT, Sink};
use crate::read::decode::{repair, to_text};
use crate::read::lines::{self, Line};

/// Reads a table, a row at a time.
pub(super) fn articles(input: &mut dyn BufRead, origin: &Origin, options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let fields = Fields::new(options);
    let head = match input.fill_buf() {
        Ok(head) => head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head),
        Err(error) => return sink(Err(origin.refuse(error.to_string()))),
    };
    let delimiter = delimiter(head.split(|byte| *byte == b'\n').next().unwrap_or(head));
    let mut table = Table { header: None, fields: &fields, origin, count: 0, hopeless: false };
    let mut lines = Lines { input, again: VecDeque::new(), number: 0 };
    while !table.hopeless {
        match lines.row(delimiter) {
            Ok(Row::Whole(text, line)) => table.rows(&text, line, delimiter, sink)?,
            Ok(Row::Broken(reason, line)) => {
                table.count += 1;
                sink(Err(origin.refuse_at(format!("line {line}"), reason)))?;
            }
            Ok(Row::End) => return ControlFlow::Continue(()),
            Err(error) => return sink(Err(origin.refuse_at(format!("line {}", lines.number + 1), error.to_string()))),
        }
    }
    ControlFlow::Continue(())
}

/// The lines of a table, put together to rows.
struct Lines<'a> {
    input: &'a mut dyn BufRead,
    /// Lines that were read for a row and are not of it.
    again: VecDeque<Vec<u8>>,
    /// How many lines were taken.
    number: u64,
}

/// What [`Lines::row`] found, and in which line it begins.
enum Row {
    Whole(Vec<u8>, u64),
    Broken(String, u64),
    End,
}

impl Lines<'_> {
    /// The next row: a line, or more where a cell in quotation marks goes on in the next. Marks that do not close, or close
    /// in the middle of a cell of a later line, are a mistake in the row's first line, and the others are read again.
    fn row(&mut self, delimiter: u8) -> io::Result<Row> {
        let mut lines: Vec<Vec<u8>> = Vec::new();
        let (mut marks, mut size) = (Marks::Before, 0);
        let number = self.number + 1;
        loop {
            let mut line = Vec::new();
            let found = match self.again.pop_front() {
                Some(again) => {
                    line = again;
                    Line::Whole
                }
                None => lines::next(self.input, RECORD_LIMIT, &mut line)?,
            };
            size += line.len() + 1;
            let reason = match found {
                Line::End if lines.is_empty() => return Ok(Row::End),
                Line::Whole if size <= RECORD_LIMIT => {
                    marks = marks.after(&line, delimiter);
                    lines.push(line);
                    match marks {
                        Marks::Inside => continue,
                        Marks::Misplaced => "a quotation mark that is not closed",
                        Marks::Before => {
                            self.number += lines.len() as u64;
                            return Ok(Row::Whole(lines.join(&b'\n'), number));
                        }
                    }
                }
                Line::TooLong(_) if lines.is_empty() => {
                    self.number += 1;
                    return Ok(Row::Broken(format!("a row of more than {} MB", RECORD_LIMIT >> 20), number));
                }
                Line::End => "a quotation mark that is not closed",
                Line::Whole | Line::TooLong(_) => {
                    // Too much to be read again: the row ends here, wherever its mark is closed.
                    self.number += lines.len() as u64 + 1;
                    return Ok(Row::Broken(format!("a row of more than {} MB", RECORD_LIMIT >> 20), number));
                }
            };
            self.number += 1;
            lines.drain(1..).rev().for_each(|line| self.again.push_front(line));
            return Ok(Row::Broken(reason.to_owned(), number));
        }
    }
}

/// Where one is in a row, as its quotation marks say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marks {
    /// Before or in a cell without marks.
    Before,
    /// In a cell with marks.
    Inside,
    /// At a mark that would close, in the middle of a cell, one of an earlier line.
    Misplaced,
}

impl Marks {
    /// Where one is behind one more line.
    fn after(self, line: &[u8], delimiter: u8) -> Self {
        let (mut inside, mut goes_on) = (self == Self::Inside, self == Self::Inside);
        let mut at = 0;
        loop {
            if inside {
                let Some(mark) = memchr::memchr(b'"', &line[at..]) else { return Self::Inside };
                at += mark + 1;
                match line.get(at) {
                    Some(b'"') => {
                        at += 1;
                        continue;
                    }
                    Some(byte) if *byte != delimiter && goes_on => return Self::Misplaced,
                    _ => {}
                }
                (inside, goes_on) = (false, false);
            } else if line.get(at) == Some(&b'"') {
                inside = true;
                at += 1;
                continue;
            }
            match memchr::memchr(delimiter, &line[at..]) {
                Some(next) => at += next + 1,
                None => return Self::Before,
            }
        }
    }
}

/// The delimiter that stands most often in the first line outside quotation marks.
fn delimiter(line: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [0; 4];
    const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];
    for byte in line {
        quoted ^= *byte == b'"';
        if let Some(index) = DELIMITERS.iter().position(|delimiter| delimiter == byte)
            && !quoted
        {
            counts[index] += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let index = counts.iter().position(|count| *count == most).unwrap_or(0);
    DELIMITERS[index]
}

struct Table<'a> {
    header: Option<Vec<String>>,
    fields: &'a Fields,
    origin: &'a Origin,
    /// Rows below the header so far.
    count: usize,
    /// Whether the header has no column that holds a text.
    hopeless: bool,
}

impl Table<'_> {
    /// The rows of a text: one, or all of a file whose lines end as those of old machines.
    fn rows(&mut self, text: &[u8], line: u64, delimiter: u8, sink: &mut Sink<'_>) -> ControlFlow<()> {
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(text.len().clamp(1, 1 << 16))
            .from_reader(text);
        let mut row = ByteRecord::new();
        loop {
            match reader.read_byte_record(&mut row) {
                Ok(true) if self.hopeless => return ControlFlow::Continue(()),
                Ok(true) => self.row(&row, line + row.position().map_or(0, |at| at.line().saturating_sub(1)), sink)?,
                Ok(false) => return ControlFlow::Continue(()),
                Err(error) => return sink(Err(self.origin.refuse_at(format!("line {line}"), error.to_string()))),
            }
        }
    }

    fn row(&mut self, row: &ByteRecord, line: u64, sink: &mut Sink<'_>) -> ControlFlow<()> {
        let position = format!("line {line}");
        let Some(header) = &self.header else {
            let names: Vec<String> = row.iter().map(|name| cell(name).trim().trim_start_matches('\u{feff}').to_owned()).collect();
            let holds_text = |name: &String| matches!(self.fields.find(name), Some((Field::Body | Field::Html | Field::Summary, _)));
            if !names.iter().any(holds_text) {
                let reason = format!(
                    "no column holds the text: the first row has {}; --map body=COLUMN names it",
                    names.iter().take(12).map(String::as_str).collect::<Vec<_>>().join(", ")
                );
                self.hopeless = true;
                return sink(Err(self.origin.refuse_at(position, reason)));
            }
            self.header = Some(names);
            return ControlFlow::Continue(());
        };
        self.count += 1;
        if row.len() != header.len() {
            let reason = format!("a row of {} fields under a header of {}", row.len(), header.len());
            return sink(Err(self.origin.refuse_at(position, reason)));
        }
        let mut object = Map::new();
        for (name, value) in header.iter().zip(row) {
            let value = cell(value);
            if !missing(&value) {
                let value = match self.fields.find(name) {
                    Some((Field::Authors | Field::People | Field::Organizations | Field::Locations | Field::Quotes, _)) => list(&value),
                    _ => Value::String(value),
                };
                object.insert(name.clone(), value);
            }
        }
        match record::read(object, self.fields) {
            Read::Article(mut article, notes) => {
                for note in notes {
                    sink(Err(self.origin.doubt_at(&position, note)))?;
                }
                if article.id.is_empty() && article.url.is_none() {
                    article.id = self.origin.nth(self.count);
                }
                sink(Ok(*article))
            }
            Read::None(reason) => sink(Err(self.origin.refuse_at(position, reason))),
            Read::Other(_) => sink(Err(self.origin.refuse_at(position, "no body: the row has no text"))),
        }
    }
}

fn cell(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => repair(text).into_owned(),
        Err(_) => to_text(bytes, None).text,
    }
}

/// What programs write for a value that is not there.
fn missing(value: &str) -> bool {
    matches!(value.trim(), "" | "NaN" | "nan" | "null" | "NULL" | "None" | "N/A" | "\\N")
}

/// A list in a cell: JSON, as Python prints it, or parted by semicolons or bars; else the one string.
fn list(value: &str) -> Value {
    let trimmed = value.trim();
    if trimmed.starts_with(['[', '{']) {
        if let Ok(value) = serde_json::from_str(trimmed) {
            return value;
        }
        let inner = trimmed.trim_matches(['[', ']', '{', '}']);
        let names = inner.split(", ").map(|name| name.trim().trim_matches(['\'', '"'])).filter(|name| !name.is_empty());
        return names.map(|name| Value::String(name.to_owned())).collect();
    }
    if trimmed.contains([';', '|']) {
        let names = trimmed.split([';', '|']).map(str::trim).filter(|name| !name.is_empty());
        return names.map(|name| Value::String(name.to_owned())).collect();
    }
    Value::String(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::parse;

    fn read(input: &[u8], name: &str) -> (Vec<Article>, Vec<String>) {
        let origin = Origin { path: name.into(), below: name.into() };
        let (mut articles, mut refusals) = (Vec::new(), Vec::new());
        let _ = parse::articles(&mut &*input, &origin, &Options::default(), &mut |item| {
            match item {
                Ok(article) => articles.push(article),
                Err(refusal) => refusals.push(format!("{}: {}", refusal.position.unwrap_or_default(), refusal.reason)),
            }
            ControlFlow::Continue(())
        });
        (articles, refusals)
    }

    #[test]
    fn delimiters_are_found_and_cells_keep_their_lines() {
        for table in [
            "title,body,published_at,authors\nA,\"One, two.\n\nThree “four”.\",3 April 2025,Ann Lee; Bo Day\n",
            "title;body;published_at;authors\nA;\"One, two.\n\nThree “four”.\";3 April 2025;\"['Ann Lee', 'Bo Day']\"\n",
            "title\tbody\tpublished_at\tauthors\nA\t\"One, two.\n\nThree “four”.\"\t3 April 2025\t\"[\"\"Ann Lee\"\", \"\"Bo Day\"\"]\"\n",
            "\u{feff}title|body|published_at|authors\r\nA|\"One, two.\n\nThree “four”.\"|3 April 2025|By Ann Lee and Bo Day\r\n",
        ] {
            let (articles, refusals) = read(table.as_bytes(), "a.csv");
            assert_eq!(refusals, [""; 0]);
            let article = &articles[0];
            assert_eq!((article.id.as_str(), article.title.as_str()), ("a.csv#1", "A"));
            assert_eq!(article.body, "One, two.\n\nThree “four”.");
            assert_eq!(article.date.as_ref().unwrap().as_str(), "2025-04-03T00:00:00Z");
            assert_eq!(article.authors, ["Ann Lee", "Bo Day"], "{table}");
        }
    }

    #[test]
    fn ragged_rows_and_empty_ones_are_refused_one_by_one() {
        let (articles, refusals) = read(b"id,title,text\n1,A,One.\n2,B\n3,C,\n4,D,Four.,extra\n5,E,Five.\n", "a.txt");
        assert_eq!(articles.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), ["1", "5"]);
        assert_eq!(
            refusals,
            [
                "line 3: a row of 2 fields under a header of 3",
                "line 4: no body: the row has no text",
                "line 5: a row of 4 fields under a header of 3"
            ]
        );
    }

    #[test]
    fn a_mark_that_is_not_closed_costs_its_own_row_only() {
        let table = "id,title,text\n1,A,One.\n2,\"B,Two.\n3,C,Three.\n4,\"D\",\"Four,\n\"\"five\"\".\"\n5,12\" deep,Five.\n6,E,\"Six.\n";
        let (articles, refusals) = read(table.as_bytes(), "a.csv");
        assert_eq!(articles.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), ["1", "3", "4", "5"]);
        assert_eq!((articles[2].body.as_str(), articles[3].title.as_str()), ("Four,\n\"five\".", "12\" deep"));
        assert_eq!(refusals, ["line 3: a quotation mark that is not closed", "line 8: a quotation mark that is not closed"]);
    }

    #[test]
    fn tables_in_other_languages_are_read() {
        for table in [
            "Titel;Datum;Autor;Quelle;Inhalt\nA;3.4.2025;Ann Lee;Der Bote;Es regnete.\n",
            "titre,date de publication,auteur,source,texte\nA,3 avril 2025,Ann Lee,Der Bote,Es regnete.\n",
        ] {
            let (articles, _) = read(table.as_bytes(), "a.csv");
            let article = &articles[0];
            assert_eq!((article.title.as_str(), article.body.as_str(), article.source.as_deref()), ("A", "Es regnete.", Some("Der Bote")));
            assert_eq!(
                (article.date.as_ref().unwrap().as_str(), article.authors.as_slice()),
                ("2025-04-03T00:00:00Z", &["Ann Lee".to_owned()][..])
            );
        }
    }

    #[test]
    fn a_table_without_a_text_is_refused_once() {
        let (articles, refusals) = read(b"a,b\n1,2\n3,4\n", "a.csv");
        assert!(articles.is_empty());
        assert_eq!(refusals.len(), 1);
        assert!(refusals[0].contains("--map body=COLUMN"), "{refusals:?}");
    }

    #[test]
    fn a_row_beyond_all_measure_is_refused_and_the_rest_read() {
        let mut table = b"id,text\n1,One.\n2,".to_vec();
        table.resize(table.len() + RECORD_LIMIT + 100_000, b'x');
        table.extend_from_slice(b"\n3,Three.\n");
        let (articles, refusals) = read(&table, "a.csv");
        assert_eq!(articles.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), ["1", "3"]);
        assert!(refusals.len() == 1 && refusals[0].starts_with("line 3: "), "{refusals:?}");
    }

    #[test]
    fn old_encodings_are_read() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode("title,text\nA,“Ça va” dit François Hébert à Nîmes.\n");
        let (articles, refusals) = read(&bytes, "a.csv");
        assert_eq!(articles[0].body, "“Ça va” dit François Hébert à Nîmes.");
        assert!(refusals[0].contains("windows-1252"), "{refusals:?}");
    }
}
