//! What a person who asked for a change is told: the acknowledgement, that it waits, what came of it.

use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use poise::CreateReply;
use serenity::all::{Builder, CreateInteractionResponse, EditInteractionResponse};

use super::{Change, Place};
use crate::discord::interactions::error::{
    Error, NOT_SHOWN, NOTHING_CHANGED, UNSURE, failed, sentence,
};
use crate::discord::interactions::reply;
use crate::discord::interactions::sending::{NotTaken, first, note_unshown, patiently};
use crate::ids::{InteractionId, created_at};
use crate::ledger::is_busy;

/// What was acknowledged so long ago, and not by this process, is not done any more: the person may have
/// asked again.
const STILL_WAITED_FOR: TimeDelta = TimeDelta::seconds(30);

/// The reply where others held the database for as long as Discord lets a reply be edited.
pub(crate) const TOO_BUSY: &str =
    "The database was busy for too long, so nothing was changed. Please try again later.";

impl Change<'_> {
    /// Tells Discord that the interaction has come in. False: nothing may be changed.
    pub(super) async fn acknowledge(&self) -> bool {
        let answer = match self.place {
            Place::Own(audience, _) => reply::deferred(audience),
            Place::Of(_) => CreateInteractionResponse::Acknowledge,
        };
        let is_acknowledged = match first(self.http, (self.id, self.token), answer).await {
            Ok(()) => true,
            Err(NotTaken::Before(_)) => self.is_waited_for(),
            Err(NotTaken::Refused(error)) => {
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
            // What shows it stays.
            Err(Error::DoneBefore(sentence)) => {
                self.edit(&reply::edit().content(sentence).components(Vec::new())).await;
            }
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
        note_unshown(patiently(self.begun, || edit.clone().execute(self.http, self.token)).await);
    }

    /// Adds a sentence that the person alone sees.
    async fn follow_up(&self, sentence: &str) {
        let message = reply::beside(sentence);
        let send = || message.clone().execute(self.http, (None, self.token));
        note_unshown(patiently(self.begun, send).await);
    }
}
