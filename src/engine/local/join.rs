//! From quotes to their articles and back: a block join, as Lucene's `ToParentBlockJoinQuery` and `ToChildBlockJoinQuery`.
//! A quote knows how far behind it its article stands, and an article how many quotes stand before it.

use tantivy::fastfield::Column;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::schema::{BACK, COUNT};

/// The articles of the quotes that a query finds; each scored as its best quote.
#[derive(Debug)]
pub struct ToArticles(pub Box<dyn Query>);

/// The quotes of the articles that a query finds; each scored as its article.
#[derive(Debug)]
pub struct ToQuotes(pub Box<dyn Query>);

impl Clone for ToArticles {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Clone for ToQuotes {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for ToArticles {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(JoinWeight { inner: self.0.weight(scoring)?, up: true }))
    }
}

impl Query for ToQuotes {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(JoinWeight { inner: self.0.weight(scoring)?, up: false }))
    }
}

struct JoinWeight {
    inner: Box<dyn Weight>,
    up: bool,
}

impl Weight for JoinWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let inner = self.inner.scorer(reader, boost)?;
        let block = Block::open(reader)?;
        Ok(if self.up {
            let mut scorer = UpScorer { inner, block, doc: 0, score: 0.0 };
            scorer.settle();
            Box::new(scorer)
        } else {
            let mut scorer = DownScorer { inner, block, doc: 0, article: 0, score: 0.0 };
            scorer.settle(0);
            Box::new(scorer)
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument("the document does not match".to_owned()));
        }
        let mut explanation = Explanation::new(if self.up { "best quote of the article" } else { "article of the quote" }, scorer.score());
        let block = Block::open(reader)?;
        let others = if self.up { block.first_of(doc)..doc } else { block.article_of(doc)..block.article_of(doc) + 1 };
        let parts = others.filter_map(|other| self.inner.explain(reader, other).ok());
        if let Some(part) = parts.reduce(|best, part| if part.value() > best.value() { part } else { best }) {
            explanation.add_detail(part);
        }
        Ok(explanation)
    }
}

struct Block {
    back: Column<u64>,
    count: Column<u64>,
}

impl Block {
    fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        Ok(Self { back: columns.u64(BACK)?, count: columns.u64(COUNT)? })
    }

    fn article_of(&self, doc: DocId) -> DocId {
        doc + self.back.first(doc).unwrap_or(0) as DocId
    }

    fn first_of(&self, article: DocId) -> DocId {
        article - (self.count.first(article).unwrap_or(0) as DocId).min(article)
    }
}

struct UpScorer {
    inner: Box<dyn Scorer>, // stands behind the quotes of `doc`
    block: Block,
    doc: DocId,
    score: Score,
}

impl UpScorer {
    fn settle(&mut self) {
        let quote = self.inner.doc();
        if quote == TERMINATED {
            self.doc = TERMINATED;
            return;
        }
        self.doc = self.block.article_of(quote);
        self.score = 0.0;
        while self.inner.doc() <= self.doc {
            self.score = self.score.max(self.inner.score());
            if self.inner.advance() == TERMINATED {
                break;
            }
        }
    }
}

impl DocSet for UpScorer {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.settle();
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        if target >= TERMINATED {
            self.doc = TERMINATED;
            return TERMINATED;
        }
        let last = self.block.back.num_docs();
        if target >= last {
            self.doc = TERMINATED;
            return TERMINATED;
        }
        let first = self.block.first_of(self.block.article_of(target));
        if self.inner.doc() < first {
            self.inner.seek(first);
        }
        self.settle();
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.inner.size_hint()
    }
}

impl Scorer for UpScorer {
    fn score(&mut self) -> Score {
        self.score
    }
}

struct DownScorer {
    inner: Box<dyn Scorer>, // stands at the article of `doc`
    block: Block,
    doc: DocId,
    article: DocId,
    score: Score,
}

impl DownScorer {
    /// Goes to the first quote from `target` on.
    fn settle(&mut self, target: DocId) {
        let mut article = self.inner.doc();
        loop {
            if article == TERMINATED {
                self.doc = TERMINATED;
                return;
            }
            let first = self.block.first_of(article).max(target);
            if first < article {
                if self.article != article {
                    self.score = self.inner.score();
                }
                self.article = article;
                self.doc = first;
                return;
            }
            article = self.inner.advance();
        }
    }
}

impl DocSet for DownScorer {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.settle(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        if target >= TERMINATED {
            self.doc = TERMINATED;
            return TERMINATED;
        }
        if self.inner.doc() < target {
            self.inner.seek(target);
        }
        self.settle(target);
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.inner.size_hint().saturating_mul(4)
    }
}

impl Scorer for DownScorer {
    fn score(&mut self) -> Score {
        self.score
    }
}
