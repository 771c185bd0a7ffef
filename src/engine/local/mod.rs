//! The engine in this process: one Tantivy index in a folder or in memory. Only this module names Tantivy.

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod blocks;
mod collect;
mod copies;
mod counted;
mod cursor;
mod dictionary;
mod directory;
mod expand;
mod facets;
mod join;
mod leaf;
#[cfg(test)]
mod naive;
mod near;
mod places;
mod plan;
mod rank;
mod recent;
mod schema;
mod search;
mod tally;
mod tokens;
mod versions;
mod work;
mod write;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::directory::MmapDirectory;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::indexer::{LogMergePolicy, UserOperation};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{
    DocAddress, DocSet, Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Searcher, TERMINATED, TantivyDocument, TantivyError,
    Term,
};

use super::{Added, Copy, Engine, EngineError, Facet, FacetCounts, Found, Moment, Request, Scope, Status, Versions, bearers, fingerprint};
use crate::annotation::Record;
use crate::article::Article;
use crate::duplicate::Sketch;
use crate::query::arrange::Unit;
use crate::query::ast::{Field, Node};
use crate::revision::{Place, place, same_text};
use copies::Fresh;
use directory::{ReadOnlyDirectory, SharedDirectory};
use recent::Recent;
use schema::Fields;
pub use schema::INDEX_VERSION;
use work::Work;

/// Memory for the part of the index being written; a larger one means fewer parts.
const WRITER_MEMORY: usize = 128 << 20;

/// How many earlier versions of an article are kept.
const EARLIER: usize = 20;

/// An index in a folder or in memory.
pub struct LocalEngine {
    index: Index,
    fields: Fields,
    reader: IndexReader,
    writer: Option<IndexWriter>,
    /// What was added (with its fingerprint) or deleted since the last commit.
    pending: FxHashMap<String, Option<u64>>,
    /// By which copies of what was added since the last commit are found.
    fresh: Fresh,
    /// What was added last, to be read back before it is committed.
    recent: Recent,
    path: Option<PathBuf>,
    /// The sum of the model of names that annotates what is added, where it is not that inside the program.
    model: Option<String>,
    /// How many steps may be taken for one question.
    most_work: u64,
}

impl std::fmt::Debug for LocalEngine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LocalEngine").field("path", &self.path).field("writes", &self.writer.is_some()).finish_non_exhaustive()
    }
}

impl LocalEngine {
    /// Opens an index for reading. The folder may be read-only; others may write to it meanwhile.
    ///
    /// # Errors
    /// When there is none, or none that this program can read.
    pub fn open(path: &Path) -> Result<Self, EngineError> {
        if !path.exists() {
            return Err(EngineError::Missing(path.to_owned()));
        }
        versions::check(path)?;
        let directory = MmapDirectory::open(path).map_err(|e| at(path, e.into()))?;
        let (_, fields) = schema::schema();
        let index = guarded(path, || Index::open(ReadOnlyDirectory(directory)))?;
        let reader = guarded(path, || index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into())?;
        Ok(Self {
            index,
            fields,
            reader,
            writer: None,
            pending: FxHashMap::default(),
            fresh: Fresh::default(),
            recent: Recent::default(),
            path: Some(path.to_owned()),
            model: None,
            most_work: work::MOST,
        })
    }

    /// Opens an index for reading and writing; makes it where the folder is missing or empty.
    ///
    /// # Errors
    /// When the folder holds something else, cannot be written, or another process is writing to it.
    pub fn open_or_create(path: &Path) -> Result<Self, EngineError> {
        let io = |source| EngineError::Io { path: path.to_owned(), source };
        if path.exists() && !path.is_dir() {
            return Err(EngineError::NotAnIndex { path: path.to_owned(), what: "it is a file".to_owned() });
        }
        std::fs::create_dir_all(path).map_err(io)?;
        let fresh = std::fs::read_dir(path).map_err(io)?.next().is_none() || versions::is_only_begun(path).map_err(io)?;
        if fresh {
            versions::write(path, &Versions::default())?;
        } else {
            versions::check(path)?;
        }
        let directory = SharedDirectory::open(path).map_err(|e| at(path, e.into()))?;
        let (schema, fields) = schema::schema();
        let index =
            guarded(path, || if fresh { Index::create(directory, schema, IndexSettings::default()) } else { Index::open(directory) })?;
        Self::writing(index, fields, Some(path.to_owned()))
    }

    /// An index that is gone with the value.
    ///
    /// # Errors
    /// When no memory or thread is to be had.
    pub fn in_memory() -> Result<Self, EngineError> {
        let (schema, fields) = schema::schema();
        Self::writing(Index::create_in_ram(schema), fields, None)
    }

    fn writing(index: Index, fields: Fields, path: Option<PathBuf>) -> Result<Self, EngineError> {
        tokens::register(&index);
        let place = path.clone().unwrap_or_default();
        let writer: IndexWriter = guarded(&place, || {
            // One thread: the same articles in the same order give the same index, in few parts.
            index.writer_with_num_threads(1, WRITER_MEMORY)
        })?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(0.2);
        writer.set_merge_policy(Box::new(policy));
        let reader = guarded(&place, || index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into())?;
        let (pending, fresh, recent) = Default::default();
        let most_work = work::MOST;
        Ok(Self { index, fields, reader, writer: Some(writer), pending, fresh, recent, path, model: None, most_work })
    }

    /// Says which model of names annotates what is added from now on, by its sum; `None` is that inside the program. An index that
    /// is written to notes it.
    ///
    /// # Errors
    /// When it cannot be noted.
    pub fn annotated_with(&mut self, model: Option<&str>) -> Result<(), EngineError> {
        self.model = model.map(str::to_owned);
        if let (Some(path), Some(model), true) = (&self.path, model, self.writer.is_some()) {
            let mut versions = versions::read(path)?;
            if !versions.models.iter().any(|known| known == model) {
                versions.models.push(model.to_owned());
                versions::write(path, &versions)?;
            }
        }
        Ok(())
    }

    /// Waits until the parts of the index that are being merged are merged, and counts what a large index has.
    ///
    /// # Errors
    /// When a merge failed or what was counted cannot be written; all articles are still there.
    pub fn close(mut self) -> Result<(), EngineError> {
        let place = self.place().to_owned();
        let Some(writer) = self.writer.take() else { return Ok(()) };
        guarded(&place, || {
            writer.wait_merging_threads()?;
            self.reader.reload()
        })?;
        self.count_all()
    }

    fn place(&self) -> &Path {
        self.path.as_deref().unwrap_or(Path::new("(in memory)"))
    }

    fn guarded<T>(&self, work: impl FnOnce() -> tantivy::Result<T>) -> Result<T, EngineError> {
        guarded(self.place(), work)
    }

    /// The same for what is asked, which must not take without bound.
    fn bounded<T>(&self, ask: impl FnOnce(&Arc<Work>) -> tantivy::Result<T>) -> Result<T, EngineError> {
        let work = Arc::new(Work::new(self.most_work));
        let answer = self.guarded(|| ask(&work))?;
        if work.is_spent() { Err(EngineError::TooMuch) } else { Ok(answer) }
    }

    fn writer(&self) -> Result<&IndexWriter, EngineError> {
        self.writer.as_ref().ok_or(EngineError::ReadOnly)
    }

    fn id_term(&self, id: &str) -> Term {
        Term::from_field_text(self.fields.id, &write::id_word(id))
    }

    /// Where the article of this id stands.
    fn find(&self, searcher: &Searcher, id: &str) -> tantivy::Result<Option<DocAddress>> {
        let term = self.id_term(id);
        for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
            let Some(mut postings) = segment.inverted_index(self.fields.id)?.read_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            let mut last = None;
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if !segment.is_deleted(doc) {
                    last = Some(doc); // the article is the last of its block
                }
                doc = postings.advance();
            }
            if let Some(doc) = last {
                return Ok(Some(DocAddress::new(ordinal as u32, doc)));
            }
        }
        Ok(None)
    }

    fn stored_fingerprint(&self, id: &str) -> Result<Option<u64>, EngineError> {
        if let Some(pending) = self.pending.get(id) {
            return Ok(*pending);
        }
        self.guarded(|| {
            let searcher = self.reader.searcher();
            let Some(address) = self.find(&searcher, id)? else { return Ok(None) };
            let column = searcher.segment_reader(address.segment_ord).fast_fields().u64(schema::FINGERPRINT)?;
            Ok(column.first(address.doc_id))
        })
    }

    /// Writes the block of a record, in place of the one of its id where there `is` one.
    fn put(&mut self, record: &Record, fingerprint: u64, earlier: &[Record], is: bool) -> Result<(), EngineError> {
        let id = &record.article.id;
        let sketch = Sketch::of(&record.article);
        let group = sketch.as_ref().map_or(Ok(fingerprint), |sketch| self.group_of(id, sketch, fingerprint))?;
        let earlier = &earlier[earlier.len().saturating_sub(EARLIER)..];
        let beside = write::Beside { fingerprint, group, sketch: sketch.as_ref(), earlier };
        let block = write::block(&self.fields, record, &beside)?.into_iter().map(UserOperation::Add);
        let operations = is.then(|| UserOperation::Delete(self.id_term(id))).into_iter().chain(block).collect::<Vec<_>>();
        let writer = self.writer()?;
        self.guarded(|| writer.run(operations))?;
        self.pending.insert(id.clone(), Some(fingerprint));
        self.recent.insert(record, earlier);
        if let Some(sketch) = sketch {
            self.fresh.insert(id, group, sketch);
        }
        Ok(())
    }

    fn record_at(&self, searcher: &Searcher, address: DocAddress) -> tantivy::Result<Record> {
        let document: TantivyDocument = searcher.doc(address)?;
        record_of(document.get_first(self.fields.record).and_then(|v| v.as_str()).unwrap_or_default())
    }
}

impl Engine for LocalEngine {
    fn add(&mut self, record: &Record) -> Result<Added, EngineError> {
        let id = &record.article.id;
        if id.is_empty() {
            return Err(EngineError::NoId);
        }
        let fingerprint = fingerprint(&record.article, self.model.as_deref());
        let known = self.stored_fingerprint(id)?;
        if known == Some(fingerprint) {
            return Ok(Added::Unchanged);
        }
        let mut earlier = Vec::new();
        if known.is_some() {
            earlier = self.versions_now(id)?;
            if let Some(present) = earlier.pop() {
                match place(record, &present, &earlier) {
                    Place::Known => return Ok(Added::Unchanged),
                    Place::Earlier(at) => {
                        earlier.insert(at, record.clone());
                        // Not computed anew: what the article brought along is not all stored.
                        self.put(&present, known.unwrap_or(fingerprint), &earlier, true)?;
                        return Ok(Added::Earlier);
                    }
                    Place::Present if same_text(&present, record) => {}
                    Place::Present => earlier.push(present),
                }
            }
        }
        self.put(record, fingerprint, &earlier, known.is_some())?;
        Ok(if known.is_some() { Added::Replaced } else { Added::Added })
    }

    fn holds(&self, article: &Article) -> Result<bool, EngineError> {
        Ok(self.stored_fingerprint(&article.id)? == Some(fingerprint(article, self.model.as_deref())))
    }

    fn delete(&mut self, id: &str) -> Result<bool, EngineError> {
        if self.stored_fingerprint(id)?.is_none() {
            return Ok(false);
        }
        let writer = self.writer()?;
        let term = self.id_term(id);
        self.guarded(|| Ok(writer.delete_term(term)))?;
        self.pending.insert(id.to_owned(), None);
        self.recent.remove(id);
        Ok(true)
    }

    fn commit(&mut self) -> Result<(), EngineError> {
        let place = self.place().to_owned();
        let writer = self.writer.as_mut().ok_or(EngineError::ReadOnly)?;
        guarded(&place, || {
            if let Err(error) = writer.commit() {
                // What was there before the failure stays.
                let _ = writer.rollback();
                return Err(error);
            }
            // Tantivy renames meta.json without this: after a power cut the old one could stand there.
            tantivy::Directory::sync_directory(self.index.directory())?;
            self.reader.reload()
        })?;
        self.pending.clear();
        self.fresh.clear();
        self.recent.clear();
        Ok(())
    }

    fn get(&self, id: &str) -> Result<Option<Record>, EngineError> {
        self.guarded(|| {
            let searcher = self.reader.searcher();
            self.find(&searcher, id)?.map(|address| self.record_at(&searcher, address)).transpose()
        })
    }

    fn versions(&self, id: &str) -> Result<Vec<Record>, EngineError> {
        self.guarded(|| {
            let searcher = self.reader.searcher();
            let Some(address) = self.find(&searcher, id)? else { return Ok(Vec::new()) };
            let document: TantivyDocument = searcher.doc(address)?;
            let stored = document.get_all(self.fields.earlier).chain(document.get_first(self.fields.record));
            stored.map(|json| record_of(json.as_str().unwrap_or_default())).collect()
        })
    }

    fn versions_now(&mut self, id: &str) -> Result<Vec<Record>, EngineError> {
        if let Some(versions) = self.recent.get(id) {
            return Ok(versions.to_vec());
        }
        if self.pending.contains_key(id) {
            self.commit()?;
        }
        self.versions(id)
    }

    fn each(&self, each: &mut dyn FnMut(Record) -> bool) -> Result<(), EngineError> {
        self.guarded(|| {
            let searcher = self.reader.searcher();
            for (_, address) in self.articles_by_id(&searcher)? {
                if !each(self.record_at(&searcher, address)?) {
                    break;
                }
            }
            Ok(())
        })
    }

    fn search(&self, request: &Request) -> Result<Found, EngineError> {
        self.bounded(|work| self.answer(request, work))
    }

    fn related(&self, record: &Record, filter: &Node, limit: usize) -> Result<Found, EngineError> {
        self.bounded(|work| self.alike(record, filter, limit, work))
    }

    fn count(&self, scope: Scope<'_>, fold: bool) -> Result<u64, EngineError> {
        self.bounded(|work| self.count_of(scope, fold, work))
    }

    fn facet(&self, scope: Scope<'_>, by: Facet, limit: usize) -> Result<FacetCounts, EngineError> {
        self.bounded(|work| self.facet_of(scope, by, limit, work))
    }

    fn counted_before(&self, by: Facet, limit: usize) -> Option<(FacetCounts, Vec<bearers::Short>)> {
        self.all_counted(by, limit)
    }

    fn moments(&self, scope: Scope<'_>, split: Option<Facet>) -> Result<Vec<Moment>, EngineError> {
        self.bounded(|work| self.moments_of(scope, split, work))
    }

    fn near_spellings(&self, word: &str, field: Field, unit: Unit) -> Result<Vec<(String, u64)>, EngineError> {
        self.bounded(|work| self.spelt_nearly(word, field, unit, work))
    }

    fn status(&self) -> Result<Status, EngineError> {
        let mut status = Status { path: self.path.clone(), ..Status::default() };
        if let Some(path) = &self.path {
            status.versions = versions::read(path)?;
            status.bytes = std::fs::read_dir(path)
                .map_err(|source| EngineError::Io { path: path.clone(), source })?
                .filter_map(|entry| entry.ok()?.metadata().ok())
                .map(|meta| meta.len())
                .sum();
        }
        self.guarded(|| self.fill(&mut status))?;
        Ok(status)
    }
}

impl LocalEngine {
    fn articles_by_id(&self, searcher: &Searcher) -> tantivy::Result<Vec<(String, DocAddress)>> {
        let mut all = Vec::new();
        for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
            let back = segment.fast_fields().u64(schema::BACK)?;
            let Some(ids) = segment.fast_fields().str(schema::ID)? else { continue };
            for doc in segment.doc_ids_alive().filter(|&doc| back.first(doc) == Some(0)) {
                let mut id = String::new();
                if let Some(ord) = ids.term_ords(doc).next() {
                    ids.ord_to_str(ord, &mut id)?;
                }
                all.push((id, DocAddress::new(ordinal as u32, doc)));
            }
        }
        all.sort_unstable();
        Ok(all)
    }

    fn fill(&self, status: &mut Status) -> tantivy::Result<()> {
        let searcher = self.reader.searcher();
        let (mut oldest, mut newest) = (None, None);
        let mut sources: FxHashMap<String, u64> = FxHashMap::default();
        status.segments = searcher.segment_readers().len();
        for segment in searcher.segment_readers() {
            let columns = segment.fast_fields();
            let (back, dates) = (columns.u64(schema::BACK)?, columns.date(schema::WALL)?);
            let outlets = columns.str("source_column")?;
            let mut by_ordinal: FxHashMap<u64, u64> = FxHashMap::default();
            for doc in segment.doc_ids_alive() {
                if back.first(doc) != Some(0) {
                    status.quotes += 1;
                    continue;
                }
                status.articles += 1;
                if let Some(date) = dates.first(doc) {
                    let date = date.into_timestamp_secs();
                    oldest = Some(oldest.map_or(date, |o: i64| o.min(date)));
                    newest = Some(newest.map_or(date, |n: i64| n.max(date)));
                }
                if let Some(ord) = outlets.as_ref().and_then(|o| o.term_ords(doc).next()) {
                    *by_ordinal.entry(ord).or_default() += 1;
                }
            }
            if let Some(outlets) = outlets {
                for (ord, count) in by_ordinal {
                    let mut name = String::new();
                    outlets.ord_to_str(ord, &mut name)?;
                    *sources.entry(name).or_default() += count;
                }
            }
        }
        let rfc3339 = |secs: i64| jiff::Timestamp::from_second(secs).ok().map(|t| t.to_string());
        status.oldest = oldest.and_then(rfc3339);
        status.newest = newest.and_then(rfc3339);
        status.sources = sources.into_iter().collect();
        status.sources.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(())
    }
}

/// Reads of what [`write`] stores what is told of a copy.
fn copy_of(stored: &str) -> tantivy::Result<Copy> {
    let (_, record) = stored.split_once('\n').unwrap_or(("null", stored));
    serde_json::from_str(record).map_err(|e| TantivyError::InternalError(format!("a stored article cannot be read: {e}")))
}

/// Reads what [`write`] stores.
fn record_of(stored: &str) -> tantivy::Result<Record> {
    let (place, record) = stored.split_once('\n').unwrap_or(("null", stored));
    let read = || -> serde_json::Result<Record> {
        let mut record: Record = serde_json::from_str(record)?;
        record.article.place = serde_json::from_str(place)?;
        Ok(record)
    };
    read().map_err(|e| TantivyError::InternalError(format!("a stored article cannot be read: {e}")))
}

/// Runs `work` on the index at `path`; a panic over damaged files becomes an error.
fn guarded<T>(path: &Path, work: impl FnOnce() -> tantivy::Result<T>) -> Result<T, EngineError> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(at(path, error)),
        Err(panic) => {
            let what = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
            Err(EngineError::Damaged { path: path.to_owned(), what: what.unwrap_or("its files cannot be read").to_owned() })
        }
    }
}

/// What an error of Tantivy means for the index at `path`.
fn at(path: &Path, error: TantivyError) -> EngineError {
    let path = path.to_owned();
    let io = |path, source: &std::io::Error| EngineError::Io { path, source: std::io::Error::new(source.kind(), source.to_string()) };
    match error {
        TantivyError::LockFailure(LockError::IoError(error), _) => io(path, &error),
        TantivyError::LockFailure(..) => EngineError::Locked(path),
        TantivyError::IoError(error) => io(path, &error),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => io(path.join(filepath), &io_error),
        TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. }) => io(path, &io_error),
        TantivyError::OpenDirectoryError(error) => EngineError::NotAnIndex { path, what: error.to_string() },
        // a thread of the writer died, most often for want of space: what was committed before is sound
        TantivyError::ErrorInThread(_) | TantivyError::Poisoned => EngineError::Writing { path, what: error.to_string() },
        error => EngineError::Damaged { path, what: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Annotations, Quote};

    fn record(id: &str, body: &str, quotes: &[&str]) -> Record {
        let article = Article { id: id.to_owned(), body: body.to_owned(), ..Article::default() };
        let quotes = quotes.iter().map(|q| Quote { text: (*q).to_owned(), ..Quote::default() }).collect();
        Record::new(article, Annotations { quotes, ..Annotations::default() })
    }

    fn counts(engine: &LocalEngine) -> (u64, u64) {
        let status = engine.status().unwrap();
        (status.articles, status.quotes)
    }

    #[test]
    fn an_article_replaces_its_old_self_with_its_quotes() {
        let mut engine = LocalEngine::in_memory().unwrap();
        assert_eq!(engine.add(&record("a", "Old words.", &["one", "two"])).unwrap(), Added::Added);
        assert_eq!(engine.add(&record("a", "Old words.", &["one", "two"])).unwrap(), Added::Unchanged, "before a commit");
        engine.commit().unwrap();
        assert_eq!(counts(&engine), (1, 2));
        assert_eq!(engine.add(&record("a", "Old words.", &["one", "two"])).unwrap(), Added::Unchanged);
        assert_eq!(engine.add(&record("a", "New words.", &["three"])).unwrap(), Added::Replaced);
        engine.commit().unwrap();
        assert_eq!(counts(&engine), (1, 1));
        assert_eq!(engine.get("a").unwrap().unwrap().article.body, "New words.");
        assert!(engine.delete("a").unwrap());
        assert!(!engine.delete("a").unwrap());
        engine.commit().unwrap();
        assert_eq!(counts(&engine), (0, 0));
        assert!(engine.get("a").unwrap().is_none());
    }

    #[test]
    fn of_quotes_that_match_alike_the_surest_stands_first() {
        let mut engine = LocalEngine::in_memory().unwrap();
        for (id, confidence) in [("a", 0.2), ("b", 0.9), ("c", 0.5)] {
            let mut record = record(id, "The ferry sails.", &["The ferry sails"]);
            record.annotations.quotes[0].confidence = confidence;
            engine.add(&record).unwrap();
        }
        engine.commit().unwrap();
        let asked = crate::query::syntax::parse("ferry", crate::query::syntax::Reading::default()).unwrap().node;
        let request = Request {
            node: crate::query::arrange::arrange(asked, Unit::Quotes),
            unit: Unit::Quotes,
            sort: crate::engine::Sort::Relevance,
            offset: 0,
            limit: 10,
            expand: false,
            exact_names: false,
            all_copies: true,
            explain: true,
        };
        let found = engine.search(&request).unwrap();
        let ids: Vec<&str> = found.hits.iter().map(|hit| hit.record.article.id.as_str()).collect();
        assert_eq!(ids, ["b", "c", "a"]);
        assert!(found.hits[2].explanation.as_ref().unwrap().contains("how sure the speaker is"));
    }

    #[test]
    fn what_asks_too_much_is_refused() {
        let mut engine = LocalEngine::in_memory().unwrap();
        for number in 0..50 {
            let body: Vec<String> = (0..40).map(|i| format!("the ferry sail{i} from the harbour{number}")).collect();
            engine.add(&record(&format!("a{number}"), &body.join(" and "), &[])).unwrap();
        }
        engine.commit().unwrap();
        for (query, least) in [
            ("the NEAR/100 ferry NEAR/100 the NEAR/100 and", 100_000),
            ("the SENTENCE ferry SENTENCE the SENTENCE and", 10_000),
            ("\"f* s* the\"~50", 10_000),
            ("sail1~ OR sail2~ OR harbour1~ OR harbour2~", 500),
            ("s* OR h* OR f*", 500),
        ] {
            let node = crate::query::syntax::parse(query, crate::query::syntax::Reading::default()).unwrap().node;
            let mut ask = |most_work| {
                engine.most_work = most_work;
                engine.count(Scope { node: &node, unit: Unit::Articles, exact_names: false }, false)
            };
            assert!(matches!(ask(least / 10), Err(EngineError::TooMuch)), "{query}");
            assert_eq!(ask(least * 20).unwrap(), 50, "{query}");
        }
    }

    #[test]
    fn records_come_in_the_order_of_their_ids() {
        let mut engine = LocalEngine::in_memory().unwrap();
        for id in ["b", "c", "a"] {
            engine.add(&record(id, "Text.", &["q"])).unwrap();
            engine.commit().unwrap();
        }
        let mut seen = Vec::new();
        engine
            .each(&mut |r| {
                seen.push(r.article.id);
                true
            })
            .unwrap();
        assert_eq!(seen, ["a", "b", "c"]);
    }

    #[test]
    fn an_id_longer_than_a_term_may_be_is_found_again() {
        let mut engine = LocalEngine::in_memory().unwrap();
        let id = "é".repeat(50_000);
        engine.add(&record(&id, "Text.", &[])).unwrap();
        engine.commit().unwrap();
        assert!(engine.get(&id).unwrap().is_some());
        assert!(engine.delete(&id).unwrap());
    }

    #[test]
    fn folders_that_are_no_index_are_named_as_such() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        assert!(matches!(LocalEngine::open(&path), Err(EngineError::Missing(_))));
        std::fs::create_dir(&path).unwrap();
        std::fs::write(path.join("notes.txt"), "mine").unwrap();
        assert!(matches!(LocalEngine::open(&path), Err(EngineError::NotAnIndex { .. })));
        assert!(matches!(LocalEngine::open_or_create(&path), Err(EngineError::NotAnIndex { .. })));
        let path = folder.path().join("other");
        let mut engine = LocalEngine::open_or_create(&path).unwrap();
        engine.add(&record("a", "Text.", &[])).unwrap();
        engine.commit().unwrap();
        assert!(matches!(LocalEngine::open_or_create(&path), Err(EngineError::Locked(_))), "one writer at a time");
        let reader = LocalEngine::open(&path).unwrap();
        assert_eq!(counts(&reader), (1, 0));
        engine.close().unwrap();
        let mut reader = LocalEngine::open(&path).unwrap();
        assert!(matches!(reader.add(&record("b", "Text.", &[])), Err(EngineError::ReadOnly)));
        for (file, damaged) in
            [(r#"{"index":999,"analyzer":1,"annotator":1}"#, false), ("{", false), (r#"{"index":0,"analyzer":1,"annotator":1}"#, false)]
        {
            std::fs::write(path.join("dictum.json"), file).unwrap();
            let error = LocalEngine::open(&path).unwrap_err();
            assert_eq!(matches!(error, EngineError::Damaged { .. }), damaged, "{error}");
        }
    }
}
