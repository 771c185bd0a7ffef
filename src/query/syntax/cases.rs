//! Cases of the language: what is typed, and the tree that it becomes.

use super::{Reading, caret, parse};

fn tree(text: &str) -> String {
    parse(text, Reading::default()).map_or_else(|e| format!("error: {}", e.text), |p| p.node.to_string())
}

#[test]
fn queries_are_read_as_a_person_means_them() {
    for (query, expected) in [
        ("", "everything"),
        ("   ", "everything"),
        ("*", "everything"),
        ("harbour", "harbour"),
        ("harbour strike", "(harbour AND strike)"),
        ("harbour AND strike", "(harbour AND strike)"),
        ("harbour && strike", "(harbour AND strike)"),
        ("harbour OR strike", "(harbour OR strike)"),
        ("harbour or strike", "(harbour AND or AND strike)"),
        ("a b OR c d", "((a AND b) OR (c AND d))"),
        ("(a OR b) c", "((a OR b) AND c)"),
        ("harbour NOT strike", "(harbour AND NOT strike)"),
        ("harbour -strike", "(harbour AND NOT strike)"),
        ("-strike", "NOT strike"),
        ("NOT NOT strike", "strike"),
        ("-(a b)", "NOT (a AND b)"),
        ("-\"a b\"", "NOT \"a b\""),
        ("+harbour +strike", "(harbour AND strike)"),
        ("\"harbour strike\"", "\"harbour strike\""),
        ("“harbour strike”", "\"harbour strike\""),
        ("«harbour strike»", "\"harbour strike\""),
        ("\"harbour strike\"~5", "\"harbour strike\"~5"),
        ("\"harbour str*\"", "\"harbour str*\""),
        ("\"\"", "everything"),
        ("\"harbour strike", "\"harbour strike\""),
        ("harbour\"", "harbour"),
        ("5\" pipe", "(5 AND pipe)"),
        ("harbour NEAR/5 strike", "(harbour NEAR/5 strike)"),
        ("harbour near/5 strike", "(harbour NEAR/5 strike)"),
        ("harbour w/5 strike", "(harbour NEAR/5 strike)"),
        ("harbour NEAR5 strike", "(harbour NEAR/5 strike)"),
        ("harbour NEAR strike", "(harbour NEAR/10 strike)"),
        ("\"a b\" NEAR/3 (c OR d)", "(\"a b\" NEAR/3 (c OR d))"),
        ("a SENTENCE b SENTENCE c", "(a SENTENCE b SENTENCE c)"),
        ("a w/p b", "(a PARAGRAPH b)"),
        ("title:(a NEAR/3 b)", "title:(a NEAR/3 b)"),
        ("atleast5 harbour", "atleast5(harbour)"),
        ("ATLEAST5(harbour)", "atleast5(harbour)"),
        ("title:atleast2(a OR \"b c\") d", "(title:atleast2(a OR \"b c\") AND d)"),
        ("atleast2 title:(a OR b)", "title:atleast2(a OR b)"),
        ("atleast3\"a b\" NEAR/2 c", "(atleast3(\"a b\") NEAR/2 c)"),
        ("atleast3", "everything"),
        ("atleast3 (a b)", "error: atleast takes a word, a phrase or (a OR b), all in one field"),
        ("\"atleast3\"", "\"atleast3\""),
        ("negotiat*", "negotiat*"),
        ("harbor~", "harbor~2"),
        ("harbor~1", "harbor~1"),
        ("oil~", "oil~1"),
        ("of~", "of"),
        ("~~~", "everything"),
        ("title:harbour", "title:harbour"),
        ("Title:harbour", "title:harbour"),
        ("headline:harbour", "title:harbour"),
        ("title: harbour", "title:harbour"),
        ("title:\"harbour strike\"", "title:\"harbour strike\""),
        ("title:(a OR b)", "(title:a OR title:b)"),
        ("title:(a b)", "(title:a AND title:b)"),
        ("person:anna-lena", "person:\"anna lena\""),
        ("place:\"New York\"", "place:\"new york\""),
        ("-title:harbour", "NOT title:harbour"),
        ("speaker:unnamed", "speaker:unnamed"),
        ("speaker:\"unnamed\"", "speaker:\"unnamed\""),
        ("speaker:\"Ms Orlova\"", "speaker:orlova"),
        ("title:\"Ms Orlova\"", "title:\"ms orlova\""),
        ("kind:direct", "kind:direct"),
        ("confidence:.8", "confidence:0.8"),
        ("confidence:>0.45", "confidence:0.45"),
        ("quote:(speaker:orlova said:(euro OR greece))", "quote:(speaker:orlova AND (said:euro OR said:greece))"),
        ("quote:(speaker:orlova euro)", "quote:(speaker:orlova AND said:euro)"),
        ("quote:euro", "quote:(said:euro)"),
        ("lang:EN", "lang:en"),
        ("id:\"a b\"", "id:\"a b\""),
        ("date:>=2025-04-01T10:00:00Z", "date:2025-04-01T10:00:00Z.."),
        ("date:2025", "date:2025-01-01..2025-12-31"),
        ("date:2025-04..2025-05", "date:2025-04-01..2025-05-31"),
        ("date:>2025-04-01", "date:2025-04-02.."),
        ("date:<=2025-04-01", "date:..2025-04-01"),
        ("date:2025-04..", "date:2025-04-01.."),
        ("o'neil", "oneil"),
        ("o’neil", "oneil"),
        ("http://example.org/a-b", "(id:http://example.org/a-b OR \"http example org a b\")"),
        ("C++", "c++"),
        ("-5", "5"),
        ("a - b", "(a AND b)"),
        ("U.S.", "u.s"),
        ("10:30", "\"10 30\""),
        ("what?", "what"),
        ("AT&T", "\"at t\""),
        ("e-mail", "\"e mail\""),
        ("harbour AND", "harbour"),
        ("AND harbour", "harbour"),
        ("OR harbour", "harbour"),
        ("harbour OR", "harbour"),
        ("harbour NOT", "harbour"),
        ("AND OR NOT", "everything"),
        ("NEAR/5", "everything"),
        ("harbour NEAR/5", "harbour"),
        ("(harbour", "harbour"),
        ("harbour)", "harbour"),
        (")(", "everything"),
        ("()", "everything"),
        ("harbour) strike", "(harbour AND strike)"),
        ("title:", "everything"),
        ("title:()", "everything"),
        ("title:!", "everything"),
        ("-", "everything"),
        ("…", "everything"),
        (
            "date:soon",
            "error: \"soon\" is no date: write date:2025, date:2025-04, date:2025-04-30, date:2025-04..2025-05, date:>2025-04-01 or date:<2025",
        ),
        ("harbour near5 strike", "(harbour NEAR/5 strike)"),
        ("harbour pre/5 strike", "(harbour PRE/5 strike)"),
        ("harbour adj2 strike", "(harbour PRE/2 strike)"),
        ("harbour ADJ strike", "(harbour PRE/1 strike)"),
        ("harbour /5 strike", "(harbour NEAR/5 strike)"),
        ("harbour SAME strike", "(harbour PARAGRAPH strike)"),
        ("harbour same strike", "(harbour AND same AND strike)"),
        ("harbour adj strike", "(harbour AND adj AND strike)"),
        ("harbour | strike & port", "(harbour OR (strike AND port))"),
        ("wom?n", "wom?n"),
        ("Organi?ation*", "organi?ation*"),
        ("*gate", "*gate"),
        ("\"old wom?n\"", "\"old wom?n\""),
        ("wom?n NEAR/3 Müll*r", "(wom?n NEAR/3 mull*r)"),
        ("why?", "why"),
        ("*a", "a"),
        ("co-op?s", "\"co op s\""),
        ("telecom$", "telecom*"),
        ("earn$3", "earn*"),
        ("$5", "5"),
        ("US$5", "\"u.s 5\""),
        ("'old harbour' strike", "(\"old harbour\" AND strike)"),
        ("‘old harbour’", "\"old harbour\""),
        ("‚old harbour‘", "\"old harbour\""),
        ("title:'old harbour'", "title:\"old harbour\""),
        ("rock 'n' roll", "(rock AND n AND roll)"),
        ("dockers' strike, 'tis said", "(dockers AND strike AND tis AND said)"),
        ("site:courier from:meridian", "(source:courier AND source:meridian)"),
        ("since:2025-04", "date:2025-04-01.."),
        ("after:2025-04", "date:2025-05-01.."),
        ("before:2025-04 harbour", "(date:..2025-03-31 AND harbour)"),
        ("until:2025-04", "date:..2025-04-30"),
        ("since:\"April 2025\"", "date:2025-04-01.."),
        ("After: the flood", "(after AND the AND flood)"),
        ("date:[2025-04 TO 2025-05]", "date:2025-04-01..2025-05-31"),
        ("date:[2025-04 TO *] harbour", "(date:2025-04-01.. AND harbour)"),
        ("date:\"15 April 2025\"", "date:2025-04-15..2025-04-15"),
        ("harbour NEAR/5000 strike", "(harbour NEAR/100 strike)"),
        ("hlead(harbour)", "(title:harbour OR lead:harbour)"),
        ("HLEAD(a OR b)", "(title:a OR title:b OR lead:a OR lead:b)"),
        ("hlead:(hlead:(hlead:a))", "(title:a OR lead:a)"),
        ("negotiat!", "negotiat*"),
        ("strike^3 port", "(strike AND port)"),
        ("lang:(en OR de)", "(lang:en OR lang:de)"),
        ("kind:(direct OR mixed) a", "((kind:direct OR kind:mixed) AND a)"),
        ("date:(2007 OR 2008)", "(date:2007-01-01..2007-12-31 OR date:2008-01-01..2008-12-31)"),
        ("speaker:(unnamed OR orlova)", "(speaker:unnamed OR speaker:orlova)"),
        ("kind:loud", "error: a quote is kind:direct, kind:mixed or kind:indirect"),
        ("title:a NEAR/3 b", "error: both sides must be looked for in the same field"),
        ("(a b) NEAR/3 c", "error: only words, phrases and (a OR b) can stand near each other"),
        ("quote:(title:a)", "error: quote:(…) asks of one quote: only speaker:, said:, kind:, confidence: and words have a place in it"),
        ("confidence:sure", "error: confidence: takes a number from 0 to 1, for example confidence:0.8"),
        ("confidence:1.2", "error: confidence: takes a number from 0 to 1, for example confidence:0.8"),
    ] {
        assert_eq!(tree(query), expected, "{query}");
    }
}

#[test]
fn any_makes_plain_words_alternatives() {
    let any = |text| parse(text, Reading { any: true, field: None }).unwrap().node.to_string();
    assert_eq!(any("a b c"), "(a OR b OR c)");
    assert_eq!(any("a b -c speaker:d"), "((a OR b) AND NOT c AND speaker:d)");
    assert_eq!(any("a AND b"), "(a AND b)");
}

#[test]
fn doubtful_readings_are_noted_at_their_place() {
    for (query, marked, said) in [
        ("harbour (strike", "(", "never closed"),
        ("harbour) strike", ")", "closes nothing"),
        ("\"harbour strike", "\"", "never closed"),
        ("harbour AND", "AND", "passed over"),
        ("speeker:orlova", "speeker:", "did you mean speaker:"),
        ("mood:good", "mood:", "no field"),
        ("title:", "title:", "nothing behind it"),
        ("speaker:* harbour", "speaker:*", "nothing to look for"),
        ("*a", "*a", "at least two letters"),
        ("harbour or strike", "or", "write OR"),
        ("harbour and not strike", "not", "write NOT"),
        ("harbour NEAR/5000 strike", "NEAR/5000", "at most 100"),
        ("\"harbour strike\"~1000", "~1000", "at most 100"),
        ("\"harbour strike\"~x", "~", "takes a number"),
        ("harbour~3", "harbour~3", "at most 2 letters"),
        ("harbour ~5 strike", "~5", "right behind"),
        ("atleast9999 harbour", "atleast9999", "atleast1000"),
        ("negotiat!", "negotiat!", "read as *"),
        ("co-op?s", "co-op?s", "only in a word of letters alone"),
        ("telecom$", "telecom$", "read as *"),
        ("'old harbour'", "'old harbour'", "as a phrase"),
        ("before: now", "before:", "takes a date"),
        ("2025-04 harbour", "2025-04", "date:2025-04"),
        ("title=harbour", "title=harbour", "title:harbour"),
        ("strike^3", "strike^3", "no weights"),
        ("speaker:pell speaker:kunkel", "kunkel", "either"),
    ] {
        let notes = parse(query, Reading::default()).unwrap().notes;
        assert!(notes.iter().any(|n| n.span.of(query) == marked && n.text.contains(said)), "{query}: {notes:?}");
    }
    for query in [
        "http://example.org",
        "harbour strike",
        "10:30",
        "o'neil",
        "\"a b\"~5",
        "to be or not to be",
        "Note: this",
        "don't 'tis",
        "‘old harbour’",
        "wom?n",
    ] {
        assert_eq!(parse(query, Reading::default()).unwrap().notes, [], "{query}");
    }
    let any = Reading { any: true, field: None };
    assert_eq!(parse("ferry or bridge", any).unwrap().notes, []);
}

#[test]
fn more_words_near_each_other_than_can_be_found_in_time_are_an_error() {
    let words: Vec<String> = (0..13).map(|i| format!("w{i}")).collect();
    for query in [words.join(" NEAR/5 "), words.join(" PARAGRAPH "), format!("\"{}\"~9", words.join(" "))] {
        assert!(parse(&query, Reading::default()).unwrap_err().text.contains("at most 12 words"), "{query}");
    }
    assert!(parse(&format!("\"{}\" NEAR/5 x", words.join(" ")), Reading::default()).is_ok());
}

#[test]
fn a_caret_stands_under_the_place() {
    let query = "straße date:soon now";
    let error = parse(query, Reading::default()).unwrap_err();
    assert_eq!(caret(query, error.span), "  straße date:soon now\n         ^^^^^^^^^");
}

#[test]
fn whatever_is_typed_is_read_in_time() {
    for text in [
        "(".repeat(10_000),
        ")".repeat(10_000),
        "()".repeat(10_000),
        "\"".repeat(10_001),
        "-".repeat(10_000),
        "NOT ".repeat(10_000),
        "title:".repeat(5_000),
        "a NEAR/3 ".repeat(900),
        "word ".repeat(20_000),
        "x".repeat(1_000_000),
        "quote:(".repeat(2_000),
        "*~".repeat(9_000),
        "atleast2 title:".repeat(5_000),
    ] {
        let _ = parse(&text, Reading::default());
    }
}

/// What a tree prints is a query that means the same.
fn reads_back(query: &str) {
    let Ok(parsed) = parse(query, Reading::default()) else { return };
    let printed = parsed.node.to_string();
    if printed != "everything" {
        let again = parse(&printed, Reading::default()).map(|parsed| parsed.node.to_string());
        assert_eq!(again.as_deref(), Ok(printed.as_str()), "{query:?}");
    }
}

#[test]
fn what_is_printed_is_read_back() {
    for query in [
        "harbour -(a b) OR \"c d\"~5",
        "e-mail~1 AND e-mai*",
        "speaker:\"unnamed\" said:author quote:(speaker:\"mira unnamed\" x)",
        "atleast3(a OR b) NEAR/5 (c SENTENCE d SENTENCE e)",
        "title:(a OR b* OR c~2) lead:(x NEAR/3 \"y z\") id:\"a (b)\" http://example.org/a(b)?c=d",
        "wom?n* \"*gate of m?n\" a PRE/3 b PRE/4 c",
        "date:2025-04-01T10:00:00+02:00..2025-05 kind:mixed speaker:unknown lang:en",
        "ferry -wire NOT wire",
        "C++ c# U.S. us 1,200.50 o'neil 10:30 -5",
    ] {
        reads_back(query);
    }
}

proptest::proptest! {
    #[test]
    fn nothing_that_can_be_typed_panics(text in "\\PC{0,60}", signs in "[a-c\"'‘()\\[\\]*?$~:!&|/<>=.0-9 -]{0,60}", any: bool) {
        for text in [text, signs] {
            let reading = Reading { any, field: None };
            if let Ok(parsed) = parse(&text, reading) {
                for note in parsed.notes {
                    let _ = caret(&text, note.span);
                }
                let _ = parsed.node.to_string();
            }
        }
    }

    #[test]
    fn whatever_is_typed_is_printed_so_that_it_is_read_back(text in "[a-c\"()*?~: -]{0,40}", words in "((a|b|c d|a[?]b|title:|-|NOT|OR|AND|NEAR/2|PRE/3|SENTENCE|atleast2|quote:|said:|speaker:|\\(|\\)|\"|\\*|~1|e-f) ?){0,12}") {
        reads_back(&text);
        reads_back(&words);
    }
}
