//! What stands in exported files, and how `export` is asked for it.

use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::{call, said};

/// An order of two messages, each with a product, one of them two units; and another order.
fn with_orders() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let message = |id: u64, at: &str, text: &str| {
        json!({"id": id.to_string(), "channel_id": "5", "guild_id": "6", "timestamp": at,
            "author": {"id": "7", "username": "Refract", "bot": true}, "content": text})
    };
    let checkout = |store: &str, product: &str, price: &str, units: u32, number: &str| {
        format!(
            "Successful Checkout | {store}\nProduct\n{product}\nPrice\n{price}\nQuantity\n{units}\n\
             Order Number\n#{number}\n"
        )
    };
    let messages = [
        message(
            1,
            "2026-01-31T23:30:00Z",
            &checkout("Target", "Example Box", "$49.99", 1, "102003900000107"),
        ),
        message(
            2,
            "2026-01-31T23:31:00Z",
            &checkout("Target", "Example Tin", "$26.99", 2, "102003900000107"),
        ),
        message(
            3,
            "2026-02-01T12:00:00Z",
            &checkout("Pokemon Center US", "=1+1", "$5.00", 3, "P0012"),
        ),
    ];
    std::fs::write(folder.path().join("all.json"), json!(messages).to_string()).expect("write");
    let (code, _, err) = said(&call(folder.path(), &["import", "all.json"]));
    assert_eq!(code, 0, "{err}");
    folder
}

fn export(folder: &TempDir, options: &[&str]) -> (i32, String, String) {
    let arguments: Vec<&str> = ["export"].into_iter().chain(options.iter().copied()).collect();
    said(&call(folder.path(), &arguments))
}

/// Columns of a CSV, row by row.
fn columns(text: &str, separator: u8, names: &[&str]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(text.as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let place =
        |name: &&str| headings.iter().position(|heading| heading == *name).expect("a heading");
    let places: Vec<usize> = names.iter().map(place).collect();
    let row = |row: csv::StringRecord| places.iter().map(|place| row[*place].to_owned()).collect();
    reader.records().map(|found| row(found.expect("a row"))).collect()
}

fn csv_of(folder: &TempDir, options: &[&str], names: &[&str]) -> Vec<Vec<String>> {
    let (code, out, err) = export(folder, &[&["--format", "csv"], options].concat());
    assert_eq!(code, 0, "{err}");
    columns(&out, b',', names)
}

fn book(path: &Path) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let sheet = book.worksheet_range("Orders").expect("a sheet");
    sheet.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn every_product_of_an_order_is_there() {
    let folder = with_orders();
    let names = ["Order Number", "Product", "Price", "Quantity", "Total"];
    assert_eq!(
        csv_of(&folder, &[], &names),
        [
            ["102003900000107", "Example Box; 2 × Example Tin", "", "3", "103.97"],
            ["P0012", "'=1+1", "5.00", "3", "15.00"],
        ]
    );
    let names = ["Order Number", "Product", "Price", "Quantity", "Total", "Order Total"];
    assert_eq!(
        csv_of(&folder, &["--rows", "items"], &names),
        [
            ["102003900000107", "Example Box", "49.99", "1", "49.99", "103.97"],
            ["102003900000107", "Example Tin", "26.99", "2", "53.98", ""],
            ["P0012", "'=1+1", "5.00", "3", "15.00", "15.00"],
        ]
    );
    for (options, products) in [
        (&["-o", "orders.xlsx"][..], vec!["Example Box; 2 × Example Tin", "=1+1"]),
        (&["-o", "orders.xlsx", "--rows", "items"], vec!["Example Box", "Example Tin", "=1+1"]),
    ] {
        assert_eq!(export(&folder, options).0, 0);
        let rows = book(&folder.path().join("orders.xlsx"));
        let found: Vec<String> = rows.iter().skip(1).map(|row| row[2].to_string()).collect();
        assert_eq!(found, products);
    }
    let (code, _, err) = export(&folder, &["--format", "json", "--rows", "items"]);
    assert!(code == 2 && err.contains("JSON holds the items"), "{err}");
}

#[test]
fn a_csv_is_plain_and_for_excel_such_as_it_keeps() {
    let folder = with_orders();
    let names = ["Order Number", "Product", "Message"];
    assert_eq!(
        csv_of(&folder, &[], &names)[0],
        ["102003900000107", "Example Box; 2 × Example Tin", "1"]
    );
    let (_, plain, _) = export(&folder, &["--format", "csv"]);
    assert!(plain.starts_with("Date,"), "{plain}");
    let (code, out, err) = export(&folder, &["--format", "csv", "--excel", "--separator", ";"]);
    assert_eq!(code, 0, "{err}");
    let out = out.strip_prefix('\u{feff}').expect("a mark");
    let rows = columns(out, b';', &names);
    assert_eq!(rows[0], ["=\"102003900000107\"", "Example Box; 2 × Example Tin", "=\"1\""]);
    assert_eq!(rows[1], ["P0012", "'=1+1", "=\"3\""]);
    for (separator, byte) in [("tab", b'\t'), ("|", b'|'), (",", b',')] {
        let (code, out, err) = export(&folder, &["--format", "csv", "--separator", separator]);
        assert_eq!(code, 0, "{err}");
        assert_eq!(columns(&out, byte, &["Order Number"]).len(), 2, "{separator}: {out}");
    }
    for (options, part) in [
        (["--format", "xlsx", "--excel"].as_slice(), "--excel works with --format csv only"),
        (&["--format", "json", "--separator", ";"], "--separator works with --format csv only"),
        (&["--format", "csv", "--separator", "x"], "or tab"),
    ] {
        let (code, _, err) = export(&folder, options);
        assert!(code == 2 && err.contains(part), "{options:?}: {err}");
    }
}

#[test]
fn days_are_those_of_the_zone_and_until_is_with_its_day() {
    let folder = with_orders();
    let count = |options: &[&str]| csv_of(&folder, options, &["Order Number"]).len();
    for (options, expected) in [
        // 2026-01-31 23:30 UTC is the first of February in Berlin.
        (&["--until", "2026-01-31"][..], 1),
        (&["--since", "2026-02-01"], 1),
        (&["--until", "2026-01-30"], 0),
        (&["--since", "2026-01-31", "--until", "2026-01-31"], 1),
        (&["--until", "2026-01-31T23:30:00Z"], 0),
        (&["--until", "2026-01-31T23:30:01Z"], 1),
        (&["--until", "2026-01-31", "--time-zone", "Europe/Berlin"], 0),
        (&["--since", "2026-02-01", "--until", "2026-02-01", "--time-zone", "Europe/Berlin"], 2),
    ] {
        assert_eq!(count(options), expected, "{options:?}");
    }
    let config = "[stats]\ntime_zone = \"Europe/Berlin\"\n";
    std::fs::write(folder.path().join("config.toml"), config).expect("write");
    assert_eq!(count(&["--until", "2026-01-31"]), 0);
    assert_eq!(count(&["--until", "2026-01-31", "--time-zone", "UTC"]), 1);
}

#[test]
fn columns_are_chosen_by_name_and_the_old_sheet_has_its_own() {
    let folder = with_orders();
    let first = |options: &[&str]| {
        let (code, out, err) = export(&folder, &[&["--format", "csv"], options].concat());
        assert_eq!(code, 0, "{err}");
        out.lines().take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        first(&["--columns", "order_number,Total,Payout"]),
        ["Order Number,Total,Payout", "102003900000107,103.97,"]
    );
    let old = "Date,Time,Product,Price,Total,Commission,Quantity,Profile,Proxy List,Order Number,Email,\
        Reference #,Posted Date,Tracking Number,Status,QTY Received,Order ID,Created,Modified";
    let shown = first(&["--preset", "roms19"]);
    // The total of the old sheet is the payout, its status the group's word: there are none.
    let row = "2026-01-31,23:30:00,Example Box; 2 × Example Tin,,,,3,,,102003900000107,,,,,,,,,";
    assert_eq!(shown, [old, row]);
    let (code, _, err) = export(&folder, &["--format", "csv", "--columns", "Colour"]);
    assert!(code == 2 && err.contains("no column \"Colour\""), "{err}");
}

#[test]
fn times_are_told_by_the_clock_that_is_named_and_json_stays_utc() {
    let folder = with_orders();
    let names = ["Date", "Time", "Created"];
    for (options, day, time, zone) in [
        (&["--time-zone", "Asia/Tokyo"][..], "2026-02-01", "08:30:00", "+09:00"),
        (&[], "2026-01-31", "23:30:00", "Z"),
    ] {
        let row = csv_of(&folder, options, &names).remove(0);
        assert_eq!(row[..2], [day, time]);
        assert!(row[2].ends_with(zone), "{row:?}");
    }
    let zone = ["--time-zone", "Europe/Berlin"];
    let (_, out, _) = export(&folder, &[&["--format", "json"], &zone[..]].concat());
    let orders: Vec<Value> = serde_json::from_str(&out).expect("an array");
    assert_eq!(orders[0]["ordered_at"], json!("2026-01-31T23:30:00.000Z"));
    assert_eq!(export(&folder, &[&["-o", "orders.xlsx"], &zone[..]].concat()).0, 0);
    let path = folder.path().join("orders.xlsx");
    let rows = book(&path);
    assert_eq!(rows[0][0].to_string(), "Date", "the headings stand in the first row");
    let Data::DateTime(day) = rows[1][0] else { panic!("{:?}", rows[1][0]) };
    assert_eq!(day.as_datetime().expect("a day").format("%Y-%m-%d").to_string(), "2026-02-01");
    // Where the zone stands: the names of a workbook's parts are not packed.
    let bytes = std::fs::read(path).expect("a workbook");
    assert!(bytes.windows(19).any(|part| part == b"docProps/custom.xml"));
}

#[test]
fn the_name_of_the_file_says_the_format_and_no_database_is_written_over() {
    let folder = with_orders();
    for (name, begins) in [("a.csv", b"Date".as_slice()), ("a.XLSX", b"PK"), ("a.json", b"[")] {
        let (code, out, err) = export(&folder, &["-o", name]);
        assert_eq!((code, out.as_str()), (0, ""), "{err}");
        assert!(err.contains(&format!("wrote 2 orders to {name}")), "{err}");
        let bytes = std::fs::read(folder.path().join(name)).expect("a file");
        assert!(bytes.starts_with(begins), "{name}");
    }
    let database = || std::fs::read(folder.path().join("refract-ledger.db")).expect("a database");
    let before = database();
    std::fs::copy(folder.path().join("refract-ledger.db"), folder.path().join("copy.csv"))
        .expect("copy");
    for (options, code, part) in [
        (
            ["-o", "b.csv", "--format", "xlsx"].as_slice(),
            2,
            "does not fit a file whose name ends with .csv",
        ),
        (&["-o", "orders"], 2, "say which format"),
        (&[], 2, "say which format"),
        (&["-o", "refract-ledger.db", "--format", "csv"], 2, "refract-ledger.db is a database"),
        (&["-o", "refract-ledger.db-wal", "--format", "csv"], 2, "is a database"),
        (&["-o", "copy.csv"], 2, "copy.csv is a database"),
        (&["-o", "nowhere/a.csv"], 1, "nowhere/a.csv: there is no such folder"),
        (&["-o", ".", "--format", "csv"], 1, ".: this is a folder"),
    ] {
        let (ended, out, err) = export(&folder, options);
        assert_eq!((ended, out.as_str()), (code, ""), "{options:?}: {err}");
        assert!(err.contains(part), "{options:?}: {err}");
    }
    assert!(!folder.path().join("b.csv").exists());
    assert_eq!(database(), before);
    let (code, _, err) = export(&folder, &["-o", "orders.data", "--format", "csv"]);
    assert_eq!(code, 0, "{err}");
}

#[test]
fn a_store_is_found_by_a_part_of_its_name_and_an_unknown_one_is_refused() {
    let folder = with_orders();
    for typed in ["pokemon", "center us", "TARGET", "get"] {
        let rows = csv_of(&folder, &["--store", typed], &["Order Number"]);
        assert_eq!(rows.len(), 1, "{typed}");
    }
    let file = folder.path().join("orders.csv");
    std::fs::write(&file, "of before").expect("write");
    for (option, typed, why) in [
        ("--store", "pokmon", "There is no store \"pokmon\". Did you mean Pokemon Center US?"),
        ("--store", "center ca", "There is no store \"center ca\". Did you mean"),
        (
            "--store",
            "walmart",
            "There is no store \"walmart\". There are orders of Pokemon Center US, Target.",
        ),
        ("--profile", "Nobody", "There is no order of the profile \"Nobody\""),
        ("--guild", "66", "The database knows no server 66"),
        ("--channel", "55", "There is no order of the channel 55"),
    ] {
        let (code, out, err) = export(&folder, &["-o", "orders.csv", option, typed]);
        assert_eq!((code, out.as_str()), (2, ""), "{typed}: {err}");
        assert!(err.contains(why), "{err}");
        assert_eq!(std::fs::read_to_string(&file).expect("read"), "of before", "{typed}");
    }
    let (code, out, err) = said(&call(folder.path(), &["stats", "--store", "pokmon"]));
    assert!(code == 2 && out.is_empty() && err.contains("Did you mean"), "{code}: {out}{err}");
    // It is there, and has no order of that kind: that is another matter.
    let (code, _, err) =
        export(&folder, &["--format", "csv", "--store", "target", "--status", "sold"]);
    assert_eq!((code, err.as_str()), (0, ""));
}

#[test]
fn orders_without_a_server_are_exported_by_its_number_0_also_beside_a_server() {
    let folder = tempfile::tempdir().expect("a folder");
    for (id, number, guild) in [("1", "A-1001", None), ("2", "A-1002", Some("6"))] {
        let text = format!("Successful Checkout | Target\nProduct\nBox\nOrder Number\n{number}");
        let mut message = json!({"id": id, "channel_id": id, "timestamp": "2026-01-31T23:30:00Z",
            "author": {"id": "7", "username": "Refract", "bot": true}, "content": text});
        if let Some(guild) = guild {
            message["guild_id"] = json!(guild);
        }
        std::fs::write(folder.path().join("one.json"), json!([message]).to_string())
            .expect("write");
        let (code, _, err) = said(&call(folder.path(), &["import", "one.json"]));
        assert_eq!(code, 0, "{err}");
    }
    for (guild, number) in [("0", "A-1001"), ("6", "A-1002")] {
        let rows = csv_of(&folder, &["--guild", guild], &["Order Number"]);
        assert_eq!(rows, [[number]], "{guild}");
    }
}
