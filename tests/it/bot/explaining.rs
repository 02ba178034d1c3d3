//! Why a message made no order, and reading it again.

use serde_json::json;

use super::changing::{NUMBER, press, with_order};
use crate::harness::World;

#[tokio::test(flavor = "multi_thread")]
async fn the_menus_of_a_message_show_its_order_and_why_there_is_none() {
    let (world, _bot, message) = with_order().await;
    let details = world.sandbox.message_command(world.owner, message, "Order details").await;
    assert!(details.expect("an answer").text().contains("Example"));
    let rejected = world.post_fields(
        "Successful Checkout | Target",
        &[("Price", "$10.00"), ("Order Number", "N/A")],
    );
    world.sees(rejected, "⚠️").await;
    let details = world.sandbox.message_command(world.owner, rejected, "Order details").await;
    assert!(details.expect("an answer").text().contains("has no order"));
    let why =
        world.sandbox.message_command(world.owner, rejected, "Why was this not stored?").await;
    assert!(why.expect("an answer").text().contains("order number"));
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_was_read_is_told_and_no_reason_where_there_is_none() {
    let (world, _bot, stored) = with_order().await;
    let shown = world.ask("logs show", json!({"message": stored.to_string()})).await.text();
    assert!(shown.contains("A new order was stored.") && !shown.contains("Why"), "{shown}");
    let rejected = world.post_fields(
        "Successful Checkout | Target",
        &[
            ("Product", "Example"),
            ("Price", "$10.00"),
            ("Quantity", "2"),
            ("Profile", "VCC Main"),
            ("Proxy Details", "Home"),
            ("Email", "buyer@example.com"),
        ],
    );
    world.sees(rejected, "⚠️").await;
    let shown = world.ask("logs show", json!({"message": rejected.to_string()})).await.text();
    let read = "product: Example · price: $10.00 · quantity: 2 · profile: VCC Main · \
                e-mail: buyer@\u{200b}example.com · proxy: Home";
    assert!(shown.contains(read) && shown.contains("**Why:**"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_read_is_stored_on_demand_once_its_label_is_known() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let fields = [("Product", "Example"), ("Vorgangscode", NUMBER)];
    let first = world.post_fields("Successful Checkout | Target", &fields);
    world.sees(first, "⚠️").await;
    let why = world.ask("logs show", json!({"message": first.to_string()})).await;
    for part in [
        "order number: **not found**",
        "product: Example",
        "don't know these labels: `Vorgangscode`",
    ] {
        assert!(why.text().contains(part), "{part} in: {}", why.text());
    }
    let still = press(&world, world.owner, &why, "Try again").await;
    let said = &still.content;
    assert!(said.contains("Tried again at <t:") && said.ends_with("still stored."), "{said}");
    world.stop_bot(bot).await;
    world.configure("[labels]\n\"Vorgangscode\" = \"order_number\"");
    let _bot = world.start_bot().await;
    let stranger = world.sandbox.add_member(world.guild, "stranger", &[]);
    let refused = world.sandbox.command(stranger, world.channel, "logs retry", &[]).await;
    assert!(refused.is_err(), "{refused:?}");
    let said = world.ask("logs retry", json!({})).await.text();
    assert!(said.contains("1 message: it is stored now"), "{said}");
    world.sees(first, "✅").await;
    assert_eq!(world.exported().len(), 1);
}
