//! The program: parses its arguments, calls [`dictum::cli`], sets the exit code.

fn main() -> anyhow::Result<()> {
    dictum::cli::extract()
}
