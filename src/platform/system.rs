//! Which operating system this is, and what people do there in place of what Linux has.

/// An operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Linux, with systemd or without.
    Linux,
    /// macOS.
    MacOs,
    /// Windows 10 or newer.
    Windows,
    /// Another Unix.
    Unix,
}

impl System {
    /// The one that this program was compiled for.
    pub const HERE: Self = if cfg!(windows) {
        Self::Windows
    } else if cfg!(target_os = "macos") {
        Self::MacOs
    } else if cfg!(target_os = "linux") {
        Self::Linux
    } else {
        Self::Unix
    };

    /// All of them.
    pub const ALL: [Self; 4] = [Self::Linux, Self::MacOs, Self::Windows, Self::Unix];

    /// How a wrong clock is set, as the end of a sentence.
    pub fn set_clock(self) -> &'static str {
        match self {
            Self::Linux => "turn on automatic time (timedatectl set-ntp true)",
            Self::MacOs => "turn on automatic time (System Settings, General, Date & Time)",
            Self::Windows => "turn on automatic time (Settings, Time & language, Date & time)",
            Self::Unix => "turn on automatic time (an NTP service)",
        }
    }

    /// The codes of errors that say that another program has a file open, or has locked it.
    pub(super) fn held_codes(self) -> &'static [i32] {
        match self {
            // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION.
            Self::Windows => &[32, 33],
            // Files can be replaced while others have them open.
            Self::Linux | Self::MacOs | Self::Unix => &[],
        }
    }

    /// The codes of errors after which replacing a file is tried again: a virus scanner, or the index of
    /// the search, holds a new file for a moment.
    pub(super) fn passing_codes(self) -> &'static [i32] {
        match self {
            // ERROR_ACCESS_DENIED is what renaming over a file says that somebody reads.
            Self::Windows => &[5, 32, 33],
            Self::Linux | Self::MacOs | Self::Unix => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_its_own_way_to_set_the_clock() {
        let ways = System::ALL.map(System::set_clock);
        for (system, way) in System::ALL.iter().zip(ways) {
            assert_eq!(way.contains("timedatectl"), *system == System::Linux, "{way}");
            assert_eq!(ways.iter().filter(|other| **other == way).count(), 1, "{way}");
        }
    }
}
