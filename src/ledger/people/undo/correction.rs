//! Taking a correction back.

use std::collections::BTreeSet;

use anyhow::Context;
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use super::acts::Act;
use crate::ids::{GuildId, MessageId, OrderId};
use crate::ledger::Ledger;
use crate::ledger::people::corrections::order_of;
use crate::ledger::people::renumbered::numbered;
use crate::ledger::recompute::books::{
    self, BookCause, mean_no_other, move_names, names_of, ordered_at,
};
use crate::ledger::recompute::merged::{homes_in, move_home};
use crate::ledger::recompute::reapply;
use crate::ledger::write::{part, read_again};
use crate::reading::Labels;

/// A part of a message that a correction speaks of.
struct CorrectedPart {
    id: i64,
    message_id: i64,
    position: i64,
    kind: String,
    /// When another correction took its place; absent: it holds.
    replaced_at: Option<String>,
}

/// Takes the corrections back that a person made to an order in one act, and reads their messages again. Gives the
/// order that they are of by then; `None`: their messages are kept no longer.
pub(super) async fn take_back(
    ledger: &Ledger,
    connection: &mut SqliteConnection,
    act: &Act,
    (guild, now): (GuildId, &str),
    labels: &Labels,
) -> anyhow::Result<Option<OrderId>> {
    let (user, made_at) = (act.user, act.at.as_str());
    let own = take(connection, guild, act, now).await?;
    let parts = query_as!(
        CorrectedPart,
        r#"SELECT id AS "id!", message_id AS "message_id!", position AS "position!", kind, undone_at AS replaced_at
           FROM corrections WHERE guild_id = ? AND user_id = ? AND made_at = ? AND message_id IS NOT NULL
           ORDER BY id"#,
        guild.0,
        user,
        made_at
    );
    let parts = parts.fetch_all(&mut *connection).await.context("find corrections to take back")?;
    for part in &parts {
        take_out(connection, part, made_at, now).await.context("take a correction back")?;
    }
    let mut messages: BTreeSet<MessageId> =
        parts.iter().map(|part| MessageId(part.message_id)).collect();
    if let Some(order) = own {
        messages.extend(messages_of(connection, order).await?);
    }
    let messages: Vec<MessageId> = messages.into_iter().collect();
    if !read_again(connection, &messages, labels, &ledger.emoji).await? {
        return Ok(None);
    }
    let spoken_of = parts.iter().map(|part| (MessageId(part.message_id), part.position));
    let spoken_of = order_of(connection, spoken_of).await?;
    let Some(order) = own.or(spoken_of) else { return Ok(None) };
    if act.column != "order_number" {
        return Ok(Some(order));
    }
    ledger.unsettle(connection, (guild, order), act, now).await?;
    // Its sheet may have been undone while it was a part of the other one.
    let is_there = numbered(connection, (guild, order)).await?.is_some();
    Ok(Some(if is_there { order } else { act.order }))
}

/// The correction before holds again, or does so once the one that took the place of this one is taken back.
async fn take_out(
    connection: &mut SqliteConnection,
    part: &CorrectedPart,
    made_at: &str,
    now: &str,
) -> sqlx::Result<()> {
    query!("UPDATE corrections SET undone_at = ? WHERE id = ?", now, part.id)
        .execute(&mut *connection)
        .await?;
    query!(
        "UPDATE corrections SET undone_at = ?
         WHERE message_id = ? AND position = ? AND kind = ? AND undone_at = ? AND id < ?",
        part.replaced_at,
        part.message_id,
        part.position,
        part.kind,
        made_at,
        part.id
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes the number back that a person gave to an order without a checkout at this time. Gives the order, which is
/// one of its own again. `None`: nobody gave such a number then.
async fn take(
    connection: &mut SqliteConnection,
    guild: GuildId,
    act: &Act,
    now: &str,
) -> anyhow::Result<Option<OrderId>> {
    let (user, made_at) = (act.user, act.at.as_str());
    let given = query!(
        r#"UPDATE corrections SET undone_at = ?
           WHERE guild_id = ? AND user_id = ? AND made_at = ? AND undone_at IS NULL
               AND order_id IS NOT NULL AND kind = 'number'
           RETURNING order_id AS "order_id!", said, home_id"#,
        now,
        guild.0,
        user,
        made_at
    );
    let given = given.fetch_optional(&mut *connection).await.context("take a number back")?;
    let Some(given) = given else { return Ok(None) };
    let (order, number) = (given.home_id.unwrap_or(given.order_id), given.said);
    if given.home_id.is_some() {
        part_again(connection, (guild.0, number), (given.order_id, order), (act, now)).await?;
    } else {
        query!("UPDATE orders SET order_number = ? WHERE id = ?", number, order)
            .execute(&mut *connection)
            .await
            .context("give an order its number again")?;
    }
    query!(
        "UPDATE corrections SET undone_at = NULL
         WHERE order_id = ? AND kind = 'number' AND undone_at = ? AND made_at <> ?",
        order,
        made_at,
        made_at
    )
    .execute(connection)
    .await
    .context("let the number before hold again")?;
    Ok(Some(OrderId(order)))
}

/// Makes an order again that became a part of another one; its rows fill it in.
async fn part_again(
    connection: &mut SqliteConnection,
    (guild, number): (i64, Option<String>),
    (joined, order): (i64, i64),
    (act, now): (&Act, &str),
) -> anyhow::Result<()> {
    // By its time it is found beside others that may be the same purchase.
    let ordered_at = ordered_at(connection, (guild, &act.names)).await;
    let ordered_at = ordered_at.context("read when an order was bought")?;
    let ordered_at = ordered_at.unwrap_or_else(|| now.to_owned());
    query!(
        "INSERT INTO orders (id, guild_id, order_number, store_key, status, said_status, ordered_at, created_at,
             updated_at, source, quantity, total_stated, quantity_stated)
         VALUES (?1, ?2, ?3, '', 'verified', 'verified', ?5, ?4, ?4, 'sheet', 1, 0, 0)",
        order,
        guild,
        number,
        now,
        ordered_at
    )
    .execute(&mut *connection)
    .await
    .context("part two orders")?;
    let names = (guild, act.names.as_slice());
    move_names(connection, names, (joined, order)).await.context("part two orders")?;
    // What has parted from them since is no part of it any more.
    for home in homes_in(connection, joined).await.context("part two orders")? {
        if act.homes.contains(&home) {
            move_home(connection, home, order).await.context("part two orders")?;
        }
    }
    part(connection, order, order).await.context("part two orders")?;
    reapply(connection, &[joined, order]).await.context("part two orders")?;
    Ok(())
}

/// The messages that speak of an order.
async fn messages_of(
    connection: &mut SqliteConnection,
    order: OrderId,
) -> anyhow::Result<Vec<MessageId>> {
    let messages = query_scalar!(
        r#"SELECT DISTINCT message_id AS "message_id!" FROM order_messages WHERE order_id = ?"#,
        order.0
    );
    let messages = messages.fetch_all(connection).await.context("find the messages of an order")?;
    Ok(messages.into_iter().map(MessageId).collect())
}

impl Ledger {
    /// Lets the rows that name a number mean the order that has it again.
    async fn unsettle(
        &self,
        connection: &mut SqliteConnection,
        (guild, order): (GuildId, OrderId),
        act: &Act,
        now: &str,
    ) -> anyhow::Result<()> {
        if !books::any(connection).await.context("look for sheets")? {
            return Ok(());
        }
        let again = numbered(connection, (guild, order)).await?;
        // A checkout may have announced the order by the other number since: then it is not that of its rows.
        let is_other = again.as_ref().is_some_and(|again| again.has_message);
        let mut own: BTreeSet<String> = act.before.clone().into_iter().collect();
        own.extend(again.and_then(|again| again.number));
        if is_other {
            // What has parted from it since has its own names.
            let names =
                names_of(connection, order.0).await.context("read how rows name an order")?;
            own.extend(names.into_iter().filter(|name| act.names.contains(name)));
        }
        for number in &own {
            let kept = mean_no_other(connection, (guild.0, number)).await;
            kept.context("let rows name an order by its number")?;
        }
        let numbers = own.into_iter().chain(act.after.clone()).collect();
        let cause = BookCause { batch: None, user: Some(act.user), at: now };
        if is_other {
            // Before its rows make an order of their own: as long as it shows what they say, it looks like theirs.
            self.bring_in_line(connection, &BTreeSet::from([order.0]), cause).await?;
        }
        self.follow_numbers(connection, (guild, &[order, act.order]), numbers, cause).await
    }
}
