//! The slash commands: one file each.

mod board;
mod books;
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

use std::sync::Arc;

use poise::FrameworkOptions;
use serenity::all::{CreateAllowedMentions, CreateAutocompleteResponse, InstallationContext};

use super::error::{Error, IN_A_SERVER, may_not, on_error};
use super::{disclosure, reply};
use crate::discord::bot::Bot;
use crate::discord::bot::access::{Right, allows, may_by_default, roles};
use crate::discord::interactions::Context;
use crate::discord::render::text::length;
use crate::discord::render::{self, Audience, rows};
use crate::ids::GuildId;
use crate::ledger::{DeliveryDetail, Disclosure};

/// Everything that poise needs to know.
pub(crate) fn options() -> FrameworkOptions<Bot, Error> {
    let mut commands = vec![
        orders::orders(),
        order::order(),
        change::mark(),
        change::track(),
        change::note(),
        change::undo(),
        change::correct::correct(),
        books::bulk::bulk(),
        books::trackings::trackings(),
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

/// A command takes the right of its `custom_data`, and without one the right to look. poise
/// asks this for autocomplete too, and again for each command above a subcommand.
async fn may_use(context: Context<'_>) -> Result<bool, Error> {
    let right = context.command().custom_data.downcast_ref::<Right>();
    let right = right.copied().unwrap_or(Right::View);
    // Whoever runs the bot need not be somebody who looks at the orders.
    if right != Right::Admin {
        require(context, Right::View).await?;
        note_command_grant(context).await;
    }
    require(context, right).await?;
    Ok(true)
}

/// Whether the person has the right here, by the roles and permissions of this moment.
async fn has(context: Context<'_>, right: Right) -> bool {
    let Some((member, guild)) = context.author_member().await.zip(context.guild_id()) else {
        return false;
    };
    let permissions = member.permissions.unwrap_or_default();
    allows(&context.data().config.access, right, &roles(guild.into(), &member), permissions)
}

/// Fails with a sentence unless the person has the right here.
async fn require(context: Context<'_>, right: Right) -> Result<(), Error> {
    if has(context, right).await { Ok(()) } else { Err(Error::User(may_not(right).to_owned())) }
}

/// Commands that show no orders: whoever was granted one of these was not granted the orders.
const WITHOUT_ORDERS: [&str; 2] = ["help", "health"];

/// Notes that Discord lets somebody use the commands who may not by default: a button that the person
/// presses later does not show it.
async fn note_command_grant(context: Context<'_>) {
    let bot = context.data();
    let Some((member, guild)) = context.author_member().await.zip(context.guild_id()) else {
        return;
    };
    let shows_none = WITHOUT_ORDERS.iter().any(|name| *name == context.command().qualified_name);
    let by_default = may_by_default(member.permissions.unwrap_or_default());
    if shows_none || by_default || !bot.config.access.view_roles.is_empty() {
        return;
    }
    let (guild, user) = (guild.into(), member.user.id.into());
    let roles = roles(guild, &member);
    let (ledger, grants) = (bot.ledger.clone(), Arc::clone(&bot.grants));
    grants.add(guild, user, roles.clone());
    bot.afterwards.write("note that somebody may use the commands", move || {
        let (ledger, grants, roles) = (ledger.clone(), Arc::clone(&grants), roles.clone());
        async move {
            // Taken back meanwhile, it is not to be noted any more.
            if grants.holds(guild, user, &roles) {
                ledger.grant_commands(guild, user, &roles, grants.since(guild)).await?;
                grants.noted(guild, user);
            }
            Ok(())
        }
    });
}

/// The guild that the command was used in; `guild_only` lets none other through.
fn guild(context: Context<'_>) -> Result<GuildId, Error> {
    let guild = context.guild_id();
    guild.map(GuildId::from).ok_or_else(|| Error::User(IN_A_SERVER.to_owned()))
}

/// Entries of a page: 10, or as asked, within what fits. Discord checks the limits too, but an old
/// client may know others.
fn page_size(asked: Option<u32>) -> u32 {
    asked.unwrap_or(10).clamp(1, 25)
}

/// Shows what became of a message, with a button to try it again where that may help.
async fn send_delivery(context: Context<'_>, detail: &DeliveryDetail) -> Result<(), Error> {
    let audience = reply::audience(context);
    let card = render::delivery::card(detail, &context.data().config.labels, audience);
    let reply = reply::configured(context).embed(card).components(rows::retry(&detail.delivery));
    reply::send(context, reply).await?;
    if audience == Audience::Private && detail.message.is_some() {
        let shown = Disclosure::Message(detail.delivery.message_id);
        disclosure::note(context.data(), guild(context)?, context.author().id.into(), shown);
    }
    Ok(())
}

/// What autocomplete offers; nothing where that cannot be found out.
fn suggested(what: &str, values: anyhow::Result<Vec<String>>) -> CreateAutocompleteResponse {
    choices(values.unwrap_or_else(|error| {
        tracing::warn!("could not suggest {what}: {error:#}");
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
