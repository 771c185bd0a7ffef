//! The real files of `../shared/formats`, where they stand beside the checkout: how many articles each holds, and of its first
//! the facts that were read off it by hand. An empty string is a fact that is not looked at; the id of a file's own is its name.

use std::path::Path;

use dictum::article::Article;
use dictum::parse::{self, Options};
use dictum::read::{Limits, Refusal, Selection, files};

struct Fact {
    file: &'static str,
    count: usize,
    id: &'static str,
    date: &'static str,
    source: &'static str,
    authors: usize,
    language: &'static str,
    paragraphs: usize,
    /// How many people, organizations and places the format states.
    given: usize,
}

#[rustfmt::skip]
const FACTS: &[Fact] = &[
    Fact { file: "docx/wikinews_single.docx", count: 1, id: "", date: "2019-01-07T00:00:00Z", source: "Wikinews", authors: 1, language: "en", paragraphs: 4, given: 0 },
    Fact { file: "eml/charset_in_subject_email.eml", count: 1, id: "CAHU3GgVHd6C_RSMQXvOhr6V-Ya0LwdBkqpbZ_qUwGF8JvhrQVg@mail.gmail.com", date: "2015-02-19T17:18:40+11:00", source: "a.com.au", authors: 1, language: "", paragraphs: 1, given: 0 },
    Fact { file: "eml/composite_email.eml", count: 1, id: "CAHU3GgXVH0V6YjX=9KX0=_tjWw6=UReXia5cxNq1BVpo1wqCjQ@mail.gmail.com", date: "2015-03-03T11:27:36+11:00", source: "a.com.au", authors: 1, language: "en", paragraphs: 1, given: 0 },
    Fact { file: "eml/mail_test_1.eml", count: 1, id: "", date: "2016-08-22T14:22:52Z", source: "nalg.ru", authors: 1, language: "ru", paragraphs: 71, given: 0 },
    Fact { file: "eml/mail_test_8.eml", count: 1, id: "3615343813390903615122237013831979@lyeo00hp.moneytrack.top", date: "2017-03-07T14:29:24-08:00", source: "moneytrack.top", authors: 1, language: "en", paragraphs: 4, given: 0 },
    Fact { file: "eml/odd_charset_email.eml", count: 1, id: "7173E056-46C9-4D5A-A851-9FC2C587C691@gmail.com", date: "2015-03-10T14:17:01-07:00", source: "a.com", authors: 1, language: "en", paragraphs: 6, given: 0 },
    Fact { file: "eml/simple_email.eml", count: 1, id: "CAHU3GgVHd6C_RSMQXvOhr6V-Ya0LwdBkqpbZ_qUwGF8JvhrQVg@mail.gmail.com", date: "2015-02-19T17:18:40+11:00", source: "a.com.au", authors: 1, language: "", paragraphs: 1, given: 0 },
    Fact { file: "factiva/factiva_test.html", count: 2, id: "TESTFR0020111229e7ct0001r", date: "2011-12-29T15:32:00Z", source: "Test newspaper", authors: 0, language: "fr", paragraphs: 4, given: 1 },
    Fact { file: "factiva/factiva_test.xml", count: 3, id: "TEST0000020120109e51700030", date: "2012-01-09T01:35:58Z", source: "My Newspaper", authors: 0, language: "en", paragraphs: 2, given: 5 },
    Fact { file: "factiva/reut21578-factiva.xml", count: 19, id: "REUT00019870226-0001", date: "1987-02-26T00:00:00Z", source: "Reuters-21578", authors: 0, language: "en", paragraphs: 4, given: 1 },
    Fact { file: "html-jsonld/APNews_2024_09_03.html.gz", count: 1, id: "https://apnews.com/article/trump-harris-presidential-election-2024-labor-day-151f82b59473d29a448ef1cea9afe471", date: "2024-09-03T04:03:19Z", source: "AP News", authors: 3, language: "en", paragraphs: 49, given: 0 },
    Fact { file: "html-jsonld/CBCNews_2024_08_08.html.gz", count: 1, id: "https://www.cbc.ca/news/world/gaza-israel-ceasefire-negotiations-sinwar-1.7287711", date: "2024-08-08T08:00:00Z", source: "CBC", authors: 1, language: "en", paragraphs: 36, given: 0 },
    Fact { file: "html-jsonld/FoxNews_2023_04_28.html.gz", count: 1, id: "https://www.foxnews.com/politics/house-china-committee-demands-answers-fbi-chinese-police-stations-us", date: "2023-04-26T14:20:55-04:00", source: "Fox News", authors: 1, language: "en", paragraphs: 17, given: 0 },
    Fact { file: "html-jsonld/LATimes_2023_06_26.html.gz", count: 1, id: "https://www.latimes.com/sports/story/2023-06-26/100-years-los-angeles-coliseum-historical-events", date: "2023-06-26T12:00:29.055Z", source: "Los Angeles Times", authors: 1, language: "en", paragraphs: 41, given: 0 },
    Fact { file: "html-jsonld/TheGuardian_2024_02_24.html.gz", count: 1, id: "https://www.theguardian.com/world/2024/feb/24/death-toll-in-valencia-fire-rises-to-10-as-remains-of-last-missing-person-found", date: "2024-02-24T11:42:23.000Z", source: "The Guardian", authors: 1, language: "en", paragraphs: 6, given: 0 },
    Fact { file: "html-jsonld/TheIndependent_2024_11_22.html.gz", count: 1, id: "https://www.independent.co.uk/news/world/laos-methanol-poisoning-holly-bowles-death-b2651790.html", date: "2024-11-22T08:49:59.000Z", source: "The Independent", authors: 1, language: "en", paragraphs: 6, given: 0 },
    Fact { file: "html-jsonld/TheNewYorker_2023_05_16.html.gz", count: 1, id: "https://www.newyorker.com/news/the-control-of-nature/a-heat-shield-for-the-most-important-ice-on-earth", date: "2023-04-25T06:00:00.000-04:00", source: "The New Yorker", authors: 1, language: "en", paragraphs: 16, given: 0 },
    Fact { file: "lexisnexis/lexisnexis_test_en.html", count: 2, id: "", date: "1991-12-19T00:00:00Z", source: "Some Newspaper", authors: 1, language: "en", paragraphs: 3, given: 0 },
    Fact { file: "lexisnexis/sample.DOCX", count: 10, id: "", date: "2019-07-01T09:20:00Z", source: "The Guardian(London)", authors: 2, language: "", paragraphs: 5, given: 0 },
    Fact { file: "lexisnexis/sample.TXT", count: 10, id: "", date: "2010-01-11T00:00:00Z", source: "Guardian.com", authors: 1, language: "en", paragraphs: 5, given: 0 },
    Fact { file: "newsml-g2/LISTING_1_A_NewsML-G2_News_Item.xml", count: 1, id: "urn:newsml:acmenews.com:20161018:US-FINANCE-FED", date: "2018-10-21T16:25:32-05:00", source: "REUTERS", authors: 1, language: "en", paragraphs: 0, given: 1 },
    Fact { file: "newsml-g2/LISTING_25_An_NITF_marked-up_article_conveyed_in_inlineXML.xml", count: 1, id: "", date: "", source: "", authors: 0, language: "en", paragraphs: 1, given: 0 },
    Fact { file: "newsml-g2/ansa-newsmlg2-text.xml", count: 1, id: "tag:ansa.it,2017-10-11:40e5fb1034e7e2b21942ea09718fc85a", date: "2017-10-11T10:41:00+01:00", source: "ansa.it", authors: 1, language: "it", paragraphs: 4, given: 1 },
    Fact { file: "newsml-g2/dpa.xml", count: 1, id: "urn:newsml:dpa.com:20090101:221011-930-4303", date: "2022-10-11T11:14:42+02:00", source: "Deutsche Presse-Agentur GmbH", authors: 0, language: "de", paragraphs: 3, given: 6 },
    Fact { file: "newsml-g2/stt_newsml_location_rich.xml", count: 1, id: "urn:newsml:stt.fi:20170829:101572756", date: "2017-08-29T17:15:41Z", source: "STT", authors: 0, language: "fi", paragraphs: 2, given: 3 },
    Fact { file: "newsml-g2/tag_reuters.com_2014_newsml_KBN0FL0NM_version_10.xml", count: 1, id: "tag_reuters.com_2014_newsml_KBN0FL0NM", date: "2014-07-17T00:24:11.000Z", source: "Reuters", authors: 1, language: "en", paragraphs: 2, given: 1 },
    Fact { file: "newsml-g2/tag_reuters.com_2016_newsml_L1N14N0FF_version_978556838.xml", count: 1, id: "tag:reuters.com,0000:newsml_L1N14N0FF", date: "2016-01-04T15:43:34.000Z", source: "Reuters", authors: 3, language: "en", paragraphs: 16, given: 0 },
    Fact { file: "newsml-g2/text.xml", count: 1, id: "tag:reuters.com,0000:newsml_L4N0BT5PJ", date: "2013-03-01T15:09:04.000Z", source: "Reuters", authors: 0, language: "en", paragraphs: 1, given: 1 },
    Fact { file: "ninjs/1.4_businesswire-newsml-20130605006126.json", count: 1, id: "http://www.businesswire.com/news/home/20130605006126/zh", date: "2013-06-05T21:00:00Z", source: "", authors: 0, language: "zh", paragraphs: 1, given: 0 },
    Fact { file: "ninjs/1.4_ninjsExComplex1.json", count: 1, id: "http://ninjs.example.com/newsitems/20130709cplx123", date: "2013-07-09T10:37:00Z", source: "", authors: 2, language: "en", paragraphs: 4, given: 5 },
    Fact { file: "ninjs/1.4_ninjsExMediumText1.json", count: 1, id: "http://ninjs.example.com/newsitems/20130709med123", date: "2013-07-09T10:37:00Z", source: "", authors: 2, language: "en", paragraphs: 4, given: 5 },
    Fact { file: "ninjs/1.6_005_complex_text_article.json", count: 1, id: "http://ninjs.example.com/newsitems/20130709med123", date: "2013-07-09T10:37:00Z", source: "", authors: 2, language: "en", paragraphs: 4, given: 5 },
    Fact { file: "ninjs/2.1_dpa_text.json", count: 1, id: "urn:newsml:dpa.com:20090101:190510-99-167362", date: "2019-05-10T16:02:28+02:00", source: "dpa", authors: 1, language: "de", paragraphs: 9, given: 0 },
    Fact { file: "ninjs/2.1_ntb_text.json", count: 1, id: "urn:8d19cf88-b3ab-4972-8fec-1207599f2872", date: "2019-08-09T09:46:53Z", source: "NTB", authors: 1, language: "nb", paragraphs: 1, given: 1 },
    Fact { file: "ninjs/2.2_005_complex_text_article.json", count: 1, id: "http://ninjs.example.com/newsitems/20130709med123", date: "2013-07-09T10:37:00Z", source: "", authors: 2, language: "en", paragraphs: 4, given: 5 },
    Fact { file: "ninjs/3.0_dpa_text.json", count: 1, id: "urn:newsml:dpa.com:20090101:190510-99-167362", date: "2019-05-10T16:02:28+02:00", source: "dpa", authors: 1, language: "de", paragraphs: 9, given: 0 },
    Fact { file: "ninjs/3.1_004_simple_text_article.json", count: 1, id: "http://ninjs.example.com/newsitems/20130709simp123", date: "2013-07-09T10:37:00Z", source: "", authors: 2, language: "en", paragraphs: 4, given: 0 },
    Fact { file: "ninjs/3.1_005_complex_text_article.json", count: 1, id: "http://ninjs.example.com/newsitems/20130709med123", date: "2013-07-09T10:37:00Z", source: "", authors: 2, language: "en", paragraphs: 4, given: 5 },
    Fact { file: "ninjs/bbc-ninjs-text-test.json", count: 1, id: "https://www.example.com//12345", date: "2018-05-28T16:40:08Z", source: "", authors: 1, language: "en", paragraphs: 1, given: 0 },
    Fact { file: "nitf/aap.xml", count: 1, id: "AAP.115314987.5417374", date: "2013-10-20T19:27:51+11:00", source: "Australian Associated Press", authors: 1, language: "en", paragraphs: 13, given: 0 },
    Fact { file: "nitf/ap-nitf.xml", count: 1, id: "", date: "2015-12-10T19:10:44Z", source: "The Associated Press", authors: 1, language: "en", paragraphs: 27, given: 0 },
    Fact { file: "nitf/ap_media_text_nitf.xml", count: 1, id: "", date: "2019-07-03T04:05:12Z", source: "The Associated Press", authors: 0, language: "", paragraphs: 20, given: 0 },
    Fact { file: "nitf/efe_nitf.xml", count: 1, id: "22751909", date: "2017-01-02T22:28:00Z", source: "Agencia EFE", authors: 0, language: "en", paragraphs: 1, given: 1 },
    Fact { file: "nitf/nitf-fishing.xml", count: 1, id: "iptc.321656141.b", date: "2002-02-25T14:30:00-05:00", source: "XML Team Solutions, Inc.", authors: 1, language: "en", paragraphs: 11, given: 2 },
    Fact { file: "nitf/nitf-ntb.xml", count: 1, id: "faktisk-d9cde75b-256e-4989-b6a3-b8ad27f43a5c_47", date: "2020-09-07T14:45:26Z", source: "NTB", authors: 1, language: "nb", paragraphs: 54, given: 1 },
    Fact { file: "nitf/pa1.xml", count: 1, id: "af1f7ad5-5619-49de-84cc-2e608538c77fSSS-3-1", date: "2015-10-14T04:30:01+01:00", source: "PA Sport", authors: 0, language: "en", paragraphs: 42, given: 36 },
    Fact { file: "reuters-sgml/reut2-021.sgm", count: 578, id: "21001", date: "1987-10-19T15:37:46Z", source: "Reuters", authors: 0, language: "en", paragraphs: 0, given: 0 },
    Fact { file: "rss-atom/atom_mediarss_newscred_1.xml", count: 1, id: "75ffea6b731bb4534f3138fd6b726791", date: "2019-04-05T21:04:40+00:00", source: "", authors: 1, language: "", paragraphs: 1, given: 0 },
    Fact { file: "rss-atom/jsonfeed_spec_1.json", count: 1, id: "https://jsonfeed.org/2017/05/17/announcing_json_feed", date: "2017-05-17T08:02:12-07:00", source: "JSON Feed", authors: 2, language: "en", paragraphs: 2, given: 0 },
    Fact { file: "rss-atom/real-cnn.rss", count: 69, id: "https://www.cnn.com/2022/07/26/politics/justice-department-pence-short-jacob-trump-grand-jury/index.html", date: "2022-07-27T03:27:09Z", source: "CNN.com - RSS Channel - HP Hero", authors: 0, language: "en", paragraphs: 1, given: 0 },
    Fact { file: "rss-atom/real-korean-times.rss", count: 195, id: "333483", date: "2022-07-28T04:35:05+09:00", source: "Korea Times News", authors: 1, language: "en", paragraphs: 1, given: 0 },
    Fact { file: "rss-atom/rss_1.0_biorxiv.xml", count: 1, id: "http://biorxiv.org/cgi/content/short/2023.12.16.571984v1?rss=1", date: "2023-12-16T00:00:00Z", source: "bioRxiv Subject Collection: Genomics", authors: 10, language: "en", paragraphs: 1, given: 0 },
    Fact { file: "rss-atom/rss_2.0_bbc.xml", count: 1, id: "urn:bbc:podcast:m000sjxt", date: "2021-02-25T10:15:00Z", source: "In Our Time", authors: 1, language: "en", paragraphs: 1, given: 0 },
    Fact { file: "rss-atom/rss_2.0_ghost_1.xml", count: 1, id: "", date: "", source: "", authors: 0, language: "", paragraphs: 1, given: 0 },
    Fact { file: "rss-atom/rss_2.0_nbcny.xml", count: 1, id: "4956764", date: "2023-12-16T14:02:33Z", source: "NBC New York", authors: 2, language: "en", paragraphs: 1, given: 0 },
    Fact { file: "rss-atom/rss_2.0_spiegel.xml", count: 1, id: "c7e3cca2-665e-4bc4-bcac-acc6011b9fa2", date: "2021-02-06T23:01:00Z", source: "SPIEGEL Update – Die Nachrichten", authors: 1, language: "de", paragraphs: 2, given: 0 },
    Fact { file: "rss-atom/rss_2.0_wirecutter.xml", count: 1, id: "https://www.nytimes.com/wirecutter/?p=270973", date: "2022-09-20T11:00:17Z", source: "Wirecutter: Reviews for the Real World", authors: 1, language: "en", paragraphs: 2, given: 0 },
    Fact { file: "warc/ccnews_like_40_real_pages.warc.gz", count: 40, id: "urn:uuid:b9ba72b9-c3df-46ef-b639-860f27bf890f", date: "2023-12-17T17:34:25.000Z", source: "ABC News", authors: 1, language: "en", paragraphs: 19, given: 0 },
];

/// Files that hold no article, and a word of the reason.
const REFUSED: &[(&str, &str)] = &[
    ("newsml-g2/LISTING_11_Person_Concept_conveyed_in_a_NewsML-G2_Concept_Item.xml", "concepts"),
    ("ninjs/3.1_008_event.json", "event"),
    ("warc/example-iana.org-chunked.warc", "front page"),
    ("warc/example-resource.warc.gz", "front page"),
    ("warc/example.arc.gz", "front page"),
    ("warc/example.warc", "front page"),
    ("warc/example.warc.gz", "front page"),
];

pub fn read(path: &Path) -> (Vec<Article>, Vec<Refusal>) {
    let (mut articles, mut refusals) = (Vec::new(), Vec::new());
    for file in files(&[path.to_owned()], &Selection::default()) {
        let file = file.expect("the file was just seen");
        let _ = parse::file(&file, &Limits::default(), &Options::default(), &mut |result| {
            match result {
                Ok(article) => articles.push(article),
                Err(refusal) => refusals.push(refusal),
            }
            std::ops::ControlFlow::Continue(())
        });
    }
    (articles, refusals)
}

#[test]
fn every_file_gives_the_facts_that_stand_in_it() {
    let formats = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/formats");
    if !formats.is_dir() {
        return;
    }
    let mut wrong = Vec::new();
    for fact in FACTS {
        let (articles, refusals) = read(&formats.join(fact.file));
        let mut check = |what: &str, found: String, expected: String| {
            if found != expected {
                wrong.push(format!("{}: {what} is {found:?}, not {expected:?}", fact.file));
            }
        };
        check("the count", articles.len().to_string(), fact.count.to_string());
        check("the count of refusals", refusals.len().to_string(), "0".to_owned());
        let Some(article) = articles.first() else { continue };
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        let given = article.given.people.len() + article.given.organizations.len() + article.given.locations.len();
        if !fact.id.is_empty() {
            check("the id", article.id.clone(), fact.id.to_owned());
        }
        check("the date", article.date.as_ref().map_or(String::new(), |d| d.as_str().to_owned()), fact.date.to_owned());
        check("the source", text(&article.source), fact.source.to_owned());
        check("the number of authors", article.authors.len().to_string(), fact.authors.to_string());
        if !fact.language.is_empty() {
            check("the language", text(&article.language), fact.language.to_owned());
        }
        let paragraphs = article.body.split("\n\n").filter(|p| !p.is_empty()).count();
        check("the number of paragraphs", paragraphs.to_string(), fact.paragraphs.to_string());
        check("the number of names stated", given.to_string(), fact.given.to_string());
    }
    for (file, word) in REFUSED {
        let (articles, refusals) = read(&formats.join(file));
        if !articles.is_empty() || !refusals.iter().any(|r| r.reason.contains(word)) {
            wrong.push(format!("{file}: {} articles, {refusals:?}", articles.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
