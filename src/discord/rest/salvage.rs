//! What serenity cannot parse: what of it matters is mended in the raw JSON and parsed again. Discord adds
//! and leaves out keys as it likes, and one odd role must not cost a guild.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use serenity::all::{GuildChannel, GuildCreateEvent, PartialGuild, Reaction, Role};

/// Lists of a guild that the bot never looks at.
const UNUSED: [&str; 8] = [
    "emojis",
    "stickers",
    "voice_states",
    "presences",
    "stage_instances",
    "guild_scheduled_events",
    "soundboard_sounds",
    "features",
];

/// A reaction without the keys that Discord leaves out when a whole emoji is cleared.
pub(crate) fn reaction(value: &Value) -> Option<Reaction> {
    let mut object = value.as_object()?.clone();
    default(&mut object, "burst", json!(false));
    default(&mut object, "type", json!(0));
    default(&mut object, "burst_colors", json!([]));
    parse(object)
}

/// A guild of an event with those of its roles and channels that can be read, and without what is not
/// needed.
pub(crate) fn guild(value: &Value) -> Option<GuildCreateEvent> {
    let mut object = bare(value)?;
    let id = object.get("id").cloned()?;
    for list in ["channels", "threads"] {
        object.entry(list).or_insert(json!([]));
        keep_readable::<GuildChannel>(&mut object, list, |channel| {
            default(channel, "guild_id", id.clone());
            default(channel, "permission_overwrites", json!([]));
        });
    }
    parse(object)
}

/// A guild as REST answers it, in the same way.
pub(crate) fn partial_guild(value: &Value) -> Option<PartialGuild> {
    parse(bare(value)?)
}

/// A channel of a guild as REST answers it.
pub(crate) fn channel(value: &Value) -> Option<GuildChannel> {
    let mut object = value.as_object()?.clone();
    default(&mut object, "permission_overwrites", json!([]));
    parse(object)
}

/// A guild with those of its roles that can be read, and without what is not needed.
fn bare(guild: &Value) -> Option<Map<String, Value>> {
    let mut object = guild.as_object()?.clone();
    for list in UNUSED {
        object.insert(list.to_owned(), json!([]));
    }
    keep_readable::<Role>(&mut object, "roles", |role| {
        default(role, "colors", json!({"primary_color": 0}));
    });
    Some(object)
}

fn keep_readable<T: DeserializeOwned>(
    guild: &mut Map<String, Value>,
    list: &str,
    mend: impl Fn(&mut Map<String, Value>),
) {
    let Some(Value::Array(entries)) = guild.get_mut(list) else { return };
    entries.iter_mut().filter_map(Value::as_object_mut).for_each(mend);
    entries.retain(|entry| serde_json::from_value::<T>(entry.clone()).is_ok());
}

fn default(object: &mut Map<String, Value>, key: &str, value: Value) {
    object.entry(key).or_insert(value);
}

/// By value, as serenity itself reads nested parts: its code for it is there already.
fn parse<T: DeserializeOwned>(object: Map<String, Value>) -> Option<T> {
    serde_json::from_value(Value::Object(object))
        .inspect_err(|error| tracing::warn!("could not read what Discord sent: {error}"))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cleared_emoji_comes_without_type_and_burst() {
        let value = json!({"channel_id": "1", "guild_id": "2", "message_id": "3",
            "emoji": {"id": null, "name": "📦"}});
        assert_eq!(reaction(&value).expect("a reaction").message_id.get(), 3);
    }

    #[test]
    fn an_odd_role_does_not_cost_the_guild() {
        let role = json!({"id": "2", "name": "@everyone", "color": 0, "hoist": false, "position": 0,
            "permissions": "1024", "managed": false, "mentionable": false});
        let value = json!({"id": "2", "name": "Server", "owner_id": "9",
            "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0,
            "preferred_locale": "en-US", "premium_tier": 0, "system_channel_flags": 0,
            "verification_level": 0, "nsfw_level": 0, "premium_progress_bar_enabled": false,
            "roles": [role, {"id": "odd"}], "emojis": [{"odd": true}], "large": false,
            "member_count": 1, "members": [], "joined_at": "2026-01-01T00:00:00Z",
            "channels": [{"id": "5", "type": 0, "name": "checkouts"}, {"type": "odd"}]});
        let guild = guild(&value).expect("a guild").guild;
        assert_eq!(guild.roles.len(), 1);
        assert_eq!(guild.channels.len(), 1);
    }
}
