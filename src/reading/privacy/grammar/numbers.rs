//! Words that say what a number is: an order's, a parcel's, a product's, or a card's.

use std::sync::LazyLock;

use regex::Regex;

use super::look::ascii;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    ascii(concat!(
        r"order|bestell|auftrag|commande|pedido|ordine|ordre|orden|bestil|zamowien|objednav|siparis|заказ|",
        r"замовлен|поръчк|tilau|rendeles|comanda|注文|订单|訂單|주문|don hang|pesanan|คำสั่งซื้อ|",
        r"track|sendung|suivi|seguimiento|rastreio|tracciamento|parcel|paket|shipment|sporing|carrier|zasilk|",
        r"追踪|お問い合わせ番号|운송장|\b(?:sku|upc|ean|gtin|tcin|dpci|asin|pid|item|style|ref|id|imei|usps|",
        r"ups|fedex|dhl)\b|reference|confirmation|transaction|invoice|receipt|purchase|product|produ[ck]t|",
        r"artikel|serial|barcode|phone|[#№]$"
    ))
});
static CARD: LazyLock<Regex> = LazyLock::new(|| {
    ascii(
        r"\b(?:card|cards|cc|visa|mastercard|amex|karte|tarjeta|cartao|karta)\b|kreditkarte|карт|カード|信用卡|카드",
    )
});
/// Whether some text speaks of an order, a parcel or a product.
pub(super) fn announces_number(text: &str) -> bool {
    NUMBER.is_match(text.trim_end_matches([' ', ':']))
}

/// Whether some text speaks of a card.
pub(super) fn announces_card(text: &str) -> bool {
    CARD.is_match(text)
}
