//! Headings in the languages that Discord is offered in, beside the ones in [`super::PHRASES`].

use crate::reading::sections::phrases::sense::Sense as S;

/// Phrases of languages that part their words.
pub(crate) const PHRASES: &[(S, &str)] = &[
    (S::Status("refunded"), "تم استرداد المبلغ, הכסף הוחזר"),
    (S::Status("delivered"), "تم التسليم, تم التوصيل, נמסר, נמסרה"),
    (S::Status("shipped"), "تم الشحن, تم شحن طلبك, נשלח, נשלחה"),
    (S::Status("cancelled"), "تم إلغاء الطلب, تم إلغاء طلبك, ملغي, ملغى, בוטל, בוטלה"),
    (
        S::Listed("cancelled"),
        "stornierte bestellungen, stornierungen, commandes annulées, annulations, pedidos \
         cancelados, cancelaciones, cancelamentos, ordini annullati, annullamenti, anulowane \
         zamówienia, anulacje, geannuleerde bestellingen, annuleringen, avbrutna beställningar, \
         annullerede ordrer, kansellerte ordrer, отмененные заказы, скасовані замовлення",
    ),
    (
        S::Failure,
        "مرفوض, تم رفض, فشل, فشلت, فشلت العملية, نفدت الكمية, נדחה, נדחתה, נכשל, נכשלה, \
         אזל מהמלאי",
    ),
    (
        S::Success,
        "تم تأكيد الطلب, تم تأكيد طلبك, تأكيد الطلب, تم الطلب بنجاح, تم الشراء, تم الشراء \
         بنجاح, تم الدفع بنجاح, تم استلام طلبك, طلب جديد, ההזמנה אושרה, הזמנה אושרה, \
         אישור הזמנה, ההזמנה בוצעה, ההזמנה התקבלה, הזמנה חדשה, הרכישה הושלמה, התשלום אושר",
    ),
    (
        S::Success,
        "ordre gennemført, ordre bekræftet, ordre afgivet, køb gennemført, købet er gennemført, \
         bestilling gennemført, ordrebekræftelse, betaling gennemført, ny ordre, bestellung \
         erfolgreich, bestellung aufgegeben, bestellung bestätigt, bestellbestätigung, \
         auftragsbestätigung, kauf erfolgreich, erfolgreich bestellt, erfolgreich gekauft, \
         erfolgreiche bestellung, erfolgreicher kauf, bestellung abgeschlossen, kauf \
         abgeschlossen, zahlung erfolgreich, checkout erfolgreich, erfolgreicher checkout, \
         bestellung eingegangen, neue bestellung, kauf bestätigt, bestellung platziert, \
         bestellung ist eingegangen, compra exitosa, compra realizada, pedido realizado, pedido \
         confirmado, compra confirmada, pago exitoso, pago aprobado, compra aprobada, pedido \
         completado, compra completada, confirmación de pedido, confirmación del pedido, nuevo \
         pedido, pedido exitoso, orden confirmada, orden realizada, checkout exitoso, pedido \
         recibido, pago realizado, compra finalizada, compra con éxito, commande confirmée, \
         commande passée, commande réussie, achat réussi, paiement réussi, commande validée, \
         confirmation de commande, achat confirmé, paiement accepté, nouvelle commande, \
         commande effectuée, achat effectué, paiement effectué, commande enregistrée, checkout \
         réussi, commande finalisée, commande est confirmée, narudžba uspješna, narudžba \
         potvrđena, narudžba zaprimljena, kupnja uspješna, uspješna kupnja, uspješna narudžba, \
         potvrda narudžbe, plaćanje uspješno, uspješno naručeno, nova narudžba, ordine \
         confermato, ordine effettuato, acquisto riuscito, acquisto completato, acquisto \
         effettuato, pagamento riuscito, pagamento effettuato, conferma ordine, conferma \
         dell'ordine, ordine completato, ordine ricevuto, nuovo ordine, ordine riuscito, \
         checkout riuscito, acquisto confermato, pagamento approvato, acquisto avvenuto con \
         successo, užsakymas pateiktas, užsakymas patvirtintas, užsakymas sėkmingas, sėkmingas \
         užsakymas, pirkimas sėkmingas, sėkmingas pirkimas, užsakymo patvirtinimas, užsakymas \
         gautas, apmokėjimas sėkmingas, naujas užsakymas, sikeres rendelés, sikeres vásárlás, \
         rendelés leadva, rendelés visszaigazolva, rendelés megerősítve, rendelés \
         visszaigazolása, sikeres fizetés, új rendelés, a rendelés sikeres, bestelling \
         geplaatst, bestelling bevestigd, aankoop geslaagd, bestelling geslaagd, succesvolle \
         bestelling, succesvol besteld, betaling geslaagd, bestelbevestiging, orderbevestiging, \
         bestelling ontvangen, nieuwe bestelling, aankoop voltooid, bestelling voltooid, \
         succesvolle aankoop, bestelling is geplaatst, ordre bekreftet, bestilling fullført, \
         ordre fullført, kjøp fullført, vellykket kjøp, ordrebekreftelse, bestilling bekreftet, \
         betaling fullført, vellykket bestilling, ordre mottatt, ny bestilling, ordre plassert, \
         zamówienie złożone, zamówienie potwierdzone, zakup udany, udany zakup, zamówienie \
         przyjęte, potwierdzenie zamówienia, płatność udana, pomyślny zakup, zakup pomyślny, \
         zakup zrealizowany, nowe zamówienie, zamówienie zrealizowane, zamówienie udane, \
         złożono zamówienie, płatność przyjęta, pomyślnie zamówiono, pomyślnie zakupiono, zakup \
         zakończony sukcesem, płatność zakończona sukcesem, zamówienie zostało złożone, \
         zamówienie zostało przyjęte, compra aprovada, compra concluída, pedido aprovado, \
         pedido concluído, pagamento aprovado, pagamento confirmado, compra efetuada, compra \
         bem-sucedida, compra com sucesso, pedido feito, novo pedido, confirmação do pedido, \
         encomenda confirmada, encomenda realizada, checkout aprovado, compra feita, pedido \
         efetuado, pedido recebido, checkout bem-sucedido, compra realizada com sucesso, \
         comandă plasată, comandă confirmată, comandă reușită, achiziție reușită, cumpărare \
         reușită, plată reușită, confirmare comandă, confirmarea comenzii, comandă nouă, \
         comandă finalizată, comanda a fost plasată, comandă înregistrată, tilaus vahvistettu, \
         tilaus tehty, osto onnistui, tilaus onnistui, onnistunut tilaus, onnistunut osto, \
         tilausvahvistus, maksu onnistui, uusi tilaus, tilaus vastaanotettu, beställning \
         bekräftad, order bekräftad, köp genomfört, köp slutfört, orderbekräftelse, lyckat köp, \
         lyckad beställning, betalning genomförd, beställning genomförd, beställning slutförd, \
         ny beställning, order lagd, beställning lagd, order mottagen, köpet lyckades, đặt hàng \
         thành công, mua hàng thành công, thanh toán thành công, đơn hàng đã được xác nhận, xác \
         nhận đơn hàng, đơn hàng mới, đã đặt hàng, đơn hàng thành công, sipariş alındı, sipariş \
         onaylandı, sipariş verildi, sipariş başarılı, başarılı sipariş, satın alma başarılı, \
         ödeme başarılı, sipariş tamamlandı, sipariş onayı, siparişiniz alındı, siparişiniz \
         onaylandı, yeni sipariş, satın alma tamamlandı, başarılı satın alma, başarıyla satın \
         alındı, sipariş oluşturuldu, objednávka potvrzena, objednávka přijata, objednávka \
         dokončena, úspěšná objednávka, úspěšný nákup, nákup úspěšný, nákup dokončen, platba \
         úspěšná, potvrzení objednávky, nová objednávka, objednávka vytvořena, objednávka \
         úspěšná, επιτυχής παραγγελία, παραγγελία ολοκληρώθηκε, επιβεβαίωση παραγγελίας, \
         επιτυχής αγορά, επιτυχής πληρωμή, αγορά ολοκληρώθηκε, παραγγελία επιβεβαιώθηκε, νέα \
         παραγγελία, παραγγελία καταχωρήθηκε, επιτυχημένη παραγγελία, επιτυχημένη αγορά, \
         успешна поръчка, поръчката е приета, поръчката е потвърдена, успешна покупка, успешно \
         плащане, потвърждение на поръчка, нова поръчка, поръчката е направена, поръчка приета, \
         поръчка потвърдена, поръчката е успешна, заказ оформлен, заказ подтвержден, успешный \
         заказ, успешная покупка, покупка успешна, заказ успешно оформлен, оплата прошла \
         успешно, успешная оплата, подтверждение заказа, новый заказ, заказ принят, покупка \
         совершена, заказ создан, заказ размещен, успешно оформлен, заказ оплачен, замовлення \
         оформлено, замовлення підтверджено, успішне замовлення, успішна покупка, оплата \
         успішна, оплата пройшла успішно, підтвердження замовлення, нове замовлення, замовлення \
         прийнято, покупка успішна, замовлення створено, успішно оформлено, ऑर्डर सफल, ऑर्डर \
         कन्फर्म, ऑर्डर की पुष्टि, सफल खरीदारी, खरीदारी सफल, भुगतान सफल, ऑर्डर दिया गया, नया \
         ऑर्डर, सफल ऑर्डर, ऑर्डर पुष्टि, ऑर्डर हो गया, pesanan berhasil, pembelian berhasil, \
         pembayaran berhasil, pesanan dikonfirmasi, konfirmasi pesanan, pesanan baru, checkout \
         berhasil, pesanan dibuat, berhasil checkout, berhasil membeli, order berhasil",
    ),
    (
        S::BareSuccess,
        "erfolgreich, erfolg, éxito, exitoso, exitosa, succès, réussi, réussie, successo, \
         sucesso, sukces, udany, udane, успешно, успех, успішно, başarılı, sukses, berhasil, \
         úspěch, geslaagd, gelukt, lyckades, onnistui, thành công, επιτυχία, सफल, sikeres",
    ),
    (
        S::Failure,
        "nicht erfolgreich, erfolglos, gescheitert, fehler, ausverkauft, nicht verfügbar, nicht \
         bestellt, fallido, fallida, rechazado, rechazada, falló, no exitoso, no exitosa, \
         agotado, agotada, sin existencias, denegado, denegada, sin éxito, échouée, échec, \
         refusée, rupture de stock, épuisé, non réussi, non réussie, erreur, indisponible, \
         fallito, fallita, rifiutato, rifiutata, non riuscito, non riuscita, esaurito, errore, \
         negato, recusado, recusada, falhou, falha, negado, negada, esgotado, não aprovado, não \
         aprovada, não concluída, não realizada, reprovado, reprovada, erro, sem estoque, \
         rejeitado, rejeitada, nieudane, nieudany, nieudana, odrzucone, odrzucona, odrzucony, \
         błąd, niepowodzenie, wyprzedane, nie powiodło się, nie powiódł się, nie powiodła się, \
         niezrealizowane, nie złożono, mislukt, geweigerd, afgewezen, uitverkocht, niet gelukt, \
         niet geslaagd, misslyckades, nekad, nekades, avvisad, slutsåld, misslyckat, \
         misslyckad, mislykkedes, afvist, udsolgt, mislyktes, avvist, utsolgt, epäonnistui, \
         hylätty, loppuunmyyty, selhalo, selhala, zamítnuto, zamítnuta, vyprodáno, neúspěšný, \
         neúspěšná, neúspěšné, sikertelen, elutasítva, elutasított, elfogyott, eșuat, eșuată, \
         respins, respinsă, refuzat, refuzată, stoc epuizat, nereușită, neuspješno, neuspješna, \
         odbijeno, odbijena, rasprodano, nepavyko, atmesta, atmestas, išparduota, nesėkmingas, \
         thất bại, bị từ chối, hết hàng, không thành công, başarısız, reddedildi, tükendi, \
         stokta yok, απέτυχε, απορρίφθηκε, αποτυχία, εξαντλήθηκε, αποτυχημένη, неуспешна, \
         неуспешно, неуспешен, отхвърлена, изчерпан, не удалось, неудачно, неудачная, \
         неудачный, отклонен, отклонена, отклонено, нет в наличии, распродано, не прошла, не \
         прошел, сбой, не оформлен, не вдалося, невдала, невдало, відхилено, відхилена, немає в \
         наявності, розпродано, не пройшла, विफल, असफल, अस्वीकृत, gagal, ditolak, stok habis",
    ),
    (
        S::Status("cancelled"),
        "キャンセル, 取消, 취소, stornierung, cancelado, cancelada, anulado, annulé, annulée, annullato, annullata, \
         anulowane, anulowano, anulowana, geannuleerd, avbeställd, annullerad, annulleret, \
         kansellert, avbestilt, peruttu, peruutettu, zrušena, zrušeno, stornováno, törölve, \
         lemondva, anulată, anulat, otkazana, otkazano, stornirano, atšauktas, atšaukta, đã \
         hủy, bị hủy, iptal edildi, ακυρώθηκε, отменена, анулирана, отменен, отменено, \
         скасовано, скасоване, रद्द, dibatalkan",
    ),
    (
        S::Status("refunded"),
        "erstattet, rückerstattet, reembolsado, remboursé, remboursée, rimborsato, estornado, \
         zwrócono środki, zwrot środków, terugbetaald, återbetald, refunderet, refundert, \
         hyvitetty, iade edildi, возврат средств, повернення коштів",
    ),
    (
        S::Status("delivered"),
        "zugestellt, geliefert, entregado, entregada, livré, livrée, consegnato, entregue, \
         dostarczono, dostarczone, doręczono, bezorgd, geleverd, levererad, leveret, levert, \
         toimitettu, doručeno, doručena, kézbesítve, livrat, livrată, dostavljeno, pristatyta, \
         đã giao hàng, teslim edildi, παραδόθηκε, доставена, доставлен, доставлено",
    ),
    (
        S::Status("shipped"),
        "versandt, verschickt, unterwegs, enviado, enviada, expédié, expédiée, spedito, \
         spedita, wysłano, wysłane, wysłana, nadano, verzonden, skickad, skickats, afsendt, \
         sendt, lähetetty, odesláno, odeslána, feladva, elküldve, expediat, expediată, poslano, \
         poslana, išsiųsta, đang giao, kargoya verildi, gönderildi, απεστάλη, изпратена, \
         отправлен, отправлено, відправлено, dikirim",
    ),
];

/// Phrases of languages that write words in one row or add endings to them: found wherever they stand.
pub(crate) const WITHOUT_SPACES: &[(S, &str)] = &[
    (
        S::Success,
        "下单成功, 购买成功, 支付成功, 订单已确认, 订单确认, 结账成功, 付款成功, 抢购成功, 订单成功, 新订单, 已下单, 订单已提交, 下單成功, 購買成功, \
         訂單已確認, 訂單確認, 結帳成功, 訂單成立, 新訂單, 訂單成功, 訂單已成立, 注文確定, 注文が確定, 注文完了, 注文成功, 購入完了, 購入成功, 決済完了, \
         注文を受け付け, 注文を承り, ご注文ありがとう, ご購入ありがとう, 注文確認, 注文の確認, 新規注文, 購入しました, チェックアウト成功, 購入に成功, 注文に成功, 注文しました, 注文が完了, \
         購入が完了, 決済成功, 決済が完了, 주문 완료, 주문완료, 결제 완료, 결제완료, 구매 완료, 구매완료, 구매 성공, 주문 성공, 주문 확인, 주문이 \
         완료, 결제 성공, 새 주문, 주문이 접수, 주문 접수, 주문이 확인, 체크아웃 성공, 결제가 완료, สั่งซื้อสำเร็จ, \
         สั่งซื้อเรียบร้อย, ชำระเงินสำเร็จ, ยืนยันคำสั่งซื้อ, คำสั่งซื้อได้รับการยืนยัน, \
         คำสั่งซื้อสำเร็จ, คำสั่งซื้อใหม่, ซื้อสำเร็จ",
    ),
    (S::BareSuccess, "成功, 성공, สำเร็จ"),
    (
        S::Failure,
        "失败, 失敗, 被拒, 拒绝, 拒絕, 缺货, 缺貨, 售罄, 售完, 未成功, 不成功, 拒否, 在庫切れ, 売り切れ, エラー, できませんでした, 실패, 거절, \
         품절, ล้มเหลว, ไม่สำเร็จ, ถูกปฏิเสธ, สินค้าหมด",
    ),
    (
        S::Status("cancelled"),
        "已取消, 订单取消, 訂單取消, キャンセルされ, キャンセル済み, キャンセル完了, 注文キャンセル, 취소되었습니다, 취소됨, 주문 취소, 취소 완료, \
         ถูกยกเลิก, ยกเลิกคำสั่งซื้อ, ยกเลิกแล้ว",
    ),
    (
        S::Status("refunded"),
        "已退款, 退款成功, 返金されました, 返金済み, 返金完了, 환불 완료, 환불되었습니다, คืนเงินแล้ว",
    ),
    (
        S::Status("delivered"),
        "已送达, 已送達, 已签收, 已簽收, 配達完了, 配達済み, お届け済み, 배송 완료, 배달 완료, จัดส่งสำเร็จ, ได้รับสินค้าแล้ว",
    ),
    (
        S::Status("shipped"),
        "已发货, 已發貨, 已出貨, 已寄出, 発送しました, 発送済み, 発送完了, 出荷しました, 出荷済み, 배송 중, 배송 시작, 발송되었습니다, 발송 완료, \
         จัดส่งแล้ว, อยู่ระหว่างการจัดส่ง",
    ),
];

#[cfg(test)]
mod tests {
    use crate::reading::sections::heading::Senses;

    #[test]
    fn what_failed_is_no_success_in_any_language() {
        for heading in [
            "Bestellung fehlgeschlagen",
            "Kauf nicht erfolgreich",
            "Compra rechazada",
            "Pago no exitoso",
            "Paiement refusé",
            "Échec de la commande",
            "Acquisto non riuscito",
            "Compra não aprovada",
            "Pagamento recusado",
            "Zamówienie nieudane",
            "Płatność odrzucona",
            "Bestelling mislukt",
            "Köpet misslyckades",
            "Betalingen mislykkedes",
            "Tilaus epäonnistui",
            "Platba zamítnuta",
            "Sikertelen rendelés",
            "Plată respinsă",
            "Narudžba neuspješna",
            "Užsakymas nepavyko",
            "Đặt hàng không thành công",
            "Ödeme başarısız",
            "Η παραγγελία απέτυχε",
            "Неуспешна поръчка",
            "Не удалось оформить заказ",
            "Оплата не прошла",
            "Не вдалося оформити замовлення",
            "भुगतान विफल",
            "สั่งซื้อไม่สำเร็จ",
            "支付失败",
            "購買失敗",
            "注文に失敗しました",
            "결제 실패",
            "Pesanan gagal",
        ] {
            let senses = Senses::of(heading);
            assert!(senses.failure && !senses.succeeds(), "{heading}: {senses:?}");
        }
    }

    #[test]
    fn what_was_called_off_says_so_in_any_language() {
        for heading in [
            "Pedido cancelado",
            "Commande annulée",
            "Ordine annullato",
            "Zamówienie anulowane",
            "Bestelling geannuleerd",
            "Tilaus peruttu",
            "Заказ отменён",
            "Замовлення скасовано",
            "Sipariş iptal edildi",
            "订单已取消",
            "ご注文がキャンセルされました",
            "주문 취소",
            "คำสั่งซื้อถูกยกเลิก",
        ] {
            assert!(Senses::of(heading).cancels(), "{heading}");
        }
        assert!(!Senses::of("キャンセル不可").cancels());
    }

    #[test]
    fn a_heading_in_other_letters_is_the_same_heading() {
        for heading in [
            "✅ 𝗣𝗨𝗥𝗖𝗛𝗔𝗦𝗘 𝗦𝗨𝗖𝗖𝗘𝗦𝗦𝗙𝗨𝗟 ✅",
            "ꜱᴜᴄᴄᴇꜱꜱꜰᴜʟ ᴄʜᴇᴄᴋᴏᴜᴛ",
            "Ｓｕｃｃｅｓｓｆｕｌ　Ｃｈｅｃｋｏｕｔ",
            "🅢🅤🅒🅒🅔🅢🅢🅕🅤🅛 🅒🅗🅔🅒🅚🅞🅤🅣",
            "SIPARIŞ ALINDI",
            "Compra con exito",
        ] {
            assert!(Senses::of(heading).succeeds(), "{heading}");
        }
    }
}
