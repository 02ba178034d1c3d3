//! The permissions that the bot uses in a watched channel, what each is for, and how to give it.

use serenity::all::Permissions;

use crate::ids::ChannelId;

/// A permission that the bot uses.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Need {
    pub(crate) permission: Permissions,
    /// As Discord's settings name it.
    pub(crate) name: &'static str,
    /// What does not work without it, as the end of "to ...".
    pub(crate) purpose: &'static str,
    pub(crate) weight: Weight,
}

/// How much depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Without it nothing can be read.
    Vital,
    /// Without it people do not see what became of a message.
    Needed,
    /// It may be left out.
    Wished,
}

const fn need(
    permission: Permissions,
    name: &'static str,
    purpose: &'static str,
    weight: Weight,
) -> Need {
    Need { permission, name, purpose, weight }
}

/// All of them, the most important first.
pub(crate) const ALL: [Need; 6] = [
    need(Permissions::VIEW_CHANNEL, "View Channel", "see its messages", Weight::Vital),
    need(
        Permissions::READ_MESSAGE_HISTORY,
        "Read Message History",
        "read what was posted earlier or while the bot was offline",
        Weight::Vital,
    ),
    need(
        Permissions::ADD_REACTIONS,
        "Add Reactions",
        "show on each message what happened to it",
        Weight::Needed,
    ),
    need(
        Permissions::SEND_MESSAGES,
        "Send Messages",
        "tell you in the channel when something is wrong",
        Weight::Wished,
    ),
    need(Permissions::EMBED_LINKS, "Embed Links", "post a board", Weight::Wished),
    need(
        Permissions::MANAGE_WEBHOOKS,
        "Manage Webhooks",
        "create Refract's webhook, and notice when it is deleted or moved",
        Weight::Wished,
    ),
];

/// Those of this weight that are missing.
pub(crate) fn missing(held: Permissions, weight: Weight) -> Vec<&'static Need> {
    let is_missing = |need: &&Need| need.weight == weight && !held.contains(need.permission);
    ALL.iter().filter(is_missing).collect()
}

/// `Send Messages (to tell ...)`, one after the other.
pub(crate) fn in_words(needs: &[&Need]) -> String {
    let words: Vec<String> =
        needs.iter().map(|need| format!("{} (to {})", need.name, need.purpose)).collect();
    words.join(", ")
}

/// Where a permission is given in Discord, as a whole sentence.
pub(crate) const HOW_TO_GIVE: &str = "To fix this, right-click the channel → Edit Channel → \
    Permissions, add the bot under Roles/Members and allow it there.";

/// What to do about a channel that was deleted: no list of channels offers it any more.
pub(crate) fn how_to_leave(channel: ChannelId) -> String {
    format!("remove it from config.toml, or run /setup unwatch id:{channel}; its orders stay")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_with_its_purpose() {
        let held = Permissions::VIEW_CHANNEL | Permissions::ADD_REACTIONS;
        let vital = missing(held, Weight::Vital);
        assert_eq!(
            in_words(&vital),
            "Read Message History (to read what was posted earlier or while the bot was offline)"
        );
        assert!(missing(held, Weight::Needed).is_empty());
        assert_eq!(missing(Permissions::empty(), Weight::Wished).len(), 3);
    }
}
