//! A `/forget` that ends in the middle: what was erased stays erased, and whoever asks again gets the rest.

use std::future::poll_fn;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use chrono_tz::Tz;
use futures::{FutureExt as _, TryStreamExt as _};
use refract_ledger::ids::UserId;
use refract_ledger::ledger::{
    BulkRequest, ForgetRequest, Forgettable, Ledger, Order, OrderFilter, SheetFile,
};
use refract_ledger::sheet::{self, Kind, Options};
use tempfile::TempDir;

use crate::erasing::{MARKER, markers};
use crate::fresh::{Fresh, GUILD, checkout, message, rows};

const EMAIL: &str = "marker4711@example.com";
/// More than one piece takes.
const ORDERS: i64 = 55;
/// Those without a number.
const UNNUMBERED: i64 = 3;

fn sheet(kind: Kind, text: &str) -> BulkRequest {
    let headings = text.lines().next().unwrap_or_default().split(',');
    let named = |heading: &str| (heading.to_owned(), heading.to_lowercase().replace(' ', "_"));
    let map = headings.filter(|_| kind == Kind::Orders).map(named).collect();
    let options = Options { map, ..Options::default() };
    let sheet = sheet::read(kind, "a.csv", text.as_bytes().to_vec(), &options).expect("a sheet");
    let files = vec![SheetFile { name: "a.csv".to_owned(), sha256: String::new(), sheet }];
    let (guild, zone, user) = (GUILD, Tz::UTC, Some(UserId(5)));
    BulkRequest { guild, kind, files, status: None, anyway: false, user, zone }
}

/// A database in which everything that can name somebody does, in a folder.
async fn with_a_buyer() -> TempDir {
    let fresh = Fresh::new().await;
    for id in 1..=ORDERS {
        let number = format!("1020{id}");
        let mut fields = vec![
            ("Product", "Example Console"),
            ("Price", "$10.00"),
            ("Email", EMAIL),
            ("Customer Name", MARKER),
        ];
        if id > UNNUMBERED {
            fields.push(("Order Number", &number));
            let note = [("Order Number", number.as_str()), ("Notes", "marker4711 moved")];
            fresh.take(message(100 + id, "Order update", &note)).await;
        }
        fresh.take(checkout(id, "Target", &fields)).await;
    }
    let other =
        [("Product", "Tin"), ("Order Number", "1020999"), ("Email", "somebody@example.com")];
    fresh.take(checkout(300, "Target", &other)).await;
    let declined = [("Reason", "Card declined"), ("Email", EMAIL)];
    fresh.take(message(301, "Checkout Failed", &declined)).await;
    let waiting = format!("order,store,tracking\nA-9001,{EMAIL},PK1001\n");
    fresh.ledger.apply_sheet(&sheet(Kind::Track, &waiting)).await.expect("applied");
    let old = format!(
        "Order Number,Date,Store,Product,Total,Email\nA-9002,2026-01-31,Target,Tin,$5.00,{EMAIL}\n"
    );
    fresh.ledger.apply_sheet(&sheet(Kind::Orders, &old)).await.expect("applied");
    fresh.ledger.keep_preview(Arc::new(sheet(Kind::Orders, &old))).await.expect("a preview");
    let database = rusqlite::Connection::open(fresh.path()).expect("open");
    let cards = "INSERT INTO cards (message_id, order_id, guild_id, channel_id) SELECT 1000 + id, id, 77, 9 FROM orders
        WHERE email IS NOT NULL AND email <> 'somebody@example.com'";
    database.execute(cards, []).expect("cards");
    drop(database);
    fresh.stop().await
}

/// Forgets until so many pieces are committed, and drops it then: what follows is never done. True: it has ended.
async fn forget_for(ledger: &Ledger, request: &ForgetRequest, pieces: usize) -> bool {
    let (mut commits, mut seen) = (ledger.changes(), 0);
    let mut forgetting = pin!(ledger.forget(request, |order| format!("line of {}", order.id.0)));
    poll_fn(|context| {
        let polled = forgetting.as_mut().poll(context);
        if commits.has_changed().expect("the ledger lives") {
            commits.mark_unchanged();
            seen += 1;
        }
        match polled {
            Poll::Ready(done) => Poll::Ready(done.map(|_| true).expect("forgotten")),
            Poll::Pending if seen >= pieces => Poll::Ready(false),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

async fn assert_no_marker(ledger: &Ledger, database: &Path, place: &str) {
    assert_eq!(markers(database), 0, "{place}");
    let kept = format!("{:?}", ledger.stored_messages(None, 1_000).await.expect("messages"));
    assert!(!kept.contains(MARKER), "{place}: {kept}");
    let exported: Vec<Order> =
        ledger.export_orders(&OrderFilter::default()).try_collect().await.expect("exported");
    let exported = format!("{exported:?}");
    assert!(!exported.contains(MARKER), "{place}: {exported}");
}

#[tokio::test]
async fn whoever_is_killed_after_any_piece_asks_again_and_nothing_is_left() {
    let from = with_a_buyer().await;
    let from = from.path().join("ledger.db");
    assert!(markers(&from) > 100);
    let before = rows(&from, "SELECT count(*) FROM orders");
    let shown = rows(&from, "SELECT count(*) FROM cards");
    for delete_orders in [false, true] {
        let what = Forgettable::email(EMAIL).expect("an address");
        let request = ForgetRequest { guild: GUILD, what, delete_orders, user: UserId(5) };
        for pieces in 1.. {
            let place = format!("after {pieces} pieces, delete_orders: {delete_orders}");
            let folder = tempfile::tempdir().expect("a folder");
            let database = folder.path().join("ledger.db");
            std::fs::copy(&from, &database).expect("copy");
            let ledger = Ledger::open(&database).await.expect("open");
            let has_ended = forget_for(&ledger, &request, pieces).await;
            let due = rows(&database, "SELECT count(*) FROM due_edits");
            let is_told = ledger.edits().notified().now_or_never().is_some();
            assert!(is_told || due == ["0"], "{place}: nobody edits {due:?} posts");
            ledger.close().await;
            drop(ledger);

            let ledger = Ledger::open(&database).await.expect("open");
            assert!(forget_for(&ledger, &request, usize::MAX).await);
            ledger.wipe_traces().await.expect("wiped");
            assert_no_marker(&ledger, &database, &place).await;
            let left = rows(&database, "SELECT count(*) FROM orders");
            let expected = if delete_orders { vec!["1".to_owned()] } else { before.clone() };
            assert_eq!(left, expected, "{place}");
            let due = "SELECT count(DISTINCT order_id) FROM due_edits WHERE message_id IS NOT NULL";
            assert_eq!(rows(&database, due), shown, "{place}");
            ledger.close().await;
            if has_ended {
                assert!(pieces > 6, "{place} it has ended");
                break;
            }
        }
    }
}
