//! Whether two links lead to the same product. Pure.

/// Digits of a product's number in a link.
const ID_DIGITS: usize = 5;
/// Pages that belong to no product.
const NO_PRODUCT: [&str; 8] =
    ["cart", "checkout", "orders", "order", "account", "search", "home", "index.html"];
/// What links are given on their way: it says where somebody came from.
const CAMPAIGNS: [&str; 9] =
    ["utm_", "ref", "aff", "tag", "clickid", "gclid", "fbclid", "source", "campaign"];

/// A link taken apart.
struct Link {
    host: String,
    /// The names between the slashes, lower case.
    path: Vec<String>,
    /// What was asked for, without campaigns.
    query: Vec<String>,
}

/// Whether two links lead to the same product's page. A host alone, or a cart, is no such page.
pub(super) fn same_link(one: &str, other: &str) -> bool {
    let (Some(one), Some(other)) = (Link::of(one), Link::of(other)) else { return false };
    if one.host != other.host {
        return false;
    }
    let subset = |some: &Link, all: &Link| some.query.iter().all(|part| all.query.contains(part));
    let queries_fit = subset(&one, &other) || subset(&other, &one);
    let same_path = one.path == other.path && queries_fit;
    same_path || (one.id().is_some() && one.id() == other.id() && queries_fit)
}

impl Link {
    fn of(link: &str) -> Option<Self> {
        let (_, link) = link.split_once("://")?;
        let link = link.split('#').next().unwrap_or(link);
        let (place, query) = link.split_once('?').unwrap_or((link, ""));
        let mut names = place.split('/').map(str::to_lowercase);
        let host = names.next()?.trim_start_matches("www.").to_owned();
        let path: Vec<String> = names.filter(|name| !name.is_empty()).collect();
        let last = path.last()?;
        if NO_PRODUCT.contains(&last.as_str()) {
            return None;
        }
        let is_campaign = |part: &str| {
            let name = part.split('=').next().unwrap_or(part);
            CAMPAIGNS.iter().any(|campaign| name.starts_with(campaign))
        };
        let query = query.split('&').map(str::to_lowercase);
        let query = query.filter(|part| !part.is_empty() && !is_campaign(part)).collect();
        Some(Self { host, path, query })
    }

    /// The last name of the path where it is a number: shops put the product's name before it, or not.
    fn id(&self) -> Option<&str> {
        let last = self.path.last()?;
        let digits = last.chars().filter(char::is_ascii_digit).count();
        (digits >= ID_DIGITS && !last.contains([' ', '+'])).then_some(last.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_the_same_by_its_path_or_by_the_number_at_its_end() {
        for (one, other) in [
            (
                "https://www.target.com/p/~/-/A-90000001",
                "https://target.com/p/example-box/-/A-90000001",
            ),
            ("https://shop.example/p/box?utm_source=x", "https://shop.example/p/box/"),
            ("https://shop.example/ip/Box/5000123", "http://shop.example/ip/5000123"),
            ("https://shop.example/item?id=7", "https://shop.example/item?id=7&ref=a"),
        ] {
            assert!(same_link(one, other), "{one}");
        }
    }

    #[test]
    fn a_host_a_cart_or_another_page_is_not() {
        for (one, other) in [
            ("https://shop.example", "https://shop.example"),
            ("https://shop.example/", "https://shop.example/"),
            ("https://shop.example/cart", "https://shop.example/cart"),
            ("https://shop.example/item?id=7", "https://shop.example/item?id=8"),
            ("https://shop.example/p/a", "https://shop.example/p/b"),
            ("https://one.example/p/a", "https://two.example/p/a"),
            ("box", "box"),
        ] {
            assert!(!same_link(one, other), "{one}");
        }
    }
}
