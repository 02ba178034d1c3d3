//! `/forget`: erases what tells who bought, or an order, after a look at what there is.

use super::options::date_range::filled;
use super::order::order_numbers;
use crate::discord::bot::access::Right;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, reply};
use crate::discord::render::custom_id::Confirmation;
use crate::discord::render::{self, Audience, rows};
use crate::ledger::Forgettable;

const TOO_LONG: &str = "That is too long for a confirmation button. Forget the orders one by one \
    instead, with `order`.";

/// Erase the personal data of a buyer, or of one order
#[poise::command(
    slash_command,
    guild_only,
    custom_data = "Right::Admin",
    default_member_permissions = "MANAGE_GUILD"
)]
pub(crate) async fn forget(
    context: Context<'_>,
    #[description = "The buyer's e-mail address"]
    #[max_length = 320]
    email: Option<String>,
    #[description = "Only the order with this number"]
    #[autocomplete = "order_numbers"]
    #[max_length = 100]
    order: Option<String>,
    #[description = "Also delete the orders, instead of keeping them without personal data"] orders: Option<bool>,
) -> Result<(), Error> {
    let what = asked(filled(email), filled(order))?;
    let guild = super::guild(context)?;
    // Nobody else is shown whom it is about, whatever `replies` says.
    reply::defer_for(context, Audience::Private).await?;
    let ledger = &context.data().ledger;
    let found = ledger.to_forget(guild, &what).await?;
    if let (Forgettable::Order(number), true) = (&what, found.is_empty()) {
        let previous = ledger.orders_by_previous_number(guild, number).await?;
        if !previous.is_empty() {
            return Err(Error::User(render::called_otherwise(number, &previous)));
        }
        let closest = ledger.closest_numbers(guild, number).await?;
        return Err(Error::User(render::unknown_number(number, &closest)));
    }
    let confirmation = Confirmation {
        user: context.author().id.into(),
        delete_orders: orders == Some(true),
        what,
    };
    let preview = render::forget::preview(&confirmation.what, confirmation.delete_orders, &found);
    let rows = rows::forget(confirmation).ok_or_else(|| Error::User(TOO_LONG.to_owned()))?;
    reply::send(context, reply::ephemeral().embed(preview).components(rows)).await
}

fn asked(email: Option<String>, order: Option<String>) -> Result<Forgettable, Error> {
    let sentence = match (email, order) {
        (Some(email), None) => match Forgettable::email(&email) {
            Some(what) => return Ok(what),
            None => "That is not an e-mail address. Write it like `buyer@example.com`.",
        },
        (None, Some(number)) => return Ok(Forgettable::order(&number)),
        (Some(_), Some(_)) => "Give either an `email` or an `order`, not both.",
        (None, None) => "Tell me what to forget: an `email` or an `order`.",
    };
    Err(Error::User(sentence.to_owned()))
}
