//! Undoes compression and archives, told by content and not by name, one inside the other down to a bounded depth.

use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use super::guard::{Account, Given, Taken};
use super::head::Head;
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
    let Some(path) = &file.location else {
        let stdin = Box::new(BufReader::with_capacity(1 << 16, io::stdin()));
        return stream(stdin, origin, 0, limits, &Account::new(limits), take);
    };
    match fs::File::open(path) {
        Ok(open) => disk(open, origin, file.size, limits, take),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => take(Err(origin.refuse("no permission to read it"))),
        Err(error) => take(Err(origin.refuse(error.to_string()))),
    }
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
