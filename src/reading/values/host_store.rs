//! The shop behind the host of a product's link.

/// Hosts whose shop has another name, by a part of them.
const NAMES: [(&str, &str); 15] = [
    ("amazon", "Amazon"),
    ("amzn", "Amazon"),
    ("target", "Target"),
    ("walmart", "Walmart"),
    ("bestbuy", "Best Buy"),
    ("costco", "Costco"),
    ("gamestop", "GameStop"),
    ("pokemoncenter", "Pokemon Center"),
    ("topps", "Topps"),
    ("samsclub", "Sam's Club"),
    ("newegg", "Newegg"),
    ("nike", "Nike"),
    ("footlocker", "Foot Locker"),
    ("kith", "Kith"),
    ("shopdisney", "shopDisney"),
];

/// Hosts that sell nothing to the buyer: they shorten links, search, show pictures and prices, sell on, or carry.
const NO_STORES: [&str; 56] = [
    "howl.me",
    "bit.ly",
    "tinyurl.com",
    "t.co",
    "goo.gl",
    "ow.ly",
    "rebrand.ly",
    "cutt.ly",
    "is.gd",
    "shorturl.at",
    "linktr.ee",
    "lnk.to",
    "mavely.app.link",
    "app.link",
    "page.link",
    "shop-links.co",
    "go.magik.ly",
    "magik.ly",
    "rstyle.me",
    "shopstyle.it",
    "sovrn.co",
    "narrativ.com",
    "google.com",
    "bing.com",
    "duckduckgo.com",
    "imgur.com",
    "imgbb.com",
    "ibb.co",
    "gyazo.com",
    "discord.com",
    "discord.gg",
    "discordapp.com",
    "discordapp.net",
    "twitter.com",
    "x.com",
    "facebook.com",
    "instagram.com",
    "reddit.com",
    "youtube.com",
    "youtu.be",
    "keepa.com",
    "camelcamelcamel.com",
    "slickdeals.net",
    "stockx.com",
    "goat.com",
    "tcgplayer.com",
    "mercari.com",
    "ups.com",
    "usps.com",
    "fedex.com",
    "dhl.com",
    "dhl.de",
    "17track.net",
    "ontrac.com",
    "parcelsapp.com",
    "brickseek.com",
];

/// The shop's own name where many orders come from it, else the host; `None` where it is no shop.
pub(crate) fn of_host(host: &str) -> Option<String> {
    let host = host.to_lowercase();
    if host == "a.co" {
        return Some("Amazon".to_owned());
    }
    let is_below = |known: &str| {
        host.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    if host != "store.google.com" && NO_STORES.iter().any(|known| is_below(known)) {
        return None;
    }
    let named = host.split('.').rev().skip(1).find_map(|part| {
        NAMES.iter().find(|(name, _)| *name == part).map(|(_, store)| (*store).to_owned())
    });
    Some(named.unwrap_or(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shops_are_told_from_what_only_leads_there() {
        for (host, store) in [
            ("smile.amazon.co.uk", Some("Amazon")),
            ("amzn.to", Some("Amazon")),
            ("a.co", Some("Amazon")),
            ("shop.example.com", Some("shop.example.com")),
            ("howl.me", None),
            ("www.google.com", None),
            ("store.google.com", Some("store.google.com")),
            ("cdn.discordapp.com", None),
            ("ups.com", None),
            ("groups.com", Some("groups.com")),
        ] {
            assert_eq!(of_host(host).as_deref(), store, "{host}");
        }
    }
}
