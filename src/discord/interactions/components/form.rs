//! The forms behind the buttons of an order's card.

use poise::CreateReply;
use serenity::all::{
    ActionRowComponent, Context, CreateActionRow, CreateInputText, CreateInteractionResponse,
    CreateModal, InputTextStyle, Message, ModalInteraction,
};

use super::card;
use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::change::Change;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::reply;
use crate::discord::render::custom_id::{CustomId, Form, FormKind};
use crate::discord::render::{self, Audience};
use crate::ids::OrderId;
use crate::ledger::{
    Addition, AmendRequest, Correct, LONGEST_NOTE, Ledger, MarkSource, Order, order_version,
};

/// The id of a form's only field.
const VALUE: &str = "value";
/// Tracking numbers as they fit into one line of a form.
const LONGEST_TRACKING: u16 = 500;
/// More than any order number has.
const LONGEST_NUMBER: u16 = 100;

const NO_CARD: &str = "I can't find the card of this form, so nothing was changed. Open the order again with \
    `/order`.";

/// The form that a button of an order's card opens, with what is there to be changed in it.
pub(super) fn open(
    kind: FormKind,
    order: &Order,
    present: Option<&str>,
) -> CreateInteractionResponse {
    let (title, field) = match kind {
        FormKind::Note => {
            let present = present.unwrap_or_default();
            // Discord counts some characters double, and takes no form with a longer value.
            let longest = render::text::length(present).max(LONGEST_NOTE);
            let note = CreateInputText::new(InputTextStyle::Paragraph, "Your note", VALUE)
                .required(false)
                .max_length(u16::try_from(longest).unwrap_or(u16::MAX))
                .placeholder("Replaces the current note; leave empty to remove it");
            // Discord may take no empty value.
            ("Note", if present.is_empty() { note } else { note.value(present) })
        }
        FormKind::Number => {
            let label = "The order number from the shop";
            let number = CreateInputText::new(InputTextStyle::Short, label, VALUE)
                .max_length(LONGEST_NUMBER)
                .placeholder("If there is an order with this number, the two are joined");
            ("Add number", number)
        }
        FormKind::Tracking => {
            let label = "One or more numbers, separated by commas";
            let numbers = CreateInputText::new(InputTextStyle::Short, label, VALUE)
                .max_length(LONGEST_TRACKING)
                .placeholder("1Z999AA10123456784");
            ("Add tracking", numbers)
        }
    };
    // What is added to tracking numbers takes none away.
    let seen = (kind != FormKind::Tracking).then(|| order_version(order.updated_at));
    let id = CustomId::Form(Form { kind, order: order.id, seen });
    let title = render::text::cut(&format!("{title} · {}", order.handle()), 45);
    CreateInteractionResponse::Modal(
        CreateModal::new(id.to_string(), title).components(vec![CreateActionRow::InputText(field)]),
    )
}

/// Somebody sent a form of a card.
pub(super) async fn submit(
    bot: &Bot,
    who: &Person<'_>,
    form: Form,
    (context, sent): (&Context, &ModalInteraction),
) -> Result<(), Error> {
    let typed = typed(sent);
    let card = sent.message.as_deref();
    let change = Change::of_form(bot, &context.http, sent);
    let present = || present(bot, who, form.order, card, None);
    let stale = || stale(bot, who, form.order, card, typed);
    let addition = match form.kind {
        FormKind::Note => Addition::note(typed),
        FormKind::Tracking => {
            let addition = Addition::tracking(typed);
            addition.map_err(|why| Error::User(render::orders::changes::no_tracking(&why)))?
        }
        FormKind::Number => {
            let message = card.ok_or_else(|| Error::User(NO_CARD.to_owned()))?;
            let attempt = move |ledger| async move {
                let what = Correct::Number(typed.to_owned());
                let ledger = seeing(ledger, form.order, form.seen);
                let corrected = card::correct(bot, &ledger, who, form.order, what, message).await;
                card::unless_changed(corrected, stale).await
            };
            change.apply(attempt, present).await;
            return Ok(());
        }
    };
    let addition = &addition;
    let attempt = move |ledger: Ledger| async move {
        let (guild, user, order) = (who.guild, who.user, form.order);
        let (source, addition) = (MarkSource::Menu, addition.clone());
        let request = AmendRequest { guild, order, user, source, addition };
        let amended = async {
            let amended = seeing(ledger, order, form.seen).amend(request).await?;
            let amended = amended.ok_or_else(|| Error::User(card::GONE.to_owned()))?;
            let text = render::orders::changes::left_out(&amended);
            self::present(bot, who, order, card, text).await
        };
        card::unless_changed(amended.await, stale).await
    };
    change.apply(attempt, present).await;
    Ok(())
}

/// The ledger for what somebody typed into a form that showed this [`order_version`].
pub(super) fn seeing(ledger: Ledger, order: OrderId, seen: Option<i64>) -> Ledger {
    match seen {
        Some(version) => ledger.seeing(order, version),
        None => ledger,
    }
}

/// The reply where the order is another than the form showed, with what was typed.
pub(super) async fn stale(
    bot: &Bot,
    who: &Person<'_>,
    order: OrderId,
    card: Option<&Message>,
    typed: &str,
) -> Result<CreateReply, Error> {
    let audience = card.map_or(Audience::Private, reply::audience_of);
    let text = render::orders::changes::changed_since(typed, audience);
    present(bot, who, order, card, Some(text)).await
}

/// The form's card as the order is now, or where there is none the sentence alone.
pub(super) async fn present(
    bot: &Bot,
    who: &Person<'_>,
    order: OrderId,
    card: Option<&Message>,
    text: Option<String>,
) -> Result<CreateReply, Error> {
    if let Some(message) = card {
        return card::show(bot, who, order, message, text).await;
    }
    let text = text.unwrap_or_else(|| "Done.".to_owned());
    Ok(reply::ephemeral().content(text))
}

fn typed(sent: &ModalInteraction) -> &str {
    let parts = sent.data.components.iter().flat_map(|row| &row.components);
    let inputs = parts.filter_map(|part| match part {
        ActionRowComponent::InputText(input) if input.custom_id == VALUE => input.value.as_deref(),
        _ => None,
    });
    inputs.into_iter().next().unwrap_or_default()
}
