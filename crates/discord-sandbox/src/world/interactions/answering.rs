//! The bot's first answer.

use std::time::Instant;

use discord_ids::MessageId;
use serde_json::{Value, json};

use crate::json::number;
use crate::limits::{Form, Refusal, check_choices, check_message, check_modal};
use crate::model::interaction::kind;
use crate::model::{File, Interaction, Stage};
use crate::world::messages::Draft;
use crate::world::objects::EPHEMERAL;
use crate::world::state::World;

fn unknown_interaction() -> Refusal {
    Refusal::unknown(10062, "interaction")
}

impl World {
    /// The bot's first answer.
    pub(crate) fn answer_interaction(
        &mut self,
        id: i64,
        token: &str,
        answer: &Value,
        files: Vec<File>,
    ) -> Result<(), Refusal> {
        let found = self.interactions.get(&id).filter(|found| found.token == token);
        let interaction = found.ok_or_else(unknown_interaction)?.clone();
        if interaction.stage != Stage::Waiting {
            let sentence = "Interaction has already been acknowledged.";
            return Err(Refusal::new(400, 40060, sentence));
        }
        if interaction.expired || interaction.began.elapsed() > self.options.deadline {
            self.log.violation(format!("{} was answered too late", interaction.name));
            return Err(unknown_interaction());
        }
        let data = answer.get("data").cloned().unwrap_or_else(|| json!({}));
        let component = interaction.message.is_some() && interaction.kind != kind::AUTOCOMPLETE;
        let typed = number(answer, "type");
        let completing = interaction.kind == kind::AUTOCOMPLETE;
        let stage = match typed {
            Some(4) if !completing => {
                self.check_sent(&data, files.len(), &interaction.name)?;
                let message = self.reply(&interaction, data, files, None)?;
                self.with_interaction(id, |found| found.original = Some(message));
                Stage::Answered
            }
            Some(5) if !completing => Stage::Thinking { ephemeral: is_ephemeral(&data) },
            Some(6) if component => Stage::Updating,
            Some(7) if component => {
                check_message(&data, files.len(), true)?;
                if let Some(message) = interaction.message {
                    self.change_message(message, &data, files)?;
                }
                Stage::Updated
            }
            Some(8) if completing => {
                check_choices(&data)?;
                Stage::Choices(
                    data.get("choices").and_then(Value::as_array).cloned().unwrap_or_default(),
                )
            }
            Some(9) if !completing && interaction.kind != kind::MODAL => {
                check_modal(&data)?;
                Stage::Modal(data)
            }
            other => {
                let mut form = Form::default();
                let sentence = format!("Type {other:?} does not answer this interaction.");
                form.wrong(
                    "type",
                    "INTERACTION_APPLICATION_COMMAND_INVALID_CALLBACK_TYPE",
                    &sentence,
                );
                return form.judge();
            }
        };
        self.with_interaction(id, |found| {
            found.stage = stage;
            found.acknowledged = Some(Instant::now());
            found.finished = found.acknowledged;
        });
        Ok(())
    }

    /// Checks a message of the bot. One without `allowed_mentions` is noted, if the test wants that.
    pub(crate) fn check_sent(
        &mut self,
        payload: &Value,
        files: usize,
        place: &str,
    ) -> Result<(), Refusal> {
        let silent = payload.get("allowed_mentions").is_none_or(Value::is_null);
        if silent && self.options.require_allowed_mentions {
            self.log.violation(format!("{place}: a message without allowed_mentions"));
        }
        check_message(payload, files, false)
    }

    pub(crate) fn reply(
        &mut self,
        interaction: &Interaction,
        payload: Value,
        files: Vec<File>,
        thought_ephemeral: Option<bool>,
    ) -> Result<MessageId, Refusal> {
        if files.iter().any(|file| file.bytes.len() as u64 > self.options.file_bytes_max) {
            return Err(Refusal::new(413, 40005, "Request entity too large"));
        }
        let ephemeral = thought_ephemeral.unwrap_or_else(|| is_ephemeral(&payload));
        let mut draft = Draft::new(interaction.channel, self.bot, payload);
        draft.own = true;
        draft.files = files;
        draft.only_for = ephemeral.then_some(interaction.user);
        draft.extra = self.provenance(interaction, ephemeral);
        self.create_message(draft)
    }

    pub(crate) fn with_interaction(&mut self, id: i64, change: impl FnOnce(&mut Interaction)) {
        if let Some(found) = self.interactions.get_mut(&id) {
            change(found);
        }
    }
}

fn is_ephemeral(data: &Value) -> bool {
    number(data, "flags").unwrap_or(0) & EPHEMERAL != 0
}
