//! Getting answers through to Discord: what it does not take at first is sent again, whether something was changed
//! or only looked at.
//!
//! A first answer has three seconds. What follows it has as long as the interaction's token lives; where it may have
//! arrived although Discord said otherwise, a change of the first answer is the same once more. A message beside it may
//! then be there twice: better than not at all.

use std::time::Duration;

use serenity::all::{Builder, CreateInteractionResponse, Http, HttpError, InteractionId, Message};
use tokio::time::{Instant, sleep};

use crate::backoff::Backoff;
use crate::discord::rest::codes::ACKNOWLEDGED;

/// Discord waits three seconds for a first answer, of which making it has taken some.
const FIRST: Duration = Duration::from_millis(2_500);
/// Between two attempts at it: serenity does not hand on how long Discord asks to wait.
const FIRST_PAUSES: Backoff = Backoff::new(Duration::from_millis(300), Duration::from_secs(1));
/// For so long an answer can be changed: a minute less than Discord lets it be.
pub(super) const PATIENCE: Duration = Duration::from_mins(14);
/// Between two attempts at that.
const PAUSES: Backoff = Backoff::new(Duration::from_millis(500), Duration::from_secs(30));

/// Why Discord did not take a first answer.
pub(crate) enum NotTaken {
    /// The interaction was answered before, and not by this answer.
    Before(serenity::Error),
    /// It is too old or unknown, or Discord fails for too long.
    Refused(serenity::Error),
}

/// What Discord's refusal means for the answer.
enum Refusal {
    /// There is a first answer already.
    Answered,
    /// Not now.
    Later,
    /// It may have been taken all the same: what Discord said got lost on its way, or it failed in the middle.
    Unclear,
    /// Never.
    Final,
}

/// Gives an interaction its first answer.
pub(crate) async fn first(
    http: &Http,
    used: (InteractionId, &str),
    answer: CreateInteractionResponse,
) -> Result<(), NotTaken> {
    let until = Instant::now() + FIRST;
    let (mut pauses, mut may_be_taken) = (FIRST_PAUSES, false);
    while let Err(error) = answer.clone().execute(http, used).await {
        match refusal(&error) {
            Refusal::Answered if may_be_taken => return Ok(()),
            Refusal::Answered => return Err(NotTaken::Before(error)),
            Refusal::Final => return Err(NotTaken::Refused(error)),
            Refusal::Unclear => may_be_taken = true,
            Refusal::Later => {}
        }
        let pause = pauses.wait();
        if Instant::now() + pause > until {
            return Err(NotTaken::Refused(error));
        }
        tracing::debug!("answering an interaction again: {error}");
        sleep(pause).await;
    }
    Ok(())
}

/// The same, where nobody can be told that Discord refuses it.
pub(crate) async fn give(
    http: &Http,
    used: (InteractionId, &str),
    answer: CreateInteractionResponse,
) {
    if let Err(NotTaken::Before(error) | NotTaken::Refused(error)) = first(http, used, answer).await
    {
        tracing::warn!("could not send a reply: {error}");
    }
}

/// Sends something that follows a first answer, until Discord takes it or refuses it for good. `begun`: when the
/// interaction came in.
pub(crate) async fn patiently<F>(begun: Instant, send: impl Fn() -> F) -> serenity::Result<Message>
where
    F: Future<Output = serenity::Result<Message>>,
{
    let mut pauses = PAUSES;
    loop {
        let error = match send().await {
            Ok(message) => return Ok(message),
            Err(error) => error,
        };
        let pause = pauses.wait();
        let is_final = matches!(refusal(&error), Refusal::Answered | Refusal::Final);
        if is_final || Instant::now() + pause > begun + PATIENCE {
            return Err(error);
        }
        tracing::debug!("sending what follows an answer again: {error}");
        sleep(pause).await;
    }
}

/// Notes that what came of something could not be shown.
pub(crate) fn note_unshown(sent: serenity::Result<Message>) {
    if let Err(error) = sent {
        tracing::warn!("could not show what came of an interaction: {error}");
    }
}

fn refusal(error: &serenity::Error) -> Refusal {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            let code = u32::try_from(response.error.code).unwrap_or_default();
            match response.status_code.as_u16() {
                _ if code == ACKNOWLEDGED => Refusal::Answered,
                429 => Refusal::Later,
                ..500 => Refusal::Final,
                _ => Refusal::Unclear,
            }
        }
        serenity::Error::Http(_) => Refusal::Unclear,
        // It was not even sent.
        _ => Refusal::Final,
    }
}
