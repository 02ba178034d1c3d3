//! A whole message without its secrets: every text that it holds, one by one.

use std::borrow::Cow;

use super::redact::{name_of, text, value_of};
use crate::reading::message::{Attachment, Embed, Link, Message, Panel};

/// The message without its secrets. Reading it gives the same as reading the original.
pub fn redact(mut message: Message) -> Message {
    clean(&mut message.content);
    clean(&mut message.author.name);
    message.embeds.iter_mut().for_each(clean_embed);
    message.panels.iter_mut().for_each(clean_panel);
    message.attachments.iter_mut().for_each(clean_attachment);
    message.earlier = message.earlier.into_iter().map(redact).collect();
    message
}

fn clean_embed(embed: &mut Embed) {
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
        clean(part);
    }
    for field in fields {
        clean_pair(&mut field.name, &mut field.value);
    }
}

fn clean_panel(panel: &mut Panel) {
    let Panel { colour: _, text, pictures, links } = panel;
    clean(text);
    pictures.iter_mut().for_each(clean);
    for Link { label, url } in links {
        clean_pair(label, url);
    }
}

fn clean_attachment(attachment: &mut Attachment) {
    let Attachment { name, url, bytes: _, messages, unread: _ } = attachment;
    clean(name);
    // Its signature opens the file to everybody.
    url.clear();
    for message in messages.iter_mut().flatten() {
        *message = redact(std::mem::take(message));
    }
}

fn clean_pair(name: &mut String, value: &mut String) {
    if let Cow::Owned(cleaned) = name_of(name) {
        *name = cleaned;
    }
    if let Cow::Owned(cleaned) = value_of(name, value) {
        *value = cleaned;
    }
}

fn clean(part: &mut String) {
    if let Cow::Owned(cleaned) = text(part) {
        *part = cleaned;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_message_said_before_its_edits_is_cleaned_too() {
        let content = "Order Number: A-1001\nEmail: Buyer@Example.com:hunter2".to_owned();
        let before = Message { content, ..Message::default() };
        let edited = Message { earlier: vec![before.clone(), before], ..Message::default() };
        let earlier = redact(edited).earlier;
        assert_eq!(earlier.len(), 2);
        for Message { content: kept, .. } in earlier {
            assert!(kept.contains("A-1001") && !kept.contains("hunter2"), "{kept}");
        }
    }
}
