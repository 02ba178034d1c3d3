//! What a command is confined to must be there: figures of nothing would look like an answer, and a file of
//! nothing would take the place of a good one.

use refract_ledger::ledger::{Ledger, Narrow, OrderFilter};

use super::failure::Failure;

/// Refuses a server that is not known, and a store, a profile or a channel of which there is no order at all.
pub(super) async fn must_be_there(ledger: &Ledger, filter: &OrderFilter) -> Result<(), Failure> {
    // Sheets may have been brought of a server before its first order comes; orders that are of none are there beside
    // those of a server.
    if let Some(guild) = filter.guild
        && !ledger.known_guilds().await?.contains(&guild)
        && ledger
            .count_and_sum(&OrderFilter { guild: Some(guild), ..OrderFilter::default() })
            .await?
            .count
            == 0
    {
        return Err(Failure::usage(format!(
            "The database knows no server {guild}: check the id after --guild."
        )));
    }
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
