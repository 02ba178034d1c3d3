//! The file: opened, locked, set up, migrated, copied, put back.

pub(super) mod copies;
pub(super) mod locks;
pub(super) mod migrate;
pub(super) mod open;
pub(super) mod open_error;
pub(super) mod pragmas;
pub(super) mod sidecar_files;
pub(super) mod sqlite_codes;
pub(super) mod time;
pub(super) mod words;
