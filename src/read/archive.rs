//! The entries of ZIP and tar archives, in the order in which they stand there. Nothing is ever written to disk,
//! so that a name with `../` in it is no more than a name.

use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use zip::ZipArchive;

use super::expand::{Take, stream};
use super::guard::{Account, Given};
use super::walk::beside_articles;
use super::{Input, Limits, Origin, Refusal, RefusalKind};

pub(super) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") || head.starts_with(b"PK\x07\x08PK")
}

/// Whether `head` is a tar header: its checksum, written in octal at byte 148, is the sum of all its bytes with the
/// checksum itself taken as spaces (POSIX.1-1988, ustar; older archives lack the word "ustar").
pub(super) fn is_tar(head: &[u8]) -> bool {
    let Some(header) = head.get(..512) else { return false };
    let written = header[148..156].iter().copied().skip_while(|b| *b == b' ').take_while(u8::is_ascii_digit);
    let written = written.fold(0u32, |sum, digit| sum * 8 + u32::from(digit - b'0'));
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    let field: u32 = header[148..156].iter().map(|byte| u32::from(*byte)).sum();
    header[0] != 0 && written == sum - field + 8 * u32::from(b' ')
}

/// A ZIP archive that can only be streamed is held in memory, up to a limit.
pub(super) fn held_zip(
    reader: Box<dyn BufRead + '_>,
    origin: &Origin,
    depth: usize,
    limits: &Limits,
    account: &Account,
    take: &mut Take<'_>,
) -> ControlFlow<()> {
    let mut held = Vec::new();
    match reader.take(limits.held + 1).read_to_end(&mut held) {
        Err(error) => take(Err(origin.refuse(error.to_string()))),
        Ok(count) if count as u64 > limits.held => {
            let reason =
                format!("a ZIP archive of more than {} MB inside another archive or on standard input: unpack it first", limits.held >> 20);
            take(Err(origin.refuse(reason)))
        }
        Ok(_) => zip(Cursor::new(held), origin, depth, limits, account, take),
    }
}

/// The entries of a ZIP archive; a document that is a ZIP archive inside (DOCX) is handed on whole.
pub(super) fn zip<R: BufRead + Seek>(
    reader: R,
    origin: &Origin,
    depth: usize,
    limits: &Limits,
    account: &Account,
    take: &mut Take<'_>,
) -> ControlFlow<()> {
    let mut archive = match ZipArchive::new(reader) {
        Ok(archive) => archive,
        Err(error) => return take(Err(origin.refuse(format!("a ZIP archive that cannot be read: {error}")))),
    };
    if archive.index_for_name("word/document.xml").is_some() {
        let mut reader = archive.into_inner();
        return match reader.seek(SeekFrom::Start(0)) {
            Ok(_) => take(Ok(Input { origin: origin.clone(), bytes: &mut reader })),
            Err(error) => take(Err(origin.refuse(error.to_string()))),
        };
    }
    if let Some(reason) = office_document(&archive) {
        return take(Err(origin.refuse(reason)));
    }
    for index in 0..archive.len() {
        let entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(error) => {
                let reason = format!("an entry that cannot be read: {error}");
                take(Err(origin.refuse_at(format!("entry {}", index + 1), reason)))?;
                continue;
            }
        };
        let name = match entry.name() {
            Ok(name) => name.into_owned(),
            Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
        };
        if entry.is_dir() {
            continue;
        }
        let unpacked = BufReader::new(Given::new(entry, account.clone()));
        inner(Box::new(unpacked), origin, &name, depth, limits, account, take)?;
    }
    ControlFlow::Continue(())
}

/// What to do with a document of an office program that is a ZIP archive but no archive of articles.
fn office_document<R: Read + Seek>(archive: &ZipArchive<R>) -> Option<&'static str> {
    let holds = |name| archive.index_for_name(name).is_some();
    if holds("xl/workbook.xml") {
        Some("a spreadsheet: save it as CSV")
    } else if holds("ppt/presentation.xml") {
        Some("slides: save their text")
    } else if holds("mimetype") && holds("content.xml") && holds("META-INF/manifest.xml") {
        Some("an OpenDocument file: save it as .docx or .txt")
    } else {
        None
    }
}

/// The files of a tar archive, as they stream by.
pub(super) fn tar(
    reader: Box<dyn BufRead + '_>,
    origin: &Origin,
    depth: usize,
    limits: &Limits,
    account: &Account,
    take: &mut Take<'_>,
) -> ControlFlow<()> {
    let mut archive = ::tar::Archive::new(reader);
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return take(Err(origin.refuse(format!("a tar archive that cannot be read: {error}")))),
    };
    for (index, entry) in entries.enumerate() {
        let entry = match entry {
            Ok(entry) => entry,
            // What follows a damaged header cannot be found again.
            Err(error) => {
                let reason = format!("the archive cannot be read further: {error}");
                return take(Err(origin.refuse_at(format!("entry {}", index + 1), reason)));
            }
        };
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let size = entry.size();
        let whole = BufReader::new(Whole { inner: entry, left: size });
        inner(Box::new(whole), origin, &name, depth, limits, account, take)?;
    }
    ControlFlow::Continue(())
}

/// One entry, packed again or not.
fn inner(
    reader: Box<dyn BufRead + '_>,
    origin: &Origin,
    name: &str,
    depth: usize,
    limits: &Limits,
    account: &Account,
    take: &mut Take<'_>,
) -> ControlFlow<()> {
    let inside = origin.inside(name);
    if name.split(['/', '\\']).any(|part| part == "__MACOSX" || part.len() > 2 && part.starts_with('.')) {
        return ControlFlow::Continue(());
    }
    if let Some(reason) = beside_articles(name) {
        return take(Err(Refusal { kind: RefusalKind::Skipped, ..inside.refuse(reason) }));
    }
    stream(reader, inside, depth + 1, limits, account, take)
}

/// An entry of known size, whose early end is an error and not an end.
struct Whole<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.left = self.left.saturating_sub(count as u64);
        if count == 0 && self.left > 0 && !out.is_empty() {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive is cut short"));
        }
        Ok(count)
    }
}
