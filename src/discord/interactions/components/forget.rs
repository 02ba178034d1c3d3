//! The button that confirms a `/forget`.

use serenity::all::{
    ButtonStyle, ComponentInteraction, Context, CreateActionRow, CreateAllowedMentions,
    CreateButton, EditInteractionResponse,
};

use crate::discord::bot::Bot;
use crate::discord::bot::access::Right;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::error::{Error, sentence};
use crate::discord::render;
use crate::discord::render::CUSTOM_ID;
use crate::ids::UserId;
use crate::ledger::{ForgetRequest, Forgettable};

const FORGET: &str = "forget1";

/// A `/forget` that waits for its confirmation, as the button carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Confirmation {
    /// Who asked; nobody else may confirm it.
    pub(crate) user: UserId,
    pub(crate) delete_orders: bool,
    pub(crate) what: Forgettable,
}

impl Confirmation {
    /// What is forgotten comes last, since it may hold anything.
    fn custom_id(&self) -> String {
        let (kind, word) = match &self.what {
            Forgettable::Email(address) => ("email", address.clone()),
            Forgettable::Order(number) => ("order", number.clone()),
            Forgettable::Message(message) => ("message", message.to_string()),
        };
        format!("{FORGET}|{}|{}|{kind}|{word}", self.user, u8::from(self.delete_orders))
    }

    pub(crate) fn parse(custom_id: &str) -> Option<Self> {
        let mut parts = custom_id.splitn(5, '|');
        if parts.next()? != FORGET {
            return None;
        }
        let user = parts.next()?.parse().ok()?;
        let delete_orders = match parts.next()? {
            "0" => false,
            "1" => true,
            _ => return None,
        };
        let what = match (parts.next()?, parts.next()?) {
            ("email", address) => Forgettable::email(address)?,
            ("order", number) => Forgettable::order(number),
            _ => return None,
        };
        Some(Self { user, delete_orders, what })
    }

    /// The button.
    pub(crate) fn parts(&self) -> Result<Vec<CreateActionRow>, Error> {
        let id = self.custom_id();
        if id.chars().count() > CUSTOM_ID {
            let long = "That is longer than a button can remember, so it cannot be confirmed. Forget \
                        its orders one by one, with `order`.";
            return Err(Error::User(long.to_owned()));
        }
        let label = if self.delete_orders { "Delete for good" } else { "Erase for good" };
        let button = CreateButton::new(id).label(label).style(ButtonStyle::Danger);
        Ok(vec![CreateActionRow::Buttons(vec![button])])
    }
}

/// Forgets, and says in the place of the preview what was erased. On a large database it takes longer
/// than Discord waits for an answer, so the press is acknowledged first.
pub(crate) async fn press(
    bot: &Bot,
    context: &Context,
    pressed: &ComponentInteraction,
    confirmed: &Confirmation,
) {
    if let Err(error) = pressed.defer(context).await {
        return tracing::warn!(
            "a confirmed /forget could not be answered, nothing was done: {error}"
        );
    }
    let edit = EditInteractionResponse::new()
        .components(Vec::new())
        .allowed_mentions(CreateAllowedMentions::new());
    let edit = match forget(bot, pressed, confirmed).await {
        Ok(embed) => edit.embed(embed),
        Err(error) => edit.content(sentence(&error)).embeds(Vec::new()),
    };
    if let Err(error) = pressed.edit_response(context, edit).await {
        tracing::warn!("what was forgotten could not be told: {error}");
    }
}

async fn forget(
    bot: &Bot,
    pressed: &ComponentInteraction,
    confirmed: &Confirmation,
) -> Result<serenity::all::CreateEmbed, Error> {
    let who = Person::of(pressed.guild_id, pressed.member.as_ref())?;
    let request = ForgetRequest {
        guild: who.guild,
        what: confirmed.what.clone(),
        delete_orders: confirmed.delete_orders,
        user: who.user,
    };
    let erased = bot.ledger.forget(&request).await?;
    let (orders, messages) = (erased.orders.len(), erased.messages.len());
    tracing::info!(user = %who.user, guild = %who.guild, orders, messages, "personal data was erased");
    let wiped = bot.ledger.wipe_traces().await.inspect_err(|error| {
        tracing::error!("traces of erased data may be left in the database file: {error:#}");
    });
    Ok(render::forget::done(confirmed.delete_orders, &erased, wiped.is_ok()))
}

/// Fails with a sentence unless this person may confirm it.
pub(crate) fn may_confirm(
    bot: &Bot,
    who: &Person<'_>,
    confirmed: &Confirmation,
) -> Result<(), Error> {
    who.must(bot, Right::Admin)?;
    if confirmed.user != who.user {
        return Err(Error::User(
            "This was asked by somebody else. Use /forget yourself.".to_owned(),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_confirmation_survives_the_way_through_its_button() {
        for what in [
            Forgettable::Email("buyer@example.com".to_owned()),
            Forgettable::Order("US-|-1".to_owned()),
        ] {
            let asked = Confirmation { user: UserId(9), delete_orders: true, what };
            assert_eq!(Confirmation::parse(&asked.custom_id()), Some(asked));
        }
        for garbage in
            ["", "forget1", "forget1|9|2|order|A-1", "forget1|9|0|email|nobody", "forget1|9|0|all|"]
        {
            assert_eq!(Confirmation::parse(garbage), None, "{garbage}");
        }
    }
}
