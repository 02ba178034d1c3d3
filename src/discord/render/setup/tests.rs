//! However many channels there are and whatever webhooks are called: no limit is broken, nobody is
//! pinged.

use proptest::prelude::*;
use serenity::all::Permissions;

use super::super::tests::{assert_fits, assert_harmless, text, time};
use super::super::{CONTENT, text as words};
use super::seen::SeenChannel;
use super::webhook_state::{Compared, Fate};
use super::*;
use crate::discord::render::setup::webhook_state::NamedWebhook;
use crate::ids::GuildId;
use crate::ledger::{Awaited, Delivery, SetUp, ThreadCount};
use crate::verdict::Via;

const CHANNEL: ChannelId = ChannelId(i64::MAX);
const WEBHOOK: WebhookId = WebhookId(i64::MAX);

fn listed(problem: &str) -> Listed {
    let awaited = Some(Awaited { webhook_id: WEBHOOK, since: time() });
    let set_up = SetUp { backfill: Backfill::Days(u32::MAX), awaited };
    Listed {
        channel: CHANNEL,
        watched: Watched::set_up(GuildId(1), vec![WEBHOOK; 20], set_up),
        watch: None,
        last_message: Some(MessageId(i64::MAX)),
        problems: vec![words::escape(problem)],
        is_hindered: true,
        threads: Some(ThreadCount { threads: u64::MAX, behind: u64::MAX }),
    }
}

fn webhooks(name: &str) -> Vec<NamedWebhook> {
    vec![NamedWebhook { id: WEBHOOK, name: Some(name.to_owned()) }; 9]
}

fn compared(name: &str) -> Compared {
    let trusted = [(WEBHOOK, Fate::Deleted), (WEBHOOK, Fate::Moved(CHANNEL))].repeat(9);
    Compared { trusted, others: webhooks(name) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn lists_and_checks_fit(problems in proptest::collection::vec(text(), 0..80)) {
        let watches: Vec<Listed> = problems.iter().map(|problem| listed(problem)).collect();
        assert_fits(&[list(&watches)]);
        let checked = |listed| Checked {
            listed,
            seen: Ok(SeenChannel {
                name: "checkouts".to_owned(),
                shape: seen::Shape::Text,
                held: Ok(Permissions::empty()),
                webhooks: Some(compared("x")),
            }),
        };
        let checked: Vec<Checked> = watches.into_iter().map(checked).collect();
        let database = problems.first().map(|problem| words::escape(problem));
        let general =
            General { warning: Some("hidden"), database, clock: None, waiting: usize::MAX };
        assert_fits(&[check(&checked, &general)]);
    }

    #[test]
    fn what_is_said_of_webhooks_fits(name in text(), reason in text()) {
        let told = Watching {
            channel: CHANNEL,
            shape: seen::Shape::Forum,
            watch: CHANNEL,
            url: Some("https://discord.com/api/webhooks/1/".to_owned() + &"x".repeat(100)),
            outcome: Outcome::SetUp(Done {
                backfill: Backfill::All,
                others: usize::MAX,
                announces: true,
            }),
            lacks: needs::ALL.iter().collect(),
            others: webhooks(&name),
        };
        assert_fits(&[watching(&told)]);
        let watched = listed("").watched;
        for webhook in [None, Some(WEBHOOK), Some(WebhookId(1))] {
            let configured =
                Configured { watched: watched.clone(), webhook, asks_backfill: true };
            let outcome = Outcome::Configured(configured);
            let told = Watching { outcome, others: webhooks(&name), lacks: Vec::new(), url: None, channel: CHANNEL, shape: seen::Shape::Thread, watch: ChannelId(1) };
            assert_fits(&[watching(&told)]);
        }
        let rejected = Delivery {
            message_id: MessageId(1),
            guild_id: GuildId(1),
            channel_id: CHANNEL,
            webhook_id: Some(WEBHOOK),
            posted_at: None,
            edited_at: None,
            received_at: time(),
            via: Via::Live,
            outcome: crate::verdict::Outcome::Rejected,
            reason,
            orders: Vec::new(),
            reaction_shown: None,
            deleted_at: None,
        };
        for said in [first_message(&rejected), lost_webhooks(&compared(&name), false)] {
            prop_assert!(words::length(&said) < CONTENT);
            assert_harmless(&said);
        }
        for said in [no_backfill(&name), no_id(&name)] {
            prop_assert!(words::length(&said) < CONTENT);
            assert_harmless(&said);
        }
    }
}
