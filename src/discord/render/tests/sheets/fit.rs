//! Whatever a sheet holds: what is shown of it breaks no limit of Discord.

use proptest::prelude::*;

use super::shown::{batch, dollars};
use crate::discord::render::books::ask::{self, Question};
use crate::discord::render::books::{lists, preview};
use crate::discord::render::custom_id::Turn;
use crate::discord::render::tests::any::{optional, text};
use crate::discord::render::tests::limits::assert_fits;
use crate::ids::UserId;
use crate::ledger::{Batch, Becomes, Bulk, BulkLine, Preview, Ranged};
use crate::sheet::{Field, Kind};

fn of_many<T>(rows: impl Iterator<Item = T>) -> Ranged<T> {
    Ranged { rows: rows.collect(), all: usize::MAX }
}

fn becomes() -> impl Strategy<Value = Becomes> {
    proptest::sample::select(Becomes::ALL.to_vec())
}

#[test]
fn of_equal_headings_the_first_is_offered() {
    let headings = ["Order", "#", "Paket", "order #", "Paket"].map(str::to_owned).to_vec();
    let question = Question::Columns { headings, missing: None, page: 0 };
    let chosen = [("Paket".to_owned(), "tracking_number".to_owned())];
    let rows = serde_json::to_value(ask::rows(Kind::Track, 5, &question, &chosen)).unwrap();
    let values = |row: &serde_json::Value| {
        let options = row["components"][0]["options"].as_array().into_iter().flatten();
        options.map(|option| option["value"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(values(&rows[0]), ["0", "2"]);
    assert_eq!(values(&rows[1]), ["0", "2"]);
}

#[test]
fn every_field_of_a_sheet_can_be_chosen_in_some_menu() {
    for kind in Kind::ALL {
        let mut offered = Vec::new();
        for page in 0..ask::pages(kind) {
            let headings = vec!["Some".to_owned(), "Other".to_owned()];
            let question = Question::Columns { headings, missing: None, page };
            let rows = serde_json::to_value(ask::rows(kind, 5, &question, &[])).unwrap();
            let rows = rows.as_array().unwrap();
            assert!(rows.len() <= 5, "{kind:?}");
            for id in rows.iter().filter_map(|row| row["components"][0]["custom_id"].as_str()) {
                offered.extend(
                    Field::of_kind(kind)
                        .find(|field| id.ends_with(&format!("|{}", field.as_str()))),
                );
            }
        }
        let mut all: Vec<Field> = Field::of_kind(kind).collect();
        offered.sort_unstable();
        all.sort_unstable();
        assert_eq!(offered, all, "each once in {kind:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_a_sheet_holds_its_preview_fits(
        rows in proptest::collection::vec((becomes(), text(), optional(), optional(), optional(), text()), 0..60),
        files in proptest::collection::vec(text(), 1..6),
    ) {
        let line = |(becomes, file, order_number, store, tracking_number, reason)| BulkLine {
            row: Some(i64::MAX), batch: Some(i64::MAX), file: String::into(file), line: u64::MAX, becomes, order_number, product: None,
            store: Option::map(store, String::into), tracking_number, reason: String::into(reason),
        };
        let unnumbered = |line: BulkLine| BulkLine {
            product: Some(line.file.to_string()).filter(|_| line.order_number.is_none()), ..line
        };
        let lines: Vec<BulkLine> = rows.into_iter().map(line).map(unnumbered).collect();
        let turn = Turn { user: UserId(1), offset: 0 };
        let (waiting, parts) = lists::waiting(&of_many(lines.iter().take(10).cloned()), turn);
        assert_fits(&[waiting]);
        for row in serde_json::to_value(&parts).unwrap().as_array().unwrap() {
            for option in row["components"][0]["options"].as_array().into_iter().flatten() {
                prop_assert!(option["description"].as_str().is_none_or(|text| !text.trim().is_empty()));
            }
        }
        let bulk = Bulk { sums: vec![dollars(i64::MAX); 9], lines, ..Bulk::default() };
        let said = files.iter().map(|heading| (heading.clone(), "order_number".to_owned())).collect();
        let (id, files_of, kind) = (i64::MAX, files.clone(), Kind::Track);
        let preview = Preview { id, kind, files: files_of, said, bulk, refused_unless_anyway: 3 };
        assert_fits(&[preview::embed(&preview)]);
        let batch = Batch { files: files.clone(), ..batch(i64::MAX, true) };
        assert_fits(&[lists::batches(&of_many(vec![batch; 10].into_iter()), turn).0]);
        let question = Question::Columns { headings: files, missing: None, page: 0 };
        assert_fits(&[ask::embed(Kind::Charges, "a", &question, &[])]);
    }
}
