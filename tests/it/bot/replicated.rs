//! Litestream beside the running bot, where it is installed: the machine is lost, and no order is.

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use discord_sandbox::Sandbox;
use rusqlite::Connection;
use serde_json::json;
use tempfile::TempDir;

use super::forget::forget;
use crate::fresh::rows_of;
use crate::harness::World;

/// The configuration that people are given.
const CONFIGURATION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/deploy/litestream.yml");
const BEFORE: u64 = 300;
const AFTER: u64 = 20;
const COUNT: &str = "SELECT count(*) FROM orders";
const EMAIL: &str = "wanda@example.com";

/// Litestream, and where it keeps what it has copied. It is killed when this is dropped.
struct Litestream {
    program: OsString,
    replica: TempDir,
    running: Option<Child>,
}

impl Litestream {
    /// `None`: it is not installed, which a line on standard error says even of a test that passes.
    fn installed() -> Option<Self> {
        let named = std::env::var_os("LITESTREAM").filter(|path| !path.is_empty());
        let program = named.clone().unwrap_or_else(|| "litestream".into());
        let asked = Command::new(&program).arg("version").stdout(Stdio::null()).status();
        if asked.is_ok_and(|status| status.success()) {
            let replica = tempfile::tempdir().expect("a folder");
            return Some(Self { program, replica, running: None });
        }
        assert!(named.is_none(), "LITESTREAM is {program:?}, which does not run");
        let skipped = "SKIPPED: litestream is not installed; docs/development.md says how\n";
        let _ = std::io::stderr().write_all(skipped.as_bytes());
        None
    }

    fn command(&self, what: &str, database: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args([what, "-config", CONFIGURATION])
            .env("REFRACT_LEDGER_DATABASE_PATH", database)
            .env("LITESTREAM_REPLICA_URL", format!("file://{}", self.replica.path().display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    fn replicate(&mut self, database: &Path) {
        let started = self.command("replicate", database).spawn();
        self.running = Some(started.expect("start litestream"));
    }

    fn kill(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.kill().expect("kill");
            running.wait().expect("wait");
        }
    }

    /// Puts what was copied of a database into a file. False: nothing was copied yet.
    fn restore(&self, database: &Path, into: &Path) -> bool {
        let mut command = self.command("restore", database);
        command.args(["-integrity-check", "full", "-o"]).arg(into).arg(database);
        command.status().expect("run litestream").success()
    }

    /// What a query would give if the machine were lost now.
    fn rows(&self, database: &Path, query: &str) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        let copy = folder.path().join("copy.db");
        if !self.restore(database, &copy) {
            return Vec::new();
        }
        // What was copied before the tables were made has none.
        rows_of(&Connection::open(copy).expect("open"), query).unwrap_or_default()
    }
}

impl Drop for Litestream {
    fn drop(&mut self) {
        self.kill();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_is_lost_costs_no_order() {
    let Some(mut litestream) = Litestream::installed() else { return };
    let mut world = World::with(Sandbox::builder().rate_limits(false)).await;
    // As the units start both: whoever comes first waits for the other.
    litestream.replicate(&world.database());
    let bot = world.start_bot().await;
    let mut posted: Vec<_> = (1..=BEFORE).map(|number| world.checkout(number)).collect();
    world.until("all are stored", async || world.stored() == posted).await;
    let number = world.rows("SELECT order_number FROM orders ORDER BY id LIMIT 1").remove(0);
    let note = json!({"number": number, "text": "for Wanda"});
    world.ask("note", note).await;
    world.ask("mark", json!({"number": number, "status": "sold"})).await;
    let noted = "SELECT notes || status FROM orders WHERE notes IS NOT NULL";
    let kept = world.rows(noted);
    assert_eq!(kept.len(), 1, "{}", world.log());
    let lost = world.database();
    let copied = async || {
        litestream.rows(&lost, COUNT) == [BEFORE.to_string()]
            && litestream.rows(&lost, noted) == kept
    };
    world.until("all is copied", copied).await;

    // The network is gone first, then the machine.
    litestream.kill();
    posted.extend((1..=AFTER).map(|number| world.checkout(BEFORE + number)));
    world.until("the last ones are stored", async || world.stored() == posted).await;
    bot.kill();
    world.folder = tempfile::tempdir().expect("another machine");
    assert!(!lost.exists(), "the machine is gone");
    world.configure("");

    assert!(litestream.restore(&lost, &world.database()), "the way back");
    assert_eq!(world.stored(), posted[..posted.len() - 20], "what was copied");
    litestream.replicate(&world.database());
    let bot = world.start_bot().await;
    world.until("the rest is read", async || world.stored() == posted).await;
    assert_eq!(world.rows(noted), kept, "what is in no channel");
    // And the copies go on from there.
    let newest = world.checkout(BEFORE + AFTER + 1);
    world.sees(newest, "✅").await;
    let (here, all) = (world.database(), (BEFORE + AFTER + 1).to_string());
    let copied = async || litestream.rows(&here, COUNT) == [all.as_str()];
    world.until("the new ones are copied", copied).await;
    world.stop_bot(bot).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_forgotten_leaves_the_file_when_litestream_is_stopped() {
    let Some(mut litestream) = Litestream::installed() else { return };
    let world = World::new().await;
    litestream.replicate(&world.database());
    let _bot = world.start_bot().await;
    let fields = [("Order Number", "102003000000018"), ("Email", EMAIL)];
    let message = world.post_fields("Successful Checkout | Target", &fields);
    world.sees(message, "✅").await;
    let here = world.database();
    let addresses = "SELECT email FROM orders";
    world.until("it is copied", async || litestream.rows(&here, addresses) == [EMAIL]).await;
    // It waits for the reader for some seconds first.
    let (_, done) = forget(&world, json!({"email": EMAIL})).await;
    let says = |done, part: &str| world.sandbox.followed(done).text().contains(part);
    world.until("traces are left", async || says(&done, "traces may be left")).await;
    litestream.kill();
    let (_, done) = forget(&world, json!({"email": EMAIL})).await;
    world.until("none are left", async || says(&done, "Nothing of it is left")).await;
    for ending in ["", "-wal"] {
        let file = world.folder.path().join(format!("refract-ledger.db{ending}"));
        let text = String::from_utf8_lossy(&std::fs::read(file).unwrap_or_default()).into_owned();
        assert!(!text.contains(EMAIL), "in the file{ending}");
    }
    litestream.replicate(&here);
    world.until("the copy follows", async || litestream.rows(&here, addresses) == ["-"]).await;
}
