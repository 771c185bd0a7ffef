//! A hundred queries, each with the tree that it must give and the articles of the sample corpus that it must find.

use std::collections::{BTreeMap, BTreeSet};

use dictum::query::arrange::{Unit, arrange};
use dictum::query::syntax::{Reading, parse};
use serde_json::{Value, json};

use super::SAMPLE;

/// A query, with what must come of it.
struct Row {
    query: &'static str,
    tree: &'static str,
    /// Whether no other articles may be found than those named.
    all: bool,
    articles: BTreeSet<&'static str>,
}

/// The rows of `queries.txt`: a query, and indented below it its tree and its articles.
fn rows() -> Vec<Row> {
    let text = include_str!("../sample_corpus/queries.txt");
    let mut rows: Vec<Row> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let Some(below) = line.strip_prefix("    ") else {
            rows.push(Row { query: line, tree: "", all: true, articles: BTreeSet::new() });
            continue;
        };
        let row = rows.last_mut().unwrap_or_else(|| panic!("no query above {line:?}"));
        match below.split_at(below.find(' ').unwrap_or(below.len())) {
            ("=", tree) => row.tree = tree.trim(),
            (mark @ ("⇒" | "⊇"), names) => {
                row.all = mark == "⇒";
                row.articles = names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
            }
            _ => panic!("no mark in {line:?}"),
        }
    }
    assert!(rows.len() >= 100, "{} queries", rows.len());
    rows
}

/// The last part of an id, without the ending of a file.
fn name(id: &str) -> &str {
    let last = id.rsplit('/').next().unwrap_or(id);
    [".txt", ".md.gz", ".md", ".json"].iter().find_map(|ending| last.strip_suffix(ending)).unwrap_or(last)
}

#[test]
fn a_hundred_queries_are_read_as_they_must() {
    let read = |query: &str| arrange(parse(query, Reading::default()).unwrap().node, Unit::Articles).to_string();
    let wrong: Vec<String> = rows()
        .iter()
        .map(|row| (row, read(row.query)))
        .filter(|(row, read)| row.tree != read)
        .map(|(row, read)| format!("{}\n    = {read}", row.query))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_hundred_queries_find_the_articles_they_must() {
    let rows = rows();
    let batch: String = (0..).zip(&rows).map(|(id, row)| format!("{}\n", json!({"id": id, "query": row.query}))).collect();
    let args = ["query", "--batch", "-", "--format", "jsonl", "--all-copies", "--limit", "1000", "--fields", "query_id,id"];
    let run = SAMPLE.piped(&args, batch.as_bytes());
    assert!(run.code <= 1, "{}", run.err);
    let mut found: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for line in run.out.lines() {
        let hit: Value = serde_json::from_str(line).unwrap();
        found.entry(hit["query_id"].as_u64().unwrap() as usize).or_default().insert(name(hit["id"].as_str().unwrap()).to_owned());
    }
    let mut wrong = Vec::new();
    for (id, Row { query, all, articles: expected, .. }) in rows.iter().enumerate() {
        let found: BTreeSet<&str> = found.get(&id).into_iter().flatten().map(String::as_str).collect();
        let missing: Vec<_> = expected.difference(&found).collect();
        let surplus: Vec<_> = if *all { found.difference(expected).collect() } else { Vec::new() };
        if !missing.is_empty() || !surplus.is_empty() {
            wrong.push(format!("{query}: not found {missing:?}, found beside them {surplus:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
