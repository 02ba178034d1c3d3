//! Kept messages are dropped when they are older than the configuration allows; orders stay. Previews of sheets are
//! dropped after a day.

use std::time::Duration;

use chrono::{TimeDelta, Utc};

use crate::count::count;
use crate::ledger::Ledger;

/// How often it is looked for old messages.
const INTERVAL: Duration = Duration::from_hours(1);
/// Messages that are dropped in one transaction: between two the writer is free for what comes in.
const PIECE: u32 = 1_000;

/// Drops what is older than so many days, now and then every hour; 0 keeps all for ever.
pub async fn run(ledger: Ledger, days: u32) {
    if days == 0 {
        return;
    }
    let mut interval = tokio::time::interval(INTERVAL);
    loop {
        interval.tick().await;
        match sweep(&ledger, days).await {
            Ok(0) => {}
            Ok(dropped) => tracing::info!(
                dropped,
                "deleted kept messages older than {}; their orders stay",
                count(days, "day", "days")
            ),
            Err(error) => {
                tracing::warn!("could not delete old messages, trying again in an hour: {error:#}");
            }
        }
    }
}

/// Drops previews of sheets that can be applied no more, now and then every hour.
pub async fn previews(ledger: Ledger) {
    let mut interval = tokio::time::interval(INTERVAL);
    loop {
        interval.tick().await;
        if let Err(error) = ledger.drop_old_previews().await {
            tracing::warn!("could not delete old previews, trying again in an hour: {error:#}");
        }
    }
}

/// Drops all that is due at this moment.
async fn sweep(ledger: &Ledger, days: u32) -> anyhow::Result<u64> {
    // A time before all calendars: then nothing is that old.
    let Some(before) = Utc::now().checked_sub_signed(TimeDelta::days(i64::from(days))) else {
        return Ok(0);
    };
    let (mut messages, mut after) = (0, None);
    loop {
        let dropped = ledger.drop_messages_before(before, after, PIECE).await?;
        messages += dropped.messages;
        if dropped.last.is_none() {
            return Ok(messages);
        }
        after = dropped.last;
        tokio::task::yield_now().await;
    }
}
