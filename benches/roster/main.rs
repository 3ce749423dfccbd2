//! A generated round-the-clock centre: how good and how proven a roster is after how long.
//! usage: cargo bench --bench roster -- --people 120 --languages 6 --slot 15 --seconds 60 [--load 0.62] [--plain 1]
//! `--plain 1` gives the plain model of the same centre to HiGHS alone for as long, beside it.

mod centre;
mod plain;

use std::time::Instant as Clock;

use centre::centre;
use followsun::roster::{Control, Limits, Progress, check, solve};

struct Args {
    people: usize,
    languages: usize,
    slot: i32,
    seconds: f64,
    load: f64,
    plain: bool,
}

fn main() {
    let mut args = Args {
        people: 120,
        languages: 6,
        slot: 15,
        seconds: 60.0,
        load: 0.62,
        plain: false,
    };
    let words: Vec<String> = std::env::args().collect();
    for pair in words.windows(2) {
        let number: f64 = pair[1].parse().unwrap_or(f64::NAN);
        match pair[0].as_str() {
            "--people" => args.people = number as usize,
            "--languages" => args.languages = number as usize,
            "--slot" => args.slot = number as i32,
            "--seconds" => args.seconds = number,
            "--load" => args.load = number,
            "--plain" => args.plain = number > 0.0,
            _ => {}
        }
    }
    let problem = centre(&args);
    if args.plain {
        plain::print(&problem, args.seconds);
    }
    let control = Watch {
        start: Clock::now(),
        seconds: args.seconds,
    };
    let limits = Limits {
        gap: 0.0001,
        effort: None,
        seed: 1,
        ascent_steps: Some(1200),
    };
    let solution =
        solve(&problem, &limits, None, &control).expect("the generated centre has a roster");
    let broken = check(&problem, &solution.tours);
    println!(
        "followsun  people {} languages {} slot {} seconds {:.1} objective {:.2} wages {:.2} bound {:.2} gap {:.3} % broken {}",
        args.people,
        args.languages,
        args.slot,
        control.start.elapsed().as_secs_f64(),
        solution.objective,
        solution.wages_and_wishes,
        solution.bound,
        100.0 * (solution.objective - solution.bound) / solution.objective,
        broken.len()
    );
    for b in broken.iter().take(5) {
        println!("{b:?}");
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!(
        "{}",
        status
            .lines()
            .find(|line| line.starts_with("VmHWM"))
            .unwrap_or("")
    );
}

struct Watch {
    start: Clock,
    seconds: f64,
}

impl Control for Watch {
    fn stop(&self) -> bool {
        self.start.elapsed().as_secs_f64() > self.seconds
    }
    fn time_used(&self) -> f64 {
        self.start.elapsed().as_secs_f64() / self.seconds
    }
    fn report(&self, progress: Progress) {
        eprintln!(
            "{:7.1} s  {:12.2} {:12.2} {:.3} %",
            self.start.elapsed().as_secs_f64(),
            progress.objective,
            progress.bound,
            100.0 * (progress.objective - progress.bound) / progress.objective
        );
    }
}
