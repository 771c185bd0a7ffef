//! A caret case for each rule that the other cases do not draw, those of weak evidence among them.

use super::check;

#[test]
fn the_speaker_behind_a_clause_with_a_quote() {
    check(
        r#"
The plan was “a gift” to the whole coast, Ines Vogt said.
             ^^^^^^^^ mixed clause-tail
                                          ^^^^^^^^^ Ines Vogt
                                                    ^^^^ cue
"#,
    );
}

#[test]
fn a_quote_behind_another_of_its_paragraph() {
    check(
        r#"
Ines Vogt said the barn was “gone”. “Nobody helped us when it went.”
^^^^^^^^^ Ines Vogt
          ^^^^ cue
               ^^^^^^^^^^^^ mixed in-clause
                            ^^^^^^ mixed in-clause
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct same-paragraph
"#,
    );
}

#[test]
fn a_paragraph_behind_a_report() {
    check(
        r#"
Ines Vogt, mayor of the town, wrote to the council.
^^^^^^^^^ Ines Vogt
                              ^^^^^ cue

“The bridge will stay shut for the winter. Nobody asked us.”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct paragraph-before
"#,
    );
}

#[test]
fn a_paragraph_behind_a_quote() {
    check(
        r#"
“We lost the barn,” Ines Vogt said.
^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                    ^^^^^^^^^ Ines Vogt
                              ^^^^ cue

“Nobody helped us. We asked them all.”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct previous-speaker
"#,
    );
}

#[test]
fn the_subject_of_a_clause_without_a_report() {
    check(
        r#"
Ines Vogt has won the trust of the town with “plain words and long walks”.
^^^^^^^^^ Ines Vogt
                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mixed clause-subject
"#,
    );
}

#[test]
fn nobody_is_guessed() {
    check(
        r#"
“We lost the barn and the bridge.”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct none
"#,
    );
}

#[test]
fn indirect_speech_as_a_noun_and_behind_a_preposition() {
    check(
        r#"
Ines Vogt praised the work of the harbour police. Karl Brandt called for a new bridge.
^^^^^^^^^ Ines Vogt
          ^^^^^^^ cue
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ indirect indirect-noun
                                                  ^^^^^^^^^^^ Karl Brandt
                                                              ^^^^^^ cue
                                                                         ^^^^^^^^^^^^ indirect indirect-preposition
"#,
    );
}

#[test]
fn the_only_source_of_a_text() {
    check(
        r#"
The council met on Friday. Ines Vogt told her story to the town.
                           ^^^^^^^^^ Ines Vogt
                                     ^^^^ cue

It was a long evening for everyone in the hall.

“The bridge will stay shut for the winter. Nobody asked us.”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct only-source

The hall was cold by then, and some had left.

“We asked them all, and nobody came.”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct only-source

The lamps went out at ten.

“Then we went home in the dark.”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct only-source
"#,
    );
}
