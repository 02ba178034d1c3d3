//! Erasing: rows first, in one transaction; then what SQLite leaves of them in the file.

use anyhow::Context;
use chrono::Utc;
use sqlx::{SqliteConnection, query, query_scalar};

use super::blank::blank;
use super::hash::hash;
use super::sheets::erase_rows;
use super::{ForgetRequest, Forgettable, ToForget};
use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;
use crate::ledger::orders::row;
use crate::ledger::privacy::disclosures::{self, Disclosure};
use crate::ledger::recompute::{Refused, order_ids_json, recompute_delivery};
use crate::order::StatusEmoji;

/// What `/logs` says of a message whose order went.
const FORGOTTEN: &str = "Its order was forgotten with /forget.";

impl Ledger {
    /// Forgets: what there is is erased, and what comes later is stored without personal data. It is
    /// done when this returns, but for traces in the file: see [`Ledger::wipe_traces`].
    pub async fn forget(&self, request: &ForgetRequest) -> anyhow::Result<ToForget> {
        // Before it is looked for: what comes meanwhile is withheld already.
        let mut connection = self.writer.acquire().await.context("wait for the writer")?;
        let remembered = remember(&mut connection, request, &request.what).await;
        remembered.context("note what is to be forgotten")?;
        drop(connection);
        let found = self.to_forget(request.guild, &request.what).await?;
        let mut transaction = self.begin().await.context("begin to forget")?;
        // A later message of the same order may name the person and not the address.
        let numbers = found.names_in_sheets().cloned().map(Forgettable::Order);
        let messages = found.unnumbered.iter().copied().map(Forgettable::Message);
        for named in numbers.chain(messages) {
            remember(&mut transaction, request, &named).await.context("note forgotten orders")?;
        }
        let erased = erase(&mut transaction, request, &found, self.emoji()).await;
        erased.context("erase personal data")?;
        transaction.commit().await.context("commit what was forgotten")?;
        self.committed();
        Ok(found)
    }

    /// Removes what SQLite keeps of erased rows in free pages and in the log beside the file. It takes as much
    /// room again as the database has, and everything else waits.
    pub async fn wipe_traces(&self) -> anyhow::Result<()> {
        self.write_anew().await?;
        self.empty_log().await
    }

    /// Writes the file anew, without free pages.
    pub(crate) async fn write_anew(&self) -> anyhow::Result<()> {
        let mut connection = self.writer.acquire().await.context("wait for the writer")?;
        // The index of words keeps what was deleted until its parts are put together.
        query!("INSERT INTO order_search (order_search) VALUES ('optimize')")
            .execute(&mut *connection)
            .await
            .context("put the index of words together")?;
        query!("INSERT INTO order_search_lines (order_search_lines) VALUES ('optimize')")
            .execute(&mut *connection)
            .await
            .context("put the index of products together")?;
        sqlx::raw_sql("VACUUM").execute(&mut *connection).await.context("write the file anew")?;
        Ok(())
    }

    /// Folds the log beside the file into it, and empties it. Fails while somebody reads an older state.
    pub(crate) async fn empty_log(&self) -> anyhow::Result<()> {
        let mut connection = self.writer.acquire().await.context("wait for the writer")?;
        // The first column says whether somebody was still reading: then the log stays as it is.
        let busy: i64 = sqlx::query_scalar("PRAGMA wal_checkpoint(TRUNCATE)")
            .fetch_one(&mut *connection)
            .await
            .context("empty the log beside the file")?;
        anyhow::ensure!(
            busy == 0,
            "the log beside the file is being read by another program: stop it (Litestream, sqlite3), and try again"
        );
        Ok(())
    }
}

/// Notes the hash by which what comes later is known.
async fn remember(
    connection: &mut SqliteConnection,
    request: &ForgetRequest,
    what: &Forgettable,
) -> sqlx::Result<()> {
    let key = query_scalar!("SELECT key FROM forgotten_key LIMIT 1");
    let key = key.fetch_one(&mut *connection).await?;
    let now = text_of(Utc::now());
    let (hash, kind) = (hash(&key, request.guild, what), what.kind());
    query!(
        "INSERT INTO forgotten (hash, guild_id, kind, deleted, user_id, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (hash) DO UPDATE SET deleted = max(deleted, excluded.deleted),
             -- Orders are deleted that were posted before this.
             at = CASE WHEN excluded.deleted THEN excluded.at ELSE at END",
        hash,
        request.guild.0,
        kind,
        request.delete_orders,
        request.user.0,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn erase(
    connection: &mut SqliteConnection,
    request: &ForgetRequest,
    found: &ToForget,
    emoji: &StatusEmoji,
) -> sqlx::Result<()> {
    let orders = order_ids_json(&found.orders);
    let messages = row::json_of(&found.messages.iter().map(|id| id.0).collect::<Vec<_>>());
    drop_messages(connection, &messages, &request.what).await?;
    drop_searches(connection, &request.what).await?;
    erase_rows(connection, request, found).await?;
    if request.delete_orders {
        query!(
            "DELETE FROM corrections WHERE message_id IN (SELECT value FROM json_each(?))",
            messages
        )
        .execute(&mut *connection)
        .await?;
        query!("DELETE FROM orders WHERE id IN (SELECT value FROM json_each(?))", orders)
            .execute(&mut *connection)
            .await?;
        for message in &found.messages {
            recompute_delivery(connection, *message, emoji, Refused::Keep).await?;
        }
        // What now speaks of no order; the bot takes its reaction back.
        query!(
            "UPDATE deliveries SET outcome = 'ignored', reason = ?, reaction_wanted = NULL
             WHERE message_id IN (SELECT value FROM json_each(?)) AND order_ids = '[]'
                 AND outcome IN ('stored', 'updated', 'unchanged')",
            FORGOTTEN,
            messages
        )
        .execute(&mut *connection)
        .await?;
    } else {
        anonymise(connection, &orders).await?;
        if let Forgettable::Email(address) = &request.what {
            blank(connection, &found.orders, address).await?;
        }
        note(connection, request, &orders).await?;
    }
    let (orders, messages) = (found.orders.len(), found.messages.len());
    let what = Disclosure::Forget { orders, messages };
    disclosures::note(connection, request.guild, request.user, what).await
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

async fn anonymise(connection: &mut SqliteConnection, orders: &str) -> sqlx::Result<()> {
    query!(
        "UPDATE orders SET email = NULL, customer_name = NULL, profile = NULL, proxy_list = NULL,
             payment_method = NULL, shipping_address = NULL, notes = NULL, order_url = NULL, buyer = NULL
         WHERE id IN (SELECT value FROM json_each(?))",
        orders
    )
    .execute(&mut *connection)
    .await?;
    // Details have their places in the row that the messages alone make; it has no buyer.
    query!(
        "UPDATE amended_orders SET said_notes = NULL, said_row = json_remove(said_row,
             '$[0][11].email', '$[0][11].customer_name', '$[0][11].profile', '$[0][11].proxy_list',
             '$[0][11].payment_method', '$[0][11].shipping_address', '$[0][11].notes',
             '$[0][11].order_url')
         WHERE order_id IN (SELECT value FROM json_each(?))",
        orders
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "DELETE FROM corrections WHERE kind IN ('email', 'customer_name', 'profile', 'buyer')
             AND order_id IN (SELECT value FROM json_each(?))",
        orders
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "DELETE FROM additions
         WHERE kind = 'note' AND order_id IN (SELECT value FROM json_each(?))",
        orders
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "UPDATE order_events SET details = json_remove(details, '$.email', '$.customer_name',
             '$.profile', '$.proxy_list', '$.payment_method', '$.shipping_address', '$.notes',
             '$.order_url', '$.buyer')
         WHERE json_valid(details) AND order_id IN (SELECT value FROM json_each(?))",
        orders
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Searches whose buttons had no room for them may name the person.
async fn drop_searches(connection: &mut SqliteConnection, what: &Forgettable) -> sqlx::Result<()> {
    let word = what.text();
    query!("DELETE FROM kept_lists WHERE instr(lower(filter), lower(?)) > 0", word)
        .execute(connection)
        .await?;
    Ok(())
}

/// The histories tell that something was erased, and not what.
async fn note(
    connection: &mut SqliteConnection,
    request: &ForgetRequest,
    orders: &str,
) -> sqlx::Result<()> {
    let now = text_of(Utc::now());
    query!(
        "INSERT INTO order_events (order_id, at, kind, source, user_id, details)
         SELECT value, ?1, 'forgotten', 'command', ?2, '{}' FROM json_each(?3)",
        now,
        request.user.0,
        orders
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "UPDATE orders SET updated_at = ? WHERE id IN (SELECT value FROM json_each(?))",
        now,
        orders
    )
    .execute(connection)
    .await?;
    Ok(())
}
