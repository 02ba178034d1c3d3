//! Forms, as a person fills them in.

use discord_ids::UserId;
use serde_json::{Value, json};

use super::failure::Failure;
use super::reply::Reply;
use crate::json::{list, number, text};
use crate::model::interaction::kind;
use crate::sandbox::Sandbox;
use crate::world::Click;

impl Sandbox {
    /// Fills in the form that a reply brought, and sends it: `custom_id` and text of each input.
    pub async fn submit_modal(
        &self,
        user: UserId,
        reply: &Reply,
        values: &[(&str, &str)],
    ) -> Result<Reply, Failure> {
        let modal = reply.modal.as_ref().ok_or_else(|| Failure::refused("there is no form"))?;
        let origin = self.look(|world| world.interactions.get(&reply.interaction).cloned());
        let origin = origin.ok_or_else(|| Failure::refused("there is no form"))?;
        let rows = filled_rows(modal, values)?;
        let name = text(modal, "custom_id").to_owned();
        let data = json!({"custom_id": name, "components": rows, "resolved": {}});
        let (channel, message) = (origin.channel, origin.message);
        self.ask(Click { kind: kind::MODAL, user, channel, name, message, data }).await
    }
}

/// The rows of a form with the person's texts in them.
fn filled_rows(modal: &Value, values: &[(&str, &str)]) -> Result<Vec<Value>, Failure> {
    let mut filled = Vec::new();
    for input in list(modal, "components").iter().flat_map(|row| list(row, "components")) {
        let id = text(input, "custom_id");
        let given = values.iter().find(|(name, _)| *name == id).map(|(_, text)| *text);
        let given = given.unwrap_or_else(|| text(input, "value"));
        let length = u64::try_from(given.chars().count()).unwrap_or(u64::MAX);
        let required = input.get("required").and_then(Value::as_bool).unwrap_or(true);
        if (required && length == 0)
            || (length > 0 && length < number(input, "min_length").unwrap_or(0))
            || length > number(input, "max_length").unwrap_or(4_000)
        {
            return Err(Failure::refused(format!("{id}: the text does not fit")));
        }
        let input = json!({"type": 4, "custom_id": id, "value": given});
        filled.push(json!({"type": 1, "components": [input]}));
    }
    Ok(filled)
}
