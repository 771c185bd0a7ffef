//! From annotated text to a model and back: the same bytes each time, and the names that were marked.

use super::*;
use crate::lexicon::Lexicon;
use crate::lexicon::name_model::ModelError;

/// Sentences about people, firms and towns that are not; a name in brackets with its kind before it.
const MARKED: [&str; 8] = [
    "Mayor [P:Ann Korda] met [P:Luis Vantor] in [L:Brunsbeck] on Friday.",
    "Shares of [O:Kestrel Energy] fell after [P:Luis Vantor] spoke in [L:Ostwick].",
    "[O:Marlow Foods] of [L:Ostwick] said that Mr. [P:Vantor] would leave.",
    "[P:Ann Korda] said that [O:Kestrel Energy] would build in [L:Brunsbeck].",
    "The mayor of [L:Ostwick], [P:Maria Holm], told reporters that [O:Marlow Foods] would stay.",
    "In [L:Brunsbeck], [P:Maria Holm] met the head of [O:Kestrel Energy].",
    "[P:Holm] and [P:Korda] spoke of the [M:Winter Cup] in [L:Ostwick].",
    "The [M:Winter Cup] is paid for by [O:Marlow Foods], said [P:Luis Vantor].",
];

fn passage(marked: &str) -> Passage {
    let mut passage = Passage::default();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        passage.text.push_str(before);
        let (name, after) = after.split_once(']').unwrap();
        let kind = match &name[..1] {
            "P" => Kind::Person,
            "L" => Kind::Location,
            "O" => Kind::Organization,
            _ => Kind::Misc,
        };
        let start = passage.text.len();
        passage.text.push_str(&name[2..]);
        passage.names.push((Span::new(start, passage.text.len()), kind));
        rest = after;
    }
    passage.text.push_str(rest);
    passage
}

fn documents() -> Vec<Document> {
    MARKED.iter().map(|marked| Document { passages: vec![passage(marked)], weight: 1.0 }).collect()
}

fn fitted() -> Fitted {
    let settings = Settings { min_count: 1, penalty: 0.1, steps: 40, last_steps: 10, rows: 2000, copies: 0.3 };
    train(&Lexicon::embedded().names, &documents(), &settings, &mut |_| {})
}

fn head() -> Vec<(String, String)> {
    [("trained on", "eight sentences"), ("licence", "CC0-1.0")].map(|(k, v)| (k.to_owned(), v.to_owned())).to_vec()
}

#[test]
fn a_model_finds_the_names_that_it_was_trained_on_and_the_same_each_time_it_is_read() {
    let file = fitted().file(&head());
    let lists = &Lexicon::embedded().names;
    let first = evaluate(lists, &NameModel::read(file.clone()).unwrap(), &documents());
    for (kind, counts) in &first {
        assert!(counts.marked > 0 && counts.right == counts.marked && counts.found == counts.marked, "{kind:?}: {counts:?}");
    }
    assert_eq!(evaluate(lists, &NameModel::read(file.clone()).unwrap(), &documents()), first);
    // Written anew from the same weights, it is the same file.
    assert_eq!(NameModel::read(file.clone()).unwrap().head()[2..4], head()[..]);
}

#[test]
fn the_same_text_gives_the_same_bytes() {
    assert!(fitted().file(&head()) == fitted().file(&head()));
}

#[test]
fn a_model_that_is_cut_short_or_changed_is_refused() {
    let file = fitted().file(&head());
    assert!(matches!(NameModel::read(file[..file.len() / 2].to_vec()), Err(ModelError::Damaged(_))));
    let mut changed = file.clone();
    changed[file.len() - 3] ^= 0x10;
    assert!(matches!(NameModel::read(changed), Err(ModelError::Damaged(_))));
    assert_eq!(NameModel::read(b"GIF89a".to_vec()).unwrap_err(), ModelError::Foreign);
}

#[test]
fn the_model_inside_the_program_says_where_it_comes_from() {
    let head = Lexicon::embedded().name_model.head();
    let fact = |key: &str| head.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str()).unwrap_or_default();
    assert!(fact("trained on").contains("Wikinews") && fact("trained on").contains("Voice of America"), "{head:?}");
    assert!(fact("licence").contains("CC BY"), "{head:?}");
    assert!(fact("scores").contains("PER") && fact("scores").contains("news-open-dev"), "{head:?}");
}
