//! Properties tested: what a name of a place means is told by what stands beside it, by the company of the article's other
//! places, by fame and by the outlet's home; one sense an article; mentions of one place are one location; names of people,
//! peoples, months and roads are no places. Every expected place is drawn under the text.

use crate::annotate::Annotator;
use crate::annotation::{Location, Zone};
use crate::article::{Article, Given};

fn locations(article: &Article) -> Vec<Location> {
    Annotator::new().annotate(article).locations
}

/// The first line is the body; each line below draws carets under a mention and says what it lies in ("-" for nothing known).
/// The places drawn must be all that are found.
#[track_caller]
fn check(article: Article, case: &str) {
    let mut lines = case.trim_matches('\n').lines();
    let body = lines.next().unwrap_or_default().to_owned();
    let mut expected: Vec<(usize, usize, String)> = lines
        .map(|line| {
            let start = line.find('^').expect("carets");
            let end = line.rfind('^').expect("carets") + 1;
            (start, end, line[end..].trim().to_owned())
        })
        .collect();
    expected.sort();
    let found = locations(&Article { body: body.clone(), ..article });
    let mut drawn: Vec<(usize, usize, String)> = Vec::new();
    for location in &found {
        for mention in location.mentions.iter().filter(|m| m.zone == Zone::Body) {
            assert_eq!(mention.span.of(&body), mention.text, "the span is of the body");
            let within = if location.within.is_empty() { "-".to_owned() } else { location.within.join(", ") };
            drawn.push((mention.span.start, mention.span.end, within));
        }
    }
    drawn.sort();
    let show = |places: &[(usize, usize, String)]| -> Vec<String> {
        places.iter().map(|(start, end, within)| format!("{} in {within}", &body[*start..*end])).collect()
    };
    assert_eq!(show(&drawn), show(&expected), "{body}");
}

fn here(case: &str) {
    check(Article::default(), case);
}

#[test]
fn what_stands_beside_a_name_tells_which_place_it_is() {
    here(
        "
The mayor of Paris, Texas, opened the bridge on Monday.
             ^^^^^ Texas, United States, North America
                    ^^^^^ United States, North America",
    );
    here(
        "
The plant in Moscow (Idaho) closed on Monday.
             ^^^^^^ Idaho, United States, North America
                     ^^^^^ United States, North America",
    );
    here(
        "
He taught in Cambridge, Mass., for many years.
             ^^^^^^^^^ Massachusetts, United States, North America
                        ^^^^^ United States, North America",
    );
    here(
        "
She was born in Rochester, New York, and left at ten.
                ^^^^^^^^^ New York, United States, North America
                           ^^^^^^^^ United States, North America",
    );
}

#[test]
fn datelines_are_places() {
    here(
        "
KHARKIV, Ukraine (Reuters) - Two bridges were closed on Monday.
^^^^^^^ Kharkiv Oblast, Ukraine, Europe
         ^^^^^^^ Europe",
    );
    here(
        "
TRIPOLI, Lebanon (Reuters) - Two bridges were closed on Monday.
^^^^^^^ North Lebanon, Lebanon, Asia
         ^^^^^^^ Asia",
    );
}

#[test]
fn company_tells_which_place_is_meant() {
    here(
        "
Trains between Birmingham and Montgomery were late all over Alabama on Monday.
               ^^^^^^^^^^ Alabama, United States, North America
                              ^^^^^^^^^^ Alabama, United States, North America
                                                            ^^^^^^^ United States, North America",
    );
    here(
        "
Trains between Birmingham and Coventry were late all over England on Monday.
               ^^^^^^^^^^ England, United Kingdom, Europe
                              ^^^^^^^^ England, United Kingdom, Europe
                                                          ^^^^^^^ United Kingdom, Europe",
    );
}

#[test]
fn the_outlet_is_at_home_somewhere() {
    check(
        Article { source: Some("The Alabama Courier".to_owned()), ..Article::default() },
        "
The council in Birmingham met on Monday.
               ^^^^^^^^^^ Alabama, United States, North America",
    );
    check(
        Article::default(),
        "
The council in Birmingham met on Monday.
               ^^^^^^^^^^ England, United Kingdom, Europe",
    );
}

#[test]
fn a_name_keeps_its_sense_through_the_article() {
    here(
        "
The fair in Paris, Texas, was full. Nobody in Paris had seen the like.
            ^^^^^ Texas, United States, North America
                   ^^^^^ United States, North America
                                              ^^^^^ Texas, United States, North America",
    );
}

#[test]
fn disputed_regions_lie_where_international_usage_puts_them() {
    here(
        "
Ships left Crimea for Abkhazia, and buses left Donbas.
           ^^^^^^ Ukraine, Europe
                      ^^^^^^^^ Georgia, Asia
                                               ^^^^^^ Ukraine, Europe",
    );
}

#[test]
fn mentions_of_one_place_are_one_location() {
    let body = "Britain and the United States signed. The U.S. will pay, the UK said, and the United Kingdom will build.";
    let found = locations(&Article { body: body.to_owned(), ..Article::default() });
    let names: Vec<(&str, usize)> = found.iter().map(|l| (l.name.as_str(), l.mentions.len())).collect();
    assert_eq!(names, [("United Kingdom", 3), ("United States", 2)]);
    assert_eq!(found[0].country.as_deref(), Some("GB"));
}

#[test]
fn peoples_months_and_roads_are_no_places() {
    here("\nThe Russian envoy met two Britons in March on Tollgate Road.");
}

#[test]
fn places_joined_to_a_word_are_places() {
    here(
        "
A Texas-based maker of pumps sued a New York-based bank.
  ^^^^^ United States, North America
                                    ^^^^^^^^ New York, United States, North America",
    );
}

#[test]
fn a_place_that_the_gazetteer_lacks_lies_where_the_article_says() {
    let body = "The fire began in Lower Tollfordham, Vermont, on Monday.";
    let found = locations(&Article { body: body.to_owned(), ..Article::default() });
    assert_eq!(found[0].name, "Lower Tollfordham");
    assert_eq!(found[0].within, ["Vermont", "United States", "North America"]);
    assert_eq!((found[0].country.as_deref(), found[0].latitude), (Some("US"), None), "its country is said, its coordinates are not");
}

#[test]
fn what_the_article_states_is_trusted() {
    let stated = Location { name: "Paris".to_owned(), latitude: Some(33.66), longitude: Some(-95.56), ..Location::default() };
    let elsewhere = Location { name: "Tollford".to_owned(), ..Location::default() };
    let given = Given { locations: vec![stated, elsewhere], ..Given::default() };
    let found = locations(&Article { body: "The fair in Paris was full.".to_owned(), given, ..Article::default() });
    assert_eq!((found[0].name.as_str(), found[0].latitude), ("Paris", Some(33.66)));
    assert_eq!(found[1].name, "Tollford");
}

#[test]
fn firms_institutions_and_parties_are_no_places() {
    here("\nThree analysts at Quorvane cut their forecasts, and shares of Quorvane fell in two hours of trade.");
    here("\nThe trouble at Velmora Holdings grew, and Velmora's shares lost a third. Customers of Velmora waited.");
    here("\nA judge of the Harlow County Circuit Court sent him to the Harlow County Jail.");
    here("\nIn the vote, United Russia lost four seats, and officials blamed United Russia.");
    here("\nThe Bank of England kept its rate, and the Bank of England said so.");
    here("\nDelta reported a profit on Monday, and Delta's shares rose.");
    here("\nVirgin and Continental said they would merge. Shares of Continental rose, and Virgin's customers waited.");
}

#[test]
fn a_quarter_or_a_side_before_a_name_is_read_as_one() {
    here(
        "
Envoys of N. Korea met pro-Moscow deputies in Staunton Va. on Monday.
          ^^^^^^^^ Asia
                           ^^^^^^ Russia, Europe
                                              ^^^^^^^^ Virginia, United States, North America
                                                       ^^^ United States, North America",
    );
}

#[test]
fn peoples_hours_and_saints_are_no_places() {
    here("\nTwo American Samoans came to the hearing at 9 a.m. EST on Monday.");
    here("\nPupils of St. Odo's Lutheran School sang.");
}

#[test]
fn a_strange_name_is_a_place_where_the_article_says_so() {
    here(
        "
Floods cut off the village of Qarzeem, and people from Qarzeem walked to Kabul.
                              ^^^^^^^ -
                                                       ^^^^^^^ -
                                                                         ^^^^^ Kabul Province, Afghanistan, Asia",
    );
}

#[test]
fn names_cut_short_or_run_together_are_made_whole() {
    here(
        "
Ministers of New South Wales met in Newport News on Monday.
             ^^^^^^^^^^^^^^^ Australia, Oceania
                                    ^^^^^^^^^^^^ Virginia, United States, North America",
    );
    here(
        "
Nurses were sent from Ivory Coast for France on Monday.
                      ^^^^^^^^^^^ Africa
                                      ^^^^^^ Europe",
    );
}

#[test]
fn towns_in_a_list_of_towns_are_towns() {
    here(
        "
The line links Cleveland, Columbus, Dayton and Cincinnati in Ohio.
               ^^^^^^^^^ Ohio, United States, North America
                          ^^^^^^^^ Ohio, United States, North America
                                    ^^^^^^ Ohio, United States, North America
                                               ^^^^^^^^^^ Ohio, United States, North America
                                                             ^^^^ United States, North America",
    );
}

#[test]
fn counties_in_a_list_are_counties() {
    here(
        "
Turnout fell in Dakota, Otoe and Sarpy counties in Nebraska.
                ^^^^^^ Nebraska, United States, North America
                        ^^^^ Nebraska, United States, North America
                                 ^^^^^ Nebraska, United States, North America
                                                   ^^^^^^^^ United States, North America",
    );
}

#[test]
fn a_state_in_a_list_of_states_is_a_state() {
    here(
        "
Voters in Oregon and Washington passed the law.
          ^^^^^^ United States, North America
                     ^^^^^^^^^^ United States, North America",
    );
}

#[test]
fn names_of_places_inside_other_names_tell_where_the_article_is() {
    here(
        "
Two men from Paris were arrested, the Edgar County Sheriff's Office said. Deputies found them in Paris.
             ^^^^^ Illinois, United States, North America
                                                                                                 ^^^^^ Illinois, United States, North America",
    );
}

#[test]
fn the_words_of_a_country_tell_where_the_article_is() {
    here(
        "
Neighbors in Mansfield asked the sheriff and the commissioners for a program of repairs downtown.
             ^^^^^^^^^ Texas, United States, North America",
    );
    here(
        "
Neighbours in Mansfield asked the councillors and their MP for a programme of repairs.
              ^^^^^^^^^ England, United Kingdom, Europe",
    );
}

#[test]
fn a_state_is_not_a_village_of_its_name() {
    here(
        "
Buses from Paterson, Newark and Passaic in New Jersey went to Florida.
           ^^^^^^^^ New Jersey, United States, North America
                     ^^^^^^ New Jersey, United States, North America
                                ^^^^^^^ New Jersey, United States, North America
                                           ^^^^^^^^^^ United States, North America
                                                              ^^^^^^^ United States, North America",
    );
}

#[test]
fn what_lies_in_a_town_is_put_where_the_town_is() {
    let body = "They met at the Quellmore Hall in Leeds on Monday.";
    let found = locations(&Article { body: body.to_owned(), ..Article::default() });
    let names: Vec<(&str, Option<f64>)> = found.iter().map(|l| (l.name.as_str(), l.latitude)).collect();
    assert_eq!(names, [("Quellmore Hall", Some(53.8)), ("Leeds", Some(53.8))]);
    assert_eq!(found[0].within[0], "Leeds");
}

#[test]
fn a_text_of_nothing_but_places_takes_no_more_time_than_its_length() {
    let places =
        |n: usize| (0..n).map(|i| format!("Paris, Texas, and Town{i} of Monroe, Ohio; Dakota and Otoe counties. ")).collect::<String>();
    let found = locations(&Article { body: places(4000), ..Article::default() });
    assert!(found.len() > 4, "{}", found.len());
}

#[test]
fn a_name_in_capitals_is_shown_in_ordinary_ones() {
    for (body, name) in [
        ("FRANKFURT (Reuters) - The bank kept its rate on Thursday.", "Frankfurt"),
        ("NEW YORK (Reuters) - Shares rose on Thursday.", "New York"),
        ("KYIV (Reuters) - The bridge was closed on Thursday.", "Kyiv"),
        ("SAO PAULO (Reuters) - Shares rose on Thursday.", "São Paulo"),
        ("The ship sailed for the UAE on Thursday.", "UAE"),
        ("The ship sailed for the U.S. on Thursday.", "U.S."),
    ] {
        let found = locations(&Article { body: body.to_owned(), ..Article::default() });
        assert_eq!(found.first().map(|l| l.name.as_str()), Some(name), "{body}");
    }
}
