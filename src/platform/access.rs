//! Who may read a file, as far as its system keeps permissions with files.

/// Who may use a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Its owner alone.
    Owner,
    /// Others, but not everybody may read it.
    Some,
    /// Every user of the machine may read it.
    Everybody,
    /// Whoever may use its folder: its system keeps no such permissions with a file.
    AsItsFolder,
}

/// Whether the owner of a file could take it away from all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hiding {
    /// Its permissions can be changed.
    Possible,
    /// The file system keeps no permissions, or nothing can be changed in it.
    Impossible,
    /// It belongs to somebody else, who could.
    ByAnother,
}
