//! Replies about messages and about the whole ledger.

use std::collections::HashMap;

use super::made_up::{CHANNEL, ago, delivery, figures};
use super::shown::{assert_shown, embed};
use crate::discord::bot::access::Right;
use crate::discord::render::books::stats::Came;
use crate::discord::render::delivery::Retried;
use crate::discord::render::health::{ChannelHealth, Health};
use crate::discord::render::{Audience, delivery as log, export, forget, health, help, stats};
use crate::figures::Figures;
use crate::ids::{GuildId, MessageId, OrderId};
use crate::ledger::{
    BookStats, Delivery, Forgettable, Gap, NoSuchStore, OrderFilter, Posted, ThreadCount, ToForget,
    Watch, Wiped,
};
use crate::order::{Currency, Money, Status, StatusEmoji};
use crate::verdict::{Outcome, Via};

#[test]
fn retries_are_shown() {
    let all = |retried: &[Retried]| embed(&log::read_again(retried));
    let again = |after| log::tried_again(Outcome::Rejected, after, ago(0));
    let (failed, made, unnumbered) = (Retried::NotStored, Retried::Stored, Retried::NoNumber);
    assert_shown(
        "retry",
        &[
            ("nothing to retry", all(&[])),
            ("one is stored", all(&[made])),
            ("all are stored", all(&[made, made])),
            ("one is not", all(&[failed])),
            ("none is", all(&[failed, failed])),
            ("some are", all(&[failed, made, failed])),
            ("one has no number", all(&[unnumbered])),
            ("the others are stored", all(&[unnumbered, made, unnumbered])),
            ("some have no number", all(&[failed, made, unnumbered])),
            ("a message as before", again(Outcome::Rejected)),
            ("a message that is stored now", again(Outcome::Stored)),
        ],
    );
}

#[test]
fn exports_are_shown() {
    let all = export::which("all time", &OrderFilter::default());
    let some = export::which(
        "this month",
        &OrderFilter {
            store: Some("Best_Buy".to_owned()),
            status: Some(Status::Shipped),
            profile: Some("Demo 2".to_owned()),
            ..OrderFilter::default()
        },
    );
    let slip = NoSuchStore {
        typed: "Best_Buy".to_owned(),
        close: vec!["Best Buy US".to_owned()],
        others: Vec::new(),
    };
    assert_shown(
        "export",
        &[
            ("one order", export::part(1, 1, true, &all)),
            ("some orders", export::part(1, 1_200, true, &some)),
            ("the first part", export::part(1, 9_000, false, &all)),
            ("the next part", export::part(2, 1, false, &all)),
            ("nothing", export::nothing(&some, None)),
            ("a store that there is not", export::nothing(&some, Some(&slip))),
            ("too many", export::too_many(90_000)),
        ],
    );
}

#[test]
fn forgetting_is_shown() {
    let posted = |message| Posted { channel: CHANNEL, message: MessageId(1 + message) };
    let found = |orders: i64| ToForget {
        orders: (0..orders).map(OrderId).collect(),
        numbers: (0..orders).map(|number| format!("10{number}")).collect(),
        unnumbered: Vec::new(),
        purchases: Vec::new(),
        messages: (0..orders).map(MessageId).collect(),
        rows: orders.unsigned_abs() / 2,
        events: orders.unsigned_abs(),
        posted: (0..orders).map(posted).collect(),
        cards: (0..orders / 6).map(|order| (posted(90 + order), OrderId(order))).collect(),
    };
    let guild = GuildId(10);
    let buyer = Forgettable::Email("buyer@example.com".to_owned());
    let order = Forgettable::Order("1020".to_owned());
    assert_shown(
        "forget",
        &[
            ("a buyer", embed(&forget::preview(&buyer, false, &found(12)))),
            ("an order, deleted", embed(&forget::preview(&order, true, &found(1)))),
            ("nothing is known", embed(&forget::preview(&order, false, &found(0)))),
            ("erased", embed(&forget::done(guild, false, &found(12), Some(Wiped::Whole)))),
            (
                "erased from a large file",
                embed(&forget::done(guild, false, &found(1), Some(Wiped::UntilNextStart))),
            ),
            ("deleted, with traces", embed(&forget::done(guild, true, &found(1), None))),
        ],
    );
}

fn channel(problems: &[&str], change: impl FnOnce(&mut Watch)) -> ChannelHealth {
    let mut watch = Watch {
        channel_id: CHANNEL,
        guild_id: GuildId(10),
        webhook_ids: Vec::new(),
        cursor: Some(MessageId(1_400_000_000_000_000_000)),
        starts_after: None,
        caught_up_at: Some(ago(1)),
        last_gap: None,
        set_up: None,
    };
    change(&mut watch);
    let problems: Vec<String> = problems.iter().map(|it| (*it).to_owned()).collect();
    let is_hindered = !problems.is_empty();
    ChannelHealth { watch, threads: None, is_forum: false, problems, is_hindered }
}

#[test]
fn health_is_shown() {
    let shown = |channels, last_message: Option<Delivery>, warnings: &[&str]| {
        let is_known = last_message.is_some();
        let health = Health {
            channels,
            connected_since: is_known.then(|| ago(90)),
            latest_outage: is_known.then(|| (ago(100), ago(90))),
            last_message,
            waiting: if is_known { 0 } else { 1_200 },
            database_bytes: 12_345_678,
            warnings: warnings.iter().map(|it| (*it).to_owned()).collect(),
        };
        embed(&health::embed(&health)).replace(env!("CARGO_PKG_VERSION"), "(its version)")
    };
    let stored = || delivery(Outcome::Stored, "");
    let late = Delivery { received_at: ago(2) + chrono::TimeDelta::milliseconds(340), ..stored() };
    let old = Delivery { via: Via::Backfill, ..stored() };
    let gap = Some(Gap { closed_at: ago(30), messages: 1 });
    let with_threads = |threads, behind| ChannelHealth {
        threads: Some(ThreadCount { threads, behind }),
        ..channel(&[], |_| {})
    };
    let channels = vec![
        with_threads(1_200, 3),
        channel(&[], |watch| watch.last_gap = gap),
        channel(&["the bot may not react here"], |_| {}),
        channel(&[], |watch| watch.caught_up_at = None),
        channel(&[], |watch| (watch.caught_up_at, watch.cursor) = (None, None)),
    ];
    assert_shown(
        "health",
        &[
            ("well", shown(vec![with_threads(12, 0)], Some(late), &[])),
            ("troubled", shown(channels, Some(old), &["Something has to be done"])),
            ("not set up, not connected", shown(Vec::new(), None, &[])),
        ],
    );
}

#[test]
fn help_is_shown() {
    let emoji = StatusEmoji::default();
    let shown = |may: &[Right]| embed(&help::embed(&emoji, may));
    assert_shown(
        "help",
        &[
            ("for those who look", shown(&[Right::View])),
            ("for those who run it", shown(&[Right::View, Right::Mark, Right::Admin])),
        ],
    );
}

/// A month with a payout, and the month before without one.
fn came() -> Came {
    let dollars = |minor| vec![Money { minor, currency: Some(Currency::USD) }];
    let before = BookStats {
        placed: 12,
        cancelled: 2,
        units: 11,
        spend: dollars(100_000),
        ..BookStats::default()
    };
    let now = BookStats {
        placed: 14,
        spend: dollars(123_400),
        payout: dollars(90_000),
        commission: dollars(2_500),
        profit: dollars(-1_050),
        open: dollars(32_350),
        ..before.clone()
    };
    Came { now, before: Some(before) }
}

#[test]
fn stats_are_shown() {
    let shown = |figures: &Figures, only: &[&str]| {
        let shown = stats::Shown {
            figures,
            title: "this month".to_owned(),
            only: only.iter().map(|word| (*word).to_owned()).collect(),
            audience: Audience::Private,
            zone: "Europe/Berlin".parse().unwrap(),
            came: (figures.orders > 1).then(came),
            unknown_store: None,
        };
        embed(&stats::embed(&shown, &StatusEmoji::default()))
    };
    let one = figures(&[("Target", Status::Verified, 1)]);
    let mut many = figures(&[
        ("Target", Status::Verified, 2),
        ("Target", Status::Refunded, 1),
        ("Target", Status::Returned, 1),
        ("Shop", Status::Cancelled, 1),
        ("Shop", Status::Shipped, 1_000),
        ("", Status::Verified, 1),
    ]);
    many.declines = 2;
    let declined = Figures { declines: 1, ..Figures::default() };
    assert_shown(
        "stats",
        &[
            ("one order", shown(&one, &[])),
            ("many orders", shown(&many, &["Target", "Demo 2"])),
            ("no orders", shown(&Figures::default(), &[])),
            ("declines alone", shown(&declined, &[])),
            ("nothing that was asked for", shown(&Figures::default(), &["pokemon"])),
        ],
    );
}

#[test]
fn the_log_is_shown() {
    let list = |deliveries: &[Delivery], outcome| {
        let numbers: HashMap<OrderId, String> =
            (0..3).map(|id| (OrderId(id), format!("102{id}"))).collect();
        embed(&log::list(deliveries, &numbers, outcome, None))
    };
    let several = Delivery {
        orders: (0..3).map(OrderId).collect(),
        deleted_at: Some(ago(1)),
        ..delivery(Outcome::Stored, "")
    };
    let mut deliveries = vec![several];
    deliveries.extend(Outcome::ALL.map(|outcome| delivery(outcome, "why it ended so")));
    assert_shown(
        "logs",
        &[
            ("messages", list(&deliveries, None)),
            ("messages of one outcome", list(&deliveries[..1], Some(Outcome::Rejected))),
            ("no messages yet", list(&[], None)),
            ("none of this outcome", list(&[], Some(Outcome::Untrusted))),
        ],
    );
}
