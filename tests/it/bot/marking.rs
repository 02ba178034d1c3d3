//! Setting a status by reacting.

use serde_json::json;

use crate::harness::World;

const MANAGE_MESSAGES: u64 = 1 << 13;
const VIEW_AND_REACT: u64 = 1 << 10 | 1 << 6 | 1 << 16;

#[tokio::test(flavor = "multi_thread")]
async fn a_reaction_sets_the_status_and_its_removal_brings_the_old_one_back() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    world.sandbox.react(world.owner, message, "📦").expect("react");
    world.sees(message, "📦").await;
    assert_eq!(world.exported()[0]["status"], json!("shipped"));
    world.sandbox.unreact(world.owner, message, "📦").expect("unreact");
    world.sees(message, "✅").await;
    assert_eq!(world.exported()[0]["status"], json!("verified"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_without_the_right_changes_nothing() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let stranger = world.sandbox.add_member(world.guild, "stranger", &[]);
    let role = world.sandbox.add_role(world.guild, "Staff", MANAGE_MESSAGES | VIEW_AND_REACT);
    let staff = world.sandbox.add_member(world.guild, "staff", &[role]);
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    world.sandbox.react(stranger, message, "❌").expect("react");
    // The stranger's came first: had it counted, it would be seen before this one.
    world.sandbox.react(staff, message, "⏳").expect("react");
    world.sees(message, "⏳").await;
    assert_eq!(world.exported()[0]["status"], json!("processing"));
    world.sandbox.unreact(staff, message, "⏳").expect("unreact");
    world.sees(message, "✅").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn swapped_events_end_in_what_stands() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    for _ in 0..5 {
        world.sandbox.react(world.owner, message, "📦").expect("react");
        world.sandbox.unreact(world.owner, message, "📦").expect("unreact");
    }
    world.sandbox.react(world.owner, message, "🏠").expect("react");
    world.sees(message, "🏠").await;
    world.sandbox.unreact(world.owner, message, "🏠").expect("unreact");
    world.sees(message, "✅").await;
    assert_eq!(world.exported()[0]["status"], json!("verified"));
}

#[tokio::test(flavor = "multi_thread")]
async fn cleared_reactions_take_their_marks_with_them() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    world.sandbox.react(world.owner, message, "📦").expect("react");
    world.sees(message, "📦").await;
    world.sandbox.clear_emoji(message, "📦").expect("cleared");
    let becomes = async |status: &str| {
        let same = async || world.rows("SELECT status FROM orders") == [status];
        world.promptly(status, same).await;
    };
    becomes("verified").await;
    world.sandbox.react(world.owner, message, "🏠").expect("react");
    becomes("delivered").await;
    world.sandbox.clear_reactions(message).expect("cleared");
    becomes("verified").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_takes_no_more_reactions_holds_up_no_other() {
    let world = World::new().await;
    let full = world.checkout(2);
    for emoji in [
        "😀", "😁", "😂", "🤣", "😃", "😄", "😅", "😆", "😉", "😊", "😋", "😎", "😍", "😘", "🥰",
        "😗", "😙", "🥲", "😚", "🙂",
    ] {
        world.sandbox.react(world.owner, full, emoji).expect("react");
    }
    let _bot = world.start_bot().await;
    let next = world.checkout(4);
    world.sees(next, "✅").await;
    assert_eq!(world.sandbox.bot_reactions(full), Vec::<String>::new());
    assert_eq!(world.exported().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bots_own_reaction_comes_back_when_it_is_cleared() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    // Within the moment before it is noted a clear is found by the next comparison only.
    let noted = async || world.rows("SELECT reaction_shown FROM deliveries") == ["✅"];
    world.until("it is noted", noted).await;
    world.sandbox.clear_reactions(message).expect("cleared");
    world.sees(message, "✅").await;
    world.until("it is noted", noted).await;
    world.sandbox.clear_emoji(message, "✅").expect("cleared");
    world.sees(message, "✅").await;
    world.sandbox.react(world.owner, message, "📦").expect("react");
    world.sees(message, "📦").await;
    assert_eq!(world.sandbox.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emoji_counts_in_every_spelling_and_a_custom_one_under_every_name() {
    let world = World::new().await;
    let custom = world.sandbox.add_emoji(world.guild, "parcel");
    let renamed = custom.replace("parcel", "box");
    world.configure(&format!(
        "[reactions]\n\"✈\" = \"shipped\"\n\"👍\" = \"delivered\"\n\"<:{custom}>\" = \"sold\""
    ));
    let _bot = world.start_bot().await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    for (emoji, status) in [
        ("✈", "shipped"),
        ("✈\u{FE0F}", "shipped"),
        ("👍🏽", "delivered"),
        (&custom, "sold"),
        (&renamed, "sold"),
    ] {
        world.sandbox.react(world.owner, message, emoji).expect("react");
        let becomes = async |status: &str| {
            let same = async || world.rows("SELECT status FROM orders") == [status];
            world.promptly(&format!("{emoji}: {status}"), same).await;
        };
        becomes(status).await;
        world.sandbox.unreact(world.owner, message, emoji).expect("unreact");
        becomes("verified").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_is_confirmed_while_a_hundred_others_wait() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let messages: Vec<_> = (1..=120).map(|number| world.checkout(number)).collect();
    world.until("all are stored", async || world.stored() == messages).await;
    world.sandbox.react(world.owner, messages[0], "📦").expect("a reaction");
    world.sees(messages[0], "📦").await;
    let waiting = messages.iter().filter(|message| world.sandbox.reactions(**message).is_empty());
    assert!(waiting.count() > 20, "the others were not waiting any more");
}
