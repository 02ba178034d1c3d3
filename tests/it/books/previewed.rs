//! Nothing is applied unseen: where a row would end otherwise than its preview has shown, it is shown anew.

use std::sync::Arc;

use chrono_tz::Tz;
use refract_ledger::ledger::{Applied, Applying, Bulk, BulkRequest, SheetFile};
use refract_ledger::sheet::{self, Kind, Options};

use super::by_hand::USER;
use crate::fresh::{Fresh, GUILD, checkout};

fn request(kind: Kind, text: &str) -> BulkRequest {
    let sheet = sheet::read(kind, "a.csv", text.as_bytes().to_vec(), &Options::default());
    let sheet = sheet.expect("a sheet");
    let files = vec![SheetFile { name: "a.csv".to_owned(), sha256: String::new(), sheet }];
    let (guild, zone, user) = (GUILD, Tz::UTC, Some(USER));
    BulkRequest { guild, kind, files, status: None, anyway: false, user, zone }
}

/// What is shown of the first row, and the sums.
fn shown(bulk: &Bulk) -> (String, Vec<i64>) {
    let line = bulk.lines.first().expect("a line");
    (line.reason.to_string(), bulk.sums.iter().map(|money| money.minor).collect())
}

/// An order of five units with a parcel.
async fn five() -> Fresh {
    let fresh = Fresh::new().await;
    let fields =
        [("Product", "Tin"), ("Price", "$10.00"), ("Quantity", "5"), ("Order Number", "A-1001")];
    fresh.take(checkout(300, "Target", &fields)).await;
    let track = request(Kind::Track, "order,tracking\nA-1001,PK1001\n");
    fresh.ledger.apply_sheet(&track).await.expect("applied");
    fresh
}

#[tokio::test]
async fn what_a_line_ends_as_is_what_was_shown_or_is_shown_anew() {
    const RECEIVED: &str = "tracking,total,qty,order_number,created,modified\nPK1001,";
    for (kind, sheet, meanwhile, before, after) in [
        (
            Kind::Status,
            "order\nA-1001\n",
            "order,status\nA-1001,processing\n",
            ("verified → cancelled", vec![]),
            ("processing → cancelled", vec![]),
        ),
        (
            Kind::Status,
            "order,qty\nA-1001,2\n",
            "order,qty\nA-1001,1\n",
            ("5 → 3 units", vec![]),
            ("4 → 2 units", vec![]),
        ),
        (
            Kind::Received,
            &format!("{RECEIVED}4,1,G-1,\"01-01-2026, 10:00:00\",\"01-02-2026, 10:00:00\"\n"),
            &format!("{RECEIVED}10,1,G-1,,\"01-05-2026, 10:00:00\"\n"),
            ("", vec![400]),
            ("what the group has said later counts", vec![400]),
        ),
    ] {
        let fresh = five().await;
        let wanted = Arc::new(request(kind, sheet));
        let preview = fresh.ledger.keep_preview(wanted).await.expect("a preview");
        let expected = |(reason, sums): (&str, Vec<i64>)| (reason.to_owned(), sums);
        assert_eq!(shown(&preview.bulk), expected(before), "{sheet}");
        fresh.ledger.apply_sheet(&request(kind, meanwhile)).await.expect("applied");
        let press = || fresh.ledger.apply_preview(GUILD, preview.id, Applying::AsShown, Tz::UTC);
        let pressed = press().await.expect("pressed");
        let Applied::Otherwise(anew) = pressed else { panic!("{sheet}: {pressed:?}") };
        assert_eq!(shown(&anew.bulk), expected(after), "{sheet}");
        let pressed = press().await.expect("pressed");
        assert!(matches!(pressed, Applied::Done(..)), "{sheet}: {pressed:?}");
    }
}

#[tokio::test]
async fn a_refused_row_that_quotes_a_secret_is_shown_once() {
    let fresh = five().await;
    let sheet = "order\nA-1001\ncard 4111 1111 1111 1111\n";
    let preview = fresh.ledger.keep_preview(Arc::new(request(Kind::Status, sheet))).await;
    let id = preview.expect("a preview").id;
    let pressed = fresh.ledger.apply_preview(GUILD, id, Applying::AsShown, Tz::UTC).await;
    assert!(matches!(pressed.expect("pressed"), Applied::Done(..)));
}
