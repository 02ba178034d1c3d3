//! Marks, lookups, opening.

use chrono::{DateTime, Utc};
use futures::StreamExt;
use refract_ledger::config::Backfill;
use refract_ledger::ids::{GuildId, MessageId, OrderId, UserId, WebhookId};
use refract_ledger::ledger::{
    Awaited, Ledger, MarkRequest, MarkSource, MarkTarget, Marked, OpenError, OrderFilter, SetUp,
    UnmarkRequest, Watch,
};
use refract_ledger::order::{Currency, Status};

use crate::fresh::{CHANNEL, Fresh, GUILD, checkout, message};

pub(crate) const NUMBER: (&str, &str) = ("Order Number", "BBY01-807100000011");

pub(crate) async fn with_order() -> (Fresh, OrderId) {
    let fresh = Fresh::new().await;
    let receipt = fresh.take(checkout(1, "Best Buy US", &[("Product", "Console"), NUMBER])).await;
    (fresh, receipt.orders[0])
}

pub(crate) fn at(second: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(second, 0)
}

pub(crate) fn reaction(target: MarkTarget, user: i64, emoji: &str, status: Status) -> MarkRequest {
    MarkRequest {
        guild: GUILD,
        target,
        user: UserId(user),
        status,
        emoji: Some(emoji.to_owned()),
        source: MarkSource::Reaction,
        at: at(1000 + user),
    }
}

fn off(target: MarkTarget, user: Option<i64>, emoji: Option<&str>) -> UnmarkRequest {
    UnmarkRequest {
        guild: GUILD,
        target,
        user: user.map(UserId),
        emoji: emoji.map(str::to_owned),
        source: MarkSource::Reaction,
    }
}

pub(crate) const MESSAGE: MarkTarget = MarkTarget::Message(MessageId(1));

#[tokio::test]
async fn a_mark_changes_the_status_and_its_removal_brings_the_old_one_back() {
    let (fresh, order) = with_order().await;
    let marked = fresh.ledger.mark(reaction(MESSAGE, 1, "📦", Status::Shipped)).await.unwrap();
    assert_eq!(marked.orders, [order]);
    assert_eq!(
        (marked.changes[0].before, marked.changes[0].after),
        (Status::Verified, Status::Shipped)
    );
    let shipped = fresh.order(NUMBER.1).await;
    assert_eq!((shipped.status, shipped.shipped_at), (Status::Shipped, at(1001)));
    let again = fresh.ledger.mark(reaction(MESSAGE, 1, "📦", Status::Shipped)).await.unwrap();
    assert_eq!((again.changes, fresh.order(NUMBER.1).await), (vec![], shipped));
    let unmarked = fresh.ledger.unmark(off(MESSAGE, Some(1), Some("📦"))).await.unwrap();
    assert_eq!(unmarked.changes[0].after, Status::Verified);
    assert_eq!(fresh.order(NUMBER.1).await.shipped_at, None);
    let history = fresh.ledger.order_history(GUILD, order).await.unwrap();
    let told: Vec<_> = history
        .events
        .iter()
        .map(|event| (event.source.as_str(), event.details.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("webhook", "{}"),
            ("reaction", r#"{"status":["verified","shipped","verified"]}"#),
            ("reaction", r#"{"status":["shipped","verified","verified"]}"#)
        ]
    );
}

#[tokio::test]
async fn a_mark_stands_whatever_later_messages_say() {
    let (fresh, _) = with_order().await;
    fresh.ledger.mark(reaction(MESSAGE, 1, "🏠", Status::Delivered)).await.unwrap();
    fresh.take(message(2, "Order update", &[NUMBER, ("Status", "Cancelled")])).await;
    assert_eq!(fresh.order(NUMBER.1).await.status, Status::Delivered);
    fresh.ledger.unmark(off(MESSAGE, None, None)).await.unwrap();
    assert_eq!(fresh.order(NUMBER.1).await.status, Status::Cancelled);
}

#[tokio::test]
async fn a_mark_on_an_update_counts_when_its_checkout_comes() {
    let fresh = Fresh::new().await;
    fresh.take(message(1, "Order update", &[NUMBER, ("Status", "Cancelled")])).await;
    fresh.ledger.mark(reaction(MESSAGE, 1, "📦", Status::Shipped)).await.unwrap();
    fresh.take(checkout(2, "Best Buy US", &[NUMBER])).await;
    assert_eq!(fresh.order(NUMBER.1).await.status, Status::Shipped);
}

#[tokio::test]
async fn a_mark_may_come_before_its_message() {
    let fresh = Fresh::new().await;
    let marked = fresh.ledger.mark(reaction(MESSAGE, 1, "📦", Status::Shipped)).await.unwrap();
    assert_eq!(marked, Marked::default());
    fresh.take(checkout(1, "Best Buy US", &[NUMBER])).await;
    assert_eq!(fresh.order(NUMBER.1).await.status, Status::Shipped);
}

#[tokio::test]
async fn a_mark_of_another_guild_finds_nothing() {
    let (fresh, order) = with_order().await;
    for target in [MESSAGE, MarkTarget::Order(order)] {
        let mut request = reaction(target, 1, "📦", Status::Shipped);
        request.guild = GuildId(5);
        assert_eq!(fresh.ledger.mark(request).await.unwrap(), Marked::default());
    }
    assert_eq!(fresh.order(NUMBER.1).await.status, Status::Verified);
}

#[tokio::test]
async fn a_reaction_on_a_card_marks_its_order() {
    let (fresh, order) = with_order().await;
    let card = MessageId(500);
    fresh.ledger.remember_card(card, CHANNEL, GUILD, &[order]).await.unwrap();
    assert_eq!(fresh.ledger.orders_of_message(card).await.unwrap(), [order]);
    let target = MarkTarget::Message(card);
    fresh.ledger.mark(reaction(target, 1, "📦", Status::Shipped)).await.unwrap();
    assert_eq!(fresh.order(NUMBER.1).await.status, Status::Shipped);
    let marks = fresh.ledger.marks_of_message(card).await.unwrap();
    assert_eq!(marks, [(UserId(1), "📦".to_owned())]);
}

#[tokio::test]
async fn a_reaction_on_a_card_counts_even_before_the_card_is_remembered() {
    let (fresh, order) = with_order().await;
    let card = MessageId(500);
    let target = MarkTarget::Message(card);
    fresh.ledger.mark(reaction(target, 1, "📦", Status::Shipped)).await.unwrap();
    assert_eq!(fresh.order(NUMBER.1).await.status, Status::Verified);
    fresh.ledger.remember_card(card, CHANNEL, GUILD, &[order]).await.unwrap();
    assert_eq!(fresh.order(NUMBER.1).await.status, Status::Shipped);
}

#[tokio::test]
async fn lookups_find_what_a_person_means() {
    let fresh = Fresh::new().await;
    for (id, store, number) in [
        (1, "Best Buy US", "BBY01-807100000011"),
        (2, "Best Buy US", "BBY01-807100000012"),
        (3, "Target", "102003000000017"),
    ] {
        let fields = [("Product", "Console"), ("Price", "$10.00"), ("Order Number", number)];
        fresh.take(checkout(id, store, &fields)).await;
    }
    let ledger = &fresh.ledger;
    let starting = ledger.suggest_numbers(GUILD, "bby01", 25).await.unwrap();
    assert_eq!(starting, ["BBY01-807100000012", "BBY01-807100000011"]);
    let latest = ledger.suggest_numbers(GUILD, "", 1).await.unwrap();
    assert_eq!(latest, ["102003000000017"]);
    let closest = ledger.closest_numbers(GUILD, "BBY01-807100000911").await.unwrap();
    assert_eq!(closest, ["BBY01-807100000011", "BBY01-807100000012"]);
    let closest = ledger.closest_numbers(GUILD, "nonsense").await.unwrap();
    assert_eq!(closest, Vec::<String>::new());
    // Several stores gave a number: it is one suggestion, and takes the place of no other.
    for (id, store) in [(4, "Target"), (5, "Walmart"), (6, "Costco")] {
        let number = ("Order Number", "BBY01-807100000012");
        fresh.take(checkout(id, store, &[("Product", "Console"), number])).await;
    }
    let both = ["BBY01-807100000012", "BBY01-807100000011"];
    assert_eq!(ledger.suggest_numbers(GUILD, "80710000001", 2).await.unwrap(), both);
    let short = ledger.suggest_numbers(GUILD, "01", 2).await.unwrap();
    assert_eq!(short, ["BBY01-807100000012", "102003000000017"]);
    assert_eq!(ledger.closest_numbers(GUILD, "80710000001").await.unwrap(), both);
    assert_eq!(ledger.suggest_stores(GUILD, "best", 25).await.unwrap(), ["Best Buy US"]);
    assert_eq!(ledger.suggest_numbers(GuildId(5), "", 25).await.unwrap(), Vec::<String>::new());
    let filter = OrderFilter {
        guild: Some(GUILD),
        store: Some("best buy".to_owned()),
        ..OrderFilter::default()
    };
    let recent = ledger.recent_orders(&filter, 10, 0).await.unwrap();
    assert_eq!(recent.iter().map(|order| order.message_id.unwrap().0).collect::<Vec<_>>(), [2, 1]);
    let totals = ledger.count_and_sum(&filter).await.unwrap();
    assert_eq!((totals.count, totals.sums), (2, vec![(Some(Currency::USD), 2_000)]));
    let all: Vec<_> = ledger.export_orders(&OrderFilter::default()).collect().await;
    assert_eq!(all.len(), 6);
}

#[tokio::test]
async fn the_export_reads_page_after_page() {
    let fresh = Fresh::new().await;
    let many = (1..=1203)
        .map(|id| checkout(id, "Target", &[("Order Number", &format!("1020030000{id:05}"))]));
    fresh.ingest.submit_all(many.collect()).await.unwrap();
    let orders: Vec<_> = fresh.ledger.export_orders(&OrderFilter::default()).collect().await;
    let ids: Vec<i64> =
        orders.into_iter().map(|order| order.unwrap().message_id.unwrap().0).collect();
    assert_eq!(ids, (1..=1203).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_cursor_never_moves_back_and_stays_with_its_watch() {
    let (fresh, _) = with_order().await;
    let ledger = &fresh.ledger;
    ledger.add_watch(CHANNEL, GUILD, &[WebhookId(99)]).await.unwrap();
    assert!(ledger.move_cursor(CHANNEL, MessageId(20)).await.unwrap());
    assert!(!ledger.move_cursor(CHANNEL, MessageId(10)).await.unwrap());
    ledger.add_watch(CHANNEL, GuildId(0), &[]).await.unwrap();
    let watch = Watch {
        channel_id: CHANNEL,
        guild_id: GUILD,
        webhook_ids: vec![],
        cursor: Some(MessageId(20)),
        starts_after: None,
        caught_up_at: None,
        last_gap: None,
        set_up: None,
    };
    assert_eq!(ledger.watches().await.unwrap(), [watch]);
    assert!(ledger.forget_watch(CHANNEL).await.unwrap());
    assert!(!ledger.forget_watch(CHANNEL).await.unwrap());
}

#[tokio::test]
async fn a_channel_that_was_set_up_stays_with_its_guild_and_awaits_one_message() {
    let fresh = Fresh::new().await;
    let ledger = &fresh.ledger;
    let awaited = Awaited { webhook_id: WebhookId(99), since: DateTime::UNIX_EPOCH };
    let set_up = SetUp { backfill: Backfill::Days(30), awaited: Some(awaited) };
    ledger.set_up_watch(CHANNEL, GUILD, &[WebhookId(99)], &set_up).await.unwrap();
    assert_eq!(ledger.watch(CHANNEL).await.unwrap().unwrap().set_up, Some(set_up));
    let stolen = ledger.set_up_watch(CHANNEL, GuildId(5), &[], &set_up).await;
    assert!(stolen.unwrap_err().to_string().contains("another guild"));
    assert!(ledger.first_message_came(CHANNEL).await.unwrap());
    assert!(!ledger.first_message_came(CHANNEL).await.unwrap());
    for (trouble, is_news) in [(Some("gone"), true), (Some("gone"), false), (None, true)] {
        assert_eq!(ledger.note_webhook_problem(CHANNEL, trouble).await.unwrap(), is_news);
    }
    // The configuration takes it over.
    ledger.add_watch(CHANNEL, GUILD, &[]).await.unwrap();
    assert_eq!(ledger.watch(CHANNEL).await.unwrap().unwrap().set_up, None);
}

#[tokio::test]
async fn what_cannot_be_opened_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let refused = Ledger::open(&path("missing/ledger.db")).await.unwrap_err();
    assert!(matches!(refused, OpenError::NoSuchFolder(_)), "{refused}");
    let refused = Ledger::open_read_only(&path("none.db")).await.unwrap_err();
    assert!(matches!(refused, OpenError::NoSuchFile(_)), "{refused}");
    std::fs::write(path("text.db"), "no database at all, only a long line of text".repeat(99))
        .unwrap();
    let refused = Ledger::open(&path("text.db")).await.unwrap_err();
    assert!(matches!(refused, OpenError::Damaged(_)), "{refused}");
    let other = rusqlite::Connection::open(path("other.db")).unwrap();
    other.execute_batch("CREATE TABLE songs (name TEXT)").unwrap();
    let refused = Ledger::open(&path("other.db")).await.unwrap_err();
    assert!(matches!(refused, OpenError::NotOurs(_)), "{refused}");
    let first = Ledger::open(&path("ledger.db")).await.unwrap();
    let refused = Ledger::open(&path("ledger.db")).await.unwrap_err();
    assert!(matches!(refused, OpenError::InUse(_)), "{refused}");
    Ledger::open_read_only(&path("ledger.db")).await.unwrap();
    first.close().await;
    drop(first);
    let ours = rusqlite::Connection::open(path("ledger.db")).unwrap();
    ours.execute_batch("UPDATE _sqlx_migrations SET version = version + 9000").unwrap();
    let refused = Ledger::open(&path("ledger.db")).await.unwrap_err();
    assert!(matches!(refused, OpenError::FromNewerVersion(_)), "{refused}");
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_may_read_the_database() {
    use std::os::unix::fs::PermissionsExt;

    let (fresh, _) = with_order().await;
    for ending in ["", "-wal", "-shm", ".lock"] {
        let path = format!("{}{ending}", fresh.path().display());
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{path}");
    }
}
