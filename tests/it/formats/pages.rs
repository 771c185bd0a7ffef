//! The web pages of `../shared/html`, where they stand beside the checkout: the day, the outlet and the writers that a person
//! reads on each. An empty string is a fact that is not looked at.

use std::path::Path;

use super::real::read;

type Fact = (&'static str, &'static str, &'static str, &'static [&'static str]);

/// The beginning of the file's name, the day, the outlet, the writers.
#[rustfmt::skip]
const FACTS: &[Fact] = &[
    ("042bb7b5", "2019-11-19", "Wall Street Journal", &["Sarah E. Needleman"]),
    ("04a6711c", "2019-11-19", "The New York Times", &["Jamelle Bouie"]),
    ("05844573", "2019-11-20", "Connecticut Post", &["TOM KRISHER"]),
    ("08f79376", "2019-11-19", "CBSSports.com", &["Bryan DeArdo"]),
    ("098bb3e9", "2019-11-20", "Los Angeles Times", &["Meg James"]),
    ("156770d6", "2019-11-19", "The Hill", &["Tess Bonn"]),
    ("16c30add", "2019-11-08", "Vox", &["Umair Irfan"]),
    ("1ace8c85", "2019-11-19", "TechCrunch", &["Catherine Shu"]),
    ("232a43fb", "2019-11-18", "MacRumors.com", &["Joe Rossignol"]),
    ("264dc3ae", "2019-11-20", "Twin Cities", &["Bill Hoppe"]),
    ("291a8bf3", "2019-11-19", "CRN", &["Joseph Tsidulko"]),
    ("30b771a4", "2014-06-21", "MoreBikes", &["Tony Carter"]),
    ("3252222e", "2018-08-23", "Como Educar Seus Filhos", &["Carlos Nadalim"]),
    ("34a73285", "2018-10-06", "LinkNaija", &["LinkNaija"]),
    ("35b15891", "2019-11-19", "cleveland.com", &["Troy L. Smith"]),
    ("39d5c43b", "2019-11-20", "Deccan Herald", &["Reuters"]),
    ("3c6d3381", "2018-09-24", "wday.ru", &["Венера Ерофеева"]),
    ("3f65af7b", "2019-11-19", "nj.com", &["Amy Kuperinsky"]),
    ("432362af", "2019-11-18", "New York Post", &["Natalie Musumeci"]),
    ("51374560", "2019-11-19", "Fox Business", &["Jonathan Garber"]),
    ("57d46c9d", "2019-11-19", "Reuters", &["Rodrigo Campos"]),
    ("5a822960", "2019-11-20", "NBC News", &["Reuters"]),
    ("624fcd90", "2019-11-19", "Express.co.uk", &["Laura Mowat"]),
    ("65bf3048", "2019-11-18", "AppleInsider", &["Mike Wuerthele", "Malcolm Owen"]),
    ("702d1da6", "2019-11-18", "The New York Times", &["Ana Swanson"]),
    ("785affa2", "2019-11-19", "The Verge", &["Chaim Gartenberg"]),
    ("7a664e40", "2019-11-20", "CBS News", &["Stefan Becket", "Kathryn Watson", "Grace Segers"]),
    ("7ab16ade", "2019-11-19", "Wall Street Journal", &["Randy Maniloff"]),
    ("7de52419", "2019-11-19", "The Detroit News", &["Tom Davies"]),
    ("8267acac", "2019-11-19", "The Hollywood Reporter", &["Patrick Shanley"]),
    ("82b6d780", "2019-11-20", "", &["LISA MASCARO", "MARY CLARE JALONICK", "ERIC TUCKER"]),
    ("87bf6057", "2019-11-18", "Washington Examiner", &["Madeline Fry"]),
    ("88c328b6", "2019-11-19", "The Telegraph", &["Telegraph Sport"]),
    ("8e3efab5", "2019-11-19", "ProFootballTalk", &["Michael David Smith"]),
    ("94fbcc26", "2018-04-18", "Inexhibit magazine", &["FEDERICA LUSIARDI"]),
    ("9a440270", "2019-11-19", "CBSSports.com", &["Roger Gonzalez"]),
    ("9e8c9f08", "2019-11-18", "politifact", &[]),
    ("a1fca19b", "2019-11-19", "New York Post", &["Lia Eustachewich", "Yaron Steinbuch"]),
    ("a6968f42", "2019-11-20", "Connecticut Post", &["MEG KINNARD", "ERRIN HAINES"]),
    ("ac3c0355", "2018-09-10", "The GiveWell Blog", &["Catherine"]),
    ("aec5deea", "2019-11-20", "SFGate", &["STEVE PEOPLES"]),
    ("b0cf2bbf", "2019-11-20", "pv magazine International", &["Emiliano Bellini"]),
    ("c13b9c0e", "2019-11-19", "The Spokesman-Review", &["Megan Rowe"]),
    ("c58aa507", "2019-11-19", "USA TODAY", &["Kevin Johnson", "Kevin McCoy"]),
    ("c82b3d1d", "2018-10-11", "wday.ru", &["Лида Буслаева"]),
    ("c90731f0", "2019-11-20", "Deccan Herald", &["PTI"]),
    ("d0382c0d", "2019-11-20", "Times Union", &["JANIE HAR"]),
    ("d605bdef", "2019-11-19", "CNN", &["Jill Disis"]),
    ("db6b0816", "2019-11-20", "Houston Chronicle", &["ROBERT BURNS"]),
    ("e7994d55", "2019-11-20", "", &["DANICA KIRKA", "JILL LAWLESS"]),
    ("eecd2575", "2019-11-20", "San Antonio Express-News", &["GREG BEACHAM"]),
    ("ef4e67b6", "2019-11-18", "CNN", &["Chris Cillizza"]),
    ("f81c6c05", "2019-11-13", "Business Insider Deutschland", &["Tanza Loudenback"]),
];

#[test]
fn pages_say_when_where_and_by_whom() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/html/pages");
    let Ok(folder) = std::fs::read_dir(&pages) else { return };
    let paths: Vec<_> = folder.filter_map(|entry| Some(entry.ok()?.path())).collect();
    let mut wrong = Vec::new();
    for (name, day, outlet, writers) in FACTS {
        let is_it = |path: &&std::path::PathBuf| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(name));
        let path = paths.iter().find(is_it).expect("the page is there");
        let (articles, refusals) = read(path);
        let Some(article) = articles.first() else {
            wrong.push(format!("{name}: {refusals:?}"));
            continue;
        };
        let found = article.date.as_ref().and_then(|date| date.as_str().get(..10)).unwrap_or_default();
        if found != *day {
            wrong.push(format!("{name}: {found}, not {day}"));
        }
        let source = article.source.as_deref().unwrap_or_default();
        if !outlet.is_empty() && source != *outlet {
            wrong.push(format!("{name}: of {source:?}, not {outlet:?}"));
        }
        if article.authors != *writers {
            wrong.push(format!("{name}: by {:?}, not {writers:?}", article.authors));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
