//! Purchases without a number that joined orders by themselves, and the numbers that people give these: whatever came
//! first, and in whichever order it is taken back.

use refract_ledger::ids::OrderId;
use refract_ledger::ledger::{Addition, Correct, CorrectRequest, Corrected, MarkSource};
use refract_ledger::order::Status;
use refract_ledger::reparse::{Watched, reparse};

use super::USER;
use super::any_order::{Day, Piece, in_any_order};
use super::parting::{amend, mark};
use crate::fresh::{Fresh, GUILD, assert_findable, rows};
use Piece::{Lone, Message, Numbered};

/// The letter of the number that an order has and of the one that a person gives it; absent: it has none.
type Given = (Option<&'static str>, &'static str);

fn id_of(fresh: &Fresh, day: Day, letter: Option<&str>) -> Option<OrderId> {
    let numbered = |letter| format!("order_number = '{}'", day.number(letter));
    let condition = letter.map_or("order_number IS NULL".to_owned(), numbered);
    let date = day.date();
    let query = format!("SELECT id FROM orders WHERE ordered_at GLOB '{date}*' AND {condition}");
    Some(OrderId(rows(&fresh.path(), &query).first()?.parse().expect("an id")))
}

/// Gives the order that has the number by then; `None`: there is none to give it to.
async fn give(fresh: &Fresh, day: Day, (from, to): Given) -> Option<OrderId> {
    let order = id_of(fresh, day, from)?;
    let what = Correct::Number(day.number(to));
    let (user, source) = (USER, MarkSource::Command);
    let request = CorrectRequest { guild: GUILD, order, user, source, what };
    match fresh.ledger.correct(&request, fresh.ingest.labels()).await.expect("corrected") {
        Some(Corrected::Done(order)) => Some(order),
        other => panic!("{from:?} to {to}: {other:?}"),
    }
}

async fn undo(fresh: &Fresh, order: OrderId) {
    let (labels, source) = (fresh.ingest.labels(), MarkSource::Command);
    let undone = fresh.ledger.undo(GUILD, order, USER, source, labels).await.expect("undone");
    assert_eq!(undone.expect("an act").column, "order_number");
}

/// What comes, the number that a person gives, and how many orders there are then.
type Case = (&'static [Piece], Given, usize);
const CASES: &[Case] = &[
    (&[Lone(901, 0), Numbered("A", 20)], (Some("A"), "C"), 1),
    (&[Lone(901, 0), Numbered("A", 20), Numbered("C", 10)], (Some("A"), "C"), 1),
    (&[Lone(901, 0), Numbered("A", 20), Numbered("C", 10)], (None, "C"), 2),
    (&[Lone(901, 0), Message(905, "A", 20), Numbered("C", 21)], (Some("C"), "A"), 1),
];

#[tokio::test]
async fn a_number_that_a_person_gives_and_takes_back_leaves_all_as_it_was() {
    for (pieces, given, count) in CASES {
        let fresh = Fresh::new().await;
        let mut all = Vec::new();
        for (order, day) in in_any_order(pieces).into_iter().zip(0..) {
            let on = Day(day);
            for piece in &order {
                on.take(&fresh, *piece).await;
            }
            let before = on.shown(&fresh);
            let id = give(&fresh, on, *given).await.expect("an order");
            let after = on.shown(&fresh);
            assert_eq!(after.len(), *count, "{order:?} {given:?}: {after:?}");
            undo(&fresh, id).await;
            assert_eq!(on.shown(&fresh), before, "{order:?} {given:?} undone");
            let id = give(&fresh, on, *given).await.expect("an order");
            assert_eq!(on.shown(&fresh), after, "{order:?} {given:?} once more");
            all.push((on, order, id, (before, after)));
        }
        let again = Watched::default();
        reparse(&fresh.ledger, &fresh.ingest, &again, |_| ()).await.expect("read again");
        let first = all[0].3.1.clone();
        for (on, order, id, (before, after)) in all {
            assert_eq!(after, first, "{order:?} {given:?}");
            for piece in &order {
                assert_eq!(on.take(&fresh, *piece).await, None, "{order:?} {given:?} {piece:?}");
            }
            assert_eq!(on.shown(&fresh), after, "{order:?} {given:?} again");
            undo(&fresh, id).await;
            assert_eq!(on.shown(&fresh), before, "{order:?} {given:?} undone at last");
        }
        assert_findable(&fresh.path());
        fresh.stop().await;
    }
}

#[tokio::test]
async fn what_comes_or_goes_after_a_person_gave_a_number_is_there_or_gone_when_that_is_taken_back()
{
    for (pieces, given, _) in CASES {
        let fresh = Fresh::new().await;
        let mut days = (0..).map(Day);
        let mut two_days = || (days.next().expect("a day"), days.next().expect("a day"));
        for order in in_any_order(pieces) {
            for place in 0..order.len() {
                // What comes behind that place comes after the number.
                let (on, other) = two_days();
                let (earlier, later) = order.split_at(place);
                for piece in earlier {
                    on.take(&fresh, *piece).await;
                }
                if let Some(id) = give(&fresh, on, *given).await {
                    for piece in later {
                        on.take(&fresh, *piece).await;
                    }
                    undo(&fresh, id).await;
                    for piece in &order {
                        other.take(&fresh, *piece).await;
                    }
                    let what = format!("{order:?} {given:?} at {place}");
                    assert_eq!(on.shown(&fresh), other.shown(&fresh), "{what}");
                }
                // The sheet at that place goes after the number.
                let (on, other) = two_days();
                let mut batches = Vec::new();
                for (at, piece) in order.iter().enumerate() {
                    batches.push(on.take(&fresh, *piece).await);
                    if at != place {
                        other.take(&fresh, *piece).await;
                    }
                }
                if let Some(batch) = batches[place] {
                    let id = give(&fresh, on, *given).await.expect("an order");
                    fresh.ledger.undo_batch(Some(GUILD), batch, Some(USER)).await.unwrap();
                    undo(&fresh, id).await;
                    let what = format!("{order:?} {given:?} without {:?}", order[place]);
                    assert_eq!(on.shown(&fresh), other.shown(&fresh), "{what}");
                }
            }
        }
        assert_findable(&fresh.path());
        fresh.stop().await;
    }
}

#[tokio::test]
async fn a_purchase_that_parted_since_is_there_once_when_a_number_is_taken_back() {
    let fresh = Fresh::new().await;
    let (on, other) = (Day(1), Day(2));
    let pieces = [Lone(901, 0), Numbered("C", 21), Message(905, "A", 20), Numbered("B", 10)];
    for (at, piece) in pieces.into_iter().enumerate() {
        if at == 2 {
            give(&fresh, on, (Some("C"), "A")).await.expect("an order");
        }
        on.take(&fresh, piece).await;
        other.take(&fresh, piece).await;
    }
    undo(&fresh, id_of(&fresh, on, Some("A")).expect("an order")).await;
    assert_eq!(on.shown(&fresh), other.shown(&fresh));
    assert_findable(&fresh.path());
    fresh.stop().await;
}

#[tokio::test]
async fn orders_that_a_number_joined_one_after_the_other_part_one_after_the_other() {
    let fresh = Fresh::new().await;
    let day = Day(1);
    let shown = || {
        let shown = "SELECT substr(order_number, 1, 1), status, notes FROM orders ORDER BY 1";
        rows(&fresh.path(), shown)
    };
    for (letter, minute) in [("A", 0), ("B", 10), ("C", 20)] {
        day.take(&fresh, Numbered(letter, minute)).await;
    }
    let order = id_of(&fresh, day, Some("A")).expect("an order");
    amend(&fresh, order, Addition::note("gift")).await;
    mark(&fresh, order, Status::Delivered).await;
    let apart = ["A|delivered|gift", "B|verified|-", "C|verified|-"];
    assert_eq!(shown(), apart);
    give(&fresh, day, (Some("A"), "B")).await;
    let two = ["B|delivered|gift", "C|verified|-"];
    assert_eq!(shown(), two);
    let order = give(&fresh, day, (Some("B"), "C")).await.expect("an order");
    assert_eq!(shown(), ["C|delivered|gift"]);
    undo(&fresh, order).await;
    assert_eq!(shown(), two);
    undo(&fresh, id_of(&fresh, day, Some("B")).expect("an order")).await;
    assert_eq!(shown(), apart);
    fresh.stop().await;
}
