//! Solves multi-activity tour scheduling instances of Qu and Curtois (2020): `cargo bench --bench matsp -- FILES --seconds S --out DIR
//! [--threads N] [--seed N]`.

#[path = "../common/mod.rs"]
mod common;
mod instance;

use common::{Clock, arguments, peak_memory};
use followsun::roster::columns::{Limits, solve};
use instance::{DAY, Stay};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let given = arguments()?;
    if given.threads > 0 {
        rayon::ThreadPoolBuilder::new()
            .num_threads(given.threads)
            .build_global()?;
    }
    println!(
        "{:<16} {:>10} {:>10} {:>8} {:>9} {:>8} {:>9}  broken",
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
        let mut stays: Vec<Vec<Stay>> = vec![Vec::new(); instance.staff.len()];
        for (person, tour) in instance.groups().into_iter().flatten().zip(&solution.tours) {
            for &cell in &tour.cells {
                let (slot, task) = (
                    cell as usize / instance.tasks,
                    cell as usize % instance.tasks,
                );
                match stays[person].last_mut() {
                    Some(last) if last.task == task && last.slot + last.slots == slot => {
                        last.slots += 1
                    }
                    _ => stays[person].push(Stay {
                        slot,
                        task,
                        slots: 1,
                    }),
                }
            }
        }
        let (cost, broken) = instance.recount(&stays);
        let gap = 100.0 * (cost - solution.bound) / cost.abs().max(1.0);
        let (best_at, total, memory) =
            (clock.to_best(), clock.spent(), peak_memory().unwrap_or(0.0));
        println!(
            "{name:<16} {cost:>10} {:>10} {gap:>7.2}% {best_at:>9.1} {total:>8.1} {memory:>9.0}  {}",
            solution.bound,
            broken.len()
        );
        for rule in broken.iter().take(5) {
            println!("  {rule}");
        }
        if broken.is_empty() && (cost - solution.cost).abs() > 1e-6 {
            return Err(format!(
                "{name}: the engine says {}, the count {cost}",
                solution.cost
            )
            .into());
        }
        if let Some(folder) = &given.out {
            std::fs::create_dir_all(folder)?;
            let mut text = String::from("employee,day,start,task,minutes\n");
            for ((employee, _, _), stays) in instance.staff.iter().zip(&stays) {
                for stay in stays {
                    let at = stay.slot + DAY / 4;
                    let (day, quarter) = (at / DAY + 1, at % DAY);
                    text += &format!(
                        "{employee},{day},{:02}:{:02},{},{}\n",
                        quarter / 4,
                        quarter % 4 * 15,
                        stay.task + 1,
                        stay.slots * 15
                    );
                }
            }
            std::fs::write(folder.join(format!("{name}.csv")), text)?;
        }
    }
    Ok(())
}
