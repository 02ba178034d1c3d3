//! Whatever an order or a message holds: no reply breaks a limit of Discord, and nobody is pinged.

use proptest::prelude::*;
use proptest::sample::select;

use super::orders::list::List;
use super::orders::list::Page;
use super::orders::list_query::{ListQuery, Numbers};
use super::orders::{card, changes, history, list};
use super::posts::{alerts, board, feed};
use super::*;
use crate::figures::{Alike, Counted, Figures, Line};
use crate::ids::{ChannelId, GuildId, MessageId, OrderId, UserId, WebhookId};
use crate::ledger::{
    Amended, BoardFigures, Delivery, DeliveryDetail, Forgettable, Found, MessageCount, OnlyLatest,
    OrderEvent, OrderHistory, Posted, StatusChange, Stuck, StuckOrder, ToForget, Totals, Undoing,
    Undone, Watch,
};
use crate::order::period::Period;
use crate::reading::message::{Author, Embed, Field};
use crate::reading::{Labels, Message};
use crate::verdict::{Outcome, Via};
use any::{CODES, all_open, came, event, optional};

mod any;
mod changes_shown;
mod limits;
pub(crate) mod made_up;
mod masked_shown;
mod message_shown;
mod orders_shown;
mod posts_shown;
mod replies_shown;
mod setup_shown;
mod sheets;
pub(crate) mod shown;

pub(crate) use any::{order, text, time};
pub(crate) use limits::{assert_fits, assert_harmless};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn cards_fit(
        order in order(),
        last in event(),
        private in any::<bool>(),
        doubts in proptest::collection::vec(text(), 0..30),
    ) {
        let audience = if private { Audience::Private } else { Audience::Public };
        let emoji = StatusEmoji::default();
        assert_fits(&[card::card(&order, Some(&last), &doubts, &emoji, audience)]);
    }

    #[test]
    fn others_see_no_whole_address(mut order in order(), before in text(), place in 0..9_usize) {
        let address = "woolly.demo8@icloud.com";
        let (mut column, mut said) = ("notes", format!("{before} {address}"));
        match place {
            0 => order.details.email = Some(address.to_owned()),
            1 => order.details.notes = Some(said.clone()),
            2 => order.details.profile = Some(address.to_owned()),
            3 => order.details.customer_name = Some(said.clone()),
            4 => order.details.shipping_address = Some(said.clone()),
            5 => column = "email",
            6 => order.details.order_url = Some(format!("https://shop.example.com/?email={address}")),
            7 => (column, said) = ("order_url", "https://shop.example.com/order/1".to_owned()),
            _ => {}
        }
        let details = serde_json::json!({ column: [address, said] }).to_string();
        let (kind, source) = ("changed".to_owned(), "webhook".to_owned());
        let last = OrderEvent { at: time(), kind, source, user_id: None, message_id: None, details, batch: None };
        let card = card::card(&order, Some(&last), &[], &StatusEmoji::default(), Audience::Public);
        let card = serde_json::to_string(&card).expect("JSON").replace('\u{200b}', "");
        prop_assert!(!card.contains("woolly.demo8") && !card.contains("shop.example.com"), "{}", card);
    }

    #[test]
    fn histories_fit(order in order(), events in proptest::collection::vec(event(), 0..60)) {
        let history = OrderHistory { events, earlier: usize::MAX / 2 };
        assert_fits(&[history::embed(&order, &history, &StatusEmoji::default())]);
    }

    #[test]
    fn words_about_changes_do_no_harm(before in optional(), after in optional(), number in text()) {
        let audience = Audience::Public;
        let undone = |column: &str| {
            let (before, after) = (before.clone(), after.clone());
            let undone = Undone { column: column.to_owned(), before, after, order: OrderId(1), result: Undoing::Done };
            changes::undone(&undone, audience)
        };
        let undone = [undone("notes"), undone("tracking_number"), undone("added")];
        let amended = Amended { handle: number.clone(), before: before.clone(), after: after.clone(), left_out: vec![number.clone(); 60] };
        let change = StatusChange {
            order: OrderId(1),
            handle: number.clone(),
            before: Status::Verified,
            after: Status::Shipped,
        };
        let marked = changes::marked(&number, Some(&change), change.after, &StatusEmoji::default());
        let said = [changes::amended("note", &amended, audience), marked];
        for said in undone.into_iter().chain(said) {
            prop_assert!(text::length(&said) <= CONTENT);
            assert_harmless(&said);
        }
    }

    #[test]
    fn lists_fit(
        orders in proptest::collection::vec(order(), 0..=25),
        texts in proptest::collection::vec(optional(), 3..60),
        short in any::<bool>(),
    ) {
        let totals = Totals { count: i64::MAX, sums: vec![(None, i64::MIN); 9] };
        let only = if short { OnlyLatest::Orders(2_000) } else { OnlyLatest::Candidates(3_000) };
        let found = Found { orders, offset: 0, totals, only_latest: Some(only) };
        let mut texts = texts.into_iter().flatten();
        let asked = ListQuery {
            text: texts.next(),
            store: texts.next(),
            status: Some(Status::Processing),
            profile: texts.next(),
            period: Some(Period::LastMonth),
            product: texts.next(),
            tracking: Some(false),
            line: Some(crate::ledger::OpenKey::Short),
            channel: Some(crate::ids::ChannelId(i64::MAX)),
            sort: crate::order::Sort::Changed,
            numbers: Some(Numbers { typed: 500, orders: vec![OrderId(1)], missing: texts.collect() }),
        };
        let page = Page { user: UserId(1), limit: 25, offset: 0, asked };
        let warning = Some(crate::discord::bot::log_once::CONTENT_HIDDEN);
        let list = List { found: &found, page: &page, audience: Audience::Public, warning, unknown_store: None };
        let emoji = StatusEmoji::default();
        assert_fits(&[list::embed(&list, &emoji)]);
        assert_fits(&[list::several(&found.orders, &emoji)]);
        for order in &found.orders {
            let (label, description) = list::choice(order);
            for line in [label, description] {
                prop_assert!(!line.trim().is_empty() && text::length(&line) <= 100, "{line}");
            }
        }
    }

    #[test]
    fn boards_and_feeds_fit(orders in proptest::collection::vec(order(), 1..=10), stores in proptest::collection::vec(optional(), 1..12)) {
        let emoji = StatusEmoji::default();
        let mut week = Figures::default();
        for (store, status) in stores.iter().zip(Status::ALL.into_iter().cycle()) {
            for code in CODES {
                week.add_alike(&Alike {
                    store: store.as_deref(), status, currency: Currency::from_code(code), orders: 1_000_000_000,
                    units: i64::MAX, totals: 1_000_000_000, total_minor: i64::MAX,
                });
            }
        }
        let stuck = |order: &Order| StuckOrder {
            handle: order.handle(), store: order.store.clone(), since: time(),
        };
        let stuck = Stuck { count: i64::MAX, orders: orders.iter().take(3).map(stuck).collect() };
        let board_figures = BoardFigures {
            today: week.clone(),
            week,
            latest: orders.clone(),
            verified: stuck.clone(),
            shipped: stuck,
            posted_at: Some(time()),
        };
        let open = all_open();
        let limits = crate::config::Board::default();
        let link = "https://discord.com/channels/9223372036854775807/9223372036854775807/9223372036854775807";
        let links = orders.iter().map(|order| ((order.handle(), order.store.clone()), link.to_owned())).collect();
        let shown = board::Shown { figures: &board_figures, open: &open, links: &links, limits, now: time() };
        assert_fits(&board::embeds(&shown, &emoji));
        assert_fits(&[books::open::embed(&open, &stores.iter().flatten().cloned().collect::<Vec<_>>(), Audience::Public, time())]);
        let counts: Vec<MessageCount> = stores.iter().map(|store| MessageCount {
            channel_id: ChannelId(1), webhook_id: None,
            reason: store.clone().unwrap_or_default(), count: i64::MAX / 100,
        }).collect();
        let digest = feed::digest(orders.get(..orders.len().min(20)).unwrap_or_default(), i64::MAX);
        for said in [digest, feed::lines(&orders, &emoji), alerts::untrusted(ChannelId(1), &counts)] {
            prop_assert!(text::length(&said) <= CONTENT);
            assert_harmless(&said);
        }
    }

    #[test]
    fn logs_fit(reasons in proptest::collection::vec(text(), 1..=25), content in text(), label in text()) {
        let delivery = |reason: &String| Delivery {
            message_id: MessageId(i64::MAX),
            guild_id: GuildId(i64::MAX),
            channel_id: ChannelId(i64::MAX),
            webhook_id: Some(WebhookId(i64::MAX)),
            posted_at: Some(time()),
            edited_at: Some(time()),
            received_at: time(),
            via: Via::Live,
            outcome: Outcome::Rejected,
            reason: reason.clone(),
            orders: vec![OrderId(1), OrderId(2), OrderId(3)],
            reaction_shown: None,
            deleted_at: Some(time()),
        };
        let deliveries: Vec<Delivery> = reasons.iter().map(delivery).collect();
        let numbers = [(OrderId(1), label.clone()), (OrderId(2), content.clone())].into();
        let list = delivery::list(&deliveries, &numbers, None, Some(crate::discord::bot::log_once::CONTENT_HIDDEN));
        assert_fits(std::slice::from_ref(&list));
        let list = serde_json::to_value(&list).expect("JSON");
        for (_, link) in list["description"].as_str().expect("a text").lines().filter_map(|line| line.split_once("[message](")) {
            prop_assert!(link.contains(')'), "a link without an end: {}", link);
        }
        let field = Field { name: label.clone(), value: content.clone() };
        let message = Message {
            author: Author { name: label.clone(), ..Author::default() },
            content,
            embeds: vec![Embed { title: label, fields: vec![field; 30], ..Embed::default() }; 3],
            ..Message::default()
        };
        let detail = DeliveryDetail { delivery: delivery(&reasons[0]), message: Some(message) };
        assert_fits(&[delivery::card(&detail, &Labels::built_in(), Audience::Private)]);
    }

    #[test]
    fn words_before_and_after_forgetting_do_no_harm(word in text(), numbers in proptest::collection::vec(text(), 0..40)) {
        let posted = Posted { channel: ChannelId(i64::MAX), message: MessageId(i64::MAX) };
        let (posts, cards) = (vec![posted; numbers.len()], vec![(posted, OrderId(1)); numbers.len()]);
        let found = ToForget { numbers, events: u64::MAX, posted: posts, cards, ..ToForget::default() };
        let guild = GuildId(i64::MAX);
        for what in [Forgettable::Email(word.clone()), Forgettable::Order(word)] {
            for deletes in [true, false] {
                assert_fits(&[forget::preview(&what, deletes, &found), forget::done(guild, deletes, &found, Some(crate::ledger::Wiped::UntilNextStart))]);
            }
        }
    }

    #[test]
    fn figures_fit(
        store in optional(),
        names in proptest::collection::vec(text(), 1..20),
        kinds in proptest::collection::vec((select(Status::ALL.to_vec()), select(CODES.to_vec()), any::<i64>()), 0..60),
    ) {
        let mut figures = Figures::default();
        for (name, (status, code, sum)) in names.iter().cycle().zip(kinds) {
            let name = Some(name.clone());
            let (store, profile, product) = (name.clone(), name.clone(), name);
            let lines = vec![Line { product, units: i64::MAX / 64 }];
            let (units, total_minor, currency) = (i64::MAX / 64, Some(sum / 64), Currency::from_code(code));
            figures.add(
                &Counted { ordered_at: time(), units, total_minor, currency, payout: None, status, store, profile, lines },
                chrono_tz::Tz::UTC,
            );
        }
        let (title, zone) = ("month".to_owned(), chrono_tz::Tz::UTC);
        let shown = stats::Shown { figures: &figures, title, only: store.into_iter().collect(), audience: Audience::Public, zone, came: Some(came()), unknown_store: None };
        let embed = stats::embed(&shown, &StatusEmoji::default());
        assert_fits(std::slice::from_ref(&embed));
        let embed = serde_json::to_value(&embed).expect("JSON");
        for field in embed["fields"].as_array().into_iter().flatten() {
            prop_assert!(!field["value"].as_str().expect("text").ends_with('…'), "a sum may be cut: {}", field);
        }
    }

    #[test]
    fn health_fits(problems in proptest::collection::vec(text(), 0..30), channels in 0..60_i64) {
        let watch = |id| Watch {
            channel_id: ChannelId(i64::MAX - id),
            guild_id: GuildId(1),
            webhook_ids: Vec::new(),
            cursor: Some(MessageId(i64::MAX)),
            starts_after: None,
            caught_up_at: Some(time()),
            last_gap: None,
            set_up: None,
        };
        let entry = |id| health::ChannelHealth { watch: watch(id), threads: None, is_forum: true, problems: problems.clone(), is_hindered: true };
        let health = health::Health {
            channels: (0..channels).map(entry).collect(),
            connected_since: Some(time()),
            latest_outage: Some((time(), time())),
            last_message: None,
            waiting: usize::MAX,
            database_bytes: u64::MAX,
            warnings: vec!["Nothing can be stored at present".to_owned(); 3],
        };
        let embed = serde_json::to_value(health::embed(&health)).expect("JSON");
        let shown = embed["description"].as_str().expect("a text");
        prop_assert!(text::length(shown) <= 4_096);
    }

    #[test]
    fn an_unknown_number_is_answered_within_the_limit(typed in text(), closest in proptest::collection::vec(text(), 0..9)) {
        let reply = unknown_number(&typed, &closest);
        prop_assert!(text::length(&reply) <= 2_000);
    }
}
