//! What the bot posts without being asked: alerts, the board, the feed.

use super::made_up::{CHANNEL, ago, bare, figures, order};
use super::sheets::some_open;
use super::shown::{assert_shown, embed};
use crate::config;
use crate::discord::render::posts::{alerts, board, feed};
use crate::figures::Figures;
use crate::ids::WebhookId;
use crate::ledger::{BoardFigures, MessageCount, Open, Stuck, StuckOrder};
use crate::order::{Status, StatusEmoji};

fn pile(webhook: Option<i64>, reason: &str, count: i64) -> MessageCount {
    let webhook_id = webhook.map(WebhookId);
    MessageCount { channel_id: CHANNEL, webhook_id, reason: reason.to_owned(), count }
}

#[test]
fn alerts_are_shown() {
    let piles = [pile(Some(40), "", 1_200), pile(None, "posted by a member, not by a webhook", 3)];
    assert_shown(
        "alerts",
        &[
            ("a test notification", alerts::TEST_REPLY.to_owned()),
            ("one unreadable message", alerts::unreadable(CHANNEL, 1)),
            ("unreadable messages", alerts::unreadable(CHANNEL, 5)),
            ("one doubtful decline", alerts::doubtful(CHANNEL, 1)),
            ("doubtful declines", alerts::doubtful(CHANNEL, 5)),
            ("senders that are not trusted", alerts::untrusted(CHANNEL, &piles)),
            ("silence", alerts::silence(CHANNEL, ago(600))),
        ],
    );
}

fn stuck(count: i64, numbers: &[&str]) -> Stuck {
    let order = |number: &&str| StuckOrder {
        handle: (*number).to_owned(),
        store: Some("Target".to_owned()),
        since: ago(9_000),
    };
    Stuck { count, orders: numbers.iter().map(order).collect() }
}

#[test]
fn boards_are_shown() {
    let shown = |figures: &BoardFigures| {
        let open = if figures.latest.is_empty() { Open::default() } else { some_open() };
        let (open, limits, now) = (&open, config::Board::default(), ago(0));
        let which = ("1021".to_owned(), Some("Target".to_owned()));
        let links = &[(which, "https://discord.com/channels/10/20/30".to_owned())].into();
        let shown = board::Shown { figures, open, links, limits, now };
        let embeds = board::embeds(&shown, &StatusEmoji::default());
        embeds.iter().map(embed).collect::<Vec<_>>().join("\n")
    };
    let empty = BoardFigures {
        today: Figures::default(),
        week: Figures::default(),
        latest: Vec::new(),
        verified: stuck(0, &[]),
        shipped: stuck(0, &[]),
        posted_at: None,
    };
    let busy = BoardFigures {
        today: figures(&[("Target", Status::Verified, 1)]),
        week: figures(&[
            ("Target", Status::Verified, 1),
            ("Target", Status::Shipped, 2),
            ("Shop", Status::Cancelled, 1),
            ("", Status::Verified, 1),
        ]),
        latest: vec![order("1020", "Target", "Example Headphones"), bare("A-1")],
        verified: stuck(1, &["1020"]),
        shipped: stuck(1_200, &["1021", "1022"]),
        posted_at: Some(ago(3)),
    };
    assert_shown(
        "board",
        &[
            ("nothing yet", shown(&empty)),
            ("a busy week", shown(&busy)),
            ("posted", board::placed(CHANNEL)),
            ("Discord is slow", board::coming(CHANNEL)),
            ("removed", board::TAKEN_DOWN.to_owned()),
            ("no board to remove", board::NO_BOARD.to_owned()),
            ("another server's channel", board::ELSEWHERE.to_owned()),
            (
                "a permission is missing",
                board::may_not_post(CHANNEL, &["Send Messages", "Embed Links"]),
            ),
            ("some permission is missing", board::may_not_post(CHANNEL, &[])),
        ],
    );
}

#[test]
fn feeds_are_shown() {
    let orders = [order("1020", "Target", "Example Headphones"), bare("A-1")];
    assert_shown(
        "feed",
        &[
            ("orders", feed::lines(&orders, &StatusEmoji::default())),
            ("a digest of many", feed::digest(&orders, 1_200)),
        ],
    );
}
