//! What the two benchmarks share: arguments, the clock, the printed row, the file written.

use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Instant;

use followsun::roster::columns::{Problem, Solution, solve};
use followsun::roster::{Control, Limits, Progress};

/// An instance of a public benchmark.
pub trait Instance: Sized {
    /// Ending of the files that rosters are written to.
    const ENDING: &'static str;

    /// `None` if the text is not an instance.
    fn read(text: &str) -> Option<Self>;

    fn problem(&self) -> Problem<'static>;

    /// Cost and broken rules, counted from the file's own words, and the roster as it is written.
    fn recount(&self, solution: &Solution) -> Recount;
}

pub struct Recount {
    pub cost: f64,
    pub broken: Vec<String>,
    pub text: String,
}

/// Solves every file given, prints a row for each and writes the rosters to `--out`.
pub fn run<I: Instance>() -> Result<(), Box<dyn std::error::Error>> {
    let given = arguments()?;
    if given.threads > 0 {
        rayon::ThreadPoolBuilder::new()
            .num_threads(given.threads)
            .build_global()?;
    }
    println!(
        "{:<16} {:>10} {:>10} {:>8} {:>9} {:>8} {:>9} {:>7}",
        "instance", "cost", "bound", "gap", "best at s", "total s", "peak MiB", "broken"
    );
    for file in &given.files {
        let name = (file.file_stem()).map_or(String::new(), |stem| stem.to_string_lossy().into());
        let instance = I::read(&std::fs::read_to_string(file)?)
            .ok_or(format!("{}: not an instance", file.display()))?;
        let problem = instance.problem();
        let seconds = if given.effort.is_some() {
            f64::INFINITY
        } else {
            given.seconds
        };
        let clock = Clock::new(seconds, given.verbose);
        let limits = Limits {
            gap: 0.0,
            effort: given.effort,
            seed: given.seed,
            ascent_steps: None,
        };
        let solution = solve(&problem, &limits, &clock).map_err(|why| format!("{name}: {why}"))?;
        let Recount { cost, broken, text } = instance.recount(&solution);
        let gap = 100.0 * (cost - solution.bound) / cost.abs().max(1.0);
        let (best_at, total, memory) =
            (clock.to_best(), clock.spent(), peak_memory().unwrap_or(0.0));
        println!(
            "{name:<16} {cost:>10} {:>10} {gap:>7.2}% {best_at:>9.1} {total:>8.1} {memory:>9.0} {:>7}",
            // Minus nothing is nothing.
            solution.bound + 0.0,
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
            std::fs::write(folder.join(format!("{name}.{}", I::ENDING)), text)?;
        }
    }
    Ok(())
}

/// The arguments after `--`.
#[derive(Debug, Clone)]
struct Arguments {
    files: Vec<PathBuf>,
    seconds: f64,
    effort: Option<u64>,
    out: Option<PathBuf>,
    threads: usize,
    seed: u64,
    verbose: bool,
}

fn arguments() -> Result<Arguments, String> {
    let mut found = Arguments {
        files: Vec::new(),
        seconds: 60.0,
        effort: None,
        out: None,
        threads: 0,
        seed: 1,
        verbose: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || {
            words
                .next()
                .and_then(|text| text.parse::<f64>().ok())
                .ok_or(format!("{word} needs a number"))
        };
        match word.as_str() {
            "--seconds" => found.seconds = number()?,
            "--threads" => found.threads = number()? as usize,
            "--seed" => found.seed = number()? as u64,
            "--effort" => found.effort = Some(number()? as u64),
            "--out" => found.out = Some(words.next().ok_or("--out needs a folder")?.into()),
            "--verbose" => found.verbose = true,
            "--bench" => {}
            file => found.files.push(file.into()),
        }
    }
    Ok(found)
}

/// Keeps the time, and when the cost last fell.
struct Clock {
    start: Instant,
    seconds: f64,
    verbose: bool,
    best: Mutex<(f64, f64)>,
    told: Mutex<f64>,
}

impl Clock {
    /// Infinite `seconds`: no limit, and the search is told nothing of time.
    fn new(seconds: f64, verbose: bool) -> Clock {
        Clock {
            start: Instant::now(),
            seconds,
            verbose,
            best: Mutex::new((f64::INFINITY, 0.0)),
            told: Mutex::new(0.0),
        }
    }

    fn spent(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }

    /// Seconds at which the best cost was reported.
    fn to_best(&self) -> f64 {
        self.best.lock().map_or(0.0, |best| best.1)
    }
}

impl Control for Clock {
    fn stop(&self) -> bool {
        self.spent() >= self.seconds
    }

    fn time_used(&self) -> f64 {
        if self.seconds.is_finite() {
            self.spent() / self.seconds
        } else {
            0.0
        }
    }

    fn seconds_left(&self) -> f64 {
        if self.seconds.is_finite() {
            (self.seconds - self.spent()).max(0.0)
        } else {
            f64::INFINITY
        }
    }

    fn report(&self, progress: Progress) {
        let spent = self.spent();
        if progress.phase != "program"
            && let Ok(mut best) = self.best.lock()
            && progress.objective < best.0
        {
            *best = (progress.objective, spent);
        }
        let quiet = matches!(progress.phase, "program" | "prices")
            && self.told.lock().is_ok_and(|told| spent < *told + 2.0);
        if self.verbose && !quiet {
            if let Ok(mut told) = self.told.lock() {
                *told = spent;
            }
            eprintln!(
                "{spent:8.1} s  {:9} {:12.2}  bound {:12.2}",
                progress.phase, progress.objective, progress.bound
            );
        }
    }
}

/// Most memory that this process has held, in MiB (Linux only).
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace()
        .nth(1)?
        .parse::<f64>()
        .ok()
        .map(|kib| kib / 1024.0)
}

/// The lines of an instance, each under the name of its section and split at commas. Empty lines and remarks are left out.
pub fn sections(text: &str) -> impl Iterator<Item = (&str, Vec<&str>)> {
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut section = "";
    lines.filter_map(move |line| match line.strip_prefix("SECTION_") {
        Some(name) => {
            section = name;
            None
        }
        None => Some((section, line.split(',').map(str::trim).collect())),
    })
}
