//! The forms behind the buttons of an order's card.

use serenity::all::{
    ActionRowComponent, CreateActionRow, CreateInputText, CreateInteractionResponse, CreateModal,
    InputTextStyle, ModalInteraction,
};

use super::card;
use crate::discord::bot::Bot;
use crate::discord::bot::access::Right;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::error::Error;
use crate::discord::render;
use crate::ids::OrderId;
use crate::ledger::{Addition, AmendRequest, Correct, LONGEST_NOTE, MarkSource, Order};

/// What the ids of the forms begin with; a changed layout takes a new word.
const FORM: &str = "form1";
/// The id of a form's only field.
const VALUE: &str = "value";
/// Tracking numbers as they fit into one line of a form.
const LONGEST_TRACKING: u16 = 500;

/// More than any order number has.
const LONGEST_NUMBER: u16 = 100;

/// What a form asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Tracking,
    Note,
    Number,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Tracking, Self::Note, Self::Number];

    const fn word(self) -> &'static str {
        match self {
            Self::Tracking => "tracking",
            Self::Note => "note",
            Self::Number => "number",
        }
    }
}

/// A form of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Form {
    kind: Kind,
    order: OrderId,
}

impl Form {
    fn custom_id(self) -> String {
        format!("{FORM}|{}|{}", self.kind.word(), self.order)
    }

    pub(crate) fn parse(custom_id: &str) -> Option<Self> {
        let mut parts = custom_id.split('|');
        if parts.next()? != FORM {
            return None;
        }
        let word = parts.next()?;
        let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word)?;
        Some(Self { kind, order: parts.next()?.parse().ok()? })
    }

    fn modal(self, order: &Order, present: Option<&str>) -> CreateModal {
        let (title, field) = match self.kind {
            Kind::Note => {
                let present = present.unwrap_or_default();
                // Discord counts some characters double, and takes no form with a longer value.
                let longest = render::text::length(present).max(LONGEST_NOTE);
                let note = CreateInputText::new(InputTextStyle::Paragraph, "Your note", VALUE)
                    .required(false)
                    .max_length(u16::try_from(longest).unwrap_or(u16::MAX))
                    .placeholder("Replaces the note that was written before; empty takes it away");
                // Discord may take no empty value.
                ("Note", if present.is_empty() { note } else { note.value(present) })
            }
            Kind::Number => {
                let label = "The number that the shop gave the order";
                let number = CreateInputText::new(InputTextStyle::Short, label, VALUE)
                    .max_length(LONGEST_NUMBER)
                    .placeholder(
                        "An order of this number that is here already is joined with this one",
                    );
                ("Add number", number)
            }
            Kind::Tracking => {
                let label = "One or several numbers, with commas between";
                let numbers = CreateInputText::new(InputTextStyle::Short, label, VALUE)
                    .max_length(LONGEST_TRACKING)
                    .placeholder("1Z999AA10123456784");
                ("Add tracking", numbers)
            }
        };
        let title = render::text::cut(&format!("{title} · {}", order.handle()), 45);
        CreateModal::new(self.custom_id(), title)
            .components(vec![CreateActionRow::InputText(field)])
    }
}

/// The form that a button of an order's card opens, with what is there to be mended in it.
pub(crate) fn open(kind: Kind, order: &Order, present: Option<&str>) -> CreateInteractionResponse {
    let form = Form { kind, order: order.id };
    CreateInteractionResponse::Modal(form.modal(order, present))
}

/// Somebody sent a form of a card.
pub(crate) async fn submit(
    bot: &Bot,
    who: &Person<'_>,
    form: Form,
    sent: &ModalInteraction,
) -> Result<CreateInteractionResponse, Error> {
    who.must(bot, Right::Mark)?;
    let typed = typed(sent);
    let addition = match form.kind {
        Kind::Note => Addition::note(typed),
        Kind::Tracking => {
            let addition = Addition::tracking(typed);
            addition.map_err(|why| Error::User(render::orders::changes::no_tracking(&why)))?
        }
        Kind::Number => {
            let what = Correct::Number(typed.to_owned());
            let message = sent.message.as_ref().ok_or_else(|| Error::User("Done.".to_owned()))?;
            return card::correct(bot, who, form.order, what, message).await;
        }
    };
    let request = AmendRequest {
        guild: who.guild,
        order: form.order,
        user: who.user,
        source: MarkSource::Menu,
        addition,
    };
    let amended = bot.ledger.amend(request).await?;
    let amended = amended.ok_or_else(|| Error::User(card::GONE.to_owned()))?;
    let said = render::orders::changes::left_out(&amended);
    match &sent.message {
        Some(message) => card::show(bot, who, form.order, message, said).await,
        None => Err(Error::User("Done.".to_owned())),
    }
}

fn typed(sent: &ModalInteraction) -> &str {
    let parts = sent.data.components.iter().flat_map(|row| &row.components);
    let inputs = parts.filter_map(|part| match part {
        ActionRowComponent::InputText(input) if input.custom_id == VALUE => input.value.as_deref(),
        _ => None,
    });
    inputs.into_iter().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_survives_the_way_through_its_id() {
        for kind in Kind::ALL {
            let form = Form { kind, order: OrderId(7) };
            assert_eq!(Form::parse(&form.custom_id()), Some(form));
        }
    }

    #[test]
    fn garbage_is_no_form() {
        for garbage in ["form1|status|1", "form1|note|x", "form0|note|1", ""] {
            assert_eq!(Form::parse(garbage), None, "{garbage}");
        }
    }
}
