//! A whole message without its secrets: every text that it holds, one by one.

use std::borrow::Cow;

use super::redact::{name_of, part, value_of};
use crate::reading::labels::Labels;
use crate::reading::message::{Attachment, Embed, Link, Message, Panel};

/// The message without its secrets, by the labels that it is read by. Reading it gives the same as reading the
/// original.
pub fn redact(mut message: Message, labels: &Labels) -> Message {
    clean(&mut message.content, labels);
    clean(&mut message.author.name, labels);
    message.embeds.iter_mut().for_each(|embed| clean_embed(embed, labels));
    message.panels.iter_mut().for_each(|panel| clean_panel(panel, labels));
    message.attachments.iter_mut().for_each(|attachment| clean_attachment(attachment, labels));
    message.earlier = message.earlier.into_iter().map(|before| redact(before, labels)).collect();
    message
}

fn clean_embed(embed: &mut Embed, labels: &Labels) {
    let Embed {
        kind: _,
        author,
        title,
        url,
        description,
        fields,
        footer,
        colour: _,
        thumbnail,
        image,
        timestamp: _,
    } = embed;
    for part in [author, title, url, description, footer, thumbnail, image] {
        clean(part, labels);
    }
    for field in fields {
        clean_pair(&mut field.name, &mut field.value, labels);
    }
}

fn clean_panel(panel: &mut Panel, labels: &Labels) {
    let Panel { colour: _, text, pictures, links } = panel;
    clean(text, labels);
    for picture in pictures {
        clean(picture, labels);
    }
    for Link { label, url } in links {
        clean_pair(label, url, labels);
    }
}

fn clean_attachment(attachment: &mut Attachment, labels: &Labels) {
    let Attachment { name, url, bytes: _, messages, unread: _ } = attachment;
    clean(name, labels);
    // Its signature opens the file to everybody.
    url.clear();
    for message in messages.iter_mut().flatten() {
        *message = redact(std::mem::take(message), labels);
    }
}

fn clean_pair(name: &mut String, value: &mut String, labels: &Labels) {
    if let Cow::Owned(cleaned) = name_of(name, labels) {
        *name = cleaned;
    }
    if let Cow::Owned(cleaned) = value_of(name, value, labels) {
        *value = cleaned;
    }
}

fn clean(text: &mut String, labels: &Labels) {
    if let Cow::Owned(cleaned) = part(text, labels) {
        *text = cleaned;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::Detail;
    use crate::reading::labels::field::Field as Of;
    use crate::reading::message::Field;

    #[test]
    fn what_a_message_said_before_its_edits_is_cleaned_too() {
        let content = "Order Number: A-1001\nEmail: Buyer@Example.com:hunter2".to_owned();
        let before = Message { content, ..Message::default() };
        let edited = Message { earlier: vec![before.clone(), before], ..Message::default() };
        let earlier = redact(edited, &Labels::built_in()).earlier;
        assert_eq!(earlier.len(), 2);
        for Message { content: kept, .. } in earlier {
            assert!(kept.contains("A-1001") && !kept.contains("hunter2"), "{kept}");
        }
    }

    /// With a right check digit, in a bank's range.
    const NUMBER: &str = "4111222333444550";

    fn in_field(name: &str, value: &str) -> Message {
        let field = Field { name: name.to_owned(), value: value.to_owned() };
        let embed = Embed { fields: vec![field], ..Embed::default() };
        Message { embeds: vec![embed], ..Message::default() }
    }

    fn in_text(text: String) -> Message {
        Message { content: text, ..Message::default() }
    }

    fn lost(messages: impl IntoIterator<Item = Message>, labels: &Labels) -> Vec<Message> {
        let changed = |message: &Message| redact(message.clone(), labels) != *message;
        messages.into_iter().filter(changed).collect()
    }

    #[test]
    fn a_number_stays_under_every_label_that_is_read_as_one() {
        let labels = Labels::built_in();
        let fields = [
            Of::OrderNumber,
            Of::OtherNumber,
            Of::Sku,
            Of::Detail(Detail::TrackingNumber),
            Of::Detail(Detail::ReferenceNumber),
        ];
        let names = fields.into_iter().flat_map(Labels::of_field);
        let names: Vec<&str> = names.filter(|name| labels.knows(name)).collect();
        assert!(names.len() > 250, "{}", names.len());
        let field = |name: &&str| in_field(name, NUMBER);
        let capital = |name: &&str| in_field(&format!("**{}:**", name.to_uppercase()), NUMBER);
        let line = |name: &&str| in_text(format!("Product: Kettle\n{name}: {NUMBER}"));
        let below = |name: &&str| in_text(format!("{name}\n{NUMBER}\n\nPrice\n$5"));
        for lost in [
            lost(names.iter().map(field), &labels),
            lost(names.iter().map(capital), &labels),
            lost(names.iter().map(line), &labels),
            lost(names.iter().map(below), &labels),
        ] {
            let lost: Vec<_> = lost
                .iter()
                .map(|one| {
                    format!(
                        "{}{:?}",
                        one.content,
                        one.embeds.iter().flat_map(|embed| &embed.fields).collect::<Vec<_>>()
                    )
                })
                .collect();
            assert!(lost.is_empty(), "{lost:#?}");
        }
    }

    #[test]
    fn every_number_of_a_list_stays() {
        let other = "4555666777888115";
        let texts = [
            format!("Order Numbers:\n{NUMBER}\n{other}"),
            format!("Orders: {NUMBER}, {other}"),
            format!("Orders\n- {NUMBER}\n- {other}\n"),
            format!("Order Numbers: {NUMBER}\n{other}"),
            format!("Order Number:\n{NUMBER}\n{other}"),
            format!("Your order {NUMBER} was placed"),
            format!("您的订单号是 {NUMBER}"),
            format!("Target Order Number: {NUMBER}"),
            format!("Tracking numbers: {NUMBER} and {other}"),
        ];
        let lost = lost(texts.map(in_text), &Labels::built_in());
        assert!(lost.is_empty(), "{lost:#?}");
    }

    #[test]
    fn a_number_stays_under_the_users_own_label() {
        let own =
            [("Vorgangsnummer", "order_number"), ("Session", "order_number"), ("Token", "product")];
        let labels = Labels::with(own).unwrap();
        let messages = [
            in_field("Vorgangsnummer", NUMBER),
            in_text(format!("Vorgangsnummer: {NUMBER}")),
            in_text(format!("Vorgangsnummer\n{NUMBER}")),
            in_field("Session", NUMBER),
            in_field("Token", "Pin: Mickey 2026 Limited"),
        ];
        let lost = lost(messages.clone(), &labels);
        assert!(lost.is_empty(), "{lost:#?}");
        assert_eq!(self::lost(messages, &Labels::built_in()).len(), 5, "the labels say so");
    }
}
