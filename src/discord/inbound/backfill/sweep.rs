//! Who is behind the reactions that are as many as expected: while the bot was away one person may have
//! taken an emoji away and another set the same one. Discord lists people only for one emoji at a
//! time, so these are asked for last and without haste.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::mpsc;

use crate::discord::bot::Bot;
use crate::discord::bot::mailboxes::Sweep;
use crate::ids::ChannelId;

/// Where something else has changed, people were there: then this may have happened, too.
const SWIFT_PAUSE: Duration = Duration::from_millis(250);
/// Where nothing has changed, it is unlikely.
const SLOW_START: Duration = Duration::from_mins(1);
const SLOW_PAUSE: Duration = Duration::from_secs(3);

/// Asks for one after the other, once for each channel after each connection.
pub(crate) async fn run(bot: Arc<Bot>, mut sweeps: mpsc::Receiver<Sweep>) {
    let mut swept: HashMap<ChannelId, Option<DateTime<Utc>>> = HashMap::new();
    while let Some(Sweep { channel, comparisons, hurry }) = sweeps.recv().await {
        let connection = bot.ready_at();
        if comparisons.is_empty() || swept.insert(channel, connection) == Some(connection) {
            continue;
        }
        let pause = if hurry { SWIFT_PAUSE } else { SLOW_PAUSE };
        if !hurry {
            tokio::time::sleep(SLOW_START).await;
        }
        for comparison in comparisons {
            if let Err(error) = bot.reactions.reconcile(comparison).await {
                tracing::debug!(%channel, "could not read who reacted: {error:#}");
            }
            tokio::time::sleep(pause).await;
        }
    }
}
