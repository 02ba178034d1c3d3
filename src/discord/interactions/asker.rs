//! Who used a part of a message, where, and what they may.

use serenity::all::{Member, Permissions};

use super::error::{Error, IN_A_SERVER, may_not};
use crate::discord::bot::Bot;
use crate::discord::bot::access::{Right, allows, may_press, roles};
use crate::ids::{GuildId, RoleId, UserId};

/// Who used a part of a message, and in which server.
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
            return Err(Error::User(IN_A_SERVER.to_owned()));
        };
        Ok(Self { guild: guild.into(), user: member.user.id.into(), member })
    }

    /// Fails with this sentence unless it is the person for whom a part was made.
    pub(crate) fn require_to_be(&self, user: UserId, otherwise: &str) -> Result<(), Error> {
        if user == self.user { Ok(()) } else { Err(Error::User(otherwise.to_owned())) }
    }

    /// Fails with a sentence unless the person has the right in the channel at this moment: a role that
    /// was taken away counts at once.
    pub(crate) async fn require(&self, bot: &Bot, right: Right) -> Result<(), Error> {
        let (access, roles) = (&bot.config.access, roles(self.guild, self.member));
        let permissions = self.member.permissions.unwrap_or_else(Permissions::empty);
        let may = match right {
            Right::View => {
                may_press(access, &roles, permissions, false)
                    || may_press(access, &roles, permissions, self.is_granted(bot, &roles).await?)
            }
            Right::Mark | Right::Admin => allows(access, right, &roles, permissions),
        };
        if may { Ok(()) } else { Err(Error::User(may_not(right).to_owned())) }
    }

    /// Whether Discord was seen to let the person use a command.
    async fn is_granted(&self, bot: &Bot, roles: &[RoleId]) -> anyhow::Result<bool> {
        let (guild, user) = (self.guild, self.user);
        Ok(bot.grants.holds(guild, user, roles)
            || bot.ledger.has_command_grant(guild, user, roles, bot.grants.since(guild)).await?)
    }
}
