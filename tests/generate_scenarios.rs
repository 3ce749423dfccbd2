//! The sample scenarios are what their recipes make, and make sense.

use std::collections::BTreeSet;
use std::path::Path;

use followsun::generate::{Recipe, RecipeError, generate, recipes};

/// Rows of a CSV file without quotes, as lists of fields, the header left out.
fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines()
        .skip(1)
        .map(|line| line.split(',').collect())
        .collect()
}

#[test]
fn the_files_are_what_the_recipes_make() {
    for recipe in recipes::all() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("scenarios")
            .join(recipe.folder);
        for (name, text) in generate(&recipe).expect("the recipe can be followed").files {
            let path = folder.join(name);
            let stored = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                stored == text,
                "{} is not what its recipe makes; run: cargo run --release --example generate_scenarios",
                path.display()
            );
        }
    }
}

#[test]
fn the_files_stay_small() {
    for (recipe, most) in recipes::all().iter().zip([400_000, 4_000_000, 4_000_000]) {
        let size: usize = generate(recipe)
            .expect("valid")
            .files
            .iter()
            .map(|(_, text)| text.len())
            .sum();
        assert!(size < most, "{}: {size} bytes", recipe.folder);
    }
}

#[test]
fn scenario_toml_is_toml_that_names_the_other_files() {
    for recipe in recipes::all() {
        let files = generate(&recipe).expect("valid");
        let text = files.text("scenario.toml").expect("there is one");
        assert!(text.starts_with("#:schema ../../schema/scenario.json\n"));
        let table: toml::Table = text.parse().expect("it is TOML");
        for key in ["agents", "absences", "requests"] {
            let name = table["staff"][key].as_str().expect("a file name");
            assert!(files.text(name).is_some(), "{name}");
        }
        assert_eq!(
            table["queue"].as_array().map(Vec::len),
            Some(recipe.queues.len())
        );
        assert_eq!(
            table["site"].as_array().map(Vec::len),
            Some(recipe.sites.len())
        );
        let contracts: BTreeSet<&str> = table["contract"]
            .as_array()
            .expect("contracts")
            .iter()
            .map(|contract| contract["id"].as_str().expect("an id"))
            .collect();
        for group in &recipe.staff {
            assert!(
                contracts.contains(group.contract),
                "no contract {}",
                group.contract
            );
        }
    }
}

#[test]
fn everybody_has_a_name_and_an_id_of_their_own() {
    for recipe in recipes::all() {
        let files = generate(&recipe).expect("valid");
        let agents = rows(files.text("agents.csv").expect("agents"));
        assert_eq!(
            agents.len(),
            recipe.staff.iter().map(|group| group.count).sum::<usize>()
        );
        for column in [0, 1] {
            let different: BTreeSet<&str> = agents.iter().map(|row| row[column]).collect();
            assert_eq!(different.len(), agents.len());
        }
    }
}

#[test]
fn nobody_wishes_anything_for_a_day_on_which_they_are_away() {
    for recipe in recipes::all() {
        let files = generate(&recipe).expect("valid");
        let absences = rows(files.text("absences.csv").expect("absences"));
        let requests = rows(files.text("requests.csv").expect("requests"));
        assert!(!absences.is_empty() && !requests.is_empty());
        for request in requests {
            let away = absences.iter().any(|absence| {
                absence[0] == request[0]
                    && absence[1] <= request[1]
                    && request[1] < &absence[2][..10]
            });
            assert!(!away, "{request:?}");
        }
    }
}

/// Hours of load a week against paid hours: between them lie breaks, shrinkage and the idle time that answering within seconds costs.
#[test]
fn people_fit_the_load() {
    for recipe in recipes::all() {
        let files = generate(&recipe).expect("valid");
        let table: toml::Table = files
            .text("scenario.toml")
            .expect("there is one")
            .parse()
            .expect("it is TOML");
        let number = |value: &toml::Value| {
            value
                .as_float()
                .or(value.as_integer().map(|whole| whole as f64))
        };
        let paid: f64 = recipe
            .staff
            .iter()
            .map(|group| {
                let contracts = table["contract"].as_array().expect("contracts");
                let contract = contracts
                    .iter()
                    .find(|contract| contract["id"].as_str() == Some(group.contract));
                let hours =
                    contract.and_then(|contract| number(&contract["paid_hours_per_week"]["max"]));
                hours.expect("paid hours") * group.count as f64
            })
            .sum();
        let load: f64 = recipe
            .queues
            .iter()
            // Three chats at once with a slowdown of 1.2 are 3 / 1.44 times as much as one.
            .map(|queue| {
                (
                    queue.contacts_per_week * queue.handle_time_s / 3600.0,
                    queue.channel,
                )
            })
            .map(|(hours, channel)| {
                if channel == "chat" {
                    hours * 1.44 / 3.0
                } else {
                    hours
                }
            })
            .sum();
        let share = load / paid;
        assert!(
            (0.38..0.55).contains(&share),
            "{}: {load:.0} h of load for {paid:.0} paid h",
            recipe.folder
        );
        for queue in &recipe.queues {
            let serve = |list: &str, wanted: &str| {
                list.split(';')
                    .any(|one| one.split(':').next() == Some(wanted))
            };
            let servers: usize = recipe
                .staff
                .iter()
                .filter(|group| {
                    serve(group.languages, queue.language) && serve(group.channels, queue.channel)
                })
                .map(|group| group.count)
                .sum();
            assert!(servers >= 5, "{}: {servers} people", queue.id);
        }
    }
}

#[test]
fn a_recipe_that_cannot_be_followed_says_why() {
    let broken = |change: fn(&mut Recipe)| {
        let mut recipe = recipes::harbour();
        change(&mut recipe);
        generate(&recipe)
            .map(|_| ())
            .expect_err("the recipe is broken")
    };
    assert!(matches!(
        broken(|recipe| recipe.zone = "Europe/Vilnus"),
        RecipeError::Zone(_)
    ));
    assert!(matches!(
        broken(|recipe| recipe.queues[0].hours = "always"),
        RecipeError::Hours(_)
    ));
    assert!(matches!(
        broken(|recipe| recipe.staff[0].window = "late"),
        RecipeError::Window(_)
    ));
    assert_eq!(
        broken(|recipe| recipe.staff[0].site = "kaunas"),
        RecipeError::UnknownSite("kaunas".into())
    );
    assert!(matches!(
        broken(|recipe| recipe.staff[0].count = 1000),
        RecipeError::TooFewNames(_)
    ));
    assert_eq!(
        broken(|recipe| recipe.queues[0].shape.hours = [0.0; 24]),
        RecipeError::EmptyShape("lt-phone".into())
    );
    assert_eq!(
        broken(|recipe| recipe.queues[0].day_spread = 0.0),
        RecipeError::BadQueue("lt-phone".into())
    );
    assert_eq!(
        broken(|recipe| recipe.queues[0].contacts_per_week = f64::NAN),
        RecipeError::BadQueue("lt-phone".into())
    );
}
