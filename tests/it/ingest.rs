//! `dictum ingest`: added, replaced, unchanged, removed; the same thing again changes nothing.

use std::fs;

use crate::desk::{Desk, FERRY, ORCHARD};

fn counts(desk: &Desk, args: &[&str]) -> [u64; 4] {
    let summary = desk.json(&[&["ingest", "--format", "json"], args].concat());
    ["added", "replaced", "unchanged", "removed"].map(|name| summary[name].as_u64().unwrap())
}

#[test]
fn the_summary_says_what_was_done_and_found() {
    let desk = Desk::new();
    desk.write("news/ferry.txt", FERRY);
    desk.write("news/orchard.txt", ORCHARD);
    let run = desk.dictum(&["ingest", "news"]);
    assert_eq!(run.code, 0);
    assert!(run.out.starts_with("articles: 2 added, 0 replaced, 0 unchanged; inputs: 0 refused"), "{}", run.out);
    assert!(run.out.contains("found: "), "{}", run.out);
    assert_eq!(run.err, "", "no progress bar where nobody sees it");
}

#[test]
fn the_same_again_changes_nothing() {
    let desk = Desk::with_index();
    assert_eq!(counts(&desk, &["news"]), [0, 0, 2, 0]);
    assert_eq!(counts(&desk, &["--reread", "news"]), [0, 0, 2, 0]);
    fs::remove_file(desk.path("dictum-index/files-read.jsonl")).unwrap();
    assert_eq!(counts(&desk, &["news"]), [0, 0, 2, 0], "without the list of files read");
    assert_eq!(desk.ids(), ["ferry.txt", "orchard.txt"]);
}

#[test]
fn a_changed_article_replaces_its_old_self() {
    let desk = Desk::with_index();
    desk.write("news/ferry.txt", FERRY.replace("4 million", "9 million"));
    assert_eq!(counts(&desk, &["news"]), [0, 1, 1, 0]);
    assert_eq!(desk.ids(), ["ferry.txt", "orchard.txt"]);
    assert!(desk.json(&["show", "ferry.txt", "--format", "json"])["body"].as_str().unwrap().contains("9 million"));
}

#[test]
fn what_has_gone_is_removed_only_when_asked() {
    let desk = Desk::with_index();
    fs::remove_file(desk.path("news/ferry.txt")).unwrap();
    assert_eq!(counts(&desk, &["news"]), [0, 0, 1, 0]);
    assert_eq!(desk.ids().len(), 2);
    assert_eq!(counts(&desk, &["--prune", "--dry-run", "news"])[3], 1);
    assert_eq!(desk.ids().len(), 2, "a dry run does nothing");
    assert_eq!(counts(&desk, &["--prune", "news"]), [0, 0, 1, 1]);
    assert_eq!(desk.ids(), ["orchard.txt"]);
}

#[test]
fn pruning_one_folder_leaves_the_articles_of_others() {
    let desk = Desk::with_index();
    desk.write("other/levy.txt", FERRY.replace("ferry", "levy"));
    assert_eq!(counts(&desk, &["other"])[0], 1);
    assert_eq!(counts(&desk, &["--prune", "other"]), [0, 0, 1, 0]);
    assert_eq!(desk.ids().len(), 3);
}

#[test]
fn of_a_folder_that_is_missing_or_empty_nothing_is_removed_unless_all_is_said() {
    let desk = Desk::with_index();
    desk.write("other/levy.txt", FERRY.replace("ferry", "levy"));
    fs::rename(desk.path("news"), desk.path("unmounted")).unwrap();
    for what in ["it is not there", "no file is in it"] {
        for args in
            [&["ingest", "--prune", "news"][..], &["ingest", "--prune", "news", "other"], &["ingest", "--prune", "--dry-run", "news"]]
        {
            let run = desk.dictum(args);
            assert!(run.code == 1 && run.out.contains(", 0 removed"), "{run:?}");
            let told =
                format!("dictum: news: {what}: 2 articles that came from it stay (is a disk not mounted?); --prune=all removes them\n");
            assert!(run.err.ends_with(&told), "{run:?}");
        }
        fs::create_dir_all(desk.path("news")).unwrap();
    }
    assert_eq!(desk.ids().len(), 3);
    assert_eq!(counts(&desk, &["--prune=all", "news"]), [0, 0, 0, 2]);
    assert_eq!(desk.ids(), ["levy.txt"]);
    assert!(desk.dictum(&["ingest", "--prune", "--limit", "5", "other"]).err.contains("cannot be used with"));
}

#[test]
fn an_article_in_two_files_stays_while_one_of_them_has_it() {
    let line = |id: &str| format!("{{\"id\":\"{id}\",\"title\":\"T\",\"body\":\"The pier is shut.\"}}\n");
    for (gone, left) in [("news/a.jsonl", ["three", "two"]), ("news/b.jsonl", ["one", "two"])] {
        for runs in [&[&["news"][..]][..], &[&["news/a.jsonl"], &["news/b.jsonl"]], &[&["news/b.jsonl"], &["news/a.jsonl"]]] {
            for text in ["shut", "open"] {
                let desk = Desk::new();
                desk.write("news/a.jsonl", line("one") + &line("two"));
                desk.write("news/b.jsonl", line("two").replace("shut", text) + &line("three"));
                for paths in runs {
                    assert_eq!(desk.dictum(&[&["ingest"], *paths].concat()).code, 0);
                }
                fs::remove_file(desk.path(gone)).unwrap();
                assert_eq!(counts(&desk, &["--prune", "news"])[3], 1, "{gone} {runs:?} {text}");
                assert_eq!(desk.ids(), left, "{gone} {runs:?} {text}");
            }
        }
    }
}

#[test]
fn a_dry_run_names_what_it_would_do_and_makes_no_index() {
    let desk = Desk::new();
    desk.write("news/ferry.txt", FERRY);
    let run = desk.dictum(&["ingest", "--dry-run", "news"]);
    assert!(run.out.starts_with("add ferry.txt\nnothing was done; articles: 1 added"), "{}", run.out);
    assert!(!desk.path("dictum-index").exists());
}

#[test]
fn the_index_inside_the_folder_is_not_read() {
    let desk = Desk::new();
    desk.write("ferry.txt", FERRY);
    assert_eq!(counts(&desk, &["."]), [1, 0, 0, 0]);
    assert_eq!(counts(&desk, &["."]), [0, 0, 1, 0]);
}

#[test]
fn a_moved_file_is_known_by_its_new_path() {
    let desk = Desk::with_index();
    fs::rename(desk.path("news"), desk.path("archive")).unwrap();
    assert_eq!(counts(&desk, &["archive"]), [0, 0, 2, 0]);
    assert_eq!(desk.json(&["show", "ferry.txt", "--format", "json"])["path"], "archive/ferry.txt");
}

#[test]
fn the_history_of_an_article_says_what_changed() {
    let desk = Desk::with_index();
    assert_eq!(desk.dictum(&["history", "ferry.txt"]).out, "one version\n");
    desk.write("news/ferry.txt", FERRY.replace("with one engine", "with two engines"));
    assert_eq!(counts(&desk, &["news"]), [0, 1, 1, 0]);
    let run = desk.dictum(&["history", "ferry.txt"]);
    let changes: Vec<&str> = run.out.lines().collect();
    assert_eq!(changes[0], "version 2 of 2, 2025-03-12T00:00:00Z");
    assert!(changes[1].starts_with("  - quote     Ingrid Solberg: “We will not sail with one engine"), "{}", run.out);
    assert!(changes[2].starts_with("  + quote     Ingrid Solberg: “We will not sail with two engines"), "{}", run.out);
    assert_eq!(desk.json(&["history", "ferry.txt", "--format", "json"])["versions"], 2);

    desk.write("news/ferry.txt", FERRY);
    assert_eq!(counts(&desk, &["news"]), [0, 1, 1, 0], "the outlet went back to its first text");
    assert_eq!(desk.json(&["history", "ferry.txt", "--format", "json"])["versions"], 3);
    assert!(desk.dictum(&["show", "ferry.txt"]).out.contains("with one engine"));
}

#[test]
fn an_older_dump_that_is_read_again_does_not_bring_its_versions_back() {
    let desk = Desk::new();
    let line = |text: &str| format!("{{\"id\":\"pier\",\"title\":\"The pier\",\"body\":\"{text}\"}}\n");
    desk.write("monday.jsonl", line("It is shut."));
    desk.write("tuesday.jsonl", line("It is open."));
    assert_eq!(counts(&desk, &["monday.jsonl", "tuesday.jsonl"]), [1, 1, 0, 0]);
    assert_eq!(counts(&desk, &["--reread", "monday.jsonl"]), [0, 0, 1, 0]);
    assert!(desk.dictum(&["show", "pier"]).out.contains("open"));
}

#[test]
fn the_later_version_stands_whatever_the_order_in_which_they_come() {
    let line = |day: &str, text: &str| format!("{{\"id\":\"pier\",\"date\":\"{day}\",\"title\":\"The pier\",\"body\":\"{text}\"}}\n");
    let days = [("2025-03-03", "It is shut."), ("2025-03-04", "It is open."), ("2025-03-05", "It is shut."), ("2025-03-06", "It is gone.")];
    for order in [[3, 2, 1, 0], [1, 3, 0, 2]] {
        for in_one_file in [true, false] {
            let desk = Desk::new();
            let mut all = String::new();
            for (day, text) in order.map(|at| days[at]) {
                desk.write(&format!("{day}.jsonl"), line(day, text));
                all += &line(day, text);
                if !in_one_file {
                    assert_eq!(desk.dictum(&["ingest", &format!("{day}.jsonl")]).code, 0);
                }
            }
            if in_one_file {
                desk.write("all.jsonl", all);
                assert_eq!(desk.dictum(&["ingest", "all.jsonl"]).code, 0);
            }
            let history = desk.json(&["history", "pier", "--format", "json"]);
            let told = history["revisions"].as_array().unwrap().iter().map(|revision| revision["to"].as_str().unwrap()[..10].to_owned());
            assert_eq!(told.collect::<Vec<_>>(), ["2025-03-04", "2025-03-05", "2025-03-06"], "{order:?}");
            assert!(desk.dictum(&["show", "pier"]).out.contains("gone"), "{order:?}");
            assert_eq!(counts(&desk, &["--reread", "2025-03-03.jsonl", "2025-03-05.jsonl"]), [0, 0, 2, 0]);
            assert_eq!(desk.json(&["history", "pier", "--format", "json"])["versions"], 4, "{order:?}");
        }
    }
}

#[test]
fn an_archived_page_does_not_replace_the_one_that_was_changed_later() {
    let page = |changed: &str, text: &str| {
        let text =
            format!("<p>The harbour council said on Tuesday that the night ferry will {text}, as one engine has failed.</p>").repeat(9);
        format!(
            "<html><head><title>The night ferry</title><link rel=\"canonical\" href=\"https://post.example/ferry\">\
             <meta property=\"article:published_time\" content=\"2025-03-12T08:00:00Z\">\
             <meta property=\"article:modified_time\" content=\"{changed}\"></head><body><article><h1>The night ferry</h1>{text}</article></body></html>"
        )
    };
    let desk = Desk::new();
    desk.write("live/ferry.html", page("2025-03-14T08:00:00Z", "sail again"));
    desk.write("archive/ferry-1.html", page("2025-03-12T08:00:00Z", "not sail"));
    assert_eq!(counts(&desk, &["live"]), [1, 0, 0, 0]);
    let dry = desk.dictum(&["ingest", "--dry-run", "archive"]).out;
    assert!(dry.starts_with("keep an earlier version of https://post.example/ferry\nnothing was done; articles: 0 added"), "{dry}");
    let run = desk.dictum(&["ingest", "archive"]);
    assert!(run.out.starts_with("articles: 0 added, 0 replaced, 0 unchanged, 1 kept as earlier versions; inputs"), "{run:?}");
    let shown = desk.json(&["show", "https://post.example/ferry", "--format", "json"]);
    assert!(shown["body"].as_str().unwrap().contains("sail again") && shown["modified"] == "2025-03-14T08:00:00Z", "{shown}");
    assert_eq!(desk.json(&["history", "https://post.example/ferry", "--format", "json"])["versions"], 2);
    // The outlet goes back to its first text on a later day.
    desk.write("archive/ferry-2.html", page("2025-03-16T08:00:00Z", "not sail"));
    assert_eq!(counts(&desk, &["archive"]), [0, 1, 1, 0]);
    assert!(desk.dictum(&["show", "https://post.example/ferry"]).out.contains("not sail"));
    assert_eq!(desk.json(&["history", "https://post.example/ferry", "--format", "json"])["versions"], 3);
}

#[test]
fn the_first_sentences_in_a_feed_do_not_replace_the_page() {
    let desk = Desk::new();
    let text = "<p>The night ferry will not sail before autumn, the harbour council of Lindholmen said on Tuesday evening.</p>".repeat(9);
    let head = "<link rel=\"canonical\" href=\"https://post.example/ferry\"><meta property=\"og:type\" content=\"article\">";
    desk.write("ferry.html", format!("<html><head><title>No ferry before autumn</title>{head}</head><body><article><h1>No ferry before autumn</h1>{text}</article></body></html>"));
    let item = "<item><title>No ferry before autumn</title><link>https://post.example/ferry</link><description>The night ferry will not sail.</description></item>";
    desk.write(
        "feed.xml",
        format!("<rss version=\"2.0\"><channel><title>Post</title><link>https://post.example</link>{item}</channel></rss>"),
    );
    assert_eq!(counts(&desk, &["ferry.html"]), [1, 0, 0, 0]);
    assert_eq!(counts(&desk, &["feed.xml"]), [0, 0, 1, 0]);
    assert!(desk.json(&["show", "https://post.example/ferry", "--format", "json"])["body"].as_str().unwrap().len() > 500);
    fs::remove_dir_all(desk.path("dictum-index")).unwrap();
    assert_eq!(counts(&desk, &["feed.xml"]), [1, 0, 0, 0]);
    assert_eq!(counts(&desk, &["ferry.html"]), [0, 1, 0, 0], "the page is more than the feed gave");
}

#[test]
fn watching_takes_files_as_they_come() {
    let desk = Desk::new();
    desk.write("inbox/ferry.txt", FERRY);
    let mut watching = crate::desk::command(&desk.path(""), &["ingest", "--watch", "inbox"]).spawn().unwrap();
    let there = |count: u64| {
        let until = std::time::Instant::now() + std::time::Duration::from_secs(60);
        loop {
            let run = desk.dictum(&["status", "--format", "json"]);
            let status = serde_json::from_str::<serde_json::Value>(&run.out).unwrap_or_default();
            if status["articles"] == count || std::time::Instant::now() > until {
                return status["articles"].as_u64();
            }
            std::thread::sleep(std::time::Duration::from_millis(200));
        }
    };
    let first = there(1);
    desk.write("inbox/orchard.txt", ORCHARD);
    let second = there(2);
    // Another folder comes in its place.
    fs::rename(desk.path("inbox"), desk.path("done")).unwrap();
    desk.write("inbox/levy.txt", FERRY.replace("ferry", "levy"));
    let third = there(3);
    fs::remove_dir_all(desk.path("inbox")).unwrap();
    desk.write("inbox/tolls.txt", ORCHARD.replace("apple", "toll"));
    let fourth = there(4);
    watching.kill().unwrap();
    watching.wait().unwrap();
    assert_eq!([first, second, third, fourth], [1, 2, 3, 4].map(Some));
}

#[test]
fn the_report_lists_what_was_refused() {
    let desk = Desk::new();
    desk.write("news/lines.jsonl", "{\"id\":\"a\",\"body\":\"Rain is expected.\"}\n{\"id\":\"b\",\n{\"id\":\"c\",\"body\":\"Sun.\"}\n");
    let run = desk.dictum(&["ingest", "--report", "report.jsonl", "news"]);
    assert_eq!(run.code, 1);
    let report = fs::read_to_string(desk.path("report.jsonl")).unwrap();
    let first: serde_json::Value = serde_json::from_str(report.lines().next().unwrap()).unwrap();
    assert_eq!((first["file"].as_str(), first["position"].as_str()), (Some("news/lines.jsonl"), Some("line 2")), "{report}");
    assert_eq!(desk.ids(), ["a", "c"]);
    let again = desk.dictum(&["ingest", "--report", "again.jsonl", "news"]);
    assert_eq!(again.code, 1, "what was refused stays refused: {}", again.err);
    assert_eq!(again.err, run.err, "and is named again");
    assert_eq!(fs::read_to_string(desk.path("again.jsonl")).unwrap(), report);
}

#[test]
fn the_index_is_where_the_option_or_the_environment_says() {
    let desk = Desk::new();
    desk.write("news/ferry.txt", FERRY);
    assert_eq!(desk.dictum(&["ingest", "--index", "here", "news"]).code, 0);
    assert!(desk.path("here").is_dir() && !desk.path("dictum-index").exists());
    let status = crate::desk::command(&desk.path(""), &["status", "--format", "json"]).env("DICTUM_INDEX", "here").output().unwrap();
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&status.stdout).unwrap()["articles"], 1);
}

#[test]
fn what_was_deleted_comes_back_when_its_file_is_ingested_again() {
    let desk = Desk::with_index();
    assert_eq!(desk.dictum(&["delete", "ferry.txt"]).code, 0);
    assert_eq!(counts(&desk, &["news"]), [1, 0, 1, 0]);
    assert_eq!(counts(&desk, &["news"]), [0, 0, 2, 0]);
    assert_eq!(desk.ids(), ["ferry.txt", "orchard.txt"]);
}

#[test]
fn ids_with_any_character_can_be_piped_into_delete() {
    let desk = Desk::new();
    desk.write("news/two\nlines .txt", FERRY);
    desk.write("news/orchard.txt", ORCHARD);
    assert_eq!(counts(&desk, &["news"])[0], 2);
    let found = desk.dictum(&["query", "ferry", "--format", "ids", "-0"]).out;
    assert_eq!(found, "two\nlines .txt\0");
    assert_eq!(desk.piped(&["delete", "-0", "-"], found.as_bytes()).out, "1 deleted\n");
    assert_eq!(desk.piped(&["delete", "-"], b"orchard.txt\r\n\n").out, "1 deleted\n");
}

#[test]
fn a_path_that_leads_nowhere_is_no_fault_of_the_file_after_it() {
    let desk = Desk::new();
    desk.write("news/ferry.txt", FERRY);
    assert_eq!(desk.dictum(&["ingest", "nowhere", "news/ferry.txt"]).code, 1);
    let run = desk.dictum(&["ingest", "news/ferry.txt"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
}

#[test]
fn doubts_are_named_once_and_listed_whenever_asked() {
    let desk = Desk::new();
    desk.write("a.jsonl", "{\"id\":\"a\",\"date\":\"yesterday-ish\",\"body\":\"It rained.\"}\n");
    let named = "dictum: a.jsonl (line 1): doubtful: \"yesterday-ish\" is no date that dictum can read: left out\n";
    let run = desk.dictum(&["ingest", "a.jsonl"]);
    assert_eq!((run.code, run.err.as_str()), (0, named));
    let again = desk.dictum(&["ingest", "a.jsonl"]);
    assert_eq!((again.code, again.err.as_str()), (0, "dictum: 1 doubtful in files that have not changed; --report FILE lists them\n"));
    let again = desk.dictum(&["ingest", "--report", "report.jsonl", "a.jsonl"]);
    assert_eq!((again.code, again.err.as_str()), (0, ""));
    assert!(again.out.contains("0 refused, 1 doubtful"), "{}", again.out);
    let report = fs::read_to_string(desk.path("report.jsonl")).unwrap();
    assert!(report.contains(r#""file":"a.jsonl","position":"line 1","kind":"doubtful","reason":"\"yesterday-ish\""#), "{report}");
    assert_eq!(desk.dictum(&["ingest", "--reread", "a.jsonl"]).err, named);
    assert_eq!(desk.dictum(&["extract", "a.jsonl"]).err, named);

    let many: String = (0..25).map(|n| format!("{{\"id\":\"{n}\",\"date\":\"day {n}\",\"body\":\"Rain {n}.\"}}\n")).collect();
    desk.write("many.jsonl", many);
    let run = desk.dictum(&["ingest", "many.jsonl"]);
    assert_eq!(run.err.lines().count(), 11, "{}", run.err);
    assert!(run.err.ends_with("dictum: 15 more doubtful for the same reasons; --report FILE lists all\n"), "{}", run.err);
    desk.dictum(&["ingest", "--report", "report.jsonl", "many.jsonl"]);
    assert_eq!(fs::read_to_string(desk.path("report.jsonl")).unwrap().lines().count(), 25);
}
