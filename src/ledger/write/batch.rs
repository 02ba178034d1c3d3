//! One batch: from messages to rows.

mod gathered;
mod moved;

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::Utc;
use sqlx::SqliteConnection;

use super::super::MarkSource;
use super::families::{Derived, Reading};
use super::known::ExistingDelivery;
use super::plan::{ChangedOrder, Plan};
use super::{change, families, insert, known, merge, neighbours};
use crate::ids::{GuildId, MessageId, OrderId};
use crate::ledger::database::time::text_of;
use crate::ledger::model::same_number::partition;
use crate::ledger::recompute::books::{self, BookCause, Concerns};
use crate::ledger::recompute::ended::recompute_statuses;
use crate::ledger::recompute::{
    Base, Cause, Refused, Summary, messages_of, reapply, recompute_deliveries, said_anew, sum_up,
    write_state,
};
use crate::order::StatusEmoji;
use crate::reading::Labels;
use crate::verdict::{Prepared, Receipt};
use gathered::Gathered;
use moved::{bought_before, drop_gone, move_what_people_did};

/// Writes a batch. See [`super::super::Ledger::write`].
pub(super) async fn write(
    connection: &mut SqliteConnection,
    messages: &[Prepared],
    labels: &Labels,
    emoji: &StatusEmoji,
) -> sqlx::Result<HashMap<MessageId, Receipt>> {
    let now = text_of(Utc::now());
    let known = known::deliveries(connection, messages).await?;
    let newest = known::newest(messages);
    let continued = known::continued::continued(messages, &newest, &known, labels);
    let mut receipts = HashMap::new();
    let mut coming = Vec::new();
    for (id, message) in newest {
        match (continued.get(&id), known.get(&id)) {
            (Some(continued), known) => coming.push((continued, known)),
            (None, Some(known))
                if known.keeps_its_orders(message) || !known.is_superseded_by(message) =>
            {
                receipts.insert(id, receipt_of_known(message, known));
            }
            (None, known) => coming.push((message, known)),
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
    let holds = change::holds(connection).await?;
    let mut plan = Plan::behind(holds.last_order_id);
    let reading = Reading { labels, has_corrections: holds.corrections };
    let mut batch = Gathered::of(connection, coming, &mut plan, reading).await?;
    plan.previous.missing = known::missing(connection, plan.previous.orders.values()).await?;
    batch.find_lone(connection, &plan.previous).await?;
    let mut existing = families::find(connection, batch.concerned.keys()).await?;
    let mut all = Vec::new();
    if holds.unnumbered || batch.concerned.keys().any(|key| key.number().is_none()) {
        let Gathered { concerned, detached, .. } = &mut batch;
        all = neighbours::derive(connection, concerned, detached, &existing, reading).await?;
    }
    for (key, statements) in std::mem::take(&mut batch.concerned) {
        let existing = batch.existing(&key, &mut existing);
        let derived = match existing {
            Some(existing) => {
                let edited = batch.edited.contains(&key);
                families::derive(connection, &key, existing, statements, edited, reading).await?
            }
            None => Derived { partition: partition(statements), ..Derived::default() },
        };
        all.push((key, derived));
    }
    // New orders get their ids in the order of their messages.
    all.sort_by(|(key, one), (other_key, other)| {
        (one.first_message(), key).cmp(&(other.first_message(), other_key))
    });
    for (key, mut derived) in all {
        derived.forced = batch.forced.contains(&key);
        plan.take_in(&key, derived);
    }
    let rebuilt = if holds.merged { plan.rebuilt_messages() } else { BTreeSet::new() };
    let merged = if rebuilt.is_empty() {
        HashMap::new()
    } else {
        merge::merged_by(connection, &rebuilt).await?
    };
    plan.settle(&merged);
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
            plan.stale.insert(MessageId(link.message_id));
        }
    }
    for id in std::mem::take(&mut plan.reused) {
        change::drop_items(connection, id).await?;
    }
    let has_sheets = books::any(connection).await?;
    let were = if has_sheets { bought_before(connection, &plan).await? } else { Vec::new() };
    let mut concerned: BTreeSet<i64> = plan.new.iter().map(|order| order.id).collect();
    concerned.extend(plan.changed.iter().map(|order| order.id));
    insert::orders(connection, std::mem::take(&mut plan.new), now).await?;
    for ChangedOrder { id, key, state } in &plan.changed {
        let shown = plan.events.iter().any(|event| event.order_id == *id);
        let of = (key.guild_id.0, key.number());
        write_state(connection, *id, of, state, shown.then_some(now)).await?;
        change::drop_items(connection, *id).await?;
    }
    insert::items(connection, std::mem::take(&mut plan.items)).await?;
    concerned.extend(move_what_people_did(connection, &mut plan).await?);
    let mut amended: Vec<i64> = plan.changed.iter().map(|order| order.id).collect();
    if !amended.is_empty() {
        said_anew(connection, &amended).await?;
    }
    amended.extend(plan.homes.iter().map(|(_, order)| *order));
    if !amended.is_empty() {
        reapply(connection, &amended).await?;
    }
    // An order that a message without a number is a part of takes no other purchase in.
    let taken = plan.links.iter().filter(|link| link.unnumbered_at.is_some());
    concerned.extend(taken.filter_map(|link| link.order_id));
    insert::links(connection, std::mem::take(&mut plan.links)).await?;
    insert::events(connection, std::mem::take(&mut plan.events), now).await?;
    concerned.extend(drop_gone(connection, &mut plan, has_sheets).await?);
    // A message that is only read again does not make the bot ask anew for what was refused.
    let all_forced = coming.iter().all(|(message, _)| message.forced());
    let mut recomputed = HashSet::new();
    if has_sheets && !concerned.is_empty() {
        let told = plan.changed.iter().map(|order| order.id).collect();
        let cause = BookCause { batch: None, user: None, at: now };
        // Rare, and large: what is always there stays small.
        let concerns = Concerns { orders: concerned, told, were, ..Concerns::default() };
        let projected = Box::pin(books::project(connection, concerns, cause));
        let projected = projected.await?;
        recomputed.extend(messages_of(connection, &projected).await?);
    }
    for (id, (source, message)) in plan.touched {
        let order = OrderId(id);
        let cause = Cause { source: &source, user: None, message: message.map(MessageId), at: now };
        if !recompute_statuses(connection, &[order], cause).await?.is_empty() {
            recomputed.extend(messages_of(connection, &[order]).await?);
        }
    }
    plan.stale.extend(recomputed.iter().copied());
    let (old, new): (Vec<MessageId>, Vec<MessageId>) =
        plan.stale.into_iter().partition(|message| all_forced && !recomputed.contains(message));
    for (messages, refused) in [(old, Refused::Keep), (new, Refused::TryAgain)] {
        summaries.extend(recompute_deliveries(connection, &messages, emoji, refused).await?);
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
        let parts = parts.get(&id).map(Vec::as_slice).unwrap_or_default();
        let base = Base {
            outcome: message.decision.outcome,
            reason: &message.decision.reason,
            via: known.map_or(message.facts.via, |known| known.via),
            is_doubtful: message.decision.is_doubtful,
        };
        let summary = sum_up(base, parts, emoji);
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
            new_orders: summary.new_orders,
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
        new_orders: 0,
        known: true,
        had_orders: !known.orders.is_empty(),
    }
}

/// A message stays in the guild where it was first seen; an import may not have known it.
fn guild_of(message: &Prepared, known: Option<&ExistingDelivery>) -> GuildId {
    known.map(|known| known.guild_id).filter(|guild| guild.0 != 0).unwrap_or(message.guild_id)
}
