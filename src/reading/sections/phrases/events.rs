//! What happens to an order after it was placed: the words for it, which say something together with what became of
//! it, as in `Delivery confirmed` and `Confirmation of return`. In the languages that Discord is offered in.

use crate::reading::sections::phrases::sense::{Event, Sense as S};

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It happened.
    Done,
    /// It was allowed, which settles money and nothing else.
    Granted,
    /// It is told of.
    Told,
    /// It is to come.
    Open,
    /// It did not happen.
    Denied,
}

/// The words for events.
pub(crate) const PHRASES: &[(S, &str)] = &[
    (
        S::Event(Event::Delivery),
        "delivery, deliveries, pickup, pick up, store pickup, drop off, lieferung, zustellung, \
         auslieferung, abholung, entrega, recogida, retirada, levantamento, livraison, retrait, \
         consegna, ritiro, dostawa, dostawy, doręczenie, doręczenia, odbiór, odbioru, levering, \
         bezorging, afhaling, leverans, leveransen, upphämtning, avhämtning, afhentning, henting, \
         toimitus, toimituksen, nouto, noudon, doručení, dodání, vyzvednutí, kézbesítés, \
         szállítás, kiszállítás, átvétel, livrare, livrarea, livrării, ridicare, dostava, dostave, \
         isporuka, preuzimanje, pristatymas, pristatymo, atsiėmimas, atsiėmimo, teslimat, teslim \
         alma, παράδοση, παράδοσης, παραλαβή, доставка, доставката, доставки, самовывоз, \
         самовивіз, डिलीवरी, pengantaran, giao hàng, lấy hàng",
    ),
    (
        S::Event(Event::Shipping),
        "shipping, shipment, shipments, dispatch, despatch, versand, versendung, envío, despacho, \
         expédition, d'expédition, l'expédition, envoi, d'envoi, spedizione, invio, wysyłka, wysyłki, \
         verzending, frakt, försändelse, forsendelse, afsendelse, sending, lähetys, lähetyksen, \
         odeslání, expedice, feladás, expediere, expedierea, expedierii, slanje, otprema, \
         išsiuntimas, išsiuntimo, kargo, gönderim, αποστολή, αποστολής, изпращане, отправка, \
         отправки, отгрузка, відправка, відправлення, शिपिंग, pengiriman, vận chuyển, gửi hàng",
    ),
    (
        S::Event(Event::Return),
        "return, returns, rücksendung, retoure, rückgabe, devolución, devolução, retour, reso, \
         restituzione, zwrot, zwrotu, retourzending, retournering, retur, returen, returnering, \
         palautus, palautuksen, vrácení, visszaküldés, returul, returului, povrat, povrata, \
         grąžinimas, grąžinimo, επιστροφή, επιστροφής, връщане, возврат, возврата, повернення, वापसी, \
         pengembalian, trả hàng",
    ),
    (
        S::Event(Event::Refund),
        "refund, refunds, erstattung, rückerstattung, rückzahlung, reembolso, estorno, \
         remboursement, rimborso, zwrot środków, zwrotu środków, refundacja, terugbetaling, \
         återbetalning, refundering, tilbagebetaling, refusjon, tilbakebetaling, hyvitys, hyvityksen, \
         vrácení peněz, refundace, visszatérítés, rambursare, rambursarea, povrat novca, pinigų \
         grąžinimas, iade, para iadesi, επιστροφή χρημάτων, възстановяване на сума, возврат \
         средств, возврат денег, повернення коштів, रिफंड, pengembalian dana, hoàn tiền",
    ),
    (
        S::Event(Event::Change),
        "price adjustment, price adjustments, price match, price protection, price correction, \
         address change, preisanpassung, ajuste de precio, ajuste \
         de preço, ajustement de prix, ajustement du prix, adeguamento prezzo, adeguamento del \
         prezzo, korekta ceny, prijsaanpassing, prisjustering, hinnantarkistus, úprava ceny, \
         árkorrekció, ajustare de preț, korekcija cijene, kainos koregavimas, fiyat düzeltmesi, \
         προσαρμογή τιμής, корекция на цената, корректировка цены, коригування ціни, penyesuaian \
         harga, điều chỉnh giá",
    ),
    (
        S::Event(Event::Matter),
        "exchange, adjustment, replacement, substitution, umtausch, ersatzlieferung, échange, \
         remplacement, cambio, reemplazo, troca, sostituzione, wymiana, omruiling, vervanging, byte, \
         ombytning, vaihto, výměna, csere, schimb, zamjena, keitimas, değişim, αλλαγή, замяна, замена, \
         обмен, заміна, обмін, penukaran, đổi hàng",
    ),
    (
        S::Event(Event::Cancellation),
        "cancellation, cancelation, cancel, stornierung, annulation, cancelación, cancelamento, annullamento, cancellazione, anulowanie, anulowania, \
         annulering, avbeställning, annullering, kansellering, peruutus, zrušení, lemondás, anulare, \
         anularea, otkazivanje, atšaukimas, iptal, ακύρωση, анулиране, отмена, отмены, скасування, \
         pembatalan, hủy đơn",
    ),
    (
        S::Status("delayed"),
        "verzögert, verspätet, lieferverzögerung, retardée, retardé, retard de livraison, retrasado, \
         retrasada, atrasado, atrasada, in ritardo, vertraagd, opóźnione, opóźniona, opóźniony, \
         försenad, forsinket, viivästynyt, viivästyy, zpožděno, zpožděna, késik, întârziată, \
         întârziat, kasni, vėluoja, gecikti, καθυστερεί, забавена, задерживается, задержан, \
         затримується, देरी, tertunda, bị chậm",
    ),
    (
        S::Status("on hold"),
        "zurückgestellt, retenido, retida, retenue, in sospeso, wstrzymane, wstrzymano, pozastavena, \
         pozastaveno, beklemede, приостановлен, призупинено",
    ),
    (
        S::Status("delivered"),
        "zustellbestätigung, lieferbestätigung, abholbestätigung, leverbevestiging, bezorgbevestiging, \
         leveransbekräftelse, leveringsbekræftelse, leveringsbekreftelse, toimitusvahvistus",
    ),
    (
        S::Status("shipped"),
        "versandbestätigung, versandmitteilung, versandbenachrichtigung, verzendbevestiging, \
         fraktbekräftelse, leveransavisering, forsendelsesbekræftelse, forsendelsesbekreftelse, \
         lähetysvahvistus, szállítási értesítés",
    ),
    (
        S::Status("returned"),
        "retourniert, retourné, retournée, devuelto, devuelta, retourenbestätigung, rücksendebestätigung, rückgabebestätigung, retourbevestiging, \
         returbekräftelse, returbekræftelse, returbekreftelse, palautusvahvistus",
    ),
    (
        S::Status("refunded"),
        "erstattungsbestätigung, restitution, återbetalningsbekräftelse, hyvitysvahvistus",
    ),
    (
        S::Change,
        "bestellupdate, bestellung aktualisiert, bestellung geändert, commande mise à \
         jour, commande modifiée, pedido actualizado, pedido modificado, pedido atualizado, ordine \
         aggiornato, ordine modificato, bestelling bijgewerkt, bestelling gewijzigd, zamówienie \
         zaktualizowane, zmiana zamówienia, beställning uppdaterad, ordre opdateret, ordre oppdatert, \
         tilaus päivitetty, заказ обновлен, заказ изменен, замовлення оновлено, sipariş güncellendi, \
         pesanan diperbarui, cập nhật đơn hàng",
    ),
    (S::Update, "lieferupdate"),
];

/// The words for what became of them.
pub(crate) const OUTCOMES: &[(Outcome, &str)] = &[
    (
        Outcome::Done,
        "confirmed, confirmation, successful, success, succeeded, successfully, complete, completed, \
         received, processed, issued, bestätigt, bestätigung, erfolgreich, erfolgreiche, \
         erfolgreicher, abgeschlossen, erfolgt, eingegangen, erhalten, confirmado, confirmada, \
         confirmación, exitoso, exitosa, éxito, completado, completada, realizado, realizada, \
         recibido, recibida, confirmação, sucedida, sucedido, concluído, concluída, sucesso, \
         recebido, recebida, confirmé, confirmée, réussi, réussie, effectué, effectuée, terminée, \
         reçu, reçue, confermato, confermata, conferma, riuscito, riuscita, completato, completata, \
         effettuato, effettuata, ricevuto, ricevuta, potwierdzony, potwierdzona, potwierdzone, \
         potwierdzenie, udany, udana, udane, zakończony, zakończona, zakończone, zrealizowana, \
         zrealizowany, przyjęty, pomyślna, bevestigd, bevestiging, geslaagd, gelukt, voltooid, \
         ontvangen, succesvol, succesvolle, bekräftad, bekräftat, bekräftelse, lyckad, lyckades, \
         genomförd, slutförd, mottagen, bekræftet, bekræftelse, gennemført, fuldført, modtaget, \
         vellykket, bekreftet, bekreftelse, fullført, mottatt, vahvistettu, vahvistus, onnistui, \
         onnistunut, vastaanotettu, potvrzeno, potvrzena, potvrzen, potvrzení, úspěšné, úspěšná, \
         úspěšný, dokončeno, dokončena, přijato, visszaigazolva, megerősítve, visszaigazolás, \
         visszaigazolása, megerősítése, sikeres, teljesítve, confirmat, confirmată, confirmare, \
         confirmarea, reușit, reușită, finalizat, finalizată, potvrđen, potvrđena, potvrđeno, \
         potvrda, uspješan, uspješna, uspješno, patvirtintas, patvirtinta, patvirtinimas, \
         sėkmingas, gautas, onaylandı, onayı, başarılı, tamamlandı, επιβεβαιώθηκε, επιβεβαίωση, \
         επιτυχής, ολοκληρώθηκε, потвърден, потвърдена, потвърдено, потвърждение, успешна, успешно, \
         успешен, подтвержден, подтверждена, подтверждено, подтверждение, успешный, успешная, \
         завершен, завершена, получен, підтверджено, підтверджена, підтвердження, успішна, успішно, \
         успішне, завершена, завершено, सफल, पुष्टि, कन्फर्म, dikonfirmasi, konfirmasi, berhasil, \
         selesai, diterima, thành công, xác nhận, hoàn tất",
    ),
    (
        Outcome::Granted,
        "approved, accepted, request approved, request accepted, request granted, authorized, authorised, genehmigt, akzeptiert, aprobado, aprobada, \
         aceptado, aceptada, aprovado, aprovada, accepté, acceptée, approvato, approvata, accettato, \
         goedgekeurd, godkänd, godkendt, godkjent, hyväksytty, schválen, одобрен, схвалено",
    ),
    (
        Outcome::Told,
        "notice, notification, notifications, alert, detected, update, updated, updates, advice, information, \
         status, mitteilung, benachrichtigung, aktualisierung, hinweis, notification, avis, jour, \
         notificación, aviso, actualización, notificação, atualização, notifica, avviso, \
         aggiornamento, melding, bericht, powiadomienie, aktualizacja, informacja, avisering, \
         meddelande, uppdatering, besked, opdatering, varsel, oppdatering, ilmoitus, päivitys, \
         oznámení, aktualizace, értesítés, frissítés, notificare, actualizare, obavijest, ažuriranje, \
         pranešimas, atnaujinimas, bildirimi, güncellemesi, ειδοποίηση, ενημέρωση, известие, \
         актуализация, уведомление, обновление, сповіщення, оновлення, सूचना, अपडेट, notifikasi, \
         pemberitahuan, pembaruan, thông báo, cập nhật",
    ),
    (
        Outcome::Open,
        "scheduled, rescheduled, requested, request, warning, risk, at risk, likely, possible, started, initiated, created, change, changed, \
         pending, attempt, attempted, exception, issue, estimate, estimated, window, planned, \
         expected, reminder, reserved, in progress, geplant, angekündigt, beantragt, gestartet, angemeldet, \
         geändert, prévue, planifiée, programmée, demandé, demandée, programada, solicitada, \
         solicitado, agendada, prevista, richiesto, richiesta, programmata, gepland, aangevraagd, \
         aangemeld, zaplanowana, zgłoszony, planerad, begärd, planlagt, anmodet, запланирована, \
         запрошен, запланована",
    ),
    (
        Outcome::Denied,
        "denied, declined, rejected, refused, failed, attempt failed, request failed, request denied, \
         request declined, request rejected, unsuccessful, not possible, cancelled, canceled, expired, delayed, delay, \
         abgelehnt, storniert, fehlgeschlagen, verzögert, refusé, refusée, annulé, annulée, \
         rechazado, rechazada, cancelado, cancelada, recusado, recusada, negado, negada, rifiutato, \
         annullato, geweigerd, afgewezen, geannuleerd, odrzucony, odrzucona, anulowany, nekad, afvist, \
         avvist, hylätty, zamítnuto, отклонен, відхилено",
    ),
];

/// Words that may stand between an event and its outcome.
pub(crate) const FILLERS: &str = "of for your my the a an order orders package parcel item items request \
    label payment status date time is was has been have now to on der die das des dein deine \
    deiner ihr ihre ihrer wurde ist sind bestellung paket zur zum fur de d du la le les des votre vos \
    commande colis ete est mise en a del su tu pedido ha sido fue foi con com bem do da seu sua di della \
    dell ordine e van je uw av din er zamowienia twojego zostal zostala zostalo заказа вашего на \
    е была был було була замовлення siparis siparisiniz don hang da duoc pesanan anda की का objednavky";

/// The same in scripts that put no spaces between words.
pub(crate) const WITHOUT_SPACES: &[(S, &str)] = &[
    (
        S::Status("shipped"),
        "发货通知, 发货确认, 发货成功, 發貨通知, 發貨確認, 出貨通知, 出貨確認, 出货通知, 寄出通知, 発送通知, 発送確認, 発送のお知らせ, 出荷通知, 出荷のお知らせ, \
         出荷確認, 발송 알림, 발송 확인, 출고 알림, 출고 완료, แจ้งการจัดส่ง, ยืนยันการจัดส่ง",
    ),
    (
        S::Status("delivered"),
        "送达通知, 送达确认, 签收通知, 签收成功, 送達通知, 簽收通知, 取货成功, 取貨成功, 配達確認, 配達のお知らせ, お届け完了, 受け取り完了, 배송 확인, 배달 확인, \
         수령 완료, 픽업 완료, ยืนยันการส่งมอบ, รับสินค้าแล้ว",
    ),
    (
        S::Status("returned"),
        "退货成功, 退货确认, 退货完成, 退貨成功, 退貨確認, 退貨完成, 返品完了, 返品確認, 返品が完了, 반품 완료, 반품 확인, 반품 성공, คืนสินค้าสำเร็จ, \
         ยืนยันการคืนสินค้า",
    ),
    (
        S::Status("refunded"),
        "退款确认, 退款通知, 退款確認, 返金確認, 返金のお知らせ, 환불 확인, 환불 안내, ยืนยันการคืนเงิน",
    ),
    (
        S::Status("delayed"),
        "发货延迟, 延迟发货, 配送延迟, 出貨延遲, 延遲出貨, 発送遅延, 配送遅延, 発送が遅れ, 배송 지연, 발송 지연, จัดส่งล่าช้า",
    ),
    (
        S::Status("cancelled"),
        "取消确认, 取消成功, 取消通知, 取消確認, キャンセル確認, キャンセルのお知らせ, 취소 확인, ยืนยันการยกเลิก",
    ),
    (S::Status("on hold"), "订单暂停, 訂單暫停, 保留中, 注文保留, 주문 보류, 보류 중, ระงับคำสั่งซื้อ"),
    (
        S::Change,
        "价格调整, 價格調整, 価格調整, 가격 조정, ปรับราคา, 订单更新, 訂單更新, 注文更新, 注文内容の変更, 주문 업데이트, 주문 변경, \
         อัปเดตคำสั่งซื้อ",
    ),
    (
        S::Update,
        "物流更新, 配送更新, 配送状況, 배송 업데이트, 배송 예정, อัปเดตการจัดส่ง, 退货申请, 退貨申請, 返品受付, 반품 신청",
    ),
];
