//! Settings of a server, changed in Discord: at once, over restarts, and back again.

use discord_sandbox::Reply;
use discord_sandbox::permission::{EMBED_LINKS, SEND_MESSAGES};
use refract_ledger::ids::ChannelId;
use serde_json::{Value, json};

use crate::harness::World;

/// The bot's own messages in a channel, as they are sent.
fn posted(world: &World, channel: ChannelId) -> Vec<Value> {
    let bot = world.sandbox.bot().to_string();
    let all = world.sandbox.messages(channel).into_iter();
    all.filter(|message| message["author"]["id"] == bot.as_str()).collect()
}

async fn is_posted(world: &World, channel: ChannelId, text: &str) {
    let there = async || posted(world, channel).iter().any(|it| it.to_string().contains(text));
    world.until(&format!("{text} is posted"), there).await;
}

async fn undo(world: &World, reply: &Reply) -> Reply {
    let id = reply.custom_id("Undo").unwrap_or_else(|| panic!("no Undo in {}", plain(reply)));
    let message = reply.message.expect("a message");
    world.sandbox.press(world.owner, message, &id).await.expect("pressed")
}

/// What a reply says, without its style.
fn plain(reply: &Reply) -> String {
    reply.text().replace(['*', '`'], "")
}

/// The number of the even order that `world.checkout` posts.
fn number(of: u64) -> String {
    format!("BBY01-807{of:09}")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_is_moved_in_discord_at_once_and_stays_there() {
    let world = World::new().await;
    let [first, second] = ["one", "two"].map(|name| world.sandbox.add_channel(world.guild, name));
    world.configure(&format!("[feed]\nchannel_id = \"{first}\""));
    let bot = world.start_bot().await;
    let shown = world.ask("setup feed", json!({})).await;
    assert!(shown.ephemeral && plain(&shown).contains(&format!("<#{first}>")), "{}", plain(&shown));
    assert!(plain(&shown).contains("from config.toml"), "{}", plain(&shown));
    world.checkout(2);
    is_posted(&world, first, &number(2)).await;

    let moved = world.ask("setup feed", json!({"channel": second.to_string()})).await;
    let there = format!("<#{second}>");
    for part in ["Saved", &there, "set here", "default:True"] {
        assert!(plain(&moved).contains(part), "{part} in:\n{}", plain(&moved));
    }
    world.checkout(4);
    is_posted(&world, second, &number(4)).await;
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    world.checkout(6);
    is_posted(&world, second, &number(6)).await;
    let said = |channel| format!("{:?}", posted(&world, channel));
    assert!(!said(first).contains(&number(4)) && !said(first).contains(&number(6)));
    assert!(!said(second).contains(&number(2)), "it begins with the next order");

    let back = world.ask("setup feed", json!({"default": true})).await;
    assert!(
        plain(&back).contains(&format!("<#{first}>")) && !plain(&back).contains("set here"),
        "{}",
        plain(&back)
    );
    world.checkout(8);
    is_posted(&world, first, &number(8)).await;
    let again = undo(&world, &back).await;
    assert!(
        plain(&again).contains("Undone") && plain(&again).contains(&format!("<#{second}>")),
        "{}",
        plain(&again)
    );
    let off = world.ask("setup feed", json!({"off": true})).await;
    assert!(plain(&off).contains("not posted · set here"), "{}", plain(&off));
    // The change before it cannot be undone any more: another one came since.
    let id = back.custom_id("Undo").expect("a button");
    let message = back.message.expect("a message");
    let late = world.sandbox.use_part(world.owner, message, &id, 2, &[]).await.expect("an answer");
    let late = plain(&world.sandbox.with_follow_ups(late).await);
    assert!(late.contains("changed again since"), "{late}");
    let list = plain(&world.ask("setup list", json!({})).await);
    assert!(list.contains("not posted · set here"), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_feeds_place_cannot_be_noted_its_channel_stays_as_it_was() {
    let world = World::new().await;
    let [first, second] = ["one", "two"].map(|name| world.sandbox.add_channel(world.guild, name));
    world.configure(&format!("[feed]\nchannel_id = \"{first}\""));
    let _bot = world.start_bot().await;
    let to_second = json!({"channel": second.to_string()});
    let moved = world.ask("setup feed", to_second.clone()).await;
    assert!(plain(&moved).contains("Saved"), "{}", plain(&moved));
    world.checkout(2);
    is_posted(&world, second, &number(2)).await;
    let database = rusqlite::Connection::open(world.database()).expect("open");
    let patience = std::time::Duration::from_secs(30);
    database.busy_timeout(patience).expect("a patience");
    let broken = format!(
        "CREATE TRIGGER broken BEFORE INSERT ON feeds WHEN new.channel_id = {first}
         BEGIN SELECT raise(ABORT, 'no room'); END"
    );
    database.execute_batch(&broken).expect("a trigger");
    let set_here = "SELECT coalesce(value, '') FROM guild_settings WHERE name = 'feed.channel_id'";
    let failed = undo(&world, &moved).await;
    assert!(plain(&failed).contains("Something went wrong"), "{}", plain(&failed));
    assert_eq!(world.rows(set_here), [second.to_string()]);
    let shown = plain(&world.ask("setup feed", json!({})).await);
    assert!(shown.contains(&format!("<#{second}>")), "{shown}");

    database.execute_batch("DROP TRIGGER broken").expect("mended");
    let back = undo(&world, &moved).await;
    assert!(plain(&back).contains("Undone"), "{}", plain(&back));
    assert_eq!(world.rows(set_here), [""]);
    // In its channel of before the feed begins with the next order.
    world.checkout(4);
    is_posted(&world, first, &number(4)).await;
    assert!(!format!("{:?}", posted(&world, first)).contains(&number(2)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_in_which_the_bot_may_not_post_is_refused_with_what_is_missing() {
    let world = World::new().await;
    let wall = world.sandbox.add_channel(world.guild, "wall");
    world.sandbox.set_bot_permissions(wall, 0, EMBED_LINKS);
    let _bot = world.start_bot().await;
    let channel = json!({"channel": wall.to_string()});
    // A line takes no embeds; a card does.
    let lines = plain(&world.ask("setup feed", channel.clone()).await);
    assert!(lines.contains("Saved"), "{lines}");
    let cards = plain(&world.ask("setup feed", json!({"style": "card"})).await);
    assert!(cards.contains("missing Embed Links") && !cards.contains("Send Messages"), "{cards}");
    world.sandbox.set_bot_permissions(wall, 0, SEND_MESSAGES);
    let text = "missing Send Messages";
    world.until_told("setup alerts", channel, text).await;
    let kept = plain(&world.ask("setup list", json!({})).await);
    assert!(kept.contains("a line for each order · default"), "{kept}");
    assert!(kept.contains("that the alert is about · default"), "{kept}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_time_zone_of_a_server_counts_in_discord_and_on_the_command_line() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    let offered =
        world.sandbox.autocomplete(world.owner, world.channel, "setup timezone", "zone", "berl");
    let offered = offered.await.expect("offered");
    assert_eq!(offered.first().map(|choice| choice.name.as_str()), Some("Europe/Berlin"));
    let odd = plain(&world.ask("setup timezone", json!({"zone": "Narnia"})).await);
    assert!(odd.contains("don't know the time zone Narnia"), "{odd}");
    let set = world.ask("setup timezone", json!({"zone": "tokyo"})).await;
    assert!(plain(&set).contains("Asia/Tokyo, where it is"), "{}", plain(&set));
    let figures = plain(&world.ask("orders stats", json!({"period": "all"})).await);
    assert!(figures.contains("Time zone: Asia/Tokyo"), "{figures}");
    let name = world.ask("orders export", json!({"format": "csv"})).await.files[0].name.clone();
    assert!(name.contains("-Asia-Tokyo"), "{name}");
    let file = world.folder.path().join("orders.csv");
    let named = format!("{}", file.display());
    let exported = world.call(&["export", "--format", "csv", "-o", &named]);
    assert!(exported.status.success(), "{exported:?}");
    let csv = std::fs::read_to_string(&file).expect("the file");
    let today = chrono::Utc::now().with_timezone(&chrono_tz::Asia::Tokyo).format("%Y").to_string();
    assert!(csv.contains("+09:00") && csv.contains(&today), "{csv}");
    world.stop_bot(bot).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn replies_are_public_in_the_server_that_wants_it_so_and_only_there() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    assert!(world.ask("orders recent", json!({})).await.ephemeral);
    let public = world.ask("setup replies", json!({"who": "public"})).await;
    assert!(public.ephemeral && plain(&public).contains("everybody in the channel"));
    assert!(!world.ask("orders recent", json!({})).await.ephemeral);
    let list = world.ask("setup list", json!({})).await;
    assert!(list.ephemeral, "a server's set-up is for those who run it");
    let other = world.sandbox.add_guild("Others");
    let (owner, place) = (world.sandbox.owner(other), world.sandbox.add_channel(other, "talk"));
    let there = world.sandbox.command(owner, place, "orders recent", &[]).await.expect("a reply");
    assert!(there.ephemeral, "{}", plain(&there));
    undo(&world, &public).await;
    assert!(world.ask("orders recent", json!({})).await.ephemeral);
    let both = plain(&world.ask("setup replies", json!({"who": "public", "default": true})).await);
    assert!(both.contains("not both"), "{both}");
    let rows = "SELECT name || '=' || coalesce(value, '-') || changed_by FROM guild_settings";
    assert_eq!(world.rows(rows), [format!("privacy.replies=-{}", world.owner)]);
}
