//! The program: everything it does stands in [`dictum::cli`]; here it only sets the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    dictum::cli::run()
}
