//! The files of the demo: what people bring beside the messages. All values are made up.

use std::fmt::Write;
use std::path::Path;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};

use crate::atomic_file;

/// Orders of the last six weeks.
pub(super) const HISTORY: &str = "demo-old-orders.csv";
/// A tracking list: two of the story's orders, and one that nobody has announced yet.
pub(super) const TRACKINGS: &str = "demo-trackings.csv";
/// What a buying group received of them.
pub(super) const GROUP: &str = "demo-group.csv";
/// A card's statement.
pub(super) const STATEMENT: &str = "demo-statement.csv";

/// Days of the history before the story.
const DAYS: i64 = 42;
/// Store, product, price in cents, and what a group pays for it.
const BOUGHT: [(&str, &str, i64, i64); 4] = [
    ("Best Buy US", "[Preorder] Example Handheld Console (512GB)", 44_999, 46_000),
    ("Target", "Trading Card Game: Example Premium Collection", 12_999, 13_650),
    ("Best Buy US", "Example Aurora Graphics Card (16GB) - Black", 74_999, 76_500),
    ("Walmart US", "Example Building Blocks", 2_497, 2_700),
];

/// Writes them beside the database.
pub(super) fn write(database: &Path, now: DateTime<Utc>) -> anyhow::Result<()> {
    let files = [
        (HISTORY, history(now)),
        (TRACKINGS, TRACKING_LIST.to_owned()),
        (GROUP, group(now)),
        (STATEMENT, statement(now)),
    ];
    for (name, text) in files {
        let path = database.with_file_name(name);
        atomic_file::write(&path, text.as_bytes())
            .with_context(|| format!("write {}", path.display()))?;
    }
    Ok(())
}

const TRACKING_LIST: &str = "Order Number,Tracking Number\n\
    BBY01-807000000002,1Z12345E0205271688\n\
    BBY01-807000000008,9400111899223100001111\n\
    BBY01-807000000099,1Z999AA10123456793\n";

fn group(now: DateTime<Utc>) -> String {
    let modified = now.format("%m-%d-%Y, %H:%M:%S");
    format!(
        "tracking_number,total,qty,commission,status,order_number,modified\n\
         1Z12345E0205271688,460.00,1,10.00,VERIFIED,G-1077,\"{modified}\"\n"
    )
}

fn statement(now: DateTime<Utc>) -> String {
    let date = now.format("%m/%d/%Y");
    format!(
        "Extended Details,Reference,Date,Amount\n\
         \"Description : BBY01-807000000002 Price : 449.99\",'320260310001,{date},449.99\n"
    )
}

/// Three orders of four days. A shop cancels every ninth; what is older than two weeks is received and paid.
fn history(now: DateTime<Utc>) -> String {
    let mut rows =
        "Date,Product,Price,Total,Commission,Quantity,Profile,Order Number,Tracking Number,Status,\
        QTY Received,Store,Currency,Server,Payout,Group Status\n"
            .to_owned();
    let days = (1..=DAYS).rev().filter(|day| day % 4 != 0);
    for ((number, day), (store, product, price, pays)) in
        (1_i64..).zip(days).zip(BOUGHT.iter().cycle())
    {
        let units = 1 + number % 3;
        let date = (now - TimeDelta::days(day)).format("%Y-%m-%d");
        let (price, total, payout) = (cents(*price), cents(price * units), cents(pays * units));
        let order = format!("OLD-{number:06}");
        let parcel = format!("1Z{number:016}");
        let told = match day {
            _ if number % 9 == 0 => format!(",cancelled,,{store},USD,,,"),
            15.. => format!("{parcel},delivered,{units},{store},USD,,{payout},VERIFIED"),
            7.. => format!("{parcel},delivered,,{store},USD,,,"),
            3.. => format!("{parcel},shipped,,{store},USD,,,"),
            _ => format!(",verified,,{store},USD,,,"),
        };
        let profile = number % 4 + 1;
        writeln!(rows, "{date},{product},{price},{total},,{units},Demo #{profile},{order},{told}")
            .ok();
    }
    rows
}

fn cents(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}
