//! Names of stores and profiles, as they are typed.

use serenity::all::CreateAutocompleteResponse;

use crate::discord::interactions::{Context, commands};

/// Names of stores that fit what is typed.
pub(crate) async fn store_names(context: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let Ok(guild) = commands::guild(context) else { return commands::choices(Vec::new()) };
    commands::suggested("stores", context.data().ledger.suggest_stores(guild, typed, 25).await)
}

/// Names of profiles that fit what is typed.
pub(crate) async fn profile_names(context: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let Ok(guild) = commands::guild(context) else { return commands::choices(Vec::new()) };
    commands::suggested("profiles", context.data().ledger.suggest_profiles(guild, typed, 25).await)
}
