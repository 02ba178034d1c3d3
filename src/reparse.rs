//! Kept messages read again, through the same door as all others: orders are what they make of them
//! and of the marks.

use std::collections::HashMap;

use crate::ids::{ChannelId, WebhookId};
use crate::ingest::{HandedIn, Ingest};
use crate::ledger::{Ledger, StoredMessage};
use crate::verdict::{Incoming, Via, trust};

/// Messages that are read and handed in together.
const PAGE: u32 = 256;

/// The watched channels and the webhooks that each trusts.
pub type Watched = HashMap<ChannelId, Vec<WebhookId>>;

/// What was read again, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Messages that were read again.
    pub messages: u64,
    /// Those whose orders stay as they are, since age has dropped older messages of these.
    pub settled: u64,
    /// Those whose kept form is damaged; their orders stay as they are.
    pub damaged: u64,
}

/// Reads all kept messages again, in the order of their ids, and returns when all is on disk. Nothing
/// else may come in meanwhile. While one page is written the next is read. `progress` is called after each
/// page.
///
/// # Errors
/// When the database cannot be read, or ingest stops meanwhile. Then it can be called again.
pub async fn reparse(
    ledger: &Ledger,
    ingest: &Ingest,
    watched: &Watched,
    mut progress: impl FnMut(&Tally),
) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    let mut after = None;
    let mut on_its_way = HandedIn::default();
    loop {
        let page = ledger.stored_messages(after, PAGE).await?;
        let Some(last) = page.last() else {
            on_its_way.stored().await?;
            return Ok(tally);
        };
        after = Some(last.id);
        let mut again = Vec::with_capacity(page.len());
        for kept in page {
            match incoming(kept, watched) {
                Ok(incoming) => again.push(incoming),
                Err(Left::Settled) => tally.settled += 1,
                Err(Left::Damaged) => tally.damaged += 1,
            }
        }
        tally.messages += again.len() as u64;
        let next = ingest.hand_in(again).await?;
        std::mem::replace(&mut on_its_way, next).stored().await?;
        progress(&tally);
    }
}

/// Why a message is not read again.
enum Left {
    Settled,
    Damaged,
}

fn incoming(kept: StoredMessage, watched: &Watched) -> Result<Incoming, Left> {
    if kept.settled {
        return Err(Left::Settled);
    }
    let StoredMessage { id, guild_id, channel_id, via, outcome, reason, message, settled: _ } =
        kept;
    let message = message.ok_or(Left::Damaged)?;
    let webhooks = watched.get(&channel_id).map(Vec::as_slice);
    let trust = trust::judge_again(&message, webhooks, via, (outcome, &reason));
    Ok(Incoming { message, id, channel_id, guild_id, via: Via::Retry, trust })
}
