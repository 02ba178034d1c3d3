//! `/orders open`: what is not finished.

use crate::discord::interactions::commands::options::date_range::filled;
use crate::discord::interactions::commands::options::names::{profile_names, store_names};
use crate::discord::interactions::components::kept;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, commands, reply};
use crate::discord::render::books::open::{embed, has_room, rows};
use crate::discord::render::orders::list_query::ListQuery;
use crate::discord::render::rows as buttons;
use crate::ledger::{OpenQuery, tolerance};

/// Show what is not finished: not shipped, not received, not paid
#[poise::command(slash_command, guild_only)]
pub(crate) async fn open(
    context: Context<'_>,
    #[description = "Only this store"]
    #[autocomplete = "store_names"]
    #[max_length = 100]
    store: Option<String>,
    #[description = "Only this profile"]
    #[autocomplete = "profile_names"]
    #[max_length = 100]
    profile: Option<String>,
) -> Result<(), Error> {
    let bot = context.data();
    let (guild, now) = (commands::guild(context)?, bot.rest.clock().now());
    let query =
        ListQuery { store: filled(store), profile: filled(profile), ..ListQuery::default() };
    let only: Vec<String> = [&query.store, &query.profile].into_iter().flatten().cloned().collect();
    let filter = query.filter(guild, bot.zone(guild), now);
    let asked = OpenQuery { filter, tolerance: tolerance(&bot.config.books) };
    let open = bot.ledger.open_of(guild, &asked).await?;
    let user = context.author().id.into();
    let (here, clean) = (query.encoded(), query.without_secrets().encoded());
    let which = kept::which(bot, guild, here, clean, |which| has_room(user, which)).await;
    let rows = match which {
        Ok(which) => rows(&open, user, which),
        Err(error) => {
            tracing::warn!("could not keep a list, so its lines cannot be opened: {error:#}");
            vec![buttons::instead("No menu")]
        }
    };
    let embed = embed(&open, &only, reply::audience(context), now);
    reply::send(context, reply::configured(context).embed(embed).components(rows)).await
}
