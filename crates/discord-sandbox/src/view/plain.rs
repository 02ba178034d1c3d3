//! Text without its style.

use super::markdown;
use crate::world::World;

/// The text without its style, and with the names of channels.
pub(super) fn plain(world: &World, text: &str) -> String {
    let mut parts = text.split("<#");
    let mut named = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let known = part.split_once('>').and_then(|(id, after)| {
            let channel = world.channels.get(&id.parse().ok()?)?;
            Some(["#", &channel.name, after].concat())
        });
        named.push_str(&known.unwrap_or_else(|| format!("<#{part}")));
    }
    markdown::plain(&named)
}
