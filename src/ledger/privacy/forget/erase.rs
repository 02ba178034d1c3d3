//! Erasing, piece by piece: each is one transaction, and whole by itself.
//!
//! Whoever is killed in between asks again: what was erased stays erased, and the rest is found as before.

use std::collections::HashSet;

use anyhow::Context;
use chrono::Utc;
use sqlx::{Sqlite, SqliteConnection, Transaction, query};

use super::blank::blank;
use super::hash::remember;
use super::orders::{anonymise, note};
use super::sheets::{erase_file_names, erase_naming, erase_rows};
use super::{ForgetRequest, Forgettable, ToForget};
use crate::ids::{MessageId, OrderId};
use crate::ledger::database::sqlite_codes::is_busy;
use crate::ledger::database::time::text_of;
use crate::ledger::orders::row;
use crate::ledger::privacy::disclosures::{self, Disclosure};
use crate::ledger::privacy::due_edits::note_due_edits;
use crate::ledger::privacy::traces::note_rewrite_due;
use crate::ledger::recompute::{Refused, messages_of, order_ids_json, recompute_deliveries};
use crate::ledger::{Ledger, Order};

/// What `/logs` says of a message whose order went.
const FORGOTTEN: &str = "Its order was forgotten with /forget.";
/// Orders, messages or numbers that are erased in one transaction: between two the writer is free for everybody else.
const PIECE: usize = 50;
/// Orders whose lines in the feed are edited, the latest ones: the feed is looked through only so far.
const MOST_LINES: usize = 1_000;
/// Attempts at a piece while another program holds the database; each waits some seconds.
const ATTEMPTS: u32 = 100;

impl Ledger {
    /// Forgets: what there is is erased, and what comes later is stored without personal data. It is
    /// done when this returns, but for traces in the file (see [`Ledger::wipe_traces`]) and for the bot's posts (see
    /// [`Ledger::due_edits`]). `line` is what a line of the feed begins with that names an order.
    pub async fn forget(
        &self,
        request: &ForgetRequest,
        line: impl Fn(&Order) -> String,
    ) -> anyhow::Result<ToForget> {
        // Before it is looked for: what comes meanwhile is withheld already.
        let mut connection = self.writer.acquire().await.context("wait for the writer")?;
        let remembered = remember(&mut connection, request, &request.what).await;
        remembered.context("note what is to be forgotten")?;
        drop(connection);
        let found = self.to_forget(request.guild, &request.what).await?;
        // The interaction is noted with the last piece: until then it is not done.
        let pieces = Self { interaction: None, ..self.clone() };
        pieces.erase_first(request).await?;
        // A later message of the same order may name the person and not the address.
        let names: Vec<&String> = found.names_in_sheets().collect();
        for names in names.chunks(PIECE) {
            pieces.erase_numbers(request, names).await?;
        }
        pieces.erase_rows_naming(request).await?;
        for messages in found.unnumbered.chunks(PIECE) {
            pieces.remember_messages(request, messages).await?;
        }
        let mut done = HashSet::new();
        for (number, orders) in found.orders.chunks(PIECE).enumerate() {
            let earlier = found.orders.len().saturating_sub(MOST_LINES);
            let latest = orders.get(earlier.saturating_sub(number * PIECE)..).unwrap_or_default();
            let lines = self.hashes_of_lines(request.guild, latest, &line).await?;
            done.extend(pieces.erase_orders(request, orders, &lines).await?);
        }
        let left = found.messages.iter().copied().filter(|message| !done.contains(message));
        for messages in left.collect::<Vec<_>>().chunks(PIECE) {
            pieces.erase_messages(request, messages).await?;
        }
        let mut last = self.begin_piece().await?;
        let (orders, messages) = (found.orders.len(), found.messages.len());
        let what = Disclosure::Forget { orders, messages };
        let noted = disclosures::note(&mut *last, request.guild, request.user, what).await;
        noted.context("note who had it erased")?;
        self.end_piece(last).await?;
        Ok(found)
    }

    /// Begins a piece. A program that holds the database now and then does not break off what was begun.
    async fn begin_piece(&self) -> anyhow::Result<Transaction<'static, Sqlite>> {
        for _ in 1..ATTEMPTS {
            match self.begin().await {
                Err(error) if is_busy(&error) => {}
                other => return other.context("begin to erase"),
            }
        }
        self.begin().await.context("begin to erase")
    }

    async fn end_piece(&self, transaction: Transaction<'static, Sqlite>) -> anyhow::Result<()> {
        transaction.commit().await.context("commit what was erased")?;
        self.committed();
        // With each piece: where a later one fails, posts show these orders all the same.
        self.edits_due.notify_one();
        // Others that work on this thread.
        tokio::task::yield_now().await;
        Ok(())
    }

    /// What belongs to no order.
    async fn erase_first(&self, request: &ForgetRequest) -> anyhow::Result<()> {
        let mut piece = self.begin_piece().await?;
        note_rewrite_due(&mut piece).await.context("note that the file is to be wiped")?;
        drop_searches(&mut piece, request).await.context("drop searches")?;
        if let Forgettable::Email(address) = &request.what {
            let erased = erase_file_names(&mut piece, request.guild, address).await;
            erased.context("erase names of files")?;
        }
        self.end_piece(piece).await
    }

    /// Rows of other sheets that name the address.
    async fn erase_rows_naming(&self, request: &ForgetRequest) -> anyhow::Result<()> {
        let Forgettable::Email(address) = &request.what else { return Ok(()) };
        for rows in self.rows_that_name(request.guild, address).await?.chunks(PIECE) {
            let mut piece = self.begin_piece().await?;
            let erased = erase_naming(&mut piece, request, (address, rows)).await;
            erased.context("erase rows of sheets")?;
            self.end_piece(piece).await?;
        }
        Ok(())
    }

    async fn erase_numbers(
        &self,
        request: &ForgetRequest,
        numbers: &[&String],
    ) -> anyhow::Result<()> {
        let mut piece = self.begin_piece().await?;
        for number in numbers.iter().copied().cloned().map(Forgettable::Order) {
            let remembered = remember(&mut piece, request, &number).await;
            remembered.context("note forgotten orders")?;
        }
        erase_rows(&mut piece, request, numbers).await.context("erase rows of orders")?;
        self.end_piece(piece).await
    }

    async fn remember_messages(
        &self,
        request: &ForgetRequest,
        messages: &[MessageId],
    ) -> anyhow::Result<()> {
        let mut piece = self.begin_piece().await?;
        for message in messages.iter().copied().map(Forgettable::Message) {
            let remembered = remember(&mut piece, request, &message).await;
            remembered.context("note forgotten messages")?;
        }
        self.end_piece(piece).await
    }

    /// Gives the messages that spoke of these orders: they are erased with them.
    async fn erase_orders(
        &self,
        request: &ForgetRequest,
        orders: &[OrderId],
        lines: &[(OrderId, Vec<u8>)],
    ) -> anyhow::Result<Vec<MessageId>> {
        let mut piece = self.begin_piece().await?;
        let list = order_ids_json(orders);
        let noted = note_due_edits(&mut piece, request, &list, lines).await;
        noted.context("note the posts that show orders")?;
        let messages = messages_of(&mut piece, orders).await.context("find messages of orders")?;
        if request.delete_orders {
            query!("DELETE FROM orders WHERE id IN (SELECT value FROM json_each(?))", list)
                .execute(&mut *piece)
                .await
                .context("delete orders")?;
        } else {
            anonymise(&mut piece, &list).await.context("erase personal data")?;
            if let Forgettable::Email(address) = &request.what {
                blank(&mut piece, orders, address).await.context("empty texts")?;
            }
            note(&mut piece, request, &list).await.context("note it in the histories")?;
        }
        let erased = self.erase_messages_in(&mut piece, request, &messages).await;
        erased.context("erase messages of orders")?;
        self.end_piece(piece).await?;
        Ok(messages)
    }

    async fn erase_messages(
        &self,
        request: &ForgetRequest,
        messages: &[MessageId],
    ) -> anyhow::Result<()> {
        let mut piece = self.begin_piece().await?;
        let erased = self.erase_messages_in(&mut piece, request, messages).await;
        erased.context("erase messages")?;
        self.end_piece(piece).await
    }

    /// The messages lose their kept form; where orders were deleted they speak of these no more.
    async fn erase_messages_in(
        &self,
        connection: &mut SqliteConnection,
        request: &ForgetRequest,
        messages: &[MessageId],
    ) -> sqlx::Result<()> {
        let list = row::json_of(&messages.iter().map(|id| id.0).collect::<Vec<_>>());
        drop_messages(connection, &list, &request.what).await?;
        if !request.delete_orders {
            return Ok(());
        }
        query!(
            "DELETE FROM corrections WHERE message_id IN (SELECT value FROM json_each(?))",
            list
        )
        .execute(&mut *connection)
        .await?;
        recompute_deliveries(connection, messages, self.emoji(), Refused::Keep).await?;
        // What now speaks of no order; the bot takes its reaction back.
        query!(
            "UPDATE deliveries SET outcome = 'ignored', reason = ?, reaction_wanted = NULL
             WHERE message_id IN (SELECT value FROM json_each(?)) AND order_ids = '[]'
                 AND outcome IN ('stored', 'updated', 'unchanged')",
            FORGOTTEN,
            list
        )
        .execute(connection)
        .await?;
        Ok(())
    }
}

async fn drop_messages(
    connection: &mut SqliteConnection,
    messages: &str,
    what: &Forgettable,
) -> sqlx::Result<()> {
    let now = text_of(Utc::now());
    let word = what.text();
    query!(
        "UPDATE deliveries SET payload = NULL, dropped_at = ?1,
             reason = CASE WHEN instr(lower(reason), lower(?2)) > 0 THEN '' ELSE reason END
         WHERE message_id IN (SELECT value FROM json_each(?3))",
        now,
        word,
        messages
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Searches whose buttons had no room for them may name the person.
async fn drop_searches(
    connection: &mut SqliteConnection,
    request: &ForgetRequest,
) -> sqlx::Result<()> {
    let (word, guild) = (request.what.text(), request.guild.0);
    query!("DELETE FROM kept_lists WHERE instr(lower(filter), lower(?)) > 0", word)
        .execute(&mut *connection)
        .await?;
    // What nobody has applied yet is compressed: whom it names is not found, and it can be brought again.
    query!("DELETE FROM previews WHERE guild_id = ?", guild).execute(connection).await?;
    Ok(())
}
