//! Labels in the languages that Discord is offered in, beside the ones in [`super::table`].
//!
//! Accents and strokes are folded when the table is built, so that `Numero do pedido` is found as well.

use super::field::Field as F;
use super::table::Table;
use crate::order::Detail;

/// Labels that mean what they say.
pub(crate) const STRONG: Table = &[
    (F::Detail(Detail::TrackingNumber), "رقم التتبع, מספר מעקב"),
    (F::Detail(Detail::Profile), "الملف الشخصي, פרופיל"),
    (F::Detail(Detail::Email), "البريد الإلكتروني, אימייל"),
    (F::Size, "المقاس, מידה"),
    (F::Status, "الحالة, حالة الطلب, סטטוס, סטטוס הזמנה"),
    (F::Store, "المتجر, متجر, חנות"),
    (F::Quantity, "الكمية, كمية, כמות"),
    (F::Total, "الإجمالي, المجموع, المبلغ الإجمالي, סהכ, סה״כ, סכום כולל"),
    (F::Price, "السعر, سعر, מחיר"),
    (F::Product, "المنتج, اسم المنتج, منتج, السلعة, מוצר, שם המוצר, שם מוצר, פריט"),
    (F::OrderNumber, "رقم الطلب, الطلب, رقم الطلبية, معرف الطلب, מספר הזמנה, מספר ההזמנה, הזמנה"),
    (
        F::OrderNumber,
        "ordrenummer, ordre, ordre nr, ordre-id, bestillingsnummer, bestilling, bestell-nr, \
         bestellnr, bestell-id, bestellung, auftrag, auftragsnr, auftrags-nr, bestell nr, nº de \
         pedido, no. de pedido, num pedido, id de pedido, id del pedido, número de orden, nº de \
         orden, orden, id de orden, número de compra, orden de compra, número del pedido, n° de \
         commande, commande n°, n° commande, numéro commande, id de commande, identifiant de \
         commande, broj narudžbe, narudžba, broj narudžbine, id narudžbe, br narudžbe, br. \
         narudžbe, numero d'ordine, numero dell'ordine, n ordine, n. ordine, ordine, id ordine, \
         n° ordine, numero di ordine, užsakymo numeris, užsakymas, užsakymo nr, užsakymo id, \
         rendelésszám, rendelési szám, rendelés száma, rendelés, rendelésazonosító, rendelés \
         azonosító, megrendelés száma, megrendelésszám, megrendelés, bestelling, ordernummer, \
         bestel-id, bestelnr, order nr, numer zamówienia, nr zamówienia, zamówienie, id \
         zamówienia, zamówienie nr, número do pedido, nº do pedido, id do pedido, código do \
         pedido, número da encomenda, encomenda, número da compra, nº da encomenda, pedido nº, \
         numero pedido, nº pedido, număr comandă, numărul comenzii, nr comandă, comandă, id \
         comandă, nr. comandă, comanda, număr de comandă, tilausnumero, tilaus, tilauksen \
         numero, tilaustunnus, tilausnro, beställningsnummer, beställning, order-id, ordernr, \
         beställnings-id, mã đơn hàng, số đơn hàng, đơn hàng, mã đơn, mã đặt hàng, số đơn, \
         sipariş numarası, sipariş no, sipariş, sipariş kodu, sipariş id, číslo objednávky, \
         objednávka, č. objednávky, č objednávky, id objednávky, αριθμός παραγγελίας, \
         παραγγελία, κωδικός παραγγελίας, αρ. παραγγελίας, αρ παραγγελίας, номер на поръчка, \
         номер на поръчката, поръчка, поръчка №, id на поръчка, номер заказа, заказ, № заказа, \
         заказ №, id заказа, код заказа, номер замовлення, замовлення, № замовлення, замовлення \
         №, код замовлення, id замовлення, ऑर्डर नंबर, ऑर्डर संख्या, ऑर्डर आईडी, ऑर्डर, ऑर्डर \
         क्रमांक, หมายเลขคำสั่งซื้อ, เลขที่คำสั่งซื้อ, คำสั่งซื้อ, เลขคำสั่งซื้อ, \
         รหัสคำสั่งซื้อ, หมายเลขออเดอร์, เลขที่ใบสั่งซื้อ, หมายเลขสั่งซื้อ, 订单编号, 订单, 订单号码, \
         订单id, 訂單編號, 訂單, 訂單號碼, 訂單id, ご注文番号, 注文, 注文id, オーダー番号, 受注番号, 注文no, 주문 번호, 주문, 주문 id, 오더 \
         번호, nomor pesanan, no pesanan, no. pesanan, pesanan, id pesanan, nomor order, kode \
         pesanan, no order",
    ),
    (
        F::Product,
        "vare, varenavn, produktnavn, produktname, artikelname, artikelbezeichnung, ware, \
         artículo, nombre del producto, article, nom du produit, proizvod, artikl, naziv \
         proizvoda, stavka, articolo, nome prodotto, nome del prodotto, produktas, prekė, \
         prekės pavadinimas, produkto pavadinimas, termék, terméknév, termék neve, productnaam, \
         nazwa produktu, artykuł, przedmiot, towar, produto, artigo, nome do produto, produs, \
         nume produs, articol, tuote, tuotteen nimi, tuotenimi, vara, produktnamn, sản phẩm, \
         tên sản phẩm, mặt hàng, ürün, ürün adı, zboží, položka, název produktu, název zboží, \
         προϊόν, είδος, όνομα προϊόντος, продукт, име на продукта, стока, товар, название \
         товара, наименование, наименование товара, назва товару, найменування, उत्पाद, \
         प्रोडक्ट, वस्तु, उत्पाद का नाम, สินค้า, ชื่อสินค้า, รายการสินค้า, ผลิตภัณฑ์, 产品, 商品名称, \
         产品名称, 產品, 商品名稱, 產品名稱, 製品, 製品名, 品名, 상품, 상품명, 제품, 제품명, produk, nama produk, barang, nama \
         barang",
    ),
    (
        F::Price,
        "pris, stykpris, enhedspris, einzelpreis, stückpreis, precio unitario, precio por \
         unidad, prix unitaire, cijena, jedinična cijena, prezzo unitario, kaina, vieneto \
         kaina, ár, egységár, stukprijs, prijs per stuk, enhetspris, stykkpris, cena, cena \
         jednostkowa, cena za sztukę, preço, preço unitário, valor unitário, preț, preț unitar, \
         hinta, yksikköhinta, kappalehinta, styckpris, á-pris, giá, đơn giá, giá tiền, fiyat, \
         birim fiyat, birim fiyatı, jednotková cena, cena za kus, τιμή, τιμή μονάδας, цена, \
         единична цена, стоимость, цена за единицу, цена за штуку, ціна, вартість, ціна за \
         одиницю, कीमत, मूल्य, दाम, इकाई मूल्य, ราคา, ราคาต่อหน่วย, ราคาต่อชิ้น, 单价, 售价, 價格, \
         單價, 售價, 単価, 値段, 販売価格, 가격, 단가, 판매가, harga, harga satuan",
    ),
    (
        F::Total,
        "i alt, totalpris, samlet pris, samlet beløb, ordretotal, gesamtpreis, gesamtbetrag, \
         endsumme, rechnungsbetrag, precio total, importe total, total del pedido, monto total, \
         total pagado, prix total, montant total, total de la commande, total payé, ukupno, \
         ukupna cijena, ukupan iznos, sveukupno, totale, totale ordine, prezzo totale, importo \
         totale, totale pagato, totale dell'ordine, iš viso, viso, bendra suma, bendra kaina, \
         összesen, végösszeg, teljes összeg, teljes ár, totaalprijs, totaalbedrag, totale \
         prijs, totalt, totalsum, totalbeløp, suma, razem, łącznie, do zapłaty, łączna kwota, \
         cena całkowita, wartość zamówienia, suma zamówienia, łączna cena, preço total, valor \
         total, total do pedido, total pago, total da encomenda, total comandă, preț total, \
         suma totală, total de plată, yhteensä, summa, loppusumma, kokonaishinta, \
         kokonaissumma, totalbelopp, att betala, tổng, tổng cộng, tổng tiền, thành tiền, tổng \
         giá, tổng thanh toán, toplam, toplam tutar, genel toplam, toplam fiyat, sipariş \
         toplamı, celkem, celková cena, cena celkem, celková částka, částka celkem, σύνολο, \
         συνολικό ποσό, γενικό σύνολο, συνολική τιμή, общо, обща сума, крайна сума, обща цена, \
         итого, сумма, общая сумма, всего, сумма заказа, итоговая сумма, к оплате, общая \
         стоимость, разом, всього, усього, сума, загальна сума, сума замовлення, до сплати, \
         कुल, कुल योग, कुल राशि, कुल मूल्य, कुल कीमत, รวม, ยอดรวม, ราคารวม, รวมทั้งหมด, \
         ยอดรวมทั้งหมด, ยอดชำระ, ทั้งหมด, 合计, 总价, 总金额, 订单总额, 实付, 实付款, 实付金额, 应付金额, 總計, 總價, 總金額, \
         訂單總額, 應付金額, 實付金額, 合計金額, 総額, 総計, お支払い金額, 支払い金額, 合計額, ご請求額, 注文合計, 합계, 총액, 총 금액, 총합, 결제 \
         금액, 총 결제 금액, 주문 금액, 총계, total harga, total pembayaran, jumlah total, total bayar, \
         total pesanan",
    ),
    (
        F::Quantity,
        "antal, mængde, stückzahl, stück, unidades, cant, qté, quantité commandée, količina, \
         kol, qtà, q.tà, pezzi, kiekis, mennyiség, darabszám, darab, db, hoeveelheid, stuks, \
         antall, mengde, ilość, liczba, sztuk, liczba sztuk, szt, quantidade, qtd, qtde, \
         cantitate, bucăți, buc, määrä, kpl, lukumäärä, kappalemäärä, kvantitet, số lượng, sl, \
         adet, miktar, množství, počet, kusů, ks, počet kusů, ποσότητα, τεμάχια, количество, \
         брой, бр, кол-во, штук, шт, кількість, к-сть, मात्रा, संख्या, จำนวน, ปริมาณ, 件数, 數量, \
         件數, 個数, 点数, 수량, 개수, jumlah, kuantitas, banyaknya",
    ),
    (
        F::Detail(Detail::Email),
        "e-mailadresse, mailadresse, correo electrónico, dirección de correo, dirección de \
         correo electrónico, courriel, adresse e-mail, adresse mail, adresse email, adresse \
         électronique, e-pošta, email adresa, indirizzo email, indirizzo e-mail, posta \
         elettronica, el. paštas, el paštas, elektroninis paštas, e-mail-cím, e-mail cím, email \
         cím, e-mailadres, mailadres, e-post, epost, e-postadresse, e-postadress, mejl, adres \
         e-mail, adres email, endereço de e-mail, correio eletrónico, endereço de email, adresă \
         de e-mail, adresa de email, sähköposti, sähköpostiosoite, thư điện tử, địa chỉ email, \
         e-posta, eposta, e-posta adresi, e-mailová adresa, ηλεκτρονικό ταχυδρομείο, διεύθυνση \
         email, имейл, имейл адрес, е-поща, эл. почта, электронная почта, почта, емейл, имэйл, \
         адрес электронной почты, електронна пошта, пошта, ел. пошта, е-пошта, імейл, ईमेल, \
         ई-मेल, ईमेल पता, อีเมล, อีเมล์, 电子邮件, 电子邮箱, 邮件, 邮箱地址, 信箱, 電子郵件, 電子信箱, 郵件, メール, \
         メールアドレス, eメール, 電子メール, 이메일, 이메일 주소, 전자우편, 메일, surel, alamat email",
    ),
    (
        F::Detail(Detail::Profile),
        "profilname, perfil, profilo, profilis, profiel, profiili, hồ sơ, προφίλ, профил, \
         профиль, профіль, प्रोफ़ाइल, प्रोफाइल, โปรไฟล์, 配置, 配置文件, 設定檔, プロフィール, プロファイル, 프로필",
    ),
    (
        F::Store,
        "butik, forhandler, webshop, geschäft, laden, comercio, sitio, vendedor, magasin, \
         marchand, enseigne, trgovina, dućan, web trgovina, sito, venditore, rivenditore, \
         parduotuvė, svetainė, áruház, üzlet, webáruház, webwinkel, butikk, nettbutikk, sklep, \
         sprzedawca, loja, lojista, magazin, comerciant, kauppa, verkkokauppa, myymälä, \
         webbutik, återförsäljare, cửa hàng, trang web, mağaza, satıcı, obchod, e-shop, \
         prodejce, κατάστημα, ιστότοπος, έμπορος, магазин, сайт, търговец, продавец, продавець, \
         दुकान, स्टोर, विक्रेता, साइट, ร้านค้า, ร้าน, เว็บไซต์, 商店, 店铺, 网站, 站点, 商家, 店家, 網站, 賣場, \
         店舗, ストア, ショップ, サイト, 販売店, 상점, 스토어, 매장, 판매처, 쇼핑몰, 사이트, toko, situs, penjual",
    ),
    (
        F::Status,
        "ordrestatus, bestellstatus, auftragsstatus, estado, estado del pedido, estatus, \
         statut, statut de la commande, état, état de la commande, status narudžbe, stanje, \
         stato, stato ordine, stato dell'ordine, būsena, užsakymo būsena, statusas, állapot, \
         státusz, rendelés állapota, bestelstatus, status zamówienia, stan zamówienia, status \
         do pedido, situação, estado da encomenda, estado do pedido, starea comenzii, status \
         comandă, tila, tilauksen tila, orderstatus, trạng thái, trạng thái đơn hàng, tình \
         trạng, durum, sipariş durumu, stav, stav objednávky, κατάσταση, κατάσταση παραγγελίας, \
         статус, състояние, статус на поръчката, статус заказа, состояние, статус замовлення, \
         стан, स्थिति, ऑर्डर की स्थिति, स्टेटस, ऑर्डर स्थिति, สถานะ, สถานะคำสั่งซื้อ, 状态, 订单状态, \
         狀態, 訂單狀態, 状態, ステータス, 注文状況, 状況, 注文ステータス, 상태, 주문 상태, status pesanan",
    ),
    (
        F::Detail(Detail::TrackingNumber),
        "sporingsnummer, sporing, forsendelsesnummer, trackingnummer, sendungsverfolgung, \
         paketnummer, sendungsverfolgungsnummer, trackingcode, sendungs-nr, sendungsnr, número \
         de seguimiento, nº de seguimiento, seguimiento, código de seguimiento, número de \
         rastreo, rastreo, numéro de suivi, n° de suivi, suivi, code de suivi, numéro de colis, \
         broj za praćenje, praćenje, kod za praćenje, broj pošiljke, numero di tracciamento, \
         tracciamento, codice di tracciamento, numero di spedizione, codice tracking, numero di \
         tracking, siuntos numeris, sekimo numeris, sekimas, nyomkövetési szám, követési szám, \
         csomagszám, nyomkövetés, csomagkövetés, volgnummer, track & trace, zendingsnummer, \
         track and trace, sendingsnummer, numer przesyłki, numer śledzenia, nr przesyłki, \
         śledzenie, numer paczki, nr śledzenia, list przewozowy, código de rastreio, rastreio, \
         número de rastreio, código de rastreamento, rastreamento, número de rastreamento, \
         număr de urmărire, urmărire, awb, număr awb, cod de urmărire, seurantanumero, \
         seurantakoodi, seuranta, lähetystunnus, spårningsnummer, kollinummer, spårning, \
         sändningsnummer, mã vận đơn, mã theo dõi, số theo dõi, theo dõi, takip numarası, takip \
         no, kargo takip numarası, kargo takip no, kargo numarası, sledovací číslo, číslo \
         zásilky, sledování, číslo sledování, αριθμός παρακολούθησης, κωδικός αποστολής, \
         αριθμός αποστολής, номер за проследяване, товарителница, номер на пратка, \
         проследяване, трек-номер, номер отслеживания, трек номер, трек, номер отправления, код \
         отслеживания, номер відстеження, ттн, номер ттн, номер посилки, ट्रैकिंग नंबर, \
         ट्रैकिंग, ट्रैकिंग संख्या, หมายเลขติดตาม, หมายเลขพัสดุ, เลขพัสดุ, เลขติดตาม, \
         เลขติดตามพัสดุ, หมายเลขติดตามพัสดุ, 追踪号, 快递单号, 物流单号, 运单号, 跟踪号, 追踪号码, 追蹤號碼, 物流單號, 追蹤編號, \
         貨運單號, 託運單號, 包裹追蹤號碼, 追跡番号, お問い合わせ番号, 伝票番号, 送り状番号, トラッキング番号, 配送番号, 운송장 번호, 송장 번호, 추적 번호, \
         배송 번호, nomor resi, no resi, no. resi, nomor pelacakan, pelacakan",
    ),
    (
        F::Size,
        "størrelse, tamaño, pointure, veličina, misura, dydis, méret, rozmiar, tamanho, mărime, \
         koko, storlek, kích cỡ, kích thước, beden, ebat, velikost, μέγεθος, размер, розмір, \
         आकार, साइज़, साइज, ขนาด, ไซส์, ไซซ์, 尺寸, 大小, 尺碼, 사이즈, 크기, ukuran",
    ),
    (
        F::Detail(Detail::PaymentMethod),
        "zahlungsmethode, mode de paiement, moyen de paiement, método de pago, forma de pago, \
         metodo di pagamento, betaalmethode, método de pagamento, forma de pagamento, metoda \
         płatności, sposób płatności, betalningsmetod, betalingsmåde, betalingsmetode, \
         maksutapa, ödeme yöntemi, způsob platby, fizetési mód, metodă de plată, način \
         plaćanja, mokėjimo būdas, τρόπος πληρωμής, начин на плащане, способ оплаты, спосіб \
         оплати, भुगतान विधि, วิธีการชำระเงิน, วิธีชำระเงิน, 支払い方法, お支払い方法, 支付方式, 付款方式, 결제 수단, \
         결제 방법, metode pembayaran, phương thức thanh toán",
    ),
    (
        F::Detail(Detail::ShippingAddress),
        "dirección de envío, dirección de entrega, adresse de livraison, indirizzo di \
         spedizione, indirizzo di consegna, verzendadres, bezorgadres, afleveradres, endereço \
         de entrega, endereço de envio, adres dostawy, adres wysyłki, leveringsadresse, \
         leveransadress, toimitusosoite, teslimat adresi, doručovací adresa, dodací adresa, \
         szállítási cím, adresa de livrare, adresă de livrare, adresa dostave, adresa za \
         dostavu, pristatymo adresas, lieferanschrift, versandadresse, διεύθυνση αποστολής, \
         διεύθυνση παράδοσης, адрес за доставка, адрес доставки, адреса доставки, डिलीवरी पता, \
         ที่อยู่จัดส่ง, 配送先, お届け先, 配送先住所, 收货地址, 收件地址, 收貨地址, 배송지, 배송 주소, 배송지 주소, alamat \
         pengiriman, địa chỉ giao hàng",
    ),
    (
        F::Detail(Detail::CustomerName),
        "kunde, kundenname, kundens navn, empfänger, nom du client, destinataire, cliente, \
         nombre del cliente, destinatario, nome do cliente, nome cliente, destinatário, klant, \
         klantnaam, klient, imię i nazwisko, odbiorca, kupujący, ügyfél, müşteri, alıcı, \
         zákazník, příjemce, kund, kundens namn, kundenavn, asiakas, kupac, kupec, klientas, \
         gavėjas, numele clientului, pelanggan, penerima, pembeli, khách hàng, người nhận, \
         πελάτης, παραλήπτης, клиент, получател, покупатель, получатель, фио, клієнт, покупець, \
         отримувач, ग्राहक, ग्राहक का नाम, ชื่อลูกค้า, ผู้รับ, ลูกค้า, 收件人, 收货人, 收貨人, 客户, 客戶, \
         お客様名, 氏名, お名前, 宛名, 고객명, 받는 사람, 받는 분, 구매자, 수령인",
    ),
    (
        F::Ignored,
        "sous-total, subtotale, tussentotaal, subtotaal, delsumma, delsum, mezisoučet, \
         részösszeg, ara toplam, tarpinė suma, međuzbroj, välisumma, suma częściowa, подытог, \
         промежуточный итог, проміжна сума, междинна сума, μερικό σύνολο, 小計, 小计, 소계, \
         ยอดรวมย่อย, उप-योग, tạm tính, versandkosten, frais de livraison, frais de port, \
         livraison, gastos de envío, envío, frete, spese di spedizione, spedizione, \
         verzendkosten, verzending, koszt dostawy, dostawa, wysyłka, fragt, frakt, \
         toimituskulut, kargo, kargo ücreti, poštovné, doprava, szállítás, szállítási költség, \
         livrare, dostava, pristatymas, μεταφορικά, доставка, стоимость доставки, вартість \
         доставки, 送料, 配送料, 运费, 運費, 배송비, ongkir, ongkos kirim, phí vận chuyển, ค่าจัดส่ง, \
         शिपिंग, mwst, ust, tva, iva, btw, moms, vat, kdv, dph, áfa, pdv, pvm, alv, ндс, пдв, \
         ддс, фпа, φπα, 消費税, 税金, 税, 稅, 세금, pajak, thuế, ภาษี, कर, podatek, imposto, impostos, \
         impuestos, rabatt, remise, descuento, sconto, korting, rabat, desconto, indirim, \
         sleva, kedvezmény, скидка, знижка, отстъпка, 割引, 折扣, 할인, diskon, giảm giá, ส่วนลด, छूट",
    ),
];

/// Labels that count only where no strong one has a value.
pub(crate) const WEAK: Table = &[(
    F::Price,
    "betrag, importe, monto, montant, importo, bedrag, kwota, valor, beløb, beløp, belopp, \
         összeg, částka, iznos, tutar, ποσό, 金额, 金額, 금액, จำนวนเงิน, राशि, số tiền",
)];
