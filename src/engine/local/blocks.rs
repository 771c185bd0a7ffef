//! An article and its quotes stay one block, whatever is added, replaced, deleted and merged, in whatever order.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::LocalEngine;
use super::agreement::{agrees, corpus, ids};
use crate::annotation::{Quote, Record};
use crate::engine::{Added, Engine};
use crate::query::arrange::Unit;

/// What is done to an index; the number says to which article.
#[derive(Clone, Copy, Debug)]
enum Step {
    Add(usize),
    Delete(usize),
    Commit,
    Merge,
}

fn step() -> impl Strategy<Value = Step> {
    let article = 0..corpus().len();
    prop_oneof![
        6 => article.clone().prop_map(Step::Add),
        2 => article.prop_map(Step::Delete),
        3 => Just(Step::Commit),
        1 => Just(Step::Merge),
    ]
}

/// Version `number` of an article: another body, and one quote more or fewer.
fn version(record: &Record, number: usize) -> Record {
    let mut record = record.clone();
    record.article.body += &format!(" Round {number}. “Gone words,” she said.");
    let quotes = &mut record.annotations.quotes;
    if number.is_multiple_of(2) {
        quotes.insert(0, Quote { text: format!("Gone words strike ferry {number}"), ..Quote::default() });
    } else {
        quotes.pop();
    }
    record
}

/// Makes one part of all, unless some of them are being merged already.
fn merge(engine: &mut LocalEngine) {
    let parts = engine.index.searchable_segment_ids().unwrap();
    if parts.len() > 1 {
        let _ = engine.writer.as_mut().unwrap().merge(&parts).wait();
        engine.reader.reload().unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blocks_hold_whatever_is_done(steps in prop::collection::vec(step(), 1..60), merged in any::<bool>()) {
        let articles = corpus();
        let mut engine = LocalEngine::in_memory().unwrap();
        let mut there: BTreeMap<String, Record> = BTreeMap::new();
        for (number, step) in steps.into_iter().enumerate() {
            match step {
                Step::Add(article) => {
                    let record = version(&articles[article], number);
                    let known = there.insert(record.article.id.clone(), record.clone()).is_some();
                    prop_assert_eq!(engine.add(&record).unwrap(), if known { Added::Replaced } else { Added::Added });
                }
                Step::Delete(article) => {
                    let id = &articles[article].article.id;
                    prop_assert_eq!(engine.delete(id).unwrap(), there.remove(id).is_some());
                }
                Step::Commit => engine.commit().unwrap(),
                Step::Merge => {
                    engine.commit().unwrap();
                    merge(&mut engine);
                }
            }
        }
        engine.commit().unwrap();
        if merged {
            merge(&mut engine);
        }
        let there: Vec<Record> = there.into_values().collect();
        let status = engine.status().unwrap();
        let quotes: usize = there.iter().map(|record| record.annotations.quotes.len()).sum();
        prop_assert_eq!((status.articles, status.quotes), (there.len() as u64, quotes as u64));
        agrees(&engine, &there);
    }
}

#[test]
fn what_was_replaced_is_found_no_more() {
    let mut records = corpus();
    let mut engine = LocalEngine::in_memory().unwrap();
    // many parts, so that they are merged meanwhile
    for round in 0..12 {
        for record in &records {
            engine.add(&version(record, 2 * round)).unwrap();
        }
        engine.commit().unwrap();
    }
    for record in &records {
        engine.add(record).unwrap();
    }
    engine.delete("b").unwrap();
    engine.commit().unwrap();
    records.retain(|r| r.article.id != "b");
    agrees(&engine, &records);
    assert!(ids(&engine, "said:gone", Unit::Articles).is_empty());
}
