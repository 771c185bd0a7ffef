//! The model of names: a weight for each feature and label, eight bits each, with a head that says where it comes from.
//!
//! The file is `dictum name model`, a line `key: value` for each fact of the head, an empty line, then the weights, all numbers with
//! their lowest byte first:
//!
//! | what | bytes |
//! |---|---|
//! | the weight from each label to each label | 2 each, signed |
//! | for each bucket of 256 features, which row is its first; then the number of rows | 4 each |
//! | for each row, the lowest byte of its feature; then eight bytes of padding | 1 each |
//! | for each row, the weight of each label, signed; then a row of noughts and seven bytes of padding | 9 each |
//!
//! Rows stand in rising order of their features. The file is used as it lies, so that to load it costs a look at its sum.
//! `dictum train` writes it.

use std::borrow::Cow;
use std::fmt;

/// The labels that a token can have: none, or the begin or the inside of a name of each of four kinds.
pub const LABELS: usize = 9;

/// Which features (`annotate::names::features`) this program looks at: a model trained with others means nothing to it.
pub const FEATURES_VERSION: u32 = 1;

/// Features are numbers below two to this power.
pub const FEATURE_BITS: u32 = 24;

const MAGIC: &str = "dictum name model";
const FORMAT: u32 = 2;
/// The fact of the head that sums up the weights.
const CHECKSUM: &str = "checksum";
/// Features below this many share a bucket.
const BUCKET_BITS: u32 = 8;
const BUCKETS: usize = 1 << (FEATURE_BITS - BUCKET_BITS);
/// So many keys of a bucket are compared in one step; hardly any bucket has more.
const KEYS_AT_ONCE: usize = 8;
/// So many weights are added in one step: those of a row, and some behind it that are not asked for.
const WEIGHTS_AT_ONCE: usize = 16;
/// No head is longer than this many bytes.
const LONGEST_HEAD: usize = 10_000;

/// A model of names, ready for use.
pub struct NameModel {
    head: Vec<(String, String)>,
    transitions: [[i32; LABELS]; LABELS],
    file: Cow<'static, [u8]>,
    parts: Parts,
}

/// Where the parts of a model lie in its file.
#[derive(Clone, Copy)]
struct Parts {
    /// Which row is the first of each bucket.
    starts: usize,
    keys: usize,
    rows: usize,
    /// The number of rows, that of noughts left out.
    count: usize,
}

impl Parts {
    /// The parts of a model of `count` rows whose weights begin at `weights`, and where they end.
    fn new(weights: usize, count: usize) -> (Self, usize) {
        let starts = weights + 2 * LABELS * LABELS;
        let keys = starts + 4 * (BUCKETS + 1);
        let rows = keys + count + KEYS_AT_ONCE;
        (Self { starts, keys, rows, count }, rows + count * LABELS + WEIGHTS_AT_ONCE)
    }
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
        f.debug_struct("NameModel").field("head", &self.head).field("rows", &self.parts.count).finish()
    }
}

impl NameModel {
    /// The model inside the program.
    ///
    /// # Panics
    /// When the program was built with a file that is no model for it; a test stands before that.
    pub(super) fn embedded() -> Self {
        match Self::over(Cow::Borrowed(include_bytes!("names.model"))) {
            Ok(model) => model,
            Err(error) => panic!("src/lexicon/names.model: {error}"),
        }
    }

    /// Reads the file of a model.
    ///
    /// # Errors
    /// When the file is no model, is damaged, or was trained for other features.
    pub fn read(file: Vec<u8>) -> Result<Self, ModelError> {
        Self::over(Cow::Owned(file))
    }

    fn over(file: Cow<'static, [u8]>) -> Result<Self, ModelError> {
        let rest = file.strip_prefix(MAGIC.as_bytes()).and_then(|r| r.strip_prefix(b"\n")).ok_or(ModelError::Foreign)?;
        let end = rest
            .windows(2)
            .take(LONGEST_HEAD)
            .position(|w| w == b"\n\n")
            .ok_or(ModelError::Damaged("its head has no end, or is longer than 10 kB"))?;
        let head = std::str::from_utf8(&rest[..end]).map_err(|_| ModelError::Damaged("its head is not text"))?;
        let head: Vec<(String, String)> =
            head.lines().filter_map(|l| l.split_once(": ")).map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
        let fact = |key: &str| head.iter().find(|(k, _)| k == key).map_or("unknown", |(_, v)| v.as_str());
        for (what, key, needed) in [("format", "format", FORMAT), ("features version", "features", FEATURES_VERSION)] {
            if fact(key).parse() != Ok(needed) {
                return Err(ModelError::Version { what, found: fact(key).to_owned(), needed });
            }
        }
        let weights = &rest[end + 2..];
        if u32::from_str_radix(fact(CHECKSUM), 16) != Ok(crc32fast::hash(weights)) {
            return Err(ModelError::Damaged("its checksum does not fit; fetch it again"));
        }
        let count = fact("rows").parse().ok().filter(|&rows: &usize| rows <= 1 << FEATURE_BITS);
        let count = count.ok_or(ModelError::Damaged("its head lacks the number of rows"))?;
        let (parts, length) = Parts::new(file.len() - weights.len(), count);
        if length != file.len() {
            return Err(ModelError::Damaged("it is not as long as its head says"));
        }
        let (steps, _) = weights.as_chunks::<2>();
        let transitions = std::array::from_fn(|from| std::array::from_fn(|to| i16::from_le_bytes(steps[from * LABELS + to]).into()));
        let (starts, _) = file[parts.starts..parts.keys].as_chunks::<4>();
        let starts = || starts.iter().map(|start| u32::from_le_bytes(*start) as usize);
        if !starts().is_sorted() || starts().next() != Some(0) || starts().next_back() != Some(count) {
            return Err(ModelError::Damaged("its rows are out of order"));
        }
        Ok(Self { head, transitions, file, parts })
    }

    /// Writes a model: `head` without what follows from the rest, the weights from label to label, and the rows in rising order
    /// of their features.
    #[must_use]
    pub fn write(head: &[(String, String)], transitions: &[[i16; LABELS]; LABELS], rows: &[(u32, [i8; LABELS])]) -> Vec<u8> {
        let mut weights = Vec::with_capacity(Parts::new(0, rows.len()).1);
        weights.extend(transitions.iter().flatten().flat_map(|weight| weight.to_le_bytes()));
        let first_of = |bucket: usize| rows.partition_point(|(feature, _)| ((feature >> BUCKET_BITS) as usize) < bucket) as u32;
        weights.extend((0..=BUCKETS).flat_map(|bucket| first_of(bucket).to_le_bytes()));
        weights.extend(rows.iter().map(|(feature, _)| feature.to_le_bytes()[0]));
        weights.extend([0; KEYS_AT_ONCE]);
        weights.extend(rows.iter().flat_map(|(_, row)| row.map(|weight| weight.to_le_bytes()[0])));
        weights.extend([0; WEIGHTS_AT_ONCE]);
        let mut file = format!("{MAGIC}\nformat: {FORMAT}\nfeatures: {FEATURES_VERSION}\n").into_bytes();
        for (key, value) in head {
            file.extend(format!("{key}: {}\n", value.replace('\n', " ")).bytes());
        }
        file.extend(format!("rows: {}\n{CHECKSUM}: {:08x}\n\n", rows.len(), crc32fast::hash(&weights)).bytes());
        file.extend(weights);
        file
    }

    /// What the head says, in order.
    #[must_use]
    pub fn head(&self) -> &[(String, String)] {
        &self.head
    }

    /// The sum of its weights, which tells it from others.
    #[must_use]
    pub fn checksum(&self) -> &str {
        self.head.iter().find(|(key, _)| key == CHECKSUM).map_or("", |(_, sum)| sum)
    }

    /// The weight of label `to` after label `from`.
    #[must_use]
    pub fn transition(&self, from: usize, to: usize) -> i32 {
        self.transitions[from][to]
    }

    /// The sums of the weights of `features`, label by label.
    #[must_use]
    pub fn sum(&self, features: &[u32]) -> [i16; LABELS] {
        let (starts, _) = self.file[self.parts.starts..self.parts.keys].as_chunks::<4>();
        let keys = &self.file[self.parts.keys..self.parts.rows];
        let rows = &self.file[self.parts.rows..];
        let mut sums = [0_i16; WEIGHTS_AT_ONCE];
        let mut at = [0_usize; 32];
        // first all places, then all rows: the machine fetches many at once from memory that is far away
        for features in features.chunks(at.len()) {
            for (at, feature) in at.iter_mut().zip(features) {
                *at = row(starts, keys, *feature).unwrap_or(self.parts.count);
            }
            for &row in &at[..features.len()] {
                let Some(weights) = rows[row * LABELS..].first_chunk::<WEIGHTS_AT_ONCE>() else { continue };
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum = sum.saturating_add(i16::from(weight.cast_signed()));
                }
            }
        }
        std::array::from_fn(|label| sums[label])
    }
}

/// Which row has the weights of `feature`.
///
/// Whether a feature has weights nobody can guess, the machine neither: so no branch hangs on it. All keys are compared at
/// once, and the lowest byte that is nought in `differ` is the first that is equal.
#[inline]
fn row(starts: &[[u8; 4]], keys: &[u8], feature: u32) -> Option<usize> {
    const LOW: u64 = 0x0101_0101_0101_0101;
    let bucket = (feature >> BUCKET_BITS) as usize;
    let (mut start, end) = (u32::from_le_bytes(starts[bucket]) as usize, u32::from_le_bytes(starts[bucket + 1]) as usize);
    let wanted = LOW * u64::from(feature & 0xff);
    loop {
        let keys = keys[start..].first_chunk::<KEYS_AT_ONCE>().map_or(0, |keys| u64::from_le_bytes(*keys));
        let differ = keys ^ wanted;
        let equal = differ.wrapping_sub(LOW) & !differ & (LOW << 7);
        let at = start + equal.trailing_zeros() as usize / 8;
        if at < start + KEYS_AT_ONCE || start + KEYS_AT_ONCE >= end {
            return (at < end).then_some(at);
        }
        start += KEYS_AT_ONCE;
    }
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

    fn scores(model: &NameModel, feature: u32) -> [i16; LABELS] {
        model.sum(&[feature])
    }

    #[test]
    fn what_was_written_is_read() {
        let model = NameModel::read(model()).unwrap();
        assert_eq!(model.transition(1, 2), 300);
        assert_eq!(scores(&model, 3)[..9], [0, 1, 0, 0, 0, 0, 0, 0, -5]);
        assert_eq!(scores(&model, 260)[..9], [7; 9]);
        assert_eq!(scores(&model, 70_000)[..5], [0, 0, -128, 0, 127]);
        assert_eq!(scores(&model, 4), [0; LABELS]);
        assert_eq!(scores(&model, (1 << 24) - 1), [0; LABELS]);
        assert_eq!(model.head()[2], ("licence".to_owned(), "none".to_owned()));
    }

    #[test]
    fn foreign_old_and_damaged_files_are_refused_with_the_reason() {
        let good = model();
        let error = |file: &[u8]| NameModel::read(file.to_vec()).unwrap_err();
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
