//! Which purchase is which order depends on what is said, never on what came first: each handful of sheets and
//! messages comes in every order, each of these on a day of its own.

use chrono::{Days, NaiveDate};
use refract_ledger::reparse::{Watched, reparse};
use refract_ledger::verdict::Incoming;

use super::{USER, bring_json};
use crate::fresh::{Fresh, GUILD, assert_findable, checkout, rows};

/// What comes. Messages and purchases are named by their last three digits, orders by a letter.
#[derive(Debug, Clone, Copy)]
pub(super) enum Piece {
    /// A sheet of a purchase without a number: its message, and the minute.
    Lone(i64, u32),
    /// One that names it by nothing but what was bought when.
    Words(u32),
    /// A sheet of an order with a number.
    Numbered(&'static str, u32),
    /// One file with both.
    Both(i64, u32, &'static str, u32),
    /// The message of a purchase without a number.
    LoneMessage(i64, u32),
    /// The message of an order with a number.
    Message(i64, &'static str, u32),
    /// A message that adds a cup to an order.
    Cup(i64, &'static str, u32),
    /// A sheet of a purchase of somebody else.
    Other(i64, u32),
}
use Piece::{Both, Cup, Lone, LoneMessage, Message, Numbered, Other, Words};

/// Purchases of one day.
#[derive(Clone, Copy)]
pub(super) struct Day(pub(super) i64);

impl Day {
    pub(super) fn date(self) -> NaiveDate {
        let first = NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day");
        first + Days::new(self.0.unsigned_abs())
    }

    fn at(self, minute: u32) -> String {
        format!("{}T12:{minute:02}:00Z", self.date())
    }

    fn message(self, id: i64) -> i64 {
        self.0 * 1000 + id
    }

    pub(super) fn number(self, letter: &str) -> String {
        format!("{letter}-{}", 1000 + self.0)
    }

    fn row(self, name: &str, minute: u32, profile: &str) -> String {
        format!(
            r#"{{{name} "product": "Example Pen", "price": "10.00", "currency": "USD", "quantity": 1,
                "store": "Target", "profile": "{profile}", "ordered_at": "{}"}}"#,
            self.at(minute)
        )
    }

    fn lone(self, id: i64, minute: u32) -> String {
        let name = format!(r#""message_id": "{}", "payout": "{id}.00","#, self.message(id));
        self.row(&name, minute, "Main")
    }

    fn numbered(self, letter: &str, minute: u32) -> String {
        let name = format!(r#""order_number": "{}","#, self.number(letter));
        self.row(&name, minute, "Main")
    }

    fn told(self, id: i64, order: Option<(&str, &str)>, minute: u32) -> Incoming {
        let product = order.map_or("Example Pen", |(_, product)| product);
        let number = order.map(|(letter, _)| self.number(letter));
        let mut fields = vec![("Product", product), ("Price", "$10.00"), ("Profile", "Main")];
        fields.extend(number.iter().map(|number| ("Order Number", number.as_str())));
        let mut told = checkout(self.message(id), "Target", &fields);
        told.message.posted_at = self.at(minute).parse().ok();
        told
    }

    /// Gives the batch of a sheet.
    pub(super) async fn take(self, fresh: &Fresh, piece: Piece) -> Option<i64> {
        let sheet = match piece {
            Lone(id, minute) => self.lone(id, minute),
            Words(minute) => self.row(r#""payout": "1.00","#, minute, "Main"),
            Numbered(letter, minute) => self.numbered(letter, minute),
            Both(id, minute, letter, at) => {
                format!("{},{}", self.lone(id, minute), self.numbered(letter, at))
            }
            Other(id, minute) => {
                let name = format!(r#""message_id": "{}","#, self.message(id));
                self.row(&name, minute, "Second")
            }
            LoneMessage(id, minute) => {
                fresh.take(self.told(id, None, minute)).await;
                return None;
            }
            Message(id, letter, minute) => {
                fresh.take(self.told(id, Some((letter, "Example Pen")), minute)).await;
                return None;
            }
            Cup(id, letter, minute) => {
                fresh.take(self.told(id, Some((letter, "Example Cup")), minute)).await;
                return None;
            }
        };
        bring_json(fresh, &format!("[{sheet}]")).await.batch
    }

    /// The orders of the day, as they are on any.
    pub(super) fn shown(self, fresh: &Fresh) -> Vec<String> {
        let (day, first) = (self.date(), self.message(0));
        let query = format!(
            "SELECT substr(order_number, 1, 1), message_id - {first}, product, quantity, total_minor, payout_minor,
                 profile, store_key, status, source, (SELECT count(*) FROM order_items WHERE order_id = orders.id)
             FROM orders WHERE ordered_at GLOB '{day}*' ORDER BY 1, 2, 6, ordered_at"
        );
        rows(&fresh.path(), &query)
    }
}

pub(in crate::books) fn in_any_order<P: Copy>(pieces: &[P]) -> Vec<Vec<P>> {
    let [first, others @ ..] = pieces else { return vec![Vec::new()] };
    let mut all = Vec::new();
    for order in in_any_order(others) {
        for place in 0..=order.len() {
            let mut order = order.clone();
            order.insert(place, *first);
            all.push(order);
        }
    }
    all
}

const HANDFULS: &[&[Piece]] = &[
    &[Lone(901, 0), Numbered("A", 20), Numbered("B", 10)],
    &[Lone(901, 0), Lone(902, 5), Numbered("A", 20)],
    &[Lone(901, 0), Numbered("A", 20), Numbered("B", 10), Both(901, 0, "B", 10)],
    &[Lone(901, 0), Numbered("A", 20), Both(901, 0, "A", 20)],
    &[Lone(901, 0), Message(905, "A", 20), Both(901, 0, "A", 20)],
    &[Lone(901, 0), Message(905, "A", 20), Numbered("A", 20), Numbered("B", 10)],
    &[Lone(901, 0), Message(905, "A", 20), Message(906, "B", 10), Lone(902, 30)],
    &[Lone(901, 0), Message(905, "A", 20), LoneMessage(901, 0), Lone(902, 5)],
    &[Lone(901, 0), Message(905, "A", 20), LoneMessage(902, 5), LoneMessage(903, 6)],
    &[Lone(901, 0), Numbered("A", 20), LoneMessage(901, 0), LoneMessage(902, 5)],
    &[Words(0), Numbered("A", 20), Message(906, "B", 10), Other(902, 1)],
    &[Lone(901, 0), Message(905, "A", 20), Cup(906, "A", 25), Lone(902, 55)],
    &[Lone(901, 0), Numbered("A", 20), Cup(906, "A", 10)],
    // The second candidate of one is out of reach of the other.
    &[Lone(901, 0), Numbered("A", 25), Lone(902, 50), Numbered("B", 55)],
];

#[tokio::test]
async fn the_same_sheets_and_messages_make_the_same_orders_in_any_order() {
    for pieces in HANDFULS {
        let fresh = Fresh::new().await;
        let orders = in_any_order(pieces);
        let mut first = Vec::new();
        let mut batches = Vec::new();
        for (order, day) in orders.iter().zip(0..) {
            let day = Day(day);
            let mut of_order = Vec::new();
            for piece in order {
                of_order.push(day.take(&fresh, *piece).await);
            }
            batches.push(of_order);
            let shown = day.shown(&fresh);
            if first.is_empty() {
                first.clone_from(&shown);
            }
            assert_eq!(shown, first, "{order:?}");
        }
        let again = Watched::default();
        reparse(&fresh.ledger, &fresh.ingest, &again, |_| ()).await.expect("reparse");
        for (order, day) in orders.iter().zip(0..) {
            assert_eq!(Day(day).shown(&fresh), first, "{order:?}, read again");
            for piece in order {
                assert_eq!(
                    Day(day).take(&fresh, *piece).await,
                    None,
                    "{piece:?} of {order:?} again"
                );
            }
            assert_eq!(Day(day).shown(&fresh), first, "{order:?}, all of it again");
        }
        undo_each(&fresh, &orders, &batches).await;
        assert_findable(&fresh.path());
        fresh.stop().await;
    }
}

/// Undoes a sheet of each order: what is left is as if it had never come.
async fn undo_each(fresh: &Fresh, orders: &[Vec<Piece>], batches: &[Vec<Option<i64>>]) {
    for (day, (order, batches)) in orders.iter().zip(batches).enumerate() {
        let day = i64::try_from(day).expect("a day");
        let is_message = |piece: &Piece| matches!(piece, LoneMessage(..) | Message(..) | Cup(..));
        let sheets: Vec<usize> = (0..order.len()).filter(|at| !is_message(&order[*at])).collect();
        // A sheet that said nothing new has left nothing that could stay when another one is undone.
        if sheets.iter().any(|at| batches[*at].is_none()) {
            continue;
        }
        let at = sheets[usize::try_from(day).expect("a place") % sheets.len()];
        let undone = batches[at].expect("a batch");
        fresh.ledger.undo_batch(Some(GUILD), undone, Some(USER)).await.unwrap();
        let other = Day(day + 1_000);
        for (place, piece) in order.iter().enumerate() {
            if place != at {
                other.take(fresh, *piece).await;
            }
        }
        let shown = Day(day).shown(fresh);
        assert_eq!(shown, other.shown(fresh), "{order:?} without {:?}", order[at]);
    }
}
