//! What a person who asked for a change is told: the acknowledgement, that it waits, what came of it.

use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::TimeDelta;
use poise::CreateReply;
use serenity::all::{
    Builder, CreateInteractionResponse, EditInteractionResponse, HttpError, Message,
};
use tokio::time::{Instant, sleep};

use super::{Change, PATIENCE, Place};
use crate::backoff::Backoff;
use crate::discord::interactions::error::{
    Error, NOT_SHOWN, NOTHING_CHANGED, UNSURE, failed, sentence,
};
use crate::discord::interactions::reply;
use crate::discord::rest::codes::ACKNOWLEDGED;
use crate::ids::{InteractionId, created_at};
use crate::ledger::is_busy;

/// What was acknowledged so long ago, and not by this process, is not done any more: the person may have
/// asked again.
const STILL_WAITED_FOR: TimeDelta = TimeDelta::seconds(30);
/// Between two attempts to show what came of a change.
const PAUSES: Backoff = Backoff::new(Duration::from_millis(500), Duration::from_secs(30));

/// The reply where others held the database for as long as Discord lets a reply be edited.
pub(crate) const TOO_BUSY: &str =
    "The database was busy for too long, so nothing was changed. Please try again later.";
/// What Discord says to an acknowledgement.
enum Refusal {
    /// It was acknowledged before.
    Before,
    /// The answer may have been lost on its way.
    Unclear(serenity::Error),
    /// It is too old, or unknown.
    Final(serenity::Error),
}

impl Change<'_> {
    /// Tells Discord that the interaction has come in. False: nothing may be changed.
    pub(super) async fn acknowledge(&self) -> bool {
        let mut answer = self.send_acknowledgement().await;
        if let Err(Refusal::Unclear(error)) = &answer {
            tracing::debug!("acknowledging an interaction again: {error}");
            answer = match self.send_acknowledgement().await {
                Err(Refusal::Before) => Ok(()),
                other => other,
            };
        }
        let is_acknowledged = match answer {
            Ok(()) => true,
            Err(Refusal::Before) => self.is_waited_for(),
            Err(Refusal::Unclear(error) | Refusal::Final(error)) => {
                tracing::warn!(
                    "Discord did not let an interaction be acknowledged, so nothing was changed: {error}"
                );
                false
            }
        };
        if let (true, Place::Own(_, Some(sent))) = (is_acknowledged, &self.place) {
            sent.store(true, Ordering::Relaxed);
        }
        is_acknowledged
    }

    async fn send_acknowledgement(&self) -> Result<(), Refusal> {
        let response = match self.place {
            Place::Own(audience, _) => reply::deferred(audience),
            Place::Of(_) => CreateInteractionResponse::Acknowledge,
        };
        let sent = response.execute(self.http, (self.id, self.token)).await;
        sent.map_err(|error| match code(&error) {
            Some((_, code)) if code == ACKNOWLEDGED => Refusal::Before,
            Some((status, _)) if status < 500 => Refusal::Final(error),
            _ => Refusal::Unclear(error),
        })
    }

    /// Whether the person still waits for what was acknowledged before: the process that did it is gone.
    fn is_waited_for(&self) -> bool {
        let age = self.bot.rest.clock().now() - created_at(InteractionId::from(self.id).0);
        if age > STILL_WAITED_FOR {
            tracing::warn!("Discord delivered an old interaction again; nothing was changed");
        }
        age <= STILL_WAITED_FOR
    }

    /// Tells that the change waits.
    pub(super) async fn say_waiting(&self, sentence: &str) {
        self.edit(&reply::edit().content(sentence)).await;
    }

    /// Shows what came of the change. `said_busy`: in the place of the sentence that it waits.
    pub(super) async fn show(&self, result: Result<CreateReply, Error>, said_busy: bool) {
        let before = match &self.place {
            Place::Of(message) => message.content.as_str(),
            Place::Own(..) => "",
        };
        match result {
            Ok(reply) => self.edit(&reply::edited(reply, said_busy)).await,
            Err(error) if matches!(self.place, Place::Own(..)) => {
                self.edit(&reply::edit().content(sentence(&error))).await;
            }
            Err(error) => {
                if said_busy {
                    self.edit(&reply::edit().content(before)).await;
                }
                self.follow_up(&sentence(&error)).await;
            }
        }
    }

    /// The sentence about an error that is no mistake of the person's; the log gets its cause.
    pub(super) async fn what_failed(&self, error: &anyhow::Error) -> String {
        match self.bot.ledger.is_done(self.id.into()).await {
            Ok(true) => failed(error, NOT_SHOWN),
            Ok(false) if is_busy(error) => TOO_BUSY.to_owned(),
            Ok(false) => failed(error, NOTHING_CHANGED),
            Err(_) => failed(error, UNSURE),
        }
    }

    async fn edit(&self, edit: &EditInteractionResponse) {
        patiently(self.begun, || edit.clone().execute(self.http, self.token)).await;
    }

    /// Adds a sentence that the person alone sees.
    async fn follow_up(&self, sentence: &str) {
        let message = reply::beside(sentence);
        patiently(self.begun, || message.clone().execute(self.http, (None, self.token))).await;
    }
}

/// Sends something again until Discord takes it, or refuses it for good. `begun`: when the interaction came in.
pub(crate) async fn patiently<F>(begun: Instant, send: impl Fn() -> F)
where
    F: Future<Output = serenity::Result<Message>>,
{
    let mut pauses = PAUSES;
    while let Err(error) = send().await {
        let is_final = matches!(code(&error), Some((400..=428 | 430..=499, _)));
        let pause = pauses.wait();
        if is_final || Instant::now() + pause > begun + PATIENCE {
            return tracing::warn!("could not show what came of an interaction: {error}");
        }
        sleep(pause).await;
    }
}

/// The HTTP status and Discord's code of a refusal; `None` where no answer came.
fn code(error: &serenity::Error) -> Option<(u16, u32)> {
    let serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) = error else {
        return None;
    };
    let code = u32::try_from(response.error.code).unwrap_or_default();
    Some((response.status_code.as_u16(), code))
}
