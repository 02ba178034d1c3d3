use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use super::*;

/// A row: an order's number, its parcels, a store.
type Given = (String, Vec<String>, String);

fn row() -> impl Strategy<Value = Given> {
    let number = prop_oneof!["[0-9]{13,15}", "BBY01-[0-9]{12}", "[0-9]{3}-[0-9]{7}-[0-9]{7}"];
    let parcels = prop::collection::vec("TBA[0-9]{12}", 1..3);
    (number, parcels, "[A-Za-zé][A-Za-z é&\"';|]{0,12}[a-z]")
}

fn quoted(cell: &str, always: bool, separator: &str) -> String {
    let must = cell.contains(['"', '\n', '\r']) || cell.contains(separator);
    if always || must { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

fn text(rows: &[Given], separator: &str, end: &str, always: bool, for_excel: bool) -> String {
    let line =
        |cells: [&str; 3]| cells.map(|cell| quoted(cell, always, separator)).join(separator) + end;
    let rows = rows.iter().map(|(number, parcels, store)| {
        let number = if for_excel { format!("=\"{number}\"") } else { number.clone() };
        line([number.as_str(), parcels.join("\n").as_str(), store.as_str()])
    });
    std::iter::once(line(["Order #", "Tracking ID", "Store"])).chain(rows).collect()
}

fn workbook(rows: &[Given]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["Order #", "Tracking ID", "Store"]) {
        sheet.write(0, column, heading).unwrap();
    }
    for (row, (number, parcels, store)) in (1..).zip(rows) {
        match number.parse::<f64>() {
            Ok(number) => sheet.write(row, 0, number).unwrap(),
            Err(_) => sheet.write(row, 0, number.as_str()).unwrap(),
        };
        sheet.write(row, 1, parcels.join(", ")).unwrap();
        sheet.write(row, 2, store.as_str()).unwrap();
    }
    book.save_to_buffer().unwrap()
}

fn says(bytes: Vec<u8>) -> Vec<What> {
    let sheet = read(Kind::Track, "sheet", bytes, &Options::default()).unwrap();
    sheet.lines().map(|line| line.what).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_table_reads_the_same_in_every_form(rows in prop::collection::vec(row(), 1..6)) {
        // A workbook keeps no zeros in front of a number.
        let rows: Vec<Given> = rows
            .into_iter()
            .map(|(number, parcels, store)| (number.replace('0', "7"), parcels, store))
            .collect();
        let plain = says(text(&rows, ",", "\n", false, false).into_bytes());
        prop_assert_eq!(plain.len(), rows.len());
        for (what, (number, parcels, _)) in plain.iter().zip(&rows) {
            let What::Says(Row::Track(row)) = what else { panic!("{what:?}") };
            prop_assert_eq!(&row.order_number, number);
            let mut once = parcels.clone();
            once.dedup();
            prop_assert_eq!(&row.parcels, &once);
        }
        for separator in [",", ";", "\t", "|"] {
            for end in ["\n", "\r\n"] {
                for (always, for_excel) in [(false, false), (true, false), (true, true)] {
                    let text = text(&rows, separator, end, always, for_excel);
                    prop_assert_eq!(&says(text.clone().into_bytes()), &plain, "{}", &text);
                    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
                    let marked = [&[0xFF, 0xFE], wide.as_slice()].concat();
                    prop_assert_eq!(&says(marked), &plain);
                    let windows = encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
                    prop_assert_eq!(&says(windows), &plain);
                }
            }
        }
        prop_assert_eq!(&says(workbook(&rows)), &plain);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for kind in Kind::ALL {
            let _ = read(kind, "x", bytes.clone(), &Options::default()).map(|sheet| shown(&sheet));
        }
    }

    #[test]
    fn no_text_makes_it_panic(
        headings in prop::sample::select(vec![
            "order,tracking,store", "tracking_id,total,qty,created", "order;status;qty",
            "Date,Amount,Extended Details,Reference", "",
        ]),
        cells in "[-0-9a-zA-Z,;\"'=+. /:$€()\n\r\t|]{0,200}",
    ) {
        for kind in Kind::ALL {
            let _ = read_text(kind, &format!("{headings}\n{cells}")).map(|sheet| shown(&sheet));
        }
    }
}

/// The workbook with some bytes of its cells, its shared texts or its styles changed.
fn damaged(book: &[u8], part: &str, changes: &[(usize, u8)]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if name == part {
            for (at, byte) in changes {
                let at = at % bytes.len();
                bytes[at] = *byte;
            }
        }
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn a_damaged_workbook_costs_one_sentence(
        part in prop::sample::select(vec![
            "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml",
        ]),
        changes in prop::collection::vec((any::<usize>(), any::<u8>()), 1..8),
    ) {
        let rows = [("1001".to_owned(), vec!["TBA000000000000".to_owned()], "Target".to_owned())];
        let bytes = damaged(&workbook(&rows), part, &changes);
        match read(Kind::Track, "damaged.xlsx", bytes, &Options::default()) {
            Ok(sheet) => prop_assert!(shown(&sheet).len() < 500_000),
            Err(failed) => prop_assert!(failed.to_string().starts_with("damaged.xlsx: ")),
        }
    }
}

#[test]
fn a_workbook_has_rows_of_its_own() {
    let mut book = Workbook::new();
    let chart = book.add_worksheet();
    chart.write(0, 0, "Only a note").unwrap();
    let sheet = book.add_worksheet().set_name("Parcels").unwrap();
    sheet.write(1, 0, "Group of Ann").unwrap();
    for (column, heading) in (0..).zip(["tracking", "total", "qty", "modified"]) {
        sheet.write(3, column, heading).unwrap();
    }
    sheet.write(5, 0, "1Z999AA10123456784").unwrap();
    sheet.write(5, 1, 389.969_999_999_999_97).unwrap();
    sheet.write(5, 2, 2).unwrap();
    let at = rust_xlsxwriter::ExcelDateTime::parse_from_str("2026-01-02T03:04:05").unwrap();
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    sheet.write_with_format(5, 3, &at, &format).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let sheet = read(Kind::Received, "group.xlsx", bytes, &Options::default()).unwrap();
    let row = r#"{"kind":"received","modified":"2026-01-02T03:04:05","parcel":"1Z999AA10123456784","payout":"389.97","units":2}"#;
    let expected = [(5, "ignored: an empty row".to_owned()), (6, row.to_owned())];
    assert_eq!(shown(&sheet), expected);
}

#[test]
fn a_number_of_a_workbook_is_read_as_it_is_shown() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["order", "tracking", "qty"]) {
        sheet.write(0, column, heading).unwrap();
    }
    let format = |code: &str| rust_xlsxwriter::Format::new().set_num_format(code);
    sheet.write_with_format(1, 0, 12_345, &format("0000000000")).unwrap();
    sheet.write(1, 1, "TBA000000000001").unwrap();
    sheet.write_with_format(2, 0, 20_000_123_456_789.0, &format("0000000-00000000")).unwrap();
    sheet.write_with_format(2, 1, 123_456_789, &format("000000000000")).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let sheet = read(Kind::Track, "a.xlsx", bytes, &Options::default()).unwrap();
    let row = |number: &str, parcel: &str| {
        format!(r#"{{"kind":"track","order_number":"{number}","parcels":["{parcel}"]}}"#)
    };
    let expected = [row("0000012345", "TBA000000000001"), row("0200001-23456789", "000123456789")];
    assert_eq!(shown(&sheet).into_iter().map(|(_, row)| row).collect::<Vec<_>>(), expected);
}

#[test]
fn two_worksheets_that_can_be_meant_are_asked_about() {
    let mut book = Workbook::new();
    for name in ["January", "February"] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write(0, 0, "order").unwrap();
        sheet.write(0, 1, "tracking").unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let failed = read(Kind::Track, "all.xlsx", bytes, &Options::default()).unwrap_err();
    let sentence = failed.to_string();
    assert!(sentence.contains("\"January\", \"February\""), "{sentence}");
}
