//! Who gets at what.

mod walk;

use discord_sandbox::{Failure, Reply, Whom};
use serde_json::json;

use crate::harness::World;
use walk::Walk;

const MANAGE_MESSAGES: u64 = 1 << 13;
const REFUSED_TO_RUN: &str = "You need Manage Server";
const REFUSED: &str = "You can't see this server's orders";
/// Words of the one order that nobody else may read.
const TELLTALES: [&str; 3] = ["buyer3@", "bu•••3@", "Example"];

fn assert_silent(name: &str, text: &str) {
    for telltale in TELLTALES {
        assert!(!text.contains(telltale), "{name} tells {telltale}:\n{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_invitation_shows_nothing_to_ordinary_members() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let walk = Walk::new(&world).await;
    let member = world.sandbox.add_member(world.guild, "member", &[]);
    for place in [world.channel, world.sandbox.direct_channel(member)] {
        for (name, got) in walk.everything(member, place).await {
            assert!(matches!(got, Err(Failure::Refused(_))), "{name}: {got:?}");
        }
    }
    for command in walk.registered() {
        assert!(command["default_member_permissions"].is_string(), "{command}");
        assert_eq!(command["contexts"], json!([0]), "{command}");
        assert_eq!(command["integration_types"], json!([0]), "nobody brings them along: {command}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_whom_discord_lets_through_is_refused_by_the_bot() {
    let world = World::new().await;
    let role = world.sandbox.add_role(world.guild, "Buyers", MANAGE_MESSAGES);
    let buyer = world.sandbox.add_member(world.guild, "buyer", &[role]);
    let stranger = world.sandbox.add_member(world.guild, "stranger", &[]);
    world.configure(&format!(
        "[access]\nview_roles = [\"{role}\"]\n[privacy]\nreplies = \"public\""
    ));
    let _bot = world.start_bot().await;
    let walk = Walk::new(&world).await;
    walk.open_to_all(world.guild);
    let card = world.ask_as(buyer, "order", json!({"number": walk.number})).await;
    let before = walk.state();
    for (name, got) in walk.everything(stranger, world.channel).await {
        let reply = got.unwrap_or_else(|failure| panic!("{name}: {failure}"));
        let text = reply.text();
        let refused = text.starts_with(REFUSED) || text.starts_with(REFUSED_TO_RUN);
        assert!(reply.ephemeral && refused, "{name}: {text}");
    }
    for (name, reply) in walk.parts(stranger, &card).await {
        assert!(reply.ephemeral && reply.text().starts_with(REFUSED), "{name}: {}", reply.text());
    }
    assert_eq!(walk.completed(stranger, world.channel).await, Vec::<String>::new());
    assert!(!walk.completed(buyer, world.channel).await.is_empty());
    assert_eq!(walk.state(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_only_look_changes_nothing() {
    let world = World::new().await;
    let role = |name| world.sandbox.add_role(world.guild, name, 0);
    let (looks, marks, runs) = (role("Looks"), role("Marks"), role("Runs"));
    let viewer = world.sandbox.add_member(world.guild, "viewer", &[looks]);
    let marker = world.sandbox.add_member(world.guild, "marker", &[marks]);
    world.configure(&format!(
        "[access]\nview_roles = [\"{looks}\"]\nmark_roles = [\"{marks}\"]\n\
         admin_roles = [\"{runs}\"]\n[privacy]\nreplies = \"public\""
    ));
    let _bot = world.start_bot().await;
    let walk = Walk::new(&world).await;
    walk.open_to_all(world.guild);
    let before = walk.state();
    for (name, got) in walk.everything(viewer, world.channel).await {
        let reply = got.unwrap_or_else(|failure| panic!("{name}: {failure}"));
        assert!(!reply.text().starts_with(REFUSED), "{name}: {}", reply.text());
    }
    let card = world.ask_as(viewer, "order", json!({"number": walk.number})).await;
    walk.parts(viewer, &card).await;
    assert_eq!(walk.state(), before);
    for message in [walk.message, card.message.expect("a message")] {
        world.sandbox.react(viewer, message, "❌").expect("react");
        // The viewer's came first: had it counted, it would be seen before this one.
        world.sandbox.react(marker, message, "⏳").expect("react");
        world.sees(walk.message, "⏳").await;
        world.sandbox.unreact(marker, message, "⏳").expect("unreact");
        world.sees(walk.message, "✅").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_server_sees_and_changes_nothing() {
    let world = World::new().await;
    world.configure("[privacy]\nreplies = \"public\"");
    let other = world.sandbox.add_guild("Others");
    let place = world.sandbox.add_channel(other, "checkouts");
    let _bot = world.start_bot().await;
    let walk = Walk::new(&world).await;
    let card = world.ask("order", json!({"number": walk.number})).await;
    let visitor = world.sandbox.owner(other);
    let before = walk.state();
    for (name, got) in walk.everything(visitor, place).await {
        if let Ok(reply) = got {
            assert_silent(&name, &reply.text());
        }
    }
    let mine = world.sandbox.command(visitor, place, "orders recent", &[]).await.expect("a list");
    let mine = Reply { message: mine.message, ..card };
    for (name, reply) in walk.parts(visitor, &mine).await {
        assert_silent(&name, &reply.text());
    }
    assert_eq!(walk.completed(visitor, place).await, Vec::<String>::new());
    assert_eq!(walk.state(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_public_card_is_no_way_in_for_those_who_see_it() {
    let world = World::new().await;
    world.configure("[privacy]\nreplies = \"public\"");
    let _bot = world.start_bot().await;
    let walk = Walk::new(&world).await;
    let member = world.sandbox.add_member(world.guild, "member", &[]);
    let card = world.ask("order", json!({"number": walk.number})).await;
    let before = walk.state();
    for (name, reply) in walk.parts(member, &card).await {
        assert!(reply.ephemeral && reply.text().starts_with(REFUSED), "{name}: {}", reply.text());
    }
    assert_eq!(walk.state(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_discord_lets_use_a_command_may_turn_its_pages_until_that_ends() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let messages: Vec<_> = (1..=4).map(|number| world.checkout(number)).collect();
    world.until("all are stored", async || world.stored() == messages).await;
    let member = world.sandbox.add_member(world.guild, "member", &[]);
    world.sandbox.allow_command(world.guild, "help", Whom::Member(member), true);
    let help = world.ask_as(member, "help", json!({})).await;
    let forged = format!("orders2|{member}|1|0|=||||");
    let pressed =
        world.sandbox.use_part(member, help.message.expect("shown"), &forged, 2, &[]).await;
    assert!(pressed.expect("answered").text().starts_with(REFUSED), "help shows no orders");

    let role = world.sandbox.add_role(world.guild, "Buyers", 0);
    world.sandbox.set_member(world.guild, member, &[role]);
    world.sandbox.allow_command(world.guild, "orders", Whom::Role(role), true);
    world.until_commands_changed(2).await;
    let list = world.ask_as(member, "orders recent", json!({"limit": 1})).await;
    let message = list.message.expect("a message");
    let older = list.custom_id("Older ▶").expect("a button");
    let next = world.sandbox.press(member, message, &older).await.expect("pressed");
    assert!(next.text().contains("page 2 of 4"), "{}", next.text());

    let older = next.custom_id("Older ▶").expect("a button");
    // What changed while the bot was away it was not told.
    world.stop_bot(bot).await;
    world.sandbox.allow_command(world.guild, "orders", Whom::Role(role), false);
    let _bot = world.start_bot().await;
    let forgotten = async || world.rows("SELECT count(*) FROM let_in") == ["0"];
    world.until("nothing is taken for granted", forgotten).await;
    let refused = world.sandbox.use_part(member, message, &older, 2, &[]).await;
    assert!(refused.expect("answered").text().starts_with(REFUSED));
    world.sandbox.allow_command(world.guild, "orders", Whom::Role(role), true);
    world.until_commands_changed(3).await;
    world.ask_as(member, "orders recent", json!({"limit": 1})).await;
    let next = world.sandbox.press(member, message, &older).await.expect("pressed");
    assert!(next.text().contains("page 3 of 4"), "{}", next.text());

    let older = next.custom_id("Older ▶").expect("a button");
    let refused = async || {
        let pressed = world.sandbox.use_part(member, message, &older, 2, &[]).await;
        pressed.expect("answered").text().starts_with(REFUSED)
    };
    world.sandbox.set_member(world.guild, member, &[]);
    assert!(refused().await, "a role that is taken away counts at once");
    world.sandbox.set_member(world.guild, member, &[role]);
    assert!(!refused().await);
    // Also while nothing can be written.
    let holder = world.lock_database();
    world.sandbox.allow_command(world.guild, "orders", Whom::Role(role), false);
    world.until("it counts at once", refused).await;
    drop(holder);
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_is_a_role_by_the_id_of_the_server() {
    let world = World::new().await;
    let member = world.sandbox.add_member(world.guild, "member", &[]);
    let guild = world.guild;
    world.configure(&format!("[access]\nview_roles = [\"{guild}\"]\nmark_roles = [\"{guild}\"]\n"));
    let bot = world.start_bot().await;
    let walk = Walk::new(&world).await;
    walk.open_to_all(world.guild);
    let marked = json!({"number": walk.number, "status": "shipped"});
    let marked = world.ask_as(member, "mark", marked).await.text();
    assert!(marked.contains("shipped"), "{marked}");
    // Of whoever reacted meanwhile Discord is asked, and does not say of which server they are.
    world.stop_bot(bot).await;
    let message = world.stored()[0];
    world.sandbox.react(member, message, "❌").expect("reacted");
    let _bot = world.start_bot().await;
    world.until("it counts", async || world.exported()[0]["status"] == "cancelled").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_is_taken_away_counts_at_once() {
    let world = World::new().await;
    let role = world.sandbox.add_role(world.guild, "Staff", MANAGE_MESSAGES);
    let staff = world.sandbox.add_member(world.guild, "staff", &[role]);
    let _bot = world.start_bot().await;
    let walk = Walk::new(&world).await;
    let card = world.ask_as(staff, "order", json!({"number": walk.number})).await;
    let (message, note) =
        (card.message.expect("a message"), card.custom_id("Note").expect("a button"));
    let form = world.sandbox.press(staff, message, &note).await.expect("pressed");
    let before = walk.state();
    world.sandbox.set_member(world.guild, staff, &[]);
    let sent = world.sandbox.submit_modal(staff, &form, &[("value", "too late")]).await;
    assert!(sent.expect("answered").text().starts_with(REFUSED));
    for (name, reply) in walk.parts(staff, &card).await {
        assert!(reply.text().starts_with(REFUSED), "{name}: {}", reply.text());
    }
    assert_eq!(walk.state(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn help_tells_what_the_caller_may_use() {
    let world = World::new().await;
    let role = world.sandbox.add_role(world.guild, "Staff", MANAGE_MESSAGES);
    let staff = world.sandbox.add_member(world.guild, "staff", &[role]);
    let _bot = world.start_bot().await;
    let (told, all) =
        (world.ask_as(staff, "help", json!({})).await, world.ask("help", json!({})).await);
    assert!(
        told.text().contains("`/mark`") && !told.text().contains("`/logs retry`"),
        "{}",
        told.text()
    );
    assert!(all.text().contains("`/logs retry`"), "{}", all.text());
}
