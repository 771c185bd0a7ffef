//! Caret cases for the rules from quote to mention, and for what is no quote.

use super::check;
use crate::annotate::Annotator;
use crate::annotation::SpeakerKind;
use crate::article::Article;

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
                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
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
fn who_did_something_before_a_quote_need_not_have_said_it() {
    check(
        r#"
Ines Vogt opened the new bridge on Monday.

“We have waited long enough for this day to come.”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct none
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
^^^^^^^^^^^^^^^^ direct tail-subject-verb

Nobody came,” he said.
^^^^^^^^^^^^^ direct tail-subject-verb
              ^^ Karl Brandt
                 ^^^^ cue
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
fn a_day_between_subject_and_verb() {
    check(
        r#"
Trade is slow, and Ines Vogt this week said the fall “will be limited.”
                   ^^^^^^^^^ Ines Vogt
                                       ^^^^ cue
                                            ^^^^^^^^ mixed in-clause
                                                     ^^^^^^^^^^^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn words_in_a_headline_are_quotes_whatever_their_capitals() {
    check(
        r#"
Mayor Vogt Says the New Bridge Is a ‘Monumental Mistake’
^^^^^^^^^^ Vogt
           ^^^^ cue
                ^^^^^^^^^^^^^^^^^^^ mixed in-clause
                                    ^^^^^^^^^^^^^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn a_noun_that_reads_like_a_reporting_verb() {
    check(
        r#"
The council rules are meant for everyone. A sharp decline in trade came as a surprise.
"#,
    );
}

#[test]
fn a_noun_reports_for_its_owner() {
    check(
        r#"
The council rejected Karl Brandt’s claim that the bridge was “the envy of the coast”.
                     ^^^^^^^^^^^ Karl Brandt
                                   ^^^^^ cue
                                         ^^^^^^^^^^^^^^^^^^^ mixed in-clause
                                                             ^^^^^^^^^^^^^^^^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn per_a_source() {
    check(
        r#"
The bridge was “closed for good,” per the harbour office, and tickets cost three crowns per car.
               ^^^^^^^^^^^^^^^^^^ direct tail-according
                                  ^^^ cue
                                      ^^^^^^^^^^^^^^^^^^ the harbour office
"#,
    );
}

#[test]
fn a_signature_in_the_paragraph_below() {
    check(
        r#"
“The bridge is the best that ever happened to us.”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct signature

- Ines Vogt.
  ^^^^^^^^^ Ines Vogt
"#,
    );
}

#[test]
fn a_label_behind_a_dash() {
    check(
        r#"
The bridge will cost more than planned - Karl Brandt: “Nobody has counted the steel.”
                                         ^^^^^^^^^^^ Karl Brandt
                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct label
"#,
    );
}

#[test]
fn a_name_that_is_a_verb_too() {
    check(
        r#"
“The bridge will open in May,” Read said.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                               ^^^^ Read
                                    ^^^^ cue
"#,
    );
}

#[test]
fn participles_days_and_ordinals_inside_the_words_for_a_speaker() {
    check(
        r#"
“It is over,” read a Friday editorial. “It is not,” said one unaligned Westmark clerk. “It is,” said the second clerk.
^^^^^^^^^^^^^ direct tail-verb-subject
              ^^^^ cue
                   ^^^^^^^^^^^^^^^^^^ unnamed
                                       ^^^^^^^^^^^^ direct tail-verb-subject
                                                    ^^^^ cue
                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unnamed
                                                                                       ^^^^^^^^ direct tail-verb-subject
                                                                                                ^^^^ cue
                                                                                                     ^^^^^^^^^^^^^^^^ unnamed
"#,
    );
}

#[test]
fn a_participle_belongs_to_the_nearest_clause() {
    check(
        r#"
The debate was long, and Ines Vogt left early, calling the bridge a “monument to vanity”.
                         ^^^^^^^^^ Ines Vogt
                                               ^^^^^^^ cue
                                                       ^^^^^^^^^^^^ mixed in-clause
                                                                    ^^^^^^^^^^^^^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn a_clause_keeps_its_verb_behind_an_aside() {
    check(
        r#"
The harbour master said the boat, out of Tollford, was hit at noon.
^^^^^^^^^^^^^^^^^^ unnamed
                   ^^^^ cue
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ indirect indirect-clause
"#,
    );
}

#[test]
fn a_clause_runs_on_to_its_last_stretch() {
    check(
        r#"
Ines Vogt said the bank, which “must pay”, was “doomed” for years.
^^^^^^^^^ Ines Vogt
          ^^^^ cue
               ^^^^^^^^^^^^^^^ mixed in-clause
                               ^^^^^^^^^^ mixed in-clause
                                         ^^^^^ mixed in-clause
                                               ^^^^^^^^ mixed in-clause
                                                        ^^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn what_was_not_said_is_no_quote() {
    check(
        r#"
Ines Vogt did not say that she would resign. Nobody said the bank was safe.
"#,
    );
    check(
        r#"
Karl Brandt never said he would pay. Ines Vogt did not say whether she would resign.
                                     ^^^^^^^^^ Ines Vogt
                                                       ^^^ cue
                                                           ^^^^^^^^^^^^^^^^^^^^^^^^ indirect indirect-question
"#,
    );
}

#[test]
fn dots_behind_a_mark_stand_for_words() {
    check(
        r#"
Ines Vogt said: "...we will never forget it."
^^^^^^^^^ Ines Vogt
          ^^^^ cue
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct lead-colon
"#,
    );
}

#[test]
fn a_quote_over_three_paragraphs_is_one() {
    check(
        r#"
“We began in the spring. It went well.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-verb-subject

“Then the floods came. We lost the barn.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-verb-subject

“And nobody helped,” said Ines Vogt.
^^^^^^^^^^^^^^^^^^^^ direct tail-verb-subject
                     ^^^^ cue
                          ^^^^^^^^^ Ines Vogt
"#,
    );
}

#[test]
fn labels_in_double_parentheses_are_turns() {
    let body = "((ON)) What do you do all day?\n\n((Ines Vogt)) I said we would go. I think the word “bridge” is right.\n\nI mean it.\n\n\
                ((ON)) And why?\n\n((Ines Vogt)) Because I want to.";
    let article = Article { body: body.to_owned(), authors: vec!["Karl Brandt".to_owned()], ..Article::default() };
    let found = Annotator::new().annotate(&article).quotes;
    let turns: Vec<_> = found.iter().map(|q| (&*q.rule, q.speaker.name.as_deref(), q.speaker.kind)).collect();
    let question = ("transcript-question", Some("ON"), SpeakerKind::Unnamed);
    let answer = ("transcript", Some("Ines Vogt"), SpeakerKind::Person);
    assert_eq!(turns, [question, answer, question, answer]);
    assert!(found[1].text.ends_with("I mean it."), "{}", found[1].text);
}

#[test]
fn deeds_are_no_words() {
    for body in ["Ferrolux posted a profit of nine million for the spring.", "Ines Vogt introduced the latest model of the ferry."] {
        let quotes = super::annotate("", body).quotes;
        assert!(quotes.is_empty(), "{quotes:?}");
    }
}
