//! The fields of the index: two kinds of document, the quotes of an article and then the article, written as one block.

use tantivy::schema::{
    DateOptions, DateTimePrecision, FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};

use super::tokens;

/// Goes up whenever a field changes; an index with another number must be rebuilt.
pub const INDEX_VERSION: u32 = 6;

/// Before a surface form that differs from its stem, at the stem's position: so that prefixes and near spellings are found.
pub const FORM: char = '\u{1}';
/// Before the second form of a name, in which transliterations meet, at the name's position.
pub const SECOND: char = '\u{2}';

/// The word of an article in [`Fields::what`].
pub const ARTICLE: &str = "article";
/// The word of a quote in [`Fields::what`].
pub const QUOTE: &str = "quote";
/// The word of an agency's article at another outlet in [`Fields::what`].
pub const WIRE: &str = "wire";
/// The word in [`Fields::breaks`] at the first word of each sentence.
pub const SENTENCE: &str = "s";
/// The word in [`Fields::breaks`] at the first word of each paragraph.
pub const PARAGRAPH: &str = "p";

/// The field of dates, of both kinds.
pub const DATE: &str = "date";
/// The field of dates as their own clocks show them, of both kinds.
pub const WALL: &str = "wall";
/// How far behind a quote its article stands; 0 for an article.
pub const BACK: &str = "back";
/// How many quotes stand before an article.
pub const COUNT: &str = "count";
/// How sure the attribution of a quote is, in hundredths.
pub const CONFIDENCE: &str = "confidence";
/// The words of an article's lead.
pub const LEAD: &str = "lead";
/// What [`super::super::fingerprint`] says of an article.
pub const FINGERPRINT: &str = "fingerprint";
/// The number of the group of copies that an article is of.
pub const GROUP: &str = "group";
/// What copies have in common, see [`super::copies::fold_key`].
pub const FOLD: &str = "fold";
/// The id, of both kinds, for ties.
pub const ID: &str = "id";

/// Handles of the fields.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// Both: the article's id, as one word.
    pub id: Field,
    /// Both: "article" or "quote"; an article also "wire"; a quote also "kind:…" and "type:…".
    pub what: Field,
    /// Both: the moment.
    pub date: Field,
    /// Both: see [`WALL`].
    pub wall: Field,
    /// Both: see [`BACK`].
    pub back: Field,
    /// Article: see [`COUNT`].
    pub count: Field,
    /// Article: see [`LEAD`].
    pub lead: Field,
    /// Article: see [`FINGERPRINT`].
    pub fingerprint: Field,
    /// Article: see [`GROUP`].
    pub group: Field,
    /// Both: see [`FOLD`].
    pub fold: Field,
    /// Article: numbers that copies of it have too, see [`crate::duplicate`].
    pub copy_key: Field,
    /// Article: the record as JSON.
    pub record: Field,
    /// Article: the records of its earlier versions as JSON, the oldest first.
    pub earlier: Field,
    /// Article: stemmed words.
    pub title: Field,
    /// Article: stemmed words.
    pub body: Field,
    /// Article: where sentences and paragraphs of the body begin.
    pub breaks: Field,
    /// Article: all people, organizations and places, by name.
    pub names: Field,
    /// Article: people by name.
    pub person: Field,
    /// Article: organizations by name.
    pub org: Field,
    /// Article: places by name, with what they lie in.
    pub place: Field,
    /// Article: the outlet by name.
    pub source: Field,
    /// Article: writers by name.
    pub author: Field,
    /// Article: sections by name.
    pub section: Field,
    /// Article: the code of the language, as one word.
    pub lang: Field,
    /// Quote: stemmed words said.
    pub said: Field,
    /// Quote: stemmed words of the sentences around it, its own left out.
    pub context: Field,
    /// Quote: the speaker by name.
    pub speaker: Field,
    /// Article: columns to count by.
    pub person_column: Field,
    /// See above.
    pub org_column: Field,
    /// See above.
    pub place_column: Field,
    /// See above.
    pub source_column: Field,
    /// See above.
    pub author_column: Field,
    /// See above.
    pub section_column: Field,
    /// See above.
    pub lang_column: Field,
    /// Quote: a column to count by.
    pub speaker_column: Field,
    /// Quote: see [`CONFIDENCE`].
    pub confidence: Field,
}

/// The schema with the handles of its fields.
pub fn schema() -> (Schema, Fields) {
    let mut b = Schema::builder();
    let words = |norms: bool, positions: bool| {
        let (record, tokenizer) =
            if positions { (IndexRecordOption::WithFreqsAndPositions, tokens::NAME) } else { (IndexRecordOption::Basic, "raw") };
        TextOptions::default()
            .set_indexing_options(TextFieldIndexing::default().set_tokenizer(tokenizer).set_fieldnorms(norms).set_index_option(record))
    };
    let column = || TextOptions::default().set_fast("raw");
    let number = || NumericOptions::default().set_fast();
    let fields = Fields {
        id: b.add_text_field(ID, words(false, false).set_fast("raw")),
        what: b.add_text_field("what", words(false, false)),
        date: b.add_date_field(DATE, DateOptions::default().set_fast().set_precision(DateTimePrecision::Seconds)),
        wall: b.add_date_field(WALL, DateOptions::default().set_fast().set_precision(DateTimePrecision::Seconds)),
        back: b.add_u64_field(BACK, number()),
        count: b.add_u64_field(COUNT, number()),
        lead: b.add_u64_field(LEAD, number()),
        fingerprint: b.add_u64_field(FINGERPRINT, FAST),
        group: b.add_u64_field(GROUP, number().set_indexed()),
        fold: b.add_u64_field(FOLD, number()),
        copy_key: b.add_u64_field("copy_key", NumericOptions::default().set_indexed()),
        record: b.add_text_field("record", STORED),
        earlier: b.add_text_field("earlier", STORED),
        title: b.add_text_field("title", words(true, true)),
        body: b.add_text_field("body", words(true, true)),
        breaks: b.add_text_field("breaks", words(false, true)),
        names: b.add_text_field("names", words(false, true)),
        person: b.add_text_field("person", words(false, true)),
        org: b.add_text_field("org", words(false, true)),
        place: b.add_text_field("place", words(false, true)),
        source: b.add_text_field("source", words(false, true)),
        author: b.add_text_field("author", words(false, true)),
        section: b.add_text_field("section", words(false, true)),
        lang: b.add_text_field("lang", words(false, false)),
        said: b.add_text_field("said", words(true, true)),
        context: b.add_text_field("context", words(true, true)),
        speaker: b.add_text_field("speaker", words(false, true)),
        person_column: b.add_text_field("person_column", column()),
        org_column: b.add_text_field("org_column", column()),
        place_column: b.add_text_field("place_column", column()),
        source_column: b.add_text_field("source_column", column()),
        author_column: b.add_text_field("author_column", column()),
        section_column: b.add_text_field("section_column", column()),
        lang_column: b.add_text_field("lang_column", column()),
        speaker_column: b.add_text_field("speaker_column", column()),
        confidence: b.add_u64_field(CONFIDENCE, number()),
    };
    (b.build(), fields)
}
