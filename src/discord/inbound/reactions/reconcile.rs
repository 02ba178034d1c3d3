//! Brings the marks behind one emoji in line with the people who react with it: for reactions
//! that were added or removed while the bot was away.

use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use serenity::all::{Member, Route};

use super::people;
use crate::discord::bot::Bot;
use crate::discord::bot::mailboxes::Comparison;
use crate::discord::bot::permissions::may_mark;
use crate::discord::rest::RestError;
use crate::discord::rest::codes::{UNKNOWN_CHANNEL, UNKNOWN_GUILD, UNKNOWN_MESSAGE};
use crate::ids::{ChannelId, UserId};
use crate::ledger::{MarkRequest, MarkSource, MarkTarget, Marked, Reactors, UnmarkRequest};

/// Rights that are remembered, since the same few people react again and again.
const REMEMBERED: usize = 1_000;
const RIGHTS_LAST: Duration = Duration::from_mins(1);

/// What is to be done with one person's reaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Came while the bot was away.
    Add(UserId),
    /// Went while the bot was away.
    Remove(UserId),
}

/// Reconciles, and remembers who may mark where.
#[derive(Default)]
pub(crate) struct Reconciling {
    rights: HashMap<(ChannelId, UserId), (bool, Instant)>,
}

impl Reconciling {
    /// Asks who is behind the emoji and notes what is different. Gives how many statuses changed.
    ///
    /// # Errors
    /// When Discord or the database cannot be asked; the comparison is made again later.
    pub(crate) async fn reconcile(
        &mut self,
        bot: &Bot,
        comparison: &Comparison,
    ) -> anyhow::Result<u64> {
        let Comparison { channel, message, .. } = *comparison;
        let (mut people, mut are_all) = (BTreeSet::new(), true);
        // What was not seen when the page was made may be there by now: Discord is asked all the same.
        let unseen = [spelling_of(&comparison.emoji)];
        let spellings: &[String] = match comparison.spellings.as_slice() {
            [] => &unseen,
            seen => seen,
        };
        for spelling in spellings {
            match people::behind(bot, channel, message, spelling).await {
                Ok(found) => {
                    are_all &= found.are_all;
                    let found = found.people.into_iter();
                    people.extend(found.map(|user| (UserId::from(user.id), user.bot)));
                }
                // What was marked stays.
                Err(RestError::NotFound(UNKNOWN_MESSAGE | UNKNOWN_CHANNEL)) => return Ok(0),
                // Of another refusal nobody knows whether it lasts.
                Err(error) => {
                    return Err(error.into());
                }
            }
        }
        let own = bot.own_id();
        let bots: BTreeSet<UserId> =
            people.iter().filter(|(_, is_bot)| *is_bot).map(|(user, _)| *user).collect();
        let people: BTreeSet<UserId> =
            people.into_iter().map(|(user, _)| user).filter(|user| *user != own).collect();
        let known = bot.ledger.reactors(message, &comparison.emoji).await?;
        let mut changes = 0;
        for step in steps(&people, &known) {
            changes += match step {
                // Of a crowd that was not read to its end nobody is known to have gone.
                Step::Remove(_) if !are_all => 0,
                Step::Remove(user) => remove(bot, comparison, user).await?,
                Step::Add(user) => {
                    let allowed =
                        !bots.contains(&user) && self.may_mark(bot, comparison, user).await?;
                    add(bot, comparison, user, allowed).await?
                }
            };
        }
        Ok(changes)
    }

    /// Whether a person may set a status in the channel, as of now. Of somebody who has left nothing
    /// can be known: then not.
    async fn may_mark(
        &mut self,
        bot: &Bot,
        place: &Comparison,
        user: UserId,
    ) -> anyhow::Result<bool> {
        if let Some((right, asked_at)) = self.rights.get(&(place.channel, user))
            && asked_at.elapsed() < RIGHTS_LAST
        {
            return Ok(*right);
        }
        let route = Route::GuildMember { guild_id: place.guild.into(), user_id: user.into() };
        let right = match bot.rest.get::<Member>(route, Vec::new()).await {
            // What is noted as without effect is not asked for again: better later than wrong.
            Ok(member) => may_mark(bot, (place.guild, place.channel), &member)
                .context("Discord has not told yet who may set a status here")?,
            Err(RestError::NotFound(code)) if code != UNKNOWN_GUILD => false,
            Err(RestError::Refused(..)) => false,
            Err(error) => {
                return Err(error.into());
            }
        };
        if self.rights.len() >= REMEMBERED {
            self.rights.clear();
        }
        self.rights.insert((place.channel, user), (right, Instant::now()));
        Ok(right)
    }
}

/// An emoji in the form in which emoji are compared, as Discord's paths name it; of a custom one only the
/// id counts there.
fn spelling_of(emoji: &str) -> String {
    let is_custom = !emoji.is_empty() && emoji.bytes().all(|byte| byte.is_ascii_digit());
    if is_custom { format!("emoji:{emoji}") } else { emoji.to_owned() }
}

/// What to do so that the ledger knows just these people.
fn steps(people: &BTreeSet<UserId>, known: &Reactors) -> Vec<Step> {
    let known: BTreeSet<UserId> = known.allowed.union(&known.not_allowed).copied().collect();
    let removed = known.difference(people).map(|user| Step::Remove(*user));
    removed.chain(people.difference(&known).map(|user| Step::Add(*user))).collect()
}

async fn add(bot: &Bot, place: &Comparison, user: UserId, allowed: bool) -> anyhow::Result<u64> {
    let Some(status) = bot.ledger.emoji().status(&place.emoji).filter(|_| allowed) else {
        bot.ledger.note_not_allowed(place.message, user, &place.emoji).await?;
        return Ok(0);
    };
    let request = MarkRequest {
        guild: place.guild,
        target: MarkTarget::Message(place.message),
        user,
        status,
        emoji: Some(place.emoji.clone()),
        source: MarkSource::Reaction,
        at: None,
    };
    Ok(note(place, user, &bot.ledger.mark(request).await?))
}

async fn remove(bot: &Bot, place: &Comparison, user: UserId) -> anyhow::Result<u64> {
    let request = UnmarkRequest {
        guild: place.guild,
        target: MarkTarget::Message(place.message),
        user: Some(user),
        emoji: Some(place.emoji.clone()),
        source: MarkSource::Reaction,
    };
    Ok(note(place, user, &bot.ledger.unmark(request).await?))
}

/// Counts the changes, and logs them where somebody made them lately.
fn note(place: &Comparison, user: UserId, marked: &Marked) -> u64 {
    if !place.is_counted {
        super::log_changes(place.message, Some(user), marked);
    }
    marked.changes.len() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_came_is_added_and_who_went_is_removed() {
        let people = BTreeSet::from([UserId(1), UserId(2), UserId(3)]);
        let known = Reactors {
            allowed: BTreeSet::from([UserId(1), UserId(4)]),
            not_allowed: BTreeSet::from([UserId(2)]),
        };
        assert_eq!(steps(&people, &known), [Step::Remove(UserId(4)), Step::Add(UserId(3))]);
    }
}
