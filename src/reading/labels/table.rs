//! The built-in labels, in their normal form: lower case, one space, no marks.

use super::field::Field as F;
use crate::order::Detail;

/// Fields with their labels, which commas separate.
pub(crate) type Table = &'static [(F, &'static str)];

/// Labels that mean what they say.
pub(crate) const STRONG: Table = &[
    (
        F::OrderNumber,
        "order number, order #, order id, order no, order num, order, order numbers, orders, \
         retailer order number, retailer order id, retailer order #, retailer order, \
         confirmation number, confirmation id, confirmation #, confirmation code, conf #, \
         purchase id, purchase number, order confirmation number, \
         bestellnummer, auftragsnummer, numéro de commande, commande, número de pedido, \
         pedido, numero ordine, bestelnummer, 注文番号, 订单号, 訂單號",
    ),
    (
        F::Product,
        "product, product name, item, item name, products, items, product title, product(s), \
         item(s), produkt, artikel, produit, producto, prodotto, 商品, 商品名",
    ),
    (
        F::Cart,
        "cart, basket, bag, contents, cart contents, order contents, cart items, order items, \
         items ordered, ordered items, purchased items, line items, warenkorb, panier, carrito, \
         carrello, winkelwagen, carrinho, koszyk",
    ),
    (
        F::Price,
        "price, product price, unit price, item price, price each, price per unit, \
         price per item, sale price, final price, current price, your price, price paid, \
         preis, prix, precio, prezzo, prijs, 価格, 价格",
    ),
    (
        F::Total,
        "total, order total, total price, grand total, checkout total, total paid, \
         total charged, amount paid, amount charged, cart total, total amount, total cost, \
         final total, estimated total, est total, est. total, total due, amount due, total charge, \
         total incl. tax, total inc. tax, total including tax, total with tax, total after tax, \
         you paid, order amount, order value, \
         gesamt, gesamtsumme, summe, totaal, 合計, 总计",
    ),
    (F::Currency, "currency, währung"),
    (
        F::Quantity,
        "quantity, qty, total quantity, quantities, total qty, units, product quantity, \
         product qty, item quantity, item qty, order quantity, order qty, checkout quantity, \
         checkout qty, cart quantity, cart qty, quantity ordered, qty ordered, \
         quantity purchased, qty purchased, pcs, menge, anzahl, quantité, \
         cantidad, quantità, aantal, 数量",
    ),
    (
        F::Detail(Detail::Email),
        "email, e-mail, e mail, email address, account email, order email, checkout email, \
         profile email, login email, e-mail address, mail, emails, e-mail-adresse, correo, 邮箱",
    ),
    (
        F::Detail(Detail::Profile),
        "profile, profile name, billing profile, account name, checkout profile, profil, profiles",
    ),
    (
        F::Detail(Detail::ProxyList),
        "proxy, proxy details, proxy list, proxies, proxys, proxy group, proxy name, proxylist, \
         proxy pool, proxy set",
    ),
    (F::CheckoutProxy, "checkout proxy"),
    (
        F::Store,
        "site, store, retailer, website, shop, store name, site name, merchant, händler, \
         boutique, tienda, negozio, winkel",
    ),
    (F::Size, "size, sz, variant, sizes, größe, taille, talla, taglia, maat, サイズ, 尺码"),
    (
        F::Sku,
        "sku, pid, asin, style, tcin, style code, product id, product sku, item id, upc, \
         item sku, style id, item number, item #, dpci",
    ),
    (
        F::Detail(Detail::TrackingNumber),
        "tracking, tracking number, tracking #, tracking id, shipment id, tracking no, \
         tracking code, sendungsnummer",
    ),
    (F::Status, "status, order status, new status, current status, order state, final status"),
    (F::Commission, "commission, profit, est profit, estimated profit"),
    (
        F::Detail(Detail::ReferenceNumber),
        "reference, reference #, reference number, ref #, ref, reference id, reference no",
    ),
    (
        F::Detail(Detail::PaymentMethod),
        "payment, payment method, payment type, paid with, zahlungsart",
    ),
    (
        F::Detail(Detail::ShippingAddress),
        "shipping address, delivery address, ship to, lieferadresse, address, shipping to, \
         deliver to, delivering to, shipping info, shipping details",
    ),
    (
        F::Detail(Detail::ShippingMethod),
        "shipping method, delivery method, shipping type, versandart",
    ),
    (
        F::Detail(Detail::CustomerName),
        "customer name, customer, full name, buyer, recipient, recipient name, shipping name, \
         ship to name, billing name, buyer name, purchaser, contact name, cardholder, \
         cardholder name, card holder, name on card",
    ),
    (
        F::BuyerDetail,
        "billing address, street, street address, address line 1, address line 2, address 1, \
         address 2, city, zip, zip code, postal code, postcode, first name, last name, \
         account phone, phone, phone number, mobile, telephone",
    ),
    (F::Detail(Detail::Notes), "notes, note, comment, comments, notizen"),
    (F::Detail(Detail::ProductUrl), "product url, product link, item url, item link"),
    (
        F::Detail(Detail::OrderUrl),
        "order url, order link, order track url, order tracking url, order page, view order, \
         order tracking link, order status url, order details link",
    ),
    (F::Detail(Detail::ImageUrl), "image url, product image, picture"),
    (F::Date, "date, timestamp, time, date time, order date, ordered at, checkout date, ordered"),
    (
        F::Reason,
        "reason, message, payment status, checkout status, result, outcome, state, response, \
         decision, verdict, auth status, \
         bank response, card response, card status, charge status, final result, checkout state, \
         checkout result, checkout outcome, checkout response, order result, order outcome, \
         purchase status, purchase result, payment state, payment result, payment outcome, \
         payment response, transaction status, transaction state, transaction result, task status, \
         task state, task result, attempt status, attempt result",
    ),
    (
        F::FailureReason,
        "decline reason, failure reason, fraud reason, error reason, declined reason, \
         fail reason, error, error message, failure, decline code, error code, errors",
    ),
    (
        F::CancelReason,
        "cancel reason, cancellation reason, cancelation reason, canceled reason, \
         cancelled reason",
    ),
    (
        F::Ignored,
        "share link, image, fraud status, mode, module, method, task, task id, task group, id, \
         event id, checkout speed, checkout time, checkout ip, app version, version, \
         fulfillment type, delivery, start date, shipped date, ship date, delivery date, \
         estimated delivery, arrival, items in bag, \
         delivery information, discount, discount %, original price, old price, retail price, \
         list price, regular price, msrp, market price, resale price, subtotal, sub total, \
         order subtotal, items subtotal, tax, taxes, sales tax, estimated tax, shipping, \
         shipping cost, shipping price, shipping fee, fees, fee, is preorder, preorder, \
         complete payment, slot info, queued, captcha, captcha bypass, region, country, \
         password, account password, webhook, delay, user, discord, color, colour, category, \
         type, session, card, proxy type, proxy ip, checkout link, zwischensumme, \
         steuer, versand, query, keywords, input, offer id, seller",
    ),
];

/// Labels that count only where no strong one has a value.
pub(crate) const WEAK: Table = &[
    (F::Name, "name"),
    (F::Product, "title, product link text"),
    (F::Price, "cost, amount, retail"),
    (F::Total, "paid, charged"),
    (F::Quantity, "count"),
    (F::Detail(Detail::Profile), "profile id, profile number"),
    (F::Detail(Detail::Email), "account, username, login, user name, account login"),
];
