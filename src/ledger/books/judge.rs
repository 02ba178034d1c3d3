//! What becomes of each row of a sheet, by what the ledger holds now. Nothing is changed.

mod alike;
mod apart;
mod candidates;
mod held;
mod known;
mod meant;
pub(super) mod months;
mod old_orders;
mod parcels;
mod places;
mod rows;
mod together;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::SqliteConnection;

use super::request::{Becomes, Brought, BulkLine, BulkRequest, Said};
use crate::ledger::model::books::decide::{Decision, NO_PARCEL, Side, decide};
use crate::ledger::model::books::matching::Match;
use crate::ledger::model::books::parcel_key::key_of_parcel;
use crate::ledger::model::books::{Evidence, Sums};
use crate::ledger::model::store_key::StoreKey;
use crate::ledger::orders::row;
use crate::ledger::recompute::books::{
    Family, NumberKey, evidence_of_parcels, families, holders_of,
};
use crate::order::Money;
use crate::sheet::{Kind, Row};
use candidates::{candidates, names_several};
use known::{Known, known};
use meant::{Meant, meant_by};
use old_orders::Loaded;
use places::{Places, together};
use rows::{
    NOT_KEPT, Names, PaidIn, SEVERAL, SEVERAL_NUMBERS, TOO_MANY, WAITS, WAITS_ALREADY, line,
    waits_already,
};
use together::Before;

pub(super) use rows::{currency_of_row, line_total, waits};
pub(super) use {candidates::orders_named, held::Held};

/// Rows of one number or parcel: each is compared with all others.
const MOST_ROWS: usize = 1_000;

/// What a sheet does.
#[derive(Debug, Default)]
pub(super) struct Judged {
    pub(super) lines: Vec<BulkLine>,
    pub(super) sums: Vec<Money>,
    pub(super) refunded: Vec<Money>,
    /// The orders that rows speak of.
    pub(super) orders: BTreeSet<i64>,
    /// Of each row the one that it only repeats.
    pub(super) repeats: Vec<Option<i64>>,
    /// What rows say of their own, by their places, where that is not all that is in them.
    instead: BTreeMap<usize, Row>,
}

/// A sheet while it is judged.
struct Judging<'a> {
    request: &'a BulkRequest,
    part_of: Option<i64>,
    rows: &'a [Brought],
    lines: Vec<BulkLine>,
    names: Names,
    sums: Sums,
    refunded: Sums,
    orders: BTreeSet<i64>,
    repeats: Vec<Option<i64>>,
    instead: BTreeMap<usize, Row>,
    meant: Meant,
    /// The numbers of orders that are there, where rows name several.
    candidates: BTreeSet<String>,
    /// In which currencies orders are paid, as far as the sheet or the ledger says so.
    paid: BTreeMap<i64, PaidIn>,
}

/// Judges rows in the order in which they stand. `part_of`: the batch of the first rows of a long sheet.
pub(super) async fn judge(
    connection: &mut SqliteConnection,
    (request, part_of): (&BulkRequest, Option<i64>),
    rows: &[Brought],
) -> sqlx::Result<Judged> {
    let mut names = Names::default();
    let lines = rows.iter().map(|row| line(request, row, &mut names)).collect();
    let (sums, refunded, orders) = (Sums::default(), Sums::default(), BTreeSet::new());
    let (repeats, instead, meant) = (vec![None; rows.len()], BTreeMap::new(), Meant::of(rows));
    let candidates = candidates(connection, request, rows).await?;
    let mut judging = Judging {
        request,
        part_of,
        rows,
        lines,
        names,
        sums,
        refunded,
        orders,
        repeats,
        instead,
        meant,
        candidates,
        paid: BTreeMap::new(),
    };
    let (mut numbers, mut parcels) = (Vec::new(), Vec::new());
    for (place, row) in rows.iter().enumerate() {
        let Ok(said) = &row.said else { continue };
        if let Some(parcel) = &said.parcel {
            parcels.push((parcel.as_str(), place));
        }
        let likeliest = said.numbers().iter().find(|number| judging.candidates.contains(*number));
        if let Some(number) = likeliest.or(said.numbers().first()) {
            numbers.push((number.as_str(), place));
        }
    }
    for chunk in together(&mut numbers) {
        judging.of_numbers(connection, &chunk).await?;
    }
    for chunk in together(&mut parcels) {
        judging.of_parcels(connection, &chunk).await?;
    }
    judging.tell_apart();
    let Judging { lines, sums, refunded, orders, repeats, instead, .. } = judging;
    let (sums, refunded) = (sums.all(), refunded.all());
    Ok(Judged { lines, sums, refunded, orders, repeats, instead })
}

impl Judging<'_> {
    fn brought(&self, place: usize) -> Option<(&Brought, &Said)> {
        let row = self.rows.get(place)?;
        Some((row, row.said.as_ref().ok()?))
    }

    /// The rows of a number, as many as are compared; the others are refused.
    fn not_too_many<'p>(&mut self, places: &'p [usize]) -> &'p [usize] {
        let (taken, left) = places.split_at_checked(MOST_ROWS).unwrap_or((places, &[]));
        for &place in left {
            self.set(place, Becomes::Refused, TOO_MANY);
        }
        taken
    }

    fn set(&mut self, place: usize, becomes: Becomes, reason: impl Into<Cow<'static, str>>) {
        if let Some(line) = self.lines.get_mut(place) {
            (line.becomes, line.reason) = (becomes, reason.into());
        }
    }

    /// A row that says what one says already is as old as that one.
    fn repeat(&mut self, place: usize, rows: &[Evidence], fingerprint: &str) {
        let same = rows.iter().filter(|row| row.fingerprint == fingerprint && row.id < NOT_KEPT);
        if let Some(repeats) = self.repeats.get_mut(place) {
            *repeats = same.map(|row| row.rank).max();
        }
    }

    fn name(
        &mut self,
        place: usize,
        (order, number, store): (i64, Option<&String>, Option<&String>),
    ) {
        self.orders.insert(order);
        if let Some(line) = self.lines.get_mut(place) {
            line.order_number = number.cloned();
            line.product.take_if(|_| number.is_some());
            if let Some(store) = store {
                line.store = Some(self.names.shared(store));
            }
        }
    }

    async fn of_numbers(
        &mut self,
        connection: &mut SqliteConnection,
        chunk: &[Places<'_>],
    ) -> sqlx::Result<()> {
        let guild = self.request.guild.0;
        let numbers: BTreeSet<NumberKey> =
            chunk.iter().map(|(number, _)| (guild, (*number).to_owned())).collect();
        let mut families = families(connection, &numbers).await?;
        let ids = families.values().flat_map(|family| family.orders.iter().map(|order| order.id));
        let ids: Vec<i64> = ids.collect();
        let mut family =
            |number: &str| families.remove(&(guild, number.to_owned())).unwrap_or_default();
        if self.request.kind != Kind::Orders {
            let known = known(connection, &ids).await?;
            let mut each = chunk.iter();
            return each
                .try_for_each(|(number, places)| self.of_family(family(number), &known, places));
        }
        let loaded = row::load(connection, &ids).await?;
        let loaded: Loaded =
            loaded.into_iter().map(|(row, items)| (row.id, (row, items))).collect();
        for (number, places) in chunk {
            let family = self.laid(family(number), places);
            self.of_old_orders(&family, &loaded, places)?;
        }
        let places = chunk.iter().flat_map(|(_, places)| places);
        self.point_out_alike(connection, places).await
    }

    fn of_family(
        &mut self,
        family: Family,
        known: &HashMap<i64, Known>,
        places: &[usize],
    ) -> sqlx::Result<()> {
        // What is held back says nothing: the same row once more is judged by itself.
        let said = family.rows.into_iter().map(|(_, row)| row);
        let mut rows: Vec<Evidence> = said.filter(|row| !row.is_held_back).collect();
        let mut sides: Vec<(&Known, Side)> = Vec::new();
        for order in family.orders.iter().filter_map(|order| known.get(&order.id)) {
            sides.push((order, order.side()?));
        }
        let mut before = Before::of(&sides, &rows);
        for &place in self.not_too_many(places) {
            let Some((brought, said)) = self.brought(place) else { continue };
            let row = self.evidence(place, brought, said);
            let store = StoreKey::of(said.store());
            let is_of_several = names_several(said.numbers(), &self.candidates);
            match meant_by(&row, &store, (&family.orders, &rows)) {
                Match::Several => {
                    self.set(place, Becomes::Unclear, SEVERAL);
                    continue;
                }
                Match::None if row.row.says_nothing() => {
                    self.set(place, Becomes::Already, NO_PARCEL);
                    continue;
                }
                Match::None if waits_already(&rows, &row) => {
                    self.repeat(place, &rows, &row.fingerprint);
                    self.set(place, Becomes::Already, WAITS_ALREADY);
                }
                Match::None => {
                    before.waits.push(place);
                    self.set(place, Becomes::Waiting, WAITS);
                }
                Match::One(at) => {
                    let Some((order, side)) = sides.get_mut(at) else { continue };
                    self.name(place, order.named());
                    let was = side.clone();
                    match decide(&row, side, &rows, (self.request.anyway, key_of_parcel)) {
                        Decision::Changed if is_of_several => {
                            *side = was;
                            self.set(place, Becomes::Unclear, SEVERAL_NUMBERS);
                            continue;
                        }
                        Decision::Changed => {
                            before.changes.push((place, at));
                            self.set(place, Becomes::Changed, side.told_since(&was));
                            self.sum(&row.row, order.currency()?);
                        }
                        Decision::Already(why) => {
                            self.repeat(place, &rows, &row.fingerprint);
                            self.set(place, Becomes::Already, why);
                        }
                        Decision::Refused(why) => {
                            self.set(place, Becomes::Refused, why);
                            continue;
                        }
                    }
                }
            }
            rows.push(row);
        }
        self.take_together(&before, &sides, &rows);
        Ok(())
    }

    async fn of_parcels(
        &mut self,
        connection: &mut SqliteConnection,
        chunk: &[Places<'_>],
    ) -> sqlx::Result<()> {
        let guild = self.request.guild.0;
        let keys: BTreeSet<NumberKey> =
            chunk.iter().map(|(parcel, _)| (guild, (*parcel).to_owned())).collect();
        let mut said_before = evidence_of_parcels(connection, &keys).await?;
        let mut holders: HashMap<NumberKey, Vec<i64>> = HashMap::new();
        for (key, order) in holders_of(connection, &keys).await? {
            holders.entry(key).or_default().push(order);
        }
        let known =
            known(connection, &holders.values().flatten().copied().collect::<Vec<_>>()).await?;
        for (parcel, places) in chunk {
            let key = (guild, (*parcel).to_owned());
            let mut rows = said_before.remove(&key).unwrap_or_default();
            rows.retain(|row| !row.is_held_back);
            let held = holders.remove(&key).unwrap_or_default().into_iter();
            let mut held: Vec<&Known> = held.filter_map(|id| known.get(&id)).collect();
            held.sort_by_key(|order| (&order.ordered_at, &order.order_number, order.id));
            self.of_parcel(places, &held, rows)?;
        }
        Ok(())
    }
}
