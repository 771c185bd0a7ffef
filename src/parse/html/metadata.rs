//! What a web page says of its article in markup: JSON-LD, OpenGraph and other `<meta>`, the headline, the time.
//!
//! Who goes before whom was measured on some hundred news pages: the title is best in `<h1>`, the writers and the date in
//! JSON-LD; `og:title` and `<title>` carry the outlet's name behind the headline.

use serde_json::{Map, Value};
use trafilatura::dom::{Document, NodeId};

use super::super::{byline, dates};
use super::bylines::Bylines;
use super::salvage::salvage;
use super::{source, stated};
use crate::annotation::{Entity, Location};
use crate::article::{Date, Given};

/// Deepest element that is looked at for structured data in JSON-LD.
const JSON_DEPTH: usize = 6;

/// What was found; all may be missing.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub title: String,
    pub authors: Vec<String>,
    pub date: Option<Date>,
    pub modified: Option<Date>,
    pub source: Option<String>,
    pub url: Option<String>,
    pub section: Option<String>,
    pub language: Option<String>,
    pub given: Given,
    /// The text that structured data states, empty for none.
    pub body: String,
    /// The names that the page shows.
    pub bylines: Bylines,
    /// The day in the address: "/2025/04/03/".
    pub address_day: Option<Date>,
    /// Whether the page calls itself an article.
    pub is_article: bool,
    /// Whether it calls itself something else: a list, a shop, the front page.
    pub is_other: bool,
}

/// The raw findings of one walk over the page.
#[derive(Debug, Default)]
struct Markup {
    meta: Vec<(String, String)>,
    json: Vec<Map<String, Value>>,
    headings: Vec<String>,
    title: String,
    canonical: Option<String>,
    language: Option<String>,
    times: Vec<(u8, String)>,
    bylines: Bylines,
}

/// Reads the metadata of a page. `known_url` is where it was fetched from.
pub(super) fn read(page: &Document, known_url: Option<&str>) -> Metadata {
    let markup = gather(page);
    let article =
        markup.json.iter().find(|item| is_article(item)).or_else(|| markup.json.iter().find(|item| item.contains_key("headline")));
    let field = |name: &str| article.and_then(|item| item.get(name));
    let url = url(&markup, article, known_url);
    let host = url.as_deref().and_then(host);
    let source = source::outlet(
        article.and_then(|item| item.get("publisher").and_then(|p| name_of(p, &markup.json))),
        markup
            .meta(&["og:site_name", "application-name", "dc.publisher", "publisher", "article:publisher_name"])
            .or_else(|| field("sourceOrganization").and_then(|p| name_of(p, &markup.json))),
        &markup.title,
        host.as_deref(),
    )
    .or_else(|| host.clone());
    let kind = markup.meta(&["og:type"]).unwrap_or_default();
    let has_article = article.is_some_and(is_article);
    let others = ["WebSite", "CollectionPage", "ItemList", "SearchResultsPage", "Product", "ProfilePage", "ContactPage", "AboutPage"];
    let root =
        url.as_deref().is_some_and(|url| url.split_once("://").is_some_and(|(_, rest)| rest.trim_end_matches('/').find('/').is_none()));
    let written = |text: &str| dates::read(text).filter(|date| !date.as_str().starts_with("000"));
    let in_meta = |names: &[&str]| names.iter().find_map(|name| markup.meta(&[name]).and_then(|text| written(&text)));
    let modified = field("dateModified").and_then(Value::as_str).and_then(written).or_else(|| in_meta(MODIFIED));
    let date = field("datePublished")
        .and_then(Value::as_str)
        .and_then(written)
        .or_else(|| field("dateCreated").and_then(Value::as_str).and_then(written))
        .or_else(|| in_meta(PUBLISHED))
        .or_else(|| time(&markup))
        .map(|date| with_time(date, &markup));
    Metadata {
        title: title(&markup, article, source.as_deref()),
        authors: authors(&markup, article, source.as_deref()),
        address_day: url.as_deref().and_then(day_in),
        is_article: has_article || kind.eq_ignore_ascii_case("article") || markup.meta(&["article:published_time"]).is_some(),
        is_other: !has_article
            && !kind.eq_ignore_ascii_case("article")
            && (root || markup.json.iter().any(|item| types(item).any(|t| others[1..].contains(&t)))),
        date,
        modified,
        source,
        section: field("articleSection")
            .and_then(first_text)
            .or_else(|| markup.meta(&["article:section", "section", "dc.subject.section"]))
            .filter(|section| host.as_deref() != Some(section.as_str())),
        language: language(&markup, field("inLanguage")),
        given: given(article, &markup.json),
        body: article.map(stated::body).unwrap_or_default(),
        bylines: markup.bylines,
        url,
    }
}

/// A bare day with the time that the page gives elsewhere.
fn with_time(date: Date, markup: &Markup) -> Date {
    if !date.is_bare_day() {
        return date;
    }
    let metas = markup.meta.iter().filter(|(name, _)| PUBLISHED.contains(&name.as_str())).map(|(_, value)| value);
    let items = markup.json.iter().filter_map(|item| item.get("datePublished")?.as_str());
    let times = markup.times.iter().filter(|(rank, _)| *rank == 0).map(|(_, text)| text);
    let all = metas.chain(times).map(String::as_str).chain(items).filter_map(dates::read);
    let same_day = |other: &Date| !other.is_bare_day() && other.as_str().get(..10) == date.as_str().get(..10);
    all.into_iter().find(same_day).unwrap_or(date)
}

/// The day in an address: "/2025/04/03/", "/2025/apr/03/".
fn day_in(url: &str) -> Option<Date> {
    let parts: Vec<&str> = url.split('/').skip(3).collect();
    parts.windows(3).find_map(|parts| {
        let [year, month, day] = parts else { return None };
        let number = |text: &str, length: usize| (text.len() <= length && text.bytes().all(|b| b.is_ascii_digit())).then_some(());
        number(day, 2).filter(|()| year.len() == 4 && year.starts_with(['1', '2'])).and_then(|()| number(year, 4))?;
        match number(month, 2) {
            Some(()) => dates::read(&format!("{year}-{month:0>2}-{day:0>2}")),
            None => dates::read(&format!("{day} {month} {year}")),
        }
    })
}

/// `<meta>` names for the day of publication, the surest first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publishdate",
    "publish_date",
    "pubdate",
    "publication_date",
    "published_at",
    "published-date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "dc.date",
    "article.published",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "displaydate",
    "rnews:datepublished",
    "citation_publication_date",
    "date",
];

/// `<meta>` names for the day of the last change, the surest first.
const MODIFIED: &[&str] = &["article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified"];

impl Markup {
    fn meta(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.meta.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone()))
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn gather(page: &Document) -> Markup {
    let mut markup = Markup::default();
    for node in page.get_elements_by_tag_name(page.root(), "*") {
        let attribute = |name: &str| page.get_attribute(node, name).map(|v| one_line(&v)).filter(|v| !v.is_empty());
        match page.tag_name(node) {
            "html" if markup.language.is_none() => markup.language = attribute("lang").or_else(|| attribute("xml:lang")),
            "meta" => {
                let name = attribute("property")
                    .or_else(|| attribute("name"))
                    .or_else(|| attribute("itemprop"))
                    .or_else(|| attribute("http-equiv"));
                if let (Some(name), Some(value)) = (name, attribute("content")) {
                    markup.meta.push((name.to_ascii_lowercase(), value));
                }
            }
            "link" if attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) && markup.canonical.is_none() => {
                markup.canonical = attribute("href");
            }
            "title" if markup.title.is_empty() && page.parent(node).is_some_and(|p| page.tag_name(p) != "svg") => {
                markup.title = one_line(&page.text_content(node));
            }
            "h1" => markup.headings.push(one_line(&page.text_content(node))),
            "script" if attribute("type").is_some_and(|t| t.to_ascii_lowercase().starts_with("application/ld+json")) => {
                json_ld(&page.text_content(node), &mut markup.json);
            }
            "time" => {
                let sure = attribute("pubdate").is_some() || attribute("itemprop").is_some_and(|p| p.eq_ignore_ascii_case("datePublished"));
                if let Some(text) = attribute("datetime").or_else(|| Some(one_line(&page.text_content(node)))).filter(|t| !t.is_empty()) {
                    markup.times.push((if sure { 0 } else { 1 }, text));
                }
            }
            _ => marked_up(page, node, &mut markup, &attribute),
        }
    }
    markup.headings.retain(|h| !h.is_empty());
    markup
}

/// Microdata and rel: `itemprop="datePublished"`, `rel="author"`.
fn marked_up(page: &Document, node: NodeId, markup: &mut Markup, attribute: &dyn Fn(&str) -> Option<String>) {
    if let Some(property) = attribute("itemprop") {
        if property.eq_ignore_ascii_case("datePublished") {
            if let Some(text) = attribute("content").or_else(|| attribute("datetime")) {
                markup.times.push((0, text));
            }
        } else if property.eq_ignore_ascii_case("author") {
            let name = page.query_selector(node, r#"[itemprop="name"]"#).unwrap_or(node);
            let name = page.get_attribute(name, "content").unwrap_or_else(|| one_line(&page.text_content(name)));
            markup.bylines.mark(page, node, name);
        }
    } else if attribute("rel").is_some_and(|rel| rel.split(' ').any(|r| r == "author")) {
        markup.bylines.mark(page, node, one_line(&page.text_content(node)));
    }
    markup.bylines.look(page, node, attribute("class").as_deref());
}

/// Adds every object of a JSON-LD script, those of its `@graph` and those it is about.
fn json_ld(script: &str, out: &mut Vec<Map<String, Value>>) {
    let text = script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let text = text.trim().trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim().trim_end_matches(';');
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        // Line breaks inside strings, which many outlets write, are no JSON.
        Err(_) => match serde_json::from_str(&text.replace(|c: char| c.is_control(), " ")) {
            Ok(value) => value,
            Err(_) => match salvage(text) {
                Some(value) => value,
                None => return,
            },
        },
    };
    flatten(value, out, 0);
}

fn flatten(value: Value, out: &mut Vec<Map<String, Value>>, depth: usize) {
    if depth > JSON_DEPTH || out.len() > 500 {
        return;
    }
    match value {
        Value::Array(items) => items.into_iter().for_each(|item| flatten(item, out, depth + 1)),
        Value::Object(mut object) => {
            let graph = object.remove("@graph");
            let inner: Vec<Value> = ["mainEntity", "mainEntityOfPage"]
                .iter()
                .filter(|_| !is_article(&object))
                .filter_map(|name| object.get(*name).filter(|v| v.is_object()).cloned())
                .collect();
            if object.keys().any(|k| k != "@context") {
                out.push(object);
            }
            graph.into_iter().chain(inner).for_each(|v| flatten(v, out, depth + 1));
        }
        _ => {}
    }
}

fn types(item: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let list: Vec<&str> = match item.get("@type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    list.into_iter().map(|t| t.rsplit(['/', ':', '#']).next().unwrap_or(t))
}

fn is_article(item: &Map<String, Value>) -> bool {
    types(item).any(|t| t.ends_with("Article") || t.ends_with("BlogPosting") || t == "Report" || t == "LiveBlogPosting")
}

/// Text, un-escaped: JSON-LD often carries HTML entities.
fn clean(text: &str) -> Option<String> {
    let text = if text.contains('&') { crate::parse::markup::fragment_text(text) } else { text.to_owned() };
    Some(one_line(&text)).filter(|t| !t.is_empty())
}

fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => clean(text),
        Value::Array(items) => items.iter().find_map(Value::as_str).and_then(clean),
        _ => None,
    }
}

/// The name of a person or an organization, which may stand elsewhere in the graph.
fn name_of(value: &Value, graph: &[Map<String, Value>]) -> Option<String> {
    match value {
        Value::String(text) => clean(text),
        Value::Array(items) => items.iter().find_map(|item| name_of(item, &[])),
        Value::Object(object) => object.get("name").and_then(first_text).or_else(|| {
            let id = object.get("@id")?.as_str()?;
            graph.iter().find(|o| o.get("@id").and_then(Value::as_str) == Some(id)).and_then(|o| o.get("name")).and_then(first_text)
        }),
        _ => None,
    }
}

fn names_of(value: &Value, graph: &[Map<String, Value>]) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(|item| name_of(item, graph)).collect(),
        Value::Object(object) if object.get("name").is_some_and(Value::is_array) => {
            object["name"].as_array().into_iter().flatten().filter_map(first_text).collect()
        }
        one => name_of(one, graph).into_iter().collect(),
    }
}

fn authors(markup: &Markup, article: Option<&Map<String, Value>>, source: Option<&str>) -> Vec<String> {
    let mut names = stated_authors(markup, article);
    let shown = markup.bylines.shown();
    // What a page shows may name more writers than what it tells machines.
    let more = shown.len() > names.len() && names.iter().all(|name| shown.iter().any(|other| other.eq_ignore_ascii_case(name)));
    if more {
        names = shown;
    }
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let source = letters(source.unwrap_or_default());
    if names.iter().any(|name| !source.contains(&letters(name))) {
        names.retain(|name| !source.contains(&letters(name)));
    }
    names
}

fn stated_authors(markup: &Markup, article: Option<&Map<String, Value>>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |list: Vec<String>| {
        for name in list.iter().flat_map(|text| byline::authors(text)) {
            if !names.iter().any(|n| n.eq_ignore_ascii_case(&name)) {
                names.push(name);
            }
        }
        !names.is_empty()
    };
    let outlet = |list: &[String]| {
        let is_publisher = article.and_then(|a| a.get("publisher")).and_then(|p| name_of(p, &markup.json)).as_ref() == list.first();
        let author = article.and_then(|a| a.get("author")).and_then(Value::as_object);
        list.len() == 1 && (is_publisher || author.is_some_and(|author| types(author).any(|t| t.ends_with("Organization"))))
    };
    let stated =
        article.and_then(|item| item.get("author").or_else(|| item.get("creator"))).map(|a| names_of(a, &markup.json)).unwrap_or_default();
    if !outlet(&stated) && add(stated.clone()) {
        return names;
    }
    for name in [
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "byl",
        "byline",
        "article:author_name",
        "cxenseparse:author",
    ] {
        let list: Vec<String> = markup.meta.iter().filter(|(n, v)| n == name && !v.contains("://")).map(|(_, v)| v.clone()).collect();
        if add(list) {
            return names;
        }
    }
    if add(markup.bylines.shown()) {
        return names;
    }
    if add(markup.bylines.marked.iter().filter(|b| b.len() < 120).cloned().collect()) {
        return names;
    }
    add(stated);
    names
}

fn url(markup: &Markup, article: Option<&Map<String, Value>>, known: Option<&str>) -> Option<String> {
    let web = |url: &str| url.starts_with("http://") || url.starts_with("https://");
    let stated = |name: &str| match article.and_then(|item| item.get(name)) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Object(object)) => object.get("@id").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    };
    let relative = || {
        // A canonical path without a host belongs to where the page came from.
        let path = markup.canonical.as_deref().filter(|path| path.starts_with('/') && !path.starts_with("//"))?;
        let base = known?;
        let (scheme, rest) = base.split_once("://")?;
        Some(format!("{scheme}://{}{path}", rest.split('/').next()?))
    };
    markup
        .canonical
        .clone()
        .filter(|u| web(u))
        .or_else(relative)
        .or_else(|| markup.meta(&["og:url"]).filter(|u| web(u)))
        .or_else(|| stated("mainEntityOfPage").filter(|u| web(u)))
        .or_else(|| stated("url").filter(|u| web(u)))
        .or_else(|| stated("@id").filter(|u| web(u)))
        .or_else(|| known.map(str::to_owned))
}

pub(super) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

fn time(markup: &Markup) -> Option<Date> {
    let mut times = markup.times.clone();
    times.sort_by_key(|(rank, _)| *rank);
    times.iter().find_map(|(_, text)| dates::read(text))
}

fn language(markup: &Markup, stated: Option<&Value>) -> Option<String> {
    let code = |text: String| {
        let code: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
        (2..=3).contains(&code.len()).then(|| code.to_ascii_lowercase())
    };
    markup
        .language
        .clone()
        .and_then(code)
        .or_else(|| stated.and_then(first_text).and_then(code))
        .or_else(|| markup.meta(&["og:locale", "content-language", "dc.language", "language"]).and_then(code))
}

/// The headline: `<h1>` when it agrees with what the page calls itself, else JSON-LD, `og:title`, `<title>`.
fn title(markup: &Markup, article: Option<&Map<String, Value>>, source: Option<&str>) -> String {
    let headline = article.and_then(|item| item.get("headline").or_else(|| item.get("name"))).and_then(first_text);
    let shared = markup
        .meta(&["og:title", "twitter:title", "dc.title", "parsely-title"])
        .and_then(|t| clean(&t))
        .map(|t| without_outlet(&t, source));
    let named = clean(&markup.title).map(|t| without_outlet(&t, source));
    // Nobody says whose page it is: one word behind a dash is the outlet's.
    let named = match (source, named) {
        (None, Some(title)) if shared.is_none() => match title.rsplit_once(" - ") {
            Some((head, tail)) if !tail.contains(' ') && head.split(' ').count() >= 3 => Some(head.to_owned()),
            _ => Some(title),
        },
        (_, named) => named,
    };
    let candidates: Vec<&String> = headline.iter().chain(&shared).chain(&named).collect();
    let close = |heading: &&String| candidates.iter().map(|c| likeness(heading, c)).fold(0.0, f64::max);
    let best = markup.headings.iter().max_by(|a, b| close(a).total_cmp(&close(b)).then(b.len().cmp(&a.len())));
    match best {
        Some(heading) if close(&heading) > 0.34 || candidates.is_empty() => heading.clone(),
        // Alone on its page, it need not say what the page calls itself, but must speak of it.
        Some(heading)
            if markup.headings.len() == 1
                && headline.is_none()
                && close(&heading) > 0.1
                && candidates.iter().any(|candidate| speak_of_one(heading, candidate))
                && source != Some(heading) =>
        {
            heading.clone()
        }
        _ => candidates.first().map(|c| (*c).clone()).unwrap_or_default(),
    }
}

/// Whether two titles share a word that is long enough to mean something.
fn speak_of_one(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3).map(str::to_lowercase).collect()
    };
    let b = words(b);
    words(a).iter().any(|word| b.contains(word))
}

/// The share of words that two titles have in common.
fn likeness(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let common = a.iter().filter(|word| b.contains(word)).count();
    if a.is_empty() || b.is_empty() { 0.0 } else { common as f64 / a.len().max(b.len()) as f64 }
}

/// "Headline | The Daily Post" is the headline.
fn without_outlet(title: &str, source: Option<&str>) -> String {
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let source = letters(source.unwrap_or_default());
    let mut rest = title;
    for separator in [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " // "] {
        while let Some((head, tail)) = rest.rsplit_once(separator) {
            let name = letters(tail);
            let is_outlet = !source.is_empty() && (source.contains(&name) || name.contains(&source));
            let bar = separator != " - " && separator != " – " && separator != " — ";
            if !(is_outlet || (bar && tail.split(' ').count() <= 4)) || head.split(' ').count() < 3 {
                break;
            }
            rest = head;
        }
    }
    rest.trim().to_owned()
}

/// The people, organizations and places that JSON-LD says the article is about.
fn given(article: Option<&Map<String, Value>>, graph: &[Map<String, Value>]) -> Given {
    let mut given = Given::default();
    let Some(article) = article else { return given };
    for (field, place) in [("mentions", false), ("about", false), ("contentLocation", true), ("spatialCoverage", true)] {
        let items: Vec<&Value> = match article.get(field) {
            Some(Value::Array(items)) => items.iter().collect(),
            Some(one) => vec![one],
            None => continue,
        };
        for item in items {
            let Some(name) = name_of(item, graph) else { continue };
            let kinds: Vec<&str> = item.as_object().map(|o| types(o).collect()).unwrap_or_default();
            let has = |names: &[&str]| kinds.iter().any(|k| names.contains(k));
            let entity = Entity { name: name.clone(), ..Entity::default() };
            if has(&["Person"]) {
                super::super::given::add(&mut given.people, entity);
            } else if has(&[
                "Organization",
                "NewsMediaOrganization",
                "Corporation",
                "GovernmentOrganization",
                "SportsTeam",
                "SportsOrganization",
            ]) {
                super::super::given::add(&mut given.organizations, entity);
            } else if place || has(&["Place", "Country", "City", "State", "AdministrativeArea"]) {
                let number =
                    |key: &str| item.get("geo").and_then(|g| g.get(key)).and_then(|v| v.as_f64().or_else(|| v.as_str()?.parse().ok()));
                let location = Location { name, latitude: number("latitude"), longitude: number("longitude"), ..Location::default() };
                super::super::given::add_location(&mut given.locations, location);
            }
        }
    }
    given
}
