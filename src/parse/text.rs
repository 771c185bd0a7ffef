//! Plain text: the first line is the title, lines with the writer and the date follow, then the body.

use std::io::BufRead;
use std::ops::ControlFlow;

use super::fields::{Field, Fields};
use super::{Options, Origin, Sink, boilerplate, byline, dates, language, whole_text};
use crate::article::Article;

/// A first line longer than this is text. Headlines seldom pass 120 characters.
const LONGEST_TITLE: usize = 250;

/// A first line that ends as a sentence does is a title up to here.
const LONGEST_SENTENCE: usize = 170;

/// How many lines below the title are looked at for the writer and the date.
const HEAD: usize = 8;

/// Reads a file of text as one article.
pub(super) fn articles(input: &mut dyn BufRead, origin: &Origin, options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let text = match whole_text(input, origin, sink)? {
        Ok(text) => text,
        Err(refusal) => return sink(Err(refusal)),
    };
    match article(&text, &Fields::new(options)) {
        Some(article) => sink(Ok(article)),
        None => sink(Err(origin.refuse("no body: nothing stands below its title"))),
    }
}

/// The article of a text; `None` where there is no body.
pub(super) fn article(text: &str, fields: &Fields) -> Option<Article> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{c}', '\u{2028}', '\u{2029}'], "\n").replace(['\0', '\u{feff}'], "");
    let mut article = Article::default();
    let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let first = lines.iter().position(|line| !line.trim().is_empty())?;
    lines.drain(..first);
    take_byline_above(&mut lines, &mut article);
    let alone = lines.iter().filter(|line| !line.trim().is_empty()).count() == 1;
    if !alone && is_title(lines[0], lines.get(1).copied()) {
        lines[0].trim().clone_into(&mut article.title);
        lines.remove(0);
        if let Some((field, value)) = keyed(&article.title, fields)
            && field == Field::Title
        {
            article.title = value.to_owned();
        }
    }
    take_head_lines(&mut lines, &mut article, fields);
    let clean = boilerplate::clean(&paragraphs(&lines));
    article.body = clean.body;
    if article.authors.is_empty() {
        article.authors = clean.writers;
    }
    (!article.body.is_empty()).then_some(article)
}

/// Takes the writers and the day out of the lines above the title, where they stand there.
fn take_byline_above(lines: &mut Vec<&str>, article: &mut Article) {
    // A title may begin so too ("By Popular Demand"): a line that may be the title must follow.
    let mut above = 0;
    let mut found = Article::default();
    for (at, line) in lines.iter().enumerate().take(HEAD).filter(|(_, line)| !line.trim().is_empty()) {
        let line = line.trim();
        let taken = match (dates::line(line), byline_with_date(line)) {
            (Some(date), _) => {
                found.date.get_or_insert(date);
                true
            }
            (None, Some((names, date))) if line.split_whitespace().count() >= 3 => {
                found.date = found.date.take().or(date);
                take_authors(&mut found, &names)
            }
            _ => false,
        };
        if !taken {
            let next = lines[at + 1..].iter().find(|line| !line.trim().is_empty());
            if above > 0 && !line.ends_with(['.', '”', '"']) && is_title(line, next.copied()) && next.is_some() {
                lines.drain(..at);
                article.date = found.date;
                article.authors = found.authors;
            }
            return;
        }
        above = at + 1;
    }
}

fn is_title(line: &str, next: Option<&str>) -> bool {
    let line = line.trim();
    let length = line.chars().count();
    let sentence = line.ends_with(['.', '”', '"']);
    let goes_on = goes_on(next.as_ref()) && length > 50;
    length <= LONGEST_TITLE && !(sentence && length > LONGEST_SENTENCE) && !goes_on && boilerplate::dateline(line).is_none()
}

/// Whether the line above `next` was broken for its length: the next one goes on in small letters.
fn goes_on(next: Option<&&str>) -> bool {
    next.is_some_and(|next| next.trim_start().starts_with(char::is_lowercase))
}

/// Takes what says who wrote an article and when off the beginning of its body.
pub(super) fn take_head(article: &mut Article, fields: &Fields) {
    let body = std::mem::take(&mut article.body);
    let mut lines: Vec<&str> = body.split('\n').collect();
    take_head_lines(&mut lines, article, fields);
    article.body = lines.join("\n").trim().to_owned();
}

/// Takes the byline out of the first paragraph, where it stands there alone.
pub(super) fn take_byline(article: &mut Article) {
    let (first, rest) = article.body.split_once("\n\n").unwrap_or((&article.body, ""));
    if let Some((names, _)) = byline_with_date(first) {
        let rest = rest.to_owned();
        if take_authors(article, &names) {
            article.body = rest;
        }
    }
}

/// Takes the lines out that say who wrote the article and when, from between title and text.
fn take_head_lines(lines: &mut Vec<&str>, article: &mut Article, fields: &Fields) {
    let mut seen = 0;
    let mut at = 0;
    while at < lines.len() && seen < HEAD {
        let line = lines[at].trim();
        if line.is_empty() {
            at += 1;
            continue;
        }
        seen += 1;
        // Below the text's first long line only a date or a byline that stands alone is of the head.
        if line.chars().count() > 200 {
            break;
        }
        let taken = if let Some((field, value)) = keyed(line, fields) {
            set(article, field, value)
        } else if let Some(date) = dates::line(line) {
            article.date.get_or_insert(date);
            true
        } else if !goes_on(lines.get(at + 1))
            && let Some((names, date)) = byline_with_date(line)
        {
            article.date = article.date.take().or(date);
            take_authors(article, &names)
        } else if is_address(line) {
            article.url.get_or_insert_with(|| line.to_owned());
            true
        } else {
            boilerplate::is_boilerplate(line, false)
        };
        if taken {
            lines.remove(at);
        } else {
            at += 1;
        }
    }
}

fn take_authors(article: &mut Article, byline: &str) -> bool {
    if article.authors.is_empty() {
        article.authors = byline::authors(byline);
    }
    !article.authors.is_empty()
}

/// "By Jane Roe in Kyiv", "By JANE ROE | April 3, 2025": the names, and the date beside them.
fn byline_with_date(line: &str) -> Option<(String, Option<crate::article::Date>)> {
    let lead = ["By ", "BY ", "by ", "From ", "FROM ", "Von ", "Par ", "Por "].iter().find(|lead| line.starts_with(**lead))?;
    let rest = line[lead.len()..].trim();
    let dateline = [" - ", ") -", ") —", " — "].iter().any(|dash| rest.contains(dash));
    if dateline || rest.chars().count() > 120 || rest.ends_with(['.', '?', '!', ':', '”', '"']) && !rest.ends_with("Jr.") {
        return None;
    }
    let (names, date) = match rest.char_indices().find(|(_, c)| matches!(c, '|' | '•' | '·' | ';')) {
        Some((at, _)) if dates::read(&rest[at..]).is_some() => (&rest[..at], dates::read(&rest[at..])),
        _ => (rest, None),
    };
    // A byline is made of names: all its words but a few begin with a capital letter.
    let small = names.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    let words = names.split_whitespace().count();
    let begins = names.starts_with(char::is_uppercase) || lead.starts_with("by ");
    let is_from = lead.eq_ignore_ascii_case("from ");
    (begins && words <= 16 && small * 2 <= words && (!is_from || small <= 3)).then(|| (format!("By {names}"), date))
}

/// "Source: The Paper": a field with its value.
fn keyed<'a>(line: &'a str, fields: &Fields) -> Option<(Field, &'a str)> {
    let (key, value) = line.split_once(':')?;
    let value = value.trim();
    if value.is_empty() || key.len() > 24 || !key.starts_with(char::is_uppercase) || value.starts_with("//") {
        return None;
    }
    let (field, rank) = fields.find(key)?;
    // The surest names only: "Post: …" or "Time: …" may be text.
    let plain = rank == 0
        || matches!(
            key.to_ascii_lowercase().as_str(),
            "title"
                | "headline"
                | "date"
                | "published"
                | "publication date"
                | "published on"
                | "updated"
                | "author"
                | "authors"
                | "byline"
                | "by"
                | "source"
                | "publication"
                | "publisher"
                | "outlet"
                | "url"
                | "link"
                | "section"
                | "category"
                | "language"
                | "id"
        );
    plain.then_some((field, value))
}

/// Sets a field from the head of a text or from front matter; whether the value was one.
pub(super) fn set(article: &mut Article, field: Field, value: &str) -> bool {
    let value = value.trim();
    match field {
        Field::Id => value.clone_into(&mut article.id),
        Field::Title => value.clone_into(&mut article.title),
        Field::Date => match dates::read(value) {
            Some(date) => article.date = article.date.take().or(Some(date)),
            None => return false,
        },
        Field::Modified => match dates::read(value) {
            Some(date) => article.modified = article.modified.take().or(Some(date)),
            None => return false,
        },
        Field::Source => article.source = Some(value.to_owned()),
        Field::Authors => article.authors.extend(byline::authors(value)),
        Field::Url => article.url = Some(value.to_owned()),
        Field::Section => article.section = Some(value.to_owned()),
        Field::Language => article.language = language::code(value),
        _ => return false,
    }
    true
}

fn is_address(line: &str) -> bool {
    (line.starts_with("https://") || line.starts_with("http://")) && !line.contains(char::is_whitespace)
}

/// Lines to paragraphs, parted by a blank line: broken lines are put together again; where lines are as long as their
/// text, each is a paragraph.
fn paragraphs(lines: &[&str]) -> String {
    let wrapped = is_wrapped(lines);
    let mut out = String::new();
    let mut blank = true;
    let mut before = "";
    for line in lines {
        let words = line.trim();
        if words.is_empty() {
            blank = true;
            continue;
        }
        // In a wrapped text a paragraph may begin with an indented line, and lists with their marks.
        let indented = line.starts_with([' ', '\t']) && !before.starts_with([' ', '\t']);
        let begins = blank || !wrapped || indented || words.starts_with(['•', '*', '–', '—']) && !words.starts_with("— ");
        if !out.is_empty() {
            out.push_str(if begins { "\n\n" } else { " " });
        }
        out.push_str(words);
        blank = false;
        before = line;
    }
    out
}

/// Whether lines were broken for their length, as agencies and mail do at 60 to 80 characters: of those that another line
/// follows most are nearly as long as the longest.
fn is_wrapped(lines: &[&str]) -> bool {
    let followed =
        || lines.windows(2).filter(|pair| !pair[0].trim().is_empty() && !pair[1].trim().is_empty()).map(|pair| pair[0].chars().count());
    let Some(longest) = followed().max() else { return false };
    let (mut all, mut long) = (0, 0);
    for length in followed() {
        all += 1;
        long += usize::from(length + 16 >= longest);
    }
    (40..=110).contains(&longest) && all >= 2 && long * 10 >= all * 7
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Article {
        article(text, &Fields::new(&Options::default())).unwrap()
    }

    #[test]
    fn title_byline_and_date_stand_above_the_body() {
        for head in [
            "Bridge opens\n\nBy Ann Lee in Riga\n3 April 2025\n\n",
            "Bridge opens\nBy ANN LEE, Staff Writer\nUpdated 10:04 a.m. ET, Thu April 3, 2025\n\n",
            "\n\nBridge opens\r\n\r\nBy Ann Lee | April 3, 2025\r\n\r\n5 min read\r\n\r\nShare\r\n\r\n",
            "Title: Bridge opens\nAuthor: Ann Lee\nDate: 2025-04-03\n\n",
        ] {
            let article = read(&format!("{head}The bridge is open.\n\nNobody came."));
            assert_eq!(article.title, "Bridge opens");
            assert_eq!(article.authors[0].to_lowercase(), "ann lee", "{head}");
            assert!(article.date.unwrap().as_str().starts_with("2025-04-03T"), "{head}");
            assert_eq!(article.body, "The bridge is open.\n\nNobody came.", "{head}");
        }
    }

    #[test]
    fn a_byline_above_the_title_is_no_title() {
        let article = read("By Ann Lee\n3 April 2025\n\nBridge opens\n\nThe bridge is open.\n\nNobody came.");
        assert_eq!((article.title.as_str(), article.authors.as_slice()), ("Bridge opens", &["Ann Lee".to_owned()][..]));
        assert_eq!(
            (article.date.unwrap().as_str(), article.body.as_str()),
            ("2025-04-03T00:00:00Z", "The bridge is open.\n\nNobody came.")
        );
        for title in ["By Popular Demand", "By the river, a town waits"] {
            assert_eq!(read(&format!("{title}\n\nThe fair is back, the town says.\n\nIt opens on Friday.")).title, title);
        }
    }

    #[test]
    fn a_standfirst_above_the_byline_is_of_the_body() {
        let article = read(
            "Bridge opens\n\nAfter ten years the town has its bridge again.\n\nBy Ann Lee\n\nThe bridge is open.\n\nBy Friday it was shut.",
        );
        assert_eq!(article.body, "After ten years the town has its bridge again.\n\nThe bridge is open.\n\nBy Friday it was shut.");
        assert_eq!(article.authors, ["Ann Lee"]);
    }

    #[test]
    fn lines_broken_for_their_length_are_joined_and_paragraphs_are_kept() {
        let article = read(
            "Title\n\nRIGA (Wire) - The bridge over the river was opened\nfor traffic on Tuesday, ten years after it was\nclosed for repairs.\n\n\"We waited long enough for it,\" said the mayor, who\nhad promised it in the year of his election.\n",
        );
        assert_eq!(article.body.matches("\n\n").count(), 1);
        assert!(!article.body.replace("\n\n", "").contains('\n'));
        let broken = read(
            "Title\n\nBy Ann Lee RIGA Jan 5 (Wire) - The bridge over the river\nwas opened on Friday, ten years after it was closed.\n",
        );
        assert!(broken.body.starts_with("By Ann Lee RIGA Jan 5"));
        let lines = "Title\nThe first paragraph is short.\nThe second one has somewhat more to say than the first one had, and it goes on for a while in order to be long enough to be told.\nThird.";
        assert_eq!(read(lines).body.matches("\n\n").count(), 2);
    }

    #[test]
    fn a_text_without_a_title_is_all_body() {
        let one = "“No,” said Ann Lee, the mayor of Riga.";
        assert_eq!((read(one).title.as_str(), read(one).body.as_str()), ("", one));
        let wire = "RIGA (Wire) - The bridge is open.\n\nNobody came.";
        assert_eq!((read(wire).title.as_str(), read(wire).body.as_str()), ("", wire));
        assert_eq!(article("\n \n", &Fields::new(&Options::default())), None);
        assert_eq!(article("Title\n\nBy Ann Lee\n\nShare", &Fields::new(&Options::default())), None);
    }
}
