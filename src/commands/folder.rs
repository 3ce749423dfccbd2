//! Output folders: a file is written whole or not at all.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::exit::Failure;

/// A folder that can be written.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// The folders that were made for it, outermost first.
    made: Vec<PathBuf>,
}

impl Folder {
    /// Makes the folder if need be and tries that files can be made in it, before any work is done.
    pub fn open(path: &Path) -> Result<Folder, Failure> {
        let missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
        let mut made: Vec<PathBuf> = path
            .ancestors()
            .take_while(missing)
            .map(Path::to_owned)
            .collect();
        made.reverse();
        let folder = Folder {
            path: path.to_owned(),
            made,
        };
        let refuse = |error: std::io::Error| {
            Failure::input(format!(
                "{}: cannot be written: {error}; give another folder with --out",
                path.display()
            ))
        };
        fs::create_dir_all(path).map_err(refuse)?;
        let probe = path.join(".followsun-probe");
        fs::write(&probe, b"")
            .and_then(|()| fs::remove_file(&probe))
            .map_err(refuse)?;
        Ok(folder)
    }

    /// The same for a folder that is to hold these files and folders: nothing of another kind is in their way.
    pub fn open_for(path: &Path, files: &[&str], subfolders: &[&str]) -> Result<Folder, Failure> {
        let folder = Folder::open(path)?;
        let in_the_way = |names: &[&str], wanted: &str, wrong: fn(&Path) -> bool| {
            let places = names.iter().map(|name| path.join(name));
            let bad = places.filter(|place| wrong(place));
            let word = |place: PathBuf| {
                format!(
                    "{}: cannot be written: it is to be {wanted}; move it away, or give another folder with --out",
                    place.display()
                )
            };
            bad.map(word).collect::<Vec<_>>()
        };
        let mut problems = in_the_way(files, "a file", Path::is_dir);
        problems.extend(in_the_way(subfolders, "a folder", Path::is_file));
        if problems.is_empty() {
            Ok(folder)
        } else {
            Err(Failure::Input(problems))
        }
    }

    /// Writes a file under a temporary name and then renames it, so that nobody ever sees half of it.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.path.join(name);
        let partial = path.with_file_name(format!(
            ".{}.partial",
            path.file_name()
                .map_or_else(Default::default, |n| n.to_string_lossy().into_owned())
        ));
        let write = || -> std::io::Result<()> {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            let mut file = fs::File::create(&partial)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&partial, &path)
        };
        write().map_err(|error| {
            // The half-written file is of no use to anybody; failing to remove it changes nothing.
            let _ = fs::remove_file(&partial);
            Failure::input(format!("{}: cannot be written: {error}", path.display()))
        })
    }

    /// Removes files of an earlier run from a subfolder, so that nobody finds a calendar of somebody who has left.
    pub fn clear(&self, subfolder: &str, extension: &str) {
        let Ok(entries) = fs::read_dir(self.path.join(subfolder)) else {
            return;
        };
        for entry in entries.flatten() {
            if entry
                .path()
                .extension()
                .is_some_and(|known| known == extension)
            {
                // A file that stays is overwritten or harmless.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Removes a file of an earlier run that tells of another roster than the one that is there now.
    pub fn remove(&self, name: &str) {
        // Mostly there is none.
        let _ = fs::remove_file(self.path.join(name));
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// A folder that was made and never written into goes again: a run that fails leaves nothing behind.
impl Drop for Folder {
    fn drop(&mut self) {
        for folder in self.made.iter().rev() {
            // Only an empty folder can be removed; any other stays, and so do those around it.
            let _ = fs::remove_dir(folder);
        }
    }
}
