//! A hundred queries, each with the articles of the sample corpus that it must find.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::SAMPLE;

/// The last part of an id, without the ending of a file.
fn name(id: &str) -> &str {
    let last = id.rsplit('/').next().unwrap_or(id);
    [".txt", ".md.gz", ".md", ".json"].iter().find_map(|ending| last.strip_suffix(ending)).unwrap_or(last)
}

#[test]
fn a_hundred_queries_find_the_articles_they_must() {
    let rows: Vec<(&str, bool, BTreeSet<&str>)> = include_str!("../sample_corpus/queries.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let all = line.contains(" ⇒");
            let (query, names) = line.split_once(if all { " ⇒" } else { " ⊇" }).unwrap_or_else(|| panic!("no mark in {line}"));
            (query, all, names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect())
        })
        .collect();
    assert!(rows.len() >= 100, "{} queries", rows.len());
    let batch: String = (0..).zip(&rows).map(|(id, (query, ..))| format!("{}\n", json!({"id": id, "query": query}))).collect();
    let args = ["query", "--batch", "-", "--format", "jsonl", "--all-copies", "--limit", "1000", "--fields", "query_id,id"];
    let run = SAMPLE.piped(&args, batch.as_bytes());
    assert!(run.code <= 1, "{}", run.err);
    let mut found: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for line in run.out.lines() {
        let hit: Value = serde_json::from_str(line).unwrap();
        found.entry(hit["query_id"].as_u64().unwrap() as usize).or_default().insert(name(hit["id"].as_str().unwrap()).to_owned());
    }
    let mut wrong = Vec::new();
    for (id, (query, all, expected)) in rows.iter().enumerate() {
        let found: BTreeSet<&str> = found.get(&id).into_iter().flatten().map(String::as_str).collect();
        let missing: Vec<_> = expected.difference(&found).collect();
        let surplus: Vec<_> = if *all { found.difference(expected).collect() } else { Vec::new() };
        if !missing.is_empty() || !surplus.is_empty() {
            wrong.push(format!("{query}: not found {missing:?}, found beside them {surplus:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
