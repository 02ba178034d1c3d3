//! `refract-ledger check`: what it says, and how it ends.

use std::time::{Duration, Instant};

use discord_sandbox::{Content, Sandbox, permission};

use crate::harness::World;

/// Longer than anybody wants to wait for "Discord cannot be reached".
const SOON: Duration = Duration::from_secs(20);

fn check(world: &World) -> (Option<i32>, String) {
    let output = world.call(&["check"]);
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn where_all_is_well_it_says_so_and_ends_with_0() {
    let world = World::new().await;
    world.trust(&[world.webhook.id]);
    let (code, said) = check(&world);
    assert_eq!(code, Some(0), "{said}");
    for part in [
        "ok   configuration",
        "ok   database",
        "ok   token",
        "ok   intents",
        "ok   clock",
        "ok   servers: in 1: Resellers",
        "the bot can read #checkouts and react there",
        "the trusted webhooks are in place",
        "note invitation: https://discord.com/oauth2/authorize?client_id=",
    ] {
        assert!(said.contains(part), "{part} in:\n{said}");
    }
    assert!(!said.contains("FAIL"), "{said}");
    assert!(!said.contains(&world.sandbox.token()), "{said}");
    assert_eq!(world.sandbox.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn channels_that_were_set_up_in_discord_are_looked_over_too() {
    let world = World::unconfigured().await;
    let (code, said) = check(&world);
    assert!(code == Some(1) && said.contains("/setup watch"), "{said}");
    let _bot = world.start_bot().await;
    let own = world.set_up().await;
    let (code, said) = check(&world);
    assert_eq!(code, Some(0), "{said}");
    world.sandbox.remove_webhook(own.id);
    let (code, said) = check(&world);
    assert!(code == Some(1) && said.contains("deleted or moved to another channel"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_discord_refuses_ends_with_3() {
    let world = World::with(Sandbox::builder().message_content(Content::Disallowed)).await;
    let (code, said) = check(&world);
    assert!(code == Some(3) && said.contains("Message Content Intent"), "{said}");
    let wrong = world.program(&["check"]).env("DISCORD_TOKEN", "wrong").output().expect("run");
    let said = String::from_utf8_lossy(&wrong.stdout).into_owned();
    assert!(wrong.status.code() == Some(3) && said.contains("Reset Token"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_it_ends_with_2_as_run_does() {
    let world = World::new().await;
    for command in ["check", "run"] {
        let ended = world.program(&[command]).env_remove("DISCORD_TOKEN").output().expect("run");
        let said = [ended.stdout, ended.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(said.contains("set DISCORD_TOKEN"), "{command}: {said}");
        assert_eq!(ended.status.code(), Some(2), "{command}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_in_a_channel_is_told_with_the_way_to_mend_it() {
    let world = World::new().await;
    let deny = permission::READ_MESSAGE_HISTORY | permission::MANAGE_WEBHOOKS;
    world.sandbox.set_bot_permissions(world.channel, 0, deny);
    let (code, said) = check(&world);
    assert_eq!(code, Some(1), "{said}");
    for part in
        ["missing Read Message History", "Edit Channel", "optional, not granted: Manage Webhooks"]
    {
        assert!(said.contains(part), "{part} in:\n{said}");
    }
    world.sandbox.set_bot_permissions(world.channel, 0, permission::VIEW_CHANNEL);
    let (code, said) = check(&world);
    assert!(code == Some(1) && said.contains("give it View Channel"), "{said}");
    world.sandbox.remove_channel(world.channel);
    let (code, said) = check(&world);
    assert!(code == Some(1) && said.contains("Discord does not know it"), "{said}");
    world.sandbox.remove_bot(world.guild);
    let (code, said) = check(&world);
    assert!(code == Some(1) && said.contains("the bot is in none"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bot_says_at_its_start_what_is_missing_and_when_it_is_there() {
    let world = World::new().await;
    world.sandbox.set_bot_permissions(world.channel, 0, permission::ADD_REACTIONS);
    let _bot = world.start_bot().await;
    let missing = "the bot may not react here";
    world.until("it is said", async || world.log().contains(missing)).await;
    let message = world.checkout(1);
    world.until("it is stored", async || world.stored() == [message]).await;
    assert_eq!(world.log().matches(missing).count(), 1, "{}", world.log());
    world.sandbox.set_bot_permissions(world.channel, 0, 0);
    world.until("it is over", async || world.log().contains("the bot can react again")).await;
    world.sees(message, "✅").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_off_is_told_by_check_and_by_the_bot() {
    let world = World::with(Sandbox::builder().clock_ahead_seconds(120)).await;
    let (code, said) = check(&world);
    assert!(code == Some(1) && said.contains("s behind Discord's"), "{said}");
    let _bot = world.start_bot().await;
    assert!(world.log().contains("s behind Discord's"), "{}", world.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_discord_it_says_so_soon() {
    let world = World::new().await;
    let begun = Instant::now();
    let nowhere = world
        .program(&["check"])
        .env("REFRACT_LEDGER_DISCORD_API_URL", "http://user:hunter2@127.0.0.1:9")
        .output()
        .expect("run");
    let said = String::from_utf8_lossy(&nowhere.stdout).into_owned();
    assert!(nowhere.status.code() == Some(1) && said.contains("cannot be reached"), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
}
