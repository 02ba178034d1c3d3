//! The bot's permissions as REST tells their parts: for `check`, which has no gateway that would.
//!
//! Read leniently, since one odd role must not cost the answer.

use std::collections::BTreeMap;

use serde_json::Value;
use serenity::all::Permissions;

/// The bot in a guild: its roles, and what each lets it do.
pub(crate) struct Standing {
    guild: String,
    bot: String,
    roles: Vec<String>,
    permissions: BTreeMap<String, Permissions>,
}

impl Standing {
    /// By the answers to `GET /guilds/{guild}` and `GET /guilds/{guild}/members/{bot}`.
    pub(crate) fn new(bot: String, guild: &Value, member: &Value) -> Self {
        let role = |role: &Value| Some((text(role, "id")?.to_owned(), bits(role, "permissions")));
        let ids = |value: &Value| value.as_str().map(str::to_owned);
        Self {
            guild: text(guild, "id").unwrap_or_default().to_owned(),
            bot,
            roles: list(member, "roles").filter_map(ids).collect(),
            permissions: list(guild, "roles").filter_map(role).collect(),
        }
    }

    /// By the answer to `GET /channels/{channel}`: the channel's overwrites for everyone count first,
    /// then those of the roles, then the bot's own.
    pub(crate) fn permissions_in(&self, channel: &Value) -> Permissions {
        let own = || std::iter::once(&self.guild).chain(&self.roles);
        let held = own().filter_map(|role| self.permissions.get(role));
        let held = held.fold(Permissions::empty(), |all, role| all | *role);
        if held.administrator() {
            return Permissions::all();
        }
        let layer = |held: Permissions, counts: &dyn Fn(&str) -> bool| {
            let none = Permissions::empty();
            let overwrites = list(channel, "permission_overwrites")
                .filter(|overwrite| text(overwrite, "id").is_some_and(counts));
            let (allow, deny) = overwrites.fold((none, none), |(allow, deny), overwrite| {
                (allow | bits(overwrite, "allow"), deny | bits(overwrite, "deny"))
            });
            (held & !deny) | allow
        };
        let held = layer(held, &|id| id == self.guild);
        let held = layer(held, &|id| id != self.guild && self.roles.iter().any(|role| role == id));
        let held = layer(held, &|id| id == self.bot);
        if held.view_channel() { held } else { Permissions::empty() }
    }
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

fn bits(value: &Value, key: &str) -> Permissions {
    let bits = text(value, key).and_then(|bits| bits.parse().ok()).unwrap_or_default();
    Permissions::from_bits_truncate(bits)
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const VIEW: u64 = 1 << 10;
    const REACT: u64 = 1 << 6;

    fn standing(everyone: u64, role: u64) -> Standing {
        let guild = json!({"id": "1", "roles": [
            {"id": "1", "permissions": everyone.to_string()},
            {"id": "2", "permissions": role.to_string()}, {"odd": true},
            {"id": "3", "permissions": u64::MAX.to_string()}]});
        Standing::new("9".to_owned(), &guild, &json!({"roles": ["2"]}))
    }

    fn channel(overwrites: &[(&str, u64, u64)]) -> Value {
        let overwrites: Vec<Value> = overwrites
            .iter()
            .map(|(id, allow, deny)| {
                json!({"id": id, "allow": allow.to_string(), "deny": deny.to_string()})
            })
            .collect();
        json!({ "permission_overwrites": overwrites })
    }

    #[test]
    fn the_narrower_overwrite_counts_for_more() {
        let standing = standing(VIEW, REACT);
        let held = |overwrites: &[_]| standing.permissions_in(&channel(overwrites)).bits();
        assert_eq!(held(&[]), VIEW | REACT);
        assert_eq!(held(&[("1", 0, VIEW)]), 0);
        assert_eq!(held(&[("1", 0, VIEW), ("2", VIEW, 0)]), VIEW | REACT);
        assert_eq!(held(&[("2", VIEW, 0), ("9", 0, REACT)]), VIEW);
        assert_eq!(held(&[("3", 0, REACT), ("8", 0, VIEW)]), VIEW | REACT);
    }

    #[test]
    fn an_administrator_may_everything() {
        let standing = standing(VIEW, 1 << 3);
        assert!(standing.permissions_in(&channel(&[("9", 0, VIEW)])).manage_webhooks());
    }
}
