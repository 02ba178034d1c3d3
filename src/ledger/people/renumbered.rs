//! The number of an order that a person gives it where no checkout says one, and what rows of sheets that name the
//! number before mean then.

use std::collections::BTreeSet;

use anyhow::Context;
use sqlx::{SqliteConnection, query};

use super::corrections::CorrectRequest;
use crate::ids::{GuildId, OrderId};
use crate::ledger::model::books::matching::{Match, matching};
use crate::ledger::model::store_key::StoreKey;
use crate::ledger::recompute::books::{
    self, BookCause, families, is_announced_by, mean, move_names, names_of,
};
use crate::ledger::recompute::merged::{homes_in, move_to};
use crate::ledger::recompute::{Cause, reapply};
use crate::ledger::{Ledger, MarkSource};

/// An order before it gets another number.
pub(super) struct Numbered {
    pub(super) number: Option<String>,
    store_key: String,
    /// Whether a checkout message announces it, which says its number.
    pub(super) has_message: bool,
}

/// The order, where there is such a one in the guild.
pub(super) async fn numbered(
    connection: &mut SqliteConnection,
    (guild, order): (GuildId, OrderId),
) -> anyhow::Result<Option<Numbered>> {
    let row = query!(
        r#"SELECT order_number, store_key, message_id IS NOT NULL AS "has_message!: bool" FROM orders
           WHERE id = ? AND guild_id = ?"#,
        order.0,
        guild.0
    );
    let row = row.fetch_optional(connection).await.context("read an order to correct")?;
    Ok(row.map(|row| Numbered {
        number: row.order_number,
        store_key: row.store_key,
        has_message: row.has_message,
    }))
}

/// What came of giving an order a number before its messages are read again.
pub(super) struct Given {
    /// The order that has the number by now.
    pub(super) order: OrderId,
    /// How rows name it beside its number.
    pub(super) names: Vec<String>,
    /// The orders that were parts of it when it became a part of another one.
    pub(super) homes: Vec<i64>,
}

/// Gives an order a number: its row where no checkout announces it, else rows alone, since the messages are read
/// again. `None`: several orders may be meant.
pub(super) async fn give(
    connection: &mut SqliteConnection,
    request: &CorrectRequest,
    (before, number): (&Numbered, &str),
    now: &str,
) -> anyhow::Result<Option<Given>> {
    let (guild, own) = (request.guild.0, request.order.0);
    let (mut names, mut homes) = (Vec::new(), Vec::new());
    let previous = before.number.as_deref().map(|previous| (guild, previous));
    if let Some(previous) = previous
        && is_announced_by(connection, previous, own).await.context("look who names an order")?
    {
        if !mean(connection, previous, own).await.context("keep how rows name an order")? {
            return Ok(None);
        }
        names.push(previous.1.to_owned());
    }
    if before.has_message {
        return Ok(Some(Given { order: request.order, names, homes }));
    }
    names = names_of(connection, own).await.context("read how rows name an order")?;
    let Some(home) = home_of(connection, (request, before), number).await? else {
        return Ok(None);
    };
    if home == own {
        query!("UPDATE orders SET order_number = ? WHERE id = ?", number, own)
            .execute(&mut *connection)
            .await
            .context("give an order a number")?;
    } else {
        homes = homes_in(connection, own).await.context("join two orders")?;
        move_names(connection, (guild, &names), (own, home)).await.context("join two orders")?;
        move_to(connection, own, home).await.context("join two orders")?;
        reapply(connection, &[home]).await.context("join two orders")?;
    }
    note(connection, request, (before, number), home, now).await.context("keep a number")?;
    Ok(Some(Given { order: OrderId(home), names, homes }))
}

/// The order of this number and the same store, else the order itself. `None`: several may be meant.
async fn home_of(
    connection: &mut SqliteConnection,
    (request, before): (&CorrectRequest, &Numbered),
    number: &str,
) -> anyhow::Result<Option<i64>> {
    let key = (request.guild.0, number.to_owned());
    let families = families(connection, &BTreeSet::from([key])).await;
    let families = families.context("find the order of a number")?;
    let others = families.into_values().flat_map(|family| family.orders);
    let others: Vec<_> = others.filter(|other| other.id != request.order.0).collect();
    let store = StoreKey::stored(before.store_key.clone());
    Ok(match matching(&store, others.iter().map(|other| &other.store_key)) {
        Match::None => Some(request.order.0),
        Match::One(at) => others.get(at).map(|other| other.id),
        Match::Several => None,
    })
}

/// Keeps the number in the place of the one before, which holds again when this one is taken back.
async fn note(
    connection: &mut SqliteConnection,
    request: &CorrectRequest,
    (before, number): (&Numbered, &str),
    home: i64,
    now: &str,
) -> sqlx::Result<()> {
    let own = request.order.0;
    query!(
        "UPDATE corrections SET undone_at = ? WHERE order_id = ? AND kind = 'number' AND undone_at IS NULL",
        now,
        own
    )
    .execute(&mut *connection)
    .await?;
    let home_id = (home != own).then_some(own);
    query!(
        "INSERT INTO corrections (guild_id, order_id, kind, value, user_id, made_at, said, home_id)
         VALUES (?, ?, 'number', ?, ?, ?, ?, ?)",
        request.guild.0,
        home,
        number,
        request.user.0,
        now,
        before.number,
        home_id
    )
    .execute(connection)
    .await?;
    Ok(())
}

impl Ledger {
    /// Lets the rows that name the order as it was called before mean the one that it is by now.
    pub(super) async fn settle(
        &self,
        connection: &mut SqliteConnection,
        (request, order): (&CorrectRequest, OrderId),
        (names, numbers): (&[String], BTreeSet<String>),
        now: &str,
    ) -> anyhow::Result<()> {
        if !books::any(connection).await.context("look for sheets")? {
            return Ok(());
        }
        let guild = request.guild;
        for name in names {
            // The order that had the name may have become a part of another one.
            let kept = mean(connection, (guild.0, name), order.0).await;
            kept.context("keep how rows name an order")?;
        }
        let cause = BookCause { batch: None, user: Some(request.user.0), at: now };
        self.follow_numbers(connection, (guild, &[order, request.order]), numbers, cause).await
    }

    /// Brings the orders that have these numbers, and the rows that name them, in line with who has which by now.
    pub(super) async fn follow_numbers(
        &self,
        connection: &mut SqliteConnection,
        (guild, orders): (GuildId, &[OrderId]),
        numbers: BTreeSet<String>,
        cause: BookCause<'_>,
    ) -> anyhow::Result<()> {
        self.found_orders(connection, guild, &numbers, cause).await?;
        let keys = numbers.into_iter().map(|number| (guild.0, number)).collect();
        let of_numbers = books::orders_of(connection, &keys).await;
        let mut concerned = of_numbers.context("find the orders of numbers")?;
        concerned.extend(orders.iter().map(|order| order.0));
        self.bring_in_line(connection, &concerned, cause).await?;
        // What people marked may be another order's by now.
        let marked =
            Cause { source: MarkSource::Command.as_str(), user: None, message: None, at: cause.at };
        self.recompute_statuses(connection, orders, marked).await.map(|_changes| ())
    }
}
