//! Solves multi-activity tour scheduling instances of Qu and Curtois (2020): `cargo bench --bench matsp -- FILES --seconds S --out DIR
//! [--threads N] [--seed N] [--effort N] [--verbose]`.

#[path = "../common/mod.rs"]
mod common;
mod instance;

use common::Recount;
use followsun::roster::columns::{Problem, Solution};
use instance::{DAY, Instance, Stay};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    common::run::<Instance>()
}

impl common::Instance for Instance {
    const ENDING: &'static str = "csv";

    fn read(text: &str) -> Option<Instance> {
        instance::read(text)
    }

    fn problem(&self) -> Problem<'static> {
        Instance::problem(self)
    }

    fn recount(&self, solution: &Solution) -> Recount {
        let mut stays: Vec<Vec<Stay>> = vec![Vec::new(); self.staff.len()];
        for (person, tour) in self.groups().into_iter().flatten().zip(&solution.tours) {
            for &cell in &tour.cells {
                let (slot, task) = (cell as usize / self.tasks, cell as usize % self.tasks);
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
        let (cost, broken) = Instance::recount(self, &stays);
        let mut text = String::from("employee,day,start,task,minutes\n");
        for ((employee, _, _), stays) in self.staff.iter().zip(&stays) {
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
        Recount { cost, broken, text }
    }
}
