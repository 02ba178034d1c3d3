//! What comes out of files of every form.

use super::*;
use crate::ids::{ChannelId, GuildId};
use crate::reading::Message;

fn messages(bytes: &[u8], dates: Dates) -> Vec<Result<Message, String>> {
    let mut file = MessageFile::new("orders.txt", bytes).expect("read");
    let messages = file.messages(dates, BytesRead::default()).expect("read");
    messages.map(|found| found.map_err(|error| error.to_string())).collect()
}

fn read(bytes: &[u8]) -> Vec<Result<String, String>> {
    let found = messages(bytes, Dates::default()).into_iter();
    found.map(|found| found.map(|message| message.content)).collect()
}

fn contents(bytes: &[u8]) -> Vec<String> {
    read(bytes).into_iter().map(|found| found.expect("a message")).collect()
}

#[test]
fn every_form_of_json() {
    assert_eq!(contents(br#"{"content": "a"}"#), ["a"]);
    assert_eq!(contents(b"{\n  \"content\": \"a\",\n  \"embeds\": []\n}\n"), ["a"]);
    assert_eq!(contents(br#" [ {"content": "a"} , {"content": "b"} ] "#), ["a", "b"]);
    assert_eq!(contents(b"{\"content\": \"a\"}\n\n{\"content\": \"b\"}\r\n"), ["a", "b"]);
    assert_eq!(contents(br#"{"t": "MESSAGE_CREATE", "d": {"content": "a"}}"#), ["a"]);
    assert_eq!(contents(b"[]"), [""; 0]);
}

#[test]
fn an_export_gives_its_channel_to_each_message() {
    let export = br##"{"guild": {"id": "7"}, "channel": {"id": "8"}, "messages": [{"id": "9", "type": "Default",
        "timestamp": "2026-01-15T18:00:00.123+00:00", "timestampEdited": null, "content": "",
        "author": {"id": "5", "name": "Refract", "discriminator": "0000", "isBot": true},
        "embeds": [{"title": "Order Placed", "color": "#80FF80", "author": {"name": "A"}, "footer": {"text": "F"},
        "thumbnail": {"url": "https://img.example.com/p.jpg"}, "fields": [{"name": "Product", "value": "B", "isInline": true}]}]}]}"##;
    let messages = messages(export, Dates::default());
    let [Ok(message)] = messages.as_slice() else { panic!("{messages:?}") };
    assert_eq!((message.guild_id, message.channel_id), (Some(GuildId(7)), Some(ChannelId(8))));
    assert_eq!(message.webhook_id.map(|id| id.0), Some(5));
    assert_eq!(message.embeds[0].colour, Some(0x0080_FF80));
    assert_eq!(message.embeds[0].fields[0].value, "B");
}

#[test]
fn a_broken_line_costs_no_other() {
    let found = read(b"{\"content\": \"a\"}\n{\"content\": oops}\n{\"content\": \"c\"}\n");
    assert_eq!((found[0].as_deref(), found[2].as_deref()), (Ok("a"), Ok("c")));
    let error = found[1].clone().expect_err("broken");
    assert!(error.starts_with("orders.txt, line 2: this is not JSON"), "{error}");
}

#[test]
fn a_broken_element_costs_no_other() {
    let found =
        read(b"[{\"content\": \"a\"},\n5,\n{\"content\": oops},\n{\"content\": \"d\"}, {\"cont");
    assert_eq!((found[0].as_deref(), found[3].as_deref()), (Ok("a"), Ok("d")));
    assert!(
        found[1].clone().expect_err("a number").contains("line 2: this is not a Discord message")
    );
    assert!(found[2].clone().expect_err("no JSON").contains("line 3: this is not JSON"));
    assert!(found[4].clone().expect_err("broken off").contains("line 4: the JSON ends here"));
}

#[test]
fn text_of_several_orders() {
    let text = "Successful Checkout | Target\r\nProduct\r\nA\r\n\r\nSuccessful Checkout | Walmart\r\nProduct\r\nB";
    assert_eq!(contents(text.as_bytes()).len(), 2);
}

#[test]
fn halves_of_surrogate_pairs_are_mended() {
    assert_eq!(
        contents(br#"{"content": "a \ud83d b \ude00 \ud83d\ude00"}"#),
        ["a \u{FFFD} b \u{FFFD} 😀"]
    );
}

#[test]
fn an_empty_file_says_so() {
    assert!(
        read(b" \n")[0]
            .clone()
            .expect_err("empty")
            .contains("orders.txt, line 1: the file is empty")
    );
}

/// As `MessageFile` makes it of DiscordChatExporter's text.
const EXPORTED: &str = "\
==============================================================
Guild: Example Server
Channel: Checkouts / refract-success
==============================================================

[1/15/2026 1:00 PM] Refract


{Embed}
Successful Checkout | Target
Order Number
|| #102003900000031 ||

{Reactions}
✅ 📦 (2)

[1/15/2026 11:30 PM] demo_member (pinned)
nice one!
====================
[see] above


==============================================================
Exported 2 message(s)
==============================================================
";

#[test]
fn an_exported_text_gives_each_message_its_time_and_its_author() {
    let dates = Dates { order: DateOrder::Mdy, zone: "America/New_York".parse().unwrap() };
    let found = messages(EXPORTED.as_bytes(), dates);
    let [Ok(checkout), Ok(chat)] = found.as_slice() else { panic!("{found:?}") };
    let at = |message: &Message| message.posted_at.expect("a time").to_rfc3339();
    assert_eq!(at(checkout), "2026-01-15T18:00:00+00:00");
    assert_eq!((checkout.author.name.as_str(), checkout.content.as_str()), ("Refract", ""));
    let text = "Successful Checkout | Target\nOrder Number\n|| #102003900000031 ||";
    assert_eq!(checkout.embeds.len(), 1);
    assert_eq!(checkout.embeds[0].description, text);
    assert_eq!(at(chat), "2026-01-16T04:30:00+00:00");
    assert_eq!(chat.author.name, "demo_member");
    assert_eq!(chat.content, "nice one!\n====================\n[see] above");
}

#[test]
fn a_message_a_line_within_an_export_keeps_its_channel() {
    let export = "{\"guild\":{\"id\":\"7\"},\"channel\":{\"id\":\"8\"},\"messages\":[\n\
        {\"content\":\"a\"},\n{\"content\":\"b\"}\n]}\n";
    for export in [export.to_owned(), export.replace('\n', "")] {
        let found = messages(export.as_bytes(), Dates::default());
        let places: Vec<_> = found
            .iter()
            .map(|found| found.as_ref().map(|found| (found.guild_id, found.channel_id)))
            .collect();
        let place = Ok((Some(GuildId(7)), Some(ChannelId(8))));
        assert_eq!(places.len(), 2, "{found:?}");
        assert!(places.iter().all(|found| found.as_ref() == place.as_ref()), "{found:?}");
    }
}

#[test]
fn what_holds_no_messages_is_refused_with_what_to_use() {
    for (text, what) in [
        (
            "AuthorID,Author,Date,Content,Attachments,Reactions\n\"1\",\"R\",\"\"",
            "leaves out the embeds with the checkouts",
        ),
        ("\u{feff}\"AuthorID\",\"Author\",\"Date\"\n", "leaves out the embeds with the checkouts"),
        ("\n<!DOCTYPE html><html>", "--format Json"),
        ("Date,Product,Order Number,Price\n2026-01-15,Tin,1,2\n", "is a table"),
        ("[{\"order_number\": \"1\", \"ordered_at\": \"x\"}]", "holds orders"),
        ("SQLite format 3\0....", "is a database"),
        ("PK\u{3}\u{4}...", "a workbook"),
        ("\u{89}PNG\r\n\0\0", "is not text"),
        (
            "====================\nGuild: A\nChannel: B\n====================\n\n[15 janvier] R\nx",
            "[15 janvier] in line 6",
        ),
    ] {
        let file = MessageFile::new("a.csv", text.as_bytes()).expect("read");
        let refusal = file.refusal().unwrap_or_else(|| panic!("{text}: {file:?}"));
        assert!(refusal.starts_with("a.csv ") && refusal.contains(what), "{refusal}");
    }
    let gzip = MessageFile::new("a.gz", &[0x1F, 0x8B, 8, 0, 0, 0]).expect("read");
    assert!(gzip.refusal().is_some_and(|refusal| refusal.contains("archive")), "{gzip:?}");
}

proptest::proptest! {
    #[test]
    fn whatever_stands_in_a_file_it_is_read_to_its_end(
        parts in proptest::collection::vec(proptest::sample::select(PARTS.to_vec()), 0..40),
        marked in proptest::sample::select(vec!["", "\u{FEFF}"]),
    ) {
        let text = parts.concat();
        let found = messages(format!("{marked}{text}").as_bytes(), Dates::default());
        proptest::prop_assert!(found.len() <= text.len() + 1, "{found:?}");
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [&[0xFF, 0xFE], utf16.as_slice()].concat();
        proptest::prop_assert_eq!(messages(&marked, Dates::default()), found);
    }
}

/// What files of all shapes are made of.
const PARTS: [&str; 28] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\n",
    "\r\n",
    " ",
    "5",
    "é",
    "\"messages\":[",
    "\"guild\":",
    "{\"id\":\"7\"}",
    "{\"content\":\"a\"}",
    "{\"content\":\"a\"}\n",
    "\"channel\":",
    "null",
    "====================\n",
    "Guild: A\nChannel: B\n",
    "[1/15/2026 1:00 PM] Refract\n",
    "[31/31/2026 1:00 PM] Refract\n",
    "{Embed}\n",
    "{Reactions}\n",
    "Exported 2 message(s)\n",
    "Successful Checkout | Target\nOrder Number\n#10001\n",
];
