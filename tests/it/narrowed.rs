//! Lists that are narrowed and sorted, against a model that looks at every order; and several numbers at once.

use futures::TryStreamExt as _;
use refract_ledger::ids::{ChannelId, GuildId, OrderId, UserId};
use refract_ledger::ledger::{
    Addition, AmendRequest, ForgetRequest, Forgettable, InLine, MarkSource, Narrow, OpenKey,
    OpenQuery, Order, OrderField, OrderFilter, OrderList, SetRequest,
};
use refract_ledger::order::{Money, Sort, Status};
use refract_ledger::sheet::Amount;
use refract_ledger::verdict::Incoming;
use rusqlite::Connection;

use crate::fresh::{CHANNEL, Fresh, GUILD, assert_findable, checkout};

/// A thread of the channel, and another channel.
const THREAD: ChannelId = ChannelId(89);
const OTHER: ChannelId = ChannelId(90);
const USER: UserId = UserId(5);

/// Every state that lists ask for, spread so that each meets many others.
const STATES: &str = "
    UPDATE orders SET
        status = CASE id % 11 WHEN 0 THEN 'verified' WHEN 1 THEN 'shipped' WHEN 2 THEN 'cancelled'
            WHEN 3 THEN 'sold' WHEN 4 THEN 'processing' WHEN 5 THEN 'refunded' ELSE 'delivered' END,
        tracking_number = CASE WHEN id % 3 = 0 THEN NULL ELSE '1Z999AA10' || id END,
        qty_received = CASE WHEN id % 11 > 5 AND id % 2 = 0 THEN 1 + id % 4 END,
        quantity = 1 + id % 3,
        total_minor = CASE WHEN id % 13 = 0 THEN NULL ELSE id * 7919 % 50 * 100 END,
        currency = CASE WHEN id % 17 = 0 THEN 'JPY' ELSE 'USD' END,
        updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 1760000000 + id * 104729 % 97 * 60, 'unixepoch'),
        profile = 'VCC ' || id % 5;
    UPDATE orders SET group_status = CASE WHEN id % 5 = 0 THEN 'UNVERIFIED' ELSE 'VERIFIED' END,
        payout_minor = CASE WHEN id % 7 = 0 THEN NULL ELSE total_minor - id % 4 * 60 END
    WHERE qty_received IS NOT NULL;
    UPDATE orders SET charged_minor = 100, refunded_minor = CASE WHEN id % 4 = 0 THEN 100 END
    WHERE id % 5 IN (1, 2) AND id % 3 <> 0;
    INSERT INTO order_items (order_id, line, product)
    SELECT id, 2, CASE WHEN id % 12 = 0 THEN 'Élite Bag' ELSE 'Console' END FROM orders WHERE id % 6 = 0;
    INSERT INTO order_items (order_id, line, product) SELECT id, 3, 'Tin of tea' FROM orders WHERE id % 18 = 0;
    UPDATE order_items SET product = '“Tin” of tea' WHERE line = 2 AND order_id % 30 = 0;
    DELETE FROM order_items WHERE line = 3 AND order_id % 36 = 0;
    INSERT INTO watches (channel_id, guild_id, webhook_ids, added_at, starts_after)
    VALUES (88, 77, '[]', '2025-11-03T12:00:00.000Z', 5);
    INSERT INTO threads (thread_id, channel_id, last_message_id, cursor, starts_after)
    VALUES (89, 88, 9, 7, 5)";
const RECEIVED: &str = "INSERT INTO batches (guild_id, kind, files, rows, changed, applied_at)
    VALUES (77, 'received', '[]', 1, 1, '2025-11-03T12:00:00.000Z')";

fn number(id: i64) -> String {
    format!("1020030000{id:05}")
}

fn bought(id: i64) -> Incoming {
    let (number, products) = (number(id), ["Élite Box", "Tin of tea", "Console"]);
    let product = products[usize::try_from(id % 3).unwrap()];
    let fields = [
        ("Product", product),
        ("Price", "$10.00"),
        ("Order Number", number.as_str()),
        ("Email", "ann@example.com"),
    ];
    let store = if id % 4 == 0 { "Walmart" } else { "Target" };
    let mut incoming = checkout(id, store, &fields);
    let hours = chrono::TimeDelta::hours(id * 31 % 200);
    incoming.message.posted_at = incoming.message.posted_at.map(|time| time + hours);
    incoming.channel_id = [CHANNEL, THREAD, OTHER][usize::try_from(id % 7 % 3).unwrap()];
    incoming
}

async fn many() -> (Fresh, Vec<Order>) {
    let fresh = Fresh::new().await;
    fresh.ingest.submit_all((1..=110).map(bought).collect()).await.unwrap();
    let mut elsewhere = bought(111);
    elsewhere.guild_id = GuildId(78);
    fresh.take(elsewhere).await;
    Connection::open(fresh.path()).unwrap().execute_batch(STATES).unwrap();
    assert_findable(&fresh.path());
    let all = OrderFilter { guild: Some(GUILD), ..OrderFilter::default() };
    let orders: Vec<Order> = fresh.ledger.export_orders(&all).try_collect().await.unwrap();
    assert_eq!(orders.len(), 110);
    (fresh, orders)
}

fn tolerance() -> Amount {
    "1.00".parse().unwrap()
}

/// Whether an order is in a line of what is open, as docs/books.md says it.
fn is_in(order: &Order, key: OpenKey, all: &[Order], is_received: bool) -> bool {
    use Status::{Cancelled, Delivered, Processing, Refunded, Returned, Shipped, Verified};
    let live = [Verified, Processing, Shipped, Delivered].contains(&order.status);
    let got = order.qty_received.unwrap_or_default();
    let (whole, delivered) = (got > 0 && got >= order.quantity, order.status == Delivered);
    let books = &order.books;
    let verified = whole && books.group_status.as_deref() == Some("VERIFIED");
    let charged = |other: &Order| {
        other.books.charged.is_some() && other.details.profile == order.details.profile
    };
    let gap = order.total_minor.zip(books.payout).map(|(total, Money { minor, .. })| total - minor);
    let digits = order.currency.map_or(2, |currency| if currency.code() == "JPY" { 0 } else { 2 });
    match key {
        OpenKey::NoTracking => live && got == 0 && !delivered && order.parcels().is_empty(),
        OpenKey::OnTheWay => live && got == 0 && !delivered && !order.parcels().is_empty(),
        OpenKey::DeliveredNotReceived => is_received && live && got == 0 && delivered,
        OpenKey::PartReceived => live && got > 0 && !whole,
        OpenKey::Unverified => live && whole && !verified,
        OpenKey::Unpaid => live && verified && books.payout.is_none(),
        OpenKey::Short => live && verified && gap.is_some_and(|gap| gap > 10_i64.pow(digits)),
        OpenKey::ChargeMissing => {
            ![Cancelled, Refunded, Returned].contains(&order.status)
                && books.charged.is_none()
                && all.iter().any(charged)
        }
        OpenKey::RefundMissing => {
            order.status == Cancelled && books.charged.is_some() && books.refunded.is_none()
        }
        OpenKey::ForeignParcels => false,
    }
}

fn matches(order: &Order, filter: &OrderFilter, all: &[Order], is_received: bool) -> bool {
    let Narrow { tracking, line, product, channel } = &filter.narrow;
    let store = order.store.as_deref().unwrap_or_default();
    let names = order.items.iter().filter_map(|item| item.product.as_deref());
    let mut names = names.map(|name| name.to_lowercase().replace('é', "e"));
    let stands_in = |channel: ChannelId| {
        order.channel_id == Some(channel) || channel == CHANNEL && order.channel_id == Some(THREAD)
    };
    filter.status.is_none_or(|status| order.status == status)
        && filter.store.as_deref().is_none_or(|wanted| store == wanted)
        && filter.since.is_none_or(|since| order.ordered_at >= since)
        && (filter.profile.is_none() || filter.profile == order.details.profile)
        && tracking.is_none_or(|has| order.parcels().is_empty() != has)
        && line.is_none_or(|line| is_in(order, line.key, all, is_received))
        && product.as_deref().is_none_or(|part| names.any(|name| name.contains(part)))
        && channel.is_none_or(stands_in)
}

fn sorted(mut orders: Vec<&Order>, sort: Sort) -> Vec<OrderId> {
    orders.sort_by(|one, other| match sort {
        Sort::Newest => (other.ordered_at, other.id).cmp(&(one.ordered_at, one.id)),
        Sort::Oldest => (one.ordered_at, one.id).cmp(&(other.ordered_at, other.id)),
        Sort::Total => (other.total_minor, other.id).cmp(&(one.total_minor, one.id)),
        Sort::Changed => (other.updated_at, other.id).cmp(&(one.updated_at, one.id)),
    });
    orders.into_iter().map(|order| order.id).collect()
}

/// Each condition alone, and in twos and threes with others.
fn filters(middle: &Order) -> Vec<OrderFilter> {
    let mut lines = vec![None];
    lines.extend(OpenKey::ALL.map(|key| Some(InLine { key, tolerance: tolerance() })));
    let mut filters = Vec::new();
    for (place, line) in lines.into_iter().enumerate() {
        for tracking in [None, Some(true), Some(false)] {
            for channel in [None, Some(CHANNEL), Some(OTHER), Some(ChannelId(91))] {
                let product = [None, Some("tin"), Some("elite b"), Some("te")][place % 4];
                for product in [None, product.map(str::to_owned)] {
                    let narrow = Narrow { tracking, line, product, channel };
                    filters.push(OrderFilter { narrow, ..OrderFilter::default() });
                }
            }
        }
    }
    for (place, filter) in filters.iter_mut().enumerate() {
        filter.status = (place % 5 == 1).then_some(Status::Delivered);
        filter.store = (place % 4 == 1).then(|| "Target".to_owned());
        filter.since = (place % 3 == 1).then_some(middle.ordered_at);
        filter.profile = (place % 7 == 6).then(|| "VCC 2".to_owned());
    }
    filters
}

#[tokio::test]
async fn pages_are_those_of_all_orders_that_match_in_their_order() {
    let (fresh, orders) = many().await;
    let mut shown = 0;
    for is_received in [false, true] {
        if is_received {
            Connection::open(fresh.path()).unwrap().execute_batch(RECEIVED).unwrap();
        }
        for (place, filter) in filters(&orders[55]).into_iter().enumerate() {
            let wanted = |order: &&Order| matches(order, &filter, &orders, is_received);
            let right: Vec<&Order> = orders.iter().filter(wanted).collect();
            let sum: i64 = right.iter().filter_map(|order| order.total_minor).sum();
            let sort = Sort::ALL[place % 4];
            let list = OrderList { filter: filter.clone(), sort, ..OrderList::default() };
            let all = fresh.ledger.list(GUILD, &list, (200, 0)).await.unwrap();
            let ids: Vec<OrderId> = all.orders.iter().map(|order| order.id).collect();
            let right = sorted(right, sort);
            assert_eq!(ids, right, "{list:?}");
            assert_eq!(all.totals.count, i64::try_from(right.len()).unwrap(), "{list:?}");
            assert_eq!(all.totals.sums.iter().map(|(_, sum)| sum).sum::<i64>(), sum, "{list:?}");
            let page = fresh.ledger.list(GUILD, &list, (5, 3)).await.unwrap();
            let ids: Vec<OrderId> = page.orders.iter().map(|order| order.id).collect();
            // Where the list ends before the page, its last one is shown.
            let before = if right.len() > 3 { 3 } else { 0 };
            let right: Vec<OrderId> = right.into_iter().skip(before).take(5).collect();
            assert_eq!(ids, right, "{list:?}");
            shown += ids.len();
            let filter = OrderFilter { guild: Some(GUILD), ..filter };
            let exported: Vec<Order> =
                fresh.ledger.export_orders(&filter).try_collect().await.unwrap();
            assert_eq!(i64::try_from(exported.len()).unwrap(), all.totals.count, "{filter:?}");
        }
    }
    assert!(shown > 200, "{shown}");
}

#[tokio::test]
async fn a_line_of_what_is_open_lists_the_orders_that_it_counts() {
    let (fresh, _) = many().await;
    Connection::open(fresh.path()).unwrap().execute_batch(RECEIVED).unwrap();
    let filter = OrderFilter { guild: Some(GUILD), ..OrderFilter::default() };
    let asked = OpenQuery { filter, tolerance: tolerance() };
    let open = fresh.ledger.open_of(GUILD, &asked).await.unwrap();
    for key in OpenKey::WITH_ORDERS {
        let line = Some(InLine { key, tolerance: tolerance() });
        let narrow = Narrow { line, ..Narrow::default() };
        let filter = OrderFilter { narrow, ..OrderFilter::default() };
        let list = OrderList { filter, sort: Sort::Oldest, ..OrderList::default() };
        let found = fresh.ledger.list(GUILD, &list, (200, 0)).await.unwrap();
        assert!(open[&key].orders > 0, "{key:?} has no order: give it one");
        assert_eq!(found.totals.count, open[&key].orders, "{key:?}");
        let of_line = fresh.ledger.orders_of_line(GUILD, &asked, key, (200, 0)).await.unwrap();
        assert_eq!(found.orders, of_line, "{key:?}");
    }
}

#[tokio::test]
async fn a_search_is_narrowed_and_sorted_too() {
    let (fresh, orders) = many().await;
    for sort in Sort::ALL {
        let narrow = Narrow { tracking: Some(false), ..Narrow::default() };
        let filter = OrderFilter { narrow, ..OrderFilter::default() };
        let list = OrderList { typed: Some("tea".to_owned()), filter, sort, among: None };
        let found = fresh.ledger.list(GUILD, &list, (200, 0)).await.unwrap();
        let is_tea =
            |product: &Option<String>| product.as_ref().is_some_and(|of| of.contains("tea"));
        let holds = |order: &&Order| {
            order.parcels().is_empty() && order.items.iter().any(|item| is_tea(&item.product))
        };
        let right = sorted(orders.iter().filter(holds).collect(), sort);
        let ids: Vec<OrderId> = found.orders.iter().map(|order| order.id).collect();
        assert!((1..37).contains(&right.len()), "{right:?}");
        assert_eq!(ids, right, "{sort}");
    }
}

#[tokio::test]
async fn several_numbers_find_orders_by_their_own_and_by_their_parcels() {
    let (fresh, orders) = many().await;
    let by_hand = Connection::open(fresh.path()).unwrap();
    by_hand
        .execute_batch(
            "UPDATE orders SET tracking_number = 'TBA1234-5678, 9400 1000' WHERE id = 7;
         UPDATE orders SET tracking_number = '94001000' WHERE id = 9;
         UPDATE orders SET order_number = NULL WHERE id = 12",
        )
        .unwrap();
    let own = |id: i64| orders.iter().find(|order| order.id == OrderId(id)).unwrap().handle();
    let elsewhere = by_hand
        .query_row("SELECT id FROM orders WHERE guild_id = 78", [], |row| row.get::<_, i64>(0))
        .unwrap();
    let typed = [
        own(3),
        "A-404".to_owned(),
        "TBA1234-5678".to_owned(),
        "94001000".to_owned(),
        own(3),
        "no:12".to_owned(),
        format!("no:{elsewhere}"),
        number(111),
        own(5),
    ];
    let found = fresh.ledger.orders_by_numbers(GUILD, &typed).await.unwrap();
    assert_eq!(found.orders, [3, 5, 7, 9, 12].map(OrderId));
    assert_eq!(found.missing, ["A-404".to_owned(), format!("no:{elsewhere}"), number(111)]);
    let (among, sort) = (Some(found.orders), Sort::Oldest);
    let list = OrderList { among, sort, ..OrderList::default() };
    let page = fresh.ledger.list(GUILD, &list, (2, 2)).await.unwrap();
    let all: Vec<&Order> =
        orders.iter().filter(|order| [3, 5, 7, 9, 12].contains(&order.id.0)).collect();
    let ids: Vec<OrderId> = page.orders.iter().map(|order| order.id).collect();
    assert_eq!((ids, page.totals.count), (sorted(all, sort)[2..4].to_vec(), 5));
    // Whatever ids a list names, it shows none of another server.
    let list = OrderList { among: Some(vec![OrderId(elsewhere)]), ..OrderList::default() };
    assert_eq!(fresh.ledger.list(GUILD, &list, (2, 0)).await.unwrap().totals.count, 0);
}

async fn found(fresh: &Fresh, typed: &str) -> Vec<i64> {
    let filter = OrderFilter::default();
    let found = fresh.ledger.list_orders(GUILD, Some(typed), &filter, 10, 0).await.unwrap();
    found.orders.iter().map(|order| order.id.0).collect()
}

#[tokio::test]
async fn notes_names_references_and_the_groups_numbers_are_searched() {
    let fresh = Fresh::new().await;
    for id in 1..=3 {
        fresh.take(bought(id)).await;
    }
    let order = fresh.order(&number(2)).await.id;
    assert_eq!(order, OrderId(2));
    let (guild, user, source) = (GUILD, USER, MarkSource::Command);
    let addition = Addition::note("Geschenk für Zoë");
    fresh.ledger.amend(AmendRequest { guild, order, user, source, addition }).await.unwrap();
    let values = vec![(OrderField::Customer, "Wilma Woolly".to_owned())];
    let zone = chrono_tz::Tz::UTC;
    let request = SetRequest { guild, order, user, source, values, zone };
    fresh.ledger.set_values(&request).await.unwrap().unwrap().unwrap();
    let group =
        "UPDATE orders SET group_order_id = 'G-4711', reference_number = 'REF-0815' WHERE id = 2";
    Connection::open(fresh.path()).unwrap().execute_batch(group).unwrap();
    assert_findable(&fresh.path());
    let typed = ["geschenk zoe", "für", "woolly", "g-4711", "0815", "wilma ref-0815 console"];
    for typed in typed {
        assert_eq!(found(&fresh, typed).await, [2], "{typed}");
    }
    assert_eq!(found(&fresh, "zoewilma").await, Vec::<i64>::new());
    // A correction that is taken back, and a note.
    for typed in ["woolly", "geschenk"] {
        fresh.ledger.undo(GUILD, order, user, source, fresh.ingest.labels()).await.unwrap();
        assert_eq!(found(&fresh, typed).await, Vec::<i64>::new(), "{typed}");
        assert_findable(&fresh.path());
    }
}

#[tokio::test]
async fn what_was_forgotten_is_found_by_nothing() {
    let fresh = Fresh::new().await;
    fresh.take(bought(1)).await;
    let personal = "UPDATE orders SET customer_name = 'Wilma Woolly', notes = 'for Wilma at home',
        group_order_id = 'G-4711'";
    Connection::open(fresh.path()).unwrap().execute_batch(personal).unwrap();
    assert_eq!(found(&fresh, "wilma").await, [1]);
    let what = Forgettable::Email("ann@example.com".to_owned());
    let request = ForgetRequest { guild: GUILD, what, delete_orders: false, user: USER };
    fresh.ledger.forget(&request, |_| String::new()).await.unwrap();
    for typed in ["wilma", "woolly", "at home", "ann@example"] {
        assert_eq!(found(&fresh, typed).await, Vec::<i64>::new(), "{typed}");
    }
    assert_eq!(found(&fresh, "G-4711").await, [1]);
    assert_findable(&fresh.path());
}
