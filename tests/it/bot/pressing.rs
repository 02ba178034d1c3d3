//! Buttons and menus on the days when something is not as it should be.

use serde_json::json;

use crate::harness::{PATIENCE, World};

/// A page of orders with a button to the next one.
async fn with_pages(world: &World) -> (refract_ledger::ids::MessageId, String) {
    let messages: Vec<_> = (1..=12).map(|number| world.checkout(number)).collect();
    world.until("all are stored", async || world.stored() == messages).await;
    let page = world.ask("orders recent", json!({"limit": 5})).await;
    let older = page.custom_id("Older ▶").expect("a button");
    (page.message.expect("a message"), older)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_works_after_a_new_session_and_after_a_restart() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let (message, older) = with_pages(&world).await;
    world.sandbox.invalidate(false);
    let ready = async || world.log().matches("ready as").count() == 2;
    world.until("a new session is there", ready).await;
    let next = world.sandbox.press(world.owner, message, &older).await.expect("pressed");
    assert!(next.text().contains("page 2 of 3"), "{}", next.text());

    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    let older = next.custom_id("Older ▶").expect("a button");
    let last = world.sandbox.press(world.owner, message, &older).await.expect("pressed");
    assert!(last.text().contains("page 3 of 3"), "{}", last.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_to_a_page_that_is_gone_leads_to_the_last() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let (message, older) = with_pages(&world).await;
    let gone = older.replace("|5|5|", "|5|500|");
    let last = world.sandbox.use_part(world.owner, message, &gone, 2, &[]).await;
    let last = last.expect("pressed");
    assert!(last.text().contains("page 3 of 3"), "{}", last.text());
    assert_eq!(last.text().matches("[message]").count(), 2, "{}", last.text());
    assert!(last.custom_id("◀ Newer").is_some_and(|newer| newer.contains("|5|5|")), "{last:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_everybody_sees_stays_masked_when_replies_become_private() {
    let world = World::new().await;
    world.configure("[privacy]\nreplies = \"public\"\n");
    let bot = world.start_bot().await;
    for number in ["102003000000017", "102003000000025"] {
        let gift = "Gift for secret.buyer@example.com";
        let fields = [("Product", gift), ("Price", "$10.00"), ("Order Number", number)];
        let message = world.post_fields("Successful Checkout | Target", &fields);
        world.sees(message, "✅").await;
    }
    let page = world.ask("orders recent", json!({"limit": 1})).await;
    let open = world.ask("orders open", json!({})).await;
    let menu = open.custom_id("Show the orders of a line").expect("a menu");
    let line = world
        .sandbox
        .select(world.owner, open.message.expect("a message"), &menu, &["no_tracking"])
        .await
        .expect("chosen");
    world.stop_bot(bot).await;
    world.configure("[privacy]\nreplies = \"ephemeral\"\n");
    let _bot = world.start_bot().await;
    let turn = format!("books1|line|{}|no_tracking|0|=||||", world.owner);
    for (list, part) in [(&page, page.custom_id("Older ▶").expect("a button")), (&line, turn)] {
        let message = list.message.expect("a message");
        let next = world.sandbox.use_part(world.owner, message, &part, 2, &[]).await;
        let next = next.expect("pressed").text();
        assert!(next.contains("Gift for s") && !next.contains("secret.buyer"), "{next}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_that_is_pressed_twice_at_once_answers_twice() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let (message, older) = with_pages(&world).await;
    let press = || world.sandbox.press(world.owner, message, &older);
    let (one, other) = tokio::join!(press(), press());
    for page in [one.expect("pressed"), other.expect("pressed")] {
        assert!(page.text().contains("page 2 of 3"), "{}", page.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_in_a_button_gets_a_sentence_and_breaks_nothing() {
    let world = World::new().await;
    let mut bot = world.start_bot().await;
    let (message, older) = with_pages(&world).await;
    let long = "x".repeat(100);
    let (more, fewer) = (format!("{older}|1"), older.trim_end_matches('|').to_owned());
    let words = older.replace(|letter: char| letter.is_ascii_digit(), "x");
    let earlier = older.replacen('1', "0", 1);
    for id in ["", "?", "orders", "||||", "🙃", &long, &more, &fewer, &words, &earlier] {
        for kind in [2, 3] {
            let pressed = world.sandbox.use_part(world.owner, message, id, kind, &["x"]).await;
            let reply = pressed.unwrap_or_else(|failure| panic!("{id}: {failure:?}"));
            assert!(!reply.text().is_empty(), "{id}");
        }
    }
    assert!(bot.has_ended().is_none());
    assert!(!world.log().contains("panicked"), "{}", world.log());
    let page = world.ask("orders recent", json!({"limit": 5})).await;
    let (message, older) = (page.message.expect("a message"), page.custom_id("Older ▶"));
    let older = older.expect("a button");
    let next = world.sandbox.press(world.owner, message, &older).await.expect("pressed");
    assert!(next.text().contains("page 2 of 3"), "{}", next.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_has_expired_costs_its_own_answer_only() {
    let world = World::new().await;
    let mut bot = world.start_bot().await;
    let (message, older) = with_pages(&world).await;
    world.sandbox.expire_interactions();
    let next = world.sandbox.press(world.owner, message, &older).await.expect("pressed");
    assert!(next.text().contains("page 2 of 3"), "{}", next.text());
    world.sandbox.set_latency(std::time::Duration::from_secs(4));
    let late = world.sandbox.command(world.owner, world.channel, "orders recent", &[]).await;
    assert!(late.is_err(), "Discord does not wait so long: {late:?}");
    world.sandbox.set_latency(std::time::Duration::ZERO);
    assert!(world.sandbox.wait_for_bot(PATIENCE).await);
    world.ask("orders recent", json!({})).await;
    assert!(bot.has_ended().is_none());
}
