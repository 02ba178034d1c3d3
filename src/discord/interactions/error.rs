//! Errors of commands: what a person did is told to the person; everything else goes to the log,
//! and the person gets one sentence with a reference.

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};

use poise::{CommandInteractionType, CreateReply, FrameworkError};
use serenity::all::{
    CommandInteraction, CreateAllowedMentions, CreateAutocompleteResponse,
    CreateInteractionResponse, CreateInteractionResponseMessage,
};

use crate::discord::bot::Bot;
use crate::discord::bot::access::Right;
use crate::discord::interactions::Context;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub(crate) enum Error {
    /// The sentence is the reply.
    User(String),
    /// The chain is for the log.
    Internal(anyhow::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(sentence) => f.write_str(sentence),
            Self::Internal(error) => write!(f, "{error:#}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

impl From<serenity::Error> for Error {
    fn from(error: serenity::Error) -> Self {
        Self::Internal(anyhow::Error::new(error).context("answer the interaction"))
    }
}

/// What a person is told who lacks a right.
pub(crate) const fn may_not(right: Right) -> &'static str {
    match right {
        Right::View => {
            "You may not see this server's orders. Whoever runs the bot can allow your role in \
             `view_roles`."
        }
        Right::Mark => {
            "You may see the orders, but not change them: that takes Manage Messages in this \
             channel, or a role in `mark_roles`."
        }
        Right::Admin => "That takes Manage Server, or a role in `admin_roles`.",
    }
}

/// What a person is told when something broke, after it was logged under a reference.
pub(crate) fn sentence(error: &Error) -> String {
    static REFERENCE: AtomicU32 = AtomicU32::new(1);
    match error {
        Error::User(sentence) => sentence.clone(),
        Error::Internal(error) => {
            let reference = REFERENCE.fetch_add(1, Ordering::Relaxed);
            tracing::error!(reference, "a command failed: {error:#}");
            format!(
                "Something went wrong on my side, and nothing was changed. Whoever runs the bot \
                 finds the cause in its log under reference {reference}."
            )
        }
    }
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
            (ctx, format!("That does not fit: {error}."))
        }
        FrameworkError::GuildOnly { ctx, .. } => {
            (ctx, "Orders belong to a server: use this command there.".to_owned())
        }
        FrameworkError::CommandPanic { ctx, .. } => {
            let error =
                Error::Internal(anyhow::anyhow!("{} panicked", ctx.command().qualified_name));
            (ctx, self::sentence(&error))
        }
        FrameworkError::CommandStructureMismatch { ctx, description, .. } => {
            tracing::warn!("an outdated command was used: {description}");
            let again = "Discord still shows an older form of this command. Restart Discord \
                         (Ctrl+R) and try again.";
            (ctx.into(), again.to_owned())
        }
        FrameworkError::UnknownInteraction { framework, interaction, .. } => {
            return unknown_command(framework.serenity_context, interaction).await;
        }
        other => {
            tracing::error!("an interaction could not be handled: {other}");
            return;
        }
    };
    tell(context, sentence).await;
}

/// Discord still shows a command that this version does not have.
async fn unknown_command(context: &serenity::all::Context, used: &CommandInteraction) {
    tracing::warn!("an unknown command was used: {}", used.data.name);
    let sentence = "This command is of another version of the bot. Restart Discord (Ctrl+R) to see \
                    those that there are.";
    let message = CreateInteractionResponseMessage::new()
        .content(sentence)
        .ephemeral(true)
        .allowed_mentions(CreateAllowedMentions::new());
    let response = CreateInteractionResponse::Message(message);
    if let Err(error) = used.create_response(context, response).await {
        tracing::warn!("a reply could not be sent: {error}");
    }
}

async fn tell(context: Context<'_>, sentence: String) {
    let poise::Context::Application(application) = context else { return };
    if application.interaction_type == CommandInteractionType::Autocomplete {
        return no_choices(application).await;
    }
    let reply = CreateReply::default()
        .content(sentence)
        .ephemeral(true)
        .allowed_mentions(CreateAllowedMentions::new());
    if let Err(error) = context.send(reply).await {
        tracing::warn!("a reply could not be sent: {error}");
    }
}

/// Autocomplete has no place for a sentence: an empty list ends the waiting.
async fn no_choices(application: poise::ApplicationContext<'_, Bot, Error>) {
    let empty = CreateInteractionResponse::Autocomplete(CreateAutocompleteResponse::new());
    let http = application.serenity_context();
    if let Err(error) = application.interaction.create_response(http, empty).await {
        tracing::warn!("an autocomplete could not be answered: {error}");
    }
}
