//! Rows and columns: a line a hit, quoted as RFC 4180 asks.

use std::io::{self, Write};

use serde_json::Value;

use super::hits::{Fields, lookup};

/// The columns of articles where none are chosen.
pub const ARTICLE_COLUMNS: &[&str] = &["rank", "score", "id", "date", "source", "title", "authors", "url", "path", "snippets"];
/// The columns of quotes where none are chosen.
pub const QUOTE_COLUMNS: &[&str] = &[
    "rank",
    "score",
    "id",
    "date",
    "source",
    "speaker.name",
    "speaker.type",
    "kind",
    "text",
    "title",
    "url",
    "path",
    "rule",
    "confidence",
];

/// One row; the fields are chosen by `columns`.
///
/// # Errors
/// When `out` does not take it.
pub fn row(out: &mut dyn Write, fields: &Fields, columns: &[String]) -> io::Result<()> {
    let cells: Vec<String> = columns.iter().map(|c| lookup(fields, c).as_ref().map(cell).unwrap_or_default()).collect();
    cells_of(out, &cells)
}

/// One row of plain cells.
///
/// # Errors
/// When `out` does not take it.
pub fn cells_of(out: &mut dyn Write, cells: &[String]) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    writer.write_record(cells.iter().map(|c| safe(c)))?;
    let row = writer.into_inner().map_err(|e| io::Error::other(e.to_string()))?;
    out.write_all(&row)
}

/// Control characters never reach a terminal, whatever the format.
fn safe(cell: &str) -> String {
    super::theme::printable(cell).into_owned()
}

/// A value as one cell: lists joined by "; ", snippets by their words.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(cell).collect::<Vec<_>>().join("; "),
        Value::Object(object) => match object.get("text").or_else(|| object.get("name")) {
            Some(text) => cell(text),
            None => value.to_string(),
        },
        value => value.to_string(),
    }
}
