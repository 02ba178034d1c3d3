//! The address that invites the bot, with the least permissions that it can use.

use serenity::all::Permissions;

use crate::discord::bot::Bot;
use crate::discord::bot::needs;
use crate::ids::ApplicationId;

/// What the invitation asks for, over the whole server.
fn permissions() -> Permissions {
    needs::ALL.iter().map(|need| need.permission).fold(Permissions::empty(), Permissions::union)
}

/// The address to open in a browser.
pub(crate) fn link(application: ApplicationId) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={}",
        permissions().bits()
    )
}

/// Says in the log what whoever runs the bot has still to do: invite it, and name a channel.
pub(crate) fn remind(bot: &Bot, guilds: usize) {
    let link = link(bot.application_id());
    if guilds == 0 {
        tracing::warn!("the bot is in no server yet; open this address to add it to yours: {link}");
    }
    if bot.watching.channels().is_empty() {
        tracing::warn!(
            "no channel is watched yet; run /setup watch in the channel that Refract posts to. To \
             invite the bot: {link}"
        );
    }
    if let Some(problem) = bot.rest.clock().problem() {
        tracing::warn!("{problem}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_invites_with_these_permissions() {
        let readme = include_str!("../../../README.md");
        let link = link(ApplicationId(5)).replace("client_id=5", "client_id=YOUR_APPLICATION_ID");
        assert!(readme.contains(&link), "{link}");
    }
}
