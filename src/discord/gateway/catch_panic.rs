//! What becomes of an event whose handler panics.

use std::future::Future;
use std::panic::AssertUnwindSafe;

use futures::FutureExt as _;

use crate::discord::bot::Bot;

/// Does what an event asks for. Where that breaks off, all watched channels are compared: the history
/// holds what the event was about. serenity would end the event's task without a word.
pub(crate) async fn catch_panic(bot: &Bot, work: impl Future<Output = ()>) {
    if AssertUnwindSafe(work).catch_unwind().await.is_err() {
        tracing::error!(
            "handling an event crashed; its message will be read from the history. Please report this"
        );
        bot.watching.channels().into_iter().for_each(|channel| bot.backfill.reconcile(channel));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::bot::state::tests::TestBot;
    use crate::ids::ChannelId;

    #[tokio::test]
    async fn a_panic_in_a_handler_has_the_watched_channels_compared() {
        let TestBot { bot, mut requests, .. } = TestBot::watching(ChannelId(5)).await;
        catch_panic(&bot, async {}).await;
        assert!(requests.try_recv().is_err(), "nothing broke off");
        catch_panic(&bot, async { panic!("odd") }).await;
        let asked = requests.try_recv().expect("a request");
        assert!(asked.channel == ChannelId(5) && asked.reconcile, "{asked:?}");
    }
}
