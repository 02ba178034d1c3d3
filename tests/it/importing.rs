//! What people bring as files, and what `import` says of it.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::{call, said};

const DATABASE: &str = "refract-ledger.db";

const CHECKOUT: &str = "Successful Checkout | Target\nProduct\nPokémon ’26\nPrice\n$5.00\nOrder Number\n#102003900000031\n";

/// As DiscordChatExporter writes it with `--format PlainText`.
fn exported(dates: [&str; 2]) -> String {
    let frame = "=".repeat(62);
    format!(
        "{frame}\nGuild: Example Server\nChannel: Checkouts / refract\n{frame}\n\n\
         [{}] Refract\n\n\n{{Embed}}\n{CHECKOUT}\n\n[{}] demo_member\nnice one!\n\n\n\
         {frame}\nExported 2 message(s)\n{frame}\n",
        dates[0], dates[1]
    )
}

fn place(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("write");
    }
    folder
}

fn import(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let arguments: Vec<&str> = ["import"].into_iter().chain(arguments.iter().copied()).collect();
    said(&call(folder.path(), &arguments))
}

fn orders(folder: &TempDir) -> Vec<Value> {
    let (code, out, err) = said(&call(folder.path(), &["export", "--format", "json"]));
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).expect("an array")
}

/// Nothing that is a database, nor what lies beside one.
fn holds_no_database(folder: &Path) -> bool {
    let mut entries = std::fs::read_dir(folder).expect("list the folder");
    entries.all(|entry| {
        let name = entry.expect("an entry").file_name();
        !name.to_string_lossy().starts_with(DATABASE)
    })
}

#[test]
fn an_exported_text_dates_its_orders_by_the_clock_that_is_named() {
    for (dates, options, expected) in [
        (["1/15/2026 1:00 PM", "1/15/2026 1:05 PM"], ["--time-zone", "America/New_York"], "18:00"),
        (["15/01/2026 13:00", "15/01/2026 13:05"], ["--time-zone", "UTC"], "13:00"),
        (["15.01.2026 13:00", "15.01.2026 13:05"], ["--time-zone", "Europe/Berlin"], "12:00"),
        (["2026-01-15 13:00", "2026-01-15 13:05"], ["--dates", "ymd"], "13:00"),
    ] {
        let folder = place(&[("channel.txt", exported(dates).as_bytes())]);
        let call: Vec<&str> = [["--guild", "6"], options].concat();
        let (code, out, err) = import(&folder, &[&call[..], &["channel.txt"]].concat());
        assert_eq!(code, 0, "{dates:?}: {err}");
        assert!(out.starts_with("2 messages: 1 new order"), "{dates:?}: {out}");
        let ordered = orders(&folder)[0]["ordered_at"].clone();
        assert_eq!(ordered, json!(format!("2026-01-15T{expected}:00.000Z")), "{dates:?}");
        let (code, out, err) = said(&crate::cli::call(folder.path(), &["parse", "channel.txt"]));
        assert_eq!((code, out.lines().count(), err.as_str()), (0, 2, ""), "{dates:?}");
        let (_, out, _) = import(&folder, &[&call[..], &["channel.txt"]].concat());
        assert!(out.contains("0 new orders") && out.contains("2 already known"), "{out}");
    }
}

/// An export as text knows no more of a time than its minute.
#[test]
fn of_thousands_of_orders_of_one_minute_none_is_lost() {
    let frame = "=".repeat(62);
    let messages: Vec<String> = (0..5_000)
        .map(|number| {
            let checkout = CHECKOUT.replace("31\n", &format!("{number:04}\n"));
            format!("[2026-01-15 13:00] Refract\n\n\n{{Embed}}\n{checkout}\n\n")
        })
        .collect();
    let text = format!(
        "{frame}\nGuild: Example Server\nChannel: Checkouts / refract\n{frame}\n\n{}\
         {frame}\nExported 5000 message(s)\n{frame}\n",
        messages.concat()
    );
    let folder = place(&[("channel.txt", text.as_bytes())]);
    let (_, out, err) = import(&folder, &["--guild", "6", "channel.txt"]);
    assert!(out.starts_with("5,000 messages: 5,000 new orders"), "{out}{err}");
    let (_, out, err) = import(&folder, &["--guild", "6", "channel.txt"]);
    assert!(out.starts_with("5,000 messages: 0 new orders"), "{out}{err}");
    assert!(out.contains("5,000 already known"), "{out}");
}

#[test]
fn the_clock_of_the_configuration_counts_where_none_is_named() {
    let text = exported(["15/01/2026 13:00", "15/01/2026 13:05"]);
    let config = "[stats]\ntime_zone = \"Europe/Berlin\"\n";
    let folder = place(&[("channel.txt", text.as_bytes()), ("config.toml", config.as_bytes())]);
    assert_eq!(import(&folder, &["--guild", "6", "channel.txt"]).0, 0);
    assert_eq!(orders(&folder)[0]["ordered_at"], json!("2026-01-15T12:00:00.000Z"));
}

#[test]
fn dates_that_can_be_read_in_two_ways_are_asked_for_and_nothing_is_begun() {
    let text = exported(["3/4/2026 1:00 PM", "3/5/2026 1:00 PM"]);
    let folder = place(&[("channel.txt", text.as_bytes())]);
    let (code, _, err) = import(&folder, &["--guild", "6", "channel.txt"]);
    assert_eq!(code, 2, "{err}");
    for part in
        ["channel.txt, line 6", "3/4/2026 1:00 PM", "--dates mdy", "--dates dmy", "--time-zone"]
    {
        assert!(err.contains(part), "{part} in {err}");
    }
    assert!(holds_no_database(folder.path()));
    assert_eq!(import(&folder, &["--guild", "6", "--dates", "dmy", "channel.txt"]).0, 0);
    assert_eq!(orders(&folder)[0]["ordered_at"], json!("2026-04-03T13:00:00.000Z"));
    let (code, _, err) = import(&folder, &["--dates", "ymd", "channel.txt"]);
    assert!(code == 2 && err.contains("is not a date when read with --dates ymd"), "{err}");
    let (code, _, err) = import(&folder, &["--time-zone", "Europa/Berlin", "channel.txt"]);
    assert!(code == 2 && err.contains("Europe/Berlin"), "{err}");
}

#[test]
fn what_holds_no_messages_is_refused_with_what_to_use_and_begins_no_database() {
    let csv = "AuthorID,Author,Date,Content,Attachments,Reactions\n\"1\",\"Refract\",\"2026-01-15\",\"\",\"\",\"\"\n";
    let table = "Date,Product,Price,Order Number\n2026-01-15,Example Tin,26.99,102003900000041\n";
    let page = "<!DOCTYPE html><html><body>Successful Checkout | Target</body></html>";
    let ours = "[{\"id\":1,\"order_number\":\"1\",\"ordered_at\":\"2026-01-15T18:00:00.000Z\"}]";
    let folder = place(&[
        ("good.txt", CHECKOUT.as_bytes()),
        ("channel.csv", csv.as_bytes()),
        ("sheet.csv", table.as_bytes()),
        ("channel.html", page.as_bytes()),
        ("orders.json", ours.as_bytes()),
    ]);
    for (name, part) in [
        ("channel.csv", "leaves out the embeds with the checkouts"),
        ("sheet.csv", "is a table, not messages"),
        ("channel.html", "is a web page"),
        ("orders.json", "holds orders, as `export` writes them"),
    ] {
        for command in ["import", "parse"] {
            // One that could be taken stands beside it: a call is taken whole or not at all.
            let (code, out, err) = said(&call(folder.path(), &[command, "good.txt", name]));
            assert_eq!((code, out.as_str()), (2, ""), "{command} {name}: {err}");
            assert!(err.contains(part) && err.contains("--format Json"), "{command} {name}: {err}");
            assert!(
                err.starts_with(&format!("refract-ledger: {name} ")),
                "{command} {name}: {err}"
            );
        }
    }
    assert!(holds_no_database(folder.path()));
}

#[test]
fn texts_of_windows_are_read() {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| CHECKOUT.encode_utf16().flat_map(bytes).collect();
    let windows_1252 = CHECKOUT.replace('é', "\u{1}").replace('’', "\u{2}").into_bytes();
    let windows_1252 = windows_1252.into_iter().map(|byte| match byte {
        1 => 0xE9,
        2 => 0x92,
        byte => byte,
    });
    let little: Vec<u8> = utf16(u16::to_le_bytes);
    for bytes in [
        windows_1252.collect(),
        [&[0xFF, 0xFE], little.as_slice()].concat(),
        little,
        utf16(u16::to_be_bytes),
        [&[0xEF, 0xBB, 0xBF], CHECKOUT.as_bytes()].concat(),
    ] {
        let folder = place(&[("order.txt", &bytes)]);
        assert_eq!(import(&folder, &["--guild", "6", "order.txt"]).0, 0, "{bytes:?}");
        assert_eq!(orders(&folder)[0]["product"], json!("Pokémon ’26"), "{bytes:?}");
    }
}

fn message(id: u64, content: &str) -> Value {
    json!({"id": id.to_string(), "author": {"id": "7", "name": "Refract", "isBot": true}, "content": content})
}

#[test]
fn an_export_with_a_message_a_line_keeps_its_server_and_is_known_the_second_time() {
    let messages = [1, 2].map(|id| message(id, &CHECKOUT.replace("31\n", &format!("3{id}\n"))));
    let lines = messages.map(|message| message.to_string()).join(",\n");
    let export = format!(
        "{{\"guild\":{{\"id\":\"6\"}},\"channel\":{{\"id\":\"5\"}},\"messages\":[\n{lines}\n],\"messageCount\":2}}\n"
    );
    let folder = place(&[
        ("lines.json", export.as_bytes()),
        ("one.json", export.replace('\n', "").as_bytes()),
    ]);
    let (code, out, err) = import(&folder, &["lines.json"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.starts_with("2 messages: 2 new orders"), "{out}");
    let places: Vec<_> = orders(&folder)
        .iter()
        .map(|order| [order["guild_id"].clone(), order["channel_id"].clone()])
        .collect();
    assert_eq!(places, [["6", "5"], ["6", "5"]]);
    for file in ["lines.json", "one.json"] {
        let (_, out, _) = import(&folder, &["--guild", "6", file]);
        assert!(out.contains("0 new orders") && out.contains("2 already known"), "{out}");
    }
}

#[test]
fn every_new_order_of_a_message_is_counted() {
    let two = format!("{CHECKOUT}\n{}", CHECKOUT.replace("31\n", "32\n"));
    let again = format!("{two}\n{}", CHECKOUT.replace("31\n", "33\n"));
    let lines = format!("{}\n{}\n", message(1, &two), message(2, &again));
    let folder = place(&[("lines.jsonl", lines.as_bytes())]);
    let (_, out, err) = import(&folder, &["lines.jsonl"]);
    assert!(out.starts_with("2 messages: 3 new orders, 0 changed"), "{out}{err}");
    assert_eq!(orders(&folder).len(), 3);
}

#[test]
fn what_gets_its_server_later_is_not_called_new() {
    let lines = format!("{}\n{}\n", message(1, CHECKOUT), message(2, "hello"));
    let folder = place(&[("lines.jsonl", lines.as_bytes())]);
    let (code, out, err) = import(&folder, &["lines.jsonl"]);
    assert!(code == 0 && out.starts_with("2 messages: 1 new order,"), "{out}");
    assert!(err.contains("2 messages do not say which server they are from"), "{err}");
    assert!(err.contains("import them again with --guild ID"), "{err}");
    for _ in 0..2 {
        let (code, out, err) = import(&folder, &["--guild", "6", "lines.jsonl"]);
        assert_eq!((code, err.as_str()), (0, ""), "{out}");
        assert!(out.contains("0 new orders") && out.contains("2 already known"), "{out}");
    }
    assert_eq!(orders(&folder)[0]["guild_id"], json!("6"));
    // Another form of the same message changes its order, and makes none.
    let mut edited = message(1, &CHECKOUT.replace("$5.00", "$6.00"));
    edited["edited_timestamp"] = json!("2026-01-15T18:00:00+00:00");
    std::fs::write(folder.path().join("edited.json"), edited.to_string()).expect("write");
    let (_, out, _) = import(&folder, &["--guild", "6", "edited.json"]);
    assert!(out.starts_with("1 message: 0 new orders, 1 changed"), "{out}");
    assert_eq!(orders(&folder)[0]["price"], json!("6.00"));
}

#[test]
fn faults_are_told_in_a_sentence_and_not_by_the_thousand() {
    let lines: String = (0..25).map(|_| "{\"id\": oops}\n").collect();
    let lines = format!("{}\n{lines}", message(1, CHECKOUT));
    let folder = place(&[("lines.jsonl", lines.as_bytes()), ("empty.json", b"[]")]);
    let (code, out, err) = import(&folder, &["--guild", "6", "lines.jsonl"]);
    assert!(code == 1 && out.starts_with("1 message: 1 new order"), "{out}{err}");
    assert_eq!(err.lines().count(), 21, "{err}");
    assert!(
        err.contains("lines.jsonl, line 2: ")
            && err.contains("5 more parts could not be read as messages"),
        "{err}"
    );
    let folder = place(&[("empty.json", b"[]")]);
    for (file, part) in [
        ("nofile.json", "refract-ledger: nofile.json: no such file\n"),
        (".", "refract-ledger: .: this is a folder; name the files in it\n"),
        ("empty.json", "refract-ledger: found no messages in the input\n"),
    ] {
        let (code, out, err) = import(&folder, &[file]);
        assert_eq!((code, out.as_str(), err.as_str()), (1, "", part));
    }
    assert!(holds_no_database(folder.path()));
}

#[test]
fn after_an_import_the_file_alone_is_the_database() {
    let checkout = |id: u64| CHECKOUT.replace("31\n", &format!("{id:05}\n"));
    let lines: Vec<String> = (1..2_000).map(|id| message(id, &checkout(id)).to_string()).collect();
    let lines = lines.join("\n");
    let folder = place(&[("lines.jsonl", lines.as_bytes())]);
    for _ in 0..2 {
        assert_eq!(import(&folder, &["--guild", "6", "lines.jsonl"]).0, 0);
        assert!(!folder.path().join(format!("{DATABASE}-wal")).exists());
        let alone = place(&[]);
        std::fs::copy(folder.path().join(DATABASE), alone.path().join(DATABASE)).expect("copy");
        assert_eq!(orders(&alone).len(), 1_999);
    }
}

#[test]
fn no_command_but_those_that_store_begins_a_database() {
    let folder = place(&[]);
    for arguments in
        [["reparse"].as_slice(), &["export", "--format", "csv"], &["backup", "copy.db"], &["check"]]
    {
        let (code, out, err) = said(&call(folder.path(), arguments));
        assert_ne!(code, 0, "{arguments:?}: {out}");
        let path = folder.path().canonicalize().expect("a folder").join(DATABASE);
        let text = format!("{out}{err}");
        assert!(text.contains(&format!("{}", path.display())), "{arguments:?}: {text}");
        let left = std::fs::read_dir(folder.path()).expect("list").count();
        assert_eq!(left, 0, "{arguments:?}");
    }
}
