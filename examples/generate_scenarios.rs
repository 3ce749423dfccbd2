//! Writes `scenarios/` anew from the recipes: `cargo run --release --example generate_scenarios [FOLDER]`.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use followsun::generate::{generate, recipes};

fn main() -> Result<(), Box<dyn Error>> {
    let root = env::args_os().nth(1).map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios")),
        PathBuf::from,
    );
    for recipe in recipes::all() {
        let folder = root.join(recipe.folder);
        fs::create_dir_all(&folder)?;
        for (name, text) in generate(&recipe)?.files {
            fs::write(folder.join(name), &text)?;
            println!("{} ({} bytes)", folder.join(name).display(), text.len());
        }
    }
    Ok(())
}
