//! The database of the system that this one replaces: its table of orders, read as a sheet. It was written by others:
//! nothing of it is run.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Row as _, SqliteConnection, query, query_scalar};

use crate::sheet::{MAX_ROWS, RomsRows};

/// Columns of the table, at the most.
const MAX_COLUMNS: usize = 200;
/// Bytes of the file, at the most.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// Why a file is not read as that database.
#[derive(Debug, thiserror::Error)]
pub enum NotTheOldDatabase {
    /// More bytes than are read.
    #[error("it is larger than 256 MiB")]
    TooLarge,
    /// No table is called so, or what is called so is none.
    #[error("it has no table \"orders\"")]
    NoTable,
    /// Columns that are computed would run what somebody else wrote.
    #[error("its table \"orders\" has columns that are computed; bring it as CSV")]
    Computed,
    /// SQLite cannot read it.
    #[error("it cannot be read as a database: {0}")]
    Unreadable(#[from] sqlx::Error),
}

/// Reads the rows of the table `orders`, each by its rowid.
///
/// # Errors
/// When there is no such table, or the file is too large or cannot be read.
pub async fn read_old_database(path: &Path) -> Result<RomsRows, NotTheOldDatabase> {
    if path.metadata().is_ok_and(|file| file.len() > MAX_BYTES) {
        return Err(NotTheOldDatabase::TooLarge);
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        // Neither views nor functions of whoever made the file do anything.
        .pragma("trusted_schema", "OFF")
        // A broken page is an error, not whatever stands in it.
        .pragma("cell_size_check", "ON")
        .disable_statement_logging();
    let mut connection = options.connect().await?;
    let rows = rows(&mut connection).await;
    connection.close().await?;
    rows
}

async fn rows(connection: &mut SqliteConnection) -> Result<RomsRows, NotTheOldDatabase> {
    use futures::TryStreamExt as _;
    let is_table = query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM sqlite_schema WHERE name = 'orders' COLLATE NOCASE AND type = 'table'
                   AND sql NOT LIKE 'CREATE VIRTUAL%'
           ) AS "is_table!: bool""#
    );
    if !is_table.fetch_one(&mut *connection).await? {
        return Err(NotTheOldDatabase::NoTable);
    }
    let columns = query!(
        r#"SELECT name || '' AS "name!: String", hidden + 0 AS "hidden!: i64" FROM pragma_table_xinfo('orders')"#
    );
    let columns = columns.fetch_all(&mut *connection).await?;
    if columns.iter().any(|column| column.hidden != 0) || columns.len() > MAX_COLUMNS {
        return Err(NotTheOldDatabase::Computed);
    }
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let mut read = RomsRows::new(&names);
    let most = i64::try_from(MAX_ROWS).unwrap_or(i64::MAX).saturating_add(2);
    // Which columns it has differs from one installation to the next.
    let mut rows =
        query("SELECT rowid, * FROM orders ORDER BY rowid LIMIT ?").bind(most).fetch(connection);
    while let Some(row) = rows.try_next().await? {
        let rowid: i64 = row.try_get_unchecked(0)?;
        let cell = |place: usize| {
            let text = row.try_get_unchecked::<Option<String>, _>(place + 1);
            text.or_else(|_| {
                let bytes = row.try_get_unchecked::<Option<Vec<u8>>, _>(place + 1)?;
                Ok(bytes.map(|bytes| RomsRows::text_of(&bytes)))
            })
        };
        let cells = (0..names.len()).map(cell).collect::<sqlx::Result<Vec<_>>>()?;
        let cells: Vec<&str> =
            cells.iter().map(|cell| cell.as_deref().unwrap_or_default()).collect();
        read.push(u64::try_from(rowid).unwrap_or_default(), &cells);
    }
    Ok(read)
}
