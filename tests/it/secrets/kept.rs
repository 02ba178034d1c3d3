//! What lies on disk after an import of messages that hide something: database, exports, backup, log.

use std::path::Path;
use std::process::Command;

use refract_ledger::ledger::Ledger;
use serde_json::json;

use super::{Hiding, Undressed, hiding};
use crate::fresh::{dump, rows};
use crate::harness::PROGRAM;

const DATABASE: &str = "refract-ledger.db";
/// Shorter ones stand in ids and times by chance.
pub(super) const LEAST_TELLING: usize = 9;

/// Runs the program, which logs all that it can, and gives what it says.
fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(PROGRAM)
        .args(arguments)
        .current_dir(folder)
        .env("RUST_LOG", "trace")
        .env_remove("DISCORD_TOKEN")
        .output()
        .expect("run the program");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}");
    said
}

/// A line for each message, each of an order of its own.
fn lines(all: &[Hiding]) -> String {
    let line = |(index, hiding): (usize, &Hiding)| {
        let mut json = hiding.json.clone();
        json["id"] = json!((1_300_000_000_000_000_000_u64 + index as u64).to_string());
        let own = format!("1020039000{index:05}");
        format!("{}\n", json.to_string().replace("102003900000021", &own))
    };
    all.iter().enumerate().map(line).collect()
}

/// All messages as they are kept, in their order.
pub(super) async fn messages(database: &Path) -> Vec<String> {
    let ledger = Ledger::open_read_only(database).await.expect("open the database");
    let kept = ledger.stored_messages(None, 1_000).await.expect("kept messages");
    kept.iter().map(|kept| serde_json::to_string(&kept.message).expect("JSON")).collect()
}

#[tokio::test]
async fn nothing_on_disk_holds_a_secret() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = hiding(2026);
    std::fs::write(folder.path().join("messages.jsonl"), lines(&all)).expect("write");
    let mut left = run(folder.path(), &["import", "messages.jsonl"]);
    std::fs::remove_file(folder.path().join("messages.jsonl")).expect("remove");
    left += &run(folder.path(), &["export", "--format", "json"]);
    left += &run(folder.path(), &["export", "--format", "csv"]);
    left += &run(folder.path(), &["reparse"]);
    left += &run(folder.path(), &["backup", "backup.db"]);
    let kept = messages(&folder.path().join(DATABASE)).await;
    assert_eq!(kept.len(), all.len());
    for (hiding, kept) in all.iter().zip(&kept) {
        let found = hiding.left_in(&Undressed::of(kept));
        assert_eq!(found, None, "{}: {kept}", hiding.form);
    }
    for database in [DATABASE, "backup.db"].map(|name| folder.path().join(name)) {
        left += &dump(&database).concat();
        left += &rows(&database, "SELECT details FROM order_events").concat();
        left += &messages(&database).await.concat();
    }
    for entry in std::fs::read_dir(folder.path()).expect("list the folder") {
        let bytes = std::fs::read(entry.expect("an entry").path()).expect("read a file");
        left += &String::from_utf8_lossy(&bytes);
    }
    let left = Undressed::of(&left);
    assert!(left.holds("example kettle"), "what is no secret is there");
    for hiding in &all {
        let telling = hiding.hidden.iter().filter(|hidden| hidden.len() >= LEAST_TELLING);
        let found: Vec<_> = telling.filter(|hidden| left.holds(hidden)).collect();
        assert!(found.is_empty(), "{}: {found:?}", hiding.form);
    }
}
