//! One batch: from messages to rows.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::Utc;
use sqlx::SqliteConnection;

use super::super::MarkSource;
use super::families::{Derived, FamilyKey, statements_of};
use super::known::ExistingDelivery;
use super::plan::{ChangedOrder, Plan};
use super::{change, families, insert, known};
use crate::ids::{GuildId, MessageId, OrderId};
use crate::ledger::database::time::text_of;
use crate::ledger::model::fold::Statement;
use crate::ledger::model::same_number::partition;
use crate::ledger::people::amendments::{reapply, said_anew};
use crate::ledger::recompute::{
    Cause, Refused, Summary, messages_of, recompute_delivery, recompute_status, sum_up,
};
use crate::order::StatusEmoji;
use crate::reading::Labels;
use crate::verdict::{Prepared, Receipt};

/// Writes a batch. See [`super::super::Ledger::write`].
pub(super) async fn write(
    connection: &mut SqliteConnection,
    messages: &[Prepared],
    labels: &Labels,
    emoji: &StatusEmoji,
) -> sqlx::Result<HashMap<MessageId, Receipt>> {
    let now = text_of(Utc::now());
    let known = known::deliveries(connection, messages).await?;
    let mut receipts = HashMap::new();
    let mut coming = Vec::new();
    for (id, message) in known::newest(messages) {
        match known.get(&id) {
            Some(known) if !known.is_superseded_by(message) => {
                receipts.insert(id, receipt_of_known(message, known));
            }
            known => coming.push((message, known)),
        }
    }
    if coming.is_empty() {
        return Ok(receipts);
    }
    let plan = plan(connection, &coming, labels).await?;
    receipts.extend(store(connection, &coming, plan, emoji, &now).await?);
    Ok(receipts)
}

/// Derives all orders that the batch concerns.
async fn plan(
    connection: &mut SqliteConnection,
    coming: &[(&Prepared, Option<&ExistingDelivery>)],
    labels: &Labels,
) -> sqlx::Result<Plan> {
    let mut plan = Plan { last_id: change::last_order_id(connection).await?, ..Plan::default() };
    let (mut edited, mut forced) = (HashSet::new(), HashSet::new());
    let mut concerned: BTreeMap<FamilyKey, Vec<Statement>> = BTreeMap::new();
    for (message, known) in coming {
        let mut facts = message.facts;
        if let Some(known) = known {
            (facts.received_at, facts.via) = (known.received_at, known.via);
            let parts = change::detach(connection, facts.id).await?;
            plan.previous.note(message, known, &parts);
            for key in parts.into_iter().filter_map(|part| part.family) {
                concerned.entry(key.clone()).or_default();
                edited.insert(key);
            }
        }
        let guild_id = guild_of(message, *known);
        for (number, statement) in statements_of(facts, &message.decision) {
            let key = FamilyKey { guild_id, number };
            if message.forced() {
                forced.insert(key.clone());
            }
            concerned.entry(key).or_default().push(statement);
        }
    }
    plan.previous.missing = known::missing(connection, plan.previous.orders.values()).await?;
    let mut existing = families::find(connection, &concerned).await?;
    let mut concerned: Vec<_> = concerned.into_iter().collect();
    // New orders get their ids in the order of their messages.
    concerned.sort_by_key(|(_, said)| said.iter().map(|statement| statement.message.id).min());
    for (key, statements) in concerned {
        let mut derived = match existing.remove(&key) {
            Some(existing) => {
                let edited = edited.contains(&key);
                families::derive(connection, &key, existing, statements, edited, labels).await?
            }
            None => Derived { partition: partition(statements), ..Derived::default() },
        };
        derived.forced = forced.contains(&key);
        plan.take_in(&key, derived);
    }
    Ok(plan)
}

/// Writes the plan.
async fn store(
    connection: &mut SqliteConnection,
    coming: &[(&Prepared, Option<&ExistingDelivery>)],
    mut plan: Plan,
    emoji: &StatusEmoji,
    now: &str,
) -> sqlx::Result<HashMap<MessageId, Receipt>> {
    let mut summaries = store_deliveries(connection, coming, &plan, emoji).await?;
    // Not only those of the batch: a checkout finds updates that waited for it, with their marks.
    let linked = plan.links.iter().map(|link| link.message_id).collect();
    let marked = known::marked(connection, &linked).await?;
    for link in plan.links.iter().filter(|link| marked.contains(&MessageId(link.message_id))) {
        if let Some(id) = link.order_id {
            let cause = || (MarkSource::Reaction.as_str().to_owned(), Some(link.message_id));
            plan.touched.entry(id).or_insert_with(cause);
        }
    }
    for id in plan.reused {
        change::drop_items(connection, id).await?;
    }
    insert::orders(connection, plan.new, now).await?;
    for ChangedOrder { id, key, state } in &plan.changed {
        let shown = plan.events.iter().any(|event| event.order_id == *id);
        change::order(connection, *id, key, state, shown.then_some(now)).await?;
        change::drop_items(connection, *id).await?;
    }
    if !plan.changed.is_empty() {
        let changed: Vec<i64> = plan.changed.iter().map(|order| order.id).collect();
        said_anew(connection, &changed).await?;
        reapply(connection, &changed).await?;
    }
    insert::items(connection, plan.items).await?;
    insert::links(connection, plan.links).await?;
    insert::events(connection, plan.events, now).await?;
    if !plan.gone.is_empty() {
        let gone: Vec<i64> = plan.gone.iter().map(|order| order.id).collect();
        change::drop_orders(connection, &gone).await?;
    }
    // A message that is only read again does not make the bot ask anew for what was refused.
    let all_forced = coming.iter().all(|(message, _)| message.forced());
    let mut recomputed = HashSet::new();
    for (id, (source, message)) in plan.touched {
        let order = OrderId(id);
        let cause = Cause { source: &source, user: None, message: message.map(MessageId), at: now };
        if recompute_status(connection, order, cause).await?.is_some() {
            recomputed.extend(messages_of(connection, order).await?);
        }
    }
    plan.stale.extend(recomputed.iter().copied());
    for message in plan.stale {
        let is_old = all_forced && !recomputed.contains(&message);
        let refused = if is_old { Refused::Keep } else { Refused::TryAgain };
        if let Some(summary) = recompute_delivery(connection, message, emoji, refused).await? {
            summaries.insert(message, summary);
        }
    }
    Ok(receipts(coming, &mut summaries))
}

async fn store_deliveries(
    connection: &mut SqliteConnection,
    coming: &[(&Prepared, Option<&ExistingDelivery>)],
    plan: &Plan,
    emoji: &StatusEmoji,
) -> sqlx::Result<HashMap<MessageId, Summary>> {
    let parts = plan.parts();
    let mut summaries = HashMap::new();
    let mut new = Vec::new();
    for (message, known) in coming {
        let id = message.facts.id;
        let decided = (message.decision.outcome, message.decision.reason.as_str());
        let parts = parts.get(&id).map(Vec::as_slice).unwrap_or_default();
        let via = known.map_or(message.facts.via, |known| known.via);
        let summary = sum_up(decided, parts, via, emoji);
        summaries.insert(id, summary.clone());
        match known {
            None => new.push((*message, summary)),
            Some(known) => {
                let guild = guild_of(message, Some(known));
                change::delivery(connection, message, guild, &summary).await?;
            }
        }
    }
    insert::deliveries(connection, new).await?;
    Ok(summaries)
}

fn receipts(
    coming: &[(&Prepared, Option<&ExistingDelivery>)],
    summaries: &mut HashMap<MessageId, Summary>,
) -> HashMap<MessageId, Receipt> {
    let receipt = |(message, known): &(&Prepared, Option<&ExistingDelivery>)| {
        let id = message.facts.id;
        let summary = summaries.remove(&id)?;
        let receipt = Receipt {
            message_id: id,
            channel_id: message.facts.channel_id,
            guild_id: guild_of(message, *known),
            outcome: summary.outcome,
            reason: summary.reason,
            orders: summary.orders,
            known: known.is_some_and(|known| known.says_the_same_as(message)),
            had_orders: known.is_some_and(|known| !known.orders.is_empty()),
        };
        Some((id, receipt))
    };
    coming.iter().filter_map(receipt).collect()
}

fn receipt_of_known(message: &Prepared, known: &ExistingDelivery) -> Receipt {
    Receipt {
        message_id: message.facts.id,
        channel_id: message.facts.channel_id,
        guild_id: known.guild_id,
        outcome: known.outcome,
        reason: known.reason.clone(),
        orders: known.orders.clone(),
        known: true,
        had_orders: !known.orders.is_empty(),
    }
}

/// A message stays in the guild where it was first seen; an import may not have known it.
fn guild_of(message: &Prepared, known: Option<&ExistingDelivery>) -> GuildId {
    known.map(|known| known.guild_id).filter(|guild| guild.0 != 0).unwrap_or(message.guild_id)
}
