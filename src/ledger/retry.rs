//! Which of SQLite's errors pass by themselves or by a person's help, and which never will.

/// SQLite's primary result code, where the error came from SQLite.
pub(super) fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let sqlx::Error::Database(database) = error else { return None };
    let extended: i32 = database.code()?.parse().ok()?;
    Some(extended & 0xff)
}

/// Whether the same transaction may succeed later: locked, disk full, an I/O error, no memory.
/// Everything else is the fault of the data or of the code and would fail for ever.
pub(crate) fn may_pass(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(_) => {
            matches!(primary_code(error), Some(5 | 6 | 7 | 8 | 9 | 10 | 11 | 13 | 14 | 15))
        }
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::WorkerCrashed => true,
        _ => false,
    }
}
