//! What the messages of a batch speak of, and spoke of before.

use std::collections::{HashMap, HashSet};

use sqlx::SqliteConnection;

use super::guild_of;
use crate::ids::MessageId;
use crate::ledger::model::fold::corrected::Corrections;
use crate::ledger::recompute::books::awaiting_message;
use crate::ledger::recompute::corrections_of;
use crate::ledger::write::change::{self, Detached};
use crate::ledger::write::families::{Concerned, Existing, FamilyKey, Reading};
use crate::ledger::write::kept::statements_of;
use crate::ledger::write::known::{self, ExistingDelivery};
use crate::ledger::write::plan::Plan;
use crate::ledger::write::plan::previous_orders::PreviousOrders;
use crate::verdict::Prepared;

/// What the messages of a batch speak of, now and before.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) concerned: Concerned,
    pub(super) edited: HashSet<FamilyKey>,
    pub(super) forced: HashSet<FamilyKey>,
    /// By message and position the order that it spoke of, and its family.
    pub(super) detached: HashMap<(MessageId, i64), (i64, Option<FamilyKey>)>,
}

impl Gathered {
    pub(super) async fn of(
        connection: &mut SqliteConnection,
        coming: &[(&Prepared, Option<&ExistingDelivery>)],
        plan: &mut Plan,
        reading: Reading<'_>,
    ) -> sqlx::Result<Self> {
        let mut gathered = Self::default();
        let known = coming.iter().filter(|(_, known)| known.is_some());
        let known: Vec<MessageId> = known.map(|(message, _)| message.facts.id).collect();
        // A message that comes for the first time was never corrected.
        let corrections = if reading.has_corrections && !known.is_empty() {
            corrections_of(connection, &known).await?
        } else {
            Corrections::default()
        };
        for (message, known) in coming {
            let mut facts = message.facts;
            if let Some(known) = known {
                (facts.received_at, facts.via) = (known.received_at, known.via);
                let parts = change::detach(connection, facts.id).await?;
                plan.previous.note(message, known, &parts);
                gathered.detach(facts.id, parts);
            }
            let guild_id = guild_of(message, *known);
            for statement in statements_of(facts, &message.decision, &corrections) {
                let key = FamilyKey::of(guild_id, &statement);
                if message.forced() {
                    gathered.forced.insert(key.clone());
                }
                gathered.concerned.entry(key).or_default().push(statement);
            }
        }
        Ok(gathered)
    }

    fn detach(&mut self, message: MessageId, parts: Vec<Detached>) {
        for Detached { position, order_id, family } in parts {
            if let Some(key) = &family {
                self.concerned.entry(key.clone()).or_default();
                self.edited.insert(key.clone());
            }
            if let Some(order) = order_id {
                self.detached.insert((message, position), (order, family));
            }
        }
    }

    /// Finds the orders without a number whose links are gone, since their deliveries still list them, and those that
    /// a sheet has announced before their message came.
    pub(super) async fn find_lone(
        &mut self,
        connection: &mut SqliteConnection,
        previous: &PreviousOrders,
    ) -> sqlx::Result<()> {
        let mut orders = HashMap::new();
        for key in self.concerned.keys() {
            let part = key.lone().filter(|part| !self.detached.contains_key(part));
            let order =
                part.and_then(|part| Some((*previous.orders.get(&part)?, (part, key.clone()))));
            orders.extend(order);
        }
        for order in known::without_number(connection, orders.keys()).await? {
            if let Some((part, key)) = orders.remove(&order) {
                self.detached.insert(part, (order, Some(key)));
            }
        }
        self.find_of_sheets(connection).await
    }

    async fn find_of_sheets(&mut self, connection: &mut SqliteConnection) -> sqlx::Result<()> {
        let lone = self.concerned.keys().filter_map(|key| Some((key.lone()?, key.clone())));
        let lone: Vec<_> = lone.filter(|(part, _)| !self.detached.contains_key(part)).collect();
        for (part, key) in lone {
            let named = (part.0.0, part.1);
            if let Some(order) = awaiting_message(connection, key.guild_id.0, named).await? {
                self.detached.insert(part, (order, Some(key)));
            }
        }
        Ok(())
    }

    /// What there is of a family: the orders of its number, or the one that a message was by itself.
    pub(super) fn existing(
        &self,
        key: &FamilyKey,
        numbered: &mut HashMap<FamilyKey, Existing>,
    ) -> Option<Existing> {
        let Some(part) = key.lone() else { return numbered.remove(key) };
        let (order, family) = self.detached.get(&part)?;
        let is_own = family.as_ref() == Some(key);
        is_own.then(|| Existing { order_ids: vec![*order], waiting: Vec::new() })
    }
}
