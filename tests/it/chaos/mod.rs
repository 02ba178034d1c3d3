//! The whole bot under random schedules of everything that may go wrong.
//!
//! A schedule comes from a seed. It drives the real program against the sandbox, then everything
//! heals, and the database is compared with what the channel shows.
//!
//! `REFRACT_CHAOS_SEEDS=500` runs so many schedules instead of the few fixed ones, from
//! `REFRACT_CHAOS_FROM` on (otherwise from 1), `REFRACT_CHAOS_PARALLEL` at a time (otherwise 6).
//! `REFRACT_CHAOS_KEEP=1` leaves the folders of those that fail.

mod activity;
mod bodies;
mod compare;
mod faults;
mod oracle;
mod random;
mod run;
mod schedule;
mod stage;
mod step;

use futures::{StreamExt, stream};
use tokio::runtime::Handle;

use schedule::Schedule;

/// The seeds of an ordinary run.
const FIXED: [u64; 6] = [1, 2, 3, 4, 5, 6];

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_the_database_is_what_the_channel_shows() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seeds: Vec<u64> = match (number("REFRACT_CHAOS_SEEDS"), number("REFRACT_CHAOS_FROM")) {
        (None, None) => FIXED.to_vec(),
        (count, from) => {
            let from = from.unwrap_or(1);
            (from..from + count.unwrap_or(1)).collect()
        }
    };
    let at_a_time = number("REFRACT_CHAOS_PARALLEL").unwrap_or(6);
    let runs = stream::iter(seeds).map(|seed| async move {
        // A thread for each, so that a panic is the failure of one schedule.
        let runtime = Handle::current();
        let play = move || runtime.block_on(run::run(Schedule::of(seed)));
        let ended = tokio::task::spawn_blocking(play).await;
        let ended = ended.unwrap_or_else(|panic| Err(format!("seed {seed} panicked: {panic}")));
        println!("seed {seed}: {}", if ended.is_ok() { "well" } else { "FAILED" });
        ended.err()
    });
    let at_a_time = usize::try_from(at_a_time).expect("a number of schedules");
    let failures: Vec<Option<String>> = runs.buffer_unordered(at_a_time).collect().await;
    let failures: Vec<String> = failures.into_iter().flatten().collect();
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n\n"));
}
