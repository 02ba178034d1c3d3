//! `backup` and `restore`, as people use them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use refract_ledger::ledger::MIGRATIONS;
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tempfile::TempDir;

use crate::fresh::{dump, rows};
use crate::harness::{PROGRAM, World};

const DATABASE: &str = "refract-ledger.db";

/// A folder with a database of some orders, made by imports.
struct Place(TempDir);

impl Place {
    fn with_orders(count: u64) -> Self {
        let place = Self(tempfile::tempdir().expect("a folder"));
        place.import(1..=count);
        place
    }

    fn import(&self, numbers: impl Iterator<Item = u64>) {
        let line = |number: u64| {
            let text = format!(
                "Successful Checkout | Target\nProduct\nConsole\nOrder Number\n#1020030000{number:05}"
            );
            let message = json!({"id": number.to_string(), "channel_id": "5", "guild_id": "6",
                "author": {"id": "7", "username": "Refract", "bot": true}, "content": text});
            format!("{message}\n")
        };
        let path = self.path("messages.jsonl");
        std::fs::write(&path, numbers.map(line).collect::<String>()).expect("write");
        assert_eq!(self.said(&["import", "messages.jsonl"]).0, 0);
        std::fs::remove_file(path).expect("remove");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn said(&self, arguments: &[&str]) -> (i32, String) {
        said(
            &Command::new(PROGRAM)
                .args(arguments)
                .current_dir(self.0.path())
                .stdin(Stdio::null())
                .output()
                .expect("run the program"),
        )
    }

    fn orders(&self) -> usize {
        rows(&self.path(DATABASE), "SELECT id FROM orders").len()
    }

    /// The files that lie there but those that SQLite makes by itself, and what is in them.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = std::fs::read_dir(self.0.path()).expect("list the folder");
        let files = entries.map(|entry| {
            let entry = entry.expect("an entry");
            let bytes = std::fs::read(entry.path()).unwrap_or_default();
            (entry.file_name().into_string().expect("a name"), bytes)
        });
        files.filter(|(name, _)| name != "refract-ledger.db-shm").collect()
    }
}

fn said(output: &Output) -> (i32, String) {
    let text = [output.stdout.as_slice(), &output.stderr].concat();
    (output.status.code().expect("an exit code"), String::from_utf8(text).expect("UTF-8"))
}

/// What a sentence for a person must be.
fn assert_one_sentence(text: &str) {
    assert_eq!(text.trim_end().lines().count(), 1, "{text}");
    assert!(text.starts_with("refract-ledger: "), "{text}");
}

#[test]
fn a_backup_says_where_it_is_and_what_is_in_it() {
    let place = Place::with_orders(3);
    let (code, text) = place.said(&["backup", "copy.db"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.starts_with("copy.db holds 3 orders and 3 messages, "), "{text}");
    assert_eq!(dump(&place.path("copy.db")), dump(&place.path(DATABASE)));
    place.import(4..=4);
    let (code, text) = place.said(&["backup", "copy.db"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("4 orders"), "an earlier backup is replaced: {text}");
    let left: Vec<String> =
        place.files().into_keys().filter(|name| name.starts_with("copy")).collect();
    assert_eq!(left, ["copy.db"]);
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_a_backup() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with_orders(1);
    place.said(&["backup", "copy.db"]);
    place.said(&["restore", "copy.db"]);
    for name in ["copy.db", DATABASE, "refract-ledger.db.before-restore"] {
        let mode = place.path(name).metadata().expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

/// Root brings a backup back, or a file, into what belongs to the service.
#[cfg(unix)]
#[test]
fn what_root_makes_beside_a_services_database_is_the_services() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let place = Place::with_orders(1);
    let owner = |name: &str| place.path(name).metadata().map(|file| (file.uid(), file.gid()));
    if owner(DATABASE).expect("a file").0 != 0 {
        let _ = std::io::Write::write_all(&mut std::io::stderr(), b"SKIPPED: it takes root\n");
        return;
    }
    place.said(&["backup", "copy.db"]);
    std::fs::remove_file(place.path("refract-ledger.db.lock")).expect("remove");
    std::fs::remove_file(place.path("refract-ledger.db.import-lock")).expect("remove");
    chown(place.path(DATABASE), Some(10_001), Some(10_002)).expect("give it away");
    let rights = std::fs::Permissions::from_mode(0o640);
    std::fs::set_permissions(place.path(DATABASE), rights).expect("change");
    place.import(2..=2);
    let (code, text) = place.said(&["restore", "copy.db"]);
    assert_eq!(code, 0, "{text}");
    let names = [
        DATABASE,
        "refract-ledger.db.lock",
        "refract-ledger.db.import-lock",
        "refract-ledger.db.before-restore",
    ];
    for name in names {
        assert_eq!(owner(name).expect(name), (10_001, 10_002), "{name}");
    }
    let mode = place.path(DATABASE).metadata().expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640, "the group keeps its rights");
    // In the folder of a service, before its first start.
    let other = Place(tempfile::tempdir().expect("a folder"));
    chown(other.0.path(), Some(10_001), Some(10_002)).expect("give it away");
    other.import(1..=1);
    other.said(&["export", "-o", "orders.csv"]);
    for name in other.files().into_keys() {
        let owner = other.path(&name).metadata().expect("a file").uid();
        assert_eq!(owner, 10_001, "{name}");
    }
}

#[test]
fn a_backup_replaces_nothing_but_a_backup() {
    let place = Place::with_orders(1);
    let other = rusqlite::Connection::open(place.path("songs.db")).expect("open");
    other.execute_batch("CREATE TABLE songs (name TEXT)").expect("a table");
    other.close().expect("close");
    place.said(&["backup", "half.db"]);
    let half = std::fs::read(place.path("half.db")).expect("read");
    std::fs::write(place.path("half.db"), &half[..half.len() / 2]).expect("write");
    std::fs::write(place.path("notes.txt"), "my notes").expect("write");
    std::fs::write(place.path("empty"), "").expect("write");
    std::fs::create_dir(place.path("folder")).expect("a folder");
    std::fs::hard_link(place.path(DATABASE), place.path("twin.db")).expect("a link");
    let before = place.files();
    for (file, part) in [
        ("songs.db", "not an intact backup"),
        ("half.db", "not an intact backup"),
        ("notes.txt", "not an intact backup"),
        ("empty", "not an intact backup"),
        ("folder", "not an intact backup"),
        (DATABASE, "the database itself"),
        ("./refract-ledger.db", "the database itself"),
        ("twin.db", "the database itself"),
        ("refract-ledger.db-wal", "the database itself"),
        ("nowhere/copy.db", "nowhere does not exist"),
    ] {
        let (code, text) = place.said(&["backup", file]);
        assert_eq!(code, 1, "{file}: {text}");
        assert!(text.contains(part), "{file}: {text}");
        assert_one_sentence(&text);
    }
    assert_eq!(place.files(), before, "nothing was touched");
}

#[test]
fn a_backup_that_somebody_has_open_is_not_replaced() {
    let place = Place::with_orders(1);
    place.said(&["backup", "copy.db"]);
    let other = rusqlite::Connection::open(place.path("copy.db")).expect("open");
    other.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE notes (text)").expect("write");
    let (code, text) = place.said(&["backup", "copy.db"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("in use"), "{text}");
    assert_eq!(rows(&place.path("copy.db"), "SELECT * FROM notes").len(), 0);
}

#[test]
fn without_a_database_there_is_no_backup() {
    let place = Place(tempfile::tempdir().expect("a folder"));
    let (code, text) = place.said(&["backup", "copy.db"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("There is no database"), "{text}");
    assert!(place.files().is_empty());
}

#[test]
fn what_is_restored_is_the_backup_and_the_old_database_is_kept() {
    let place = Place::with_orders(2);
    place.said(&["backup", "copy.db"]);
    let old = dump(&place.path(DATABASE));
    place.import(3..=5);
    let new = dump(&place.path(DATABASE));
    let (code, text) = place.said(&["restore", "copy.db"]);
    assert_eq!(code, 0, "{text}");
    for part in ["2 orders and 2 messages", "refract-ledger.db.before-restore", "history"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(dump(&place.path(DATABASE)), old);
    assert_eq!(dump(&place.path("refract-ledger.db.before-restore")), new);
    // The way back again, without losing either.
    let (code, text) = place.said(&["restore", "refract-ledger.db.before-restore"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(dump(&place.path(DATABASE)), new);
    assert_eq!(dump(&place.path("refract-ledger.db.before-restore-2")), old);
    place.import(6..=6);
    assert_eq!(place.orders(), 6);
}

#[test]
fn a_restore_works_where_there_is_no_database() {
    let place = Place::with_orders(2);
    place.said(&["backup", "copy.db"]);
    let other = Place(tempfile::tempdir().expect("a folder"));
    let copy = place.path("copy.db");
    let (code, text) = other.said(&["restore", copy.to_str().expect("text")]);
    assert_eq!(code, 0, "{text}");
    assert!(!text.contains("before-restore"), "{text}");
    assert_eq!(other.orders(), 2);
}

#[test]
fn what_cannot_be_restored_touches_nothing() {
    let place = Place::with_orders(2);
    place.said(&["backup", "copy.db"]);
    let copy = std::fs::read(place.path("copy.db")).expect("read");
    std::fs::write(place.path("half.db"), &copy[..copy.len() / 2]).expect("write");
    let mut damaged = copy.clone();
    // The pages behind the first, which holds what every look at the file reads.
    for byte in damaged.iter_mut().skip(8 * 4096).take(40 * 4096) {
        *byte ^= 0x55;
    }
    std::fs::write(place.path("damaged.db"), damaged).expect("write");
    // An index that nothing reads here.
    let page = "SELECT rootpage FROM sqlite_schema WHERE name = 'order_messages_by_order'";
    let page: usize = rows(&place.path("copy.db"), page)[0].parse().expect("a number");
    let mut hidden = copy;
    hidden[(page - 1) * 4096..page * 4096].fill(0x55);
    std::fs::write(place.path("hidden.db"), hidden).expect("write");
    std::fs::write(place.path("notes.txt"), "my notes").expect("write");
    std::fs::copy(place.path("copy.db"), place.path("newer.db")).expect("copy");
    let newer = rusqlite::Connection::open(place.path("newer.db")).expect("open");
    newer.execute_batch("UPDATE _sqlx_migrations SET version = version + 9000").expect("update");
    newer.close().expect("close");
    let songs = rusqlite::Connection::open(place.path("songs.db")).expect("open");
    songs.execute_batch("CREATE TABLE songs (name TEXT)").expect("a table");
    songs.close().expect("close");
    let before = place.files();
    for (file, part) in [
        ("missing.db", "There is no file missing.db"),
        ("half.db", "damaged"),
        ("damaged.db", "damaged"),
        ("hidden.db", "damaged"),
        ("notes.txt", "not an SQLite database"),
        ("songs.db", "not a database of refract-ledger"),
        ("newer.db", "newer"),
        (DATABASE, "the database itself"),
        (".", "There is no file"),
    ] {
        let (code, text) = place.said(&["restore", file]);
        assert_eq!(code, 1, "{file}: {text}");
        assert!(text.contains(part), "{file}: {text}");
        assert_one_sentence(&text);
    }
    assert_eq!(place.files(), before, "nothing was touched");
}

#[test]
fn a_damaged_database_is_moved_away_with_what_lies_beside_it() {
    let place = Place::with_orders(2);
    place.said(&["backup", "copy.db"]);
    std::fs::write(place.path(DATABASE), "garbage".repeat(999)).expect("write");
    std::fs::write(place.path("refract-ledger.db-wal"), "of the damaged one").expect("write");
    let (code, text) = place.said(&["restore", "copy.db"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(place.orders(), 2);
    let files = place.files();
    assert!(files["refract-ledger.db.before-restore"].starts_with(b"garbage"));
    assert_eq!(files["refract-ledger.db.before-restore-wal"], b"of the damaged one");
}

#[test]
fn what_a_crash_left_behind_is_in_nobodys_way() {
    let place = Place::with_orders(2);
    place.said(&["backup", "copy.db"]);
    for name in ["refract-ledger.db.restoring", "refract-ledger.db.restoring-journal"] {
        std::fs::write(place.path(name), "half of a copy").expect("write");
    }
    place.import(3..=3);
    let (code, text) = place.said(&["restore", "copy.db"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(place.orders(), 2);
    let left = place.files().into_keys().filter(|name| name.contains("restoring")).count();
    assert_eq!(left, 0);
}

#[test]
fn a_database_that_another_program_has_open_is_not_replaced() {
    let place = Place::with_orders(2);
    place.said(&["backup", "copy.db"]);
    place.import(3..=3);
    let other = rusqlite::Connection::open(place.path(DATABASE)).expect("open");
    let count = |connection: &rusqlite::Connection| -> i64 {
        let orders = "SELECT count(*) FROM orders";
        connection.query_row(orders, [], |row| row.get(0)).expect("count")
    };
    assert_eq!(count(&other), 3);
    let (code, text) = place.said(&["restore", "copy.db"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("Another program is using the database"), "{text}");
    assert_one_sentence(&text);
    assert_eq!(count(&other), 3);
    other.close().expect("close");
    assert_eq!(place.said(&["restore", "copy.db"]).0, 0);
    assert_eq!(place.orders(), 2);
}

#[tokio::test]
async fn a_backup_of_an_older_version_is_brought_up_to_date() {
    let place = Place(tempfile::tempdir().expect("a folder"));
    let options = SqliteConnectOptions::new().filename(place.path("old.db"));
    let mut old = options.create_if_missing(true).connect().await.expect("open");
    MIGRATIONS.run_to(1, &mut old).await.expect("migrate");
    old.close().await.expect("close");
    let (code, text) = place.said(&["restore", "old.db"]);
    assert_eq!(code, 0, "{text}");
    place.import(1..=1);
    assert_eq!(place.orders(), 1);
}

/// Numbers of the orders in a database, and whether each message has what was made of it.
fn whole(database: &Path) -> usize {
    let torn = "SELECT message_id FROM deliveries WHERE outcome = 'stored'
                AND message_id NOT IN (SELECT message_id FROM orders)";
    assert_eq!(rows(database, torn), Vec::<String>::new());
    assert_eq!(rows(database, "PRAGMA integrity_check"), ["ok"]);
    rows(database, "SELECT id FROM orders").len()
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_made_while_the_bot_writes_are_consistent() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let mut numbers = Vec::new();
    let mut posted = Vec::new();
    for round in 0..5 {
        for index in 1..=30 {
            posted.push(world.checkout(round * 30 + index));
        }
        let output = world.call(&["backup", "copy.db"]);
        assert!(output.status.success(), "{output:?}");
        numbers.push(whole(&world.folder.path().join("copy.db")));
    }
    assert!(numbers.is_sorted(), "{numbers:?}");
    world.sees_all(&posted, "✅").await;
    assert!(world.call(&["backup", "copy.db"]).status.success());
    assert_eq!(whole(&world.folder.path().join("copy.db")), 150);
    let (code, text) = said(&world.call(&["restore", "copy.db"]));
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("already using the database"), "a live bot: {text}");
    assert_eq!(world.exported().len(), 150);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_backup_catches_up_from_the_channels_history() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    for number in 1..=3 {
        let message = world.checkout(number);
        world.sees(message, "✅").await;
    }
    assert!(world.call(&["backup", "copy.db"]).status.success());
    let mut last = None;
    for number in 4..=9 {
        let message = world.checkout(number);
        world.sees(message, "✅").await;
        last = Some(message);
    }
    let numbers = |orders: Vec<Value>| -> Vec<Value> {
        orders.into_iter().map(|order| order["order_number"].clone()).collect()
    };
    let all = numbers(world.exported());
    bot.kill();
    let (code, text) = said(&world.call(&["restore", "copy.db"]));
    assert_eq!(code, 0, "{text}");
    assert_eq!(world.exported().len(), 3);
    let _bot = world.start_bot().await;
    let after = world.checkout(10);
    world.sees(after, "✅").await;
    // The history is read oldest first, so that the last one closes the gap.
    let last = last.expect("a checkout").to_string();
    for _ in 0..1000 {
        let log = world.ask("logs recent", json!({"limit": 25})).await.text();
        if log.contains(&last) {
            break;
        }
    }
    let mut caught_up = numbers(world.exported());
    assert_eq!(caught_up.pop(), numbers(world.exported()).last().cloned());
    assert_eq!(caught_up, all, "{}", world.log());
}
