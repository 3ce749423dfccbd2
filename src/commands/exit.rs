//! How a command ends when it cannot do what it was asked.

use std::io::IsTerminal;
use std::process::ExitCode;

use crate::history::{Finding, render as render_findings};
use crate::scenario::{Diagnostic, render};

/// Ended early, with the best so far written.
pub const STOPPED: u8 = 4;

/// Why a command gives up.
#[derive(Debug)]
pub enum Failure {
    /// Problems of the scenario and of its history, each with its place.
    Scenario(Vec<Diagnostic>, Vec<Finding>),
    /// Anything else that is wrong with what was given; complete sentences, one a problem.
    Input(Vec<String>),
    /// No roster satisfies the hard rules; why, in words.
    Impossible(String),
}

impl Failure {
    pub fn input(message: String) -> Failure {
        Failure::Input(vec![message])
    }

    /// Says what is wrong on standard error and gives the exit status.
    pub fn tell(&self) -> ExitCode {
        match self {
            Failure::Scenario(problems, history) => {
                // The history first: the scenario's problems end with their number.
                eprint!("{}", render_findings(history));
                eprint!("{}", render(problems, std::io::stderr().is_terminal()));
                if !history.is_empty() {
                    eprintln!("\nand {} in the history, above", history.len());
                }
                ExitCode::from(1)
            }
            Failure::Input(messages) => {
                for message in messages {
                    eprintln!("error: {message}");
                }
                ExitCode::from(1)
            }
            Failure::Impossible(why) => {
                eprintln!("error: {why}");
                ExitCode::from(3)
            }
        }
    }
}
