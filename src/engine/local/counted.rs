//! What is counted of a whole index, written beside it when it is closed: to gather hundreds of thousands of names takes longer
//! than all else that is asked. What does not belong to the index as it is now is not used, and counted anew.

use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::Searcher;

use super::LocalEngine;
use crate::engine::bearers::{self, Short};
use crate::engine::{EngineError, Facet, FacetCounts, Scope};
use crate::lexicon::aliases::Aliases;
use crate::query::arrange::Unit;
use crate::query::ast::Node;

const NAME: &str = "counts.json";
/// Goes up whenever the same index would be counted otherwise.
const VERSION: u32 = 1;
/// So many values of each kind are kept.
const KEPT: usize = 200;
/// With fewer documents than this an index is counted as fast as the file is read.
const LEAST: u64 = 20_000;

#[derive(Serialize, Deserialize)]
struct Counted {
    version: u32,
    index: Parts,
    facets: Vec<(Facet, (FacetCounts, Vec<Short>))>,
}

/// The parts of an index, with what is deleted in each: where these are the same, the index is.
type Parts = Vec<(String, u32)>;

fn parts(searcher: &Searcher) -> Parts {
    let of = |reader: &tantivy::SegmentReader| (reader.segment_id().uuid_string(), reader.num_deleted_docs());
    let mut parts: Parts = searcher.segment_readers().iter().map(of).collect();
    parts.sort_unstable();
    parts
}

fn read(path: &Path, searcher: &Searcher) -> Option<Counted> {
    let text = std::fs::read(path.join(NAME)).ok()?;
    let counted: Counted = serde_json::from_slice(&text).ok()?;
    (counted.version == VERSION && counted.index == parts(searcher)).then_some(counted)
}

impl LocalEngine {
    /// Counts all, where the index is large and has changed.
    pub(super) fn count_all(&self) -> Result<(), EngineError> {
        let searcher = self.reader.searcher();
        let Some(path) = &self.path else { return Ok(()) };
        if searcher.num_docs() < LEAST || read(path, &searcher).is_some() {
            return Ok(());
        }
        let mut facets = Vec::new();
        for by in Facet::ALL {
            let unit = if by == Facet::Speaker { Unit::Quotes } else { Unit::Articles };
            let scope = Scope { node: &Node::All, unit, exact_names: false };
            facets.push((by, bearers::counted(self, scope, by, KEPT, &Aliases::default())?));
        }
        let json = serde_json::to_vec(&Counted { version: VERSION, index: parts(&searcher), facets }).unwrap_or_default();
        let (file, beside) = (path.join(NAME), path.join(format!("{NAME}.new")));
        let written = std::fs::write(&beside, json).and_then(|()| std::fs::rename(&beside, &file));
        written.map_err(|source| EngineError::Io { path: file, source })
    }

    pub(super) fn all_counted(&self, by: Facet, limit: usize) -> Option<(FacetCounts, Vec<Short>)> {
        let counted = read(self.path.as_deref()?, &self.reader.searcher())?;
        let (_, (counts, gathered)) = counted.facets.into_iter().find(|(facet, _)| *facet == by)?;
        let enough = limit <= KEPT || counts.distinct <= KEPT as u64;
        enough.then(|| bearers::first((counts, gathered), limit))
    }
}
