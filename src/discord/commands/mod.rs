//! The slash commands: one file each.

mod absent;
mod board;
mod change;
mod export;
mod health;
mod help;
mod logs;
mod menus;
mod order;
mod orders;
mod setup;
mod stats;
mod words;

use poise::FrameworkOptions;
use serenity::all::{CreateAllowedMentions, CreateAutocompleteResponse, CreateEmbed};

use super::access::{Right, allows, roles};
use super::bot::{Bot, Context};
use super::components;
use super::error::{Error, on_error, without};
use super::render::text::length;
use super::render::{self, Audience};
use crate::config::Replies;
use crate::ids::GuildId;
use crate::ledger::DeliveryDetail;

/// Everything that poise is told.
pub(super) fn options() -> FrameworkOptions<Bot, Error> {
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
        health::health(),
        help::help(),
        menus::details(),
        menus::why(),
    ];
    poise::set_qualified_names(&mut commands);
    FrameworkOptions {
        commands,
        on_error: |error| Box::pin(on_error(error)),
        command_check: Some(|context| Box::pin(may_view(context))),
        allowed_mentions: Some(CreateAllowedMentions::new()),
        initialize_owners: false,
        prefix_options: poise::PrefixFrameworkOptions {
            mention_as_prefix: false,
            ..Default::default()
        },
        ..Default::default()
    }
}

/// Every command shows something, so every command takes the right to look.
async fn may_view(context: Context<'_>) -> Result<bool, Error> {
    let Some(member) = context.author_member().await else { return Ok(false) };
    let permissions = member.permissions.unwrap_or_default();
    Ok(allows(&context.data().config.access, Right::View, &roles(&member), permissions))
}

/// Fails with a sentence unless the person has the right in this channel.
async fn must(context: Context<'_>, right: Right) -> Result<(), Error> {
    let Some(member) = context.author_member().await else { return Err(without(right)) };
    let permissions = member.permissions.unwrap_or_default();
    let access = &context.data().config.access;
    if allows(access, right, &roles(&member), permissions) { Ok(()) } else { Err(without(right)) }
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
