//! Correcting values of an order: a menu asks which, a form takes what they are.

use serenity::all::{
    ActionRowComponent, ComponentInteraction, Context, CreateActionRow, CreateInputText,
    CreateInteractionResponse, CreateModal, InputTextStyle, ModalInteraction,
};

use super::{card, form, open};
use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::change::Change;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::reply;
use crate::discord::render::custom_id::{CustomId, Fields};
use crate::discord::render::orders::by_hand;
use crate::discord::render::{Audience, text};
use crate::ids::OrderId;
use crate::ledger::{Ledger, MarkSource, OrderField, SetRequest, order_version, typed_value};

/// Fields of a form.
const MOST: usize = 5;
/// Characters of a value that somebody types; what is there already may be longer.
const LONGEST: usize = 200;

/// Somebody chose what is to be corrected: the form for it, with what is there.
pub(super) async fn ask(
    bot: &Bot,
    who: &Person<'_>,
    order: OrderId,
    chosen: &ComponentInteraction,
) -> Result<CreateInteractionResponse, Error> {
    let order = card::find(bot, who, order).await?;
    let fields = open::values(chosen).iter().filter_map(|word| OrderField::of_column(word));
    let zone = bot.zone(who.guild);
    let input = |field: OrderField| {
        let present = typed_value(field, &order, zone).unwrap_or_default();
        // Whole: a part of it would come back as if the person had typed it.
        let longest = text::length(&present).max(LONGEST);
        let input =
            CreateInputText::new(InputTextStyle::Short, by_hand::name(field), field.column())
                .required(false)
                .max_length(u16::try_from(longest).unwrap_or(u16::MAX))
                .placeholder("Leave empty to clear the correction");
        // Discord may take no empty value.
        CreateActionRow::InputText(if present.is_empty() { input } else { input.value(present) })
    };
    let rows: Vec<CreateActionRow> = fields.take(MOST).map(input).collect();
    let title = text::cut(&format!("Correct · {}", order.handle()), 45);
    let id = Fields { order: order.id, seen: Some(order_version(order.updated_at)) };
    let id = CustomId::Fields(id).to_string();
    Ok(CreateInteractionResponse::Modal(CreateModal::new(id, title).components(rows)))
}

/// Somebody sent the form.
pub(super) async fn submit(
    bot: &Bot,
    who: &Person<'_>,
    Fields { order, seen }: Fields,
    (context, sent): (&Context, &ModalInteraction),
) -> Result<(), Error> {
    let values = typed(sent);
    let (values, message) = (&values, sent.message.as_deref());
    let shown = |text: Option<String>| form::present(bot, who, order, message, text);
    let lines = values.iter().map(|(field, typed)| format!("{}: {typed}", by_hand::name(*field)));
    let lines = &lines.collect::<Vec<_>>().join(" · ");
    let stale = || form::stale(bot, who, order, message, lines);
    let attempt = move |ledger: Ledger| async move {
        let request = SetRequest {
            guild: who.guild,
            order,
            user: who.user,
            source: MarkSource::Menu,
            values: values.clone(),
            zone: bot.zone(who.guild),
        };
        let done = async {
            let handle = card::find(bot, who, order).await?.handle();
            let taken = form::seeing(ledger, order, seen).set_values(&request).await?;
            let taken = taken.ok_or_else(|| Error::User(card::GONE.to_owned()))?;
            let taken = taken.map_err(|wrong| Error::User(by_hand::wrong(&wrong)))?;
            let text = by_hand::set(&handle, &taken, Audience::Private);
            if taken.is_gone {
                let reply = if message.is_some() { reply::changed() } else { reply::ephemeral() };
                return Ok(reply.content(text).components(Vec::new()));
            }
            shown(Some(text)).await
        };
        card::unless_changed(done.await, stale).await
    };
    Change::of_form(bot, &context.http, sent).apply(attempt, || shown(None)).await;
    Ok(())
}

fn typed(sent: &ModalInteraction) -> Vec<(OrderField, String)> {
    let parts = sent.data.components.iter().flat_map(|row| &row.components);
    let inputs = parts.filter_map(|part| match part {
        ActionRowComponent::InputText(input) => {
            let field = OrderField::of_column(&input.custom_id)?;
            Some((field, input.value.clone().unwrap_or_default()))
        }
        _ => None,
    });
    inputs.take(MOST).collect()
}
