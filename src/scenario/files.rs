//! The one thing that loading needs from outside: the bytes of a file.

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Somewhere files can be read from.
pub trait Files {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Whether there is such a file; histories are too large to read only to know that.
    fn exists(&self, path: &Path) -> bool;

    fn is_folder(&self, path: &Path) -> bool;
}

/// The real disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    fn exists(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn is_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }
}

/// Files that are only in memory: for tests, and for a page that checks what is being typed.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Memory {
    /// This and one more file.
    pub fn with(mut self, path: impl AsRef<Path>, content: impl Into<Vec<u8>>) -> Memory {
        self.files.insert(tidy(path.as_ref()), content.into());
        self
    }
}

impl Files for Memory {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let missing = || io::Error::new(io::ErrorKind::NotFound, "no such file");
        self.files.get(&tidy(path)).cloned().ok_or_else(missing)
    }

    fn exists(&self, path: &Path) -> bool {
        self.files.contains_key(&tidy(path))
    }

    fn is_folder(&self, path: &Path) -> bool {
        let path = tidy(path);
        self.files
            .keys()
            .any(|file| *file != path && file.starts_with(&path))
    }
}

/// The path without `.` and, as far as it can be, `..`, so that the same file has one name.
pub fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(tidied.components().next_back(), Some(Component::Normal(_))) =>
            {
                tidied.pop();
            }
            part => tidied.push(part),
        }
    }
    tidied
}
