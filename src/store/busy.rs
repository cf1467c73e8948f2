//! Waiting for a store that another process is writing to.
//!
//! `SQLite`'s own handler backs off to sleeps of 100 ms, so that a second writer starves behind a burst
//! of short ones. This one sleeps a few milliseconds at a time and gives up after about five seconds.

use std::time::Duration;

/// The shortest sleep, in microseconds.
const SHORTEST: u64 = 500;
/// What the shortest sleep is lengthened by at most.
const JITTER: u64 = 3_000;
/// Five seconds: sleeps of the mean length, and a fifth as much for waking up late from each.
const ATTEMPTS: i32 = 2_100;

/// Sleeps a little; false when `attempt` (counted from 0) is one too many.
pub(super) fn wait(attempt: i32) -> bool {
    if attempt >= ATTEMPTS {
        return false;
    }
    std::thread::sleep(pause(attempt, std::process::id()));
    true
}

/// The length of a sleep: spread so that two processes do not keep step with each other.
fn pause(attempt: i32, process: u32) -> Duration {
    let mixed = u64::from(attempt.unsigned_abs()) << 32 | u64::from(process);
    let spread = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
    Duration::from_micros(SHORTEST + spread % (JITTER + 1))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{ATTEMPTS, pause, wait};

    #[test]
    fn all_pauses_together_leave_time_for_waking_up_within_five_seconds() {
        let total: Duration = (0..ATTEMPTS).map(|attempt| pause(attempt, 4242)).sum();
        assert!((Duration::from_secs(4)..Duration::from_millis(4_500)).contains(&total));
    }

    #[test]
    fn two_processes_do_not_pause_alike() {
        let alike = (0..100).filter(|&attempt| pause(attempt, 1) == pause(attempt, 2)).count();
        assert!(alike < 5);
    }

    #[test]
    fn gives_up_in_the_end() {
        assert!(!wait(ATTEMPTS));
    }
}
