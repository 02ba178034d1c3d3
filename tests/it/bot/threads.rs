//! What is posted in threads of a watched channel, and in posts of a watched forum, is the channel's.

use discord_sandbox::{Webhook, permission};
use refract_ledger::ids::{ChannelId, MessageId};
use refract_ledger::refract::{self, Event};
use serde_json::{Value, json};

use crate::harness::{LITTLE_COMPARED, World};

const FORUM: u64 = 15;

fn checkout(number: u64) -> Value {
    refract::payload(Event::Checkout, number, chrono::Utc::now())
}

fn post_in(world: &World, thread: ChannelId, number: u64) -> MessageId {
    world.sandbox.post_in(&world.webhook, thread, checkout(number)).expect("the webhook takes it")
}

/// Begins a post of a forum with a checkout.
fn post(world: &World, webhook: &Webhook, number: u64) -> MessageId {
    let mut payload = checkout(number);
    payload["thread_name"] = json!(format!("order {number}"));
    world.sandbox.post(webhook, payload).expect("the webhook takes it")
}

fn thread(world: &World, name: &str) -> ChannelId {
    world.sandbox.add_thread(world.owner, world.channel, name)
}

/// Waits until a message is stored although nothing can be put on it.
async fn is_stored(world: &World, message: MessageId) {
    world.until("it is stored", async || world.stored().contains(&message)).await;
}

/// Requests for messages of a thread.
fn read(world: &World, thread: ChannelId) -> usize {
    world.sandbox.count("GET", &format!("/channels/{thread}/messages"))
}

/// A world whose watched channel is a forum.
async fn forum() -> (World, ChannelId, Webhook) {
    let mut world = World::new().await;
    let forum = world.sandbox.add_channel_of_kind(world.guild, "orders", FORUM);
    let webhook = world.sandbox.add_webhook(forum, "Refract");
    (world.channel, world.webhook) = (forum, webhook.clone());
    world.configure("");
    (world, forum, webhook)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkout_in_a_thread_is_the_channels_and_can_be_worked_with() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let thread = thread(&world, "drop");
    let message = post_in(&world, thread, 1);
    world.sees(message, "✅").await;
    let place = "SELECT channel_id FROM orders UNION ALL SELECT channel_id FROM deliveries";
    assert_eq!(world.rows(place), vec![thread.to_string(); 2]);

    world.sandbox.react(world.owner, message, "📦").expect("react");
    world.sees(message, "📦").await;
    world.sandbox.unreact(world.owner, message, "📦").expect("unreact");
    world.sees(message, "✅").await;
    world.sandbox.edit(message, &checkout(2)).expect("edited");
    let edited = async || world.rows("SELECT edited_at IS NOT NULL FROM deliveries") == ["1"];
    world.promptly("the edit is read", edited).await;
    world.sandbox.delete(message);
    world.until_told("logs recent", json!({}), "deleted in Discord").await;
    assert_eq!(world.exported().len(), 1);
    assert_eq!(world.sandbox.violations(), Vec::<String>::new());
    drop(bot);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_post_in_a_thread_makes_no_order() {
    let world = World::new().await;
    world.trust(&[world.webhook.id]);
    let other = world.sandbox.add_webhook(world.channel, "Another");
    let member = world.sandbox.add_member(world.guild, "stranger", &[]);
    let _bot = world.start_bot().await;
    let thread = thread(&world, "drop");
    let forged = world.sandbox.say(member, thread, checkout(1)).expect("said");
    let foreign = world.sandbox.post_in(&other, thread, checkout(2)).expect("posted");
    let genuine = post_in(&world, thread, 3);
    world.sees(genuine, "✅").await;
    let told = async |message: MessageId, text| {
        world.until_told("logs show", json!({"message": message.to_string()}), text).await;
    };
    told(forged, "posted by a member").await;
    told(foreign, "is not trusted in this channel").await;
    assert_eq!(world.stored(), [genuine]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_of_a_forum_is_the_forums() {
    let (world, forum, webhook) = forum().await;
    let old = post(&world, &webhook, 1);
    let bot = world.start_bot().await;
    world.sees(old, "✅").await;
    let first = post(&world, &webhook, 2);
    world.sees(first, "✅").await;
    let second = world.sandbox.post_in(&webhook, ChannelId(first.0), checkout(3)).expect("posted");
    world.sees(second, "✅").await;
    assert_eq!(world.sandbox.count("GET", &format!("/channels/{forum}/messages")), 0);
    let health = world.until_told("health", json!({}), "Up to date as of").await;
    assert!(!health.contains("⚠️"), "{health}");
    drop(bot);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_night_is_read_in_threads_old_new_and_closed() {
    let world = World::new().await;
    world.configure(LITTLE_COMPARED);
    let known = thread(&world, "known");
    let before = post_in(&world, known, 1);
    let bot = world.start_bot().await;
    world.sees(before, "✅").await;
    world
        .until("it is read", async || world.rows("SELECT caught_up_at FROM threads") != [""])
        .await;
    world.stop_bot(bot).await;

    let missed: Vec<_> = (2..=130).map(|number| post_in(&world, known, number)).collect();
    let made = thread(&world, "made meanwhile");
    let new = post_in(&world, made, 200);
    let closed = thread(&world, "made and closed meanwhile");
    let late = post_in(&world, closed, 300);
    world.sandbox.set_archived(closed, true);
    world.sandbox.clear_log();

    let _bot = world.start_bot().await;
    world.sees(missed[128], "✅").await;
    world.sees(new, "✅").await;
    is_stored(&world, late).await;
    let all: Vec<_> = [vec![before], missed, vec![new, late]].concat();
    world.until("all are stored", async || world.stored() == all).await;
    // Nothing can be put into a closed thread. It stays closed, and what is owed comes once it is open.
    let shown = world.sandbox.bot_reactions(late);
    let archived = |it: &discord_sandbox::World| it.channel(closed).unwrap().is_archived();
    assert!(shown.is_empty() && world.sandbox.look(archived), "{shown:?}");
    world.sandbox.set_archived(closed, false);
    world.sees(late, "✅").await;
    let cursors = "SELECT cursor FROM threads WHERE last_message_id > cursor";
    world.until("all cursors are there", async || world.rows(cursors).is_empty()).await;
    assert_eq!(world.violations_in(closed), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_threads_of_the_past_are_read_by_pages_and_once() {
    let world = World::new().await;
    world.configure(LITTLE_COMPARED);
    let threads: Vec<_> = (1..=230)
        .map(|number| {
            let thread = thread(&world, &format!("drop {number}"));
            post_in(&world, thread, number);
            world.sandbox.set_archived(thread, true);
            thread
        })
        .collect();
    let empty = thread(&world, "empty");
    let bot = world.start_bot().await;
    world.until("all are stored", async || world.stored().len() == 230).await;
    world
        .until("all are read", async || {
            world.rows("SELECT count(*) FROM threads WHERE caught_up_at IS NULL") == ["0"]
        })
        .await;
    let lists = world.sandbox.count("GET", "/threads/archived/public");
    assert!((3..=4).contains(&lists), "{lists} pages");
    world.stop_bot(bot).await;
    world.sandbox.clear_log();
    let bot = world.start_bot().await;
    let next = post_in(&world, threads[0], 500);
    world.sees(next, "✅").await;
    world.until_told("health", json!({}), "Up to date as of").await;
    let asked: usize = threads[1..].iter().chain([&empty]).map(|it| read(&world, *it)).sum();
    assert_eq!(asked, 0, "nothing is new in the others");
    drop(bot);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_threads_with_the_same_order_have_one_order() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let [first, second] = ["one", "two"].map(|name| post_in(&world, thread(&world, name), 7));
    for message in [first, second] {
        world.sees(message, "✅").await;
    }
    world.sandbox.react(world.owner, second, "📦").expect("react");
    for message in [first, second] {
        world.sees(message, "📦").await;
    }
    assert_eq!(world.exported().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_in_a_thread_meanwhile_is_found() {
    let world = World::new().await;
    let thread = thread(&world, "drop");
    let bot = world.start_bot().await;
    let [edited, deleted, marked] = [1, 2, 3].map(|number| post_in(&world, thread, number));
    world.sees(marked, "✅").await;
    world.sees(deleted, "✅").await;
    world.stop_bot(bot).await;
    world.sandbox.edit(edited, &checkout(9)).expect("edited");
    world.sandbox.delete(deleted);
    world.sandbox.react(world.owner, marked, "📦").expect("react");
    world.sandbox.set_archived(thread, true);
    let _bot = world.start_bot().await;
    let changed = "SELECT (edited_at IS NOT NULL) + 2 * (deleted_at IS NOT NULL) FROM deliveries
        ORDER BY message_id";
    world.until("edit and deletion", async || world.rows(changed) == ["1", "2", "0"]).await;
    let shipped = "SELECT count(*) FROM orders WHERE status = 'shipped'";
    world.until("the mark", async || world.rows(shipped) == ["1"]).await;
    world.sandbox.set_archived(thread, false);
    world.sees(marked, "📦").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_threads_that_are_lost_or_swapped_lose_nothing() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    world.until_told("health", json!({}), "Up to date as of").await;
    world.sandbox.set_lossy(true);
    let unknown = thread(&world, "nobody told of it");
    let lost = post_in(&world, unknown, 1);
    world.sandbox.set_lossy(false);
    let told = post_in(&world, unknown, 2);
    world.sees(told, "✅").await;
    world.sees(lost, "✅").await;

    world.sandbox.hold();
    let swapped = thread(&world, "told last");
    let message = post_in(&world, swapped, 3);
    world.sandbox.release(|order| order.reverse());
    world.sees(message, "✅").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_cannot_be_read_is_said_once_and_stops_no_other() {
    let world = World::new().await;
    let private = world.sandbox.add_private_thread(world.owner, world.channel, "staff");
    let open = thread(&world, "drop");
    world.sandbox.add_to_thread(private, world.sandbox.bot());
    let bot = world.start_bot().await;
    let first = post_in(&world, private, 1);
    world.sees(first, "✅").await;
    world.sandbox.remove_from_thread(private, world.sandbox.bot());
    let told = world.until_told("health", json!({}), "thread here cannot be read").await;
    assert!(told.contains("Manage Threads"), "{told}");
    let hidden = post_in(&world, private, 2);
    let shown = post_in(&world, open, 3);
    world.sees(shown, "✅").await;
    assert_eq!(world.log().matches("cannot be read: the bot is not in it").count(), 1);
    world.stop_bot(bot).await;
    let bot = world.start_bot().await;
    let next = post_in(&world, open, 4);
    world.sees(next, "✅").await;
    world.sandbox.add_to_thread(private, world.sandbox.bot());
    world.sees(hidden, "✅").await;
    drop(bot);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_is_shown_again_has_its_threads_read() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let thread = thread(&world, "drop");
    let first = post_in(&world, thread, 1);
    world.sees(first, "✅").await;
    let view = permission::VIEW_CHANNEL | permission::READ_MESSAGE_HISTORY;
    world.sandbox.set_bot_permissions(world.channel, 0, view);
    let missed = post_in(&world, thread, 2);
    world.sandbox.set_bot_permissions(world.channel, view, 0);
    world.sees(missed, "✅").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_thread_leaves_its_orders_and_no_complaint() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let [live, meanwhile] = ["live", "meanwhile"].map(|name| thread(&world, name));
    for (thread, number) in [(live, 1), (meanwhile, 2)] {
        let message = post_in(&world, thread, number);
        world.sees(message, "✅").await;
    }
    world.sandbox.remove_channel(live);
    world.until("it is noted", async || world.log().contains("the thread was deleted")).await;
    world.stop_bot(bot).await;
    post_in(&world, meanwhile, 3);
    world.sandbox.remove_channel(meanwhile);
    let _bot = world.start_bot().await;
    let next = world.checkout(4);
    world.sees(next, "✅").await;
    let health = world.until_told("health", json!({}), "Up to date as of").await;
    assert!(!health.contains("⚠️"), "{health}");
    assert_eq!(world.exported().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_while_threads_are_read_loses_nothing() {
    let world = World::new().await;
    world.configure(LITTLE_COMPARED);
    let mut posted = Vec::new();
    for (name, base) in [("one", 0), ("two", 1_000), ("three", 2_000)] {
        let thread = thread(&world, name);
        posted.extend((1..=220).map(|number| post_in(&world, thread, base + number)));
    }
    for stored in [1, 250] {
        let bot = world.spawn_bot();
        world.until("some are stored", async || world.stored().len() >= stored).await;
        bot.kill();
    }
    let _bot = world.start_bot().await;
    posted.sort_unstable();
    world.until("all are stored", async || world.stored() == posted).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn setup_watch_in_a_thread_reads_that_thread_alone() {
    let world = World::unconfigured().await;
    let bot = world.start_bot().await;
    let [watched, other] = ["drop", "other"].map(|name| thread(&world, name));
    let reply = world.sandbox.command(world.owner, watched, "setup watch", &[]).await;
    let reply = reply.expect("an answer").text();
    let own = world.sandbox.webhooks(world.channel).into_iter().find(|webhook| webhook.own);
    let own = own.expect("a webhook of the bot's");
    assert!(reply.contains(&format!("{}?thread_id={watched}", own.url)), "{reply}");

    let client = reqwest::Client::new();
    let url = format!("{}?wait=true&thread_id={watched}", own.url);
    let posted: Value =
        client.post(&url).json(&checkout(1)).send().await.unwrap().json().await.unwrap();
    let here: MessageId = posted["id"].as_str().unwrap().parse().unwrap();
    world.sees(here, "✅").await;
    world.sandbox.post_in(&own, other, checkout(2)).expect("posted");
    world.sandbox.post(&own, checkout(3)).expect("posted");
    let checked = world.sandbox.command(world.owner, watched, "setup check", &[]).await;
    let checked = checked.expect("an answer").text();
    for part in ["All is well", "I have all the permissions", "is in place."] {
        assert!(checked.contains(part), "{part} in: {checked}");
    }
    world.stop_bot(bot).await;

    // A closed thread is not told of at the start, and read all the same; what is owed waits.
    let url = format!("{}?wait=true&thread_id={watched}", own.url);
    let posted: Value =
        client.post(&url).json(&checkout(4)).send().await.unwrap().json().await.unwrap();
    let closed: MessageId = posted["id"].as_str().unwrap().parse().unwrap();
    world.sandbox.set_archived(watched, true);
    let _bot = world.start_bot().await;
    is_stored(&world, closed).await;
    world.sandbox.set_archived(watched, false);
    world.sees(closed, "✅").await;
    assert_eq!(world.stored(), [here, closed]);
}

#[tokio::test(flavor = "multi_thread")]
async fn setup_watch_in_a_thread_of_a_watched_channel_gives_its_address() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let thread = thread(&world, "drop");
    let reply = world.sandbox.command(world.owner, thread, "setup watch", &[]).await;
    let reply = reply.expect("an answer").text();
    for part in [format!("?thread_id={thread}"), format!("a thread of <#{}>", world.channel)] {
        assert!(reply.contains(&part), "{part} in: {reply}");
    }
    let message = post_in(&world, thread, 1);
    world.sees(message, "✅").await;
    assert_eq!(world.rows("SELECT count(*) FROM watches"), ["1"]);
    for command in ["setup list", "setup check", "health"] {
        world.until_told(command, json!({}), "I also read its 1 thread, to the end").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_is_no_longer_watched_takes_its_threads_with_it() {
    let world = World::unconfigured().await;
    let _bot = world.start_bot().await;
    let own = world.set_up().await;
    let thread = thread(&world, "drop");
    let before = world.sandbox.post_in(&own, thread, checkout(1)).expect("posted");
    world.sees(before, "✅").await;
    let told = async || world.notices(thread).iter().any(|it| it.contains("Refract can post"));
    world.until("it is announced in the thread", told).await;
    let question = world.ask("setup unwatch", json!({})).await;
    let button = question.custom_id("Stop watching").expect("a button");
    let shown = question.message.expect("a message");
    world.sandbox.press(world.owner, shown, &button).await.expect("an answer");
    let meanwhile = world.sandbox.post_in(&own, thread, checkout(2)).expect("posted");
    // What is watched elsewhere is read on.
    let other = world.sandbox.add_channel(world.guild, "other");
    let chosen = [("channel", json!(other.to_string()))];
    world
        .sandbox
        .command(world.owner, world.channel, "setup watch", &chosen)
        .await
        .expect("set up");
    let elsewhere = world.sandbox.webhooks(other).into_iter().find(|webhook| webhook.own);
    let elsewhere = world.checkout_by(&elsewhere.expect("a webhook"), 3);
    world.sees(elsewhere, "✅").await;
    assert_eq!(world.stored(), [before, elsewhere]);

    world.set_up().await;
    world.sees(meanwhile, "✅").await;
    let after = world.sandbox.post_in(&own, thread, checkout(4)).expect("posted");
    world.sees(after, "✅").await;
    assert_eq!(world.stored(), [before, meanwhile, elsewhere, after]);
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_wait_while_the_configuration_does_not_name_their_channel() {
    let mut world = World::new().await;
    let thread = thread(&world, "drop");
    let posted: Vec<_> = (1..=320).map(|number| post_in(&world, thread, number)).collect();
    let bot = world.spawn_bot();
    world.until("some are stored", async || !world.stored().is_empty()).await;
    bot.kill();
    let watched = (world.channel, world.webhook.clone());
    world.channel = world.sandbox.add_channel(world.guild, "other");
    world.webhook = world.sandbox.add_webhook(world.channel, "Refract");
    world.configure("");
    world.sandbox.clear_log();
    let bot = world.start_bot().await;
    let elsewhere = world.checkout(1_000);
    world.sees(elsewhere, "✅").await;
    world.until_told("health", json!({}), "Up to date as of").await;
    assert_eq!(read(&world, thread), 0, "nobody asks for it");
    world.stop_bot(bot).await;

    (world.channel, world.webhook) = watched;
    world.configure("");
    let _bot = world.start_bot().await;
    let all = [posted, vec![elsewhere]].concat();
    world.until("all are stored", async || world.stored() == all).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn setup_watch_takes_a_forum_and_says_what_it_needs() {
    let world = World::unconfigured().await;
    let forum = world.sandbox.add_channel_of_kind(world.guild, "orders", FORUM);
    let bot = world.start_bot().await;
    let chosen = [("channel", json!(forum.to_string()))];
    let reply = world.sandbox.command(world.owner, world.channel, "setup watch", &chosen).await;
    let reply = reply.expect("an answer").text();
    let own = world.sandbox.webhooks(forum).into_iter().find(|webhook| webhook.own);
    let own = own.expect("a webhook of the bot's");
    for part in [own.url.as_str(), "holds only posts", "?thread_id=", "thread_name"] {
        assert!(reply.contains(part), "{part} in: {reply}");
    }
    let first = post(&world, &own, 1);
    world.sees(first, "✅").await;
    let post_channel = ChannelId(first.0);
    world
        .until("it is announced in the post", async || {
            world.notices(post_channel).iter().any(|notice| notice.contains("Refract can post"))
        })
        .await;
    world.stop_bot(bot).await;
    let night = post(&world, &own, 2);
    let _bot = world.start_bot().await;
    world.sees(night, "✅").await;
    world.until_told("setup list", json!({}), "I read its 2 posts").await;
    let output = world.call(&["check"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("the bot can read the posts of the forum #orders"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_configuration_may_name_a_thread_even_a_closed_one() {
    let mut world = World::new().await;
    let thread = thread(&world, "drop");
    let old = post_in(&world, thread, 1);
    world.sandbox.set_archived(thread, true);
    world.channel = thread;
    world.configure("");
    let bot = world.start_bot().await;
    is_stored(&world, old).await;
    let new = post_in(&world, thread, 2);
    world.sees(new, "✅").await;
    world.sees(old, "✅").await;
    let said = world.call(&["check"]).stdout;
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(said.contains("the bot can read the thread drop and react there"), "{said}");
    drop(bot);
}
