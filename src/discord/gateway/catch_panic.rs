//! What becomes of an event whose handler panics.

use std::future::Future;
use std::panic::AssertUnwindSafe;

use futures::FutureExt as _;

use crate::discord::bot::Bot;

/// Does what an event asks for. Where that breaks off, all watched channels are compared: the history
/// holds what the event was about. serenity would end the event's task without a word.
pub(crate) async fn survive(bot: &Bot, work: impl Future<Output = ()>) {
    if AssertUnwindSafe(work).catch_unwind().await.is_err() {
        tracing::error!(
            "an event broke off, its message is read from the history: please report it"
        );
        bot.watching.channels().into_iter().for_each(|channel| bot.backfill.compare(channel));
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;

    use super::*;
    use crate::config::{Config, Token};
    use crate::discord::bot::Queues;
    use crate::discord::bot::mailboxes::{BackfillRequests, FirstMessages, ReactionChanges};
    use crate::discord::bot::watching::Watching;
    use crate::discord::rest::Rest;
    use crate::ingest::Ingest;
    use crate::ledger::Ledger;

    #[tokio::test]
    async fn a_panic_in_a_handler_has_the_watched_channels_compared() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&folder.path().join("ledger.db")).await.unwrap();
        let config = Config::from_text("[[watch]]\nchannel_id = \"5\"", "test", []).unwrap();
        let (ingest, _writer) = Ingest::start(ledger.clone(), config.labels().unwrap()).unwrap();
        let rest = Rest::new(&Token::new("token").unwrap(), "http://127.0.0.1:9").unwrap();
        let (backfill, mut requests, _sweeps) = BackfillRequests::new();
        let (reactions, first_messages) = (ReactionChanges::new().0, FirstMessages::new().0);
        let queues = Queues { reactions, backfill, first_messages };
        let watching = Watching::new(&config.watch, Vec::new());
        let refused = mpsc::channel(1).0;
        let bot = Bot::new(config, watching, ledger, ingest, rest, queues, refused);

        survive(&bot, async {}).await;
        assert!(requests.try_recv().is_err(), "nothing broke off");
        survive(&bot, async { panic!("odd") }).await;
        let asked = format!("{:?}", requests.try_recv().expect("a request"));
        assert!(asked.contains("ChannelId(5)") && asked.contains("compare: true"), "{asked}");
    }
}
