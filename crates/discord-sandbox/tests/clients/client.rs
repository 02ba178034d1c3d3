//! A bot that is a program of its own.

use std::fs::File;
use std::future::Future;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use discord_sandbox::Sandbox;
use tokio::process::{Child, Command};

use crate::town::LONG;

/// What a variable says of where a client is installed. `None`: it is not, which a line on standard error says
/// even of a test that passes.
pub(super) fn installed(variable: &str) -> Option<String> {
    let found = std::env::var(variable).ok().filter(|value| !value.is_empty());
    if found.is_none() {
        let skipped = format!("SKIPPED: {variable} is not set; docs/development.md says to what\n");
        let _ = std::io::stderr().write_all(skipped.as_bytes());
    }
    found
}

/// A running client. It ends when this is dropped.
pub(super) struct Client {
    child: Child,
    log: PathBuf,
}

impl Client {
    /// Starts a script of this folder with the address and the token of a sandbox.
    pub(super) fn start(interpreter: &Path, script: &str, sandbox: &Sandbox) -> Self {
        let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join(script).with_extension("log");
        let written = File::create(&log).unwrap();
        let child = Command::new(interpreter)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(script))
            .env("DISCORD_API", format!("{}/api", sandbox.api_url()))
            .env("DISCORD_GATEWAY", sandbox.gateway_url())
            .env("DISCORD_TOKEN", sandbox.token())
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::null())
            .stdout(written.try_clone().unwrap())
            .stderr(written)
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", interpreter.display()));
        Self { child, log }
    }

    /// Lets it live until people are done with it, which has to end it well; what it wrote is shown when
    /// something goes wrong.
    pub(super) async fn lives(mut self, life: impl Future<Output = ()>) {
        tokio::select! {
            biased;
            () = life => {}
            status = self.child.wait() => panic!("it ended too early: {}", status.unwrap()),
        }
        let ended = tokio::time::timeout(LONG, self.child.wait()).await.expect("it does not end");
        assert!(ended.unwrap().success(), "it ended badly");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("The client wrote:\n{}", std::fs::read_to_string(&self.log).unwrap());
        }
    }
}
