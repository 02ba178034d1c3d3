//! Links that ask for something: `[Cancel Order](https://…)`, `Track shipment: https://…`.

use crate::reading::sections::phrases::index::outcomes_by;
use crate::reading::sections::phrases::words::words;
use crate::reading::sections::store::shops::is_shop;
use crate::reading::text::plain;

/// What a link asks for that begins with it.
const VERBS: &str = "cancel track view see show manage check open click request start get";
/// The same, where what follows is not what became of it: `[Return item]`, not `[Return received]`.
const NOUNS: &str = "return returns refund refunds cancellation stornierung キャンセル 注文キャンセル 取消 \
    订单取消 訂單取消 取消订单 取消訂單 취소 주문 ยกเลิกคำสั่งซื้อ";

/// What may follow both on a button: `[Track your package here]`, but `[Track Jacket]` is a product.
const OBJECTS: &str = "order orders preorder shipment shipments package packages parcel delivery item items product \
    products purchase purchases checkout status tracking track number info information detail details receipt invoice \
    confirmation history email page pages site website browser link url app image photo listing stock price label form \
    cart account profile dashboard portal center centre help support policy policies options instructions request \
    cancel cancellation return returns refund refunds view manage see open check click get start show \
    ups usps fedex dhl discord refract here now more full all live online again instantly your my our the a an this it \
    its on at in to of for from with by via and or";

/// Whether a line is a link, or holds one, and begins with what a press would do. Among headings it says nothing then.
pub(in crate::reading) fn is_button(line: &str) -> bool {
    text_of_button(line).is_some()
}

/// Whether it says nothing but that, so that it is no product's name.
pub(in crate::reading) fn is_nothing_but_button(line: &str) -> bool {
    let Some(text) = text_of_button(line) else { return false };
    let is_object =
        |word: &str| is_in(OBJECTS, word) || word.bytes().all(|byte| byte.is_ascii_digit());
    let others: Vec<&str> = text.split(' ').skip(1).filter(|word| !is_object(word)).collect();
    others.is_empty() || is_shop(&others.concat())
}

/// The words of a line that begins with what a press would do.
fn text_of_button(line: &str) -> Option<String> {
    let shown = plain(line);
    let (text, address) = shown.text.split_once("http").unwrap_or((&shown.text, ""));
    if shown.link.is_none() && !address.contains("://") {
        return None;
    }
    let text = words(text);
    let (first, rest) = text.split_once(' ').unwrap_or((&text, ""));
    let became = |word| outcomes_by(word).next().is_some();
    let begins = is_in(VERBS, first) || (is_in(NOUNS, first) && !rest.split(' ').any(became));
    begins.then_some(text)
}

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
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
