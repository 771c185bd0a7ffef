//! Ids: nothing that is indexed is lost to another article of its id, and every article is found under the same id in every run.

use std::fs;

use crate::desk::{Desk, FERRY, ORCHARD};

fn counts(desk: &Desk, args: &[&str]) -> [u64; 3] {
    let summary = desk.json(&[&["ingest", "--format", "json"], args].concat());
    ["added", "replaced", "unchanged"].map(|name| summary[name].as_u64().unwrap())
}

/// The ids of the index in order, each with the first word of its text.
fn ids(desk: &Desk) -> Vec<String> {
    let exported = desk.dictum(&["export"]).out;
    let articles = exported.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    articles
        .map(|a| format!("{} {}", a["id"].as_str().unwrap(), a["body"].as_str().unwrap().split(' ').next().unwrap_or_default()))
        .collect()
}

fn feed(outlet: &str, items: &[(&str, &str, &str)]) -> String {
    let items: String = items
        .iter()
        .map(|(guid, link, text)| {
            format!(
                "<item><title>About {text}</title><guid isPermaLink=\"false\">{guid}</guid>{link}<description>{text}</description></item>"
            )
        })
        .collect();
    format!("<rss version=\"2.0\"><channel><title>{outlet}</title><link>https://x.example</link>{items}</channel></rss>")
}

#[test]
fn two_feeds_that_count_their_items_keep_all_of_them() {
    let desk = Desk::new();
    let link = |path: &str| format!("<link>https://{path}</link>");
    let (a1, a2, b1) = (link("a.example/ferry"), link("a.example/crane"), link("b.example/frost"));
    desk.write("one/a.xml", feed("The Quay", &[("1", &a1, "Ferries stop."), ("2", &a2, "Cranes move.")]));
    desk.write("two/b.xml", feed("The Orchard", &[("1", &b1, "Frost bites."), ("x2", "", "Apples fall.")]));
    desk.write("two/c.xml", feed("The Press", &[("x2", "", "Cider flows.")]));
    let expected = [
        "c.xml/x2 Cider",
        "https://a.example/crane Cranes",
        "https://a.example/ferry Ferries",
        "https://b.example/frost Frost",
        "x2 Apples",
    ];
    assert_eq!(counts(&desk, &["one", "two"]), [5, 0, 0]);
    assert_eq!(ids(&desk), expected);
    assert_eq!(counts(&desk, &["--reread", "two", "one"]), [0, 0, 5]);
    fs::remove_dir_all(desk.path("dictum-index")).unwrap();
    assert_eq!(counts(&desk, &["two"]), [3, 0, 0]);
    assert_eq!(counts(&desk, &["one"]), [2, 0, 0]);
    assert_eq!(ids(&desk), expected);
}

#[test]
fn an_id_that_another_file_has_is_told_and_its_article_kept_beside() {
    let desk = Desk::new();
    desk.write("north.jsonl", "{\"id\": \"1\", \"body\": \"Ferries sailed.\"}\n");
    desk.write("south.jsonl", "{\"id\": \"1\", \"body\": \"Orchards burned.\"}\n{\"id\": \"1\", \"body\": \"Hens fled.\"}\n");
    desk.write("west.csv", "id,title,text,url\n1,Rain,Rain fell.,https://w.example/rain\n2,Sun,Suns set.,\n");
    let run = desk.dictum(&["ingest", "--report", "report.jsonl", "north.jsonl", "south.jsonl", "west.csv"]);
    assert!(run.code == 0 && run.out.starts_with("articles: 5 added, 0 replaced"), "{} {}", run.out, run.err);
    let expected = ["1 Ferries", "2 Suns", "https://w.example/rain Rain", "south.jsonl/1 Orchards", "south.jsonl/1/2 Hens"];
    assert_eq!(ids(&desk), expected);
    let report = fs::read_to_string(desk.path("report.jsonl")).unwrap();
    let told: Vec<serde_json::Value> = report.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((told.len(), told[0]["file"].as_str(), told[0]["kind"].as_str()), (2, Some("south.jsonl"), Some("doubtful")));
    assert_eq!(told[0]["reason"], "2 ids of its articles are that of another article: kept beside it, \"1\" as \"south.jsonl/1\"");
    assert_eq!(counts(&desk, &["--reread", "west.csv", "south.jsonl", "north.jsonl"]), [0, 0, 5]);
    assert_eq!(ids(&desk), expected);

    // A record that changed takes the place of its own old self, whoever has its id.
    desk.write("west.csv", "id,title,text,url\n1,Rain,Rains fell.,https://w.example/rain\n2,Sun,Suns set.,\n");
    assert_eq!(counts(&desk, &["west.csv"]), [0, 1, 1]);
    // Nor does it move when the other has gone.
    assert_eq!(desk.dictum(&["delete", "1"]).code, 0);
    assert_eq!(counts(&desk, &["--reread", "west.csv"]), [0, 0, 2]);
    assert_eq!(ids(&desk), ["2 Suns", "https://w.example/rain Rains", "south.jsonl/1 Orchards", "south.jsonl/1/2 Hens"]);
}

#[test]
fn a_later_version_in_another_file_is_the_same_article() {
    let desk = Desk::new();
    let long = "The bridge over the sound will be closed to lorries until the spring, the county said. ".repeat(6);
    let line = |title: &str, body: &str| format!("{{\"id\":\"7\",\"title\":\"{title}\",\"body\":\"{body}\"}}\n");
    desk.write("monday.jsonl", line("Bridge shut", &long));
    desk.write("tuesday.jsonl", line("Bridge shut until spring", &format!("{long} Nobody was hurt.")));
    desk.write("wednesday.jsonl", line("Bridge shut until spring", "It is open again."));
    desk.write(
        "thursday.jsonl",
        line("Pears are dear", &"Growers say that the frost took more than half of the crop this year. ".repeat(6)),
    );
    assert_eq!(counts(&desk, &["monday.jsonl", "tuesday.jsonl", "wednesday.jsonl", "thursday.jsonl"]), [2, 2, 0]);
    assert_eq!(ids(&desk), ["7 It", "thursday.jsonl/7 Growers"]);
    assert_eq!(desk.json(&["history", "7", "--format", "json"])["versions"], 3);
}

#[test]
fn a_table_that_is_numbered_anew_each_day_loses_nothing() {
    let desk = Desk::new();
    let row = |title: &str, word: &str| {
        format!("title,id,text\n{title},1,{}\n", format!("{word} were seen near the old harbour wall. ").repeat(9))
    };
    desk.write("latest.csv", row("Whales", "Whales"));
    assert_eq!(counts(&desk, &["latest.csv"]), [1, 0, 0]);
    desk.write("latest.csv", row("Terns are back", "Terns").replace("near the old harbour wall", "by children on their way to school"));
    assert_eq!(counts(&desk, &["latest.csv"]), [1, 0, 0]);
    assert_eq!(ids(&desk), ["1 Whales", "latest.csv/1 Terns"]);
}

#[test]
fn files_of_one_name_in_two_folders_are_two_articles() {
    let desk = Desk::new();
    desk.write("news/north/1.txt", FERRY);
    desk.write("news/south/1.txt", ORCHARD);
    desk.write("news/north/rows.jsonl", "{\"title\": \"A\", \"body\": \"One.\"}\n{\"title\": \"B\", \"body\": \"Two.\"}\n");
    desk.write("news/south/rows.jsonl", "{\"title\": \"C\", \"body\": \"Three.\"}\n{\"title\": \"D\", \"body\": \"Four.\"}\n");
    assert_eq!(counts(&desk, &["news/north", "news/south"]), [6, 0, 0]);
    let expected = [
        "1.txt GOTHENBURG,",
        "rows.jsonl#1 One.",
        "rows.jsonl#2 Two.",
        "south/1.txt MAIDSTONE,",
        "south/rows.jsonl#1 Three.",
        "south/rows.jsonl#2 Four.",
    ];
    assert_eq!(ids(&desk), expected);
    assert_eq!(counts(&desk, &["--reread", "news/south", "news/north"]), [0, 0, 6]);
    assert_eq!(counts(&desk, &["news"]), [0, 0, 6], "from the folder above");
    assert_eq!(counts(&desk, &["--reread", "news"]), [0, 0, 6]);
    assert_eq!(ids(&desk), expected);
}

#[test]
fn a_file_is_one_article_from_whichever_folder_it_is_read() {
    let desk = Desk::new();
    desk.write("news/world/1.txt", FERRY);
    assert_eq!(counts(&desk, &["news"]), [1, 0, 0]);
    for path in ["news/world", "news/world/1.txt", "news/../news/world", "."] {
        assert_eq!(counts(&desk, &["--reread", path]), [0, 0, 1], "{path}");
    }
    desk.write("news/world/1.txt", FERRY.replace("4 million", "5 million"));
    assert_eq!(counts(&desk, &["news/world"]), [0, 1, 0]);
    assert_eq!(ids(&desk), ["world/1.txt GOTHENBURG,"]);

    let desk = Desk::new();
    desk.write("news/world/1.txt", FERRY);
    assert_eq!(counts(&desk, &["news/world", "news", "news"]), [1, 0, 2], "given twice in one run");
}

#[test]
fn what_comes_on_standard_input_does_not_replace_what_came_before() {
    let desk = Desk::new();
    let ingest = |text: &str| desk.piped(&["ingest", "-"], text.as_bytes()).out;
    assert!(ingest(FERRY).contains("1 added"));
    assert!(ingest(ORCHARD).contains("1 added"));
    assert!(ingest(FERRY).contains("1 unchanged"));
    assert!(ingest(ORCHARD).contains("1 unchanged"));
    assert_eq!(ids(&desk).len(), 2);
}

#[test]
fn files_searched_without_an_index_lose_nothing_either() {
    let desk = Desk::new();
    desk.write("north.jsonl", "{\"id\": \"1\", \"body\": \"Boats sailed.\"}\n");
    desk.write("south.jsonl", "{\"id\": \"1\", \"body\": \"Boats burned.\"}\n");
    let run = desk.dictum(&["query", "boats", "--from", "north.jsonl", "--from", "south.jsonl", "--format", "ids"]);
    let mut found: Vec<&str> = run.out.lines().collect();
    found.sort_unstable();
    assert_eq!(found, ["1", "south.jsonl/1"]);
}

#[test]
fn an_address_is_one_page_in_whatever_file() {
    let desk = Desk::new();
    let line = |text: &str| format!("{{\"url\":\"https://post.example/pier\",\"title\":\"{text} pier\",\"body\":\"{text} it is.\"}}\n");
    desk.write("monday/a.jsonl", line("Shut"));
    desk.write("tuesday/b.jsonl", line("Open"));
    assert_eq!(counts(&desk, &["monday"]), [1, 0, 0]);
    assert_eq!(counts(&desk, &["tuesday"]), [0, 1, 0]);
    assert_eq!(ids(&desk), ["https://post.example/pier Open"]);
}
