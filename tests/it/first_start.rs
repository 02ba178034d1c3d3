//! `refract-ledger` without a command, in a terminal of its own: `script` gives it one.

#![cfg(target_os = "linux")]

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use discord_sandbox::{Content, Sandbox};
use refract_ledger::refract::{self, Event};

use crate::harness::{PATIENCE, PROGRAM, World, eventually};

/// What Ctrl-C types.
const INTERRUPT: &str = "\u{3}";

/// Somebody before a terminal.
struct Terminal {
    child: Child,
    shown: Arc<Mutex<String>>,
}

impl Terminal {
    fn open(world: &World) -> Self {
        let mut child = Command::new("script")
            // Ctrl-C ends a shell that waits for the program, and which shell it is differs by environment.
            .args(["--quiet", "--return", "--command", &format!("exec {PROGRAM}"), "/dev/null"])
            .current_dir(world.folder.path())
            .env("REFRACT_LEDGER_DISCORD_API_URL", world.sandbox.api_url())
            .env("LANG", "C.UTF-8")
            .env_remove("DISCORD_TOKEN")
            .env_remove("DISCORD_TOKEN_FILE")
            .env_remove("RUST_LOG")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("run script");
        let shown = Arc::<Mutex<String>>::default();
        let (mut out, seen) = (child.stdout.take().expect("its output"), Arc::clone(&shown));
        std::thread::spawn(move || {
            let (mut all, mut part) = (Vec::new(), [0; 1024]);
            while let Ok(length @ 1..) = out.read(&mut part) {
                all.extend_from_slice(&part[..length]);
                *seen.lock().expect("a screen") = String::from_utf8_lossy(&all).into_owned();
            }
        });
        Self { child, shown }
    }

    fn shown(&self) -> String {
        self.shown.lock().expect("a screen").clone()
    }

    async fn until(&self, text: &str) {
        let came = eventually(PATIENCE, async || self.shown().contains(text)).await;
        assert!(came, "no {text:?} in:\n{}", self.shown());
    }

    fn type_in(&mut self, text: &str) {
        let keys = self.child.stdin.as_mut().expect("a keyboard");
        keys.write_all(text.as_bytes()).and_then(|()| keys.flush()).expect("type");
    }

    /// Leaves, and gives the exit code with what was shown.
    async fn leave(mut self) -> (Option<i32>, String) {
        self.type_in(INTERRUPT);
        let mut code = None;
        let ended = eventually(PATIENCE, async || {
            code = self.child.try_wait().expect("look after it");
            code.is_some()
        });
        assert!(ended.await, "it does not end:\n{}", self.shown());
        (code.and_then(|code| code.code()), self.shown())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

async fn in_no_server(content: Content) -> World {
    let world = World::with(Sandbox::builder().message_content(content)).await;
    std::fs::remove_file(world.folder.path().join("config.toml")).expect("remove the file");
    world.sandbox.remove_bot(world.guild);
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_led_from_nothing_to_the_first_message() {
    use std::os::unix::fs::PermissionsExt;

    let world = in_no_server(Content::Disallowed).await;
    let mut terminal = Terminal::open(&world);
    terminal.until("Paste it here and press Enter").await;
    terminal.type_in("two words\n");
    terminal.until("has spaces or several lines in it").await;
    terminal.type_in("0a1b2c3d4e5f\n");
    terminal.until("is it the").await;
    terminal.type_in(&format!("\"{}\"\n", world.sandbox.token()));
    terminal.until("that of the bot \"Refract Ledger\"").await;
    let file = world.folder.path().join("refract-ledger.token");
    assert_eq!(file.metadata().expect("it is kept").permissions().mode() & 0o777, 0o600);

    terminal.until("Message Content Intent\r\n  It is off").await;
    world.sandbox.set_message_content(Content::Granted);
    terminal.until("Open this address, and choose yours:\r\n  https://discord.com/oauth2/").await;
    world.sandbox.invite_bot(world.guild);
    terminal.until("type /setup watch").await;
    assert!(world.sandbox.wait_for_commands(PATIENCE).await, "{}", terminal.shown());
    let own = world.set_up().await;
    terminal.until("The bot watches #checkouts.").await;
    terminal.until("press Test Notification").await;
    let test = refract::payload(Event::Test, 1, chrono::Utc::now());
    world.sandbox.post(&own, test).expect("the webhook takes it");
    terminal.until("The test notification came").await;
    terminal.until("Press Enter to see").await;
    terminal.type_in("\n");
    terminal.until("systemctl --user enable --now refract-ledger").await;

    let (code, shown) = terminal.leave().await;
    assert_eq!(code, Some(0), "{shown}");
    for secret in [world.sandbox.token().as_str(), "0a1b2c3d4e5f"] {
        assert!(!shown.contains(secret), "{secret} was shown:\n{shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_left_goes_on_where_they_were() {
    let world = in_no_server(Content::Granted).await;
    let terminal = Terminal::open(&world);
    terminal.until("Paste it here and press Enter").await;
    let (code, shown) = terminal.leave().await;
    assert!(code == Some(0) && shown.contains("goes on from here"), "{code:?} {shown}");

    let mut terminal = Terminal::open(&world);
    terminal.until("Paste it here and press Enter").await;
    terminal.type_in(&format!("{}\n", world.sandbox.token()));
    terminal.until("choose yours").await;
    let (code, shown) = terminal.leave().await;
    assert_eq!(code, Some(0), "{shown}");
    assert!(!world.database().exists(), "nothing ran yet");

    world.sandbox.invite_bot(world.guild);
    let terminal = Terminal::open(&world);
    terminal.until("type /setup watch").await;
    assert!(world.sandbox.wait_for_commands(PATIENCE).await, "{}", terminal.shown());
    let own = world.set_up().await;
    terminal.until("The bot watches #checkouts.").await;
    let (code, shown) = terminal.leave().await;
    assert_eq!(code, Some(0), "{shown}");
    assert!(!shown.contains("Paste it"), "{shown}");

    // Somebody who left before the first message is told again what to do in Refract.
    let terminal = Terminal::open(&world);
    terminal.until("Waiting for the first message").await;
    world.checkout_by(&own, 1);
    terminal.until("The first order is stored").await;
    let (code, shown) = terminal.leave().await;
    assert_eq!(code, Some(0), "{shown}");

    let terminal = Terminal::open(&world);
    terminal.until("Press Enter to see").await;
    let (code, shown) = terminal.leave().await;
    assert_eq!(code, Some(0), "{shown}");
    for asked in ["Paste", "choose yours", "/setup watch", "Waiting"] {
        assert!(!shown.contains(asked), "{asked} in:\n{shown}");
    }
}
