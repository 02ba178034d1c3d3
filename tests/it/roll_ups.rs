//! The sums that are kept are what the orders themselves come to, whatever happens to these, in whichever zone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use chrono_tz::Tz;
use refract_ledger::figures::{Counted, Figures, Line};
use refract_ledger::ledger::{BookStats, Bounds, OrderFilter};
use refract_ledger::order::{Currency, Money, Status};
use rusqlite::{Connection, params};

use crate::fresh::{Fresh, GUILD, assert_findable};
use crate::random::Random;

/// One whose days begin a quarter before an hour, and three whose clocks change in the weeks that are tried, one of
/// them by half an hour.
const ZONES: [Tz; 5] = [
    Tz::UTC,
    Tz::Asia__Kathmandu,
    Tz::America__New_York,
    Tz::Europe__Berlin,
    Tz::Australia__Lord_Howe,
];
const STATUSES: [&str; 6] = ["verified", "shipped", "delivered", "sold", "cancelled", "refunded"];
const CURRENCIES: [Option<&str>; 3] = [Some("USD"), Some("EUR"), None];
const NAMES: [Option<&str>; 4] = [Some("Alpha"), Some("alpha"), Some("Beta"), None];

/// Within two months around which clocks are changed, often at the very ends of hours, days and months.
fn moment(random: &mut Random) -> DateTime<Utc> {
    let begin: DateTime<Utc> = "2026-02-20T00:00:00Z".parse().expect("a time");
    let minutes = small(random, 0, 50 * 96) * 15;
    let millis = random.pick(&[0, 0, -1, 1, 421_337]).expect("one");
    begin + TimeDelta::minutes(minutes) + TimeDelta::milliseconds(millis)
}

fn text(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

fn small(random: &mut Random, least: u64, most: u64) -> i64 {
    i64::try_from(random.between(least, most)).expect("small")
}

fn amount(random: &mut Random) -> Option<i64> {
    (!random.percent(25)).then(|| small(random, 0, 100_000))
}

fn insert(random: &mut Random, database: &Connection) {
    let guild = if random.percent(10) { GUILD.0 + 1 } else { GUILD.0 };
    let statement = "INSERT INTO orders (guild_id, ordered_at, store_key, store, profile, product, status, currency,
            total_minor, quantity, qty_received, payout_minor, group_status, source, created_at, updated_at, total_stated,
            quantity_stated, said_status)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 'webhook', '', '', 0, 0, 'verified')";
    let store = random.pick(&NAMES).expect("one");
    let values = params![
        guild,
        text(moment(random)),
        store.unwrap_or_default().to_lowercase() + "|",
        store,
        random.pick(&NAMES).expect("one"),
        random.pick(&NAMES).expect("one"),
        random.pick(&STATUSES),
        random.pick(&CURRENCIES).expect("one"),
        amount(random),
        small(random, 1, 4),
        amount(random).map(|amount| amount % 5),
        amount(random).filter(|amount| amount % 2 == 0),
        random.pick(&[Some("VERIFIED"), None]).expect("one"),
    ];
    database.execute(statement, values).expect("an order");
    for line in 1..=small(random, 0, 3) {
        let (product, units) = (random.pick(&NAMES).expect("one"), amount(random));
        let statement = "INSERT INTO order_items (order_id, line, product, quantity)
            VALUES (last_insert_rowid(), ?, ?, ?)";
        // An item has no id of its own: the last one stays that of the order.
        database.execute(statement, params![line, product, units]).expect("an item");
    }
}

/// One more order, or a change of one that is there.
fn step(random: &mut Random, database: &Connection) {
    let text_of = |random: &mut Random| random.pick(&NAMES).expect("one");
    let any = "id = (SELECT id FROM orders ORDER BY (id * 7919) % ?2 LIMIT 1)";
    let turn = small(random, 2, 997);
    let change = |set: &str, value: &dyn rusqlite::ToSql| {
        let statement = format!("UPDATE orders SET {set} = ?1 WHERE {any}");
        database.execute(&statement, params![value, turn]).expect("a change");
    };
    match random.below(16) {
        0..=4 => insert(random, database),
        5 => change("status", &random.pick(&STATUSES)),
        6 => change("total_minor", &amount(random)),
        7 => change("payout_minor", &amount(random)),
        8 => change("payout_currency", &random.pick(&CURRENCIES).expect("one")),
        9 => change("currency", &random.pick(&CURRENCIES).expect("one")),
        10 => change("product", &text_of(random)),
        11 => change("ordered_at", &text(moment(random))),
        12 => {
            let column = [
                "profile",
                "store",
                "group_status",
                "sold_price_minor",
                "fees_minor",
                "qty_received",
            ];
            let column = random.pick(&column).expect("one");
            match column {
                "profile" | "store" => change(column, &text_of(random)),
                "group_status" => change(column, &random.pick(&["VERIFIED", "PENDING"])),
                _ => change(column, &amount(random).map(|amount| amount % 9)),
            }
        }
        13 => change("tracking_number", &text_of(random)),
        14 => {
            let column = ["charged_minor", "refunded_minor", "commission_minor", "quantity"];
            let column = random.pick(&column).expect("one");
            change(column, &(1 + amount(random).unwrap_or(3) % 50));
        }
        _ => {
            let statement = format!("DELETE FROM orders WHERE {any} AND ?1");
            database.execute(&statement, params![true, turn]).expect("deleted");
            let statement = "DELETE FROM order_items WHERE (order_id + line) % 11 = ?";
            database.execute(statement, [turn % 11]).expect("deleted");
        }
    }
}

/// What figures need to know of each order of the server, read row by row.
fn rows(database: &Connection) -> Vec<Counted> {
    let query = "SELECT ordered_at, quantity, total_minor, currency, payout_minor, coalesce(payout_currency, currency),
            status, store, profile, product,
            (SELECT json_group_array(json_array(product, quantity) ORDER BY line) FROM order_items WHERE order_id = id),
            EXISTS (SELECT 1 FROM order_items WHERE order_id = id AND line = 2)
        FROM orders WHERE guild_id = ?";
    let mut statement = database.prepare(query).expect("a query");
    let code = |code: Option<String>| code.map(|code| Currency::from_code(&code).expect("a code"));
    let rows = statement.query_map([GUILD.0], |row| {
        let units = row.get(1)?;
        let lines: Vec<(Option<String>, Option<i64>)> =
            serde_json::from_str(&row.get::<_, String>(10)?).expect("JSON");
        let lines = lines.into_iter().map(|(product, units)| (product, units.unwrap_or(1)));
        let lines = if units > 1 && row.get(11)? {
            lines.map(|(product, units)| Line { product, units }).collect()
        } else {
            vec![Line { product: row.get(9)?, units }]
        };
        let currency = code(row.get(5)?);
        Ok(Counted {
            ordered_at: row.get::<_, String>(0)?.parse().expect("a time"),
            units,
            total_minor: row.get(2)?,
            currency: code(row.get(3)?),
            payout: row.get::<_, Option<i64>>(4)?.map(|minor| Money { minor, currency }),
            status: row.get::<_, String>(6)?.parse().expect("a status"),
            store: row.get(7)?,
            profile: row.get(8)?,
            lines,
        })
    });
    rows.expect("rows").collect::<Result<_, _>>().expect("orders")
}

type Between = (Option<DateTime<Utc>>, Option<DateTime<Utc>>);

fn added_up(rows: &[Counted], (since, until): Between, zone: Tz) -> Figures {
    let mut figures = Figures::default();
    let is_within = |order: &&Counted| {
        since.is_none_or(|since| order.ordered_at >= since)
            && until.is_none_or(|until| order.ordered_at < until)
    };
    rows.iter().filter(is_within).for_each(|order| figures.add(order, zone));
    figures
}

/// What the orders came to, each looked at by itself: sums by kind and currency.
fn books(database: &Connection, (since, until): Between) -> BTreeMap<(String, String), i64> {
    let query = "WITH placed AS (
            SELECT *, status NOT IN ('cancelled', 'refunded', 'returned') AS live,
                coalesce(payout_currency, currency, '') AS payout_in, coalesce(charge_currency, currency, '') AS charge_in,
                coalesce(currency, '') AS own
            FROM orders WHERE guild_id = ?1 AND ordered_at >= ?2 AND ordered_at < ?3
        ), settled AS (
            SELECT *, CASE WHEN NOT live OR total_minor IS NULL THEN 'no'
                WHEN status = 'sold' AND sold_price_minor IS NOT NULL THEN 'sold'
                WHEN qty_received >= quantity AND payout_minor IS NOT NULL THEN 'paid' ELSE 'no' END AS how
            FROM placed
        )
        SELECT 'placed', '', count(*) FROM settled
        UNION ALL SELECT 'cancelled', '', count(*) FROM settled WHERE status = 'cancelled'
        UNION ALL SELECT 'units', '', coalesce(sum(quantity), 0) FROM settled WHERE status <> 'cancelled'
        UNION ALL SELECT 'spend', own, sum(total_minor) FROM settled WHERE live AND total_minor IS NOT NULL GROUP BY 2
        UNION ALL SELECT 'payout', payout_in, sum(payout_minor) FROM settled WHERE payout_minor IS NOT NULL GROUP BY 2
        UNION ALL SELECT 'commission', own, sum(commission_minor) FROM settled WHERE commission_minor IS NOT NULL GROUP BY 2
        UNION ALL SELECT 'profit', currency, sum(minor) FROM (
            SELECT own AS currency, sold_price_minor - coalesce(fees_minor, 0) - total_minor AS minor
            FROM settled WHERE how = 'sold'
            UNION ALL SELECT payout_in, payout_minor FROM settled WHERE how = 'paid'
            UNION ALL SELECT own, -total_minor FROM settled WHERE how = 'paid'
        ) GROUP BY 2
        UNION ALL SELECT 'open', own, sum(total_minor) FROM settled
        WHERE live AND how = 'no' AND total_minor IS NOT NULL GROUP BY 2
        UNION ALL SELECT 'charged', charge_in, sum(charged_minor) FROM settled WHERE charged_minor IS NOT NULL GROUP BY 2
        UNION ALL SELECT 'refunded', charge_in, sum(refunded_minor) FROM settled
        WHERE refunded_minor IS NOT NULL GROUP BY 2";
    let mut statement = database.prepare(query).expect("a query");
    let values = params![
        GUILD.0,
        since.map_or_else(String::new, text),
        until.map_or_else(|| "a".to_owned(), text)
    ];
    let rows = statement
        .query_map(values, |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))
        .expect("rows");
    rows.collect::<Result<_, _>>().expect("sums")
}

/// The same of what the ledger says.
fn said(stats: &BookStats) -> BTreeMap<(String, String), i64> {
    let mut said = BTreeMap::new();
    for (what, count) in
        [("placed", stats.placed), ("cancelled", stats.cancelled), ("units", stats.units)]
    {
        said.insert((what.to_owned(), String::new()), count);
    }
    for (what, sums) in [
        ("spend", &stats.spend),
        ("payout", &stats.payout),
        ("commission", &stats.commission),
        ("profit", &stats.profit),
        ("open", &stats.open),
        ("charged", &stats.charged),
        ("refunded", &stats.refunded),
    ] {
        for Money { minor, currency } in sums {
            let code = currency.map_or("", |currency| currency.code());
            said.insert((what.to_owned(), code.to_owned()), *minor);
        }
    }
    said
}

/// Spans as people ask for them, and two that begin and end anywhere.
fn spans(random: &mut Random) -> Vec<Between> {
    let at = |text: &str| Some(text.parse().expect("a time"));
    let mut any = [moment(random), moment(random)];
    any.sort_unstable();
    vec![
        (None, None),
        (at("2026-02-28T23:00:00Z"), at("2026-03-31T22:00:00Z")),
        (at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z")),
        (at("2026-02-28T18:15:00Z"), None),
        (Some(any[0]), Some(any[1])),
        (None, Some(any[0])),
    ]
}

async fn compare(fresh: &Fresh, random: &mut Random, database: &Connection) {
    let (zone, rows) = (random.pick(&ZONES).expect("a zone"), rows(database));
    for (since, until) in spans(random) {
        let all = OrderFilter { guild: Some(GUILD), since, until, ..OrderFilter::default() };
        let by_hand = added_up(&rows, (since, until), zone);
        let figures = fresh.ledger.figures(GUILD, &all, zone).await.expect("figures");
        assert_eq!(figures, by_hand, "{since:?} {until:?} {zone}");
        let stats = fresh.ledger.book_stats(GUILD, &all).await.expect("stats");
        let mut expected = books(database, (since, until));
        // Sums that are nothing may be said or not.
        expected.retain(|(_, currency), minor| *minor != 0 || currency.is_empty());
        let mut found = said(&stats);
        found.retain(|(_, currency), minor| *minor != 0 || currency.is_empty());
        assert_eq!(found, expected, "{since:?} {until:?}");
        let cancelled = OrderFilter { status: Some(Status::Cancelled), ..all.clone() };
        let counted = fresh.ledger.count_and_sum(&cancelled).await.expect("a count").count;
        assert_eq!(counted, by_hand.statuses.get(&Status::Cancelled).copied().unwrap_or(0));
        let counted = fresh.ledger.count_and_sum(&all).await.expect("a count");
        assert_eq!(counted.count, by_hand.orders);
        if let (Some(week), None) = (since, until) {
            let today = moment(random);
            let bounds =
                Bounds { now: today, today, week, verified_before: None, shipped_before: None };
            let board = fresh.ledger.board_figures(GUILD, bounds).await.expect("a board");
            for (shown, since) in [(board.week, week), (board.today, today)] {
                let mut expected = added_up(&rows, (Some(since), None), zone);
                (expected.days, expected.profiles, expected.products) = Default::default();
                assert_eq!(shown, expected, "{since}");
            }
        }
    }
}

#[tokio::test]
async fn the_sums_that_are_kept_are_those_of_the_orders() {
    for seed in 0..6 {
        let (mut random, fresh) = (Random::new(seed), Fresh::new().await);
        let database = Connection::open(fresh.path()).expect("the database");
        database.execute_batch("PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF").expect("set");
        for _ in 0..8 {
            (0..60).for_each(|_| step(&mut random, &database));
            compare(&fresh, &mut random, &database).await;
        }
        assert_findable(&fresh.path());
        database.execute_batch("DELETE FROM orders").expect("deleted");
        assert_findable(&fresh.path());
    }
}

/// By year, month and store: kept orders, and what stands by currency.
type Months = BTreeMap<(i32, u32, String), (i64, BTreeMap<String, i64>)>;

/// What stores have of months.
fn months(figures: &Figures) -> Months {
    let mut months = BTreeMap::new();
    for (day, of) in &figures.days {
        for (store, share) in &of.stores {
            let (kept, spent): &mut (i64, BTreeMap<String, i64>) =
                months.entry((day.year(), day.month(), store.clone())).or_default();
            *kept += share.kept;
            for (currency, minor) in &share.spent {
                let code = currency.map_or("", |currency| currency.code());
                *spent.entry(code.to_owned()).or_default() += minor;
            }
        }
    }
    months
}

/// Spans that begin and end anywhere, most of them many months apart.
fn long_spans(random: &mut Random) -> Vec<Between> {
    let mut moment = || Some(moment(random) + TimeDelta::days(small(random, 0, 400)));
    let mut any: Vec<_> = (0..12).map(|_| moment()).collect();
    any.sort_unstable();
    let (early, late) = any.split_at(6);
    early.iter().copied().zip(late.iter().rev().copied()).collect()
}

#[tokio::test]
async fn of_many_days_the_months_of_the_largest_stores_are_known() {
    let (mut random, fresh) = (Random::new(7), Fresh::new().await);
    let database = Connection::open(fresh.path()).expect("the database");
    database.execute_batch("PRAGMA synchronous = OFF").expect("set");
    (0..500).for_each(|_| insert(&mut random, &database));
    // Eight stores, A that of most orders, over more than a year.
    let spread = "UPDATE orders SET store = substr('AAAAAAAABBBBBBBCCCCCCDDDDDEEEEFFFGGH', 1 + id % 36, 1),
        ordered_at = strftime('%Y-%m-%dT%H:%M:%fZ', ordered_at, (id % 400) || ' days', ((id % 48) * 15) || ' minutes')";
    database.execute(spread, []).expect("spread");
    let rows = rows(&database);
    for zone in ZONES {
        for (since, until) in spans(&mut random).into_iter().chain(long_spans(&mut random)) {
            let all = OrderFilter { guild: Some(GUILD), since, until, ..OrderFilter::default() };
            let by_hand = added_up(&rows, (since, until), zone);
            let figures = fresh.ledger.figures(GUILD, &all, zone).await.expect("figures");
            let mut ranked: Vec<_> = by_hand.stores.iter().collect();
            ranked.sort_by(|(name, group), (other_name, other)| {
                (other.orders, other.units)
                    .cmp(&(group.orders, group.units))
                    .then(name.cmp(other_name))
            });
            let largest: BTreeSet<&String> =
                ranked.into_iter().take(6).map(|(name, _)| name).collect();
            let mut expected = months(&by_hand);
            expected.retain(|(_, _, store), _| largest.contains(store));
            // Of a few orders all stores are known.
            let mut found = months(&figures);
            if (since, until) != (None, None) {
                found.retain(|(_, _, store), _| largest.contains(store));
            }
            assert_eq!(found, expected, "{since:?} {until:?} {zone}");
            let days = figures.days.keys().min().zip(figures.days.keys().max());
            let are_many = days.is_some_and(|(first, last)| (*last - *first).num_days() >= 190);
            let parted = figures.days.values().filter(|day| !day.stores.is_empty()).count();
            assert!(!are_many || parted <= 60, "{parted} days where months are enough");
        }
    }
}
