//! Takes the same steps with a ledger, and compares it with the model after each.

use std::path::Path;

use chrono::Utc;
use refract_ledger::ids::{UserId, WebhookId};
use refract_ledger::ledger::{
    Addition, AmendRequest, ForgetRequest, Forgettable, MarkRequest, MarkSource, MarkTarget, Order,
    OrderField, SetRequest, Undoing,
};
use refract_ledger::reparse::reparse;
use refract_ledger::verdict::Incoming;
use serde_json::json;

use super::model::{Act, Known, Model};
use super::step::{BUYERS, Bought, NUMBERS, Step, buyer_of};
use crate::fresh::{CHANNEL, Fresh, GUILD, checkout, edited, from_json, message};

const USER: UserId = UserId(5);

/// A ledger, and what should be in it.
struct Play {
    fresh: Fresh,
    model: Model,
}

/// Takes these steps, and panics where the ledger is not what the model says.
pub(crate) async fn play(steps: &[Step]) {
    let mut play = Play { fresh: Fresh::new().await, model: Model::default() };
    for (at, step) in steps.iter().enumerate() {
        let had_acts = match step {
            Step::Undo(number) => play.model.order(*number).is_some_and(Known::has_acts),
            _ => false,
        };
        if !play.model.take(at, *step) {
            continue;
        }
        play = play.act(at, *step, had_acts).await;
        for number in 0..NUMBERS {
            play.compare(number, (at, *step)).await;
        }
    }
    play.end().await;
}

impl Play {
    async fn act(mut self, at: usize, step: Step, had_acts: bool) -> Self {
        match step {
            Step::Checkout(number, bought) => {
                drop(self.fresh.take(checkout_of(number, bought)).await);
            }
            Step::Edit(number, bought, minute) => {
                self.fresh.take(edited(minute, checkout_of(number, bought))).await;
            }
            Step::EditAway(number, is_delivered, minute) => {
                self.fresh.take(edited(minute, away_of(number, is_delivered, minute))).await;
            }
            Step::Update(number, is_delivered) => {
                self.fresh.take(update_of(at, number, is_delivered)).await;
            }
            Step::Mark(number, status) => {
                let target = MarkTarget::Order(self.order(number).await.id);
                let (source, at) = (MarkSource::Menu, Some(Utc::now()));
                let mark = MarkRequest {
                    guild: GUILD,
                    target,
                    user: USER,
                    status,
                    emoji: None,
                    source,
                    at,
                };
                self.fresh.ledger.mark(mark).await.expect("marked");
            }
            Step::Note(number) => self.amend(number, Addition::note(&note(at))).await,
            Step::Track(number) => {
                self.amend(number, Addition::tracking(&parcel(at)).expect("a number")).await;
            }
            Step::Correct(number) => {
                let order = self.order(number).await.id;
                let values = vec![(OrderField::Total, format!("{}.00", total(at)))];
                let (source, zone) = (MarkSource::Menu, chrono_tz::Tz::UTC);
                let request = SetRequest { guild: GUILD, order, user: USER, source, values, zone };
                let set = self.fresh.ledger.set_values(&request).await.expect("set");
                assert!(matches!(set, Some(Ok(_))), "{set:?}");
            }
            Step::Undo(number) => {
                let order = self.order(number).await.id;
                let labels = self.fresh.ingest.labels();
                let undone =
                    self.fresh.ledger.undo(GUILD, order, USER, MarkSource::Menu, labels).await;
                let undone = undone.expect("undone");
                assert_eq!(undone.is_some(), had_acts, "{undone:?}");
                assert!(undone.is_none_or(|undone| undone.result == Undoing::Done));
            }
            Step::ForgetOrder(number, deletes) => {
                self.forget(Forgettable::order(&text_of(number)), deletes).await;
            }
            Step::ForgetBuyer(buyer, deletes) => {
                self.forget(Forgettable::email(&email(buyer)).expect("an address"), deletes).await;
            }
            Step::Reparse => self.read_again().await,
            Step::Restart => self.fresh = self.fresh.reopen().await,
        }
        self
    }

    async fn read_again(&self) {
        let watched = [(CHANNEL, vec![WebhookId(99)])].into();
        reparse(&self.fresh.ledger, &self.fresh.ingest, &watched, |_| ())
            .await
            .expect("read again");
    }

    async fn amend(&self, number: u8, addition: Addition) {
        let order = self.order(number).await.id;
        let request =
            AmendRequest { guild: GUILD, order, user: USER, source: MarkSource::Menu, addition };
        self.fresh.ledger.amend(request).await.expect("amended").expect("an order");
    }

    async fn forget(&self, what: Forgettable, delete_orders: bool) {
        let request = ForgetRequest { guild: GUILD, what, delete_orders, user: USER };
        self.fresh.ledger.forget(&request, |_| String::new()).await.expect("forgotten");
    }

    async fn order(&self, number: u8) -> Order {
        self.fresh.order(&text_of(number)).await
    }

    async fn compare(&self, number: u8, after: (usize, Step)) {
        let found =
            self.fresh.ledger.orders_by_number(GUILD, &text_of(number)).await.expect("read");
        let Some(known) = self.model.order(number) else {
            return assert!(found.is_empty(), "{number} after {after:?}: {found:#?}");
        };
        assert_eq!(found.len(), 1, "{number} after {after:?}: {found:#?} {known:#?}");
        let order = &found[0];
        let (bought, _) = known.bought.expect("it was bought");
        let corrected =
            known.last(|act| if let Act::Correct(at) = act { Some(total(*at)) } else { None });
        let wanted = corrected.unwrap_or(bought.price * bought.units);
        let wanted =
            (Some(i64::from(wanted) * 100), i64::from(bought.units), self.model.status(number));
        let is = (order.total_minor, order.quantity, Some(order.status));
        assert_eq!(is, wanted, "{number} after {after:?}: {order:#?} {known:#?}");
        let noted = known.last(|act| if let Act::Note(at) = act { Some(note(*at)) } else { None });
        let details = &order.details;
        assert_eq!(details.notes, noted, "{number} after {after:?}: {known:#?}");
        let buyer = known.names_buyer.then(|| buyer_of(number));
        let named = (details.email.clone(), details.profile.clone());
        assert_eq!(named, (buyer.map(email), buyer.map(profile)), "{number} after {after:?}");
        let tracked = details.tracking_number.clone().unwrap_or_default();
        let added = known.acts().iter().filter_map(|act| match act {
            Act::Track(at) => Some(parcel(*at)),
            _ => None,
        });
        let mut wanted: Vec<String> =
            known.parcels().into_iter().map(parcel_of_edit).chain(added).collect();
        let mut tracked: Vec<&str> = tracked.split(", ").filter(|one| !one.is_empty()).collect();
        wanted.sort_unstable();
        tracked.sort_unstable();
        assert_eq!(tracked, wanted, "{number} after {after:?}: {known:#?}");
    }

    /// Reading all again changes nothing, and nothing is left of whom somebody wanted to be forgotten.
    async fn end(self) {
        self.read_again().await;
        for number in 0..NUMBERS {
            self.compare(number, (usize::MAX, Step::Reparse)).await;
        }
        self.fresh.ledger.wipe_traces().await.expect("wiped");
        let kept = self.fresh.ledger.stored_messages(None, 1_000).await.expect("kept messages");
        let kept = format!("{kept:?}").to_lowercase();
        let path = self.fresh.path();
        for buyer in self.model.forgotten_buyers() {
            for marker in [email(buyer), profile(buyer)].map(|marker| marker.to_lowercase()) {
                assert!(!kept.contains(&marker), "{marker} in a kept message: {kept}");
                assert_not_in_file(&path, &marker);
            }
        }
        self.fresh.stop().await;
    }
}

fn assert_not_in_file(database: &Path, marker: &str) {
    for path in [database.to_owned(), database.with_extension("db-wal")] {
        let bytes = std::fs::read(&path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains(marker), "{marker} in {}", path.display());
    }
}

fn checkout_of(number: u8, Bought { price, units, is_delivered }: Bought) -> Incoming {
    let buyer = buyer_of(number);
    let (number_text, email, profile) = (text_of(number), email(buyer), profile(buyer));
    let (price, units) = (format!("${price}.00"), units.to_string());
    let mut fields = vec![
        ("Product", "Example Console"),
        ("Price", price.as_str()),
        ("Quantity", units.as_str()),
        ("Order Number", number_text.as_str()),
        ("Email", email.as_str()),
        ("Profile", profile.as_str()),
    ];
    let word = is_delivered.map(word_of);
    fields.extend(word.map(|word| ("Status", word)));
    checkout(10 + i64::from(number), "Target", &fields)
}

/// The message of a checkout, which announces nothing any more.
fn away_of(number: u8, is_delivered: Option<bool>, minute: u32) -> Incoming {
    let (id, parcel) = (10 + i64::from(number), parcel_of_edit(minute));
    let number = text_of(number);
    match is_delivered {
        Some(is_delivered) => {
            let fields = [
                ("Order Number", number.as_str()),
                ("Status", word_of(is_delivered)),
                ("Tracking Number", parcel.as_str()),
            ];
            message(id, "Order update", &fields)
        }
        None => from_json(id, &json!({"content": "Thanks for shopping with us!"})),
    }
}

fn update_of(at: usize, number: u8, is_delivered: bool) -> Incoming {
    let (number, word) = (text_of(number), word_of(is_delivered));
    let id = 1_000 + i64::try_from(at).expect("a few steps");
    message(id, "Order update", &[("Order Number", &number), ("Status", word)])
}

const fn word_of(is_delivered: bool) -> &'static str {
    if is_delivered { "Delivered" } else { "Shipped" }
}

fn text_of(number: u8) -> String {
    format!("10200300000{number:04}")
}

fn email(buyer: u8) -> String {
    format!("marker{}@example.com", buyer % BUYERS)
}

fn profile(buyer: u8) -> String {
    format!("Marked Card {}", ["Anna", "Berta", "Cleo"][usize::from(buyer % BUYERS)])
}

fn note(at: usize) -> String {
    format!("note {at}")
}

fn parcel(at: usize) -> String {
    format!("1Z999AA1012345{at:04}")
}

fn parcel_of_edit(minute: u32) -> String {
    format!("1Z999AA1012346{minute:04}")
}

fn total(at: usize) -> u32 {
    10_000 + u32::try_from(at).expect("a few steps")
}
