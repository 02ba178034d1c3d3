//! The reader against messages of many bots (`tests/data`), and what must hold for any message.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use refract_ledger::parse::{Answer, parse_to};
use refract_ledger::reading::message::{Attachment, Embed, Field, Link, Panel};
use refract_ledger::reading::redact;
use refract_ledger::reading::{Kind, Labels, Message, read};
use serde_json::{Value, json};

use crate::books::assert_in_order;

/// Every case under `tests/data/<source>/<quirk>.json`.
fn cases() -> Vec<(PathBuf, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut cases = Vec::new();
    for source in fs::read_dir(root).unwrap() {
        let source = source.unwrap().path();
        for case in fs::read_dir(&source).into_iter().flatten() {
            let path = case.unwrap().path();
            let json: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap_or_default();
            if json.get("message").is_some() && json.get("expected").is_some() {
                cases.push((path, json));
            }
        }
    }
    cases.sort_by(|one, other| one.0.cmp(&other.0));
    cases
}

/// The message of a case, with the text files that its attachments were fetched as.
fn message_of(case: &Value) -> Message {
    let mut message = Message::from_json(&case["message"]);
    let texts = case["attached"].as_array().into_iter().flatten().filter_map(Value::as_str);
    for (attachment, text) in message.attachments.iter_mut().zip(texts) {
        attachment.take_in(text);
    }
    message
}

/// Leaves out what is not stated: a case names only what its message says.
fn stated(json: Value) -> Value {
    match json {
        Value::Object(members) => {
            let said = |value: &Value| {
                !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty())
            };
            members
                .into_iter()
                .filter(|(key, value)| key == "orders" || said(value))
                .map(|(key, value)| (key, stated(value)))
                .collect()
        }
        Value::Array(list) => list.into_iter().map(stated).collect(),
        other => other,
    }
}

#[test]
fn every_case_reads_as_expected() {
    let cases = cases();
    assert!(cases.len() > 60, "the cases were not found");
    for (path, case) in cases {
        let message = message_of(&case);
        let reading = read(&message, &Labels::built_in());
        let mut read = stated(serde_json::to_value(Answer::of(&message, &reading)).unwrap());
        read.as_object_mut().unwrap().remove("message_id");
        assert_eq!(read, case["expected"], "{}: {}", path.display(), case["why"]);
    }
}

#[test]
fn every_case_keeps_its_reading_and_loses_its_secrets() {
    let labels = Labels::built_in();
    for (path, case) in cases() {
        let message = message_of(&case);
        let clean = redact(message.clone(), &labels);
        assert_eq!(read(&clean, &labels), read(&message, &labels), "{}", path.display());
        assert_eq!(redact(clean.clone(), &labels), clean, "{}", path.display());
        let kept = serde_json::to_string(&clean).unwrap();
        for secret in ["EXAMPLE_PASSWORD", "EXAMPLE_KEY", "share.refractbot.com", ":user:pass"] {
            assert!(!kept.contains(secret), "{} keeps {secret}", path.display());
        }
    }
}

#[test]
fn what_is_kept_reads_back_the_same() {
    for (path, case) in cases() {
        let message = redact(message_of(&case), &Labels::built_in());
        let kept = serde_json::to_vec(&message).unwrap();
        assert_eq!(
            serde_json::from_slice::<Message>(&kept).unwrap(),
            message,
            "{}",
            path.display()
        );
    }
}

#[test]
fn a_label_of_the_users_own_names_a_field() {
    let mut embed = Embed { title: "Successful Checkout".into(), ..Embed::default() };
    let mut field = |name: &str, value: &str| {
        embed.fields.push(Field { name: name.into(), value: value.into() });
    };
    field("Product", "Sample");
    field("**Vorgangsnummer:**", "#20031");
    field("Order Number", "#20032");
    let message = Message { embeds: vec![embed], ..Message::default() };
    let number = |labels: &Labels| read(&message, labels).orders[0].order_number.clone();
    assert_eq!(number(&Labels::built_in()).as_deref(), Some("20032"));
    let own = Labels::with([("Vorgangsnummer", "order_number")]).unwrap();
    assert_eq!(number(&own).as_deref(), Some("20031"));
}

#[test]
fn a_label_for_no_field_is_refused_with_the_allowed_words() {
    let error = Labels::with([("Vorgangsnummer", "ordernumber")]).unwrap_err().to_string();
    assert!(error.contains("\"Vorgangsnummer\" = \"ordernumber\""), "{error}");
    assert!(error.contains("order_number, store, product"), "{error}");
    assert!(
        Labels::with([("**", "notes")]).unwrap_err().to_string().contains("at least one letter")
    );
}

#[test]
fn parse_prints_every_key_of_the_contract() {
    let mut out = Vec::new();
    let message = Message {
        content: "Successful Checkout\nOrder Number\n20033".into(),
        ..Message::default()
    };
    parse_to(&mut out, &message, &Labels::built_in()).unwrap();
    let line = String::from_utf8(out).unwrap();
    assert_eq!((line.lines().count(), line.ends_with('\n')), (1, true));
    let json: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(json["message_id"], Value::Null);
    let order = json["orders"][0].as_object().unwrap();
    let keys = [
        "order_number",
        "store",
        "product",
        "price",
        "total",
        "currency",
        "quantity",
        "email",
        "profile",
        "proxy",
        "checkout_proxy",
        "tracking_number",
        "status",
        "size",
        "sku",
        "product_url",
        "order_url",
        "image_url",
        "commission",
        "reference_number",
        "payment_method",
        "shipping_address",
        "shipping_method",
        "customer_name",
        "notes",
        "items",
    ];
    for key in keys {
        assert!(order.contains_key(key), "{key}");
    }
    assert_eq!(order.len(), 26);
    assert_in_order(&line, &["message_id", "kind", "reason", "orders"]);
    assert_in_order(&line, &keys);
}

/// A checkout in one line, its parts between these.
fn in_one_line(mark: &str, order: &str) -> Value {
    let parts =
        ["Successful Checkout | Best Buy US", "Product: Example Box | Large", "Price: $5.00"];
    let line =
        [parts.as_slice(), &["Qty: 2", "Email: buyer@example.com", order]].concat().join(mark);
    let message = Message { content: line, ..Message::default() };
    let reading = read(&message, &Labels::built_in());
    serde_json::to_value(Answer::of(&message, &reading)).unwrap()
}

#[test]
fn a_checkout_in_one_line_is_read_whatever_parts_it() {
    for mark in [" | ", "|", " • ", ", ", "; "] {
        for order in ["Order: BBY01-807100000011", "Order Number: BBY01-807100000011"] {
            let read = in_one_line(mark, order);
            let order = &read["orders"][0];
            let said = ["store", "product", "price", "quantity", "email", "order_number"]
                .map(|key| &order[key]);
            let meant = json!([
                "Best Buy US",
                "Example Box | Large",
                "5.00",
                2,
                "buyer@example.com",
                "BBY01-807100000011"
            ]);
            assert_eq!(json!(said), meant, "{mark:?}: {read}");
        }
    }
}

/// Text with the marks that reading turns on, so that they meet often.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("||".to_owned()),
        Just("**".to_owned()),
        Just("`".to_owned()),
        Just("[".to_owned()),
        Just("](https://a.example/p/1)".to_owned()),
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just(": ".to_owned()),
        Just(" - ".to_owned()),
        Just("Product".to_owned()),
        Just("Order Number".to_owned()),
        Just("Price".to_owned()),
        Just("Quantity".to_owned()),
        Just("Status".to_owned()),
        Just("Email".to_owned()),
        Just("Password".to_owned()),
        Just("Successful Checkout | Target".to_owned()),
        Just("Card Declined".to_owned()),
        Just("#BBY01-807100000011".to_owned()),
        Just("$1,299.99".to_owned()),
        Just("user:pass@host.example:8080".to_owned()),
        Just("203.0.113.4:8080:user:pass".to_owned()),
        Just("a@b.example:secret".to_owned()),
        Just("https://share.refractbot.com/setup/x".to_owned()),
        Just("https://discord.com/api/webhooks/1/x".to_owned()),
        Just("\u{200b}".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("├ ".to_owned()),
        Just("\n└ ".to_owned()),
        Just("# ".to_owned()),
        Just("-# ".to_owned()),
        Just(", ".to_owned()),
        Just(" → ".to_owned()),
        Just("Was $5 Now ".to_owned()),
        Just("𝗣𝗮𝘀𝘀𝘄𝗼𝗿𝗱: ".to_owned()),
        Just("𝗢𝗿𝗱𝗲𝗿 𝗡𝘂𝗺𝗯𝗲𝗿".to_owned()),
        Just("Número do pedido".to_owned()),
        Just("注文番号：".to_owned()),
        Just("१２".to_owned()),
        Just("329€95".to_owned()),
        Just(".988".to_owned()),
        Just(" (x3)".to_owned()),
        Just("Cart".to_owned()),
        Just("Name".to_owned()),
        "\\PC{0,12}",
        ".{0,4}",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn message() -> impl Strategy<Value = Message> {
    let field = (text(), text()).prop_map(|(name, value)| Field { name, value });
    let embed =
        (text(), text(), text(), text(), prop::collection::vec(field, 0..5), any::<Option<u32>>())
            .prop_map(|(author, title, description, footer, fields, colour)| Embed {
                author,
                title,
                description,
                footer,
                fields,
                colour,
                ..Embed::default()
            });
    let link = (text(), text()).prop_map(|(label, url)| Link { label, url });
    let links = prop::collection::vec(link, 0..3);
    let panel = (text(), prop::collection::vec(text(), 0..2), links)
        .prop_map(|(text, pictures, links)| Panel { text, pictures, links, ..Panel::default() });
    let parts = (prop::collection::vec(embed, 0..3), prop::collection::vec(panel, 0..2));
    (text(), parts, prop::collection::vec(file(), 0..2)).prop_map(
        |(content, (embeds, panels), attachments)| Message {
            content,
            embeds,
            panels,
            attachments,
            ..Message::default()
        },
    )
}

/// A text file: as text, or as JSON with a password beside what it says.
fn file() -> impl Strategy<Value = Attachment> {
    (text(), text(), any::<bool>()).prop_map(|(one, other, is_json)| {
        let json = || serde_json::json!({"password": one, "product": other, "order": {"id": one}});
        let mut file = Attachment { name: "orders.txt".to_owned(), ..Attachment::default() };
        file.take_in(&if is_json { json().to_string() } else { one + &other });
        file
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn taking_secrets_out_changes_nothing_that_is_read(message in message()) {
        let labels = Labels::built_in();
        let clean = redact(message.clone(), &labels);
        prop_assert_eq!(read(&clean, &labels), read(&message, &labels));
        prop_assert_eq!(redact(clean.clone(), &labels), clean);
    }

    #[test]
    fn what_is_read_can_be_stored(message in message()) {
        let reading = read(&message, &Labels::built_in());
        for order in &reading.orders {
            prop_assert!(order.order_number.as_deref() != Some(""));
            prop_assert!(order.quantity.is_none_or(|quantity| quantity > 0));
            for item in &order.items {
                let price = item.price_minor.unwrap_or(0);
                prop_assert!(price >= 0);
                prop_assert!(price.checked_mul(item.quantity.unwrap_or(1)).is_some());
            }
        }
        let nothing = matches!(reading.kind, Kind::Other | Kind::Test | Kind::Empty);
        prop_assert!(!nothing || reading.orders.is_empty());
    }
}

/// Reads a text of many repetitions and says how long the fastest of a few runs took.
fn fastest(piece: &str, bytes: usize) -> std::time::Duration {
    let content = piece.repeat(bytes / piece.len());
    let embed = Embed {
        title: "Successful Checkout".into(),
        description: content.clone(),
        ..Embed::default()
    };
    let mut file = Attachment::default();
    file.take_in(&content);
    let panel = Panel { text: content.clone(), ..Panel::default() };
    let value = Field { name: "Products".into(), value: content.clone() };
    let price = Field { name: "Price".into(), value: content.clone() };
    let number = Field { name: "Order Number".into(), value: content.clone() };
    let answer = Field { name: "Message".into(), value: content.clone() };
    let fields = Embed { fields: vec![value, price, number, answer], ..Embed::default() };
    let message = Message {
        content,
        embeds: vec![embed, fields],
        panels: vec![panel],
        attachments: vec![file],
        ..Message::default()
    };
    let labels = Labels::built_in();
    let run = || {
        let start = std::time::Instant::now();
        std::hint::black_box(read(&message, &labels));
        std::hint::black_box(redact(message.clone(), &labels));
        start.elapsed()
    };
    (0..5).map(|_| run()).min().unwrap()
}

/// Sixteen times the text may take some more than sixteen times as long, far from the 256 times of
/// quadratic work.
#[test]
fn time_grows_with_the_text_and_not_with_its_square() {
    for piece in [
        "[",
        "](",
        "[a](https://a",
        "/login?a=b",
        "*",
        "_a",
        "||",
        "`",
        "<",
        ":a",
        "a:",
        "@:",
        "a@b.c:d ",
        "\\",
        "1,",
        "1 234 ",
        "x\n",
        "Product\n",
        "Product: 2x A\n",
        "Order #\n1234\n",
        "Order Number: A1234\nProduct: B\n",
        "Card Declined\nProduct\nA\n",
        "2x A - $5\n",
        "• 1x A\n",
        "Password\n",
        "1.1.1.1:80:a:",
        "a.b-c.",
        "├ Product: A\n",
        "╰",
        "**Product** A ",
        "`Price` 5 ",
        "Product: A, ",
        "Order Number: 1234, ",
        "a, Price: ",
        "Label: ",
        "A (x3), ",
        "2x A, ",
        "A, ",
        "A & ",
        "- A\n",
        "𝗔",
        "ᴏʀᴅᴇʀ ",
        "→ $5 ",
        "was $5 now ",
        "1.2.",
        "$.9 ",
        "5€95",
        "注文完了",
        "# A\n",
        "-# a\n",
        "{",
        "[{\"order\": ",
        "1234 ",
        "#1234\n",
        "BBY01 ",
        "Order Number: 1234\n5678\n",
        "Your order 12345 has been placed.\n",
        "order no ",
        "***1234 ",
        "ending in ",
        "Failed: 2\n",
        "if declined ",
        "Daily Summary\n",
        "not declined - ",
    ] {
        let small = fastest(piece, 1_000).max(std::time::Duration::from_micros(100));
        let large = fastest(piece, 16_000);
        assert!(large < small * 100, "{piece:?}: {small:?}, then {large:?}");
    }
}
