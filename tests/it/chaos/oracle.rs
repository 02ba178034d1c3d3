//! What the ledger should hold: the channel as it stands, read by a fresh ledger.

use std::collections::BTreeSet;

use refract_ledger::ids::MessageId;
use refract_ledger::ledger::{MarkRequest, MarkSource, MarkTarget};
use refract_ledger::reading::Message;
use refract_ledger::verdict::{Incoming, Via, trust};
use serde_json::Value;

use super::compare::{self, Content};
use super::stage::Stage;
use super::step::Who;
use crate::fresh::Fresh;

/// What a ledger holds that was told of the messages in the channel in the order of their ids, of
/// these deleted ones, and of the marks that stand.
pub(super) async fn expected(stage: &Stage, deleted: &BTreeSet<MessageId>) -> Content {
    let fresh = Fresh::new().await;
    let mut standing = stage.world.sandbox.messages(stage.world.channel);
    // What the bot itself says, it does not log.
    let bot = stage.world.sandbox.bot().to_string();
    standing.retain(|message| message["author"]["id"] != bot.as_str());
    let gone = stage.gone.iter().filter(|(id, _)| deleted.contains(id)).map(|(_, json)| json);
    let mut messages: Vec<Incoming> =
        standing.iter().chain(gone).map(|json| incoming(stage, json)).collect();
    messages.sort_by_key(|message| message.id);
    fresh.ingest.submit_all(messages).await.expect("the messages are taken");
    for message in &stage.ids {
        for request in marks(stage, *message) {
            fresh.ledger.mark(request).await.expect("the mark is taken");
        }
    }
    let content = compare::content(&fresh.path()).expect("the fresh ledger can be read");
    fresh.stop().await;
    content
}

fn incoming(stage: &Stage, json: &Value) -> Incoming {
    let message = Message::from_json(json);
    Incoming {
        id: message.id.expect("a message has an id"),
        trust: trust::judge(&message, &[stage.world.webhook.id]),
        channel_id: stage.world.channel,
        guild_id: stage.world.guild,
        via: Via::Backfill,
        message,
    }
}

/// The reactions below a message that set a status, by those who may.
fn marks(stage: &Stage, message: MessageId) -> Vec<MarkRequest> {
    let entitled: Vec<_> = [Who::Owner, Who::Staff, Who::Stranger, Who::OtherBot]
        .into_iter()
        .filter(|who| who.may_mark())
        .map(|who| stage.user(who))
        .collect();
    let table = refract_ledger::order::StatusEmoji::default();
    let mut requests = Vec::new();
    for (emoji, users) in stage.world.sandbox.reactions(message) {
        let Some(status) = table.status(&emoji) else { continue };
        for user in users.into_iter().filter(|user| entitled.contains(user)) {
            requests.push(MarkRequest {
                guild: stage.world.guild,
                target: MarkTarget::Message(message),
                user,
                status,
                emoji: Some(emoji.clone()),
                source: MarkSource::Reaction,
                at: Some(chrono::Utc::now()),
            });
        }
    }
    requests
}
