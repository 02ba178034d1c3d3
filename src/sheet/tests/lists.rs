//! Plain lists of order numbers.

use super::*;

#[test]
fn a_pasted_list_may_have_its_marks() {
    let list = "Please cancel:\n- 102003000000017\n* 102003000000025\n1. BBY01-807100000011\n\
                (2) BBY01-807100000029\n• 102003000000033\n---\nsoon\n";
    let numbers: Vec<String> = rows(Kind::Status, list).into_iter().map(|(_, row)| row).collect();
    let number = |number: &str| format!(r#"{{"kind":"status","order_number":"{number}"}}"#);
    let expected = [
        number("102003000000017"),
        number("102003000000025"),
        number("BBY01-807100000011"),
        number("BBY01-807100000029"),
        number("102003000000033"),
        "ignored: an empty row".to_owned(),
        "refused: \"soon\" is not an order number".to_owned(),
    ];
    assert_eq!(numbers, expected);
}

#[test]
fn what_people_put_around_numbers_is_no_part_of_them() {
    let [a, b] = ["102003000000017", "BBY01-807100000011"];
    for list in [
        format!("```\n{a}\n{b}\n```"),
        format!("Cancel\n```text\n{a}\n{b}\n```\n"),
        format!("> {a}\r\n> {b}\r\n"),
        format!(">{a}\n>{b}"),
        format!("`{a}`\n**{b}**"),
        format!("({a})\n[{b}]"),
        format!("“{a}”;\t\"{b}\""),
        format!("1) {a}\n2) {b}"),
        format!("{a} | {b}"),
    ] {
        let numbers: Vec<String> = read_text(Kind::Status, &list)
            .unwrap()
            .lines()
            .filter_map(|line| match line.what {
                What::Says(Row::Status(row)) => Some(row.order_number),
                What::Ignored(_) => None,
                other => panic!("{list:?}: {other:?}"),
            })
            .collect();
        assert_eq!(numbers, [a, b], "{list:?}");
    }
}

#[test]
fn numbers_with_and_without_a_heading() {
    let row = |number: &str, more: &str| {
        format!(r#"{{"kind":"status","order_number":"{number}"{more}}}"#)
    };
    let list = "Cancelled by the shop\n102003000000017\n\n'BBY01-807100000011, 102003000000025\nsoon\n1.02003E+14\n";
    assert_eq!(
        rows(Kind::Status, list),
        [
            (2, row("102003000000017", "")),
            (3, "ignored: an empty row".to_owned()),
            (4, row("BBY01-807100000011", "")),
            (4, row("102003000000025", "")),
            (5, "refused: \"soon\" is not an order number".to_owned()),
            (6, format!("refused: {}", Refusal::Rounded("1.02003E+14".to_owned()))),
        ]
    );
    let sheet = "order number,status,qty\n102003000000017,Canceled,1\n102003000000025,,\n102003000000033,odd,\n102003000000041,,0\n";
    assert_eq!(
        rows(Kind::Status, sheet),
        [
            (2, row("102003000000017", r#","status":"cancelled","units":1"#)),
            (3, row("102003000000025", "")),
            (4, "refused: \"odd\" is not a status".to_owned()),
            (5, format!("refused: {}", Refusal::NoUnits)),
        ]
    );
}

#[test]
fn what_stands_around_the_numbers_of_a_list_is_no_word_beside_them() {
    let number = |number: &str| (number.to_owned(), None);
    let (a, b) = ("BBY01-807100000011", "112-1234567-1234567");
    for (list, expected) in [
        (format!("Order: {a}\norder # {b}"), vec![number(a), number(b)]),
        (format!("Order {a}\nORDER NO. {b}"), vec![number(a), number(b)]),
        (format!("order number: {a}\nOrder#{b}"), vec![number(a), number(b)]),
        (format!("Order:{a}\nNo. {b}"), vec![number(a), number(b)]),
        (format!("Orders: {a} and {b}"), vec![number(a), number(b)]),
        (format!("{a} & {b}"), vec![number(a), number(b)]),
        (format!("Orders\n1. Order {a}\nand {b}"), vec![number(a), number(b)]),
        // Units behind a number, or in front of it.
        (format!("{a} x1\n2x {b}"), vec![(a.to_owned(), Some(1)), (b.to_owned(), Some(2))]),
        (format!("{a} ×2, {b} X3"), vec![(a.to_owned(), Some(2)), (b.to_owned(), Some(3))]),
    ] {
        let said = |line: Line| match line.what {
            What::Says(Row::Status(row)) => (row.order_number, row.units),
            other => panic!("{list}: {other:?}"),
        };
        let said: Vec<_> = read_text(Kind::Status, &list).unwrap().lines().map(said).collect();
        assert_eq!(said, expected, "{list}");
    }
}

#[test]
fn words_beside_a_number_of_a_list_refuse_its_row_which_is_one_line() {
    for row in [
        "112-1234567-1234567 2",
        "112-1234567-1234567 (2)",
        "BBY01-807100000011 please",
        "102000000000001 shipped",
        "- 112-1234567-1234567, do not cancel",
        "do not cancel: 112-1234567-1234567",
        "do not cancel order # 112-1234567-1234567",
        "no 112-1234567-1234567",
        "no: 112-1234567-1234567",
        "112-1234567-1234567 and not this",
        "112-1234567-1234567 x0",
        "2x 112-1234567-1234567 x1",
        "112-1234567-1234567 x1 BBY01-807100000029",
        "x1 x2 112-1234567-1234567",
    ] {
        for text in [format!("BBY01-807100000012\n{row}\n"), format!("{row}\nBBY01-807100000012\n")]
        {
            let sheet = read_text(Kind::Status, &text).unwrap();
            let lines: Vec<Line> = sheet.lines().collect();
            assert_eq!(lines.len(), 2, "{text}");
            let is_refused = |line: &&Line| matches!(line.what, What::Refused(_));
            let refused: Vec<&Line> = lines.iter().filter(is_refused).collect();
            assert_eq!(refused.len(), 1, "{text}");
            let number = refused[0].named.order_number.as_deref().unwrap();
            assert!(row.contains(number), "{text}: {number}");
        }
    }
    // A title holds no number.
    let titled = rows(Kind::Status, "Cancel these\n\nBBY01-807100000012\n");
    assert_eq!(titled.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn the_first_line_of_a_list_is_no_title_where_it_is_a_number_that_is_too_short() {
    for first in
        ["12", "A12", "#99", "#98, #99", "order 12", "12 please", "~~112-1234567-1234567~~"]
    {
        let told = rows(Kind::Status, &format!("{first}\nBBY01-807100000011\n"));
        assert_eq!(told.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2], "{first}");
        assert!(told[0].1.starts_with("refused: "), "{told:?}");
    }
}
