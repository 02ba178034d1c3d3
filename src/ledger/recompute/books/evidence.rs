//! Reading rows that hold, by the numbers that they name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::{SqliteConnection, query};

use super::purchases::{Purchased, purchased};
use super::rows::{read, rows_naming};
use super::widen::NumberKey;
use crate::ledger::model::books::matching::{Match, matching_known};
use crate::ledger::model::books::purchase::is_purchase;
use crate::ledger::model::books::{Evidence, Waited};
use crate::ledger::model::same_number::guesses::meant;
use crate::ledger::model::store_key::StoreKey;
use crate::sheet::Row;

/// An order as far as rows need to know which one it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) id: i64,
    pub(crate) store_key: StoreKey,
    /// What its messages guess, where nobody names its store.
    guess: Option<StoreKey>,
    /// The order that the name was made for, where that has joined this one.
    pub(crate) home: Option<i64>,
}

/// The orders of a number, the oldest first, and the rows that name it, the oldest first, with their stores.
#[derive(Debug, Default)]
pub(crate) struct Family {
    pub(crate) orders: Vec<Named>,
    pub(crate) rows: Vec<(StoreKey, Evidence)>,
}

impl Named {
    fn new(id: i64, store_key: StoreKey) -> Self {
        let guess = Some(store_key.clone()).filter(StoreKey::is_guess);
        Self { id, store_key, guess, home: None }
    }
}

impl Family {
    /// Lets guessed stores give way to what rows of old orders name, these and those of more stores.
    pub(crate) fn lay(&mut self, more: &[StoreKey]) {
        if self.orders.iter().all(|order| order.guess.is_none()) {
            return;
        }
        let said = self.orders.iter().map(|order| order.guess.as_ref().unwrap_or(&order.store_key));
        let rows = self.rows.iter().filter(|(_, row)| matches!(row.row, Row::Orders(_)));
        let meant = meant(said.chain(rows.map(|(store, _)| store)).chain(more));
        for order in &mut self.orders {
            if let Some(guess) = &order.guess {
                order.store_key = meant.as_ref().unwrap_or(guess).clone();
            }
        }
        if meant.is_some() {
            // An order that a sheet alone announced until now is the one of the message.
            self.orders.sort_by_key(|order| order.guess.is_none());
        }
    }

    /// The order that a row of this store speaks of which announces it. Where several fit, it came before the others
    /// did.
    pub(crate) fn home(&self, store: &StoreKey) -> Option<&Named> {
        self.orders.iter().find(|order| store.fits(&order.store_key))
    }

    /// Whether a row of this store speaks of the order which announces it.
    pub(crate) fn is_home(&self, order: i64, store: &StoreKey) -> bool {
        self.home(store).is_some_and(|home| home.id == order)
    }

    /// The order that a row of this store speaks of, whatever it says.
    pub(crate) fn home_of(&self, store: &StoreKey, row: &Row) -> Option<&Named> {
        let announces = matches!(row, Row::Orders(_));
        let keys = self.orders.iter().map(|order| &order.store_key);
        match matching_known(store, keys) {
            Match::One(place) if !announces => self.orders.get(place),
            _ => self.home(store),
        }
    }
}

/// The families of these numbers. A row that may name one of several orders is where the likeliest of them is;
/// while there is none, in the family of each.
pub(crate) async fn families(
    connection: &mut SqliteConnection,
    numbers: &BTreeSet<NumberKey>,
) -> sqlx::Result<BTreeMap<NumberKey, Family>> {
    let list = serde_json::to_string(numbers).unwrap_or_default();
    let mut families: BTreeMap<NumberKey, Family> =
        numbers.iter().map(|number| (number.clone(), Family::default())).collect();
    orders_of(connection, numbers, (&list, &mut families)).await?;
    for (name, store, evidence) in rows_naming(connection, numbers).await? {
        if let Some(family) = families.get_mut(&name) {
            family.rows.push((store, evidence));
        }
    }
    for family in families.values_mut() {
        family.lay(&[]);
    }
    Ok(families)
}

/// Fills in the orders of families, first those that a person gave another number.
async fn orders_of(
    connection: &mut SqliteConnection,
    numbers: &BTreeSet<NumberKey>,
    (list, families): (&str, &mut BTreeMap<NumberKey, Family>),
) -> sqlx::Result<()> {
    for (number, order) in renamed(connection, numbers).await? {
        if let Some(family) = families.get_mut(&number) {
            family.orders.push(order);
        }
    }
    let orders = query!(
        r#"SELECT orders.id AS "id!", orders.guild_id AS "guild_id!", order_number AS "number!",
                  store_key AS "store_key!",
                  iif(EXISTS (SELECT 1 FROM corrections WHERE corrections.order_id = orders.id AND kind = 'store'
                                  AND undone_at IS NULL),
                      NULL, said_row ->> '$[0][22]') AS "said_key: String"
           FROM json_each(?) AS wanted CROSS JOIN orders
           ON orders.guild_id = wanted.value ->> 0 AND order_number = wanted.value ->> 1
           LEFT JOIN amended_orders ON amended_orders.order_id = orders.id
           ORDER BY orders.id"#,
        list
    );
    for order in orders.fetch_all(&mut *connection).await? {
        if let Some(family) = families.get_mut(&(order.guild_id, order.number))
            && !family.orders.iter().any(|known| known.id == order.id)
        {
            let said_key = order.said_key.map(StoreKey::stored).filter(StoreKey::is_guess);
            let store_key = said_key.unwrap_or_else(|| StoreKey::stored(order.store_key));
            family.orders.push(Named::new(order.id, store_key));
        }
    }
    for (name, Purchased { order: id, home }) in purchased(connection, numbers).await? {
        if let Some(family) = families.get_mut(&name) {
            // Its rows mean it whatever its store is called.
            family.orders.push(Named { home, ..Named::new(id, StoreKey::default()) });
        }
    }
    Ok(())
}

/// The orders that once had these numbers and that rows which name them still mean.
async fn renamed(
    connection: &mut SqliteConnection,
    numbers: &BTreeSet<NumberKey>,
) -> sqlx::Result<Vec<(NumberKey, Named)>> {
    let numbers: Vec<&NumberKey> = numbers.iter().filter(|(_, name)| !is_purchase(name)).collect();
    let list = serde_json::to_string(&numbers).unwrap_or_default();
    let rows = query!(
        r#"SELECT purchases.guild_id AS "guild_id!", name AS "name!", order_id AS "order_id!", store_key AS "store_key!"
           FROM json_each(?) AS wanted CROSS JOIN purchases
           ON purchases.guild_id = wanted.value ->> 0 AND name = wanted.value ->> 1
           CROSS JOIN orders ON orders.id = order_id"#,
        list
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    let named = |id, store_key| Named::new(id, StoreKey::stored(store_key));
    Ok(rows.map(|row| ((row.guild_id, row.name), named(row.order_id, row.store_key))).collect())
}

/// What groups say of these parcels, as they are compared, the oldest row first.
pub(crate) async fn evidence_of_parcels(
    connection: &mut SqliteConnection,
    parcels: &BTreeSet<NumberKey>,
) -> sqlx::Result<HashMap<NumberKey, Vec<Evidence>>> {
    let list = serde_json::to_string(parcels).unwrap_or_default();
    let rows = query!(
        r#"SELECT batch_keys.guild_id AS "guild_id!", batch_keys.value AS "number!", batch_rows.id AS "id!",
                  coalesce(repeats, batch_rows.id) AS "rank!: i64", coalesce(part_of, batch_id) AS "batch_id!: i64",
                  file AS "file!", fingerprint AS "fingerprint!", said AS "said!",
                  applied_at AS "applied_at!", batches.kind = 'hand' AS "by_hand!: bool",
                  EXISTS (SELECT 1 FROM held_back WHERE row_id = batch_rows.id) AS "is_held_back!: bool"
           FROM json_each(?) AS wanted CROSS JOIN batch_keys
           ON batch_keys.guild_id = wanted.value ->> 0 AND batch_keys.kind = 'parcel'
               AND batch_keys.value = wanted.value ->> 1
           CROSS JOIN batch_rows ON batch_rows.id = row_id AND dropped_at IS NULL
           CROSS JOIN batches ON batches.id = batch_id AND (undone_at IS NULL OR stays = 1)
           ORDER BY batch_rows.id"#,
        list
    );
    let mut found: HashMap<NumberKey, Vec<Evidence>> = HashMap::new();
    for row in rows.fetch_all(connection).await? {
        found.entry((row.guild_id, row.number)).or_default().push(Evidence {
            id: row.id,
            rank: row.rank,
            batch: row.batch_id,
            file: row.file,
            fingerprint: row.fingerprint,
            applied_at: row.applied_at,
            by_hand: row.by_hand,
            stays: false,
            waited: Waited::No,
            is_held_back: row.is_held_back,
            row: read(&row.said)?,
        });
    }
    Ok(found)
}
