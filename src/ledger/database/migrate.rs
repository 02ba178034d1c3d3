//! Bringing the tables up to date, all of it or nothing.

use std::path::Path;

use sqlx::migrate::{Migrate, MigrateError, Migrator};
use sqlx::{Connection, SqliteConnection};

use super::copies::copy::{Unfinished, vacuum_into};
use super::open_error::OpenError;
use super::sidecar_files::sidecar;
use super::sqlite_codes::cause;

/// The steps that bring a database from any earlier version to this one's.
pub static MIGRATIONS: Migrator = sqlx::migrate!();

/// What a database file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Contents {
    /// No table at all.
    Nothing,
    /// Tables of another program.
    Foreign,
    /// A ledger of this version.
    Ledger(i64),
}

/// The version that these steps lead to.
pub(crate) fn newest_of(migrations: &Migrator) -> i64 {
    migrations.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// Looks what a database holds.
pub(crate) async fn contents(connection: &mut SqliteConnection) -> sqlx::Result<Contents> {
    // Litestream makes tables of its own, in a database that is still empty, too.
    let tables = r"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'
        AND name NOT LIKE '\_litestream\_%' ESCAPE '\'";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut *connection).await?;
    let has = |name: &str| tables.iter().any(|table| table == name);
    let versions =
        if has(&MIGRATIONS.table_name) { applied_versions(connection).await? } else { Vec::new() };
    Ok(match versions.into_iter().max() {
        None if tables.iter().all(|table| *table == MIGRATIONS.table_name) => Contents::Nothing,
        Some(version) if has("orders") && has("deliveries") => Contents::Ledger(version),
        _ => Contents::Foreign,
    })
}

async fn applied_versions(connection: &mut SqliteConnection) -> sqlx::Result<Vec<i64>> {
    match connection.list_applied_migrations(&MIGRATIONS.table_name).await {
        Ok(applied) => Ok(applied.iter().map(|migration| migration.version).collect()),
        Err(MigrateError::Execute(error)) => Err(error),
        Err(error) => Err(sqlx::Error::Migrate(Box::new(error))),
    }
}

/// Refuses what is no ledger, or one that these steps do not lead to.
pub(crate) fn refuse_others(
    path: &Path,
    contents: Contents,
    migrations: &Migrator,
) -> Result<(), OpenError> {
    match contents {
        Contents::Foreign => Err(OpenError::NotOurs(path.to_owned())),
        Contents::Ledger(version) if version > newest_of(migrations) => {
            Err(OpenError::FromNewerVersion(path.to_owned()))
        }
        _ => Ok(()),
    }
}

/// Brings the tables up to date, after a copy of what they hold. All steps are one transaction: when
/// one of them fails, or the power does, the database is what it was before, at its old version.
pub(crate) async fn migrate(
    path: &Path,
    connection: &mut SqliteConnection,
    migrations: &Migrator,
) -> Result<(), OpenError> {
    let of = |error: sqlx::Error| OpenError::of(path, &error);
    let before = contents(connection).await.map_err(of)?;
    refuse_others(path, before, migrations)?;
    if let Contents::Ledger(version) = before
        && version < newest_of(migrations)
    {
        back_up(path, version, connection).await?;
    }
    // Begun also where there is nothing to do: it tells whether another program holds the database.
    let mut steps = connection.begin_with("BEGIN IMMEDIATE").await.map_err(of)?;
    match migrations.run(&mut *steps).await {
        Ok(()) => {
            // Where SQLite may only read it begins a transaction all the same, and refuses the first
            // statement that could write.
            let probe = sqlx::query("DELETE FROM deliveries WHERE false");
            probe.execute(&mut *steps).await.map_err(of)?;
            steps.commit().await.map_err(of)
        }
        Err(error) => {
            // An error here changes nothing: what is not committed is gone with the connection.
            let _ = steps.rollback().await;
            Err(failed(path, error))
        }
    }
}

fn failed(path: &Path, error: MigrateError) -> OpenError {
    match error {
        MigrateError::VersionMissing(_) => OpenError::FromNewerVersion(path.to_owned()),
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            match OpenError::of(path, &error) {
                OpenError::Other(path, why) => OpenError::MigrationFailed(path, why),
                known => known,
            }
        }
        error => OpenError::MigrationFailed(path.to_owned(), error.to_string()),
    }
}

/// Copies the database as it is, consistent, to a file beside it.
async fn back_up(
    path: &Path,
    version: i64,
    connection: &mut SqliteConnection,
) -> Result<(), OpenError> {
    let copy = sidecar(path, &format!(".version-{version}"));
    let failed = |why: String| OpenError::BackupFailed(copy.clone(), why);
    // An earlier copy of this version stays until the new one is whole.
    let begun = Unfinished::begin(sidecar(&copy, ".partial"), path);
    let unfinished = begun.map_err(|error| failed(error.to_string()))?;
    let written = vacuum_into(connection, unfinished.path()).await;
    written.map_err(|error| failed(cause(&error)))?;
    unfinished.finish(&copy).map_err(|error| failed(error.to_string()))?;
    tracing::info!(copy = %copy.display(), "copied the database before changing its tables");
    Ok(())
}
