use super::*;
use crate::sheet::ItemRow;

fn row(id: i64, batch: i64, said: OrderRow) -> Evidence {
    let row = Row::Orders(Box::new(said));
    let fingerprint = row.to_json();
    let applied_at = "2026-02-01T00:00:00.000Z".to_owned();
    Evidence { batch, fingerprint, applied_at, ..Evidence::of(id, row) }
}

fn bought(product: &str, price: &str, units: i64) -> OrderRow {
    let item = ItemRow {
        product: Some(product.to_owned()),
        price: price.parse().ok(),
        ..ItemRow::default()
    };
    OrderRow { items: vec![item], quantity: Some(units), ..OrderRow::default() }
}

fn laid(rows: &[Evidence]) -> (OrderState, OrderBooks) {
    let mut state = OrderState::default();
    let books = lay_orders(&mut state, rows);
    (state, books)
}

fn lines(state: &OrderState) -> Vec<(String, Option<i64>, Option<i64>)> {
    let line = |item: &crate::order::OrderItem| {
        (item.product.clone().unwrap_or_default(), item.price_minor, item.quantity)
    };
    state.lines.items.iter().map(line).collect()
}

#[test]
fn rows_of_one_number_in_a_file_add_up_and_the_same_row_twice_is_one() {
    let payout = |mut row: OrderRow, payout: &str, parcel: &str| {
        (row.payout, row.parcels) = (payout.parse().ok(), vec![parcel.to_owned()]);
        row
    };
    let (state, books) = laid(&[
        row(1, 1, payout(bought("A", "10", 1), "12", "P1")),
        row(2, 1, payout(bought("A", "10", 2), "24", "P2")),
        row(3, 1, payout(bought("B", "5", 1), "6", "P3")),
        row(4, 1, payout(bought("B", "5", 1), "6", "P3")),
    ]);
    let name = |name: &str| name.to_owned();
    assert_eq!(lines(&state), [(name("A"), Some(1000), Some(3)), (name("B"), Some(500), Some(1))]);
    assert_eq!((state.lines.quantity(), state.total_minor()), (4, Some(3500)));
    assert_eq!(books.payout.map(|(_, money)| money.minor), Some(4200));
}

#[test]
fn a_later_file_corrects_cell_by_cell_and_a_blank_one_erases_nothing() {
    let later = OrderRow { total: "25.00".parse().ok(), ..OrderRow::default() };
    let renamed = OrderRow { quantity: None, ..bought("A (new)", "", 0) };
    let (state, _) = laid(&[row(1, 1, bought("A", "10", 2)), row(2, 2, later), row(3, 3, renamed)]);
    assert_eq!(lines(&state), [("A (new)".to_owned(), Some(1000), Some(2))]);
    assert_eq!((state.lines.quantity(), state.total_minor()), (2, Some(2500)));
}

#[test]
fn a_repeated_row_is_as_old_as_the_one_that_it_repeats() {
    let old = bought("A", "10", 1);
    let mut rows = vec![row(1, 1, old.clone()), row(2, 2, bought("A", "12", 1))];
    assert!(!says_last(&rows, &rows[0].fingerprint) && says_last(&rows, &rows[1].fingerprint));
    rows.push(Evidence { rank: 1, ..row(3, 3, old.clone()) });
    assert_eq!(laid(&rows).0.total_minor(), Some(1200));
    rows.push(row(4, 4, old));
    assert_eq!(laid(&rows).0.total_minor(), Some(1000));
}

#[test]
fn a_bare_dollar_is_that_of_the_store_unless_the_order_has_a_currency() {
    let said = |store: &str| {
        let row = OrderRow { is_dollars: true, ..bought("A", "10", 1) };
        OrderRow { store: Some(store.to_owned()).filter(|name| !name.is_empty()), ..row }
    };
    let code = |state: &OrderState| state.currency.map(|currency| currency.code());
    assert_eq!(code(&laid(&[row(1, 1, said(""))]).0), Some("USD"));
    assert_eq!(code(&laid(&[row(1, 1, said("Best Buy CA"))]).0), Some("CAD"));
    let mut known =
        OrderState { currency: Some(crate::order::Currency::AUD), ..OrderState::default() };
    lay_orders(&mut known, &[row(1, 1, said(""))]);
    assert_eq!(code(&known), Some("AUD"));
    assert_eq!(code(&laid(&[row(1, 1, bought("A", "10", 1))]).0), None);
}
