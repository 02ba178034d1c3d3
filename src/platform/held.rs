//! Files that another program holds open: on Windows they can be neither replaced nor removed meanwhile.

use std::io;
use std::path::Path;
use std::time::Duration;

use super::System;

/// A virus scanner is done with a new file sooner.
const ATTEMPTS: u32 = 20;
const BETWEEN_ATTEMPTS: Duration = Duration::from_millis(50);

/// Whether another program has the file open, or has locked it.
pub fn is_held(error: &io::Error) -> bool {
    has_code(error, System::HERE.held_codes())
}

fn has_code(error: &io::Error, codes: &[i32]) -> bool {
    error.raw_os_error().is_some_and(|code| codes.contains(&code))
}

/// Puts a finished file in the place of another one, and waits a moment for whoever holds that open.
///
/// # Errors
/// When it cannot be, or not within a second.
pub fn replace(finished: &Path, place: &Path) -> io::Result<()> {
    within_patience((), |()| std::fs::rename(finished, place).map_err(|error| (error, ())))
}

/// Tries something again for a second, as long as what it fails with may pass. What is tried takes a value,
/// and hands it back with the error.
///
/// # Errors
/// The last one.
pub fn within_patience<V, T>(
    value: V,
    attempt: impl FnMut(V) -> Result<T, (io::Error, V)>,
) -> io::Result<T> {
    attempts(System::HERE, value, attempt, || std::thread::sleep(BETWEEN_ATTEMPTS))
}

fn attempts<V, T>(
    system: System,
    mut value: V,
    mut attempt: impl FnMut(V) -> Result<T, (io::Error, V)>,
    mut pause: impl FnMut(),
) -> io::Result<T> {
    let mut left = ATTEMPTS;
    loop {
        let (error, back) = match attempt(value) {
            Ok(done) => return Ok(done),
            Err(failed) => failed,
        };
        left -= 1;
        if left == 0 || !has_code(&error, system.passing_codes()) {
            return Err(error);
        }
        value = back;
        pause();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How often something is tried on this system that fails so often with this code, and how that ends.
    fn tried(system: System, code: i32, failures: u32) -> (u32, Result<(), Option<i32>>) {
        let mut tried = 0;
        let attempt = |()| {
            tried += 1;
            if tried > failures { Ok(()) } else { Err((io::Error::from_raw_os_error(code), ())) }
        };
        let ended = attempts(system, (), attempt, || ());
        (tried, ended.map_err(|error| error.raw_os_error()))
    }

    #[test]
    fn on_windows_a_file_that_is_held_for_a_moment_is_waited_for() {
        for code in [5, 32, 33] {
            assert_eq!(tried(System::Windows, code, 3), (4, Ok(())), "{code}");
        }
        assert_eq!(tried(System::Windows, 32, 1_000), (ATTEMPTS, Err(Some(32))));
        assert_eq!(tried(System::Windows, 2, 1), (1, Err(Some(2))), "it is not there");
    }

    #[test]
    fn elsewhere_nothing_has_to_be_waited_for() {
        for system in [System::Linux, System::MacOs, System::Unix] {
            assert_eq!(tried(system, 32, 1), (1, Err(Some(32))), "a broken pipe");
        }
    }
}
