//! Who asks, where, and what they may.

use serenity::all::{Member, Permissions};

use super::error::{Error, may_not};
use crate::discord::bot::Bot;
use crate::discord::bot::access::{Right, allows, may_press, roles};
use crate::ids::{GuildId, UserId};

/// Who used a part of a message, and where.
pub(crate) struct Person<'a> {
    pub(crate) guild: GuildId,
    pub(crate) user: UserId,
    member: &'a Member,
}

impl<'a> Person<'a> {
    /// Fails with a sentence where there is no server.
    pub(crate) fn of(
        guild: Option<serenity::all::GuildId>,
        member: Option<&'a Member>,
    ) -> Result<Self, Error> {
        let (Some(guild), Some(member)) = (guild, member) else {
            return Err(Error::User("Orders belong to a server.".to_owned()));
        };
        Ok(Self { guild: guild.into(), user: member.user.id.into(), member })
    }

    /// Fails with a sentence unless it is the person for whom a list was made.
    pub(crate) fn must_be(&self, user: UserId) -> Result<(), Error> {
        if user == self.user {
            return Ok(());
        }
        let whose = "This list was made for somebody else. Make your own with /orders recent.";
        Err(Error::User(whose.to_owned()))
    }

    /// Fails with a sentence unless the person may look. Looked at anew with every press: a role that
    /// was taken away counts at once.
    pub(crate) async fn must_view(&self, bot: &Bot) -> Result<(), Error> {
        let access = &bot.config.access;
        let (roles, permissions) = (roles(self.member), self.permissions());
        let may = may_press(access, &roles, permissions, false)
            || may_press(
                access,
                &roles,
                permissions,
                bot.ledger.was_let_in(self.guild, self.user, &roles).await?,
            );
        if may { Ok(()) } else { Err(Error::User(may_not(Right::View).to_owned())) }
    }

    /// Fails with a sentence unless the person has the right in the channel.
    pub(crate) fn must(&self, bot: &Bot, right: Right) -> Result<(), Error> {
        if allows(&bot.config.access, right, &roles(self.member), self.permissions()) {
            return Ok(());
        }
        Err(Error::User(may_not(right).to_owned()))
    }

    fn permissions(&self) -> Permissions {
        self.member.permissions.unwrap_or_default()
    }
}
