//! The `authctl` program: everything lives in the library.

fn main() -> std::process::ExitCode {
    authctl::cli::main()
}
