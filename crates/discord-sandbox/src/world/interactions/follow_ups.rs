//! What the bot adds to an answer, or changes about it, with the interaction's token.

use std::time::{Duration, Instant};

use discord_ids::MessageId;
use serde_json::Value;

use crate::limits::{Refusal, check_message};
use crate::model::{File, Interaction, Message, Stage};
use crate::world::state::World;

/// How long the bot may add to its answer.
const TOKEN_LIFE: Duration = Duration::from_mins(15);
/// What Discord says when an interaction's token is used too early or too late.
fn unknown_webhook() -> Refusal {
    Refusal::unknown(10015, "Webhook")
}

impl World {
    /// One more message, or the first after "is thinking ...".
    pub(crate) fn follow_up(
        &mut self,
        token: &str,
        payload: Value,
        files: Vec<File>,
    ) -> Result<MessageId, Refusal> {
        let interaction = self.by_token(token)?;
        self.check_sent(&payload, files.len(), &interaction.name)?;
        let thought = match interaction.stage {
            Stage::Thinking { ephemeral } => Some(ephemeral),
            _ => None,
        };
        let message = self.reply(&interaction, payload, files, thought)?;
        self.with_interaction(interaction.id, |found| {
            if thought.is_some() {
                found.original = Some(message);
                found.stage = Stage::Answered;
            } else {
                found.follow_ups.push(message);
            }
            found.finished = Some(Instant::now());
        });
        Ok(message)
    }

    /// Changes the first answer.
    pub(crate) fn change_original(
        &mut self,
        token: &str,
        payload: Value,
        files: Vec<File>,
    ) -> Result<MessageId, Refusal> {
        let interaction = self.by_token(token)?;
        if matches!(interaction.stage, Stage::Thinking { .. }) {
            return self.follow_up(token, payload, files);
        }
        let message = interaction.answer_of(None)?;
        check_message(&payload, files.len(), true)?;
        self.change_message(message, &payload, files)?;
        self.with_interaction(interaction.id, |found| found.finished = Some(Instant::now()));
        Ok(message)
    }

    /// The first answer (`None`) or a follow-up of the interaction with this token.
    pub(crate) fn answer_by_token(
        &self,
        token: &str,
        follow_up: Option<MessageId>,
    ) -> Result<&Message, Refusal> {
        let interaction = self.by_token(token)?;
        let id = interaction.answer_of(follow_up)?;
        self.message(id).ok_or_else(|| Refusal::unknown(10008, "Message"))
    }

    /// The interaction with this token, as long as its token lives and something was answered.
    fn by_token(&self, token: &str) -> Result<Interaction, Refusal> {
        let found = self.interactions.values().rev().find(|found| found.token == token);
        let interaction = found.ok_or_else(unknown_webhook)?;
        if interaction.expired || interaction.began.elapsed() > TOKEN_LIFE {
            return Err(Refusal::new(401, 50027, "Invalid Webhook Token"));
        }
        if interaction.stage == Stage::Waiting {
            return Err(unknown_webhook());
        }
        Ok(interaction.clone())
    }
}

impl Interaction {
    /// The message that is meant: a follow-up, or (`None`) the first answer.
    fn answer_of(&self, follow_up: Option<MessageId>) -> Result<MessageId, Refusal> {
        let id = match (follow_up, &self.stage) {
            (Some(id), _) => {
                Some(id).filter(|id| self.follow_ups.contains(id) || self.original == Some(*id))
            }
            (None, Stage::Updating | Stage::Updated) => self.message,
            (None, _) => self.original,
        };
        id.ok_or_else(|| Refusal::unknown(10008, "Message"))
    }
}
