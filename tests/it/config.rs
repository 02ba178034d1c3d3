//! What can be configured, and what is said when it is wrong.

use std::path::Path;

use refract_ledger::config::{Backfill, Config, Replies, Token};
use refract_ledger::ids::{ChannelId, RoleId, WebhookId};
use refract_ledger::order::Status;

fn read(text: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
    let environment =
        environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::from_text(text, "config.toml", environment).map_err(|error| error.to_string())
}

#[test]
fn the_example_file_says_the_defaults() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config.toml");
    let example = Config::load(Some(&path), []).expect("the example is valid");
    assert_eq!(example, Config::default());
}

#[test]
fn a_channel_is_watched_with_all_that_belongs_to_it() {
    let config = read(
        "[[watch]]\nchannel_id = \"1290000000000000100\"\nwebhook_ids = [\"5\", 6]\nbackfill = 30\n\
         [[watch]]\nchannel_id = 7\n",
        &[],
    )
    .expect("valid");
    assert_eq!(config.watch[0].channel_id, ChannelId(1_290_000_000_000_000_100));
    assert_eq!(config.watch[0].webhook_ids, [WebhookId(5), WebhookId(6)]);
    assert_eq!(config.watch[0].backfill, Backfill::Days(30));
    assert_eq!(config.watch[1].backfill, Backfill::All);
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    for (text, parts) in [
        ("[database]\npth = \"x\"", vec!["line 2", "pth"]),
        ("\n[databse]\npath = \"x\"", vec!["line 2", "databse"]),
        ("[[watch]]\nchannel_id = \"abc\"", vec!["line 2", "abc"]),
        ("[[watch]]\nwebhook_ids = []", vec!["channel_id"]),
        ("[[watch]]\nchannel_id = 0", vec!["channel_id", "Copy Channel ID"]),
        ("[[watch]]\nchannel_id = 5\n[[watch]]\nchannel_id = 5", vec!["5 twice"]),
        ("[[watch]]\nchannel_id = 5\nbackfill = \"some\"", vec!["line 3", "\"all\""]),
        ("[reactions]\n\"📦\" = \"shiped\"", vec!["📦", "shiped", "shipped"]),
        ("[labels]\n\"Bestellnummer\" = \"ordernumber\"", vec!["ordernumber", "order_number"]),
        ("[privacy]\nreplies = \"loud\"", vec!["line 2", "loud", "public"]),
        ("[discord]\napi_url = \"discord.com\"", vec!["api_url", "https://"]),
        ("[feed]\nstyle = \"loud\"", vec!["line 2", "loud", "card"]),
        ("[feed]\nsummary_hour = 24", vec!["summary_hour", "24", "23"]),
        (
            "[board]\nevery_seconds = -1",
            vec!["line 2", "-1 is not allowed", "whole number, 0 or more"],
        ),
        ("[labels]\n\" \" = \"notes\"", vec!["config.toml: [labels] \" \": a label"]),
        ("[database\n", vec!["line 1"]),
        ("[watch]\nchannel_id = 5", vec!["line 1", "[[watch]]"]),
        ("[discord]\ntoken = \"x\"", vec!["line 2", "DISCORD_TOKEN"]),
        ("[database]\npath = \"C:\\Users\\me\"", vec!["line 2", "'single quotes'"]),
        (
            "[[watch]]\nchannel_id = 5\nwebhook_ids = [\"https://discord.com/api/webhooks/1/x\"]",
            vec!["line 3", "the long number"],
        ),
        ("[alerts]\nsilence_hours = \"many\"", vec!["line 2", "expected a whole number"]),
    ] {
        let error = read(text, &[]).expect_err(text);
        for part in parts {
            assert!(error.contains(part), "{part} in: {error}");
        }
        assert!(!error.contains('\n'), "one sentence: {error}");
    }
}

#[test]
fn the_environment_overrides_the_file() {
    let config = read(
        "[database]\npath = \"a.db\"\n",
        &[
            ("REFRACT_LEDGER_DATABASE_PATH", "b.db"),
            ("REFRACT_LEDGER_PRIVACY_REPLIES", "public"),
            ("REFRACT_LEDGER_PRIVACY_KEEP_MESSAGES_DAYS", "90"),
            ("REFRACT_LEDGER_ALERTS_TEST_REPLY", "false"),
            ("REFRACT_LEDGER_FEED_CHANNEL_ID", "7"),
            ("REFRACT_LEDGER_ACCESS_VIEW_ROLES", "1, 2"),
            ("REFRACT_LEDGER_WATCH_CHANNEL_ID", "1290000000000000100"),
            ("HOME", "/somewhere"),
        ],
    )
    .expect("valid");
    assert_eq!(config.database.path, Path::new("b.db"));
    assert_eq!(config.privacy.replies, Replies::Public);
    assert_eq!(config.privacy.keep_messages_days, 90);
    assert!(!config.alerts.test_reply);
    assert_eq!(config.feed.channel_id, Some(ChannelId(7)));
    assert_eq!(config.access.view_roles, [RoleId(1), RoleId(2)]);
    assert_eq!(config.watch[0].channel_id, ChannelId(1_290_000_000_000_000_100));
}

#[test]
fn a_wrong_variable_is_named() {
    let error = read("", &[("REFRACT_LEDGER_DATABSE_PATH", "x")]).expect_err("wrong section");
    assert!(error.contains("REFRACT_LEDGER_DATABSE_PATH"), "{error}");
    let error = read("", &[("REFRACT_LEDGER_DATABASE_PTH", "x")]).expect_err("wrong key");
    assert!(error.contains("REFRACT_LEDGER_DATABASE_PTH"), "{error}");
    let zone = ("REFRACT_LEDGER_STATS_TIME_ZONE", "Nope");
    let error = read("", &[("REFRACT_LEDGER_FEED_STYLE", "card"), zone]).expect_err("no zone");
    assert!(
        error.starts_with("the environment variable REFRACT_LEDGER_STATS_TIME_ZONE"),
        "{error}"
    );
    let file = "[stats]\ntime_zone = \"Nope\"";
    let error = read(file, &[("REFRACT_LEDGER_FEED_STYLE", "card")]).expect_err("no zone");
    assert!(error.starts_with("config.toml: [stats] time_zone"), "{error}");
    assert!(read(file, &[("REFRACT_LEDGER_STATS_TIME_ZONE", "Asia/Tokyo")]).is_ok());
}

#[test]
fn an_empty_variable_widens_nothing() {
    let file = "[access]\nview_roles = [\"1\"]\nmark_roles = [\"2\"]\nadmin_roles = [\"3\"]\n\
                [[watch]]\nchannel_id = \"1290000000000000100\"\nwebhook_ids = [\"4\"]\n\
                [privacy]\nkeep_messages_days = 5";
    let said = read(file, &[]).expect("a configuration");
    let lists =
        ["ACCESS_VIEW_ROLES", "ACCESS_MARK_ROLES", "ACCESS_ADMIN_ROLES", "WATCH_WEBHOOK_IDS"];
    let others =
        ["PRIVACY_REPLIES", "PRIVACY_KEEP_MESSAGES_DAYS", "DATABASE_PATH", "FEED_CHANNEL_ID"];
    for empty in ["", " ", "\t\n"] {
        for name in lists.iter().chain(&others).map(|name| format!("REFRACT_LEDGER_{name}")) {
            assert_eq!(read(file, &[(&name, empty)]), Ok(said.clone()), "{name}={empty:?}");
        }
    }
    for empty in ["[]", ",", "[ ]", "\"\"", " , ,"] {
        for name in lists.map(|name| format!("REFRACT_LEDGER_{name}")) {
            let error = read(file, &[(&name, empty)]).expect_err("it lists nothing");
            assert!(error.contains(&name), "{error}");
        }
    }
}

#[test]
fn own_emoji_are_added_and_built_in_ones_taken_away() {
    let config = read("[reactions]\n\"🚚\" = \"shipped\"\n\"💰\" = \"\"", &[]).expect("valid");
    let emoji = config.emoji;
    assert_eq!(emoji.status("🚚"), Some(Status::Shipped));
    assert_eq!(emoji.status("📦"), Some(Status::Shipped));
    assert_eq!(emoji.emoji(Status::Shipped), Some("🚚"));
    assert_eq!(emoji.status("💰"), None);
}

#[test]
fn a_named_file_has_to_be_there() {
    let error = Config::load(Some(Path::new("no/such/config.toml")), []).expect_err("missing");
    assert!(error.to_string().contains("no/such/config.toml"), "{error}");
}

#[test]
fn the_token_comes_from_the_environment_or_a_file_and_is_never_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("token");
    std::fs::write(&path, "Bot not-a-real-token\n").expect("write");
    let from = |name: &str, value: String| {
        Token::from_environment(|asked| (asked == name).then(|| value.clone()))
    };
    let shown = path.display().to_string();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("chmod");
        let error = from("DISCORD_TOKEN_FILE", shown.clone()).expect_err("open to others");
        assert!(error.to_string().contains("chmod 600"), "{error}");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("chmod");
    }
    let token = from("DISCORD_TOKEN_FILE", shown).expect("a token");
    assert_eq!(token.expose(), "not-a-real-token");
    assert_eq!(format!("{token:?}"), "Token(hidden)");
    assert!(
        Token::from_environment(|_| None).expect_err("none").to_string().contains("DISCORD_TOKEN")
    );
    assert!(from("DISCORD_TOKEN", "two words".to_owned()).is_err());
}
