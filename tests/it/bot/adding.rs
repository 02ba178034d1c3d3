//! What people add to orders: tracking numbers and notes.

use serde_json::{Value, json};

use super::changing::{NUMBER, card, press, the_order, with_order};
use crate::harness::World;

#[tokio::test(flavor = "multi_thread")]
async fn tracking_numbers_are_added_and_linked_to_their_carriers() {
    let (world, _bot, _) = with_order().await;
    let first = card(&world).await;
    let form = press(&world, world.owner, &first, "Add tracking").await;
    let value = [("value", "1z999aa10123456784 9400111206206406260787")];
    let shown = world.sandbox.submit_modal(world.owner, &form, &value).await.expect("sent");
    let typed = json!({"number": NUMBER, "tracking": "9505 5110 6960 5048 6006 24"});
    let said = world.ask("track", typed).await.text();
    assert!(said.contains("9505511069605048600624"), "a number printed in groups: {said}");
    world.ask("undo", json!({ "number": NUMBER })).await;
    for part in ["ups.com", "UPS", "usps.com", "Last change"] {
        assert!(shown.text().contains(part), "{part} in {}", shown.text());
    }
    world.ask("track", json!({"number": NUMBER, "tracking": "TBA123456789012"})).await;
    let all = "1Z999AA10123456784, 9400111206206406260787, TBA123456789012";
    assert_eq!(the_order(&world)["tracking_number"], all);
    // What Refract says later stands beside it.
    let update =
        format!("Order Number\n#{NUMBER}\nStatus\nshipped\nTracking Number\n1Z999AA10987654321");
    let message = world.post(json!({ "content": update }));
    world.sees(message, "📦").await;
    assert_eq!(the_order(&world)["tracking_number"], format!("1Z999AA10987654321, {all}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_written_replaced_and_taken_away() {
    let (world, _bot, _) = with_order().await;
    let first = card(&world).await;
    let form = press(&world, world.owner, &first, "Note").await;
    let shown = world.sandbox.submit_modal(world.owner, &form, &[("value", "gift for Ann")]).await;
    assert!(shown.expect("sent").text().contains("gift for Ann"));
    world.ask("note", json!({"number": NUMBER, "text": "sold to Bob"})).await;
    assert_eq!(the_order(&world)["notes"], "sold to Bob");
    world.ask("note", json!({"number": NUMBER, "text": "-"})).await;
    assert_eq!(the_order(&world)["notes"], Value::Null);
    world.ask("note", json!({"number": NUMBER, "text": "again"})).await;
    let form = press(&world, world.owner, &card(&world).await, "Note").await;
    world.sandbox.submit_modal(world.owner, &form, &[("value", "-")]).await.expect("sent");
    assert_eq!(the_order(&world)["notes"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_note_stands_whole_on_the_card_and_in_its_form() {
    let (world, _bot, _) = with_order().await;
    let note = "a long note ".repeat(83);
    let note = note.trim();
    world.ask("note", json!({"number": NUMBER, "text": note})).await;
    let shown = card(&world).await;
    assert!(shown.text().contains(&format!("Notes: {note}\n")), "{}", shown.text());
    let form = press(&world, world.owner, &shown, "Note").await.modal.expect("a form");
    assert_eq!(form["components"][0]["components"][0]["value"], note);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_tracking_numbers_says_which_came_and_went() {
    let (world, _bot, _) = with_order().await;
    let track = async |tracking| {
        world.ask("track", json!({"number": NUMBER, "tracking": tracking})).await;
    };
    track("1Z999AA10123456784, 1Z999AA10123456792, 9400111899223197428490").await;
    track("TBA123456789012, TBA123456789013").await;
    let shown = card(&world).await.text();
    let added = "tracking added: `TBA123456789012`, `TBA123456789013` · ";
    assert!(shown.contains(added), "{shown}");
    let said = world.ask("undo", json!({ "number": NUMBER })).await.text();
    assert!(said.contains("removed tracking `TBA123456789012`, `TBA123456789013`."), "{said}");
    let shown = card(&world).await.text();
    assert!(
        shown.contains("tracking removed: `TBA123456789012`, `TBA123456789013` (undo)"),
        "{shown}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_tracking_number_is_refused_and_what_has_no_room_is_named() {
    let (world, _bot, _) = with_order().await;
    let track = async |tracking: &str| {
        world.ask("track", json!({"number": NUMBER, "tracking": tracking})).await.text()
    };
    assert!(track("1Z999AA10123456784 🎉").await.contains("`🎉` is not a tracking number"));
    assert!(track("https://example.com/parcel").await.contains("Type the number itself"));
    assert_eq!(the_order(&world)["tracking_number"], Value::Null);
    let link = "https://www.ups.com/track?tracknum=1Z999AA10123456784&loc=en_US";
    assert!(track(link).await.contains("`1Z999AA10123456784`"));
    let many: Vec<String> = (100..121).map(|number| format!("X{number}")).collect();
    let said = track(&many.join(" ")).await;
    assert!(said.ends_with("at most 20 tracking numbers. Not saved: `X119`, `X120`."), "{said}");
    let stored = the_order(&world)["tracking_number"].to_string();
    assert!(stored.ends_with(", X118\""), "{stored}");
    let form = press(&world, world.owner, &card(&world).await, "Add tracking").await;
    let sent = world.sandbox.submit_modal(world.owner, &form, &[("value", "X200")]).await;
    let said = sent.expect("sent").content;
    assert!(said.contains("Not saved: `X200`."), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn undoing_a_note_quotes_it() {
    let (world, _bot, _) = with_order().await;
    for text in ["gift", "sold: to Bob"] {
        world.ask("note", json!({"number": NUMBER, "text": text})).await;
    }
    let undo = async || world.ask("undo", json!({ "number": NUMBER })).await.text();
    let said = "Undone: the note is “gift” again instead of “sold:\u{200b} to Bob”.";
    assert_eq!(undo().await, said);
    assert_eq!(undo().await, "Undone: removed the note “gift”.");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_by_hand_is_taken_back_by_the_command_and_by_its_card_once() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let add = async || {
        let order = json!({"number": NUMBER, "store": "Target", "price": "$10"});
        let said = world.ask("orders add", order).await.text();
        assert!(said.contains("`/undo` takes it back"), "{said}");
    };
    let undo = async || world.ask("undo", json!({ "number": NUMBER })).await.text();
    let gone = format!("Undone: order `{NUMBER}` is gone. It had been added by hand.");
    add().await;
    let history = press(&world, world.owner, &card(&world).await, "History").await.text();
    assert!(history.contains("order added by hand") && !history.contains("batch"), "{history}");
    world.ask("note", json!({"number": NUMBER, "text": "gift"})).await;
    assert_eq!(undo().await, "Undone: removed the note “gift”.");
    // Delivered once more, it does not take the order away as well.
    world.sandbox.repeat_latest_interaction();
    let taken = "Discord delivered an interaction again";
    world.until("it came in", async || world.log().contains(taken)).await;
    assert_eq!(the_order(&world)["source"], "hand");
    assert_eq!(undo().await, gone);
    assert_eq!(world.exported(), <[Value; 0]>::default());

    // The card goes with the order.
    add().await;
    let shown = press(&world, world.owner, &card(&world).await, "Undo").await;
    assert_eq!((shown.text(), shown.components.len()), (gone, 0));
    assert_eq!(world.exported(), <[Value; 0]>::default());

    // A checkout joins it: then it stays, as the message says.
    add().await;
    let fields = [("Product", "Example"), ("Price", "$12.00"), ("Order Number", NUMBER)];
    let message = world.post_fields("Successful Checkout | Target", &fields);
    world.sees(message, "✅").await;
    let said = undo().await;
    assert!(said.contains("no longer counts") && said.contains("stays"), "{said}");
    let order = the_order(&world);
    assert_eq!((&order["product"], &order["price"]), (&json!("Example"), &json!("12.00")));
    let history = press(&world, world.owner, &card(&world).await, "History").await.text();
    assert!(history.contains("what was added by hand no longer counts (undo)"), "{history}");
}
