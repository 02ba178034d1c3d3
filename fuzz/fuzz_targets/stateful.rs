//! Any bytes as messages, edits, marks, undos, corrections and forgets: the ledger is what a model says, as in
//! `tests/it/stateful`, whose steps these are.
#![no_main]

#[path = "../../tests/it/fresh.rs"]
#[allow(dead_code, reason = "most of it is for other tests")]
mod fresh;
#[path = "../../tests/it/stateful/model.rs"]
mod model;
#[path = "../../tests/it/stateful/play.rs"]
mod play;
#[path = "../../tests/it/stateful/step.rs"]
mod step;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tokio::runtime::Runtime;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

fuzz_target!(|bytes: &[u8]| RUNTIME.block_on(play::play(&step::Step::all_of(bytes))));
