//! Finds the files under the paths that the user named: in sorted order, hidden ones passed over, loops of links broken.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use globset::{Glob, GlobSet, GlobSetBuilder};
use walkdir::{DirEntry, WalkDir};

use super::{Origin, Refusal, RefusalKind};

/// A file to read, or standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// How it is named to the user and in ids.
    pub origin: Origin,
    /// Where it is; `None` for standard input.
    pub location: Option<PathBuf>,
    /// Its size in bytes; 0 for standard input.
    pub size: u64,
    /// When it was last changed, where the system knows.
    pub modified: Option<SystemTime>,
}

/// Which of the files in a folder are taken. Files that are named themselves are always taken.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    include: Option<GlobSet>,
    exclude: GlobSet,
    /// Folders that are not entered: the index itself.
    pub skip: Vec<PathBuf>,
}

impl Selection {
    /// Takes files that match one of `include` (all, where there is none) and none of `exclude`.
    /// A pattern without a slash is held against the file's name, one with a slash against its path below the folder.
    ///
    /// # Errors
    /// When a pattern is none; the error names it.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Self, globset::Error> {
        Ok(Self { include: if include.is_empty() { None } else { Some(globs(include)?) }, exclude: globs(exclude)?, skip: Vec::new() })
    }

    fn takes(&self, below: &str) -> bool {
        self.include.as_ref().is_none_or(|globs| globs.is_match(below)) && !self.exclude.is_match(below)
    }

    fn enters(&self, folder: &Path, below: &str) -> bool {
        !(self.exclude.is_match(below) || self.skip.iter().any(|skip| skip == folder))
    }
}

fn globs(patterns: &[String]) -> Result<GlobSet, globset::Error> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let pattern = pattern.strip_prefix("./").unwrap_or(pattern).trim_end_matches('/');
        if pattern.contains('/') {
            set.add(Glob::new(pattern.trim_start_matches('/'))?);
        } else {
            set.add(Glob::new(&format!("**/{pattern}"))?);
        }
    }
    set.build()
}

/// Every file under `roots`, in the order given and sorted within a folder; what cannot be read comes as a [`Refusal`].
/// `-` is standard input.
pub fn files<'a>(roots: &'a [PathBuf], selection: &'a Selection) -> impl Iterator<Item = Result<File, Refusal>> + 'a {
    roots.iter().flat_map(move |root| under(root, selection))
}

fn under<'a>(root: &'a Path, selection: &'a Selection) -> Box<dyn Iterator<Item = Result<File, Refusal>> + 'a> {
    if root == Path::new("-") {
        let origin = Origin { path: "-".to_owned(), below: "-".to_owned() };
        return Box::new(std::iter::once(Ok(File { origin, location: None, size: 0, modified: None })));
    }
    let walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter().filter_entry(move |entry| {
        entry.depth() == 0 || !hidden(entry) && (!entry.file_type().is_dir() || selection.enters(entry.path(), &below(root, entry.path())))
    });
    Box::new(walk.filter_map(move |entry| match entry {
        Ok(entry) => found(root, &entry, selection),
        Err(error) => Some(Err(unreachable_path(root, &error))),
    }))
}

fn hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// The path below the folder given, with `/`; a file that was named itself is known by its name.
fn below(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    let inner = if inner.as_os_str().is_empty() { Path::new(path.file_name().unwrap_or(path.as_os_str())) } else { inner };
    let parts: Vec<_> = inner.components().map(|part| name_of(part.as_os_str())).collect();
    parts.join("/")
}

/// A path as text, no two alike: bytes that are no UTF-8 are written `\xE9`, as shells print them.
pub fn name_of(path: &OsStr) -> Cow<'_, str> {
    if let Some(text) = path.to_str() {
        return Cow::Borrowed(text);
    }
    let mut text = String::new();
    for chunk in path.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\x{byte:02X}")));
    }
    Cow::Owned(text)
}

/// The path of which [`name_of`] made `text`.
pub fn path_of(text: &str) -> PathBuf {
    #[cfg(unix)]
    if text.contains("\\x") && !Path::new(text).exists() {
        use std::os::unix::ffi::OsStringExt;
        let mut parts = text.split("\\x");
        let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
        for part in parts {
            match part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|byte| !byte.is_ascii()) {
                Some(byte) => bytes.extend(std::iter::once(byte).chain(part.bytes().skip(2))),
                None => bytes.extend(b"\\x".iter().copied().chain(part.bytes())),
            }
        }
        return std::ffi::OsString::from_vec(bytes).into();
    }
    PathBuf::from(text)
}

fn found(root: &Path, entry: &DirEntry, selection: &Selection) -> Option<Result<File, Refusal>> {
    let kind = entry.file_type();
    if kind.is_dir() {
        return None;
    }
    let origin = Origin { path: name_of(entry.path().as_os_str()).into_owned(), below: below(root, entry.path()) };
    if entry.depth() > 0 {
        if !selection.takes(&origin.below) {
            return None;
        }
        if !kind.is_file() {
            let reason = "neither a file nor a folder: passed over";
            return Some(Err(Refusal { kind: RefusalKind::Skipped, ..origin.refuse(reason) }));
        }
        if let Some(reason) = beside_articles(&origin.below) {
            return Some(Err(Refusal { kind: RefusalKind::Skipped, ..origin.refuse(reason) }));
        }
    }
    Some(match entry.metadata() {
        Ok(data) => Ok(File { location: Some(entry.path().to_owned()), size: data.len(), modified: data.modified().ok(), origin }),
        Err(error) => Err(origin.refuse(error.to_string())),
    })
}

fn unreachable_path(root: &Path, error: &walkdir::Error) -> Refusal {
    let path = name_of(error.path().unwrap_or(root).as_os_str()).into_owned();
    if let Some(above) = error.loop_ancestor() {
        let reason = format!("a link back to {}: not followed", above.display());
        return Refusal { path, reason, kind: RefusalKind::Skipped, position: None };
    }
    let reason = match error.io_error() {
        Some(io) if io.kind() == io::ErrorKind::NotFound && error.depth() == 0 => "no such file or folder".to_owned(),
        Some(io) if io.kind() == io::ErrorKind::NotFound => "a link to nothing".to_owned(),
        Some(io) if io.kind() == io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        _ => error.to_string(),
    };
    Refusal { path, reason, ..Refusal::default() }
}

/// Why a file of this name, found in a folder or an archive, is no article: browsers save such beside a page.
pub(super) fn beside_articles(name: &str) -> Option<&'static str> {
    let file = name.rsplit(['/', '!']).next().unwrap_or(name).to_ascii_lowercase();
    let stem = file.strip_suffix(".txt").or_else(|| file.strip_suffix(".md")).unwrap_or(&file);
    if matches!(stem, "readme" | "license" | "licence" | "copying" | "changelog") {
        return Some("a note on the files beside it, no article");
    }
    let ending = file.rsplit_once('.')?.1;
    match ending {
        "png" | "jpg" | "jpeg" | "gif" | "svg" | "ico" | "webp" | "avif" | "bmp" | "tif" | "tiff" => Some("a picture"),
        "css" | "js" | "mjs" | "map" => Some("a part of a web page, no page"),
        "woff" | "woff2" | "ttf" | "otf" | "eot" => Some("a font"),
        "mp3" | "mp4" | "m4a" | "m4v" | "mov" | "avi" | "webm" | "wav" | "ogg" => Some("sound or film"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(root: &Path, selection: &Selection) -> Vec<String> {
        files(&[root.to_owned()], selection)
            .map(|file| match file {
                Ok(file) => file.origin.below,
                Err(refusal) => format!("{:?}: {}", refusal.kind, refusal.reason),
            })
            .collect()
    }

    fn folder() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("b/.git")).unwrap();
        for name in ["z.txt", "a.html", "b/c.txt", "b/.hidden.txt", "b/.git/config", "b/style.css"] {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        dir
    }

    #[test]
    fn a_folder_is_walked_in_sorted_order_without_hidden_files() {
        let dir = folder();
        let found = names(dir.path(), &Selection::default());
        assert_eq!(found, ["a.html", "b/c.txt", "Skipped: a part of a web page, no page", "z.txt"]);
        for (name, is_beside) in [("README", true), ("a/Readme.md", true), ("x.zip!LICENSE.txt", true), ("readme-or-not.txt", false)] {
            assert_eq!(beside_articles(name).is_some(), is_beside, "{name}");
        }
    }

    #[test]
    fn globs_choose_by_name_or_by_path() {
        let dir = folder();
        let only = |include: &[&str], exclude: &[&str]| {
            let owned = |globs: &[&str]| globs.iter().map(|g| (*g).to_owned()).collect::<Vec<_>>();
            names(dir.path(), &Selection::new(&owned(include), &owned(exclude)).unwrap())
        };
        assert_eq!(only(&["*.txt"], &[]), ["b/c.txt", "z.txt"]);
        assert_eq!(only(&["*.txt"], &["b/*"]), ["z.txt"]);
        assert_eq!(only(&["*.txt"], &["b/"]), ["z.txt"]);
        assert_eq!(only(&["b/*.txt"], &[]), ["b/c.txt"]);
        assert!(Selection::new(&["[".to_owned()], &[]).is_err());
    }

    #[test]
    fn a_file_named_itself_is_known_by_its_name_and_a_missing_path_is_refused() {
        let dir = folder();
        assert_eq!(names(&dir.path().join("b/.hidden.txt"), &Selection::default()), [".hidden.txt"]);
        assert_eq!(names(&dir.path().join("none"), &Selection::default()), ["Refused: no such file or folder"]);
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_are_told_apart_and_found_again() {
        use std::os::unix::ffi::OsStrExt;
        let dir = tempfile::tempdir().unwrap();
        for name in [&b"caf\xe8.txt"[..], b"caf\xe9.txt", b"caf\\xE9"] {
            fs::write(dir.path().join(OsStr::from_bytes(name)), "x").unwrap();
        }
        let mut found = names(dir.path(), &Selection::default());
        found.sort();
        assert_eq!(found, ["caf\\xE8.txt", "caf\\xE9", "caf\\xE9.txt"]);
        for name in found {
            assert!(path_of(&format!("{}/{name}", dir.path().display())).exists(), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_that_loop_or_lead_nowhere_do_not_stop_the_walk() {
        let dir = folder();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("b/loop")).unwrap();
        std::os::unix::fs::symlink("nothing", dir.path().join("c")).unwrap();
        let found = names(dir.path(), &Selection::default());
        assert!(found.iter().any(|line| line.starts_with("Skipped: a link back to")), "{found:?}");
        assert!(found.contains(&"Refused: a link to nothing".to_owned()), "{found:?}");
        assert_eq!(found.last().unwrap(), "z.txt");
    }
}
