//! Caret cases for the ways from a mention to who it is.

use super::check;

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
^^^^^^^^^^^^^^^^^^^^^^^^^ Ines Vogt
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
fn a_document_is_whose_it_was_when_it_came_up() {
    check(
        r#"
The Tollford Bridge Company published a report. “The bridge is safe,” the report said.
                                                ^^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                                                                      ^^^^^^^^^^ Tollford Bridge Company
                                                                                 ^^^^ cue
"#,
    );
}

#[test]
fn they_are_those_who_spoke_together() {
    check(
        r#"
“It is over,” residents said. “We wait,” they added.
^^^^^^^^^^^^^ direct tail-subject-verb
              ^^^^^^^^^ unnamed
                        ^^^^ cue
                              ^^^^^^^^^^ direct tail-subject-verb
                                         ^^^^ unnamed
                                              ^^^^^ cue
"#,
    );
}

#[test]
fn the_government_needs_nobody_to_introduce_it() {
    check(
        r#"
The Tollford Bridge Company lost money. “We will help,” the government said.
                                        ^^^^^^^^^^^^^^^ direct tail-subject-verb
                                                        ^^^^^^^^^^^^^^ the government
                                                                       ^^^^ cue
"#,
    );
}

#[test]
fn a_bare_surname_stays_with_whom_it_named() {
    check(
        r#"
Ines Vogt and Vogt's sister, Maria Vogt, came. “It is over,” Vogt said.
                                               ^^^^^^^^^^^^^ direct tail-subject-verb
                                                             ^^^^ Ines Vogt
                                                                  ^^^^ cue
"#,
    );
}

#[test]
fn one_who_is_named_right_after() {
    check(
        r#"
A judge said the bridge was “a death trap” on Friday. Judge Karl Brandt closed it.
^^^^^^^ Karl Brandt
        ^^^^ cue
             ^^^^^^^^^^^^^^ mixed in-clause
                            ^^^^^^^^^^^^^^ mixed in-clause
                                           ^^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn a_letter_that_says_speaks_for_whom_it_came_from() {
    check(
        r#"
Ines Vogt released a letter that says the bridge is “as safe as any other”.
^^^^^^^^^ Ines Vogt
                                 ^^^^ cue
                                      ^^^^^^^^^^^^^ mixed in-clause
                                                    ^^^^^^^^^^^^^^^^^^^^^^ mixed in-clause
"#,
    );
}

#[test]
fn an_interview_in_questions_and_answers() {
    check(
        r#"
Ines Vogt has been mayor for ten years.

Q. Did people say the bridge was ugly?
^^ author
   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct transcript

A. They did. I said it would grow on them.
^^ Ines Vogt
   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct transcript

It has.
^^^^^^^ direct transcript

Q: Will it stay?
^ author
   ^^^^^^^^^^^^^ direct transcript

A: It will.
^ Ines Vogt
   ^^^^^^^^ direct transcript
"#,
    );
}

#[test]
fn a_word_with_a_capital_is_no_person_for_that() {
    check(
        r#"
You said “it is over” twice. Nobody said “stop” to him.
^^^ unknown
    ^^^^ cue
         ^^^^^^^^^^^^ mixed lead-verb
                             ^^^^^^ unknown
                                    ^^^^ cue
                                         ^^^^^^ mixed lead-verb
"#,
    );
    check(
        r#"
“The tunnel stays shut,” Regulators said.
^^^^^^^^^^^^^^^^^^^^^^^^ direct tail-subject-verb
                         ^^^^^^^^^^ unnamed
                                    ^^^^ cue
"#,
    );
}

#[test]
fn a_label_in_capitals_is_what_it_names() {
    check(
        r#"
GOLDMAN SACHS: “We are gloomy about the spring.”
^^^^^^^^^^^^^ GOLDMAN SACHS
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct label
HOUSING WOES: “We are gloomy about the spring.”
^^^^^^^^^^^^ unnamed
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ direct label
"#,
    );
    let found = super::annotate("", "GOLDMAN SACHS: “We are gloomy about the spring.”");
    assert_eq!(found.quotes[0].speaker.kind, crate::annotation::SpeakerKind::Organization);
}
