//! How long one message of Refract takes to read: `cargo bench --bench reading`.
//!
//! Prints nanoseconds a message, the median of several runs, for the way from JSON bytes to what it
//! says, for reading alone, and for taking secrets out.

use std::hint::black_box;
use std::time::Instant;

use refract_ledger::checkout::{Labels, Message, read, redact};

const RUNS: usize = 11;
const MESSAGES_A_RUN: u32 = 5_000;

fn main() {
    let json = include_bytes!("../tests/data/refract/target-fields.json");
    let case: serde_json::Value = serde_json::from_slice(json).expect("the case is JSON");
    let bytes = serde_json::to_vec(&case["message"]).expect("a message is JSON");
    let labels = Labels::built_in();
    let message = Message::from_slice(&bytes).expect("a message");
    println!("one message of Refract, {} bytes of JSON; nanoseconds a message", bytes.len());
    report("JSON bytes to orders", || {
        let message = Message::from_slice(black_box(&bytes)).expect("a message");
        black_box(read(&message, &labels));
    });
    report("JSON bytes to message", || {
        black_box(Message::from_slice(black_box(&bytes)).expect("a message"));
    });
    report("message to orders", || {
        black_box(read(black_box(&message), &labels));
    });
    report("copy and take secrets out", || {
        black_box(redact(black_box(&message).clone()));
    });
}

/// Prints the median time of one call over several runs.
fn report(name: &str, mut call: impl FnMut()) {
    let mut times: Vec<u128> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            (0..MESSAGES_A_RUN).for_each(|_| call());
            start.elapsed().as_nanos() / u128::from(MESSAGES_A_RUN)
        })
        .collect();
    times.sort_unstable();
    println!("{name:28} {:>8}", times.get(RUNS / 2).copied().unwrap_or_default());
}
