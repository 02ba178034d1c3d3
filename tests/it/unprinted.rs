//! Answers on a disk that is full.
#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::cli::said;
use crate::harness::PROGRAM;

const CHECKOUT: &str = "Successful Checkout | Walmart US\nProduct\nExample Blocks\nPrice\n$24.97\n\
    Order Number\n#200014000000042\n";

fn on_a_full_disk(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
    let mut command = Command::new(PROGRAM);
    command.args(arguments).current_dir(folder).env_remove("DISCORD_TOKEN");
    command.env_remove("DISCORD_TOKEN_FILE").stdin(Stdio::null()).stdout(full);
    let (code, _, err) = said(&command.output().expect("run the program"));
    (code, err)
}

#[test]
fn an_answer_that_cannot_be_printed_is_a_failure_and_what_was_done_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let message = json!({"id": "1300000000000000001", "channel_id": "5", "guild_id": "6",
        "author": {"id": "7", "username": "Refract", "bot": true}, "content": CHECKOUT});
    std::fs::write(folder.path().join("m.json"), message.to_string()).expect("write");
    std::fs::write(folder.path().join("s.csv"), "order\n200014000000042\n").expect("write");
    let run = |line: &str| on_a_full_disk(folder.path(), &line.split(' ').collect::<Vec<_>>());
    for line in
        ["import m.json", "bulk status s.csv --apply", "bulk undo 1", "reparse", "backup b.db"]
    {
        let (code, err) = run(line);
        assert!(code == 0 && err.contains("it is done all the same"), "{line}: {code}, {err}");
    }
    for line in [
        "stats",
        "stats --format json",
        "open",
        "open --format json",
        "check",
        "bulk status s.csv",
        "bulk list",
        "bulk waiting --format json",
        "export --format csv",
        "export --format json",
        "export --format xlsx",
        "parse m.json",
        "--help",
        "--version",
        "stats --help",
    ] {
        let (code, err) = run(line);
        assert!(code == 1 && err.contains("No space left"), "{line}: {code}, {err}");
        assert_eq!(err.lines().count(), 1, "{line}: {err}");
    }
}
