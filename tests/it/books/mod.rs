//! Sheets that people bring, by the command line.

mod added_back;
mod again;
mod amounts;
mod blanks;
mod bringing;
mod by_hand;
mod corrected;
mod currencies;
mod exported_again;
mod faults;
mod foreign;
mod forgotten;
mod guessed;
mod held_back;
mod joined;
mod lists;
mod marked;
mod model;
mod named;
mod nameless;
mod old_orders;
mod outlived;
mod parts;
mod previewed;
mod purchases;
mod read_as;
mod renumbered;
mod said_of_rows;
mod several_files;
mod shared;
mod stayed;
mod summer_time;
mod sums;
mod undoing;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::{call, said};

/// A folder with a database.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
    next: std::cell::Cell<u64>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), next: std::cell::Cell::new(1) }
    }

    /// Imports a checkout of so many units at 10 dollars each.
    pub(crate) fn checkout(&self, store: &str, number: &str, units: u32) {
        let id = self.next.replace(self.next.get() + 1);
        let text = format!(
            "Successful Checkout | {store}\nProduct\nExample Box\nPrice\n$10.00\nQuantity\n{units}\n\
             Order Number\n#{number}\n"
        );
        self.import(id, &format!("2026-01-{:02}T12:00:00Z", id % 28 + 1), &text);
    }

    /// Imports what a notice of this moment says of an order.
    pub(crate) fn notice(&self, heading: &str, number: &str) {
        self.notice_of(heading, number, &chrono::Utc::now().to_rfc3339());
    }

    /// Imports what a notice of some time says of an order.
    pub(crate) fn notice_of(&self, heading: &str, number: &str, at: &str) {
        let id = self.next.replace(self.next.get() + 1);
        let text = format!("{heading}\nOrder Number\n#{number}\n");
        self.import(id, at, &text);
    }

    fn import(&self, id: u64, at: &str, text: &str) {
        let message = json!({"id": id.to_string(), "channel_id": "5", "guild_id": "6", "timestamp": at,
            "author": {"id": "7", "username": "Refract", "bot": true}, "content": text});
        self.write("one.json", &json!([message]).to_string());
        self.run(&["import", "one.json"]);
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).expect("write a file");
    }

    /// What a call prints; it ends well.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        let (code, out, err) = said(&call(self.folder.path(), arguments));
        assert_eq!(code, 0, "{arguments:?}: {err}");
        out
    }

    /// The code and the error of a call that fails.
    pub(crate) fn fails(&self, arguments: &[&str]) -> (i32, String) {
        let (code, _, err) = said(&call(self.folder.path(), arguments));
        assert_ne!(code, 0, "{arguments:?}");
        (code, err)
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let out = self.run(&[arguments, &["--format", "json"]].concat());
        serde_json::from_str(&out).expect("JSON")
    }

    /// `bulk KIND` of a sheet with this text.
    pub(crate) fn bulk(&self, kind: &str, text: &str, options: &[&str]) -> Value {
        self.write("sheet.csv", text);
        self.json(&[&["bulk", kind, "sheet.csv"], options].concat())
    }

    pub(crate) fn apply(&self, kind: &str, text: &str) -> Value {
        self.bulk(kind, text, &["--apply"])
    }

    pub(crate) fn undo(&self, batch: &Value) -> Value {
        self.json(&["bulk", "undo", &batch["batch"].to_string()])
    }

    pub(crate) fn waiting(&self) -> Vec<Value> {
        self.json(&["bulk", "waiting"])["lines"].as_array().expect("lines").clone()
    }

    /// The order with this number, as JSON.
    pub(crate) fn order(&self, number: &str) -> Value {
        let orders: Vec<Value> = serde_json::from_str(&self.export()).expect("an array");
        let found: Vec<&Value> =
            orders.iter().filter(|order| order["order_number"] == *number).collect();
        assert_eq!(found.len(), 1, "{number} in {orders:?}");
        found[0].clone()
    }

    pub(crate) fn export(&self) -> String {
        self.run(&["export", "--format", "json"])
    }

    /// Some columns of an order.
    pub(crate) fn columns(&self, number: &str, names: &[&str]) -> Vec<Value> {
        let order = self.order(number);
        names.iter().map(|name| order[*name].clone()).collect()
    }
}

/// What became of the rows, in the order of the file.
pub(crate) fn outcomes(answer: &Value) -> Vec<&str> {
    let lines = answer["lines"].as_array().expect("lines");
    lines.iter().map(|line| line["outcome"].as_str().expect("a word")).collect()
}

/// The keys of a JSON text stand in this order; a parsed one does not keep it.
#[track_caller]
pub(crate) fn assert_in_order(text: &str, keys: &[&str]) {
    let place =
        |key: &&str| text.find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key} in {text}"));
    let places: Vec<usize> = keys.iter().map(place).collect();
    assert!(places.is_sorted(), "{keys:?} in {text}");
}
