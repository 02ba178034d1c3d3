//! Reactions: people and bots put emoji below messages and take them away.

use discord_ids::{MessageId, UserId};
use serde_json::json;

use super::state::World;
use crate::dispatch::{Event, intent};
use crate::json::put;
use crate::limits::Refusal;
use crate::model::{Emoji, Reaction, permission};

/// The most different emoji below one message.
const EMOJI_MAX: usize = 20;

impl World {
    /// Puts an emoji below a message. Twice is once.
    pub(crate) fn react(
        &mut self,
        user: UserId,
        message: MessageId,
        emoji: Emoji,
        burst: bool,
    ) -> Result<(), Refusal> {
        let unknown = || Refusal::unknown(10008, "Message");
        let (channel, known, kinds) = {
            let message = self.message(message).filter(|message| message.only_for.is_none());
            let message = message.ok_or_else(unknown)?;
            (message.channel, message.reaction(&emoji).cloned(), message.reactions.len())
        };
        self.must_be_open(channel)?;
        if !self.emoji_exists(&emoji) {
            return Err(Refusal::new(400, 10014, "Unknown Emoji"));
        }
        let may = self.permissions(channel, user);
        let needed = permission::VIEW_CHANNEL | permission::READ_MESSAGE_HISTORY;
        let needed = if known.is_none() { needed | permission::ADD_REACTIONS } else { needed };
        if may & needed != needed {
            return Err(Refusal::missing_permissions());
        }
        match &known {
            Some(reaction) if reaction.from.iter().any(|(from, _)| *from == user) => return Ok(()),
            None if kinds >= EMOJI_MAX => {
                return Err(Refusal::new(400, 30010, "Maximum number of reactions reached (20)"));
            }
            _ => {}
        }
        let emoji = known.map_or(emoji, |reaction| reaction.emoji);
        let list = &mut self.message_mut(message).ok_or_else(unknown)?.reactions;
        match list.iter_mut().find(|reaction| reaction.emoji.is(&emoji)) {
            Some(reaction) => reaction.from.push((user, burst)),
            None => list.push(Reaction { emoji: emoji.clone(), from: vec![(user, burst)] }),
        }
        self.tell_reaction("MESSAGE_REACTION_ADD", user, message, &emoji, burst);
        Ok(())
    }

    /// Takes an emoji away again.
    pub(crate) fn unreact(
        &mut self,
        user: UserId,
        message: MessageId,
        emoji: &Emoji,
    ) -> Result<(), Refusal> {
        let unknown = || Refusal::unknown(10008, "Message");
        self.must_be_open(self.message(message).ok_or_else(unknown)?.channel)?;
        let list = &mut self.message_mut(message).ok_or_else(unknown)?.reactions;
        let Some(reaction) = list.iter_mut().find(|reaction| reaction.emoji.is(emoji)) else {
            return Err(Refusal::new(400, 10014, "Unknown Emoji"));
        };
        let Some(at) = reaction.from.iter().position(|(from, _)| *from == user) else {
            return Ok(());
        };
        let (_, burst) = reaction.from.remove(at);
        let emoji = reaction.emoji.clone();
        list.retain(|reaction| !reaction.from.is_empty());
        self.tell_reaction("MESSAGE_REACTION_REMOVE", user, message, &emoji, burst);
        Ok(())
    }

    /// Takes all reactions away, or all with one emoji.
    pub(crate) fn clear_reactions(
        &mut self,
        message: MessageId,
        emoji: Option<&Emoji>,
    ) -> Result<(), Refusal> {
        let unknown = || Refusal::unknown(10008, "Message");
        self.must_be_open(self.message(message).ok_or_else(unknown)?.channel)?;
        let found = self.message_mut(message).ok_or_else(unknown)?;
        let channel = found.channel;
        found.reactions.retain(|reaction| emoji.is_some_and(|emoji| !reaction.emoji.is(emoji)));
        let mut body = json!({"channel_id": channel.to_string(),
            "message_id": message.to_string()});
        self.add_guild_id(channel, &mut body);
        let name = match emoji {
            Some(emoji) => {
                put(&mut body, "emoji", emoji.json());
                "MESSAGE_REACTION_REMOVE_EMOJI"
            }
            None => "MESSAGE_REACTION_REMOVE_ALL",
        };
        self.emit(Event::of_channel(name, intent::GUILD_MESSAGE_REACTIONS, channel, &body));
        Ok(())
    }

    fn tell_reaction(
        &mut self,
        name: &'static str,
        user: UserId,
        message: MessageId,
        emoji: &Emoji,
        burst: bool,
    ) {
        let Some(found) = self.message(message) else { return };
        let (channel, author) = (found.channel, found.author);
        let mut body = json!({"user_id": user.to_string(), "channel_id": channel.to_string(),
            "message_id": message.to_string(), "emoji": emoji.json(), "burst": burst,
            "type": u8::from(burst)});
        self.add_guild_id(channel, &mut body);
        if name == "MESSAGE_REACTION_ADD" {
            put(&mut body, "message_author_id", author.to_string());
            let member = self.guild_of(channel).and_then(|guild| guild.members.get(&user));
            if let Some(member) = member.map(|member| self.member_json(member)) {
                put(&mut body, "member", member);
            }
        }
        self.emit(Event::of_channel(name, intent::GUILD_MESSAGE_REACTIONS, channel, &body));
    }

    /// Whether Discord knows the emoji. Of characters only the plain letters are refused: a table of
    /// all emoji would be larger than the rest of the sandbox.
    fn emoji_exists(&self, emoji: &Emoji) -> bool {
        if let Some(id) = emoji.id {
            return self.guilds.values().any(|guild| guild.emojis.contains_key(&id));
        }
        let keycap = emoji.name.contains('\u{20e3}');
        let symbol = |letter: char| letter >= '\u{2000}' || ['\u{a9}', '\u{ae}'].contains(&letter);
        !emoji.name.is_empty() && (keycap || emoji.name.chars().all(symbol))
    }
}
