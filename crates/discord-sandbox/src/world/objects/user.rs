//! A user, and the application that the bot belongs to.

use discord_ids::UserId;
use serde_json::{Value, json};

use crate::json::put;
use crate::world::state::World;

impl World {
    /// The application, as `GET /oauth2/applications/@me` answers.
    pub(crate) fn application(&self) -> Value {
        let owner = json!({"id": "1", "username": "developer", "discriminator": "0",
            "global_name": "Developer", "avatar": null, "public_flags": 0, "flags": 0,
            "primary_guild": null});
        let flags = self.options.application_flags();
        json!({"id": self.bot.to_string(), "name": self.options.bot_name, "description": "",
            "icon": null, "type": null, "bot_public": false, "bot_require_code_grant": false,
            "verify_key": "0".repeat(64), "flags": flags, "flags_new": flags.to_string(),
            "owner": owner, "team": null, "summary": "", "bot": self.user_json(self.bot),
            "redirect_uris": [], "interactions_endpoint_url": null,
            "role_connections_verification_url": null, "explicit_content_filter": 0,
            "approximate_guild_count": self.guilds.len(), "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0, "eligible_oauth2_scopes": []})
    }

    /// A user as Discord shows it; a deleted one when it is not known.
    pub(crate) fn user_json(&self, id: UserId) -> Value {
        let Some(user) = self.users.get(&id) else {
            return json!({"id": id.to_string(), "username": "deleted_user", "avatar": null,
                "discriminator": "0", "global_name": null, "public_flags": 0, "flags": 0,
                "primary_guild": null});
        };
        let account: String = (user.name.to_lowercase().chars())
            .map(|letter| if letter.is_alphanumeric() { letter } else { '_' })
            .collect();
        let shown = if user.bot { Value::Null } else { json!(user.name) };
        let account = if user.bot { user.name.clone() } else { account };
        let mut json = json!({"id": id.to_string(), "username": account, "avatar": null,
            "discriminator": if user.bot { "0001" } else { "0" }, "global_name": shown,
            "public_flags": 0, "flags": 0, "primary_guild": null});
        if user.bot {
            put(&mut json, "bot", true);
        }
        json
    }
}
