//! The set-up: `/setup watch`, its refusals, lists and checks, and what is posted about webhooks.

use serenity::all::{ChannelType, Permissions};

use super::made_up::{CHANNEL, ago, delivery};
use super::shown::{assert_shown, embed};
use crate::config::{Backfill, Config, SetHere, Setting, SettingGroup, Settings};
use crate::discord::bot::needs;
use crate::discord::bot::watching::Watched;
use crate::discord::render::setup::seen::{SeenChannel, Shape};
use crate::discord::render::setup::settings::{self, Held};
use crate::discord::render::setup::webhook_state::{Compared, Fate, NamedWebhook};
use crate::discord::render::setup::{self, *};
use crate::discord::rest::RestError;
use crate::ids::{ChannelId, GuildId, MessageId, WebhookId};
use crate::ledger::{Awaited, SetUp, ThreadCount};

const ELSEWHERE: ChannelId = ChannelId(21);
const URL: &str = "https://discord.com/api/webhooks/40/secret";

fn named(id: i64, name: Option<&str>) -> NamedWebhook {
    NamedWebhook { id: WebhookId(id), name: name.map(str::to_owned) }
}

fn watched(webhooks: &[i64], backfill: Backfill, is_configured: bool) -> Watched {
    let awaited = Some(Awaited { webhook_id: WebhookId(40), since: ago(5) });
    let webhook_ids = webhooks.iter().copied().map(WebhookId).collect();
    let mut watched = Watched::set_up(GuildId(10), webhook_ids, SetUp { backfill, awaited });
    if is_configured {
        (watched.is_configured, watched.awaited) = (true, None);
    }
    watched
}

fn set_up(backfill: Backfill, others: usize, announces: bool) -> Outcome {
    Outcome::SetUp(Done { backfill, others, announces })
}

fn watching(url: Option<&str>, outcome: Outcome, lacks: bool, others: &[NamedWebhook]) -> String {
    embed(&setup::watching(&Watching {
        channel: CHANNEL,
        shape: Shape::Text,
        watch: CHANNEL,
        url: url.map(str::to_owned),
        outcome,
        lacks: if lacks { needs::ALL.iter().skip(2).collect() } else { Vec::new() },
        others: others.to_vec(),
    }))
}

fn watching_place(shape: Shape, watch: ChannelId) -> String {
    embed(&setup::watching(&Watching {
        channel: CHANNEL,
        shape,
        watch,
        url: Some(URL.to_owned()),
        outcome: set_up(Backfill::All, 0, true),
        lacks: Vec::new(),
        others: Vec::new(),
    }))
}

fn configured(trusted: &[i64], webhook: Option<i64>, asks_backfill: bool) -> String {
    let watched = watched(trusted, Backfill::Days(30), true);
    let webhook = webhook.map(WebhookId);
    let outcome = Outcome::Configured(Configured { watched, webhook, asks_backfill });
    watching(None, outcome, false, &[])
}

#[test]
fn what_came_of_watching_is_shown() {
    let others = [named(41, Some("Another")), named(42, None), named(43, None), named(44, None)];
    let also = Outcome::Configured(Configured {
        watched: watched(&[40], Backfill::All, true),
        webhook: Some(WebhookId(40)),
        asks_backfill: false,
    });
    assert_shown(
        "setup_watch",
        &[
            ("a new webhook", watching(Some(URL), set_up(Backfill::All, 0, true), false, &[])),
            ("again", watching(Some(URL), set_up(Backfill::None, 1, false), true, &others[..1])),
            (
                "a webhook that was there",
                watching(None, set_up(Backfill::Days(30), 2, true), false, &others),
            ),
            ("a thread of a watched channel", watching_place(Shape::Thread, ELSEWHERE)),
            ("a thread alone", watching_place(Shape::Thread, CHANNEL)),
            ("a forum", watching_place(Shape::Forum, CHANNEL)),
            ("config.toml trusts any webhook", configured(&[], Some(40), false)),
            ("config.toml trusts it", configured(&[40], Some(40), true)),
            ("config.toml does not trust it", configured(&[41], Some(40), false)),
            ("config.toml trusts others", configured(&[41, 42, 43, 44, 45, 46], None, false)),
            ("config.toml, and others can post", watching(None, also, false, &others[..2])),
            ("stop watching?", unwatch(CHANNEL)),
            ("stopped", unwatched(CHANNEL, None)),
            ("stopped, no webhook", unwatched(CHANNEL, Some(&Ok(0)))),
            ("stopped, webhook deleted", unwatched(CHANNEL, Some(&Ok(1)))),
            (
                "stopped, webhook not deleted",
                unwatched(CHANNEL, Some(&Err(RestError::Forbidden(50_013)))),
            ),
        ],
    );
}

#[test]
fn refusals_are_shown() {
    let missing: Vec<&needs::Need> = needs::ALL.iter().take(2).collect();
    let missing_because = |why| setup::why_missing(why, MessageId(30));
    let kinds = [ChannelType::Voice, ChannelType::Category, ChannelType::Private];
    assert_shown(
        "setup_refusals",
        &[
            ("no such message: channel not watched", missing_because(WhyMissing::NotWatched)),
            ("no such message: too old", missing_because(WhyMissing::BeforeBeginning)),
            ("no such message: not yet", missing_because(WhyMissing::NotReadYet)),
            ("no such message: deleted", missing_because(WhyMissing::NotThere)),
            ("no such message: an id alone", missing_because(WhyMissing::Anywhere)),
            ("not a webhook", NO_WEBHOOK_URL.to_owned()),
            ("another server", setup::ELSEWHERE.to_owned()),
            ("a deleted webhook", DEAD_WEBHOOK_URL.to_owned()),
            ("a following webhook", FOLLOWING_WEBHOOK.to_owned()),
            ("too many webhooks", TOO_MANY_WEBHOOKS.to_owned()),
            ("not a backfill", no_backfill("30days")),
            ("not an id", no_id("checkouts")),
            ("not a text channel", kinds.map(no_text_channel).join("\n")),
            ("cannot read", cannot_read(CHANNEL, &missing)),
            ("cannot create a webhook", cannot_make_webhook(CHANNEL, false)),
            ("cannot create another webhook", cannot_make_webhook(CHANNEL, true)),
            ("a webhook of another channel", webhook_elsewhere(CHANNEL, ELSEWHERE)),
            ("not watched", not_watched(CHANNEL)),
            ("watched by config.toml", setup::configured(CHANNEL)),
        ],
    );
}

fn listed(watched: Watched, problems: &[&str]) -> Listed {
    let last_message = watched.is_configured.then_some(MessageId(1_400_000_000_000_000_000));
    let problems = problems.iter().map(|problem| (*problem).to_owned()).collect();
    let is_hindered = false;
    Listed {
        channel: CHANNEL,
        watched,
        watch: None,
        last_message,
        problems,
        is_hindered,
        threads: None,
    }
}

fn with_threads(is_forum: bool, threads: u64, behind: u64) -> Listed {
    let mut listed = listed(watched(&[40], Backfill::All, false), &[]);
    listed.watched.is_forum = is_forum;
    Listed { threads: Some(ThreadCount { threads, behind }), ..listed }
}

fn all_kinds() -> Vec<Listed> {
    vec![
        listed(watched(&[40], Backfill::All, false), &[]),
        listed(watched(&[40, 41], Backfill::Days(1), true), &["the bot may not react here"]),
        listed(watched(&[], Backfill::None, true), &[]),
    ]
}

#[test]
fn lists_and_checks_are_shown() {
    let general = |warning: Option<&'static str>, waiting| General {
        warning,
        database: warning.map(|_| "the disk is full; free some space".to_owned()),
        clock: warning.map(|_| "this machine is 90 s behind".to_owned()),
        waiting,
    };
    let fates = [Fate::There, Fate::Moved(ELSEWHERE), Fate::Deleted, Fate::Unknown];
    let compared = |fates: &[Fate]| {
        Some(Compared {
            trusted: fates.iter().map(|fate| (WebhookId(40), *fate)).collect(),
            others: Vec::new(),
        })
    };
    let seen = |held: Permissions, webhooks| {
        let name = "checkouts".to_owned();
        Ok(SeenChannel { name, shape: Shape::Text, held: Ok(held), webhooks })
    };
    let mut kinds = all_kinds().into_iter();
    let mut next = |seen| Checked { listed: kinds.next().expect("one more"), seen };
    let well = vec![next(seen(Permissions::all(), compared(&fates[..1])))];
    let hidden = |why| Checked { listed: all_kinds().remove(0), seen: Err(why) };
    let ill = vec![
        next(seen(Permissions::VIEW_CHANNEL, compared(&fates))),
        next(seen(Permissions::all(), None)),
        hidden(RestError::Forbidden(50_001)),
        hidden(RestError::NotFound(10_003)),
        hidden(RestError::Refused(400, 0)),
    ];
    let with_places = [
        with_threads(false, 0, 0),
        with_threads(false, 1, 0),
        with_threads(false, 12, 3),
        with_threads(true, 0, 0),
        with_threads(true, 1_200, 0),
    ];
    assert_shown(
        "setup_check",
        &[
            ("a list", embed(&list(&all_kinds()))),
            ("threads and posts", embed(&list(&with_places))),
            ("an empty list", embed(&list(&[]))),
            ("well", embed(&check(&well, &general(None, 0)))),
            ("not well", embed(&check(&ill, &general(Some("The content is hidden"), 1)))),
            ("nothing is watched", embed(&check(&[], &general(None, 1_200)))),
        ],
    );
}

#[test]
fn posts_about_webhooks_are_shown() {
    use crate::verdict::Outcome::{Declined, Ignored, Rejected, Stored, Test};
    let first = [Stored, Test, Declined, Ignored, Rejected];
    let first = first.map(|it| first_message(&delivery(it, "It has no usable order number.")));
    let compared = Compared {
        trusted: vec![(WebhookId(40), Fate::Deleted), (WebhookId(41), Fate::Moved(ELSEWHERE))],
        others: vec![named(42, Some("Another"))],
    };
    assert_shown(
        "setup_posts",
        &[
            ("the first message", first.join("\n")),
            ("lost webhooks", lost_webhooks(&compared, false)),
            ("lost webhooks that config.toml names", lost_webhooks(&compared, true)),
        ],
    );
}

#[test]
fn the_settings_of_a_server_say_where_they_come_from() {
    let config =
        "[stats]\ntime_zone = \"Europe/Berlin\"\n[alerts]\nsilence_hours = 6\nuntrusted = 0";
    let configured = Settings::of(&Config::from_text(config, "test", []).unwrap());
    let here = SetHere::from([
        (Setting::FeedChannel, CHANNEL.to_string()),
        (Setting::FeedStyle, "card".to_owned()),
        (Setting::Replies, "public".to_owned()),
    ]);
    let none = SetHere::new();
    let shown = |here: &SetHere, show: &dyn Fn(&Held<'_>) -> String| {
        let settings = configured.clone().with(here);
        show(&Held { settings: &settings, configured: &configured, here, now: ago(0) })
    };
    let group = |group, here| shown(here, &|held| embed(&settings::group(group, held)));
    assert_shown(
        "setup_settings",
        &[
            ("all", shown(&here, &|held| embed(&settings::all(held)))),
            ("new orders, set here", group(SettingGroup::Feed, &here)),
            ("new orders", group(SettingGroup::Feed, &none)),
            ("alerts", group(SettingGroup::Alerts, &none)),
            ("time zone", group(SettingGroup::TimeZone, &none)),
            ("replies, set here", group(SettingGroup::Replies, &here)),
            ("may not post", settings::may_not_post(CHANNEL, &["Send Messages", "Embed Links"])),
            ("not seen", settings::unseen(CHANNEL)),
            ("no zone", settings::no_zone("Narnia")),
        ],
    );
}
