//! Charts that can be looked at: `LEDGER_CHARTS=folder cargo test --lib chart` leaves them there.

use chrono::{DateTime, Days, Utc};
use chrono_tz::Tz;

use super::*;
use crate::figures::{Counted, Day};
use crate::order::{Currency, Money, Status};

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
            payout: None,
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
    // The second currency has a smaller one.
    assert_eq!(size(&picture), (1_000, 1_300));
    let year = figures("2026-02-03", 90, 3, &two[..1]);
    let picture = drawn("year", &year, since("2026-01-01")).unwrap();
    assert_eq!(size(&picture), (1_000, 960));
}

#[test]
fn the_currencies_of_most_orders_are_drawn_and_the_others_counted() {
    let codes = ["CAD", "EUR", "USD", "USD", "EUR", "USD", "GBP", "JPY"];
    let currencies = codes.map(Currency::from_code);
    let figures = figures("2026-11-01", 16, 1, &currencies);
    let (from, today) = (since("2026-11-01"), day("2026-11-24"));
    let titles: Vec<String> =
        panels(&figures, from, today).0.into_iter().map(|panel| panel.title).collect();
    let begins = ["Orders per day", "Spend per day, USD", "Spend per day, EUR"];
    assert_eq!(titles.len(), begins.len(), "{titles:?}");
    assert!(titles.iter().zip(begins).all(|(title, begin)| title.starts_with(begin)), "{titles:?}");
    // Charts of two orders would be nearly empty.
    let all = panels(&figures, from, today).1;
    let also = &all[0];
    let parts: Vec<&str> = also.split(" · ").collect();
    assert_eq!(parts.len(), 3, "{also}");
    assert!(parts[0].starts_with("Also CA$") && parts[0].ends_with(" in 2 orders"), "{also}");
    assert!(drawn("five-currencies", &figures, from).is_some());
    // Where a line has no room, the next one names one less.
    assert_eq!(all.len(), 4, "{all:?}");
    assert!(all.is_sorted_by_key(|said| std::cmp::Reverse(said.len())), "{all:?}");
    assert_eq!(all[3], "Also 3 currencies");
}

/// What a chart shows: its title, its legend, and of the bars their sides, bottoms and tops.
fn shown(panel: &Panel) -> (String, Vec<String>, Vec<(u32, f64, f64)>) {
    let said = |series: &panel::Series| format!("{} {}", series.name, series.figure);
    let legend = panel.series.iter().map(said).collect();
    let bars = panel.bars().map(|(bar, place)| (place, bar.bottom, bar.top)).collect();
    (panel.title.clone(), legend, bars)
}

#[test]
fn cancelled_orders_stand_upon_the_kept_ones_and_payout_beside_cost() {
    let mut counted = figures("2026-11-02", 14, 1, &[Some(Currency::USD)]);
    let usd = |minor| Money { minor, currency: Some(Currency::USD) };
    let order = |status, payout| Counted {
        ordered_at: day("2026-11-02").and_hms_opt(9, 0, 0).unwrap().and_utc(),
        units: 1,
        total_minor: Some(10_000),
        currency: Some(Currency::USD),
        payout,
        status,
        store: None,
        profile: None,
        lines: Vec::new(),
    };
    counted.add(&order(Status::Cancelled, None), Tz::UTC);
    counted.add(&order(Status::Cancelled, None), Tz::UTC);
    counted.add(&order(Status::Delivered, Some(usd(11_550))), Tz::UTC);
    let today = Span { since: Some(day("2026-11-02")), until: Some(day("2026-11-16")) };
    assert!(drawn("cancelled-and-payout", &counted, today).is_some());
    let (panels, also) = panels(&counted, today, day("2026-11-15"));
    assert_eq!(also, Vec::<String>::new());
    let [orders, money] = panels.as_slice() else { panic!("{} charts", panels.len()) };
    let (title, legend, bars) = shown(orders);
    assert_eq!(
        (title.as_str(), legend.join(" · ").as_str()),
        ("Orders per day · 17 placed", "Kept 15 · Cancelled 2")
    );
    assert_eq!(bars[..3], [(0, 0.0, 2.0), (0, 2.0, 4.0), (1, 0.0, 1.0)]);
    let (title, legend, bars) = shown(money);
    assert_eq!(title, "Cost and payout per day, USD");
    assert_eq!(legend[1], "Payout $115.50");
    assert_eq!(bars[..2], [(0, 0.0, 149.99), (0, 0.0, 115.5)]);
    let highest: Vec<f64> = money.highest_of_each().iter().map(|(_, value, _)| *value).collect();
    assert_eq!(highest.len(), 2, "one of each kind");
    assert!((highest[1] - 115.5).abs() < 0.001, "{highest:?}");
}

#[test]
fn one_day_no_price_and_no_order_are_drawn_or_not_without_a_fault() {
    let today = figures("2026-11-24", 1, 1, &[Some(Currency::USD)]);
    assert!(drawn("one-day", &today, since("2026-11-24")).is_some());
    let unpriced = figures("2026-11-01", 20, 1, &[None]);
    assert!(drawn("unpriced", &unpriced, since("2026-11-01")).is_some());
    assert_eq!(drawn("empty", &Figures::default(), since("2026-11-01")), None);
}

/// Orders of stores in turn, each store getting fewer than the one before, cancelled now and then.
fn of_stores(stores: &[&str], first: &str, count: usize, currency: &str) -> Figures {
    let mut figures = Figures::default();
    for number in 0..count {
        let days = u64::try_from(number * 24 / count).unwrap();
        let day = day(first).checked_add_days(Days::new(days)).unwrap();
        let place = (number * 7 % 23) * (number * 5 % 19) * stores.len() / (22 * 18 + 1);
        let order = Counted {
            ordered_at: day.and_hms_opt(12, 0, 0).unwrap().and_utc(),
            units: 1,
            total_minor: Some(2_999 + 1_300 * i64::try_from(number % 17).unwrap()),
            currency: Currency::from_code(currency),
            payout: None,
            status: if number % 13 == 5 { Status::Cancelled } else { Status::Delivered },
            store: Some(stores[place].to_owned()),
            profile: None,
            lines: Vec::new(),
        };
        figures.add(&order, Tz::UTC);
    }
    figures
}

const STORES: [&str; 12] = [
    "Target",
    "Best Buy US",
    "Walmart US",
    "Pokemon Center US",
    "Amazon US",
    "Costco US",
    "Best Buy CA",
    "Topps US",
    "GameStop US",
    "Nike SNKRS US",
    "Sam's Club",
    "Barnes & Noble",
];

#[test]
fn bars_are_stacked_by_store_the_largest_first_and_the_others_on_top() {
    let month = of_stores(&STORES, "2026-11-01", 400, "USD");
    assert!(drawn("twelve-stores", &month, since("2026-11-01")).is_some());
    let (panels, _) = panels(&month, since("2026-11-01"), day("2026-11-24"));
    let [orders, money] = panels.as_slice() else { panic!("{} charts", panels.len()) };
    let (title, legend, _) = shown(orders);
    assert_eq!(title, "Orders per day · 400 placed");
    assert_eq!(legend.len(), 8, "{legend:?}");
    assert!(legend[0].starts_with("Target "), "{legend:?}");
    assert!(legend[6].starts_with("Other ") && legend[7].starts_with("Cancelled "), "{legend:?}");
    let figure = |said: &String| said.rsplit(' ').next().unwrap().parse::<i64>().unwrap();
    assert_eq!(legend.iter().map(figure).sum::<i64>(), 400, "{legend:?}");
    // Whatever the stores are, the bars are as high as they would be without them.
    let mut plain = month.clone();
    plain.stores.clear();
    let (unstacked, _) = super::panels(&plain, since("2026-11-01"), day("2026-11-24"));
    for (stacked, plain) in panels.iter().zip(&unstacked) {
        for ((place, top, _), (of, height, _)) in stacked.tops().iter().zip(plain.tops()) {
            assert!(*place == of && (top - height).abs() < 0.001, "{place} {top} {height}");
        }
        assert_eq!(stacked.tops().len(), plain.tops().len());
    }
    // A store has the same colour in both charts.
    let colour =
        |panel: &Panel, at: usize| (panel.series[at].name.clone(), panel.series[at].colour);
    assert_eq!(colour(orders, 0), colour(money, 0));
    assert!(shown(money).1[0].starts_with("Target $"), "{:?}", shown(money).1);
}

#[test]
fn a_single_store_is_no_stack_and_a_seventh_one_has_its_name() {
    let legend = |stores: &[&str]| {
        let figures = of_stores(stores, "2026-11-01", 300, "USD");
        let (panels, _) = panels(&figures, since("2026-11-01"), day("2026-11-24"));
        let names: Vec<String> = panels[0].series.iter().map(|of| of.name.clone()).collect();
        (names, panels[0].series.len())
    };
    assert_eq!(legend(&STORES[..1]), (vec!["Kept".to_owned(), "Cancelled".to_owned()], 2));
    let (names, count) = legend(&STORES[..7]);
    assert_eq!((names[6].as_str(), count), ("Best Buy CA", 8));
    let mut figures = of_stores(&STORES[..1], "2026-11-01", 30, "USD");
    let unnamed = figures_of_nobody();
    figures.add(&unnamed, Tz::UTC);
    let (panels, _) = panels(&figures, since("2026-11-01"), day("2026-11-24"));
    assert_eq!(panels[0].series[1].name, "not named");
}

fn figures_of_nobody() -> Counted {
    Counted {
        ordered_at: day("2026-11-02").and_hms_opt(9, 0, 0).unwrap().and_utc(),
        units: 1,
        total_minor: None,
        currency: None,
        payout: None,
        status: Status::Verified,
        store: None,
        profile: None,
        lines: Vec::new(),
    }
}

#[test]
fn pictures_of_stores_are_drawn_whatever_these_are_called() {
    let month = since("2026-11-01");
    assert!(drawn("one-store", &of_stores(&STORES[..1], "2026-11-01", 90, "USD"), month).is_some());
    assert!(
        drawn("three-stores", &of_stores(&STORES[..3], "2026-11-01", 90, "USD"), month).is_some()
    );
    let mut today = of_stores(&STORES[..4], "2026-11-24", 40, "USD");
    let mut all = Day::default();
    today.days.drain().for_each(|(_, of)| all.add(&of));
    today.days.insert(day("2026-11-24"), all);
    assert!(drawn("stores-today", &today, since("2026-11-24")).is_some());
    let mut two = of_stores(&STORES[..5], "2026-11-01", 200, "USD");
    let of_canada = of_stores(&STORES[4..7], "2026-11-01", 40, "CAD");
    two.orders += of_canada.orders;
    two.spend.extend(of_canada.spend);
    two.stores.extend(of_canada.stores);
    for (day, of) in of_canada.days {
        two.days.entry(day).or_default().add(&of);
    }
    assert!(drawn("stores-two-currencies", &two, month).is_some());
    let mut year = Figures::default();
    for begin in
        ["2026-01-07", "2026-03-02", "2026-05-20", "2026-07-04", "2026-10-08", "2026-11-01"]
    {
        let part = of_stores(&STORES, begin, 500 + 77 * begin.len(), "USD");
        year.orders += part.orders;
        year.spend = part.spend;
        year.stores = part.stores;
        for (day, of) in part.days {
            year.days.entry(day).or_default().add(&of);
        }
    }
    assert!(drawn("stores-year", &year, since("2026-01-01")).is_some());
    let long = [
        "The Extraordinarily Long-Named Department Store of Collectible Cards and Toys",
        "Größe & Söhne 東京店 🛍️",
        "W W W W W W W W W W W W W W W W W W W W W W W W",
        "a\nb",
    ];
    let figures = of_stores(&long, "2026-11-01", 120, "JPY");
    assert!(drawn("long-names", &figures, month).is_some());
    let mut paid = of_stores(&STORES[..6], "2026-11-01", 200, "USD");
    for of in paid.days.values_mut() {
        of.payout = of.spent.iter().map(|(currency, minor)| (*currency, minor * 11 / 10)).collect();
    }
    assert!(drawn("stores-payout", &paid, month).is_some());
}
