//! From a person's click to what the person sees of the bot's answer.

use std::time::Duration;

use super::failure::Failure;
use super::reply::Reply;
use crate::model::{Interaction, Stage};
use crate::sandbox::Sandbox;
use crate::world::{Click, World};

/// How long a person looks at "is thinking ..." before giving up.
const THINKING_MAX: Duration = Duration::from_mins(1);
/// After so long without one more message nobody waits for another.
const FOLLOW_UP_MAX: Duration = Duration::from_millis(300);
/// How long a person waits for a sign after a button that was acknowledged without one.
const UPDATE_MAX: Duration = Duration::from_secs(2);

impl Sandbox {
    /// Sends a click to the bot and waits for what it does about it.
    pub(super) async fn click(&self, click: Click) -> Result<Interaction, Failure> {
        let (id, deadline) =
            self.discord.with(|world| (world.invoke(&click), world.options.deadline));
        let found = |world: &World| world.interactions.get(&id).cloned();
        let answered = |world: &World| found(world).filter(|it| it.stage != Stage::Waiting);
        let answered = self.discord.wait_for(deadline, answered).await.ok_or(Failure::NoAnswer)?;
        match answered.stage {
            Stage::Thinking { .. } => {
                let settled = |world: &World| found(world).filter(Interaction::is_settled);
                self.discord.wait_for(THINKING_MAX, settled).await.ok_or(Failure::StillThinking)
            }
            Stage::Updating => {
                let changed =
                    |world: &World| found(world).filter(|it| it.finished != it.acknowledged);
                Ok(self.discord.wait_for(UPDATE_MAX, changed).await.unwrap_or(answered))
            }
            _ => Ok(answered),
        }
    }

    /// The same, as what the person sees.
    pub(super) async fn ask(&self, click: Click) -> Result<Reply, Failure> {
        let interaction = self.click(click).await?;
        Ok(self.look(|world| Reply::of_interaction(world, &interaction)))
    }

    /// A reply with what has followed it meanwhile.
    pub fn followed(&self, reply: &Reply) -> Reply {
        self.look(|world| match world.interactions.get(&reply.interaction) {
            Some(interaction) => Reply::of_interaction(world, interaction),
            None => reply.clone(),
        })
    }

    /// The reply with all the messages that follow it: until none comes for a moment, since Discord
    /// does not tell which is the last.
    pub async fn with_follow_ups(&self, mut reply: Reply) -> Reply {
        loop {
            let seen = reply.follow_ups.len();
            let more = |world: &World| {
                let found = world.interactions.get(&reply.interaction);
                found.filter(|found| found.follow_ups.len() > seen).map(|_| ())
            };
            if self.discord.wait_for(FOLLOW_UP_MAX, more).await.is_none() {
                return reply;
            }
            reply = self.followed(&reply);
        }
    }
}
