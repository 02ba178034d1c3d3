//! What a label says of what is below it: a secret, an order's number, a product's name.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::look::{Look, Place, ascii};
use super::super::numbers::{
    announces_card, is_number_field, is_product, names_number, names_product, own_field,
};
use super::super::skeleton::Skeleton;
use super::phrases::{Kind, labels};
use crate::order::Detail;
use crate::reading::labels::Labels;
use crate::reading::labels::field::Field;

/// Longer names of fields are no labels.
const MAX_LABEL_BYTES: usize = 400;

static OTHER_PLACES: LazyLock<[(Place, Regex); 3]> = LazyLock::new(|| {
    [
        (Place::Proxy, ascii(r"prox(?:y|ies)|прокси|代理")),
        (
            Place::Account,
            ascii(
                r"\b(?:account|login|log in|user|username|konto|compte|cuenta|conta|e-?mail|mail|customer)\b",
            ),
        ),
        (
            Place::Name,
            ascii(
                r"^(?:product|item|name|title|produkt|product|artikel|produit|producto|prodotto|produto|商品|商品名|cart|items|products)(?: name| title)?(?: ?[(#]?[0-9]{1,2}\)?)?$",
            ),
        ),
    ]
});

/// The labels that nearly all messages have, so that each need not be looked at again.
static COMMON: LazyLock<HashMap<&'static str, Place>> = LazyLock::new(|| {
    const NAMES: &str = "Product|Price|Total|Quantity|Site|Store|Order Number|Order #|Order ID|Order|Email|Profile|\
        Profile Name|Account|Proxy|Proxy List|Proxy Details|Checkout Proxy|Share Link|Size|SKU|Status|Mode|Module|\
        Reason|Item|Title|Date|Time|Tracking Number|Product (1)|Product (2)|Price (1)|Price (2)|Quantity (1)|\
        Quantity (2)|Retailer|Website|Checkout Speed|Checkout Time|Discount %|Original Price|Fraud Status|Payment|\
        Payment Method|Commission|Reference #|Shipping Address|Customer Name|Notes|Task ID|Region";
    let labels = Labels::built_in();
    NAMES.split('|').map(|name| (name, look_up(name, &labels))).collect()
});

/// What the name of a field says of its value.
pub(in crate::reading::privacy) fn place_of(name: &str, labels: &Labels) -> Place {
    if name.len() > MAX_LABEL_BYTES || name.is_empty() {
        return Place::Anywhere;
    }
    if let Some(place) = own_field(labels, name).and_then(place_of_field) {
        return place;
    }
    COMMON.get(name).copied().unwrap_or_else(|| look_up(name, labels))
}

/// Whether the name of a field is one of those that hold no secret themselves.
pub(in crate::reading::privacy) fn is_common(name: &str) -> bool {
    COMMON.contains_key(name)
}

/// What the user said of a label goes before what it looks like.
fn place_of_field(field: Field) -> Option<Place> {
    match field {
        _ if is_number_field(field) => Some(Place::Number),
        _ if is_product(field) => Some(Place::Name),
        Field::Detail(Detail::Email) => Some(Place::Account),
        Field::Detail(Detail::ProxyList) | Field::CheckoutProxy => Some(Place::Proxy),
        _ => None,
    }
}

fn look_up(name: &str, known: &Labels) -> Place {
    let skeleton = Skeleton::of(name);
    let text = skeleton.text.trim_matches(|mark: char| !mark.is_alphanumeric() && mark != '#');
    // `Card Security Code` is more than a card.
    let cards = labels(text).filter(|(_, kind)| *kind == Kind::Card);
    let mut all = labels(text).filter(|(_, kind)| *kind != Kind::Card).chain(cards);
    let secret = all.find_map(|(part, kind)| secret_of(text, &part, kind));
    if let Some(place) = secret {
        return place;
    }
    let is_product = names_product(known, name)
        || OTHER_PLACES.iter().any(|(place, words)| *place == Place::Name && words.is_match(text));
    if is_product {
        return Place::Name;
    }
    let place = Place::Anywhere;
    if names_number(Look {
        raw: name,
        skeleton: &skeleton,
        text: &skeleton.text,
        place,
        labels: known,
    }) {
        return Place::Number;
    }
    let places = OTHER_PLACES.iter();
    places
        .filter(|(_, words)| words.is_match(text))
        .map(|(place, _)| *place)
        .next()
        .unwrap_or(Place::Anywhere)
}

fn secret_of(text: &str, part: &Range<usize>, kind: Kind) -> Option<Place> {
    let before = text.get(..part.start)?.trim_matches(|mark: char| !mark.is_alphanumeric());
    let after = text.get(part.end..)?.trim_matches(|mark: char| !mark.is_alphanumeric());
    let alone = before.is_empty() && after.is_empty();
    let ends = after.is_empty()
        || ["code", "codes", "number", "value", "no", "header", "string", "id"].contains(&after);
    let word = text.get(part.clone())?.trim_matches('_');
    match kind {
        Kind::Card => Some(Place::Card),
        Kind::Digits => ends.then_some(Place::Digits),
        Kind::Expiry => (alone || announces_card(text)).then_some(Place::Expiry),
        Kind::Plain => {
            (alone || (ends && word == "pin") || (ends && word == "auth")).then_some(Place::Secret)
        }
        Kind::Field if word == "share" => alone.then_some(Place::Secret),
        Kind::Field if word == "key" || word == "keys" => ends.then_some(Place::Secret),
        Kind::Opaque if word.starts_with("session") => ends.then_some(Place::Secret),
        Kind::Field | Kind::Code | Kind::List | Kind::Password | Kind::Opaque => {
            Some(Place::Secret)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_field_says_what_is_below_it() {
        for (names, place) in [
            (
                "Password|**🔑 Account Password:**|𝗣𝗮𝘀𝘀𝘄𝗼𝗿𝗱|Ｐａｓｓｗｏｒｄ|userPassword|Passwort|Contraseña|Hasło|\
                 Пароль|密码|CVV|CVC2|Security Code|Cookie|Set-Cookie|Session|Session ID|sessionid|Auth Token|\
                 authToken|access_token|X-Api-Key|OTP|2FA Code|Verification Code|Passcode|PIN|Card PIN|\
                 Recovery Codes|Seed Phrase|Security Answer|Maiden Name|Share Link|Webhook URL|Bot Token|Client Secret|Key|Share|JWT",
                Place::Secret,
            ),
            ("Verification|TAN|2-Step Verification", Place::Digits),
            ("Order Payment|Order Paid|Order Notes", Place::Anywhere),
            ("Expiration|Expiry Date|Card Exp|Valid Thru", Place::Expiry),
            ("Card|Card Number|Gift Card|Kreditkarte|Visa", Place::Card),
            (
                "Order Number|Order #|Tracking Number|Bestellnummer|Номер заказа|注文番号|SKU|Transaction ID|\
                 Reference|Confirmation Code|Item ID",
                Place::Number,
            ),
            ("Product|Item|Product (2)", Place::Name),
            ("Proxy|Checkout Proxy|Proxies", Place::Proxy),
            ("Account|Email|Login", Place::Account),
            (
                "Price|Size|Keywords|Promo Code|Store|Profile|Mode|Author|Season Pass",
                Place::Anywhere,
            ),
        ] {
            for name in names.split('|') {
                assert_eq!(place_of(name.trim(), &Labels::built_in()), place, "{name}");
            }
        }
    }
}
