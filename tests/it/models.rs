//! `dictum train`, and `--model`: models of names of one's own.

use crate::desk::Desk;

/// A model that knows one firm by its very words, written to `own.model`.
fn train_a_model(desk: &Desk) {
    let marked = |text: &str, name: &str| {
        let start = text.find(name).unwrap();
        serde_json::json!({"text": text, "entities": [{"start": start, "end": start + name.len(), "label": "ORG"}]}).to_string() + "\n"
    };
    let data = ["Shares of Qorvax fell on Friday.", "The board of Qorvax met in the evening.", "Nobody at Qorvax would say more."];
    desk.write("marked.jsonl", data.map(|text| marked(text, "Qorvax")).concat());
    let run = desk.dictum(&["train", "marked.jsonl=2", "--min-count", "1", "--steps", "20", "--licence", "ours", "-o", "own.model"]);
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn a_model_of_ones_own_finds_the_names_it_was_trained_on_and_says_how_it_was_made() {
    let desk = Desk::new();
    train_a_model(&desk);
    desk.write("firm.txt", "A firm falls\n\nShares of Qorvax fell again, and Maria Lindqvist, who bought them, was not pleased.\n");
    let names = |args: &[&str], kind: &str| -> Vec<String> {
        let found = desk.json(args);
        found[0][kind].as_array().unwrap().iter().map(|e| e["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&["extract", "firm.txt"], "people"), ["Maria Lindqvist"]);
    let own = ["extract", "--model", "own.model", "firm.txt"];
    assert_eq!((names(&own, "people"), names(&own, "organizations")), (vec![], vec!["Qorvax".to_owned()]));

    let file = std::fs::read(desk.path("own.model")).unwrap();
    let head = String::from_utf8_lossy(&file[..2000]).into_owned();
    let command = "\ncommand: dictum train marked.jsonl=2 --features 190000 --min-count 1 --penalty 1 --steps 20 --last-steps 30 \
                   --copies 0.3 --licence ours\n";
    assert!(head.contains(command) && head.contains("\ndata: marked.jsonl of "), "{head}");
    desk.dictum(&[&command.trim().split(' ').skip(2).collect::<Vec<_>>()[..], &["-o", "again.model"]].concat());
    assert!(std::fs::read(desk.path("again.model")).unwrap() == file, "the command of the head makes another file");
}

#[test]
fn a_file_that_is_no_model_is_refused_by_its_name() {
    let desk = Desk::new();
    train_a_model(&desk);
    desk.write("firm.txt", "Shares of Qorvax fell.\n");
    let good = std::fs::read(desk.path("own.model")).unwrap();
    let start = String::from_utf8_lossy(&good[..40]).replacen("format: ", "format: 9", 1);
    std::fs::write(desk.path("other.model"), [start.as_bytes(), &good[40..]].concat()).unwrap();
    std::fs::write(desk.path("cut.model"), &good[..good.len() / 2]).unwrap();
    for (file, reason) in [("firm.txt", "not a model"), ("other.model", "train it again"), ("cut.model", "damaged"), ("none.model", "")] {
        for command in ["extract", "ingest"] {
            let run = desk.dictum(&[command, "--model", file, "firm.txt"]);
            assert_eq!(run.code, 2, "{run:?}");
            assert!(run.err.contains("cannot use the model of names") && run.err.contains(file) && run.err.contains(reason), "{}", run.err);
        }
    }
    assert!(!desk.path("dictum-index").exists());
}

#[test]
fn what_another_model_annotated_is_annotated_anew() {
    let desk = Desk::new();
    train_a_model(&desk);
    desk.write("firm.txt", "A firm falls\n\nShares of Qorvax fell again, and Maria Lindqvist was not pleased.\n");
    let ingest = |model: &[&str]| desk.json(&[&["ingest", "firm.txt", "--format", "json"], model].concat());
    let own = ["--model", "own.model"];
    assert_eq!(ingest(&[])["added"], 1);
    assert_eq!(ingest(&own)["replaced"], 1);
    assert_eq!(ingest(&own)["unchanged"], 1);
    let models = &desk.json(&["status", "--format", "json"])["versions"]["models"];
    assert_eq!(models.as_array().map(Vec::len), Some(1), "{models}");
    assert!(desk.dictum(&["status"]).out.contains("models "));
    assert_eq!(ingest(&[])["replaced"], 1);
}

#[test]
fn a_model_is_not_trained_on_nothing() {
    let desk = Desk::new();
    desk.write("none.jsonl", "{\"text\": \"Nobody is marked here.\"}\n");
    for data in ["none.jsonl", "/dev/null"] {
        let run = desk.dictum(&["train", data, "--output", "a.model"]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.err.contains("no name is marked in") && run.err.contains(data), "{run:?}");
        assert!(!desk.path("a.model").exists());
    }
}
