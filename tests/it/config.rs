//! What can be configured, and what is said when it is wrong.

use std::path::Path;

use refract_ledger::config::{Backfill, Config, ConfigFile, Replies, Token, TokenSource};
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
fn an_amount_is_taken_with_quotes_and_without() {
    for (written, amount) in [("\"1.50\"", "1.50"), ("1.50", "1.5"), ("2", "2"), ("0.125", "0.125")]
    {
        let text = format!("[books]\nshort_tolerance = {written}\n");
        assert_eq!(read(&text, &[]).expect("valid").books.short_tolerance, amount);
    }
    let variable = ("REFRACT_LEDGER_BOOKS_SHORT_TOLERANCE", "3");
    assert_eq!(read("", &[variable]).expect("valid").books.short_tolerance, "3");
    for wrong in ["-1.0", "true", "nan", "1e30"] {
        let error = read(&format!("[books]\nshort_tolerance = {wrong}\n"), &[]).expect_err(wrong);
        assert!(error.contains("an amount like \"1.00\""), "{error}");
    }
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
    let beside = ConfigFile::new(Some(folder.path().join("config.toml")));
    let from = |name: &str, value: String| {
        let found = Token::find(&beside, |asked| (asked == name).then(|| value.clone()));
        found.map(|found| found.expect("a token").token)
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
    assert_eq!(Token::find(&beside, |_| None), Ok(None));
    // Somebody pressed Enter where the token was asked for.
    std::fs::write(beside.token_file(), "\r\n").expect("written");
    assert_eq!(Token::find(&beside, |_| None), Ok(None));
    assert!(from("DISCORD_TOKEN", "two words".to_owned()).is_err());
}

/// A text in every encoding in which Windows saves it.
fn encoded(text: &str) -> [Vec<u8>; 5] {
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    [
        text.into(),
        [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat(),
        [&[0xFF, 0xFE], little.as_slice()].concat(),
        [&[0xFE, 0xFF], big.as_slice()].concat(),
        little,
    ]
}

/// A file that only its owner may read.
fn write_private(path: &Path, bytes: &[u8]) {
    use std::io::Write;
    let options =
        refract_ledger::platform::private().create(true).truncate(true).write(true).open(path);
    options.and_then(|mut file| file.write_all(bytes)).expect("write");
}

#[test]
fn files_of_windows_are_read_whatever_their_encoding() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("config.toml");
    let file = ConfigFile::new(Some(path.clone()));
    for (configuration, token) in encoded("[stats]\r\ntime_zone = \"Asia/Tokyo\"\r\n")
        .into_iter()
        .zip(encoded("MTI5.Gx.abc\r\n"))
    {
        std::fs::write(&path, configuration).expect("write");
        assert_eq!(file.load().expect("a configuration").zone, chrono_tz::Asia::Tokyo);
        write_private(&file.token_file(), &token);
        let found = Token::find(&file, |_| None).expect("readable").expect("a token");
        assert_eq!((found.token.expose(), found.source), ("MTI5.Gx.abc", TokenSource::OwnFile));
    }
}

#[test]
fn the_first_of_four_sources_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = ConfigFile::new(Some(folder.path().join("config.toml")));
    let named = folder.path().join("named");
    write_private(&named, b"of.named.file");
    let found = |variables: &[(&str, &str)]| {
        let value = |name: &str| variables.iter().find(|(set, _)| *set == name);
        let found = Token::find(&file, |name| value(name).map(|(_, value)| (*value).to_owned()));
        found.expect("readable").map(|found| (found.token.expose().to_owned(), found.source))
    };
    let path = named.display().to_string();
    let (by_file, by_variable) =
        (("DISCORD_TOKEN_FILE", path.as_str()), ("DISCORD_TOKEN", "of.the.variable"));
    assert_eq!(found(&[]), None);
    assert_eq!(found(&[by_file]), Some(("of.named.file".to_owned(), TokenSource::NamedFile)));
    let kept = Token::new("of.own.file").expect("a token").keep(&file.token_file());
    assert!(kept.expect("kept"), "only its owner may read it");
    let own = Some(("of.own.file".to_owned(), TokenSource::OwnFile));
    assert_eq!(found(&[]), own);
    // What nobody has filled in says nothing.
    assert_eq!(found(&[("DISCORD_TOKEN", " "), ("DISCORD_TOKEN_FILE", "")]), own);
    assert_eq!(found(&[by_file]), Some(("of.named.file".to_owned(), TokenSource::NamedFile)));
    // What systemd hands over; another service's folder holds nothing of that name.
    let handed = folder.path().join("credentials");
    std::fs::create_dir(&handed).expect("a folder");
    let shown = handed.display().to_string();
    let by_systemd = ("CREDENTIALS_DIRECTORY", shown.as_str());
    assert_eq!(found(&[by_systemd]), own);
    write_private(&handed.join("refract-ledger.token"), b"of.the.credential");
    let credential = Some(("of.the.credential".to_owned(), TokenSource::Credential));
    assert_eq!(found(&[by_systemd]), credential);
    assert_eq!(
        found(&[by_file, by_systemd]),
        Some(("of.named.file".to_owned(), TokenSource::NamedFile))
    );
    let variable = Some(("of.the.variable".to_owned(), TokenSource::Variable));
    assert_eq!(found(&[by_file, by_variable]), variable);
}

#[cfg(unix)]
#[test]
fn a_token_file_that_everybody_reads_is_refused_wherever_it_was_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let file = ConfigFile::new(Some(folder.path().join("config.toml")));
    let path = file.token_file();
    std::fs::write(&path, "a.fake.token").expect("write");
    for (mode, is_taken) in
        [(0o444, false), (0o644, false), (0o777, false), (0o640, true), (0o400, true)]
    {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).expect("chmod");
        for name in ["", "DISCORD_TOKEN_FILE"] {
            let value = path.display().to_string();
            let found = Token::find(&file, |asked| (asked == name).then(|| value.clone()));
            assert_eq!(found.is_ok(), is_taken, "{mode:o} {name}");
            if let Err(error) = found {
                assert!(error.to_string().contains("chmod 600"), "{error}");
            }
        }
        let kept = path.metadata().expect("there").permissions().mode() & 0o777;
        assert_eq!(kept, mode, "it was looked at and left");
    }
}
