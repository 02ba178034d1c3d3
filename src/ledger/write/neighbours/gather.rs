//! Gathering what may hang together, in the batch and in the database.

use std::collections::{BTreeMap, HashMap, HashSet};

use sqlx::SqliteConnection;

use super::facts::Facts;
use super::search::{self, Found};
use crate::ids::{GuildId, MessageId};
use crate::ledger::model::fold::Statement;
use crate::ledger::write::families::{Concerned, FamilyKey, Reading};
use crate::ledger::write::kept::statements;

/// A checkout without a number.
#[derive(Debug, Default)]
pub(super) struct Lone {
    /// Absent where its message says nothing of the kind any more, or is not kept.
    pub(super) statement: Option<Statement>,
    /// The order that it is by itself.
    pub(super) row: Option<i64>,
    /// The order's number that it belongs to so far.
    pub(super) joined: Option<FamilyKey>,
    /// Whether a message of the batch is behind it.
    pub(super) is_coming: bool,
}

/// What hangs together.
#[derive(Default)]
pub(super) struct Neighbourhood {
    pub(super) lone: BTreeMap<FamilyKey, Lone>,
    pub(super) numbered: BTreeMap<FamilyKey, Vec<Statement>>,
    pub(super) coming: HashSet<FamilyKey>,
    /// What the messages say that wait for the order of a family.
    pub(super) waiting: HashMap<FamilyKey, Vec<Statement>>,
    /// Of the numbered families who bought, and when.
    pub(super) facts: HashMap<FamilyKey, Facts>,
    /// The numbered families that one of the others may belong to.
    pub(super) near: HashSet<FamilyKey>,
}

impl Neighbourhood {
    pub(super) fn of(
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
    pub(super) async fn widen(
        &mut self,
        connection: &mut SqliteConnection,
        reading: Reading<'_>,
    ) -> sqlx::Result<()> {
        let mut new: Vec<FamilyKey> = self.numbered.keys().cloned().collect();
        let mut asked: HashSet<FamilyKey> = HashSet::new();
        loop {
            let mut facts: BTreeMap<FamilyKey, Facts> =
                new.drain(..).map(|key| (key.clone(), self.facts_of(&key))).collect();
            if !facts.is_empty() {
                let found = search::lone_near(connection, &mut facts).await?;
                self.facts.extend(facts);
                self.add_lone(connection, found, reading).await?;
            }
            let unasked = self.lone.iter().filter(|(key, _)| !asked.contains(*key));
            let mut lone: Vec<(Option<i64>, Facts)> = unasked
                .map(|(key, lone)| (lone.row, Facts::of(key.guild_id, &lone.statement)))
                .collect();
            asked.extend(self.lone.keys().cloned());
            for key in search::numbered_near(connection, &mut lone).await? {
                self.near.insert(key.clone());
                if !self.numbered.contains_key(&key) {
                    self.numbered.insert(key.clone(), Vec::new());
                }
            }
            let unknown = self.numbered.keys().filter(|key| !self.facts.contains_key(*key));
            new.extend(unknown.cloned());
            if new.is_empty() {
                return Ok(());
            }
        }
    }

    /// What the batch's messages say of a family, and those that wait for its order.
    fn facts_of(&self, key: &FamilyKey) -> Facts {
        let coming = self.numbered.get(key).into_iter().flatten();
        let waiting = self.waiting.get(key).into_iter().flatten();
        Facts::of(key.guild_id, coming.chain(waiting))
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
    pub(super) fn leave_out_far(&mut self) {
        let lone = self.lone.iter().map(|(key, lone)| Facts::of(key.guild_id, &lone.statement));
        let lone: Vec<Facts> = lone.collect();
        let homes = self.lone.values().filter_map(|lone| lone.joined.clone());
        self.near.extend(homes);
        let (near, facts) = (&self.near, &self.facts);
        self.numbered.retain(|key, _| {
            let facts = facts.get(key);
            let comes_near = |lone: &Facts| facts.is_some_and(|facts| facts.are_near(lone));
            near.contains(key) || lone.iter().any(comes_near)
        });
    }
}
