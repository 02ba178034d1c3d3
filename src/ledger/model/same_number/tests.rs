use chrono::DateTime;

use super::*;
use crate::ids::ChannelId;
use crate::order::OrderDetails;
use crate::reading::OrderReading;
use crate::verdict::{MessageFacts, Via};

fn statement(id: i64, kind: Kind, store: Option<&str>) -> Statement {
    let message = MessageFacts {
        id: MessageId(id),
        channel_id: ChannelId(7),
        posted_at: None,
        received_at: DateTime::UNIX_EPOCH,
        via: Via::Live,
    };
    let store = store.map(str::to_owned);
    let tracking_number = Some(id.to_string());
    let details = OrderDetails { tracking_number, ..OrderDetails::default() };
    let order_number = Some("A-1".to_owned());
    let reading = OrderReading { order_number, store, details, ..OrderReading::default() };
    Statement { message, position: 0, kind, reading, counts_apart: false, joined: None }
}

fn members(partition: &Partition) -> Vec<Vec<i64>> {
    let ids = |links: &[Link]| links.iter().map(|link| link.message_id.0).collect();
    partition.groups.iter().map(|group| ids(&group.links)).collect()
}

#[test]
fn another_store_is_another_order_and_no_store_is_the_oldest() {
    let partition = partition(vec![
        statement(3, Kind::Checkout, Some("Target")),
        statement(1, Kind::Checkout, Some("Best Buy US")),
        statement(2, Kind::Checkout, None),
        statement(4, Kind::Update, Some("Target")),
        statement(5, Kind::Update, None),
    ]);
    assert_eq!(members(&partition), [vec![1, 2, 5], vec![3, 4]]);
}

#[test]
fn an_update_without_a_checkout_waits() {
    let partition = partition(vec![
        statement(1, Kind::Update, Some("Walmart")),
        statement(2, Kind::Checkout, Some("Target")),
    ]);
    assert_eq!(members(&partition), [vec![2]]);
    assert_eq!(partition.waiting.len(), 1);
}

#[test]
fn appending_gives_what_building_everything_gives() {
    let stores = [None, Some("Best Buy"), Some("Best Buy US"), Some("Best Buy CA"), Some("Target")];
    let kinds = [Kind::Checkout, Kind::Update];
    let mut appended_cases = 0;
    for first in stores {
        for second in stores {
            for (kind, third) in kinds.iter().flat_map(|kind| stores.map(|store| (*kind, store))) {
                let old =
                    vec![statement(1, Kind::Checkout, first), statement(2, Kind::Update, second)];
                let new = vec![statement(3, kind, third)];
                let mut appended = partition(old.clone());
                let [group] = appended.groups.as_slice() else { continue };
                if !appended.waiting.is_empty() || !can_append(&group.state, &new) {
                    continue;
                }
                append(&mut appended, new.clone());
                assert_eq!(
                    appended,
                    partition([old, new].concat()),
                    "{first:?} {second:?} {third:?}"
                );
                appended_cases += 1;
            }
        }
    }
    assert!(appended_cases > 40, "{appended_cases}");
}

#[test]
fn sheets_announce_orders_of_stores_that_no_checkout_names() {
    let store = |name| StoreKey::of(Some(name));
    let sheets = ["Best Buy US", "Target", "Walmart"].map(store);
    let statements = vec![
        statement(1, Kind::Checkout, Some("Best Buy")),
        statement(2, Kind::Update, Some("Target")),
        statement(3, Kind::Update, Some("Costco")),
    ];
    let partition = partition_with(&sheets, statements);
    assert_eq!(members(&partition), [vec![1], vec![2], vec![]]);
    let keys = partition.groups.iter().map(|group| group.state.store_key.clone());
    assert_eq!(keys.collect::<Vec<_>>(), ["Best Buy", "Target", "Walmart"].map(store));
    let waiting: Vec<_> =
        partition.waiting.iter().map(|link| (link.message_id.0, link.outcome)).collect();
    assert_eq!(waiting, [(3, Outcome::Rejected)]);
}

#[test]
fn a_purchase_without_a_number_keeps_when_it_was_bought() {
    let at = DateTime::from_timestamp(60, 0);
    let bought = |number: Option<&str>| {
        let mut statement = statement(1, Kind::Checkout, None);
        statement.message.posted_at = at;
        statement.reading.order_number = number.map(str::to_owned);
        partition(vec![statement]).groups[0].links[0].unnumbered_at
    };
    assert_eq!(bought(None), at);
    assert_eq!(bought(Some("A-1")), None);
}

#[test]
fn only_newer_messages_of_the_same_store_are_appended() {
    let can = |id, kind, store| {
        let partition = partition(vec![statement(5, Kind::Checkout, Some("Best Buy"))]);
        can_append(&partition.groups[0].state, &[statement(id, kind, store)])
    };
    assert!(can(6, Kind::Checkout, Some("Best Buy")));
    assert!(can(6, Kind::Update, Some("Best Buy US")));
    assert!(!can(5, Kind::Update, Some("Best Buy")), "it is not newer");
    assert!(!can(4, Kind::Update, Some("Best Buy")), "it is older");
    assert!(!can(6, Kind::Update, Some("Target")), "it may found an order");
    assert!(!can(6, Kind::Checkout, Some("Best Buy US")), "the store gets a fuller name");
}

/// Kind and store of each message; `?`: a guess from a link.
fn guessed(said: &[(Kind, &str)]) -> (Vec<Vec<i64>>, Vec<Option<String>>) {
    let statements = said.iter().zip(1..).map(|((kind, store), id)| {
        let mut statement = statement(id, *kind, Some(store.trim_end_matches('?')));
        statement.reading.store_is_guessed = store.ends_with('?');
        statement
    });
    let partition = partition(statements.collect());
    let stores = partition.groups.iter().map(|group| group.state.store.clone()).collect();
    (members(&partition), stores)
}

#[test]
fn the_host_of_a_link_is_no_other_store_than_the_one_that_is_named() {
    use Kind::{Checkout, Update};
    let one = |said: &[(Kind, &str)], store: &str| {
        let ids = (1..).take(said.len()).collect();
        assert_eq!(guessed(said), (vec![ids], vec![Some(store.to_owned())]), "{said:?}");
    };
    one(&[(Checkout, "Target"), (Update, "howl.example?")], "Target");
    one(&[(Checkout, "Target"), (Checkout, "goods.example.com?")], "Target");
    one(&[(Checkout, "goods.example.com?"), (Checkout, "Target")], "Target");
    one(&[(Checkout, "goods.example.com?"), (Update, "other.example?")], "goods.example.com");
    let two = guessed(&[(Checkout, "a.example.com?"), (Checkout, "b.example.com?")]);
    assert_eq!(two.0, [vec![1], vec![2]], "nothing else says which store it is");
    let named = guessed(&[(Checkout, "Target"), (Checkout, "Walmart")]);
    assert_eq!(named.0, [vec![1], vec![2]]);
}

#[test]
fn guesses_that_contradict_each_other_stay_apart_beside_a_named_store() {
    use Kind::{Checkout, Update};
    let groups = |said: &[(Kind, &str)]| guessed(said).0;
    let [a, b] = ["a.example.com?", "b.example.com?"];
    let apart = [(Checkout, a), (Checkout, b), (Checkout, "Kith")];
    assert_eq!(groups(&apart), [[1], [2], [3]]);
    let two_names = [(Checkout, "Kith"), (Checkout, a), (Checkout, "Target")];
    assert_eq!(groups(&two_names), [[1], [2], [3]], "nobody knows which of both it is");
    assert_eq!(groups(&[(Checkout, a), (Update, "Kith")]), [[1, 2]]);
    assert_eq!(groups(&[(Checkout, a), (Checkout, b), (Update, "Kith")]), [[1], [2]]);
}

#[test]
fn a_guess_gives_way_to_what_sheets_name_as_to_what_messages_name() {
    let store = |name| StoreKey::of(Some(name));
    let checkout = |id, host: &str| {
        let mut statement = statement(id, Kind::Checkout, Some(host));
        statement.reading.store_is_guessed = true;
        statement
    };
    let kith = [store("Kith")];
    let with = |sheets: &[StoreKey], statements| {
        let partition = partition_with(sheets, statements);
        let stores = partition.groups.iter().map(|group| group.store().clone());
        (members(&partition), stores.collect::<Vec<_>>())
    };
    let [a, b] = ["a.example.com", "b.example.com"];
    assert_eq!(with(&kith, vec![checkout(1, a)]), (vec![vec![1]], kith.to_vec()));
    let (groups, _) = with(&kith, vec![checkout(1, a), checkout(2, b)]);
    assert_eq!(groups, [vec![1], vec![2], vec![]]);
    let (groups, _) = with(&[store("Kith"), store("Target")], vec![checkout(1, a)]);
    assert_eq!(groups, [vec![1], vec![], vec![]]);
    let named = vec![checkout(1, a), statement(2, Kind::Checkout, Some("Kith"))];
    let (groups, stores) = with(&[store("Target")], named);
    assert_eq!((groups, stores), (vec![vec![1, 2], vec![]], vec![store("Kith"), store("Target")]));
    let mut joined = statement(3, Kind::Checkout, None);
    joined.joined = Some(StoreKey::guessed(Some(a)));
    let (groups, stores) = with(&kith, vec![checkout(1, a), joined]);
    assert_eq!((groups, stores), (vec![vec![1, 3]], kith.to_vec()));
}
