//! Errors of commands: a person's mistake is the reply; everything else goes to the log, and the person
//! gets one sentence with a reference.

use std::sync::atomic::{AtomicU64, Ordering};

use poise::{CommandInteractionType, FrameworkError};
use serenity::all::{CommandInteraction, CreateAutocompleteResponse, CreateInteractionResponse};

use crate::discord::bot::Bot;
use crate::discord::bot::access::Right;
use crate::discord::interactions::sending::{NotTaken, give};
use crate::discord::interactions::{Context, reply};
use crate::discord::render::text::base36;

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The sentence is the reply.
    #[error("{0}")]
    User(String),
    /// It was done before, by another press: the sentence stands above what shows it, which stays.
    #[error("{0}")]
    DoneBefore(String),
    /// The chain is for the log.
    #[error("{0:#}")]
    Internal(#[from] anyhow::Error),
}

impl From<serenity::Error> for Error {
    fn from(error: serenity::Error) -> Self {
        Self::Internal(anyhow::Error::new(error).context("answer the interaction"))
    }
}

impl From<NotTaken> for Error {
    fn from(not_taken: NotTaken) -> Self {
        match not_taken {
            NotTaken::Before(error) | NotTaken::Refused(error) => error.into(),
        }
    }
}

/// The reply to whatever is used outside of a server.
pub(crate) const IN_A_SERVER: &str = "Use this in a server, not in a direct message.";

/// What an error that is no mistake of the person's means for the person.
pub(crate) const UNSURE: &str = "Something went wrong on my side.";
/// The same of a change that the ledger does not hold.
pub(crate) const NOTHING_CHANGED: &str =
    "Something went wrong on my side, and nothing was changed.";
/// The same of one that it holds.
pub(crate) const NOT_SHOWN: &str =
    "Your change was made, but then something went wrong on my side.";

/// The reply to a person who lacks a right.
pub(crate) const fn may_not(right: Right) -> &'static str {
    match right {
        Right::View => {
            "You can't see this server's orders. Whoever runs the bot can allow your role in \
             `view_roles`."
        }
        Right::Mark => {
            "You can see the orders, but not change them: you need Manage Messages in this channel, or \
             a role in `mark_roles`."
        }
        Right::Admin => "You need Manage Server, or a role in `admin_roles`, for this.",
    }
}

/// The reply to an error; one that is no mistake of the person's is logged under a reference.
pub(crate) fn sentence(error: &Error) -> String {
    match error {
        Error::User(sentence) | Error::DoneBefore(sentence) => sentence.clone(),
        Error::Internal(error) => failed(error, UNSURE),
    }
}

/// The reply to an error that is no mistake of the person's, with what it means for the person; the cause
/// is logged under a reference.
pub(crate) fn failed(error: &anyhow::Error, what: &str) -> String {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let reference = reference(chrono::Utc::now().timestamp_millis(), &LAST);
    tracing::error!(%reference, "a command failed: {error:#}");
    format!(
        "{what} Whoever runs the bot can find the cause in the log, under reference {reference}."
    )
}

/// Seven letters and digits that count the tenths of seconds since 1970: no earlier start of the bot has
/// used them. `last` is the one before, so that two at once differ.
fn reference(now_millis: i64, last: &AtomicU64) -> String {
    let now = u64::try_from(now_millis / 100).unwrap_or_default();
    let next = |last: u64| now.max(last + 1);
    let before = last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(next(last)));
    base36(next(before.unwrap_or_default()))
}

/// poise's funnel: every error of every command ends here.
pub(crate) async fn on_error(error: FrameworkError<'_, Bot, Error>) {
    let (context, sentence) = match error {
        FrameworkError::Command { error, ctx, .. } => (ctx, sentence(&error)),
        FrameworkError::CommandCheckFailed { error: None, ctx, .. } => {
            (ctx, may_not(Right::View).to_owned())
        }
        FrameworkError::CommandCheckFailed { error: Some(error), ctx, .. } => {
            (ctx, sentence(&error))
        }
        FrameworkError::ArgumentParse { error, ctx, .. } => {
            (ctx, format!("I can't use that: {error}."))
        }
        FrameworkError::GuildOnly { ctx, .. } => (ctx, IN_A_SERVER.to_owned()),
        FrameworkError::CommandPanic { ctx, .. } => {
            let error =
                Error::Internal(anyhow::anyhow!("{} panicked", ctx.command().qualified_name));
            (ctx, self::sentence(&error))
        }
        FrameworkError::CommandStructureMismatch { ctx, description, .. } => {
            tracing::warn!("somebody used an outdated command: {description}");
            let again = "Discord still shows an older version of this command. Reload Discord \
                         (Ctrl+R) and try again.";
            (ctx.into(), again.to_owned())
        }
        FrameworkError::UnknownInteraction { framework, interaction, .. } => {
            return unknown_command(framework.serenity_context, interaction).await;
        }
        other => {
            tracing::error!("could not handle an interaction: {other}");
            return;
        }
    };
    respond(context, sentence).await;
}

/// Discord still shows a command that this version does not have.
async fn unknown_command(context: &serenity::all::Context, used: &CommandInteraction) {
    tracing::warn!("somebody used an unknown command: {}", used.data.name);
    let sentence = "This command belongs to another version of the bot. Reload Discord (Ctrl+R) to \
                    see the current ones.";
    let response = reply::message(reply::ephemeral().content(sentence));
    give(&context.http, (used.id, &used.token), response).await;
}

async fn respond(context: Context<'_>, sentence: String) {
    let poise::Context::Application(application) = context else { return };
    if application.interaction_type == CommandInteractionType::Autocomplete {
        return no_choices(application).await;
    }
    if let Err(error) = reply::send(context, reply::ephemeral().content(sentence)).await {
        tracing::warn!("could not send a reply: {error}");
    }
}

/// Autocomplete has no place for a sentence: an empty list ends the waiting.
async fn no_choices(application: poise::ApplicationContext<'_, Bot, Error>) {
    let empty = CreateInteractionResponse::Autocomplete(CreateAutocompleteResponse::new());
    let http = application.serenity_context();
    if let Err(error) = application.interaction.create_response(http, empty).await {
        tracing::warn!("could not reply to an autocomplete: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_reference_comes_twice_also_after_a_restart() {
        let now = 1_768_500_000_000;
        let first_start = AtomicU64::new(0);
        let mut references: Vec<String> = (0..3).map(|_| reference(now, &first_start)).collect();
        references.push(reference(now + 1_000, &AtomicU64::new(0)));
        assert_eq!(references, ["84h6xc0", "84h6xc1", "84h6xc2", "84h6xca"]);
    }
}
