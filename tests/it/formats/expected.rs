//! What an article must be, and how it is compared.

use dictum::article::Article;

use super::read;

/// What an article must be; a field that is not given must be empty.
#[derive(Default)]
pub struct Expected<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub body: &'a [&'a str],
    pub date: &'a str,
    pub source: &'a str,
    pub authors: &'a [&'a str],
    pub url: &'a str,
    pub section: &'a str,
    pub language: &'a str,
    pub people: &'a [&'a str],
    pub organizations: &'a [&'a str],
    pub locations: &'a [&'a str],
}

/// Fails where an article is not as it must be.
#[track_caller]
pub fn assert_is(article: &Article, expected: &Expected<'_>) {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    assert_eq!(article.id, expected.id, "id");
    assert_eq!(article.title, expected.title, "title of {}", expected.id);
    assert_eq!(article.body.split("\n\n").filter(|p| !p.is_empty()).collect::<Vec<_>>(), expected.body, "body of {}", expected.id);
    assert_eq!(article.date.as_ref().map_or("", |d| d.as_str()), expected.date, "date of {}", expected.id);
    assert_eq!(text(&article.source), expected.source, "source of {}", expected.id);
    assert_eq!(article.authors, expected.authors, "authors of {}", expected.id);
    assert_eq!(text(&article.url), expected.url, "url of {}", expected.id);
    assert_eq!(text(&article.section), expected.section, "section of {}", expected.id);
    if !expected.language.is_empty() {
        assert_eq!(text(&article.language), expected.language, "language of {}", expected.id);
    }
    let given = &article.given;
    assert_eq!(given.people.iter().map(|e| e.name.as_str()).collect::<Vec<_>>(), expected.people, "people of {}", expected.id);
    assert_eq!(
        given.organizations.iter().map(|e| e.name.as_str()).collect::<Vec<_>>(),
        expected.organizations,
        "organizations of {}",
        expected.id
    );
    assert_eq!(given.locations.iter().map(|l| l.name.as_str()).collect::<Vec<_>>(), expected.locations, "locations of {}", expected.id);
}

/// All articles of a document, which must be taken without a refusal.
#[track_caller]
pub fn all(name: &str, bytes: &[u8]) -> Vec<Article> {
    let (articles, refusals) = read(name, bytes);
    assert_eq!(refusals, [], "{name}");
    articles
}
