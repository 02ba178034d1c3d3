//! What the bot replies with: none of it pings anybody, whatever it holds.

use poise::CreateReply;
use serenity::all::{
    CreateAllowedMentions, CreateInteractionResponse, CreateInteractionResponseFollowup,
    CreateInteractionResponseMessage, EditInteractionResponse, Message, MessageFlags,
};

use super::Context;
use super::error::Error;
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
    match audience(context) {
        Audience::Private => context.defer_ephemeral().await?,
        Audience::Public => context.defer().await?,
    }
    Ok(())
}

/// Replies to a command.
pub(crate) async fn send(context: Context<'_>, reply: CreateReply) -> Result<(), Error> {
    context.send(reply).await?;
    Ok(())
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
