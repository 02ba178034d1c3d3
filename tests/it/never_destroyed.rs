//! Whatever a command writes, it destroys no database, no backup and no file that it cannot replace.

#[cfg(unix)]
use std::collections::BTreeMap;
#[cfg(unix)]
use std::path::Path;

use refract_ledger::ledger::Ledger;
use serde_json::json;
use tempfile::TempDir;

use crate::cli::{call, said};

const DATABASE: &str = "refract-ledger.db";

/// A folder with a database of one order.
fn with_an_order() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let text =
        "Successful Checkout | Target\nProduct\nExample Box\nOrder Number\n#102003900000107\n";
    let message = json!({"id": "1", "channel_id": "5", "guild_id": "6", "content": text,
        "author": {"id": "7", "username": "Refract", "bot": true}});
    std::fs::write(folder.path().join("m.json"), message.to_string()).expect("write");
    let (code, _, err) = said(&call(folder.path(), &["import", "m.json"]));
    assert_eq!(code, 0, "{err}");
    std::fs::remove_file(folder.path().join("m.json")).expect("remove");
    folder
}

/// All that lies in a folder, but what SQLite makes by itself.
#[cfg(unix)]
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("list the folder");
    let files = entries.map(|entry| {
        let entry = entry.expect("an entry");
        let bytes = std::fs::read(entry.path()).unwrap_or_default();
        (entry.file_name().into_string().expect("a name"), bytes)
    });
    files.filter(|(name, _)| !name.ends_with("-shm") && !name.ends_with("-wal")).collect()
}

#[cfg(unix)]
#[test]
fn no_file_is_written_onto_a_database_by_whatever_name() {
    let folder = with_an_order();
    let path = |name: &str| folder.path().join(name);
    for (link, to) in [("link.csv", DATABASE), ("lock.csv", "refract-ledger.db.lock")] {
        std::os::unix::fs::symlink(to, path(link)).expect("a link");
    }
    std::os::unix::fs::symlink("link.csv", path("link-to-link.csv")).expect("a link");
    std::fs::copy(path(DATABASE), path("copy.csv")).expect("copy");
    std::fs::hard_link(path("copy.csv"), path("twin.csv")).expect("a link");
    std::fs::hard_link(path("refract-ledger.db.lock"), path("lock-twin.csv")).expect("a link");
    let before = files(folder.path());
    for name in [
        DATABASE,
        "./refract-ledger.db",
        "link.csv",
        "link-to-link.csv",
        "lock.csv",
        "lock-twin.csv",
        "twin.csv",
        "refract-ledger.db-wal",
        "refract-ledger.db-shm",
        "refract-ledger.db-journal",
        "refract-ledger.db.lock",
        "refract-ledger.db.import-lock",
        // Of another database than the configured one.
        "copy.csv-wal",
    ] {
        let (code, out, err) =
            said(&call(folder.path(), &["export", "--format", "csv", "-o", name]));
        assert_eq!((code, out.as_str()), (2, ""), "{name}: {err}");
        assert!(err.contains(&format!("{name} is a database or belongs to one")), "{name}: {err}");
        assert_eq!(files(folder.path()), before, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_written_is_its_owners_and_a_link_stays_one() {
    use std::os::unix::fs::PermissionsExt;
    let folder = with_an_order();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("old.csv"), "old").expect("write");
    std::fs::set_permissions(path("old.csv"), PermissionsExt::from_mode(0o644)).expect("rights");
    std::os::unix::fs::symlink("old.csv", path("link.csv")).expect("a link");
    std::os::unix::fs::symlink("there.db", path("backup.db")).expect("a link");
    for (arguments, written) in [
        (["export", "-o", "link.csv"].as_slice(), "old.csv"),
        (&["backup", "backup.db"], "there.db"),
    ] {
        let (code, _, err) = said(&call(folder.path(), arguments));
        assert_eq!(code, 0, "{arguments:?}: {err}");
        let mode = path(written).metadata().expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{written}");
    }
    assert!(path("link.csv").is_symlink() && path("backup.db").is_symlink());
    let exported = std::fs::read_to_string(path("old.csv")).expect("read");
    assert!(exported.contains("102003900000107"), "{exported}");
    let (code, _, err) =
        said(&call(folder.path(), &["export", "--format", "json", "-o", "/dev/null"]));
    assert_eq!(code, 0, "a device is written through: {err}");
}

#[test]
fn a_backup_takes_no_name_that_sqlite_gives_to_the_files_of_another_database() {
    let folder = with_an_order();
    assert_eq!(said(&call(folder.path(), &["backup", "good.db"])).0, 0);
    for ending in ["-journal", "-wal", "-shm", ".lock", ".import-lock"] {
        let name = format!("good.db{ending}");
        let (code, _, err) = said(&call(folder.path(), &["backup", &name]));
        assert!(code == 1 && err.contains("belongs to another database"), "{name}: {err}");
        assert!(!folder.path().join(&name).exists(), "{name}");
    }
    let (code, _, err) = said(&call(folder.path(), &["restore", "good.db"]));
    assert_eq!(code, 0, "{err}");
}

#[cfg(unix)]
#[test]
fn a_database_that_everybody_could_read_is_taken_away_from_them() {
    use std::os::unix::fs::PermissionsExt;
    let folder = with_an_order();
    let database = folder.path().join(DATABASE);
    for (before, after) in [(0o644, 0o600), (0o666, 0o600), (0o640, 0o640), (0o600, 0o600)] {
        std::fs::set_permissions(&database, PermissionsExt::from_mode(before)).expect("rights");
        let (code, _, err) = said(&call(folder.path(), &["reparse"]));
        assert_eq!(code, 0, "{err}");
        let mode = database.metadata().expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, after, "{before:o}");
    }
}

#[cfg(feature = "demo")]
#[test]
fn what_the_demo_keeps_is_whole_in_one_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, _, err) = said(&call(folder.path(), &["demo", "--keep", "kept"]));
    assert_eq!(code, 0, "{err}");
    let copy = folder.path().join("copy.db");
    std::fs::copy(folder.path().join("kept").join(DATABASE), &copy).expect("copy");
    let copy = rusqlite::Connection::open(copy).expect("a database");
    let orders: i64 =
        copy.query_row("SELECT count(*) FROM orders", [], |row| row.get(0)).expect("orders");
    assert!(orders > 40, "{orders}");
}

#[test]
fn an_empty_ledger_replaces_a_good_backup_only_when_it_is_told_to() {
    let folder = with_an_order();
    let backup = |more: &[&str]| {
        said(&call(folder.path(), &[["backup", "copy.db"].as_slice(), more].concat()))
    };
    assert_eq!(backup(&[]).0, 0);
    let good = std::fs::read(folder.path().join("copy.db")).expect("a backup");
    for ending in ["", "-wal", "-shm"] {
        std::fs::remove_file(folder.path().join(format!("{DATABASE}{ending}"))).ok();
    }
    let new = tokio::runtime::Runtime::new().expect("a runtime");
    new.block_on(async {
        let ledger = Ledger::open(&folder.path().join(DATABASE)).await.expect("a new database");
        ledger.close().await;
    });
    let (code, _, err) = backup(&[]);
    assert_eq!(code, 1, "{err}");
    assert!(err.contains("holds 1 message, and the database is empty"), "{err}");
    assert!(err.contains("--anyway"), "{err}");
    assert_eq!(std::fs::read(folder.path().join("copy.db")).expect("a backup"), good);
    let (code, out, err) = backup(&["--anyway"]);
    assert!(code == 0 && out.contains("0 messages"), "{out}{err}");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn who_comes_by_a_link_finds_the_database_locked() {
    let folder = with_an_order();
    let path = |name: &str| folder.path().join(name);
    assert_eq!(said(&call(folder.path(), &["backup", "copy.db"])).0, 0);
    std::os::unix::fs::symlink(DATABASE, path("link.db")).expect("a link");
    std::fs::write(path("config.toml"), "[database]\npath = \"link.db\"\n").expect("write");
    let ledger = Ledger::open(&path(DATABASE)).await.expect("the database");
    for arguments in [["reparse"].as_slice(), &["restore", "copy.db"]] {
        let (code, _, err) = said(&call(folder.path(), arguments));
        assert!(code == 1 && err.contains("already using the database"), "{arguments:?}: {err}");
    }
    ledger.close().await;
    drop(ledger);
    let (code, _, err) = said(&call(folder.path(), &["restore", "copy.db"]));
    assert_eq!(code, 0, "{err}");
    assert!(path("link.db").is_symlink(), "what the link leads to is replaced");
    std::fs::hard_link(path(DATABASE), path("twin.db")).expect("a link");
    for arguments in [["reparse"].as_slice(), &["restore", "copy.db"]] {
        let (code, _, err) = said(&call(folder.path(), arguments));
        assert!(code == 1 && err.contains("has a second name"), "{arguments:?}: {err}");
    }
}

#[cfg(feature = "demo")]
#[test]
fn the_demo_takes_nobodys_database() {
    let folder = with_an_order();
    let before = std::fs::read(folder.path().join(DATABASE)).expect("a database");
    for (arguments, part) in [
        (["demo", "--keep", "."], "already exists"),
        (["demo", "--picture", DATABASE], "is a database or belongs to one"),
    ] {
        let (code, _, err) = said(&call(folder.path(), &arguments));
        assert!(code == 1 && err.contains(part), "{arguments:?}: {err}");
        assert_eq!(std::fs::read(folder.path().join(DATABASE)).expect("a database"), before);
    }
}
