//! `/correct`: a value of an order by hand.

use super::{place, reply_of, the_order};
use crate::discord::bot::access::Right;
use crate::discord::interactions::change::{Change, done_already};
use crate::discord::interactions::commands::options::choices::{Correctable, FieldWord};
use crate::discord::interactions::commands::order::order_numbers;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, reply};
use crate::discord::render;
use crate::discord::render::orders::{by_hand, changes};
use crate::ledger::{Correct, CorrectRequest, Corrected, Ledger, MarkSource, Order, SetRequest};

const NO_NUMBER: &str = "Type the order number from the shop. To take back a number that somebody typed here, use `/undo`.";

/// Correct a value of an order; it wins over the messages until you clear it
#[poise::command(
    slash_command,
    guild_only,
    custom_data = "Right::Mark",
    default_member_permissions = "MANAGE_MESSAGES"
)]
pub(crate) async fn correct(
    context: Context<'_>,
    #[description = "The order number"]
    #[autocomplete = "order_numbers"]
    #[max_length = 100]
    number: String,
    #[description = "What to correct"] field: FieldWord,
    #[description = "The right value; leave it out to clear the correction"]
    #[max_length = 200]
    value: Option<String>,
) -> Result<(), Error> {
    let (bot, (guild, user)) = (context.data(), place(context)?);
    let (audience, number) = (reply::audience(context), number.as_str());
    let value = value.unwrap_or_default();
    let value = value.as_str();
    let attempt = move |ledger: Ledger| async move {
        let order = the_order(bot, guild, number).await?;
        let (id, source, unknown) =
            (order.id, MarkSource::Command, || Error::User(render::unknown_number(number, &[])));
        let Correctable::Value(field) = field.0 else {
            if value.trim().is_empty() {
                return Err(Error::User(NO_NUMBER.to_owned()));
            }
            let what = Correct::Number(value.to_owned());
            let request = CorrectRequest { guild, order: id, user, source, what };
            let before = ledger.orders_by_number(guild, value).await?;
            let corrected = ledger.correct(&request, bot.ingest.labels()).await?;
            let corrected = corrected.ok_or_else(unknown)?;
            let after = ledger.orders_by_number(guild, value).await?;
            let is_there = |other: &Order| after.iter().any(|order| order.id == other.id);
            let text = if let Corrected::Done(by_now) = corrected {
                let has_joined = by_now != id || before.iter().any(|other| !is_there(other));
                changes::numbered((number, value), has_joined, audience)
            } else {
                changes::corrected(&corrected, &request).unwrap_or_default()
            };
            return Ok(reply_of(audience, &text));
        };
        let (values, zone) = (vec![(field, value.to_owned())], bot.zone(guild));
        let request = SetRequest { guild, order: id, user, source, values, zone };
        let set = ledger.set_values(&request).await?.ok_or_else(unknown)?;
        let set = set.map_err(|wrong| Error::User(by_hand::wrong(&wrong)))?;
        let text = if set.changes.is_empty() && value.trim().is_empty() {
            by_hand::nothing_to_clear(&order.handle(), field)
        } else {
            by_hand::set(&order.handle(), &set, audience)
        };
        Ok(reply_of(audience, &text))
    };
    Change::of_command(context, audience)?.apply(attempt, done_already).await;
    Ok(())
}
