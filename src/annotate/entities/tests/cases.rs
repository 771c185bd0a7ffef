//! Cases drawn under their text: what is a name of which kind, and which names are of one person.

use super::{article, entities_of, names, people};
use crate::annotate::entities::{Gender, Kind};
use crate::annotate::text::Text;
use crate::annotation::Zone;

/// The mentions drawn under the body: `P` person, `O` organization, `L` location, `M` other.
fn kinds(text: &str) -> String {
    let article = article("", text);
    let found = entities_of(&article);
    draw(
        text,
        found.mentions.iter().map(|m| {
            let letter = match m.kind {
                Kind::Person => 'P',
                Kind::Organization => 'O',
                Kind::Location => 'L',
                Kind::Misc => 'M',
            };
            (m.span.start..m.span.end, letter)
        }),
    )
}

/// The mentions of people drawn under the body: `1` for the first person, `2` for the second.
fn persons(text: &str) -> String {
    let article = article("", text);
    let found = entities_of(&article);
    let people = (1..).zip(found.entities.iter().filter(|e| e.kind == Kind::Person));
    let mentions = people.flat_map(|(number, person)| person.mentions.iter().map(move |&m| (m, number)));
    draw(
        text,
        mentions.map(|(m, number)| (found.mentions[m].span.start..found.mentions[m].span.end, char::from_digit(number, 10).unwrap_or('?'))),
    )
}

fn draw(text: &str, mentions: impl Iterator<Item = (std::ops::Range<usize>, char)>) -> String {
    let mut line = vec![' '; text.len()];
    for (span, letter) in mentions {
        line[span].fill(letter);
    }
    line.into_iter().collect::<String>().trim_end().to_owned()
}

/// Each text with what is to be drawn under it; texts are ASCII, so that the columns meet.
#[track_caller]
fn check(drawn: impl Fn(&str) -> String, cases: &[[&str; 2]]) {
    for [text, expected] in cases {
        assert_eq!(drawn(text), *expected, "\n{text}");
    }
}

#[test]
#[rustfmt::skip]
fn names_end_where_they_should() {
    check(kinds, &[
        ["Volodymyr Hrytsenko met Mr. Hrytsenko's aides in Kyiv.",
         "PPPPPPPPPPPPPPPPPPP         PPPPPPPPP            LLLL"],
        ["The Ministry of Health said Karl van der Meulen Jr. died.",
         "    OOOOOOOOOOOOOOOOOO      PPPPPPPPPPPPPPPPPPPPPPP"],
        ["Shares of Kestrel Energy Inc. fell in London.",
         "          OOOOOOOOOOOOOOOOOOO         LLLLLL"],
    ]);
}

#[test]
#[rustfmt::skip]
fn datelines_and_places_inside_words_are_places() {
    check(kinds, &[
        ["LYON, France - The mayor was ill on Friday.",
         "LLLL  LLLLLL"],
        ["The Lyon-based firm wrote to Senator Ann Korda (D-Ohio).",
         "    LLLL                             PPPPPPPPP    LLLL"],
    ]);
}

#[test]
#[rustfmt::skip]
fn buildings_named_after_people_are_places() {
    check(kinds, &[
        ["She stood before Trump Tower on Friday.",
         "                 LLLLLLLLLLL"],
    ]);
}

#[test]
#[rustfmt::skip]
fn families_are_people_in_the_plural() {
    check(persons, &[
        ["John Abernathy and his wife, Susan Abernathy, came on Monday. The Abernathys said they were glad.",
         "11111111111111               222222222222222                      3333333333"],
        ["Bill Korda and Hillary Korda wrote a check. Neighbors of the Kordas saw it; a book about the Kordas tells of it.",
         "1111111111     2222222222222                                 333333                          333333"],
    ]);
}

#[test]
#[rustfmt::skip]
fn a_surname_in_s_is_no_family() {
    check(persons, &[
        ["John Roberts spoke. The Roberts of old was gone, a friend said.",
         "111111111111            1111111"],
    ]);
}

#[test]
#[rustfmt::skip]
fn surnames_may_come_first() {
    check(persons, &[
        ["Foreign Minister Gao Renwei met a colleague on Friday. Gao said trade would grow. Mr. Gao left on Sunday.",
         "                 1111111111                            111                            111"],
        ["President Bae Tong-gil spoke in Seoul on Tuesday. Bae said the talks had failed. President Bae flew home.",
         "          111111111111                            111                                      111"],
        ["Deputy Mayor Kwon Min-seo resigned. Kwon was sorry. Min-seo's lawyer declined to comment.",
         "             111111111111           1111            1111111"],
        ["Prime Minister Halmos Gergely spoke in Budapest. Halmos was tired. Gergely Halmos left.",
         "               11111111111111                    111111            11111111111111"],
        ["Zhou Lifen won the match. Lifen Zhou, 24, comes from Wuhan. Zhou was happy.",
         "1111111111                1111111111                        1111"],
    ]);
}

#[test]
#[rustfmt::skip]
fn titles_and_roles_tell_two_of_one_surname_apart() {
    check(persons, &[
        ["On Friday John Abernathy and Susan Abernathy spoke. Mrs. Abernathy left, and Mr. Abernathy stayed.",
         "          11111111111111     222222222222222             222222222               111111111"],
        ["Senator Paul Vorotin met Governor Ilya Vorotin on Friday. Gov. Vorotin agreed. Sen. Vorotin left.",
         "        111111111111              222222222222                 2222222              1111111"],
        ["Former President Anders Holm and Vice President Karin Holm differ. Holm would not run. President Holm would.",
         "                 11111111111                    2222222222         2222                          1111"],
    ]);
}

#[test]
#[rustfmt::skip]
fn nicknames_in_quotation_marks_are_part_of_the_name() {
    check(persons, &[
        [r#"The mill was run by William "Buck" Abernathy for years. Buck Abernathy was loved. Mr. Abernathy died in May."#,
           "                    111111111111111111111111            11111111111111                111111111"],
        ["The mill was run by Robert (Bobby) Lindqvist for years. Bobby Lindqvist smiled.",
         "                    111111111111111111111111            111111111111111"],
    ]);
}

#[test]
#[rustfmt::skip]
fn short_forms_and_initials_answer_to_the_full_name() {
    check(persons, &[
        ["Joseph Abernathy was elected. Mr. Abernathy, known as Joe Abernathy, thanked J. Abernathy's friends.",
         "1111111111111111                  111111111           1111111111111          111111111111"],
        ["Maria Lopez-Korda spoke on Friday. Korda said no. Lopez smiled. Lopez-Korda left.",
         "11111111111111111                  11111          11111         11111111111"],
    ]);
}

#[test]
#[rustfmt::skip]
fn particles_begin_a_sentence_with_a_capital() {
    check(persons, &[
        ["Karl van der Meulen met Omar al-Haddani on Friday. Van der Meulen spoke. Al-Haddani left; Haddani returned.",
         "1111111111111111111     222222222222222            11111111111111        2222222222       2222222"],
    ]);
}

#[test]
#[rustfmt::skip]
fn a_person_is_told_from_a_place_of_the_same_name() {
    check(persons, &[
        ["Paris Abernathy arrived in Paris on Friday. Abernathy loved it.",
         "111111111111111                             111111111"],
        ["Jane Lincoln spoke on Friday. Lincoln said she would go. She was born in Nebraska.",
         "111111111111                  1111111"],
        ["Adam Jordan spoke on Friday. In Jordan, the king met Jordan. Then Jordan flew to Jordan.",
         "11111111111                                          111111       111111"],
        ["April Jones, 34, came late.",
         "11111111111"],
        ["Georgia Jones said she was glad.",
         "1111111111111"],
    ]);
}

#[test]
fn offices_are_told_whole_and_names_are_no_part_of_them() {
    for (body, role) in [
        ("On Friday Emergencies Minister Sergei Vorotin spoke.", "Emergencies Minister"),
        ("On Friday Civil Defence Minister Anna Lindqvist spoke.", "Civil Defence Minister"),
        ("On Friday Ukrainian Emergencies Minister Ivan Hrytsenko spoke.", "Emergencies Minister"),
        ("Then President Anna Lindqvist spoke.", "President"),
    ] {
        let article = article("", body);
        let found = entities_of(&article).records(Kind::Person, &article);
        assert_eq!(found[0].roles, [role], "{body}");
    }
}

#[test]
fn a_surname_that_stands_first_and_is_also_a_first_name_tells_no_gender() {
    let found = people("", "On Friday South Korean President Kim Dae-rok spoke. Later Mr Kim left.");
    assert_eq!(found, [("Kim Dae-rok".to_owned(), vec!["Kim Dae-rok".into(), "Kim".into()])]);
}

#[test]
fn letters_lost_on_the_way_cut_no_name() {
    let text = Text::new(Zone::Body, "Mr Jos? Mar?a Lindqvist left. Is that so? Maria stayed. Why?no");
    let words: Vec<&str> = (0..text.tokens.len()).map(|k| text.word(k)).collect();
    assert_eq!(words[..3], ["Mr", "Jos?", "Mar?a"]);
    assert_eq!(words[8..11], ["so", "?", "Maria"]);
    assert_eq!(names(&people("", "Mr Fran\u{fffd}ois Lindqvist said so.")), ["Fran\u{fffd}ois Lindqvist"]);
    assert_eq!(names(&people("", "Mr FranÃ§ois Lindqvist said so.")), ["FranÃ§ois Lindqvist"]);
}

#[test]
fn names_inside_other_names_are_no_mentions() {
    let found = people("", "The Bank of England spoke to the Washington Post near Trump Tower on Friday.");
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(kinds("The Bank of England cut its rates."), "    OOOOOOOOOOOOOOO");
}

#[test]
fn they_points_back_to_families_alone() {
    let article = article("", "John Abernathy and Susan Abernathy came on Monday. The Abernathys said they were glad.");
    let found = entities_of(&article);
    let plural: Vec<(&str, bool)> = found.entities.iter().map(|e| (e.name.as_str(), e.plural)).collect();
    assert_eq!(plural, [("John Abernathy", false), ("Susan Abernathy", false), ("Abernathys", true)]);
}

#[test]
fn a_name_in_full_goes_before_one_with_initials() {
    let found = people("", "J. R. Abernathy was elected. John R. Abernathy Jr. is forty. Mr. Abernathy has a son.");
    assert_eq!(names(&found), ["John R. Abernathy Jr."]);
}

#[test]
fn a_headline_in_capitals_names_whom_the_body_names() {
    let title = "VOROTIN TO MEET LINDQVIST IN GENEVA";
    let article = article(title, "Sergei Vorotin will meet Maria Lindqvist, the ministry said. They will talk in Geneva.");
    let found = entities_of(&article);
    let in_title: Vec<(&str, Kind)> = found.of_zone(Zone::Title).iter().map(|m| (m.span.of(title), m.kind)).collect();
    assert_eq!(in_title, [("VOROTIN", Kind::Person), ("LINDQVIST", Kind::Person), ("GENEVA", Kind::Location)]);
    let people = found.records(Kind::Person, &article);
    assert_eq!(
        people.iter().map(|p| (p.name.as_str(), p.mentions.len())).collect::<Vec<_>>(),
        [("Sergei Vorotin", 2), ("Maria Lindqvist", 2)]
    );
}

#[test]
fn a_word_of_the_body_is_no_name_in_a_headline_in_capitals() {
    let found = people("MAYOR TAKES FIELD IN LYON", "Anna Field is the mayor. She took the field in Lyon on Friday.");
    assert_eq!(found[0].1, ["Anna Field"]);
}

#[test]
fn roles_tell_the_gender() {
    let of = |text: &str| {
        let article = article("", text);
        entities_of(&article).entities.iter().find(|e| e.kind == Kind::Person).and_then(|e| e.gender)
    };
    assert_eq!(of("Qoro Lindqvist, a spokesman for the firm, declined to comment."), Some(Gender::Male));
    assert_eq!(of("Qoro Lindqvist, a spokeswoman for the firm, declined to comment."), Some(Gender::Female));
    assert_eq!(of("Qoro Lindqvist declined to comment."), None);
}

#[test]
fn acronyms_and_legal_forms_are_one_organization() {
    let article = article(
        "",
        "Kestrel Energy Inc. was fined on Friday. Kestrel Energy did not answer. The Federal Grain Agency (FGA) said the FGA had warned it.",
    );
    let found = entities_of(&article).records(Kind::Organization, &article);
    let names: Vec<&str> = found.iter().map(|o| o.name.as_str()).collect();
    assert_eq!(names, ["Kestrel Energy Inc.", "Federal Grain Agency"]);
    assert_eq!((found[0].mentions.len(), found[1].mentions.len()), (2, 3));
}

/// The organizations, each with its mentions.
fn organizations(body: &str) -> Vec<(String, Vec<String>)> {
    let article = article("", body);
    let found = entities_of(&article).records(Kind::Organization, &article);
    found.into_iter().map(|o| (o.name, o.mentions.into_iter().map(|m| m.text).collect())).collect()
}

#[test]
fn the_forms_of_an_organizations_name_are_one() {
    let forms = |body: &str| -> Vec<Vec<String>> { organizations(body).into_iter().map(|(_, forms)| forms).collect() };
    for (body, expected) in [
        ("The Maritime Workers' Party (PVK) was sued. The PVK did not answer.", vec!["Maritime Workers' Party", "PVK", "PVK"]),
        ("Shares of General Motors Co. fell. Analysts said GM would cut jobs.", vec!["General Motors Co.", "GM"]),
        ("Shares of Wal-Mart Inc. fell. Analysts said Walmart Inc. would cut jobs.", vec!["Wal-Mart Inc.", "Walmart Inc."]),
        (
            "The Wall Street Journal said so. A reporter of the Wall Street Journal was told.",
            vec!["The Wall Street Journal", "Wall Street Journal"],
        ),
        ("The Department of Defense (DoD) met. The DoD declined.", vec!["Department of Defense", "DoD"]),
        ("Shares of Quillfeather Brothers Inc. fell. The board of Quillfeather met.", vec!["Quillfeather Brothers Inc.", "Quillfeather"]),
        ("Shares of Wal-Mart Stores Inc. fell. Walmart said it would cut jobs.", vec!["Wal-Mart Stores Inc.", "Walmart"]),
    ] {
        let found = forms(body);
        assert_eq!(found.len(), 1, "{body}: {found:?}");
        let same = |form: &String, expected: &&str| form.trim_start_matches("The ") == expected.trim_start_matches("The ");
        assert!(found[0].len() == expected.len() && found[0].iter().zip(&expected).all(|(f, e)| same(f, e)), "{body}: {found:?}");
    }
    let two = forms("Shares of Kestrel Energy Inc. fell, and those of Kestrel Foods Inc. rose. The board of Kestrel met.");
    assert_eq!(two.len(), 3, "which of the two it is, nobody can say: {two:?}");
}

#[test]
#[rustfmt::skip]
fn a_firm_keeps_its_own_possessive() {
    check(kinds, &[
        ["Moody's said on Monday that it had cut the rating.",
         "OOOOOOO"],
        ["Shares of Macy's rose, and Macy's has closed ten stores.",
         "          OOOOOO           OOOOOO"],
        ["On Friday Rob Macy left. Macy's lawyer said so.",
         "          PPPPPPPP       PPPP"],
    ]);
}

#[test]
fn hostile_names_take_no_longer_than_they_are_long() {
    let names = "Robert “Bobby” ".repeat(4000) + &"The Kordas and Ann Korda met President Korda (Bob). ".repeat(1000);
    let article = article("KORDA ".repeat(500).as_str(), &names);
    assert!(!entities_of(&article).mentions.is_empty());
}

/// Words of letters alone, each with a capital, no two alike.
pub(super) fn distinct_names(count: usize) -> impl Iterator<Item = String> {
    let letter = |n: usize, place: u32| char::from(b'a' + (n / 26_usize.pow(place) % 26) as u8);
    (0..count).map(move |n| format!("Q{}{}{}{}", letter(n, 3), letter(n, 2), letter(n, 1), letter(n, 0)))
}

#[test]
fn texts_of_nothing_but_names_take_no_longer_than_they_are_long() {
    // what grew with the square of the length took minutes for these
    let texts = [
        "Aaa Bbb Ccc Ddd ".repeat(8000),
        "J. ".repeat(40_000),
        distinct_names(10_000).map(|n| format!("Mr. John {n} said \"go 1\". ")).collect(),
        distinct_names(10_000).map(|n| format!("Mr. {n} Smith said it. ")).collect(),
        "Ann Korda said it. ".to_owned() + &"Then Ann left. ".repeat(10_000),
        "New York-based ".repeat(20_000),
        "PARIS (AP) - Rain.\n\n".repeat(20_000),
    ];
    for text in texts {
        assert!(entities_of(&article("", &text)).mentions.len() < text.len());
    }
}

#[test]
fn of_many_people_of_one_surname_each_keeps_the_mentions() {
    let firsts: Vec<String> = distinct_names(300).collect();
    let body: String = firsts.iter().map(|first| format!("Mayor {first} Korda spoke to them. ")).collect();
    let found = people("", &body.repeat(2));
    assert_eq!(found.len(), firsts.len());
    assert!(found.iter().all(|(_, mentions)| mentions.len() == 2), "{found:?}");
}

#[test]
#[rustfmt::skip]
fn accents_and_transliterations_part_nobody() {
    check(persons, &[
        ["Mirko Orbán spoke on Friday. Orban said no, and Mirko Orban left.",
         "111111111111                  11111              11111111111"],
        ["Oleh Vorotinskiy spoke on Friday. Mr. Vorotinsky said no, and Mr. Vorotinskyy left.",
         "1111111111111111                      1111111111                  11111111111"],
        ["Anna Bennett met Carla Bennet on Friday. Ms. Bennett left.",
         "111111111111     222222222222                1111111"],
    ]);
}
