//! What SQLite's errors mean: which pass by themselves or by a person's help, and what to do.

/// SQLite's primary result code, where the error came from SQLite.
pub(crate) fn primary_code(error: &sqlx::Error) -> Option<i32> {
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

/// Whether SQLite's error behind this one passes by itself or by a person's help, so that the same can
/// be tried again.
pub fn passes(error: &anyhow::Error) -> bool {
    error.chain().find_map(|cause| cause.downcast_ref::<sqlx::Error>()).is_some_and(may_pass)
}

/// Whether others hold the database: another program, or long work of the bot's own. The same succeeds as
/// soon as they are done.
pub fn is_busy(error: &anyhow::Error) -> bool {
    let error = error.chain().find_map(|cause| cause.downcast_ref::<sqlx::Error>());
    error.is_some_and(|error| match error {
        sqlx::Error::PoolTimedOut => true,
        error => matches!(primary_code(error), Some(5 | 6)),
    })
}

/// What is wrong, in words for a person where it is a common case.
pub(crate) fn cause(error: &sqlx::Error) -> String {
    words(error).map_or_else(|| error.to_string(), |(cause, _)| cause.to_owned())
}

/// The sentence for a person where SQLite's error is behind this one and is a common case.
pub fn explain(error: &anyhow::Error) -> Option<String> {
    let error = error.chain().find_map(|cause| cause.downcast_ref::<sqlx::Error>())?;
    let (cause, remedy) = words(error)?;
    Some(format!("The database cannot be used: {cause}; {remedy}."))
}

/// What is wrong and what to do about it, in words for a person.
pub(crate) fn problem(error: &sqlx::Error) -> String {
    match words(error) {
        Some((cause, remedy)) => format!("{cause}; {remedy}"),
        None => error.to_string(),
    }
}

fn words(error: &sqlx::Error) -> Option<(&'static str, &'static str)> {
    match primary_code(error)? {
        5 | 6 => Some(("another program is using it", "close that program")),
        13 => Some(("the disk is full", "free some space")),
        // A limit of file sizes or a quota says no more than this.
        10 => Some((
            "its disk reports an error: it is full, over its quota or failing",
            "free some space",
        )),
        3 | 8 | 14 | 23 => {
            Some(("it cannot be written", "check the permissions of the file and its folder"))
        }
        11 | 26 => {
            Some(("it is damaged, or not an SQLite database", "stop the bot and restore a backup"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use sqlx::{Connection, SqliteConnection};

    use super::*;

    #[tokio::test]
    async fn a_full_disk_passes_and_is_told_in_words() {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        let statements = "CREATE TABLE notes (text); PRAGMA max_page_count = 3; INSERT INTO notes VALUES (zeroblob(99999))";
        let error = sqlx::raw_sql(statements).execute(&mut connection).await.unwrap_err();
        assert!(may_pass(&error));
        assert_eq!(problem(&error), "the disk is full; free some space");
        let told = explain(&anyhow::Error::new(error).context("set a mark"));
        assert_eq!(
            told.unwrap(),
            "The database cannot be used: the disk is full; free some space."
        );
    }

    #[tokio::test]
    async fn a_mistake_of_ours_does_not_pass_and_stays_in_sqlites_words() {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        let error = sqlx::raw_sql("SELECT absent").execute(&mut connection).await.unwrap_err();
        assert!(!may_pass(&error));
        assert!(problem(&error).contains("no such column"));
        assert_eq!(explain(&anyhow::Error::new(error)), None);
    }
}
