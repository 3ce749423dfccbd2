use std::process::ExitCode;

fn main() -> ExitCode {
    followsun::commands::run(std::env::args_os())
}
