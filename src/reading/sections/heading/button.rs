//! Links that ask for something: `[Cancel Order](https://…)`, `Track shipment: https://…`.

use crate::reading::sections::phrases::index::outcomes_by;
use crate::reading::sections::phrases::words::words;
use crate::reading::text::plain;

/// What a link asks for that begins with it.
const VERBS: &str = "cancel track view see show manage check open click request start get";
/// The same, where what follows is not what became of it: `[Return item]`, not `[Return received]`.
const NOUNS: &str = "return returns refund refunds cancellation stornierung キャンセル 注文キャンセル 取消 \
    订单取消 訂單取消 取消订单 取消訂單 취소 주문 ยกเลิกคำสั่งซื้อ";

/// Whether a line is a link, or holds one, and begins with what a press would do.
pub(in crate::reading) fn is_button(line: &str) -> bool {
    let shown = plain(line);
    let (text, address) = shown.text.split_once("http").unwrap_or((&shown.text, ""));
    if shown.link.is_none() && !address.contains("://") {
        return false;
    }
    let text = words(text);
    let mut words = text.split(' ');
    let first = words.next().unwrap_or_default();
    let is_in = |list: &str| list.split(' ').any(|known| known == first);
    let became = |word| outcomes_by(word).next().is_some();
    is_in(VERBS) || (is_in(NOUNS) && !words.any(became))
}

#[cfg(test)]
mod tests {
    use super::is_button;

    #[test]
    fn what_a_link_asks_for() {
        for line in [
            "[Cancel](https://x.example)",
            "Refund: https://x.example",
            "❌ [Cancel](http://x.example)",
        ] {
            assert!(is_button(line), "{line}");
        }
        for line in [
            "Cancel",
            "[Return received](https://x.example)",
            "[Order Cancelled](https://x.example)",
            "[Alpha Box](https://x.example)",
        ] {
            assert!(!is_button(line), "{line}");
        }
    }
}
