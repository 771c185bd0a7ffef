//! Where on disk an article was read from: a path from the root, the same from whichever folder dictum is started and
//! through whichever linked folder a file is reached.

use std::fs;
use std::path::{Path, PathBuf};

use crate::digest::Digest;
use crate::read::{name_of, path_of};

/// The path from the root. Links among its folders are followed; a file that is itself a link keeps its own name.
#[must_use]
pub fn absolute(path: &Path) -> PathBuf {
    Folders::default().absolute(path)
}

/// Remembers the folder seen last: the files of one come one after the other.
#[derive(Debug, Default)]
pub struct Folders {
    last: Option<(PathBuf, PathBuf)>,
}

impl Folders {
    /// As [`absolute`].
    pub fn absolute(&mut self, path: &Path) -> PathBuf {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return whole(path) };
        if let Some((known, real)) = &self.last
            && known == folder
        {
            return real.join(name);
        }
        if path.is_dir() {
            return whole(path);
        }
        let real = whole(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        let found = real.join(name);
        self.last = Some((folder.to_owned(), real));
        found
    }
}

fn whole(path: &Path) -> PathBuf {
    fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

/// The file on disk that a place is in: for `/news/archive.zip!inner/name.html` the archive.
#[must_use]
pub fn container(place: &str) -> PathBuf {
    let whole = path_of(place);
    if !place.contains('!') || whole.exists() {
        return whole;
    }
    let mut archives = place.match_indices('!').map(|(at, _)| path_of(&place[..at]));
    archives.find(|archive| archive.is_file()).unwrap_or_else(|| path_of(place.split('!').next().unwrap_or(place)))
}

/// The number of a file by its absolute path: a million paths take much room.
#[must_use]
pub fn file_key(file: &Path) -> u64 {
    key_of_name(&name_of(file.as_os_str()))
}

/// As [`file_key`], of the path as [`name_of`] gives it.
#[must_use]
pub fn key_of_name(file: &str) -> u64 {
    Digest::of(file.bytes())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_place_through_every_folder() {
        let dir = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(dir.path()).unwrap();
        fs::create_dir_all(root.join("news")).unwrap();
        fs::write(root.join("news/a.txt"), "A").unwrap();
        std::os::unix::fs::symlink(root.join("news"), root.join("linked")).unwrap();
        std::os::unix::fs::symlink("a.txt", root.join("news/latest.txt")).unwrap();
        let mut folders = Folders::default();
        for path in ["news/a.txt", "linked/a.txt", "news/../linked/a.txt", "news/./a.txt"] {
            assert_eq!(folders.absolute(&root.join(path)), root.join("news/a.txt"), "{path}");
        }
        assert_eq!(absolute(&root.join("linked")), root.join("news"));
        assert_eq!(absolute(&root.join("news/latest.txt")), root.join("news/latest.txt"));
        assert_eq!(absolute(&root.join("gone.txt")), root.join("gone.txt"));
        assert_eq!(container(&format!("{}!x/y", root.join("news/a.txt").display())), root.join("news/a.txt"));
    }
}
