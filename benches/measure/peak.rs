//! Peak memory of a command.

use std::process::{Command, Stdio};

use super::{run, say};

/// The flag under which a bench is its own small parent.
const FLAG: &str = "--peak";

/// Peak resident memory of a command, in MB: the bench starts itself once more as a small parent, because
/// a child's peak counts what its parent had at the fork.
pub(crate) fn peak(command: &Command) -> f64 {
    let probe = Command::new(std::env::current_exe().unwrap())
        .arg(FLAG)
        .arg(command.get_program())
        .args(command.get_args())
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    let kilobytes: f64 = String::from_utf8(probe.stdout).unwrap().trim().parse().unwrap();
    kilobytes / 1024.0
}

/// Whether this process is such a parent; if so it has done its work.
pub(crate) fn is_parent(arguments: &[String]) -> bool {
    let [first, program, rest @ ..] = arguments else { return false };
    if first != FLAG {
        return false;
    }
    run(Command::new(program).env_clear().args(rest).stderr(Stdio::null()));
    let usage = nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_CHILDREN);
    say(&usage.unwrap().max_rss().to_string());
    true
}
