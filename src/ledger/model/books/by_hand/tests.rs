use chrono::NaiveDate;
use chrono_tz::Tz;

use super::*;
use crate::ledger::model::books::overlay::Books;
use crate::ledger::model::fold::OrderState;
use crate::order::{Currency, OrderItem};
use crate::reading::MessageAmount;

fn typed(field: OrderField, text: &str) -> Result<Option<String>, String> {
    let new_york: Tz = "America/New_York".parse().unwrap();
    let today = "2026-11-24".parse().unwrap();
    let parsed = field.parse(text, (new_york, today), Some(Currency::USD));
    parsed.map_err(|wrong| wrong.to_string())
}

#[test]
fn what_is_typed_is_kept_in_one_form_or_told_what_is_wrong() {
    use OrderField::{Date, Email, Price, Product, Quantity};
    for (field, text, kept) in [
        (Price, " $1,299.90 ", "1299.9"),
        (Price, "12.34 USD", "12.34 USD"),
        (Quantity, "3", "3"),
        (Email, "Buyer@Example.com", "buyer@example.com"),
        (Date, "2026-01-31", "2026-01-31-05:00"),
        (Date, "2026-01-31 14:30", "2026-01-31T19:30:00+00:00"),
        (Date, "2026-01-31 14:30:05", "2026-01-31T19:30:05+00:00"),
        (Date, "2026-01-31T14:30:00Z", "2026-01-31T14:30:00+00:00"),
        (Date, "1/31/2026", "2026-01-31-05:00"),
        (Date, "31.01.2026 14:30", "2026-01-31T19:30:00+00:00"),
        (Date, "1/31/2026, 2:30 PM", "2026-01-31T19:30:00+00:00"),
        (Date, "Jan 31", "2026-01-31-05:00"),
        (Date, "Jan 31, 2026 2:30pm", "2026-01-31T19:30:00+00:00"),
        (Date, "yesterday", "2026-11-23-05:00"),
        (Date, "2026-11-25", "2026-11-25-05:00"),
        (Date, "7 days ago", "2026-11-17-05:00"),
        (Product, "two\u{7}  words", "two words"),
    ] {
        assert_eq!(typed(field, text).as_ref().map(|it| it.as_deref()), Ok(Some(kept)), "{text}");
    }
    for (field, text, word) in [
        (Price, "12.34 EUR", "in USD"),
        (Price, "-5", "not an amount"),
        (Price, "12.345", "more decimals"),
        (Quantity, "0", "units"),
        (Quantity, "1000000", "number of units from 1 to 100,000"),
        (Date, "2099-01-01", "more than a day ahead"),
        (Date, "2026-11-26", "more than a day ahead"),
        (Email, "nobody", "e-mail"),
        (Date, "03/04/2026", "\"03/04/2026\" can be 2026-03-04 or 2026-04-03"),
        (Date, "03/04/2026 14:30", "2026-03-04 or 2026-04-03"),
        (Date, "31/13/2026", "not a date"),
        (Date, "2026-01-31 25:00", "not a date"),
        (Date, "14:30", "not a date"),
    ] {
        assert!(typed(field, text).unwrap_err().contains(word), "{text}");
    }
    assert_eq!(typed(Price, " "), Ok(None));
}

#[test]
fn a_text_that_cannot_be_kept_or_seen_is_refused() {
    use OrderField::{Buyer, Customer, Product, Profile, Store};
    for field in [Product, Store, Profile, Customer, Buyer] {
        let secret = typed(field, "4111 1111 1111 1111").unwrap_err();
        assert!(secret.contains("card number") && !secret.contains("4111"), "{secret}");
        assert!(typed(field, "\u{200b}").unwrap_err().contains("nothing to be seen"));
    }
    assert_eq!(typed(Product, "a\u{200d}b"), Ok(Some("a\u{200d}b".to_owned())));
}

#[test]
fn an_amount_is_read_as_it_would_be_in_a_message() {
    let zone: (Tz, NaiveDate) = (Tz::UTC, "2026-11-24".parse().unwrap());
    let numbers = [
        "1.234",
        "1,234",
        "12.345",
        "1.000",
        "2.345,00",
        "2,345.00",
        "1.234.567",
        "12,5",
        "12.50",
        "1'299",
    ];
    let signs = [
        ("", ""),
        ("€", ""),
        ("", " €"),
        ("", " EUR"),
        ("$", ""),
        ("¥", ""),
        ("", " JPY"),
        ("£", ""),
        ("", " KWD"),
    ];
    let currencies =
        [None, Some(Currency::EUR), Some(Currency::USD), Some(Currency::JPY), Some(Currency::KWD)];
    let mut compared = 0;
    for (number, (front, back), of_order) in numbers.iter().flat_map(|number| {
        let beside = move |sign| currencies.map(|of_order| (*number, sign, of_order));
        signs.into_iter().flat_map(beside)
    }) {
        let text = format!("{front}{number}{back}");
        let Ok(Some(typed)) = OrderField::Price.parse(&text, zone, of_order) else { continue };
        let typed = typed.parse::<Amount>().unwrap().money(of_order).unwrap();
        let message = MessageAmount::find(&text).unwrap();
        // A bare `$` without an order is one of the United States.
        let dollars = (front == "$").then_some(Currency::USD);
        let currency = typed.currency.or(dollars);
        assert_eq!(Some(typed.minor), message.minor(currency), "{text} {of_order:?}");
        compared += 1;
    }
    assert!(compared > 150, "{compared}");
    for (text, of_order) in
        [("¥1000.50", None), ("1000,5", Some(Currency::JPY)), ("1.2345 €", None)]
    {
        let wrong = OrderField::Price.parse(text, zone, of_order).unwrap_err();
        assert!(matches!(wrong, WrongValue::TooFine(_)), "{text} {wrong}");
    }
}

#[test]
fn a_bare_symbol_that_cannot_stand_for_the_currency_of_the_order_is_another_one() {
    let zone: (Tz, NaiveDate) = (Tz::UTC, "2026-11-24".parse().unwrap());
    let parse = |text: &str, own| OrderField::Price.parse(text, zone, Some(own));
    for own in [Currency::EUR, Currency::GBP] {
        let wrong = parse("$5.00", own).unwrap_err();
        let is_dollar = |wrong: &WrongValue| {
            matches!(wrong, WrongValue::OtherCurrency { typed: Currency::USD, .. })
        };
        assert!(is_dollar(&wrong), "{wrong}");
        assert!(parse("5.00 kr", own).is_err());
    }
    for (text, own) in [("$5.00", Currency::CAD), ("5.00 kr", Currency::SEK)] {
        assert_eq!(parse(text, own), Ok(Some("5".to_owned())), "{text}");
    }
}

fn value(field: OrderField, kept: &str) -> Value {
    Value { id: 1, field, kept: kept.to_owned(), said: None, made_at: String::new() }
}

#[test]
fn values_are_laid_over_an_order_and_what_it_said_is_known() {
    let item = OrderItem {
        product: Some("A".to_owned()),
        price_minor: Some(1_000),
        quantity: Some(2),
        ..OrderItem::default()
    };
    let mut state = OrderState { currency: Some(Currency::USD), ..OrderState::default() };
    state.lines.items.push(item);
    let mut books = Books::default();
    assert_eq!(said(OrderField::Total, &state, &books).as_deref(), Some("20"));
    let values = [
        value(OrderField::Price, "12.5"),
        value(OrderField::Quantity, "3"),
        value(OrderField::SoldPrice, "99"),
    ];
    lay(&mut state, &mut books, &values);
    assert_eq!((state.total_minor(), state.lines.quantity()), (Some(3_750), 3));
    assert_eq!(said(OrderField::SoldPrice, &state, &books).as_deref(), Some("99"));
}

#[test]
fn a_value_agrees_with_what_is_said_less_or_more_exactly() {
    assert!(OrderField::Price.agrees("12.5 USD", Some("12.5")));
    assert!(OrderField::Date.agrees("2026-01-31-05:00", Some("2026-01-31T22:00:00.000Z")));
    assert!(!OrderField::Date.agrees("2026-01-31-05:00", Some("2026-01-30T22:00:00.000Z")));
    assert!(!OrderField::Store.agrees("Target", None));
}

#[test]
fn an_amount_of_another_currency_is_not_laid_over_the_order() {
    let values = [
        value(OrderField::Price, "12.34 USD"),
        value(OrderField::Total, "24.68 USD"),
        value(OrderField::Fees, "1.5 USD"),
    ];
    for (own, price, total, fees) in [
        (None, Some(1_234), Some(2_468), Some(150)),
        (Some(Currency::USD), Some(1_234), Some(2_468), Some(150)),
        (Some(Currency::EUR), Some(500), None, None),
    ] {
        let mut state = OrderState { currency: own, ..OrderState::default() };
        let item = OrderItem { price_minor: Some(500), ..OrderItem::default() };
        state.lines.items.push(item);
        let mut books = Books::default();
        lay(&mut state, &mut books, &values);
        let first = state.lines.items.first().and_then(|item| item.price_minor);
        let of_sale = books.orders.fees.map(|(_, money)| money.minor);
        assert_eq!((first, state.stated_total, of_sale), (price, total, fees), "{own:?}");
    }
}
