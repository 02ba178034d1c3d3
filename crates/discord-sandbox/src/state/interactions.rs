//! Interactions: a person asks, the bot has to answer in time, once, and may add to it for a while.

use std::time::Instant;

use serde_json::{Map, Value, json};

use super::{Draft, File, World};
use crate::json::{number, put};
use crate::limits::{Form, Refusal};
use crate::limits::{check_choices, check_message, check_modal};
use discord_ids::{ChannelId, GuildId, MessageId, UserId};

/// The flag of a message that only one person sees.
const EPHEMERAL: u64 = 1 << 6;

/// What kind of interaction it is: the `type` that Discord gives it.
pub(crate) mod kind {
    pub(crate) const COMMAND: u64 = 2;
    pub(crate) const COMPONENT: u64 = 3;
    pub(crate) const AUTOCOMPLETE: u64 = 4;
    pub(crate) const MODAL: u64 = 5;
}

/// How far the bot's answer is.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// Nothing yet.
    Waiting,
    /// "Refract Ledger is thinking ...": the answer will follow.
    Thinking {
        /// Whether only the asker will see it.
        ephemeral: bool,
    },
    /// Acknowledged without a sign: the message may be changed later.
    Updating,
    /// The message of the component was changed.
    Updated,
    /// Answered with a message.
    Answered,
    /// Answered with choices for an option.
    Choices(Vec<Value>),
    /// Answered with a form to fill in.
    Modal(Value),
}

/// One interaction.
#[derive(Debug, Clone)]
pub struct Interaction {
    pub(crate) id: i64,
    pub(crate) token: String,
    pub(crate) kind: u64,
    pub(crate) user: UserId,
    pub(crate) channel: ChannelId,
    pub(crate) guild: Option<GuildId>,
    /// The whole name of the command, for the line above the answer.
    pub(crate) name: String,
    /// The message with the component.
    pub(crate) message: Option<MessageId>,
    pub(crate) began: Instant,
    /// Taken for older than it is.
    pub(crate) expired: bool,
    /// The first answer.
    pub(crate) acknowledged: Option<Instant>,
    /// The last change of the answer.
    pub(crate) finished: Option<Instant>,
    pub(crate) stage: Stage,
    pub(crate) original: Option<MessageId>,
    pub(crate) follow_ups: Vec<MessageId>,
}

impl Interaction {
    /// How far the bot's answer is.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// Whether the person has something to see, or never will have more.
    pub(crate) fn is_settled(&self) -> bool {
        !matches!(self.stage, Stage::Waiting | Stage::Thinking { .. })
    }
}

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

    /// Checks a message of the bot; one without `allowed_mentions` could ping people by accident.
    pub(crate) fn check_sent(
        &mut self,
        payload: &Value,
        files: usize,
        place: &str,
    ) -> Result<(), Refusal> {
        if payload.get("allowed_mentions").is_none_or(Value::is_null) {
            self.log.violation(format!("{place}: a message without allowed_mentions"));
        }
        check_message(payload, files, false)
    }

    pub(super) fn reply(
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

    /// What tells that a message answers an interaction, and whose.
    fn provenance(&self, interaction: &Interaction, ephemeral: bool) -> Map<String, Value> {
        let user = self.user_json(interaction.user);
        let owners = json!({"0": interaction.guild.unwrap_or_default().to_string()});
        let mut metadata = json!({"id": interaction.id.to_string(), "type": interaction.kind,
            "user": &user, "authorizing_integration_owners": owners, "name": interaction.name});
        if let Some(message) = interaction.message {
            put(&mut metadata, "interacted_message_id", message.to_string());
        }
        if interaction.kind == kind::MODAL {
            let mut trigger = metadata.clone();
            let through =
                if interaction.message.is_some() { kind::COMPONENT } else { kind::COMMAND };
            put(&mut trigger, "type", through);
            put(&mut metadata, "triggering_interaction_metadata", trigger);
        }
        let mut extra = Map::new();
        let bot = json!(self.bot.to_string());
        extra.insert("application_id".to_owned(), bot.clone());
        extra.insert("webhook_id".to_owned(), bot);
        extra.insert("flags".to_owned(), json!(if ephemeral { EPHEMERAL } else { 0 }));
        if interaction.kind == kind::COMMAND {
            extra.insert("type".to_owned(), json!(20));
            let short = json!({"id": interaction.id.to_string(), "type": interaction.kind,
                "name": interaction.name, "user": user});
            extra.insert("interaction".to_owned(), short);
        }
        extra.insert("interaction_metadata".to_owned(), metadata);
        extra
    }

    pub(super) fn with_interaction(&mut self, id: i64, change: impl FnOnce(&mut Interaction)) {
        if let Some(found) = self.interactions.get_mut(&id) {
            change(found);
        }
    }
}

fn is_ephemeral(data: &Value) -> bool {
    number(data, "flags").unwrap_or(0) & EPHEMERAL != 0
}
