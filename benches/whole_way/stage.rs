//! A sandbox, and a consumer that listens to it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use discord_sandbox::{Sandbox, Webhook};
use refract_ledger::refract::{self, Event};

use crate::{BARE, PATIENCE};

/// Messages of a page of the history.
pub(crate) const PAGE: usize = 100;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consumer {
    Bare,
    Ledger,
}

/// A sandbox with a watched channel, and the folder of a bot that is configured for it.
pub(crate) struct Stage {
    pub(crate) sandbox: Sandbox,
    webhook: Webhook,
    folder: tempfile::TempDir,
}

/// A consumer's process; it ends with this.
pub(crate) struct Running(Child);

impl Running {
    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl Stage {
    pub(crate) async fn set() -> Self {
        let sandbox =
            Sandbox::builder().rate_limits(false).replay(100).start().await.expect("start");
        let guild = sandbox.add_guild("Benchmark");
        let channel = sandbox.add_channel(guild, "checkouts");
        let webhook = sandbox.add_webhook(channel, "Refract");
        let folder = tempfile::tempdir().expect("a folder");
        let config = format!(
            "[discord]\napi_url = \"{}\"\n[[watch]]\nchannel_id = \"{channel}\"\n",
            sandbox.api_url()
        );
        std::fs::write(folder.path().join("config.toml"), config).expect("write");
        Self { sandbox, webhook, folder }
    }

    /// Starts a consumer that waits for so many messages, and waits until it listens.
    pub(crate) async fn start(&self, consumer: Consumer, awaited: usize) -> Running {
        let mut command = match consumer {
            Consumer::Bare => {
                let mut command = Command::new(std::env::current_exe().expect("this program"));
                command.env(BARE, format!("{awaited} {}", self.sandbox.api_url()));
                command
            }
            Consumer::Ledger => {
                let mut command = Command::new(env!("CARGO_BIN_EXE_refract-ledger"));
                command.arg("run");
                command
            }
        };
        let child = command
            .current_dir(self.folder.path())
            .env("DISCORD_TOKEN", self.sandbox.token())
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .spawn()
            .expect("spawn");
        assert!(self.sandbox.wait_for_bot(PATIENCE).await, "the consumer connects");
        Running(child)
    }

    pub(crate) fn post(&self, number: usize) {
        let payload = refract::payload(Event::Checkout, number as u64, chrono::Utc::now());
        self.sandbox.post(&self.webhook, payload).expect("posted");
    }

    /// Fetches all pages of the channel's history, one after the other, and reads their JSON.
    pub(crate) async fn fetch_history(&self) -> Duration {
        let client = reqwest::Client::new();
        let url = format!(
            "{}/api/v10/channels/{}/messages",
            self.sandbox.api_url(),
            self.webhook.channel
        );
        let token = format!("Bot {}", self.sandbox.token());
        let start = Instant::now();
        let mut after = 0_u64;
        loop {
            let url = format!("{url}?limit={PAGE}&after={after}");
            let request = client.get(&url).header("authorization", &token);
            let page = request.send().await.expect("an answer").bytes().await.expect("a page");
            let page: Vec<serde_json::Value> = serde_json::from_slice(&page).expect("a list");
            let Some(last) = page.first().and_then(|message| message["id"].as_str()) else { break };
            after = last.parse().expect("an id");
        }
        start.elapsed()
    }

    /// Waits until the consumer has counted, or stored, so many messages.
    pub(crate) async fn finished(&self, consumer: Consumer, messages: usize) {
        let done = self.folder.path().join("done");
        let database = self.database();
        wait_for(|| match consumer {
            Consumer::Bare => done.exists(),
            Consumer::Ledger => stored(&database) == messages,
        })
        .await;
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("refract-ledger.db")
    }
}

async fn wait_for(condition: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < end, "it takes too long");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Orders that are committed.
fn stored(database: &Path) -> usize {
    let count = || {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let connection = rusqlite::Connection::open_with_flags(database, flags)?;
        connection.query_row("SELECT count(*) FROM orders", [], |row| row.get::<_, i64>(0))
    };
    count().map_or(0, |count| usize::try_from(count).expect("a count"))
}
