//! Documents of every format, invented: the people, places and papers in them do not exist.

use std::io::Write;

/// A web page with JSON-LD, a standfirst, a quotation, related stories, comments and a cookie banner.
pub const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en-GB"><head>
<title>Ferry to Oskholm is back after storm | The Harbour Post</title>
<meta property="og:title" content="Ferry to Oskholm is back after storm | The Harbour Post">
<meta property="og:site_name" content="The Harbour Post"><meta property="og:type" content="article">
<link rel="canonical" href="https://harbourpost.example/news/ferry-back">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
 {"@type":"Person","@id":"urn:mb","name":"Mira Brandt"},
 {"@type":"NewsArticle","headline":"Ferry to Oskholm is back after storm","datePublished":"2024-02-11T08:30:00+01:00",
  "author":[{"@id":"urn:mb"},{"@type":"Person","name":"Tobias Quill"}],"publisher":{"@type":"Organization","name":"The Harbour Post"},
  "articleSection":"Transport","inLanguage":"en",
  "mentions":[{"@type":"Person","name":"Ingrid Vasko"},{"@type":"Organization","name":"Norlinie"}],
  "contentLocation":{"@type":"Place","name":"Oskholm","geo":{"latitude":59.1,"longitude":"18.4"}}}]}</script>
</head><body>
<div class="cookie-banner"><p>We use cookies to improve your experience. Accept all cookies.</p></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article>
<h1>Ferry to Oskholm is back after storm</h1>
<p class="byline">By Mira Brandt and Tobias Quill</p>
<div class="story">
<p>The ferry to Oskholm sailed again on Sunday after three days in port, carrying some two hundred islanders home from the mainland.</p>
<p>The captain, Ingrid Vasko, said the waves were <q>the highest I have seen in thirty years</q> and thanked her crew for their patience.</p>
<p>Read more: <a href="/news/storm">Storm closes the strait</a></p>
<blockquote><p>We sat in the harbour hall, sang and waited for the wind to drop.</p></blockquote>
<div class="ad">Advertisement</div>
<p>Norlinie, which runs the line, said that tickets of the days without a sailing stay valid until the end of the year.</p>
<p>“Nobody will lose a krona,” its spokesman Pelle Anund told <a href="https://radio.example/">the island's radio</a> in the evening.</p>
<p>Subscribe to our newsletter to get the best of the harbour in your inbox every morning.</p>
</div></article></main>
<section class="related"><h2>Related stories</h2><ul><li><a href="/a">Lighthouse sold to a bakery</a></li><li><a href="/b">Seals return to the bay</a></li></ul></section>
<div id="comments" class="comments"><h3>Comments</h3><p>I was on that ferry and it was awful, says a reader.</p></div>
<footer>© 2024 The Harbour Post. All rights reserved.</footer>
</body></html>"#;

/// RSS with an offset, an escaped title and text in markup.
pub const RSS: &str = r#"<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Harbour Post</title><link>https://harbourpost.example</link><language>en-GB</language>
<item><title>Mayor &amp; council at odds</title><link>https://harbourpost.example/2</link><guid isPermaLink="false">hp-2</guid>
<pubDate>Sun, 11 Feb 2024 08:30:00 +0100</pubDate><dc:creator>Mira Brandt and Tobias Quill</dc:creator><category>Politics</category>
<description>Short.</description>
<content:encoded><![CDATA[<p>The mayor said &#8220;no&#8221;.</p><p>The council said yes.</p><p>The post Mayor &amp; council at odds appeared first on The Harbour Post.</p>]]></content:encoded></item>
<item><title>Only a headline</title><link>https://harbourpost.example/3</link><pubdate>Mon, 12 Feb 2024 10:00:00 GMT</pubdate></item>
<item><link>https://harbourpost.example/4</link></item>
</channel></rss>"#;

/// Atom.
pub const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour wire</title><id>urn:feed</id>
<entry><id>urn:entry:1</id><title>Quay closed</title><published>2024-03-01T10:00:00+02:00</published><updated>2024-03-02T10:00:00Z</updated>
<author><name>Ola Fenn</name></author><link rel="alternate" href="https://wire.example/1"/><content type="html">&lt;p&gt;The quay is closed.&lt;/p&gt;</content></entry></feed>"#;

/// JSON Feed.
pub const JSON_FEED: &str = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Harbour wire","language":"en",
"items":[{"id":"7","url":"https://wire.example/7","title":"Tide tables","content_text":"High tide at noon.\n\nLow tide at six.","date_published":"2024-03-01T10:00:00-05:00","authors":[{"name":"Ola Fenn"}]}]}"#;

/// NITF with inline markup of names and a quote with its source.
pub const NITF: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<nitf baselang="en-GB"><head><title>Slug</title>
<tobject><tobject.subject tobject.subject.type="Transport" tobject.subject.matter="Ships"/></tobject>
<docdata><doc-id id-string="hw.20240211.1"/><date.issue norm="20240211T083000+0100"/><evloc city="Oskholm" state-prov="Norskar" iso-cc="SE"/>
<doc.copyright holder="Harbour Wire" year="2024"/></docdata></head>
<body><body.head><hedline><hl1>Ferry sails again</hl1><hl2>After three days</hl2></hedline>
<byline>By <person>Mira Brandt</person><byttl>Harbour Wire</byttl></byline><distributor>Harbour Wire Agency</distributor></body.head>
<body.content><media><media-caption>Not of the text.</media-caption></media>
<p>The ferry to <location><city>Oskholm</city></location> sailed again, its captain <person>Ingrid Vasko</person> said.</p>
<p>Of <org>Norlinie</org> nobody was there when the ship at last cast off on Sunday<br/>
morning, and <person>Pelle Anund's</person> phone was off.</p>
<p quote-source="Ingrid Vasko">We are glad to be back.</p>
<p>(Reporting by Mira Brandt; Editing by Ola Fenn)</p></body.content></body></nitf>"#;

/// A NewsML-G2 message with two items: XHTML and plain text.
pub const NEWSML_G2: &str = r#"<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:hw:1" version="2" xml:lang="en-GB"><itemMeta><itemClass qcode="ninat:text"/><provider qcode="np:HW"><name>Harbour Wire</name></provider>
<versionCreated>2024-02-11T09:30:00+01:00</versionCreated><firstCreated>2024-02-11T08:30:00+01:00</firstCreated></itemMeta>
<contentMeta><located qcode="c:1"><name>Oskholm</name><broader qcode="iso3166-1a2:SE"><name>Sweden</name></broader></located>
<by>By Mira Brandt</by><language tag="en"/><subject type="cpnat:abstract"><name>transport</name></subject>
<subject type="cpnat:person" qcode="p:1"><name>Ingrid Vasko</name></subject><subject type="cpnat:poi" literal="L1"><name>Oskholm Quay, Harbour Road 1</name></subject>
<headline role="x:subHeadline">After three days</headline><headline>Ferry sails again</headline></contentMeta>
<assert literal="L1"><POIDetails><position latitude="59.1" longitude="18.4"/></POIDetails></assert>
<assert qcode="o:1"><name>Norlinie</name><organisationDetails/></assert>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><header><h1>Ferry sails again</h1></header>
<p>The ferry sailed
again.</p><p>Its captain was glad.</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:hw:2"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta><contentMeta><headline>A picture</headline></contentMeta></newsItem>
<newsItem guid="urn:hw:3"><itemMeta><itemClass qcode="ninat:text"/><provider literal="hw.example"/></itemMeta><contentMeta><headline>Plain</headline></contentMeta>
<contentSet><inlineData contenttype="text/plain">First line
goes on.
   Second paragraph.</inlineData></contentSet></newsItem>
</itemSet></newsMessage>"#;

/// A package: headlines of what it groups.
pub const PACKAGE: &str = r#"<newsMessage><itemSet><packageItem guid="urn:hw:p"><itemMeta><provider literal="Harbour Wire"/><versionCreated>2024-02-11T09:30:00Z</versionCreated></itemMeta>
<contentMeta><headline>The storm</headline><by>By Ola Fenn</by></contentMeta><groupSet root="r"><group id="r">
<itemRef residref="a"><itemClass qcode="icls:text"/><headline>Ferry sails again</headline></itemRef>
<itemRef residref="b"><itemClass qcode="icls:picture"/><headline>A wave</headline></itemRef></group></groupSet></packageItem></itemSet></newsMessage>"#;

/// NewsML 1.
pub const NEWSML_1: &str = r#"<?xml version="1.0"?><NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>hw.example</ProviderId><PublicIdentifier>urn:newsml:hw:9</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20240211T083000+0100</FirstCreated></NewsManagement>
<NewsComponent><NewsLines><HeadLine>Ferry sails again</HeadLine><ByLine>By Mira Brandt</ByLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="Harbour Wire"/></Provider></AdministrativeMetadata>
<DescriptiveMetadata><Language FormalName="en"/><Location><Property FormalName="City" Value="Oskholm"/><Property FormalName="Country" Value="Sweden"/></Location></DescriptiveMetadata>
<ContentItem><DataContent><nitf><body><body.content><p>The ferry sailed.</p><p>All were glad.</p></body.content></body></nitf></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"#;

/// A text export of Nexis with two articles.
pub const NEXIS_TEXT: &str = "\n\nDownload Request: Selected Items: 1-2\n\n\n                               1 of 2 DOCUMENTS\n\n\n\n                              The Harbour Post (Oskholm)\n\n                            February 11, 2024 Sunday\n\nFerry to Oskholm is\nback\n\nBYLINE: Mira Brandt and Tobias Quill\n\nSECTION: NEWS; Pg. 4\n\nLENGTH: 12 words\n\nThe ferry sailed again,\nits captain said.\n\nNOTE TO SELF: the colon is of the text.\n\nLOAD-DATE: February 12, 2024\n\nLANGUAGE: ENGLISH\n\nPERSON: INGRID VASKO (91%); PELLE ANUND (60%)\n\nORGANIZATION: NORLINIE SHIPPING (80%)\n\nGEOGRAPHIC: OSKHOLM, SWEDEN (90%)\n\n                       Copyright 2024 The Harbour Post\n                              All Rights Reserved\n\n                               2 of 2 DOCUMENTS\n\n                              The Bay Times\n\n                            March 1, 2024 Friday\n                               Correction Appended\n\nQuay closed\n\nLENGTH: 4 words\n\nThe quay is closed.\n\nLOAD-DATE: March 2, 2024\n";

/// An HTML export of Nexis.
pub const NEXIS_PAGE: &str = r#"<HTML><HEAD><TITLE>&nbsp;</TITLE></HEAD><BODY><!-- Hide XML section from browser
<DOC NUMBER=1>
<DOCFULL> -->
<BR><DIV><P><SPAN>1 of 1 DOCUMENTS</SPAN></P></DIV><BR><DIV><P><SPAN>The Harbour Post</SPAN></P></DIV>
<BR><DIV><P><SPAN>February</SPAN><SPAN> 11, 2024, Sunday, Late Edition</SPAN></P></DIV><BR><DIV><P><SPAN>Ferry;<BR>Back at last</SPAN></P></DIV>
<BR><DIV><P><SPAN>BYLINE: </SPAN><SPAN>By MIRA BRANDT</SPAN></P></DIV><BR><DIV><P><SPAN>SECTION: </SPAN><SPAN>Section A; Page 1</SPAN></P></DIV>
<BR><DIV><P><SPAN>The ferry sailed.</SPAN></P><P><SPAN>&quot;At last&quot;, said the captain.</SPAN></P></DIV>
<BR><DIV><P><SPAN>LANGUAGE: </SPAN><SPAN>ENGLISH</SPAN></P></DIV><BR><DIV><P><SPAN>Copyright 2024 The Harbour Post</SPAN></P></DIV></BODY></HTML>"#;

/// An XML export of Factiva.
pub const FACTIVA_XML: &str = r#"<?xml version="1.0" encoding="utf-8"?><PPSResponse><ppsArticleResponse xmlns="http://global.factiva.com/pps/2.0"><ppsarticleResultSet count="1"><ppsarticle><article>
<accessionNo>HARB000020240211ek2b0001</accessionNo><baseLanguage>EN</baseLanguage><byline>By Mira Brandt</byline>
<headline><paragraph><hlt>Ferry</hlt> sails again</paragraph></headline><leadParagraph><paragraph>The ferry sailed.</paragraph></leadParagraph>
<publicationDate><dateTime>2024-02-11T08:30:00Z</dateTime></publicationDate><sourceName>The Harbour Post</sourceName><sectionName>News</sectionName>
<region code="swed"><name>Sweden</name></region><region code="eurz"><name>Europe</name></region><company code="norl"><name>Norlinie</name></company>
<tailParagraphs><paragraph>All were glad.</paragraph></tailParagraphs></article></ppsarticle></ppsarticleResultSet></ppsArticleResponse></PPSResponse>"#;

/// An HTML export of Factiva.
pub const FACTIVA_PAGE: &str = r#"<!DOCTYPE html><html><head><title>Factiva</title></head><body><div class="article enArticle"><table>
<tr><td class="index"><b>HD</b>&nbsp;</td><td><b class="enHeadline">Ferry sails again</b></td></tr><tr><td><b>BY</b></td><td>By Mira Brandt</td></tr>
<tr><td><b>PD</b>&nbsp;</td><td>11 February 2024</td></tr><tr><td><b>ET</b></td><td>08:30</td></tr><tr><td><b>SN</b></td><td>The Harbour Post</td></tr><tr><td><b>LA</b></td><td>English</td></tr>
<tr><td><p><b>LP</b>&nbsp;</p></td><td><p>The ferry sailed.</p><p>All were glad.</p></td></tr><tr><td><p><b>TD</b></p></td><td><p>The end.</p></td></tr>
<tr><td><b>RE</b></td><td>swed : Sweden | eurz : Europe</td></tr><tr><td><b>CO</b></td><td>norl : Norlinie</td></tr><tr><td><b>AN</b></td><td>Document HARB000020240211ek2b0001</td></tr></table></div></body></html>"#;

/// Reuters-21578: a story, a brief one and one that nobody took apart.
pub const REUTERS: &str = "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS=\"YES\" OLDID=\"1\" NEWID=\"101\">\n<DATE>11-FEB-1987 08:30:12.05</DATE>\n<TOPICS><D>ship</D><D>grain</D></TOPICS>\n<PLACES><D>usa</D><D>west-germany</D><D>iran</D></PLACES>\n<PEOPLE><D>vasko</D></PEOPLE>\n<ORGS><D>opec</D><D>world-bank</D></ORGS>\n<TEXT>&#2;\n<TITLE>FERRY SAILS &lt;AGAIN></TITLE>\n<AUTHOR>    By MIRA BRANDT</AUTHOR>\n<DATELINE>    OSKHOLM, Feb 11 - </DATELINE><BODY>The ferry sailed, A&amp;B Lines\nsaid.\n    \"At last,\" said its captain.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n<REUTERS NEWID=\"102\">\n<DATE>11-FEB-1987 09:00:00.00</DATE>\n<TEXT TYPE=\"BRIEF\">&#2;\n******<TITLE>QUAY CLOSED</TITLE>Blah\n</TEXT>\n</REUTERS>\n<REUTERS NEWID=\"103\">\n<DATE>11-FEB-1987 09:10:00.00</DATE>\n<TEXT TYPE=\"UNPROC\">&#2;\nTIDE TABLES\n    High tide at noon.\n Reuter\n&#3;</TEXT>\n</REUTERS>\n";

/// TREC, with the day in the number of the document only.
pub const TREC: &str = "<DOC>\n<DOCNO> HP880212-0001 </DOCNO>\n<HEAD>Ferry Sails Again</HEAD>\n<BYLINE>By MIRA BRANDT</BYLINE>\n<TEXT>\n   The ferry sailed\nagain.\n   All were glad.\n</TEXT>\n</DOC>\n<DOC id=\"HPW_ENG_19940512.0003\" type=\"story\">\n<HEADLINE>\nQuay Closed\n</HEADLINE>\n<TEXT>\n<P>\nThe quay is\nclosed.\n</P>\n<P>\nFor good.\n</P>\n</TEXT>\n</DOC>\n";

/// ninjs 1, with its text twice.
pub const NINJS_1: &str = r#"{"uri":"urn:hw:1","type":"text","versioncreated":"2024-02-11T08:30:00+01:00","language":"en","byline":"By Mira Brandt and Tobias Quill",
"copyrightnotice":"Copyright 2024 Harbour Wire, hw.example - all rights reserved","headline":"Ferry sails again","body_text":"The ferry to Oskholm sailed again. “At last,” said its captain, Ingrid Vasko.",
"body_xhtml":"<p>The ferry to Oskholm sailed again.</p><p>“At last,” said its captain, Ingrid Vasko.</p>","subject":[{"name":"Storms","rel":"about"},{"name":"Transport","rel":"category"}],
"person":[{"name":"Ingrid Vasko"}],"organisation":[{"name":"Norlinie"}],"place":[{"name":"Oskholm"}]}"#;

/// ninjs 3.
pub const NINJS_3: &str = r#"{"uri":"urn:hw:3","type":"text","versionCreated":"2024-02-11T08:30:00+01:00","language":"en-GB","by":"Mira Brandt, Tobias Quill","copyrightHolder":"Harbour Wire",
"headlines":[{"role":"main","value":"Ferry sails again"}],"bodies":[{"role":"main","contentType":"text/html","value":"<p>The ferry to Oskholm sailed again.</p><p>“At last,” said its captain, Ingrid Vasko.</p>"}],
"people":[{"name":"Ingrid Vasko"}],"organisations":[{"name":"Norlinie"}],"places":[{"name":"Oskholm","uri":"http://cvx.iptc.org/iso3166-1a2/se","geoJson":{"type":"Point","coordinates":[18.4,59.1]}}]}"#;

/// What an API of news answers.
pub const NEWS_API: &str = r#"{"status":"ok","totalResults":1,"articles":[{"source":{"id":null,"name":"Harbour Wire"},"author":"Mira Brandt, Tobias Quill","title":"Ferry sails again",
"description":"The ferry is back.","url":"https://wire.example/1","urlToImage":null,"publishedAt":"2024-02-11T08:30:00+01:00","content":"The ferry to Oskholm sailed again.\n\n“At last,” said its captain, Ingrid Vasko."}]}"#;

/// A table with a cell over several lines.
pub const TABLE: &str = "Titel;Datum;Autor;Quelle;Inhalt\nFerry sails again;2024-02-11T08:30:00+01:00;\"Mira Brandt, Tobias Quill\";Harbour Wire;\"The ferry to Oskholm sailed again.\n\n“At last,” said its captain, Ingrid Vasko.\"\n";

/// Markdown with front matter.
pub const MARKDOWN: &str = "---\ntitle: Ferry sails again\ndate: 2024-02-11T08:30:00+01:00\nauthors: [Mira Brandt, Tobias Quill]\nsource: Harbour Wire\nsection: Transport\n---\n\nThe **ferry** to [Oskholm](https://a.example/) sailed again.\n\n“At last,” said its captain,\nIngrid Vasko.\n";

/// Text as it is typed.
pub const TEXT: &str = "Ferry sails again\n\nBy Mira Brandt and Tobias Quill\n11 February 2024\n\nOSKHOLM (Harbour Wire) - The ferry to Oskholm sailed again.\n\n“At last,” said its captain, Ingrid Vasko.\n\nShare this article\n";

/// A newsletter in two forms, with a signature and an encoded subject.
pub const EMAIL: &str = "Received: by mx.example; Sun, 11 Feb 2024 07:31:00 +0000\nFrom: Mira Brandt <mira@harbourpost.example>\nTo: list@harbourpost.example\nSubject: =?utf-8?Q?The_harbour_this_week:_caf=C3=A9s?=\nDate: Sun, 11 Feb 2024 08:30:00 +0100\nMessage-ID: <77@harbourpost.example>\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\nThe ferry sails again.\n\nAll are glad.\n\n-- \nThe Harbour Post\n\n--b\nContent-Type: text/html; charset=utf-8\n\n<p>The ferry sails again.</p>\n--b--\n";

/// A record of a web archive, with the lengths that belong to it.
pub fn warc_record(kind: &str, url: &str, content_type: &str, body: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{}>\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-02-12T00:00:00Z\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        url.len(),
        body.len()
    )
    .into_bytes();
    record.extend_from_slice(body);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

/// An HTTP response with these header lines.
pub fn response(headers: &str, body: &[u8]) -> Vec<u8> {
    let mut response = format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n").into_bytes();
    response.extend_from_slice(body);
    response
}

/// Bytes packed with gzip.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A Word document with these paragraphs: (style, text).
pub fn docx(paragraphs: &[(&str, &str)], core: &str) -> Vec<u8> {
    let body: String = paragraphs
        .iter()
        .map(|(style, text)| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"))
        .collect();
    docx_of(&format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"), core)
}

/// A Word document of this markup.
pub fn docx_of(document: &str, core: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("word/document.xml", document), ("docProps/core.xml", core)] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
