//! From a path to a checked scenario: the only place of this room that reads files.

use std::path::{Path, PathBuf};

use super::check::{Checked, HistoryAsked, check, report_shape};
use super::csv::decode;
use super::diagnostic::{Code, Diagnostic, Problems};
use super::domain::{Absence, Scenario};
use super::file::ScenarioFile;
use super::files::{Disk, Files, tidy};
use super::source::{Sources, Span};
use super::tree::{Node, Removed, Value, merge, parse, read};

/// A scenario without errors, and what may still be worth a look.
#[derive(Debug)]
pub struct Loaded {
    pub scenario: Scenario,
    pub warnings: Vec<Diagnostic>,
    /// What the file of absences beside the scenario says, if there was one.
    pub later_absences: Vec<Absence>,
}

/// What is wrong with a scenario.
#[derive(Debug)]
pub struct Refused {
    /// Every problem of the scenario and its files, at least one of them an error.
    pub problems: Vec<Diagnostic>,
    /// The history that it asks for, as far as it can be told: whoever reads histories can say in the same run what is wrong with it.
    pub history: Option<Box<HistoryAsked>>,
}

/// Reads the scenario at a path, its `scenario.toml` or the folder that holds it, with everything that it names except histories.
///
/// # Errors
/// What is wrong.
pub fn load(path: &Path) -> Result<Loaded, Refused> {
    read_from(&Disk, path, None)
}

/// The same with a file of absences that came to be known after the scenario was planned. They are not held against its locked shifts.
///
/// # Errors
/// What is wrong with either.
pub fn load_with_absences(path: &Path, later_absences: &Path) -> Result<Loaded, Refused> {
    read_from(&Disk, path, Some(later_absences))
}

/// [`load`] from somewhere else than the disk.
///
/// # Errors
/// Every problem of the scenario and its files, at least one of them an error.
pub fn load_with(files: &dyn Files, path: &Path) -> Result<Loaded, Vec<Diagnostic>> {
    read_from(files, path, None).map_err(|refused| refused.problems)
}

fn read_from(
    files: &dyn Files,
    path: &Path,
    later_absences: Option<&Path>,
) -> Result<Loaded, Refused> {
    let mut sources = Sources::default();
    let mut problems = Problems::default();
    let checked =
        scenario(files, path, later_absences, &mut sources, &mut problems).unwrap_or_default();
    let diagnostics = problems.finish(&sources);
    match checked.scenario {
        Some(scenario) if !diagnostics.iter().any(Diagnostic::is_error) => Ok(Loaded {
            scenario,
            warnings: diagnostics,
            later_absences: checked.later_absences,
        }),
        _ => Err(Refused {
            problems: diagnostics,
            history: checked.history.map(Box::new),
        }),
    }
}

fn scenario(
    files: &dyn Files,
    path: &Path,
    later_absences: Option<&Path>,
    sources: &mut Sources,
    problems: &mut Problems,
) -> Option<Checked> {
    let path = scenario_path(files, path);
    let mut removed = Removed::default();
    let mut chain = Vec::new();
    let root = tree(
        files,
        &path,
        None,
        &mut chain,
        sources,
        &mut removed,
        problems,
    )?;
    let file: ScenarioFile = read(root, problems, report_shape);
    Some(check(
        file,
        later_absences,
        files,
        sources,
        problems,
        &removed,
    ))
}

/// The file meant by a path that may be a folder.
fn scenario_path(files: &dyn Files, path: &Path) -> PathBuf {
    if !files.exists(path) && files.is_folder(path) {
        return tidy(&path.join("scenario.toml"));
    }
    tidy(path)
}

/// The tree of a scenario, merged into that of what it extends. `chain` are the files that led here.
fn tree(
    files: &dyn Files,
    path: &Path,
    named_at: Option<Span>,
    chain: &mut Vec<PathBuf>,
    sources: &mut Sources,
    removed: &mut Removed,
    problems: &mut Problems,
) -> Option<Node> {
    if chain.iter().any(|known| known == path) {
        let mut names: Vec<String> = chain
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        names.push(path.display().to_string());
        problems
            .error(
                Code::ExtendsCycle,
                named_at,
                format!("this scenario extends itself: {}", names.join(" -> ")),
            )
            .hint("one of them must stand on its own, without `extends`");
        return None;
    }
    chain.push(path.to_owned());
    let bytes = match files.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let (message, hint) = if error.kind() == std::io::ErrorKind::NotFound {
                let hint = match named_at {
                    Some(_) => "`extends` is relative to the scenario file that names it",
                    None => "give the path of a scenario.toml or of the folder that holds it",
                };
                (format!("there is no scenario {}", path.display()), hint)
            } else {
                (
                    format!("{} cannot be read: {error}", path.display()),
                    "check who may read it",
                )
            };
            problems.error(Code::NoFile, named_at, message).hint(hint);
            return None;
        }
    };
    let (text, is_utf8) = decode(&bytes);
    let number = sources.add(path, text);
    let start = Span {
        file: number,
        start: 0,
        end: 0,
    };
    if !is_utf8 || bytes.len() > u32::MAX as usize / 2 {
        problems
            .error(
                Code::Encoding,
                start,
                format!("{} is not UTF-8 text", path.display()),
            )
            .hint("save it as UTF-8");
        return None;
    }
    let mut own = parse(number, &sources.file(number).text, problems);
    let mut merged = Node {
        span: Span::ROOT,
        value: Value::Table(Vec::new()),
    };
    if let Some((name, span)) = extended(&mut own, problems) {
        let folder = sources.folder(number);
        let base = scenario_path(files, &tidy(&folder.join(name.trim())));
        match tree(files, &base, Some(span), chain, sources, removed, problems) {
            Some(base) => merged = base,
            None => {
                // Without its base much would seem to be missing: only the shape of what is there can be checked.
                let _: ScenarioFile = read(own, problems, report_shape);
                return None;
            }
        }
    }
    merge(&mut merged, own, removed, problems);
    Some(merged)
}

/// Takes `extends` out of a tree.
fn extended(node: &mut Node, problems: &mut Problems) -> Option<(String, Span)> {
    let Value::Table(entries) = &mut node.value else {
        return None;
    };
    let at = entries.iter().position(|entry| entry.key == "extends")?;
    let entry = entries.remove(at);
    match entry.node.value {
        Value::Text(name) => Some((name, entry.node.span)),
        _ => {
            let found = entry.node.described();
            problems
                .error(
                    Code::WrongType,
                    entry.node.span,
                    format!("`extends` must be text, not {found}"),
                )
                .hint("write it like this: extends = \"../aurora/scenario.toml\"");
            None
        }
    }
}
