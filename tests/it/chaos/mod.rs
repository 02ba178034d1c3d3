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
mod run;
mod schedule;
mod stage;
mod step;
mod typed;

use tokio::runtime::Handle;

use crate::seeds::{play_all, wished};
use schedule::Schedule;

/// The seeds of an ordinary run.
const FIXED: [u64; 10] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_the_database_is_what_the_channel_shows() {
    let seeds: Vec<u64> = match (wished("REFRACT_CHAOS_SEEDS"), wished("REFRACT_CHAOS_FROM")) {
        (None, None) => FIXED.to_vec(),
        (count, from) => {
            let from = from.unwrap_or(1);
            (from..from + count.unwrap_or(1)).collect()
        }
    };
    let at_a_time = wished("REFRACT_CHAOS_PARALLEL").unwrap_or(6);
    play_all(seeds, at_a_time, |seed| Handle::current().block_on(run::run(Schedule::of(seed))))
        .await;
}
