//! Checkouts without an order number and the orders that they may belong to: all that may hang together
//! is gathered, and [`joining`] says what belongs where.
//!
//! Nothing of this happens in a ledger without such checkouts.

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
use search::{Found, Probe, Seen};

/// A checkout without a number.
#[derive(Debug, Default)]
struct Lone {
    /// Absent where its message says nothing of the kind any more, or is not kept.
    statement: Option<Statement>,
    /// The order that it is by itself.
    row: Option<i64>,
    /// The order's number that it belongs to so far.
    joined: Option<FamilyKey>,
    /// Whether a message of the batch is behind it.
    is_coming: bool,
}

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

/// What hangs together.
#[derive(Default)]
struct Neighbourhood {
    lone: BTreeMap<FamilyKey, Lone>,
    numbered: BTreeMap<FamilyKey, Vec<Statement>>,
    coming: HashSet<FamilyKey>,
    /// The numbered families that one of the others may belong to.
    near: HashSet<FamilyKey>,
}

/// Derives all families that a checkout without a number may have to do with, and takes them out of
/// `concerned`. `detached`: what the parts of the batch's messages spoke of.
pub(super) async fn derive(
    connection: &mut SqliteConnection,
    concerned: &mut Concerned,
    detached: &HashMap<(MessageId, i64), (i64, Option<FamilyKey>)>,
    reading: Reading<'_>,
) -> sqlx::Result<Vec<(FamilyKey, Derived)>> {
    let mut near = Neighbourhood::of(concerned, detached);
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
    fn of(
        concerned: &Concerned,
        detached: &HashMap<(MessageId, i64), (i64, Option<FamilyKey>)>,
    ) -> Self {
        let mut near = Self::default();
        for (key, statements) in concerned {
            near.coming.insert(key.clone());
            let Some(part) = key.lone() else {
                near.numbered.insert(key.clone(), statements.clone());
                continue;
            };
            let statement = statements.last().cloned();
            let mut lone = Lone { statement, is_coming: true, ..Lone::default() };
            match detached.get(&part) {
                Some((_, Some(home))) if home.number().is_some() => {
                    lone.joined = Some(home.clone());
                }
                Some((row, Some(own))) if own == key => lone.row = Some(*row),
                _ => {}
            }
            near.lone.insert(key.clone(), lone);
        }
        near
    }

    /// Gathers what may hang together with what is there, until there is nothing new.
    async fn widen(
        &mut self,
        connection: &mut SqliteConnection,
        reading: Reading<'_>,
    ) -> sqlx::Result<()> {
        let mut seen = Seen::default();
        loop {
            let numbered = self.numbered.iter().map(|(key, said)| (key, said.as_slice()));
            let found = search::lone_near(connection, numbered, &mut seen).await?;
            self.add_lone(connection, found, reading).await?;
            let probes = self.lone.iter().filter_map(|(key, lone)| lone.probe(key.guild_id));
            let rows = self.lone.values().filter_map(|lone| lone.row);
            let found = search::numbered_near(connection, probes, rows, &mut seen).await?;
            let known = self.numbered.len();
            for key in found {
                self.numbered.entry(key.clone()).or_default();
                self.near.insert(key);
            }
            if self.numbered.len() == known {
                return Ok(());
            }
        }
    }

    async fn add_lone(
        &mut self,
        connection: &mut SqliteConnection,
        found: Vec<Found>,
        reading: Reading<'_>,
    ) -> sqlx::Result<()> {
        let is_new = |found: &Found| !self.lone.contains_key(&found.key);
        let new: Vec<Found> = found.into_iter().filter(is_new).collect();
        let mut by_guild: BTreeMap<GuildId, Vec<MessageId>> = BTreeMap::new();
        for found in &new {
            let messages = by_guild.entry(found.key.guild_id).or_default();
            messages.extend(found.key.lone().map(|(message, _)| message));
        }
        let mut said: HashMap<FamilyKey, Statement> = HashMap::new();
        for (guild, messages) in by_guild {
            // One by one: a message that is kept no longer says nothing of the others.
            for message in messages {
                let read = statements(connection, guild, &[message], reading).await?;
                let read = read.unwrap_or_default().into_iter();
                said.extend(read.map(|statement| (FamilyKey::of(guild, &statement), statement)));
            }
        }
        for Found { key, row, joined } in new {
            let Some(statement) = said.remove(&key) else { continue };
            let row = row.filter(|_| joined.is_none());
            if let Some(home) = &joined {
                self.numbered.entry(home.clone()).or_default();
                self.near.insert(home.clone());
            }
            let lone = Lone { statement: Some(statement), row, joined, is_coming: false };
            self.lone.insert(key, lone);
        }
        Ok(())
    }

    /// Families of the batch that no checkout without a number comes near are derived as ever.
    fn leave_out_far(&mut self) {
        let lone = self.lone.iter().filter_map(|(key, lone)| lone.probe(key.guild_id));
        let lone: Vec<Probe> = lone.collect();
        let homes = self.lone.values().filter_map(|lone| lone.joined.clone());
        self.near.extend(homes);
        let near = &self.near;
        self.numbered.retain(|key, said| {
            let mut said = said.iter().filter_map(|statement| Probe::of(key.guild_id, statement));
            near.contains(key) || said.any(|probe| lone.iter().any(|lone| lone.is_near(&probe)))
        });
    }

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

impl Lone {
    /// Where and when its order may be.
    fn probe(&self, guild: GuildId) -> Option<Probe> {
        Probe::of(guild, self.statement.as_ref()?)
    }
}
