//! An answer that is still to come: what people read meanwhile, and what came of it.

use poise::CreateReply;
use serenity::all::{Builder, CreateInteractionResponse, Http, InteractionId};
use tokio::time::Instant;

use crate::discord::interactions::error::{Error, sentence};
use crate::discord::interactions::reply;
use crate::discord::interactions::sending::{first, note_unshown, patiently};
use crate::discord::render::Audience;

/// An interaction that was acknowledged.
pub(crate) struct Deferred<'a> {
    http: &'a Http,
    token: &'a str,
    begun: Instant,
}

impl<'a> Deferred<'a> {
    /// Of a command that was deferred already.
    pub(crate) fn of(http: &'a Http, token: &'a str) -> Self {
        Self { http, token, begun: Instant::now() }
    }

    /// Acknowledges the sending of a form: a reply of its own follows.
    pub(crate) async fn begin(
        http: &'a Http,
        (id, token): (InteractionId, &'a str),
    ) -> Result<Self, Error> {
        first(http, (id, token), reply::deferred(Audience::Private)).await?;
        Ok(Self::of(http, token))
    }

    /// Acknowledges the use of a part: its message will be changed.
    pub(crate) async fn begin_here(
        http: &'a Http,
        (id, token): (InteractionId, &'a str),
    ) -> Result<Self, Error> {
        first(http, (id, token), CreateInteractionResponse::Acknowledge).await?;
        Ok(Self::of(http, token))
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
        note_unshown(patiently(self.begun, || edit.clone().execute(self.http, self.token)).await);
    }
}
