//! `agents.csv`: people with names and numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::recipe::{Recipe, SiteRecipe, StaffGroup};
use super::stream::stream;
use super::{RecipeError, names};

/// A person of the scenario.
#[derive(Debug, Clone)]
pub struct Person<'a> {
    /// The first letters of the site and a number: `vil01`.
    pub id: String,
    pub name: String,
    pub group: &'a StaffGroup<'a>,
    pub site: &'a SiteRecipe<'a>,
}

/// Everybody, by group.
pub fn people<'a>(recipe: &'a Recipe) -> Result<Vec<Person<'a>>, RecipeError> {
    let mut rng = stream(recipe.seed, "people");
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut people = Vec::new();
    for group in &recipe.staff {
        let site = recipe
            .sites
            .iter()
            .find(|site| site.id == group.site)
            .ok_or_else(|| RecipeError::UnknownSite(group.site.to_owned()))?;
        for (_, origin) in (0..group.count).zip(group.origins.iter().copied().cycle()) {
            let name =
                names::unused(&mut rng, origin, &taken).ok_or(RecipeError::TooFewNames(origin))?;
            taken.insert(name.clone());
            let number = numbers.entry(site.id).or_insert(0);
            *number += 1;
            let letters: String = site.id.chars().take(3).collect();
            people.push(Person {
                id: format!("{letters}{number:02}"),
                name,
                group,
                site,
            });
        }
    }
    Ok(people)
}

/// The file: `id,name,site,contract,role,languages,channels,window`.
pub fn agents_csv(people: &[Person<'_>]) -> String {
    let mut csv = String::from("id,name,site,contract,role,languages,channels,window\n");
    for Person {
        id,
        name,
        group,
        site,
    } in people
    {
        // Writing to a String cannot fail.
        let _ = writeln!(
            csv,
            "{id},{name},{},{},{},{},{},{}",
            site.id, group.contract, group.role, group.languages, group.channels, group.window
        );
    }
    csv
}
