//! What is understood of what is typed.

use super::*;

fn commands() -> Vec<Value> {
    let text = |name: &str, required| json!({"name": name, "type": 3, "required": required});
    let status = json!({"name": "status", "type": 3,
        "choices": [{"name": "shipped"}, {"name": "sold"}]});
    let number = json!({"name": "number", "type": 3, "required": true, "autocomplete": true});
    let field = json!({"name": "field", "type": 3, "required": true,
        "choices": [{"name": "price"}, {"name": "sold price"}, {"name": "number"}]});
    let recent = [json!({"name": "limit", "type": 4}), text("store", false), status.clone()];
    vec![
        json!({"name": "orders", "type": 1, "options": [
            {"name": "recent", "type": 1, "options": recent},
        ]}),
        json!({"name": "mark", "type": 1, "options": [number.clone(), status]}),
        json!({"name": "correct", "type": 1, "options": [number.clone(), field, text("value", false)]}),
        json!({"name": "note", "type": 1, "options": [number, text("text", true)]}),
        json!({"name": "board", "type": 1, "options": [
            {"name": "channel", "type": 7}, {"name": "off", "type": 5},
        ]}),
        json!({"name": "help", "type": 1}),
    ]
}

fn options(line: &str) -> Value {
    json!(slash(&commands(), line).expect("understood").1)
}

#[test]
fn commands_are_typed_as_in_discord() {
    assert_eq!(options("orders recent"), json!([]));
    assert_eq!(
        options("orders recent limit:5 store:Best Buy US status:shipped"),
        json!([["limit", 5], ["store", "Best Buy US"], ["status", "shipped"]])
    );
    assert_eq!(options("board off:True"), json!([["off", true]]));
}

#[test]
fn names_of_options_may_be_left_out() {
    assert_eq!(options("orders recent sold"), json!([["status", "sold"]]));
    assert_eq!(options("mark A-1 B-2 sold"), json!([["number", "A-1 B-2"], ["status", "sold"]]));
    assert_eq!(options("note A-1 a gift"), json!([["number", "A-1"], ["text", "a gift"]]));
}

#[test]
fn a_text_may_follow_a_choice() {
    let given = |number: &str, field: &str, value: &str| {
        json!([["number", number], ["field", field], ["value", value]])
    };
    for (line, expected) in [
        ("correct no:44 number 1020", given("no:44", "number", "1020")),
        ("correct A-1 sold price 410.50 EUR", given("A-1", "sold price", "410.50 EUR")),
        ("correct A-1 Sold Price 410", given("A-1", "sold price", "410")),
        ("correct A-1 field:sold price value:410", given("A-1", "sold price", "410")),
        ("correct A-1 field:price 410 price", given("A-1", "price", "410 price")),
    ] {
        assert_eq!(options(line), expected, "{line}");
    }
    assert_eq!(
        options("correct A-1 sold price"),
        json!([["number", "A-1"], ["field", "sold price"]])
    );
    // No text is asked for behind a status.
    assert_eq!(options("mark A-1 sold it"), json!([["number", "A-1"], ["status", "sold it"]]));
}

#[test]
fn what_is_not_understood_is_said() {
    for (line, part) in [
        ("nothing", "/mark"),
        ("orders", "recent"),
        ("orders recent limit:many", "limit"),
        ("help me", "takes no options"),
        ("note A-1", "needs a text"),
        ("correct A-1 colour red", "one of price, sold price, number"),
    ] {
        let error = slash(&commands(), line).expect_err(line);
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn every_command_is_listed_as_it_is_typed() {
    let lines = listed(&commands(), 80);
    let lines = lines.iter().map(|line| line.trim());
    let typed: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    assert_eq!(
        typed,
        [
            "/orders recent",
            "/mark NUMBER",
            "/correct NUMBER FIELD [VALUE]",
            "/note NUMBER TEXT",
            "/board",
            "/help"
        ]
    );
}

#[test]
fn what_a_command_does_keeps_to_the_columns() {
    let does = "Show what you spent, and where, with a chart, and what came of it in the end";
    let shown = in_columns("/orders stats", does, 60);
    assert!(shown.len() > 1 && shown.iter().all(|line| line.len() <= 60), "{shown:?}");
    let words: Vec<&str> = shown.iter().flat_map(|line| line.split_whitespace()).collect();
    assert_eq!(words.join(" "), format!("/orders stats {does}"));
    let long = in_columns("/correct NUMBER FIELD VALUE AND MORE", "Correct", 80);
    assert_eq!(long.len(), 2, "{long:?}");
}

#[test]
fn an_option_is_completed() {
    let asked = completion(&commands(), "mark 10").expect("understood");
    assert_eq!(asked, ("mark".to_owned(), "number".to_owned(), "10".to_owned()));
    assert!(completion(&commands(), "help").is_err());
}
