//! How long questions take, and whether that is within what they may.

use std::cell::Cell;
use std::fmt::Display;
use std::time::{Duration, Instant};

use anyhow::Context;

/// Times that each question is asked.
pub(crate) const TIMES: usize = 200;
/// What takes longer than this in all is not asked again.
const PATIENCE: Duration = Duration::from_secs(30);
/// What a question may take, as the 99th of a hundred: milliseconds.
pub(crate) const GOAL: f64 = 10.0;
/// Set where the machine is slow: everything may take twice as long.
const SLOW: &str = "ASKING_SLOW";

/// Takes the time of those questions that hold a word.
pub(crate) struct Clock {
    wanted: String,
    /// What a goal is multiplied by.
    slowness: f64,
    goals: Cell<u32>,
    missed: Cell<u32>,
}

impl Clock {
    pub(crate) fn new(wanted: String) -> Self {
        let slowness = if std::env::var_os(SLOW).is_some() { 2.0 } else { 1.0 };
        Self { wanted, slowness, goals: Cell::new(0), missed: Cell::new(0) }
    }

    pub(crate) fn wants(&self, what: &str) -> bool {
        what.contains(&self.wanted)
    }

    /// Asks again and again, and says how long it took; `found` is what came of the last time.
    pub(crate) async fn time<T: Display>(
        &self,
        what: &str,
        question: impl AsyncFn(u64) -> anyhow::Result<T>,
    ) -> anyhow::Result<()> {
        self.time_within(GOAL, what, question).await
    }

    /// The same of a question that may take so many milliseconds.
    pub(crate) async fn time_within<T: Display>(
        &self,
        goal: f64,
        what: &str,
        question: impl AsyncFn(u64) -> anyhow::Result<T>,
    ) -> anyhow::Result<()> {
        if !self.wants(what) {
            return Ok(());
        }
        let mut taken = Vec::with_capacity(TIMES);
        let mut found = String::new();
        let (started, spent) = (Instant::now(), cpu()?);
        for turn in 0..TIMES {
            let begun = Instant::now();
            found = question(turn as u64).await?.to_string();
            taken.push(begun.elapsed());
            if started.elapsed() > PATIENCE {
                break;
            }
        }
        let cpu = cpu()?.saturating_sub(spent).as_secs_f64() * 1e3
            / f64::from(u32::try_from(taken.len())?);
        taken.sort_unstable();
        let at = |share: usize| {
            taken.get(taken.len() * share / 100).copied().unwrap_or_default().as_secs_f64() * 1e3
        };
        let (p50, p99, goal) = (at(50), at(99), goal * self.slowness);
        let verdict = self.verdict(p99 <= goal);
        println!(
            "  p50 {p50:>8.2} p99 {p99:>8.2} (goal {goal:>3}) cpu {cpu:>8.2} ms  {what} ({found}){verdict}"
        );
        Ok(())
    }

    /// Notes whether a goal was reached, and gives the word that says so where it was not.
    pub(crate) fn verdict(&self, reached: bool) -> &'static str {
        self.goals.set(self.goals.get() + 1);
        if reached {
            return "";
        }
        self.missed.set(self.missed.get() + 1);
        "  MISSED"
    }

    /// How many a second there must be: fewer where the machine is slow.
    pub(crate) fn least(&self, a_second: f64) -> f64 {
        a_second / self.slowness
    }

    /// The last line.
    pub(crate) fn sum_up(&self) {
        match (self.missed.get(), self.goals.get()) {
            (0, goals) => println!("all {goals} goals reached"),
            (missed, goals) => println!("{missed} of {goals} goals MISSED"),
        }
    }
}

/// Processor time of this process so far, that of the checkouts which come in, too: on a machine with
/// other work it says more than the clock.
fn cpu() -> anyhow::Result<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = stat.rsplit_once(')').context("no fields in /proc/self/stat")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    let ticks: u64 = ticks.sum::<Result<u64, _>>()?;
    Ok(Duration::from_millis(ticks * 10))
}
