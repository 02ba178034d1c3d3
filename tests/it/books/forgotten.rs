//! Sheets, and orders by hand, that come after `/forget`.

use std::sync::Arc;

use chrono_tz::Tz;
use refract_ledger::ids::MessageId;
use refract_ledger::ledger::{
    Added, Applied, Applying, Becomes, Bulk, BulkRequest, Correct, CorrectRequest, ForgetRequest,
    Forgettable, ListRange, MarkSource, SheetFile,
};
use refract_ledger::sheet::{self, Kind, Options};

use super::by_hand::{self, NUMBER, USER};
use crate::fresh::{Fresh, GUILD, checkout, rows};

const EMAIL: &str = "woolly.demo8@example.com";
/// What tells who the buyer is.
const TRACES: [&str; 3] = ["woolly", "Wanda", "Sheepfold"];

fn request(kind: Kind, text: &str) -> BulkRequest {
    let headings = text.lines().next().unwrap_or_default().split(',');
    let named = |heading: &str| (heading.to_owned(), heading.to_lowercase().replace(' ', "_"));
    let map = headings.filter(|_| kind == Kind::Orders).map(named).collect();
    let options = Options { map, ..Options::default() };
    let sheet = sheet::read(kind, "a.csv", text.as_bytes().to_vec(), &options);
    let sheet = sheet.expect("a sheet");
    let files = vec![SheetFile { name: "a.csv".to_owned(), sha256: String::new(), sheet }];
    let (guild, zone, user) = (GUILD, Tz::UTC, Some(USER));
    BulkRequest { guild, kind, files, status: None, anyway: false, user, zone }
}

fn orders() -> BulkRequest {
    let text = format!(
        "Order Number,Date,Store,Product,Total,Email,Customer Name,Shipping Address,Notes\n\
         {NUMBER},2026-01-31,Target,Tin for {EMAIL},$100.00,{EMAIL},Wanda Example,1 Sheepfold Lane,call Wanda\n"
    );
    request(Kind::Orders, &text)
}

async fn bring(fresh: &Fresh, request: &BulkRequest) -> Bulk {
    fresh.ledger.apply_sheet(request).await.expect("applied")
}

async fn forget(fresh: &Fresh, what: Forgettable, delete_orders: bool) -> u64 {
    let request = ForgetRequest { guild: GUILD, what, delete_orders, user: USER };
    fresh.ledger.forget(&request, |_| String::new()).await.expect("forgotten").rows
}

fn buyer() -> Forgettable {
    Forgettable::email(EMAIL).expect("an address")
}

/// Every text of every table.
fn assert_no_trace(fresh: &Fresh) {
    let all = crate::fresh::dump(&fresh.path()).join("\n");
    let history = rows(&fresh.path(), "SELECT details FROM order_events").join("\n");
    for trace in TRACES {
        assert!(!all.contains(trace) && !history.contains(trace), "{trace} in {all}\n{history}");
    }
}

#[tokio::test]
async fn a_sheet_that_is_brought_again_brings_no_buyer_back() {
    let fresh = Fresh::new().await;
    bring(&fresh, &orders()).await;
    forget(&fresh, buyer(), false).await;
    assert_no_trace(&fresh);
    let again = bring(&fresh, &orders()).await;
    assert_eq!(again.lines[0].becomes, Becomes::Already, "{again:?}");
    // Nor does one that names the order and not the address.
    let named = format!("Order Number,Customer Name,Commission\n{NUMBER},Wanda Example,3.00\n");
    bring(&fresh, &request(Kind::Orders, &named)).await;
    let order = fresh.order(NUMBER).await;
    assert_eq!((order.total_minor, order.commission_minor), (Some(10_000), Some(300)));
    assert_no_trace(&fresh);
}

#[tokio::test]
async fn an_order_that_a_person_gave_another_number_is_forgotten_by_both() {
    for delete_orders in [false, true] {
        let fresh = Fresh::new().await;
        bring(&fresh, &orders()).await;
        let (order, what) = (fresh.order(NUMBER).await.id, Correct::Number("B-2002".to_owned()));
        let request =
            CorrectRequest { guild: GUILD, order, user: USER, source: MarkSource::Command, what };
        fresh.ledger.correct(&request, fresh.ingest.labels()).await.unwrap().expect("an order");
        assert_eq!(forget(&fresh, buyer(), delete_orders).await, 1);
        assert_no_trace(&fresh);
        bring(&fresh, &orders()).await;
        let left = if delete_orders { vec![] } else { vec!["B-2002"] };
        assert_eq!(rows(&fresh.path(), "SELECT order_number FROM orders"), left);
        assert_no_trace(&fresh);
    }
}

/// The rows of the only preview, unpacked.
fn kept_rows(fresh: &Fresh) -> String {
    let database = rusqlite::Connection::open(fresh.path()).expect("open");
    let packed: Vec<u8> =
        database.query_row("SELECT rows FROM previews", [], |row| row.get(0)).expect("kept");
    String::from_utf8(zstd::decode_all(packed.as_slice()).expect("packed")).unwrap()
}

#[tokio::test]
async fn a_preview_keeps_nothing_of_a_buyer_who_was_forgotten() {
    let fresh = Fresh::new().await;
    forget(&fresh, buyer(), false).await;
    let preview = fresh.ledger.keep_preview(Arc::new(orders())).await.expect("a preview");
    let kept = kept_rows(&fresh);
    for trace in TRACES {
        assert!(!kept.contains(trace), "{trace} in {kept}");
    }
    let applied = fresh.ledger.apply_preview(GUILD, preview.id, Applying::AsShown, Tz::UTC).await;
    assert!(matches!(applied.expect("applied"), Applied::Done(..)));
    assert_eq!(fresh.order(NUMBER).await.total_minor, Some(10_000));
    assert_no_trace(&fresh);
}

#[tokio::test]
async fn an_order_that_was_deleted_comes_back_by_no_sheet_and_by_no_hand() {
    for what in [buyer(), Forgettable::order(NUMBER)] {
        let fresh = Fresh::new().await;
        bring(&fresh, &orders()).await;
        forget(&fresh, what, true).await;
        assert_no_trace(&fresh);
        let shown = fresh.ledger.preview_sheet(&orders()).await.expect("shown");
        let again = bring(&fresh, &orders()).await;
        for bulk in [shown, again] {
            let line = &bulk.lines[0];
            assert_eq!(line.becomes, Becomes::Refused, "{line:?}");
            assert!(line.reason.contains("deleted with /forget"), "{line:?}");
        }
        let parcels = request(Kind::Track, &format!("order,tracking\n{NUMBER},PK1001\n"));
        assert_eq!(bring(&fresh, &parcels).await.lines[0].becomes, Becomes::Refused);
        let added = fresh.ledger.add_order(&by_hand::by_hand()).await.expect("an answer");
        assert_eq!(added, Added::Forgotten);
        assert_eq!(rows(&fresh.path(), "SELECT count(*) FROM orders"), ["0"]);
        assert_no_trace(&fresh);
    }
}

#[tokio::test]
async fn a_later_order_of_a_buyer_whose_orders_were_deleted_is_an_order_without_its_buyer() {
    let fresh = Fresh::new().await;
    forget(&fresh, buyer(), true).await;
    let tomorrow = chrono::Utc::now() + chrono::TimeDelta::days(1);
    let text = format!(
        "Order Number,Date,Total,Email,Customer Name\n\
         A-2001,{},$5.00,{EMAIL},Wanda Example\nA-2002,2026-01-31,$6.00,{EMAIL},Wanda Example\n",
        tomorrow.format("%Y-%m-%d")
    );
    let bulk = bring(&fresh, &request(Kind::Orders, &text)).await;
    let outcomes: Vec<Becomes> = bulk.lines.iter().map(|line| line.becomes).collect();
    assert_eq!(outcomes, [Becomes::Changed, Becomes::Refused], "{bulk:?}");
    assert_eq!(fresh.order("A-2001").await.total_minor, Some(500));
    assert_no_trace(&fresh);
}

#[tokio::test]
async fn rows_of_orders_that_are_not_there_are_forgotten() {
    let fresh = Fresh::new().await;
    let parcels = request(Kind::Track, "order,store,tracking\nA-3001,Wanda,PK1001\n");
    bring(&fresh, &parcels).await;
    assert_eq!(fresh.ledger.waiting_rows(Some(GUILD), ListRange::ALL).await.unwrap().all, 1);
    assert_eq!(forget(&fresh, Forgettable::order("A-3001"), true).await, 1);
    assert_eq!(rows(&fresh.path(), "SELECT count(*) FROM batch_rows"), ["0"]);
    // A sheet that was taken back still holds what it said.
    let batch = bring(&fresh, &orders()).await.batch.expect("a batch");
    fresh.ledger.undo_batch(Some(GUILD), batch, Some(USER)).await.expect("undone");
    assert_eq!(rows(&fresh.path(), "SELECT count(*) FROM orders"), ["0"]);
    forget(&fresh, buyer(), false).await;
    assert_no_trace(&fresh);
    // What is said of its order later is known by the number.
    let fields = [("Order Number", NUMBER), ("Customer Name", "Wanda Example")];
    fresh.take(checkout(1, "Target", &fields)).await;
    assert_eq!(fresh.order(NUMBER).await.message_id, Some(MessageId(1)));
    assert_no_trace(&fresh);
}

/// An export of a purchase without a number. `message`: empty where none announced it.
fn unnumbered(message: &str) -> BulkRequest {
    let text = format!(
        "Date,Time,Product,Price,Order Number,Email,Order ID,Created,Store,Currency,Server,Customer Name,Message\n\
         2026-01-31,12:00:00,Tin for {EMAIL},10.00,,{EMAIL},17,2026-01-31T12:00:01Z,Target,USD,6,Wanda Example,{message}\n"
    );
    let options = Options { map: Vec::new(), ..Options::default() };
    let sheet = sheet::read(Kind::Orders, "a.csv", text.into_bytes(), &options);
    let sheet = sheet.expect("a sheet");
    let files = vec![SheetFile { name: "a.csv".to_owned(), sha256: String::new(), sheet }];
    BulkRequest { files, ..orders() }
}

#[tokio::test]
async fn a_purchase_without_a_number_is_forgotten_with_the_rows_that_speak_of_it() {
    for message in ["901", ""] {
        for what in [Some(buyer()), None] {
            let fresh = Fresh::new().await;
            bring(&fresh, &unnumbered(message)).await;
            let id = rows(&fresh.path(), "SELECT id FROM orders");
            let what = what.unwrap_or_else(|| Forgettable::order(&format!("no:{}", id[0])));
            assert_eq!(forget(&fresh, what, true).await, 1, "{message}");
            for table in ["orders", "batch_rows", "purchases"] {
                let left = rows(&fresh.path(), &format!("SELECT count(*) FROM {table}"));
                assert_eq!(left, ["0"], "{table} {message}");
            }
            let again = bring(&fresh, &unnumbered(message)).await;
            assert_eq!(again.lines[0].becomes, Becomes::Refused, "{message}: {again:?}");
            assert_no_trace(&fresh);
        }
    }
}

#[tokio::test]
async fn a_message_that_was_forgotten_comes_back_by_no_export() {
    let fresh = Fresh::new().await;
    let fields = [("Product", "Tin"), ("Price", "$10.00"), ("Email", EMAIL)];
    fresh.take(checkout(901, "Target", &fields)).await;
    assert_eq!(rows(&fresh.path(), "SELECT order_number FROM orders"), ["-"]);
    forget(&fresh, Forgettable::Message(MessageId(901)), true).await;
    let again = bring(&fresh, &unnumbered("901")).await;
    assert_eq!(again.lines[0].becomes, Becomes::Refused, "{again:?}");
    assert_eq!(rows(&fresh.path(), "SELECT count(*) FROM orders"), ["0"]);
}

#[tokio::test]
async fn a_preview_keeps_no_buyer_of_a_purchase_without_a_number_that_was_forgotten() {
    for (message, delete) in [("901", true), ("", true), ("901", false), ("", false)] {
        let fresh = Fresh::new().await;
        bring(&fresh, &unnumbered(message)).await;
        let id = rows(&fresh.path(), "SELECT id FROM orders");
        forget(&fresh, Forgettable::order(&format!("no:{}", id[0])), delete).await;
        let request = Arc::new(unnumbered(message));
        let preview = fresh.ledger.keep_preview(request).await.expect("a preview");
        let kept = kept_rows(&fresh);
        assert!(!(kept.contains("Wanda") || delete && kept.contains(EMAIL)), "{message} {kept}");
        let applied =
            fresh.ledger.apply_preview(GUILD, preview.id, Applying::AsShown, Tz::UTC).await;
        let Applied::Done(bulk, ..) = applied.expect("applied") else { panic!("{preview:?}") };
        let becomes = if delete { Becomes::Refused } else { Becomes::Already };
        assert_eq!(bulk.lines[0].becomes, becomes, "{message} {bulk:?}");
    }
}

/// A purchase without a number as the ledger itself exports it, or by its time and product alone.
fn exported(fresh: &Fresh, by_id: bool) -> BulkRequest {
    let values = "SELECT id, created_at, substr(ordered_at, 1, 10), substr(ordered_at, 12, 8), product FROM orders";
    let row = rows(&fresh.path(), values).remove(0);
    let [id, created, day, time, product] = row.split('|').collect::<Vec<_>>()[..] else {
        panic!("{row}")
    };
    let (id, created) = if by_id { (id, created) } else { ("", "") };
    let text = format!(
        "Date,Time,Product,Price,Order Number,Email,Order ID,Created,Store,Currency,Server,Customer Name,Message\n\
         {day},{time},{product},10.00,,,{id},{created},Target,USD,6,Wanda Example,\n"
    );
    let options = Options { map: Vec::new(), ..Options::default() };
    let sheet = sheet::read(Kind::Orders, "b.csv", text.into_bytes(), &options).expect("a sheet");
    let files = vec![SheetFile { name: "b.csv".to_owned(), sha256: String::new(), sheet }];
    BulkRequest { files, ..orders() }
}

#[tokio::test]
async fn a_purchase_that_was_forgotten_comes_back_by_none_of_its_names() {
    for (by_id, delete) in [(true, true), (false, true), (true, false), (false, false)] {
        for is_of_sheet in [true, false] {
            let place = format!("by_id {by_id}, delete {delete}, is_of_sheet {is_of_sheet}");
            let fresh = Fresh::new().await;
            if is_of_sheet {
                bring(&fresh, &unnumbered("")).await;
            } else {
                let fields = [("Product", "Tin"), ("Price", "$10.00"), ("Email", EMAIL)];
                fresh.take(checkout(901, "Target", &fields)).await;
            }
            let sheet = exported(&fresh, by_id);
            let shown = fresh.ledger.preview_sheet(&sheet).await.expect("shown");
            assert_ne!(shown.lines[0].becomes, Becomes::Refused, "{place} {shown:?}");
            let id = rows(&fresh.path(), "SELECT id FROM orders");
            forget(&fresh, Forgettable::order(&format!("no:{}", id[0])), delete).await;
            let again = bring(&fresh, &sheet).await;
            let all = crate::fresh::dump(&fresh.path()).join("\n");
            assert!(!all.contains("Wanda"), "{place} {again:?}\n{all}");
            let left = if delete { "0" } else { "1" };
            let orders = rows(&fresh.path(), "SELECT count(*) FROM orders");
            assert_eq!(orders, [left], "{place} {again:?}");
        }
    }
}

#[tokio::test]
async fn an_address_in_the_name_of_a_file_is_forgotten() {
    let fresh = Fresh::new().await;
    let mut request = orders();
    request.files[0].name = format!("orders of Woolly.{}.csv", EMAIL.trim_start_matches("woolly."));
    let batch = bring(&fresh, &request).await.batch.expect("a batch");
    assert!(rows(&fresh.path(), "SELECT files FROM batches")[0].contains("Woolly"));
    forget(&fresh, buyer(), false).await;
    assert_no_trace(&fresh);
    assert!(!rows(&fresh.path(), "SELECT files FROM batches")[0].contains("Woolly"));
    let shown = fresh.ledger.batches(Some(GUILD), ListRange::ALL).await.expect("batches");
    assert_eq!(shown.rows[0].id, batch);
}
