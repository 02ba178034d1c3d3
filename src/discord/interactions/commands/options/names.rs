//! Names that are completed while they are typed: stores and profiles.

use serenity::all::CreateAutocompleteResponse;

use crate::discord::interactions::Context;
use crate::discord::interactions::commands::{choices, guild, suggested};

pub(crate) async fn store_names(context: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let Ok(guild) = guild(context) else { return choices(Vec::new()) };
    suggested("stores", context.data().ledger.suggest_stores(guild, typed, 25).await)
}

pub(crate) async fn profile_names(context: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let Ok(guild) = guild(context) else { return choices(Vec::new()) };
    suggested("profiles", context.data().ledger.suggest_profiles(guild, typed, 25).await)
}
