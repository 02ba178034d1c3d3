//! How the bot starts: what is wrong is said before anything is connected, and systemd is told.

#[cfg(target_os = "linux")]
use std::os::unix::net::UnixDatagram;
#[cfg(target_os = "linux")]
use std::time::Duration;

use serde_json::Value;

use crate::harness::{PATIENCE, World};

/// What `run` says with this configuration and environment; it must never have reached Discord.
fn refused(
    world: &World,
    config: &str,
    environment: &[(&str, &str)],
    arguments: &[&str],
) -> String {
    std::fs::write(world.folder.path().join("config.toml"), config).expect("write");
    let mut command = world.program(arguments);
    for (name, value) in environment {
        if value.is_empty() {
            command.env_remove(name);
        } else {
            command.env(name, value);
        }
    }
    let output = command.output().expect("run");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(said.lines().count(), 1, "one sentence: {said}");
    assert_eq!(world.sandbox.requests().len(), 0, "{said}");
    assert!(!world.database().exists(), "{said}");
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_configuration_is_named_before_anything_is_connected() {
    let world = World::new().await;
    let folder = world.folder.path().display().to_string();
    let (shared, absent) = (format!("{folder}/shared"), format!("{folder}/absent"));
    std::fs::write(&shared, "a-token").expect("write");
    #[cfg(unix)]
    set_mode(&shared, 0o644);
    for (config, environment, arguments, parts) in [
        ("[acess]\nview_roles = []", vec![], vec!["run"], vec!["line 1", "acess"]),
        ("[access]\nview_role = []", vec![], vec!["run"], vec!["line 2", "view_role"]),
        ("[[watch]]\nchannel_id = \"#orders\"", vec![], vec!["run"], vec!["line 2", "#orders"]),
        ("[access]\nview_roles = [\"x\"]", vec![], vec!["run"], vec!["line 2", "x"]),
        ("", vec![("DISCORD_TOKEN", "")], vec!["run"], vec!["DISCORD_TOKEN", "DISCORD_TOKEN_FILE"]),
        ("", vec![("DISCORD_TOKEN", "two words")], vec!["run"], vec!["token", "Reset Token"]),
        ("", vec![], vec!["--config", "no/such.toml", "run"], vec!["no/such.toml", "--config"]),
        (
            "",
            vec![("DISCORD_TOKEN", ""), ("DISCORD_TOKEN_FILE", absent.as_str())],
            vec!["run"],
            vec!["DISCORD_TOKEN_FILE", "absent"],
        ),
        #[cfg(unix)]
        (
            "",
            vec![("DISCORD_TOKEN", ""), ("DISCORD_TOKEN_FILE", shared.as_str())],
            vec!["run"],
            vec!["DISCORD_TOKEN_FILE", "chmod 600"],
        ),
        ("", vec![("REFRACT_LEDGER_ACCESS_VIEW_ROLES", "x")], vec!["run"], vec!["VIEW_ROLES"]),
    ] {
        let said = refused(&world, config, &environment, &arguments);
        for part in parts {
            assert!(said.contains(part), "{part} in: {said}");
        }
    }
}

#[cfg(unix)]
fn set_mode(path: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    let permissions = std::fs::Permissions::from_mode(mode);
    std::fs::set_permissions(path, permissions).expect("chmod");
}

/// What the bot tells next.
#[cfg(target_os = "linux")]
async fn told(socket: &UnixDatagram) -> String {
    let socket = socket.try_clone().expect("clone");
    let receive = move || {
        let mut buffer = [0; 64];
        let length = socket.recv(&mut buffer).expect("something is told");
        String::from_utf8_lossy(&buffer[..length]).into_owned()
    };
    tokio::task::spawn_blocking(receive).await.expect("received")
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn systemd_is_told_of_the_start_of_life_and_of_the_end() {
    let world = World::new().await;
    let path = world.folder.path().join("notify");
    let socket = UnixDatagram::bind(&path).expect("bind");
    socket.set_read_timeout(Some(PATIENCE)).expect("a limit");
    let mut command = world.program(&["run"]);
    let bot = world.spawn(command.env("NOTIFY_SOCKET", &path).env("WATCHDOG_USEC", "300000"));
    assert_eq!(told(&socket).await, "READY=1");
    for _ in 0..3 {
        assert_eq!(told(&socket).await, "WATCHDOG=1");
    }
    bot.ask_to_stop();
    let mut last = told(&socket).await;
    while last == "WATCHDOG=1" {
        last = told(&socket).await;
    }
    assert_eq!(last, "STOPPING=1");
    assert_eq!(bot.ended().await, Some(0), "{}", world.log());
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_containers_health_check_finds_a_file_that_is_renewed() {
    let world = World::new().await;
    let path = world.folder.path().join("alive");
    // Left by a bot that was killed.
    let left = std::fs::File::create(&path).expect("create");
    left.set_modified(std::time::SystemTime::UNIX_EPOCH).expect("set the time");
    let mut command = world.program(&["run"]);
    let bot = world.spawn(command.env("HEARTBEAT_FILE", &path));
    let age = || path.metadata().expect("a file").modified().expect("a time").elapsed();
    let is_new = || age().is_ok_and(|age| age < PATIENCE);
    world.until("the file is renewed", async || is_new()).await;
    world.stop_bot(bot).await;
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn systemd_is_not_told_of_life_while_the_writer_hangs() {
    let world = World::new().await;
    let path = world.folder.path().join("notify");
    let socket = UnixDatagram::bind(&path).expect("bind");
    let mut command = world.program(&["run"]);
    let _bot = world.spawn(command.env("NOTIFY_SOCKET", &path).env("WATCHDOG_USEC", "300000"));
    assert!(world.sandbox.wait_for_bot(PATIENCE).await);
    socket.set_read_timeout(Some(Duration::from_secs(1))).expect("a limit");
    let hears = || socket.recv(&mut [0; 64]).is_ok();
    assert!(hears(), "it is idle, and well");
    let lock = world.lock_database();
    let message = world.checkout(1);
    world.until("nothing is told", async || !hears()).await;
    drop(lock);
    world.sees(message, "✅").await;
    world.until("life is told again", async || hears()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_lines_say_which_version_runs_on_what() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let message = world.checkout(1);
    world.sees(message, "✅").await;
    world.stop_bot(bot).await;
    let first = world.log();
    let lines: Vec<&str> = first.lines().collect();
    let version = format!("refract-ledger {}, configuration: ", env!("CARGO_PKG_VERSION"));
    assert!(lines[0].contains(&version) && lines[0].ends_with("config.toml"), "{first}");
    assert!(lines[1].contains("refract-ledger.db, which is new."), "{first}");
    std::fs::remove_file(world.folder.path().join("config.toml")).expect("remove the file");
    let bot = world.start_bot().await;
    world.stop_bot(bot).await;
    let log = world.log();
    let second = log.strip_prefix(&first).expect("more of it");
    let lines: Vec<&str> = second.lines().collect();
    assert!(lines[0].contains(", no config.toml in "), "{second}");
    assert!(lines[1].ends_with("refract-ledger.db, with 1 order"), "{second}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_for_machines_is_an_object_a_line() {
    let world = World::new().await;
    let bot = world.spawn(&mut world.program(&["--log-format", "json", "run"]));
    assert!(world.sandbox.wait_for_bot(PATIENCE).await);
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    world.stop_bot(bot).await;
    let log = world.log();
    assert!(log.lines().count() > 1, "{log}");
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).expect(line);
        for key in ["timestamp", "level", "target"] {
            assert!(line[key].is_string(), "{key} in {line}");
        }
        assert!(line["fields"]["message"].is_string(), "{line}");
    }
}
