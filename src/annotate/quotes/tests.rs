//! Caret cases: what must be found is drawn under the text. All people are invented.
//!
//! Under a quote stands its kind and rule, under the cue "cue", under the speaker's words the speaker. Properties tested:
//! - every rule from quote to mention, and every way from mention to speaker, fires where it should;
//! - titles, terms, nicknames, scare quotes and apostrophes are no quotes; a hearer is no speaker;
//! - any text at all gives spans on character boundaries, in order, without a panic, and the same twice.

use proptest::prelude::*;

use crate::annotate::Annotator;
use crate::annotation::{Annotations, Quote, QuoteKind, SpeakerKind, Zone};
use crate::article::Article;

fn annotate(title: &str, body: &str) -> Annotations {
    Annotator::new().annotate(&Article { title: title.to_owned(), body: body.to_owned(), ..Article::default() })
}

/// A text with what is drawn under its lines: (start, end, label), sorted.
fn read(case: &str) -> (String, Vec<(usize, usize, String)>) {
    let (mut body, mut expected) = (String::new(), Vec::new());
    let mut line_start = 0;
    for line in case.trim_matches('\n').lines() {
        let drawn = line.trim_start();
        if !drawn.starts_with('^') {
            if !body.is_empty() {
                body.push('\n');
            }
            line_start = body.len();
            body.push_str(line);
            continue;
        }
        let above = &body[line_start..];
        let column = |n: usize| line_start + above.char_indices().nth(n).map_or(above.len(), |(b, _)| b);
        let from = line.chars().take_while(|c| *c == ' ').count();
        let carets = drawn.chars().take_while(|c| *c == '^').count();
        expected.push((column(from), column(from + carets), drawn.trim_start_matches('^').trim().to_owned()));
    }
    expected.sort();
    (body, expected)
}

/// What was found, as it is drawn.
fn drawn(quotes: &[Quote]) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    for q in quotes {
        let kind = match q.kind {
            QuoteKind::Direct => "direct",
            QuoteKind::Mixed => "mixed",
            QuoteKind::Indirect => "indirect",
        };
        for s in &q.segments {
            found.push((s.span.start, s.span.end, format!("{kind} {}", q.rule)));
        }
        if let Some(cue) = &q.cue {
            found.push((cue.span.start, cue.span.end, "cue".to_owned()));
        }
        if let Some(mention) = &q.speaker.mention {
            let who = match q.speaker.kind {
                SpeakerKind::Person | SpeakerKind::Organization => q.speaker.name.clone().unwrap_or_default(),
                SpeakerKind::Unnamed => "unnamed".to_owned(),
                SpeakerKind::Author => "author".to_owned(),
                SpeakerKind::Unknown => "unknown".to_owned(),
            };
            found.push((mention.span.start, mention.span.end, who));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Draws spans under a text again, to be read when a case fails.
fn show(body: &str, spans: &[(usize, usize, String)]) -> String {
    let mut out = String::new();
    let mut start = 0;
    for line in body.split('\n') {
        out.push_str(line);
        out.push('\n');
        for (a, b, label) in spans.iter().filter(|(a, ..)| (start..=start + line.len()).contains(a)) {
            let column = body[start..*a].chars().count();
            let width = body[*a..*b].chars().count();
            out.push_str(&format!("{}{} {label}\n", " ".repeat(column), "^".repeat(width)));
        }
        start += line.len() + 1;
    }
    out
}

#[track_caller]
fn check(case: &str) {
    let (body, expected) = read(case);
    let found = drawn(&annotate("", &body).quotes);
    assert!(found == expected, "found:\n{}\nexpected:\n{}", show(&body, &found), show(&body, &expected));
}

#[test]
fn subject_and_verb_behind_the_quote() {
    check(
        r#"
"The bridge will open in May," Ines Vogt said on Monday.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                               ^^^^^^^^^ Ines Vogt
                                         ^^^^ cue
"#,
    );
}

#[test]
fn verb_and_subject_behind_the_quote() {
    check(
        r#"
“The bridge will open in May,” said Mayor Ines Vogt, a former engineer.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-verb-subject
                               ^^^^ cue
                                    ^^^^^^^^^^^^^^^ Ines Vogt
"#,
    );
}

#[test]
fn according_to_behind_the_quote() {
    check(
        r#"
“The bridge will open in May,” according to Ines Vogt, the mayor.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-according
                               ^^^^^^^^^^^^ cue
                                            ^^^^^^^^^ Ines Vogt
"#,
    );
}

#[test]
fn a_colon_before_the_quote_and_a_hearer_who_is_no_speaker() {
    check(
        r#"
Ines Vogt told reporters: "The bridge will open in May."
^^^^^^^^^ Ines Vogt
          ^^^^ cue
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct lead-colon
"#,
    );
}

#[test]
fn a_comma_before_the_quote() {
    check(
        r#"
Ines Vogt added, "The bridge will open in May."
^^^^^^^^^ Ines Vogt
          ^^^^^ cue
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct lead-comma
"#,
    );
}

#[test]
fn a_verb_with_an_object_before_the_words_quoted() {
    check(
        r#"
Ines Vogt called the bridge "a gift to the city" on Monday.
^^^^^^^^^ Ines Vogt
          ^^^^^^ cue
                 ^^^^^^^^^^ mixed in-clause
                            ^^^^^^^^^^^^^^^^^^^^ mixed in-clause
                                                 ^^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn a_clause_that_holds_quoted_words() {
    check(
        r#"
Ines Vogt said that the bridge was "a gift to the city" and would open soon.
^^^^^^^^^ Ines Vogt
          ^^^^ cue
               ^^^^^^^^^^^^^^^^^^^ mixed in-clause
                                   ^^^^^^^^^^^^^^^^^^^^ mixed in-clause
                                                        ^^^^^^^^^^^^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn according_to_before_the_quote() {
    check(
        r#"
According to Ines Vogt, the bridge is "a gift to the city".
^^^^^^^^^^^^ cue
             ^^^^^^^^^ Ines Vogt
                        ^^^^^^^^^^^^^ mixed lead-according
                                      ^^^^^^^^^^^^^^^^^^^^ mixed lead-according
"#,
    );
}

#[test]
fn a_clause_with_its_verb_at_the_end() {
    check(
        r#"
The bridge is "a gift to the city", Ines Vogt said.
              ^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                                    ^^^^^^^^^ Ines Vogt
                                              ^^^^ cue
"#,
    );
}

#[test]
fn an_office_in_capitals_before_the_quote() {
    check(
        r#"
INES VOGT, MAYOR, LOWER TOLLFORD "The bridge will open in May. We have waited long enough."
^^^^^^^^^ INES VOGT
                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct label
"#,
    );
}

#[test]
fn a_quote_split_by_its_attribution() {
    check(
        r#"
“The bridge will open in May,” Ines Vogt said, “and nobody will have to pay.”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                               ^^^^^^^^^ Ines Vogt
                                         ^^^^ cue
                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct lead-comma
"#,
    );
}

#[test]
fn a_quote_goes_on_in_its_paragraph() {
    check(
        r#"
“The bridge will open in May,” Ines Vogt said. “Nobody will have to pay.”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                               ^^^^^^^^^ Ines Vogt
                                         ^^^^ cue
                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
"#,
    );
}

#[test]
fn a_quote_over_two_paragraphs() {
    check(
        r#"
“The bridge will open in May,” Ines Vogt said. “Nobody will have to pay.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                               ^^^^^^^^^ Ines Vogt
                                         ^^^^ cue
                                               ^^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb

“We have waited long enough.”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
"#,
    );
}

#[test]
fn a_quote_behind_a_report_in_its_paragraph() {
    check(
        r#"
Ines Vogt said she was pleased with the work. “We have waited long enough for this day.”
^^^^^^^^^ Ines Vogt
          ^^^^ cue
                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct report-before
"#,
    );
}

#[test]
fn a_quote_behind_what_its_speaker_did() {
    check(
        r#"
Ines Vogt opened the new bridge on Monday.
^^^^^^^^^ Ines Vogt

“We have waited long enough for this day to come.”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct subject-before
"#,
    );
}

#[test]
fn she_is_whoever_was_spoken_of() {
    check(
        r#"
Ines Vogt opened the bridge on Monday.

“We have waited long enough,” she said.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                              ^^^ Ines Vogt
                                  ^^^^ cue
"#,
    );
}

#[test]
fn a_signature_behind_a_dash() {
    check(
        r#"
“It changed my life for good.” — Ines Vogt
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct signature
                                 ^^^^^^^^^ Ines Vogt
"#,
    );
}

#[test]
fn words_dismissed() {
    check(
        r#"
Ines Vogt dismissed the report as “a bad joke” on Monday.
^^^^^^^^^ Ines Vogt
          ^^^^^^^^^ cue
                    ^^^^^^^^^^^^^ mixed in-clause
                                  ^^^^^^^^^^^^ mixed in-clause
                                               ^^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn a_transcript() {
    check(
        r#"
VOGT: We have waited long enough.
^^^^ VOGT
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct transcript

REPORTER: Who pays for it?
^^^^^^^^ REPORTER
          ^^^^^^^^^^^^^^^^ direct transcript

VOGT: Nobody pays.
^^^^ VOGT
      ^^^^^^^^^^^^ direct transcript
"#,
    );
}

#[test]
fn a_label_in_a_headline() {
    check(
        r#"
Ines Vogt: Bridge will be 'a gift to the city'
^^^^^^^^^ Ines Vogt
                          ^^^^^^^^^^^^^^^^^^^^ direct label

The bridge opens in May.
"#,
    );
}

#[test]
fn an_office_and_an_age_stand_for_their_person() {
    check(
        r#"
Ines Vogt lost the vote. “We were not good enough,” the mayor said. “We will come back,” said the 43-year-old.
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                                                    ^^^^^^^^^ Ines Vogt
                                                              ^^^^ cue
                                                                    ^^^^^^^^^^^^^^^^^^^^ direct tail-verb-subject
                                                                                         ^^^^ cue
                                                                                              ^^^^^^^^^^^^^^^ Ines Vogt
"#,
    );
}

#[test]
fn two_people_by_office_and_sex() {
    check(
        r#"
Mayor Ines Vogt met Governor Karl Brandt on Friday. “We agreed,” the governor said. “He was kind,” she said.
                                                    ^^^^^^^^^^^^ direct tail-subject-verb
                                                                 ^^^^^^^^^^^^ Karl Brandt
                                                                              ^^^^ cue
                                                                                    ^^^^^^^^^^^^^^ direct tail-subject-verb
                                                                                                   ^^^ Ines Vogt
                                                                                                       ^^^^ cue
"#,
    );
}

#[test]
fn sources_without_a_name() {
    check(
        r#"
“We know nothing of it,” a senior official said. “It is quiet,” residents told Ines Vogt.
^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                         ^^^^^^^^^^^^^^^^^ unnamed
                                           ^^^^ cue
                                                 ^^^^^^^^^^^^^^ direct tail-subject-verb
                                                                ^^^^^^^^^ unnamed
                                                                          ^^^^ cue
"#,
    );
}

#[test]
fn a_company_speaks() {
    check(
        r#"
The Tollford Bridge Company lost money last year. “We will recover,” the company said. “It takes time,” it added.
                                                  ^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                                                                     ^^^^^^^^^^^ Tollford Bridge Company
                                                                                 ^^^^ cue
                                                                                       ^^^^^^^^^^^^^^^^ direct tail-subject-verb
                                                                                                        ^^ Tollford Bridge Company
                                                                                                           ^^^^^ cue
"#,
    );
}

#[test]
fn a_hearer_is_no_speaker() {
    check(
        r#"
“We will not pay,” Karl Brandt told Ines Vogt. “She asked twice,” he said.
^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                   ^^^^^^^^^^^ Karl Brandt
                               ^^^^ cue
                                               ^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                                                                  ^^ Karl Brandt
                                                                     ^^^^ cue
"#,
    );
}

#[test]
fn an_asker_is_no_speaker() {
    check(
        r#"
Asked by Ines Vogt about the cost, Karl Brandt said, “Ask somebody else.”
                                   ^^^^^^^^^^^ Karl Brandt
                                               ^^^^ cue
                                                     ^^^^^^^^^^^^^^^^^^^^ direct lead-comma
"#,
    );
}

#[test]
fn titles_and_nicknames_are_no_quotes() {
    check(
        r#"
On Friday Ines Vogt went to see “The Long Way Home” on “Late Night” with Karl “Kalle” Brandt.
"#,
    );
}

#[test]
fn scare_quotes_and_apostrophes_are_no_quotes() {
    check(
        r#"
The so-called “bridge tax” hit drivers in the '90s, and the miners' union paid.
"#,
    );
}

#[test]
fn said_he_would() {
    check(
        r#"
Ines Vogt said the bridge would open in May.
^^^^^^^^^ Ines Vogt
          ^^^^ cue
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ indirect indirect-clause
"#,
    );
}

#[test]
fn vowed_to() {
    check(
        r#"
Ines Vogt vowed to open the bridge in May.
^^^^^^^^^ Ines Vogt
          ^^^^^ cue
                ^^^^^^^^^^^^^^^^^^^^^^^^^ indirect indirect-infinitive
"#,
    );
}

#[test]
fn a_report_split_by_its_attribution() {
    check(
        r#"
The bridge, Ines Vogt said, will open in May.
^^^^^^^^^^ indirect indirect-before
            ^^^^^^^^^ Ines Vogt
                      ^^^^ cue
                            ^^^^^^^^^^^^^^^^ indirect indirect-before
"#,
    );
}

#[test]
fn a_report_with_its_verb_at_the_end() {
    check(
        r#"
The bridge will open in May, Ines Vogt said.
^^^^^^^^^^^^^^^^^^^^^^^^^^^ indirect indirect-before
                             ^^^^^^^^^ Ines Vogt
                                       ^^^^ cue
"#,
    );
}

#[test]
fn who_was_told_has_not_spoken() {
    check(
        r#"
Ines Vogt was told that the bridge would open in May.
              ^^^^ cue
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ indirect indirect-that
"#,
    );
}

#[test]
fn the_author_speaks() {
    check(
        r#"
I think the bridge is ugly. “It is a shame,” I told Ines Vogt.
^ author
  ^^^^^ cue
        ^^^^^^^^^^^^^^^^^^ indirect indirect-clause
                            ^^^^^^^^^^^^^^^^ direct tail-subject-verb
                                             ^ author
                                               ^^^^ cue
"#,
    );
}

#[test]
fn a_spokesman_is_not_whom_he_speaks_for() {
    check(
        r#"
“The bridge is ugly,” Vogt's spokesman said. In a statement, the ministry said it was “not aware” of any delay.
^^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                      ^^^^^^^^^^^^^^^^ unnamed
                                       ^^^^ cue
                                                             ^^^^^^^^^^^^ the ministry
                                                                          ^^^^ cue
                                                                               ^^^^^^ mixed in-clause
                                                                                      ^^^^^^^^^^^ mixed in-clause
                                                                                                  ^^^^^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn a_document_speaks() {
    check(
        r#"
The letter from Ines Vogt read: “The bridge is closed.”
^^^^^^^^^^^^^^^^^^^^^^^^^ unnamed
                          ^^^^ cue
                                ^^^^^^^^^^^^^^^^^^^^^^^ direct lead-colon
"#,
    );
}

#[test]
fn a_name_behind_the_office() {
    check(
        r#"
The delegate to the bridge council, Ines Vogt, told the press: "It will open in May."
                                    ^^^^^^^^^ Ines Vogt
                                               ^^^^ cue
                                                               ^^^^^^^^^^^^^^^^^^^^^^ direct lead-colon
"#,
    );
}

#[test]
fn two_speakers_in_a_sentence() {
    check(
        r#"
Karl Brandt accused Ines Vogt of “stealing” the bridge, and she called him “a clown”.
^^^^^^^^^^^ Karl Brandt
            ^^^^^^^ cue
                    ^^^^^^^^^^^^ mixed in-clause
                                 ^^^^^^^^^^ mixed in-clause
                                            ^^^^^^^^^^ mixed in-clause
                                                            ^^^ Ines Vogt
                                                                ^^^^^^ cue
                                                                       ^^^ mixed in-clause
                                                                           ^^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn a_question_and_a_shout() {
    check(
        r#"
“Will it open?” Karl Brandt asked. “Yes!” shouted Ines Vogt.
^^^^^^^^^^^^^^^ direct tail-subject-verb
                ^^^^^^^^^^^ Karl Brandt
                            ^^^^^ cue
                                   ^^^^^^ direct tail-verb-subject
                                          ^^^^^^^ cue
                                                  ^^^^^^^^^ Ines Vogt
"#,
    );
}

#[test]
fn testified_and_tweeted() {
    check(
        r#"
Karl Brandt testified that he saw nothing. Ines Vogt tweeted: “The bridge is open!”
^^^^^^^^^^^ Karl Brandt
            ^^^^^^^^^ cue
                      ^^^^^^^^^^^^^^^^^^^ indirect indirect-that
                                           ^^^^^^^^^ Ines Vogt
                                                     ^^^^^^^ cue
                                                              ^^^^^^^^^^^^^^^^^^^^^ direct lead-colon
"#,
    );
}

#[test]
fn feet_and_inches_are_no_marks() {
    check(
        r#"
Ines Vogt moved the bridge in 1979. At 6'2" she is the tallest mayor. “Everyone laughs,” she said.
                                                                      ^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                                                                                         ^^^ Ines Vogt
                                                                                             ^^^^ cue
"#,
    );
}

#[test]
fn a_lost_mark_is_recovered_at_the_paragraph() {
    check(
        r#"
He had not seen it. “I was away,” Karl Brandt said.
                    ^^^^^^^^^^^^^ direct tail-subject-verb
                                  ^^^^^^^^^^^ Karl Brandt
                                              ^^^^ cue

“It was raining.
^^^^^^^^^^^^^^^^ direct next-paragraph

Nobody came,” he said.
^^^^^^^^^^^^^ direct tail-subject-verb
              ^^ Karl Brandt
                 ^^^^ cue
"#,
    );
}

#[test]
fn a_husband_and_a_lawyer_are_others() {
    check(
        r#"
Nobody knew. "What a day!" said Ines Vogt's husband. "What a mess," her lawyer added.
             ^^^^^^^^^^^^^ direct tail-verb-subject
                           ^^^^ cue
                                ^^^^^^^^^^^^^^^^^^^ unnamed
                                                     ^^^^^^^^^^^^^^ direct tail-subject-verb
                                                                    ^^^^^^^^^^ unnamed
                                                                               ^^^^^ cue
"#,
    );
}

#[test]
fn manners_of_speaking() {
    check(
        r#"
“We will fight, we will win,” Karl Brandt chuckled. “You will see,” quipped Ines Vogt.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                              ^^^^^^^^^^^ Karl Brandt
                                          ^^^^^^^^ cue
                                                    ^^^^^^^^^^^^^^^ direct tail-verb-subject
                                                                    ^^^^^^^ cue
                                                                            ^^^^^^^^^ Ines Vogt
"#,
    );
}

#[test]
fn a_relative_clause_between() {
    check(
        r#"
Ines Vogt, who has led the city since May, denied that there was “any plan” to sell it.
^^^^^^^^^ Ines Vogt
                                           ^^^^^^ cue
                                                  ^^^^^^^^^^^^^^ mixed in-clause
                                                                 ^^^^^^^^^^ mixed in-clause
                                                                            ^^^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn two_people_of_one_surname() {
    check(
        r#"
“Enough,” Mr. Brandt said. Karl Brandt is a farmer. Susan Brandt, his sister, left. “I am tired,” Ms. Brandt said.
^^^^^^^^^ direct tail-subject-verb
          ^^^^^^^^^^ Karl Brandt
                     ^^^^ cue
                                                                                    ^^^^^^^^^^^^^ direct tail-subject-verb
                                                                                                  ^^^^^^^^^^ Susan Brandt
                                                                                                             ^^^^ cue
"#,
    );
}

#[test]
fn the_headline_takes_part() {
    let found = annotate("Vogt: 'Nobody pays for the bridge'", "Mayor Ines Vogt opened the bridge.");
    let quote = found.quotes.first().expect("the headline's quote");
    assert_eq!((quote.text.as_str(), quote.segments[0].zone), ("Nobody pays for the bridge", Zone::Title));
    assert_eq!(quote.speaker.name.as_deref(), Some("Ines Vogt"));
}

#[test]
fn confidence_falls_with_the_sureness_of_the_rule() {
    let confidence = |body: &str| annotate("", body).quotes[0].confidence;
    let sure = confidence("“The bridge will open in May,” said Ines Vogt.");
    let unsure = confidence("Ines Vogt opened the bridge on Monday.\n\n“We have waited long enough for this day to come.”");
    assert!(sure > 0.9 && unsure < 0.6, "{sure} {unsure}");
}

#[test]
fn a_direct_quote_is_its_words_without_its_marks() {
    let found = annotate("", "“The bridge opens,” Ines Vogt said, “in May.” The plan is “a gift,” Karl Brandt said.");
    let texts: Vec<&str> = found.quotes.iter().map(|q| q.text.as_str()).collect();
    assert_eq!(texts, ["The bridge opens,", "in May.", "a gift,"]);
}

/// Whether every span of the quotes lies in its zone on character boundaries, and their order is the text's.
fn sound(article: &Article, found: &Annotations) -> bool {
    let text = |zone: Zone| if zone == Zone::Title { article.title.as_str() } else { article.body.as_str() };
    found.quotes.iter().all(|q| {
        let segments = q.segments.iter().map(|s| (s.span, s.zone));
        let mentions = q.cue.iter().chain(q.speaker.mention.iter()).map(|m| (m.span, m.zone));
        let spans = segments.chain(mentions).all(|(span, zone)| text(zone).get(span.start..span.end).is_some_and(|t| !t.is_empty()));
        let ordered = q.segments.windows(2).all(|w| w[0].span.end <= w[1].span.start);
        spans && ordered && !q.segments.is_empty() && (0.0..=1.0).contains(&q.confidence)
    })
}

/// Pieces that news and hostile texts are made of.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "’",
        "''",
        "``",
        "«",
        "»",
        ",",
        ".",
        "?",
        "!",
        ":",
        ";",
        " - ",
        "—",
        "(",
        ")",
        "\n",
        "\n\n",
        " ",
        "said",
        "says",
        "told",
        "that",
        "according to",
        "asked",
        "called",
        "he",
        "she",
        "it",
        "who",
        "the",
        "and",
        "Ines",
        "Vogt",
        "Karl",
        "mayor",
        "by",
        "was",
        "with",
        "of",
        "VOGT:",
        "Q.",
        "36-year-old",
        "'90s",
        "Mr.",
        "in",
        "a statement",
        "put it",
        "saying",
        "to",
        "é",
        "日本",
        "\u{301}",
        "\u{200b}",
    ];
    prop_oneof![6 => proptest::sample::select(words.to_vec()).prop_map(str::to_owned), 1 => ".{0,6}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_text_gives_sound_quotes_and_the_same_twice(pieces in proptest::collection::vec(piece(), 0..80), spaced in any::<bool>()) {
        let body = pieces.join(if spaced { " " } else { "" });
        let title: String = body.chars().take(40).collect();
        let article = Article { title, body, ..Article::default() };
        let annotator = Annotator::new();
        let found = annotator.annotate(&article);
        prop_assert!(sound(&article, &found));
        prop_assert_eq!(found, annotator.annotate(&article));
    }
}
