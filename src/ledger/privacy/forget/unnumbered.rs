//! Orders without a number: how rows of sheets name them, also those of sheets that nobody has brought yet.

use anyhow::Context;
use chrono::{SubsecRound as _, TimeDelta};
use sqlx::{SqliteConnection, query_scalar};

use crate::ids::{GuildId, OrderId};
use crate::ledger::database::time::text_of;
use crate::ledger::model::books::purchase::{Origin, Purchase, digest, who};
use crate::ledger::orders::filter;
use crate::ledger::recompute::order_ids_json;
use crate::ledger::{Ledger, Order};
use crate::order::listed;

impl Ledger {
    /// How rows of sheets name these orders: as was noted when one was applied, and as an export of this ledger or a
    /// sheet of another would.
    pub(super) async fn names_of_purchases(
        &self,
        guild: GuildId,
        orders: &[OrderId],
    ) -> anyhow::Result<Vec<String>> {
        let list = order_ids_json(orders);
        let names = query_scalar!(
            "SELECT name FROM purchases WHERE order_id IN (SELECT value FROM json_each(?))",
            list
        );
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        let names = names.fetch_all(&mut *connection).await;
        let mut names = names.context("read how rows of sheets name orders")?;
        let unnumbered = query_scalar!(
            r#"SELECT id AS "id!" FROM orders
               WHERE id IN (SELECT value FROM json_each(?)) AND order_number IS NULL"#,
            list
        );
        let unnumbered = unnumbered.fetch_all(&mut *connection).await;
        for id in unnumbered.context("find orders without a number")? {
            for order in filter::load(&mut connection, &[id]).await? {
                let created = order.created_at.trunc_subsecs(0);
                let by_id = Purchase { origin: Origin::Ledger(id, created), place: 0 };
                let by_words = by_words(&mut connection, guild, &order).await;
                names.push(by_id.to_string());
                let by_words = by_words.context("find purchases of the same second")?;
                names.extend(by_words.iter().map(Purchase::to_string));
            }
        }
        Ok(names)
    }
}

/// The names by the second in which it was bought, by what was, and by as much of the buyer as a row may say.
async fn by_words(
    connection: &mut SqliteConnection,
    guild: GuildId,
    order: &Order,
) -> anyhow::Result<Vec<Purchase>> {
    let at = order.ordered_at.trunc_subsecs(0);
    let (from, below) = (text_of(at), text_of(at + TimeDelta::seconds(1)));
    let same_second = query_scalar!(
        r#"SELECT id AS "id!" FROM orders WHERE guild_id = ? AND ordered_at >= ? AND ordered_at < ?
               AND order_number IS NULL AND id < ?"#,
        guild.0,
        from,
        below,
        order.id.0
    );
    let same_second = same_second.fetch_all(&mut *connection).await?;
    let earlier = filter::load(connection, &same_second).await?;
    let names = SAID.map(|said| {
        let origin = |order: &Order| Origin::Words(at, words(order), buyer(order, said));
        let own = origin(order);
        let place = earlier.iter().filter(|earlier| origin(earlier) == own).count();
        Purchase { origin: own, place }
    });
    Ok(names.into())
}

/// Whether a row says the profile, and the e-mail.
const SAID: [(bool, bool); 4] = [(true, true), (true, false), (false, true), (false, false)];

fn buyer(order: &Order, (says_profile, says_email): (bool, bool)) -> String {
    let of = |says: bool, text: &'_ Option<String>| text.clone().filter(|_| says);
    let profile = of(says_profile, &order.details.profile);
    who(profile.as_deref(), of(says_email, &order.details.email).as_deref())
}

fn words(order: &Order) -> String {
    let lines = order.items.iter().map(|item| (item.product.as_deref(), item.quantity));
    digest(&listed(lines))
}
