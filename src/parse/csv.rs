//! Tables with a header: the delimiter is found in it, each row is an article.

use std::cell::Cell;
use std::io::BufRead;
use std::ops::ControlFlow;

use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value};

use super::fields::{Field, Fields};
use super::json::record::{self, Read};
use super::{Options, Origin, RECORD_LIMIT, Sink};
use crate::read::budget::Budget;
use crate::read::decode::{repair, to_text};
use crate::read::lines;

/// Reads a table, a row at a time.
pub(super) fn articles(mut input: &mut dyn BufRead, origin: &Origin, options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let fields = Fields::new(options);
    let head = match input.fill_buf() {
        Ok(head) => head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head),
        Err(error) => return sink(Err(origin.refuse(error.to_string()))),
    };
    let delimiter = delimiter(head.split(|byte| *byte == b'\n').next().unwrap_or(head));
    let mut table = Table { header: None, fields: &fields, origin, count: 0 };
    let mut line = 0;
    // A row beyond all measure ends a reader; the next one begins at the line after it.
    loop {
        let spent = Cell::new(0);
        let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(Budget::new(
            &mut input,
            &spent,
            RECORD_LIMIT,
        ));
        let mut row = ByteRecord::new();
        let error = loop {
            match reader.read_byte_record(&mut row) {
                Ok(true) => {
                    let at = line + row.position().map_or(0, csv::Position::line);
                    table.row(&row, at, sink)?;
                    spent.set(0);
                }
                Ok(false) => return ControlFlow::Continue(()),
                Err(error) => break error,
            }
        };
        line += reader.position().line();
        drop(reader);
        sink(Err(origin.refuse_at(format!("line {line}"), error.to_string())))?;
        if spent.get() < RECORD_LIMIT || table.header.is_none() || lines::next(&mut input, 0, &mut Vec::new()).is_err() {
            return ControlFlow::Continue(());
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
}

impl Table<'_> {
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
                sink(Err(self.origin.refuse_at(position, reason)))?;
                return ControlFlow::Break(());
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
