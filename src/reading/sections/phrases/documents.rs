//! What papers about an order are called, in the languages that Discord is offered in: no product's name.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::words::words;
use crate::reading::sections::store::shops::is_shop;

/// Whole titles, without `your` in front of them.
const TITLES: &str = "receipt, receipts, e receipt, ereceipt, digital receipt, email receipt, order receipt, \
    purchase receipt, payment receipt, sales receipt, checkout receipt, invoice, invoices, e invoice, \
    order invoice, sales invoice, tax invoice, bill, order summary, purchase summary, checkout summary, \
    payment summary, cart summary, order details, order detail, order information, order info, \
    order overview, order breakdown, purchase details, purchase information, purchase info, \
    checkout details, checkout information, checkout info, payment details, payment information, \
    transaction details, transaction summary, transaction receipt, item details, item summary, \
    product details, product information, gift card purchased, gift card ordered, gift card sent, \
    gift card applied, gift card used, gift card redeemed, gift card details, \
    rechnung, beleg, kaufbeleg, quittung, kassenbon, kassenzettel, bestellübersicht, bestelldetails, \
    bestellinformationen, bestellzusammenfassung, auftragsdetails, \
    facture, reçu, ticket de caisse, récapitulatif de commande, récapitulatif de la commande, \
    résumé de la commande, résumé de commande, détails de la commande, détail de la commande, \
    détails de commande, \
    recibo, factura, resumen del pedido, resumen de pedido, resumen de compra, resumen de la compra, \
    detalles del pedido, detalle del pedido, detalles de la compra, información del pedido, boleta, \
    fatura, nota fiscal, resumo do pedido, resumo da compra, detalhes do pedido, detalhes da compra, \
    detalhes da encomenda, resumo da encomenda, \
    ricevuta, fattura, scontrino, riepilogo ordine, riepilogo dell'ordine, dettagli ordine, \
    dettagli dell'ordine, dettaglio ordine, \
    bon, kassabon, factuur, bestellingsoverzicht, besteloverzicht, overzicht van je bestelling, \
    besteldetails, bestelgegevens, \
    paragon, faktura, rachunek, podsumowanie zamówienia, szczegóły zamówienia, \
    kvitto, orderdetaljer, ordersammanfattning, orderöversikt, beställningsdetaljer, \
    kvittering, ordredetaljer, ordreoversigt, ordreoversikt, ordresammendrag, \
    kuitti, lasku, tilauksen tiedot, tilauksen yhteenveto, \
    účtenka, souhrn objednávky, shrnutí objednávky, detail objednávky, detaily objednávky, \
    nyugta, számla, rendelés részletei, rendelés összegzése, rendelés összesítő, \
    chitanță, factură, bon fiscal, sumarul comenzii, detaliile comenzii, detalii comandă, \
    račun, detalji narudžbe, pregled narudžbe, \
    kvitas, sąskaita, sąskaita faktūra, užsakymo informacija, užsakymo santrauka, \
    makbuz, fiş, fatura detayı, sipariş özeti, sipariş detayları, sipariş detayı, \
    απόδειξη, τιμολόγιο, σύνοψη παραγγελίας, λεπτομέρειες παραγγελίας, στοιχεία παραγγελίας, \
    касова бележка, разписка, детайли на поръчката, обобщение на поръчката, \
    чек, квитанция, счёт, детали заказа, информация о заказе, сводка заказа, состав заказа, \
    квитанція, рахунок, деталі замовлення, підсумок замовлення, \
    रसीद, चालान, ऑर्डर विवरण, ऑर्डर सारांश, \
    ใบเสร็จ, ใบเสร็จรับเงิน, ใบแจ้งหนี้, รายละเอียดคำสั่งซื้อ, สรุปคำสั่งซื้อ, \
    hóa đơn, biên lai, chi tiết đơn hàng, tóm tắt đơn hàng, thông tin đơn hàng, \
    struk, kuitansi, nota, tagihan, rincian pesanan, detail pesanan, ringkasan pesanan, \
    收据, 发票, 小票, 订单详情, 订单摘要, 订单明细, 订单信息, 收據, 發票, 訂單詳情, 訂單明細, 訂單摘要, \
    領収書, 請求書, レシート, 注文内容, ご注文内容, 注文詳細, ご注文詳細, 注文概要, 注文明細, \
    영수증, 송장, 주문 내역, 주문 상세, 주문 정보, 주문 요약, \
    إيصال, فاتورة, تفاصيل الطلب, ملخص الطلب, קבלה, חשבונית, פרטי הזמנה, פרטי ההזמנה, סיכום הזמנה";

/// Lines below a title that are looked at.
const MAX_LINES: usize = 50;

/// Words in front of a title.
const IN_FRONT: &str = "your my the new ihre deine votre tu su il tuo la uw je din";

static ALL: LazyLock<HashSet<String>> = LazyLock::new(|| TITLES.split(", ").map(words).collect());

/// Whether a title says nothing but what the paper is called, with a number or a shop beside it that a bar or a dash
/// parts from it: `Your Receipt`, `Invoice #1234`, `Order Details | Target`.
pub(in crate::reading) fn names_document(plain: &str) -> bool {
    let parts = plain.split(['|', '｜', '•', '·', ':']).flat_map(|part| part.split(" - "));
    let parts: Vec<&str> = parts.flat_map(|part| part.split(" – ")).map(str::trim).collect();
    let is_beside = |part: &&str| !part.contains(char::is_alphabetic) || is_shop(part);
    parts.iter().any(|part| is_title(part))
        && parts.iter().all(|part| is_title(part) || is_beside(part))
}

/// What a paper is called that asks for money until it is paid.
const BILLS: &str = "invoice invoices rechnung facture factura fattura fatura factuur faktura";

/// What it asks with, without accents.
const ASKS: [&str; 24] = [
    "please pay",
    "payment due",
    "amount due",
    "balance due",
    "pay now",
    "pay within",
    "pay before",
    "unpaid",
    "overdue",
    "past due",
    "awaiting payment",
    "payment pending",
    "pending payment",
    "not paid",
    "bitte uberweisen",
    "bitte zahlen",
    "zahlbar bis",
    "fallig",
    "a payer avant",
    "impayee",
    "pendiente de pago",
    "pago pendiente",
    "in attesa di pagamento",
    "nieoplacona",
];

/// Whether a title names such a paper, and it or a line below it asks for the money.
pub(in crate::reading) fn asks_to_pay<'t>(
    title: &str,
    lines: impl Iterator<Item = &'t str>,
) -> bool {
    let title = words(title);
    let is_bill = title.split(' ').any(|word| BILLS.split(' ').any(|bill| bill == word));
    let asks = |text: String| {
        let text = format!(" {text} ");
        // `Balance due: $0.00`.
        let is_nothing = text.contains('0') && !text.contains(|digit| ('1'..='9').contains(&digit));
        !is_nothing && ASKS.iter().any(|phrase| text.contains(&format!(" {phrase} ")))
    };
    is_bill && (asks(title) || lines.take(MAX_LINES).map(words).any(asks))
}

fn is_title(part: &str) -> bool {
    let text = words(part);
    let bare = text.trim_end_matches(|mark: char| mark.is_ascii_digit()).trim_end();
    let rest = bare.split_once(' ').filter(|(first, _)| IN_FRONT.split(' ').any(|it| it == *first));
    ALL.contains(bare) || rest.is_some_and(|(_, rest)| ALL.contains(rest))
}

#[cfg(test)]
mod tests {
    use super::names_document;

    #[test]
    fn papers_are_told_from_products() {
        for title in [
            "Receipt",
            "🧾 Your Receipt",
            "Invoice #1234",
            "Order Summary",
            "Order Details | Target",
            "Target - Order Details",
            "Gift Card Purchased",
            "Ihre Rechnung",
            "Détails de la commande",
            "Szczegóły zamówienia",
            "ご注文内容",
            "订单详情",
        ] {
            assert!(names_document(title), "{title}");
        }
        for title in [
            "Receipt Printer",
            "Invoice Book, 50 sheets",
            "Gift Card",
            "Thermal Receipt Paper",
            "Bill & Ted",
            "Paragon: The Overprime",
            "Bill - A Memoir",
            "Receipt: Vintage Board Game",
            "Example Lamp",
            "",
        ] {
            assert!(!names_document(title), "{title}");
        }
    }
}
