//! The one way to a change that somebody asks for by a command, a button, a menu or a form: first Discord's
//! acknowledgement, then the change, then what came of it.
//!
//! Where Discord refuses the acknowledgement nothing is changed: nobody could be told. The ledger notes the
//! interaction with its change, so that another delivery changes nothing. While others hold the database the
//! change waits, and the person reads that.

pub(super) mod answer;

use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use poise::CreateReply;
use serenity::all::{ComponentInteraction, Http, InteractionId, Message, ModalInteraction};
use tokio::time::{Instant, sleep, sleep_until};

use super::Context;
use super::error::{Error, IN_A_SERVER, UNSURE, failed};
use super::sending::PATIENCE;
use crate::discord::bot::Bot;
use crate::discord::bot::afterwards::when_free;
use crate::discord::render::Audience;
use crate::ledger::{AlreadyDone, Ledger, is_busy};

/// After so long without a result the person reads that the change waits. Discord waits three seconds.
const ANSWERED: Duration = Duration::from_millis(1_500);
/// A change has at least so long, also where Discord took its time for the acknowledgement.
const AT_LEAST: Duration = Duration::from_millis(500);
/// For so long it waits when the bot stops; then there is still time to tell so.
const LAST_PATIENCE: Duration = Duration::from_secs(2);

/// The reply when the bot stops before a change that waits was made. It may have been made at this moment.
pub(super) const STOPPED: &str = "I was stopped while your change was waiting. Check whether it was made, and ask \
    again if it was not.";
/// The reply while others hold the database. It promises nothing: a change that waits ends with the process.
pub(super) const BUSY: &str =
    "The database is busy; your change is waiting. This reply changes when it is made.";
/// The reply while a change that was begun waits for the database, or for Discord.
pub(super) const AT_WORK: &str =
    "This takes longer than usual. I'm still at it; this reply changes when it is done.";
/// The reply to an interaction that Discord delivered again.
pub(crate) const DONE_ALREADY: &str = "This is done already, and was done only once.";

/// A change that somebody asked for.
pub(crate) struct Change<'a> {
    bot: &'a Bot,
    http: &'a Http,
    id: InteractionId,
    token: &'a str,
    begun: Instant,
    place: Place<'a>,
    /// What the person reads while it takes long.
    meanwhile: &'static str,
}

/// Where the result is shown.
enum Place<'a> {
    /// In a reply of its own. The flag tells poise that Discord waits for no other first answer.
    Own(Audience, Option<&'a AtomicBool>),
    /// In the message with the part that was used.
    Of(&'a Message),
}

impl<'a> Change<'a> {
    /// A command asks for it; the reply is for this audience.
    pub(crate) fn of_command(context: Context<'a>, audience: Audience) -> Result<Self, Error> {
        let poise::Context::Application(application) = context else {
            return Err(Error::User(IN_A_SERVER.to_owned()));
        };
        let (http, used) = (&context.serenity_context().http, application.interaction);
        let place = Place::Own(audience, Some(application.has_sent_initial_response));
        Ok(Self::new(context.data(), http, (used.id, &used.token), place))
    }

    /// A button or a menu asks for it.
    pub(crate) fn of_part(bot: &'a Bot, http: &'a Http, used: &'a ComponentInteraction) -> Self {
        Self::new(bot, http, (used.id, &used.token), Place::Of(&used.message))
    }

    /// A form asks for it.
    pub(crate) fn of_form(bot: &'a Bot, http: &'a Http, sent: &'a ModalInteraction) -> Self {
        let place = sent.message.as_deref().map_or(Place::Own(Audience::Private, None), Place::Of);
        Self::new(bot, http, (sent.id, &sent.token), place)
    }

    fn new(
        bot: &'a Bot,
        http: &'a Http,
        (id, token): (InteractionId, &'a str),
        place: Place<'a>,
    ) -> Self {
        let (begun, meanwhile) = (Instant::now(), BUSY);
        Self { bot, http, id, token, begun, place, meanwhile }
    }

    /// What the person reads where the change itself takes long.
    pub(crate) fn saying(self, meanwhile: &'static str) -> Self {
        Self { meanwhile, ..self }
    }

    /// Makes a change of the ledger, by the ledger that is handed over: it notes the interaction with it.
    /// `present` is shown where that was done before.
    pub(crate) async fn apply<F, P>(
        self,
        attempt: impl Fn(Ledger) -> F,
        present: impl FnOnce() -> P,
    ) where
        F: Future<Output = Result<CreateReply, Error>>,
        P: Future<Output = Result<CreateReply, Error>>,
    {
        let _waited_for = self.bot.afterwards.place();
        if !self.acknowledge().await {
            return;
        }
        let ledger = self.bot.ledger.for_interaction(self.id.into());
        let once = || async {
            if ledger.is_done(self.id.into()).await? {
                return Err(Error::Internal(AlreadyDone.into()));
            }
            attempt(ledger.clone()).await
        };
        let (result, said_busy) = self.saying_busy(self.when_free(once), || self.meanwhile).await;
        match result {
            Err(error) if is_done_already(&error) => self.show(present().await, said_busy).await,
            Err(Error::Internal(error)) => {
                let sentence = self.what_failed(&error).await;
                self.show(Err(Error::User(sentence)), said_busy).await;
            }
            result => self.show(result, said_busy).await,
        }
    }

    /// Makes a change that is more than one of the ledger. It is noted first: where it breaks off in the
    /// middle, another delivery does not make it either.
    pub(crate) async fn perform<F>(self, work: impl Fn() -> F)
    where
        F: Future<Output = Result<CreateReply, Error>>,
    {
        let _waited_for = self.bot.afterwards.place();
        if !self.acknowledge().await {
            return;
        }
        let ledger = self.bot.ledger.for_interaction(self.id.into());
        // Noted once, however often the work is tried while others hold the database.
        let is_noted = AtomicBool::new(false);
        let attempt = || async {
            if !is_noted.load(Ordering::Relaxed) {
                ledger.claim().await?;
                is_noted.store(true, Ordering::Relaxed);
            }
            work().await
        };
        let waits = || if is_noted.load(Ordering::Relaxed) { AT_WORK } else { BUSY };
        let (result, said_busy) = self.saying_busy(self.when_free(attempt), waits).await;
        let is_noted = is_noted.into_inner();
        let result = match result {
            Err(error) if is_done_already(&error) => done_already().await,
            Err(Error::Internal(error)) if !is_noted => {
                Err(Error::User(self.what_failed(&error).await))
            }
            // Some of it may be made: another sentence would be a guess.
            Err(Error::Internal(error)) => Err(Error::User(failed(&error, UNSURE))),
            other => other,
        };
        self.show(result, said_busy).await;
    }

    /// Tries for as long as others hold the database, and Discord lets the reply be edited.
    async fn when_free<T, F>(&self, attempt: impl Fn() -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let waits = |error: &Error| matches!(error, Error::Internal(error) if is_busy(error));
        when_free(self.begun + PATIENCE, attempt, waits).await
    }

    /// Works, and tells the person by this sentence when that takes long. True: it was told.
    async fn saying_busy<T>(
        &self,
        work: impl Future<Output = Result<T, Error>>,
        sentence: impl Fn() -> &'static str,
    ) -> (Result<T, Error>, bool) {
        let mut work = pin!(work);
        tokio::select! {
            biased;
            result = &mut work => return (result, false),
            () = sleep_until((self.begun + ANSWERED).max(Instant::now() + AT_LEAST)) => {}
        }
        let work = async {
            tokio::select! {
                biased;
                result = work => result,
                () = self.stopped() => Err(Error::User(STOPPED.to_owned())),
            }
        };
        // The work goes on meanwhile: it may hold the database itself.
        let (result, ()) = tokio::join!(work, self.say_waiting(sentence()));
        (result, true)
    }

    /// Returns when the bot stops and no longer waits for the database.
    async fn stopped(&self) {
        self.bot.afterwards.stopping().await;
        sleep(LAST_PATIENCE).await;
    }
}

/// The reply to an interaction that Discord delivered again: what shows what came of it stays.
pub(crate) async fn done_already() -> Result<CreateReply, Error> {
    Err(Error::DoneBefore(DONE_ALREADY.to_owned()))
}

fn is_done_already(error: &Error) -> bool {
    matches!(error, Error::Internal(error) if error.is::<AlreadyDone>())
}
