//! Tests that are played once for each seed: a few of them always, more on demand.

use futures::{StreamExt, stream};

/// The number in a variable of the environment.
pub(crate) fn wished(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// Plays all seeds, some at the same time, and fails with what each of them has to tell.
///
/// Each has a thread of its own, so that a panic is the failure of one seed.
pub(crate) async fn play_all(
    seeds: impl IntoIterator<Item = u64>,
    at_a_time: u64,
    play: fn(u64) -> Result<(), String>,
) {
    let runs = stream::iter(seeds).map(|seed| async move {
        let ended = tokio::task::spawn_blocking(move || play(seed)).await;
        let ended = ended.unwrap_or_else(|panic| Err(format!("seed {seed} panicked: {panic}")));
        println!("seed {seed}: {}", if ended.is_ok() { "well" } else { "FAILED" });
        ended.err()
    });
    let at_a_time = usize::try_from(at_a_time).expect("a number of threads");
    let failures: Vec<Option<String>> = runs.buffer_unordered(at_a_time).collect().await;
    let failures: Vec<String> = failures.into_iter().flatten().collect();
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n\n"));
}
