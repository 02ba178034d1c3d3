//! Sheets of different kinds and the messages of their orders come in any order: what comes of them is the same.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::Config;
use tokio::runtime::Runtime;

use super::{
    Step, announce, bring, charges_step, is_anyway, old_step, read_again, received_step,
    status_step, text, track_step,
};
use crate::fresh::{Fresh, assert_findable, dump, rows};
use crate::reparse::differences;

/// What must not depend on it: all but ids and the times of the ledger's own clock.
const ORDERS: &str = "SELECT order_number, store, price_minor, quantity, total_minor, currency, status, ordered_at,
        message_id, tracking_number, qty_received, payout_minor, group_order_id, charged_minor, refunded_minor,
        charge_posted_on, reference_number, notes
    FROM orders ORDER BY 1";

/// A step, and whether its sheet is taken back in the end.
type Happening = (Step, bool);

/// Steps that keep their order among themselves: of two sheets of one kind the later one corrects the earlier one.
fn lane(step: impl Strategy<Value = Step>) -> impl Strategy<Value = Vec<Happening>> {
    vec((step, any::<bool>()), 0..4)
}

fn lanes() -> impl Strategy<Value = Vec<Vec<Happening>>> {
    let stays = |step: BoxedStrategy<Step>| vec(step.prop_map(|step| (step, false)), 0..4).boxed();
    // Whether a cancellation is refused depends on what is known when it is brought.
    let anyway = status_step().prop_map(|step| match step {
        Step::Status(orders, word, _) => Step::Status(orders, word, true),
        step => step,
    });
    vec![
        lane(track_step()).boxed(),
        lane(received_step()).boxed(),
        lane(charges_step()).boxed(),
        lane(anyway).boxed(),
        // An order stays of which something is said after its sheet: these are not taken back here.
        stays(old_step().boxed()),
        stays((0_usize..3).prop_map(Step::Checkout).boxed()),
    ]
}

/// The steps of all lanes, the next one each time from the lane that is drawn.
fn interleaved(lanes: &[Vec<Happening>], draws: &[usize]) -> Vec<Happening> {
    let mut rest: Vec<_> = lanes.iter().map(|lane| lane.iter()).collect();
    let mut draws = draws.iter().cycle();
    let mut steps = Vec::new();
    let all: usize = lanes.iter().map(Vec::len).sum();
    while steps.len() < all {
        let lane = draws.next().expect("a draw") % rest.len();
        let next = (0..rest.len()).find_map(|more| rest[(lane + more) % lanes.len()].next());
        steps.extend(next.cloned());
    }
    steps
}

/// The orders when all of this has happened, each sheet twice, and what is taken back is taken back.
async fn orders_after(steps: Vec<Happening>) -> Vec<String> {
    let (fresh, mut undone) = (Fresh::new().await, Vec::new());
    for (step, is_undone) in steps {
        if let Step::Checkout(order) = step {
            announce(&fresh, order).await;
            continue;
        }
        let batch = bring(&fresh, text(&step).expect("a sheet"), is_anyway(&step)).await;
        let again = bring(&fresh, text(&step).expect("a sheet"), is_anyway(&step)).await;
        assert_eq!(again, None, "twice is once: {step:?}");
        undone.extend(batch.filter(|_| is_undone));
    }
    for batch in undone {
        fresh.ledger.undo_batch(None, batch, None).await.expect("undone");
    }
    let found = rows(&fresh.path(), ORDERS);
    assert_findable(&fresh.path());
    let before = kept(&fresh);
    read_again(&fresh).await;
    let changed = differences(&before, &kept(&fresh));
    assert_eq!(changed, <[&str; 0]>::default(), "read again");
    fresh.stop().await;
    found
}

/// All rows. What messages alone say of an order was kept at some moment: its status, its days of shipping and
/// arrival and its time of change are left out here, since what they say of these has columns of its own.
pub(super) fn kept(fresh: &Fresh) -> Vec<String> {
    const SAID: &str = "SELECT order_id || ' ' || coalesce(json_remove(said_row, '$[0][21]', '$[0][16]', '$[0][15]',
            '$[0][10]'), '') FROM amended_orders ORDER BY order_id";
    let mut all = dump(&fresh.path());
    all.retain(|row| !row.starts_with("amended_orders: "));
    all.extend(rows(&fresh.path(), SAID));
    all
}

proptest! {
    #![proptest_config(Config { cases: 8, max_shrink_iters: 200, ..Config::default() })]

    #[test]
    fn it_does_not_matter_what_comes_first(
        lanes in lanes(),
        draws in vec(0_usize..6, 12),
        others in vec(0_usize..6, 12),
    ) {
        let runtime = Runtime::new().unwrap();
        let [one, other] = [&draws, &others].map(|draws| {
            runtime.block_on(orders_after(interleaved(&lanes, draws)))
        });
        prop_assert_eq!(one, other);
    }
}
