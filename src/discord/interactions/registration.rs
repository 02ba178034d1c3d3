//! Telling Discord which commands there are: only when they changed, since Discord counts.

use std::time::Duration;

use serde_json::Value;
use serenity::all::{ApplicationId, LightMethod, Route};

use super::error::Error;
use crate::backoff::Backoff;
use crate::discord::bot::Bot;
use crate::discord::rest::RestError;

/// Pauses between attempts while Discord cannot be asked: [`PAUSES`] of them take 43 minutes.
const PAUSE: Backoff = Backoff::new(Duration::from_secs(5), Duration::from_mins(30));
const PAUSES: usize = 9;

/// Registers the commands, unless Discord has these already. A failure is logged, not fatal: the
/// commands of the last time still work.
pub(crate) async fn register(
    bot: &Bot,
    application: ApplicationId,
    options: &poise::FrameworkOptions<Bot, Error>,
) {
    let commands = poise::builtins::create_application_commands(&options.commands);
    let Ok(Value::Array(wanted)) = serde_json::to_value(commands) else {
        return tracing::error!("could not write the commands as JSON");
    };
    let connection = bot.ready_at();
    let mut pauses = PAUSE.take(PAUSES);
    while let Err(error) = register_once(bot, application, &wanted).await {
        tracing::error!("could not register the commands with Discord: {error}");
        let Some(pause) = pauses.next().filter(|_| matches!(error, RestError::Other(_))) else {
            return;
        };
        tokio::time::sleep(pause).await;
        // The next connection registers them itself.
        if bot.ready_at() != connection {
            return;
        }
    }
}

/// Discord is asked first, each time: an attempt that seemed to fail may have succeeded.
async fn register_once(
    bot: &Bot,
    application: ApplicationId,
    wanted: &[Value],
) -> Result<(), RestError> {
    let route = Route::Commands { application_id: application };
    match bot.rest.get::<Vec<Value>>(route, Vec::new()).await {
        Ok(there) if same(wanted, &there) => {
            tracing::debug!("the commands are already registered");
            return Ok(());
        }
        Err(error @ (RestError::Other(_) | RestError::Unauthorized)) => return Err(error),
        Ok(_) | Err(_) => {}
    }
    bot.rest.send(LightMethod::Put, route, Some(&Value::Array(wanted.to_vec()))).await?;
    tracing::info!("registered the commands with Discord");
    Ok(())
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
