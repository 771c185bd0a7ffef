//! Names tied into people, organizations and places, on sentences about invented people.

use super::{Entities, Gender, Kind};
use crate::annotate::text::Text;
use crate::annotation::Zone;
use crate::article::{Article, Given};
use crate::lexicon::Lexicon;

mod cases;

fn entities_of(article: &Article) -> Entities {
    let title = Text::new(Zone::Title, &article.title);
    let body = Text::new(Zone::Body, &article.body);
    Entities::new(Lexicon::embedded(), article, &title, &body)
}

fn article(title: &str, body: &str) -> Article {
    Article { title: title.to_owned(), body: body.to_owned(), ..Article::default() }
}

/// The people, each with its mentions.
fn people(title: &str, body: &str) -> Vec<(String, Vec<String>)> {
    let article = article(title, body);
    let people = entities_of(&article).records(Kind::Person, &article);
    people.into_iter().map(|p| (p.name, p.mentions.into_iter().map(|m| m.text).collect())).collect()
}

fn names(people: &[(String, Vec<String>)]) -> Vec<&str> {
    people.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn a_surname_answers_to_the_full_name() {
    let found = people("", "The mayor met Maria Lindqvist on Friday. On Sunday Lindqvist left, and Mrs. Lindqvist's office closed.");
    assert_eq!(found, [("Maria Lindqvist".to_owned(), vec!["Maria Lindqvist".into(), "Lindqvist".into(), "Lindqvist".into()])]);
}

#[test]
fn two_people_of_one_surname_are_kept_apart() {
    let found = people("", "On Friday John Abernathy and Susan Abernathy spoke. Then Mrs. Abernathy left, and Mr. Abernathy stayed.");
    assert_eq!(names(&found), ["John Abernathy", "Susan Abernathy"]);
    assert_eq!((found[0].1.len(), found[1].1.len()), (2, 2));
}

#[test]
fn titles_are_roles_and_no_part_of_the_name() {
    let article = article("", "On Friday Foreign Minister Sergei Vorotin met the envoy, Maria Lindqvist.");
    let found = entities_of(&article);
    let people: Vec<_> = found.entities.iter().filter(|e| e.kind == Kind::Person).collect();
    assert_eq!((people[0].name.as_str(), &people[0].roles[..]), ("Sergei Vorotin", &["Foreign Minister".to_owned()][..]));
    assert_eq!((people[1].name.as_str(), &people[1].roles[..]), ("Maria Lindqvist", &["envoy".to_owned()][..]));
    assert_eq!(people[1].gender, Some(Gender::Female));
}

#[test]
fn what_the_article_brings_along_is_found_in_its_text() {
    let mut article = article("", "yesterday qorvax spoke to Zim Zam, of whom nobody had heard.");
    let zim = crate::annotation::Entity { name: "Zim Zam".into(), ..Default::default() };
    let absent = crate::annotation::Entity { name: "Nobody Here".into(), ..Default::default() };
    article.given = Given { people: vec![zim, absent], ..Given::default() };
    let found = entities_of(&article).records(Kind::Person, &article);
    assert_eq!(found[0].mentions[0].text, "Zim Zam");
    assert_eq!((found[1].name.as_str(), found[1].mentions.len()), ("Nobody Here", 0));
}

#[test]
fn thousands_of_given_names_are_found_in_one_walk_through_the_text() {
    let names: Vec<String> = cases::distinct_names(10_000).map(|first| format!("{first} Zam")).collect();
    let given = |name: &String| crate::annotation::Entity { name: name.clone(), ..Default::default() };
    let mut article = article("", &names.iter().take(5000).map(|name| format!("{name} met Q7. ")).collect::<String>());
    article.given = Given { people: names.iter().map(given).collect(), ..Given::default() };
    let found = entities_of(&article).records(Kind::Person, &article);
    let spans: Vec<&str> = found.iter().take(5000).map(|p| p.mentions[0].text.as_str()).collect();
    assert_eq!(spans, names[..5000]);
}

#[test]
fn a_firm_named_like_a_person_keeps_its_short_form() {
    let body = "Shares of Morgan Stanley fell as Ferrolux Brothers Inc. and Quillfeather Stern (QST.N) cut jobs. The board of Quillfeather was told.";
    let article = article("", body);
    let found = entities_of(&article);
    let of = |kind| found.mentions.iter().filter(|m| m.kind == kind).map(|m| m.span.of(body)).collect::<Vec<_>>();
    assert_eq!(of(Kind::Person), Vec::<&str>::new());
    assert_eq!(of(Kind::Organization), ["Morgan Stanley", "Ferrolux Brothers Inc.", "Quillfeather Stern", "Quillfeather"]);
}

#[test]
fn half_a_bracket_is_no_part_of_a_name() {
    assert_eq!(
        names(&people("", "“We trust (Chairman Ida) Lindqvist,” said Bram Oyelaran (Labour, Hull).")),
        ["Lindqvist", "Bram Oyelaran"]
    );
}

#[test]
fn two_places_with_a_word_between_them_are_two() {
    let article = article("", "The bus from Mayo to Estonia was late, and the shops in Grimsby and at Hull were shut.");
    let places: Vec<String> = entities_of(&article).mentions.iter().map(|m| m.span.of(&article.body).to_owned()).collect();
    assert_eq!(places, ["Mayo", "Estonia", "Grimsby", "Hull"]);
}

#[test]
fn a_firm_is_known_by_its_ticker_and_by_the_form_of_its_name() {
    let body = "Marlowe Stern (MSTN.N) fell. Shares of Tilda Corp rose, and Bram Oyelaran of Oyelaran Ltd said Tilda would cut jobs. \
                Analysts at Marlowe Stern agreed. The retailer Jana Ketterly (NYSE: JKT) did not.";
    assert_eq!(names(&people("", body)), ["Bram Oyelaran"]);
    let article = article("", body);
    let firms: Vec<String> = entities_of(&article).records(Kind::Organization, &article).into_iter().map(|e| e.name).collect();
    assert_eq!(firms, ["Marlowe Stern", "Tilda Corp", "Oyelaran Ltd", "Jana Ketterly"]);
}
