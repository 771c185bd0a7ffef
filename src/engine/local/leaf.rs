//! The query of one pattern in one or several fields, scored by BM25 over the fields together (BM25F: Robertson, Zaragoza
//! and Taylor, "Simple BM25 extension to multiple weighted fields", 2004).

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, TantivyError};

use super::cursor::{Cursor, Open};
use super::dictionary::{Kind, Known, spellings};
use super::schema::LEAD;
use super::work::Work;
use crate::query::ast::Pattern;

/// BM25's saturation of counts.
const K1: f32 = 1.2;
/// BM25's normalisation of lengths; a little less of it than the usual 0.75 did better on newswire and on abstracts alike.
const B: f32 = 0.6;

/// One field that a pattern is looked for in.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The field.
    pub field: Field,
    /// What it holds.
    pub kind: Kind,
    /// The field of its sentences and paragraphs.
    pub breaks: Option<Field>,
    /// What a find there counts.
    pub weight: f32,
    /// Whether longer texts count less.
    pub normed: bool,
    /// Whether only finds in the lead count.
    pub lead: bool,
}

/// See the module.
#[derive(Clone, Debug)]
pub struct LeafQuery {
    /// What is looked for.
    pub pattern: Arc<Pattern>,
    /// Where.
    pub places: Arc<[Place]>,
    /// How many documents there are of the kind that is asked for: the N of the idf.
    pub documents: u64,
    /// How much may be done.
    pub work: Arc<Work>,
}

struct LeafWeight {
    query: LeafQuery,
    scores: bool,
    idf: f32,
    averages: Vec<f32>,
    known: Known,
}

struct LeafScorer {
    fields: Vec<FieldCursor>,
    doc: DocId,
    factor: f32,
    scores: bool,
}

struct FieldCursor {
    cursor: Cursor,
    norms: Option<FieldNormReader>,
    weight: f32,
    average: f32,
}

impl LeafQuery {
    /// How much a find of the pattern tells: the sum of the idf of its words.
    pub fn idf(&self, searcher: &Searcher, known: &mut Known) -> tantivy::Result<f32> {
        let mut sum = 0.0;
        for term in self.pattern.terms() {
            let mut most = 0;
            for place in self.places.iter() {
                let mut frequency = 0;
                for segment in searcher.segment_readers() {
                    let found = spellings(term, place.kind, place.field, &*segment.inverted_index(place.field)?, &self.work)?;
                    frequency += found.terms.iter().map(|info| u64::from(info.doc_freq)).sum::<u64>();
                    known.insert((segment.segment_id(), place.field, term.clone()), found);
                }
                most = most.max(frequency.min(self.documents));
            }
            sum += idf(most, self.documents);
        }
        Ok(match &*self.pattern {
            Pattern::Either(parts) => sum / parts.len().max(1) as f32,
            _ => sum,
        })
    }
}

/// BM25's inverse document frequency.
pub fn idf(frequency: u64, documents: u64) -> f32 {
    let (frequency, documents) = (frequency as f32, documents.max(frequency) as f32);
    (1.0 + (documents - frequency + 0.5) / (frequency + 0.5)).ln()
}

/// The average length of a field, in words of the index.
pub fn average_length(searcher: &Searcher, field: Field, documents: u64) -> tantivy::Result<f32> {
    let mut total = 0;
    for segment in searcher.segment_readers() {
        total += segment.inverted_index(field)?.total_num_tokens();
    }
    Ok((total as f32 / documents.max(1) as f32).max(1.0))
}

impl Query for LeafQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let mut weight = LeafWeight {
            query: self.clone(),
            scores: scoring.is_scoring_enabled(),
            idf: 0.0,
            averages: Vec::new(),
            known: Known::default(),
        };
        if let EnableScoring::Enabled { searcher, .. } = scoring {
            weight.idf = self.idf(searcher, &mut weight.known)?;
            for place in self.places.iter() {
                weight.averages.push(if place.normed { average_length(searcher, place.field, self.documents)? } else { 1.0 });
            }
        }
        Ok(Box::new(weight))
    }
}

impl LeafWeight {
    fn open(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<LeafScorer> {
        let mut fields = Vec::new();
        for (i, place) in self.query.places.iter().enumerate() {
            let lead = if place.lead { Some(reader.fast_fields().u64(LEAD)?) } else { None };
            let Place { field, kind, breaks, .. } = *place;
            let open = Open { reader, field, kind, breaks, before: lead.as_ref(), known: &self.known, work: &self.query.work };
            let cursor = open.cursor(&self.query.pattern, false)?;
            let norms = if place.normed && self.scores { Some(reader.get_fieldnorms_reader(place.field)?) } else { None };
            let average = self.averages.get(i).copied().unwrap_or(1.0);
            fields.push(FieldCursor { cursor, norms, weight: place.weight, average });
        }
        let mut scorer = LeafScorer { fields, doc: 0, factor: self.idf * boost * (K1 + 1.0), scores: self.scores };
        scorer.settle();
        Ok(scorer)
    }
}

impl Weight for LeafWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(self.open(reader, boost)?))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.open(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument("the document does not match".to_owned()));
        }
        let text = format!("{}: idf * {} * found / (found + {K1})", self.query.pattern, K1 + 1.0);
        let mut explanation = Explanation::new_with_string(text, scorer.score());
        explanation.add_detail(Explanation::new("idf", self.idf));
        let mut found = Explanation::new("found", scorer.found());
        for (place, field) in self.query.places.iter().zip(&mut scorer.fields).filter(|(_, field)| field.cursor.doc() == doc) {
            let name = reader.schema().get_field_name(place.field);
            let mut here = Explanation::new_with_string(format!("in {name}: times * weight / length"), field.found(doc));
            here.add_detail(Explanation::new("times", field.cursor.count() as f32));
            here.add_detail(Explanation::new("weight of the field", field.weight));
            here.add_detail(Explanation::new("length, of an average one 1", field.length(doc)));
            found.add_detail(here);
        }
        explanation.add_detail(found);
        Ok(explanation)
    }
}

impl FieldCursor {
    /// What the length of the field makes of each find in it.
    fn length(&self, doc: DocId) -> f32 {
        let length = self.norms.as_ref().map_or(self.average, |n| n.fieldnorm(doc) as f32);
        1.0 - B + B * length / self.average
    }

    /// How often the pattern is found in `doc`, where the cursor stands, weighed.
    fn found(&mut self, doc: DocId) -> f32 {
        self.weight * self.cursor.count() as f32 / self.length(doc)
    }
}

impl LeafScorer {
    /// How often the pattern is found in all fields together.
    fn found(&mut self) -> f32 {
        let doc = self.doc;
        self.fields.iter_mut().filter(|field| field.cursor.doc() == doc).map(|field| field.found(doc)).sum()
    }

    fn settle(&mut self) {
        self.doc = self.fields.iter().map(|f| f.cursor.doc()).min().unwrap_or(TERMINATED);
    }
}

impl DocSet for LeafScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        for field in &mut self.fields {
            if field.cursor.doc() == self.doc {
                field.cursor.advance();
            }
        }
        self.settle();
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            for field in &mut self.fields {
                field.cursor.seek(target);
            }
            self.settle();
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.fields.iter().map(|f| f.cursor.size_hint()).fold(0, u32::saturating_add)
    }
}

impl Scorer for LeafScorer {
    fn score(&mut self) -> Score {
        if !self.scores {
            return 1.0;
        }
        let found = self.found();
        self.factor * found / (found + K1)
    }
}
