//! Solves staff scheduling instances of Curtois and Qu (2014): `cargo bench --bench nrp -- FILES --seconds S --out DIR [--threads N] [--seed N]`.

#[path = "../common/mod.rs"]
mod common;
mod instance;

use common::{Clock, arguments, peak_memory};
use followsun::roster::columns::{Limits, solve};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let given = arguments()?;
    if given.threads > 0 {
        rayon::ThreadPoolBuilder::new()
            .num_threads(given.threads)
            .build_global()?;
    }
    println!(
        "{:<16} {:>10} {:>10} {:>8} {:>9} {:>8} {:>9}",
        "instance", "cost", "bound", "gap", "best at s", "total s", "peak MiB"
    );
    for file in &given.files {
        let name = file
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        let instance = instance::read(&std::fs::read_to_string(file)?)
            .ok_or(format!("{}: not an instance", file.display()))?;
        let problem = instance.problem();
        let clock = Clock::new(
            if given.effort.is_some() {
                f64::INFINITY
            } else {
                given.seconds
            },
            given.verbose,
        );
        let limits = Limits {
            gap: 0.0,
            effort: given.effort,
            seed: given.seed,
        };
        let solution = solve(&problem, &limits, &clock)?;
        let types = instance.shifts.len();
        let mut grid = vec![vec![String::new(); instance.days]; instance.staff.len()];
        for (row, tour) in grid.iter_mut().zip(&solution.tours) {
            for &cell in &tour.cells {
                row[cell as usize / types] = instance.shifts[cell as usize % types].id.clone();
            }
        }
        let (cost, broken) = instance.recount(&grid);
        if !broken.is_empty() || (cost - solution.cost).abs() > 1e-6 {
            return Err(format!(
                "{name}: the engine says {}, the count {cost}; broken: {broken:?}",
                solution.cost
            )
            .into());
        }
        let gap = 100.0 * (cost - solution.bound) / cost.abs().max(1.0);
        let (best_at, total, memory) =
            (clock.to_best(), clock.spent(), peak_memory().unwrap_or(0.0));
        println!(
            "{name:<16} {cost:>10} {:>10} {gap:>7.2}% {best_at:>9.1} {total:>8.1} {memory:>9.0}",
            solution.bound
        );
        if let Some(folder) = &given.out {
            std::fs::create_dir_all(folder)?;
            let text: String = grid.iter().map(|row| row.join("\t") + "\n").collect();
            std::fs::write(folder.join(format!("{name}.tsv")), text)?;
        }
    }
    Ok(())
}
