//! `/trackings`: parcels to hand in to a buying group.

use serenity::all::CreateAttachment;

use crate::discord::bot::access::Right;
use crate::discord::interactions::books::parcels_asked::ParcelsAsked;
use crate::discord::interactions::commands::options::date_range::{day, filled};
use crate::discord::interactions::commands::options::names::store_names;
use crate::discord::interactions::components::kept;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, commands, reply};
use crate::discord::render::books::parcels::{self, Template};
use crate::discord::render::custom_id::{HandInList, Which};
use crate::discord::render::rows;

/// List tracking numbers to hand in to a buying group
#[poise::command(slash_command, guild_only, default_member_permissions = "MANAGE_MESSAGES")]
pub(crate) async fn trackings(
    context: Context<'_>,
    #[description = "Only this store"]
    #[autocomplete = "store_names"]
    #[max_length = 100]
    store: Option<String>,
    #[description = "Only orders of this day and later, like 2026-01-31 or 7d"]
    #[max_length = 40]
    since: Option<String>,
    #[description = "Those that were handed in, instead of those that are due"] handed_in: Option<
        bool,
    >,
    #[description = "How a line looks: {tracking}, {payout}, {order}, {store}"]
    #[max_length = 100]
    template: Option<String>,
) -> Result<(), Error> {
    let template = filled(template).unwrap_or_else(|| parcels::TEMPLATE.to_owned());
    let template = Template::of(&template).map_err(Error::User)?;
    let (bot, guild) = (context.data(), commands::guild(context)?);
    let today = bot.rest.clock().now().with_timezone(&bot.zone(guild)).date_naive();
    let since = filled(since).map(|typed| day(&typed, today)).transpose()?;
    let asked = ParcelsAsked { store: filled(store), since };
    let handed_in = handed_in == Some(true);
    let filter = asked.filter(guild, bot.zone(guild));
    let found = bot.ledger.parcels(guild, &filter, handed_in).await?;
    if found.is_empty() {
        let nothing = if handed_in { parcels::NONE_HANDED_IN } else { parcels::NOTHING_DUE };
        return reply::send(context, reply::ephemeral().content(nothing)).await;
    }
    let (lines, head) = (parcels::lines(&found, &template), parcels::head(found.len(), handed_in));
    let reply = if let Some(block) = parcels::block(&lines) {
        reply::ephemeral().content(format!("{head}\n{block}"))
    } else {
        let file = CreateAttachment::bytes(lines.join("\n").into_bytes(), parcels::FILE);
        reply::ephemeral().content(head).attachment(file)
    };
    if handed_in || !commands::has(context, Right::Mark).await {
        return reply::send(context, reply).await;
    }
    let (user, digest) = (context.author().id.into(), parcels::digest(&found));
    let button = |which| HandInList { user, digest: digest.clone(), which };
    let (here, clean) = (asked.encoded(), asked.without_secrets().encoded());
    let fits = |which: &Which| parcels::has_room(&button(which.clone()));
    let reply = match kept::which(bot, guild, here, clean, fits).await {
        Ok(which) => reply.components(parcels::rows(button(which))),
        Err(error) => {
            tracing::warn!("could not keep a list, so its parcels cannot be marked: {error:#}");
            reply.components(vec![rows::instead("No button")])
        }
    };
    reply::send(context, reply).await
}
