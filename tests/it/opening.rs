//! Databases that cannot be opened, and those of older versions.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use refract_ledger::ledger::{Ledger, MIGRATIONS, OpenError};
use rusqlite::Connection;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection as _, SqlSafeStr};
use tempfile::TempDir;

use crate::fresh::{dump, rows};
use crate::harness::{PROGRAM, World, output_of};

/// The commands that open the database, and how each does: to write, or to read only.
const COMMANDS: [&[&str]; 4] =
    [&["run"], &["reparse"], &["export", "--format", "json"], &["backup", "copy.db"]];

/// A folder, a path for the database in it, and whatever must stay open meanwhile.
struct Case {
    folder: TempDir,
    database: PathBuf,
    holder: Option<Connection>,
}

impl Case {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database = folder.path().join("ledger.db");
        let config = "[[watch]]\nchannel_id = \"5\"\n";
        std::fs::write(folder.path().join("config.toml"), config).expect("write");
        Self { folder, database, holder: None }
    }

    /// A ledger with an order in it.
    fn with_ledger() -> Self {
        let case = Self::new();
        std::fs::write(
            case.folder.path().join("message.txt"),
            "Successful Checkout | Target\nProduct\nConsole\nOrder Number\n#102003000000017\n",
        )
        .expect("write");
        assert_eq!(case.call(&["import", "message.txt"]).status.code(), Some(0));
        // Folded into one file, so that what is done to it is done to all of it.
        let ledger = Connection::open(&case.database).expect("open");
        ledger.pragma_update(None, "journal_mode", "DELETE").expect("fold");
        ledger.pragma_update(None, "journal_mode", "WAL").expect("unfold");
        ledger.close().expect("close");
        case
    }

    /// What the file holds, where nobody has it open: reading it would end the lock of this process.
    fn untouched(&self) -> (Option<Vec<u8>>, Option<SystemTime>) {
        let bytes = || std::fs::read(&self.database).ok();
        let changed = self.database.metadata().and_then(|file| file.modified()).ok();
        (if self.holder.is_none() { bytes() } else { None }, changed)
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.database).expect("read")
    }

    fn call(&self, arguments: &[&str]) -> Output {
        self.output(Command::new(PROGRAM).args(arguments))
    }

    fn output(&self, command: &mut Command) -> Output {
        let command = command
            .current_dir(self.folder.path())
            .env("REFRACT_LEDGER_DATABASE_PATH", &self.database)
            .env("REFRACT_LEDGER_DISCORD_API_URL", "http://127.0.0.1:9")
            .env("DISCORD_TOKEN", "a.fake.token")
            .env_remove("RUST_LOG");
        output_of(command)
    }

    /// All commands end with 1, one sentence that says this, and a file that is what it was.
    fn refused(&self, what: &str, part: &str) {
        let before = self.untouched();
        for arguments in COMMANDS {
            let output = self.call(arguments);
            let said = String::from_utf8(output.stderr).expect("UTF-8");
            assert_eq!(output.status.code(), Some(1), "{what}, {arguments:?}: {said}");
            assert!(said.contains(part), "{what}, {arguments:?}: {said}");
            // Whoever waits for a lock for long is told so, too.
            let sentences = said.lines().filter(|line| !line.ends_with("checking the file"));
            assert_eq!(sentences.count(), 1, "{what}, {arguments:?}: {said}");
            assert_eq!(output.stdout, b"", "{what}, {arguments:?}");
        }
        assert_eq!(self.untouched(), before, "{what} is not touched");
        assert!(!self.folder.path().join("copy.db").exists());
    }
}

#[test]
fn a_locked_database() {
    let mut case = Case::with_ledger();
    let holder = Connection::open(&case.database).expect("open");
    holder.pragma_update(None, "locking_mode", "EXCLUSIVE").expect("lock out");
    holder.execute_batch("BEGIN EXCLUSIVE").expect("lock");
    case.holder = Some(holder);
    case.refused("a locked database", "Another program is using the database");
}

#[test]
fn a_database_that_another_program_writes_to() {
    let case = Case::with_ledger();
    let holder = Connection::open(&case.database).expect("open");
    holder.execute_batch("BEGIN IMMEDIATE").expect("lock");
    let output = case.call(&["run"]);
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("Another program is using the database"), "{said}");
    assert_eq!(case.call(&["export", "--format", "json"]).status.code(), Some(0), "readers may");
    assert_eq!(case.call(&["backup", "copy.db"]).status.code(), Some(0), "readers may");
}

#[test]
fn no_such_folder() {
    let mut case = Case::new();
    case.database = case.folder.path().join("nowhere/ledger.db");
    case.refused("no folder", "nowhere for the database does not exist");
}

#[test]
fn a_folder_in_place_of_the_database() {
    let case = Case::new();
    std::fs::create_dir(&case.database).expect("a folder");
    case.refused("a folder", "is a folder");
}

#[test]
fn a_truncated_database() {
    let case = Case::with_ledger();
    let bytes = case.bytes();
    for length in [bytes.len() / 2, 5000, 4096, 700, 50] {
        std::fs::write(&case.database, &bytes[..length]).expect("write");
        case.refused(&format!("cut to {length}"), "damaged");
    }
}

#[test]
fn a_damaged_database() {
    let case = Case::with_ledger();
    let mut bytes = case.bytes();
    bytes[100..4096].fill(0x55);
    std::fs::write(&case.database, &bytes).expect("write");
    case.refused("a damaged first page", "damaged");
}

#[test]
fn damage_that_only_reading_finds() {
    let case = Case::with_ledger();
    let page = "SELECT rootpage FROM sqlite_schema WHERE name = 'orders'";
    let page: usize = rows(&case.database, page)[0].parse().expect("a number");
    let mut bytes = case.bytes();
    bytes[(page - 1) * 4096..page * 4096].fill(0x55);
    std::fs::write(&case.database, &bytes).expect("write");
    for arguments in [["export", "--format", "json"].as_slice(), &["backup", "copy.db"]] {
        let output = case.call(arguments);
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("damaged") && said.contains("restore a backup"), "{said}");
        assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    }
    assert!(!case.folder.path().join("copy.db").exists());
}

#[test]
fn what_is_no_database() {
    let case = Case::new();
    std::fs::write(&case.database, "no database at all, only a long line of text".repeat(99))
        .expect("write");
    case.refused("a text", "not an SQLite database");
}

#[test]
fn a_database_of_another_program() {
    let case = Case::new();
    let other = Connection::open(&case.database).expect("open");
    other.execute_batch("CREATE TABLE songs (name TEXT)").expect("a table");
    other.close().expect("close");
    case.refused("songs", "is the database of another program");
    // One that is kept with the same library is no ledger either.
    let other = Connection::open(&case.database).expect("open");
    let table =
        "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL,
        installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL,
        checksum BLOB NOT NULL, execution_time BIGINT NOT NULL);
        INSERT INTO _sqlx_migrations VALUES (1, 'songs', '', true, x'00', 1)";
    other.execute_batch(table).expect("a table");
    other.close().expect("close");
    case.refused("songs with migrations", "is the database of another program");
}

#[test]
fn a_database_that_only_litestream_has_looked_at() {
    let case = Case::new();
    let litestream = Connection::open(&case.database).expect("open");
    let tables = "CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER);
        CREATE TABLE _litestream_lock (id INTEGER)";
    litestream.execute_batch(tables).expect("tables");
    litestream.close().expect("close");
    let text = "Successful Checkout | Target\nProduct\nConsole\nOrder Number\n#102003000000017\n";
    std::fs::write(case.folder.path().join("message.txt"), text).expect("write");
    assert_eq!(case.call(&["import", "message.txt"]).status.code(), Some(0));
    assert_eq!(rows(&case.database, "SELECT order_number FROM orders"), ["102003000000017"]);
}

#[test]
fn a_database_of_a_newer_version() {
    let case = Case::with_ledger();
    let newer = Connection::open(&case.database).expect("open");
    newer.execute_batch("UPDATE _sqlx_migrations SET version = version + 9000").expect("update");
    newer.close().expect("close");
    case.refused("a newer one", "newer refract-ledger");
}

/// Even the superuser may make no files there.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_nobody_may_write_to() {
    let mut case = Case::new();
    case.database = PathBuf::from("/sys/ledger.db");
    let output = case.call(&["run"]);
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("check the permissions"), "{said}");
}

/// The superuser may write to every file, so that the program is run as somebody else.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_may_only_be_read() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    use std::os::unix::process::CommandExt;

    const NOBODY: u32 = 65_534;
    let case = Case::with_ledger();
    let may = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("chmod");
    };
    let mut program = Command::new(PROGRAM);
    program.arg("run");
    if case.folder.path().metadata().expect("a folder").uid() == 0 {
        for entry in std::fs::read_dir(case.folder.path()).expect("list") {
            chown(entry.expect("an entry").path(), Some(NOBODY), Some(NOBODY)).expect("chown");
        }
        chown(case.folder.path(), Some(NOBODY), Some(NOBODY)).expect("chown");
        program.uid(NOBODY).gid(NOBODY);
    }
    let before = case.bytes();
    for (file, folder) in [(0o400, 0o700), (0o600, 0o500), (0o000, 0o700)] {
        may(&case.database, file);
        may(case.folder.path(), folder);
        let output = case.output(&mut program);
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(1), "{file:o} {folder:o}: {said}");
        assert!(said.contains("check the permissions"), "{file:o} {folder:o}: {said}");
        may(case.folder.path(), 0o700);
        may(&case.database, 0o600);
        assert_eq!(case.bytes(), before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_bots_on_one_database_the_second_is_refused() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let message = world.checkout(1);
    world.sees(message, "✅").await;
    assert!(world.call(&["backup", "copy.db"]).status.success());
    for arguments in [["run"].as_slice(), &["reparse"], &["restore", "copy.db"]] {
        // A second bot that is not refused would run for ever.
        let mut second = Command::new(PROGRAM);
        second.args(arguments).current_dir(world.folder.path());
        let output = output_of(second.env("DISCORD_TOKEN", world.sandbox.token()));
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("already using the database"), "{arguments:?}: {said}");
        assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    }
    for arguments in [["export", "--format", "csv"].as_slice(), &["backup", "copy.db"], &["check"]]
    {
        let output = world.call(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {output:?}");
    }
    let next = world.checkout(2);
    world.sees(next, "✅").await;
}

fn step(version: i64, statements: &'static str) -> Migration {
    let sql = AssertSqlSafe(statements).into_sql_str();
    Migration::new(version, "made up".into(), MigrationType::Simple, sql, false)
}

/// The true steps, and then these.
fn steps_and(more: Vec<Migration>) -> Migrator {
    Migrator::with_migrations(MIGRATIONS.iter().cloned().chain(more).collect())
}

/// A database of version 1 with a row in every table.
async fn of_version_1(case: &Case) {
    let options = SqliteConnectOptions::new().filename(&case.database).create_if_missing(true);
    let mut old = options.connect().await.expect("open");
    MIGRATIONS.run_to(1, &mut old).await.expect("migrate");
    old.close().await.expect("close");
    let at = "2025-11-03T12:00:00.000Z";
    let rows = format!(
        "INSERT INTO orders VALUES (7, 77, 'OLD-1', 'Target', 'Console', 1000, 2000, 'USD', 2, 10,
             'a@example.com', 'A', 'P', 'X', 'R', 'T', 'shipped', 1, 'Card', 'Street', 'Post', 'N',
             'https://p', 'https://o', 'https://i', '{at}', '{at}', '{at}', '{at}', 'webhook', 1, 88,
             '{at}', '{at}', 'target|', 1, 1, 'verified', '{at}', '{at}', 2);
         INSERT INTO order_items VALUES (7, 1, 'Console', 1000, 2, 'S', 'L');
         INSERT INTO deliveries VALUES (1, 77, 88, 99, '{at}', '{at}', '{at}', 'live', 'stored', 'why',
             '[7]', '{at}', '📦', '✅', 'refused', x'0102');
         INSERT INTO order_messages VALUES (1, 0, 7, NULL, 'stored');
         INSERT INTO order_events VALUES (3, 7, '{at}', 'created', 'webhook', 5, 1, '{{}}');
         INSERT INTO marks VALUES (4, 77, NULL, 1, 5, '📦', 'shipped', 'reaction', '{at}', '{at}');
         INSERT INTO cards VALUES (500, 7, 77, 88);
         INSERT INTO watches VALUES (88, 77, '[99]', 1, 89, '{at}');"
    );
    Connection::open(&case.database).expect("open").execute_batch(&rows).expect("rows");
}

/// What each table of version 1 holds, by its columns of then.
fn rows_of_version_1(database: &Path, version_1: &Path) -> Vec<String> {
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sql%'";
    let mut all = Vec::new();
    for table in rows(version_1, tables) {
        let columns = format!("SELECT group_concat(name, ', ') FROM pragma_table_info('{table}')");
        let columns = rows(version_1, &columns).remove(0);
        let found = rows(database, &format!("SELECT {columns} FROM {table} ORDER BY 1"));
        assert_eq!(found.len(), 1, "{table}");
        all.extend(found);
    }
    all
}

#[tokio::test]
async fn a_database_of_version_1_keeps_every_row() {
    let case = Case::new();
    of_version_1(&case).await;
    let version_1 = case.folder.path().join("version_1.db");
    std::fs::copy(&case.database, &version_1).expect("copy");
    Ledger::open(&case.database).await.expect("migrate").close().await;
    let expected = rows_of_version_1(&version_1, &version_1);
    assert_eq!(rows_of_version_1(&case.database, &version_1), expected);
    // The copy made before is what it was, too.
    let copy = case.folder.path().join("ledger.db.version-1");
    assert_eq!(rows_of_version_1(&copy, &version_1), expected);
    assert_eq!(rows(&copy, "SELECT version FROM _sqlx_migrations"), ["1"]);
}

#[tokio::test]
async fn a_migration_that_fails_midway_leaves_the_old_database_as_it_was() {
    let case = Case::new();
    of_version_1(&case).await;
    let before = (dump(&case.database), rows(&case.database, "SELECT * FROM sqlite_schema"));
    let failing = steps_and(vec![
        step(98, "CREATE TABLE half (a TEXT); DELETE FROM orders;"),
        step(99, "UPDATE deliveries SET outcome = 'x'; INSERT INTO nowhere VALUES (1);"),
    ]);
    for _ in 0..2 {
        let error = Ledger::open_with(&case.database, &failing).await.expect_err("step 99 fails");
        assert!(matches!(error, OpenError::MigrationFailed(..)), "{error:?}");
        for part in ["could not be updated", "nowhere", "as it was before"] {
            assert!(error.to_string().contains(part), "{part}: {error}");
        }
        let after = (dump(&case.database), rows(&case.database, "SELECT * FROM sqlite_schema"));
        assert_eq!(after, before);
    }
    // The version of then still takes it.
    let version_1 = MIGRATIONS.iter().take(1).cloned().collect();
    let version_1 = Migrator::with_migrations(version_1);
    Ledger::open_with(&case.database, &version_1).await.expect("open").close().await;
    assert_eq!(dump(&case.database), before.0);
    // And so does one whose steps work.
    let working = steps_and(vec![step(98, "CREATE TABLE whole (a TEXT);")]);
    Ledger::open_with(&case.database, &working).await.expect("migrate").close().await;
    assert_eq!(rows(&case.database, "SELECT max(version) FROM _sqlx_migrations"), ["98"]);
}
