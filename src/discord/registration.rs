//! Telling Discord which commands there are: only when they changed, since Discord counts.

use serde_json::Value;
use serenity::all::{ApplicationId, LightMethod, Route};

use super::bot::Bot;
use super::error::Error;

/// Registers the commands, unless Discord has these already. A failure is logged, not fatal: the
/// commands of the last time still work.
pub(super) async fn register(
    bot: &Bot,
    application: ApplicationId,
    options: &poise::FrameworkOptions<Bot, Error>,
) {
    let route = Route::Commands { application_id: application };
    let commands = poise::builtins::create_application_commands(&options.commands);
    let Ok(Value::Array(wanted)) = serde_json::to_value(commands) else {
        return tracing::error!("the commands cannot be put into JSON");
    };
    match bot.rest.get::<Vec<Value>>(route, Vec::new()).await {
        Ok(there) if same(&wanted, &there) => {
            return tracing::debug!("the commands are registered");
        }
        Ok(_) => {}
        Err(error) => {
            bot.heed(&error);
            tracing::warn!("Discord does not say which commands are registered: {error}");
        }
    }
    match bot.rest.send(LightMethod::Put, route, Some(&Value::Array(wanted))).await {
        Ok(()) => tracing::info!("the commands were registered with Discord"),
        Err(error) => {
            bot.heed(&error);
            tracing::error!("the commands could not be registered: {error}");
        }
    }
}

fn same(wanted: &[Value], there: &[Value]) -> bool {
    wanted.len() == there.len()
        && wanted.iter().all(|command| {
            let name = command.get("name");
            there.iter().any(|other| other.get("name") == name && agrees(command, other))
        })
}

/// Whether all that we say is what Discord has; Discord adds ids and defaults, which do not count.
fn agrees(wanted: &Value, there: &Value) -> bool {
    match (wanted, there) {
        (Value::Object(wanted), Value::Object(there)) => wanted.iter().all(|(key, value)| {
            there.get(key).map_or_else(|| is_default(value), |there| agrees(value, there))
        }),
        (Value::Array(wanted), Value::Array(there)) => {
            wanted.len() == there.len()
                && wanted.iter().zip(there).all(|(wanted, there)| agrees(wanted, there))
        }
        _ => wanted == there || (is_default(wanted) && is_default(there)),
    }
}

fn is_default(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(values) => values.is_empty(),
        Value::Object(values) => values.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_discord_adds_is_no_change() {
        let wanted = [json!({"name": "order", "options": [], "nsfw": false})];
        let there = [json!({"id": "1", "version": "2", "name": "order"})];
        assert!(same(&wanted, &there));
    }

    #[test]
    fn another_description_or_option_is_a_change() {
        let wanted = [json!({"name": "order", "description": "One order"})];
        assert!(!same(&wanted, &[json!({"name": "order", "description": "An order"})]));
        assert!(!same(&wanted, &[]));
        let wanted = [json!({"name": "order", "options": [{"name": "number"}]})];
        assert!(!same(&wanted, &[json!({"name": "order", "options": []})]));
    }
}
