//! How long one message of Refract takes to read: `cargo bench --bench reading`.
//!
//! Prints nanoseconds a message, the median and the fastest of several runs, for the way from JSON bytes to what it
//! says, for reading alone, and for taking secrets out.

use std::hint::black_box;
use std::time::Instant;

use refract_ledger::reading::redact;
use refract_ledger::reading::{Kind, Labels, Message, read};

const RUNS: usize = 11;
const MESSAGES_A_RUN: u32 = 5_000;

fn main() -> serde_json::Result<()> {
    let case: Case =
        serde_json::from_slice(include_bytes!("../tests/data/refract/target-fields.json"))?;
    let bytes = serde_json::to_vec(&case.message)?;
    let labels = Labels::built_in();
    let message = Message::from_slice(&bytes)?;
    println!("one message of Refract, {} bytes of JSON; nanoseconds a message", bytes.len());
    report("JSON bytes to orders", || {
        let message = Message::from_slice(black_box(&bytes));
        black_box(message.map(|message| read(&message, &labels))).is_ok()
    });
    report("JSON bytes to message", || black_box(Message::from_slice(black_box(&bytes))).is_ok());
    report("message to orders", || {
        black_box(read(black_box(&message), &labels)).kind == Kind::Checkout
    });
    report("copy and take secrets out", || {
        black_box(redact(black_box(&message).clone(), &labels)).id.is_some()
    });
    Ok(())
}

/// The part of a case that is measured.
#[derive(serde::Deserialize)]
struct Case {
    message: serde_json::Value,
}

/// Prints the times of one call over several runs. Every call says whether it did its work.
fn report(name: &str, mut call: impl FnMut() -> bool) {
    let mut times: Vec<u128> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            let done = (0..MESSAGES_A_RUN).filter(|_| call()).count();
            assert_eq!(done, MESSAGES_A_RUN as usize, "{name}");
            start.elapsed().as_nanos() / u128::from(MESSAGES_A_RUN)
        })
        .collect();
    times.sort_unstable();
    let of = |index: usize| times.get(index).copied().unwrap_or_default();
    println!("{name:28} median {:>8}   fastest {:>8}", of(RUNS / 2), of(0));
}
