//! The running program.

use std::process::{Child, Command, ExitStatus, Stdio};

use super::{PATIENCE, eventually};

/// A running bot; it is killed when it is dropped.
pub(crate) struct Bot {
    child: Child,
}

impl Bot {
    pub(super) fn start(command: &mut Command) -> Self {
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        Self { child: child.expect("start the bot") }
    }

    /// Ends it as a power cut does.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("kill");
        self.child.wait().expect("wait");
    }

    /// Asks it to stop, and gives its exit code; `None` when it is still there after a minute.
    #[cfg(unix)]
    pub(crate) async fn stop(self) -> Option<i32> {
        self.ask_to_stop();
        self.ended().await
    }

    /// Ends it: other systems know no signal that a test could send it alone.
    #[cfg(not(unix))]
    #[expect(clippy::unused_async, reason = "as on the systems that ask first")]
    pub(crate) async fn stop(self) -> Option<i32> {
        self.kill();
        Some(0)
    }

    /// Sends SIGTERM.
    #[cfg(unix)]
    pub(crate) fn ask_to_stop(&self) {
        self.signal("-TERM");
    }

    /// Sends what Ctrl-C sends.
    #[cfg(unix)]
    pub(crate) fn interrupt(&self) {
        self.signal("-INT");
    }

    #[cfg(unix)]
    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status();
        assert!(sent.expect("send a signal").success());
    }

    /// Its exit code when it has ended within a minute by itself.
    pub(crate) async fn ended(mut self) -> Option<i32> {
        eventually(PATIENCE, async || self.has_ended().is_some()).await;
        self.has_ended()?.code()
    }

    /// How it has ended, if it has.
    pub(crate) fn has_ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("look after the bot")
    }

    /// The memory that it has in use; 0 where the system does not tell.
    pub(crate) fn memory_kilobytes(&self) -> u64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
    }

    /// Ends the limit of its files.
    #[cfg(target_os = "linux")]
    pub(crate) fn make_room(&self) {
        self.limit_files("unlimited");
    }

    /// Sets the size in bytes beyond which it cannot write into a file.
    #[cfg(target_os = "linux")]
    pub(super) fn limit_files(&self, limit: &str) {
        let mut command = Command::new("prlimit");
        let limit = format!("--fsize={limit}:unlimited");
        command.args([limit.as_str(), "--pid", &self.child.id().to_string()]);
        // It fails when the process has ended, and then there is nothing to do.
        command.stderr(Stdio::null()).status().expect("run prlimit");
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
