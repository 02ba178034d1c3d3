//! What a command is confined to must be there: figures of nothing would look like an answer, and a file of
//! nothing would take the place of a good one.

use refract_ledger::ids::GuildId;
use refract_ledger::ledger::{Ledger, Narrow, OrderFilter};

use super::failure::Failure;

/// Refuses a server that is not known, and a store, a profile or a channel of which there is no order at all.
pub(super) async fn must_be_there(ledger: &Ledger, filter: &OrderFilter) -> Result<(), Failure> {
    must_be_known(ledger, filter.guild).await?;
    if let Some(unknown) = ledger.no_such_store(filter).await? {
        return Err(Failure::usage(unknown.to_string()));
    }
    for (only, words) in each(filter) {
        if ledger.count_and_sum(&only).await?.count == 0 {
            return Err(Failure::usage(format!(
                "There is no order {words}: check how it is written."
            )));
        }
    }
    Ok(())
}

/// Refuses a server that is named and not known.
pub(super) async fn must_be_known(ledger: &Ledger, named: Option<GuildId>) -> Result<(), Failure> {
    match named {
        Some(guild) if !is_known(ledger, guild, &ledger.known_guilds().await?).await? => {
            Err(Failure::usage(format!(
                "The database knows no server {guild}: check the id after --guild."
            )))
        }
        _ => Ok(()),
    }
}

/// What to say of a server that is named and not known, where others are: a slip would begin a
/// second one. Its first sheet may well come before its first message.
pub(super) async fn newcomer(
    ledger: &Ledger,
    named: Option<GuildId>,
) -> anyhow::Result<Option<String>> {
    let Some(guild) = named else { return Ok(None) };
    let mut known = ledger.known_guilds().await?;
    // Orders of which no import could tell the server are of none.
    known.retain(|guild| *guild != GuildId::default());
    if known.is_empty() || is_known(ledger, guild, &known).await? {
        return Ok(None);
    }
    let others = known.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Ok(Some(format!(
        "the server {guild} is new to the database, which knows {others}: check the id after --guild"
    )))
}

/// Whether a server is one of those that are known. Orders that are of none are there beside those
/// of a server.
async fn is_known(ledger: &Ledger, guild: GuildId, known: &[GuildId]) -> anyhow::Result<bool> {
    if known.contains(&guild) {
        return Ok(true);
    }
    let filter = OrderFilter { guild: Some(guild), ..OrderFilter::default() };
    Ok(ledger.count_and_sum(&filter).await?.count > 0)
}

/// Each name alone, with its words.
fn each(filter: &OrderFilter) -> Vec<(OrderFilter, String)> {
    let guild = filter.guild;
    let of_profile = filter.profile.as_ref().map(|profile| format!("of the profile \"{profile}\""));
    let of_channel = filter.narrow.channel.map(|channel| format!("of the channel {channel}"));
    let all = || OrderFilter { guild, ..OrderFilter::default() };
    let narrow = Narrow { channel: filter.narrow.channel, ..Narrow::default() };
    let parts = [
        (OrderFilter { profile: filter.profile.clone(), ..all() }, of_profile),
        (OrderFilter { narrow, ..all() }, of_channel),
    ];
    parts.into_iter().filter_map(|(only, words)| Some((only, words?))).collect()
}
