//! An answer that is still to come: what people read meanwhile, and what came of it.

use std::time::Duration;

use poise::CreateReply;
use serenity::all::{Builder, CreateInteractionResponse, Http, InteractionId};
use tokio::time::sleep;

use crate::backoff::Backoff;
use crate::discord::interactions::error::{Error, sentence};
use crate::discord::interactions::reply;
use crate::discord::render::Audience;

/// Attempts at showing an answer, and the pauses between them.
const ATTEMPTS: usize = 4;
const PAUSES: Backoff = Backoff::new(Duration::from_millis(500), Duration::from_secs(4));

/// An interaction that was acknowledged.
pub(crate) struct Deferred<'a> {
    http: &'a Http,
    token: &'a str,
}

impl<'a> Deferred<'a> {
    /// Of a command that was deferred already.
    pub(crate) const fn of(http: &'a Http, token: &'a str) -> Self {
        Self { http, token }
    }

    /// Acknowledges the sending of a form: a reply of its own follows.
    pub(crate) async fn begin(
        http: &'a Http,
        (id, token): (InteractionId, &'a str),
    ) -> Result<Self, Error> {
        reply::deferred(Audience::Private).execute(http, (id, token)).await?;
        Ok(Self { http, token })
    }

    /// Acknowledges the use of a part: its message will be changed.
    pub(crate) async fn begin_here(
        http: &'a Http,
        (id, token): (InteractionId, &'a str),
    ) -> Result<Self, Error> {
        CreateInteractionResponse::Acknowledge.execute(http, (id, token)).await?;
        Ok(Self { http, token })
    }

    /// Says what is being done. That it cannot be said does no harm.
    pub(crate) async fn say(&self, text: &str) {
        let edit = reply::edit().content(text).components(Vec::new());
        if let Err(error) = edit.execute(self.http, self.token).await {
            tracing::debug!("could not say what is being done: {error}");
        }
    }

    /// Shows what came of it, in the place of everything before.
    pub(crate) async fn show(&self, result: Result<CreateReply, Error>) {
        let edit = match result {
            Ok(shown) => reply::edited(shown, true),
            Err(error) => {
                reply::edit().content(sentence(&error)).embeds(Vec::new()).components(Vec::new())
            }
        };
        let mut pauses = PAUSES.take(ATTEMPTS - 1);
        while let Err(error) = edit.clone().execute(self.http, self.token).await {
            let Some(pause) = pauses.next() else {
                return tracing::warn!("could not send a reply: {error}");
            };
            sleep(pause).await;
        }
    }
}
