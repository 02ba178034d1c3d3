//! `/orders add`: an order by hand.

use crate::discord::bot::access::Right;
use crate::discord::interactions::change::{Change, done_already};
use crate::discord::interactions::commands::change::{place, reply_of};
use crate::discord::interactions::commands::options::names::store_names;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, reply};
use crate::discord::render::orders::by_hand;
use crate::ledger::{AddRequest, Added, Ledger};

/// Add an order that no message announced
#[poise::command(slash_command, guild_only, custom_data = "Right::Mark")]
pub(crate) async fn add(
    context: Context<'_>,
    #[description = "The order number from the shop"]
    #[max_length = 100]
    number: String,
    #[description = "The shop"]
    #[autocomplete = "store_names"]
    #[max_length = 100]
    store: Option<String>,
    #[description = "What was bought"]
    #[max_length = 200]
    product: Option<String>,
    #[description = "The price of one unit, like $129.99"]
    #[max_length = 40]
    price: Option<String>,
    #[description = "How many units (1)"]
    #[min = 1]
    #[max = 100_000]
    quantity: Option<i64>,
    #[description = "The day, like 2026-01-31, 1/31/2026, Jan 31 or yesterday, with a time (14:30) or without (now)"]
    #[max_length = 40]
    date: Option<String>,
) -> Result<(), Error> {
    let (bot, (guild, user)) = (context.data(), place(context)?);
    let audience = reply::audience(context);
    let zone = bot.zone(guild);
    let request = AddRequest { guild, user, number, store, product, price, quantity, date, zone };
    let request = &request;
    let attempt = move |ledger: Ledger| async move {
        let added = ledger.add_order(request).await?;
        if let Added::Wrong(wrong) = &added {
            return Err(Error::User(by_hand::wrong(wrong)));
        }
        Ok(reply_of(audience, &by_hand::added(&request.number, &added, audience)))
    };
    Change::of_command(context, audience)?.apply(attempt, done_already).await;
    Ok(())
}
