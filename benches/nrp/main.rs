//! Solves staff scheduling instances of Curtois and Qu (2014): `cargo bench --bench nrp -- FILES --seconds S --out DIR [--threads N] [--seed N]
//! [--effort N] [--verbose]`.

#[path = "../common/mod.rs"]
mod common;
mod instance;

use common::Recount;
use followsun::roster::columns::{Problem, Solution};
use instance::Instance;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    common::run::<Instance>()
}

impl common::Instance for Instance {
    const ENDING: &'static str = "tsv";

    fn read(text: &str) -> Option<Instance> {
        instance::read(text)
    }

    fn problem(&self) -> Problem<'static> {
        Instance::problem(self)
    }

    fn recount(&self, solution: &Solution) -> Recount {
        let types = self.shifts.len();
        let mut grid = vec![vec![String::new(); self.days]; self.staff.len()];
        for (row, tour) in grid.iter_mut().zip(&solution.tours) {
            for &cell in &tour.cells {
                row[cell as usize / types] = self.shifts[cell as usize % types].id.clone();
            }
        }
        let (cost, broken) = Instance::recount(self, &grid);
        let text = grid.iter().map(|row| row.join("\t") + "\n").collect();
        Recount { cost, broken, text }
    }
}
