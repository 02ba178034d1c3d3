//! Charts that can be looked at: `LEDGER_CHARTS=folder cargo test --lib chart` leaves them there.

use chrono::{DateTime, Days, Utc};
use chrono_tz::Tz;

use super::*;
use crate::figures::Counted;
use crate::order::Status;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// So many orders, one each few days from a day on, in the currencies in turn.
fn figures(first: &str, count: u64, apart: u64, currencies: &[Option<Currency>]) -> Figures {
    let mut figures = Figures::default();
    for number in 0..count {
        let day = day(first).checked_add_days(Days::new(number * apart)).unwrap();
        let ordered_at: DateTime<Utc> = day.and_hms_opt(12, 0, 0).unwrap().and_utc();
        let currency = currencies[usize::try_from(number).unwrap() % currencies.len()];
        let order = Counted {
            ordered_at,
            units: 1,
            total_minor: currency.map(|_| 4_999 + 7_919 * i64::try_from(number % 11).unwrap()),
            currency,
            status: Status::Verified,
            store: None,
            profile: None,
            lines: Vec::new(),
        };
        figures.add(&order, Tz::UTC);
    }
    figures
}

fn drawn(name: &str, figures: &Figures, span: Span) -> Option<Vec<u8>> {
    let png = png(figures, span, day("2026-11-24")).unwrap();
    if let (Some(folder), Some(png)) = (std::env::var_os("LEDGER_CHARTS"), &png) {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.png")), png).unwrap();
    }
    png
}

fn since(text: &str) -> Span {
    Span { since: Some(day(text)), until: None }
}

/// Width and height, as the picture itself says them.
fn size(png: &[u8]) -> (u32, u32) {
    let reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    (reader.info().width, reader.info().height)
}

#[test]
fn each_currency_has_a_chart_of_its_own() {
    let two = [Some(Currency::USD), Some(Currency::JPY)];
    let month = figures("2026-11-01", 24, 1, &two);
    let picture = drawn("two-currencies", &month, since("2026-11-01")).unwrap();
    assert_eq!(size(&picture), (1_000, 960));
    let year = figures("2026-02-03", 90, 3, &two[..1]);
    let picture = drawn("year", &year, since("2026-01-01")).unwrap();
    assert_eq!(size(&picture), (1_000, 480));
}

#[test]
fn the_currencies_of_most_orders_are_drawn_and_the_others_counted() {
    let codes = ["CAD", "EUR", "USD", "USD", "EUR", "USD", "GBP", "JPY"];
    let currencies = codes.map(Currency::from_code);
    let figures = figures("2026-11-01", 16, 1, &currencies);
    let (from, today) = (since("2026-11-01"), day("2026-11-24"));
    let titles: Vec<String> =
        panels(&figures, from, today).into_iter().map(|panel| panel.title).collect();
    let begins = ["Spend per day, USD", "Spend per day, EUR", "Spend per day, CAD"];
    assert!(titles.iter().zip(begins).all(|(title, begin)| title.starts_with(begin)), "{titles:?}");
    assert!(titles[2].ends_with("2 more currencies not drawn"), "{titles:?}");
    assert!(drawn("five-currencies", &figures, from).is_some());
}

#[test]
fn one_day_no_price_and_no_order_are_drawn_or_not_without_a_fault() {
    let today = figures("2026-11-24", 1, 1, &[Some(Currency::USD)]);
    assert!(drawn("one-day", &today, since("2026-11-24")).is_some());
    let unpriced = figures("2026-11-01", 20, 1, &[None]);
    assert!(drawn("unpriced", &unpriced, since("2026-11-01")).is_some());
    assert_eq!(drawn("empty", &Figures::default(), since("2026-11-01")), None);
}
