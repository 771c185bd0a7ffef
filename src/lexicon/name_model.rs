//! The model of names: a weight for each feature and label, eight bits each, with a head that says where it comes from.
//!
//! The file is `dictum name model`, a line `key: value` for each fact of the head, an empty line, then the weights: those from
//! label to label, sixteen bits each, then for each feature in rising order how far it lies from the one before (seven bits a
//! byte, the lowest first), which labels it has weights for (sixteen bits), and those weights. `dictum train` writes it.

use std::fmt;

/// The labels that a token can have: none, or the begin or the inside of a name of each of four kinds.
pub const LABELS: usize = 9;

/// Which features (`annotate::names::features`) this program looks at: a model trained with others means nothing to it.
pub const FEATURES_VERSION: u32 = 1;

/// Features are numbers below two to this power.
pub const FEATURE_BITS: u32 = 24;

/// Weights of one feature; those past [`LABELS`] are nought, and make the addition of rows simple for the machine.
type Row = [i8; 16];

const MAGIC: &str = "dictum name model";
const FORMAT: u32 = 1;
/// Features below this many share a bucket.
const BUCKET_BITS: u32 = 8;
/// So many keys of a bucket are compared in one step; hardly any bucket has more.
const KEYS_AT_ONCE: usize = 8;

/// A model of names, ready for use.
pub struct NameModel {
    head: Vec<(String, String)>,
    transitions: [[i32; LABELS]; LABELS],
    /// Where the rows of each bucket of features start.
    buckets: Vec<u32>,
    /// The low bits of each row's feature, and [`KEYS_AT_ONCE`] more bytes that are of none.
    keys: Vec<u8>,
    /// The weights of each feature, and at the end a row of noughts for those that have none.
    rows: Vec<Row>,
}

/// Why a file is no model that this program can use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// It does not begin as a model does.
    #[error("not a model of names: it does not begin with \"{MAGIC}\"")]
    Foreign,
    /// It is of another version of the format or of the features.
    #[error("a model of names of {what} {found}, where this program needs {needed}: train it again with `dictum train`")]
    Version {
        /// What differs.
        what: &'static str,
        /// What the file says.
        found: String,
        /// What this program can read.
        needed: u32,
    },
    /// It was cut off or changed.
    #[error("a damaged model of names: {0}")]
    Damaged(&'static str),
}

impl fmt::Debug for NameModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NameModel").field("head", &self.head).field("rows", &(self.rows.len() - 1)).finish()
    }
}

impl NameModel {
    /// The model inside the program.
    ///
    /// # Panics
    /// When the program was built with a file that is no model for it; a test stands before that.
    pub(super) fn embedded() -> Self {
        match Self::read(include_bytes!("names.model")) {
            Ok(model) => model,
            Err(error) => panic!("src/lexicon/names.model: {error}"),
        }
    }

    /// Reads the file of a model.
    ///
    /// # Errors
    /// When the file is no model, is damaged, or was trained for other features.
    pub fn read(file: &[u8]) -> Result<Self, ModelError> {
        let rest = file.strip_prefix(MAGIC.as_bytes()).and_then(|r| r.strip_prefix(b"\n")).ok_or(ModelError::Foreign)?;
        let end = rest.windows(2).take(10_000).position(|w| w == b"\n\n").ok_or(ModelError::Damaged("its head has no end"))?;
        let head = std::str::from_utf8(&rest[..end]).map_err(|_| ModelError::Damaged("its head is not text"))?;
        let head: Vec<(String, String)> =
            head.lines().filter_map(|l| l.split_once(": ")).map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
        let fact = |key: &str| head.iter().find(|(k, _)| k == key).map_or("unknown", |(_, v)| v.as_str());
        for (what, key, needed) in [("format", "format", FORMAT), ("features version", "features", FEATURES_VERSION)] {
            if fact(key).parse() != Ok(needed) {
                return Err(ModelError::Version { what, found: fact(key).to_owned(), needed });
            }
        }
        let mut weights = &rest[end + 2..];
        if u32::from_str_radix(fact("checksum"), 16) != Ok(crc32fast::hash(weights)) {
            return Err(ModelError::Damaged("its checksum does not fit; fetch it again"));
        }
        let mut transitions = [[0; LABELS]; LABELS];
        for weight in transitions.iter_mut().flatten() {
            *weight = i32::from(i16::from_le_bytes(take(&mut weights)?));
        }
        let count: usize = fact("rows").parse().map_err(|_| ModelError::Damaged("its head lacks the number of rows"))?;
        if count > weights.len() {
            return Err(ModelError::Damaged("it is cut off"));
        }
        let mut buckets = Vec::with_capacity((1 << (FEATURE_BITS - BUCKET_BITS)) + 1);
        let mut keys = Vec::with_capacity(count + KEYS_AT_ONCE);
        let mut rows: Vec<Row> = Vec::with_capacity(count + 1);
        let mut feature = 0_u64;
        for _ in 0..count {
            feature += take_varint(&mut weights)?;
            if feature >> FEATURE_BITS != 0 {
                return Err(ModelError::Damaged("a feature out of range"));
            }
            while buckets.len() as u64 <= feature >> BUCKET_BITS {
                buckets.push(rows.len() as u32);
            }
            keys.push((feature & 0xff) as u8);
            let mut mask = u16::from_le_bytes(take(&mut weights)?);
            if mask >> LABELS != 0 {
                return Err(ModelError::Damaged("a label out of range"));
            }
            let mut row = [0; 16];
            while mask != 0 {
                row[mask.trailing_zeros() as usize] = i8::from_le_bytes(take(&mut weights)?);
                mask &= mask - 1;
            }
            rows.push(row);
        }
        buckets.resize((1 << (FEATURE_BITS - BUCKET_BITS)) + 1, rows.len() as u32);
        keys.resize(count + KEYS_AT_ONCE, 0);
        rows.push([0; 16]);
        Ok(Self { head, transitions, buckets, keys, rows })
    }

    /// Writes a model: `head` without what follows from the rest, the weights from label to label, and the rows in rising order
    /// of their features.
    #[must_use]
    pub fn write(head: &[(String, String)], transitions: &[[i16; LABELS]; LABELS], rows: &[(u32, [i8; LABELS])]) -> Vec<u8> {
        let mut weights = Vec::new();
        for weight in transitions.iter().flatten() {
            weights.extend(weight.to_le_bytes());
        }
        let mut before = 0;
        for (feature, row) in rows {
            let mut delta = feature - before;
            before = *feature;
            while delta > 0x7f {
                weights.push(delta as u8 | 0x80);
                delta >>= 7;
            }
            weights.push(delta as u8);
            let mask = row.iter().enumerate().fold(0_u16, |mask, (k, &w)| mask | u16::from(w != 0) << k);
            weights.extend(mask.to_le_bytes());
            weights.extend(row.iter().filter(|w| **w != 0).map(|w| *w as u8));
        }
        let mut file = format!("{MAGIC}\nformat: {FORMAT}\nfeatures: {FEATURES_VERSION}\n").into_bytes();
        for (key, value) in head {
            file.extend(format!("{key}: {}\n", value.replace('\n', " ")).bytes());
        }
        file.extend(format!("rows: {}\nchecksum: {:08x}\n\n", rows.len(), crc32fast::hash(&weights)).bytes());
        file.extend(weights);
        file
    }

    /// What the head says, in order.
    #[must_use]
    pub fn head(&self) -> &[(String, String)] {
        &self.head
    }

    /// The weight of label `to` after label `from`.
    #[must_use]
    pub fn transition(&self, from: usize, to: usize) -> i32 {
        self.transitions[from][to]
    }

    /// The sums of the weights of `features`.
    #[must_use]
    pub fn sum(&self, features: &[u32]) -> [i16; 16] {
        let mut sums = [0_i16; 16];
        let mut at = [0_usize; 32];
        // first all places, then all rows: the machine fetches many at once from memory that is far away
        for features in features.chunks(at.len()) {
            for (at, feature) in at.iter_mut().zip(features) {
                *at = self.row(*feature);
            }
            for &row in &at[..features.len()] {
                for (sum, weight) in sums.iter_mut().zip(&self.rows[row]) {
                    *sum = sum.saturating_add(i16::from(*weight));
                }
            }
        }
        sums
    }

    /// Which row has the weights of `feature`: the last, of noughts, where there are none.
    ///
    /// Whether a feature has weights nobody can guess, the machine neither: so no branch hangs on it. All keys are compared at
    /// once, and the lowest byte that is nought in `differ` is the first that is equal.
    #[inline]
    fn row(&self, feature: u32) -> usize {
        const LOW: u64 = 0x0101_0101_0101_0101;
        let bucket = (feature >> BUCKET_BITS) as usize;
        let (mut start, end) = (self.buckets[bucket] as usize, self.buckets[bucket + 1] as usize);
        let wanted = LOW * u64::from(feature & 0xff);
        loop {
            let keys = self.keys[start..].first_chunk::<KEYS_AT_ONCE>().map_or(0, |keys| u64::from_le_bytes(*keys));
            let differ = keys ^ wanted;
            let equal = differ.wrapping_sub(LOW) & !differ & (LOW << 7);
            let at = start + equal.trailing_zeros() as usize / 8;
            if at < start + KEYS_AT_ONCE || start + KEYS_AT_ONCE >= end {
                return if at < end { at } else { self.rows.len() - 1 };
            }
            start += KEYS_AT_ONCE;
        }
    }
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Result<[u8; N], ModelError> {
    let (first, rest) = bytes.split_first_chunk::<N>().ok_or(ModelError::Damaged("it is cut off"))?;
    *bytes = rest;
    Ok(*first)
}

fn take_varint(bytes: &mut &[u8]) -> Result<u64, ModelError> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let [byte] = take(bytes)?;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(ModelError::Damaged("a number without an end"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Vec<u8> {
        let mut transitions = [[0; LABELS]; LABELS];
        transitions[1][2] = 300;
        let rows = [(3, [0, 1, 0, 0, 0, 0, 0, 0, -5]), (260, [7; LABELS]), (70_000, [0, 0, -128, 0, 127, 0, 0, 0, 0])];
        NameModel::write(&[("licence".into(), "none".into())], &transitions, &rows)
    }

    fn scores(model: &NameModel, feature: u32) -> [i16; 16] {
        model.sum(&[feature])
    }

    #[test]
    fn what_was_written_is_read() {
        let model = NameModel::read(&model()).unwrap();
        assert_eq!(model.transition(1, 2), 300);
        assert_eq!(scores(&model, 3)[..9], [0, 1, 0, 0, 0, 0, 0, 0, -5]);
        assert_eq!(scores(&model, 260)[..9], [7; 9]);
        assert_eq!(scores(&model, 70_000)[..5], [0, 0, -128, 0, 127]);
        assert_eq!(scores(&model, 4), [0; 16]);
        assert_eq!(scores(&model, (1 << 24) - 1), [0; 16]);
        assert_eq!(model.head()[2], ("licence".to_owned(), "none".to_owned()));
    }

    #[test]
    fn foreign_old_and_damaged_files_are_refused_with_the_reason() {
        let good = model();
        let error = |file: &[u8]| NameModel::read(file).unwrap_err();
        assert_eq!(error(b"PK\x03\x04"), ModelError::Foreign);
        let other = String::from_utf8_lossy(&good[..60]).replace("features: ", "features: 9").into_bytes();
        let other = [&other[..], &good[60..]].concat();
        assert!(error(&other).to_string().contains("train it again"), "{}", error(&other));
        for end in [30, good.len() - 1] {
            assert!(matches!(error(&good[..end]), ModelError::Damaged(_)), "cut at {end}");
        }
        let mut changed = good.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert!(error(&changed).to_string().contains("checksum"));
    }
}
