//! The command line, as people and scripts use it.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use calamine::{Data, Reader, Xlsx};
use serde_json::{Value, json};

use crate::harness::PROGRAM;

pub(crate) fn call(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(PROGRAM)
        .args(arguments)
        .current_dir(folder)
        .env_remove("DISCORD_TOKEN")
        .env_remove("DISCORD_TOKEN_FILE")
        .stdin(Stdio::null())
        .output()
        .expect("run the program")
}

pub(crate) fn said(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (output.status.code().expect("an exit code"), text(&output.stdout), text(&output.stderr))
}

const TEXT: &str = "Successful Checkout | Walmart US\nProduct\n=Example; \"Blocks\"\nPrice\n$24.97\n\
    Quantity\n2\nOrder Number\n#200014000000042\nEmail\nbuyer2@example.com:hunter2\n";

#[test]
fn parse_prints_the_contracts_json() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("message.txt"), TEXT).expect("write");
    let (code, out, err) = said(&call(folder.path(), &["parse", "message.txt"]));
    assert_eq!((code, err.as_str()), (0, ""));
    let line: Value = serde_json::from_str(out.trim()).expect("one line of JSON");
    assert_eq!(line["kind"], json!("checkout"));
    assert_eq!(line["message_id"], json!(null));
    let order = &line["orders"][0];
    for (key, value) in [
        ("order_number", json!("200014000000042")),
        ("store", json!("Walmart US")),
        ("product", json!("=Example; \"Blocks\"")),
        ("price", json!("24.97")),
        ("total", json!(null)),
        ("currency", json!("USD")),
        ("quantity", json!(2)),
        ("email", json!("buyer2@example.com")),
        ("proxy", json!(null)),
    ] {
        assert_eq!(order[key], value, "{key}");
    }
    assert!(!out.contains("hunter2"));
}

#[test]
fn a_file_imported_twice_is_imported_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let message = json!({"id": "1300000000000000001", "channel_id": "5", "guild_id": "6",
        "author": {"id": "7", "username": "Refract", "bot": true}, "content": TEXT});
    let lines = format!("{message}\nnot a message\n{message}\n");
    std::fs::write(folder.path().join("messages.jsonl"), lines).expect("write");
    let (code, out, err) = said(&call(folder.path(), &["import", "messages.jsonl"]));
    assert_eq!(code, 1, "a part was no message: {out}{err}");
    assert!(err.contains("messages.jsonl, line 2"), "{err}");
    assert!(out.starts_with("2 messages: 1 new order, 0 changed, 0 could not"), "{out}");
    std::fs::write(folder.path().join("messages.jsonl"), format!("{message}\n")).expect("write");
    let (code, out, _) = said(&call(folder.path(), &["import", "messages.jsonl"]));
    assert_eq!(code, 0);
    assert!(out.contains("1 message: 0 new orders") && out.contains("1 already known"), "{out}");

    let (code, out, _) = said(&call(folder.path(), &["export", "--format", "json"]));
    assert_eq!(code, 0);
    let orders: Vec<Value> = serde_json::from_str(&out).expect("an array");
    assert_eq!(orders.len(), 1);
    assert_eq!(orders[0]["guild_id"], json!("6"));
    assert_eq!(orders[0]["source"], json!("import"));
    assert_eq!(orders[0]["total"], json!("49.94"));
    assert_eq!(orders[0]["items"][0]["quantity"], json!(2));
}

#[test]
fn each_message_of_an_import_is_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let message = |id: u64, content: &str| {
        json!({"id": id.to_string(), "channel_id": "5", "guild_id": "6", "content": content,
            "author": {"id": "7", "username": "Refract", "bot": true}})
    };
    let shipped = TEXT.replace("Quantity", "Status\nshipped\nQuantity");
    let messages = [
        message(1_300_000_000_000_000_001, TEXT),
        message(1_300_000_000_000_000_002, TEXT),
        message(1_300_000_000_000_000_003, &shipped),
        message(1_300_000_000_000_000_004, "Checkout Failed | Target\nReason\nCard declined"),
        message(1_300_000_000_000_000_005, "good morning"),
    ];
    std::fs::write(folder.path().join("all.json"), json!(messages).to_string()).expect("write");
    let (code, out, err) = said(&call(folder.path(), &["import", "all.json"]));
    let told = "5 messages: 1 new order, 1 changed, 0 could not be stored, 0 already known, 1 \
        with nothing new, 2 without an order (tests, declines and the like)\n";
    assert_eq!((code, out.as_str()), (0, told), "{err}");
    std::fs::write(folder.path().join("none.json"), "[]").expect("write");
    let (code, out, err) = said(&call(folder.path(), &["import", "none.json"]));
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("found no messages in the input"), "{err}");
}

#[test]
fn the_csv_holds_what_was_imported_and_runs_no_formula() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("message.txt"), TEXT).expect("write");
    let (code, _, err) = said(&call(folder.path(), &["import", "--guild", "6", "message.txt"]));
    assert_eq!(code, 0, "{err}");
    let (code, _, err) =
        said(&call(folder.path(), &["export", "--format", "csv", "-o", "orders.csv"]));
    assert_eq!(code, 0);
    assert!(err.contains("wrote 1 order to orders.csv"), "{err}");
    let mut reader = csv::Reader::from_path(folder.path().join("orders.csv")).expect("a file");
    let headings = reader.headers().expect("headings").clone();
    let first_23 = "Date,Time,Product,Price,Total,Commission,Quantity,Profile,Proxy List,\
        Order Number,Email,Reference #,Posted Date,Tracking Number,Status,Notes,Payment Method,\
        Shipping Address,Shipping Method,QTY Received,Order ID,Created,Modified";
    assert_eq!(headings.iter().take(23).collect::<Vec<_>>().join(","), first_23);
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 1);
    let cell = |heading: &str| {
        let index = headings.iter().position(|name| name == heading).expect("a heading");
        rows[0][index].to_owned()
    };
    assert_eq!(cell("Product"), "'=Example; \"Blocks\"");
    assert_eq!(cell("Order Number"), "200014000000042");
    assert_eq!(cell("Price"), "24.97");
    assert_eq!(cell("Quantity"), "2");
    assert_eq!(cell("Status"), "verified");
}

#[test]
fn the_csv_for_excel_begins_with_its_mark() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("message.txt"), TEXT).expect("write");
    said(&call(folder.path(), &["import", "--guild", "6", "message.txt"]));
    let (code, out, err) = said(&call(folder.path(), &["export", "--format", "csv", "--bom"]));
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("\u{feff}Date,Time,"), "{out}");
    let (_, out, _) = said(&call(folder.path(), &["export", "--format", "csv"]));
    assert!(out.starts_with("Date,Time,"), "{out}");
}

#[test]
fn the_workbook_holds_what_was_imported_codes_as_text_and_money_as_numbers() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("message.txt"), TEXT).expect("write");
    said(&call(folder.path(), &["import", "--guild", "6", "message.txt"]));
    let (code, _, err) =
        said(&call(folder.path(), &["export", "--format", "xlsx", "-o", "orders.xlsx"]));
    assert_eq!(code, 0, "{err}");
    let path = folder.path().join("orders.xlsx");
    let mut book: Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let sheet = book.worksheet_range("Orders").expect("a sheet");
    assert_eq!(sheet.height(), 2);
    // The same on standard output.
    let output = call(folder.path(), &["export", "--format", "xlsx"]);
    let mut piped = Xlsx::new(std::io::Cursor::new(output.stdout)).expect("a workbook");
    assert_eq!(piped.worksheet_range("Orders").expect("a sheet"), sheet);
    let headings: Vec<String> =
        sheet.rows().next().expect("headings").iter().map(ToString::to_string).collect();
    let (_, out, _) = said(&call(folder.path(), &["export", "--format", "csv"]));
    assert_eq!(Some(headings.join(",").as_str()), out.lines().next());
    let cell = |heading: &str| {
        let column = headings.iter().position(|name| name == heading).expect("a heading");
        sheet.rows().nth(1).expect("an order")[column].clone()
    };
    assert_eq!(cell("Product"), Data::String("=Example; \"Blocks\"".to_owned()));
    assert_eq!(cell("Order Number"), Data::String("200014000000042".to_owned()));
    assert_eq!(cell("Server"), Data::String("6".to_owned()));
    assert_eq!(cell("Price"), Data::Float(24.97));
    assert_eq!(cell("Quantity"), Data::Float(2.0));
    assert_eq!(cell("Tracking Number"), Data::Empty);
    let orders: Value =
        serde_json::from_str(&said(&call(folder.path(), &["export", "--format", "json"])).1)
            .expect("an array");
    let created = orders[0]["created_at"].as_str().expect("a time");
    let Data::DateTime(at) = cell("Created") else { panic!("{:?}", cell("Created")) };
    let at = at.as_datetime().expect("a time").format("%Y-%m-%dT%H:%M:%S").to_string();
    assert!(created.starts_with(&at), "{at} {created}");
}

#[test]
fn exports_are_filtered() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("message.txt"), TEXT).expect("write");
    said(&call(folder.path(), &["import", "--guild", "6", "message.txt"]));
    for (filter, count) in [
        (vec!["--store", "walmart"], 1),
        (vec!["--status", "verified"], 1),
        (vec!["--status", "shipped"], 0),
        (vec!["--guild", "6"], 1),
        (vec!["--since", "2020-01-01"], 1),
        (vec!["--until", "2020-01-01"], 0),
    ] {
        let arguments: Vec<&str> =
            ["export", "--format", "json"].into_iter().chain(filter.clone()).collect();
        let (code, out, err) = said(&call(folder.path(), &arguments));
        assert_eq!(code, 0, "{err}");
        let orders: Vec<Value> = serde_json::from_str(&out).expect("an array");
        assert_eq!(orders.len(), count, "{filter:?}");
    }
}

#[test]
fn wrong_usage_ends_with_2_and_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("wrong.toml"), "[database]\npth = \"x\"\n").expect("write");
    for (arguments, part) in [
        (vec!["--config", "wrong.toml", "run"], "pth"),
        (vec!["--config", "missing.toml", "check"], "missing.toml"),
        (vec!["run"], "DISCORD_TOKEN"),
        (vec!["export", "--format", "xml"], "xml"),
        (vec!["export", "--format", "json", "--bom"], "--bom"),
        (vec!["export", "--format", "json", "--since", "soon"], "yesterday"),
        (vec!["export", "--format", "json", "--status", "lost"], "shipped"),
        (
            vec!["export", "--format", "csv", "--since", "2026-02-01", "--until", "2026-01-01"],
            "--since 2026-02-01 is not before --until 2026-01-01",
        ),
        (
            vec!["stats", "--since", "2026-02-01", "--until", "2026-01-01"],
            "--since 2026-02-01 is not before --until 2026-01-01",
        ),
        (vec!["export", "--config", "wrong.toml"], "--config comes before the command"),
        (vec!["export", "--format", "csv", "--guild", "abc"], "an id is a whole number"),
        (vec!["post", "--webhook", "https://example.com/", "--count", "0"], "0 is not in 1.."),
        (vec!["post", "--webhook", "https://example.com/"], "webhook"),
        (vec!["dance"], "dance"),
    ] {
        let (code, _, err) = said(&call(folder.path(), &arguments));
        assert_eq!(code, 2, "{arguments:?}: {err}");
        assert!(err.contains(part), "{arguments:?}: {err}");
    }
    assert!(!folder.path().join("refract-ledger.db").exists(), "nothing was begun");
}

#[test]
fn what_cannot_be_done_ends_with_1_and_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("refract-ledger.db"), "no database at all, only a text")
        .expect("write");
    for (arguments, part) in [
        (vec!["parse", "missing.json"], "missing.json"),
        (vec!["export", "--format", "json"], "refract-ledger.db"),
    ] {
        let (code, out, err) = said(&call(folder.path(), &arguments));
        assert_eq!(code, 1, "{arguments:?}: {out}{err}");
        assert!(format!("{out}{err}").contains(part), "{arguments:?}: {out}{err}");
    }
    // Without a token it is the configuration that is wrong; the database is looked over all the same.
    let (code, out, _) = said(&call(folder.path(), &["check"]));
    assert!(code == 2 && out.contains("FAIL database: The file refract-ledger.db"), "{out}");
}

#[test]
fn without_a_command_and_a_terminal_the_help_is_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    for arguments in [vec![], vec!["--config", "own.toml"], vec!["--log-format", "json"]] {
        let (code, out, err) = said(&call(folder.path(), &arguments));
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {err}");
        assert!(err.contains("Usage: refract-ledger") && err.contains("  reparse "), "{err}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

#[test]
fn what_is_mistyped_is_asked_back() {
    let folder = tempfile::tempdir().expect("a folder");
    for (arguments, meant) in [
        (vec!["chekc"], "'check'"),
        (vec!["exprot"], "'export'"),
        (vec!["help", "expor"], "'export'"),
        (vec!["bulk", "trck"], "'track'"),
        (vec!["bulk", "undo", "abc"], "write the number of a batch, as `bulk list` shows it"),
        (vec!["bulk", "track", "missing.csv"], "missing.csv: no such file"),
        (vec!["bulk", "track", "."], ".: this is a folder"),
        (vec!["export", "--fromat", "csv"], "'--format'"),
        (vec!["export", "--format", "xslx"], "'xlsx'"),
        (vec!["--confg", "x", "run"], "'--config'"),
        (vec!["import", "a.json", "--config", "x"], "refract-ledger --config PATH import"),
    ] {
        let (code, _, err) = said(&call(folder.path(), &arguments));
        assert_eq!(code, 2, "{arguments:?}: {err}");
        assert!(err.contains(meant), "{arguments:?}: {err}");
    }
}

/// The environment holds what it will: only our own variables are read.
#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_none_of_ours() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().expect("a folder");
    let odd = OsStr::from_bytes(b"\xff");
    for name in [OsStr::new("ODD"), odd] {
        let output = Command::new(PROGRAM)
            .arg("check")
            .current_dir(folder.path())
            .env_remove("DISCORD_TOKEN_FILE")
            .env("DISCORD_TOKEN", odd)
            .env(name, odd)
            .output()
            .expect("run the program");
        let (code, out, err) = said(&output);
        assert_eq!((code, err.as_str()), (2, ""), "{out}");
        assert!(out.contains("FAIL token: DISCORD_TOKEN: "), "{out}");
        assert!(out.contains("a character in it that no token has"), "{out}");
    }
}

/// Where nobody reads an answer, no command crashes.
#[test]
fn a_closed_pipe_is_no_failure() {
    let folder = tempfile::tempdir().expect("a folder");
    let messages: Vec<Value> = (0..2_000_u64)
        .map(|id| {
            let number = 200_014_000_000_000 + id;
            let text = TEXT.replace("200014000000042", &number.to_string());
            json!({"id": (1_300_000_000_000_000_001 + id).to_string(), "channel_id": "5", "guild_id": "6",
                "author": {"id": "7", "username": "Refract", "bot": true}, "content": text})
        })
        .collect();
    std::fs::write(folder.path().join("all.json"), json!(messages).to_string()).expect("write");
    std::fs::write(folder.path().join("numbers.csv"), "Order Number,Tracking Number\n")
        .expect("write");
    let export = |format| vec!["export", "--format", format];
    for (arguments, code) in [
        (vec!["import", "all.json"], 0),
        (vec!["parse", "all.json"], 0),
        (export("csv"), 0),
        (export("json"), 0),
        (export("xlsx"), 0),
        (vec!["reparse"], 0),
        (vec!["backup", "copy.db"], 0),
        (vec!["restore", "copy.db"], 0),
        (vec!["open"], 0),
        (vec!["stats", "--period", "all"], 0),
        (vec!["bulk", "list"], 0),
        (vec!["bulk", "waiting"], 0),
        (vec!["bulk", "track", "missing.csv"], 2),
        (vec!["check"], 2),
        (vec!["run"], 2),
        (vec![], 2),
        (vec!["--help"], 0),
    ] {
        let mut child = Command::new(PROGRAM)
            .args(&arguments)
            .current_dir(folder.path())
            .env_remove("DISCORD_TOKEN")
            .env_remove("DISCORD_TOKEN_FILE")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("run the program");
        // Both ends are closed before a word is written.
        drop((child.stdout.take(), child.stderr.take()));
        let ended = child.wait().expect("wait");
        assert_eq!(ended.code(), Some(code), "{arguments:?}");
    }
}

#[cfg(feature = "demo")]
#[test]
fn the_demo_tells_its_story_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = Command::new(PROGRAM)
        .arg("demo")
        .current_dir(folder.path())
        .env("TMPDIR", folder.path())
        .stdin(Stdio::null())
        .output()
        .expect("run the demo");
    let (code, out, err) = said(&output);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    for part in [
        "✅  a checkout at Best Buy",
        "🧪  Refract's Test Notification",
        "⚠️  a checkout without an order number",
        "11 orders",
        "✅  a checkout in Discord's newer components",
        "> press Add number",
        "> press Count both",
        "102000000000077",
        "📦 2",
        "Latest orders · shipped",
        "Live board",
        "Only you can see this",
    ] {
        assert!(out.contains(part), "{part} in:\n{out}");
    }
    let left = std::fs::read_dir(folder.path()).expect("the folder").count();
    assert_eq!(left, 0, "files are left behind");
    // Nobody can look at them any more.
    assert!(!out.contains("stored in") && !out.contains("Saved as"), "{out}");
}

/// Whoever closes the window leaves nothing behind, either.
#[cfg(all(feature = "demo", unix))]
#[test]
fn a_demo_whose_window_is_closed_leaves_nothing_behind() {
    use std::io::{BufRead, BufReader};
    let folder = tempfile::tempdir().expect("a folder");
    let mut demo = Command::new(PROGRAM)
        .arg("demo")
        .env("TMPDIR", folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("run the demo");
    let left = || std::fs::read_dir(folder.path()).expect("the folder").count();
    let mut told = BufReader::new(demo.stdout.take().expect("its output")).lines();
    assert!(told.next().is_some_and(|line| line.is_ok()) && left() == 1);
    let closed = Command::new("kill").args(["-HUP", &demo.id().to_string()]).status();
    assert!(closed.expect("run kill").success());
    let rest: Vec<String> = told.map_while(Result::ok).collect();
    assert_eq!(demo.wait().expect("its end").code(), Some(0), "{rest:?}");
    assert_eq!(left(), 0, "files are left behind");
}
