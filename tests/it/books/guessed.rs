//! Stores that are only guessed from a link's host, beside named ones: what is said decides which orders there are,
//! never what came first, nor whether a message or a sheet says it.

use refract_ledger::ledger::ListRange;
use refract_ledger::reparse::{Watched, reparse};
use refract_ledger::sheet::Kind;
use refract_ledger::verdict::Incoming;

use super::by_hand::{USER, bring};
use super::joined::any_order::in_any_order;
use super::joined::bring_json;
use crate::fresh::{Fresh, GUILD, assert_findable, checkout, message, rows};

/// What comes; messages by their last digits.
#[derive(Debug, Clone, Copy)]
enum Piece {
    /// A checkout that names no store; the host of its link, and the price.
    Link(i64, &'static str, &'static str),
    /// One that names its store.
    Named(i64, &'static str, &'static str),
    /// A notice that the order was shipped, of this store.
    Shipped(i64, &'static str),
    /// The row of a sheet of old orders, of this store.
    Sheet(&'static str, &'static str),
}
use Piece::{Link, Named, Sheet, Shipped};

/// Each order of arrival has a number of its own.
#[derive(Clone, Copy)]
struct Number(i64);

impl Number {
    fn text(self) -> String {
        (100_000 + self.0).to_string()
    }

    fn message(self, id: i64) -> i64 {
        self.0 * 1000 + id
    }

    fn told(self, piece: Piece) -> Option<Incoming> {
        let number = self.text();
        let bought = |price| {
            let product = format!("Lamp of {price}");
            [("Product", product), ("Price", format!("${price}")), ("Order Number", number.clone())]
        };
        let told = match piece {
            Link(id, host, price) => {
                let [product, price, number] = bought(price);
                let product = (product.0, format!("[{}](https://{host}/products/1)", product.1));
                let fields = [product, price, number];
                let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
                message(self.message(id), "Successful Checkout", &fields)
            }
            Named(id, store, price) => {
                let fields = bought(price);
                let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
                checkout(self.message(id), store, &fields)
            }
            Shipped(id, store) => {
                let fields = [("Store", store), ("Order Number", number.as_str())];
                message(self.message(id), "Order Shipped", &fields)
            }
            Sheet(..) => return None,
        };
        Some(told)
    }

    /// Gives the batch of a sheet.
    async fn take(self, fresh: &Fresh, piece: Piece) -> Option<i64> {
        if let Some(told) = self.told(piece) {
            fresh.take(told).await;
        }
        let Sheet(store, price) = piece else { return None };
        let number = self.text();
        let sheet = format!(
            r#"[{{"order_number": "{number}", "product": "Lamp of {price}", "price": "{price}", "currency": "USD",
                "quantity": 1, "store": "{store}", "ordered_at": "2026-01-05T12:00:00Z"}}]"#
        );
        bring_json(fresh, &sheet).await.batch
    }

    /// What the orders of the number are, but for their ids, and what became of the messages.
    fn shown(self, fresh: &Fresh) -> Vec<String> {
        let (number, first) = (self.text(), self.message(0));
        let orders = format!(
            "SELECT message_id - {first}, store, store_key, product, quantity, total_minor, currency, status, source,
                 last_message_id - {first}, (SELECT group_concat(line || product) FROM order_items WHERE order_id = id)
             FROM orders WHERE order_number = '{number}' ORDER BY 1, 2, 3"
        );
        let messages = format!(
            "SELECT message_id - {first}, outcome, json_array_length(order_ids),
                 (SELECT group_concat(store_key) FROM orders WHERE id IN (SELECT value FROM json_each(order_ids)))
             FROM deliveries WHERE message_id / 1000 = {} ORDER BY 1",
            self.0
        );
        [rows(&fresh.path(), &orders), rows(&fresh.path(), &messages)].concat()
    }

    /// Store, total and status of each order.
    fn orders(self, fresh: &Fresh) -> Vec<String> {
        let number = self.text();
        let query = format!(
            "SELECT store, total_minor, status FROM orders WHERE order_number = '{number}' ORDER BY 1, 2"
        );
        rows(&fresh.path(), &query)
    }
}

const A: &str = "shop-a.example.com";
const B: &str = "shop-b.example.org";

/// What comes in any order, and the orders that it makes: store, total and status.
const HANDFULS: &[(&[Piece], &[&str])] = &[
    // Guesses that contradict each other contradict the named one, too.
    (
        &[Link(1, A, "10.00"), Link(2, B, "200.00"), Named(3, "Kith", "300.00")],
        &[
            "Kith|30000|verified",
            "shop-a.example.com|1000|verified",
            "shop-b.example.org|20000|verified",
        ],
    ),
    (
        &[Link(1, A, "10.00"), Link(2, B, "200.00"), Sheet("Kith", "300.00")],
        &[
            "Kith|30000|verified",
            "shop-a.example.com|1000|verified",
            "shop-b.example.org|20000|verified",
        ],
    ),
    // One guess and one name are one purchase.
    (&[Link(1, A, "10.00"), Named(2, "Kith", "10.00")], &["Kith|1000|verified"]),
    (&[Link(1, A, "10.00"), Sheet("Kith", "10.00")], &["Kith|1000|verified"]),
    (&[Link(1, A, "10.00"), Link(2, A, "10.00"), Sheet("Kith", "10.00")], &["Kith|1000|verified"]),
    (
        &[Link(1, A, "10.00"), Named(2, "Kith", "10.00"), Sheet("Kith", "10.00")],
        &["Kith|1000|verified"],
    ),
    // Which of two names it is, nobody knows.
    (
        &[Link(1, A, "10.00"), Sheet("Kith", "20.00"), Sheet("Target", "30.00")],
        &["Kith|2000|verified", "Target|3000|verified", "shop-a.example.com|1000|verified"],
    ),
    (
        &[Link(1, A, "10.00"), Named(2, "Kith", "20.00"), Named(3, "Target", "30.00")],
        &["Kith|2000|verified", "Target|3000|verified", "shop-a.example.com|1000|verified"],
    ),
    // What messages alone settle stays settled.
    (
        &[Link(1, A, "10.00"), Named(2, "Kith", "10.00"), Sheet("Target", "30.00")],
        &["Kith|1000|verified", "Target|3000|verified"],
    ),
    // A notice finds the guess whose store it names.
    (&[Link(1, A, "10.00"), Shipped(2, "Kith")], &["shop-a.example.com|1000|shipped"]),
    (
        &[Link(1, A, "10.00"), Link(2, B, "200.00"), Shipped(3, "Kith")],
        &["shop-a.example.com|1000|verified", "shop-b.example.org|20000|verified"],
    ),
    (&[Link(1, A, "10.00"), Shipped(2, "Kith"), Sheet("Kith", "10.00")], &["Kith|1000|shipped"]),
    (
        &[Link(1, A, "10.00"), Shipped(2, "Kith"), Sheet("Target", "10.00")],
        &["Target|1000|verified"],
    ),
    (&[Link(1, A, "10.00"), Shipped(2, A), Sheet("Kith", "10.00")], &["Kith|1000|shipped"]),
    (
        &[
            Link(1, A, "10.00"),
            Shipped(2, "Kith"),
            Sheet("Kith", "20.00"),
            Sheet("Target", "30.00"),
        ],
        &["Kith|2000|shipped", "Target|3000|verified", "shop-a.example.com|1000|verified"],
    ),
];

#[tokio::test]
async fn a_guessed_store_gives_way_to_the_one_that_is_named_in_any_order() {
    for (pieces, expected) in HANDFULS {
        let fresh = Fresh::new().await;
        let orders = in_any_order(pieces);
        let (mut first, mut batches) = (Vec::new(), Vec::new());
        for (order, number) in orders.iter().zip(1..) {
            let number = Number(number);
            let mut of_order = Vec::new();
            for piece in order {
                of_order.push(number.take(&fresh, *piece).await);
            }
            batches.push(of_order);
            assert_eq!(number.orders(&fresh), *expected, "{order:?}");
            let shown = number.shown(&fresh);
            if first.is_empty() {
                first.clone_from(&shown);
            }
            assert_eq!(shown, first, "{order:?}");
        }
        reparse(&fresh.ledger, &fresh.ingest, &Watched::default(), |_| ()).await.expect("reparse");
        for (order, number) in orders.iter().zip(1..) {
            assert_eq!(Number(number).shown(&fresh), first, "{order:?}, read again");
        }
        undo_each(&fresh, &orders, &batches).await;
        assert_findable(&fresh.path());
        fresh.stop().await;
    }
}

#[tokio::test]
async fn a_row_of_any_kind_finds_the_only_order_whose_store_is_guessed() {
    const ROWS: [(Kind, &str, &str); 2] = [
        (Kind::Track, "order,store,tracking", "PK1001"),
        (Kind::Status, "order,store,status", "shipped"),
    ];
    let fresh = Fresh::new().await;
    let waiting =
        async || fresh.ledger.waiting_rows(Some(GUILD), ListRange::ALL).await.unwrap().all;
    let shown = |number: Number| {
        let number = number.text();
        let query = format!(
            "SELECT store, tracking_number, status FROM orders WHERE order_number = '{number}' ORDER BY id"
        );
        rows(&fresh.path(), &query)
    };
    let bring_all = async |number: Number| {
        for (kind, head, value) in ROWS {
            bring(&fresh, kind, &format!("{head}\n{},Kith,{value}\n", number.text()), &[]).await;
        }
    };
    let found = [format!("{A}|PK1001|shipped")];
    let (after, before, two, named) = (Number(1), Number(2), Number(3), Number(4));
    after.take(&fresh, Link(1, A, "10.00")).await;
    bring_all(after).await;
    assert_eq!((shown(after), waiting().await), (found.to_vec(), 0));
    bring_all(before).await;
    assert_eq!(waiting().await, 2);
    before.take(&fresh, Link(1, A, "10.00")).await;
    assert_eq!((shown(before), waiting().await), (found.to_vec(), 0));
    // Which of two it is, nobody knows: neither takes it, also where it had one of them.
    two.take(&fresh, Link(1, A, "10.00")).await;
    bring_all(two).await;
    two.take(&fresh, Link(2, B, "200.00")).await;
    let apart = [format!("{A}|-|verified"), format!("{B}|-|verified")];
    assert_eq!((shown(two), waiting().await), (apart.to_vec(), 2));
    // A store that is named is another one.
    named.take(&fresh, Named(1, "Target", "10.00")).await;
    bring_all(named).await;
    assert_eq!((shown(named), waiting().await), (vec!["Target|-|verified".to_owned()], 4));
    reparse(&fresh.ledger, &fresh.ingest, &Watched::default(), |_| ()).await.expect("reparse");
    assert_eq!((shown(after), shown(two)), (found.to_vec(), apart.to_vec()));
}

/// Undoes a sheet of each order: what is left is as if it had never come.
async fn undo_each(fresh: &Fresh, orders: &[Vec<Piece>], batches: &[Vec<Option<i64>>]) {
    for (number, (order, batches)) in (1..).zip(orders.iter().zip(batches)) {
        let Some(at) = batches.iter().position(Option::is_some) else { continue };
        // An order of which a message speaks stays without its sheet.
        if batches.iter().flatten().count() > 1 && order.iter().any(|it| matches!(it, Shipped(..)))
        {
            continue;
        }
        let undone = batches[at].expect("a batch");
        fresh.ledger.undo_batch(Some(GUILD), undone, Some(USER)).await.unwrap();
        let other = Number(number + 1_000);
        for (place, piece) in order.iter().enumerate() {
            if place != at {
                other.take(fresh, *piece).await;
            }
        }
        let shown = Number(number).shown(fresh);
        assert_eq!(shown, other.shown(fresh), "{order:?} without {:?}", order[at]);
    }
}
