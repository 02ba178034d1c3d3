//! Checkouts without an order number and the orders that they may belong to: all that may hang together
//! is gathered, and [`joining`] says what belongs where.
//!
//! Nothing of this happens in a ledger without such checkouts.

mod facts;
mod gather;
mod search;

use std::collections::{BTreeMap, HashMap, HashSet};

use sqlx::SqliteConnection;

use super::families::{
    self, Before, Concerned, Derived, Existing, FamilyKey, Reading, before, rebuild,
};
use super::kept::{Kept, kept_statements, links, statements};
use crate::ids::{GuildId, MessageId};
use crate::ledger::model::fold::{OrderState, Statement};
use crate::ledger::model::same_number::{joining, partition};
use gather::{Lone, Neighbourhood};

/// The orders of a number, and what they are without those that have none.
struct Family {
    existing: Existing,
    before: Vec<Before>,
    kept: Kept,
    coming: Vec<Statement>,
    is_coming: bool,
    states: Vec<OrderState>,
    joined: Vec<Statement>,
}

/// Derives all families that a checkout without a number may have to do with, and takes them out of
/// `concerned`. `detached`: what the parts of the batch's messages spoke of. `existing`: what there is of
/// the families of the batch.
pub(super) async fn derive(
    connection: &mut SqliteConnection,
    concerned: &mut Concerned,
    detached: &HashMap<(MessageId, i64), (i64, Option<FamilyKey>)>,
    existing: &HashMap<FamilyKey, Existing>,
    reading: Reading<'_>,
) -> sqlx::Result<Vec<(FamilyKey, Derived)>> {
    let mut near = Neighbourhood::of(concerned, detached);
    for (key, existing) in existing.iter().filter(|(_, existing)| !existing.waiting.is_empty()) {
        let waiting = statements(connection, key.guild_id, &existing.waiting, reading).await?;
        let of_family = waiting.unwrap_or_default().into_iter();
        let of_family = of_family.filter(|said| FamilyKey::of(key.guild_id, said) == *key);
        near.waiting.insert(key.clone(), of_family.collect());
    }
    near.widen(connection, reading).await?;
    if near.lone.is_empty() {
        return Ok(Vec::new());
    }
    near.leave_out_far();
    let mut families = near.families(connection, reading).await?;
    near.lone.retain(|_, lone| {
        // What stands without its messages stays as it is.
        let home = lone.joined.as_ref().and_then(|key| families.get(key));
        lone.is_coming || home.is_none_or(|home| home.kept.statements.is_some())
    });
    let homes = near.join(&mut families);
    for key in families.keys().chain(near.lone.keys()) {
        concerned.remove(key);
    }
    let mut derived = Vec::new();
    for (key, lone) in &near.lone {
        let joins = homes.get(key);
        if let Some(one) = derive_lone(connection, key, lone, joins).await? {
            derived.push((key.clone(), one));
        }
    }
    let was_joined = |key: &FamilyKey| -> HashSet<&FamilyKey> {
        let lone = near.lone.iter().filter(|(_, lone)| lone.joined.as_ref() == Some(key));
        lone.map(|(lone, _)| lone).collect()
    };
    for (key, family) in families {
        let is_joined = homes.iter().filter(|(_, home)| **home == key).map(|(lone, _)| lone);
        if family.is_coming || was_joined(&key) != is_joined.collect() {
            derived.push((key.clone(), family.derive(connection, &key).await?));
        }
    }
    Ok(derived)
}

/// What a checkout without a number becomes by itself. `None`: nothing changes.
async fn derive_lone(
    connection: &mut SqliteConnection,
    key: &FamilyKey,
    lone: &Lone,
    joins: Option<&FamilyKey>,
) -> sqlx::Result<Option<Derived>> {
    let changes = match joins {
        // The order that it was by itself becomes a part of the other.
        Some(_) => lone.row.is_some(),
        None => lone.is_coming || lone.joined.is_some(),
    };
    if !changes {
        return Ok(None);
    }
    let existing = Existing { order_ids: lone.row.into_iter().collect(), waiting: Vec::new() };
    let before = before(connection, key, &existing).await?;
    let links = links(connection, &existing).await?;
    let kept = Kept { statements: Some(Vec::new()), links };
    let alone = lone.statement.clone().filter(|_| joins.is_none());
    let said = alone.into_iter().collect();
    rebuild(connection, key, &existing, before, kept, said).await.map(Some)
}

impl Family {
    async fn derive(
        self,
        connection: &mut SqliteConnection,
        key: &FamilyKey,
    ) -> sqlx::Result<Derived> {
        let said = [self.coming, self.joined].concat();
        rebuild(connection, key, &self.existing, self.before, self.kept, said).await
    }
}

impl Neighbourhood {
    /// The orders with a number, as their own messages make them.
    async fn families(
        &mut self,
        connection: &mut SqliteConnection,
        reading: Reading<'_>,
    ) -> sqlx::Result<BTreeMap<FamilyKey, Family>> {
        let mut found = families::find(connection, self.numbered.keys()).await?;
        let mut all = BTreeMap::new();
        for (key, coming) in std::mem::take(&mut self.numbered) {
            let existing = found.remove(&key).unwrap_or_default();
            let before = before(connection, &key, &existing).await?;
            let kept = kept_statements(connection, &key, &existing, reading).await?;
            let states = match &kept.statements {
                Some(said) => {
                    let groups = partition([said.clone(), coming.clone()].concat()).groups;
                    groups.into_iter().map(|group| group.state).collect()
                }
                None => before.iter().map(|order| order.state.clone()).collect(),
            };
            let is_coming = self.coming.contains(&key);
            let joined = Vec::new();
            let family = Family { existing, before, kept, coming, is_coming, states, joined };
            all.insert(key, family);
        }
        Ok(all)
    }

    /// Says which order each checkout without a number belongs to, and hands it there.
    fn join(&self, families: &mut BTreeMap<FamilyKey, Family>) -> HashMap<FamilyKey, FamilyKey> {
        let guilds: HashSet<GuildId> = self.lone.keys().map(|key| key.guild_id).collect();
        let mut homes = HashMap::new();
        for guild in guilds {
            let lone = self.lone.iter().filter(|(key, _)| key.guild_id == guild);
            let (keys, said): (Vec<_>, Vec<_>) =
                lone.filter_map(|(key, lone)| Some((key, lone.statement.clone()?))).unzip();
            let of_guild = families.iter().filter(|(key, _)| key.guild_id == guild);
            let (owners, states): (Vec<_>, Vec<_>) = of_guild
                .flat_map(|(key, family)| family.states.iter().map(move |state| (key, state)))
                .unzip();
            let joins = joining::join(&said, &states);
            let mut joined = Vec::new();
            for ((lone, statement), place) in keys.into_iter().zip(said).zip(joins) {
                let home = place.and_then(|place| Some((*owners.get(place)?, *states.get(place)?)));
                let Some((home, state)) = home else { continue };
                let store = Some(state.store_key.clone());
                joined.push((home.clone(), Statement { joined: store, ..statement }));
                homes.insert(lone.clone(), home.clone());
            }
            for (home, statement) in joined {
                if let Some(family) = families.get_mut(&home) {
                    family.joined.push(statement);
                }
            }
        }
        homes
    }
}
