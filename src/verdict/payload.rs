//! How a message is kept: its redacted JSON without what the delivery's own columns say,
//! compressed with a dictionary of typical messages.
//!
//! The first byte is the version of the dictionary. A dictionary is never changed: a new one gets
//! the next number, and the old ones stay, so that every kept message can always be read.

use std::sync::{LazyLock, Mutex, PoisonError};

use anyhow::{Context, bail};
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

use crate::reading::Message;

/// The version that messages are packed with.
const VERSION: u8 = 2;
/// Zstandard takes it as plain content: whatever it holds need not be stored again.
const DICTIONARY_V1: &[u8] = include_bytes!("payload_v1.json");
/// Trained by `zstd --train --maxdict=8192` on 6,000 made-up messages in Refract's layouts: it knows how
/// often each letter comes, too, and that is half of a short message.
const DICTIONARY_V2: &[u8] = include_bytes!("payload_v2.dict");
/// The level that costs least for its size on messages of 2 kB.
const LEVEL: i32 = 1;
/// No message comes near, nor one with what it said before its edits: what claims to be larger is damaged.
const MAX_MESSAGE_BYTES: usize = 64 * 1024 * 1024;

static ENCODING: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(DICTIONARY_V2, LEVEL));
/// Reading kept messages is rare: one context of each version serves all.
static DECODER_V1: LazyLock<Decoder> = LazyLock::new(|| decoder(&DECODING_V1));
static DECODER_V2: LazyLock<Decoder> = LazyLock::new(|| decoder(&DECODING_V2));
static DECODING_V1: LazyLock<DecoderDictionary<'static>> =
    LazyLock::new(|| DecoderDictionary::copy(DICTIONARY_V1));
static DECODING_V2: LazyLock<DecoderDictionary<'static>> =
    LazyLock::new(|| DecoderDictionary::copy(DICTIONARY_V2));

/// What reads messages of one version; it can only be missing where memory is.
type Decoder = Mutex<Option<Decompressor<'static>>>;

fn decoder(dictionary: &'static DecoderDictionary<'static>) -> Decoder {
    Mutex::new(Decompressor::with_prepared_dictionary(dictionary).ok())
}

/// Packs messages; the thread that reads them keeps one.
pub(crate) struct Packer {
    compressor: Compressor<'static>,
    json: Vec<u8>,
}

impl Packer {
    /// Fails only where memory does.
    pub(crate) fn new() -> anyhow::Result<Self> {
        let mut compressor = Compressor::with_prepared_dictionary(&ENCODING)?;
        // The version says which dictionary it is, in one byte instead of four.
        compressor.include_dictid(false)?;
        Ok(Self { compressor, json: Vec::new() })
    }

    /// Packs a message. What stands in the delivery's columns is left out.
    pub(crate) fn pack(&mut self, message: Message) -> anyhow::Result<Vec<u8>> {
        self.json.clear();
        serde_json::to_writer(&mut self.json, &bare(message)).context("write a message as JSON")?;
        let room = zstd::zstd_safe::compress_bound(self.json.len());
        let mut packed = Vec::with_capacity(1 + room);
        packed.push(VERSION);
        let mut body = Vec::with_capacity(room);
        self.compressor.compress_to_buffer(&self.json, &mut body).context("compress a message")?;
        packed.extend_from_slice(&body);
        packed.shrink_to_fit();
        Ok(packed)
    }
}

/// The JSON of a packed message: what two copies are compared by.
pub(crate) fn unpack_json(packed: &[u8]) -> anyhow::Result<Vec<u8>> {
    let (decoder, body) = match packed.split_first() {
        Some((1, body)) => (&*DECODER_V1, body),
        Some((2, body)) => (&*DECODER_V2, body),
        _ => bail!("the kept message is of an unknown format"),
    };
    let length = Decompressor::upper_bound(body).context("the kept message has no length")?;
    if length > MAX_MESSAGE_BYTES {
        bail!("the kept message is damaged");
    }
    let mut decoder = decoder.lock().unwrap_or_else(PoisonError::into_inner);
    let decoder = decoder.as_mut().context("no decoder")?;
    decoder.decompress(body, length).context("decompress a kept message")
}

/// A packed message, without what its delivery's columns say.
pub(crate) fn unpack(packed: &[u8]) -> anyhow::Result<Message> {
    serde_json::from_slice(&unpack_json(packed)?).context("read a kept message")
}

fn bare(mut message: Message) -> Message {
    if message.webhook_id.map(|id| id.0) == message.author.id.map(|id| id.0) {
        message.author.id = None;
    }
    message.id = None;
    message.channel_id = None;
    message.guild_id = None;
    message.webhook_id = None;
    message.posted_at = None;
    message.edited_at = None;
    message
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{MessageId, WebhookId};
    use crate::reading::message::{Attachment, Embed, Link, Panel};

    fn message(description: &str) -> Message {
        let embed = Embed { description: description.to_owned(), ..Embed::default() };
        Message { embeds: vec![embed], content: "hello".to_owned(), ..Message::default() }
    }

    #[test]
    fn a_message_comes_back_without_what_the_columns_say() {
        let kept = message("Order Number: A-1 ✅");
        let whole =
            Message { id: Some(MessageId(5)), webhook_id: Some(WebhookId(6)), ..kept.clone() };
        let packed = Packer::new().unwrap().pack(whole).unwrap();
        assert_eq!(unpack(&packed).unwrap(), kept);
    }

    #[test]
    fn a_typical_message_takes_a_fraction_of_its_size() {
        let text = DICTIONARY_V1.split(|&byte| byte == b'\n').nth(2).unwrap();
        let text = String::from_utf8_lossy(text).replace("90000001", "91234567");
        let message: Message = serde_json::from_str(&text).unwrap();
        let packed = Packer::new().unwrap().pack(message).unwrap();
        assert!(packed.len() * 5 < text.len(), "{} of {}", packed.len(), text.len());
    }

    #[test]
    fn what_an_earlier_version_packed_can_be_read() {
        let packed = Compressor::with_dictionary(LEVEL, DICTIONARY_V1).unwrap();
        let json = serde_json::to_vec(&message("Order Number: A-1 ✅")).unwrap();
        let packed = [&[1], { packed }.compress(&json).unwrap().as_slice()].concat();
        assert_eq!(unpack(&packed).unwrap(), message("Order Number: A-1 ✅"));
    }

    #[test]
    fn panels_and_files_come_back_and_older_messages_lack_them() {
        let mut file = Attachment { name: "orders.txt".to_owned(), ..Attachment::default() };
        file.take_in("Order Number: A-1");
        let link = Link { label: "Order".to_owned(), url: "https://a.example/1".to_owned() };
        let panel = Panel {
            colour: Some(0x0080_FF80),
            text: "Successful Checkout".to_owned(),
            pictures: vec!["https://a.example/p.jpg".to_owned()],
            links: vec![link],
        };
        let kept = Message { panels: vec![panel], attachments: vec![file], ..Message::default() };
        let packed = Packer::new().unwrap().pack(kept.clone()).unwrap();
        assert_eq!(unpack(&packed).unwrap(), kept);
        let older = br#"{"author":{"bot":true},"content":"hello","has_other_parts":true}"#;
        let older: Message = serde_json::from_slice(older).unwrap();
        assert_eq!((older.content.as_str(), older.has_other_parts), ("hello", true));
        assert!(older.panels.is_empty() && older.attachments.is_empty());
    }

    #[test]
    fn what_earlier_versions_kept_of_an_edited_message_can_be_read() {
        let older = br#"{"content":"Thanks","announced":{"content":"Order Number: A-1","edited_at":"2025-11-03T12:02:00Z"}}"#;
        let older: Message = serde_json::from_slice(older).unwrap();
        assert_eq!(older.earlier.len(), 1);
        assert_eq!(older.earlier[0].content, "Order Number: A-1");
        assert!(older.earlier[0].edited_at.is_some());
        let kept = Message { earlier: vec![older.earlier[0].clone(), message("Shipped")], ..older };
        let packed = Packer::new().unwrap().pack(kept.clone()).unwrap();
        assert_eq!(unpack(&packed).unwrap(), kept);
    }

    #[test]
    fn the_largest_message_can_be_read_again_together_with_what_it_announced() {
        use crate::reading::message::{MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS};
        let mut file = Attachment::default();
        // The letter that is longest in JSON.
        let filler = "\u{1}".repeat(15_000);
        let order = format!("Order Placed\nOrder Number: 1001\nNotes: {filler}\n\n");
        file.take_in(&order.repeat(MAX_ATTACHMENT_BYTES / order.len()));
        assert!(file.messages.as_ref().is_some_and(|messages| messages.len() > 9));
        let files = vec![file; MAX_ATTACHMENTS];
        let mut kept = Message { attachments: files, ..Message::default() };
        kept.earlier = vec![kept.clone()];
        let packed = Packer::new().unwrap().pack(kept.clone()).unwrap();
        assert!(unpack(&packed).unwrap() == kept);
    }

    #[test]
    fn damage_is_an_error_and_never_a_panic() {
        let packed = Packer::new().unwrap().pack(message(&"long ".repeat(99))).unwrap();
        for end in 0..packed.len() {
            assert!(unpack(&packed[..end]).is_err());
        }
        assert!(unpack(&[9, 1, 2, 3]).is_err());
    }
}
