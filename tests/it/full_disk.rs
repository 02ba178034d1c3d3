//! A disk that is full while the bot runs. A limit on the size of files stands for it: what is written
//! beyond it fails, and the limit can be lifted while the process runs.

#![cfg(target_os = "linux")]

use std::fs::OpenOptions;
use std::process::{Child, Command, Stdio};

use refract_ledger::ids::MessageId;
use serde_json::json;

use crate::fresh::rows;
use crate::harness::{PATIENCE, PROGRAM, World};

const FULL: &str = "the database cannot be written: its disk reports an error: it is full";
/// In bytes: the database is smaller, its log reaches that after a few commits.
const ROOM: &str = "2500000";
/// More than fit.
const MANY: u64 = 100;

/// A bot whose files may not grow beyond [`ROOM`]; it is killed when it is dropped.
struct Limited(Child);

impl Limited {
    async fn start(world: &World) -> Self {
        let mut options = OpenOptions::new();
        let log = options
            .create(true)
            .append(true)
            .open(world.folder.path().join("bot.log"))
            .expect("open the log");
        // Without the trap the signal of the limit ends the process.
        let script = format!("trap '' XFSZ; exec {PROGRAM} run");
        let child = Command::new("prlimit")
            .args([&format!("--fsize={ROOM}:unlimited"), "sh", "-c", &script])
            .current_dir(world.folder.path())
            .env("DISCORD_TOKEN", world.sandbox.token())
            .env_remove("RUST_LOG")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn();
        let bot = Self(child.expect("start the bot"));
        assert!(world.sandbox.wait_for_bot(PATIENCE).await, "{}", world.log());
        assert!(world.sandbox.wait_for_commands(PATIENCE).await, "{}", world.log());
        bot
    }

    fn make_room(&self) {
        self.limit("--fsize=unlimited");
    }

    /// From now on not even the smallest change fits; the log of the bot does.
    fn leave_no_room(&self) {
        self.limit("--fsize=100000:unlimited");
    }

    fn limit(&self, size: &str) {
        let pid = self.0.id().to_string();
        let done = Command::new("prlimit").args(["--pid", &pid, size]).status();
        assert!(done.expect("prlimit").success());
    }
}

impl Drop for Limited {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Posts checkouts until the disk is full; gives all that were posted.
async fn fill(world: &World) -> Vec<MessageId> {
    let mut posted = Vec::new();
    for number in 1..=MANY {
        let message = world.checkout(number);
        posted.push(message);
        let full = || world.log().contains(FULL);
        let stored_or_full = async || full() || !world.sandbox.bot_reactions(message).is_empty();
        world.until("it is stored, or the disk is full", stored_or_full).await;
        if full() {
            return posted;
        }
    }
    panic!("the disk is never full:\n{}", world.log());
}

fn stored(world: &World) -> Vec<String> {
    let database = world.folder.path().join("refract-ledger.db");
    rows(&database, "SELECT message_id FROM deliveries ORDER BY message_id")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_while_the_disk_is_full_is_stored_once_there_is_room() {
    let world = World::new().await;
    let bot = Limited::start(&world).await;
    let first: Vec<MessageId> = (501..=511).map(|number| world.checkout(number)).collect();
    for message in &first {
        world.sees(*message, "✅").await;
    }
    // Too long for the buttons, so the ledger keeps it.
    let asked = json!({"query": "0 ".repeat(45)});
    let list = world.ask("orders search", asked).await;
    let older = list.custom_id("Older ▶").expect("a button");
    let mut posted = [first, fill(&world).await].concat();
    let before = stored(&world);
    assert!(before.len() < posted.len(), "{before:?}");
    let late: Vec<MessageId> = (1..=5).map(|number| world.checkout(1000 + number)).collect();
    for _ in 0..20 {
        world.ask("help", json!({})).await;
    }
    assert_eq!(stored(&world), before, "no row");
    for message in &late {
        assert_eq!(
            world.sandbox.bot_reactions(*message),
            Vec::<String>::new(),
            "no acknowledgement"
        );
    }
    bot.leave_no_room();
    let message = list.message.expect("a message");
    let turned = world.sandbox.press(world.owner, message, &older).await.expect("pressed");
    assert!(turned.text().contains("page 2 of"), "{}", turned.text());
    assert!(world.log().contains("could not note that a list is in use"), "{}", world.log());
    assert!(turned.custom_id("◀ Newer").is_some_and(|newer| newer.contains('#')), "{turned:?}");
    let list = world.ask("orders search", json!({"query": "1 ".repeat(45)})).await;
    assert!(list.text().contains("Orders matching"), "{}", list.text());
    let no_pages = "No pages: the database can't be written right now";
    assert!(list.parts().any(|part| part["label"] == no_pages), "{list:?}");
    posted.extend(late);
    bot.make_room();
    for message in &posted {
        world.sees(*message, "✅").await;
        assert_eq!(world.sandbox.bot_reactions(*message), ["✅"]);
    }
    let all: Vec<String> = posted.iter().map(ToString::to_string).collect();
    assert_eq!(stored(&world), all);
    assert_eq!(world.exported().len(), posted.len());
    let log = world.log();
    assert_eq!(log.matches(FULL).count(), 1, "told once:\n{log}");
    assert_eq!(log.matches("free some space").count(), 1, "{log}");
    assert_eq!(log.matches("the database can be written again").count(), 1, "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_while_the_disk_was_full_is_fetched_after_a_restart() {
    let world = World::new().await;
    let mut bot = Limited::start(&world).await;
    let posted = fill(&world).await;
    assert!(stored(&world).len() < posted.len());
    // Asked to stop, it does not wait for the disk for ever.
    let asked = Command::new("kill").arg(bot.0.id().to_string()).status();
    assert!(asked.expect("send SIGTERM").success());
    assert_eq!(bot.0.wait().expect("wait").code(), Some(0), "{}", world.log());
    let _bot = world.start_bot().await;
    for message in &posted {
        world.sees(*message, "✅").await;
    }
    assert_eq!(world.exported().len(), posted.len());
}
