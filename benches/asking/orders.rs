//! Checkouts as a busy group of resellers makes them in two years: made up, and different enough that
//! neither compression nor an index has it easier than in life.

use chrono::{DateTime, SecondsFormat, Utc};
use refract_ledger::ids::{ChannelId, GuildId, MessageId};
use refract_ledger::reading::Message;
use refract_ledger::verdict::{Incoming, Via};
use serde_json::{Value, json};

pub(crate) const GUILD: GuildId = GuildId(1_290_000_000_000_000_001);
const CHANNEL: ChannelId = ChannelId(1_290_000_000_000_000_100);
const WEBHOOK: &str = "1290000000000000777";
/// Milliseconds from the epoch to Discord's.
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// A name, its share in a thousand, and how its numbers begin.
const STORES: [(&str, u64, &str); 10] = [
    ("Best Buy US", 280, "BBY01-80"),
    ("Target", 240, "10200"),
    ("Walmart US", 150, "20001"),
    ("Pokemon Center US", 90, "P00"),
    ("Amazon US", 80, "112-"),
    ("Costco US", 50, "126"),
    ("Best Buy CA", 40, "BBYCA-"),
    ("Topps US", 30, "US-"),
    ("GameStop US", 25, "13100"),
    ("Nike SNKRS US", 15, "C011"),
];

const MAKERS: [&str; 16] = [
    "Pokémon Trading Card Game:",
    "Topps Chrome",
    "Panini Prizm",
    "Magic: The Gathering",
    "One Piece Card Game",
    "NVIDIA GeForce",
    "Sony PlayStation",
    "Microsoft Xbox",
    "Nintendo Switch",
    "LEGO Icons",
    "Hot Wheels",
    "Air Jordan",
    "Bowman Draft",
    "Disney Lorcana",
    "Apple AirPods",
    "Samsung Odyssey",
];
const LINES: [&str; 24] = [
    "Scarlet & Violet",
    "Prismatic Evolutions",
    "Surging Sparks",
    "Destined Rivals",
    "Update Baseball",
    "Final Fantasy",
    "Emperors in the New World",
    "RTX 5090",
    "RTX 5080",
    "Pro 2TB",
    "Series X",
    "OLED",
    "Retro High OG",
    "Rise of the Floodborn",
    "Titanium Camera",
    "Elite Four",
    "Black Bolt",
    "White Flare",
    "Journey Together",
    "Royal Blood",
    "Crown Zenith",
    "Celebrations",
    "Legends Z-A",
    "Sapphire Edition",
];
const KINDS: [&str; 14] = [
    "Elite Trainer Box",
    "Booster Bundle",
    "Ultra-Premium Collection",
    "Hobby Box",
    "Blaster Box",
    "Founders Edition",
    "Console (Digital Edition)",
    "Collector Booster Display",
    "Mega Box",
    "Poster Collection",
    "Binder Collection",
    "Sneaker (Size 10)",
    "Gaming Monitor 49\"",
    "Tin - Styles May Vary",
];
const FIRST: [&str; 20] = [
    "olivia", "liam", "emma", "noah", "ava", "mason", "sophia", "lucas", "mia", "ethan", "harper",
    "logan", "amelia", "jackson", "evelyn", "aiden", "abigail", "carter", "ella", "wyatt",
];
const LAST: [&str; 20] = [
    "demo",
    "sample",
    "example",
    "tester",
    "mock",
    "placeholder",
    "fiction",
    "nobody",
    "madeup",
    "invented",
    "pretend",
    "dummy",
    "stand",
    "proxy",
    "figure",
    "model",
    "draft",
    "trial",
    "spare",
    "blank",
];
const MAILERS: [&str; 4] = ["example.com", "example.net", "mail.example.org", "icloud.example.com"];

/// Numbers that look thrown, and are the same in every run.
fn throw(number: u64, salt: u64) -> u64 {
    let mut mixed =
        number.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ salt.wrapping_mul(0xD1B5_4A32_D192_ED03);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

fn pick<'a>(words: &[&'a str], thrown: u64) -> &'a str {
    let place = usize::try_from(thrown % words.len() as u64).unwrap_or_default();
    words.get(place).copied().unwrap_or_default()
}

/// The order number of a checkout.
pub(crate) fn order_number(number: u64) -> String {
    let (_, beginning) = store(number);
    match beginning {
        "112-" => format!("112-{:07}-{:07}", throw(number, 1) % 10_000_000, number % 10_000_000),
        "US-" => format!("US-{number:08}-S"),
        "20001" => format!("20001{:02}-{number:08}", throw(number, 1) % 100),
        _ => format!("{beginning}{:02}{number:08}", throw(number, 1) % 100),
    }
}

fn store(number: u64) -> (&'static str, &'static str) {
    let mut thrown = throw(number, 2) % 1_000;
    for (name, share, beginning) in STORES {
        if thrown < share {
            return (name, beginning);
        }
        thrown -= share;
    }
    ("Target", "10200")
}

fn product(number: u64) -> (String, u64) {
    // Few products are bought often, many now and then.
    let kind = (throw(number, 3) % 1_600).min(throw(number, 4) % 1_600);
    let (maker, line, what) =
        (pick(&MAKERS, throw(kind, 5)), pick(&LINES, throw(kind, 6)), pick(&KINDS, throw(kind, 7)));
    (format!("{maker} {line} {what}"), kind)
}

/// The message of one checkout, as the gateway brings it.
pub(crate) fn checkout(number: u64, at: DateTime<Utc>) -> Incoming {
    let (store, _) = store(number);
    let (product, kind) = product(number);
    let order = order_number(number);
    let account = throw(number, 8) % 400;
    let email = format!(
        "{}.{}{}@{}",
        pick(&FIRST, throw(account, 9)),
        pick(&LAST, throw(account, 10)),
        account,
        pick(&MAILERS, account)
    );
    let (dollars, cents) = (10 + throw(kind, 11) % 900, pick(&["99", "00", "49", "95"], kind));
    let sign = if store == "Best Buy CA" { "CA$" } else { "$" };
    let sku = 60_000_000 + kind;
    let domain = store.split(' ').next().unwrap_or_default().to_lowercase();
    let group = throw(number, 12) % 60;
    let mut fields: Vec<(&str, String)> = vec![
        ("Product", format!("[{product}](https://www.{domain}.com/p/~/-/A-{sku})")),
        ("Price", format!("{sign}{dollars}.{cents}")),
        ("Profile", format!("|| VCC {} {group} ||", pick(&["Demo", "Main", "Alt"], group))),
        (
            "Proxy Details",
            format!(
                "|| Resi {} | http://resi{}.example.net:{}/ ||",
                group % 7,
                group % 5,
                5000 + group
            ),
        ),
        ("Share Link", "[Click Here](https://share.refractbot.com/setup/ZGVtbw==)".to_owned()),
        ("Order Number", format!("|| [#{order}](https://www.{domain}.com/orders/{order}) ||")),
        ("Checkout Proxy", "\u{200b}".to_owned()),
        ("Email", format!("|| {email} ||")),
    ];
    if store == "Target" {
        fields.push(("Fraud Status", "SUCCESS".to_owned()));
    }
    if store != "Best Buy US" {
        fields.push(("Quantity", (1 + throw(number, 13) % 3).to_string()));
    }
    incoming(number, at, store, &fields, sku)
}

fn incoming(
    number: u64,
    at: DateTime<Utc>,
    store: &str,
    fields: &[(&str, String)],
    sku: u64,
) -> Incoming {
    let fields: Vec<Value> = fields
        .iter()
        .map(|(name, value)| json!({"name": name, "value": value, "inline": *name != "Product"}))
        .collect();
    let time = at.to_rfc3339_opts(SecondsFormat::Millis, true);
    // Discord gives out an id when it receives the message, a moment after the checkout.
    let posted = at.timestamp_millis() + 400 + i64::try_from(throw(number, 14) % 900).unwrap_or(0);
    let low = i64::try_from(throw(number, 15) % (1 << 22)).unwrap_or(0);
    let id = ((posted - DISCORD_EPOCH_MS) << 22) + low;
    let posted = DateTime::from_timestamp_millis(posted).unwrap_or(at);
    let json = json!({
        "id": id.to_string(), "webhook_id": WEBHOOK, "timestamp": posted.to_rfc3339(),
        "author": {"id": WEBHOOK, "username": "Refract", "bot": true},
        "embeds": [{
            "type": "rich",
            "author": {"name": format!("Successful Checkout | {store}"),
                       "icon_url": "https://cdn.prismaio.com/refract/avatar.png"},
            "color": 0x0080_FF80, "fields": fields, "timestamp": time,
            "thumbnail": {"url": format!("https://target.scene7.com/is/image/Target/GUEST_{sku:08x}-{:04x}-4a7b-9c1d-{:012x}", sku % 65_536, throw(sku, 16) % (1 << 48))},
            "footer": {"text": "Prism Technologies - 1.24.3 (0.13.143)",
                       "icon_url": "https://cdn.prismaio.com/refract/avatar.png"},
        }],
    });
    Incoming {
        message: Message::from_json(&json),
        id: MessageId(id),
        channel_id: CHANNEL,
        guild_id: GUILD,
        via: Via::Live,
        trust: Ok(()),
    }
}
