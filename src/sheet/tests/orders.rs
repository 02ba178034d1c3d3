use serde_json::json;

use super::*;

#[test]
fn the_old_sheet_has_meanings_of_its_own() {
    let text = "Date,Time,Product,Price,Total,Commission,Quantity,Profile,Proxy List,Order Number,Email,Reference #,Posted Date,Tracking Number,Status,QTY Received,Order ID,Created,Modified\n\
                1/13/2026,2:03 PM,Example Console,$499.99,\"$1,020.00\",20,2,VCC Demo A,ISP,#102003000000017,Buyer@Example.com:pw,320260640000001,1/15/2026,1Z999AA10123456784,VERIFIED,2,40017,\"03-04-2026, 10:11:12\",\"03-05-2026, 10:11:12\"\n";
    assert_eq!(
        value(Kind::Orders, text),
        json!({
            "kind": "orders", "order_number": "102003000000017", "ordered_at": "2026-01-13T14:03:00",
            "adds_up": true, "is_dollars": true, "items": [{"product": "Example Console", "price": "499.99 $"}], "quantity": 2,
            "payout": "1020 $", "commission": "20", "profile": "VCC Demo A", "proxy_list": "ISP",
            "email": "buyer@example.com", "reference_number": "320260640000001",
            "charge_posted_on": "2026-01-15", "parcels": ["1Z999AA10123456784"],
            "group_status": "VERIFIED", "qty_received": 2, "group_order_number": "40017",
            "group_created": "2026-03-04T10:11:12", "group_modified": "2026-03-05T10:11:12",
        })
    );
}

const EXPORTED: &str = "Date,Time,Product,Price,Total,Commission,Quantity,Profile,Proxy List,Order Number,Email,Reference #,Posted Date,Tracking Number,Status,Notes,Payment Method,Shipping Address,Shipping Method,QTY Received,Order ID,Created,Modified,Store,Currency,Customer Name,Product Link,Order Link,Picture,Shipped,Delivered,Source,Server,Channel,Message";

#[test]
fn our_export_is_read_back_by_its_own_meanings() {
    let text = format!(
        "{EXPORTED}\n2026-01-02,03:04:05,'=Console,499.99,999.98,,2,,,102003000000017,,,2026-01-02T03:04:06Z,,shipped,,,,,,17,2026-01-02T03:04:06Z,2026-01-03T00:00:00Z,Target,USD,,,,,2026-01-03T00:00:00Z,,webhook,1,2,3\n"
    );
    assert_eq!(
        value(Kind::Orders, &text),
        json!({
            "kind": "orders", "order_number": "102003000000017", "store": "Target", "currency": "USD",
            "ordered_at": "2026-01-02T03:04:05", "noted_at": "2026-01-02T03:04:06+00:00",
            "items": [{"product": "=Console", "price": "499.99"}],
            "quantity": 2, "total": "999.98", "status": "shipped", "shipped_at": "2026-01-03T00:00:00+00:00",
        })
    );
}

#[test]
fn rows_of_items_are_lines_of_their_order() {
    let text = format!(
        "{EXPORTED},Order Total,SKU,Size\n\
         2026-01-02,03:04:05,A,10,20,,2,,,1001,,,,,verified,,,,,,17,2026-01-02T03:04:06Z,,Target,USD,,,,,,,webhook,1,2,3,25.00,S1,\n\
         2026-01-02,03:04:05,B,5,5,,1,,,1001,,,,,verified,,,,,,17,2026-01-02T03:04:06Z,,Target,USD,,,,,,,webhook,1,2,3,,,XL\n"
    );
    let sheet = read_text(Kind::Orders, &text).unwrap();
    let rows: Vec<serde_json::Value> =
        shown(&sheet).iter().map(|(_, row)| serde_json::from_str(row).unwrap()).collect();
    assert_eq!(
        rows[0]["items"],
        json!([{"product": "A", "price": "10", "quantity": 2, "sku": "S1"}])
    );
    assert_eq!(
        rows[1]["items"],
        json!([{"product": "B", "price": "5", "quantity": 1, "size": "XL"}])
    );
    assert_eq!((&rows[0]["total"], rows[1].get("total")), (&json!("25"), None));
    assert!(rows.iter().all(|row| row["is_item"] == json!(true) && row.get("quantity").is_none()));
}

#[test]
fn our_json_is_read_back_with_its_items_and_lines() {
    let text = r#"[
{"id":1,"guild_id":"1","order_number":"1001","store":"Target","product":"A","price":"10.00","total":"25.00","currency":"USD","quantity":3,"status":"verified","tracking_number":"TBA000000000000","parcels":["TBA000000000000","TBA000000000001"],"ordered_at":"2026-01-02T03:04:05.678Z","items":[{"product":"A","price":"10.00","quantity":2,"sku":null,"size":null},{"product":"B","price":"5.00","quantity":1,"sku":"S","size":null}]},

{"id":2,"guild_id":"1","order_number":"1002","store":null,"quantity":1,"status":"cancelled","ordered_at":"2026-01-02T03:04:05.678Z","items":[]}
]"#;
    let sheet = read_text(Kind::Orders, text).unwrap();
    let rows = shown(&sheet);
    assert_eq!(rows.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 4]);
    let first: serde_json::Value = serde_json::from_str(&rows[0].1).unwrap();
    assert_eq!(first["parcels"], json!(["TBA000000000000", "TBA000000000001"]));
    assert_eq!(first["ordered_at"], json!("2026-01-02T03:04:05.678+00:00"));
    let items = json!([{"product": "A", "price": "10", "quantity": 2}, {"product": "B", "price": "5", "quantity": 1, "sku": "S"}]);
    assert_eq!(first["items"], items);
}

#[test]
fn the_old_database_is_read_by_its_columns() {
    let mut rows = RomsRows::new(&[
        "order_number",
        "product",
        "total",
        "proxy_list",
        "status",
        "order_date",
        "order_time",
        "posted_date",
        "created_at",
    ]);
    rows.push(
        7,
        &[
            "1001",
            "Console",
            "499.99",
            "http://a.example:80:user:secretpw",
            "pending",
            "2025-01-02",
            "03:04:05",
            "2025-01-05",
            "2025-01-02 03:04:06",
        ],
    );
    rows.push(9, &["1002", "Console", "", "", "", "", "", "", "2025-01-02 03:04:06"]);
    let sheet = rows.read("roms_v2.db", &Options::default()).unwrap();
    let lines = shown(&sheet);
    assert!(!lines[0].1.contains("secretpw"), "{}", lines[0].1);
    let first: serde_json::Value = serde_json::from_str(&lines[0].1).unwrap();
    assert_eq!((lines[0].0, &first["status"]), (7, &json!("processing")));
    assert_eq!(
        (&first["total"], &first["charge_posted_on"]),
        (&json!("499.99"), &json!("2025-01-05"))
    );
    assert!(lines[1].1.contains(r#""ordered_at":"2025-01-02T03:04:06""#), "{}", lines[1].1);
}

#[test]
fn any_other_sheet_of_orders_is_read_by_a_map() {
    let options = map(&[("Sum", "total"), ("When", "date")]);
    let sheet = read_with(
        Kind::Orders,
        "Order,Product,Sum,When,Status\n1001,A,5,2026-01-02,VERIFIED\n",
        &options,
    )
    .unwrap();
    let row = r#"{"adds_up":true,"items":[{"product":"A"}],"kind":"orders","order_number":"1001","ordered_at":"2026-01-02","total":"5"}"#;
    assert_eq!(shown(&sheet), [(2, row.to_owned())]);
    // A row that an older version kept says the same.
    let kept = row.replace(r#""adds_up":true,"#, "");
    assert_eq!(Row::fingerprint(row), Row::fingerprint(&kept));
}

#[test]
fn a_bare_dollar_beside_a_foreign_amount_is_a_dollar() {
    let options = map(&[("Order", "order_number"), ("Currency", "currency"), ("Cost", "total")]);
    let row = |shop: &str, currency: &str, price: &str, cost: &str| {
        let text =
            format!("Order,Shop,Currency,Price,Cost\n1001,{shop},{currency},{price},{cost}\n");
        let rows = shown(&read_with(Kind::Orders, &text, &options).unwrap());
        let row: serde_json::Value = serde_json::from_str(&rows[0].1).unwrap();
        [row["items"][0]["price"].clone(), row["total"].clone()]
    };
    assert_eq!(row("", "", "10 €", "$12"), ["10 EUR", "12 USD"]);
    assert_eq!(row("Best Buy CA", "", "10 €", "$12"), ["10 EUR", "12 CAD"]);
    assert_eq!(row("", "", "$10", "£12"), ["10 USD", "12 GBP"]);
    // That of all amounts, the dollar that another amount names, and none.
    assert_eq!(row("", "EUR", "$10", "$12"), ["10", "12"]);
    assert_eq!(row("", "", "CA$10", "$12"), ["10 CAD", "12 $"]);
    assert_eq!(row("", "", "10 €", "12"), ["10 EUR", "12"]);
}

#[test]
fn a_purchase_is_brought_whatever_is_asked_for_or_happened_to_a_part_of_it() {
    let row = |word: &str| {
        let text = format!("order,product,price,status\n1001,Lamp,5.00,{word}\n");
        let options = map(&[("order", "order_number"), ("status", "status"), ("price", "price")]);
        shown(&read_with(Kind::Orders, &text, &options).unwrap())[0].1.clone()
    };
    for word in [
        "Partially Refunded",
        "Refunded (partial)",
        "Partially Shipped",
        "Item Cancelled",
        "Items cancelled: 1 of 2",
        "Cancellation requested",
        "Cancellation failed",
        "Refund pending",
        "Refund denied",
        "Return requested",
        "Delivery scheduled",
        "Not shipped yet",
        "On hold",
        "Delayed",
    ] {
        let row = row(word);
        assert!(row.starts_with('{') && !row.contains("\"status\""), "{word}: {row}");
    }
    assert!(row("Refunded").contains("\"status\":\"refunded\""));
    for word in ["odd", "Payment failed", "Declined"] {
        assert!(row(word).starts_with("refused: "), "{word}");
    }
}
