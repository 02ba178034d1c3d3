//! Sheets as they really look, and a random table in every form.

mod amounts;
mod books;
mod dates;
mod every_form;
mod lists;
mod no_headings;
mod orders;
mod refused;
mod tracking_lists;

use super::*;

/// Reads a text.
fn read_text(kind: Kind, text: &str) -> Result<Sheet, NotUnderstood> {
    read_with(kind, text, &Options::default())
}

fn read_with(kind: Kind, text: &str, options: &Options) -> Result<Sheet, NotUnderstood> {
    read(kind, "sheet.csv", text.as_bytes().to_vec(), options)
}

fn map(pairs: &[(&str, &str)]) -> Options {
    let map = pairs.iter().map(|(column, field)| ((*column).to_owned(), (*field).to_owned()));
    Options { map: map.collect(), ..Options::default() }
}

/// What each line comes to: the row as it is kept, or the sentence.
fn shown(sheet: &Sheet) -> Vec<(u64, String)> {
    let lines: Vec<(u64, String)> = sheet
        .lines()
        .map(|line| {
            let what = match line.what {
                What::Says(row) => {
                    let kept = row.to_json();
                    assert_eq!(Row::from_json(&kept).unwrap(), row);
                    kept
                }
                What::Ignored(ignored) => format!("ignored: {ignored}"),
                What::Refused(refusal) => format!("refused: {refusal}"),
            };
            (line.line, what)
        })
        .collect();
    assert_eq!(lines.len() as u64, sheet.rows());
    lines
}

fn rows(kind: Kind, text: &str) -> Vec<(u64, String)> {
    shown(&read_text(kind, text).unwrap())
}

/// The sentence about a file that is not understood.
fn sentence(kind: Kind, text: &str) -> String {
    read_text(kind, text).unwrap_err().to_string()
}

/// One row of a sheet, as JSON.
fn value(kind: Kind, text: &str) -> serde_json::Value {
    let rows = rows(kind, text);
    serde_json::from_str(&rows[0].1).unwrap_or_else(|_| panic!("{rows:?}"))
}
