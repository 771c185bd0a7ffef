//! Which files an index was made from, so that unchanged ones need not be read again.
//!
//! A file of JSON lines inside the folder of the index, appended to after each commit: what it names is in the index. To lose
//! it costs one more reading and nothing else.

use std::borrow::Cow;
use std::fs::{self, File as OpenFile, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::place::key_of_name;
use crate::annotate::ANNOTATOR_VERSION;
use crate::parse::{Options, dates::Order};
use crate::read::{File, Refusal, RefusalKind, name_of};
use crate::render::json;

/// Its name in the folder of the index.
const NAME: &str = "files-read.jsonl";

/// The files read so far.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    head: Head,
    /// By the [`key_of_name`] of their files.
    entries: FxHashMap<u64, Entry>,
    /// Lines in the file, those included that later ones made obsolete; 0 where it must be written anew.
    lines: usize,
}

/// The first line. Of entries made under another head only the name holds: the same file may now give other articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    dictum: String,
    annotator: u32,
    /// The sum of the model of names, where it was not that inside the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    map: Vec<(String, String)>,
    #[serde(default)]
    order: Option<Order>,
}

/// A file that was read to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its absolute path.
    pub file: String,
    /// Its path below the folder given: the ids of its articles hang on it.
    pub below: String,
    /// In bytes.
    pub size: u64,
    /// Nanoseconds since 1970.
    pub modified: Option<u128>,
    /// CRC-32 of its bytes.
    pub checksum: u32,
    /// How many articles it gave.
    pub articles: u64,
    /// How many of its records were refused.
    pub refused: u64,
    /// What was said of its records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Told>,
    /// Whether another file has some of the same articles: then it is looked at again when that other has gone.
    pub shares: bool,
    /// Whether it was read by another version of dictum or with another `--map`: only its name holds then.
    #[serde(default)]
    pub outdated: bool,
}

/// What was said of a record of a file when it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Within an archive, `!inner/name`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    inside: String,
    position: Option<String>,
    reason: String,
    kind: RefusalKind,
}

/// What a file gave.
#[derive(Debug, Default)]
pub struct Given {
    /// How many articles.
    pub articles: u64,
    /// How many of its records were refused.
    pub refused: u64,
    /// Whether another file has some of the same articles.
    pub shares: bool,
    /// What was said of its records, the first [`KEPT`] of them.
    pub told: Vec<Refusal>,
}

/// So much that was said of the records of one file is kept.
pub const KEPT: usize = 1000;

impl Ledger {
    /// The ledger of the index in `folder`, as far as it was made with the same `options` and `model` of names by this version of
    /// dictum; the model by its sum, `None` is that inside the program.
    #[must_use]
    pub fn open(folder: &Path, options: &Options, model: Option<&str>) -> Self {
        let path = folder.join(NAME);
        let Options { map, order } = options.clone();
        let head = Head {
            dictum: env!("CARGO_PKG_VERSION").to_owned(),
            annotator: ANNOTATOR_VERSION,
            model: model.map(str::to_owned),
            map,
            order,
        };
        let mut ledger = Self { path, head, entries: FxHashMap::default(), lines: 0 };
        // Whatever cannot be read of it is as if it were not there.
        let _ = ledger.load();
        ledger
    }

    fn load(&mut self) -> io::Result<()> {
        let mut lines = BufReader::new(OpenFile::open(&self.path)?).lines();
        let head = lines.next().transpose()?.unwrap_or_default();
        let current = serde_json::from_str::<Head>(&head).ok().as_ref() == Some(&self.head);
        let mut count = 1;
        for line in lines {
            let Ok(mut entry) = serde_json::from_str::<Entry>(&line?) else { continue };
            entry.outdated |= !current;
            self.entries.insert(key_of_name(&entry.file), entry);
            count += 1;
        }
        self.lines = if current { count } else { 0 };
        Ok(())
    }

    fn entry(&self, file: &str) -> Option<&Entry> {
        self.entries.get(&key_of_name(file)).filter(|entry| entry.file == file)
    }

    /// The path below the folder given under which this file was read before: it keeps the ids that hang on it when it is
    /// read from another folder, its own or one above.
    #[must_use]
    pub fn name(&self, file: &File) -> Option<&str> {
        Some(self.entry(&place_of(file)?)?.below.as_str())
    }

    /// The entry of a file that has not changed since it was read: same size and time, or else the same bytes.
    #[must_use]
    pub fn unchanged(&self, file: &File) -> Option<&Entry> {
        let entry = self.entry(&place_of(file)?)?;
        if entry.outdated || entry.below != file.origin.below || entry.size != file.size {
            return None;
        }
        let same_time = entry.modified.is_some() && entry.modified == modified(file);
        (same_time || checksum(file.location.as_deref()?).ok() == Some(entry.checksum)).then_some(entry)
    }

    /// Notes what was read, after the commit that holds its articles.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn append(&mut self, fresh: Vec<Entry>) -> io::Result<()> {
        let anew = self.lines == 0 || self.lines > 2 * (self.entries.len() + fresh.len()) + 1000;
        let mut written = Vec::new();
        if anew {
            json::line(&mut written, &self.head)?;
            self.entries.extend(fresh.into_iter().map(|entry| (key_of_name(&entry.file), entry)));
            let mut all: Vec<&Entry> = self.entries.values().collect();
            all.sort_unstable_by(|one, other| one.file.cmp(&other.file));
            self.lines = 1 + all.len();
            for entry in all {
                json::line(&mut written, entry)?;
            }
            let beside = self.path.with_extension("new");
            fs::write(&beside, written)?;
            return fs::rename(beside, &self.path);
        }
        for entry in fresh {
            json::line(&mut written, &entry)?;
            self.lines += 1;
            self.entries.insert(key_of_name(&entry.file), entry);
        }
        OpenOptions::new().append(true).open(&self.path)?.write_all(&written)
    }

    /// The ledger of the index in `folder`, whatever it was made with.
    #[must_use]
    pub fn as_it_is(folder: &Path) -> Self {
        let mut ledger = Self::open(folder, &Options::default(), None);
        if let Ok(Some(Ok(line))) = OpenFile::open(&ledger.path).map(|file| BufReader::new(file).lines().next())
            && let Ok(head) = serde_json::from_str(&line)
        {
            ledger.head = head;
            ledger.entries.clear();
            let _ = ledger.load();
        }
        ledger
    }

    /// Has these files read again when they are next met; their names hold.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn mark_outdated<'a>(&mut self, files: impl IntoIterator<Item = &'a Path>) -> io::Result<()> {
        let known = files.into_iter().filter_map(|file| self.entry(&name_of(file.as_os_str())));
        let outdated: Vec<Entry> = known.filter(|entry| !entry.outdated).map(|entry| Entry { outdated: true, ..entry.clone() }).collect();
        if outdated.is_empty() { Ok(()) } else { self.append(outdated) }
    }

    /// The files that `is_one` says, as files that share articles with others.
    #[must_use]
    pub fn sharing(&self, is_one: impl Fn(&Entry) -> bool) -> Vec<Entry> {
        let found = self.entries.values().filter(|entry| !entry.shares && is_one(entry));
        let mut found: Vec<Entry> = found.map(|entry| Entry { shares: true, ..entry.clone() }).collect();
        found.sort_unstable_by(|one, other| one.file.cmp(&other.file));
        found
    }

    /// Forgets files that have gone; written with the next [`Ledger::append`].
    pub fn forget(&mut self, gone: impl Fn(&Entry) -> bool) {
        let before = self.entries.len();
        self.entries.retain(|_, entry| !gone(entry));
        if self.entries.len() != before {
            self.lines = 0;
        }
    }
}

impl Entry {
    /// What is to be known of a file; nothing of what cannot be read twice, as a pipe cannot.
    ///
    /// # Errors
    /// When it can no longer be read.
    pub fn new(file: &File, given: &Given) -> io::Result<Option<Self>> {
        let Some(location) = file.location.as_ref().filter(|location| location.is_file()) else { return Ok(None) };
        Ok(Some(Self {
            file: name_of(location.as_os_str()).into_owned(),
            below: file.origin.below.clone(),
            size: file.size,
            modified: modified(file),
            checksum: checksum(location)?,
            articles: given.articles,
            refused: given.refused,
            told: given.told.iter().take(KEPT).map(|refusal| Told::of(refusal, file)).collect(),
            shares: given.shares,
            outdated: false,
        }))
    }

    /// What was said of the records of this `file` when it was read.
    pub fn told<'a>(&'a self, file: &'a File) -> impl Iterator<Item = Refusal> + 'a {
        self.told.iter().map(|Told { inside, position, reason, kind }| Refusal {
            path: format!("{}{inside}", file.origin.path),
            position: position.clone(),
            reason: reason.clone(),
            kind: *kind,
        })
    }
}

impl Told {
    fn of(refusal: &Refusal, file: &File) -> Self {
        let Refusal { path, position, reason, kind } = refusal.clone();
        let inside = path.strip_prefix(&file.origin.path).unwrap_or_default().to_owned();
        Self { inside, position, reason, kind }
    }
}

fn place_of(file: &File) -> Option<Cow<'_, str>> {
    file.location.as_deref().map(|location| name_of(location.as_os_str()))
}

fn modified(file: &File) -> Option<u128> {
    Some(file.modified?.duration_since(UNIX_EPOCH).ok()?.as_nanos())
}

fn checksum(path: &Path) -> io::Result<u32> {
    let mut file = OpenFile::open(path)?;
    let mut hasher = crc32fast::Hasher::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finalize()),
            read => hasher.update(&buffer[..read]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Selection, files};

    fn only_file(root: &Path) -> File {
        files(&[root.to_owned()], &Selection::default()).next().unwrap().unwrap()
    }

    #[test]
    fn a_file_is_known_again_until_its_bytes_change() {
        let (index, news) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let story = news.path().join("story.txt");
        fs::write(&story, "One text.").unwrap();
        let mut ledger = Ledger::open(index.path(), &Options::default(), None);
        let file = only_file(news.path());
        assert!(ledger.unchanged(&file).is_none());
        ledger.append(vec![Entry::new(&file, &Given { articles: 1, ..Given::default() }).unwrap().unwrap()]).unwrap();

        let again = Ledger::open(index.path(), &Options::default(), None);
        assert_eq!(again.unchanged(&file).map(|entry| entry.articles), Some(1));
        let map = Options { map: vec![("body".into(), "text".into())], ..Options::default() };
        assert!(Ledger::open(index.path(), &map, None).unchanged(&file).is_none(), "other --map");
        let order = Options { order: Some(Order::DayFirst), ..Options::default() };
        assert!(Ledger::open(index.path(), &order, None).unchanged(&file).is_none(), "other --dates");
        let other = Ledger::open(index.path(), &Options::default(), Some("0badcafe"));
        assert!(other.unchanged(&file).is_none(), "other --model");

        fs::write(&story, "One text.").unwrap();
        assert!(again.unchanged(&only_file(news.path())).is_some(), "a new time alone is no change");
        fs::write(&story, "Two text.").unwrap();
        assert!(again.unchanged(&only_file(news.path())).is_none());
    }

    #[test]
    fn a_broken_ledger_is_as_good_as_none() {
        let index = tempfile::tempdir().unwrap();
        fs::write(index.path().join(NAME), b"\xff\xfe no ledger").unwrap();
        let mut ledger = Ledger::open(index.path(), &Options::default(), None);
        assert_eq!(ledger.entries.len(), 0);
        ledger.append(Vec::new()).unwrap();
        assert!(fs::read_to_string(index.path().join(NAME)).unwrap().starts_with("{\"dictum\""));
    }
}
