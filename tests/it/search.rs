//! What a search finds, and what the lists count.

use chrono::{DateTime, TimeDelta, Utc};
use refract_ledger::ids::{GuildId, UserId};
use refract_ledger::ledger::{
    Addition, AmendRequest, Found, MarkSource, MarkTarget, OnlyLatest, OrderFilter,
};
use refract_ledger::order::{Currency, Status};
use refract_ledger::verdict::Incoming;

use crate::fresh::{Fresh, GUILD, assert_findable, checkout, edited};
use crate::ledger::reaction;

async fn search(fresh: &Fresh, typed: &str) -> Found {
    let filter = OrderFilter::default();
    fresh.ledger.list_orders(GUILD, Some(typed), &filter, 10, 0).await.unwrap()
}

/// The message ids of what a search finds, in its order.
async fn found(fresh: &Fresh, typed: &str) -> Vec<i64> {
    search(fresh, typed).await.orders.iter().map(|order| order.message_id.unwrap().0).collect()
}

fn bought(id: i64, product: &str, number: &str) -> Incoming {
    let fields = [
        ("Product", product),
        ("Price", "$10.00"),
        ("Order Number", number),
        ("Email", "ann_b@example.com"),
        ("Profile", "VCC Main 7"),
    ];
    checkout(id, "Target", &fields)
}

async fn three() -> Fresh {
    let fresh = Fresh::new().await;
    fresh.take(bought(1, "Pokémon Elite Trainer Box (100% \"new\")", "BBY01-807100000011")).await;
    fresh.take(bought(2, "Elite Console", "102003000000017")).await;
    fresh.take(bought(3, "Jordan 1 OG", "C01100000099")).await;
    fresh
}

#[tokio::test]
async fn a_part_of_any_of_five_fields_finds_an_order() {
    let fresh = three().await;
    let order = fresh.order("C01100000099").await.id;
    let tracking = Addition::tracking("1Z999AA10123456784").unwrap();
    let (guild, user, source) = (GUILD, UserId(5), MarkSource::Command);
    let request = AmendRequest { guild, order, user, source, addition: tracking };
    fresh.ledger.amend(request).await.unwrap();
    for (typed, ids) in [
        ("#807100", vec![1]),
        ("ELITE", vec![2, 1]),
        ("box elite", vec![1]),
        ("pokemon", vec![1]),
        ("POKÉMON", vec![1]),
        ("ann_b@example", vec![3, 2, 1]),
        ("annxb", vec![]),
        ("100%", vec![1]),
        ("1%0", vec![]),
        ("\"new\"", vec![1]),
        ("elite OR jordan", vec![]),
        ("elite NOT box*", vec![]),
        ("aa1012345", vec![3]),
        ("jordan aa1012345 ann_b", vec![3]),
        ("elite aa1012345", vec![]),
        ("jordan 1 og c01100000099 ann_b example.com vcc main 7 784", vec![3]),
        ("main console", vec![2]),
        ("jordan og", vec![3]),
        ("10 og", vec![3]),
        ("1", vec![3, 2, 1]),
        ("elitebox", vec![]),
        ("boxann", vec![]),
    ] {
        assert_eq!(found(&fresh, typed).await, ids, "{typed}");
    }
    assert_findable(&fresh.path());
}

#[tokio::test]
async fn any_product_of_a_cart_finds_its_order() {
    let fresh = three().await;
    let cart = |id: i64, others: [&str; 2], number: &str| {
        let fields = [
            ("Product (1)", "Desk Lamp"),
            ("Price (1)", "$10.00"),
            ("Product (2)", others[0]),
            ("Price (2)", "$5.00"),
            ("Product (3)", others[1]),
            ("Order Number", number),
            ("Profile", "VCC Main 7"),
        ];
        checkout(id, "Target", &fields)
    };
    fresh.take(cart(4, ["Pokémon Plush", "Jordan Socks"], "102003000000040")).await;
    fresh.take(cart(5, ["Teapot", "Kettle"], "102003000000050")).await;
    for (typed, ids) in [
        ("plush", vec![4]),
        ("lamp plush", vec![4]),
        ("socks main 7", vec![4]),
        ("teapot plush", vec![]),
    ] {
        assert_eq!(found(&fresh, typed).await, ids, "{typed}");
    }
    let mut filter = OrderFilter::default();
    filter.narrow.product = Some("Kettle".to_owned());
    let both = fresh.ledger.list_orders(GUILD, Some("teapot"), &filter, 10, 0).await.unwrap();
    assert_eq!(both.totals.count, 1, "a word and the product in two lines");
    assert_findable(&fresh.path());
}

#[tokio::test]
async fn numbers_that_come_late_are_found_in_their_own_server_alone() {
    let fresh = three().await;
    let by_hand = rusqlite::Connection::open(fresh.path()).unwrap();
    let set = "UPDATE orders SET tracking_number = '1ZFLOOD', group_order_id = 'G-1' WHERE product = 'Elite Console'";
    by_hand.execute(set, []).unwrap();
    // More than a search looks at, and later ones.
    let others = "INSERT INTO orders (guild_id, order_number, tracking_number, quantity, status, ordered_at, source,
            created_at, updated_at, store_key, total_stated, quantity_stated, said_status)
        WITH RECURSIVE each (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM each WHERE id < 1100)
        SELECT 78, 'B-' || id, '1ZFLOOD' || id, 1, 'shipped', '2026-01-01T12:00:00.000Z', 'webhook', '', '', '', 0, 0,
               'shipped' FROM each";
    by_hand.execute(others, []).unwrap();
    for typed in ["1zflood", "zflo g-1 console"] {
        let flood = search(&fresh, typed).await;
        assert_eq!((flood.totals.count, flood.only_latest), (1, None), "{typed}");
    }
    assert_findable(&fresh.path());
    let cart = "INSERT INTO order_items (order_id, line, product) SELECT id, 2, 'Kettle' FROM orders WHERE guild_id = 77";
    by_hand.execute(cart, []).unwrap();
    by_hand.execute("UPDATE orders SET guild_id = 79 WHERE product = 'Elite Console'", []).unwrap();
    assert_eq!(found(&fresh, "1zflood").await, Vec::<i64>::new());
    let filter = OrderFilter::default();
    let moved = fresh
        .ledger
        .list_orders(GuildId(79), Some("kettle 1zflood"), &filter, 10, 0)
        .await
        .unwrap();
    assert_eq!((moved.totals.count, search(&fresh, "kettle").await.totals.count), (1, 2));
    assert_findable(&fresh.path());
}

#[tokio::test]
async fn an_older_order_is_found_behind_many_that_hold_the_pieces_of_its_number() {
    let fresh = three().await;
    fresh.take(bought(4, "Elite Console", "804800333333")).await;
    let by_hand = rusqlite::Connection::open(fresh.path()).unwrap();
    let others = "INSERT INTO orders (guild_id, order_number, quantity, status, ordered_at, source, created_at,
            updated_at, store_key, total_stated, quantity_stated, said_status)
        WITH RECURSIVE each (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM each WHERE id < 1100)
        SELECT 77, '804-800-333-' || id, 1, 'shipped', '2026-01-01T12:00:00.000Z', 'webhook', '', '', '', 0, 0,
               'shipped' FROM each";
    by_hand.execute(others, []).unwrap();
    let rare = search(&fresh, "804800333333").await;
    assert_eq!((rare.totals.count, rare.only_latest), (1, None));
    let common = search(&fresh, "804-800-333-").await;
    assert_eq!(
        (common.totals.count, common.only_latest),
        (1_000, Some(OnlyLatest::Candidates(1_000)))
    );
}

#[tokio::test]
async fn the_index_follows_edits_undo_and_deletion() {
    let fresh = three().await;
    fresh.take(edited(5, bought(2, "Elite Handheld", "102003000000017"))).await;
    assert_eq!(found(&fresh, "console").await, Vec::<i64>::new());
    assert_eq!(found(&fresh, "handheld").await, [2]);
    let order = fresh.order("102003000000017").await.id;
    let tracking = Addition::tracking("TBA123456789012").unwrap();
    let (guild, user, source) = (GUILD, UserId(5), MarkSource::Command);
    let request = AmendRequest { guild, order, user, source, addition: tracking };
    fresh.ledger.amend(request).await.unwrap();
    assert_eq!(found(&fresh, "tba123").await, [2]);
    fresh.ledger.undo(GUILD, order, user, source, fresh.ingest.labels()).await.unwrap();
    assert_eq!(found(&fresh, "tba123").await, Vec::<i64>::new());
    let by_hand = rusqlite::Connection::open(fresh.path()).unwrap();
    by_hand.execute("DELETE FROM orders WHERE product LIKE 'Jordan%'", []).unwrap();
    assert_eq!(found(&fresh, "jordan").await, Vec::<i64>::new());
    assert_findable(&fresh.path());
}

#[tokio::test]
async fn a_search_stays_in_its_guild_and_says_how_many_there_are() {
    let fresh = three().await;
    let mut elsewhere = bought(4, "Elite Box", "102003000000018");
    elsewhere.guild_id = GuildId(1_290_000_000_000_000_001);
    fresh.take(elsewhere).await;
    let elite = search(&fresh, "elite").await;
    assert_eq!((elite.totals.count, elite.only_latest), (2, None));
    assert_eq!(elite.totals.sums, [(Some(Currency::USD), 2_000)]);
    let guild = GuildId(1_290_000_000_000_000_001);
    let filter = OrderFilter::default();
    let other = fresh.ledger.list_orders(guild, Some("elite"), &filter, 10, 0).await.unwrap();
    assert_eq!(
        other.orders.iter().map(|order| order.message_id.unwrap().0).collect::<Vec<_>>(),
        [4]
    );
}

#[tokio::test]
async fn filters_confine_a_search_and_a_list() {
    let fresh = three().await;
    let order = fresh.order("102003000000017").await.id;
    let mark = reaction(MarkTarget::Order(order), 5, "📦", Status::Shipped);
    fresh.ledger.mark(mark).await.unwrap();
    let list = async |typed, filter: OrderFilter| {
        let found = fresh.ledger.list_orders(GUILD, typed, &filter, 10, 0).await.unwrap();
        assert_eq!(found.totals.count, i64::try_from(found.orders.len()).unwrap());
        found.orders.iter().map(|order| order.message_id.unwrap().0).collect::<Vec<_>>()
    };
    let none = OrderFilter::default;
    let shipped = OrderFilter { status: Some(Status::Shipped), ..none() };
    assert_eq!(list(Some("elite"), shipped.clone()).await, [2]);
    assert_eq!(list(None, shipped).await, [2]);
    let store = |name: &str| OrderFilter { store: Some(name.to_owned()), ..none() };
    assert_eq!(list(Some("elite"), store("Walmart")).await, Vec::<i64>::new());
    assert_eq!(list(None, store("target")).await, [3, 2, 1]);
    for (profile, ids) in [("vcc main 7", vec![3, 2, 1]), ("vcc main", vec![]), ("7", vec![])] {
        let filter = OrderFilter { profile: Some(profile.to_owned()), ..none() };
        assert_eq!(list(None, filter).await, ids, "{profile}");
    }
    let later: DateTime<Utc> = "2025-11-03T12:00:00.001Z".parse().unwrap();
    let since = OrderFilter { since: Some(later), ..none() };
    assert_eq!(list(None, since.clone()).await, Vec::<i64>::new());
    assert_eq!(list(Some("elite"), since).await, Vec::<i64>::new());
}

#[tokio::test]
async fn what_is_short_is_looked_for_in_the_latest_orders_only() {
    let fresh = Fresh::new().await;
    let at = |id: i64, mut incoming: Incoming| {
        let day = DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(id);
        incoming.message.posted_at = Some(day);
        incoming
    };
    let many = (1..=2_001).map(|id| at(id, bought(id, "Zz Box", &format!("1020030000{id:05}"))));
    fresh.ingest.submit_all(many.collect()).await.unwrap();
    let short = search(&fresh, "zz").await;
    assert_eq!((short.totals.count, short.only_latest), (2_000, Some(OnlyLatest::Orders(2_000))));
    assert_eq!(short.orders[0].message_id.unwrap().0, 2_001);
    let long = search(&fresh, "zz box").await;
    let only_latest = Some(OnlyLatest::Candidates(1_000));
    assert_eq!((long.totals.count, long.only_latest), (1_000, only_latest));
    assert_eq!(long.orders[0].message_id.unwrap().0, 2_001);
    // A profile is counted in full, however many orders it has.
    let profile = OrderFilter { profile: Some("vcc MAIN 7".to_owned()), ..OrderFilter::default() };
    let last = fresh.ledger.list_orders(GUILD, None, &profile, 10, 1_995).await.unwrap();
    assert_eq!((last.totals.count, last.only_latest), (2_001, None));
    let ids = last.orders.iter().map(|order| order.message_id.unwrap().0);
    assert_eq!(ids.collect::<Vec<_>>(), [6, 5, 4, 3, 2, 1]);
}

/// What a page of a list is, whatever days, marks and edges there are: the same as counting them all.
#[tokio::test]
async fn pages_and_counts_are_those_of_all_orders_together() {
    let fresh = Fresh::new().await;
    let begin: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
    let time = |id: i64| begin + TimeDelta::hours(id * 7 % 400);
    let stores = ["Target", "Best Buy US", "Best Buy CA", "Walmart"];
    let messages = (1..=120_i64).map(|id| {
        let (number, store) =
            (format!("1020030000{id:05}"), stores[usize::try_from(id % 4).unwrap()]);
        let fields = [("Product", "Box"), ("Price", "$10.00"), ("Order Number", number.as_str())];
        let mut incoming = checkout(id, store, &fields);
        incoming.message.posted_at = Some(time(id));
        incoming
    });
    fresh.ingest.submit_all(messages.collect()).await.unwrap();
    for id in [3, 50, 99] {
        let order = fresh.order(&format!("1020030000{id:05}")).await.id;
        let mark = reaction(MarkTarget::Order(order), 5, "📦", Status::Shipped);
        fresh.ledger.mark(mark).await.unwrap();
    }
    assert_findable(&fresh.path());
    let all: Vec<_> = fresh.ledger.recent_orders(&of(None, None), 1_000, 0).await.unwrap();
    assert_eq!(all.len(), 120);
    for status in [None, Some(Status::Shipped)] {
        for store in [None, Some("best buy"), Some("Walmart")] {
            for (since, until) in [
                (None, None),
                (Some(30), None),
                (None, Some(200)),
                (Some(30), Some(200)),
                (Some(30), Some(33)),
            ] {
                let moment =
                    |hours: Option<i64>| hours.map(|hours| begin + TimeDelta::hours(hours));
                let filter = OrderFilter {
                    store: store.map(str::to_owned),
                    since: moment(since),
                    until: moment(until),
                    ..of(status, None)
                };
                let wanted = |order: &&refract_ledger::ledger::Order| {
                    let name = order.store.as_deref().unwrap_or_default().to_lowercase();
                    status.is_none_or(|status| order.status == status)
                        && store.is_none_or(|store| name.starts_with(&store.to_lowercase()))
                        && filter.since.is_none_or(|since| order.ordered_at >= since)
                        && filter.until.is_none_or(|until| order.ordered_at < until)
                };
                let expected: Vec<_> = all.iter().filter(wanted).cloned().collect();
                let totals = fresh.ledger.count_and_sum(&filter).await.unwrap();
                assert_eq!(totals.count, i64::try_from(expected.len()).unwrap(), "{filter:?}");
                assert_eq!(
                    totals.sums.iter().map(|(_, sum)| sum).sum::<i64>(),
                    totals.count * 1_000
                );
                for (limit, offset) in [(10, 0), (7, 14), (25, 3), (5, 118)] {
                    let page = fresh.ledger.recent_orders(&filter, limit, offset).await.unwrap();
                    let (limit, offset) =
                        (usize::try_from(limit).unwrap(), usize::try_from(offset).unwrap());
                    let right: Vec<_> = expected.iter().skip(offset).take(limit).cloned().collect();
                    assert_eq!(page, right, "{filter:?} {limit} {offset}");
                }
            }
        }
    }
}

fn of(status: Option<Status>, store: Option<&str>) -> OrderFilter {
    let store = store.map(str::to_owned);
    OrderFilter { guild: Some(GUILD), status, store, ..OrderFilter::default() }
}

#[tokio::test]
async fn a_search_finds_every_spelling_that_counts_as_the_same() {
    let fresh = Fresh::new().await;
    let product = "Łódź Æther® — “Gold” &amp; Straße’s ＢＯＸ Poke\u{301}mon";
    fresh.take(bought(1, product, "102003000000018")).await;
    fresh
        .take(bought(2, "Lodz Aether - \"Gold\" & Strasse's BOX Pokemon", "102003000000019"))
        .await;
    for typed in [
        "łódź",
        "lodz",
        "LODZ",
        "aether",
        "Æther",
        "\"gold\"",
        "“gold",
        "straße",
        "STRASSE'S",
        "ＢＯＸ",
        "box",
        "pokémon",
        "poke\u{301}mon",
        "gold & box",
        "&amp;",
    ] {
        assert_eq!(found(&fresh, typed).await, [2, 1], "{typed}");
    }
    assert_findable(&fresh.path());
}
