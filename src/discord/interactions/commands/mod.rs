//! The slash commands: one file each.

mod board;
mod change;
mod forget;
mod health;
mod help;
mod logs;
mod menus;
mod options;
mod order;
mod orders;
mod setup;
pub(super) mod why_missing;

use poise::FrameworkOptions;
use serenity::all::{
    CreateAllowedMentions, CreateAutocompleteResponse, CreateEmbed, InstallationContext,
};

use super::error::{Error, may_not, on_error};
use super::{components, disclosure};
use crate::config::Replies;
use crate::discord::bot::Bot;
use crate::discord::bot::access::{Right, allows, may_by_default, roles};
use crate::discord::interactions::Context;
use crate::discord::render::text::length;
use crate::discord::render::{self, Audience};
use crate::ids::GuildId;
use crate::ledger::{DeliveryDetail, Disclosure};

/// Everything that poise is told.
pub(crate) fn options() -> FrameworkOptions<Bot, Error> {
    let mut commands = vec![
        orders::orders(),
        order::order(),
        change::mark(),
        change::track(),
        change::note(),
        change::undo(),
        logs::logs(),
        board::board(),
        setup::setup(),
        forget::forget(),
        health::health(),
        help::help(),
        menus::details(),
        menus::why(),
    ];
    poise::set_qualified_names(&mut commands);
    for command in &mut commands {
        // Whoever installs the application for themselves is asked for no permission of the server.
        command.install_context = Some(vec![InstallationContext::Guild]);
    }
    FrameworkOptions {
        commands,
        on_error: |error| Box::pin(on_error(error)),
        command_check: Some(|context| Box::pin(may_use(context))),
        allowed_mentions: Some(CreateAllowedMentions::new()),
        initialize_owners: false,
        prefix_options: poise::PrefixFrameworkOptions {
            mention_as_prefix: false,
            ..Default::default()
        },
        ..Default::default()
    }
}

/// A command takes the right that stands in its `custom_data`, and without one the right to look. poise
/// asks this for autocomplete too, and again for each command above a subcommand.
async fn may_use(context: Context<'_>) -> Result<bool, Error> {
    let right = context.command().custom_data.downcast_ref::<Right>();
    let right = right.copied().unwrap_or(Right::View);
    // Whoever runs the bot need not be somebody who looks at the orders.
    if right != Right::Admin {
        must(context, Right::View).await?;
        note_let_in(context).await;
    }
    must(context, right).await?;
    Ok(true)
}

/// Whether the person has the right here, by what Discord says of them at this moment.
async fn has(context: Context<'_>, right: Right) -> bool {
    let Some(member) = context.author_member().await else { return false };
    let permissions = member.permissions.unwrap_or_default();
    allows(&context.data().config.access, right, &roles(&member), permissions)
}

/// Fails with a sentence unless the person has the right here.
async fn must(context: Context<'_>, right: Right) -> Result<(), Error> {
    if has(context, right).await { Ok(()) } else { Err(Error::User(may_not(right).to_owned())) }
}

/// Commands that show no orders: whoever was let in for one of these was not let in for orders.
const WITHOUT_ORDERS: [&str; 2] = ["help", "health"];

/// Notes that Discord lets somebody use the commands who would not be by default: a button that the
/// person presses later says nothing of it.
async fn note_let_in(context: Context<'_>) {
    let bot = context.data();
    let Some((member, guild)) = context.author_member().await.zip(context.guild_id()) else {
        return;
    };
    let shows_none = WITHOUT_ORDERS.iter().any(|name| *name == context.command().qualified_name);
    let by_default = may_by_default(member.permissions.unwrap_or_default());
    if shows_none || by_default || !bot.config.access.view_roles.is_empty() {
        return;
    }
    if let Err(error) =
        bot.ledger.let_in(guild.into(), member.user.id.into(), &roles(&member)).await
    {
        tracing::warn!("that somebody was let in could not be noted: {error:#}");
    }
}

/// The guild that the command was used in; `guild_only` lets none other through.
fn guild(context: Context<'_>) -> Result<GuildId, Error> {
    let guild = context.guild_id();
    guild
        .map(GuildId::from)
        .ok_or_else(|| Error::User("Orders belong to a server: use this command there.".to_owned()))
}

/// Entries of a page: 10, or as asked, within what fits. Discord checks the limits too, but an old
/// client may know others.
fn page_size(asked: Option<u32>) -> u32 {
    asked.unwrap_or(10).clamp(1, 25)
}

/// Who will see the reply.
fn audience(context: Context<'_>) -> Audience {
    Audience::of(context.data().config.privacy.replies)
}

/// Sends one embed to whom the configuration says.
async fn reply(context: Context<'_>, embed: CreateEmbed) -> Result<(), Error> {
    context.send(reply_to(context).embed(embed)).await?;
    Ok(())
}

/// What became of a message, with a button to try it again where that may help.
async fn send_delivery(context: Context<'_>, detail: &DeliveryDetail) -> Result<(), Error> {
    let labels = context.data().config.labels().map_err(anyhow::Error::new)?;
    let card = render::delivery::card(detail, &labels, audience(context));
    let parts = components::retry::parts(&detail.delivery);
    context.send(reply_to(context).embed(card).components(parts)).await?;
    if audience(context) == Audience::Private && detail.message.is_some() {
        let shown = Disclosure::Message(detail.delivery.message_id);
        disclosure::note(context.data(), guild(context)?, context.author().id.into(), shown).await;
    }
    Ok(())
}

/// Tells Discord that the answer takes longer than it waits.
async fn defer(context: Context<'_>) -> Result<(), Error> {
    if context.data().config.privacy.replies == Replies::Ephemeral {
        context.defer_ephemeral().await?;
    } else {
        context.defer().await?;
    }
    Ok(())
}

/// An empty reply to whom the configuration says.
fn reply_to(context: Context<'_>) -> poise::CreateReply {
    let private = context.data().config.privacy.replies == Replies::Ephemeral;
    poise::CreateReply::default().ephemeral(private).allowed_mentions(CreateAllowedMentions::new())
}

/// What autocomplete offers; nothing where that cannot be found out.
fn suggested(what: &str, values: anyhow::Result<Vec<String>>) -> CreateAutocompleteResponse {
    choices(values.unwrap_or_else(|error| {
        tracing::warn!("{what} cannot be suggested: {error:#}");
        Vec::new()
    }))
}

/// An empty reply that only the asker sees, whatever the configuration says.
fn private_reply() -> poise::CreateReply {
    poise::CreateReply::default().ephemeral(true).allowed_mentions(CreateAllowedMentions::new())
}

/// At most the 25 choices that Discord takes. A longer value than it takes is left out: cut, it
/// would name nothing.
fn choices(values: Vec<String>) -> CreateAutocompleteResponse {
    values
        .into_iter()
        .filter(|value| (1..=100).contains(&length(value)))
        .take(25)
        .fold(CreateAutocompleteResponse::new(), |choices, value| {
            choices.add_string_choice(value.clone(), value)
        })
}
