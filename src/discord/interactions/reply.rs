//! What the bot replies with: none of it pings anybody, whatever it holds.

use std::sync::atomic::Ordering;

use poise::CreateReply;
use serenity::all::{
    Builder, CreateAllowedMentions, CreateInteractionResponse, CreateInteractionResponseFollowup,
    CreateInteractionResponseMessage, EditInteractionResponse, Message, MessageFlags,
};
use tokio::time::Instant;

use super::Context;
use super::error::{Error, IN_A_SERVER};
use super::sending::{first, patiently};
use crate::discord::bot::Bot;
use crate::discord::render::Audience;
use crate::ids::GuildId;

/// A reply that only the person who asked sees.
pub(crate) fn ephemeral() -> CreateReply {
    changed().ephemeral(true)
}

/// A reply that everybody in the channel sees.
pub(crate) fn public() -> CreateReply {
    changed().ephemeral(false)
}

/// A reply that this audience sees.
pub(crate) fn to(audience: Audience) -> CreateReply {
    match audience {
        Audience::Private => ephemeral(),
        Audience::Public => public(),
    }
}

/// A message that is posted already, as it reads now: it is seen by whom it was before.
pub(crate) fn changed() -> CreateReply {
    CreateReply::default().allowed_mentions(CreateAllowedMentions::new())
}

/// Who sees the replies to a command that shows orders, by the settings of the server.
pub(crate) fn audience(context: Context<'_>) -> Audience {
    let guild = context.guild_id().map(GuildId::from).unwrap_or_default();
    Audience::of(context.data().settings(guild).replies)
}

/// Who sees a message that is posted already, whatever is configured by now.
pub(crate) fn audience_of(message: &Message) -> Audience {
    let private = message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    if private { Audience::Private } else { Audience::Public }
}

/// A reply to a command that shows orders.
pub(crate) fn configured(context: Context<'_>) -> CreateReply {
    to(audience(context))
}

/// Defers the reply to a command that shows orders: it takes longer than Discord waits.
pub(crate) async fn defer(context: Context<'_>) -> Result<(), Error> {
    defer_for(context, audience(context)).await
}

/// Defers the reply to a command for this audience.
pub(crate) async fn defer_for(context: Context<'_>, audience: Audience) -> Result<(), Error> {
    let application = application(context)?;
    let used = application.interaction;
    first(context.http(), (used.id, &used.token), deferred(audience)).await?;
    application.has_sent_initial_response.store(true, Ordering::Relaxed);
    context.set_invocation_data(Thinking).await;
    Ok(())
}

/// Whoever used the command still sees that the bot is thinking.
struct Thinking;

/// Replies to a command: first in the place of what was deferred, then beside it.
pub(crate) async fn send(context: Context<'_>, reply: CreateReply) -> Result<(), Error> {
    send_seen(context, reply).await?;
    Ok(())
}

/// The same, with the message that it became; `None`: it is the first answer, which Discord does not show.
pub(crate) async fn send_seen(
    context: Context<'_>,
    reply: CreateReply,
) -> Result<Option<Message>, Error> {
    let application = application(context)?;
    let (http, used) = (context.http(), application.interaction);
    let reply = context.reply_builder(reply);
    if !application.has_sent_initial_response.load(Ordering::Relaxed) {
        first(http, (used.id, &used.token), message(reply)).await?;
        application.has_sent_initial_response.store(true, Ordering::Relaxed);
        return Ok(None);
    }
    if context.invocation_data::<Thinking>().await.is_some() {
        return edit_first(context, edited(reply, true)).await.map(Some);
    }
    let beside = reply.to_slash_followup_response(CreateInteractionResponseFollowup::new());
    let send = || beside.clone().execute(http, (None, &used.token));
    Ok(Some(patiently(Instant::now(), send).await?))
}

/// Says how it goes on, in the place of what was deferred.
pub(crate) async fn say(context: Context<'_>, text: &str) -> Result<(), Error> {
    edit_first(context, edit().content(text)).await?;
    Ok(())
}

/// Twice it is the same answer, also where Discord took it and said otherwise.
async fn edit_first(context: Context<'_>, edit: EditInteractionResponse) -> Result<Message, Error> {
    let token = &application(context)?.interaction.token;
    let send = || edit.clone().execute(context.http(), token);
    let shown = patiently(Instant::now(), send).await?;
    context.set_invocation_data(()).await;
    Ok(shown)
}

/// What answers to a command are sent with.
pub(crate) fn token(context: Context<'_>) -> Result<&str, Error> {
    Ok(&application(context)?.interaction.token)
}

fn application(context: Context<'_>) -> Result<poise::ApplicationContext<'_, Bot, Error>, Error> {
    match context {
        poise::Context::Application(application) => Ok(application),
        poise::Context::Prefix(_) => Err(Error::User(IN_A_SERVER.to_owned())),
    }
}

/// Answers the use of a part with a message of its own.
pub(crate) fn message(reply: CreateReply) -> CreateInteractionResponse {
    CreateInteractionResponse::Message(built(reply))
}

/// Answers the use of a part in the place of its message; [`changed`] begins the reply.
pub(crate) fn update(reply: CreateReply) -> CreateInteractionResponse {
    CreateInteractionResponse::UpdateMessage(built(reply))
}

/// Changes a message that was deferred; what is not named stays.
pub(crate) fn edit() -> EditInteractionResponse {
    EditInteractionResponse::new().allowed_mentions(CreateAllowedMentions::new())
}

/// Acknowledges the use of a command or a form, whose reply will be for this audience.
pub(crate) fn deferred(audience: Audience) -> CreateInteractionResponse {
    let message = CreateInteractionResponseMessage::new();
    CreateInteractionResponse::Defer(message.ephemeral(audience == Audience::Private))
}

/// Puts a reply in the place of what was deferred; [`changed`] begins the reply. `clears`: a text of before
/// goes, also where the reply has none.
pub(crate) fn edited(reply: CreateReply, clears: bool) -> EditInteractionResponse {
    let edit = if clears { edit().content("") } else { edit() };
    reply.to_slash_initial_response_edit(edit)
}

/// A sentence beside what was deferred, for whoever asked alone.
pub(crate) fn beside(sentence: &str) -> CreateInteractionResponseFollowup {
    let followup = CreateInteractionResponseFollowup::new();
    ephemeral().content(sentence).to_slash_followup_response(followup)
}

fn built(reply: CreateReply) -> CreateInteractionResponseMessage {
    reply.to_slash_initial_response(CreateInteractionResponseMessage::new())
}
