//! Buttons and menus, as a person uses them.

use discord_ids::{MessageId, UserId};
use serde_json::{Value, json};

use super::failure::Failure;
use super::reply::Reply;
use super::sight::channel_of;
use crate::json::{is_set, list, put, text};
use crate::model::interaction::kind;
use crate::sandbox::Sandbox;
use crate::world::{Click, World};

/// The `type` of a button.
const BUTTON: u64 = 2;
/// The `type` of a menu.
const SELECT: u64 = 3;

impl Sandbox {
    /// Presses a button.
    pub async fn press(
        &self,
        user: UserId,
        message: MessageId,
        custom_id: &str,
    ) -> Result<Reply, Failure> {
        self.look(|world| part(world, user, message, custom_id).map(|_| ()))?;
        self.use_part(user, message, custom_id, BUTTON, &[]).await
    }

    /// Chooses in a menu.
    pub async fn select(
        &self,
        user: UserId,
        message: MessageId,
        custom_id: &str,
        values: &[&str],
    ) -> Result<Reply, Failure> {
        let menu = self.look(|world| part(world, user, message, custom_id))?;
        let offered = list(&menu, "options");
        let is_offered =
            |value: &&str| offered.iter().any(|option| text(option, "value") == *value);
        if let Some(odd) = values.iter().find(|value| !is_offered(value)) {
            return Err(Failure::refused(format!("the menu has no {odd}")));
        }
        self.use_part(user, message, custom_id, SELECT, values).await
    }

    /// Uses a part of a message whether it is there or not, as a tampered client could: `kind` is 2
    /// for a button, 3 for a menu.
    pub async fn use_part(
        &self,
        user: UserId,
        message: MessageId,
        custom_id: &str,
        kind: u64,
        values: &[&str],
    ) -> Result<Reply, Failure> {
        let channel = self.look(|world| channel_of(world, user, message))?;
        let mut data = json!({"custom_id": custom_id, "component_type": kind, "id": 1});
        if kind != BUTTON {
            put(&mut data, "values", values);
        }
        let (name, message) = (custom_id.to_owned(), Some(message));
        self.ask(Click { kind: kind::COMPONENT, user, channel, name, message, data }).await
    }
}

/// A button or menu that a person sees and may use.
fn part(world: &World, user: UserId, message: MessageId, id: &str) -> Result<Value, Failure> {
    channel_of(world, user, message)?;
    let reply = world.message(message).map(Reply::of_message).unwrap_or_default();
    let found = reply.parts().find(|part| text(part, "custom_id") == id).cloned();
    let found = found.ok_or_else(|| Failure::refused(format!("nothing there is {id}")))?;
    if is_set(&found, "disabled") {
        return Err(Failure::refused("the button is greyed out"));
    }
    Ok(found)
}
