//! The compiled gazetteer: how its bytes are laid out, checked and read in place, without parsing them.
//!
//! All numbers are little-endian. A head of [`HEAD`] bytes (magic, version, checksum of all that follows, the lengths of
//! the four sections), then the sections:
//!
//! 1. **keys**: a finite-state map from folded names to offsets in the postings;
//! 2. **postings**: for each key a byte of [`NameClass`](super::NameClass), the number of places, and a place number of
//!    three bytes for each, the weightiest first;
//! 3. **places**: a record of [`RECORD`] bytes each;
//! 4. **names**: what to print, each preceded by its length in one byte.

use std::borrow::Cow;

use fst::Map;

use super::{GazetteerError, Kind, NameClass};

pub(super) const MAGIC: &[u8; 8] = b"dictumGZ";
const VERSION: u32 = 1;
const HEAD: usize = 8 + 4 + 4 + 4 * 4;
const RECORD: usize = 14;
/// The number that stands for no place, and the first that cannot be given.
pub(super) const NO_PLACE: u32 = 0xff_ffff;

/// One place as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stored {
    pub name: u32,
    pub latitude: f64,
    pub longitude: f64,
    pub kind: Kind,
    pub capital: bool,
    pub weight: u8,
    pub parent: u32,
    /// ISO 3166-1 alpha-2 in capitals, or two zero bytes.
    pub country: [u8; 2],
}

/// Bytes in the program or on the heap, as the map wants to see them.
pub(super) struct Bytes(Cow<'static, [u8]>);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// The bytes of a compiled gazetteer, borrowed from the program or owned.
pub(super) struct Table {
    keys: Map<Bytes>,
    rest: Cow<'static, [u8]>,
    postings: std::ops::Range<usize>,
    places: std::ops::Range<usize>,
    names: std::ops::Range<usize>,
}

impl Table {
    /// Checks the head and the checksum; nothing is parsed.
    pub fn open(bytes: Cow<'static, [u8]>) -> Result<Self, GazetteerError> {
        let number = |at: usize| bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        if bytes.len() < HEAD || &bytes[..8] != MAGIC {
            return Err(GazetteerError::NotCompiled);
        }
        let version = number(8).unwrap_or_default();
        if version != VERSION {
            return Err(GazetteerError::Version { found: version, wanted: VERSION });
        }
        let mut ends = [HEAD; 5];
        for section in 0..4 {
            ends[section + 1] = ends[section].saturating_add(number(16 + 4 * section).unwrap_or_default() as usize);
        }
        if ends[4] != bytes.len() || (ends[3] - ends[2]) % RECORD != 0 {
            return Err(GazetteerError::Damaged("its sections do not add up to its length"));
        }
        if number(12) != Some(crc32fast::hash(&bytes[HEAD..])) {
            return Err(GazetteerError::Damaged("its checksum is wrong"));
        }
        let keys = match &bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[HEAD..ends[1]]),
            Cow::Owned(bytes) => Cow::Owned(bytes[HEAD..ends[1]].to_vec()),
        };
        let keys = Map::new(Bytes(keys)).map_err(|_| GazetteerError::Damaged("its keys cannot be read"))?;
        Ok(Self { keys, rest: bytes, postings: ends[1]..ends[2], places: ends[2]..ends[3], names: ends[3]..ends[4] })
    }

    /// The map of the keys, to walk in.
    pub fn keys(&self) -> &fst::raw::Fst<Bytes> {
        self.keys.as_fst()
    }

    /// Where the postings of `key` begin.
    pub fn find(&self, key: &[u8]) -> Option<u64> {
        self.keys.get(key)
    }

    /// All keys that begin with `prefix`, with the offsets of their postings.
    pub fn with_prefix(&self, prefix: &str) -> Vec<(String, u64)> {
        use fst::{IntoStreamer, Streamer};
        let mut found = Vec::new();
        let mut stream = self.keys.range().ge(prefix).into_stream();
        while let Some((key, offset)) = stream.next() {
            match std::str::from_utf8(key) {
                Ok(key) if key.starts_with(prefix) => found.push((key.to_owned(), offset)),
                _ => break,
            }
        }
        found
    }

    /// What is known of a name whose postings begin at `offset`.
    pub fn class(&self, offset: u64) -> NameClass {
        NameClass::from_bits(self.posting(offset, 0, 1).map_or(0, |b| b[0]))
    }

    /// The places of a name whose postings begin at `offset`.
    pub fn places(&self, offset: u64) -> impl Iterator<Item = u32> + '_ {
        let count = self.posting(offset, 1, 1).map_or(0, |b| b[0] as usize);
        let bytes = self.posting(offset, 2, 3 * count).unwrap_or_default();
        bytes.chunks_exact(3).map(three).filter(|&p| (p as usize) < self.len())
    }

    fn posting(&self, offset: u64, skip: usize, length: usize) -> Option<&[u8]> {
        let start = usize::try_from(offset).ok()?.checked_add(skip)?;
        self.rest[self.postings.clone()].get(start..start.checked_add(length)?)
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.places.len() / RECORD
    }

    /// Place `id`, which must be below [`Table::len`].
    pub fn place(&self, id: u32) -> Stored {
        let r = &self.rest[self.places.clone()][id as usize * RECORD..][..RECORD];
        let degrees = |low: u8, high: u8, range: f64| f64::from(u16::from_le_bytes([low, high])) / 65535.0 * range - range / 2.0;
        Stored {
            name: three(&r[0..3]),
            latitude: degrees(r[3], r[4], 180.0),
            longitude: degrees(r[5], r[6], 360.0),
            kind: Kind::from_byte(r[7] & 0x7f),
            capital: r[7] & 0x80 != 0,
            weight: r[8],
            parent: three(&r[9..12]),
            country: [r[12], r[13]],
        }
    }

    /// The printed name that begins at `offset`.
    pub fn name(&self, offset: u32) -> &str {
        let names = &self.rest[self.names.clone()];
        let start = offset as usize + 1;
        let length = names.get(offset as usize).map_or(0, |&l| l as usize);
        names.get(start..start + length).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default()
    }
}

/// Lays out the four sections behind their head.
pub(super) fn encode(keys: &[u8], postings: &[u8], places: &[Stored], names: &[u8]) -> Vec<u8> {
    let mut body = Vec::with_capacity(keys.len() + postings.len() + places.len() * RECORD + names.len());
    body.extend_from_slice(keys);
    body.extend_from_slice(postings);
    for place in places {
        body.extend_from_slice(&place.name.to_le_bytes()[..3]);
        body.extend_from_slice(&quantized(place.latitude, 180.0));
        body.extend_from_slice(&quantized(place.longitude, 360.0));
        body.push(place.kind as u8 | if place.capital { 0x80 } else { 0 });
        body.push(place.weight);
        body.extend_from_slice(&place.parent.to_le_bytes()[..3]);
        body.extend_from_slice(&place.country);
    }
    body.extend_from_slice(names);
    let mut bytes = Vec::with_capacity(HEAD + body.len());
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&crc32fast::hash(&body).to_le_bytes());
    for length in [keys.len(), postings.len(), places.len() * RECORD, names.len()] {
        bytes.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
    }
    bytes.extend_from_slice(&body);
    bytes
}

/// Degrees as a fraction of the range in 16 bits: half a kilometre at the equator.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u16")]
fn quantized(degrees: f64, range: f64) -> [u8; 2] {
    let fraction = (degrees + range / 2.0) / range;
    ((fraction.clamp(0.0, 1.0) * 65535.0).round() as u16).to_le_bytes()
}

fn three(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0])
}
