//! Any messages, edits, marks, undos, corrections and forgets, in any order: the ledger is what a model of a few plain
//! maps says. The fuzz target `stateful` (`fuzz/`) takes the same steps, drawn from its bytes.

pub(crate) mod model;
pub(crate) mod play;
pub(crate) mod step;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::Config;
use tokio::runtime::Runtime;

use crate::random::Random;
use crate::seeds::wished;
use play::play;
use step::Step;

proptest! {
    #![proptest_config(Config { cases: 24, max_shrink_iters: 400, ..Config::default() })]

    #[test]
    fn whatever_happens_the_ledger_is_what_the_model_says(bytes in vec(any::<u8>(), 0..180)) {
        Runtime::new().unwrap().block_on(play(&Step::all_of(&bytes)));
    }
}

/// Seeds one after the other, for so many seconds: `REFRACT_STATEFUL_SECONDS`, from `REFRACT_STATEFUL_FROM` on.
#[test]
#[ignore = "it takes ten minutes"]
fn ten_minutes_of_it() {
    let limit = std::time::Duration::from_secs(wished("REFRACT_STATEFUL_SECONDS").unwrap_or(600));
    let first = wished("REFRACT_STATEFUL_FROM").unwrap_or(1);
    let (begun, runtime) = (std::time::Instant::now(), Runtime::new().unwrap());
    let mut seeds = first;
    while begun.elapsed() < limit {
        let mut random = Random::new(seeds);
        let length = random.between(3, 400);
        let bytes: Vec<u8> = std::iter::repeat_with(|| u8::try_from(random.below(256)).unwrap())
            .take(usize::try_from(length).unwrap())
            .collect();
        // A panic is caught by nobody: its seed is the last one that was begun.
        println!("seed {seeds}");
        runtime.block_on(play(&Step::all_of(&bytes)));
        seeds += 1;
    }
    println!("{} seeds without a finding", seeds - first);
}
