//! Order numbers in links: `https://www.target.com/orders/102003000000017`.

use super::normal;

/// Longer parts of a link's path are keys.
const MAX_PART: usize = 24;

/// Words that shops keep orders under.
const ORDERS: [&str; 22] = [
    "order",
    "orders",
    "order-details",
    "orderdetails",
    "order-detail",
    "order-status",
    "orderstatus",
    "order-history",
    "orderhistory",
    "order-tracking",
    "vieworder",
    "purchases",
    "purchase",
    "bestellung",
    "bestellungen",
    "commande",
    "commandes",
    "pedido",
    "pedidos",
    "ordini",
    "bestellingen",
    "zamowienia",
];

/// What a shop keeps its goods under, also behind a word for orders.
const GOODS: [&str; 4] = ["product", "products", "item", "items"];

/// What a parameter is called that holds the number.
const PARAMETERS: [&str; 8] = [
    "order",
    "orderid",
    "order_id",
    "order-id",
    "ordernumber",
    "order_number",
    "order-number",
    "orderno",
];

/// The number in an order's link: a parameter called so, else the first part of the path that can be
/// one behind the word that orders are kept under; what stands in front of it is the shop's or the
/// customer's: `/12345/orders/<key>`. Without such a word it is the last part that can be one.
pub(crate) fn of_link(link: &str) -> Option<String> {
    let (_, after) = link.split_once("://")?;
    let after = after.split('#').next()?;
    let (path, query) = after.split_once('?').unwrap_or((after, ""));
    let of_query = query.split('&').filter_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let named = PARAMETERS.iter().any(|known| name.eq_ignore_ascii_case(known));
        number(value).filter(|_| named)
    });
    of_query.into_iter().next().or_else(|| of_path(path))
}

fn of_path(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').skip(1).filter(|part| !part.is_empty()).collect();
    let at = parts.iter().position(|part| is_orders(part));
    let behind = at.and_then(|at| parts.get(at + 1..)).filter(|behind| !behind.is_empty());
    if behind.is_none() && parts.contains(&"checkouts") {
        return None;
    }
    match behind {
        Some([first, ..]) if GOODS.iter().any(|word| first.eq_ignore_ascii_case(word)) => None,
        Some(behind) => behind.iter().find_map(|part| number(part)),
        None => parts.iter().rev().find_map(|part| number(part)),
    }
}

fn number(part: &str) -> Option<String> {
    let is_article = part.get(..3).is_some_and(|begin| begin.eq_ignore_ascii_case("sku"));
    normal(part).filter(|_| part.len() <= MAX_PART && !is_article)
}

fn is_orders(part: &str) -> bool {
    ORDERS.iter().any(|word| part.eq_ignore_ascii_case(word))
}

/// Whether a part of a link's path is a word that shops keep orders under.
pub(crate) fn leads_to_order(link: &str) -> bool {
    let path = link.split_once("://").and_then(|(_, after)| after.split_once('/'));
    path.is_some_and(|(_, path)| {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        path.split('/').any(is_orders)
    })
}

/// The number in a link that says by itself that it is an order's.
pub(crate) fn of_order(link: &str) -> Option<String> {
    of_link(link).filter(|_| leads_to_order(link))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_links() {
        for (link, number) in [
            ("https://a.example/orders/102003000000124?key=1", Some("102003000000124")),
            ("https://a.example/orders/BBY01-807100000011/view", Some("BBY01-807100000011")),
            ("https://a.example/account/1234567/orders/EX1001", Some("EX1001")),
            ("https://a.example/order/details/102003000000124", Some("102003000000124")),
            ("https://a.example/102003000000124/order-status", Some("102003000000124")),
            ("https://a.example/o/102003000000124", Some("102003000000124")),
            (
                "https://a.example/order-details?orderID=112-0000001-0000001",
                Some("112-0000001-0000001"),
            ),
            ("https://a.example/thanks?lang=en1234&order_number=EX1001#top", Some("EX1001")),
            ("https://a.example/orders/102003000000124/track/9999999", Some("102003000000124")),
            ("https://a.example/order/product/89542109", None),
            ("https://a.example/purchase/sku-89542109", None),
            ("https://a.example/orders/fake", None),
            ("https://a.example/12345/orders/0123456789abcdef0123456789abcdef", None),
            (
                "https://a.example/12345678901/orders/0123456789abcdef0123456789abcdef/authenticate?key=1",
                None,
            ),
            ("https://a.example/12345/checkouts/0123456789abcdef0123456789abcdef/thank_you", None),
            ("https://a.example/checkouts/cn/Z2NwLXVzMDEyMzQ1", None),
        ] {
            assert_eq!(of_link(link).as_deref(), number, "{link}");
        }
        let link = |part: usize| of_link(&format!("https://a.example/o/{}", "1".repeat(part)));
        assert_eq!((link(24), link(25)), (Some("1".repeat(24)), None), "longer ones are keys");
    }
}
