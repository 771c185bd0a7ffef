//! The real files of `../shared/formats`, where they stand beside the checkout: what a person reads in each, of its first
//! article. Files of the same shapes, written for the project, are in [`super::written`].

use std::path::Path;

use dictum::article::Article;
use dictum::parse::{self, Options};
use dictum::read::{Limits, Refusal, Selection, files};

/// What stands in a file. An empty title, date, source, section or list of writers is one that the file does not state; an
/// empty id, language, beginning or end is not looked at.
struct Fact {
    file: &'static str,
    /// Its articles.
    count: usize,
    /// The article's own id; where it has none, it is the file's name.
    id: &'static str,
    title: &'static str,
    date: &'static str,
    source: &'static str,
    authors: &'static [&'static str],
    section: &'static str,
    language: &'static str,
    /// The first words of the body.
    first: &'static str,
    /// The last words of the body.
    last: &'static str,
    paragraphs: Option<usize>,
    /// How many people, organizations and places the format states.
    given: Option<usize>,
    /// Some of them, all where there are few.
    people: &'static [&'static str],
    organizations: &'static [&'static str],
    locations: &'static [&'static str],
}

const NONE: Fact = Fact {
    file: "",
    count: 1,
    id: "",
    title: "",
    date: "",
    source: "",
    authors: &[],
    section: "",
    language: "",
    first: "",
    last: "",
    paragraphs: None,
    given: None,
    people: &[],
    organizations: &[],
    locations: &[],
};

#[rustfmt::skip]
const FACTS: &[Fact] = &[
    Fact { file: "docx/wikinews_single.docx", title: "Catalonia apartment block fire kills three, injures sixteen", date: "2019-01-07T00:00:00Z", source: "Wikinews", authors: &["Wikinews contributors"], language: "en", first: "An apartment block", last: "according to firefighters.", paragraphs: Some(4), ..NONE },
    Fact { file: "eml/charset_in_subject_email.eml", id: "CAHU3GgVHd6C_RSMQXvOhr6V-Ya0LwdBkqpbZ_qUwGF8JvhrQVg@mail.gmail.com", title: "Google Apps News March 2015", date: "2015-02-19T17:18:40+11:00", source: "a.com.au", authors: &["a sender"], first: "body text", last: "body text", paragraphs: Some(1), ..NONE },
    Fact { file: "eml/composite_email.eml", id: "CAHU3GgXVH0V6YjX=9KX0=_tjWw6=UReXia5cxNq1BVpo1wqCjQ@mail.gmail.com", title: "single image test", date: "2015-03-03T11:27:36+11:00", source: "a.com.au", authors: &["someone"], language: "en", first: "this is a", last: "a single image", paragraphs: Some(1), ..NONE },
    Fact { file: "eml/mail_test_1.eml", title: "письмо уведом-е", date: "2016-08-22T14:22:52Z", source: "nalg.ru", authors: &["служба ФНС Даниил Суворов"], language: "ru", first: "Налогоплательщик!", last: "когда начнется обрушение.", paragraphs: Some(71), ..NONE },
    Fact { file: "eml/mail_test_8.eml", id: "3615343813390903615122237013831979@lyeo00hp.moneytrack.top", title: "Have you ever wanted to land on an Aircraft Carrier", date: "2017-03-07T14:29:24-08:00", source: "moneytrack.top", authors: &["Helicopter_flight_simulator"], language: "en", first: "\"The Perfect Filler", last: "Real-Life Flying Today", paragraphs: Some(3), ..NONE },
    Fact { file: "eml/odd_charset_email.eml", id: "7173E056-46C9-4D5A-A851-9FC2C587C691@gmail.com", title: "TravTalk’s Special for TAAI convention", date: "2015-03-10T14:17:01-07:00", source: "a.com", authors: &["Ben"], language: "en", first: "SDA", ..NONE },
    Fact { file: "eml/simple_email.eml", id: "CAHU3GgVHd6C_RSMQXvOhr6V-Ya0LwdBkqpbZ_qUwGF8JvhrQVg@mail.gmail.com", title: "Test message 1234", date: "2015-02-19T17:18:40+11:00", source: "a.com.au", authors: &["a sender"], first: "body text", last: "body text", paragraphs: Some(1), ..NONE },
    Fact { file: "factiva/factiva_test.html", count: 2, id: "TESTFR0020111229e7ct0001r", title: "Test 1", date: "2011-12-29T15:32:00Z", source: "Test newspaper", language: "en", first: "First head paragraph,", last: "and last paragraph.", paragraphs: Some(4), locations: &["France"], ..NONE },
    Fact { file: "factiva/factiva_test.xml", count: 3, id: "TEST0000020120109e51700030", title: "TEST - first test article", date: "2012-01-09T01:35:58Z", source: "My Newspaper", language: "en", first: "This is the", last: "first test article.", paragraphs: Some(2), given: Some(5), locations: &["United States", "Minnesota", "Illinois"], ..NONE },
    Fact { file: "factiva/reut21578-factiva.xml", count: 19, id: "REUT00019870226-0001", title: "DIAMOND SHAMROCK (DIA) CUTS CRUDE PRICES", date: "1987-02-26T00:00:00Z", source: "Reuters-21578", language: "en", first: "Diamond Shamrock Corp", last: "weak oil markets.", paragraphs: Some(4), given: Some(1), ..NONE },
    Fact { file: "html-jsonld/APNews_2024_09_03.html.gz", id: "https://apnews.com/article/trump-harris-presidential-election-2024-labor-day-151f82b59473d29a448ef1cea9afe471", title: "The presidential campaigns brace for an intense sprint to Election Day", date: "2024-09-03T04:03:19Z", source: "AP News", authors: &["STEVE PEOPLES", "THOMAS BEAUMONT", "AMELIA THOMSON-DEVEAUX"], section: "Politics", language: "en", first: "LA CROSSE, Wis.", last: "in the field.”", paragraphs: Some(49), ..NONE },
    Fact { file: "html-jsonld/CBCNews_2024_08_08.html.gz", id: "https://www.cbc.ca/news/world/gaza-israel-ceasefire-negotiations-sinwar-1.7287711", title: "What's next for Gaza, after Yahya Sinwar's appointment as Hamas political head?", date: "2024-08-08T08:00:00Z", source: "CBC", authors: &["Yasmine Hassan"], section: "World", language: "en", first: "The appointment came", last: "this current moment.\"", paragraphs: Some(36), ..NONE },
    Fact { file: "html-jsonld/FoxNews_2023_04_28.html.gz", id: "https://www.foxnews.com/politics/house-china-committee-demands-answers-fbi-chinese-police-stations-us", title: "House China Committee demands answers from FBI on Chinese police stations in US", date: "2023-04-26T14:20:55-04:00", source: "Fox News", authors: &["Aaron Kliegman"], language: "en", first: "The new House", last: "transnational repression operations.\"", ..NONE },
    Fact { file: "html-jsonld/LATimes_2023_06_26.html.gz", id: "https://www.latimes.com/sports/story/2023-06-26/100-years-los-angeles-coliseum-historical-events", title: "One hundred years at the Coliseum: Much more than a sports venue", date: "2023-06-26T12:00:29.055Z", source: "Los Angeles Times", authors: &["Houston Mitchell"], section: "Sports", language: "en", first: "Construction for the", last: "Estimated attendance: 77,000.", ..NONE },
    Fact { file: "html-jsonld/TheGuardian_2024_02_24.html.gz", id: "https://www.theguardian.com/world/2024/feb/24/death-toll-in-valencia-fire-rises-to-10-as-remains-of-last-missing-person-found", title: "Death toll in Valencia fire rises to 10 as remains of last missing person found", date: "2024-02-24T11:42:23.000Z", source: "The Guardian", authors: &["Guardian staff reporter"], section: "World news", language: "en", first: "The death toll", last: "have worsened it.", paragraphs: Some(6), ..NONE },
    Fact { file: "html-jsonld/TheIndependent_2024_11_22.html.gz", id: "https://www.independent.co.uk/news/world/laos-methanol-poisoning-holly-bowles-death-b2651790.html", title: "Australian teenager becomes sixth to die in Laos ‘methanol poisoning’ as police detain hostel bosses", date: "2024-11-22T08:49:59.000Z", source: "The Independent", authors: &["Angus Thompson"], section: "World", language: "en", first: "Australian teenager Holly", last: "over the incident.", paragraphs: Some(5), ..NONE },
    Fact { file: "html-jsonld/TheNewYorker_2023_05_16.html.gz", id: "https://www.newyorker.com/news/the-control-of-nature/a-heat-shield-for-the-most-important-ice-on-earth", title: "A Heat Shield for the Most Important Ice on Earth", date: "2023-04-25T06:00:00.000-04:00", source: "The New Yorker", authors: &["Rachel Riederer"], section: "the control of nature", language: "en", first: "On a clear", last: "time left. ♦", paragraphs: Some(29), ..NONE },
    Fact { file: "lexisnexis/lexisnexis_test_en.html", count: 2, title: "Heading One", date: "1991-12-19T00:00:00Z", source: "Some Newspaper", authors: &["PAPER AUTHOR"], section: "Section 5", language: "en", first: "Some text.", last: "end of paper.", paragraphs: Some(3), ..NONE },
    Fact { file: "lexisnexis/sample.DOCX", count: 10, title: "Lorem ipsum dolor sit amet", date: "2019-07-01T09:20:00Z", source: "The Guardian (London)", authors: &["Mattha Busby", "Andrew Sparrow"], section: "POLITICS", first: "Lorem ipsum dolor", paragraphs: Some(5), ..NONE },
    Fact { file: "lexisnexis/sample.TXT", count: 10, title: "Lorem ipsum dolor sit amet", date: "2010-01-11T00:00:00Z", source: "Guardian.com", authors: &["Andrew Sparrow"], first: "Lorem ipsum dolor", paragraphs: Some(5), ..NONE },
    Fact { file: "newsml-g2/LISTING_1_A_NewsML-G2_News_Item.xml", id: "urn:newsml:acmenews.com:20161018:US-FINANCE-FED", title: "Fed to halt QE to avert \"bubble\"", date: "2018-10-21T16:25:32-05:00", source: "REUTERS", authors: &["Meredith Jameson"], section: "economy, business and finance", language: "en", paragraphs: Some(0), given: Some(1), locations: &["Berlin"], ..NONE },
    Fact { file: "newsml-g2/LISTING_25_An_NITF_marked-up_article_conveyed_in_inlineXML.xml", title: "Arizona Diamondbacks (29-23) at Philadelphia Phillies (26-24), 7:05p.m.", source: "Sports Network", language: "en", first: "(Sports Network) -", last: "of the Titans.", paragraphs: Some(1), ..NONE },
    Fact { file: "newsml-g2/ansa-newsmlg2-text.xml", id: "tag:ansa.it,2017-10-11:40e5fb1034e7e2b21942ea09718fc85a", title: "Catalan independence declaration unacceptable - Alfano", date: "2017-10-11T10:41:00+01:00", source: "ANSA", authors: &["VRG"], language: "en", first: "(ANSA) - Rome,", last: "allow for negotiations.", paragraphs: Some(4), given: Some(1), locations: &["Rome"], ..NONE },
    Fact { file: "newsml-g2/dpa.xml", id: "urn:newsml:dpa.com:20090101:221011-930-4303", title: "Eintracht in London: Hintereggers Tränen und Attacke auf Reporter", date: "2022-10-11T11:14:42+02:00", source: "Deutsche Presse-Agentur GmbH", section: "Fußball", language: "de", first: "London (dpa) -", last: "ins Endspiel ein.", paragraphs: Some(3), given: Some(5), locations: &["Deutschland", "Hessen", "Großbritannien", "Tottenham Hotspur Stadium", "London"], ..NONE },
    Fact { file: "newsml-g2/stt_newsml_location_rich.xml", id: "urn:newsml:stt.fi:20170829:101572756", title: "Tuhannet rohingya-pakolaiset jumissa Myanmarin ja Bangladeshin rajalla", date: "2017-08-29T17:15:41Z", source: "STT", section: "Ulkomaat", language: "fi", first: "Ainakin 6 000", last: "ainakin 110 ihmistä.", paragraphs: Some(2), given: Some(3), locations: &["Myanmar", "Bangladesh", "Burma"], ..NONE },
    Fact { file: "newsml-g2/tag_reuters.com_2014_newsml_KBN0FL0NM_version_10.xml", id: "tag_reuters.com_2014_newsml_KBN0FL0NM", title: "Confident Assad launches new term in stronger position", date: "2014-07-17T00:24:11.000Z", source: "Reuters", authors: &["Marwan Makdisi"], language: "en", first: "Confident Assad launches", last: "for supporting 'terrorism'", paragraphs: Some(2), given: Some(1), ..NONE },
    Fact { file: "newsml-g2/tag_reuters.com_2016_newsml_L1N14N0FF_version_978556838.xml", id: "tag:reuters.com,0000:newsml_L1N14N0FF", title: "CORRECTED-S. Illinois battles flooding as Mississippi River builds downstream", date: "2016-01-04T15:43:34.000Z", source: "Reuters", authors: &["David Bailey", "Erwin Seba", "Tim Ghianni"], language: "en", first: "Jan 3 (Reuters)", last: "to inundate it.", paragraphs: Some(15), ..NONE },
    Fact { file: "newsml-g2/text.xml", id: "tag:reuters.com,0000:newsml_L4N0BT5PJ", title: "Soccer-Smiling Benitez pleads for support after midweek outburst against opponent", date: "2013-03-01T15:09:04.000Z", source: "Reuters", authors: &["Toby Davis"], language: "en", paragraphs: Some(0), given: Some(1), locations: &["Bangalore"], ..NONE },
    Fact { file: "ninjs/1.4_businesswire-newsml-20130605006126.json", id: "http://www.businesswire.com/news/home/20130605006126/zh", title: "Cambrios被Gartner評選為「最酷供應商」", date: "2013-06-05T21:00:00Z", language: "zh", first: "(美國商業資訊)--為透明及軟性導體市場", last: "「最酷供應商」(Cool Vendor)。", paragraphs: Some(1), ..NONE },
    Fact { file: "ninjs/1.4_ninjsExComplex1.json", id: "http://ninjs.example.com/newsitems/20130709cplx123", title: "Captain of wrecked cruise ship on trial in Italy", date: "2013-07-09T10:37:00Z", source: "The News Agency", authors: &["Paulo Santalucia", "Frances d'Emilio"], language: "en", first: "GROSSETO, Italy (AP)", last: "has denied wrongdoing.", paragraphs: Some(4), given: Some(5), people: &["Francesco Schettino"], organizations: &["Costa Crociere SpA"], locations: &["Tuscany", "Italy"], ..NONE },
    Fact { file: "ninjs/1.4_ninjsExMediumText1.json", id: "http://ninjs.example.com/newsitems/20130709med123", title: "Captain of wrecked cruise ship on trial in Italy", date: "2013-07-09T10:37:00Z", source: "The News Agency", authors: &["Paulo Santalucia", "Frances d'Emilio"], language: "en", first: "GROSSETO, Italy (AP)", last: "has denied wrongdoing.", paragraphs: Some(4), given: Some(5), people: &["Francesco Schettino"], organizations: &["Costa Crociere SpA"], locations: &["Tuscany", "Italy"], ..NONE },
    Fact { file: "ninjs/1.6_005_complex_text_article.json", id: "http://ninjs.example.com/newsitems/20130709med123", title: "Captain of wrecked cruise ship on trial in Italy", date: "2013-07-09T10:37:00Z", source: "The News Agency", authors: &["Paulo Santalucia", "Frances d'Emilio"], language: "en", first: "GROSSETO, Italy (AP)", last: "has denied wrongdoing.", paragraphs: Some(4), given: Some(5), people: &["Francesco Schettino"], organizations: &["Costa Crociere SpA"], locations: &["Tuscany", "Italy"], ..NONE },
    Fact { file: "ninjs/2.1_dpa_text.json", id: "urn:newsml:dpa.com:20090101:190510-99-167362", title: "Faktencheck Derby-Elfmeter: Hat Schiedsrichter Zwayer recht?", date: "2019-05-10T16:02:28+02:00", source: "dpa", authors: &["Christian Hollmann"], language: "de", first: "Für Lucien Favre", last: "der Bestimmungen kommen.", paragraphs: Some(9), ..NONE },
    Fact { file: "ninjs/2.1_ntb_text.json", id: "urn:8d19cf88-b3ab-4972-8fec-1207599f2872", title: "Google har kjøpt giganttomt i Skien", date: "2019-08-09T09:46:53Z", source: "NTB", authors: &["NTB"], section: "Innenriks", language: "nb", first: "IT-giganten Google har", last: "datasentre i Europa.", paragraphs: Some(1), given: Some(1), locations: &["Telemark"], ..NONE },
    Fact { file: "ninjs/2.2_005_complex_text_article.json", id: "http://ninjs.example.com/newsitems/20130709med123", title: "Captain of wrecked cruise ship on trial in Italy", date: "2013-07-09T10:37:00Z", source: "The News Agency", authors: &["Paulo Santalucia", "Frances d'Emilio"], language: "en", first: "GROSSETO, Italy (AP)", last: "has denied wrongdoing.", paragraphs: Some(4), given: Some(5), people: &["Francesco Schettino"], organizations: &["Costa Crociere SpA"], locations: &["Tuscany", "Italy"], ..NONE },
    Fact { file: "ninjs/3.0_dpa_text.json", id: "urn:newsml:dpa.com:20090101:190510-99-167362", title: "Faktencheck Derby-Elfmeter: Hat Schiedsrichter Zwayer recht?", date: "2019-05-10T16:02:28+02:00", source: "dpa", authors: &["Christian Hollmann"], language: "de", first: "Für Lucien Favre", last: "der Bestimmungen kommen.", paragraphs: Some(9), ..NONE },
    Fact { file: "ninjs/3.1_004_simple_text_article.json", id: "http://ninjs.example.com/newsitems/20130709simp123", title: "Captain of wrecked cruise ship on trial in Italy", date: "2013-07-09T10:37:00Z", source: "AP", authors: &["Paulo Santalucia", "Frances d'Emilio"], language: "en", first: "GROSSETO, Italy (AP)", last: "has denied wrongdoing.", paragraphs: Some(4), given: Some(0), ..NONE },
    Fact { file: "ninjs/3.1_005_complex_text_article.json", id: "http://ninjs.example.com/newsitems/20130709med123", title: "Captain of wrecked cruise ship on trial in Italy", date: "2013-07-09T10:37:00Z", source: "The News Agency", authors: &["Paulo Santalucia", "Frances d'Emilio"], language: "en", first: "GROSSETO, Italy (AP)", last: "has denied wrongdoing.", paragraphs: Some(4), given: Some(5), people: &["Francesco Schettino"], organizations: &["Costa Crociere SpA"], locations: &["Tuscany", "Italy"], ..NONE },
    Fact { file: "ninjs/bbc-ninjs-text-test.json", id: "https://www.example.com//12345", title: "advisory", date: "2018-05-28T16:40:08Z", authors: &["John Doe"], section: "Planning Permission", language: "en", first: "body", last: "body", paragraphs: Some(1), ..NONE },
    Fact { file: "nitf/aap.xml", id: "AAP.115314987.5417374", title: "The main stories on today's 1900 ABC TV news", date: "2013-10-20T19:27:51+11:00", source: "Australian Associated Press", authors: &["John Doe"], section: "Justice", language: "en", first: "The main stories", last: "vulnerable to abuse.", paragraphs: Some(12), ..NONE },
    Fact { file: "nitf/ap-nitf.xml", title: "Can trading pollution like stocks help fight climate change?", date: "2015-12-10T19:10:44Z", source: "The Associated Press", authors: &["BERNARD CONDON"], language: "en", first: "NEW YORK (AP)", last: "model,\" he says.", paragraphs: Some(26), ..NONE },
    Fact { file: "nitf/ap_media_text_nitf.xml", title: "BC-BBN--Top Ten", date: "2019-07-03T04:05:12Z", source: "The Associated Press", first: "BASEBALL'S TOP TEN", last: "Scherzer, Washington, 8-5.", ..NONE },
    Fact { file: "nitf/efe_nitf.xml", id: "22751909", title: "Honduran president announces Cabinet changes", date: "2017-01-02T22:28:00Z", source: "Agencia EFE", section: "Politics", language: "en", first: "Tegucigalpa, Jan 2", last: "Test body.", paragraphs: Some(1), given: Some(1), locations: &["Tegucigalpa"], ..NONE },
    Fact { file: "nitf/nitf-fishing.xml", id: "iptc.321656141.b", title: "Weather and Tide Updates for Norfolk", date: "2002-02-25T14:30:00-05:00", source: "XML Team Solutions, Inc.", authors: &["Alan Karben"], section: "Weather", language: "en", first: "The weather was", last: "Happy fishing everybody!", paragraphs: Some(11), given: Some(2), organizations: &["Acme Boat Company"], locations: &["Norfolk"], ..NONE },
    Fact { file: "nitf/nitf-ntb.xml", id: "faktisk-d9cde75b-256e-4989-b6a3-b8ad27f43a5c_47", title: "Faktisk.no: Nei, dette dokumentet beskriver ikke FNs Agenda 21 eller Agenda 2030", date: "2020-09-07T14:45:26Z", source: "NTB", authors: &["Geir Molnes"], language: "nb", first: "Nei, dette dokumentet", last: "faktasjekken på Faktisk.no", given: Some(1), locations: &["Norge"], ..NONE },
    Fact { file: "nitf/pa1.xml", id: "af1f7ad5-5619-49de-84cc-2e608538c77fSSS-3-1", title: "PA SPORT TRIVIA (OCTOBER 14)", date: "2015-10-14T04:30:01+01:00", source: "PA Sport", language: "en", first: "ON THIS DAY", last: "5. Barry Manilow.", paragraphs: Some(42), given: Some(36), people: &["Mark Bosnich", "Jim McLean", "Michael O'Neill"], organizations: &["Football Association"], locations: &["Australia", "Athens"], ..NONE },
    Fact { file: "reuters-sgml/reut2-021.sgm", count: 578, id: "21001", title: "CITYFED FINANCIAL CORP SAYS IT CUT QTRLY DIVIDEND TO ONE CENT FROM 10 CTS/SHR", date: "1987-10-19T15:37:46Z", source: "Reuters", language: "en", paragraphs: Some(0), ..NONE },
    Fact { file: "rss-atom/atom_mediarss_newscred_1.xml", id: "75ffea6b731bb4534f3138fd6b726791", title: "The Day Off: Tampa", date: "2019-04-05T21:04:40+00:00", authors: &["Some author"], first: "Some text", last: "Some text", paragraphs: Some(1), ..NONE },
    Fact { file: "rss-atom/jsonfeed_spec_1.json", id: "https://jsonfeed.org/2017/05/17/announcing_json_feed", title: "Announcing JSON Feed", date: "2017-05-17T08:02:12-07:00", source: "JSON Feed", authors: &["Brent Simmons", "Manton Reece"], language: "en", first: "We — Manton", last: "and publishing feeds.", paragraphs: Some(2), ..NONE },
    Fact { file: "rss-atom/real-cnn.rss", count: 69, id: "https://www.cnn.com/2022/07/26/politics/justice-department-pence-short-jacob-trump-grand-jury/index.html", title: "Any investigation of a former president raises a host of highly sensitive and potentially explosive political and legal questions", date: "2022-07-27T03:27:09Z", source: "CNN.com", language: "en", first: "The move by", last: "the 2020 election.", paragraphs: Some(1), ..NONE },
    Fact { file: "rss-atom/real-korean-times.rss", count: 195, id: "333483", title: "France on course for driest July on record: weather office", date: "2022-07-28T04:35:05+09:00", source: "Korea Times News", authors: &["KoreaTimes"], section: "nation", language: "en", first: "France is on", last: "around the country", paragraphs: Some(1), ..NONE },
    Fact { file: "rss-atom/rss_1.0_biorxiv.xml", id: "http://biorxiv.org/cgi/content/short/2023.12.16.571984v1?rss=1", title: "Complete genome of the Medicago anthracnose fungus, Colletotrichum destructivum, reveals a mini-chromosome-like region within a core chromosome.", date: "2023-12-16T00:00:00Z", source: "bioRxiv Subject Collection: Genomics", authors: &["N. LAPALU", "A. SIMON", "A. Lu", "P.-L. Plaumann", "J. Amselem", "S. Pigne", "A. Auger", "C. Koch", "J.-F. Dallery", "R. J. O'Connell"], language: "en", first: "Colletotrichum destructivum (Cd)", last: "asexual fungal pathogen.", paragraphs: Some(1), ..NONE },
    Fact { file: "rss-atom/rss_2.0_bbc.xml", id: "urn:bbc:podcast:m000sjxt", title: "Marcus Aurelius", date: "2021-02-25T10:15:00Z", source: "In Our Time", authors: &["BBC Radio 4"], language: "en", first: "Melvyn Bragg and", paragraphs: Some(1), ..NONE },
    Fact { file: "rss-atom/rss_2.0_ghost_1.xml", first: "Example", last: "Example", paragraphs: Some(1), ..NONE },
    Fact { file: "rss-atom/rss_2.0_nbcny.xml", id: "4956764", title: "NYC cops search for stabbing suspect after leaving 18-year-old to bleed out on sidewalk", date: "2023-12-16T14:02:33Z", source: "NBC New York", authors: &["Gaby Acevedo", "Jessica Cunnington"], language: "en", first: "A young man", last: "body, police said.", paragraphs: Some(1), ..NONE },
    Fact { file: "rss-atom/rss_2.0_spiegel.xml", id: "c7e3cca2-665e-4bc4-bcac-acc6011b9fa2", title: "07.02. – die Wochenvorschau: Lockdown-Verlängerung, Kriegsverbrecher vor Gericht, Super Bowl, Karneval", date: "2021-02-06T23:01:00Z", source: "SPIEGEL Update – Die Nachrichten", authors: &["DER SPIEGEL"], language: "de", first: "Die wichtigsten Nachrichten", last: "SPIEGEL-Redaktion.", paragraphs: Some(1), ..NONE },
    Fact { file: "rss-atom/rss_2.0_wirecutter.xml", id: "https://www.nytimes.com/wirecutter/?p=270973", title: "How to Teach Someone a Board Game (and Even Have Fun Doing It)", date: "2022-09-20T11:00:17Z", source: "Wirecutter: Reviews for the Real World", authors: &["James Austin"], language: "en", first: "Modern board games", last: "new board game.", paragraphs: Some(1), ..NONE },
    Fact { file: "txt-md/wikinews.txt", title: "Simple animals could live in Martian brines: Wikinews interviews planetary scientist Vlada Stamenković", date: "2019-01-09T00:00:00Z", language: "en", first: "Planetary scientist Vlada", last: "through radar mapping.", ..NONE },
    Fact { file: "txt-md/wikinews.md", title: "Wikinews investigates disappearance of Indonesian cargo ship Namse Bangdzod", id: "https://en.wikinews.org//wiki/Wikinews_investigates_disappearance_of_Indonesian_cargo_ship_Namse_Bangdzod", date: "2019-01-10T00:00:00Z", source: "Wikinews", language: "en", first: "In late December,", last: "Bay was recorded.", ..NONE },
    Fact { file: "warc/ccnews_like_40_real_pages.warc.gz", count: 40, id: "urn:uuid:b9ba72b9-c3df-46ef-b639-860f27bf890f", title: "Federal agency quashes Georgia's plan to let pharmacies sell medical marijuana", date: "2023-12-17T17:34:25.000Z", source: "ABC News", authors: &["The Associated Press"], language: "en", ..NONE },
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
fn every_file_gives_what_a_person_reads_in_it() {
    let formats = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/formats");
    if !formats.is_dir() {
        return;
    }
    let mut wrong = Vec::new();
    for fact in FACTS {
        let (articles, refusals) = read(&formats.join(fact.file));
        let mut check = |what: &str, found: &str, expected: &str| {
            if found != expected {
                wrong.push(format!("{}: {what} is {found:?}, not {expected:?}", fact.file));
            }
        };
        check("the count", &articles.len().to_string(), &fact.count.to_string());
        check("the count of refusals", &refusals.len().to_string(), "0");
        let Some(article) = articles.first() else { continue };
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        if !fact.id.is_empty() {
            check("the id", &article.id, fact.id);
        }
        if !fact.language.is_empty() {
            check("the language", &text(&article.language), fact.language);
        }
        check("the title", &article.title, fact.title);
        check("the date", article.date.as_ref().map_or("", |date| date.as_str()), fact.date);
        check("the source", &text(&article.source), fact.source);
        check("the section", &text(&article.section), fact.section);
        check("the list of writers", &article.authors.join("; "), &fact.authors.join("; "));
        let body = &article.body;
        let start = body.get(..fact.first.len()).unwrap_or(body);
        check("the beginning", start, fact.first);
        let end = body.len().checked_sub(fact.last.len()).and_then(|at| body.get(at..)).unwrap_or(body);
        check("the end", end, fact.last);
        if let Some(paragraphs) = fact.paragraphs {
            check("the number of paragraphs", &body.split("\n\n").filter(|p| !p.is_empty()).count().to_string(), &paragraphs.to_string());
        }
        let given = &article.given;
        let people: Vec<&str> = given.people.iter().map(|entity| entity.name.as_str()).collect();
        let organizations: Vec<&str> = given.organizations.iter().map(|entity| entity.name.as_str()).collect();
        let locations: Vec<&str> = given.locations.iter().map(|place| place.name.as_str()).collect();
        if let Some(count) = fact.given {
            check("the number of names stated", &(people.len() + organizations.len() + locations.len()).to_string(), &count.to_string());
        }
        for (found, expected) in [(people, fact.people), (organizations, fact.organizations), (locations, fact.locations)] {
            for name in expected.iter().filter(|name| !found.contains(name)) {
                check("what is stated", &found.join("; "), name);
            }
        }
    }
    for (file, word) in REFUSED {
        let (articles, refusals) = read(&formats.join(file));
        if !articles.is_empty() || !refusals.iter().any(|r| r.reason.contains(word)) {
            wrong.push(format!("{file}: {} articles, {refusals:?}", articles.len()));
        }
    }
    assert!(wrong.is_empty(), "{} facts\n{}", wrong.len(), wrong.join("\n"));
}
