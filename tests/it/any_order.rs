//! Whatever the order of arrival, and however often a message comes, the rows are the same.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::Config;
use refract_ledger::verdict::Incoming;
use tokio::runtime::Runtime;

use crate::fresh::{Fresh, assert_findable, checkout, edited, message, rows};

/// All that must not depend on the order of arrival. Ids of orders and the times of the ledger's
/// own clock are left out.
const ORDERS: &str = "SELECT guild_id, order_number, store, product, price_minor, total_minor,
    currency, quantity, email, tracking_number, status, ordered_at, posted_at, shipped_at,
    delivered_at, message_id, store_key, total_stated, quantity_stated, said_status,
    last_message_id,
    (SELECT group_concat(line || ifnull(product, '') || ifnull(price_minor, '') || ifnull(quantity, ''))
     FROM (SELECT * FROM order_items WHERE order_id = orders.id ORDER BY line)), profile
    FROM orders ORDER BY message_id, order_number";
const DELIVERIES: &str = "SELECT message_id, edited_at, outcome, reason, reaction_wanted,
    (SELECT group_concat(named) FROM (
         SELECT orders.message_id || ':' || ifnull(orders.order_number, '') AS named FROM orders
         WHERE orders.id IN (SELECT value FROM json_each(order_ids)) ORDER BY named)),
    (SELECT group_concat(position || outcome || ifnull(waiting_for, '') || ifnull(doubt, '')
         || ifnull(unnumbered_at, ''))
     FROM (SELECT * FROM order_messages AS link WHERE link.message_id = deliveries.message_id
           ORDER BY position))
    FROM deliveries ORDER BY message_id";

/// What a message is.
#[derive(Debug, Clone, Copy)]
enum Form {
    Checkout,
    Update,
    Other,
}

/// A store may be missing, a number too, a product may be spelled in several ways, and be bought at
/// several times. What is edited may announce nothing any more.
pub(crate) fn any_message() -> impl Strategy<Value = Incoming> {
    let stores = select(vec!["Best Buy", "Best Buy US", "Best Buy CA", "Target", ""]);
    let numbers = select(vec!["A-1001", "A-1002", ""]);
    let products = select(vec![
        "Console",
        "Cónsole®",
        "Console (6 Packs)",
        "Console Digital Edition",
        "Controller",
        "",
    ]);
    let words = select(vec!["Shipped", "Delivered", "Cancelled", "Processing"]);
    let form = select(vec![Form::Checkout, Form::Checkout, Form::Update, Form::Other]);
    let kind = (form, 0_u32..4, 1_i64..6);
    let buyer = (select(vec!["", "Demo A", "Demo B"]), 1_i64..3);
    (kind, stores, numbers, products, words, 1_i64..4, buyer).prop_map(
        |((form, edit, id), store, number, product, word, quantity, (profile, price))| {
            let price = format!("${}.00", price * 10);
            let quantity = quantity.to_string();
            let mut fields = vec![("Order Number", number), ("Profile", profile)];
            match form {
                Form::Checkout => {
                    fields.extend([("Product", product), ("Price", price.as_str())]);
                    fields.push(("Quantity", &quantity));
                }
                Form::Update => fields.extend([("Status", word), ("Site", store)]),
                Form::Other => fields.clear(),
            }
            fields.retain(|(_, value)| !value.is_empty());
            let mut incoming = match (form, store) {
                (Form::Checkout, "") => message(id, "Successful Checkout", &fields),
                (Form::Checkout, store) => checkout(id, store, &fields),
                (Form::Update, _) => message(id, "Order update", &fields),
                (Form::Other, "") => message(id, "Checkout Failed", &[("Reason", "Card declined")]),
                (Form::Other, _) => message(id, "See you again", &[]),
            };
            // All copies of a message were posted at one time.
            let minute = [0, 20, 50][usize::try_from(id).unwrap() % 3];
            let at = format!("2025-11-03T12:{minute:02}:00Z");
            incoming.message.posted_at = at.parse().ok();
            if edit == 0 { incoming } else { edited(edit, incoming) }
        },
    )
}

async fn all_rows(messages: Vec<Incoming>, together: bool) -> Vec<String> {
    let fresh = Fresh::new().await;
    if together {
        fresh.ingest.submit_all(messages).await.unwrap();
    } else {
        fresh.take_all(messages).await;
    }
    let mut all = rows(&fresh.path(), ORDERS);
    all.extend(rows(&fresh.path(), DELIVERIES));
    assert_findable(&fresh.path());
    fresh.stop().await;
    all
}

proptest! {
    #![proptest_config(Config { cases: 48, max_shrink_iters: 200, ..Config::default() })]

    #[test]
    fn any_order_of_arrival_gives_the_same_rows(
        messages in vec(any_message(), 1..9),
        places in vec(any::<Index>(), 9),
        repeated in any::<Index>(),
    ) {
        let mut shuffled = messages.clone();
        for (index, place) in places.iter().enumerate().take(shuffled.len()) {
            let other = place.index(shuffled.len());
            shuffled.swap(index, other);
        }
        shuffled.push(messages[repeated.index(messages.len())].clone());
        let runtime = Runtime::new().unwrap();
        let one = runtime.block_on(all_rows(messages.clone(), false));
        let other = runtime.block_on(all_rows(shuffled, false));
        prop_assert_eq!(&one, &other);
        let together = runtime.block_on(all_rows(messages, true));
        prop_assert_eq!(&one, &together);
    }
}
