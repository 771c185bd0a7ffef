//! What stands in the text of an article and is not the article: share lines, pleas to subscribe, comment forms, credits;
//! and what stands at its head and says where it comes from: the dateline.

use std::sync::LazyLock;

use regex::Regex;

use super::byline;
use super::html::junk;
use crate::article::Article;
use crate::lexicon::agencies::agency;

/// A body without what is not the article, and what that said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clean {
    /// The paragraphs that are the article.
    pub body: String,
    /// Writers named in a credit below the text: "(Reporting by Jane Roe; Editing by John Doe)".
    pub writers: Vec<String>,
}

/// From here on down there is nothing of the article.
static END: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?xi)^[\W_]* (?:
            leave\ a\ (?:comment|reply)\b.{0,40} | your\ e-?mail\ address\ will\ not\ be\ published\b.* | required\ fields\ are\ marked\b.*
          | post\ a\ comment | add\ a\ comment | join\ the\ (?:conversation|discussion) | \d+\ (?:comments?|responses?|replies)(?:\ (?:to|on)\b.*)? | comments?(?:\ \(\d+\))?
          | (?:related|recommended|similar|popular)\ (?:stories|articles|posts|news|topics|content|coverage|reading) | (?:more|other)\ (?:stories|news|articles)(?:\ (?:from|on|by)\b.{0,60})?
          | you\ (?:may|might)\ also\ (?:like|be\ interested\ in) | most\ (?:read|popular|viewed) | trending(?:\ now)? | share\ this(?:\ (?:article|story|post))?
          | (?:next|previous)\ (?:post|article) | about\ the\ author | filed\ under\b.{0,80} | tags?\s*:.{0,200} | (?:skip\ to|back\ to)\ (?:content|top)
        )[\W_]*$",
    )
});

/// Lines of their own that are no text: end marks of agencies, rules, share buttons.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?xi)^(?: [_*=~–—-]{2,} | \*(?:\s\*)+ | \#{3,} | -30- | -0- | \(?ends?\)?|-{1,2}\s?ends?\s?-{1,2} | \d+\s+shares?
          | (?:share|tweet|print|email|save|copy\ link|whats\s?app|facebook|twitter|linkedin|telegram|pinterest|reddit|x|sms|gift\ this\ article|bookmark|listen|comment|subscribe|sign\ in|menu|search)
            (?:[\s|,/·•-]+(?:share|tweet|print|email|save|copy\ link|whats\s?app|facebook|twitter|linkedin|telegram|pinterest|reddit|x|sms|bookmark|listen|comment|subscribe))*
          | share\ (?:on|via|to)\ .{0,60} | \d+\ min(?:ute)?s?\ read | advertisement | dismiss | close | story\ continues\ below(?:\ this)?\ ad(?:vertisement)?
          )$",
    )
});

/// Notes of the editors on the article.
static CORRECTION: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?xi)^[\W_]* (?: (?:correction|clarification|corrections\ and\ clarifications|corrected|amendment)s?
            (?:\ ?\([^)]{1,40}\) | ,?\ (?:appended|\p{L}{3,9}\.?\ \d{1,2}|\d{1,2}\ \p{L}{3,9}|[\d./-]{6,10}),?(?:\ \d{4})?)? \s?[:–—-](?:\s|$)
          | \(?this\ (?:article|story|report|post|piece|headline|version)\ (?:was|has\ been|is)\ (?:updated|amended|corrected|changed|edited|clarified)\b
          | \(?the\ (?:article|story|report|post|piece|headline|version)\ (?:was|has\ been)\ (?:updated|amended|corrected|clarified)\ (?:on|at|to|after|with)\b
          | (?:an|the)\ (?:earlier|previous|original)\ version\ of\ this\ (?:article|story|report|post|piece|headline) | this\ version\ (?:corrects|has\ been)\b
          | \((?:in\ .{1,40}\ (?:story|item|report|article),?\ )?(?:corrects|refiles|adds|updates|recasts|repeats)\b[^()]{1,200}\)$ )",
    )
});

/// Who wrote, filed and edited: below the text of an agency.
static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)[\s]*[(\[](?:(?:additional\s+|further\s+)?(?:reporting|writing|editing|compiled|written|reported|edited|graphics?|translat\w+)\b[^()\[\]]{0,30}\s+(?:by|from)\b|with\s+(?:reporting|inputs?|agency)\b)(?:[^()\[\]]|\([^()]*\))*[)\]]\s*$",
    )
});

/// The writers in a credit.
static REPORTED_BY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\W*(?:reporting|writing|written|reported|compiled)(?:\s+and\s+\w+)?\s+by\s+(?P<names>[^;)\]]+?)\s*(?:[;)\]]|[.,]?\s+(?:and\s+)?(?:additional|editing|edited|writing|further|graphics?)\b|$)",
    )
});

/// "Associated Press writer Jane Roe in Kyiv contributed to this report."
static CONTRIBUTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?xi)^.{1,250}\bcontributed\b\ ?(?:reporting|research)?\ ?(?:to|from|for)?\ ?(?:this|the)?\ ?(?:report|article|story|reporting)?[^.]{0,60}\.?$
          | ^(?:additional|further)\ (?:reporting|research|writing)\ (?:by|from)\b.{1,200}$ | ^with\ (?:inputs?|reporting|files)\ from\b.{1,100}$
          | ^.{1,80}\ can\ be\ (?:reached|followed|contacted)\ (?:at|on|by|via)\b.{1,250}$
          | ^this\ is\ a\ breaking\ (?:news?\ )?(?:story|news|event)\b.{0,120}$
          | ^(?:reporting|writing|editing)\ by\ .{1,250}$ | ^our\ standards:.{0,80}$",
    )
});

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant of this file")
}

/// Takes out of a body, whose paragraphs are parted by blank lines, what is not the article.
#[must_use]
pub fn clean(body: &str) -> Clean {
    let paragraphs: Vec<&str> = body.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()).collect();
    let end = end_of_article(&paragraphs);
    let paragraphs = &paragraphs[..end];
    let mut label = false;
    let mut clean = Clean { body: String::with_capacity(body.len()), ..Clean::default() };
    for (index, paragraph) in paragraphs.iter().enumerate() {
        // what holds near the end holds in the first paragraph too, where a correction may stand
        let near_end = index + 4 >= paragraphs.len() || index == 0;
        let mut paragraph = *paragraph;
        while near_end && let Some(credit) = CREDIT.find(paragraph) {
            if let Some(by) = REPORTED_BY.captures(credit.as_str()) {
                clean.writers.extend(byline::authors(&by["names"]));
            }
            paragraph = &paragraph[..credit.start()];
        }
        // "CORRECTION:" on a line of its own speaks of the paragraph below it.
        let of_label = std::mem::replace(&mut label, near_end && paragraph.ends_with(':') && CORRECTION.is_match(paragraph));
        if paragraph.is_empty() || of_label || is_boilerplate(paragraph, near_end) {
            continue;
        }
        if !clean.body.is_empty() {
            clean.body.push_str("\n\n");
        }
        clean.body.push_str(paragraph);
    }
    // A label with nothing below it.
    while let Some(at) = clean.body.rfind("\n\n") {
        let last = &clean.body[at + 2..];
        if !last.ends_with(':') || last.split_whitespace().count() > 3 {
            break;
        }
        clean.body.truncate(at);
    }
    clean
}

/// Takes what is not the article out of the body of one, and its writers out of the credit where it names none. A body that is
/// nothing else stays.
pub(super) fn tidy(article: &mut Article) {
    let clean = clean(&article.body);
    if clean.body.is_empty() {
        return;
    }
    article.body = clean.body;
    sign_off(&mut article.body);
    // The wire of the eighties signed off with its name.
    if let Some(rest) = article.body.strip_suffix("Reuter").or_else(|| article.body.strip_suffix("REUTER"))
        && rest.trim_end().ends_with(['.', '"', '”'])
    {
        article.body.truncate(rest.trim_end().len());
    }
    if article.authors.is_empty() {
        article.authors = clean.writers;
    }
}

/// Drops what stands below a text about its writers: "Ann Lee is a reporter for The Paper."
#[must_use]
pub fn without_bios(mut body: String, writers: &[String]) -> String {
    while let Some(at) = body.rfind("\n\n") {
        let last = &body[at + 2..];
        let rest = writers.iter().filter(|name| name.contains(' ')).find_map(|name| {
            let head = last.get(..name.len())?;
            head.eq_ignore_ascii_case(name).then(|| &last[name.len()..])
        });
        if !rest.is_some_and(|rest| rest.chars().count() < 400 && BIO.is_match(rest)) {
            break;
        }
        body.truncate(at);
    }
    body
}

/// What is said of a writer below the text.
static BIO: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?xi)^(?:\s\([^()]{1,60}\))?,?\s(?:is|was)\s(?:an?|the|our|[\p{L}’']{2,30})\s.{0,60}\b(?:reporter|writer|editor|correspondent|columnist|journalist|producer|author|fellow|contributor|host|critic|intern|chief|professor|freelancer?)s?\b
          |^\s(?:covers|reports|writes|edits|joined)\s",
    )
});

/// Drops the last line of an agency's text: its name, its desk, the initials of who wrote and edited ("AAP RTV ar").
fn sign_off(body: &mut String) {
    let Some((start, last)) = body.rfind("\n\n").map(|at| (at, &body[at + 2..])) else { return };
    let words: Vec<&str> = last.split_whitespace().collect();
    let initials = |word: &&str| word.chars().count() <= 3 && word.chars().all(char::is_alphabetic);
    if let [first, rest @ ..] = words.as_slice()
        && (1..=3).contains(&rest.len())
        && rest.iter().all(initials)
        && agency(first).is_some()
    {
        body.truncate(start);
    }
}

/// What an article says, and no plea or button does: that somebody said something.
static REPORTS: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\b(?:said|says|told|added|wrote|warned|argued|announced|according to)\b"));

/// Whether a note of the editors goes on to what somebody said: a quote in it would be lost.
fn tells_too(note: &str) -> bool {
    REPORTS.is_match(note) && (note.chars().count() > 250 || note.contains(['"', '“', '‘', '«', '„']))
}

/// A sentence of five words or more that sends nobody to a link.
fn is_sentence(paragraph: &str) -> bool {
    let lowered = paragraph.to_ascii_lowercase();
    let leads = ["here", "click", "full", "continue", "more:", "also:"].iter().any(|word| lowered.contains(word));
    paragraph.ends_with('.') && paragraph.split_whitespace().count() >= 5 && !leads
}

/// Whether a paragraph is no part of an article. Credits, corrections and claims of copyright are such only `near_end`.
#[must_use]
pub fn is_boilerplate(paragraph: &str, near_end: bool) -> bool {
    let length = paragraph.chars().count();
    if length > 600 || paragraph.starts_with(['"', '“', '‘', '«', '„', '»']) {
        return false;
    }
    let lowered = || paragraph.trim_start().to_ascii_lowercase();
    MARK.is_match(paragraph)
        || near_end && CORRECTION.is_match(paragraph) && !tells_too(paragraph)
        || near_end && length < 400 && CONTRIBUTED.is_match(paragraph) && !REPORTS.is_match(paragraph)
        || length < 70 && junk::LEADS_ELSEWHERE.is_match(paragraph) && !is_sentence(paragraph)
        || length < 300
            && junk::ASKS_THE_READER.is_match(paragraph)
            && !REPORTS.is_match(paragraph)
            && (near_end || !lowered().starts_with("copyright"))
        || junk::ADDRESS.is_match(paragraph)
}

/// How a sentence ends, or a quotation.
const ENDS: [char; 7] = ['.', '!', '?', '"', '”', '’', '»'];

/// How many paragraphs are of the article: up to the one that ends it, provided that no more than a third of the words
/// follow, or that they follow the form for a comment.
fn end_of_article(paragraphs: &[&str]) -> usize {
    let total: usize = paragraphs.iter().map(|paragraph| paragraph.len()).sum();
    let mut before = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let first = paragraph.lines().next().unwrap_or("");
        if index > 0 && first.len() < 200 && END.is_match(first) {
            let lowered = first.to_ascii_lowercase();
            let comments = lowered.contains("leave a ") || lowered.contains("your email address");
            let end = comments && before * 5 > total || before * 3 > total * 2;
            // "Other news" may also stand above a part of the article; in a list of links nobody says anything.
            let list = ["stories", "news", "articles", "coverage"].iter().any(|word| lowered.contains(word));
            if end
                && !(list
                    && paragraphs[index + 1..].iter().any(|below| below.len() > 80 && REPORTS.is_match(below) && below.ends_with(ENDS)))
            {
                return index;
            }
        }
        before += paragraph.len();
    }
    paragraphs.len()
}

/// The head of an agency's text: "MOSCOW, April 3 (Reuters) - ".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// The place, as written: "MOSCOW", "ZANESVILLE, Ohio".
    pub place: Option<String>,
    /// The agency: "Reuters".
    pub agency: Option<String>,
    /// How many bytes it takes up, the dash with it.
    pub length: usize,
}

static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?x)^\s*
        (?P<place> \p{Lu}[\p{Lu}\p{M}.'’/\ -]{1,40}\p{Lu} (?:,\ \p{Lu}[\p{L}.'’\ -]{1,30})? )?
        (?: ,?\ ?(?:\p{Lu}\p{Ll}{2,8}\.?\ \d{1,2}(?:,\ \d{4})? | \d{1,2}\ \p{Lu}\p{Ll}{2,8}\.?) )?
        \ ?(?: \((?P<agency>\p{Lu}[\p{L}.&'’\ -]{1,40})\) \s*(?:[-–—]{1,2}|:)\s | \s*(?:—|–|--)\s )",
    )
});

/// The dateline that `body` begins with.
#[must_use]
pub fn dateline(body: &str) -> Option<Dateline> {
    let head = &body[..body.floor_char_boundary(160)];
    // no dateline is without a dash or a bracket, and the pattern takes longer to make than an article to read
    if !head.contains(['—', '–', '(']) && !head.contains("--") {
        return None;
    }
    let found = DATELINE.captures(head)?;
    let part = |name| found.name(name).map(|part| part.as_str().trim_end().to_owned());
    let (place, agency) = (part("place"), part("agency"));
    if place.is_none() && agency.is_none() {
        return None;
    }
    Some(Dateline { place, agency, length: found.get(0)?.end() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_the_article_is_left_out() {
        for (tail, writers) in [
            ("Leave a comment\nYour email address will not be published. Required fields are marked *", &[][..]),
            ("Leave a Reply\n\nName\n\nI do not agree with this at all, said a reader.", &[]),
            ("(Reporting by Ann Lee and Bo Day; Editing by Cy Fox)", &["Ann Lee", "Bo Day"]),
            ("Additional reporting by Cy Fox", &[]),
            ("Associated Press writer Bo Day in Riga contributed to this report.", &[]),
            ("___\n\nFollow us on Twitter and Facebook", &[]),
            ("Share\n\nFacebook | Twitter | Email", &[]),
            ("Sign up for our daily newsletter", &[]),
            ("Correction: An earlier version of this article gave the wrong height.", &[]),
            ("CORRECTION:\n\nThe bridge is 90 metres long, not 80.", &[]),
            ("(Reporting by Ann Lee, editing by Cy Fox)", &["Ann Lee"]),
            ("Related stories\n\nBridge closed again\n\nMayor resigns", &[]),
            ("© 2025 The Paper. All rights reserved.", &[]),
            ("ENDS", &[]),
            ("(In Jan. 3 story, corrects last paragraph to say that it has a capacity of ten)", &[]),
            ("Ann Lee can be reached at https://paper.example/ann .", &[]),
            ("See podcasts.example/listener for privacy information.", &[]),
            ("Dismiss", &[]),
            ("This is a breaking news story and will be updated.", &[]),
            ("Chart (large):", &[]),
        ] {
            let body = "The bridge is open, the mayor said on Tuesday, and it will stay open all year long.\n\n\
                        Nobody believed him, as it had been closed for the best part of a decade by then.";
            let found = clean(&format!("{body}\n\n{tail}"));
            assert_eq!(found.body, body, "{tail}");
            assert_eq!(found.writers, writers, "{tail}");
        }
    }

    #[test]
    fn what_is_the_article_stays() {
        for paragraph in [
            "Comments like that, he said, were out of place.",
            "“Leave a comment if you must,” she said.",
            "Copyright law has not kept pace with the machines, the judges held.",
            "Share prices fell by a tenth in London on Monday.",
            "Corrections officers were on strike in three counties.",
            "Related charges against his brother were dropped in May.",
            "The report was changed before publication, Ann Lee told the inquiry, and three names were removed.",
            "The story was edited by the censors, said Bob Ray.",
            "This article of the law was amended in May, and nobody noticed.",
            "Leave a comment on the proposal by Friday, the council said.",
            "Share this burden, the bishop said.",
            "Most read novels this year are crime.",
            "More about the plan was known on Friday.",
            "An earlier version of this article was denied by the mayor. “I never was in Lyon,” Ann Lee said on Monday.",
            "Corrected figures - which came on Monday - were worse.",
        ] {
            let body = format!("One.\n\n{paragraph}\n\nTwo.\n\nThree.\n\nFour.\n\nFive.");
            assert_eq!(clean(&body).body, body);
        }
        let crosshead = format!(
            "{}\n\nOther news\n\n“We will build ten bridges by the end of the year,” the mayor said at the same meeting.",
            "One two. ".repeat(40)
        );
        assert_eq!(clean(&crosshead).body, crosshead.replace(". \n", ".\n"));
        let note = "Nobody came.\n\nThis article was updated on Monday. “We will come,” Ann Lee said.";
        assert_eq!(clean(note).body, note);
        let end = "Nobody came.\n\nReporting by night is hard, said Ann Lee.";
        assert_eq!(clean(end).body, end);
        let inside = "A (reporting by post) B (see below) is not a credit.";
        assert_eq!(clean(inside).body, inside);
    }

    #[test]
    fn a_credit_at_the_end_of_a_paragraph_is_cut_off() {
        let found = clean("Shares fell, traders said. (Reporting by Ann Lee in New York; Editing by Cy Fox )");
        assert_eq!(found.body, "Shares fell, traders said.");
        assert_eq!(found.writers, ["Ann Lee"]);
    }

    #[test]
    fn what_is_said_of_the_writers_is_not_the_article() {
        let writers = ["Ann Lee".to_owned(), "Bo Day".to_owned()];
        for (last, kept) in [
            ("Ann Lee is an assistant sports editor and writes a newsletter.", false),
            ("Bo Day covers the harbour for The Paper.\n\nAnn Lee is The Paper’s chief reporter.", false),
            ("Ann Lee is a witness of the storm.", true),
            ("Cy Fox is a reporter.", true),
        ] {
            let body = format!("The bridge is open.\n\n{last}");
            assert_eq!(without_bios(body.clone(), &writers) == body, kept, "{last}");
        }
    }

    #[test]
    fn an_agency_signs_off() {
        for (last, signed) in [("AAP RTV ar", true), ("dpa pre yy", true), ("AFP said no.", false), ("AP", false)] {
            let mut article = Article { body: format!("The bridge is open.\n\n{last}"), ..Article::default() };
            tidy(&mut article);
            assert_eq!(!article.body.contains(last), signed, "{last}");
        }
    }

    #[test]
    fn datelines_are_recognised() {
        for (text, place, agency) in [
            ("MOSCOW (Reuters) - The", Some("MOSCOW"), Some("Reuters")),
            ("FRANKFURT/TOKYO (Reuters) - The", Some("FRANKFURT/TOKYO"), Some("Reuters")),
            ("(Reuters) - The", None, Some("Reuters")),
            ("BOBBIO, Italy (Meridian) - At", Some("BOBBIO, Italy"), Some("Meridian")),
            ("ZANESVILLE, Ohio — The", Some("ZANESVILLE, Ohio"), None),
            ("WASHINGTON, April 3 (AP) — The", Some("WASHINGTON"), Some("AP")),
            ("LONDON, 3 April (Reuters) - The", Some("LONDON"), Some("Reuters")),
        ] {
            let found = dateline(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.place.as_deref(), found.agency.as_deref()), (place, agency), "{text}");
            assert!(text[found.length..].starts_with(|c: char| c.is_alphabetic()));
        }
        for text in ["The mayor (Labour) said", "He said — and meant it — no", "I — like you — fell", "", "NATO said on Monday"] {
            assert_eq!(dateline(text), None, "{text}");
        }
    }
}
