//! The names under which the fields of an article go in JSON and in tables, and `--map` on top of them.

use rustc_hash::FxHashMap;

use super::Options;

/// A field of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Its own id.
    Id,
    /// The headline.
    Title,
    /// The text.
    Body,
    /// The text as HTML.
    Html,
    /// A few sentences on it, the text only where there is no other.
    Summary,
    /// When it was published.
    Date,
    /// When it was last changed; when it was published, where nothing else says that.
    Modified,
    /// The outlet.
    Source,
    /// The writers.
    Authors,
    /// Where it stands on the web.
    Url,
    /// The part of the outlet.
    Section,
    /// The language.
    Language,
    /// People it brings along.
    People,
    /// Organizations it brings along.
    Organizations,
    /// Places it brings along.
    Locations,
    /// Quotes it brings along.
    Quotes,
    /// Where it was read from, in what dictum itself printed.
    Path,
}

/// Each field with its names, the surest first; folded as [`fold`] does. The first of each is ours, as in `--map`.
///
/// From the documentation of NewsAPI, news-please, newspaper, schema.org, Media Cloud, GDELT, the APIs of The Guardian
/// and The New York Times, WordPress, and data sets of news on Hugging Face; and the words for them at the head of tables in
/// German, French, Spanish and Italian.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Id,
        &[
            "id",
            "_id",
            "uuid",
            "guid",
            "articleid",
            "storyid",
            "storiesid",
            "newsid",
            "docid",
            "documentid",
            "docno",
            "itemid",
            "postid",
            "accessionno",
            "uri",
            "@id",
            "identifier",
        ],
    ),
    (
        Field::Title,
        &[
            "title",
            "headline",
            "webtitle",
            "articletitle",
            "newstitle",
            "storytitle",
            "headlinetext",
            "heading",
            "hl1",
            "header",
            "titlepage",
            "ogtitle",
            "headlines",
            "titel",
            "überschrift",
            "schlagzeile",
            "titre",
            "título",
            "titulo",
            "titular",
            "titolo",
            "name",
        ],
    ),
    (
        Field::Body,
        &[
            "body",
            "articlebody",
            "maintext",
            "fulltext",
            "bodytext",
            "articletext",
            "storytext",
            "storybody",
            "articlecontent",
            "text",
            "content",
            "contenttext",
            "textcontent",
            "maincontent",
            "newstext",
            "newscontent",
            "plaintext",
            "plaincontent",
            "cleantext",
            "cleanedtext",
            "cleancontent",
            "rawtext",
            "rawcontent",
            "textbody",
            "contents",
            "article",
            "story",
            "document",
            "paragraphs",
            "bodyplain",
            "contentplain",
            "transcript",
            "inhalt",
            "volltext",
            "artikeltext",
            "texte",
            "contenu",
            "texto",
            "contenido",
            "testo",
            "contenuto",
            "post",
        ],
    ),
    (Field::Html, &["html", "bodyhtml", "contenthtml", "bodyxhtml", "articlehtml", "htmlbody", "htmlcontent", "texthtml"]),
    (
        Field::Summary,
        &["summary", "description", "abstract", "leadparagraph", "lead", "snippet", "excerpt", "trailtext", "teaser", "standfirst"],
    ),
    (
        Field::Date,
        &[
            "date",
            "datepublished",
            "publishedat",
            "published",
            "publisheddate",
            "publishdate",
            "datepublish",
            "pubdate",
            "publicationdate",
            "webpublicationdate",
            "publishedon",
            "publishedtime",
            "publishtime",
            "publicationtime",
            "articlepublishedtime",
            "firstpublished",
            "firstpublicationdate",
            "versioncreated",
            "firstcreated",
            "datetime",
            "pubtime",
            "datetimepub",
            "articledate",
            "newsdate",
            "storydate",
            "issuedate",
            "datecreated",
            "createdat",
            "created",
            "timestamp",
            "time",
            "posted",
            "postdate",
            "seendate",
            "dategmt",
            "datum",
            "erscheinungsdatum",
            "datedepublication",
            "datepublication",
            "fecha",
            "fechadepublicación",
        ],
    ),
    (
        Field::Modified,
        &[
            "modified",
            "datemodified",
            "modifiedat",
            "modifiedgmt",
            "datemodify",
            "lastmodified",
            "updated",
            "updatedat",
            "dateupdated",
            "lastupdated",
            "updateddate",
        ],
    ),
    (
        Field::Source,
        &[
            "source",
            "outlet",
            "publisher",
            "publication",
            "publicationname",
            "sourcename",
            "newspaper",
            "medianame",
            "media",
            "newssource",
            "newsoutlet",
            "sitename",
            "ogsitename",
            "site",
            "website",
            "provider",
            "feedtitle",
            "feedname",
            "agency",
            "quelle",
            "zeitung",
            "journal",
            "fuente",
            "fonte",
            "domain",
            "sourcedomain",
            "hostname",
            "host",
            "sourceurl",
        ],
    ),
    (
        Field::Authors,
        &[
            "authors",
            "author",
            "byline",
            "by",
            "creator",
            "dccreator",
            "authorname",
            "authornames",
            "writer",
            "writers",
            "journalist",
            "reporter",
            "columnist",
            "contributors",
            "autor",
            "autoren",
            "verfasser",
            "auteur",
            "auteurs",
            "autores",
            "autore",
            "autori",
        ],
    ),
    (
        Field::Url,
        &[
            "url",
            "weburl",
            "articleurl",
            "storyurl",
            "newsurl",
            "canonicalurl",
            "canonical",
            "link",
            "links",
            "permalink",
            "pageurl",
            "shareurl",
            "originalurl",
            "sourcelink",
            "mainentityofpage",
            "href",
        ],
    ),
    (
        Field::Section,
        &[
            "section",
            "sectionname",
            "articlesection",
            "category",
            "categories",
            "newsdesk",
            "desk",
            "rubric",
            "channel",
            "topic",
            "ressort",
            "rubrik",
            "rubrique",
            "sección",
            "sezione",
        ],
    ),
    (
        Field::Language,
        &["language", "lang", "inlanguage", "metalang", "languagecode", "langcode", "locale", "sprache", "langue", "idioma", "lingua"],
    ),
    (Field::People, &["people", "persons", "person"]),
    (Field::Organizations, &["organizations", "organisations", "orgs", "organization", "organisation", "companies"]),
    (Field::Locations, &["locations", "places", "location", "place"]),
    (Field::Quotes, &["quotes", "quotations"]),
    (Field::Path, &["path"]),
];

/// Finds the field that a name means.
#[derive(Debug)]
pub struct Fields {
    by_name: FxHashMap<String, (Field, usize)>,
    /// Fields deep inside, as in `--map body=data.story.text`.
    pub(super) deep: Vec<(Field, Vec<String>)>,
}

impl Fields {
    /// The usual names, and before them those of `--map`; a name with dots leads into objects.
    #[must_use]
    pub fn new(options: &Options) -> Self {
        let mut by_name = FxHashMap::default();
        for (field, names) in NAMES {
            for (rank, name) in names.iter().enumerate() {
                by_name.insert((*name).to_owned(), (*field, rank + 1));
            }
        }
        let mut deep = Vec::new();
        for (ours, theirs) in &options.map {
            let Some(field) = ours_named(ours) else { continue };
            let parts: Vec<String> = theirs.split('.').map(str::to_owned).collect();
            if parts.len() > 1 {
                deep.push((field, parts));
            }
            by_name.insert(fold(theirs), (field, 0));
        }
        Self { by_name, deep }
    }

    /// The field that `name` means, and how surely: 0 before all.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<(Field, usize)> {
        self.by_name.get(&fold(name)).copied()
    }
}

/// The field of our name, as the left side of `--map` has it; `None` for a name that is no field.
#[must_use]
pub fn ours_named(name: &str) -> Option<Field> {
    NAMES.iter().find(|(_, names)| names[0] == name).map(|(field, _)| *field)
}

/// Our names of all fields that `--map` takes.
pub fn ours() -> impl Iterator<Item = &'static str> {
    NAMES.iter().filter(|(field, _)| *field != Field::Path).map(|(_, names)| names[0])
}

/// "Published_At", "published-at" and "publishedAt" are one.
fn fold(name: &str) -> String {
    let start = if name.starts_with('_') { "_" } else { "" };
    let rest = name.chars().filter(|c| !matches!(c, '_' | '-' | ' ' | '.' | ':' | '\u{feff}'));
    start.chars().chain(rest.flat_map(char::to_lowercase)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_are_one_and_the_map_goes_first() {
        let map = vec![("body".to_owned(), "Story Text".to_owned()), ("title".to_owned(), "body".to_owned())];
        let fields = Fields::new(&Options { map, ..Options::default() });
        assert_eq!(fields.find("story_text"), Some((Field::Body, 0)));
        assert_eq!(fields.find("body"), Some((Field::Title, 0)));
        for name in ["publishedAt", "published_at", "Published At", "PUBLISHED-AT", "og:title"] {
            assert!(fields.find(name).is_some(), "{name}");
        }
        assert_eq!(fields.find("colour"), None);
        assert!(ours_named("body").is_some() && ours_named("boddy").is_none());
    }
}
