//! Files over HTTP: of messages, and of options of commands. Without its key an address opens none.

use axum::extract::{Path, RawQuery, State};
use discord_ids::MessageId;

use crate::http::answer::{Shared, query};
use crate::limits::Refusal;
use crate::model::File;
use crate::world::World;

/// A file of a message, for those that know the whole address.
pub(in crate::http) async fn attachment(
    State(discord): Shared,
    Path((_, message, name)): Path<(i64, i64, String)>,
    RawQuery(raw): RawQuery,
) -> Result<Vec<u8>, Refusal> {
    discord.with_quietly(|world| {
        given_out(world, raw.as_deref(), |world| {
            let files = world.message(MessageId(message)).map(|message| message.files.as_slice());
            files.unwrap_or_default().iter().find(|file| file.name == name)
        })
    })
}

/// A file that somebody chose for an option of a command.
pub(in crate::http) async fn upload(
    State(discord): Shared,
    Path((_, id, name)): Path<(i64, i64, String)>,
    RawQuery(raw): RawQuery,
) -> Result<Vec<u8>, Refusal> {
    discord.with_quietly(|world| {
        given_out(world, raw.as_deref(), |world| {
            world.uploads.get(&id).filter(|file| file.name == name)
        })
    })
}

fn given_out(
    world: &World,
    raw: Option<&str>,
    find: impl FnOnce(&World) -> Option<&File>,
) -> Result<Vec<u8>, Refusal> {
    if query(raw, "hm") != Some(world.file_key.as_str()) {
        return Err(Refusal::new(404, 0, "This content is no longer available."));
    }
    let file = find(world);
    file.map(|file| file.bytes.to_vec()).ok_or_else(|| Refusal::new(404, 0, "404: Not Found"))
}
