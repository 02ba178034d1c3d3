use crate::reading::sections::heading::Senses;

/// What a heading says became of an order: its status, `update` where it names none, else nothing.
fn said(heading: &str) -> &'static str {
    let senses = Senses::of(heading);
    assert!(!senses.failure, "{heading}: {senses:?}");
    let update = if senses.update { "update" } else { "" };
    if senses.succeeds() { "success" } else { senses.status.unwrap_or(update) }
}

#[test]
fn what_became_of_an_order() {
    for (expected, headings) in [
        (
            "delivered",
            "Delivery confirmed; Delivery Confirmation; Delivery successful; Successful Delivery; \
             Delivery complete; Confirmation of delivery; Delivery of your order confirmed; \
             Your delivery has been completed; Pickup confirmed; Pick-up Confirmation; \
             Successful pickup; Package arrived; Delivery confirmed | Target; Target - Delivery \
             confirmed; ✅ DELIVERY CONFIRMED",
        ),
        (
            "shipped",
            "Shipping confirmed; Shipping Confirmation; Shipment confirmed; Shipment notification; \
             Dispatch confirmed; Dispatch Confirmation; Despatch notice; Shipping notice; \
             Shipping Update; Confirmation of shipment; Your shipment is confirmed; Order Shipped",
        ),
        (
            "returned",
            "Return confirmed; Return Confirmation; Successful Return; Return successful; Return \
             completed; Return received; Return processed; Return order confirmed; \
             Return for order 102003050000000 received; Received your return; Confirmation of \
             your return",
        ),
        (
            "refunded",
            "Refund confirmed; Refund Confirmation; Successful Refund; Refund issued; Refund \
             approved; Refund completed",
        ),
        (
            "update",
            "Delivery update; Delivery scheduled; Delivery rescheduled; Delivery notification; \
             Delivery date changed; Delivery attempted; Pickup scheduled; Pickup reminder; Return \
             requested; Return started; Return approved; Return label created; Return update; \
             Return declined; Return cancelled; Refund requested; Refund denied; Price adjustment \
             confirmed; Price adjustment; Price Adjustment Confirmation; Price match approved; \
             Price match denied; Successful price adjustment; Exchange confirmed; Order updated; \
             Order modified; Update on your order; Delivery confirmed for Monday; Arriving today",
        ),
        (
            "delayed",
            "Order delayed; Shipment delayed; Delivery delay; Shipping delay; Order backordered; \
             Order on backorder; Backorder notice; Delay notice; Delayed delivery",
        ),
        ("on hold", "Order on hold; Order held; Your order is on hold; Order under review"),
        ("processing", "Ready for pickup; Pickup ready; Ready to collect"),
        ("cancelled", "Shipment cancelled; Delivery canceled; Pickup cancelled"),
    ] {
        for heading in headings.split("; ") {
            assert_eq!(said(heading), expected, "{heading}");
        }
    }
}

#[test]
fn what_became_of_an_order_in_other_languages() {
    for (expected, headings) in [
        (
            "delivered",
            "Lieferung bestätigt; Zustellung erfolgreich; Erfolgreiche Lieferung; \
             Lieferbestätigung; Entrega confirmada; Confirmación de entrega; Entrega exitosa; \
             Confirmação de entrega; Entrega bem-sucedida; Livraison confirmée; Confirmation de \
             livraison; Livraison réussie; Consegna confermata; Conferma di consegna; Dostawa \
             potwierdzona; Potwierdzenie dostawy; Levering bevestigd; Bezorging geslaagd; Leverans \
             bekräftad; Levering bekræftet; Levering bekreftet; Toimitus vahvistettu; Doručení \
             potvrzeno; Potvrzení doručení; Sikeres kézbesítés; Livrare confirmată; Confirmarea \
             livrării; Dostava potvrđena; Pristatymas patvirtintas; Teslimat onaylandı; Επιβεβαίωση \
             παράδοσης; Доставка подтверждена; Подтверждение доставки; Доставката е потвърдена; \
             Доставка підтверджена; डिलीवरी सफल; Pengantaran dikonfirmasi; Giao hàng thành công; \
             签收通知; 簽收通知; 配達確認; 배달 확인; ยืนยันการส่งมอบ",
        ),
        (
            "shipped",
            "Versand bestätigt; Versandbestätigung; Versandmitteilung; Envío confirmado; \
             Confirmación de envío; Confirmação de envio; Expédition confirmée; Confirmation \
             d'expédition; Avis d’expédition; Spedizione confermata; Conferma di spedizione; \
             Potwierdzenie wysyłki; Verzendbevestiging; Verzending bevestigd; Fraktbekräftelse; \
             Forsendelse bekræftet; Lähetysvahvistus; Odeslání potvrzeno; Confirmarea expedierii; \
             Αποστολή επιβεβαιώθηκε; Отправка подтверждена; Відправлення підтверджено; Kargo \
             bildirimi; Konfirmasi pengiriman; 发货通知; 出貨通知; 発送のお知らせ; 발송 알림; \
             แจ้งการจัดส่ง",
        ),
        (
            "returned",
            "Rücksendung bestätigt; Retoure eingegangen; Devolución confirmada; Devolução \
             confirmada; Retour confirmé; Confirmation de retour; Reso confermato; Zwrot przyjęty; \
             Retour bevestigd; Retur bekräftad; Retur bekræftet; Palautus vahvistettu; Vrácení \
             potvrzeno; Retur confirmat; Возврат подтвержден; Повернення підтверджено; Trả hàng \
             thành công; 退货成功; 退貨確認; 返品完了; 반품 완료",
        ),
        (
            "delayed",
            "Bestellung verzögert; Commande retardée; Pedido retrasado; 발송 지연; 配送遅延",
        ),
        (
            "update",
            "Preisanpassung bestätigt; Ajuste de precio confirmado; Mise à jour de \
             livraison; Lieferung geplant; 价格调整成功; 退货申请; Корректировка цены подтверждена",
        ),
    ] {
        for heading in headings.split("; ") {
            assert_eq!(said(heading), expected, "{heading}");
        }
    }
}

#[test]
fn purchases_stay_purchases() {
    for heading in [
        "Successful Checkout",
        "Successful Checkout | Target",
        "Order confirmed",
        "Order Confirmation",
        "Order placed",
        "Order confirmed for pickup",
        "Order confirmed for delivery",
        "Pickup order confirmed",
        "Successful Pickup Checkout",
        "Successful Delivery Order",
        "Delivery order placed",
        "Order received - shipping soon",
        "Order Placed - Delivery scheduled",
        "Order Confirmed: Return of the Jedi",
        "Order Confirmed - Return of the Jedi",
        "Order Confirmed Return of the Jedi",
        "Successful Checkout: Shipping Box",
        "Successful Checkout - Special Delivery",
        "Purchase complete",
        "Payment successful",
        "New order",
        "Preorder placed",
        "Bestellung bestätigt",
        "Commande confirmée",
        "Pedido confirmado",
        "订单已确认",
    ] {
        let senses = Senses::of(heading);
        assert!(senses.succeeds() && !senses.cancels(), "{heading}: {senses:?}");
    }
}

#[test]
fn names_of_products_say_nothing() {
    for name in [
        "Shipping Box",
        "Return of the Jedi",
        "The Return of the King: Complete Edition",
        "Special Delivery Plush",
        "Harry Potter: The Complete Collection",
        "Pickup Truck Updated Edition",
        "Price Guide 2026",
        "Return to Monkey Island",
        "Dispatch",
    ] {
        assert!(!Senses::of(name).any(), "{name}: {:?}", Senses::of(name));
    }
}
