//! Caret cases for quotes that two clauses could report, and for reports behind introductions and adjuncts.

use super::check;

#[test]
fn a_quote_reported_before_and_behind_belongs_to_the_name() {
    check(
        r#"
Ines Vogt said the ferry had to go because “most people never take it,” she said.
^^^^^^^^^ Ines Vogt
          ^^^^ cue
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ mixed in-clause
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn a_clause_that_leads_to_another_keeps_its_quote() {
    check(
        r#"
Although Vogt admitted that the ferry was “rather slow,” Karl Brandt claimed that nobody minded.
         ^^^^ Vogt
              ^^^^^^^^ cue
                       ^^^^^^^^^^^^^^^^^^ mixed in-clause
                                          ^^^^^^^^^^^^^^ mixed in-clause
                                                         ^^^^^^^^^^^ Karl Brandt
                                                                     ^^^^^^^ cue
                                                                             ^^^^^^^^^^^^^^^^^^ indirect indirect-that
"#,
    );
}

#[test]
fn a_participle_behind_a_quote_reports_nothing() {
    check(
        r#"
Ines Vogt joked, “You are all late,” drawing loud cheers and shouts.
^^^^^^^^^ Ines Vogt
          ^^^^^ cue
                 ^^^^^^^^^^^^^^^^^^^ direct lead-comma
"#,
    );
}

#[test]
fn a_participle_goes_with_the_report_before_it() {
    check(
        r#"
Nobody saw the captain leave, Vogt said, adding, “He was in a hurry.”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ indirect indirect-before
                              ^^^^ Vogt
                                   ^^^^ cue
                                         ^^^^^^ cue
                                                 ^^^^^^^^^^^^^^^^^^^^ direct lead-comma
"#,
    );
}

#[test]
fn the_second_half_of_a_place_is_no_subject() {
    check(
        r#"
Speaking at a harbor in Salem, New Hampshire, Vogt called the ferry “a total wreck.”
                                              ^^^^ Vogt
                                                   ^^^^^^ cue
                                                          ^^^^^^^^^ mixed in-clause
                                                                    ^^^^^^^^^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn what_she_called_so_is_whose_sentence_it_is() {
    check(
        r#"
Mayor Ines Vogt condemned what she called a “brazen breach” of the rules.
^^^^^^^^^^^^^^^ Ines Vogt
                                   ^^^^^^ cue
                                          ^ mixed in-clause
                                            ^^^^^^^^^^^^^^^ mixed in-clause
                                                            ^^^^^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn a_noun_reports_behind_its_adjunct() {
    check(
        r#"
The captain smiled at Vogt's statement on Wednesday that “ferries never sink,” and left.
                      ^^^^ Vogt
                             ^^^^^^^^^ cue
                                                    ^^^^ mixed in-clause
                                                         ^^^^^^^^^^^^^^^^^^^^^ mixed in-clause
                                                                               ^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn what_another_says_behind_a_comma_inside_of_the_marks_is_his_own() {
    check(
        r#"
Ines Vogt said that the ferry was “quite safe,” but she warned that the crew “knew better” all along.
^^^^^^^^^ Ines Vogt
          ^^^^ cue
               ^^^^^^^^^^^^^^^^^^ mixed in-clause
                                  ^^^^^^^^^^^^^ mixed in-clause
                                                    ^^^ Ines Vogt
                                                        ^^^^^^ cue
                                                               ^^^^^^^^^^^^^ mixed in-clause
                                                                             ^^^^^^^^^^^^^ mixed in-clause
                                                                                           ^^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn a_thing_that_is_quoted_goes_on_with_who_spoke() {
    check(
        r#"
“The ferry is slow,” Ines Vogt said at the harbor. It is “a floating museum” of rust.
^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                     ^^^^^^^^^ Ines Vogt
                               ^^^^ cue
                                                         ^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
"#,
    );
}

#[test]
fn a_statement_over_paragraphs_belongs_to_whose_views_lead_to_it() {
    check(
        r#"
In a statement that few heard, the mayor set out the plan for the ferry.
                               ^^^^^^^^^ Ines Vogt

‘The ferry is old. It has served us well.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct next-paragraph

‘We shall build another.’
^^^^^^^^^^^^^^^^^^^^^^^^^ direct next-paragraph

Mayor Ines Vogt left.
"#,
    );
}
