use super::*;
use crate::discord::render::CUSTOM_ID;
use crate::ledger::{Applying, OpenKey};
use crate::order::Status;
use crate::sheet::{DateOrder, Field};

const USER: UserId = UserId(i64::MAX);

/// One id of each kind and of each of its forms, as long as it may be.
fn ids() -> Vec<CustomId> {
    let turn = |which| PageTurn { user: USER, limit: 10, offset: u32::MAX, which };
    let at = DateTime::from_timestamp_millis(1_768_500_000_123).unwrap();
    let log = |outcome, behind| LogPage { user: USER, limit: 25, outcome, behind };
    let card =
        |action| CustomId::Card(CardPart { action, order: OrderId(i64::MAX), version: i64::MAX });
    let order = OrderId(i64::MAX);
    let form = |kind, seen| CustomId::Form(Form { kind, order, seen });
    let forget = |what| CustomId::Forget(Confirmation { user: USER, delete_orders: true, what });
    let unwatch = |deletes| Unwatch { user: USER, channel: ChannelId(i64::MAX), deletes };
    let mut ids = vec![
        CustomId::Page(turn(Which::Here("shipped||a~1b||".to_owned()))),
        CustomId::Page(turn(Which::Kept(7))),
        CustomId::Log(log(None, None)),
        CustomId::Log(log(Some(Outcome::Untrusted), Some((at, MessageId(i64::MIN))))),
        CustomId::Open(USER),
        CustomId::Marks((0..13).map(|number| OrderId(2_000_000_000 + number)).collect()),
        CustomId::Retry(MessageId(i64::MIN)),
        forget(Forgettable::Email("buyer@example.com".to_owned())),
        forget(Forgettable::Order("US-|-1".to_owned())),
        CustomId::Unwatch(unwatch(true)),
        CustomId::Unwatch(unwatch(false)),
    ];
    let (books, turn) = (CustomId::Books, Turn { user: USER, offset: u32::MAX });
    let applying = [Applying::AsShown, Applying::Shipped, Applying::Anyway];
    ids.extend(applying.map(|how| books(BooksPart::Apply(how, i64::MAX))));
    ids.extend(Field::ALL.iter().map(|field| books(BooksPart::Column(*field, i64::MAX))));
    ids.extend(DateOrder::ALL.map(|order| books(BooksPart::Dates(order, i64::MAX))));
    ids.extend(
        [
            BooksPart::Cancel(7),
            BooksPart::More(i64::MAX),
            BooksPart::Read(i64::MAX),
            BooksPart::Leave(i64::MAX),
            BooksPart::Numbers(None),
            BooksPart::Numbers(Some(Status::Processing)),
            BooksPart::Batches(turn),
            BooksPart::Waiting(turn),
            BooksPart::Drop(turn),
            BooksPart::Lines(USER, Which::Here("||||".to_owned())),
            BooksPart::Line(LinePage {
                user: USER,
                key: OpenKey::DeliveredNotReceived,
                offset: u32::MAX,
                which: Which::Kept(i64::MAX),
            }),
            BooksPart::HandIn(HandInList {
                user: USER,
                digest: "0123abcd".to_owned(),
                which: Which::Here("2026-01-31|Best Buy".to_owned()),
            }),
            BooksPart::Unhand(7),
        ]
        .map(books),
    );
    ids.extend(CardAction::ALL.map(card));
    for seen in [None, Some(i64::MAX)] {
        ids.extend(FormKind::ALL.map(|kind| form(kind, seen)));
        ids.push(CustomId::Fields(Fields { order, seen }));
    }
    ids
}

#[test]
fn every_id_survives_the_way_through_discord() {
    for id in ids() {
        let text = id.to_string();
        assert!(text.len() <= CUSTOM_ID, "{text}");
        assert_eq!(text.parse(), Ok(id), "{text}");
    }
}

/// Ids of messages that were posted by released versions: they are pressed for years.
#[test]
fn ids_of_posted_messages_stay_understood() {
    for id in [
        "orders2|9|10|20|=shipped||a~1b||",
        "orders2|9|10|0|#7",
        "log1|9|25|untrusted|1768500000123|5",
        "log1|9|10||0|0",
        "open1|9",
        "marks1|1.z.10",
        "card1|status|7|1768500000123",
        "card1|history|7|1768500000123",
        "form1|tracking|7",
        "form1|note|7",
        "fields1|7",
        "retry1|-5",
        "forget1|9|0|email|buyer@example.com",
        "forget1|9|1|order|US-|-1",
        "unwatch1|9|5|keep",
        "unwatch1|9|5|delete",
        "settings1|1768500000123|3",
        "show1|7",
        "cancel1|9",
    ] {
        let read = id.parse::<CustomId>().map(|read| read.to_string());
        assert_eq!(read.as_deref(), Ok(id));
    }
}

#[test]
fn anything_else_is_unknown() {
    for garbage in [
        "",
        "other|1",
        "orders2",
        "orders1|9|10|0|=",
        "orders2|x|10|0|=",
        "orders2|9|99|0|=",
        "orders2|9|10|0|#x",
        "log1",
        "log1|9|99||0|0",
        "log1|9|5|odd|0|0",
        "log1|9|5||x|0",
        "log0|9|5||0|0",
        "open1|x",
        "marks1|!",
        "card1",
        "card1|status",
        "card1|status|x|1",
        "card1|fly|1|1",
        "card0|undo|1|1",
        "form1|status|1",
        "form1|note|x",
        "form0|note|1",
        "form2|note|1",
        "form2|note|1|x",
        "fields1|x",
        "fields2|1",
        "fields2|1|x",
        "retry1|x",
        "forget1",
        "forget1|9|2|order|A-1",
        "forget1|9|0|email|nobody",
        "forget1|9|0|all|",
        "books1",
        "books1|apply|x",
        "books1|fly|1",
        "books1|column|1|wing",
        "books1|numbers|eaten",
        "books1|batches|9",
        "unwatch1",
        "unwatch1|9|5|",
        "unwatch1|x|5|keep",
        "settings1|x|3",
        "settings1|1768500000123",
        "show1|x",
        "cancel1",
    ] {
        assert_eq!(garbage.parse::<CustomId>(), Err(UnknownId), "{garbage}");
    }
}

#[test]
fn the_ids_of_a_page_fit_in_halves_up_to_two_billion_orders() {
    let ids: Vec<OrderId> = (0..25).map(|number| OrderId(2_000_000_000 + number)).collect();
    let (first, rest) = ids.split_at(crate::discord::render::rows::IN_ID);
    let longest = format!("{}|{}", Status::Processing, joined(rest));
    assert!(longest.len() <= 100, "{}", longest.len());
    assert!(CustomId::Marks(first.to_vec()).to_string().len() <= CUSTOM_ID);
    assert_eq!([split(&joined(first)).unwrap(), split(&joined(rest)).unwrap()].concat(), ids);
}
