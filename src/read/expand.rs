//! Undoes compression and archives, told by content and not by name, one inside the other down to a bounded depth.

use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::guard::{Account, Given, Taken};
use super::head::Head;
use super::pipe::{Pipe, is_pipe};
use super::{File, Input, Limits, Origin, Refusal, archive};

/// Takes each decompressed file, or the refusal of one; `Break` stops the reading.
pub(super) type Take<'t> = dyn FnMut(Result<Input<'_>, Refusal>) -> ControlFlow<()> + 't;

/// Enough of a file to see what it is: the mark of a tar archive stands at byte 257.
const MAGIC: usize = 512;

/// Opens `file` and hands every decompressed file in it to `take`: itself, what it is the compression of, or the entries
/// of the archive that it is.
///
/// An error in the middle of a stream comes out of the stream itself, as an [`io::Error`] whose text says what is wrong.
pub fn inputs(file: &File, limits: &Limits, take: &mut dyn FnMut(Result<Input<'_>, Refusal>) -> ControlFlow<()>) -> ControlFlow<()> {
    let origin = file.origin.clone();
    let stop = || Arc::clone(&limits.stop);
    let pipe = match &file.location {
        None => Pipe::stdin(stop()),
        Some(path) if file.size == 0 && is_pipe(path) => Pipe::named(path.clone(), stop()),
        Some(path) => {
            return match fs::File::open(path) {
                Ok(open) => disk(open, origin, file.size, limits, take),
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => take(Err(origin.refuse("no permission to read it"))),
                Err(error) if error.kind() == io::ErrorKind::NotFound => take(Err(origin.refuse("it has gone since it was found"))),
                Err(error) => take(Err(origin.refuse(error.to_string()))),
            };
        }
    };
    stream(Box::new(BufReader::with_capacity(1 << 16, pipe)), origin, 0, limits, &Account::new(limits), take)
}

/// A ZIP archive on disk is read by jumping about in it; all else is a stream.
fn disk(open: fs::File, origin: Origin, size: u64, limits: &Limits, take: &mut Take<'_>) -> ControlFlow<()> {
    let mut reader = BufReader::with_capacity(1 << 16, open);
    match reader.fill_buf() {
        Ok(magic) if archive::is_zip(magic) => {
            let account = Account::with_taken(limits, size);
            archive::zip(reader, &origin, 0, limits, &account, take)
        }
        Ok(_) => stream(Box::new(reader), origin, 0, limits, &Account::new(limits), take),
        Err(error) => take(Err(origin.refuse(error.to_string()))),
    }
}

/// Hands on what stands in `reader`, decompressed. `account` is of the outermost archive or compression.
pub(super) fn stream(
    reader: Box<dyn BufRead + '_>,
    origin: Origin,
    depth: usize,
    limits: &Limits,
    account: &Account,
    take: &mut Take<'_>,
) -> ControlFlow<()> {
    let mut reader = match Head::new(reader, MAGIC) {
        Ok(reader) => reader,
        Err(error) => return take(Err(origin.refuse(error.to_string()))),
    };
    let packing = Packing::of(reader.peek());
    if packing != Packing::None && depth >= limits.depth {
        let reason = format!("archives and compressions more than {} deep", limits.depth);
        return take(Err(origin.refuse(reason)));
    }
    if packing == Packing::None {
        return take(Ok(Input { origin, bytes: &mut reader }));
    }
    // Only the outermost stream counts as what was taken; inner ones are counted as given already.
    let taken: Box<dyn BufRead + '_> = if depth == 0 { Box::new(Taken::new(reader, account.clone())) } else { Box::new(reader) };
    let unpacked: Box<dyn Read + '_> = match packing {
        Packing::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(taken)),
        Packing::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(taken)),
        Packing::Xz => Box::new(xz2::bufread::XzDecoder::new_multi_decoder(taken)),
        Packing::Zstd => match zstd::stream::read::Decoder::with_buffer(taken) {
            Ok(decoder) => Box::new(decoder),
            Err(error) => return take(Err(origin.refuse(error.to_string()))),
        },
        Packing::Tar => return archive::tar(taken, &origin, depth, limits, account, take),
        Packing::Zip => return archive::held_zip(taken, &origin, depth, limits, account, take),
        Packing::None => taken,
    };
    let unpacked = BufReader::with_capacity(1 << 16, Given::new(unpacked, account.clone()));
    stream(Box::new(unpacked), origin, depth + 1, limits, account, take)
}

/// How bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    None,
    Gzip,
    Bzip2,
    Xz,
    Zstd,
    Zip,
    Tar,
}

impl Packing {
    /// Told by the first bytes.
    fn of(head: &[u8]) -> Self {
        match head {
            [0x1f, 0x8b, 8, ..] => Self::Gzip,
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] => Self::Bzip2,
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Self::Xz,
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Zstd,
            head if archive::is_zip(head) => Self::Zip,
            head if archive::is_tar(head) => Self::Tar,
            _ => Self::None,
        }
    }
}

#[cfg(test)]
mod tests {
    //! Tested: each compression and archive, one inside the other; names that lead elsewhere; bombs; files cut short;
    //! what is no file of articles in an archive.

    use std::io::{Cursor, Write};

    use super::*;

    /// What comes out of `bytes` lying in a file: names with their text, refusals with their reason.
    fn unpacked(bytes: &[u8], limits: &Limits) -> Vec<String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("in");
        fs::write(&path, bytes).unwrap();
        let origin = Origin { path: "in".into(), below: "in".into() };
        let file = File { origin, size: bytes.len() as u64, location: Some(path), modified: None };
        let mut found = Vec::new();
        let _ = inputs(&file, limits, &mut |input| {
            found.push(match input {
                Ok(input) => {
                    let mut text = Vec::new();
                    match input.bytes.read_to_end(&mut text) {
                        Ok(_) => format!("{} = {}", input.origin.path, String::from_utf8_lossy(&text)),
                        Err(error) => format!("{} broke: {error}", input.origin.path),
                    }
                }
                Err(refusal) => refusal.to_string(),
            });
            ControlFlow::Continue(())
        });
        found
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            out.write_all(bytes).unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = ::tar::Builder::new(Vec::new());
        for (name, bytes) in entries {
            let mut header = ::tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            // The builder refuses names that lead out of the archive; others write them.
            header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            out.append(&header, *bytes).unwrap();
        }
        out.into_inner().unwrap()
    }

    #[test]
    fn compressions_are_undone_whatever_the_name() {
        let limits = Limits::default();
        let mut xz = xz2::write::XzEncoder::new(Vec::new(), 6);
        xz.write_all(b"one").unwrap();
        let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
        bzip2.write_all(b"one").unwrap();
        for packed in [
            b"one".to_vec(),
            gzip(b"one"),
            [gzip(b"o"), gzip(b""), gzip(b"ne")].concat(),
            zstd::encode_all(&b"one"[..], 3).unwrap(),
            [zstd::encode_all(&b"on"[..], 3).unwrap(), zstd::encode_all(&b"e"[..], 3).unwrap()].concat(),
            bzip2.finish().unwrap(),
            xz.finish().unwrap(),
            gzip(&gzip(b"one")),
        ] {
            assert_eq!(unpacked(&packed, &limits), ["in = one"]);
        }
        assert_eq!(unpacked(b"", &limits), ["in = "]);
        assert_eq!(unpacked(b"BZh is no compression", &limits), ["in = BZh is no compression"]);
    }

    #[test]
    fn archives_give_their_entries_under_harmless_names() {
        let entries: &[(&str, &[u8])] = &[
            ("b/one.txt", b"1"),
            ("../../etc/two", b"2"),
            ("/three\\x", b"3"),
            ("pic.png", b"4"),
            (".hidden", b"5"),
            ("__MACOSX/b", b"6"),
        ];
        let expected = ["in!b/one.txt = 1", "in!etc/two = 2", "in!three/x = 3", "in!pic.png: a picture"];
        for archive in [zip(entries), tar(entries), gzip(&tar(entries)), zstd::encode_all(&*tar(entries), 3).unwrap(), gzip(&zip(entries))]
        {
            assert_eq!(unpacked(&archive, &Limits::default()), expected);
        }
        let nested = tar(&[("a.txt", b"A"), ("inner.zip", &zip(&[("x.txt.gz", &gzip(b"X"))]))]);
        assert_eq!(unpacked(&nested, &Limits::default()), ["in!a.txt = A", "in!inner.zip!x.txt.gz = X"]);
    }

    #[test]
    fn a_word_document_stays_whole_and_other_office_files_are_refused() {
        let docx = zip(&[("[Content_Types].xml", b""), ("word/document.xml", b"<w/>")]);
        let found = unpacked(&docx, &Limits::default());
        assert!(found.len() == 1 && found[0].starts_with("in = PK"));
        assert!(unpacked(&tar(&[("a.docx", &docx)]), &Limits::default())[0].starts_with("in!a.docx = PK"));
        assert_eq!(unpacked(&zip(&[("xl/workbook.xml", b"")]), &Limits::default()), ["in: a spreadsheet: save it as CSV"]);
    }

    #[test]
    fn bombs_are_stopped_and_what_stands_beside_them_is_read() {
        let limits = Limits { slack: 1 << 20, ..Limits::default() };
        let zeros = vec![0; 8 << 20];
        let found = unpacked(&gzip(&zeros), &limits);
        assert!(found[0].contains("decompression bomb"), "{found:?}");
        let found = unpacked(&zstd::encode_all(&*zeros, 3).unwrap(), &limits);
        assert!(found[0].contains("decompression bomb"), "{found:?}");
        let found = unpacked(&zip(&[("a.txt", b"A"), ("bomb", &zeros), ("bomb2", &zeros)]), &limits);
        assert!(found[0] == "in!a.txt = A" && found[1].contains("decompression bomb"), "{found:?}");
        let mut deep = b"core".to_vec();
        for _ in 0..20 {
            deep = zip(&[("inner", &deep)]);
        }
        let found = unpacked(&deep, &Limits::default());
        assert!(found.len() == 1 && found[0].ends_with("more than 5 deep"), "{found:?}");
    }

    #[test]
    fn what_is_cut_short_says_so() {
        let text: Vec<u8> = (0..200_000_u32).flat_map(|n| (n.wrapping_mul(2_654_435_761) >> 16).to_string().into_bytes()).collect();
        let cut = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
        for packed in [cut(gzip(&text)), cut(zstd::encode_all(&*text, 3).unwrap())] {
            assert_eq!(unpacked(&packed, &Limits::default()), ["in broke: the compressed file is cut short"]);
        }
        let found = unpacked(&cut(tar(&[("a.txt", &text)])), &Limits::default());
        assert!(found[0].starts_with("in!a.txt broke: "), "{found:?}");
        let found = unpacked(&cut(zip(&[("a.txt", &text)])), &Limits::default());
        assert!(found[0].contains("ZIP archive that cannot be read"), "{found:?}");
    }
}
