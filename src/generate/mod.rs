//! Makes whole sample scenarios from small recipes: the files under `scenarios/`, and data for tests and benchmarks.
//!
//! Everything is a pure function of the recipe: the same recipe gives the same bytes. Each queue and each list of people draws from a random
//! stream of its own, so that adding one changes nothing about the others.

mod first_team;
mod history;
mod market;
mod names;
mod people;
mod recipe;
pub mod recipes;
mod shape;
mod stream;
mod text;
mod wishes;

pub use first_team::{FirstChannel, FirstSite, FirstTeam, first_team};
pub use market::Market;
pub use names::Origin;
pub use recipe::{Leave, Lost, QueueRecipe, Recipe, SiteRecipe, StaffGroup};
pub use shape::Shape;

/// The files of a scenario; paths are relative to its folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioFiles {
    /// Name and whole text of each file, `scenario.toml` first.
    pub files: Vec<(&'static str, String)>,
}

impl ScenarioFiles {
    /// The text of a file by its name.
    pub fn text(&self, name: &str) -> Option<&str> {
        let (_, text) = self.files.iter().find(|(file, _)| *file == name)?;
        Some(text)
    }
}

/// Makes the scenario that a recipe describes.
///
/// # Errors
/// [`RecipeError`] where the recipe names a zone, opening hours or a site that do not exist, or wants more people than there are names.
pub fn generate(recipe: &Recipe) -> Result<ScenarioFiles, RecipeError> {
    let people = people::people(recipe)?;
    let absences = wishes::absences(recipe, &people);
    let requests = wishes::requests(recipe, &people, &absences)?;
    Ok(ScenarioFiles {
        files: vec![
            ("scenario.toml", text::scenario_toml(recipe)),
            ("agents.csv", people::agents_csv(&people)),
            ("absences.csv", wishes::absences_csv(&absences)),
            ("requests.csv", wishes::requests_csv(&requests)),
            ("history.csv", history::history_csv(recipe)?),
        ],
    })
}

/// Why a recipe cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecipeError {
    #[error(transparent)]
    Zone(#[from] crate::calendar::UnknownZone),
    #[error(transparent)]
    Hours(#[from] crate::calendar::ParseHoursError),
    #[error(transparent)]
    Window(#[from] crate::calendar::ParseWindowError),
    #[error("a group of staff works at \"{0}\", which is no site of the recipe")]
    UnknownSite(String),
    #[error("more people than {0:?} has names")]
    TooFewNames(Origin),
    #[error("queue \"{0}\" has no contacts in its open hours by its shape")]
    EmptyShape(String),
    #[error(
        "queue \"{0}\" cannot draw contacts or handle times: a volume, spread or growth is out of range"
    )]
    BadQueue(String),
}
